/* SPDX-License-Identifier: BSD-2-Clause */

#include <math.h>

#include "match/match.h"

/* ---- In the picture ---------------------------------------------------------
 */

enum { MOST = 64 }; /* landmarks that a similarity rests on */

/* Weighted centre and size. */
struct cloud {
    double x, y, size;
};

static bool measure(struct cloud *out, const cutis_point *at,
                    const uint16_t *index, const double *weight, int count)
{
    double sum = 0, x = 0, y = 0, square = 0;
    for (int i = 0; i < count; i++) {
        sum += weight[i];
        x += weight[i] * at[index[i]].x;
        y += weight[i] * at[index[i]].y;
    }
    out->x = x / sum;
    out->y = y / sum;
    for (int i = 0; i < count; i++) {
        const double dx = at[index[i]].x - out->x;
        const double dy = at[index[i]].y - out->y;
        square += weight[i] * (dx * dx + dy * dy);
    }
    out->size = sqrt(square / sum);
    return out->size > 0;
}

/* Weighted fit: rotation (c, s), centres and sizes. */
struct fit {
    struct cloud from, to;
    double c, s;
};

static bool procrustes(struct fit *fit, const cutis_point *from,
                       const cutis_point *to, const uint16_t *index,
                       const double *weight, int count)
{
    if (!measure(&fit->from, from, index, weight, count) ||
        !measure(&fit->to, to, index, weight, count))
        return false;
    double dot = 0, turn = 0;
    for (int i = 0; i < count; i++) {
        const double px = from[index[i]].x - fit->from.x;
        const double py = from[index[i]].y - fit->from.y;
        const double qx = to[index[i]].x - fit->to.x;
        const double qy = to[index[i]].y - fit->to.y;
        dot += weight[i] * (px * qx + py * qy);
        turn += weight[i] * (px * qy - py * qx);
    }
    const double size = sqrt(dot * dot + turn * turn);
    if (!(size > 0))
        return false;
    fit->c = dot / size;
    fit->s = turn / size;
    return true;
}

/* Distances in units of the clouds' sizes. */
static void residuals(double *out, const struct fit *fit,
                      const cutis_point *from, const cutis_point *to,
                      const uint16_t *index, int count)
{
    for (int i = 0; i < count; i++) {
        const double px = (from[index[i]].x - fit->from.x) / fit->from.size;
        const double py = (from[index[i]].y - fit->from.y) / fit->from.size;
        const double qx = (to[index[i]].x - fit->to.x) / fit->to.size;
        const double qy = (to[index[i]].y - fit->to.y) / fit->to.size;
        const double dx = fit->c * px - fit->s * py - qx;
        const double dy = fit->s * px + fit->c * py - qy;
        out[i] = sqrt(dx * dx + dy * dy);
    }
}

static void reweight(double *weight, const double *residual, int count)
{
    const double tuning = 4.685;
    const double least = 1e-6; /* of the size: below it is rounding */
    double sorted[MOST];
    for (int i = 0; i < count; i++)
        sorted[i] = residual[i];
    const double sd =
        fmax(1.4826 * ct_quantile_d(sorted, (size_t)count, 0.5), least);
    for (int i = 0; i < count; i++) {
        const double u = residual[i] / (tuning * sd);
        const double inner = u < 1 ? 1 - u * u : 0;
        weight[i] = inner * inner;
    }
}

bool ct_similarity(double out[4], const cutis_point *from,
                   const cutis_point *to, const uint16_t *index, int count)
{
    enum { ROUNDS = 10 };
    double weight[MOST], residual[MOST];
    struct fit fit;
    if (count < 2 || count > MOST)
        return false;

    for (int i = 0; i < count; i++)
        weight[i] = 1;
    for (int round = 0; round < ROUNDS; round++) {
        if (!procrustes(&fit, from, to, index, weight, count))
            return false;
        residuals(residual, &fit, from, to, index, count);
        reweight(weight, residual, count);
    }
    const double scale = fit.to.size / fit.from.size;
    out[0] = scale * fit.c;
    out[1] = scale * fit.s;
    out[2] = fit.to.x - (out[0] * fit.from.x - out[1] * fit.from.y);
    out[3] = fit.to.y - (out[1] * fit.from.x + out[0] * fit.from.y);
    return true;
}

