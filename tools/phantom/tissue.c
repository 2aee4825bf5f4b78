/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The skin at a point: the features near it, found through a grid of cells,
 * and the fine relief that is everywhere.
 */

#include "phantom/phantom.h"

#include <string.h>

#include "phantom/census.h"
#include "phantom/scars.h"

/* Hollows see less of the light: optical density of a pit or furrow as deep as
 * it is wide.  This, not the slope, is why a pore is dark when lit from the
 * front. */
static const float hollow_od = 0.30f;

/* Furrows are open to the side, so they hide less than pits. */
static const float furrow_od = 0.10f;

double ct_hollow_density(double depth_mm, double fwhm_mm)
{
    return (double)hollow_od * depth_mm / fwhm_mm;
}

/* ---- Grid ---------------------------------------------------------------- */

static int cell_axis(float v, int count)
{
    const int i = (int)floorf(v / (float)CT_GRID_MM) + count / 2;
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

size_t ct_grid_cell(struct vec at)
{
    return ((size_t)cell_axis(at.z, CT_GRID_Z) * CT_GRID_Y +
            (size_t)cell_axis(at.y, CT_GRID_Y)) *
               CT_GRID_X +
           (size_t)cell_axis(at.x, CT_GRID_X);
}

/* How far a feature reaches, mm. */
static float reach_of(const struct feature *feature)
{
    switch ((enum ct_kind)feature->kind) {
    case CT_F_SPOT:
        return feature->sigma * 1.7f;
    case CT_F_HAIR:
    case CT_F_VELLUS:
    case CT_F_STUBBLE:
        return feature->sigma + 0.35f;
    case CT_F_SCAR:
        return ct_scar_reach(feature);
    case CT_F_FLAKE:
        return ct_flake_reach(feature);
    case CT_F_PORE:
    case CT_F_PAPULE:
    case CT_F_WRINKLE:
    case CT_F_VESSEL:
    case CT_F_KINDS:
        break;
    }
    return feature->sigma * 3.3f;
}

/* Calls for every cell that a feature may reach: counts, or writes. */
static void grid_pass(struct tissue *tissue, uint32_t *place, uint32_t *index)
{
    for (size_t f = 0; f < tissue->features.count; f++) {
        const struct feature *feature = &tissue->features.at[f];
        const float r = reach_of(feature);
        const struct vec a = feature->a, b = feature->b;
        const int x0 = cell_axis(ct_min(a.x, b.x) - r, CT_GRID_X);
        const int x1 = cell_axis(ct_max(a.x, b.x) + r, CT_GRID_X);
        const int y0 = cell_axis(ct_min(a.y, b.y) - r, CT_GRID_Y);
        const int y1 = cell_axis(ct_max(a.y, b.y) + r, CT_GRID_Y);
        const int z0 = cell_axis(ct_min(a.z, b.z) - r, CT_GRID_Z);
        const int z1 = cell_axis(ct_max(a.z, b.z) + r, CT_GRID_Z);
        const int across = x1 - x0 + 1, up = y1 - y0 + 1, deep = z1 - z0 + 1;

        for (int k = 0; k < across * up * deep; k++) {
            const size_t x = (size_t)(x0 + k % across);
            const size_t y = (size_t)(y0 + k / across % up);
            const size_t z = (size_t)(z0 + k / (across * up));
            const size_t cell = (z * CT_GRID_Y + y) * CT_GRID_X + x;
            if (index)
                index[place[cell]] = (uint32_t)f;
            place[cell]++;
        }
    }
}

cutis_status ct_grid_build(struct tissue *tissue, struct tools *tools)
{
    const size_t cells = (size_t)CT_GRID_X * CT_GRID_Y * CT_GRID_Z;
    cutis_status status = CUTIS_OK;
    uint32_t *place = ct_alloc(&tools->memory, cells + 1, sizeof(*place));
    tissue->start = ct_alloc(&tools->memory, cells + 1, sizeof(uint32_t));
    if (!place || !tissue->start) {
        status = ct_no_memory(tools);
        goto done;
    }

    grid_pass(tissue, place, NULL);
    uint32_t sum = 0;
    for (size_t i = 0; i < cells; i++) {
        tissue->start[i] = sum;
        sum += place[i];
        place[i] = tissue->start[i];
    }
    tissue->start[cells] = sum;
    tissue->index = ct_alloc(&tools->memory, (size_t)sum + 1, sizeof(uint32_t));
    if (!tissue->index) {
        status = ct_no_memory(tools);
        goto done;
    }
    grid_pass(tissue, place, tissue->index);
done:
    ct_free(place);
    return status;
}

/* ---- Features at a point ------------------------------------------------- */

struct vec ct_from_feature(const struct feature *feature, struct vec at)
{
    const struct vec d = ct_sub(at, feature->a);
    const struct vec e = ct_sub(feature->b, feature->a);
    const float whole = ct_dot(e, e);
    if (whole <= 0.0f)
        return d;
    const float t = ct_clamp(ct_dot(d, e) / whole, 0.0f, 1.0f);
    return ct_along(d, e, -t);
}

/* A Gaussian hollow `deep` mm deep, of that sigma. */
static void add_hollow(struct place *out, struct vec d, float square,
                       float deep, float sigma)
{
    const float variance = sigma * sigma;
    const float bell = deep * expf(-0.5f * square / variance);
    out->height -= bell;
    out->slope = ct_along(out->slope, d, bell / variance);
    out->shade += hollow_od * bell / (2.3548f * sigma);
}

static void add_scar(struct place *out, const struct feature *feature,
                     struct vec d, float square)
{
    float slope;
    const float r = sqrtf(square);
    const float deep = feature->amount * ct_scar_profile(feature, r, &slope);
    out->height -= deep;
    if (r > 1e-6f)
        out->slope = ct_along(out->slope, d, -feature->amount * slope / r);
    out->shade += hollow_od * deep / ct_scar_diameter(feature);
}

static void add_point(struct place *out, const struct feature *feature,
                      struct vec d, float square, struct vec at)
{
    const float s = feature->sigma;
    if (feature->kind == CT_F_PORE) {
        add_hollow(out, d, square, feature->amount, s);
    } else if (feature->kind == CT_F_SCAR) {
        add_scar(out, feature, d, square);
    } else if (feature->kind == CT_F_FLAKE) {
        out->flake +=
            feature->amount * ct_flake_profile(feature, sqrtf(square), at);
    } else if (feature->kind == CT_F_PAPULE) {
        const float bell = expf(-0.5f * square / (s * s));
        const float lift = 0.16f * feature->amount;
        out->blood += feature->amount * bell;
        out->height += lift * bell;
        out->slope = ct_along(out->slope, d, -lift * bell / (s * s));
    } else {
        const float ragged =
            1.0f + 0.13f * ct_solid_noise(ct_mul(at, 0.65f / s), 77, NULL) +
            0.05f * ct_solid_noise(ct_mul(at, 2.1f / s), 78, NULL);
        const float r = sqrtf(square) / s * ragged;
        out->melanin += feature->amount * ct_step(1.30f, 0.70f, r);
    }
}

/* Of the segments of lines, the strongest counts. */
struct deepest {
    float bell, sigma, amount;
    struct vec d;
    float square;
};

static void take_line(struct deepest *deepest, const struct feature *feature,
                      struct vec d, float square)
{
    const float bell = feature->amount *
                       expf(-0.5f * square / (feature->sigma * feature->sigma));
    if (bell > deepest->bell)
        *deepest =
            (struct deepest){bell, feature->sigma, feature->amount, d, square};
}

/* How much of the pixel a hair covers. */
static float cover(const struct feature *feature, float square, float texel)
{
    const float wide = 2.0f * feature->sigma;
    const float drawn = ct_max(wide, texel);
    const float edge =
        ct_clamp((0.5f * drawn - sqrtf(square)) / texel + 0.5f, 0.0f, 1.0f);
    return feature->amount * edge * wide / drawn;
}

static bool is_hair(const struct feature *feature)
{
    return feature->kind == CT_F_HAIR || feature->kind == CT_F_VELLUS ||
           feature->kind == CT_F_STUBBLE;
}

static void add_features(struct place *out, const struct tissue *tissue,
                         struct vec at, float texel)
{
    const size_t cell = ct_grid_cell(at);
    struct deepest wrinkle = {0}, vessel = {0};

    for (uint32_t i = tissue->start[cell]; i < tissue->start[cell + 1]; i++) {
        const struct feature *feature = &tissue->features.at[tissue->index[i]];
        const struct vec d = ct_from_feature(feature, at);
        const float square = ct_dot(d, d), reach = reach_of(feature);
        if (square > reach * reach)
            continue;
        if (is_hair(feature))
            out->hair = 1.0f - (1.0f - out->hair) *
                                   (1.0f - cover(feature, square, texel));
        else if (feature->kind == CT_F_WRINKLE)
            take_line(&wrinkle, feature, d, square);
        else if (feature->kind == CT_F_VESSEL)
            take_line(&vessel, feature, d, square);
        else
            add_point(out, feature, d, square, at);
    }
    out->blood += vessel.bell;
    if (wrinkle.bell > 0.0f)
        add_hollow(out, wrinkle.d, wrinkle.square, wrinkle.amount,
                   wrinkle.sigma);
}

/* ---- Relief -------------------------------------------------------------- */

/* Lattice spacing, mm, and share of the RMS slope; the squares of all shares,
 * the furrows' too, add up to 1. */
static const float octave[][2] = {{5.0f, 0.350f}, {2.4f, 0.450f},
                                  {1.2f, 0.450f}, {0.6f, 0.320f},
                                  {0.3f, 0.200f}, {0.17f, 0.120f}};
enum { OCTAVES = sizeof(octave) / sizeof(octave[0]) };
static const float furrow_share = 0.562f, furrow_mm = 0.95f;

/* RMS slope along a surface of ct_solid_noise and of the furrows, of unit
 * height on a lattice of 1; found by sampling. */
static const float noise_slope = 3.689f, furrow_slope = 3.266f;

/* The net of furrows that parts skin into fields, as h = -exp(-(e/w)^2) of the
 * difference e of the distances to the two nearest cells. */
static void add_furrows(struct place *out, struct vec at, float slope,
                        uint32_t seed)
{
    const float width = 0.22f;
    const struct cells cells =
        ct_solid_cells(ct_mul(at, 1.0f / furrow_mm), seed);
    const float e = (cells.second - cells.first) / width;
    const float deep = slope * furrow_mm / furrow_slope;
    const float bell = deep * expf(-e * e);
    out->height -= bell;
    out->slope = ct_along(out->slope, ct_sub(cells.to_second, cells.to_first),
                          2.0f * e * bell / (width * furrow_mm));
    out->shade += furrow_od * bell / (1.665f * width * furrow_mm);
}

static void add_relief(struct place *out, const struct tissue *tissue,
                       struct vec at, float slope, float texel)
{
    for (int i = 0; i < OCTAVES; i++) {
        /* What the picture cannot show would only alias. */
        const float seen = ct_step(0.8f, 1.6f, octave[i][0] / texel);
        if (seen <= 0.0f)
            break;
        const float k = 1.0f / octave[i][0];
        const float high = seen * slope * octave[i][1] / (k * noise_slope);
        struct vec gradient;
        const float h = ct_solid_noise(ct_mul(at, k),
                                       tissue->noise + (uint32_t)i, &gradient);
        out->height += high * h;
        out->slope = ct_along(out->slope, gradient, high * k);
    }
    const float seen = ct_step(0.16f, 0.09f, texel);
    if (seen > 0.0f)
        add_furrows(out, at, seen * slope * furrow_share, tissue->noise + 99);
}

void ct_tissue_at(struct place *out, const struct tissue *tissue, struct vec at,
                  const float attribute[CT_A_COUNT], float texel)
{
    *out = (struct place){.melanin = attribute[CT_A_MELANIN],
                          .blood = attribute[CT_A_BLOOD]};
    add_features(out, tissue, at, texel);
    const float slope = (float)tissue->person.relief * attribute[CT_A_RELIEF];
    if (slope > 0.0f)
        add_relief(out, tissue, at, slope, texel);
}

/* ---- Building ------------------------------------------------------------ */

static const float hairs[][3] = {{0.012f, 0.010f, 0.009f},
                                 {0.035f, 0.022f, 0.014f},
                                 {0.075f, 0.045f, 0.025f},
                                 {0.17f, 0.11f, 0.06f},
                                 {0.20f, 0.19f, 0.18f}};
static const float irises[][3] = {{0.045f, 0.022f, 0.012f},
                                  {0.085f, 0.048f, 0.022f},
                                  {0.10f, 0.105f, 0.055f},
                                  {0.13f, 0.19f, 0.25f}};
static const float cloths[][3] = {{0.42f, 0.43f, 0.44f},
                                  {0.045f, 0.075f, 0.12f},
                                  {0.16f, 0.17f, 0.18f},
                                  {0.10f, 0.16f, 0.13f}};

/* The person's fixed colours. */
static void choose_colours(struct tissue *tissue)
{
    const struct person *person = &tissue->person;
    struct random random;
    ct_random_seed(&random, ct_hash(person->seed, "colours", 7));
    const double fair = person->melanin < 0.05   ? 1.0
                        : person->melanin < 0.08 ? 0.5
                                                 : 0.0;
    const int hair = (int)(ct_random_uniform(&random) * (0.9 + 3.1 * fair));
    const int iris = (int)(ct_random_uniform(&random) * (1.1 + 2.9 * fair));
    const int cloth = (int)(ct_random_uniform(&random) * 4.0);
    const bool grey = person->wrinkles > 1.4;
    memcpy(tissue->hair, hairs[grey ? 4 : hair], sizeof(tissue->hair));
    memcpy(tissue->iris, irises[iris], sizeof(tissue->iris));
    memcpy(tissue->cloth, cloths[cloth], sizeof(tissue->cloth));

    double lab[3];
    float lip[3];
    ct_skin_colour(tissue->tone, person->melanin, person->blood,
                   person->polarised);
    ct_lab(lab, tissue->tone);
    lab[0] *= 0.80;
    lab[1] += 11.0;
    ct_lab_to_rgb(lip, lab);
    for (int c = 0; c < 3; c++)
        tissue->lip[c] = lip[c] / tissue->tone[c];
}

cutis_status ct_tissue_build(struct tissue *out, const struct mesh *mesh,
                             const struct traits *marks,
                             const struct regions *regions,
                             const struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct tissue tissue = {.person = scene->person, .regions = *regions};
    struct front *front = ct_alloc(&tools->memory, 1, sizeof(*front));
    if (!front) {
        status = ct_no_memory(tools);
        goto done;
    }

    ct_front_fill(front, mesh);
    tissue.noise = (uint32_t)ct_hash(scene->person.seed, "relief", 6);
    choose_colours(&tissue);
    TRY(ct_add_pores(&tissue, mesh, marks, scene, tools));
    TRY(ct_add_spots(&tissue, mesh, marks, scene, tools));
    TRY(ct_add_wrinkles(&tissue, front, marks, scene, tools));
    TRY(ct_add_hairs(&tissue, front, marks, scene, tools));
    TRY(ct_add_scars(&tissue, mesh, marks, scene, tools));
    TRY(ct_add_flakes(&tissue, mesh, marks, scene, tools));
    TRY(ct_add_down(&tissue, mesh, marks, scene, tools));
    TRY(ct_add_vessels(&tissue, front, mesh, marks, scene, tools));
    TRY(ct_grid_build(&tissue, tools));
    *out = tissue;
    tissue = (struct tissue){0};
done:
    ct_tissue_free(&tissue);
    ct_free(front);
    return status;
}

void ct_tissue_free(struct tissue *tissue)
{
    ct_free(tissue->features.at);
    ct_free(tissue->start);
    ct_free(tissue->index);
    *tissue = (struct tissue){0};
}
