/* SPDX-License-Identifier: BSD-2-Clause */

/* English: what is said of visits over time. */

#include "report/words.h"

const char *const ct_english_series[CT_W_ALL - CT_W_SERIES] = {
    /* Visits over time. */
    [CT_W_S_TITLE - CT_W_SERIES] = "Skin over time",
    [CT_W_S_BRAND - CT_W_SERIES] = "visits over time",

    /* Times. */
    [CT_W_S_DAY - CT_W_SERIES] = "{0} day",
    [CT_W_S_DAYS - CT_W_SERIES] = "{0} days",
    [CT_W_S_WEEKS - CT_W_SERIES] = "{0} weeks",
    [CT_W_S_AFTER_TREATMENT - CT_W_SERIES] = "{0} after the treatment",
    [CT_W_S_AFTER_BASELINE - CT_W_SERIES] = "{0} after the baseline",

    /* The answer. */
    [CT_W_S_ANSWER - CT_W_SERIES] = "{0}, {1}",
    [CT_W_S_LASTS_IMPROVED - CT_W_SERIES] =
        ("{0} has been better than the baseline since the visit “{1}”: "
         "{2} (95 % interval {3}) at “{4}”."),
    [CT_W_S_LASTS_WORSE - CT_W_SERIES] =
        ("{0} has been worse than the baseline since the visit “{1}”: "
         "{2} (95 % interval {3}) at “{4}”."),
    [CT_W_S_LASTS_CHANGED - CT_W_SERIES] =
        ("{0} has been other than the baseline since the visit “{1}”: "
         "{2} (95 % interval {3}) at “{4}”."),
    [CT_W_S_ROSE_AND_FELL - CT_W_SERIES] =
        ("Redness rose after the treatment ({0} at “{1}”) and was back "
         "within what repeat photographs show at “{2}”."),
    [CT_W_S_ROSE - CT_W_SERIES] =
        "Redness rose after the treatment ({0} at “{1}”).",
    [CT_W_S_NOTE_NEXT - CT_W_SERIES] =
        ("8 to 10 weeks after a treatment is the usual time to decide on the "
         "next one."),
    [CT_W_S_NOTE_REDNESS - CT_W_SERIES] =
        ("Redness is still stronger than before the treatment, which is "
         "longer than expected: ask your practitioner."),
    [CT_W_S_NOTE_SCARS - CT_W_SERIES] =
        ("Scars go on changing: they are best judged 3 months or more after "
         "the last treatment."),
    [CT_W_S_NOTE_BASELINE - CT_W_SERIES] =
        ("A baseline photograph was taken within 6 weeks of a treatment, so "
         "changes are against skin that may still have been healing."),
    [CT_W_S_NOTE_MEAN - CT_W_SERIES] =
        ("There is one baseline photograph only. If it was taken on a bad "
         "day, skin looks better later by itself (regression to the mean); "
         "two baselines on different days guard against that."),

    /* Facts under it. */
    [CT_W_S_VISITS - CT_W_SERIES] = "Visits",
    [CT_W_S_VISIT_COUNT - CT_W_SERIES] = "{0} over {1}",
    [CT_W_S_BASELINE - CT_W_SERIES] = "Baseline",
    [CT_W_S_BASELINE_COUNT - CT_W_SERIES] = "{0} of {1}",
    [CT_W_S_PHOTOGRAPH - CT_W_SERIES] = "{0} photograph",
    [CT_W_S_PHOTOGRAPHS - CT_W_SERIES] = "{0} photographs",
    [CT_W_S_VISIT_ONE - CT_W_SERIES] = "{0} visit",
    [CT_W_S_VISIT_MANY - CT_W_SERIES] = "{0} visits",
    [CT_W_S_CONTROL - CT_W_SERIES] = "Control side",
    [CT_W_S_LEFT - CT_W_SERIES] = "left",
    [CT_W_S_RIGHT - CT_W_SERIES] = "right",

    /* The course. */
    [CT_W_S_COURSE - CT_W_SERIES] = "The course",
    [CT_W_S_COURSE_NOTE - CT_W_SERIES] =
        ("Each point is one visit’s change against the baseline, its bar the "
         "95 % interval. Inside the grey band repeat photographs of unchanged "
         "skin would lie. A filled point is a verdict, a hollow one is not: "
         "until two weeks after a treatment skin heals (darker ground), until "
         "six weeks it is too early to judge (lighter ground). The dashed "
         "line is the trend, without the visits while skin heals."),
    [CT_W_S_SCORE_NOTE - CT_W_SERIES] =
        ("Above 0 is better; 100 is the most. Up to 15 is none or slight, up "
         "to 40 moderate, above it marked."),
    [CT_W_S_AXIS_WEEKS - CT_W_SERIES] = "weeks",
    [CT_W_S_BETTER_UP - CT_W_SERIES] = "better ▴",
    [CT_W_S_BETTER_DOWN - CT_W_SERIES] = "better ▾",
    [CT_W_S_TREATMENT - CT_W_SERIES] = "treatment",
    [CT_W_S_CHANGE_IN - CT_W_SERIES] = "change, {0}",
    [CT_W_S_TREND - CT_W_SERIES] =
        "Trend: {0} a week (95 % interval {1}): {2}.",
    [CT_W_S_TREND_NONE - CT_W_SERIES] =
        "No trend: it takes the baseline and two visits after skin has healed.",
    [CT_W_S_TREND_RANKS - CT_W_SERIES] =
        ("By ranks alone, which decide nothing: median slope {0} a week; test "
         "of a steady rise or fall p = {1}."),
    [CT_W_S_CHART_ALT - CT_W_SERIES] =
        "{0}: change against the baseline over time; the table has the numbers",
    [CT_W_S_OTHERS - CT_W_SERIES] = "What else was measured",

    /* Photographs. */
    [CT_W_S_SHOT_ALT - CT_W_SERIES] = "The face at the visit “{0}”",
    [CT_W_S_SHOTS_NOTE - CT_W_SERIES] =
        ("Cropped to the face and level, for the eye only: nothing was "
         "measured in these pictures."),

    /* Visits. */
    [CT_W_S_TABLE - CT_W_SERIES] = "Visit by visit",
    [CT_W_S_VISIT - CT_W_SERIES] = "Visit",
    [CT_W_S_DAY_HEAD - CT_W_SERIES] = "Day",
    [CT_W_S_SINCE - CT_W_SERIES] = "Since treatment",
    [CT_W_S_SCORE_HEAD - CT_W_SERIES] = "Score",
    [CT_W_S_TABLE_NOTE - CT_W_SERIES] =
        ("Changes against all baseline photographs together, over the treated "
         "area; under each its 95 % interval. ✓ is better, ! is worse, ◆ "
         "is other than the baseline: these verdicts allow for how many visits "
         "and readings were looked at. Without a mark no change could be "
         "shown, which does not mean that there was none."),
    [CT_W_S_MARKS - CT_W_SERIES] =
        "✓ better, ! worse, ◆ other than the baseline; – not measured.",
    [CT_W_S_PHASE_ACUTE - CT_W_SERIES] = "first 72 hours: no score",
    [CT_W_S_PHASE_HEALING - CT_W_SERIES] = "healing: readings only",
    [CT_W_S_PHASE_EARLY - CT_W_SERIES] = "too early for a verdict",

    /* Contrasts. */
    [CT_W_S_SIDES - CT_W_SERIES] = "Treated side against control side",
    [CT_W_S_SIDES_NOTE - CT_W_SERIES] =
        ("By how much more the treated side changed than the same regions of "
         "the other side. What changes both sides, such as a tan or the "
         "camera, drops out."),
    [CT_W_S_REFERENCE - CT_W_SERIES] = "Treated area against untreated skin",
    [CT_W_S_REFERENCE_NOTE - CT_W_SERIES] =
        ("By how much more the treated area changed than the untreated "
         "regions of the same face."),
    [CT_W_S_TREATED - CT_W_SERIES] = "Treated",
    [CT_W_S_UNTREATED - CT_W_SERIES] = "Untreated",
    [CT_W_S_DIFFERENCE - CT_W_SERIES] = "Difference",

    /* Checks, and how it was computed. */
    [CT_W_S_CHECKS - CT_W_SERIES] = "Checks of “{0}”",
    [CT_W_S_CHECKS_COUNT - CT_W_SERIES] =
        ("{0} of {1} checks passed, over all visits. What did not is said "
         "once, of the last visit that has it, with the visits."),
    [CT_W_S_HOW_BASELINE - CT_W_SERIES] =
        ("All baseline photographs were pooled, and each visit was compared "
         "with them as two visits are. All photographs were blurred as far as "
         "the least sharp one that may be used."),
    [CT_W_S_HOW_ADJUSTED - CT_W_SERIES] =
        ("What the score is made of, at all judged visits together, is "
         "adjusted "
         "so that in 95 of 100 courses nothing is called changed that did not "
         "change. The last visit, which the answer is about, has most of the "
         "error that this allows (80 %), and what shows there hands it on to "
         "the visit before. The score is adjusted in the same way, by itself. "
         "Regions are exploratory, visit by visit."),
    [CT_W_S_HOW_TREND - CT_W_SERIES] =
        ("A trend is a straight line by weighted least squares through the "
         "baseline and all visits from two weeks after a treatment on. The "
         "error that all changes share, the baseline’s own, is taken into "
         "account. A change lasts when two or more visits in a row, up to the "
         "last one judged, have the same verdict. Ranks know nothing of errors "
         "and of how many readings there are: they decide nothing."),
};
