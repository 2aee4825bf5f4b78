/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The relief: 100 OD of luminance, and its bands
 *
 *     B_k = G(s_k) * O - G(2 s_k) * O,   s_k = 0.25, 0.5, 1, 2 mm.
 *
 * A sinusoid of wavelength l and height a comes out as a (exp(-2 p^2 s^2 / l^2)
 * - exp(-8 p^2 s^2 / l^2)).  White noise of SD n per pixel comes out with SD
 * n g, where with a = s^2 and b = 4 s^2 in pixels squared
 *
 *     g^2 = 1/(4 pi a) + 1/(4 pi b) - 1/(pi (a + b)).
 *
 * Light is blurred before the logarithm by what makes the photograph as soft as
 * the one that it is compared with.  Bands are seen through 0.10 mm more, which
 * hides what sampling and compression leave of a difference.  Those blurs t go
 * into g as a = s^2 + t^2 and b = 4 s^2 + t^2.
 *
 * Variances add up: each Gaussian is made of the one before.  The first is kept
 * at every second pixel each way, and a wider one at every second sample of
 * those whenever that leaves four to its sigma.  A band's moments and quantiles
 * are of those samples.
 *
 * A pixel of the level is a mean of n x n working pixels, which blurs by
 * (n^2 - 1) / 12 pixels squared; the Gaussians are that much narrower.
 */

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "measure/cells.h"
#include "util/parallel.h"

static const double pi = 3.14159265358979324;
static const double noise_share = 0.25; /* under it a band is noise */

/* At the mask's edge a mean leans inwards, and a band shows the slope of light
 * instead of relief: the wider Gaussian must lie on skin almost whole. */
const float ct_band_support = 0.9f;
static const double least_area_mm2 = 50.0;
static const double least_fine = 8.0; /* px per mm for the finest band */
static const double floor_mm = 0.10; /* blur that all texture is seen through */
static const double least_half = 2.0; /* px: of a Gaussian that is halved */
static const double ample = 8.0;      /* px: of one that then is again */

enum { USUAL = 1000 }; /* pixels that a median is of */

const double ct_band_mm[CT_BANDS] = {0.25, 0.5, 1.0, 2.0};

/* ---- The plane ----------------------------------------------------------- */

struct filling {
    struct scene *scene;
    struct tools *tools;
    atomic_bool failed;
};

static void fill_row(const struct filling *job, struct interface *interface,
                     float *rgb[3], int y)
{
    struct scene *scene = job->scene;
    const struct level *level = &scene->relief;
    static const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};
    const uint8_t *mask = ct_byte_row(&level->mask, y);
    float *flake = ct_row(&scene->flake, y);
    const float *const light[3] = {rgb[0], rgb[1], rgb[2]};

    ct_level_row(level, scene->view, y, rgb[0], rgb[1], rgb[2]);
    ct_interface_row(flake, interface, y, light);
    for (int x = 0; x < level->width; x++)
        flake[x] = mask[x] ? flake[x] : 0.0f;
    job->tools->kernels->combine3(ct_row(&scene->density, y), rgb[0], rgb[1],
                                  rgb[2], luminance, (size_t)level->width);
}

/* From light to 100 OD. */
static void take_density(struct plane *plane, const struct tools *tools)
{
    for (int y = 0; y < plane->height; y++) {
        float *row = ct_row(plane, y);
        tools->kernels->density(row, row, (size_t)plane->width);
        for (int x = 0; x < plane->width; x++)
            row[x] *= 100.0f;
    }
}

static void fill_band(void *context, int band)
{
    struct filling *job = context;
    const struct level *level = &job->scene->relief;
    const int first = band * CT_BAND;
    const int end =
        first + CT_BAND < level->height ? first + CT_BAND : level->height;
    const struct scene *scene = job->scene;
    const double ratio = (double)level->factor / scene->colour.factor;
    const struct spacing places = {0.5, ratio, 1.0, 1.0};
    struct plane rows = {0};
    struct interface interface = {0};
    if (ct_plane_create(&rows, level->width, 3, job->tools) != CUTIS_OK ||
        ct_interface_create(&interface, scene, &places, level->width,
                            job->tools) != CUTIS_OK)
        atomic_store(&job->failed, true);
    for (int y = first; y < end && interface.chroma[0].left; y++) {
        float *rgb[3] = {ct_row(&rows, 0), ct_row(&rows, 1), ct_row(&rows, 2)};
        fill_row(job, &interface, rgb, y);
    }
    ct_interface_free(&interface);
    ct_plane_free(&rows);
}

