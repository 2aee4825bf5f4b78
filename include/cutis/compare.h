/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Two visits compared: changes with intervals and verdicts, a score, and the
 * reports.
 */

#ifndef CUTIS_COMPARE_H
#define CUTIS_COMPARE_H

#include <cutis/measure.h>

CUTIS_BEGIN

/* Start from CUTIS_COMPARE_OPTIONS_DEFAULT. */
typedef struct cutis_compare_options {
    size_t struct_size;
    const char *preset;    /* "general", "acne_scars", ...; NULL = general */
    const char *treated;   /* region names with commas; NULL = the face */
    const char *reference; /* untreated regions; NULL = none.  None of those
                              that `treated` names */
    double days;           /* since the last treatment; < 0 = not said */
    uint64_t polarised;    /* 1 = cross-polarised photographs */
    /* The first version ended here. */
    const char *language; /* of the page and the text: "en", "de"; NULL = en */
    uint64_t cover_eyes;  /* 1 = black bars over the eyes in every picture */
    const void *site_profile; /* calibrate.h's bytes, copied: instead of the
                                 errors that are assumed; NULL = none */
    size_t site_profile_size;
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_compare_options;

/* clang-format off */
#define CUTIS_COMPARE_OPTIONS_DEFAULT {                                        \
    .struct_size = sizeof(cutis_compare_options),                              \
    .days = -1.0,                                                              \
}
/* clang-format on */

/*
 * Whether options can be used, before any photograph is loaded: a preset, the
 * regions and a site profile that there are.  ARGUMENT: the session's sentence
 * says which cannot.  MEMORY.
 */
CUTIS_API cutis_status cutis_compare_options_check(
    cutis_session *session, const cutis_compare_options *options);

/* One metric in one region, before and after. */
typedef struct cutis_change {
    const cutis_metric *metric;
    const cutis_region *region;
    const char *reading;
    const char *unit;
    double before, after;
    double change;          /* after - before, in the unit */
    double relative_change; /* ratio - 1; NaN for a linear metric.  Densities
                               have half an item added on both sides */
    cutis_scale scale;
    double se;         /* of the change: in the unit, or of the log ratio */
    double df;         /* degrees of freedom of se */
    double ci95[2];    /* of the change: in the unit, or as a ratio - 1 */
    double mdc95;      /* what repeat photographs would show, likewise */
    double p;          /* two-sided; NaN when there is no change to test */
    double p_adjusted; /* within its family */
    double coverage;
    double area_cm2;
    cutis_verdict verdict;
    const char *reason; /* NULL, or one sentence */
    /* Each photograph's own, told by their names: one may lack a detail that
     * the other has, and so have the next ones at other places. */
    size_t detail_count_before, detail_count_after;
    const cutis_detail *details_before, *details_after;
    /* How many captures took part; 0 where there is no change.  With several
     * captures a visit, before and after are their means on the scale of the
     * change, and the details are those of the pair that is shown. */
    size_t captures_before, captures_after;
    double repeat_sd; /* of one capture, from how these pairs of captures
                         differ: in the unit, or of the logarithm; NaN with
                         one pair */
} cutis_change;

/* A part of the score. */
typedef struct cutis_component {
    const cutis_metric *metric;
    const char *reading;
    double weight;      /* as published for the preset, [0,1] */
    double used_weight; /* after what could not be measured fell out */
    double improvement; /* on the metric's scale, better > 0; NaN if missing */
    double full_scale;  /* the improvement that counts as 100 */
    double points;      /* what it adds to the score */
    cutis_verdict verdict;
    double ci95[2]; /* of the improvement, likewise */
} cutis_component;

/* The treatment progress score. */
typedef struct cutis_score {
    const char *preset;
    double score; /* [-100, 100]; NaN when not scoreable */
    double ci95[2];
    cutis_verdict verdict;
    const char *reason; /* NULL, or one sentence */
    size_t component_count;
    const cutis_component *components;
    const char *label; /* "none or slight", "moderate", "marked", or NULL */
} cutis_score;

/* Whether two visits may be compared: by the checks that failed. */
typedef enum cutis_comparable {
    CUTIS_COMPARABLE_YES = 0,
    CUTIS_COMPARABLE_LIMITED = 1,
    CUTIS_COMPARABLE_NO = 2
} cutis_comparable;

/* Changes, checks, score and maps of two visits. */
typedef struct cutis_comparison cutis_comparison;

/*
 * Compares two photographs of one face.  Both stay the caller's and must live
 * as long as the comparison.  A pair that cannot be compared is not an error:
 * it is a comparison that says so.  ARGUMENT, MEMORY, CANCELLED, LIMIT.
 */
CUTIS_API cutis_status cutis_photos_compare(
    cutis_session *session, const cutis_photo *before, const cutis_photo *after,
    const cutis_compare_options *options, cutis_comparison **out);

#define CUTIS_CAPTURES 8 /* the most that a visit may have */

