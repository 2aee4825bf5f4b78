/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How much nearer one camera stood than the other.
 *
 * From a distance D, what stands h before the plane of the eyes is seen larger
 * by 1 + h / D.  Two faces of one person, both turned to the front and brought
 * to mm, then differ by
 *
 *     d = t + (s, r) (x, y) + w h + k h (x, y),     k = 1 / D_after - 1 /
 * D_before,
 *
 * t, s and r being a similarity, w what is left of yaw and pitch.  The person's
 * own shape is in both and falls out; h is the canonical face's, whose error is
 * one of k's scale.  So is that the landmark model draws outlines nearer to a
 * usual face's than they are seen: on rendered faces it follows k by `follows`.
 * Least squares over landmarks that no expression moves far,
 * with Tukey's weights.
 *
 * x and y are the means of both photographs', so that swapping them negates
 * every d and with it k, to the last bit.
 */

#include <math.h>

#include "match/match.h"

/* Canthi, nose, temples, cheekbones before the ears, hairline. */
static const uint16_t points[] = {33,  133, 362, 263, 168, 6,   197, 195, 5,
                                  4,   1,   2,   98,  327, 48,  278, 127, 356,
                                  234, 454, 162, 389, 21,  251, 54,  284, 103,
                                  332, 67,  297, 109, 338, 10,  93,  323};

enum { POINTS = sizeof(points) / sizeof(points[0]), UNKNOWNS = 7, ROUNDS = 10 };

/* Three rendered faces, 300 to 1200 mm away: 0.35 to 0.60 of each step. */
static const double follows = 0.46;
static const double tuning = 4.685;
static const double least_sd = 0.01; /* mm: below it is rounding */

/* A landmark turned to the front, mm from the canonical origin. */
static void frontal(double out[2], const struct face *face, int point)
{
    const struct pose *const pose = &face->pose;
    const double *const r = pose->rotation;
    const float *const own = ct_mesh_points()[point];
    const double deep =
        r[6] * (double)own[0] + r[7] * (double)own[1] + r[8] * (double)own[2];
    const double p[3] = {
        (face->points[point].x - pose->translation[0]) / pose->scale,
        (face->points[point].y - pose->translation[1]) / pose->scale, deep};
    for (int k = 0; k < 2; k++)
        out[k] = r[k] * p[0] + r[3 + k] * p[1] + r[6 + k] * p[2];
}

/* What each unknown adds to d of one landmark, along x and along y. */
struct line {
    double of[2][UNKNOWNS];
    double d[2];
};

static void fill(struct line *out, const struct face *before,
                 const struct face *after, int point)
{
    double a[2], b[2];
    frontal(a, before, point);
    frontal(b, after, point);
    const double x = 0.5 * (a[0] + b[0]), y = 0.5 * (a[1] + b[1]);
    const double h = -(double)ct_mesh_points()[point][2];
    *out = (struct line){
        .of = {{1, 0, x, -y, h, 0, h * x}, {0, 1, y, x, 0, h, h * y}},
        .d = {b[0] - a[0], b[1] - a[1]}};
}

static void normal_equations(double a[UNKNOWNS * UNKNOWNS], double by[UNKNOWNS],
                             const struct line *lines, const double *weight)
{
    for (int i = 0; i < UNKNOWNS * UNKNOWNS; i++)
        a[i] = 0;
    for (int i = 0; i < UNKNOWNS; i++)
        by[i] = 0;
    for (int n = 0; n < POINTS; n++)
        for (int axis = 0; axis < 2; axis++) {
            const double *const of = lines[n].of[axis];
            for (int i = 0; i < UNKNOWNS; i++) {
                by[i] += weight[n] * of[i] * lines[n].d[axis];
                for (int j = 0; j < UNKNOWNS; j++)
                    a[i * UNKNOWNS + j] += weight[n] * of[i] * of[j];
            }
        }
}

/* Squared distances of landmarks from the fit. */
static void rests(double square[POINTS], const struct line *lines,
                  const double by[UNKNOWNS])
{
    for (int n = 0; n < POINTS; n++) {
        square[n] = 0;
        for (int axis = 0; axis < 2; axis++) {
            double rest = lines[n].d[axis];
            for (int i = 0; i < UNKNOWNS; i++)
                rest -= by[i] * lines[n].of[axis][i];
            square[n] += rest * rest;
        }
    }
}

static void reweight(double weight[POINTS], const double square[POINTS])
{
    double sorted[POINTS];
    for (int n = 0; n < POINTS; n++)
        sorted[n] = sqrt(square[n]);
    const double sd =
        fmax(1.4826 * ct_quantile_d(sorted, POINTS, 0.5), least_sd);
    for (int n = 0; n < POINTS; n++) {
        const double u = sqrt(square[n]) / (tuning * sd);
        const double inner = u < 1 ? 1 - u * u : 0;
        weight[n] = inner * inner;
    }
}

/* The standard error of k. */
static double error_of(const struct line *lines, const double weight[POINTS],
                       const double square[POINTS])
{
    double a[UNKNOWNS * UNKNOWNS], by[UNKNOWNS], all = 0, sum = 0;
    normal_equations(a, by, lines, weight);
    for (int i = 0; i < UNKNOWNS; i++)
        by[i] = i == UNKNOWNS - 1;
    if (!ct_solve_spd(a, by, UNKNOWNS))
        return NAN;
    for (int n = 0; n < POINTS; n++) {
        all += 2 * weight[n];
        sum += weight[n] * square[n];
    }
    return all > UNKNOWNS ? sqrt(sum / (all - UNKNOWNS) * by[UNKNOWNS - 1])
                          : NAN;
}

bool ct_nearer(double *more, double *se, const struct face *before,
               const struct face *after)
{
    struct line lines[POINTS];
    double weight[POINTS], square[POINTS], by[UNKNOWNS];
    double a[UNKNOWNS * UNKNOWNS];
    *more = *se = NAN;
    if (!before->point_count || !after->point_count || !ct_mesh_points() ||
        before->scheme == CUTIS_LANDMARKS_IBUG68 ||
        after->scheme == CUTIS_LANDMARKS_IBUG68)
        return false;
    for (int n = 0; n < POINTS; n++) {
        fill(&lines[n], before, after, points[n]);
        weight[n] = 1;
    }
    for (int round = 0; round < ROUNDS; round++) {
        normal_equations(a, by, lines, weight);
        if (!ct_solve_spd(a, by, UNKNOWNS))
            return false;
        rests(square, lines, by);
        reweight(weight, square);
    }
    *more = by[UNKNOWNS - 1] / follows;
    *se = error_of(lines, weight, square) / follows;
    return true;
}
