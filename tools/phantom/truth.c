/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The truth as JSON: what was in front of the camera, where each landmark and
 * feature lies in the picture, and what the analyser ought to find, in its
 * units.
 */

#include "phantom/phantom.h"

#include "phantom/census.h"

/* ---- Small pieces of JSON ------------------------------------------------ */

static void number(struct text *out, const char *name, double value)
{
    ct_text_format(out, "\"%s\": ", name);
    ct_text_number(out, value);
    ct_text_put(out, ", ");
}

/* Numbers in brackets, with few decimals: these lists are long. */
static void numbers(struct text *out, const double *v, int count, int decimals)
{
    ct_text_put(out, "[");
    for (int i = 0; i < count; i++) {
        if (i)
            ct_text_put(out, ", ");
        ct_text_fixed(out, v[i], decimals);
    }
    ct_text_put(out, "]");
}

static void named(struct text *out, const char *name, const double *v,
                  int count, int decimals)
{
    ct_text_format(out, "\"%s\": ", name);
    numbers(out, v, count, decimals);
    ct_text_put(out, ",\n");
}

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
    number(out, "px_per_mm", camera->px_per_mm);
    number(out, "distance_mm", camera->distance);
    ct_text_put(out, "\n\"pose_deg\": {");
    number(out, "yaw", camera->yaw);
    number(out, "pitch", camera->pitch);
    ct_text_put(out, "\"roll\": ");
    ct_text_number(out, camera->roll);
    ct_text_put(out, "},\n\"lamps\": [");
    for (int i = 0; i < camera->lamps; i++) {
        const struct lamp *lamp = &camera->lamp[i];
        const double v[3] = {lamp->azimuth, lamp->elevation, lamp->strength};
        ct_text_put(out, i ? ", " : "");
        numbers(out, v, 3, 4);
    }
    ct_text_put(out, "], ");
    number(out, "ambient", camera->ambient);
    number(out, "exposure_stops", camera->exposure);
    named(out, "white_balance", camera->white, 3, 6);
    number(out, "tone_curve", camera->curve);
    number(out, "blur_mm", camera->blur);
    number(out, "noise", camera->noise);
    number(out, "read_noise", camera->read_noise);
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
    numbers(out, corners, 8, 2);
    ct_text_put(out, "},\n");
}

static void put_person(struct text *out, const struct subject *subject)
{
    const struct person *person = &subject->scene.person;
    ct_text_format(out, "\"person\": {\"seed\": %llu, ",
                   (unsigned long long)person->seed);
    number(out, "melanin", person->melanin);
    number(out, "blood", person->blood);
    number(out, "ita_deg",
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
        numbers(out, px, 2, 2);
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
        number(out, "area_cm2", count->area);
        number(out, "ln_blood", count->ln_blood);
        number(out, "ln_melanin", count->ln_melanin);
        number(out, "blood_excess_H", ct_blood_excess(census, r));
        number(out, "relief_slope", count->relief);
        number(out, "pores", count->pores);
        number(out, "pore_burden", count->pore_burden);
        number(out, "spots", count->spots);
        number(out, "spot_burden", count->spot_burden);
        number(out, "wrinkle_mm", count->wrinkle_mm);
        ct_text_put(out, "\"wrinkle_index\": ");
        ct_text_number(out, count->wrinkle_index);
        ct_text_put(out, "}");
    }
    ct_text_put(out, "],\n");
}

/* All features of one kind: place in the picture, then what it is. */
static void put_features(struct text *out, const struct subject *subject,
                         const struct optics *optics, enum ct_kind kind,
                         const char *name, const char *columns)
{
    const struct feature_list *list = &subject->skin.features;
    const double width =
        kind == CT_F_PORE || kind == CT_F_WRINKLE ? 2.3548 : 2.0;
    bool first = true;
    ct_text_format(out, "\"%s\": {\"columns\": [%s], \"rows\": [", name,
                   columns);
    for (size_t i = 0; i < list->count; i++) {
        const struct feature *feature = &list->at[i];
        if (feature->kind != kind)
            continue;
        double a[2], b[2];
        ct_project(optics, feature->a, a);
        ct_project(optics, feature->b, b);
        const int region = ct_region_at(&subject->skin.regions, feature->a);
        const double size = (double)feature->sigma * width;
        const double point[5] = {a[0], a[1], size, (double)feature->amount,
                                 region};
        const double line[8] = {a[0],   a[1],         b[0],
                                b[1],   size,         (double)feature->amount,
                                region, feature->line};
        ct_text_put(out, first ? "\n" : ",\n");
        numbers(out, kind == CT_F_WRINKLE ? line : point,
                kind == CT_F_WRINKLE ? 8 : 5, 3);
        first = false;
    }
    ct_text_put(out, "]}");
}

static void put_lists(struct text *out, const struct subject *subject,
                      const struct optics *optics)
{
    put_features(out, subject, optics, CT_F_PORE, "pores",
                 "\"x\", \"y\", \"diameter_mm\", \"depth_mm\", \"region\"");
    ct_text_put(out, ",\n");
    put_features(out, subject, optics, CT_F_SPOT, "spots",
                 "\"x\", \"y\", \"diameter_mm\", \"ln_melanin\", \"region\"");
    ct_text_put(out, ",\n");
    put_features(out, subject, optics, CT_F_PAPULE, "papules",
                 "\"x\", \"y\", \"diameter_mm\", \"ln_blood\", \"region\"");
    ct_text_put(out, ",\n");
    put_features(out, subject, optics, CT_F_WRINKLE, "wrinkles",
                 "\"x0\", \"y0\", \"x1\", \"y1\", \"fwhm_mm\", \"depth_mm\", "
                 "\"region\", \"line\"");
}

static void put_photo(struct text *out, const struct subject *subject,
                      const struct census *census, const char *name)
{
    struct optics optics;
    ct_optics_make(&optics, &subject->scene.camera, 1);
    ct_text_format(out, "{\"file\": \"%s\",\n", name);
    put_person(out, subject);
    put_camera(out, subject);
    put_card(out, &optics, &subject->scene.camera);
    put_landmarks(out, subject, &optics);
    put_census(out, census);
    put_lists(out, subject, &optics);
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
        number(out, "redness_H",
               CT_H_PER_LN_BLOOD * (b->ln_blood - a->ln_blood));
        number(out, "redness_H_excess",
               ct_blood_excess(after, r) - ct_blood_excess(before, r));
        number(out, "ln_melanin", b->ln_melanin - a->ln_melanin);
        number(out, "texture_ratio", b->relief / a->relief);
        number(out, "pore_burden_ratio", b->pore_burden / a->pore_burden);
        number(out, "pigment_spots_ratio", b->spot_burden / a->spot_burden);
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
    ct_text_put(out, "{\"schema\": \"cutis.phantom/1\",\n\"photos\": [\n");
    for (int i = 0; i < truth->count; i++) {
        TRY(ct_census(&census[i], truth->subject[i], tools));
        ct_text_put(out, i ? ",\n" : "");
        put_photo(out, truth->subject[i], &census[i], truth->name[i]);
    }
    ct_text_put(out, "]");
    if (truth->count == 2) {
        ct_text_format(out, ",\n\"treated\": \"%s\",\n",
                       truth->subject[1]->scene.treatment.regions);
        put_change(out, &census[0], &census[1]);
    }
    ct_text_put(out, "}\n");
    if (out->failed)
        status = ct_no_memory(tools);
done:
    return status;
}
