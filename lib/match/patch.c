/* SPDX-License-Identifier: BSD-2-Clause */

#include <math.h>
#include <string.h>

#include "match/refine.h"

enum { PARAMETERS = 6, ROUNDS = 15 };

static const double least_skin = 0.6;  /* share of a patch */
static const double still_px = 0.0005; /* a step that changes nothing */

/* ---- Taking a patch ------------------------------------------------------ */

/* Weight of a place `x`, `y` px from the middle: 1 there, 0 at the rim, so that
 * what enters at the rim enters gently. */
static float weight_at(int x, int y, int half)
{
    const float r = (float)(x * x + y * y) / (float)((half + 1) * (half + 1));
    return r < 1.0f ? 1.0f - r : 0.0f;
}

/* The window is of few sizes. */
static void shape(struct patch *out)
{
    const int half = out->half;
    if (out->shape == half)
        return;
    out->shape = half;
    out->whole = 0;
    memset(out->window, 0, sizeof(out->window));
    for (int j = -half; j <= half; j++) {
        float *const row = out->window + (j + half) * out->stride + half;
        int reach = 0;
        for (int i = -half; i <= half; i++) {
            row[i] = weight_at(i, j, half);
            out->whole += (double)row[i];
            if (row[i] > 0.0f)
                reach = i;
        }
        out->reach[j + half] = (uint8_t)reach;
    }
}

/* Weights, and the share of them that is skin. */
static double weigh(struct patch *out, const struct grain *grain, int x, int y)
{
    const int half = out->half;
    double skin = 0;
    for (int j = 0; j < out->side; j++) {
        const int first = half - out->reach[j];
        const uint8_t *const mask =
            ct_byte_row(&grain->skin, y + j - half) + x - half;
        const float *const window = out->window + j * out->stride;
        float *const w = out->w + j * out->stride;
        const struct columns set =
            ct_columns_set(mask + first, 2 * out->reach[j] + 1);
        out->from[j] = (uint8_t)(first + set.from);
        out->end[j] = (uint8_t)(first + set.end);
        for (int i = out->from[j]; i < out->end[j]; i++)
            w[i] = window[i] * (float)(mask[i] != 0);
        for (int i = out->from[j]; i < out->end[j]; i++)
            skin += (double)w[i];
    }
    out->weight = skin;
    return skin / out->whole;
}

static void fill_row(struct patch *out, const struct grain *grain, int x, int y,
                     int j, float mean)
{
    const int half = out->half, at = (j + half) * out->stride + half;
    const float *const above = ct_row(&grain->z, y + j - 1) + x;
    const float *const row = ct_row(&grain->z, y + j) + x;
    const float *const below = ct_row(&grain->z, y + j + 1) + x;
    for (int i = out->from[j + half] - half; i < out->end[j + half] - half;
         i++) {
        const float w = out->w[at + i];
        const float gx = 0.5f * w * (row[i + 1] - row[i - 1]);
        const float gy = 0.5f * w * (below[i] - above[i]);
        out->t[at + i] = w * (row[i] - mean);
        out->g[0][at + i] = gx;
        out->g[1][at + i] = gx * (float)i;
        out->g[2][at + i] = gx * (float)j;
        out->g[3][at + i] = gy;
        out->g[4][at + i] = gy * (float)i;
        out->g[5][at + i] = gy * (float)j;
    }
}

static double mean_of(const struct patch *patch, const struct grain *grain,
                      int x, int y)
{
    const int half = patch->half;
    double sum = 0;
    for (int j = -half; j <= half; j++) {
        const float *const z = ct_row(&grain->z, y + j) + x;
        const float *const w = patch->w + (j + half) * patch->stride + half;
        const int from = patch->from[j + half], end = patch->end[j + half];
        for (int i = from - half; i < end - half; i++)
            sum += (double)(w[i] * z[i]);
    }
    return sum / patch->weight;
}