/* Takes the highlights that the colour level found out of this one. */
static cutis_status exclude_shine(struct scene *scene, struct tools *tools)
{
    struct level *level = &scene->relief;
    const struct bytes *shiny = &scene->halo;
    const double ratio = (double)level->factor / scene->colour.factor;

    for (int y = 0; y < level->height; y++) {
        const int v = (int)((y + 0.5) * ratio);
        if (v >= shiny->height ||
            !memchr(ct_byte_row(shiny, v), 255, (size_t)shiny->width))
            continue;
        const uint8_t *from = ct_byte_row(shiny, v);
        uint8_t *mask = ct_byte_row(&level->mask, y);
        for (int x = 0; x < level->width; x++) {
            const int u = (int)((x + 0.5) * ratio);
            if (u < shiny->width && from[u])
                mask[x] = 0;
        }
    }
    return ct_level_index(level, scene->view, scene->colour.cover.shiny, tools);
}

cutis_status ct_relief(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->relief;
    cutis_status status = CUTIS_OK;
    struct filling job = {scene, tools, false};

    TRY(exclude_shine(scene, tools));
    TRY(ct_scratch(scene, level->start[CT_REGIONS], tools));
    TRY(ct_level_raw(&scene->density, level, tools));
    TRY(ct_level_raw(&scene->flake, level, tools));
    ct_parallel(tools->threads, (level->height + CT_BAND - 1) / CT_BAND,
                fill_band, &job);
    if (atomic_load(&job.failed))
        TRY(ct_no_memory(tools));
    TRY(ct_soften(&scene->density, &level->mask,
                  scene->view->equalise_mm * level->scale, tools));
    take_density(&scene->density, tools);

done:
    return status;
}

/* ---- Bands --------------------------------------------------------------- */

double ct_band_noise_gain(double sigma_px, double before_px)
{
    const double s2 = sigma_px * sigma_px, t2 = before_px * before_px;
    const double a = s2 + t2, b = 4.0 * s2 + t2;
    return ct_sqrt(0.25 / (pi * a) + 0.25 / (pi * b) - 1.0 / (pi * (a + b)));
}

/* Variance in px that makes a Gaussian of the level's pixels, which are means
 * by themselves, one of sigma_mm behind the floor's blur. */
static double level_variance(const struct level *level, double sigma_mm)
{
    const double n = level->factor;
    const double mm2 = sigma_mm * sigma_mm + floor_mm * floor_mm;
    return mm2 * level->scale * level->scale - (n * n - 1.0) / (12.0 * n * n);
}

/* Sums of |b|, b^2, b^3 and b^4. */
struct powers {
    double sum[4];
};

/* Adds to a region's and to the face's, each in the order of the values. */
static void add_powers(struct powers *own, struct powers *face, const float *v,
                       size_t n)
{
    struct powers one = *own, all = *face;
    for (size_t i = 0; i < n; i++) {
        const double b = (double)v[i], b2 = b * b;
        const double power[4] = {fabs(b), b2, b * b2, b2 * b2};
        for (int k = 0; k < 4; k++) {
            one.sum[k] += power[k];
            all.sum[k] += power[k];
        }
    }
    *own = one;
    *face = all;
}

/* Of n values; reorders v. */
static struct band summarise(const struct powers *of, float *v, size_t n,
                             double noise)
{
    const double inverse = 1.0 / (double)n;
    const double variance = of->sum[1] * inverse;
    const double clean = variance - noise * noise;
    struct band out = {.sa = of->sum[0] * inverse, .sq = ct_sqrt(variance)};
    out.ssk = of->sum[2] * inverse / (variance * out.sq);
    out.sku = of->sum[3] * inverse / (variance * variance);
    out.sz = ct_quantile(v, n, 0.999) - ct_quantile(v, n, 0.001);
    out.clean =
        clean > 0.0 && clean >= noise_share * variance ? ct_sqrt(clean) : NAN;
    return out;
}

static void smooth_free(struct smooth *smooth)
{
    ct_plane_free(&smooth->value);
    ct_plane_free(&smooth->weight);
    ct_plane_free(&smooth->mean);
}

static cutis_status take_mean(struct plane *mean, const struct smooth *smooth,
                              struct tools *tools)
{
    const struct plane *const like = &smooth->value;
    if (!mean->at) {
        const cutis_status status =
            ct_plane_raw(mean, like->width, like->height, tools);
        if (status != CUTIS_OK)
            return status;
    }
    for (int y = 0; y < like->height; y++) {
        memcpy(ct_row(mean, y), ct_row(like, y),
               (size_t)like->width * sizeof(float));
        tools->kernels->unweigh(ct_row(mean, y), ct_row(&smooth->weight, y),
                                0.0f, -1.0f, (size_t)like->width);
    }
    return CUTIS_OK;
}

