/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Skin is Lambertian: its colour times the lamps' cosines with the normal that
 * the relief has tilted (n - grad h), plus the sky's share, plus the sheen of
 * the surface (Blinn and Phong's, with Schlick's Fresnel term).  The sum over
 * lamps and sky is 1 for a card that faces the camera.
 */

#include "phantom/shade.h"

#include "phantom/expression.h"
#include "phantom/targets.h"

struct shading {
    const struct mesh *mesh;
    const struct traits *marks;
    const struct tissue *tissue;
    struct optics optics;
    struct colours colours;
    float ln_melanin, ln_blood; /* the person's */
    float sheen, scales;        /* 0 between crossed polarisers */
    struct targets targets;
    float backdrop[2]; /* 1 / size of the picture */
};

cutis_status ct_shading_create(struct shading **out, const struct mesh *mesh,
                               const struct traits *marks,
                               const struct tissue *tissue,
                               const struct scene *scene,
                               const struct optics *optics, struct tools *tools)
{
    struct shading *shading = ct_alloc(&tools->memory, 1, sizeof(*shading));
    if (!shading)
        return ct_no_memory(tools);
    shading->mesh = mesh;
    shading->marks = marks;
    shading->tissue = tissue;
    shading->optics = *optics;
    ct_colours_fill(&shading->colours, scene->person.polarised);
    shading->ln_melanin = logf((float)scene->person.melanin);
    shading->ln_blood = logf((float)scene->person.blood);
    shading->sheen = scene->person.polarised ? 0.0f : 0.60f;
    shading->scales = scene->person.polarised ? 0.0f : 1.0f;
    ct_targets_make(&shading->targets, optics, &scene->camera);
    shading->backdrop[0] = (float)(0.5 / optics->middle[0]);
    shading->backdrop[1] = (float)(0.5 / optics->middle[1]);
    *out = shading;
    return CUTIS_OK;
}

/* ---- Light --------------------------------------------------------------- */

/* A point of a surface about to be lit. */
struct lit {
    struct vec at, normal;
    struct vec rest; /* the place on the face at rest */
    float attribute[CT_A_COUNT];
};

static float sky(const struct shading *shading, const struct lit *lit)
{
    /* Skin lights its own hollows: a third of what is hidden comes back. */
    const float open = 0.35f + 0.65f * ct_min(lit->attribute[CT_A_OPEN], 1.0f);
    return (float)shading->optics.ambient * open *
           (0.86f + 0.14f * lit->normal.y);
}

static float irradiance(const struct shading *shading, const struct lit *lit)
{
    float sum = sky(shading, lit);
    for (int i = 0; i < CT_LAMPS; i++)
        sum += (float)shading->optics.strength[i] *
               lit->attribute[CT_A_LAMP_0 + i] *
               ct_max(ct_dot(lit->normal, shading->optics.lamp[i]), 0.0f);
    return sum;
}

/* Blinn and Phong's lobe, its exponent 3 * 2^squarings. */
static float gloss(const struct shading *shading, const struct lit *lit,
                   int squarings)
{
    const struct vec to_eye = ct_unit(ct_sub(shading->optics.camera, lit->at));
    const float exponent = 3.0f * (float)(1 << squarings);
    float sum = 0.0f;
    for (int i = 0; i < CT_LAMPS; i++) {
        const float seen = (float)shading->optics.strength[i] *
                           lit->attribute[CT_A_LAMP_0 + i];
        if (seen <= 0.0f)
            continue;
        const struct vec half =
            ct_unit(ct_add(to_eye, shading->optics.lamp[i]));
        const float cosine = ct_max(ct_dot(lit->normal, half), 0.0f);
        float lobe = cosine * cosine * cosine;
        for (int k = 0; k < squarings; k++)
            lobe *= lobe;
        const float away = 1.0f - ct_max(ct_dot(to_eye, half), 0.0f);
        const float fresnel =
            0.028f + 0.972f * away * away * away * away * away;
        sum += seen * fresnel * lobe * (exponent + 8.0f) / 8.0f;
    }
    return sum;
}

/* ---- Materials ----------------------------------------------------------- */

