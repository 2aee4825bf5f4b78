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

/* A few rows of what is looked at, each made once: row y is in slot y % 3. */
struct strip {
    const struct row_source *source;
    struct columns span; /* of the mask's columns, in any row */
    struct plane rows;
    int made[3];  /* the row in each slot */
    float *found; /* |high-pass| */
    size_t count;
    double sum;
};

static const float *row_of(struct strip *strip, int y)
{
    float *const row = ct_row(&strip->rows, y % 3);
    const struct columns span = strip->span;
    if (strip->made[y % 3] != y)
        strip->source->row(strip->source, row + span.from, span.from, y,
                           span.end - span.from);
    strip->made[y % 3] = y;
    return row;
}

static void high_pass(float *out, const float *a, const float *b,
                      const float *c, struct columns span)
{
    for (int x = span.from; x < span.end; x++)
        out[x] =
            fabsf((a[x - 1] + a[x + 1]) + (c[x - 1] + c[x + 1]) -
                  2 * (a[x] + c[x]) - 2 * (b[x - 1] + b[x + 1]) + 4 * b[x]);
}

/* Adds the pixels of a row around which all is set. */
static void add_row(struct strip *strip, const struct bytes *mask, int y)
{
    const uint8_t *const above = ct_byte_row(mask, y - 1);
    const uint8_t *const here = ct_byte_row(mask, y);
    const uint8_t *const below = ct_byte_row(mask, y + 1);
    const struct columns set = ct_columns_set(here, mask->width);
    const struct columns inner = {set.from + 1, set.end - 1};
    float *const high = ct_row(&strip->rows, 3);
    if (inner.from >= inner.end)
        return;
    high_pass(high, row_of(strip, y - 1), row_of(strip, y),
              row_of(strip, y + 1), inner);

    int run = 0; /* columns up to this one that are set in all three rows */
    for (int x = set.from; x < set.end; x++) {
        run = above[x] && here[x] && below[x] ? run + 1 : 0;
        if (run < 3)
            continue;
        strip->found[strip->count] = high[x - 1];
        strip->sum += (double)strip->found[strip->count++];
    }
}

static struct columns columns_of(const struct bytes *mask)
{
    struct columns all = {mask->width, 0};
    for (int y = 0; y < mask->height; y++) {
        const struct columns row =
            ct_columns_set(ct_byte_row(mask, y), mask->width);
        if (row.from < row.end) {
            all.from = row.from < all.from ? row.from : all.from;
            all.end = row.end > all.end ? row.end : all.end;
        }
    }
    return all;
}

cutis_status ct_noise_sigma(double *sigma, const struct row_source *source,
                            const struct bytes *mask, struct tools *tools)
{
    enum { ENOUGH = 1 << 19 }; /* pixels for a median: rows are skipped */
    const size_t pixels = (size_t)source->width * (size_t)source->height;
    /* Odd, so that rows of every phase of a JPEG's blocks are met: at their
     * borders there is up to twice as much of it. */
    const int step = (1 + (int)(pixels / ENOUGH)) | 1;
    const size_t rows = (size_t)(source->height / step) + 1;
    cutis_status status = CUTIS_OK;
    struct strip strip = {
        .source = source, .span = columns_of(mask), .made = {-1, -1, -1}};
    *sigma = NAN;
    TRY(ct_plane_raw(&strip.rows, source->width, 4, tools));
    strip.found = ct_alloc_raw(&tools->memory, rows * (size_t)source->width,
                               sizeof(*strip.found));
    if (!strip.found)
        TRY(ct_no_memory(tools));

    for (int y = 1, n = 0; y + 1 < source->height; y += step) {
        if (n++ % 64 == 0)
            TRY(ct_pulse(tools));
        add_row(&strip, mask, y);
    }
    if (strip.count >= FEWEST) {
        const double n = (double)strip.count;
        const double by_mean = mean_to_sd / gain * strip.sum / n;
        const double by_median =
            median_to_sd / gain * ct_quantile(strip.found, strip.count, 0.5);
        *sigma = fmax(by_mean, by_median);
    }
done:
    ct_plane_free(&strip.rows);
    ct_free(strip.found);
    return status;
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
static double red_difference(struct codes *codes, float red, float green,
                             float blue)
{
    const double r = encode(codes, red);
    const double g = encode(codes, green);
    const double b = encode(codes, blue);
    return 255 * (0.5 * r - 0.418688 * g - 0.081312 * b);
}

static bool whole_block(const struct bytes *mask, int x0, int y0, int side)
{
    for (int y = y0; y < y0 + side; y++)
        if (memchr(ct_byte_row(mask, y) + x0, 0, (size_t)side))
            return false;
    return true;
}

enum { ACROSS = 16 }; /* a block's pixels that are looked at, either way */

static double block_sd(struct codes *codes, const struct skin *skin, int x0,
                       int y0, int side)
{
    const int step = side > ACROSS ? side / ACROSS : 1;
    double n = 0, sum = 0, square = 0, first = 0;
    int x[2 * ACROSS], count = 0; /* a few more where that leaves a rest */
    for (int i = 0; i < side; i += step)
        x[count++] = x0 + i;
    for (int y = y0; y < y0 + side; y += step) {
        float red[2 * ACROSS], green[2 * ACROSS], blue[2 * ACROSS];
        ct_skin_pick(skin, x, y, count, red, green, blue);
        for (int i = 0; i < count; i++) {
            const double v = red_difference(codes, red[i], green[i], blue[i]);
            first = n > 0 ? first : v;
            n++;
            sum += v - first;
            square += (v - first) * (v - first);
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
