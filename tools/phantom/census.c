/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/census.h"

#include "phantom/place.h"

/* Blocks of 4 mm as seen from the front, which are 2 cells of the grid a side;
 * skin that is seen too obliquely to measure does not count. */
enum { ACROSS = CT_GRID_X / 2, BLOCKS = ACROSS * (CT_GRID_Y / 2) };
static const float least_cosine = 0.35f;

struct block {
    double area, blood;
};

double ct_blood_excess(const struct census *census, int region)
{
    return CT_H_PER_LN_BLOOD * (census->of[region].ln_blood - census->pale);
}

static size_t block_of(struct vec at)
{
    const size_t cell = ct_grid_cell(at);
    const size_t x = cell % CT_GRID_X, y = cell / CT_GRID_X % CT_GRID_Y;
    return y / 2 * ACROSS + x / 2;
}

/* Adds to a region and to the face. */
static void both(struct census *census, int region, size_t member, double v)
{
    char *face = (char *)&census->of[CT_FACE_REGION] + member;
    *(double *)(void *)face += v;
    if (region != CT_NO_REGION) {
        char *own = (char *)&census->of[region] + member;
        *(double *)(void *)own += v;
    }
}

#define ADD(region, member, v)                                                 \
    both(census, region, offsetof(struct count, member), v)

/* ln of the melanin ratio that melasma makes there, treated or not. */
static double melasma_at(const struct subject *subject, struct vec at)
{
    const struct scene *scene = &subject->scene;
    const double less = (scene->treatment.melasma - 1.0) *
                        (double)ct_treated_at(&subject->skin.regions, at);
    return scene->person.melasma * (double)ct_melasma_at(&scene->person, at) *
           (1.0 + less);
}

/* Variance along an axis of the disk that a lens makes of a place, mm2 there:
 * that of its radius, A |z - d| / 2 d, over 4. */
static double defocus_at(const struct subject *subject,
                         const struct optics *optics, struct vec at)
{
    const struct camera *camera = &subject->scene.camera;
    const double sharp = camera->distance - camera->focus;
    double px[2];
    const double away = ct_project(optics, at, px) - sharp;
    const double radius = 0.5 * camera->aperture * away / sharp;
    return radius * radius / 4.0;
}

/* One triangle of the face's skin. */
static void count_triangle(struct census *census, struct block *block,
                           const struct subject *subject,
                           const struct optics *optics, int t)
{
    const struct mesh *mesh = &subject->mesh;
    const uint32_t *c = mesh->corner[t];
    struct vec at = {0}, there = {0};
    float attribute[CT_A_COUNT] = {0};
    for (int k = 0; k < 3; k++) {
        there = ct_along(there, mesh->at[c[k]], 1.0f / 3.0f);
        at = ct_along(at, mesh->rest[c[k]], 1.0f / 3.0f);
        for (int a = 0; a < CT_A_COUNT; a++)
            attribute[a] += mesh->attribute[c[k]][a] / 3.0f;
    }
    if (!ct_is_bare(&subject->marks, at))
        return;

    const int region = ct_region_at(&subject->skin.regions, at);
    const double area = (double)ct_triangle_area(mesh, t) / 100.0;
    struct place place;
    /* A texel this coarse leaves the relief out, which is not asked for. */
    ct_tissue_at(&place, &subject->skin, at, attribute, 20.0f);
    ADD(region, area, area);
    ADD(region, ln_blood, area * (double)place.blood);
    ADD(region, ln_melanin, area * (double)place.melanin);
    if (subject->scene.person.melasma > 0.0)
        ADD(region, melasma, area * melasma_at(subject, at));
    ADD(region, defocus, area * defocus_at(subject, optics, there));
    ADD(region, relief, area * log((double)attribute[CT_A_RELIEF]));

    const float cosine = mesh->normal[c[0]].z;
    if (cosine < least_cosine)
        return;
    struct block *own = &block[block_of(at)];
    own->area += area * (double)cosine;
    own->blood += area * (double)(cosine * place.blood);
}

static void count_extra(struct census *census, int region,
                        const struct feature *feature)
{
    if (feature->kind == CT_F_FLAKE) {
        ADD(region, flakes, 1.0);
        ADD(region, flake_index, (double)(feature->extent * feature->amount));
    } else if (feature->kind == CT_F_SCAR) {
        ADD(region, scars, 1.0);
        ADD(region, scar_volume, (double)feature->extent);
    } else if (feature->kind == CT_F_VESSEL) {
        const struct vec run = ct_sub(feature->b, feature->a);
        ADD(region, vessel_mm, (double)ct_length(run));
    } else if (feature->kind == CT_F_VELLUS) {
        ADD(region, vellus, 1.0);
    } else if (feature->kind == CT_F_STUBBLE) {
        ADD(region, stubble, 1.0);
    }
}

static void count_feature(struct census *census, const struct subject *subject,
                          const struct feature *feature)
{
    const int region = ct_region_at(&subject->skin.regions, feature->a);
    const double amount = (double)feature->amount;
    const double size = (double)feature->sigma;
    if (feature->kind == CT_F_PORE) {
        const double d = 2.3548 * size;
        ADD(region, pores, 1.0);
        ADD(region, pore_burden, ct_hollow_density(amount, d) * d * d);
    } else if (feature->kind == CT_F_SPOT) {
        ADD(region, spots, 1.0);
        ADD(region, spot_burden, 3.14159265 * size * size * 100.0 * amount);
    } else if (feature->kind == CT_F_WRINKLE) {
        const double length = (double)ct_length(ct_sub(feature->b, feature->a));
        ADD(region, wrinkle_mm, length);
        ADD(region, wrinkle_index, length * amount);
    } else {
        count_extra(census, region, feature);
    }
}

/* The blocks' 25th percentile, by area of skin in them at least a quarter. */
static double pale_of(struct block *block, double *means)
{
    int count = 0;
    for (int i = 0; i < BLOCKS; i++)
        if (block[i].area > 0.04)
            means[count++] = block[i].blood / block[i].area;
    return ct_quantile_d(means, (size_t)count, 0.25);
}

static void finish(struct census *census, const struct person *person)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        struct count *count = &census->of[r];
        const double area = count->area;
        count->ln_blood = count->ln_blood / area + log(person->blood);
        count->ln_melanin = count->ln_melanin / area + log(person->melanin);
        count->relief = exp(count->relief / area) * person->relief;
        count->pore_burden /= area;
        count->spot_burden /= area;
        count->wrinkle_index /= area;
        count->flake_index /= area;
        count->scar_volume /= area;
        count->melasma /= area;
        count->defocus /= area;
    }
    census->pale += log(person->blood);
}

cutis_status ct_census(struct census *out, const struct subject *subject,
                       struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct census census = {0};
    struct block *block = ct_alloc(&tools->memory, BLOCKS, sizeof(*block));
    double *means = ct_alloc(&tools->memory, BLOCKS, sizeof(*means));
    if (!block || !means) {
        status = ct_no_memory(tools);
        goto done;
    }

    struct optics optics;
    ct_optics_make(&optics, &subject->scene.camera, 1);
    for (int t = 0; t < subject->mesh.head_triangles; t++)
        if (subject->mesh.part[t] == CT_PART_FACE)
            count_triangle(&census, block, subject, &optics, t);
    for (size_t i = 0; i < subject->skin.features.count; i++)
        count_feature(&census, subject, &subject->skin.features.at[i]);
    census.pale = pale_of(block, means);
    finish(&census, &subject->scene.person);
    *out = census;
done:
    ct_free(block);
    ct_free(means);
    return status;
}
