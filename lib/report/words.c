/* SPDX-License-Identifier: BSD-2-Clause */

/* English.  Verdicts are small, so that they stand in a sentence as well. */

#include "report/words.h"

#include <stddef.h>

const char *const ct_english_words[CT_W_PAGE] = {
    [CT_W_NOTHING] = "",

    /* Verdicts. */
    [CT_W_MEASURED] = "measured",
    [CT_W_NOT_MEASURABLE] = "not measurable",
    [CT_W_NOT_COMPARABLE] = "not comparable",
    [CT_W_IMPROVED] = "improved",
    [CT_W_WORSE] = "worse",
    [CT_W_CHANGED] = "changed",
    [CT_W_NO_MEASURABLE_CHANGE] = "no measurable change",
    [CT_W_NO_RELEVANT_CHANGE] = "no relevant change",
    [CT_W_INCONCLUSIVE] = "cannot tell",
    [CT_W_TOO_EARLY] = "too early",
    [CT_W_BECAUSE] = ": ",

    /* The answer. */
    [CT_W_ANSWER_IMPROVED] =
        ("{0} improved, with 95 % confidence: the score is {1} (95 % interval "
         "{2} to {3}) between −100 and +100."),
    [CT_W_ANSWER_WORSE] =
        ("{0} got worse, with 95 % confidence: the score is {1} (95 % interval "
         "{2} to {3}) between −100 and +100."),
    [CT_W_ANSWER_NO_CHANGE] =
        ("No measurable change in {0}: the score is {1} (95 % interval {2} to "
         "{3}), which photographs of unchanged skin would also show."),
    [CT_W_ANSWER_NO_RELEVANT] =
        ("No relevant change in {0}: with 95 % confidence the score, {1}, lies "
         "between {2} and {3}, and any change is too small to matter."),
    [CT_W_ANSWER_INCONCLUSIVE] =
        ("These photographs cannot tell whether {0} changed: the score is {1}, "
         "but its 95 % interval runs from {2} to {3}."),
    [CT_W_ANSWER_NOT_COMPARABLE] = "These photographs cannot be compared: {0}.",
    [CT_W_ANSWER_TOO_EARLY] = "Too early to judge: {0}.",
    [CT_W_ANSWER_NO_SCORE] = "No overall verdict: {0}.",
    [CT_W_ANSWER_ALL_MEASURED] =
        "All {1} metrics could be measured in this photograph.",
    [CT_W_ANSWER_MEASURED] =
        "{0} of {1} metrics could be measured in this photograph.",
    [CT_W_SEE_BELOW] = "the checks below say why",
    [CT_W_LIMITED] =
        ("How the photographs were taken limits the comparison; the checks say "
         "where."),
    [CT_W_SUITS] = "These photographs can be compared.",
    [CT_W_SUITS_COARSE] =
        ("In these photographs colours and spots can be compared; what is too "
         "fine for them, as said below, cannot."),
    [CT_W_SUITS_IN_PART] =
        ("These photographs can be compared in part; the checks that failed "
         "say where not."),
    [CT_W_SUITS_ONE] =
        "This photograph can be compared with another that is taken like it.",
    [CT_W_SUITS_ONE_COARSE] =
        ("In this photograph colours and spots can be compared with another "
         "that "
         "is taken like it; what is too fine for it, as said below, cannot."),
    [CT_W_SUITS_ONE_IN_PART] =
        ("This photograph can be compared in part; the checks that failed say "
         "where not."),
    [CT_W_SUITS_ONE_NOT] = "This photograph cannot be compared: {0}.",
    [CT_W_VALUE_LIMIT] = "{0}{1} (limit {2})",

    /* What a preset is about, as the subject of a sentence; in the order of
     * ct_presets. */
    [CT_W_SUBJECT_GENERAL] = "The skin",
    [CT_W_SUBJECT_ACNE_SCARS] = "Acne scarring",
    [CT_W_SUBJECT_SCARS] = "Scarring",
    [CT_W_SUBJECT_WRINKLES] = "Lines and wrinkles",
    [CT_W_SUBJECT_PORES] = "Pores",
    [CT_W_SUBJECT_SUN_DAMAGE] = "Sun damage",
    [CT_W_SUBJECT_UNEVEN_TONE] = "Unevenness of tone",
    [CT_W_SUBJECT_ACNE] = "Acne",
    [CT_W_SUBJECT_REDNESS] = "Redness",

    /* The same inside a sentence. */
    [CT_W_OBJECT_GENERAL] = "the skin",
    [CT_W_OBJECT_ACNE_SCARS] = "acne scarring",
    [CT_W_OBJECT_SCARS] = "scarring",
    [CT_W_OBJECT_WRINKLES] = "lines and wrinkles",
    [CT_W_OBJECT_PORES] = "pores",
    [CT_W_OBJECT_SUN_DAMAGE] = "sun damage",
    [CT_W_OBJECT_UNEVEN_TONE] = "unevenness of tone",
    [CT_W_OBJECT_ACNE] = "acne",
    [CT_W_OBJECT_REDNESS] = "redness",

    /* Between numbers and units. */
    [CT_W_RANGE] = " to ",
    [CT_W_EITHER] = "/",
    [CT_W_OVER] = "over ",
    [CT_W_UNIT_SPACE] = " ",
    [CT_W_PERCENT_POINTS] = "points",
    [CT_W_COMMA] = ", ",
    [CT_W_AND] = " and ",

    /* Tables. */
    [CT_W_METRIC] = "Metric",
    [CT_W_REGION] = "Region",
    [CT_W_BEFORE] = "Before",
    [CT_W_AFTER] = "After",
    [CT_W_BOTH] = "Both",
    [CT_W_CHANGE] = "Change",
    [CT_W_CHANGE_CI] = "Change (95 %)",
    [CT_W_INTERVAL] = "95 % interval",
    [CT_W_VERDICT] = "Verdict",
    [CT_W_AGAINST] = "Against repeat photographs",
    [CT_W_WORSE_BETTER] = "◂ worse · better ▸",
    [CT_W_DETECTABLE] = "shows from",
    [CT_W_ELSEWHERE] = "other skin",
    [CT_W_TABLE_NOTE] =
        ("Whole treated area. In brackets the 95 % interval; a change counts "
         "only beyond what repeat photographs of unchanged skin would show."),
    [CT_W_READINGS] = "Readings",
    [CT_W_READINGS_WHAT] =
        ("What was measured on the skin that both photographs show. There are "
         "no normal values: each person is compared with themselves."),
    [CT_W_READINGS_CAPTION] = "Whole treated area",
    [CT_W_PLOT_NOTE] =
        ("Dot and bar: the change and its 95 % interval. The grey band is what "
         "repeat photographs of unchanged skin would show; a change counts "
         "only beyond it. Each row has its own scale, better is to the right. "
         "A diamond marks a metric without a better direction: to the right is "
         "more. Changes of a ratio are in per cent of it, changes of a share "
         "in percentage points. Thin bar, “other skin”: what the change "
         "would be (95 %) on other skin of this person that is like this; no "
         "verdict rests on it."),
    [CT_W_BY_CHANCE] =
        ("Beyond the band, but among this many readings it may be chance "
         "(adjusted p = {0})."),
    [CT_W_REGIONS] = "Region by region",
    [CT_W_REGIONS_NOTE] =
        ("Exploratory: with this many rows some would seem to change by "
         "chance. Verdicts allow for that by holding the false discovery rate "
         "at 5 %."),
    [CT_W_MEANINGS] = "What the verdicts and readings mean",
    [CT_W_MEANS_IMPROVED] =
        ("The change goes beyond what repeat photographs of unchanged skin "
         "show, in the better direction, and is hardly chance: of 20 such "
         "verdicts about one at most would be (adjusted p below 0.05)."),
    [CT_W_MEANS_WORSE] = "The same in the worse direction.",
    [CT_W_MEANS_CHANGED] =
        "The same for a reading that has no better direction.",
    [CT_W_MEANS_NO_MEASURABLE_CHANGE] =
        ("The difference is no larger than between two photographs of "
         "unchanged skin. A smaller change may still be there."),
    [CT_W_MEANS_NO_RELEVANT_CHANGE] =
        ("Any change is smaller than the least that matters: 2 H of redness, "
         "5 points of a share, 2 degrees of tone, 10 to 20 % of the rest."),
    [CT_W_MEANS_INCONCLUSIVE] =
        ("These photographs cannot tell: even a change that matters could hide "
         "in their uncertainty. It does not mean that nothing changed."),
    [CT_W_MEANS_NOT_MEASURABLE] =
        ("One of the photographs does not show it well enough; the row says "
         "why."),
    [CT_W_MEANS_NOT_COMPARABLE] =
        ("Both show it, but they were taken too differently to compare it; a "
         "check says why."),
    [CT_W_MEANS_TOO_EARLY] =
        ("Skin is still healing: measured, but without a verdict before six "
         "weeks after the treatment."),
    [CT_W_ELSEWHERE_TERM] = "Other skin",
    [CT_W_MEANS_ELSEWHERE] =
        ("How much hangs on which skin was looked at, from how the change "
         "varies from place to place: a wide bar says that some places carry "
         "it. Errors of photographs are not in it, so it stands beside the "
         "interval and the grey band, never for them. It is missing where a "
         "reading is no sum over skin (lines, flakes, unevenness and tone) "
         "and where a region is too small."),

    [CT_W_ITEMS] = "Spots and pores, before and after",
    [CT_W_ITEMS_NOTE] =
        ("What either photograph shows is measured in both, inside one "
         "outline, and was counted if either shows it. A spot that breaks up "
         "is several pieces of one spot, and no worse for that."),
    [CT_W_ITEMS_NONE] =
        ("Spots and pores could not be counted in both photographs; the "
         "readings say why."),
    [CT_W_ITEMS_CAPTION] = "What became of spots and pores",
    [CT_W_MARKS_SPOTS] = "Spots that were counted",
    [CT_W_MARKS_SPOTS_ALT] =
        ("the face with an outline around every brown or inflamed spot that "
         "was counted; the table has the numbers"),
    [CT_W_MARKS_PORES] = "Pores that were counted, a close look: {0}",
    [CT_W_MARKS_PORES_ALT] =
        "30 mm of skin with an outline around every pore that was counted",
    [CT_W_MARKS_NOTE] =
        ("Solid outlines are brown spots, dashed ones inflamed spots. Each is "
         "drawn in both photographs, also where one of them no longer or not "
         "yet shows it. What has no outline was not counted: it is too faint "
         "or too small, has no clear edge, is not in view in both, lies "
         "outside the skin looked at, or looks more like a hair or a shadow."),
    [CT_W_ITEM] = "What",
    [CT_W_ITEM_COUNT] = "How many",
    [CT_W_ITEM_AREA] = "Share of skin, %",
    [CT_W_ITEM_CONTRAST] = "Contrast",
    [CT_W_ITEM_WIDTH] = "Mean width, mm",
    [CT_W_ITEM_FATE] = "What became of them",
    [CT_W_PERSISTED] = "as before",
    [CT_W_FADED] = "faded",
    [CT_W_GROWN] = "grown",
    [CT_W_SPLIT] = "split",
    [CT_W_MERGED] = "merged",
    [CT_W_NEW] = "new",
    [CT_W_GONE] = "gone",

    /* Score. */
    [CT_W_SCORE] = "Treatment progress score",
    [CT_W_SCORE_WHAT] =
        ("One number for the question asked, from −100 (worse) over 0 (no "
         "change) to +100 (better). It says how much of the improvement that "
         "counts in full was reached; it is not a grade of the skin."),
    [CT_W_COMPONENTS] = "What it is made of",
    [CT_W_COMPONENT] = "Component",
    [CT_W_WEIGHT] = "Weight",
    [CT_W_USED] = "Used",
    [CT_W_USED_SHARE] = "{0} used",
    [CT_W_FULL] = "Counts in full at",
    [CT_W_POINTS] = "Points",
    [CT_W_SCORE_NOTE] =
        ("Score = sum of used weight × improvement ÷ full scale, each part "
         "limited to ±100 %. Weights are those published for this "
         "question; where a part could not be compared, its weight goes to "
         "the others, and below 60 % there is no score. A part counts as it "
         "was measured, also where it has no verdict by itself: how uncertain "
         "that is, the interval of the score says. 0 to 15 is none or slight, "
         "15 to "
         "40 moderate, above 40 marked. Nothing is added to flatter."),

    /* Checks. */
    [CT_W_CHECKS] = "Were the photographs comparable?",
    [CT_W_CHECKS_WHAT] =
        ("Light, camera, pose and expression can look like a change of the "
         "skin. Each of these was checked; what failed was not compared, and "
         "what asks for caution has a wider interval. Make-up, a tan, warmth, "
         "shaving or medicines change the skin itself: no check sees them, "
         "and no reading says why skin changed. Keep them alike."),
    [CT_W_CHECKS_ONE] = "Is the photograph good enough?",
    [CT_W_CHECKS_PASSED] = "{0} checks",
    [CT_W_PASS] = "passed",
    [CT_W_WARN] = "caution",
    [CT_W_FAIL] = "failed",
    [CT_W_ALL_PASSED] =
        ("All checks passed. Next time, take the photograph in just the same "
         "way."),
    [CT_W_PASSED] = "Checks that passed",
    [CT_W_AFFECTS] = "Affects",
    [CT_W_NEXT_TIME] = "Next time:",
};

const char *const ct_presets[] = {
    "general",    "acne_scars",  "scars", "wrinkles", "pores",
    "sun_damage", "uneven_tone", "acne",  "redness",  NULL,
};
