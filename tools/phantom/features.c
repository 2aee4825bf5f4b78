/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Features that are points: pores, spots, papules.  Each is drawn at random on
 * the surface by area, at least so far from the next of its kind (a Poisson
 * disk), and what the treatment does to it is written into it.
 */

#include "phantom/phantom.h"

#include "phantom/place.h"
#include "phantom/scatter.h"

cutis_status ct_feature_add(struct feature_list *list, struct feature feature,
                            struct tools *tools)
{
    if (list->count == list->room) {
        const size_t room = list->room ? list->room * 2 : 4096;
        struct feature *more =
            ct_alloc_raw(&tools->memory, room, sizeof(*more));
        if (!more)
            return ct_no_memory(tools);
        for (size_t i = 0; i < list->count; i++)
            more[i] = list->at[i];
        ct_free(list->at);
        list->at = more;
        list->room = room;
    }
    list->at[list->count++] = feature;
    return CUTIS_OK;
}

/* ---- Keeping apart ------------------------------------------------------- */

struct crowd {
    int32_t *first; /* of each cell */
    int32_t *next;
    struct vec *at;
    int count, room;
};

static void crowd_free(struct crowd *crowd)
{
    ct_free(crowd->first);
    ct_free(crowd->next);
    ct_free(crowd->at);
}

static cutis_status crowd_create(struct crowd *out, int room,
                                 struct tools *tools)
{
    const size_t cells = (size_t)CT_GRID_X * CT_GRID_Y * CT_GRID_Z;
    struct crowd crowd = {.room = room};
    crowd.first = ct_alloc_raw(&tools->memory, cells, sizeof(int32_t));
    crowd.next = ct_alloc_raw(&tools->memory, (size_t)room, sizeof(int32_t));
    crowd.at = ct_alloc_raw(&tools->memory, (size_t)room, sizeof(*crowd.at));
    if (!crowd.first || !crowd.next || !crowd.at) {
        crowd_free(&crowd);
        return ct_no_memory(tools);
    }
    for (size_t i = 0; i < cells; i++)
        crowd.first[i] = -1;
    *out = crowd;
    return CUTIS_OK;
}

/* Adds the point unless one is nearer than `apart`, at most one cell's side. */
static bool crowd_add(struct crowd *crowd, struct vec at, float apart)
{
    for (int k = 0; k < 27; k++) {
        const struct vec step = {(float)(k % 3 - 1) * CT_GRID_MM,
                                 (float)(k / 3 % 3 - 1) * CT_GRID_MM,
                                 (float)(k / 9 - 1) * CT_GRID_MM};
        const size_t cell = ct_grid_cell(ct_add(at, step));
        for (int i = crowd->first[cell]; i >= 0; i = crowd->next[i])
            if (ct_length(ct_sub(crowd->at[i], at)) < apart)
                return false;
    }
    if (crowd->count == crowd->room)
        return false;
    const size_t cell = ct_grid_cell(at);
    crowd->at[crowd->count] = at;
    crowd->next[crowd->count] = crowd->first[cell];
    crowd->first[cell] = crowd->count++;
    return true;
}

/* ---- Kinds --------------------------------------------------------------- */

/* 1 on the cheek; noses and foreheads have more. */
static float pore_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at))
        return 0.0f;
    const struct vec side = {fabsf(at.x), at.y, at.z};
    const struct vec tip = ct_sub(at, ct_vec(0, -10, 66));
    const struct vec brow = ct_sub(at, ct_vec(0, 62, 52));
    const struct vec cheek = ct_sub(side, ct_vec(30, -12, 44));
    return 0.45f + 1.35f * expf(-ct_dot(tip, tip) / 800.0f) +
           0.5f * expf(-ct_dot(brow, brow) / 1800.0f) +
           0.65f * expf(-ct_dot(cheek, cheek) / 1000.0f);
}