static void tilt(struct lit *lit, struct vec slope, float share)
{
    const struct vec n = lit->normal;
    const struct vec along = ct_along(slope, n, -ct_dot(slope, n));
    lit->normal = ct_unit(ct_along(n, along, -share));
}

/* The skin's colour with hairs and paint; how much of it is flat. */
static struct paint colour_of(const struct shading *shading,
                              const struct lit *lit, const struct place *place,
                              enum ct_part part)
{
    const struct tissue *tissue = shading->tissue;
    struct paint paint = {.normal = lit->normal};
    ct_colours_at(&shading->colours, shading->ln_melanin + place->melanin,
                  shading->ln_blood + place->blood, paint.rgb);
    const float hollow = expf(-2.302585f * place->shade);
    const float lips = lit->attribute[CT_A_LIPS];
    for (int c = 0; c < 3; c++)
        paint.rgb[c] *=
            hollow * (lips > 0.0f ? powf(tissue->lip[c], lips) : 1.0f);
    if (part == CT_PART_FACE)
        ct_paint_face(&paint, shading->marks, tissue, lit->rest);
    for (int c = 0; c < 3; c++)
        paint.rgb[c] = ct_mix(paint.rgb[c] + shading->scales * place->flake,
                              tissue->hair[c], place->hair);
    return paint;
}

/* The slope of the skin at rest on the triangle as it is. */
static struct vec carried(const struct mesh *mesh, uint32_t t, struct vec slope)
{
    const uint32_t *c = mesh->corner[t];
    const struct vec was[2] = {ct_sub(mesh->rest[c[1]], mesh->rest[c[0]]),
                               ct_sub(mesh->rest[c[2]], mesh->rest[c[0]])};
    const struct vec is[2] = {ct_sub(mesh->at[c[1]], mesh->at[c[0]]),
                              ct_sub(mesh->at[c[2]], mesh->at[c[0]])};
    return ct_carried(slope, was, is);
}

static void shade_skin(const struct shading *shading, struct lit *lit,
                       uint32_t t, struct seen *out)
{
    const enum ct_part part = (enum ct_part)shading->mesh->part[t];
    const float texel =
        (float)(1.0 / ct_local_scale(&shading->optics, lit->at));
    struct place *place = &out->place;
    ct_tissue_at(place, shading->tissue, lit->rest, lit->attribute, texel);

    const struct paint paint = colour_of(shading, lit, place, part);
    const float lips = lit->attribute[CT_A_LIPS];
    lit->normal = paint.normal;
    const struct vec slope = shading->mesh->moved
                                 ? carried(shading->mesh, t, place->slope)
                                 : place->slope;
    tilt(lit, slope, 1.0f - paint.flat);
    const float light = irradiance(shading, lit);
    const float bare = (1.0f - paint.flat) * (1.0f - place->hair);
    const float oil = lit->attribute[CT_A_SHINE] + 0.5f * lips;
    const float sheen = shading->sheen * oil * bare * gloss(shading, lit, 3);
    const float wet =
        paint.gloss > 0.0f ? 4.0f * paint.gloss * gloss(shading, lit, 8) : 0.0f;
    out->skin = part == CT_PART_FACE && paint.flat <= 0.0f;
    out->rest = lit->rest;
    out->flake = shading->scales * place->flake;
    out->specular = sheen + ct_min(wet, 1.0f);
    for (int c = 0; c < 3; c++)
        out->rgb[c] = paint.rgb[c] * light + sheen + ct_min(wet, 1.0f);
}

