/* SPDX-License-Identifier: BSD-2-Clause */

/* Visits over time, as progress judges them and reports show them. */

#ifndef CT_COURSE_H
#define CT_COURSE_H

#include <cutis/series.h>

#include "stages.h"
#include "util/text.h"

/* Most visits of a series, and bytes of a visit's name with its 0. */
enum { CT_VISITS = 64, CT_LABEL = 64 };

/* How a row's error came about, for what several comparisons share. */
struct repeats {
    double variance; /* of y of one capture, as widened by the checks; NaN */
    int captures[2]; /* of the baseline, of the visit: those that took part */
    struct alike alike;
};

/* One visit.  Points into itself: not to be copied. */
struct occasion {
    char label[CT_LABEL];
    cutis_series_visit about;              /* its strings point here */
    const cutis_photo *photo[CT_CAPTURES]; /* until the series has run, */
    cutis_capture_fn load;                 /* or what loads them */
    void *load_user;
    char sha256[CT_CAPTURES][65];
    struct text shot; /* a small JPEG, upright; empty where there is none */
    /* Against the pooled baseline; NULL of a baseline visit. */
    cutis_comparison *comparison;
    struct outcome *outcome;     /* the comparison's, */
    const struct errors *errors; /* as are these */
    cutis_contrast contrast[CUTIS_CONTRASTS][CT_METRICS];
};

struct course {
    int count;
    struct occasion *of[CT_VISITS]; /* in the order of time, baseline first */
    double baseline_days;           /* on average over its captures */
    int baseline_captures, baseline_visits;
    cutis_trend trend[CT_METRICS][CT_REGIONS];
    double level[CT_METRICS][CT_REGIONS]; /* y of the trend's line at day 0 */
    const cutis_compare_options *options; /* but for days */
    bool split_face;
    bool control[CT_REGIONS], treated[CT_REGIONS]; /* sides of a split face */
    bool reference[CT_REGIONS], has_reference;
    int shot_width, shot_height; /* px of all shots */
};

struct repeats ct_repeats_of(const struct outcome *outcome, int metric,
                             int region);

/* Fills trends, contrasts and what of each visit depends on the others. */
void ct_judge_course(struct course *course);

/* Whether a caller's string is text in UTF-8 on one line. */
bool ct_is_plain(const char *string);

/* ---- report -------------------------------------------------------------- */

/* A small picture of the face, as the page shows it. */
cutis_status ct_shot(struct text *out, const struct photo_facts *photo,
                     struct course *course, struct tools *tools);

cutis_status ct_series_text(struct text *out, const struct course *course,
                            struct tools *tools);
cutis_status ct_series_json(struct text *out, const struct course *course,
                            struct tools *tools);
cutis_status ct_series_csv(struct text *out, const struct course *course,
                           struct tools *tools);
cutis_status ct_series_html(struct text *out, const struct course *course,
                            struct tools *tools);

#endif
