/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two photographs' cells.  A reading is a sum over cells s over another t, so
 * that to first order cell i moves y by
 *
 *     u_i = gain (s_i - (S / T) t_i) / T,     S, T the sums over all cells
 *
 * and the change by the difference of both photographs' u_i.  N of them, times
 * N, average to the change less what it is.
 */

#include <math.h>
#include <string.h>

#include "measure/cells.h"
#include "measure/sampling.h"

/* What a metric sums up and divides by: `count` layers from these on. */
static const struct makeup {
    int metric, sum, divisor, count;
} makeups[] = {
    {CT_REDNESS, CT_LAYER_BLOOD, CT_LAYER_PIXELS, 1},
    {CT_ERYTHEMA_AREA, CT_LAYER_RED, CT_LAYER_PIXELS, 1},
    {CT_LESION_DENSITY, CT_LAYER_LESIONS, CT_LAYER_COLOUR, 1},
    {CT_PIGMENT_SPOTS, CT_LAYER_SPOTS, CT_LAYER_COLOUR, 1},
    {CT_TEXTURE, CT_LAYER_BAND, CT_LAYER_BAND_PIXELS, CT_BANDS},
    {CT_PORE_DENSITY, CT_LAYER_PORES, CT_LAYER_RELIEF, 1},
    {CT_PORE_BURDEN, CT_LAYER_PORE_BURDEN, CT_LAYER_RELIEF, 1},
    {CT_SHINE, CT_LAYER_SHINE, CT_LAYER_OPEN, 1},
};

/* Cells that lie in one region of both photographs, region by region. */
struct shared {
    uint16_t cell[CT_CELLS_X * CT_CELLS_Y];
    size_t start[CT_REGIONS + 1];
    uint16_t row[CT_CELLS_X * CT_CELLS_Y]; /* of those, one row's */
    size_t count;
    float value[CT_CELLS_X * CT_CELLS_Y]; /* a mosaic's */
    uint8_t in[CT_CELLS_X * CT_CELLS_Y];
    double sum[(CT_CELLS_X + 1) * (CT_CELLS_Y + 1)];
    double number[(CT_CELLS_X + 1) * (CT_CELLS_Y + 1)];
};

static void sort_cells(struct shared *shared, struct cells *const cells[2])
{
    size_t n = 0;

    for (int r = 0; r < CT_REGIONS; r++) {
        shared->start[r] = n;
        for (size_t c = 0; c < CT_NO_CELL; c++)
            if (cells[0]->region[c] == r && cells[1]->region[c] == r)
                shared->cell[n++] = (uint16_t)c;
    }
    shared->start[CT_REGIONS] = n;
}

static bool is_seen(struct cells *const cells[2], const struct makeup *of,
                    int row, size_t c)
{
    for (int p = 0; p < 2; p++)
        for (int k = 0; k < of->count; k++)
            if (cells[p]->gain[of->sum + k][row] != 0.0 &&
                !(cells[p]->layer[of->divisor + k][c] > 0.0f))
                return false;
    return true;
}

static void choose(struct shared *shared, struct cells *const cells[2],
                   const struct makeup *of, int row)
{
    shared->count = 0;
    for (int r = 0; r < CT_REGIONS; r++) {
        const bool pools = row == CT_FACE_REGION
                               ? cells[0]->pooled[r] && cells[1]->pooled[r]
                               : row == r;
        for (size_t i = shared->start[r]; pools && i < shared->start[r + 1];
             i++)
            if (is_seen(cells, of, row, shared->cell[i]))
                shared->row[shared->count++] = shared->cell[i];
    }
}

/* Lays the row's cells out, all of value 0. */
static struct mosaic lay(struct shared *shared, int *left, int *top)
{
    int x0 = CT_CELLS_X, x1 = -1, y0 = CT_CELLS_Y, y1 = -1;

