/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Several captures of a visit (method, 11.2).  Pair k is of captures a_k and
 * b_k, and its difference d_k = y(b_k) - y(a_k) of one change.  If captures
 * repeat with variance s^2,
 *
 *     Cov(d) = s^2 V,    V_kl = [a_k = a_l] + [b_k = b_l].
 *
 * Every capture of the larger visit is in one pair.  So V falls into blocks
 * I + J, J all ones, one a capture of the smaller visit, of as many pairs m as
 * that capture is in, and its inverse into I - J / (1 + m).  Generalised least
 * squares weigh each pair of a block with 1 / (1 + m):
 *
 *     change = factor sum of d_k / (1 + m_k)
 *     factor = 1 / sum of 1 / (1 + m_k)            2 / n for n + n captures
 *     nu s_sub^2 = sum of r_k^2 - sum over blocks of (sum of r)^2 / (1 + m)
 *
 * with r_k = d_k - change and nu one less than the pairs.  The prior s0, worth
 * nu0 degrees of freedom, and the captures together:
 *
 *     s^2 = (nu0 s0^2 + nu s_sub^2) / (nu0 + nu),     df = nu0 + nu
 *     SE^2 = factor s^2 + the terms of error.c, on average over the pairs
 *
 * A site's own s0 was measured on pairs whose captures differed too, so that it
 * holds half of what the terms said of them; factor / 2 of that is taken off
 * the terms, which then only say by how much more these captures differ.
 *
 * A site may also know by how much, s_b^2, visits differ beyond what captures
 * of one visit do.  The captures here do not tell, and more of them do not
 * lower it: SE^2 has 2 s_b^2 more, and df is Satterthwaite's of the two sums.
 */

#include <math.h>
#include <string.h>

#include "progress/progress.h"

/* Of how many pairs the block of pair k is. */
static int block_of(const struct paired *pair, int n, int k)
{
    int m = 0;

    for (int l = 0; l < n; l++)
        m += pair[l].capture[0] == pair[k].capture[0] ||
             pair[l].capture[1] == pair[k].capture[1];
    return m;
}

static bool same_block(const struct paired *a, const struct paired *b)
{
    return a->capture[0] == b->capture[0] || a->capture[1] == b->capture[1];
}

double ct_squares(const struct paired *pair, const double *r, int n)
{
    double sum = 0.0;

    for (int k = 0; k < n; k++) {
        double block = 0.0;
        for (int l = 0; l < n; l++)
            block += same_block(&pair[k], &pair[l]) ? r[l] : 0.0;
        sum += r[k] * (r[k] - block / (1.0 + block_of(pair, n, k)));
    }
    return sum;
}

static int distinct(const struct paired *pair, int n, int side)
{
    int count = 0;

    for (int k = 0; k < n; k++) {
        bool seen = false;
        for (int l = 0; l < k; l++)
            seen = seen || pair[l].capture[side] == pair[k].capture[side];
        count += !seen;
    }
    return count;
}

double ct_weights(double weight[CT_CAPTURES], const struct paired *pair, int n)
{
    double sum = 0.0;

    for (int k = 0; k < n; k++) {
        weight[k] = 1.0 / (1.0 + block_of(pair, n, k));
        sum += weight[k];
    }
    for (int k = 0; k < n; k++)
        weight[k] /= sum;
    return 1.0 / sum;
}

double ct_satterthwaite(double a, double a_df, double b, double b_df)
{
    return (a + b) * (a + b) / (a * a / a_df + b * b / b_df);
}

static const struct claim *claim_of(const struct account *account, int metric,
                                    int region, int part)
{
    return part < 0 ? &account->row[metric][region] : &account->part[part];
}

int ct_collect(struct paired out[CT_CAPTURES], const struct account *accounts,
               int pairs, int metric, int region, int part)
{
    int n = 0;

    for (int k = 0; k < pairs; k++) {
        const struct claim *const claim =
            claim_of(&accounts[k], metric, region, part);
        if (!claim->there ||
            (n && strcmp(claim->name, out[0].claim->name) != 0))
            continue;
        out[n++] = (struct paired){
            .claim = claim,
            .capture = {accounts[k].capture[0], accounts[k].capture[1]},
        };
    }
    return n;
}

double ct_difference(const struct paired *pair, int metric, double area_cm2)
{
    const double *const value = pair->claim->value;

    return ct_y(metric, area_cm2, value[1]) - ct_y(metric, area_cm2, value[0]);
}

/* The weighted mean on the scale of y, as a reading; of readings that are all
 * alike, that reading. */
