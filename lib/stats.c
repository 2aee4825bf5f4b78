/* SPDX-License-Identifier: BSD-2-Clause */

/* The statistics of progress/agreement.h, for callers. */

#include <math.h>
#include <string.h>

#include <cutis/cutis.h>

#include "progress/agreement.h"

_Static_assert(sizeof(cutis_agreement) ==
                   offsetof(cutis_agreement, mdc95) + sizeof(double),
               "each version ends without padding");
_Static_assert(sizeof(cutis_paired) ==
                   offsetof(cutis_paired, limit_margin) + sizeof(double),
               "each version ends without padding");

_Static_assert(sizeof(cutis_ratings) ==
                   offsetof(cutis_ratings, spearman_ci95) + 2 * sizeof(double),
               "each version ends without padding");

/* ICC(2,1), ICC(3,1) and the SEM within subjects: for duplicates that is
 * SEM^2 = sum d^2 / 2n. */
cutis_status cutis_stats_agreement(const double *x, size_t subjects,
                                   size_t raters, cutis_agreement *out)
{
    if (!x || !out || out->struct_size != sizeof(*out))
        return CUTIS_ERROR_ARGUMENT;
    const struct layout layout = ct_layout(x, subjects, raters);
    out->icc21 = ct_icc(&layout, CT_ICC_TWO_WAY_RANDOM, CT_ICC_SINGLE);
    out->icc31 = ct_icc(&layout, CT_ICC_TWO_WAY_MIXED, CT_ICC_SINGLE);
    ct_icc_interval(out->icc21_ci95, &layout, CT_ICC_TWO_WAY_RANDOM);
    ct_icc_interval(out->icc31_ci95, &layout, CT_ICC_TWO_WAY_MIXED);
    out->sem = sqrt(layout.msw);
    out->mdc95 = ct_mdc95_of_sem(out->sem);
    return CUTIS_OK;
}

cutis_status cutis_stats_paired(const double *before, const double *after,
                                size_t pairs, cutis_paired *out)
{
    if (!before || !after || !out || out->struct_size != sizeof(*out))
        return CUTIS_ERROR_ARGUMENT;
    const struct limits limits = ct_bland_altman(before, after, pairs);
    const struct effect effect = ct_effect(limits.bias, limits.sd, pairs);
    out->mean = limits.bias;
    out->sd = limits.sd;
    out->ci95[0] = limits.bias - limits.bias_ci;
    out->ci95[1] = limits.bias + limits.bias_ci;
    out->t = effect.t;
    out->df = pairs < 2 ? NAN : (double)(pairs - 1);
    out->p = effect.p;
    out->d = effect.d;
    memcpy(out->d_ci95, effect.ci95, sizeof(effect.ci95));
    memcpy(out->limit, limits.limit, sizeof(limits.limit));
    out->limit_margin = limits.limit_ci;
    return CUTIS_OK;
}

cutis_status cutis_stats_ratings(const double *a, const double *b, size_t n,
                                 cutis_ratings *out)
{
    if (!a || !b || !out || out->struct_size != sizeof(*out))
        return CUTIS_ERROR_ARGUMENT;
    const struct kappa linear = ct_kappa(a, b, n, 1);
    const struct kappa quadratic = ct_kappa(a, b, n, 2);
    const struct spearman spearman = ct_spearman(a, b, n);
    out->kappa_linear = linear.kappa;
    memcpy(out->kappa_linear_ci95, linear.ci95, sizeof(linear.ci95));
    out->kappa_quadratic = quadratic.kappa;
    memcpy(out->kappa_quadratic_ci95, quadratic.ci95, sizeof(quadratic.ci95));
    out->spearman = spearman.rho;
    memcpy(out->spearman_ci95, spearman.ci95, sizeof(spearman.ci95));
    return CUTIS_OK;
}

void cutis_stats_adjust(double *p, size_t *order, size_t n)
{
    ct_adjust_bh_many(p, order, n);
}
