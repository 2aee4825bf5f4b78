/* SPDX-License-Identifier: BSD-2-Clause */

/* English.  Verdicts are small, so that they stand in a sentence as well. */

#include "report/words.h"

#include <stddef.h>

const char *const ct_english_words[CT_W_COUNT] = {
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
         "in percentage points."),
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
         "show, in the better direction, and is not chance among this many "
         "readings (adjusted p below 0.05)."),
    [CT_W_MEANS_WORSE] = "The same in the worse direction.",
    [CT_W_MEANS_CHANGED] =
        "The same for a reading that has no better direction.",
    [CT_W_MEANS_NO_MEASURABLE_CHANGE] =
        ("The difference is no larger than between two photographs of "
         "unchanged skin. A smaller change may still be there."),
    [CT_W_MEANS_NO_RELEVANT_CHANGE] =
        "Any change is smaller than the least that matters.",
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
         "limited to ±100 %. Weights are those published for the preset; "
         "where a part could not be compared, its weight goes to the others, "
         "and below 60 % there is no score. 0 to 15 is none or slight, 15 to "
         "40 moderate, above 40 marked. Nothing is added to flatter."),

    /* Checks. */
    [CT_W_CHECKS] = "Were the photographs comparable?",
    [CT_W_CHECKS_WHAT] =
        ("Light, camera, pose and expression can look like a change of the "
         "skin. Each of these was checked; what failed was not compared, and "
         "what asks for caution has a wider interval."),
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

    /* Photographs. */
    [CT_W_PHOTOGRAPHS] = "Photographs",
    [CT_W_VIEW] = "View",
    [CT_W_VIEW_SIDE] = "Side by side",
    [CT_W_VIEW_SLIDE] = "Slider",
    [CT_W_VIEW_BOARD] = "Checkerboard",
    [CT_W_VIEW_BLINK] = "Blink",
    [CT_W_BLINK_AUTO] = "In turn",
    [CT_W_LAYER] = "Show",
    [CT_W_LAYER_NONE] = "Photograph",
    [CT_W_LAYER_REGIONS] = "Regions",
    [CT_W_LAYER_REDNESS] = "Redness",
    [CT_W_LAYER_PIGMENT] = "Pigment",
    [CT_W_LAYER_RELIEF] = "Relief",
    [CT_W_LAYER_PORES] = "Pores",
    [CT_W_LAYER_WRINKLES] = "Wrinkles",
    [CT_W_MEANING_REGIONS] =
        ("Tinted: skin that was measured, in both photographs where there are "
         "two. Hatched: skin of a region that was left out, such as brows, "
         "hair, shadow or glare. Right and left are the person's own."),
    [CT_W_MEANING_REDNESS] =
        ("Redness, in units of blood colour (H; 5.6 more is about half again "
         "as much blood)."),
    [CT_W_MEANING_PIGMENT] =
        ("Pigment above its surroundings, in per cent of melanin (P). More "
         "shows than is counted as spots: shade beside the nose and under the "
         "brows, hair, uneven tone."),
    [CT_W_MEANING_RELIEF] =
        ("Strength of the fine relief: contrast of light and dark over a "
         "millimetre (100 cOD is a factor of ten)."),
    [CT_W_MEANING_PORES] = "Pores as counted, coloured by contrast.",
    [CT_W_MEANING_WRINKLES] =
        ("Answer of the line detector, by contrast. More shows than is counted "
         "as lines: fine relief, strands of hair, the rim of the nose."),
    [CT_W_MEANING_BASE] =
        ("Each photograph is shown against its own paler skin: without a grey "
         "card an even change of the whole face stays unseen."),
    [CT_W_MASK_SKIN] = "Skin",
    [CT_W_MASK_SHINE] = "Highlights",
    [CT_W_MEANING_SKIN] =
        ("White: skin that was measured, in both photographs where there are "
         "two."),
    [CT_W_MEANING_SHINE] =
        ("White: shine and clipped light, with 0.5 mm around, which only the "
         "metric shine takes in."),
    [CT_W_SAME_SCALE] = "Both photographs share one colour scale.",
    [CT_W_SLIDER] =
        "Slider between the photograph before and the photograph after",
    [CT_W_SLIDER_VALUE] = "{0} % of the width shows before",
    [CT_W_ALT_BEFORE] = "The face before",
    [CT_W_ALT_AFTER] = "The face after, laid on the photograph before",
    [CT_W_ALT_LAID] =
        "The face after, moved skin by skin onto the photograph before",
    [CT_W_ALIGNED] =
        ("Cropped to the face, level, and laid on one another for the eye "
         "only. Nothing was measured in these pictures: readings come from the "
         "photographs' own pixels."),

    [CT_W_LAID] =
        ("Slider, checkerboard and blink show the photograph after moved skin "
         "by skin onto the one before, up to where the face ends. Side by "
         "side, and under regions or maps, it is as taken, but for shift, turn "
         "and size."),
    [CT_W_NOT_LAID] =
        ("The photograph after lies there by shift, turn and size alone: skin "
         "that an expression or a turned head moved lies beside itself."),
    [CT_W_WHERE] = "Where the face changed",
    [CT_W_WHERE_NOTE] =
        ("A region is coloured only where its change counts as one, after "
         "allowing for how many were looked at; the deeper, the larger it is "
         "against the smallest change that would show. Grey does not say that "
         "nothing changed, only that no change could be shown. Right and left "
         "are the person's own: the right cheek is on the left."),
    [CT_W_WHERE_BETTER] = "better",
    [CT_W_WHERE_WORSE] = "worse",
    [CT_W_WHERE_TWICE] = "… by over 2 times what would show",
    [CT_W_WHERE_FOUR] = "… by over 4 times",
    [CT_W_WHERE_OTHER] = "changed, neither better nor worse",
    [CT_W_WHERE_SAME] = "no change that could be shown",
    [CT_W_WHERE_NONE] = "not measured",
    [CT_W_WHERE_MISSING] = "not measured",
    [CT_W_WHERE_NOWHERE] = "In no region could a change be shown.",
    [CT_W_WHERE_NOTHING] = "No region could be compared; the readings say why.",

    /* How they were laid on each other. */
    [CT_W_FIT] = "How the photographs were laid on each other",
    [CT_W_FIT_HOW] =
        ("Landmarks of the face came first: after shift, turn and size half of "
         "them lie within {0} mm of each other. From there skin was laid on "
         "skin by its own texture: {1} of {2} patches were found again; half "
         "of them lie within {3} mm of the map, and 95 % within {4} mm. The "
         "map says where the same skin is looked for; no pixel was moved for a "
         "reading."),
    [CT_W_FIT_LANDMARKS] =
        ("By landmarks of the face alone, a couple of millimetres off where "
         "skin moved: {0}. So there are no maps of the fit."),
    [CT_W_FIT_NOT_LOOKED] = "the skin's own texture was not looked at",
    [CT_W_FIT_NOT_COMPARED] =
        "Not shown, because these photographs cannot be compared: {0}.",
    [CT_W_FIT_MOVED] = "How far skin had to move",
    [CT_W_FIT_ALT_MOVED] =
        "Map of the face: displacement in mm after shift, turn and size",
    [CT_W_FIT_MEANING_MOVED] =
        ("What was left to fit after shift, turn and size: half of the skin "
         "that was measured lies within {0} mm, 95 % within {1} mm. A turned "
         "head, another distance or another expression moves skin like this. A "
         "dot is where skin lay before; its line, {2} times as long as the "
         "way, points to where it lies after."),
    [CT_W_FIT_TRUST] = "What holds it there",
    [CT_W_FIT_ALT_TRUST] =
        "Map of the face: where texture holds the fit and where landmarks do",
    [CT_W_FIT_MEANING_TRUST] =
        ("{0} % of the skin that was measured is held by its own texture all "
         "around, {1} % in part and {2} % by landmarks alone: there the same "
         "skin may lie a couple of millimetres off, and what needs one spot, "
         "pore or line found again is judged with more caution."),
    [CT_W_FIT_HELD] = "by its texture",
    [CT_W_FIT_PARTLY] = "in part",
    [CT_W_FIT_UNHELD] = "by landmarks alone",
    [CT_W_FIT_LIGHT] = "How the light differs",
    [CT_W_FIT_ALT_LIGHT] =
        "Map of the face: light after against before in per cent",
    [CT_W_FIT_MEANING_LIGHT] =
        ("How much brighter (orange) or darker (blue) the same skin is after "
         "than before in red light, where blood hardly shows, smoothed over 10 "
         "mm; what the whole face shares, such as exposure, is taken off. 95 % "
         "of the skin lies within {0} % either way. Lamps that moved brighten "
         "one side and darken the other; a wide change of redness or pigment "
         "shows too, but faintly."),

    /* How it was computed. */
    [CT_W_METHOD] = "How this was computed",
    [CT_W_HOW_FILED] =
        ("This page holds no name, date or file name: file it with the "
         "patient's record. The SHA-256 sums below tell which photographs it "
         "is of."),
    [CT_W_HOW_MEASURED] =
        ("Both photographs were read in their own colour space as linear "
         "light. The face was found and divided into regions; eyes, brows, "
         "lips, nostrils, hair, shadow and glare were left out. Only skin that "
         "both photographs show was measured, in the photographs' own pixels: "
         "none was warped, sharpened or matched in colour to the other "
         "photograph. For roughness, pores and lines the sharper one was "
         "blurred as far as it was sharper."),
    [CT_W_HOW_JUDGED] =
        ("A change is called one only where it exceeds what repeat photographs "
         "of unchanged skin would show (the minimal detectable change at 95 %) "
         "and its p value, adjusted for how many things were looked at, is "
         "below 0.05. Differences in how the photographs were taken widen the "
         "interval or withhold the metric."),
    [CT_W_HOW_ERRORS] = ("How far repeats differ is assumed and not yet "
                         "measured on patients."),
    [CT_W_HOW_ERRORS_SITE] =
        ("How far repeats differ was measured at this site, on {0} people "
         "whose skin had not changed."),
    [CT_W_HOW_ERRORS_CAPTURES] =
        ("Photographs that took part: {0} of {1} before, {2} of {3} after. How "
         "far they differ within a visit counts as well."),
    [CT_W_HOW_UNITS] =
        ("H: redness; 5.6 more is half as much blood again. P: pigment; 10 "
         "more is about a tenth more melanin. U: unevenness of pigment, in P, "
         "and of redness. cOD: darkness; 1 is 2.3 % of light. R: roughness; "
         "R_scar and R_coarse weigh what is coarse in it, R_fine what is "
         "fine."),
    [CT_W_HOW_SCALE] =
        ("Lengths and areas rest on the scale given below. Where it comes from "
         "the eyes, 63 mm apart unless measured, lengths may be off by 6 % and "
         "areas by 12 %; between two visits of one person this cancels."),
    [CT_W_VERSION] = "Version of cutis",
    [CT_W_PROFILE] = "Scoring profile",
    [CT_W_JUDGED] = "Question",
    [CT_W_GENERAL] =
        "the skin as a whole: redness, pigment, roughness, pores, lines",
    [CT_W_CHECKS_COUNT] = "{0} ({1} of {2} checks passed)",
    [CT_W_CAUTIONS] = "Caution",
    [CT_W_PRESET] = "Preset",
    [CT_W_TREATED] = "Skin looked at",
    [CT_W_REFERENCE] = "Untreated reference",
    [CT_W_CALIBRATION] = "Colour calibration",
    [CT_W_POLARISED] = "Cross-polarised",
    [CT_W_DAYS] = "Days since treatment",
    [CT_W_COMPARABLE] = "Photographs comparable",
    [CT_W_COMPARABLE_YES] = "yes",
    [CT_W_COMPARABLE_LIMITED] = "with limits",
    [CT_W_COMPARABLE_NO] = "no",
    [CT_W_HASH] = "SHA-256",
    [CT_W_SIZE] = "Size",
    [CT_W_COLOUR] = "Colour space",
    [CT_W_SCALE] = "Scale at the face",
    [CT_W_POSE] = "Yaw / pitch / roll",
    [CT_W_BLUR] = "Blur (sigma)",
    [CT_W_RESIDUAL] = "Alignment, median",
    [CT_W_RESIDUAL95] = "Alignment, 95th percentile",
    [CT_W_NOT_SAID] = "not said",
    [CT_W_NONE] = "none",
    [CT_W_YES] = "yes",
    [CT_W_NO] = "no",

    /* One photograph. */
    [CT_W_FORMAT] = "Format",
    [CT_W_WIDTH] = "Width",
    [CT_W_HEIGHT] = "Height",
    [CT_W_BITS] = "Bits a channel",
    [CT_W_CHANNELS] = "Channels",
    [CT_W_ORIENTATION] = "EXIF orientation",
    [CT_W_JPEG_QUALITY] = "JPEG quality, about",
    [CT_W_ANIMATED] = "Animated",
    [CT_W_DAMAGED] = "Damaged",
    [CT_W_FACES] = "Faces",
    [CT_W_CONFIDENCE] = "Confidence",
    [CT_W_YAW] = "Yaw, degrees",
    [CT_W_PITCH] = "Pitch, degrees",
    [CT_W_ROLL] = "Roll, degrees",
    [CT_W_PX_PER_MM] = "Pixels per mm",
    [CT_W_SCALE_SOURCE] = "Scale from",
    [CT_W_NOISE] = "Noise, cOD",
    [CT_W_SHOWN] =
        ("The face is shown at {0} pixels per mm: enough for {1} of {2} "
         "metrics."),
    [CT_W_SHOWN_NO_FACE] =
        ("The skin is shown at {0} pixels per mm: enough for {1} of {2} "
         "metrics."),
    [CT_W_HOLDS] = "The camera also wrote",
    [CT_W_CAMERA] = "its name",
    [CT_W_LENS] = "lens",
    [CT_W_SOFTWARE] = "software",
    [CT_W_TIME] = "time",
    [CT_W_EXPOSURE] = "exposure",
    [CT_W_FOCAL_LENGTH] = "focal length",
    [CT_W_RESOLVED] = "Large enough for",
    [CT_W_NOT_RESOLVED] = "Too small for",

    /* The page as a whole. */
    [CT_W_PAGE_TITLE] = "Skin comparison",
    [CT_W_CONTENTS] = "On this page",
    [CT_W_BRAND] = "comparison of two photographs",
    [CT_W_DISCLAIMER] =
        "This is a measurement of photographs, not a diagnosis.",
};

const char *const ct_presets[] = {
    "general",    "acne_scars",  "scars", "wrinkles", "pores",
    "sun_damage", "uneven_tone", "acne",  "redness",  NULL,
};
