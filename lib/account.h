/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Between the readings of pairs of photographs and what is said of two visits:
 * progress makes an account of each pair, and judges all of them at once.
 */

#ifndef CT_ACCOUNT_H
#define CT_ACCOUNT_H

#include "site.h"

/* Which captures a pair is of, each its number in its visit from 1 on; 0 where
 * the visit has no other. */
struct captures {
    int before, after;
};
/* Adds a pair's checks: the worst of each kind, photograph and region stays,
 * with the capture's number where the visit has several. */
void ct_checks_merge(struct checks *into, const struct checks *from,
                     const struct captures *captures);

enum { CT_COUNTING = 0, CT_ERROR_TERMS = 7 };

/* What one pair of captures says of one form of a metric in a region. */
struct claim {
    bool there; /* both were measured and may be set against each other */
    const char *name, *unit;
    double value[2]; /* before, after */
    double coverage, area_cm2;
    double prior; /* variance of y of one capture as assumed, or measured at
                     the site, and how well that is known */
    double prior_df;
    double between; /* variance of y that a visit's captures share: prior has
                       the rest; 0 where it is not known apart */
    double between_df;
    double local; /* share of prior that a region has by itself; the rest moves
                     the whole face alike, as do */
    double alike; /* of the terms, these */
    double held;  /* of the terms, what the site's repeats hold already */
    double share; /* of the terms, the most that its repeats allow */
    double term[CT_ERROR_TERMS]; /* variances of the difference of y that one
                              more capture does not lower */
    double widening;             /* of the standard error, by the checks */
    struct sampling sampling;    /* of other skin */
};

/* All that is kept of a pair of captures for the judge. */
struct account {
    int capture[2]; /* of each visit, from 0 on */
    struct claim row[CT_METRICS][CT_REGIONS];
    struct claim part[CT_COMPONENTS]; /* of the preset's named forms */
    int part_metric[CT_COMPONENTS];   /* whose; -1 = none there */
};
cutis_status ct_take_account(struct account *out, const struct checks *checks,
                             const struct photo_facts *before,
                             const struct photo_facts *after,
                             const struct pair *pair,
                             const cutis_compare_options *options,
                             const struct site *site, struct tools *tools);

/* How the captures of one row or part repeat, if nothing changed. */
struct scatter {
    int metric;
    const char *form;
    enum ct_extent extent;
    double variance, terms, counts; /* as struct site_error's */
    double df;
    /* Where visits were compared, `variance` is of a visit's mean, and holds
     * `share` of the variance within visits beside that between them. */
    double share, within, within_df; /* 1 and 0 elsewhere */
};
/* `part` -1: of the row of a metric and region.  false: they say nothing. */
bool ct_scatter_of(struct scatter *out, const struct account *accounts,
                   int pairs, int metric, int region, int part);

/* Degrees of freedom of a sum of two variances. */
double ct_satterthwaite(double a, double a_df, double b, double b_df);

/* One visit against each of `count` others. */
struct meeting {
    const struct account *accounts;
    int pairs;
};
bool ct_scatter_between(struct scatter *out, const struct meeting *meeting,
                        int count, int metric, int region, int part);

/* What is judged: pairs of captures, and the one that is shown. */
struct trial {
    const struct account *accounts;
    int pairs;
    bool dependent; /* a photograph stands in both visits: their differences say
                       nothing of repeats */
    const struct photo_facts *before, *after; /* of the pair that is shown */
    const cutis_compare_options *options;
    uint64_t seed; /* from the sorted pixel hashes */
};
/* Fills `out` but for its checks and what follows from them, which must be
 * there. */
cutis_status ct_progress_judge(struct outcome *out, const struct trial *trial,
                               struct tools *tools);

#endif
