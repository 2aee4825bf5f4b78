/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where two photographs of one face meet before either is summed up.  A spot
 * that is just seen in one and just missed in the other would count as a
 * change; so what is found in either is measured in both, at the same place
 * and inside the same outline, and then told what became of it.
 */

#include "measure/join.h"

#include <math.h>
#include <string.h>

/* Pairing by landmarks alone, and by the skin's own texture, mm. */
static const double error_landmarks = 1.0, error_texture = 0.15;
static const double snap = 64.0; /* parts of a pixel */

/* A change of burden that is one, whatever the noise; and how many SDs. */
static const double least_change = 0.10, least_spread = 2.0;
/* Area over which the noise of a map is one draw: 4 pi s^2 of what a Gaussian
 * of s mm smoothed; P by 0.25 mm in pixels of as much, H by 0.5 mm. */
static const double spot_grain_mm2 = 1.0, lesion_grain_mm2 = 3.14159265;
static const double lesion_least = 5.5, spot_least = 10.0;

const char *ct_fate_name(int fate)
{
    static const char *const names[CT_FATES] = {
        "", "persisted", "faded", "grown", "split", "merged", "new", "gone"};
    return names[fate];
}

bool ct_to_other(const struct scene *from, double x, double y, double to[2])
{
    if (!ct_warp_at(from->view->warp, x, y, to))
        return false;
    to[0] = floor(to[0] * snap + 0.5) / snap;
    to[1] = floor(to[1] * snap + 0.5) / snap;
    return true;
}

double ct_map_error(const struct scene *from, double x, double y)
{
    const double trust = ct_warp_trust(from->view->warp, x, y);
    return error_landmarks + trust * (error_texture - error_landmarks);
}

enum ct_fate ct_fate_of(const struct evidence *e)
{
    const double a = e->burden[0], b = e->burden[1];
    const double change = b - a;
    const double most = a > b ? a : b;
    const bool changed = fabs(change) > least_spread * e->error &&
                         fabs(change) > least_change * most;

    if (changed && !e->pieces[0] && a < 0.5 * e->least)
        return CT_FATE_NEW;
    if (changed && !e->pieces[1] && b < 0.5 * e->least)
        return CT_FATE_GONE;
    if (e->pieces[0] && e->pieces[1] > e->pieces[0])
        return CT_FATE_SPLIT;
    if (e->pieces[1] && e->pieces[0] > e->pieces[1])
        return CT_FATE_MERGED;
    return !changed       ? CT_FATE_PERSISTED
           : change > 0.0 ? CT_FATE_GROWN
                          : CT_FATE_FADED;
}

cutis_status ct_add_sides(struct list into[2], struct item side[2],
                          const struct evidence *evidence, struct tools *tools)
{
    const enum ct_fate fate = ct_fate_of(evidence);
    const bool alone = side[0].seen != side[1].seen;
    cutis_status status = CUTIS_OK;
    for (int s = 0; s < 2; s++) {
        side[s].fate = (uint8_t)fate;
        side[s].error = (float)evidence->error;
        side[s].alone = alone;
        TRY(ct_list_add(&into[s], &side[s], tools));
    }

done:
    return status;
}

/* Lesions have a width, not an outline: a disk stands for it. */
static cutis_status draw_disks(uint16_t **out, const struct scene *scene,
                               struct tools *tools)
{
    const struct level *level = &scene->colour;
    uint16_t *owner =
        ct_alloc(&tools->memory, (size_t)level->width * (size_t)level->height,
                 sizeof(*owner));
    if (!owner)
        return ct_no_memory(tools);
    *out = owner;
    for (size_t i = 0; i < scene->lesions.count && i < UINT16_MAX; i++) {
        const struct item *item = &scene->lesions.at[i];
        const double cx = (double)item->x / level->factor;
        const double cy = (double)item->y / level->factor;
        const double r = 0.5 * (double)item->size_mm * level->scale;
        for (int y = (int)(cy - r); y <= (int)(cy + r); y++)
            for (int x = (int)(cx - r); x <= (int)(cx + r); x++) {
                const double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
                if (x < 0 || y < 0 || x >= level->width || y >= level->height ||
                    dx * dx + dy * dy > r * r)
                    continue;
                uint16_t *own =
                    &owner[(size_t)y * (size_t)level->width + (size_t)x];
                *own = *own ? *own : (uint16_t)(i + 1);
            }
    }
    return CUTIS_OK;
}

static cutis_status join_lesions(struct scene scene[2], struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    uint16_t *owner[2] = {NULL, NULL};
    for (int s = 0; s < 2; s++)
        TRY(draw_disks(&owner[s], &scene[s], tools));
    struct marks marks = {
        .scene = {&scene[0], &scene[1]},
        .map = {&scene[0].blood, &scene[1].blood},
        .owner = {owner[0], owner[1]},
        .list = {&scene[0].lesions, &scene[1].lesions},
        .least = lesion_least,
        .grain_mm2 = lesion_grain_mm2,
    };
    TRY(ct_join_marks(&marks, tools));

done:
    ct_free(owner[0]);
    ct_free(owner[1]);
    return status;
}

static cutis_status join_spots(struct scene scene[2], struct tools *tools)
{
    struct marks marks = {
        .scene = {&scene[0], &scene[1]},
        .map = {&scene[0].pigment, &scene[1].pigment},
        .owner = {scene[0].owner, scene[1].owner},
        .list = {&scene[0].spots, &scene[1].spots},
        .least = spot_least,
        .grain_mm2 = spot_grain_mm2,
        .brown = true,
    };
    return ct_join_marks(&marks, tools);
}

cutis_status ct_join(struct scene scene[2], struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (int s = 0; s < 2; s++)
        if (!scene[s].view->warp || !scene[s].view->warp->x.at)
            goto done;
    if (scene[0].owner && scene[1].owner) {
        TRY(join_spots(scene, tools));
        TRY(join_lesions(scene, tools));
        scene[0].marks_paired = scene[1].marks_paired = true;
    }
    TRY(ct_lines_join(scene, tools));
    TRY(ct_join_pores(scene, tools));

done:
    return status;
}
