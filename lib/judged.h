/* SPDX-License-Identifier: BSD-2-Clause */

/* How far a check and a change are from nothing: stages.h includes this. */

#ifndef CT_JUDGED_H
#define CT_JUDGED_H

/* How far a check is from a pass; the verdict in finer steps. */
enum ct_level {
    CT_LEVEL_PASS,
    CT_LEVEL_UNKNOWN, /* could not be told: a warning, unless it cannot harm */
    CT_LEVEL_WARN,
    CT_LEVEL_STRONG, /* a warning close to a failure */
    CT_LEVEL_FAIL
};

/* How far it went, on the scale of y; all NaN where y cannot be formed. */
struct step {
    double delta; /* y after - y before */
    double se, df;
    double p;        /* two-sided, of delta = 0 */
    double adjusted; /* p within its family */
    double mdc95;    /* what repeat photographs would show */
    double ci90;     /* half width */
};

/* What of an error moves the whole face alike, so that it is not in what one
 * region changed more than another. */
struct alike {
    double local; /* share of the variance of repeats that is left */
    double terms; /* variance of the difference of y, in its SE */
};

#endif