/*
 * The same of two visits with 1 to CUTIS_CAPTURES photographs each, taken one
 * after the other of the same skin, the person repositioned every time.  They
 * are compared in as many pairs as the larger visit has, in an order that their
 * pixels decide and the caller's does not.  How the pairs differ says how well
 * captures repeat.  A capture that fails its checks is left out while its visit
 * has others.  Takes as long as that many pairs, and little more memory than
 * one.  ARGUMENT also where a visit has the same picture twice.
 */
CUTIS_API cutis_status cutis_visits_compare(
    cutis_session *session, const cutis_photo *const *before,
    size_t before_count, const cutis_photo *const *after, size_t after_count,
    const cutis_compare_options *options, cutis_comparison **out);

CUTIS_API void cutis_comparison_destroy(cutis_comparison **comparison);

/* The rows, checks and score; NULL from the end on. */
CUTIS_API const cutis_change *cutis_comparison_at(const cutis_comparison *,
                                                  size_t index);
CUTIS_API const cutis_change *
cutis_comparison_find(const cutis_comparison *comparison, const char *metric,
                      const char *region);
CUTIS_API const cutis_check *
cutis_comparison_check_at(const cutis_comparison *comparison, size_t index);
CUTIS_API const cutis_score *cutis_comparison_score(const cutis_comparison *);

/* A photograph of a visit. */
typedef struct cutis_capture {
    const cutis_photo_info *info;
    uint64_t used;      /* 1 = it took part, 0 = it was left out */
    uint64_t shown;     /* 1 = pictures, lists and details are of it */
    const char *reason; /* why it was left out, or NULL */
} cutis_capture;

/* The captures BEFORE or AFTER, as they were given; NULL from the end on. */
CUTIS_API const cutis_capture *
cutis_comparison_capture_at(const cutis_comparison *comparison,
                            cutis_check_scope visit, size_t index);
CUTIS_API cutis_comparable
cutis_comparison_comparable(const cutis_comparison *comparison);

/* Values are never reused or renumbered. */
typedef enum cutis_format {
    CUTIS_FORMAT_TEXT = 0,  /* for a terminal */
    CUTIS_FORMAT_JSON = 1,  /* schema cutis.comparison/1, cutis.measurement/1 */
    CUTIS_FORMAT_CSV = 2,   /* a row a metric and region */
    CUTIS_FORMAT_HTML = 3,  /* one self-contained page */
    CUTIS_FORMAT_ITEMS = 4, /* a row a spot, lesion or pore, as CSV */
    CUTIS_FORMAT_ROW = 5    /* one row a comparison, as CSV: the score, and the
                               metrics on what is treated as a whole */
} cutis_format;

/* Takes the next `size` bytes; anything but 0 ends the writing with IO. */
typedef int (*cutis_write_fn)(void *user, const void *bytes, size_t size);

/* IO: the callback refused.  ARGUMENT, MEMORY.  UNSUPPORTED: no such format
 * for this (one photograph has no HTML page and no ROW). */
CUTIS_API cutis_status cutis_comparison_write(
    cutis_session *session, const cutis_comparison *comparison,
    cutis_format format, cutis_write_fn write, void *user);
CUTIS_API cutis_status cutis_reading_write(cutis_session *session,
                                           const cutis_reading *reading,
                                           cutis_format format,
                                           cutis_write_fn write, void *user);
CUTIS_API cutis_status cutis_photo_write_info(cutis_session *session,
                                              const cutis_photo *photo,
                                              cutis_format format,
                                              cutis_write_fn write, void *user);

/* The first line alone of a comparison's CSV or ROW: what its columns are
 * called, always the same.  IO, MEMORY.  UNSUPPORTED: another format. */
CUTIS_API cutis_status cutis_comparison_write_columns(cutis_session *session,
                                                      cutis_format format,
                                                      cutis_write_fn write,
                                                      void *user);

/* Takes a whole file by its name, such as "before-redness.png"; anything but 0
 * ends the writing with IO. */
typedef int (*cutis_file_fn)(void *user, const char *name, const void *bytes,
                             size_t size);

/*
 * The pictures behind the page as files: the photographs, the mask with the
 * regions' outlines, and maps of redness, pigment, relief, pores and wrinkles
 * to lay over them, masks of the skin and of what shines, all in one size; last
 * maps.json, which says what the colours mean (schema cutis.maps/1).  Names are
 * always the same; of one photograph they have no "before-".  No file holds
 * metadata.  IO: the callback refused.  ARGUMENT, MEMORY.
 */
CUTIS_API cutis_status cutis_comparison_write_maps(
    cutis_session *session, const cutis_comparison *comparison,
    cutis_file_fn write, void *user);
CUTIS_API cutis_status cutis_reading_write_maps(cutis_session *session,
                                                const cutis_reading *reading,
                                                cutis_file_fn write,
                                                void *user);

/* The same with black bars over the eyes, as cover_eyes has them in the maps of
 * a comparison.  UNSUPPORTED, and no file: no landmarks say where they are. */
CUTIS_API cutis_status cutis_reading_write_covered_maps(
    cutis_session *session, const cutis_reading *reading, cutis_file_fn write,
    void *user);

CUTIS_END

#endif