/* Products of gradients, of gradient and value, and sums of both. */
struct products {
    double by_gradient[PARAMETERS * PARAMETERS], by_value[PARAMETERS];
};

/* Of one row: gx gx, gx gy and gy gy over the weight, and value over weight;
 * all are 0 where that is, and the window then stands for it. */
struct squares {
    double xx[CT_SIDE], xy[CT_SIDE], yy[CT_SIDE], value[CT_SIDE];
};

static void square_row(struct squares *out, const struct patch *p, int j)
{
    const int at = j * p->stride;
    const float *const window = p->window + at, *const t = p->t + at;
    const float *const x = p->g[0] + at, *const y = p->g[3] + at;
    for (int i = p->from[j]; i < p->end[j]; i++) {
        const double w = (double)window[i];
        const double gx = (double)x[i], gy = (double)y[i];
        out->xx[i] = gx * gx / w;
        out->xy[i] = gx * gy / w;
        out->yy[i] = gy * gy / w;
        out->value[i] = (double)t[i] / w;
    }
}

/* Sums over one row of gx gx, gx gy, gy gy by 1, i, i i. */
static void row_products(double sum[3][3], const struct squares *squares,
                         const struct patch *p, int j)
{
    memset(sum, 0, 9 * sizeof(double));
    for (int at = p->from[j]; at < p->end[j]; at++) {
        const double i = at - p->half;
        const double xx = squares->xx[at], xy = squares->xy[at];
        const double yy = squares->yy[at];
        sum[0][0] += xx;
        sum[0][1] += xx * i;
        sum[0][2] += xx * i * i;
        sum[1][0] += xy;
        sum[1][1] += xy * i;
        sum[1][2] += xy * i * i;
        sum[2][0] += yy;
        sum[2][1] += yy * i;
        sum[2][2] += yy * i * i;
    }
}

/* Adds a row's part of the gradients' products. */
static void multiply_gradients(struct products *out,
                               const struct squares *squares,
                               const struct patch *p, int row)
{
    const int j = row - p->half;
    double sum[3][3];
    row_products(sum, squares, p, row);
    for (int k = 0; k < PARAMETERS; k++)
        for (int l = 0; l < PARAMETERS; l++) {
            const int x = (k % 3 == 1) + (l % 3 == 1);
            const int y = (k % 3 == 2) + (l % 3 == 2);
            const double s = sum[k / 3 + l / 3][x];
            out->by_gradient[k * PARAMETERS + l] += y == 2 ? s * j * j
                                                    : y    ? s * j
                                                           : s;
        }
}

/* Adds a row's part of the gradients' sums and of their products by value. */
static void multiply_value(struct products *out, const struct squares *squares,
                           struct patch *p, int row)
{
    const int at = row * p->stride;
    double moment[PARAMETERS], by_value[PARAMETERS], square = p->square;
    memcpy(moment, p->moment, sizeof(moment));
    memcpy(by_value, out->by_value, sizeof(by_value));
    for (int i = p->from[row]; i < p->end[row]; i++) {
        const double value = squares->value[i];
        square += value * (double)p->t[at + i];
        for (int k = 0; k < PARAMETERS; k++) {
            const double g = (double)p->g[k][at + i];
            moment[k] += g;
            by_value[k] += value * g;
        }
    }
    memcpy(p->moment, moment, sizeof(moment));
    memcpy(out->by_value, by_value, sizeof(by_value));
    p->square = square;
}

static void multiply(struct products *out, struct patch *p)
{
    struct squares squares;
    memset(out, 0, sizeof(*out));
    for (int row = 0; row < p->side; row++) {
        square_row(&squares, p, row);
        multiply_gradients(out, &squares, p, row);
        multiply_value(out, &squares, p, row);
    }
}

