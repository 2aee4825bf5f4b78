/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The mean profile across a line, and what it says: how dark the line is
 * against both sides, how wide, and how evenly that holds along it.
 */

#include <math.h>

#include "measure/measure.h"

/* Flanks are 0.75 to 1 mm away. */
enum { HALF = CT_PROFILE_HALF, FLANK = 12, FAR = 16 };

static const double step_mm = 0.0625;
static const double surely_alike = 0.7;

/* px of the level; false outside the mask. */
static bool look(double *out, const struct scene *scene, double x, double y)
{
    const struct level *level = &scene->relief;
    const int px = (int)floor(x + 0.5), py = (int)floor(y + 0.5);
    if (px < 1 || py < 1 || px >= level->width - 1 || py >= level->height - 1 ||
        !ct_byte_row(&level->mask, py)[px])
        return false;
    *out = (double)ct_between(&scene->density, x, y);
    return true;
}

void ct_profile_add(struct profile *profile, const struct scene *scene,
                    const double at[2], const double across[2], double weight)
{
    const double step = step_mm * scene->relief.scale;
    double flank = 0.0, flanks = 0.0, middle = 0.0, middles = 0.0;
    for (int i = -HALF; i <= HALF; i++) {
        double v;
        if (!look(&v, scene, at[0] + i * step * across[0],
                  at[1] + i * step * across[1]))
            continue;
        profile->sum[i + HALF] += weight * v;
        profile->weight[i + HALF] += weight;
        if (i < -FAR || i > FAR)
            continue;
        if (i <= -FLANK || i >= FLANK) {
            flank += v;
            flanks += 1.0;
        } else if (i >= -2 && i <= 2) {
            middle += v;
            middles += 1.0;
        }
    }
    if (flanks > 0.0 && middles > 0.0) {
        const double dark = middle / middles - flank / flanks;
        profile->dark += dark;
        profile->dark2 += dark * dark;
        profile->points += 1.0;
    }
}

/* Means; where nothing was seen, the mean of all. */
static void means(double v[CT_PROFILE], const struct profile *profile)
{
    double all = 0.0, weight = 0.0;
    for (int i = 0; i < CT_PROFILE; i++) {
        all += profile->sum[i];
        weight += profile->weight[i];
    }
    for (int i = 0; i < CT_PROFILE; i++)
        v[i] = profile->weight[i] > 0.0 ? profile->sum[i] / profile->weight[i]
               : weight > 0.0           ? all / weight
                                        : 0.0;
}

int ct_profile_middle(const struct profile *a, const struct profile *b)
{
    double v[CT_PROFILE], w[CT_PROFILE] = {0.0};
    means(v, a);
    if (b)
        means(w, b);
    int best = HALF - 2;
    for (int i = HALF - 1; i <= HALF + 2; i++)
        if (v[i] + w[i] > v[best] + w[best])
            best = i;
    return best;
}

/* How far from the middle the profile falls to `level`, in steps. */
static double crossing(const double *v, int middle, double level, int sign)
{
    for (int i = 1; i <= FAR; i++) {
        const double before = v[middle + sign * (i - 1)];
        const double here = v[middle + sign * i];
        if (here <= level)
            return i - 1 +
                   (before > here ? (before - level) / (before - here) : 0.0);
    }
    return FAR;
}

void ct_profile_move(struct profile *out, const struct profile *from, int shift)
{
    for (int i = -FAR; i <= FAR; i++) {
        const int k = i + shift + HALF;
        out->sum[i + HALF] += from->sum[k];
        out->weight[i + HALF] += from->weight[k];
    }
}

/* Correlation of two profiles, the second moved by `shift`. */
static double alike(const double *a, const double *b, int shift)
{
    const double n = 2 * FAR + 1;
    double ma = 0.0, mb = 0.0, aa = 0.0, bb = 0.0, ab = 0.0;
    for (int i = -FAR; i <= FAR; i++) {
        ma += a[i + HALF] / n;
        mb += b[i + shift + HALF] / n;
    }
    for (int i = -FAR; i <= FAR; i++) {
        const double da = a[i + HALF] - ma, db = b[i + shift + HALF] - mb;
        aa += da * da;
        bb += db * db;
        ab += da * db;
    }
    return aa > 0.0 && bb > 0.0 ? ab / ct_sqrt(aa * bb) : 0.0;
}

int ct_profile_shift(const struct profile *a, const struct profile *b,
                     double most_mm)
{
    const int asked = (int)floor(most_mm / step_mm + 0.5);
    const int most = asked < HALF - FAR ? asked : HALF - FAR;
    double v[CT_PROFILE], w[CT_PROFILE];
    means(v, a);
    means(w, b);
    int best = 0;
    double best_r = alike(v, w, 0);
    for (int k = 1; k <= most; k++)
        for (int sign = -1; sign <= 1; sign += 2) {
            const double r = alike(v, w, sign * k);
            best = r > best_r ? sign * k : best;
            best_r = r > best_r ? r : best_r;
        }
    return best_r >= surely_alike ? best : 0;
}

struct line_shape ct_profile_shape(const struct profile *profile, int middle)
{
    double v[CT_PROFILE], flank[2] = {0.0, 0.0};
    means(v, profile);
    for (int i = FLANK; i <= FAR; i++) {
        flank[0] += v[HALF - i] / (FAR - FLANK + 1);
        flank[1] += v[HALF + i] / (FAR - FLANK + 1);
    }
    const double around = 0.5 * (flank[0] + flank[1]);
    const double depth = v[middle] - around;
    const double half = around + 0.5 * depth;
    const double n = profile->points;
    const double mean = n > 0.0 ? profile->dark / n : 0.0;
    const double variance = n > 1.0 ? profile->dark2 / n - mean * mean : 0.0;
    return (struct line_shape){
        .depth = depth,
        .least = v[middle] - (flank[0] > flank[1] ? flank[0] : flank[1]),
        .spread = variance > 0.0 ? ct_sqrt(variance) : 0.0,
        .width_mm = step_mm * (crossing(v, middle, half, 1) +
                               crossing(v, middle, half, -1)),
    };
}
