/* SPDX-License-Identifier: BSD-2-Clause */

/* English: photographs, how they were laid on each other, how it was computed,
 * and what is said of one photograph. */

#include "report/words.h"

const char *const ct_english_page[CT_W_SERIES - CT_W_PAGE] = {
    /* Photographs. */
    [CT_W_PHOTOGRAPHS - CT_W_PAGE] = "Photographs",
    [CT_W_VIEW - CT_W_PAGE] = "View",
    [CT_W_VIEW_SIDE - CT_W_PAGE] = "Side by side",
    [CT_W_VIEW_SLIDE - CT_W_PAGE] = "Slider",
    [CT_W_VIEW_BOARD - CT_W_PAGE] = "Checkerboard",
    [CT_W_VIEW_BLINK - CT_W_PAGE] = "Blink",
    [CT_W_BLINK_AUTO - CT_W_PAGE] = "In turn",
    [CT_W_LAYER - CT_W_PAGE] = "Show",
    [CT_W_LAYER_NONE - CT_W_PAGE] = "Photograph",
    [CT_W_LAYER_REGIONS - CT_W_PAGE] = "Regions",
    [CT_W_LAYER_REDNESS - CT_W_PAGE] = "Redness",
    [CT_W_LAYER_PIGMENT - CT_W_PAGE] = "Pigment",
    [CT_W_LAYER_RELIEF - CT_W_PAGE] = "Relief",
    [CT_W_LAYER_PORES - CT_W_PAGE] = "Pores",
    [CT_W_LAYER_WRINKLES - CT_W_PAGE] = "Wrinkles",
    [CT_W_MEANING_REGIONS - CT_W_PAGE] =
        ("Tinted: skin that was measured, in both photographs where there are "
         "two. Hatched: skin of a region that was left out, such as brows, "
         "hair, shadow or glare. Right and left are the person's own."),
    [CT_W_MEANING_REDNESS - CT_W_PAGE] =
        ("Redness, in units of blood colour (H; 5.6 more is about half again "
         "as much blood)."),
    [CT_W_MEANING_PIGMENT - CT_W_PAGE] =
        ("Pigment above its surroundings, in per cent of melanin (P). More "
         "shows than is counted as spots: shade beside the nose and under the "
         "brows, hair, uneven tone."),
    [CT_W_MEANING_RELIEF - CT_W_PAGE] =
        ("Strength of the fine relief: contrast of light and dark over a "
         "millimetre (100 cOD is a factor of ten)."),
    [CT_W_MEANING_PORES - CT_W_PAGE] =
        "Pores as counted, coloured by contrast.",
    [CT_W_MEANING_WRINKLES - CT_W_PAGE] =
        ("Answer of the line detector, by contrast. More shows than is counted "
         "as lines: fine relief, strands of hair, the rim of the nose."),
    [CT_W_MEANING_BASE - CT_W_PAGE] =
        ("Each photograph is shown against its own paler skin: without a grey "
         "card an even change of the whole face stays unseen."),
    [CT_W_MASK_SKIN - CT_W_PAGE] = "Skin",
    [CT_W_MASK_SHINE - CT_W_PAGE] = "Highlights",
    [CT_W_MEANING_SKIN - CT_W_PAGE] =
        ("White: skin that was measured, in both photographs where there are "
         "two."),
    [CT_W_MEANING_SHINE - CT_W_PAGE] =
        ("White: shine and clipped light, with 0.5 mm around, which only the "
         "metric shine takes in."),
    [CT_W_SAME_SCALE - CT_W_PAGE] = "Both photographs share one colour scale.",
    [CT_W_SLIDER - CT_W_PAGE] =
        "Slider between the photograph before and the photograph after",
    [CT_W_SLIDER_VALUE - CT_W_PAGE] = "{0} % of the width shows before",
    [CT_W_ALT_BEFORE - CT_W_PAGE] = "The face before",
    [CT_W_ALT_AFTER - CT_W_PAGE] =
        "The face after, laid on the photograph before",
    [CT_W_ALT_LAID - CT_W_PAGE] =
        "The face after, moved skin by skin onto the photograph before",
    [CT_W_ALIGNED - CT_W_PAGE] =
        ("Cropped to the face, level, and laid on one another for the eye "
         "only. Nothing was measured in these pictures: readings come from the "
         "photographs' own pixels."),

    [CT_W_LAID - CT_W_PAGE] =
        ("Slider, checkerboard and blink show the photograph after moved skin "
         "by skin onto the one before, up to where the face ends. Side by "
         "side, and under regions or maps, it is as taken, but for shift, turn "
         "and size."),
    [CT_W_NOT_LAID - CT_W_PAGE] =
        ("The photograph after lies there by shift, turn and size alone: skin "
         "that an expression or a turned head moved lies beside itself."),
    [CT_W_WHERE - CT_W_PAGE] = "Where the face changed",
    [CT_W_WHERE_NOTE - CT_W_PAGE] =
        ("A region is coloured only where its change counts as one, after "
         "allowing for how many were looked at; the deeper, the larger it is "
         "against the smallest change that would show. Grey does not say that "
         "nothing changed, only that no change could be shown. Right and left "
         "are the person's own: the right cheek is on the left."),
    [CT_W_WHERE_BETTER - CT_W_PAGE] = "better",
    [CT_W_WHERE_WORSE - CT_W_PAGE] = "worse",
    [CT_W_WHERE_TWICE - CT_W_PAGE] = "… by over 2 times what would show",
    [CT_W_WHERE_FOUR - CT_W_PAGE] = "… by over 4 times",
    [CT_W_WHERE_OTHER - CT_W_PAGE] = "changed, neither better nor worse",
    [CT_W_WHERE_SAME - CT_W_PAGE] = "no change that could be shown",
    [CT_W_WHERE_NONE - CT_W_PAGE] = "not measured",
    [CT_W_WHERE_MISSING - CT_W_PAGE] = "not measured",
    [CT_W_WHERE_NOWHERE - CT_W_PAGE] = "In no region could a change be shown.",
    [CT_W_WHERE_NOTHING - CT_W_PAGE] =
        "No region could be compared; the readings say why.",

    /* How they were laid on each other. */
    [CT_W_FIT - CT_W_PAGE] = "How the photographs were laid on each other",
    [CT_W_FIT_HOW - CT_W_PAGE] =
        ("Landmarks of the face came first: after shift, turn and size half of "
         "them lie within {0} mm of each other. From there skin was laid on "
         "skin by its own texture: {1} of {2} patches were found again; half "
         "of them lie within {3} mm of the map, and 95 % within {4} mm. The "
         "map says where the same skin is looked for; no pixel was moved for a "
         "reading."),
    [CT_W_FIT_LANDMARKS - CT_W_PAGE] =
        ("By landmarks of the face alone, a couple of millimetres off where "
         "skin moved: {0}. So there are no maps of the fit."),
    [CT_W_FIT_NOT_LOOKED - CT_W_PAGE] =
        "the skin's own texture was not looked at",
    [CT_W_FIT_NOT_COMPARED - CT_W_PAGE] =
        "Not shown, because these photographs cannot be compared: {0}.",
    [CT_W_FIT_MOVED - CT_W_PAGE] = "How far skin had to move",
    [CT_W_FIT_ALT_MOVED - CT_W_PAGE] =
        "Map of the face: displacement in mm after shift, turn and size",
    [CT_W_FIT_MEANING_MOVED - CT_W_PAGE] =
        ("What was left to fit after shift, turn and size: half of the skin "
         "that was measured lies within {0} mm, 95 % within {1} mm. A turned "
         "head, another distance or another expression moves skin like this. A "
         "dot is where skin lay before; its line, {2} times as long as the "
         "way, points to where it lies after."),
    [CT_W_FIT_TRUST - CT_W_PAGE] = "What holds it there",
    [CT_W_FIT_ALT_TRUST - CT_W_PAGE] =
        "Map of the face: where texture holds the fit and where landmarks do",
    [CT_W_FIT_MEANING_TRUST - CT_W_PAGE] =
        ("{0} % of the skin that was measured is held by its own texture all "
         "around, {1} % in part and {2} % by landmarks alone: there the same "
         "skin may lie a couple of millimetres off, and what needs one spot, "
         "pore or line found again is judged with more caution."),
    [CT_W_FIT_HELD - CT_W_PAGE] = "by its texture",
    [CT_W_FIT_PARTLY - CT_W_PAGE] = "in part",
    [CT_W_FIT_UNHELD - CT_W_PAGE] = "by landmarks alone",
    [CT_W_FIT_LIGHT - CT_W_PAGE] = "How the light differs",
    [CT_W_FIT_ALT_LIGHT - CT_W_PAGE] =
        "Map of the face: light after against before in per cent",
    [CT_W_FIT_MEANING_LIGHT - CT_W_PAGE] =
        ("How much brighter (orange) or darker (blue) the same skin is after "
         "than before in red light, where blood hardly shows, smoothed over 10 "
         "mm; what the whole face shares, such as exposure, is taken off. 95 % "
         "of the skin lies within {0} % either way. Lamps that moved brighten "
         "one side and darken the other; a wide change of redness or pigment "
         "shows too, but faintly."),
    [CT_W_FIT_SHARP - CT_W_PAGE] = "How sharpness differs",
    [CT_W_FIT_ALT_SHARP - CT_W_PAGE] =
        "Map of the face: blur after against before in mm",
    [CT_W_FIT_MEANING_SHARP - CT_W_PAGE] =
        ("How much less sharp (orange) or sharper (blue) skin is after than "
         "before, as blur (sigma), by how its structure falls off towards "
         "fine detail, smoothed over 10 mm. 95 % of the skin lies within {0} "
         "mm either way; up to 0.05 mm may be chance or treatment. What eyes "
         "and brows share of it is taken out before fine detail is read. A "
         "nose of another colour than the jaw tells that the focus lay "
         "elsewhere."),

    /* How it was computed. */
    [CT_W_METHOD - CT_W_PAGE] = "How this was computed",
    [CT_W_HOW_FILED - CT_W_PAGE] =
        ("This page holds no name, date or file name: file it with the "
         "patient's record. The SHA-256 sums below tell which photographs it "
         "is of."),
    [CT_W_HOW_MEASURED - CT_W_PAGE] =
        ("Each photograph was read in its own colour space as linear light. "
         "The face was found and divided into regions; eyes, brows, lips, "
         "nostrils, hair, shadow and glare were left out. Only skin that both "
         "photographs of a comparison show was measured, in their own pixels: "
         "none was warped, sharpened or matched in colour to the other. For "
         "roughness, pores and lines the sharper one was "
         "blurred as far as it was sharper."),
    [CT_W_HOW_JUDGED - CT_W_PAGE] =
        ("A change is called one only where it exceeds what repeat photographs "
         "of unchanged skin would show (the minimal detectable change at 95 %) "
         "and its p value, adjusted for how many things were looked at, is "
         "below 0.05. Differences in how the photographs were taken widen the "
         "interval or withhold the metric."),
    [CT_W_HOW_ERRORS - CT_W_PAGE] =
        ("How far repeats differ is assumed and not yet "
         "measured on patients."),
    [CT_W_HOW_ERRORS_SITE - CT_W_PAGE] =
        ("How far repeats differ was measured at this site, on {0} people "
         "whose skin had not changed."),
    [CT_W_HOW_ERRORS_CAPTURES - CT_W_PAGE] =
        ("Photographs that took part: {0} of {1} before, {2} of {3} after. How "
         "far they differ within a visit counts as well."),
    [CT_W_HOW_UNITS - CT_W_PAGE] =
        ("H: redness; 5.6 more is half as much blood again. P: pigment; 10 "
         "more is about a tenth more melanin. U: unevenness of pigment, in P, "
         "and of redness. cOD: darkness; 1 is 2.3 % of light. R: roughness; "
         "R_scar and R_coarse weigh what is coarse in it, R_fine what is "
         "fine."),
    [CT_W_HOW_SCALE - CT_W_PAGE] =
        ("Lengths and areas rest on the scale at the face. Where it comes from "
         "the eyes, 63 mm apart unless measured, lengths may be off by 6 % and "
         "areas by 12 %; between two visits of one person this cancels."),
    [CT_W_VERSION - CT_W_PAGE] = "Version of cutis",
    [CT_W_PROFILE - CT_W_PAGE] = "Scoring profile",
    [CT_W_JUDGED - CT_W_PAGE] = "Question",
    [CT_W_GENERAL - CT_W_PAGE] =
        "the skin as a whole: redness, pigment, roughness, pores, lines",
    [CT_W_CHECKS_COUNT - CT_W_PAGE] = "{0} ({1} of {2} checks passed)",
    [CT_W_CAUTIONS - CT_W_PAGE] = "Caution",
    [CT_W_PRESET - CT_W_PAGE] = "Weights for",
    [CT_W_TREATED - CT_W_PAGE] = "Skin looked at",
    [CT_W_REFERENCE - CT_W_PAGE] = "Untreated reference",
    [CT_W_CALIBRATION - CT_W_PAGE] = "Colour calibration",
    [CT_W_POLARISED - CT_W_PAGE] = "Cross-polarised",
    [CT_W_DAYS - CT_W_PAGE] = "Days since treatment",
    [CT_W_COMPARABLE - CT_W_PAGE] = "Photographs comparable",
    [CT_W_COMPARABLE_YES - CT_W_PAGE] = "yes",
    [CT_W_COMPARABLE_LIMITED - CT_W_PAGE] = "with limits",
    [CT_W_COMPARABLE_NO - CT_W_PAGE] = "no",
    [CT_W_HASH - CT_W_PAGE] = "SHA-256",
    [CT_W_SIZE - CT_W_PAGE] = "Size",
    [CT_W_COLOUR - CT_W_PAGE] = "Colour space",
    [CT_W_SCALE - CT_W_PAGE] = "Scale at the face",
    [CT_W_POSE - CT_W_PAGE] = "Yaw / pitch / roll",
    [CT_W_BLUR - CT_W_PAGE] = "Blur (sigma)",
    [CT_W_RESIDUAL - CT_W_PAGE] = "Alignment, median",
    [CT_W_RESIDUAL95 - CT_W_PAGE] = "Alignment, 95th percentile",
    [CT_W_NOT_SAID - CT_W_PAGE] = "not said",
    [CT_W_NONE - CT_W_PAGE] = "none",
    [CT_W_YES - CT_W_PAGE] = "yes",
    [CT_W_NO - CT_W_PAGE] = "no",

    /* One photograph. */
    [CT_W_FORMAT - CT_W_PAGE] = "Format",
    [CT_W_WIDTH - CT_W_PAGE] = "Width",
    [CT_W_HEIGHT - CT_W_PAGE] = "Height",
    [CT_W_BITS - CT_W_PAGE] = "Bits a channel",
    [CT_W_CHANNELS - CT_W_PAGE] = "Channels",
    [CT_W_ORIENTATION - CT_W_PAGE] = "EXIF orientation",
    [CT_W_JPEG_QUALITY - CT_W_PAGE] = "JPEG quality, about",
    [CT_W_ANIMATED - CT_W_PAGE] = "Animated",
    [CT_W_DAMAGED - CT_W_PAGE] = "Damaged",
    [CT_W_FACES - CT_W_PAGE] = "Faces",
    [CT_W_CONFIDENCE - CT_W_PAGE] = "Confidence",
    [CT_W_YAW - CT_W_PAGE] = "Yaw, degrees",
    [CT_W_PITCH - CT_W_PAGE] = "Pitch, degrees",
    [CT_W_ROLL - CT_W_PAGE] = "Roll, degrees",
    [CT_W_PX_PER_MM - CT_W_PAGE] = "Pixels per mm",
    [CT_W_SCALE_SOURCE - CT_W_PAGE] = "Scale from",
    [CT_W_NOISE - CT_W_PAGE] = "Noise, cOD",
    [CT_W_SHOWN - CT_W_PAGE] =
        ("The face is shown at {0} pixels per mm: enough for {1} of {2} "
         "metrics."),
    [CT_W_SHOWN_NO_FACE - CT_W_PAGE] =
        ("The skin is shown at {0} pixels per mm: enough for {1} of {2} "
         "metrics."),
    [CT_W_HOLDS - CT_W_PAGE] = "The camera also wrote",
    [CT_W_CAMERA - CT_W_PAGE] = "its name",
    [CT_W_LENS - CT_W_PAGE] = "lens",
    [CT_W_SOFTWARE - CT_W_PAGE] = "software",
    [CT_W_TIME - CT_W_PAGE] = "time",
    [CT_W_EXPOSURE - CT_W_PAGE] = "exposure",
    [CT_W_FOCAL_LENGTH - CT_W_PAGE] = "focal length",
    [CT_W_RESOLVED - CT_W_PAGE] = "Large enough for",
    [CT_W_NOT_RESOLVED - CT_W_PAGE] = "Too small for",

    /* The page as a whole. */
    [CT_W_PAGE_TITLE - CT_W_PAGE] = "Skin comparison",
    [CT_W_CONTENTS - CT_W_PAGE] = "On this page",
    [CT_W_BRAND - CT_W_PAGE] = "comparison of two photographs",
    [CT_W_DISCLAIMER - CT_W_PAGE] =
        "This is a measurement of photographs, not a diagnosis.",
};
