/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The power spectra of squares of skin all over the face: what defocus takes
 * of them tells how sharp each part is beside the others.
 *
 * A square is 8 mm of the picture around a block of 8 x 8 cells of the
 * template.  Landmarks put it on the same skin in every photograph, to a
 * millimetre, so that two spectra differ by far less than those of two pieces
 * of skin, and neither photograph is before the other in how it is chosen.
 * Red light, which sees relief and little of spots and blood, over its mean,
 * less its slopes, under a Hann window.
 */

#include <math.h>

#include "match/match.h"
#include "signal/fft.h"

enum {
    WHOLE = 64, /* px of a transform */
    BLOCK = 8,  /* cells of a block's side */
    ACROSS = CT_CELLS_X / BLOCK,
    BLOCKS = ACROSS * (CT_CELLS_Y / BLOCK),
    SPARSE = 4 /* px between those that say where a block is */
};

static const double two_pi = 6.283185307179586;
static const double tile_mm = 8.0;
static const double least_scale = 4.5, most_scale = 8.0; /* px per mm */
static const double least_share = 0.25; /* of a block's cells that are seen */
static const double all_of_it = 0.95;   /* of a tile: skin */
static const double least_cosine = 0.35;
static const double lowest = 0.375, ring_width = 0.25; /* cycles per mm */
static const double plateau_from = 0.85; /* of the Nyquist frequency */

double ct_swatch_frequency(int bin)
{
    return lowest + (bin + 0.5) * ring_width;
}

struct stand ct_stand_of(const struct face *face, const float at[3])
{
    const double *const r = face->pose.rotation + 6;
    const double away =
        r[0] * (double)at[0] + r[1] * (double)at[1] + r[2] * (double)at[2];
    return (struct stand){-away, (double)at[1]};
}

/* Where the blocks lie, working px. */
struct blocks {
    double x[BLOCKS], y[BLOCKS];
    uint32_t count[BLOCKS];
};

static int block_of(uint16_t cell)
{
    const int x = cell % CT_CELLS_X / BLOCK, y = cell / CT_CELLS_X / BLOCK;
    return y * ACROSS + x;
}

static void find_blocks(struct blocks *out, const struct face *face)
{
    const int width = face->skin.width;
    for (int y = SPARSE / 2; y < face->skin.height; y += SPARSE) {
        const uint16_t *const cell = face->cell + (size_t)y * (size_t)width;
        const uint8_t *const mask = ct_byte_row(&face->skin, y);
        for (int x = SPARSE / 2; x < width; x += SPARSE) {
            if (!mask[x] || cell[x] == CT_NO_CELL)
                continue;
            const int block = block_of(cell[x]);
            out->x[block] += x + 0.5;
            out->y[block] += y + 0.5;
            out->count[block]++;
        }
    }
}

/* How squares are cut out: `step` x `step` working px are taken as one. */
struct cut {
    const struct face *face;
    const struct skin *light; /* red is looked at */
    const struct fft *fft;
    double window[WHOLE];
    int step, side;
    double cycles;                      /* per mm, of a step of the transform */
    int16_t ring[WHOLE][WHOLE / 2 + 1]; /* of each frequency, by row; or none */
    bool plateau[WHOLE][WHOLE / 2 + 1];
};

enum { NO_RING = -1 };

static void fill_rings(struct cut *cut)
{
    const double nyquist = 0.5 * WHOLE * cut->cycles;
    for (int v = 0; v < WHOLE; v++)
        for (int u = 0; u <= WHOLE / 2; u++) {
            const int down = v - WHOLE / 2;
            const double f = cut->cycles * ct_sqrt((double)u * u + down * down);
            const double ring = floor((f - lowest) / ring_width);
            const bool seen = f <= nyquist && ring >= 0;
            cut->ring[v][u] =
                (int16_t)(seen && ring < CT_SWATCH_BINS ? ring : NO_RING);
            cut->plateau[v][u] = seen && f >= plateau_from * nyquist;
        }
}

