/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every word that a report says to a person.  A translation is another
 * words_de.c, words_page_de.c and words_series_de.c with names_de.c, said_de.c
 * and reasons_de.c; {0} to {9} are gaps, which may stand in any order.
 */

#ifndef CT_REPORT_WORDS_H
#define CT_REPORT_WORDS_H

#include <stdbool.h>

enum ct_word {
    CT_W_NOTHING,

    /* Verdicts. */
    CT_W_MEASURED,
    CT_W_NOT_MEASURABLE,
    CT_W_NOT_COMPARABLE,
    CT_W_IMPROVED,
    CT_W_WORSE,
    CT_W_CHANGED,
    CT_W_NO_MEASURABLE_CHANGE,
    CT_W_NO_RELEVANT_CHANGE,
    CT_W_INCONCLUSIVE,
    CT_W_TOO_EARLY,
    CT_W_BECAUSE,

    /* The answer. */
    CT_W_ANSWER_IMPROVED,
    CT_W_ANSWER_WORSE,
    CT_W_ANSWER_NO_CHANGE,
    CT_W_ANSWER_NO_RELEVANT,
    CT_W_ANSWER_INCONCLUSIVE,
    CT_W_ANSWER_NOT_COMPARABLE,
    CT_W_ANSWER_TOO_EARLY,
    CT_W_ANSWER_NO_SCORE,
    CT_W_ANSWER_ALL_MEASURED,
    CT_W_ANSWER_MEASURED,
    CT_W_SEE_BELOW,
    CT_W_LIMITED,
    CT_W_SUITS,
    CT_W_SUITS_COARSE,
    CT_W_SUITS_IN_PART,
    CT_W_SUITS_ONE,
    CT_W_SUITS_ONE_COARSE,
    CT_W_SUITS_ONE_IN_PART,
    CT_W_SUITS_ONE_NOT,
    CT_W_VALUE_LIMIT,

    /* What a preset is about, as the subject of a sentence; in the order of
     * ct_presets. */
    CT_W_SUBJECT_GENERAL,
    CT_W_SUBJECT_ACNE_SCARS,
    CT_W_SUBJECT_SCARS,
    CT_W_SUBJECT_WRINKLES,
    CT_W_SUBJECT_PORES,
    CT_W_SUBJECT_SUN_DAMAGE,
    CT_W_SUBJECT_UNEVEN_TONE,
    CT_W_SUBJECT_ACNE,
    CT_W_SUBJECT_REDNESS,

    /* The same inside a sentence. */
    CT_W_OBJECT_GENERAL,
    CT_W_OBJECT_ACNE_SCARS,
    CT_W_OBJECT_SCARS,
    CT_W_OBJECT_WRINKLES,
    CT_W_OBJECT_PORES,
    CT_W_OBJECT_SUN_DAMAGE,
    CT_W_OBJECT_UNEVEN_TONE,
    CT_W_OBJECT_ACNE,
    CT_W_OBJECT_REDNESS,

    /* Between numbers, units and names. */
    CT_W_RANGE,
    CT_W_EITHER,
    CT_W_OVER,
    CT_W_UNIT_SPACE,
    CT_W_PERCENT_POINTS,
    CT_W_COMMA,
    CT_W_AND,

    /* Tables. */
    CT_W_METRIC,
    CT_W_REGION,
    CT_W_BEFORE,
    CT_W_AFTER,
    CT_W_BOTH,
    CT_W_CHANGE,
    CT_W_CHANGE_CI,
    CT_W_INTERVAL,
    CT_W_VERDICT,
    CT_W_AGAINST,
    CT_W_WORSE_BETTER,
    CT_W_DETECTABLE,
    CT_W_ELSEWHERE,
    CT_W_TABLE_NOTE,
    CT_W_READINGS,
    CT_W_READINGS_WHAT,
    CT_W_READINGS_CAPTION,
    CT_W_PLOT_NOTE,
    CT_W_BY_CHANCE,
    CT_W_REGIONS,
    CT_W_REGIONS_NOTE,
    CT_W_MEANINGS,
    CT_W_MEANS_IMPROVED,
    CT_W_MEANS_WORSE,
    CT_W_MEANS_CHANGED,
    CT_W_MEANS_NO_MEASURABLE_CHANGE,
    CT_W_MEANS_NO_RELEVANT_CHANGE,
    CT_W_MEANS_INCONCLUSIVE,
    CT_W_MEANS_NOT_MEASURABLE,
    CT_W_MEANS_NOT_COMPARABLE,
    CT_W_MEANS_TOO_EARLY,
    CT_W_ELSEWHERE_TERM,
    CT_W_MEANS_ELSEWHERE,

