/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How fast skin's structure falls off towards fine detail: the amplitude of its
 * density at 0.7 to 1.1 cycles per mm over that at 0.35 to 0.5.
 *
 * Relief scatters over all sizes alike, so that a smoother skin keeps the
 * ratio.  A filter that averages over half a millimetre or more where contrast
 * is low does not; what is finer it takes, what is coarser it leaves.  The
 * median over squares of 8 mm, each its own ratio, so that one region's
 * roughness does not outvote another's.
 */

#include <math.h>

#include "match/match.h"
#include "signal/fft.h"

enum { WHOLE = 64, MOST_TILES = 128, FEWEST_TILES = 24 }; /* px; tiles */

static const double two_pi = 6.283185307179586;
static const double tile_mm = 8.0; /* WHOLE / most_scale */
static const double least_scale = 4.5, most_scale = 8.0; /* px per mm */
static const double all_of_it = 0.98;                    /* of a tile: skin */

struct octave {
    double low, high; /* cycles per mm */
};
static const struct octave coarse = {0.35, 0.5}, fine = {0.7, 1.1};

/* A picture of which every `step` x `step` pixels are taken as one, which blurs
 * it by their area. */
struct source {
    const struct row_source *density;
    const struct bytes *skin;
    int step, side;    /* of a tile, after that */
    float *row;        /* of a tile, before that */
    int columns, rows; /* of tiles */
};

static bool is_skin(const struct source *s, int tile)
{
    const int side = s->side * s->step;
    const int x0 = tile % s->columns * side, y0 = tile / s->columns * side;
    int count = 0;
    for (int y = y0; y < y0 + side; y++) {
        const uint8_t *const skin = ct_byte_row(s->skin, y) + x0;
        for (int x = 0; x < side; x++)
            count += skin[x] != 0;
    }
    return count >= all_of_it * side * side;
}

/* Sums over the boxes of a row of the tile whose corner is (x, y). */
static void put_row(double *out, const struct source *s, int x, int y)
{
    const int step = s->step;
    for (int i = 0; i < s->side; i++)
        out[i] = 0;
    for (int j = 0; j < step; j++) {
        s->density->row(s->density, s->row, x, y + j, s->side * step);
        for (int i = 0; i < s->side; i++)
            for (int k = 0; k < step; k++)
                out[i] += (double)s->row[i * step + k];
    }
}

/* The tile without its mean and slopes, under a Hann window. */
static void put_tile(double *out, const struct source *s, int tile,
                     const double window[WHOLE])
{
    const int side = s->side;
    const int x0 = tile % s->columns * side * s->step;
    const int y0 = tile / s->columns * side * s->step;
    const double middle = (side - 1) / 2.0;
    double sum = 0, along = 0, down = 0, square = 0;
    for (int y = 0; y < side; y++) {
        put_row(&out[y * WHOLE], s, x0, y0 + y * s->step);
        for (int x = 0; x < side; x++) {
            const double v = out[y * WHOLE + x];
            sum += v;
            along += v * (x - middle);
            down += v * (y - middle);
        }
        square += side * (y - middle) * (y - middle);
    }
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            const double slope = along * (x - middle) + down * (y - middle);
            double *const at = &out[y * WHOLE + x];
            *at -= sum / ((double)side * side) + slope / square;
            *at *= window[x] * window[y];
        }
}

/* Mean powers of both squares in a ring. */
static void ring(double mean[2], const struct fft *fft, double cycles,
                 const struct octave *octave)
{
    int count = 0;
    mean[0] = mean[1] = 0;
    const int reach = (int)(octave->high / cycles) + 1;
    for (int v = -reach; v <= reach; v++)
        for (int u = 0; u <= reach; u++) {
            const double f = cycles * ct_sqrt((double)u * u + (double)v * v);
            double power[2];
            if (f < octave->low || f >= octave->high)
                continue;
            ct_fft_powers(power, fft, u, v);
            mean[0] += power[0];
            mean[1] += power[1];
            count++;
        }
    for (int i = 0; i < 2; i++)
        mean[i] /= count > 0 ? count : 1;
}

