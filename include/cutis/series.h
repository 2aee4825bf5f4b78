/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Visits of one person over time: each against the pooled baseline, trends,
 * and the two sides of a face.
 *
 *     cutis_series_create, cutis_series_add for each visit, cutis_series_run;
 *     then the rows and the reports
 */

#ifndef CUTIS_SERIES_H
#define CUTIS_SERIES_H

#include <cutis/compare.h>

CUTIS_BEGIN

/* The side of a split face that was not treated. */
typedef enum cutis_side {
    CUTIS_SIDE_NONE = 0, /* the design is not split */
    CUTIS_SIDE_LEFT = 1, /* the subject's own */
    CUTIS_SIDE_RIGHT = 2
} cutis_side;

/* Start from CUTIS_SERIES_OPTIONS_DEFAULT. */
typedef struct cutis_series_options {
    size_t struct_size;
    const cutis_compare_options *compare; /* as for two visits, but for days;
                                             copied; NULL = defaults */
    uint64_t control_side;                /* a cutis_side */
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_series_options;

/* clang-format off */
#define CUTIS_SERIES_OPTIONS_DEFAULT {                                         \
    .struct_size = sizeof(cutis_series_options),                               \
}

#define CUTIS_VISIT_DEFAULT {                                                  \
    .struct_size = sizeof(cutis_visit),                                        \
    .days_since_treatment = -1.0,                                              \
}
/* clang-format on */

/*
 * Loads capture `index` of a visit by a call of photo.h with `session`, which
 * is the one that runs the series; the series destroys it.  What is not OK ends
 * the run with that status and that call's sentence.
 */
typedef cutis_status (*cutis_capture_fn)(void *user, cutis_session *session,
                                         uint64_t index, cutis_photo **out);