    /* What was found, one by one. */
    CT_W_ITEMS,
    CT_W_ITEMS_NOTE,
    CT_W_ITEMS_NONE,
    CT_W_ITEMS_CAPTION,
    CT_W_MARKS_SPOTS,
    CT_W_MARKS_SPOTS_ALT,
    CT_W_MARKS_PORES,
    CT_W_MARKS_PORES_ALT,
    CT_W_MARKS_NOTE,
    CT_W_ITEM,
    CT_W_ITEM_COUNT,
    CT_W_ITEM_AREA,
    CT_W_ITEM_CONTRAST,
    CT_W_ITEM_WIDTH,
    CT_W_ITEM_FATE,
    CT_W_PERSISTED, /* and the other fates, in their order */
    CT_W_FADED,
    CT_W_GROWN,
    CT_W_SPLIT,
    CT_W_MERGED,
    CT_W_NEW,
    CT_W_GONE,

    /* Score. */
    CT_W_SCORE,
    CT_W_SCORE_WHAT,
    CT_W_COMPONENTS,
    CT_W_COMPONENT,
    CT_W_WEIGHT,
    CT_W_USED,
    CT_W_USED_SHARE,
    CT_W_FULL,
    CT_W_POINTS,
    CT_W_SCORE_NOTE,

    /* Checks. */
    CT_W_CHECKS,
    CT_W_CHECKS_WHAT,
    CT_W_CHECKS_ONE,
    CT_W_CHECKS_PASSED,
    CT_W_PASS,
    CT_W_WARN,
    CT_W_FAIL,
    CT_W_ALL_PASSED,
    CT_W_PASSED,
    CT_W_AFFECTS,
    CT_W_NEXT_TIME,

    /* Photographs: words_page.c from here. */
    CT_W_PAGE,
    CT_W_PHOTOGRAPHS = CT_W_PAGE,
    CT_W_VIEW,
    CT_W_VIEW_SIDE,
    CT_W_VIEW_SLIDE,
    CT_W_VIEW_BOARD,
    CT_W_VIEW_BLINK,
    CT_W_BLINK_AUTO,
    CT_W_LAYER,
    CT_W_LAYER_NONE,
    CT_W_LAYER_REGIONS,
    CT_W_LAYER_REDNESS,
    CT_W_LAYER_PIGMENT,
    CT_W_LAYER_RELIEF,
    CT_W_LAYER_PORES,
    CT_W_LAYER_WRINKLES,
    CT_W_MEANING_REGIONS,
    CT_W_MEANING_REDNESS,
    CT_W_MEANING_PIGMENT,
    CT_W_MEANING_RELIEF,
    CT_W_MEANING_PORES,
    CT_W_MEANING_WRINKLES,
    CT_W_MEANING_BASE,
    CT_W_MASK_SKIN,
    CT_W_MASK_SHINE,
    CT_W_MEANING_SKIN,
    CT_W_MEANING_SHINE,
    CT_W_SAME_SCALE,
    CT_W_SLIDER,
    CT_W_SLIDER_VALUE,
    CT_W_ALT_BEFORE,
    CT_W_ALT_AFTER,
    CT_W_ALT_LAID,
    CT_W_ALIGNED,
    CT_W_LAID,
    CT_W_NOT_LAID,
    CT_W_WHERE,
    CT_W_WHERE_NOTE,
    CT_W_WHERE_BETTER,
    CT_W_WHERE_WORSE,
    CT_W_WHERE_TWICE,
    CT_W_WHERE_FOUR,
    CT_W_WHERE_OTHER,
    CT_W_WHERE_SAME,
    CT_W_WHERE_NONE,
    CT_W_WHERE_MISSING,
    CT_W_WHERE_NOWHERE,
    CT_W_WHERE_NOTHING,