static cutis_status widen(struct smooth *smooth, double variance,
                          struct tools *tools)
{
    const double sigma = ct_sqrt(variance) / smooth->step;
    cutis_status status = CUTIS_OK;

    TRY(ct_gauss(&smooth->value, &smooth->value, sigma, tools));
    TRY(ct_gauss(&smooth->weight, &smooth->weight, sigma, tools));
    TRY(ct_pulse(tools));

done:
    return status;
}

/* To what a cubic B-spline between the samples is on them. */
static cutis_status take_spline(struct smooth *smooth, struct tools *tools)
{
    static const float w[2] = {2.0f / 3.0f, 1.0f / 6.0f};
    cutis_status status = CUTIS_OK;

    TRY(ct_symmetric(&smooth->value, &smooth->value, w, 1, tools));
    TRY(ct_symmetric(&smooth->weight, &smooth->weight, w, 1, tools));

done:
    return status;
}

/* A median of the density, which is taken off so that rounding is relative to
 * the contrast instead of to the level. */
static float usual_density(const struct scene *scene)
{
    const struct level *level = &scene->relief;
    const size_t n = level->start[CT_REGIONS], step = n / USUAL + 1;
    size_t count = 0;
    for (size_t i = 0; i < n; i += step) {
        const uint32_t at = level->index[i], width = (uint32_t)level->width;
        scene->scratch[count++] =
            ct_row(&scene->density, (int)(at / width))[at % width];
    }
    return count ? (float)ct_quantile(scene->scratch, count, 0.5) : 0.0f;
}

/* The finest, less what a cubic B-spline between its samples adds. */
static cutis_status smooth_first(struct smooth *out, const struct scene *scene,
                                 struct tools *tools)
{
    const struct level *level = &scene->relief;
    const double variance = level_variance(level, ct_band_mm[0]);
    const bool half = variance >= least_half * least_half;
    const int step = half ? 2 : 1;
    const double left = variance - ct_spline_variance(step);
    const float usual = usual_density(scene);
    cutis_status status = CUTIS_OK;

    *out = (struct smooth){.step = step};
    if (half) {
        TRY(ct_gauss_half(&out->value, &out->weight, &scene->density,
                          &level->mask, ct_sqrt(left), usual, tools));
    } else {
        TRY(ct_level_raw(&out->value, level, tools));
        TRY(ct_level_raw(&out->weight, level, tools));
        for (int y = 0; y < level->height; y++)
            tools->kernels->weigh(
                ct_row(&out->value, y), ct_row(&out->weight, y),
                ct_row(&scene->density, y), ct_byte_row(&level->mask, y), usual,
                (size_t)level->width);
        TRY(widen(out, left, tools));
    }

done:
    return status;
}

/* To every other sample. */
static cutis_status halve(struct smooth *smooth, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct smooth half = {.step = 2 * smooth->step};

    TRY(ct_halve(&half.value, &smooth->value, tools));
    TRY(ct_halve(&half.weight, &smooth->weight, tools));
    smooth_free(smooth);
    *smooth = half;
    half = (struct smooth){0};
    TRY(take_mean(&smooth->mean, smooth, tools));

done:
    smooth_free(&half);
    return status;
}

/* Sorts the samples of a band that have skin all around: those of region r go
 * to scene->scratch from level->start[r] on; how many. */
static void sort_band(size_t count[CT_REGIONS], const struct scene *scene,
                      const struct plane *band, const struct smooth *wide)
{
    const struct level *level = &scene->relief;
    const int step = wide->step, middle = step / 2;
    float *end[CT_REGIONS];
    for (int r = 0; r < CT_REGIONS; r++)
        end[r] = scene->scratch + level->start[r];
    for (int y = 0, v = middle; v < level->height; y++, v += step) {
        const uint8_t *mask = ct_byte_row(&level->mask, v);
        const uint8_t *region = ct_byte_row(&level->region, v);
        const float *weight = ct_row(&wide->weight, y);
        const float *row = ct_row(band, y);
        for (int x = 0, u = middle; u < level->width; x++, u += step)
            if (mask[u] && weight[x] >= ct_band_support &&
                region[u] < CT_REGIONS)
                *end[region[u]]++ = row[x];
    }
    for (int r = 0; r < CT_REGIONS; r++)
        count[r] = (size_t)(end[r] - scene->scratch) - level->start[r];
}

