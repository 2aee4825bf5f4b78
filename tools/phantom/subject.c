/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From a scene to a photograph: a person is made once and may then be looked
 * at, measured, and photographed.
 */

#include "phantom/expression.h"
#include "phantom/maps.h"

/* Below this many drawn pixels a mm, pores and hairs would only alias. */
static const double fine_px_per_mm = 10.0;
enum { MOST_OVERSAMPLING = 4 };

int ct_oversampling(const struct camera *camera)
{
    if (camera->oversample > 0)
        return camera->oversample;
    const int scale = (int)ceil(fine_px_per_mm / camera->px_per_mm);
    return scale < MOST_OVERSAMPLING ? scale : MOST_OVERSAMPLING;
}

cutis_status ct_subject_create(struct subject *out, const struct scene *scene,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct subject subject = {.scene = *scene};
    struct regions regions;
    struct optics optics;

    TRY(ct_head_build(&subject.mesh, &subject.marks, &scene->person, tools));
    ct_moves_make(&subject.moves, scene);
    ct_moves_apply(&subject.mesh, &subject.moves);
    TRY(ct_regions_make(&regions, &subject.mesh, &scene->person,
                        scene->treatment.regions, tools));
    ct_fields_fill(&subject.mesh, &subject.marks, &regions, scene);
    ct_optics_make(&optics, &scene->camera, 1);
    TRY(ct_fields_light(&subject.mesh, &optics, tools));
    TRY(ct_tissue_build(&subject.skin, &subject.mesh, &subject.marks, &regions,
                        scene, tools));
    *out = subject;
    subject = (struct subject){0};
done:
    ct_subject_free(&subject);
    return status;
}

void ct_subject_free(struct subject *subject)
{
    ct_mesh_free(&subject->mesh);
    ct_tissue_free(&subject->skin);
}

cutis_status ct_subject_shoot(const struct subject *subject, const char *path,
                              const char *clean, struct tools *tools)
{
    const struct scene *scene = &subject->scene;
    const int scale = ct_oversampling(&scene->camera);
    cutis_status status = CUTIS_OK;
    struct frame frame = {0};
    uint16_t *samples = NULL;

    TRY(ct_render(&frame, &subject->mesh, &subject->marks, &subject->skin,
                  scene, scale, tools));
    if (clean)
        TRY(ct_clean_write(&frame, &scene->camera, scale, clean, tools));
    TRY(ct_expose(&samples, &frame, scene, scale, tools));
    TRY(ct_picture_write(path, samples, scene, tools));
done:
    ct_frame_free(&frame);
    ct_free(samples);
    return status;
}

/* ---- Two captures -------------------------------------------------------- */

void ct_untreat(struct scene *scene)
{
    struct treatment *treatment = &scene->treatment;
    treatment->blood = treatment->redness = treatment->papules = 1.0;
    treatment->melanin = treatment->spots = treatment->relief = 1.0;
    treatment->pores = treatment->pore_size = 1.0;
    treatment->wrinkles = treatment->shine = 1.0;
    treatment->flakes = treatment->scars = 1.0;
    treatment->melasma = treatment->vessels = 1.0;
}

void ct_retake(struct scene *scene, double unlike)
{
    struct camera *camera = &scene->camera;
    struct random random;
    ct_random_seed(&random, ct_hash(scene->person.seed, "retake", 6));
    camera->noise_seed++;

    camera->yaw += 1.0 * unlike * ct_random_normal(&random);
    camera->pitch += 0.9 * unlike * ct_random_normal(&random);
    camera->roll += 0.7 * unlike * ct_random_normal(&random);
    camera->x += 1.5 * unlike * ct_random_normal(&random);
    camera->y += 1.5 * unlike * ct_random_normal(&random);
    camera->px_per_mm *= 1.0 + 0.008 * unlike * ct_random_normal(&random);
    for (int i = 0; i < camera->lamps; i++) {
        camera->lamp[i].azimuth += 0.7 * unlike * ct_random_normal(&random);
        camera->lamp[i].elevation += 0.7 * unlike * ct_random_normal(&random);
    }
    camera->exposure += 0.03 * unlike * ct_random_normal(&random);
    for (int c = 0; c < 3; c += 2)
        camera->white[c] *= 1.0 + 0.006 * unlike * ct_random_normal(&random);
    camera->blur *= 1.0 + 0.05 * unlike * ct_random_normal(&random);
}