    /* How they were laid on each other. */
    CT_W_FIT,
    CT_W_FIT_HOW,
    CT_W_FIT_LANDMARKS,
    CT_W_FIT_NOT_LOOKED,
    CT_W_FIT_NOT_COMPARED,
    CT_W_FIT_MOVED,
    CT_W_FIT_ALT_MOVED,
    CT_W_FIT_MEANING_MOVED,
    CT_W_FIT_TRUST,
    CT_W_FIT_ALT_TRUST,
    CT_W_FIT_MEANING_TRUST,
    CT_W_FIT_HELD,
    CT_W_FIT_PARTLY,
    CT_W_FIT_UNHELD,
    CT_W_FIT_LIGHT,
    CT_W_FIT_ALT_LIGHT,
    CT_W_FIT_MEANING_LIGHT,
    CT_W_FIT_SHARP,
    CT_W_FIT_ALT_SHARP,
    CT_W_FIT_MEANING_SHARP,

    /* How it was computed. */
    CT_W_METHOD,
    CT_W_HOW_FILED,
    CT_W_HOW_MEASURED,
    CT_W_HOW_JUDGED,
    CT_W_HOW_ERRORS,
    CT_W_HOW_ERRORS_SITE,
    CT_W_HOW_ERRORS_CAPTURES,
    CT_W_HOW_UNITS,
    CT_W_HOW_SCALE,
    CT_W_VERSION,
    CT_W_PROFILE,
    CT_W_JUDGED,
    CT_W_GENERAL,
    CT_W_CHECKS_COUNT,
    CT_W_CAUTIONS,
    CT_W_PRESET,
    CT_W_TREATED,
    CT_W_REFERENCE,
    CT_W_CALIBRATION,
    CT_W_POLARISED,
    CT_W_DAYS,
    CT_W_COMPARABLE,
    CT_W_COMPARABLE_YES,
    CT_W_COMPARABLE_LIMITED,
    CT_W_COMPARABLE_NO,
    CT_W_HASH,
    CT_W_SIZE,
    CT_W_COLOUR,
    CT_W_SCALE,
    CT_W_POSE,
    CT_W_BLUR,
    CT_W_RESIDUAL,
    CT_W_RESIDUAL95,
    CT_W_NOT_SAID,
    CT_W_NONE,
    CT_W_YES,
    CT_W_NO,

    /* One photograph. */
    CT_W_FORMAT,
    CT_W_WIDTH,
    CT_W_HEIGHT,
    CT_W_BITS,
    CT_W_CHANNELS,
    CT_W_ORIENTATION,
    CT_W_JPEG_QUALITY,
    CT_W_ANIMATED,
    CT_W_DAMAGED,
    CT_W_FACES,
    CT_W_CONFIDENCE,
    CT_W_YAW,
    CT_W_PITCH,
    CT_W_ROLL,
    CT_W_PX_PER_MM,
    CT_W_SCALE_SOURCE,
    CT_W_NOISE,
    CT_W_SHOWN,
    CT_W_SHOWN_NO_FACE,
    CT_W_HOLDS,
    CT_W_CAMERA,
    CT_W_LENS,
    CT_W_SOFTWARE,
    CT_W_TIME,
    CT_W_EXPOSURE,
    CT_W_FOCAL_LENGTH,
    CT_W_RESOLVED,
    CT_W_NOT_RESOLVED,

    /* The page as a whole. */
    CT_W_PAGE_TITLE,
    CT_W_CONTENTS,
    CT_W_BRAND,
    CT_W_DISCLAIMER,

