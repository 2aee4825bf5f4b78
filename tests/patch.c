/* SPDX-License-Identifier: BSD-2-Clause */

#include "patch.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "util/hash.h"

static void *need(struct patch *patch, size_t count, size_t size)
{
    void *block = ct_alloc(&patch->tools.memory, count, size);
    ck_assert_ptr_nonnull(block);
    return block;
}

void patch_start(struct patch *patch, int width, int height, double scale)
{
    *patch = (struct patch){
        .tools = {.threads = 2, .kernels = ct_kernels_best(CUTIS_ISA_BEST)},
    };
    struct tools *tools = &patch->tools;
    struct face *face = &patch->face;
    const size_t pixels = (size_t)width * (size_t)height;

    face->found = true;
    face->scale = face->work_scale = scale;
    face->scale_source = "px-per-mm";
    face->factor = 1;
    face->crop = (struct rect){0, 0, width, height};
    ck_assert_int_eq(ct_bytes_create(&face->region, width, height, tools), 0);
    ck_assert_int_eq(ct_bytes_create(&face->skin, width, height, tools), 0);
    ck_assert_int_eq(
        ct_bytes_create(&patch->skin.clipped, width, height, tools), 0);
    struct plane *const planes[3] = {&patch->skin.red, &patch->skin.green,
                                     &patch->skin.blue};
    for (int c = 0; c < 3; c++)
        ck_assert_int_eq(ct_plane_create(planes[c], width, height, tools), 0);
    for (int y = 0; y < height; y++) {
        memset(ct_byte_row(&face->region, y), CT_CHEEK_L, (size_t)width);
        memset(ct_byte_row(&face->skin, y), 255, (size_t)width);
        memset(ct_byte_row(&patch->skin.clipped, y), 0, (size_t)width);
    }
    face->cell = need(patch, pixels, sizeof(uint16_t));
    face->triangle = need(patch, pixels, sizeof(uint16_t));
    face->mm2 = need(patch, CT_FACETS + 1, sizeof(float));
    face->cosine = need(patch, CT_FACETS + 1, sizeof(float));
    for (int i = 0; i <= CT_FACETS; i++) {
        face->mm2[i] = (float)(1.0 / (scale * scale));
        face->cosine[i] = 1.0f;
    }
    face->region_area_mm2[CT_CHEEK_L] = (double)pixels / (scale * scale);
    face->region_area_mm2[CT_FACE_REGION] = face->region_area_mm2[CT_CHEEK_L];

    patch->skin.neutral = true;
    patch->view = (struct view){
        .face = face,
        .skin = &patch->skin,
        .mask = &face->skin,
        .ita_ref = 30.0,
        .reference = CT_REF_NEUTRAL,
    };
    for (int r = 0; r < CT_REGIONS; r++)
        patch->view.treated[r] = true;
}

void patch_end(struct patch *patch)
{
    ct_readings_free(&patch->readings);
    ct_plane_free(&patch->skin.red);
    ct_plane_free(&patch->skin.green);
    ct_plane_free(&patch->skin.blue);
    ct_bytes_free(&patch->skin.clipped);
    ct_bytes_free(&patch->face.region);
    ct_bytes_free(&patch->face.skin);
    ct_free(patch->face.cell);
    ct_free(patch->face.triangle);
    ct_free(patch->face.mm2);
    ct_free(patch->face.cosine);
    ck_assert_uint_eq(atomic_load(&patch->tools.memory.used), 0);
}

void patch_paint(struct patch *patch, patch_ink ink, void *user)
{
    const double scale = patch->face.work_scale;
    for (int y = 0; y < patch->skin.red.height; y++)
        for (int x = 0; x < patch->skin.red.width; x++) {
            double od[3];
            ink(od, (x + 0.5) / scale, (y + 0.5) / scale, user);
            ct_row(&patch->skin.red, y)[x] = (float)pow(10.0, -od[0]);
            ct_row(&patch->skin.green, y)[x] = (float)pow(10.0, -od[1]);
            ct_row(&patch->skin.blue, y)[x] = (float)pow(10.0, -od[2]);
        }
}

void patch_blur(struct patch *patch, double sigma_mm)
{
    struct plane *const planes[3] = {&patch->skin.red, &patch->skin.green,
                                     &patch->skin.blue};
    for (int c = 0; c < 3; c++)
        ck_assert_int_eq(ct_gauss(planes[c], planes[c],
                                  sigma_mm * patch->face.work_scale,
                                  &patch->tools),
                         0);
}

