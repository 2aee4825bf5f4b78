/* SPDX-License-Identifier: BSD-2-Clause */

/* What each preset weighs (method, 11.5).  Weights of a preset sum to 1. */

#include <string.h>

#include "progress/progress.h"

static const struct preset presets[] = {
    {"general",
     {{CT_TEXTURE, 0.15, "R_scar"},
      {CT_TEXTURE, 0.15, "R_fine"},
      {CT_PORE_BURDEN, 0.15, NULL},
      {CT_WRINKLE_INDEX, 0.20, NULL},
      {CT_REDNESS, 0.10, NULL},
      {CT_PIGMENT_SPOTS, 0.10, NULL},
      {CT_TONE_EVENNESS, 0.15, NULL}}},
    {"acne_scars",
     {{CT_TEXTURE, 0.45, "R_scar"},
      {CT_TEXTURE, 0.05, "R_fine"},
      {CT_PORE_BURDEN, 0.10, NULL},
      {CT_REDNESS, 0.20, NULL},
      {CT_PIGMENT_SPOTS, 0.10, NULL},
      {CT_TONE_EVENNESS, 0.10, NULL}}},
    {"scars",
     {{CT_TEXTURE, 0.45, "R_scar"},
      {CT_REDNESS, 0.25, NULL},
      {CT_PIGMENT_SPOTS, 0.15, NULL},
      {CT_TONE_EVENNESS, 0.15, NULL}}},
    {"wrinkles",
     {{CT_TEXTURE, 0.20, "R_fine"},
      {CT_PORE_BURDEN, 0.05, NULL},
      {CT_WRINKLE_INDEX, 0.65, NULL},
      {CT_TONE_EVENNESS, 0.10, NULL}}},
    {"pores",
     {{CT_TEXTURE, 0.20, "R_fine"},
      {CT_PORE_BURDEN, 0.65, NULL},
      {CT_REDNESS, 0.05, NULL},
      {CT_TONE_EVENNESS, 0.10, NULL}}},
    {"sun_damage",
     {{CT_TEXTURE, 0.05, "R_fine"},
      {CT_WRINKLE_INDEX, 0.10, NULL},
      {CT_REDNESS, 0.10, NULL},
      {CT_PIGMENT_SPOTS, 0.45, NULL},
      {CT_TONE_EVENNESS, 0.30, NULL}}},
    {"uneven_tone",
     {{CT_REDNESS, 0.20, NULL},
      {CT_PIGMENT_SPOTS, 0.30, NULL},
      {CT_TONE_EVENNESS, 0.50, NULL}}},
    {"acne",
     {{CT_LESION_DENSITY, 0.45, NULL},
      {CT_REDNESS, 0.25, NULL},
      {CT_PIGMENT_SPOTS, 0.15, NULL},
      {CT_TONE_EVENNESS, 0.15, NULL}}},
    {"redness", {{CT_REDNESS, 0.70, NULL}, {CT_ERYTHEMA_AREA, 0.30, NULL}}},
};

enum { PRESETS = sizeof(presets) / sizeof(presets[0]) };

const struct preset *ct_preset_at(int index)
{
    return index >= 0 && index < PRESETS ? &presets[index] : NULL;
}

const struct preset *ct_preset(const char *name)
{
    if (!name)
        return &presets[0];
    for (int i = 0; i < PRESETS; i++)
        if (strcmp(presets[i].name, name) == 0)
            return &presets[i];
    return NULL;
}

int ct_part_count(const struct preset *preset)
{
    int count = 0;

    while (count < CT_COMPONENTS && preset->part[count].weight > 0.0)
        count++;
    return count;
}
