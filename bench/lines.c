/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The lines of one photograph as JSON, for bench/lines.py: places in the
 * picture, px; depth in cOD.
 *
 *     bench_lines PHOTO
 */

#include <stdio.h>
#include <stdlib.h>

#include "measure/measure.h"
#include "session.h"

static void put_lines(const struct scene *scene)
{
    const struct face *face = scene->view->face;
    const double factor = scene->relief.factor * face->factor;
    printf("{\"px_per_mm\": %.6f, \"lines\": [", scene->relief.scale * factor);
    const char *comma = "";
    for (size_t i = 0; i < scene->lines.count; i++) {
        const struct line *line = &scene->lines.at[i];
        if (!ct_line_counts(line))
            continue;
        printf("%s\n{\"depth\": %.3f, \"width_mm\": %.3f, \"at\": [", comma,
               (double)line->depth, (double)line->width_mm);
        for (size_t k = line->first; k < line->end; k++) {
            const struct path_point *at = &scene->lines.paths.at[k];
            printf("%s[%.2f, %.2f]", k > line->first ? ", " : "",
                   face->crop.x + ((double)at->x + 0.5) * factor,
                   face->crop.y + ((double)at->y + 0.5) * factor);
        }
        printf("]}");
        comma = ",";
    }
    /* Where lines are looked for, a row of the level at a time. */
    printf("],\n\"step\": %.6f, \"left\": %d, \"top\": %d, \"mask\": [", factor,
           face->crop.x, face->crop.y);
    for (int y = 0; y < scene->relief.height; y++) {
        printf("%s\n\"", y ? "," : "");
        for (int x = 0; x < scene->relief.width; x++) {
            const int region = ct_byte_row(&scene->relief.region, y)[x];
            putchar(!ct_byte_row(&scene->relief.mask, y)[x] ? '.'
                    : region == CT_NOSE                     ? 'n'
                    : region == CT_GLABELLA                 ? 'g'
                                                            : 's');
        }
        printf("\"");
    }
    printf("]}\n");
}

int main(int argc, char **argv)
{
    static struct scene scene;
    struct tools tools = {.threads = 2,
                          .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
    cutis_session *session = NULL;
    cutis_photo *photo = NULL;
    if (argc != 2 || cutis_session_create(NULL, &session) != CUTIS_OK ||
        cutis_photo_load(session, argv[1], NULL, &photo) != CUTIS_OK) {
        fprintf(stderr, "bench_lines PHOTO\n");
        return EXIT_FAILURE;
    }
    struct view view = {.face = &photo->face,
                        .skin = &photo->skin,
                        .mask = &photo->face.skin,
                        .ita_ref = photo->capture.ita,
                        .noise_cod = photo->capture.noise_cod,
                        .blur_mm = photo->capture.blur_mm,
                        .reference = CT_REF_EXCESS};
    cutis_status status = ct_scene_create(&scene, &view, &tools);
    if (status == CUTIS_OK)
        status = ct_scene_relief(&scene, &tools);
    if (status == CUTIS_OK)
        put_lines(&scene);
    ct_scene_free(&scene);
    cutis_photo_destroy(&photo);
    cutis_session_destroy(&session);
    return status == CUTIS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
