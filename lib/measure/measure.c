/* SPDX-License-Identifier: BSD-2-Clause */

/* Prepares the scene, asks every metric, and gives the readings away. */

#include <math.h>
#include <string.h>

#include "measure/cells.h"
#include "util/lanes.h"

static const double colour_scale = 4.0; /* px per mm, at least */
static const double relief_scale = 6.0;

/* Resolutions, px per mm, below which a part of the scene is not made. */
static const double least_colour = 3.0, least_relief = 5.0, least_lines = 8.0;

/* The largest whole factor that leaves `least` px per mm and a pixel. */
static int factor_for(const struct view *view, double least)
{
    const struct plane *like = &view->skin->red;
    const int side = like->width < like->height ? like->width : like->height;
    const double most = view->face->work_scale / least;
    const int factor = most < 64.0 ? (int)most : 64;
    return factor < 1 ? 1 : factor > side ? side : factor;
}

void ct_scene_free(struct scene *scene)
{
    struct plane *const planes[] = {
        &scene->red,    &scene->green,     &scene->blue,      &scene->od[0],
        &scene->od[1],  &scene->od[2],     &scene->lab[0],    &scene->lab[1],
        &scene->lab[2], &scene->blood,     &scene->blood_raw, &scene->pigment,
        &scene->shine,  &scene->chroma[0], &scene->chroma[1], &scene->chroma[2],
        &scene->haze,   &scene->density,   &scene->flake,     &scene->fine,
    };
    for (size_t i = 0; i < sizeof(planes) / sizeof(planes[0]); i++)
        ct_plane_free(planes[i]);
    ct_bytes_free(&scene->specular);
    ct_bytes_free(&scene->good);
    ct_bytes_free(&scene->halo);
    ct_bytes_free(&scene->lit);
    ct_level_free(&scene->colour);
    ct_level_free(&scene->relief);
    ct_list_free(&scene->lesions);
    ct_list_free(&scene->spots);
    ct_list_free(&scene->pores);
    ct_list_free(&scene->flakes);
    ct_lines_free(&scene->lines);
    ct_cells_free(scene->cells);
    ct_free(scene->patch);
    ct_free(scene->owner);
    ct_free(scene->scratch);
    *scene = (struct scene){0};
}

cutis_status ct_scratch(struct scene *scene, size_t count, struct tools *tools)
{
    if (scene->scratch && count <= scene->scratch_count)
        return CUTIS_OK;
    ct_free(scene->scratch);
    scene->scratch_count = count;
    scene->scratch = ct_alloc_raw(&tools->memory, count, sizeof(float));
    return scene->scratch ? CUTIS_OK : ct_no_memory(tools);
}

static cutis_status colour_scratch(struct scene *scene, struct tools *tools)
{
    return ct_scratch(
        scene, (size_t)scene->colour.width * (size_t)scene->colour.height,
        tools);
}

static cutis_status prepare_colour(struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    TRY(ct_colour_planes(scene, tools));
    TRY(ct_specular(scene, tools));
    if (scene->view->face->work_scale < least_colour || scene->view->skin->grey)
        goto done;
    TRY(ct_blood(scene, tools));
    TRY(ct_pigment(scene, tools));
    TRY(ct_lesions(scene, tools));
    TRY(ct_spots(scene, tools));

done:
    return status;
}

static bool pores_are_possible(const struct view *view)
{
    return view->face->work_scale >= ct_pore_density.about.min_px_per_mm &&
           view->blur_mm <= ct_pore_density.most_blur_mm;
}

static bool scabs_are_possible(const struct scene *scene)
{
    return scene->view->face->work_scale >= ct_flakes.about.min_px_per_mm &&
           scene->pigment.at;
}

/* Planes that only others were made from; two scenes live at once. */
static void free_light(struct scene *scene)
{
    ct_plane_free(&scene->red);
    ct_plane_free(&scene->green);
    ct_plane_free(&scene->blue);
}

static void free_tints(struct scene *scene)
{
    for (int c = 0; c < 3; c++) {
        ct_plane_free(&scene->od[c]);
        ct_plane_free(&scene->lab[c]);
    }
}