static double mean_of(const struct paired *pair, const double *weight, int n,
                      int side, int metric, double area_cm2)
{
    const double first = pair[0].claim->value[side];
    bool alike = true;
    double sum = 0.0;

    for (int k = 0; k < n; k++) {
        const double value = pair[k].claim->value[side];
        alike = alike && value == first;
        sum += weight[k] * ct_y(metric, area_cm2, value);
    }
    return alike ? first : ct_from_y(metric, area_cm2, sum);
}

/* What repeats from one capture to the next, and how well that is known. */
static double variance_of_repeats(struct pooled *out, const struct paired *pair,
                                  const double *r, int n, bool dependent)
{
    const double nu = n - 1;
    double prior = 0.0, nu0 = pair[0].claim->prior_df;

    for (int k = 0; k < n; k++) {
        prior += pair[k].claim->prior;
        nu0 = fmin(nu0, pair[k].claim->prior_df);
    }
    prior /= n;
    out->df = nu0;
    out->repeat_sd = NAN;
    if (n == 1 || dependent)
        return prior;

    const double sum = fmax(ct_squares(pair, r, n), 0.0);
    out->repeat_sd = sqrt(sum / nu);
    out->df = nu0 + nu;
    return (nu0 * prior + sum) / out->df;
}

/* Of the pairs whose error has a part between visits: where a site says nothing
 * of an area so large, it has none. */
static double between_df(const struct paired *pair, int n)
{
    double df = INFINITY;

    for (int k = 0; k < n; k++)
        if (pair[k].claim->between > 0.0)
            df = fmin(df, pair[k].claim->between_df);
    return df;
}

/* All pairs show the same skin: their mean differs from other skin by no more
 * than they do on average. */
static struct sampling sampling_of(const struct paired *pair,
                                   const double *weight, int n)
{
    struct sampling out = pair[0].claim->sampling;
    double square = 0.0, block = 0.0, length = 0.0;

    for (int k = 0; k < n; k++) {
        const struct sampling *const own = &pair[k].claim->sampling;
        square += weight[k] * own->se * own->se;
        block += weight[k] * own->block_se * own->block_se;
        length += weight[k] * own->length_mm;
        out.n = own->n < out.n ? own->n : out.n;
    }
    if (n > 1) {
        out.se = ct_sqrt(square);
        out.block_se = ct_sqrt(block);
        out.length_mm = length;
    }
    return out;
}

/* Of what a pair's terms add to its variance, what moves the face alike. */
static double alike_of(const struct claim *claim, double factor, double repeat)
{
    const double terms = ct_terms(claim);
    const double added = ct_variance(claim, factor, repeat) -
                         ct_repeats(claim, factor, repeat) -
                         claim->term[CT_COUNTING];

    return terms > 0.0 ? added * (claim->alike / terms) : 0.0;
}

void ct_pool_pairs(struct pooled *out, const struct paired *pair, int n,
                   int metric, double area_cm2, bool dependent)
{
    double weight[CT_CAPTURES], d[CT_CAPTURES];
    double variance = 0.0, widening = 0.0, between = 0.0;

    for (int k = 0; k < n; k++)
        d[k] = ct_difference(&pair[k], metric, area_cm2);
    const double factor = ct_weights(weight, pair, n);
    out->delta = 0.0;
    for (int k = 0; k < n; k++)
        out->delta += weight[k] * d[k];
    for (int k = 0; k < n; k++)
        d[k] -= out->delta;

    const double repeat = variance_of_repeats(out, pair, d, n, dependent);
    out->alike = (struct alike){0.0, 0.0};
    for (int k = 0; k < n; k++) {
        const struct claim *const claim = pair[k].claim;
        const double se =
            sqrt(ct_variance(claim, factor, repeat)) * claim->widening;
        variance += weight[k] * (se * se);
        out->alike.local += weight[k] * claim->local;
        out->alike.terms += weight[k] * alike_of(claim, factor, repeat) *
                            (claim->widening * claim->widening);
        between += weight[k] * claim->between;
        widening += weight[k] * (claim->widening * claim->widening);
    }
    out->se = sqrt(variance);
    out->variance = repeat * widening;
    if (between > 0.0) {
        out->variance += between * 2.0 / factor * widening;
        out->df = ct_satterthwaite(factor * repeat, out->df, 2.0 * between,
                                   between_df(pair, n));
    }
    out->sampling = sampling_of(pair, weight, n);
    out->before = mean_of(pair, weight, n, 0, metric, area_cm2);
    out->after = mean_of(pair, weight, n, 1, metric, area_cm2);
    out->captures[0] = distinct(pair, n, 0);
    out->captures[1] = distinct(pair, n, 1);
}
