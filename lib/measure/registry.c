/* SPDX-License-Identifier: BSD-2-Clause */

/* The lists of metrics and regions, and how they are found. */

#include <string.h>

#include "measure/measure.h"

const struct metric *const ct_metrics[CT_METRICS] = {
    &ct_redness,       &ct_erythema_area,   &ct_lesion_density,
    &ct_pigment_spots, &ct_tone_evenness,   &ct_ita_angle,
    &ct_texture,       &ct_pore_density,    &ct_pore_burden,
    &ct_wrinkle_index, &ct_wrinkle_density, &ct_shine,
    &ct_flakes,
};

static const cutis_region regions[CT_REGIONS] = {
    {"forehead", "Forehead"},
    {"glabella", "Between the brows"},
    {"nose", "Nose"},
    {"cheek_r", "Right cheek"},
    {"cheek_l", "Left cheek"},
    {"crowsfeet_r", "Right crow's feet"},
    {"crowsfeet_l", "Left crow's feet"},
    {"infraorbital_r", "Under the right eye"},
    {"infraorbital_l", "Under the left eye"},
    {"perioral_upper", "Above the mouth"},
    {"perioral_lower", "Below the mouth"},
    {"chin", "Chin"},
    {"jaw_r", "Right jaw"},
    {"jaw_l", "Left jaw"},
    {"face", "Face"},
};

const cutis_metric *ct_metric(int index)
{
    return &ct_metrics[index]->about;
}

const cutis_region *ct_region(int index)
{
    return &regions[index];
}

int ct_metric_index(const cutis_metric *metric)
{
    for (int i = 0; i < CT_METRICS; i++)
        if (&ct_metrics[i]->about == metric)
            return i;
    return -1;
}

const struct detail_about *ct_metric_details(int index)
{
    return ct_metrics[index]->details;
}

const cutis_metric *cutis_metric_at(size_t index)
{
    return index < CT_METRICS ? ct_metric((int)index) : NULL;
}

const cutis_metric *cutis_metric_find(const char *name)
{
    for (int i = 0; name && i < CT_METRICS; i++)
        if (strcmp(ct_metric(i)->name, name) == 0)
            return ct_metric(i);
    return NULL;
}

const cutis_region *cutis_region_at(size_t index)
{
    return index < CT_REGIONS ? &regions[index] : NULL;
}

const cutis_region *cutis_region_find(const char *name)
{
    for (int i = 0; name && i < CT_REGIONS; i++)
        if (strcmp(regions[i].name, name) == 0)
            return &regions[i];
    return NULL;
}