/* The square around a block, if it is all skin that is seen well. */
static bool place_tile(struct swatch *out, int at[2], const struct cut *cut,
                       const struct blocks *blocks, int block)
{
    const struct face *const face = cut->face;
    const double mm = SPARSE / face->work_scale;
    const int side = cut->side * cut->step;
    const uint32_t count = blocks->count[block];
    if (!(count * mm * mm >= least_share * BLOCK * BLOCK))
        return false;
    const double x = blocks->x[block] / count, y = blocks->y[block] / count;
    at[0] = (int)floor(x - side / 2.0 + 0.5);
    at[1] = (int)floor(y - side / 2.0 + 0.5);
    if (at[0] < 0 || at[1] < 0 || at[0] + side > face->skin.width ||
        at[1] + side > face->skin.height)
        return false;
    const size_t middle = (size_t)y * (size_t)face->skin.width + (size_t)x;
    const uint16_t facet = face->triangle[middle];
    out->region = ct_byte_row(&face->region, (int)y)[(int)x];
    if (facet >= CT_FACETS || out->region == CT_NO_REGION ||
        !((double)face->cosine[facet] >= least_cosine))
        return false;
    int skin = 0;
    for (int j = at[1]; j < at[1] + side; j++)
        for (int i = at[0]; i < at[0] + side; i++)
            skin += ct_byte_row(&face->skin, j)[i] != 0;
    out->at = ct_stand_of(face, face->shape[facet].middle);
    out->block = (uint16_t)block;
    out->x = (float)x;
    out->y = (float)y;
    return skin >= all_of_it * side * side;
}

/* Sums of red light over boxes of `step` x `step`, a row of the square. */
static void take_row(double *out, const struct cut *cut, int x, int y)
{
    ct_run_room room;
    for (int i = 0; i < cut->side; i++)
        out[i] = 0;
    for (int j = 0; j < cut->step; j++) {
        for (int from = 0; from < cut->side;) {
            const int fit = CT_RUN / cut->step, left = cut->side - from;
            const int n = left < fit ? left : fit;
            const float *const red = ct_skin_red(
                cut->light, x + from * cut->step, y + j, n * cut->step, room);
            for (int i = 0; i < n; i++, from++)
                for (int k = 0; k < cut->step; k++)
                    out[from] += (double)red[i * cut->step + k];
        }
    }
}

/* The square over its mean, less its slopes, under the window; the rest of
 * `out` is 0. */
static void put_tile(double *out, const struct cut *cut, const int at[2])
{
    const int side = cut->side;
    const double middle = (side - 1) / 2.0;
    double sum = 0, along = 0, down = 0, square = 0;
    for (int y = 0; y < side; y++) {
        take_row(&out[y * WHOLE], cut, at[0], at[1] + y * cut->step);
        for (int x = 0; x < side; x++) {
            const double v = out[y * WHOLE + x];
            sum += v;
            along += v * (x - middle);
            down += v * (y - middle);
        }
        square += side * (y - middle) * (y - middle);
    }
    const double mean = sum / ((double)side * side);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            const double slope = along * (x - middle) + down * (y - middle);
            double *const v = &out[y * WHOLE + x];
            *v = mean > 1e-4 ? (*v - mean - slope / square) / mean *
                                   cut->window[x] * cut->window[y]
                             : 0;
        }
}

/* Means of both squares' powers over rings, and where nothing is left. */
static void take_rings(struct swatch *const tile[2], const struct cut *cut,
                       double unit)
{
    double sum[2][CT_SWATCH_BINS + 1] = {{0}};
    int count[CT_SWATCH_BINS + 1] = {0};
    for (int v = 0; v < WHOLE; v++)
        for (int u = 0; u <= WHOLE / 2; u++) {
            const int ring = cut->ring[v][u];
            const bool plateau = cut->plateau[v][u];
            double power[2];
            if (ring == NO_RING && !plateau)
                continue;
            ct_fft_powers(power, cut->fft, u, v - WHOLE / 2);
            for (int k = 0; k < 2; k++) {
                if (ring != NO_RING)
                    sum[k][ring] += power[k];
                if (plateau)
                    sum[k][CT_SWATCH_BINS] += power[k];
            }
            if (ring != NO_RING)
                count[ring]++;
            count[CT_SWATCH_BINS] += plateau;
        }
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < CT_SWATCH_BINS; i++)
            tile[k]->power[i] =
                count[i] ? (float)(sum[k][i] * unit / count[i]) : 0.0f;
        tile[k]->noise =
            (float)(sum[k][CT_SWATCH_BINS] * unit / count[CT_SWATCH_BINS]);
    }
}