/* Two tiles by one transform: ln of the ratio of amplitudes of each. */
static void take_two(double out[2], const struct source *s, const int tile[2],
                     const struct fft *fft, double cycles,
                     const double window[WHOLE])
{
    double low[2], high[2];
    for (int i = 0; i < WHOLE * WHOLE; i++)
        fft->re[i] = fft->im[i] = 0;
    put_tile(fft->re, s, tile[0], window);
    put_tile(fft->im, s, tile[1], window);
    ct_fft_square(fft);
    ring(low, fft, cycles, &coarse);
    ring(high, fft, cycles, &fine);
    for (int i = 0; i < 2; i++)
        out[i] = low[i] > 0 && high[i] > 0
                     ? 0.5 * (ct_log(high[i]) - ct_log(low[i]))
                     : NAN;
}

/* The tiles that are skin, thinned evenly to what is needed. */
static int choose(int *out, const struct source *s)
{
    const int all = s->columns * s->rows;
    int count = 0;
    for (int i = 0; i < all; i++)
        if (is_skin(s, i))
            out[count++] = i;
    const int step = (count + MOST_TILES - 1) / MOST_TILES;
    int kept = 0;
    for (int i = 0; step && i < count; i += step)
        out[kept++] = out[i];
    return kept;
}

cutis_status ct_fine_structure(double *ratio, const struct row_source *density,
                               const struct bytes *skin, double scale,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct fft fft = {0};
    double window[WHOLE], found[MOST_TILES];
    size_t n = 0;
    int *tiles = NULL;
    struct source s = {
        .density = density, .skin = skin, .step = scale > most_scale ? 2 : 1};
    *ratio = NAN;
    if (!(scale >= least_scale) || !(scale < most_scale * WHOLE))
        return CUTIS_OK;
    while (tile_mm * scale / s.step >= WHOLE + 1)
        s.step++;
    s.side = (int)(tile_mm * scale / s.step);
    s.columns = density->width / (s.side * s.step);
    s.rows = density->height / (s.side * s.step);
    if (s.columns * s.rows < FEWEST_TILES)
        return CUTIS_OK;

    tiles = ct_alloc_raw(&tools->memory, (size_t)s.columns * (size_t)s.rows,
                         sizeof(*tiles));
    s.row =
        ct_alloc_raw(&tools->memory, (size_t)(s.side * s.step), sizeof(*s.row));
    if (!tiles || !s.row)
        TRY(ct_no_memory(tools));
    TRY(ct_fft_create(&fft, WHOLE, tools));
    for (int i = 0; i < s.side; i++)
        window[i] = 0.5 - 0.5 * ct_cos(two_pi * (i + 0.5) / s.side);
    const int count = choose(tiles, &s);
    for (int i = 0; i + 1 < count; i += 2) {
        double two[2];
        if (i % 16 == 0)
            TRY(ct_pulse(tools));
        take_two(two, &s, tiles + i, &fft, scale / s.step / WHOLE, window);
        for (int k = 0; k < 2; k++)
            if (!isnan(two[k]))
                found[n++] = two[k];
    }
    if (n >= FEWEST_TILES)
        *ratio = ct_quantile_d(found, n, 0.5) +
                 ct_fine_lost((s.step * s.step - 1) / (12 * scale * scale));
done:
    ct_fft_free(&fft);
    ct_free(s.row);
    ct_free(tiles);
    return status;
}

double ct_fine_lost(double blur_mm2)
{
    const double low = 0.5 * (coarse.low + coarse.high);
    const double high = 0.5 * (fine.low + fine.high);
    return 0.5 * two_pi * two_pi * (high * high - low * low) * blur_mm2;
}
