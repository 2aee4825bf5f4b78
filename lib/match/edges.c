/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The power spectra of what no treatment changes: brows, lashes and irises,
 * nostrils, the line between the lips.  A patch of 16 mm around each, of linear
 * luminance over the patch's mean, less its trend, under a Hann window.
 *
 * Linear, because blur is a convolution of light and not of its logarithm.
 */

#include <math.h>

#include "match/match.h"
#include "signal/fft.h"

static const double patch_mm = 16.0;
static const double two_pi = 6.283185307179586;

enum { CORNERS = 4, LARGEST = 512, SMALLEST = 32 }; /* px */

/* Canonical landmarks whose middle is a patch's. */
static const uint16_t around[CT_EDGE_PATCHES][CORNERS] = {
    {33, 133, 159, 145},  /* right eye */
    {263, 362, 386, 374}, /* left eye */
    {70, 107, 105, 52},   /* right brow */
    {300, 336, 334, 282}, /* left brow */
    {98, 327, 2, 2},      /* nostrils */
    {61, 291, 0, 17},     /* mouth */
};

/* The square of working pixels around a patch's middle; false if it does not
 * lie wholly in the crop. */
static bool square_of(struct rect *out, const struct face *face, int patch,
                      int side)
{
    double x = 0, y = 0;
    for (int i = 0; i < CORNERS; i++) {
        x += face->points[around[patch][i]].x / CORNERS;
        y += face->points[around[patch][i]].y / CORNERS;
    }
    x = (x - face->crop.x) / face->factor;
    y = (y - face->crop.y) / face->factor;
    *out = (struct rect){(int)floor(x - side / 2.0 + 0.5),
                         (int)floor(y - side / 2.0 + 0.5), side, side};
    return out->x >= 0 && out->y >= 0 && out->x + side <= face->region.width &&
           out->y + side <= face->region.height;
}

struct stand ct_edge_stand(const struct face *face)
{
    const float(*const point)[3] = ct_mesh_points();
    struct stand sum = {0, 0};
    for (int k = 0; k < CT_EDGE_PATCHES; k++)
        for (int i = 0; i < CORNERS; i++) {
            const struct stand one = ct_stand_of(face, point[around[k][i]]);
            sum.nearer += one.nearer / (CT_EDGE_PATCHES * CORNERS);
            sum.below += one.below / (CT_EDGE_PATCHES * CORNERS);
        }
    return sum;
}

static void fill_window(double *window, int side)
{
    for (int i = 0; i < side; i++)
        window[i] = 0.5 - 0.5 * ct_cos(two_pi * (i + 0.5) / side);
}

/* A row of the patch, as luminance. */
static void put_light(double *out, const struct skin *skin, int x, int y,
                      int count)
{
    ct_run_room room;
    for (int from = 0, n; from < count; from += n) {
        n = ct_run_of(from, count);
        const struct light_run at = ct_skin_run(skin, x + from, y, n, room);
        for (int i = 0; i < n; i++)
            out[from + i] = 0.2126729 * (double)at.red[i] +
                            0.7151522 * (double)at.green[i] +
                            0.0721750 * (double)at.blue[i];
    }
}

/* Puts the windowed patch at `into`, rows `stride` apart; false, and zeros,
 * where there is no light. */
static bool put_patch(double *into, int stride, const struct skin *skin,
                      const struct rect *r, const double *window)
{
    double sum = 0, weighted = 0, weight = 0;
    for (int y = 0; y < r->height; y++) {
        double *const out = into + (size_t)y * (size_t)stride;
        double row = 0, part = 0, share = 0;
        put_light(out, skin, r->x, r->y + y, r->width);
        for (int x = 0; x < r->width; x++) {
            row += out[x];
            part += window[x] * out[x];
            share += window[x];
        }
        sum += row;
        weighted += window[y] * part;
        weight += window[y] * share;
    }
    const double mean = sum / ((double)r->width * r->height);
    const double level = weighted / weight;
    const bool light = mean > 1e-4;
    for (int y = 0; y < r->height; y++) {
        double *const out = into + (size_t)y * (size_t)stride;
        for (int x = 0; x < r->width; x++)
            out[x] =
                light ? (out[x] - level) / mean * window[x] * window[y] : 0;
    }
    return light;
}

static void clear(const struct fft *fft)
{
    const size_t all = (size_t)fft->side * (size_t)fft->side;
    for (size_t i = 0; i < all; i++)
        fft->re[i] = fft->im[i] = 0;
}

/* Means over rings of the two transforms' powers. */
static void add_rings(double *a, double *b, const struct fft *fft,
                      double cycles_a_step, double unit)
{
    double count[CT_EDGE_BINS] = {0};
    const int half = fft->side / 2;
    for (int v = -half; v < half; v++) {
        for (int u = 0; u <= half; u++) {
            const double f = ct_sqrt((double)u * u + (double)v * v);
            const double ring = f * cycles_a_step * CT_EDGE_BINS_PER_CYCLE;
            double power[2];
            if (ring >= CT_EDGE_BINS || f > half)
                continue;
            const int bin = (int)ring;
            ct_fft_powers(power, fft, u, v);
            a[bin] += power[0] * unit;
            b[bin] += power[1] * unit;
            count[bin]++;
        }
    }
    for (int i = 0; i < CT_EDGE_BINS; i++) {
        a[i] = count[i] > 0 ? a[i] / count[i] : NAN;
        b[i] = count[i] > 0 ? b[i] / count[i] : NAN;
    }
}

/* Patches `first` and `first` + 1, by one transform. */
static void take_two(struct spectra *out, int first, const struct face *face,
                     const struct skin *skin, const struct fft *fft,
                     const double *window, int side)
{
    double *const half[2] = {fft->re, fft->im};
    double square = 0;
    clear(fft);
    for (int i = 0; i < 2; i++) {
        struct rect r;
        out->seen[first + i] = square_of(&r, face, first + i, side) &&
                               put_patch(half[i], fft->side, skin, &r, window);
    }
    for (int i = 0; i < side; i++)
        square += window[i] * window[i];
    const double px = 1 / face->work_scale;
    ct_fft_square(fft);
    add_rings(out->power[first], out->power[first + 1], fft,
              face->work_scale / fft->side, px * px / (square * square));
}

cutis_status ct_edge_spectra(struct spectra *out, const struct face *face,
                             const struct skin *skin, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct fft fft = {0};
    double window[LARGEST];
    const int side = (int)floor(patch_mm * face->work_scale + 0.5);
    *out = (struct spectra){0};
    if (face->point_count != CT_POINTS || side < SMALLEST || side > LARGEST)
        return CUTIS_OK;

    int whole = SMALLEST;
    while (whole < side)
        whole *= 2;
    TRY(ct_fft_create(&fft, whole, tools));
    fill_window(window, side);
    for (int i = 0; i < CT_EDGE_PATCHES; i += 2) {
        TRY(ct_pulse(tools));
        take_two(out, i, face, skin, &fft, window, side);
    }
    const double top = face->work_scale / 2 * CT_EDGE_BINS_PER_CYCLE;
    out->bins = top < CT_EDGE_BINS ? (int)top : CT_EDGE_BINS;
done:
    ct_fft_free(&fft);
    return status;
}