/* The matrix less what the mean explains, inverted. */
static bool invert(struct patch *p, const struct products *products)
{
    for (int l = 0; l < PARAMETERS; l++) {
        double matrix[PARAMETERS * PARAMETERS], unit[PARAMETERS] = {0};
        for (int i = 0; i < PARAMETERS * PARAMETERS; i++)
            matrix[i] = products->by_gradient[i] -
                        p->moment[i / PARAMETERS] * p->moment[i % PARAMETERS] /
                            p->weight;
        unit[l] = 1;
        if (!ct_solve_spd(matrix, unit, PARAMETERS))
            return false;
        for (int k = 0; k < PARAMETERS; k++)
            p->inverse[k * PARAMETERS + l] = unit[k];
    }
    for (int k = 0; k < PARAMETERS; k++) {
        p->step[k] = 0;
        for (int l = 0; l < PARAMETERS; l++)
            p->step[k] +=
                p->inverse[k * PARAMETERS + l] * products->by_value[l];
    }
    for (int k = 0; k < PARAMETERS; k++)
        p->explained += p->step[k] * products->by_value[k];
    return true;
}

bool ct_patch_take(struct patch *out, const struct grain *grain, int x, int y,
                   int half)
{
    struct products products;
    if (half < 2 || half > CT_HALF || x <= half || y <= half ||
        x + half + 1 >= grain->z.width || y + half + 1 >= grain->z.height)
        return false;
    memset(&out->half, 0,
           offsetof(struct patch, w) - offsetof(struct patch, half));
    out->half = half;
    out->side = 2 * half + 1;
    out->stride = (out->side + CT_LANES - 1) / CT_LANES * CT_LANES;
    shape(out);
    const size_t used = (size_t)(out->side * out->stride) * sizeof(float);
    memset(out->w, 0, used);
    memset(out->t, 0, used);
    for (int k = 0; k < PARAMETERS; k++)
        memset(out->g[k], 0, used);
    memset(out->seen, 0, used);
    if (weigh(out, grain, x, y) < least_skin)
        return false;
    const float mean = (float)mean_of(out, grain, x, y);
    for (int j = -half; j <= half; j++)
        fill_row(out, grain, x, y, j, mean);
    multiply(&products, out);
    return out->square > 0 && invert(out, &products);
}

/* ---- Aligning it --------------------------------------------------------- */

void ct_grain_line(float *out, const struct grain *grain, const double at[2],
                   const double by[2], int from, int end)
{
    const float place[2] = {(float)at[0], (float)at[1]};
    const float step[2] = {(float)by[0], (float)by[1]};
    grain->kernels->along(out, &grain->z, place, step, from, end);
}

/* What the map shows of the other photograph. */
static void look(struct patch *p, const struct affine *map,
                 const struct grain *other)
{
    const double *const m = map->m;
    for (int j = 0; j < p->side; j++) {
        const int y = j - p->half;
        const double at[2] = {m[0] - m[1] * p->half + m[2] * y,
                              m[3] - m[4] * p->half + m[5] * y};
        const double by[2] = {m[1], m[4]};
        ct_grain_line(p->seen + j * p->stride, other, at, by, p->from[j],
                      p->end[j]);
    }
}

/* Share of the patch's weight whose place in the other photograph is skin. */
static double skin_seen(const struct patch *p, const struct affine *map,
                        const struct grain *other)
{
    const double *const m = map->m;
    double skin = 0;
    for (int j = -p->half; j <= p->half; j += 2)
        for (int i = -p->half; i <= p->half; i += 2) {
            const double x = floor(m[0] + m[1] * i + m[2] * j + 0.5);
            const double y = floor(m[3] + m[4] * i + m[5] * j + 0.5);
            if (x >= 0 && y >= 0 && x < other->z.width && y < other->z.height &&
                ct_byte_row(&other->skin, (int)y)[(int)x])
                skin += (double)p->w[(j + p->half) * p->stride + i + p->half];
        }
    return 4 * skin / p->weight;
}

/* Weighted sums of what is seen: itself, its square, by value, by gradient. */
struct sight {
    double sum, square, by_value, by_gradient[PARAMETERS];
};

