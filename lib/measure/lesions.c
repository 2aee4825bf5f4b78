/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Inflamed lesions: Laplacian blobs of redness, redder than the skin around
 * them, and by more than that varies.
 */

#include "measure/window.h"

#include <math.h>

static const double lesion_sigma_mm = 0.5, lesion_candidate = 1.5;
static const double lesion_contrast = 5.5, lesion_roundness = 0.4;
static const double lesion_around_mm = 8.0;
static const double lesion_spread = 3.0;       /* SDs of the skin around */
static const double fwhm = 2.3548200450309493; /* per sigma */

/* Redder than the skin around it, and by more than that varies.  What decides
 * at the least cost comes first: most blobs are none. */
static bool stands_out(struct window *w, const struct scene *scene,
                       const struct blob *blob, struct item *item)
{
    const struct plane *blood = &scene->blood;
    const double reach = lesion_around_mm * scene->colour.scale;
    if (!(2.0 * (double)blob->response >= lesion_contrast))
        return false;
    w->cx = (int)blob->x;
    w->cy = (int)blob->y;
    const double here = (double)ct_row(blood, w->cy)[w->cx];
    const double around = ct_window_ring(w, blood, 0.0, 0.5 * reach);
    if (!(here - around >= lesion_contrast))
        return false;
    const double beyond =
        ct_window_ring(w, blood, ct_ring_near * (double)blob->sigma, reach);
    if (!(here - beyond >= lesion_spread * ct_window_spread(w, beyond)))
        return false;

    *item = ct_item_at(scene, (double)blob->x, (double)blob->y);
    item->contrast = (float)(here - around);
    item->size_mm = (float)(fwhm * (double)blob->sigma / scene->colour.scale);
    item->burden =
        item->contrast * item->size_mm * item->size_mm * 0.78539816339744831f;
    item->sigma_mm = item->size_mm / (float)fwhm;
    item->pieces = 1;
    item->seen = true;
    item->kind = CT_SPOT_RED;
    return true;
}

static bool overlaps(const struct list *list, const struct item *item,
                     double px_per_mm)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *other = &list->at[i];
        const double dx = (double)(item->x - other->x) / px_per_mm;
        const double dy = (double)(item->y - other->y) / px_per_mm;
        const double reach = 0.25 * (double)(item->size_mm + other->size_mm);
        if (dx * dx + dy * dy < reach * reach)
            return true;
    }
    return false;
}

cutis_status ct_lesions(struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    cutis_status status = CUTIS_OK;
    struct plane flat = {0};
    struct blobs blobs = {0};
    struct window *w = ct_alloc(&tools->memory, 1, sizeof(*w));
    struct blob_search search = {
        .source = &flat,
        .mask = &level->mask,
        .threshold = lesion_candidate,
        .radius = 1.5,
        .roundness = lesion_roundness,
    };
    if (!w)
        TRY(ct_no_memory(tools));

    TRY(ct_unmix(&flat, scene, scene->tone.blood, tools));
    TRY(ct_flatten(&flat, level, lesion_around_mm, tools));
    ct_set_scales(&search, lesion_sigma_mm, 8, level->scale);
    TRY(ct_blobs_find(&blobs, &search, tools));
    w->level = level;
    for (size_t i = 0; i < blobs.count; i++) {
        struct item item;
        if (stands_out(w, scene, &blobs.at[i], &item) &&
            !overlaps(&scene->lesions, &item, scene->view->face->work_scale))
            TRY(ct_list_add(&scene->lesions, &item, tools));
    }

done:
    ct_free(w);
    ct_free(blobs.at);
    ct_plane_free(&flat);
    return status;
}