/* ---- In space ------------------------------------------------------------ */

static void centre(double mean[3], double *size, const double (*at)[3],
                   int count)
{
    double square = 0;
    for (int k = 0; k < 3; k++) {
        mean[k] = 0;
        for (int i = 0; i < count; i++)
            mean[k] += at[i][k] / count;
        for (int i = 0; i < count; i++)
            square += (at[i][k] - mean[k]) * (at[i][k] - mean[k]);
    }
    *size = sqrt(square / count);
}

/* The sum of the singular values of m, with the smallest negated where m turns
 * the hand: the trace that the best rotation reaches (Umeyama 1991,
 * doi:10.1109/34.88573). */
static double best_trace(const double m[9])
{
    double square[9], values[3], vectors[9];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            square[3 * i + j] =
                m[i] * m[j] + m[3 + i] * m[3 + j] + m[6 + i] * m[6 + j];
    ct_eigen3(square, values, vectors);
    const double det = m[0] * (m[4] * m[8] - m[5] * m[7]) -
                       m[1] * (m[3] * m[8] - m[5] * m[6]) +
                       m[2] * (m[3] * m[7] - m[4] * m[6]);
    double sum = 0;
    for (int k = 0; k < 3; k++) {
        const double value = sqrt(fmax(values[k], 0));
        sum += k == 0 && det < 0 ? -value : value;
    }
    return sum;
}

double ct_rigid_rms(const double (*from)[3], const double (*to)[3], int count)
{
    double p0[3], q0[3], p_size, q_size, m[9] = {0};
    centre(p0, &p_size, from, count);
    centre(q0, &q_size, to, count);
    if (!(p_size > 0 && q_size > 0))
        return NAN;
    bool same = true;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < 9; k++) {
            m[k] += (to[i][k / 3] - q0[k / 3]) * (from[i][k % 3] - p0[k % 3]);
            same = same && from[i][k % 3] == to[i][k % 3];
        }
    if (same)
        return 0; /* what rounding leaves of the difference below is not */
    /* Both scaled to size 1: the mean square distance is 2 - 2 trace. */
    const double trace = best_trace(m) / (count * p_size * q_size);
    return sqrt(fmax(2 - 2 * trace, 0) * p_size * q_size);
}

void ct_landmarks_mm(double out[CT_POINTS][3], const struct face *face)
{
    for (int i = 0; i < CT_POINTS; i++) {
        out[i][0] = face->points[i].x / face->scale;
        out[i][1] = face->points[i].y / face->scale;
        out[i][2] = (double)face->depth[i] / face->scale;
    }
}

/* ---- Bones --------------------------------------------------------------- */

static double between(const double at[CT_POINTS][3], int a, int b)
{
    double square = 0;
    for (int k = 0; k < 3; k++)
        square += (at[a][k] - at[b][k]) * (at[a][k] - at[b][k]);
    return sqrt(square);
}

/* Pairs of landmarks over bone or cartilage that no expression moves much:
 * inner and outer canthi, nasion to the base of the nose, to its tip, width at
 * the temples and at the cheekbones. */
static const uint16_t bones[6][2] = {{133, 362}, {33, 263},  {168, 2},
                                     {168, 4},   {127, 356}, {234, 454}};

double ct_bone_distance(const double before[CT_POINTS][3],
                        const double after[CT_POINTS][3])
{
    double difference[6], mean = 0, square = 0;
    for (int i = 0; i < 6; i++) {
        const double a = between(before, bones[i][0], bones[i][1]);
        const double b = between(after, bones[i][0], bones[i][1]);
        if (!(a > 0 && b > 0))
            return NAN;
        difference[i] = ct_log(b) - ct_log(a);
        mean += difference[i] / 6;
    }
    for (int i = 0; i < 6; i++)
        square += (difference[i] - mean) * (difference[i] - mean);
    return sqrt(square / 6);
}