/* A visit as the caller knows it; start from CUTIS_VISIT_DEFAULT. */
typedef struct cutis_visit {
    size_t struct_size;
    const char *label; /* for people: one line of UTF-8 of less than 64 bytes,
                          copied; NULL = "day 7" */
    double days;       /* since a day that all visits share */
    double days_since_treatment; /* the last one; < 0 = not said */
    uint64_t baseline;           /* 1 = one of those that are pooled */
    const cutis_photo *const *captures;
    uint64_t capture_count; /* [1, 8]; of all baseline visits together too */
    /* In place of captures, so that a long series holds no more photographs
     * than the baseline's and those of one visit: called during the run, once a
     * photograph of the baseline and twice for any other, for the same. */
    cutis_capture_fn load;
    void *load_user;
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_visit;

/* Visits, and, once it was run, what became of the skin. */
typedef struct cutis_series cutis_series;

/* An empty series.  ARGUMENT, MEMORY. */
CUTIS_API cutis_status cutis_series_create(cutis_session *session,
                                           const cutis_series_options *options,
                                           cutis_series **out);

CUTIS_API void cutis_series_destroy(cutis_series **series);

/*
 * Adds a visit, in any order.  Its photographs stay the caller's and must live
 * until cutis_series_run has returned; then they may go.  ARGUMENT: a number
 * out of its range, captures and load or neither, a second visit on that day,
 * more than 63 visits, after the run.  MEMORY.
 */
CUTIS_API cutis_status cutis_series_add(cutis_session *session,
                                        cutis_series *series,
                                        const cutis_visit *visit);

/*
 * Compares each visit with the pooled baseline, all at the blur of the least
 * sharp photograph that may be used, and judges the course.  ARGUMENT: no
 * baseline, no visit, a visit before the last baseline, run before, a load that
 * gives another photograph the second time.  Visits that cannot be compared are
 * not an error.  MEMORY, CANCELLED, LIMIT, what a load says.
 */
CUTIS_API cutis_status cutis_series_run(cutis_session *session,
                                        cutis_series *series);

/* Where a visit lies after a treatment. */
typedef enum cutis_phase {
    CUTIS_PHASE_BASELINE = 0,
    CUTIS_PHASE_ACUTE = 1,   /* up to 72 hours: nothing is judged */
    CUTIS_PHASE_HEALING = 2, /* to 14 days: readings only */
    CUTIS_PHASE_EARLY = 3,   /* to 6 weeks: too early for a verdict */
    CUTIS_PHASE_JUDGED = 4   /* later, or no treatment was said */
} cutis_phase;

/* "baseline", "acute", "healing", "early", "judged".  Thread-safety: safe. */
CUTIS_API const char *cutis_phase_name(cutis_phase phase);

/* What else is to be said of a visit: bits. */
enum {
    /* 8 to 10 weeks after a treatment: the usual time of the next one. */
    CUTIS_NOTE_NEXT_TREATMENT = 1,
    /* Redness above the baseline's more than 7 days after a treatment. */
    CUTIS_NOTE_REDNESS_LASTS = 2,
    /* Scars less than 3 months after a treatment go on changing. */
    CUTIS_NOTE_SCARS_REMODEL = 4,
    /* A baseline taken within 6 weeks of a treatment. */
    CUTIS_NOTE_BASELINE_TREATED = 8
};

/* A visit as it was taken and judged; of a baseline visit no score. */
typedef struct cutis_series_visit {
    const char *label;
    double days, days_since_treatment; /* NaN = not said */
    cutis_phase phase;
    size_t capture_count;
    cutis_comparable comparable; /* with the baseline */
    const cutis_score *score;    /* NULL of a baseline */
    double score_p; /* two-sided, that the score is 0; NaN without one */
    double score_p_adjusted; /* over the visits; NaN where none is judged */
    unsigned notes;
} cutis_series_visit;

/* How a metric goes over time. */
typedef struct cutis_trend {
    const cutis_metric *metric;
    const cutis_region *region;
    const char *reading, *unit;
    cutis_scale scale;
    size_t points;       /* the baseline, and visits from two weeks after a
                            treatment on */
    double slope;        /* a week, by weighted least squares: in the unit, or
                            as a ratio - 1; NaN with fewer than 3 points */
    double se, df;       /* a week: in the unit, or of the log ratio */
    double ci95[2];      /* as slope */
    double p;            /* two-sided */
    double p_adjusted;   /* within its family */
    double theil_sen;    /* as slope; NaN with fewer than 5 points */
    double mann_kendall; /* two-sided p; NaN likewise */
    cutis_verdict verdict;
    /* The first of two or more visits in a row, up to the last that is judged,
     * whose verdicts are one direction; -1 = none. */
    int64_t sustained_from;
    cutis_verdict sustained; /* IMPROVED, WORSE, CHANGED; OK where none */
} cutis_trend;

/* What a contrast is between. */
typedef enum cutis_contrast_kind {
    CUTIS_CONTRAST_SIDES = 0,     /* treated less control side */
    CUTIS_CONTRAST_REFERENCE = 1, /* treated less untreated reference area */
    CUTIS_CONTRASTS
} cutis_contrast_kind;

/* By how much more one area changed than another. */
typedef struct cutis_contrast {
    const cutis_metric *metric;
    const char *reading, *unit;
    cutis_scale scale;
    double treated, control; /* both changes: in the unit, or ratio - 1 */
    double difference;       /* in the unit, or ratio of ratios - 1 */
    double se, df, ci95[2], mdc95, p, p_adjusted; /* as in cutis_change */
    double area_cm2;                              /* of the control */
    cutis_verdict verdict; /* IMPROVED: the treated area gained on the other */
    const char *reason;    /* NULL, or one sentence */
} cutis_contrast;

/* Of a series that was run: visits in the order of time, baseline first; the
 * rows of a visit in a comparison's order, all against the pooled baseline,
 * without details; NULL from the end on, and rows, checks and contrasts of a
 * baseline visit. */
CUTIS_API const cutis_series_visit *cutis_series_visit_at(const cutis_series *,
                                                          size_t visit);
CUTIS_API const cutis_change *cutis_series_at(const cutis_series *series,
                                              size_t visit, size_t index);
CUTIS_API const cutis_check *cutis_series_check_at(const cutis_series *series,
                                                   size_t visit, size_t index);
CUTIS_API const cutis_trend *cutis_series_trend_at(const cutis_series *series,
                                                   size_t index);

/* By metric; NULL also where the design has no such control. */
CUTIS_API const cutis_contrast *
cutis_series_contrast_at(const cutis_series *series, size_t visit,
                         cutis_contrast_kind kind, size_t index);

/* TEXT, JSON of schema cutis.series/1, CSV (a row a visit, metric and region),
 * HTML.  IO: the callback refused.  UNSUPPORTED: another format.  ARGUMENT:
 * not run yet.  MEMORY. */
CUTIS_API cutis_status cutis_series_write(cutis_session *session,
                                          const cutis_series *series,
                                          cutis_format format,
                                          cutis_write_fn write, void *user);

CUTIS_END

#endif
