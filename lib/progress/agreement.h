/* SPDX-License-Identifier: BSD-2-Clause */

/* How well repeated measurements agree: method, 11.2. */

#ifndef CT_PROGRESS_AGREEMENT_H
#define CT_PROGRESS_AGREEMENT_H

#include "stages.h"

/* Mean squares between rows, between columns, of the residual, within rows;
 * NaN with less than two of either. */
struct layout {
    size_t subjects, raters;
    double msr, msc, mse, msw;
};

/* x[i * raters + j] is what rater j says of subject i. */
struct layout ct_layout(const double *x, size_t subjects, size_t raters);

enum ct_icc_model {
    CT_ICC_ONE_WAY,        /* ICC(1,.): every subject has raters of its own */
    CT_ICC_TWO_WAY_RANDOM, /* ICC(2,.): absolute agreement */
    CT_ICC_TWO_WAY_MIXED   /* ICC(3,.): consistency */
};
enum ct_icc_unit { CT_ICC_SINGLE, CT_ICC_MEAN /* of all raters */ };

double ct_icc(const struct layout *layout, enum ct_icc_model model,
              enum ct_icc_unit unit);

/* Its 95 % interval for one rater, CT_ICC_TWO_WAY_RANDOM or _MIXED (McGraw and
 * Wong 1996, table 7). */
void ct_icc_interval(double ci95[2], const struct layout *layout,
                     enum ct_icc_model model);

/* Standard error of measurement, from the SD between subjects or from the
 * differences of n duplicates; NaN for none. */
double ct_sem_of_icc(double sd, double icc);
double ct_sem_of_pairs(const double *difference, size_t n);

/* The large-sample form, 1.96 sqrt 2 SEM; ct_step has Student's. */
double ct_mdc95_of_sem(double sem);

/* Bland and Altman 1986: b - a. */
struct limits {
    double bias, sd;
    double limit[2]; /* bias -+ 1.96 sd */
    double bias_ci;  /* half widths of 95 % intervals */
    double limit_ci;
};

/* Mean of n differences over their SD (Cohen's d of pairs), with the interval
 * that the noncentral t gives; NaN with less than two, or where all are equal.
 */
struct effect {
    double t, p; /* two-sided, of Student's test */
    double d, ci95[2];
};

struct effect ct_effect(double mean, double sd, size_t n);

/* Cohen's weighted kappa of two raters of n subjects, with the 95 % interval of
 * its large-sample error (Fleiss, Cohen and Everitt 1969): a disagreement
 * weighs by its size (power 1) or by its square (2).  What is on the scale
 * counts, not which steps of it were used.  NaN where all say the same. */
struct kappa {
    double kappa, ci95[2];
};

struct kappa ct_kappa(const double *a, const double *b, size_t n, int power);

/* Spearman's correlation, ties by the mean of their ranks, with the interval of
 * Bonett and Wright 2000; NaN with less than four, or where all are equal. */
struct spearman {
    double rho, ci95[2];
};

struct spearman ct_spearman(const double *a, const double *b, size_t n);

/* Benjamini and Hochberg's adjustment in place; `order` has room for n. */
void ct_adjust_bh_many(double *p, size_t *order, size_t n);

/* NaN with less than two. */
struct limits ct_bland_altman(const double *a, const double *b, size_t n);

#endif
