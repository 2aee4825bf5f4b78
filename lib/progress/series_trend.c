/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Trends (method, 11.7).  With weights w = 1 / variance and weighted means,
 *
 *     slope = sum w (t - tm) (y - ym) / Sxx      Sxx = sum w (t - tm)^2
 *     SE    = 1 / sqrt Sxx                       what is known, not the scatter
 *
 * Theil 1950, Sen 1968: the median of the slopes between two points.
 * Mann 1945, Kendall 1948: S = sum of sign(y_j - y_i), i < j.
 */

#include <math.h>

#include "progress/series.h"

/* ---- Ranks --------------------------------------------------------------- */

/* 18! is the last factorial that a double holds to the unit. */
enum { EXACT = 18, EXACT_PAIRS = EXACT * (EXACT - 1) / 2 };

static int sign_of(double x)
{
    return (x > 0.0) - (x < 0.0);
}

/* How many of y equal y[i]; 0 where an earlier one did already. */
static int size_of_tie(const double *y, int n, int i)
{
    int size = 0;

    for (int j = 0; j < n; j++) {
        if (y[j] == y[i] && j < i)
            return 0;
        size += y[j] == y[i];
    }
    return size;
}

/* count[k] times (1 + q + ... + q^(size-1)), q^k being k inversions. */
static void spread(double *count, int pairs, int size)
{
    double sum = 0.0, old[EXACT_PAIRS + 1];

    for (int k = 0; k <= pairs; k++) {
        old[k] = count[k];
        sum += old[k];
        sum -= k >= size ? old[k - size] : 0.0;
        count[k] = sum;
    }
}

/* The same undone, as (1 - q) / (1 - q^size). */
static void gather(double *count, int pairs, int size)
{
    double before = 0.0;

    for (int k = 0; k <= pairs; k++) {
        const double now = count[k];
        count[k] = now - before + (k >= size ? count[k - size] : 0.0);
        before = now;
    }
}

/* Orders by their number of inversions: n! over the factorials of the ties,
 * each as a polynomial in q. */
static double exact_p(const double *y, int n, int s)
{
    double count[EXACT_PAIRS + 1] = {1.0};
    const int pairs = n * (n - 1) / 2;
    int differing = pairs;

    for (int i = 2; i <= n; i++)
        spread(count, pairs, i);
    for (int i = 0; i < n; i++) {
        const int size = size_of_tie(y, n, i);
        differing -= size * (size - 1) / 2;
        for (int k = 2; k <= size; k++)
            gather(count, pairs, k);
    }
    double all = 0.0, far = 0.0;
    for (int k = 0; k <= differing; k++) {
        const int one = differing - 2 * k;
        all += count[k];
        far += (one < 0 ? -one : one) >= s ? count[k] : 0.0;
    }
    return far / all;
}

static double cubes(double n)
{
    return n * (n - 1.0) * (2.0 * n + 5.0);
}

static double normal_p(const double *y, int n, int s)
{
    double variance = cubes(n);

    for (int i = 0; i < n; i++)
        variance -= cubes(size_of_tie(y, n, i));
    variance /= 18.0;
    return s > 0 ? 2.0 * ct_normal_cdf(-(s - 1) / ct_sqrt(variance)) : 1.0;
}

double ct_mann_kendall(const double *y, int n)
{
    int s = 0;

    if (n < 2)
        return NAN;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            s += sign_of(y[j] - y[i]);
    s = s < 0 ? -s : s;
    return n <= EXACT ? exact_p(y, n, s) : normal_p(y, n, s);
}

static double median_slope(const struct point *point, int n)
{
    double slope[CT_VISITS * (CT_VISITS - 1) / 2];
    size_t count = 0;

    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            slope[count++] =
                (point[j].y - point[i].y) / (point[j].weeks - point[i].weeks);
    return ct_quantile_d(slope, count, 0.5);
}

/* ---- The line ------------------------------------------------------------ */

static void fit(struct trend *out, const struct point *point, int n, double df)
{
    double w = 0.0, wt = 0.0, wy = 0.0, xx = 0.0, xy = 0.0;

    for (int i = 0; i < n; i++) {
        w += 1.0 / point[i].variance;
        wt += point[i].weeks / point[i].variance;
        wy += point[i].y / point[i].variance;
    }
    for (int i = 0; i < n; i++) {
        const double t = point[i].weeks - wt / w;
        xx += t * t / point[i].variance;
        xy += t * (point[i].y - wy / w) / point[i].variance;
    }
    out->slope = xy / xx;
    out->level = wy / w - out->slope * (wt / w);
    out->se = 1.0 / ct_sqrt(xx);
    out->df = df;
    out->p = ct_t_two_sided(out->slope / out->se, df);
    out->half95 = out->se * ct_t_quantile(0.95, df);
}

struct trend ct_trend(const struct point *point, int n, double df)
{
    double y[CT_VISITS];
    struct trend out = {
        .points = n,
        .slope = NAN,
        .level = NAN,
        .se = NAN,
        .df = NAN,
        .p = NAN,
        .half95 = NAN,
        .theil_sen = NAN,
        .mann_kendall = NAN,
    };

    if (n < CT_TREND_POINTS || n > CT_VISITS)
        return out;
    fit(&out, point, n, df);
    if (n < CT_RANK_POINTS)
        return out;
    for (int i = 0; i < n; i++)
        y[i] = point[i].y;
    out.theil_sen = median_slope(point, n);
    out.mann_kendall = ct_mann_kendall(y, n);
    return out;
}

int ct_sustained_from(const int *way, int n)
{
    int from = n - 1;

    if (n < 2 || !way[n - 1])
        return -1;
    while (from > 0 && way[from - 1] == way[n - 1])
        from--;
    return from < n - 1 ? from : -1;
}
