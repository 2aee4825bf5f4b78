/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Visits over time: trends, what lasts, and the two sides of a face (method,
 * 11.6 and 11.7).  y is a change against the pooled baseline on the scale of
 * the metric, as in progress.h.
 */

#ifndef CT_PROGRESS_SERIES_H
#define CT_PROGRESS_SERIES_H

#include "course.h"
#include "progress/progress.h"

/* ---- Trend --------------------------------------------------------------- */

/* Fewest points of a trend, and of what goes by ranks. */
enum { CT_TREND_POINTS = 3, CT_RANK_POINTS = 5 };

struct point {
    double weeks, y;
    double variance; /* its own, independent of the other points', > 0 */
};

/* All NaN where there are too few points. */
struct trend {
    int points;
    double slope; /* of y, per week */
    double level; /* y of the line at week 0 */
    double se, df;
    double p;            /* two-sided, of a slope of 0 */
    double half95;       /* half width of the interval */
    double theil_sen;    /* median of the slopes between two points */
    double mann_kendall; /* two-sided p of no order */
};

/* At most CT_VISITS points at different times. */
struct trend ct_trend(const struct point *point, int n, double df);

/* Two-sided p of Kendall's S of y in the order given: the exact share of
 * orders with as large an |S|, equal ones counted as they are; from 19 on by
 * the normal approximation. */
double ct_mann_kendall(const double *y, int n);

/* ---- What lasts ---------------------------------------------------------- */

/*
 * `way` is -1, 0 or +1 a visit: which way its verdict says, if any.  If at
 * least the last two agree, the first of those that do; else -1.
 */
int ct_sustained_from(const int *way, int n);

/* ---- Rows ---------------------------------------------------------------- */

/* Whether a verdict is allowed at a visit. */
bool ct_is_judged(const struct occasion *visit);

/* The numbers of a row on the scale of y; delta NaN where it has none. */
struct step ct_step_of(const cutis_change *row);

/* Whether a row's change and what repeats in it are known. */
bool ct_has_change(const struct outcome *outcome, int metric, int region);

/* A row's change on the scale of y; NaN where it has none. */
double ct_delta_of(const cutis_change *row);

/* A difference of y as it is published, and back. */
double ct_published(cutis_scale scale, double delta);
double ct_back(cutis_scale scale, double published);

/* The most questions of a course: metrics, and named forms of them. */
enum { CT_QUESTIONS = CT_METRICS + CT_COMPONENTS };

/* Adjusts the p of each question at each visit, in the order of time and NaN
 * where there is none, as one family, in place. */
void ct_adjust_course(double (*p)[CT_VISITS], int questions, int visits);

/* Whether a preset weighs any form of a metric. */
bool ct_weighs(const struct preset *preset, int metric);

/* ---- Parts of ct_judge_course -------------------------------------------- */

void ct_course_trends(struct course *course, const struct preset *preset);
void ct_course_contrasts(struct course *course, const struct preset *preset);

#endif
