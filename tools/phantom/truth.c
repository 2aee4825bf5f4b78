/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The truth as JSON: what was in front of the camera, where each landmark and
 * feature lies in the picture, and what the analyser ought to find, in its
 * units.
 */

#include "phantom/phantom.h"

#include "phantom/census.h"
#include "phantom/maps.h"
#include "phantom/truth.h"

static const char *region_name(int region)
{
    return region == CT_NO_REGION ? "none"
                                  : cutis_region_at((size_t)region)->name;
}

/* ---- One photograph ------------------------------------------------------ */

static void put_camera(struct text *out, const struct subject *subject)
{
    const struct camera *camera = &subject->scene.camera;
    ct_text_format(out, "\"width\": %d, \"height\": %d, ", camera->width,
                   camera->height);
    ct_put_number(out, "px_per_mm", camera->px_per_mm);
    ct_put_number(out, "distance_mm", camera->distance);
    ct_text_put(out, "\n\"pose_deg\": {");
    ct_put_number(out, "yaw", camera->yaw);
    ct_put_number(out, "pitch", camera->pitch);
    ct_text_put(out, "\"roll\": ");
    ct_text_number(out, camera->roll);
    ct_text_put(out, "},\n\"lamps\": [");
    for (int i = 0; i < camera->lamps; i++) {
        const struct lamp *lamp = &camera->lamp[i];
        const double v[3] = {lamp->azimuth, lamp->elevation, lamp->strength};
        ct_text_put(out, i ? ", " : "");
        ct_put_numbers(out, v, 3, 4);
    }
    ct_text_put(out, "], ");
    ct_put_number(out, "ambient", camera->ambient);
    ct_put_number(out, "exposure_stops", camera->exposure);
    ct_put_named(out, "white_balance", camera->white, 3, 6);
    ct_put_number(out, "tone_curve", camera->curve);
    ct_put_number(out, "blur_mm", camera->blur);
    ct_put_number(out, "defocus_mm", camera->defocus);
    ct_put_number(out, "aperture_mm", camera->aperture);
    ct_put_number(out, "focus_mm", camera->focus);
    ct_put_number(out, "sharpen", camera->sharpen);
    ct_put_number(out, "smooth", camera->smooth);
    ct_put_number(out, "noise", camera->noise);
    ct_put_number(out, "read_noise", camera->read_noise);
    ct_text_put(out, "\n");
}

static void put_card(struct text *out, const struct optics *optics,
                     const struct camera *camera)
{
    double low[2], high[2];
    if (!ct_card_box(low, high, optics, camera)) {
        ct_text_put(out, "\"card\": null,\n");
        return;
    }
    const double corners[8] = {low[0],  low[1],  high[0], low[1],
                               high[0], high[1], low[0],  high[1]};
    ct_text_put(out, "\"card\": {\"reflectance\": 0.18, \"corners\": ");
    ct_put_numbers(out, corners, 8, 2);
    ct_text_put(out, "},\n");
}

static void put_person(struct text *out, const struct subject *subject)
{
    const struct person *person = &subject->scene.person;
    ct_text_format(out, "\"person\": {\"seed\": %llu, ",
                   (unsigned long long)person->seed);
    ct_put_number(out, "melanin", person->melanin);
    ct_put_number(out, "blood", person->blood);
    ct_put_number(out, "ita_deg",
                  ct_ita_of_melanin(person->melanin, person->polarised));
    ct_text_format(out, "\"polarised\": %s},\n",
                   person->polarised ? "true" : "false");
}

static void put_landmarks(struct text *out, const struct subject *subject,
                          const struct optics *optics)
{
    ct_text_put(out, "\"landmarks\": [");
    for (int i = 0; i < CT_POINTS; i++) {
        double px[2];
        ct_project(optics, subject->mesh.at[i], px);
        ct_text_put(out, i % 6 ? ", " : i ? ",\n" : "\n");
        ct_put_numbers(out, px, 2, 2);
    }
    ct_text_put(out, "],\n");
}

static void put_census(struct text *out, const struct census *census)
{
    ct_text_put(out, "\"regions\": [");
    for (int r = 0; r < CT_REGIONS; r++) {
        const struct count *count = &census->of[r];
        ct_text_format(out, "%s\n{\"name\": \"%s\", ", r ? "," : "",
                       region_name(r));
        ct_put_number(out, "area_cm2", count->area);
        ct_put_number(out, "ln_blood", count->ln_blood);
        ct_put_number(out, "ln_melanin", count->ln_melanin);
        ct_put_number(out, "blood_excess_H", ct_blood_excess(census, r));
        ct_put_number(out, "relief_slope", count->relief);
        ct_put_number(out, "pores", count->pores);
        ct_put_number(out, "pore_burden", count->pore_burden);
        ct_put_number(out, "spots", count->spots);
        ct_put_number(out, "spot_burden", count->spot_burden);
        ct_put_number(out, "wrinkle_mm", count->wrinkle_mm);
        ct_put_number(out, "flakes", count->flakes);
        ct_put_number(out, "flake_index", count->flake_index);
        ct_put_number(out, "scars", count->scars);
        ct_put_number(out, "scar_volume", count->scar_volume);
        ct_put_number(out, "melasma", count->melasma);
        ct_put_number(out, "vessel_mm", count->vessel_mm);
        ct_put_number(out, "vellus", count->vellus);
        ct_put_number(out, "stubble", count->stubble);
        ct_put_number(out, "defocus_mm2", count->defocus);
        ct_text_put(out, "\"wrinkle_index\": ");
        ct_text_number(out, count->wrinkle_index);
        ct_text_put(out, "}");
    }
    ct_text_put(out, "],\n");
}

