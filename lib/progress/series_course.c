/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The trend of each row over the visits (method, 11.7).  All changes are
 * against one baseline, so they share its error: s^2 / nA of its nA captures,
 * and half of what else is in all of them, since a count, say, errs in either
 * photograph.  The line is therefore laid through the baseline too, as a point
 * of change 0 and variance v_0, and each visit keeps what is left of its own:
 *
 *     v_0 = s^2 / nA + min over i of (SE_i^2 - s_i^2 (1 / nA + 1 / nB)) / 2
 *     v_i = SE_i^2 - v_0
 *
 * Generalised least squares of the changes alone, with the covariance
 * v_0 + [i = j] v_i, give the same slope and error.  s^2 and its degrees of
 * freedom are pooled over the visits.  Skin that still heals (up to 14 days) is
 * left out: what a reaction does is not a trend.
 */

#include <math.h>
#include <string.h>

#include "progress/series.h"

static const double week = 7.0;

/* One visit's change of a row. */
struct stop {
    const struct occasion *visit;
    int place; /* of the visit */
    const cutis_change *row;
    struct repeats repeats;
    double delta; /* y */
};

static int list_stops(struct stop *out, const struct course *course, int m,
                      int r)
{
    int n = 0;

    for (int i = 0; i < course->count; i++) {
        const struct occasion *const visit = course->of[i];
        if (visit->about.phase < CUTIS_PHASE_EARLY)
            continue;
        const cutis_change *const row = &visit->outcome->change[m][r];
        if (!ct_has_change(visit->outcome, m, r) ||
            (n && strcmp(row->reading, out[0].row->reading) != 0))
            continue;
        out[n++] = (struct stop){
            .visit = visit,
            .place = i,
            .row = row,
            .repeats = ct_repeats_of(visit->outcome, m, r),
            .delta = ct_delta_of(row),
        };
    }
    return n;
}

/* ---- Pooling ------------------------------------------------------------- */

/* What is known of repeats from all visits together. */
struct pool {
    double variance, df;
    int baseline;  /* captures */
    double shared; /* of the rest's variance, what is the baseline's */
};

static double rest_of(const struct stop *stop)
{
    const struct repeats *const own = &stop->repeats;
    const double repeats =
        own->variance / own->captures[0] + own->variance / own->captures[1];

    return fmax(stop->row->se * stop->row->se - repeats, 0.0);
}

static double larger(const struct repeats *repeats)
{
    const int *const n = repeats->captures;

    return n[0] > n[1] ? n[0] : n[1];
}

/* A visit's df is what is known beforehand, and one less than its pairs. */
static struct pool pool_of(const struct stop *stop, int n)
{
    struct pool out = {.baseline = CT_CAPTURES, .shared = INFINITY};
    double weight = 0.0, known = INFINITY, seen = 0.0;

    for (int i = 0; i < n; i++) {
        const struct repeats *const own = &stop[i].repeats;
        const double df = stop[i].row->df, more = larger(own) - 1.0;
        out.variance += df * own->variance;
        weight += df;
        known = fmin(known, df > more ? df - more : df);
        seen += own->captures[1] - 1;
        out.shared = fmin(out.shared, 0.5 * rest_of(&stop[i]));
        if (own->captures[0] < out.baseline)
            out.baseline = own->captures[0];
    }
    out.variance /= weight;
    out.df = known + seen + (out.baseline - 1);
    return out;
}

/* The visit's own variance: repeats as pooled, the rest as it was. */
static double own_variance(const struct stop *stop, const struct pool *pool)
{
    return pool->variance / stop->repeats.captures[1] + rest_of(stop) -
           pool->shared;
}

/* ---- One row ------------------------------------------------------------- */

static void publish(cutis_trend *out, const struct trend *trend)
{
    const cutis_scale scale = out->scale;

    out->points = (size_t)trend->points;
    out->slope = ct_published(scale, trend->slope);
    out->se = trend->se;
    out->df = trend->df;
    out->ci95[0] = ct_published(scale, trend->slope - trend->half95);
    out->ci95[1] = ct_published(scale, trend->slope + trend->half95);
    out->p = out->p_adjusted = trend->p;
    out->theil_sen = ct_published(scale, trend->theil_sen);
    out->mann_kendall = trend->mann_kendall;
}

