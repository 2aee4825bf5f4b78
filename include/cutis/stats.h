/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Statistics of many comparisons, as journals ask for them: how well repeated
 * measurements agree, what changed in pairs, and many tests at once.  Formulas
 * and sources stand in docs/batch.md.  None of them allocates or fails for its
 * numbers: what too few numbers cannot tell is NaN.
 */

#ifndef CUTIS_STATS_H
#define CUTIS_STATS_H

#include <cutis/base.h>

CUTIS_BEGIN

/* How well k raters, or k repeated captures, agree on n subjects; start from
 * CUTIS_AGREEMENT_DEFAULT. */
typedef struct cutis_agreement {
    size_t struct_size;
    double icc21; /* intraclass correlation: absolute agreement of one rater */
    double icc21_ci95[2];
    double icc31; /* consistency: what a rater adds to all does not count */
    double icc31_ci95[2];
    double sem;   /* standard error of measurement, in the unit */
    double mdc95; /* minimal detectable change of one subject, likewise */
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_agreement;

/* What changed in pairs; start from CUTIS_PAIRED_DEFAULT. */
typedef struct cutis_paired {
    size_t struct_size;
    double mean, sd;     /* of after - before: the bias, for repeats */
    double ci95[2];      /* of the mean, by Student's t */
    double t, df, p;     /* that the mean is 0; two-sided */
    double d, d_ci95[2]; /* mean / sd, Cohen's d of pairs */
    double limit[2];     /* limits of agreement: mean -+ 1.96 sd */
    double limit_margin; /* half width of their 95 % intervals */
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_paired;

/* How well the ratings of two raters agree, or a rating with a measurement;
 * start from CUTIS_RATINGS_DEFAULT. */
typedef struct cutis_ratings {
    size_t struct_size;
    double
        kappa_linear; /* Cohen's kappa, disagreements weighted by their size */
    double kappa_linear_ci95[2];
    double kappa_quadratic; /* or by its square */
    double kappa_quadratic_ci95[2];
    double spearman; /* correlation of ranks */
    double spearman_ci95[2];
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_ratings;

/* clang-format off */
#define CUTIS_RATINGS_DEFAULT {                                                \
    .struct_size = sizeof(cutis_ratings),                                      \
}
#define CUTIS_AGREEMENT_DEFAULT {                                              \
    .struct_size = sizeof(cutis_agreement),                                    \
}
#define CUTIS_PAIRED_DEFAULT {                                                 \
    .struct_size = sizeof(cutis_paired),                                       \
}
/* clang-format on */

/* x[i * raters + j] is what rater j says of subject i; all finite.  ARGUMENT: a
 * NULL, an unknown struct_size.  Thread-safety: safe. */
CUTIS_API cutis_status cutis_stats_agreement(const double *x, size_t subjects,
                                             size_t raters,
                                             cutis_agreement *out);

/* Of `pairs` values before and after; all finite.  ARGUMENT, likewise.
 * Thread-safety: safe. */
CUTIS_API cutis_status cutis_stats_paired(const double *before,
                                          const double *after, size_t pairs,
                                          cutis_paired *out);

/* What two say of n subjects, on one scale whose steps are numbers; all finite.
 * The kappas mean nothing where a and b are in different units.  Takes some n^2
 * steps.  ARGUMENT, likewise.  Thread-safety: safe. */
CUTIS_API cutis_status cutis_stats_ratings(const double *a, const double *b,
                                           size_t n, cutis_ratings *out);

/* Adjusts n p-values in place so that among those below q at most the share q
 * is false (Benjamini and Hochberg).  `order` is room for n, for work.  None is
 * NaN.  Thread-safety: safe. */
CUTIS_API void cutis_stats_adjust(double *p, size_t *order, size_t n);

CUTIS_END

#endif