/* Which file holds what: low + code / 65535 * (high - low). */
static void put_maps(struct text *out, const char *prefix)
{
    ct_text_put(out, "\"maps\": {");
    for (int m = 0; m < CT_L_COUNT; m++) {
        const struct layer_kind *kind = ct_layer_kind((enum ct_layer)m);
        ct_text_format(out,
                       "%s\n\"%s\": {\"file\": \"%s%s.png\", "
                       "\"unit\": \"%s\", ",
                       m ? "," : "", kind->name, prefix, kind->name,
                       kind->unit);
        ct_put_number(out, "low", kind->low);
        ct_text_put(out, "\"high\": ");
        ct_text_number(out, kind->high);
        ct_text_put(out, "}");
    }
    ct_text_put(out, "},\n");
}

static void put_photo(struct text *out, const struct subject *subject,
                      const struct census *census, const struct vista *view,
                      const char *name, const char *maps)
{
    const struct optics *optics = &view->optics;
    ct_text_format(out, "{\"file\": \"%s\",\n", name);
    if (maps)
        put_maps(out, maps);
    put_person(out, subject);
    ct_text_put(out, "\"expression\": {");
    ct_put_number(out, "smile", subject->scene.expression.smile);
    ct_text_put(out, "\"brows\": ");
    ct_text_number(out, subject->scene.expression.brows);
    ct_text_put(out, "},\n");
    put_camera(out, subject);
    put_card(out, optics, &subject->scene.camera);
    ct_put_chart(out, optics, &subject->scene.camera);
    put_landmarks(out, subject, optics);
    put_census(out, census);
    ct_put_lists(out, subject, view);
    ct_text_put(out, "}");
}

/* ---- A pair -------------------------------------------------------------- */

static void put_change(struct text *out, const struct census *before,
                       const struct census *after)
{
    ct_text_put(out, "\"change\": [");
    for (int r = 0; r < CT_REGIONS; r++) {
        const struct count *a = &before->of[r], *b = &after->of[r];
        ct_text_format(out, "%s\n{\"region\": \"%s\", ", r ? "," : "",
                       region_name(r));
        ct_put_number(out, "redness_H",
                      CT_H_PER_LN_BLOOD * (b->ln_blood - a->ln_blood));
        ct_put_number(out, "redness_H_excess",
                      ct_blood_excess(after, r) - ct_blood_excess(before, r));
        ct_put_number(out, "ln_melanin", b->ln_melanin - a->ln_melanin);
        ct_put_number(out, "texture_ratio", b->relief / a->relief);
        ct_put_number(out, "pore_burden_ratio",
                      b->pore_burden / a->pore_burden);
        ct_put_number(out, "pigment_spots_ratio",
                      b->spot_burden / a->spot_burden);
        ct_put_number(out, "flake_index_ratio",
                      b->flake_index / a->flake_index);
        ct_put_number(out, "scar_volume_ratio",
                      b->scar_volume / a->scar_volume);
        ct_put_number(out, "melasma_ratio", b->melasma / a->melasma);
        ct_text_put(out, "\"wrinkle_index_ratio\": ");
        ct_text_number(out, b->wrinkle_index / a->wrinkle_index);
        ct_text_put(out, "}");
    }
    ct_text_put(out, "]");
}

cutis_status ct_truth_write(struct text *out, const struct truth *truth,
                            struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct census census[2];
    struct vista view[2] = {{.width = 0}, {.width = 0}};
    ct_text_put(out, "{\"schema\": \"cutis.phantom/1\",\n\"photos\": [\n");
    for (int i = 0; i < truth->count; i++) {
        const struct subject *subject = truth->subject[i];
        TRY(ct_census(&census[i], subject, tools));
        TRY(ct_view_create(&view[i], &subject->mesh, &subject->scene.camera, 1,
                           tools));
        ct_text_put(out, i ? ",\n" : "");
        put_photo(out, subject, &census[i], &view[i], truth->name[i],
                  truth->maps[i]);
    }
    ct_text_put(out, "]");
    if (truth->count == 2) {
        ct_text_format(out, ",\n\"treated\": \"%s\",\n",
                       truth->subject[1]->scene.treatment.regions);
        TRY(ct_put_warp(out, truth, view, tools));
        put_change(out, &census[0], &census[1]);
    }
    ct_text_put(out, "}\n");
    if (out->failed)
        status = ct_no_memory(tools);
done:
    ct_view_free(&view[0]);
    ct_view_free(&view[1]);
    return status;
}