/* Which way it went by its verdict; 0 where that is no direction. */
static int way_of(const struct stop *stop)
{
    switch (stop->row->verdict) {
    case CUTIS_VERDICT_IMPROVED:
    case CUTIS_VERDICT_WORSE:
    case CUTIS_VERDICT_CHANGED:
        return stop->delta > 0.0 ? 1 : -1;
    default:
        return 0;
    }
}

static void find_lasting(cutis_trend *out, const struct stop *stop, int n)
{
    int way[CT_VISITS] = {0}, at[CT_VISITS] = {0}, count = 0;

    out->sustained_from = -1;
    out->sustained = CUTIS_VERDICT_OK;
    for (int i = 0; i < n; i++)
        if (ct_is_judged(stop[i].visit)) {
            at[count] = i;
            way[count++] = way_of(&stop[i]);
        }
    const int from = ct_sustained_from(way, count);
    if (from < 0)
        return;
    out->sustained_from = stop[at[from]].place;
    out->sustained = ct_direction(way[count - 1], out->metric->direction);
}

static struct trend trend_of(const struct course *course,
                             const struct stop *stop, int n)
{
    struct point point[CT_VISITS];

    if (!n)
        return ct_trend(point, 0, 1.0);
    const struct pool pool = pool_of(stop, n);
    point[0] = (struct point){
        .weeks = course->baseline_days / week,
        .variance = pool.variance / pool.baseline + pool.shared,
    };
    for (int i = 0; i < n; i++)
        point[i + 1] = (struct point){
            .weeks = stop[i].visit->about.days / week,
            .y = stop[i].delta,
            .variance = own_variance(&stop[i], &pool),
        };
    return ct_trend(point, n + 1, pool.df);
}

static void fill(struct course *course, int m, int r)
{
    struct stop stop[CT_VISITS];
    const int n = list_stops(stop, course, m, r);
    cutis_trend *const out = &course->trend[m][r];
    const struct trend trend = trend_of(course, stop, n);

    *out = (cutis_trend){
        .metric = ct_metric(m),
        .region = ct_region(r),
        .reading = n ? stop[0].row->reading : NULL,
        .unit = n ? stop[0].row->unit : ct_metric(m)->unit,
        .scale = ct_metric(m)->scale,
        .verdict = n && !ct_is_judged(stop[n - 1].visit)
                       ? CUTIS_VERDICT_TOO_EARLY
                       : CUTIS_VERDICT_OK,
    };
    publish(out, &trend);
    course->level[m][r] = trend.level;
    find_lasting(out, stop, n);
}

/* ---- All ----------------------------------------------------------------- */

static void adjust(struct course *course, const struct preset *preset,
                   bool primary, void (*method)(double *, int))
{
    double p[CT_FAMILY];
    cutis_trend *trend[CT_FAMILY];
    int n = 0;

    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            cutis_trend *const one = &course->trend[m][r];
            const bool first = r == CT_FACE_REGION && ct_weighs(preset, m);
            if (first != primary || isnan(one->p))
                continue;
            trend[n] = one;
            p[n++] = one->p;
        }
    method(p, n);
    for (int i = 0; i < n; i++)
        trend[i]->p_adjusted = p[i];
}

static void judge(cutis_trend *trend)
{
    const int way = (trend->slope > 0.0) - (trend->slope < 0.0);

    if (isnan(trend->p))
        trend->verdict = CUTIS_VERDICT_NOT_MEASURABLE;
    else if (trend->verdict == CUTIS_VERDICT_OK && trend->p_adjusted < 0.05)
        trend->verdict = ct_direction(way, trend->metric->direction);
    else if (trend->verdict == CUTIS_VERDICT_OK)
        trend->verdict = CUTIS_VERDICT_NO_MEASURABLE_CHANGE;
}

void ct_course_trends(struct course *course, const struct preset *preset)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            fill(course, m, r);
    adjust(course, preset, true, ct_adjust_holm);
    adjust(course, preset, false, ct_adjust_bh);
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            judge(&course->trend[m][r]);
}