static void free_surroundings(struct scene *scene)
{
    for (int c = 0; c < 3; c++)
        ct_plane_free(&scene->chroma[c]);
    ct_plane_free(&scene->haze);
    ct_bytes_free(&scene->halo);
    ct_bytes_free(&scene->relief.glare);
}

/* What only the bands were sorted by. */
static void free_order(struct scene *scene)
{
    ct_plane_free(&scene->flake);
    ct_free(scene->relief.index);
    scene->relief.index = NULL;
    ct_free(scene->scratch);
    scene->scratch = NULL;
}

cutis_status ct_scene_create(struct scene *scene, const struct view *view,
                             struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    *scene = (struct scene){
        .view = view, .blood_floor = NAN, .blood_reference = NAN};
    ct_tone_at(&scene->tone, view->ita_ref, view->polarised);
    TRY(ct_judge_pixels(&scene->good, view, tools));
    TRY(ct_level_create(&scene->colour, view, &scene->good, CT_COLOUR,
                        factor_for(view, colour_scale), tools));
    TRY(colour_scratch(scene, tools));
    TRY(prepare_colour(scene, tools));
    free_light(scene);

done:
    return status;
}

cutis_status ct_scene_relief(struct scene *scene, struct tools *tools)
{
    const struct view *const view = scene->view;
    const double scale = view->face->work_scale;
    cutis_status status = CUTIS_OK;

    free_tints(scene);
    ct_shine_mark(scene);
    if (view->warp)
        TRY(ct_cells_create(&scene->cells, tools));
    TRY(ct_level_create(&scene->relief, view, &scene->good, CT_RELIEF,
                        factor_for(view, relief_scale), tools));
    TRY(ct_relief(scene, tools));
    free_surroundings(scene);
    if (scale >= least_relief)
        TRY(ct_bands(scene, tools));
    free_order(scene);
    TRY(ct_progress(tools, 0.25));
    if (scale >= least_lines)
        TRY(ct_lines_find(&scene->lines, scene, tools));
    TRY(ct_progress(tools, 0.6));
    if (pores_are_possible(view))
        TRY(ct_pores(scene, tools));

done:
    return status;
}

/* A number or a reason: nothing in between. */
static void settle(struct reading *row)
{
    if (!ct_is_open(row))
        return;
    if (!isfinite(row->value))
        ct_close(row, "too little skin to tell");
}

/* The metrics whose turn it is. */
static cutis_status ask(struct readings *out, struct scene *scene, bool early,
                        struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (int i = 0; i < CT_METRICS; i++) {
        struct reading *rows = out->of[i];
        if (ct_metrics[i]->early != early)
            continue;
        ct_open_rows(rows, ct_metrics[i], scene);
        TRY(ct_pulse(tools));
        TRY(ct_metrics[i]->measure(rows, scene, tools));
        for (int r = 0; r < CT_REGIONS; r++)
            settle(&rows[r]);
    }

done:
    return status;
}

/* Lesions and spots in one list; pores and flakes. */
static cutis_status give_lists(struct readings *out, struct scene *scene,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (size_t i = 0; i < scene->lesions.count; i++)
        TRY(ct_list_add(&scene->spots, &scene->lesions.at[i], tools));
    out->spots = scene->spots.at;
    out->spot_count = scene->spots.count;
    out->pores = scene->pores.at;
    out->pore_count = scene->pores.count;
    out->spots_paired = scene->marks_paired;
    out->pores_paired = scene->pores_paired;
    out->flakes = scene->flakes.at;
    out->flake_count = scene->flakes.count;
    scene->spots = scene->pores = scene->flakes = (struct list){0};

done:
    return status;
}