/* Kajiya and Kay's strands, each with a brightness of its own. */
static void shade_hair(const struct shading *shading, struct lit *lit,
                       float rgb[3])
{
    const struct vec crown = {0, 118, -62};
    const struct vec from = ct_sub(lit->at, crown);
    const struct vec along = ct_hair_tangent(lit->at);
    const float angle = atan2f(from.x, from.z);
    const float run = ct_length(from);
    const struct vec strand = {angle * 34.0f, run * 0.035f, 0.6f * from.y / 60};
    const float fine = ct_solid_noise(ct_mul(strand, 2.2f), 21, NULL);
    const float lock = ct_solid_noise(strand, 22, NULL);

    const struct vec to_eye = ct_unit(ct_sub(shading->optics.camera, lit->at));
    float sheen = 0.0f, body = 1.6f * (float)shading->optics.ambient;
    for (int i = 0; i < CT_LAMPS; i++) {
        const struct vec lamp = shading->optics.lamp[i];
        const float seen = (float)shading->optics.strength[i] *
                           lit->attribute[CT_A_LAMP_0 + i];
        const float c = ct_dot(along, ct_unit(ct_add(lamp, to_eye)));
        const float s = sqrtf(ct_max(1.0f - c * c, 0.0f));
        const float facing = ct_max(ct_dot(lit->normal, lamp) + 0.25f, 0.0f);
        body += seen * facing;
        sheen += seen * facing * powf(s, 60.0f);
    }
    const float bright = ct_max(1.0f + 0.22f * fine + 0.2f * lock, 0.3f);
    for (int c = 0; c < 3; c++)
        rgb[c] =
            shading->tissue->hair[c] * body * bright +
            (0.02f + 0.5f * shading->tissue->hair[c]) * 0.6f * sheen * bright;
}

bool ct_hair_covers(const struct mesh *mesh, const uint32_t corner[3],
                    const float w[3])
{
    float depth = 0.0f;
    for (int k = 0; k < 3; k++)
        depth += w[k] * mesh->attribute[corner[k]][CT_A_RELIEF];
    if (depth > 9.0f)
        return true;
    const struct vec at = ct_interpolate(mesh->at, corner, w);
    const struct vec from = ct_sub(at, ct_vec(0, 118, -62));
    const float angle = atan2f(from.x, from.z);
    const struct vec lock = {angle * 45.0f, ct_length(from) * 0.05f, 0};
    const struct vec strand = {angle * 260.0f, ct_length(from) * 0.10f, 0};
    const float ragged = 1.1f * ct_solid_noise(lock, 23, NULL) +
                         2.6f * ct_solid_noise(strand, 24, NULL);
    return depth > 3.0f + ragged;
}

void ct_shade(const struct shading *shading, uint32_t t, const float w[3],
              struct seen *out)
{
    const struct mesh *mesh = shading->mesh;
    const uint32_t *c = mesh->corner[t];
    float *rgb = out->rgb;
    *out = (struct seen){.skin = false};
    const enum ct_part part = (enum ct_part)mesh->part[t];
    struct lit lit = {.at = ct_interpolate(mesh->at, c, w),
                      .normal = ct_unit(ct_interpolate(mesh->normal, c, w)),
                      .rest = ct_interpolate(mesh->rest, c, w)};
    for (int a = 0; a < CT_A_COUNT; a++)
        lit.attribute[a] = w[0] * mesh->attribute[c[0]][a] +
                           w[1] * mesh->attribute[c[1]][a] +
                           w[2] * mesh->attribute[c[2]][a];
    const struct vec to_eye = ct_sub(shading->optics.camera, lit.at);
    if (ct_dot(to_eye, lit.normal) < 0.0f && part >= CT_PART_EAR)
        lit.normal = ct_mul(lit.normal, -1.0f);

    switch (part) {
    case CT_PART_FACE:
    case CT_PART_HEAD:
    case CT_PART_EAR:
    case CT_PART_NECK:
        shade_skin(shading, &lit, t, out);
        break;
    case CT_PART_HAIR:
        shade_hair(shading, &lit, rgb);
        break;
    case CT_PART_CLOTH:
        for (int k = 0; k < 3; k++)
            rgb[k] =
                shading->tissue->cloth[k] * irradiance(shading, &lit) *
                (1.0f + 0.04f * ct_solid_noise(ct_mul(lit.at, 1.2f), 31, NULL));
        break;
    }
}

/* A grey wall, a little brighter behind the head. */
void ct_shade_backdrop(const struct shading *shading, int x, int y,
                       float rgb[3])
{
    const float u = ((float)x + 0.5f) * shading->backdrop[0] - 0.5f;
    const float v = ((float)y + 0.5f) * shading->backdrop[1] - 0.42f;
    const float wall = 0.255f * (1.06f - 0.22f * (u * u + v * v));
    rgb[0] = wall * 0.99f;
    rgb[1] = wall;
    rgb[2] = wall * 1.015f;
}

bool ct_shade_target(const struct shading *shading, int x, int y, float rgb[3])
{
    return ct_target_at(&shading->targets, x, y, rgb);
}