    /* Visits over time: words_series.c from here. */
    CT_W_SERIES,
    CT_W_S_TITLE = CT_W_SERIES,
    CT_W_S_BRAND,
    CT_W_S_DAY,
    CT_W_S_DAYS,
    CT_W_S_WEEKS,
    CT_W_S_AFTER_TREATMENT,
    CT_W_S_AFTER_BASELINE,
    CT_W_S_ANSWER,
    CT_W_S_LASTS_IMPROVED,
    CT_W_S_LASTS_WORSE,
    CT_W_S_LASTS_CHANGED,
    CT_W_S_ROSE_AND_FELL,
    CT_W_S_ROSE,
    CT_W_S_NOTE_NEXT,
    CT_W_S_NOTE_REDNESS,
    CT_W_S_NOTE_SCARS,
    CT_W_S_NOTE_BASELINE,
    CT_W_S_NOTE_MEAN,
    CT_W_S_VISITS,
    CT_W_S_VISIT_COUNT,
    CT_W_S_BASELINE,
    CT_W_S_BASELINE_COUNT,
    CT_W_S_PHOTOGRAPH,
    CT_W_S_PHOTOGRAPHS,
    CT_W_S_VISIT_ONE,
    CT_W_S_VISIT_MANY,
    CT_W_S_CONTROL,
    CT_W_S_LEFT,
    CT_W_S_RIGHT,
    CT_W_S_COURSE,
    CT_W_S_COURSE_NOTE,
    CT_W_S_SCORE_NOTE,
    CT_W_S_AXIS_WEEKS,
    CT_W_S_BETTER_UP,
    CT_W_S_BETTER_DOWN,
    CT_W_S_TREATMENT,
    CT_W_S_CHANGE_IN,
    CT_W_S_TREND,
    CT_W_S_TREND_NONE,
    CT_W_S_TREND_RANKS,
    CT_W_S_CHART_ALT,
    CT_W_S_OTHERS,
    CT_W_S_SHOT_ALT,
    CT_W_S_SHOTS_NOTE,
    CT_W_S_TABLE,
    CT_W_S_VISIT,
    CT_W_S_DAY_HEAD,
    CT_W_S_SINCE,
    CT_W_S_SCORE_HEAD,
    CT_W_S_TABLE_NOTE,
    CT_W_S_MARKS,
    CT_W_S_PHASE_ACUTE,
    CT_W_S_PHASE_HEALING,
    CT_W_S_PHASE_EARLY,
    CT_W_S_SIDES,
    CT_W_S_SIDES_NOTE,
    CT_W_S_REFERENCE,
    CT_W_S_REFERENCE_NOTE,
    CT_W_S_TREATED,
    CT_W_S_UNTREATED,
    CT_W_S_DIFFERENCE,
    CT_W_S_CHECKS,
    CT_W_S_CHECKS_COUNT,
    CT_W_S_HOW_BASELINE,
    CT_W_S_HOW_ADJUSTED,
    CT_W_S_HOW_TREND,
    CT_W_ALL
};

/* The presets, up to NULL. */
extern const char *const ct_presets[];

/* A stable name, or an English sentence with gaps, and what people read. */
struct ct_name {
    const char *name, *shown;
};

/* What a check is about, in a word or two, and how to do better next time;
 * advice NULL where there is nothing to do. */
struct ct_check_words {
    const char *id, *title, *advice;
};

/*
 * A language.  Tables end with a NULL name; what they lack is shown as the
 * metrics, regions and checks have it, in English.
 */
struct ct_language {
    const char *tag;           /* as BCP 47 has it: "en" */
    const char *decimal;       /* what stands before tenths */
    bool keeps_capitals;       /* a clause after a colon keeps its capital */
    const char *const *words;  /* [CT_W_PAGE] */
    const char *const *page;   /* [CT_W_SERIES - CT_W_PAGE] */
    const char *const *series; /* [CT_W_ALL - CT_W_SERIES] */
    const struct ct_name *units, *names, *metrics, *meanings, *regions, *forms;
    const struct ct_check_words *checks;
    const struct ct_name *things; /* that sentences name */
    const struct ct_name
        *sentences;                /* of checks; {0} to {9} are gaps in both */
    const struct ct_name *reasons; /* likewise, of readings and verdicts */
};

/* In names.c and names_de.c; the tables that they put together are in
 * words*.c, said_de.c and reasons_de.c. */
extern const struct ct_language ct_english, ct_german;
extern const char *const ct_english_words[], *const ct_german_words[];
extern const char *const ct_english_page[], *const ct_german_page[];
extern const char *const ct_english_series[], *const ct_german_series[];
extern const struct ct_name ct_german_said[], ct_german_reasons[];

const char *ct_word_in(const struct ct_language *language, enum ct_word word);

/* By its tag, NULL for English; NULL if there is none. */
const struct ct_language *ct_language_find(const char *tag);

#endif