static void take_two(struct swatch *const tile[2], const int at[2][2],
                     const struct cut *cut)
{
    double square = 0;
    for (int i = 0; i < WHOLE * WHOLE; i++)
        cut->fft->re[i] = cut->fft->im[i] = 0;
    put_tile(cut->fft->re, cut, at[0]);
    put_tile(cut->fft->im, cut, at[1]);
    ct_fft_square(cut->fft);
    for (int i = 0; i < cut->side; i++)
        square += cut->window[i] * cut->window[i];
    const double px = 1 / (WHOLE * cut->cycles);
    take_rings(tile, cut, px * px / (square * square));
}

/* What a block of pixels blurs is given back. */
static void sharpen(struct swatches *out, const struct cut *cut, double scale)
{
    const double lost = (cut->step * cut->step - 1) / (12 * scale * scale);
    for (int i = 0; i < CT_SWATCH_BINS && lost > 0; i++) {
        const double f = two_pi * ct_swatch_frequency(i);
        const float gain = (float)ct_exp(f * f * lost);
        for (int k = 0; k < out->count; k++)
            out->of[k].power[i] *= gain;
    }
}

static cutis_status take_all(struct swatches *out, const struct cut *cut,
                             const struct blocks *blocks, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    int at[2][2];
    int waiting = 0;
    for (int i = 0; i < BLOCKS && out->count + waiting < CT_SWATCHES; i++) {
        struct swatch *const tile = &out->of[out->count + waiting];
        if (!place_tile(tile, at[waiting], cut, blocks, i))
            continue;
        if (++waiting < 2)
            continue;
        struct swatch *const two[2] = {tile - 1, tile};
        take_two(two, (const int(*)[2])at, cut);
        out->count += 2;
        waiting = 0;
        TRY(ct_pulse(tools));
    }
done:
    return status;
}

cutis_status ct_swatches(struct swatches *out, const struct face *face,
                         const struct skin *skin, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct fft fft = {0};
    struct blocks *blocks = NULL;
    const double scale = face->work_scale;
    struct cut cut = {.face = face, .light = skin, .fft = &fft};
    out->count = out->bins = 0;
    if (!face->shape || !(scale >= least_scale))
        return CUTIS_OK;
    cut.step = (int)ceil(scale / most_scale);
    cut.side = (int)floor(tile_mm * scale / cut.step);
    cut.side = cut.side < WHOLE ? cut.side : WHOLE;
    cut.cycles = scale / cut.step / WHOLE;
    fill_rings(&cut);
    for (int i = 0; i < cut.side; i++)
        cut.window[i] = 0.5 - 0.5 * ct_cos(two_pi * (i + 0.5) / cut.side);

    blocks = ct_alloc(&tools->memory, 1, sizeof(*blocks));
    if (!blocks)
        TRY(ct_no_memory(tools));
    TRY(ct_fft_create(&fft, WHOLE, tools));
    out->edges = ct_edge_stand(face);
    find_blocks(blocks, face);
    TRY(take_all(out, &cut, blocks, tools));
    const double top = plateau_from * 0.5 * scale / cut.step;
    while (out->bins < CT_SWATCH_BINS &&
           ct_swatch_frequency(out->bins) + 0.5 * ring_width <= top)
        out->bins++;
    sharpen(out, &cut, scale);
done:
    ct_fft_free(&fft);
    ct_free(blocks);
    return status;
}
