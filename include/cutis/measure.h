/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What can be measured, where, and the readings of one photograph.
 */

#ifndef CUTIS_MEASURE_H
#define CUTIS_MEASURE_H

#include <cutis/photo.h>

CUTIS_BEGIN

/* Which way a metric moves when skin improves. */
typedef enum cutis_direction {
    CUTIS_LOWER_IS_BETTER = -1,
    CUTIS_NO_DIRECTION = 0,
    CUTIS_HIGHER_IS_BETTER = 1
} cutis_direction;

/* How a change is formed: as a difference or as a ratio. */
typedef enum cutis_scale { CUTIS_LINEAR = 0, CUTIS_LOG = 1 } cutis_scale;

/*
 * One thing the library can measure.  Descriptors are static and constant:
 * compare them by pointer, keep them as long as you like.
 */
typedef struct cutis_metric {
    const char *name;    /* stable identifier: "redness" */
    const char *title;   /* for people: "Redness" */
    const char *unit;    /* "H", "1/cm2", ...; "1" when dimensionless */
    const char *meaning; /* one plain sentence */
    cutis_direction direction;
    cutis_scale scale;
    double min_px_per_mm; /* below this it is not measurable */
    double sesoi;         /* smallest change of interest: unit, or ratio */
    double prior_sd;      /* within-subject repeat SD: unit, or of the log */
} cutis_metric;

/* The metrics in report order, from 0; NULL from the end on.
 * Thread-safety: safe. */
CUTIS_API const cutis_metric *cutis_metric_at(size_t index);

/* The metric of that name, or NULL.  Thread-safety: safe. */
CUTIS_API const cutis_metric *cutis_metric_find(const char *name);

/* A part of the face; r and l are the subject's right and left. */
typedef struct cutis_region {
    const char *name;  /* stable identifier: "cheek_l" */
    const char *title; /* for people: "Left cheek" */
} cutis_region;

/* The regions in report order, the whole face last; NULL from the end on.
 * Thread-safety: safe. */
CUTIS_API const cutis_region *cutis_region_at(size_t index);
CUTIS_API const cutis_region *cutis_region_find(const char *name);

/* Values are never reused or renumbered. */
typedef enum cutis_verdict {
    CUTIS_VERDICT_OK = 0, /* one photograph: measured */
    CUTIS_VERDICT_NOT_MEASURABLE = 1,
    CUTIS_VERDICT_NOT_COMPARABLE = 2,
    CUTIS_VERDICT_IMPROVED = 3,
    CUTIS_VERDICT_WORSE = 4,
    CUTIS_VERDICT_CHANGED = 5, /* beyond noise, in a metric with no direction */
    CUTIS_VERDICT_NO_MEASURABLE_CHANGE = 6,
    CUTIS_VERDICT_NO_RELEVANT_CHANGE = 7,
    CUTIS_VERDICT_INCONCLUSIVE = 8,
    CUTIS_VERDICT_TOO_EARLY = 9,
    CUTIS_VERDICT_COUNT
} cutis_verdict;

/* "improved", "no_measurable_change", ...  Thread-safety: safe. */
CUTIS_API const char *cutis_verdict_name(cutis_verdict verdict);

/* A secondary number that belongs to a reading. */
typedef struct cutis_detail {
    const char *name; /* stable: "a_star" */
    const char *unit;
    double value;
} cutis_detail;

/* One metric in one region of one photograph. */
typedef struct cutis_measurement {
    const cutis_metric *metric;
    const cutis_region *region;
    const char *reading; /* which form of the metric: "H_excess" */
    const char *unit;
    double value;          /* NaN exactly when the verdict is not OK */
    double coverage;       /* share of the region that took part, [0,1] */
    double area_cm2;       /* of skin that took part */
    cutis_verdict verdict; /* OK or NOT_MEASURABLE */
    const char *reason;    /* NULL, or one sentence */
    size_t detail_count;
    const cutis_detail *details;
} cutis_measurement;

/* Whether something about the capture limits what can be said. */
typedef enum cutis_check_verdict {
    CUTIS_CHECK_PASS = 0,
    CUTIS_CHECK_WARN = 1,
    CUTIS_CHECK_FAIL = 2
} cutis_check_verdict;

/* What a check looked at. */
typedef enum cutis_check_scope {
    CUTIS_CHECK_BEFORE = 0, /* the only photograph, where there is one */
    CUTIS_CHECK_AFTER = 1,
    CUTIS_CHECK_PAIR = 2
} cutis_check_scope;

/* What was asked of a capture, and how it fared. */
typedef struct cutis_check {
    const char *id; /* stable: "focus" */
    cutis_check_scope scope;
    cutis_check_verdict verdict;
    double value; /* NaN when it could not be estimated */
    double limit; /* the value above (or below) which it is not a pass */
    const char *unit;
    const char *message; /* one sentence, also for a pass */
    size_t affects_count;
    const char *const *affects; /* metric names */
    const cutis_region *region; /* the only one it is about, or NULL */
} cutis_check;

/* The readings and checks of one photograph. */
typedef struct cutis_reading cutis_reading;

/* Measures one photograph.  ARGUMENT, MEMORY, CANCELLED, LIMIT. */
CUTIS_API cutis_status cutis_photo_measure(cutis_session *session,
                                           const cutis_photo *photo,
                                           cutis_reading **out);

CUTIS_API void cutis_reading_destroy(cutis_reading **reading);

/* A row a metric and region, metric by metric; then the checks.  NULL from the
 * end on. */
CUTIS_API const cutis_measurement *cutis_reading_at(const cutis_reading *,
                                                    size_t index);
CUTIS_API const cutis_check *cutis_reading_check_at(const cutis_reading *,
                                                    size_t index);

CUTIS_END

#endif
