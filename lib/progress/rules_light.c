/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Checks of how two photographs are lit: G9 and G10 of the method's section
 * 10.  Relief answers to the lamp's direction more than to anything else, so
 * its error has a term of its own for that.
 */

#include <math.h>

#include "progress/progress.h"

static void illumination(struct finding *finding, const struct look *look)
{
    finding->value = look->pair->illumination;
}

static void light_direction(struct finding *finding, const struct look *look)
{
    finding->value = look->pair->light_angle_deg;
}

const struct rule ct_light_rules[CT_LIGHT_RULES] = {
    {
        .id = "illumination",
        .unit = "log10",
        .asks = ASKS_PAIR,
        .pass = 0.02,
        .warn = 0.04,
        .fail = 0.08,
        .widens = CT_SET_ALL,
        .removes = CT_SET_ALL,
        .decimals = 3,
        .look = illumination,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The light falls alike on both faces.",
                [CT_LEVEL_UNKNOWN] =
                    "Whether the light falls alike on both faces could not be "
                    "told.",
                [CT_LEVEL_WARN] =
                    "Light and shade lie differently on both faces; keep the "
                    "lamps, the head's place and the expression the same.",
                [CT_LEVEL_FAIL] =
                    "Light and shade lie quite differently on both faces: "
                    "they cannot be compared; keep the lamps, the head's "
                    "place and the expression the same.",
            },
    },
    {
        .id = "light_direction",
        .unit = "deg",
        .asks = ASKS_PAIR,
        .pass = 2.0,
        .warn = 5.0,
        .fail = 8.0,
        .widens = CT_SET_FINE,
        .removes = CT_SET_FINE,
        .own = CT_SET_PORES | CT_SET_WRINKLES | 1 << CT_TEXTURE,
        .decimals = 0,
        .look = light_direction,
        .sentence =
            {
                [CT_LEVEL_PASS] = "The light comes from the same direction.",
                [CT_LEVEL_UNKNOWN] =
                    "Where the light comes from could not be told.",
                [CT_LEVEL_WARN] =
                    "The light comes from another direction, by {} degrees, "
                    "which makes skin look rougher or smoother; the error "
                    "allows for it.",
                [CT_LEVEL_FAIL] =
                    "The light comes from another direction, by {} degrees: "
                    "fine detail cannot be compared; keep the lamps and the "
                    "head where they were.",
            },
    },
};
