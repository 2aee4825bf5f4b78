/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Noise of a pixel.  The mask [1 -2 1; -2 4 -2; 1 -2 1] takes away whatever is
 * locally linear in either direction (Immerkaer, Computer Vision and Image
 * Understanding 64, 1996); white noise of SD 1 leaves it with SD 6.
 */

#include <math.h>
#include <string.h>

#include "match/match.h"

static const double gain = 6.0;             /* root of the sum of squares */
static const double mean_to_sd = 1.2533141; /* sqrt(pi / 2) */
static const double median_to_sd = 1.4826022;

enum {
    FEWEST = 256,  /* pixels that an SD is taken from */
    CODE_BITS = 10 /* of the number of codes that are looked up */
};

static bool all_set(const struct bytes *mask, int x, int y)
{
    for (int j = -1; j <= 1; j++) {
        const uint8_t *const row = ct_byte_row(mask, y + j) + x;
        if (!row[-1] || !row[0] || !row[1])
            return false;
    }
    return true;
}

static float high_pass(const struct plane *plane, int x, int y)
{
    const float *const a = ct_row(plane, y - 1) + x;
    const float *const b = ct_row(plane, y) + x;
    const float *const c = ct_row(plane, y + 1) + x;
    return (a[-1] + a[1]) + (c[-1] + c[1]) - 2 * (a[0] + c[0]) -
           2 * (b[-1] + b[1]) + 4 * b[0];
}

cutis_status ct_noise_sigma(double *sigma, const struct plane *plane,
                            const struct bytes *mask, struct tools *tools)
{
    /* Rows are skipped where there are more pixels than a median needs. */
    const size_t pixels = (size_t)plane->width * (size_t)plane->height;
    const int step = 1 + (int)(pixels >> 21);
    const size_t rows = (size_t)(plane->height / step) + 1;
    float *const found = ct_alloc_raw(
        &tools->memory, rows * (size_t)plane->width, sizeof(*found));
    if (!found)
        return ct_no_memory(tools);

    size_t n = 0;
    double sum = 0;
    for (int y = 1; y + 1 < plane->height; y += step) {
        for (int x = 1; x + 1 < plane->width; x++) {
            if (!all_set(mask, x, y))
                continue;
            found[n] = fabsf(high_pass(plane, x, y));
            sum += (double)found[n++];
        }
    }
    *sigma = NAN;
    if (n >= FEWEST) {
        const double by_mean = mean_to_sd / gain * sum / (double)n;
        const double by_median =
            median_to_sd / gain * ct_quantile(found, n, 0.5);
        *sigma = fmax(by_mean, by_median);
    }
    ct_free(found);
    return CUTIS_OK;
}

/* ---- Dither -------------------------------------------------------------- */

/* Samples of a photograph have few values, whose code is looked up. */
struct codes {
    struct {
        float light;
        double code;
    } of[1 << CODE_BITS];
};

static void forget(struct codes *codes)
{
    for (int i = 0; i < 1 << CODE_BITS; i++) {
        codes->of[i].light = 0.0f;
        codes->of[i].code = ct_srgb_encode(0.0);
    }
}

static double encode(struct codes *codes, float light)
{
    uint32_t bits;
    memcpy(&bits, &light, sizeof(bits));
    const uint32_t at = bits * UINT32_C(0x9e3779b1) >> (32 - CODE_BITS);
    if (codes->of[at].light != light) {
        codes->of[at].light = light;
        codes->of[at].code = ct_srgb_encode((double)light);
    }
    return codes->of[at].code;
}

/* 8-bit levels of the red difference of JFIF. */
static double red_difference(struct codes *codes, const struct skin *skin,
                             int x, int y)
{
    float rgb[3];
    ct_skin_at(rgb, skin, x, y);
    const double r = encode(codes, rgb[0]);
    const double g = encode(codes, rgb[1]);
    const double b = encode(codes, rgb[2]);
    return 255 * (0.5 * r - 0.418688 * g - 0.081312 * b);
}

static bool whole_block(const struct bytes *mask, int x0, int y0, int side)
{
    for (int y = y0; y < y0 + side; y++)
        for (int x = x0; x < x0 + side; x++)
            if (!ct_byte_row(mask, y)[x])
                return false;
    return true;
}

/* At most 16 x 16 of a block's pixels are looked at. */
static double block_sd(struct codes *codes, const struct skin *skin, int x0,
                       int y0, int side)
{
    const int step = side > 16 ? side / 16 : 1;
    double n = 0, sum = 0, square = 0;
    const double first = red_difference(codes, skin, x0, y0);
    for (int y = y0; y < y0 + side; y += step) {
        for (int x = x0; x < x0 + side; x += step) {
            const double v = red_difference(codes, skin, x, y) - first;
            n++;
            sum += v;
            square += v * v;
        }
    }
    return sqrt(fmax(square / n - sum / n * (sum / n), 0));
}

cutis_status ct_chroma_dither(double *levels, const struct skin *skin,
                              const struct bytes *mask, int side,
                              struct tools *tools)
{
    enum { ENOUGH = 256 }; /* blocks */
    const int width = mask->width, height = mask->height;
    *levels = NAN;
    if (skin->grey || side < 2 || width < side || height < side)
        return CUTIS_OK;

    const size_t all = (size_t)(width / side) * (size_t)(height / side);
    float *const found = ct_alloc_raw(&tools->memory, all, sizeof(*found));
    if (!found)
        return ct_no_memory(tools);
    struct codes codes;
    forget(&codes);
    size_t n = 0, seen = 0;
    const size_t skip = 1 + all / (4 * ENOUGH);
    cutis_status status = CUTIS_OK;
    for (int y = 0; y + side <= height && status == CUTIS_OK; y += side) {
        status = ct_pulse(tools);
        for (int x = 0; x + side <= width; x += side)
            if (whole_block(mask, x, y, side) && seen++ % skip == 0)
                found[n++] = (float)block_sd(&codes, skin, x, y, side);
    }
    *levels = ct_quantile(found, n, 0.5);
    ct_free(found);
    return status;
}