/* Every row of one band, from what sort_band() left of every step-th pixel. */
static void take_band(struct scene *scene, const size_t count[CT_REGIONS],
                      int step, int k)
{
    const struct level *level = &scene->relief;
    struct powers face = {{0.0}};
    size_t pooled = 0;
    const double px = level->scale * level->factor;
    const double equalise = scene->view->equalise_mm;
    const double before = ct_sqrt(floor_mm * floor_mm + equalise * equalise);
    const double noise = scene->view->noise_cod *
                         ct_band_noise_gain(ct_band_mm[k] * px, before * px);
    const double density = level->scale / step;
    const double least = least_area_mm2 * density * density;
    for (int r = 0; r < CT_REGIONS; r++) {
        struct powers own = {{0.0}}, unused = {{0.0}};
        float *const v = scene->scratch + level->start[r];
        add_powers(&own, level->cover.pooled[r] ? &face : &unused, v, count[r]);
        if (r != CT_FACE_REGION && (double)count[r] >= least)
            scene->band[k][r] = summarise(&own, v, count[r], noise);
        if (!level->cover.pooled[r])
            continue;
        memmove(scene->scratch + pooled, v, count[r] * sizeof(*v));
        pooled += count[r];
    }
    if ((double)pooled >= least)
        scene->band[k][CT_FACE_REGION] =
            summarise(&face, scene->scratch, pooled, noise);
}

static void subtract(struct plane *from, const struct plane *what)
{
    for (int y = 0; y < from->height; y++) {
        float *row = ct_row(from, y);
        const float *other = ct_row(what, y);
        for (int x = 0; x < from->width; x++)
            row[x] -= other[x];
    }
}

/* Nothing is known yet. */
static void empty(struct scene *scene)
{
    const struct glcm none = {NAN, NAN, NAN, NAN, NAN};
    for (int r = 0; r < CT_REGIONS; r++) {
        struct pattern *pattern = &scene->pattern[r];
        for (int k = 0; k < CT_BANDS; k++)
            scene->band[k][r] = (struct band){NAN, NAN, NAN, NAN, NAN, NAN};
        for (int k = 0; k < CT_GLCM_STEPS; k++)
            pattern->glcm[k] = none;
        for (int k = 0; k < CT_LBP_BINS; k++)
            pattern->lbp[0][k] = pattern->lbp[1][k] = NAN;
        pattern->chi2[0] = pattern->chi2[1] = pattern->beta = NAN;
    }
}

/* Band k: the Gaussian becomes twice as wide, and the band is how it differed.
 */
static cutis_status next_band(struct scene *scene, struct smooth *smooth, int k,
                              bool wanted, struct tools *tools)
{
    const double px = ct_band_mm[k] * scene->relief.scale;
    cutis_status status = CUTIS_OK;
    size_t count[CT_REGIONS];
    struct plane band = smooth->mean;

    smooth->mean = (struct plane){0};
    TRY(widen(smooth, 3.0 * px * px, tools));
    TRY(take_mean(&smooth->mean, smooth, tools));
    subtract(&band, &smooth->mean);
    if (wanted) {
        sort_band(count, scene, &band, smooth);
        TRY(ct_pulse(tools));
        take_band(scene, count, smooth->step, k);
        ct_cells_band(scene, &band, &smooth->weight, smooth->step, k);
    }
    if (wanted && !scene->fine.at) {
        scene->fine = band;
        scene->fine_shift = smooth->step > 1;
        band = (struct plane){0};
    }
    if (k + 1 < CT_BANDS && 2.0 * px >= ample * smooth->step)
        TRY(halve(smooth, tools));
    TRY(ct_pulse(tools));

done:
    ct_plane_free(&band);
    return status;
}

cutis_status ct_bands(struct scene *scene, struct tools *tools)
{
    const bool all = scene->view->face->work_scale >= least_fine;
    cutis_status status = CUTIS_OK;
    struct smooth smooth = {0}, fine = {0};

    empty(scene);
    TRY(ct_slopes(scene, tools));
    TRY(smooth_first(&smooth, scene, tools));
    TRY(take_mean(&smooth.mean, &smooth, tools));
    fine = (struct smooth){.mean = smooth.mean, .step = smooth.step};
    smooth.mean = (struct plane){0};
    TRY(take_spline(&smooth, tools));
    TRY(take_mean(&smooth.mean, &smooth, tools));
    for (int k = 0; k < CT_BANDS; k++)
        TRY(next_band(scene, &smooth, k, all || k > 0, tools));
    TRY(ct_patches(scene, tools));
    if (all)
        TRY(ct_patterns(scene, &fine, &smooth, tools));

done:
    smooth_free(&smooth);
    smooth_free(&fine);
    return status;
}