void patch_noise(struct patch *patch, double share, uint64_t seed)
{
    struct plane *const planes[3] = {&patch->skin.red, &patch->skin.green,
                                     &patch->skin.blue};
    struct random random;
    ct_random_seed(&random, seed);
    for (int c = 0; c < 3; c++)
        for (int y = 0; y < planes[c]->height; y++)
            for (int x = 0; x < planes[c]->width; x++)
                ct_row(planes[c], y)[x] *=
                    (float)(1.0 + share * ct_random_normal(&random));
}

void patch_measure(struct patch *patch, bool maps)
{
    ct_readings_free(&patch->readings);
    const cutis_status status =
        ct_measure(&patch->readings, &patch->view, maps, &patch->tools);
    ck_assert_msg(status == CUTIS_OK, "%s", patch->tools.sentence);
}

double patch_value(const struct patch *patch, int metric, int region)
{
    return patch->readings.of[metric][region].value;
}

double patch_detail(const struct patch *patch, int metric, int region,
                    const char *name)
{
    const struct reading *row = &patch->readings.of[metric][region];
    for (int i = 0; i < row->detail_count; i++)
        if (strcmp(row->detail[i].name, name) == 0)
            return row->detail[i].value;
    return NAN;
}

const char *patch_reason(const struct patch *patch, int metric, int region)
{
    return patch->readings.of[metric][region].reason;
}

/* ---- The forward model --------------------------------------------------- */

struct term {
    int i, j;
    double c[3];
};

/* clang-format off */
static const struct term ordinary[] = {
    {0, 0, {.20827, .31329, .32124}},    {0, 1, {.03543, .10405, .09118}},
    {0, 2, {.00935, .02421, .02375}},    {0, 3, {.00134, -.00058, -.00037}},
    {0, 4, {.00008, -.00106, -.00080}},  {1, 0, {.20316, .31795, .50104}},
    {1, 1, {-.00039, -.00136, -.00681}}, {1, 2, {.00030, -.00320, -.00773}},
    {1, 3, {-.00013, -.00046, -.00001}}, {2, 0, {.00157, -.00488, .00028}},
    {2, 1, {-.00057, -.00582, -.01589}}, {2, 2, {-.00028, -.00046, .00040}},
    {3, 0, {-.00118, -.00618, -.03226}}, {3, 1, {-.00003, .00049, .00314}},
    {4, 0, {-.00004, .00045, .00433}},
};

static const struct term cross_polarised[] = {
    {0, 0, {.21793, .32998, .33831}},    {0, 1, {.03759, .11239, .09823}},
    {0, 2, {.00996, .02676, .02500}},    {0, 3, {.00145, .00022, .00056}},
    {0, 4, {.00012, -.00118, -.00094}},  {1, 0, {.21542, .34390, .54746}},
    {1, 1, {.00042, .00196, -.00147}},   {1, 2, {.00065, .00070, .00071}},
    {1, 3, {-.00001, -.00048, -.00022}}, {2, 0, {.00425, -.00019, .00103}},
    {2, 1, {-.00018, .00005, -.00433}},  {2, 2, {-.00017, -.00071, -.00166}},
    {3, 0, {-.00045, -.00068, -.00110}}, {3, 1, {-.00004, -.00048, -.00044}},
    {4, 0, {-.00004, -.00026, -.00178}},
};
/* clang-format on */

void patch_skin_od(double od[3], double x, double y, bool polarised)
{
    const struct term *terms = polarised ? cross_polarised : ordinary;
    const size_t count = sizeof(ordinary) / sizeof(ordinary[0]);
    od[0] = od[1] = od[2] = 0.0;
    for (size_t k = 0; k < count; k++)
        for (int c = 0; c < 3; c++)
            od[c] += terms[k].c[c] * pow(x, terms[k].i) * pow(y, terms[k].j);
}

double patch_ita_of(const double od[3])
{
    const double r = pow(10, -od[0]), g = pow(10, -od[1]), b = pow(10, -od[2]);
    const double y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
    const double z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883;
    const double l = 116.0 * cbrt(y) - 16.0, bb = 200.0 * (cbrt(y) - cbrt(z));
    return atan2(l - 50.0, bb) * 57.29577951308232;
}

/* By bisection. */
double patch_melanin_of(double ita, bool polarised)
{
    double low = 0.1, high = 3.6;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        double od[3];
        patch_skin_od(od, middle, 0.0, polarised);
        if (patch_ita_of(od) > ita)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

double patch_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53;
}