static double fold(const float lanes[CT_LANES])
{
    double sum = 0;
    for (int i = 0; i < CT_LANES; i++)
        sum += (double)lanes[i];
    return sum;
}

static void sum_up(struct sight *out, struct patch *p,
                   const struct kernels *kernels)
{
    enum { ROWS = 3 + PARAMETERS };
    const float *rows[ROWS] = {p->w, p->t, p->weighted};
    const size_t count = (size_t)(p->side * p->stride);
    float lanes[ROWS][CT_LANES] = {{0}};
    for (int k = 0; k < PARAMETERS; k++)
        rows[3 + k] = p->g[k];
    for (size_t i = 0; i < count; i++)
        p->weighted[i] = p->w[i] * p->seen[i];
    kernels->dots(lanes[0], rows, ROWS, p->seen, count);
    out->sum = fold(lanes[0]);
    out->by_value = fold(lanes[1]);
    out->square = fold(lanes[2]);
    for (int k = 0; k < PARAMETERS; k++)
        out->by_gradient[k] = fold(lanes[3 + k]);
}

/* map o (1 + d)^-1; false where d folds the patch. */
static bool compose(struct affine *map, const double d[PARAMETERS])
{
    const double a = 1 + d[1], b = d[2], c = d[4], e = 1 + d[5];
    const double det = a * e - b * c;
    if (!(det > 0.25 && det < 4))
        return false;
    const double i[4] = {e / det, -b / det, -c / det, a / det};
    const double x = -(i[0] * d[0] + i[1] * d[3]);
    const double y = -(i[2] * d[0] + i[3] * d[3]);
    for (int k = 0; k < PARAMETERS; k += 3) {
        double *const m = map->m + k;
        const double right = m[1], down = m[2];
        m[0] += right * x + down * y;
        m[1] = right * i[0] + down * i[2];
        m[2] = right * i[1] + down * i[3];
    }
    return true;
}

/* The next step, in the patch's own pixels; false where nothing correlates. */
static bool next_step(double d[PARAMETERS], double *correlation,
                      const struct patch *p, const struct sight *s)
{
    double gradient[PARAMETERS], projected = 0;
    const double variance = s->square - s->sum * s->sum / p->weight;
    for (int k = 0; k < PARAMETERS; k++) {
        gradient[k] = s->by_gradient[k] - p->moment[k] * s->sum / p->weight;
        projected += p->step[k] * gradient[k];
    }
    const double gain = s->by_value - projected;
    if (!(variance > 0) || !(gain > 0))
        return false;
    *correlation = s->by_value / sqrt(p->square * variance);
    const double factor = (p->square - p->explained) / gain;
    for (int k = 0; k < PARAMETERS; k++) {
        d[k] = -p->step[k];
        for (int l = 0; l < PARAMETERS; l++)
            d[k] += factor * p->inverse[k * PARAMETERS + l] * gradient[l];
    }
    return true;
}

double ct_patch_align(struct affine *map, struct patch *patch,
                      const struct grain *other, double reach)
{
    const double start[2] = {map->m[0], map->m[3]};
    double correlation = NAN;
    for (int round = 0; round < ROUNDS; round++) {
        struct sight sight;
        double d[PARAMETERS];
        look(patch, map, other);
        sum_up(&sight, patch, other->kernels);
        if (!next_step(d, &correlation, patch, &sight) || !compose(map, d))
            return NAN;
        const double dx = map->m[0] - start[0], dy = map->m[3] - start[1];
        if (!(dx * dx + dy * dy <= reach * reach))
            return NAN;
        double most = 0;
        for (int k = 0; k < PARAMETERS; k++)
            most = fmax(most, fabs(d[k]) * (k % 3 ? patch->half : 1));
        if (most < still_px)
            break;
    }
    return skin_seen(patch, map, other) >= least_skin ? correlation : NAN;
}