cutis_status ct_add_pores(struct tissue *tissue, const struct mesh *mesh,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools)
{
    const struct person *person = &scene->person;
    const uint64_t seed = ct_hash(person->seed, "pores", 5);
    cutis_status status = CUTIS_OK;
    struct crowd crowd = {0};
    struct scatter draw = {0};
    TRY(ct_scatter_places(&draw, mesh, marks, pore_density, seed, tools));

    const double mm2 = ct_scatter_area(&draw);
    const int wanted = (int)(person->pores * mm2 / 100.0);
    const float apart =
        ct_min(0.62f * sqrtf(100.0f / (float)fmax(person->pores, 1.0)), 1.9f);
    TRY(crowd_create(&crowd, wanted + 1, tools));

    int made = 0;
    for (int try = 0; made < wanted && try < 12 * wanted; try++) {
        const struct vec at = ct_scatter_draw(&draw).at;
        const float near = apart / sqrtf(ct_max(pore_density(at, marks), 0.4f));
        const float wide = ct_spread(&draw.random, 0.30f);
        const float deep = ct_spread(&draw.random, 0.36f) * sqrtf(wide);
        if (!crowd_add(&crowd, at, near))
            continue;
        const double size =
            person->pore_size * (double)wide *
            (double)ct_treatment_at(tissue, at, scene->treatment.pore_size);
        const double depth =
            person->pore_depth * (double)deep *
            (double)ct_treatment_at(tissue, at, scene->treatment.pores);
        const struct feature pore = {.a = at,
                                     .b = at,
                                     .sigma = (float)size / 2.3548f,
                                     .amount = (float)depth,
                                     .kind = CT_F_PORE,
                                     .id = (uint32_t)made};
        TRY(ct_feature_add(&tissue->features, pore, tools));
        made++;
    }
done:
    crowd_free(&crowd);
    ct_free(draw.area);
    return status;
}

/* Sun falls on cheeks, nose and forehead. */
static float spot_density(struct vec at, const struct traits *marks)
{
    if (!ct_is_bare(marks, at) || at.z < -25.0f || at.y < -90.0f)
        return 0.0f;
    const struct vec side = {fabsf(at.x), at.y, at.z};
    const struct vec cheek = ct_sub(side, ct_vec(44, 0, 35));
    return 0.35f + 1.4f * expf(-ct_dot(cheek, cheek) / 900.0f);
}

cutis_status ct_add_spots(struct tissue *tissue, const struct mesh *mesh,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools)
{
    const struct person *person = &scene->person;
    const uint64_t seed = ct_hash(person->seed, "spots", 5);
    cutis_status status = CUTIS_OK;
    struct scatter draw = {0};
    TRY(ct_scatter_places(&draw, mesh, marks, spot_density, seed, tools));

    const int spots = (int)person->spots;
    const int count = spots + (int)person->papules;
    for (int i = 0; i < count; i++) {
        const struct vec at = ct_scatter_draw(&draw).at;
        const float wide = ct_spread(&draw.random, 0.42f);
        const float strong = ct_spread(&draw.random, 0.35f);
        const int own = i < spots ? i : i - spots;
        struct feature spot = {
            .a = at, .b = at, .kind = CT_F_SPOT, .id = (uint32_t)own};
        if (i < spots) {
            spot.sigma = ct_clamp(1.05f * wide, 0.5f, 4.0f);
            spot.amount = (float)person->spot_melanin * strong *
                          ct_treatment_at(tissue, at, scene->treatment.spots);
        } else {
            spot.kind = CT_F_PAPULE;
            spot.sigma = ct_clamp(1.1f * wide, 0.6f, 2.2f);
            spot.amount = 0.75f * strong *
                          ct_treatment_at(tissue, at, scene->treatment.papules);
        }
        TRY(ct_feature_add(&tissue->features, spot, tools));
    }
done:
    ct_free(draw.area);
    return status;
}
