/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What varies slowly: in each place the plane that fits the values under the
 * mask best, by least squares with Gaussian weights (normalised convolution of
 * first order; Knutsson & Westin, 1993).  Its value there is the trend.  A
 * plain weighted mean would lean inwards at the mask's edge and take a slope of
 * light for a spot.
 *
 * Pixels that the mirrored border repeats count twice, where they are.
 *
 * The fit needs nine Gaussian means.  They are taken on a reduced grid, where
 * the Gaussian is still several pixels wide.
 */

#include <stdatomic.h>

#include "measure/measure.h"
#include "util/parallel.h"

enum { MOMENTS = 6 };  /* 1, x, y, xx, xy, yy */
enum { PRODUCTS = 3 }; /* f, xf, yf */

static const double coarse_sigma = 6.0; /* px of the reduced grid, at least */

struct fit {
    struct plane sum[MOMENTS + PRODUCTS];
    int factor;
    double sigma; /* px of the reduced grid */
};

/* Sums over boxes: how many pixels, and of f; x and y in units of sigma from
 * the grid's middle, so that squares stay small. */
static void fill_box(struct fit *fit, const struct plane *plane,
                     const struct bytes *mask, int bx, int by)
{
    const int n = fit->factor, first = bx * n;
    const int end = first + n < plane->width ? first + n : plane->width;
    double count = 0.0, sum = 0.0;
    for (int y = by * n; y < by * n + n && y < plane->height; y++) {
        const uint8_t *const in = ct_byte_row(mask, y);
        const float *const row = ct_row(plane, y);
        int here = 0;
        for (int x = first; x < end; x++) {
            here += in[x] != 0;
            sum += in[x] ? (double)row[x] : 0.0;
        }
        count += here;
    }
    const double x = (bx - 0.5 * fit->sum[0].width) / fit->sigma;
    const double y = (by - 0.5 * fit->sum[0].height) / fit->sigma;
    const double term[MOMENTS + PRODUCTS] = {
        count,         count * x, count * y, count * x * x, count * x * y,
        count * y * y, sum,       sum * x,   sum * y};
    for (int k = 0; k < MOMENTS + PRODUCTS; k++)
        ct_row(&fit->sum[k], by)[bx] = (float)term[k];
}

/* The fitted plane's value at its own place; the weighted mean where the skin
 * around is too little or too narrow for a plane; 0 where there is none. */
static double solve(const struct fit *fit, int bx, int by)
{
    double s[MOMENTS + PRODUCTS];
    for (int k = 0; k < MOMENTS + PRODUCTS; k++)
        s[k] = (double)ct_row(&fit->sum[k], by)[bx];
    if (!(s[0] > 1e-4))
        return 0.0;

    /* To coordinates around this place. */
    const double x = (bx - 0.5 * fit->sum[0].width) / fit->sigma;
    const double y = (by - 0.5 * fit->sum[0].height) / fit->sigma;
    const double mx = s[1] / s[0] - x, my = s[2] / s[0] - y;
    const double xx = s[3] / s[0] - 2.0 * x * s[1] / s[0] + x * x - mx * mx;
    const double yy = s[5] / s[0] - 2.0 * y * s[2] / s[0] + y * y - my * my;
    const double xy =
        s[4] / s[0] - x * s[2] / s[0] - y * s[1] / s[0] + x * y - mx * my;
    const double mean = s[6] / s[0];
    const double fx = s[7] / s[0] - x * mean - mx * mean;
    const double fy = s[8] / s[0] - y * mean - my * mean;

    const double det = xx * yy - xy * xy;
    if (det < 0.01 || xx < 0.05 || yy < 0.05)
        return mean;
    const double slope_x = (fx * yy - fy * xy) / det;
    const double slope_y = (fy * xx - fx * xy) / det;
    return mean - slope_x * mx - slope_y * my;
}

struct subtraction {
    struct plane *plane;
    const struct plane *trend;
    const struct bytes *mask;
    struct spacing places;
    struct tools *tools;
    atomic_bool failed;
};

static void subtract_band(void *context, int band)
{
    struct subtraction *job = context;
    const int width = job->plane->width, height = job->plane->height;
    const int end =
        (band + 1) * CT_BAND < height ? (band + 1) * CT_BAND : height;
    struct stretch trend;
    if (ct_stretch_create(&trend, job->trend, &job->places, width, job->tools))
        atomic_store(&job->failed, true);
    for (int y = band * CT_BAND; trend.left && y < end; y++) {
        const uint8_t *mask = ct_byte_row(job->mask, y);
        const float *level = ct_stretch_row(&trend, y);
        float *row = ct_row(job->plane, y);
        for (int x = 0; x < width; x++) {
            const float rest = row[x] - level[x];
            row[x] = mask[x] ? rest : 0.0f;
        }
    }
    ct_stretch_free(&trend);
}

cutis_status ct_flatten(struct plane *plane, const struct level *level,
                        double sigma_mm, struct tools *tools)
{
    const double px = sigma_mm * level->scale;
    const int factor = px >= 2.0 * coarse_sigma ? (int)(px / coarse_sigma) : 1;
    const int width = (plane->width + factor - 1) / factor;
    const int height = (plane->height + factor - 1) / factor;
    cutis_status status = CUTIS_OK;
    struct fit fit = {.factor = factor, .sigma = px / factor};
    struct plane trend = {0};

    TRY(ct_plane_raw(&trend, width, height, tools));
    for (int k = 0; k < MOMENTS + PRODUCTS; k++)
        TRY(ct_plane_raw(&fit.sum[k], width, height, tools));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            fill_box(&fit, plane, &level->mask, x, y);
    for (int k = 0; k < MOMENTS + PRODUCTS; k++)
        TRY(ct_gauss(&fit.sum[k], &fit.sum[k], fit.sigma, tools));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&trend, y)[x] = (float)solve(&fit, x, y);

    struct subtraction job = {.plane = plane,
                              .trend = &trend,
                              .mask = &level->mask,
                              .places = {0.5, 1.0, factor, 1.0},
                              .tools = tools};
    atomic_init(&job.failed, false);
    ct_parallel(tools->threads, (plane->height + CT_BAND - 1) / CT_BAND,
                subtract_band, &job);
    if (atomic_load(&job.failed))
        status = ct_no_memory(tools);

done:
    for (int k = 0; k < MOMENTS + PRODUCTS; k++)
        ct_plane_free(&fit.sum[k]);
    ct_plane_free(&trend);
    return status;
}