/* What the scene says, without the scene. */
static cutis_status read_scene(struct readings *out, struct cells **cells,
                               struct scene *scene, bool maps,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    ct_plane_free(&scene->density);
    ct_free(scene->owner);
    scene->owner = NULL;
    if (scene->cells)
        TRY(ct_cells_complete(scene->cells, tools));
    TRY(colour_scratch(scene, tools));
    TRY(ask(out, scene, false, tools));
    if (maps) {
        TRY(ct_maps(out, scene, tools));
        out->shine = scene->specular;
        scene->specular = (struct bytes){0};
    }
    if (scene->cells)
        ct_cells_fill(scene, out);
    *cells = scene->cells;
    scene->cells = NULL;
    TRY(give_lists(out, scene, tools));
    ct_scene_free(scene);

done:
    return status;
}

/* One photograph or two, which are compared. */
struct pass {
    struct scene *scene;
    struct readings *made;
    struct cells *cells[2];
    const struct view *view;
    bool maps;
};

static cutis_status make_scene(void *context, int i, struct tools *tools)
{
    const struct pass *const all = context;
    return ct_scene_create(&all->scene[i], &all->view[i], tools);
}

static cutis_status make_relief(void *context, int i, struct tools *tools)
{
    const struct pass *const all = context;
    struct scene *const scene = &all->scene[i];
    cutis_status status;

    TRY(ask(&all->made[i], scene, true, tools));
    if (scabs_are_possible(scene))
        TRY(ct_scabs(scene->scabs, scene, tools));
    TRY(ct_scene_relief(scene, tools));
done:
    return status;
}

static cutis_status read_out(void *context, int i, struct tools *tools)
{
    struct pass *const all = context;
    return read_scene(&all->made[i], &all->cells[i], &all->scene[i], all->maps,
                      tools);
}

static cutis_status measure(struct readings *out, const struct view *view,
                            int count, bool maps, struct tools *tools)
{
    const double from = tools->progress_from, to = tools->progress_to;
    cutis_status status = CUTIS_OK;
    struct scene *scene = ct_alloc(&tools->memory, 2, sizeof(*scene));
    struct readings *made = ct_alloc(&tools->memory, 2, sizeof(*made));
    struct pass all = {scene, made, {NULL, NULL}, view, maps};
    if (!scene || !made)
        TRY(ct_no_memory(tools));

    tools->progress_to = from + 0.15 * (to - from);
    TRY(ct_side_by_side(tools, count, make_scene, &all, NULL));
    ct_blood_level(scene, count);
    tools->progress_from = tools->progress_to;
    tools->progress_to = from + 0.75 * (to - from);
    TRY(ct_side_by_side(tools, count, make_relief, &all, NULL));
    tools->progress_from = tools->progress_to;
    tools->progress_to = to;
    if (count == 2) {
        TRY(ct_join(scene, tools));
        ct_join_patterns(scene);
    }
    TRY(ct_side_by_side(tools, count, read_out, &all, NULL));
    if (count == 2)
        TRY(ct_cells_meet(made, all.cells, tools));
    TRY(ct_progress(tools, 1.0));
    for (int i = 0; i < count; i++) {
        out[i] = made[i];
        made[i] = (struct readings){0};
    }

done:
    for (int i = 0; i < 2; i++) {
        if (made)
            ct_readings_free(&made[i]);
        if (scene)
            ct_scene_free(&scene[i]);
        ct_cells_free(all.cells[i]);
    }
    ct_free(made);
    ct_free(scene);
    tools->progress_from = from;
    tools->progress_to = to;
    return status;
}

cutis_status ct_measure(struct readings *out, const struct view *view,
                        bool maps, struct tools *tools)
{
    return measure(out, view, 1, maps, tools);
}

cutis_status ct_measure_pair(struct readings out[2], const struct view view[2],
                             bool maps, struct tools *tools)
{
    return measure(out, view, 2, maps, tools);
}

void ct_readings_free(struct readings *readings)
{
    for (int i = 0; i < CT_MAPS; i++)
        ct_plane_free(&readings->map[i]);
    ct_bytes_free(&readings->shine);
    ct_free(readings->spots);
    ct_free(readings->pores);
    ct_free(readings->flakes);
    readings->spots = readings->pores = readings->flakes = NULL;
    readings->spot_count = readings->pore_count = readings->flake_count = 0;
}
