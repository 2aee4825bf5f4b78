/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What captures of skin that did not change say of how captures repeat, for a
 * site's profile.  Differences d of one comparison's pairs have the covariance
 * s^2 V (repeats.c), so s^2 = d' V^-1 d / n.
 *
 * Where whole visits are compared, capture i of visit v reads
 *
 *     y_vi = level + b_v + e_vi,      Var b = s_b^2,  Var e = s_w^2
 *
 * The differences of each comparison less their mean tell s_w^2.  The means
 * D_v, of the first visit with each of m others, have the covariance
 *
 *     (s_b^2 + share s_w^2) (I + J),      share = factor / 2
 *
 * so D' (I + J)^-1 D / m is the variance of a visit's mean.  The first visit is
 * in all comparisons: its captures correlate their squares by 1/4, and of the m
 * sums of squares within visits 1 / (1 + (m - 1) / 4) of the degrees of freedom
 * are left.
 */

#include <math.h>
#include <string.h>

#include "progress/progress.h"

/* The pairs of one comparison that have a row. */
struct found {
    struct paired pair[CT_CAPTURES];
    int n;
};

/* Adds up what is asked of all of them; false: none has the row. */
static bool look(struct found *found, const struct meeting *meeting, int metric,
                 int region, int part, struct scatter *out, double *area)
{
    found->n = ct_collect(found->pair, meeting->accounts, meeting->pairs,
                          metric, region, part);
    for (int k = 0; k < found->n; k++) {
        const struct claim *const claim = found->pair[k].claim;
        *area = fmin(*area, claim->area_cm2);
        out->terms += ct_terms(claim);
        out->counts +=
            claim->term[CT_COUNTING] / ct_area_factor(claim->area_cm2);
        out->form = claim->name;
        out->df += claim->value[0] != 0.0 || claim->value[1] != 0.0;
    }
    return found->n > 0;
}

bool ct_scatter_of(struct scatter *out, const struct account *accounts,
                   int pairs, int metric, int region, int part)
{
    const struct meeting meeting = {accounts, pairs};
    const int m = part < 0 ? metric : accounts[0].part_metric[part];
    struct found found;
    double d[CT_CAPTURES], area = INFINITY;

    *out = (struct scatter){.metric = m, .share = 1.0};
    if (m < 0 || !look(&found, &meeting, m, region, part, out, &area) ||
        !(out->df > 0.0))
        return false;
    for (int k = 0; k < found.n; k++)
        d[k] = ct_difference(&found.pair[k], m, area);
    out->extent = ct_extent_of(area);
    out->terms /= found.n;
    out->counts /= found.n;
    out->variance =
        ct_squares(found.pair, d, found.n) / found.n / ct_area_factor(area);
    out->df = found.n;
    return true;
}

/* The mean difference of a comparison; adds what is left to the rest. */
static double mean_of(struct scatter *out, const struct found *found,
                      double area)
{
    double d[CT_CAPTURES], weight[CT_CAPTURES], mean = 0.0;

    out->share += 0.5 * ct_weights(weight, found->pair, found->n);
    for (int k = 0; k < found->n; k++) {
        d[k] = ct_difference(&found->pair[k], out->metric, area);
        mean += weight[k] * d[k];
    }
    for (int k = 0; k < found->n; k++)
        d[k] -= mean;
    out->within += ct_squares(found->pair, d, found->n);
    out->within_df += found->n - 1;
    return mean;
}

/* From sums to means. */
static void settle(struct scatter *out, const struct found *found, int m,
                   double area)
{
    const double factor = ct_area_factor(area);
    double sum = 0.0, squares = 0.0;
    int pairs = 0;

    for (int v = 0; v < m; v++) {
        const double mean = mean_of(out, &found[v], area);
        sum += mean;
        squares += mean * mean;
        pairs += found[v].n;
    }
    out->extent = ct_extent_of(area);
    out->terms /= pairs;
    out->counts /= pairs;
    out->share /= m;
    out->variance = (squares - sum * sum / (1.0 + m)) / m / factor;
    out->df = m;
    if (out->within_df > 0.0)
        out->within /= out->within_df * factor;
    out->within_df /= 1.0 + 0.25 * (m - 1);
}

bool ct_scatter_between(struct scatter *out, const struct meeting *meeting,
                        int count, int metric, int region, int part)
{
    const int m = part < 0 ? metric : meeting[0].accounts[0].part_metric[part];
    struct found found[CT_CAPTURES];
    double area = INFINITY;
    int n = 0;

    *out = (struct scatter){.metric = m};
    for (int v = 0; m >= 0 && v < count; v++) {
        n += look(&found[n], &meeting[v], m, region, part, out, &area);
        if (n && strcmp(found[n - 1].pair[0].claim->name,
                        found[0].pair[0].claim->name) != 0)
            return false;
    }
    if (!n || !(out->df > 0.0))
        return false;
    settle(out, found, n, area);
    return true;
}