    for (size_t i = 0; i < shared->count; i++) {
        const int x = shared->row[i] % CT_CELLS_X;
        const int y = shared->row[i] / CT_CELLS_X;
        x0 = x < x0 ? x : x0;
        x1 = x > x1 ? x : x1;
        y0 = y < y0 ? y : y0;
        y1 = y > y1 ? y : y1;
    }
    *left = x0;
    *top = y0;
    const struct mosaic out = {
        .width = x1 - x0 + 1,
        .height = y1 - y0 + 1,
        .value = shared->value,
        .in = shared->in,
        .sum = shared->sum,
        .count = shared->number,
    };
    const size_t all = (size_t)out.width * (size_t)out.height;
    memset(shared->value, 0, all * sizeof(*shared->value));
    memset(shared->in, 0, all);
    return out;
}

/* What cell c of one photograph moves y by, times N; added up over layers. */
struct slope {
    double gain, ratio; /* gain N / T; S / T */
    const float *sum, *divisor;
};

static int slopes_of(struct slope *out, const struct shared *shared,
                     const struct cells *cells, const struct makeup *of,
                     int row)
{
    int n = 0;

    for (int k = 0; k < of->count; k++) {
        const double gain = cells->gain[of->sum + k][row];
        const float *const sum = cells->layer[of->sum + k];
        const float *const divisor = cells->layer[of->divisor + k];
        double s = 0.0, t = 0.0;
        if (gain == 0.0)
            continue;
        for (size_t i = 0; i < shared->count; i++) {
            s += (double)sum[shared->row[i]];
            t += (double)divisor[shared->row[i]];
        }
        out[n++] = (struct slope){gain * (double)shared->count / t, s / t, sum,
                                  divisor};
    }
    return n;
}

static double moves(const struct slope *slope, int n, size_t c)
{
    double sum = 0.0;

    for (int k = 0; k < n; k++)
        sum += slope[k].gain * ((double)slope[k].sum[c] -
                                slope[k].ratio * (double)slope[k].divisor[c]);
    return sum;
}

static void take_row(struct sampling *out, struct shared *shared,
                     struct cells *const cells[2], const struct makeup *of,
                     int row)
{
    struct slope slope[2][CT_BANDS];
    int count[2], left, top;

    choose(shared, cells, of, row);
    if (!shared->count)
        return;
    const struct mosaic mosaic = lay(shared, &left, &top);
    for (int p = 0; p < 2; p++)
        count[p] = slopes_of(slope[p], shared, cells[p], of, row);
    for (size_t i = 0; i < shared->count; i++) {
        const size_t c = shared->row[i];
        const size_t x = c % CT_CELLS_X - (size_t)left;
        const size_t y = c / CT_CELLS_X - (size_t)top;
        const size_t at = y * (size_t)mosaic.width + x;
        mosaic.in[at] = 1;
        mosaic.value[at] = (float)(moves(slope[1], count[1], c) -
                                   moves(slope[0], count[0], c));
    }
    ct_sampling_of(out, &mosaic);
}

cutis_status ct_cells_meet(struct readings out[2], struct cells *const cells[2],
                           struct tools *tools)
{
    struct shared *const shared =
        ct_alloc_raw(&tools->memory, 1, sizeof(*shared));
    cutis_status status = CUTIS_OK;
    if (!shared)
        return ct_no_memory(tools);

    sort_cells(shared, cells);
    for (size_t i = 0; i < sizeof(makeups) / sizeof(*makeups); i++) {
        struct reading *const before = out[0].of[makeups[i].metric];
        struct reading *const after = out[1].of[makeups[i].metric];
        TRY(ct_pulse(tools));
        for (int r = 0; r < CT_REGIONS; r++) {
            struct sampling *const sampling = &before[r].sampling;
            if (isnan(before[r].value) || isnan(after[r].value))
                continue;
            take_row(sampling, shared, cells, &makeups[i], r);
            after[r].sampling = *sampling;
        }
    }

done:
    ct_free(shared);
    return status;
}
