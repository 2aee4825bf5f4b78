/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What varies slowly over a face: the anatomy of blood and melanin, a natural
 * unevenness with a correlation length of a few mm, erythema, shine, and which
 * skin was treated.  Slow enough to be known at vertices.
 */

#include "phantom/phantom.h"

#include "phantom/place.h"
#include "util/parallel.h"

/* A Gaussian patch on both sides of the face (on one where x = 0). */
struct patch {
    struct vec at;
    float reach, amount;
};

/* ln of the factor on blood: the red of a face. */
static const struct patch blood_patches[] = {
    {{0, -13, 70}, 13, 0.34f},  {{15, -16, 56}, 8, 0.30f},
    {{44, -8, 40}, 20, 0.30f},  {{0, -80, 48}, 17, 0.16f},
    {{30, 33, 40}, 9, 0.20f},   {{21, 16, 42}, 9, 0.16f},
    {{0, 68, 52}, 34, -0.08f},  {{0, -28, 60}, 11, 0.06f},
    {{62, -55, 0}, 22, -0.10f}, {{80, 12, -45}, 30, 0.32f},
    {{0, -130, 0}, 45, -0.08f},
};

/* ln of the factor on melanin. */
static const struct patch melanin_patches[] = {
    {{27, 13, 40}, 9, 0.11f},  {{31, 35, 40}, 8, 0.12f},
    {{0, 72, 50}, 30, 0.06f},  {{26, -22, 48}, 8, 0.05f},
    {{0, -60, 52}, 16, 0.05f}, {{24, -45, 46}, 8, 0.07f},
    {{48, 0, 35}, 20, -0.03f}, {{0, -130, 0}, 45, -0.03f},
};

/* Where erythema shows, 1 = fully. */
static const struct patch erythema_patches[] = {
    {{43, -6, 42}, 17, 1.0f},
    {{0, -10, 70}, 13, 0.8f},
    {{0, -80, 50}, 12, 0.4f},
    {{0, 60, 54}, 14, 0.25f},
};

/* Sebum: the T-zone. */
static const struct patch shine_patches[] = {
    {{0, 66, 52}, 26, 0.9f}, {{0, 5, 64}, 14, 0.9f},   {{0, -12, 74}, 11, 0.9f},
    {{42, 4, 42}, 15, 0.5f}, {{0, -84, 50}, 13, 0.5f},
};

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static float patches(const struct patch *patch, int count, struct vec at)
{
    float sum = 0.0f;
    for (int i = 0; i < count; i++) {
        const struct vec centre = patch[i].at;
        const struct vec mirrored = {fabsf(at.x), at.y, at.z};
        const struct vec d = ct_sub(mirrored, centre);
        sum += patch[i].amount *
               expf(-ct_dot(d, d) / (2.0f * patch[i].reach * patch[i].reach));
    }
    return sum;
}

/* Noise with a correlation length of `scale` mm. */
static float uneven(struct vec at, float scale, uint32_t seed)
{
    return ct_solid_noise(ct_mul(at, 0.7f / scale), seed, NULL);
}

static float lips(const struct traits *marks, struct vec at)
{
    if (at.z < 30.0f || at.y > -25.0f || at.y < -65.0f || fabsf(at.x) > 34.0f)
        return 0.0f;
    return ct_step(-0.8f, 0.9f, ct_inside(marks->lips, 20, at));
}

/* Patches of melasma: their edges are where the sum is 0.5. */
static const struct patch melasma_patches[] = {
    {{45, -1, 38}, 13, 1.0f},
    {{0, 62, 54}, 19, 0.9f},
    {{10, -29, 58}, 6, 0.9f},
    {{0, -82, 50}, 8, 0.6f},
};

float ct_melasma_at(const struct person *person, struct vec at)
{
    const uint32_t seed = (uint32_t)ct_hash(person->seed, "melasma", 7);
    if (at.z < -10.0f)
        return 0.0f;
    const float ragged =
        0.16f * ct_solid_noise(ct_mul(at, 1.0f / 9.0f), seed, NULL) +
        0.10f * ct_solid_noise(ct_mul(at, 1.0f / 3.6f), seed + 1, NULL);
    const float sum = patches(melasma_patches, COUNT(melasma_patches), at);
    return ct_step(0.30f, 0.70f, sum + ragged);
}

struct job {
    struct mesh *mesh;
    const struct traits *marks;
    const struct regions *regions;
    const struct scene *scene;
    uint32_t seed;
};

enum { BATCH = 1024 }; /* vertices of a work item */

static void fill_one(const struct job *job, struct vec at, float *to)
{
    const struct person *person = &job->scene->person;
    const struct treatment *treatment = &job->scene->treatment;
    const float k = (float)person->unevenness;
    const float in = ct_treated_at(job->regions, at);
    const uint32_t seed = job->seed;

    const float flush =
        ct_clamp(patches(erythema_patches, COUNT(erythema_patches), at) *
                     (1.0f + 0.45f * uneven(at, 5.0f, seed + 1)),
                 0.0f, 1.3f);
    const float redness = (float)person->redness * flush;
    const float less_red = (float)(treatment->redness - 1.0) * in;
    const float natural =
        k * (0.75f * patches(blood_patches, COUNT(blood_patches), at) +
             0.12f * uneven(at, 5.0f, seed + 2) +
             0.08f * uneven(at, 1.6f, seed + 3));
    to[CT_A_BLOOD] = natural + redness * (1.0f + less_red) +
                     logf((float)treatment->blood) * in;
    to[CT_A_MELANIN] =
        k * (patches(melanin_patches, COUNT(melanin_patches), at) +
             0.035f * uneven(at, 11.0f, seed + 4) +
             0.03f * uneven(at, 3.0f, seed + 5)) +
        logf((float)treatment->melanin) * in;
    if (person->melasma > 0.0)
        to[CT_A_MELANIN] += (float)person->melasma * ct_melasma_at(person, at) *
                            (1.0f + (float)(treatment->melasma - 1.0) * in);
    to[CT_A_TREATED] = in;
    to[CT_A_LIPS] = lips(job->marks, at);
    to[CT_A_RELIEF] = 1.0f + (float)(treatment->relief - 1.0) * in;
    to[CT_A_SHINE] =
        (float)person->shine *
        (0.35f + patches(shine_patches, COUNT(shine_patches), at)) *
        (1.0f + (float)(treatment->shine - 1.0) * in);
}

static void fill_batch(void *context, int item)
{
    const struct job *job = context;
    const int end = item * BATCH + BATCH;
    for (int i = item * BATCH; i < end && i < job->mesh->skin_points; i++)
        fill_one(job, job->mesh->rest[i], job->mesh->attribute[i]);
}

void ct_fields_fill(struct mesh *mesh, const struct traits *marks,
                    const struct regions *regions, const struct scene *scene)
{
    const uint64_t seed = ct_hash(scene->person.seed, "fields", 6);
    const int points = mesh->skin_points;
    struct job job = {mesh, marks, regions, scene, (uint32_t)seed};
    ct_parallel(scene->threads, (points + BATCH - 1) / BATCH, fill_batch, &job);
}
