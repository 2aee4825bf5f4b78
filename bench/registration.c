/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where places of one photograph lie in another, for bench/registration.py.
 *
 *     bench_registration BEFORE AFTER [landmarks] <places
 *
 * Reads "x y" (full pixels of BEFORE) a line; writes "x y trust cosine" a line:
 * of AFTER, or nan; the cosine of skin to the camera, 0 where none is measured.
 * With a third argument the skin's texture is not looked at.  On standard
 * error: what the alignment says of itself, and how long it took.
 */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "session.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Cosine of the angle to the camera where there is measurable skin; else 0. */
static double slant_of(const struct face *face, double x, double y)
{
    const int i = (int)x, j = (int)y, width = face->skin.width;
    if (!(x >= 0 && y >= 0) || i >= width || j >= face->skin.height ||
        !ct_byte_row(&face->skin, j)[i])
        return 0;
    const size_t at = (size_t)j * (size_t)width + (size_t)i;
    return (double)face->cosine[face->triangle[at]];
}

static void map_places(const struct face *from, const struct face *to,
                       const struct warp *warp)
{
    double x, y;
    while (scanf("%lf %lf", &x, &y) == 2) {
        double at[2];
        const double u = (x - from->crop.x) / from->factor;
        const double v = (y - from->crop.y) / from->factor;
        ct_warp_at(warp, u, v, at);
        printf("%.4f %.4f %.3f %.2f\n", at[0] * to->factor + to->crop.x,
               at[1] * to->factor + to->crop.y, ct_warp_trust(warp, u, v),
               slant_of(from, u, v));
    }
}

int main(int argc, char **argv)
{
    cutis_session *session = NULL;
    cutis_photo *photo[2] = {NULL, NULL};
    struct pair pair = {0};
    cutis_status status = CUTIS_OK;
    if (argc < 3)
        return EXIT_FAILURE;
    TRY(cutis_session_create(NULL, &session)); /* all threads */
    for (int i = 0; i < 2; i++)
        TRY(cutis_photo_load(session, argv[1 + i], NULL, &photo[i]));
    const struct face *const face[2] = {&photo[0]->face, &photo[1]->face};
    const struct skin *const skin[2] = {&photo[0]->skin, &photo[1]->skin};
    const double start = seconds();
    TRY(ct_match(&pair, face[0], face[1], argc > 3 ? NULL : skin,
                 &session->tools));
    fprintf(stderr,
            "{\"px_per_mm\": %.2f, \"refined\": %d, \"tried\": %d, "
            "\"accepted\": %d, \"median_mm\": %.4f, \"p95_mm\": %.4f, "
            "\"seconds\": %.3f, \"unrefined\": \"%s\"}\n",
            face[0]->work_scale, pair.refined, pair.patches_tried,
            pair.patches_accepted, pair.patch_median_mm, pair.patch_p95_mm,
            seconds() - start, pair.unrefined);
    map_places(face[0], face[1], &pair.warp[0]);
done:
    if (status != CUTIS_OK)
        fprintf(stderr, "%s\n", session ? session->tools.sentence : "");
    ct_pair_free(&pair);
    cutis_photo_destroy(&photo[0]);
    cutis_photo_destroy(&photo[1]);
    cutis_session_destroy(&session);
    return status == CUTIS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
