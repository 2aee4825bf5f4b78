/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One picture as a JPEG, as the PNG that it decodes to and as a caller's
 * pixels: the same landmarks, pose and scale, to the bit, whatever is
 * compressed.  On heads of the phantom, and on photographs of people if they
 * are there.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "phantom/options.h"
#include "phantom/phantom.h"
#include "pictures.h"

enum { RGB = 3 };

static cutis_session *session;
static struct tools tools;

static void begin(void)
{
    tools = (struct tools){.kernels = ct_kernels_best(CUTIS_ISA_BEST),
                           .threads = 1};
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
}

static void end(void)
{
    cutis_session_destroy(&session);
}

static void check_found(cutis_status status)
{
    ck_assert_msg(status == CUTIS_OK, "%s", cutis_session_error(session));
}

static void check_same_face(const cutis_photo *a, const cutis_photo *b)
{
    size_t n = 0, m = 0;
    const cutis_point *const p = cutis_photo_landmarks(a, &n);
    const cutis_point *const q = cutis_photo_landmarks(b, &m);
    const cutis_photo_info *const i = cutis_photo_info_get(a);
    const cutis_photo_info *const j = cutis_photo_info_get(b);
    ck_assert_uint_ge(n, 468);
    ck_assert_uint_eq(n, m);
    ck_assert_mem_eq(p, q, n * sizeof(*p));
    ck_assert(i->px_per_mm == j->px_per_mm && i->yaw_deg == j->yaw_deg &&
              i->pitch_deg == j->pitch_deg && i->roll_deg == j->roll_deg &&
              i->confidence == j->confidence && i->faces == j->faces);
}

/* The photograph of a JPEG's bytes, of its decoded PNG and of its pixels; the
 * samples are as they lie in the file, upright. */
static void check_three(const void *jpeg, size_t size)
{
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    struct picture picture = {0};
    cutis_photo *photo[RGB] = {NULL};
    ck_assert_int_eq(ct_acquire_memory(&picture, jpeg, size, &limits, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(picture.channels, RGB);
    struct blob png =
        make_png(picture.samples, picture.width, picture.height, RGB, 8, PLAIN);
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = picture.samples,
        .stride = (ptrdiff_t)picture.width * RGB,
        .width = (uint32_t)picture.width,
        .height = (uint32_t)picture.height,
        .format = CUTIS_PIXELS_RGB8,
    };
    check_found(cutis_photo_load_memory(session, jpeg, size, NULL, &photo[0]));
    check_found(
        cutis_photo_load_memory(session, png.at, png.size, NULL, &photo[1]));
    check_found(cutis_photo_load_pixels(session, &pixels, NULL, &photo[2]));
    const char *const formats[RGB] = {"jpeg", "png", "pixels"};
    for (int i = 0; i < RGB; i++) {
        ck_assert_str_eq(cutis_photo_info_get(photo[i])->format, formats[i]);
        check_same_face(photo[0], photo[i]);
    }
    for (int i = 0; i < RGB; i++)
        cutis_photo_destroy(&photo[i]);
    blob_free(&png);
    ct_picture_free(&picture);
}

/* ---- The phantom --------------------------------------------------------- */

/* A small picture of somebody, quickly made; malloc's. */
static uint8_t *portrait(int *width, int *height, uint64_t seed)
{
    struct options options;
    struct subject subject;
    struct frame frame;
    uint16_t *samples = NULL;
    ct_options_default(&options);
    struct scene *const scene = &options.scene;
    *width = scene->camera.width = 450;
    *height = scene->camera.height = 600;
    scene->camera.px_per_mm = 2.0;
    scene->camera.oversample = 1;
    scene->camera.yaw = seed % 2 ? 8.0 : -4.0;
    scene->person.pores = 0.0;
    scene->person.seed = seed;
    scene->output.bits = 8;
    ck_assert_int_eq(ct_subject_create(&subject, scene, &tools), CUTIS_OK);
    ck_assert_int_eq(ct_render(&frame, &subject.mesh, &subject.marks,
                               &subject.skin, scene, 1, &tools),
                     CUTIS_OK);
    ck_assert_int_eq(ct_expose(&samples, &frame, scene, 1, &tools), CUTIS_OK);
    const size_t count = (size_t)*width * (size_t)*height * RGB;
    uint8_t *const rgb = malloc(count);
    ck_assert_ptr_nonnull(rgb);
    for (size_t i = 0; i < count; i++)
        rgb[i] = (uint8_t)samples[i];
    ct_free(samples);
    ct_frame_free(&frame);
    ct_subject_free(&subject);
    return rgb;
}

static const struct {
    int quality, flags;
} jpegs[] = {{95, 0}, {90, SMALL_CHROMA}, {75, PROGRESSIVE | SMALL_CHROMA}};

START_TEST(a_head_of_the_phantom_has_the_same_landmarks)
{
    int width, height;
    uint8_t *const rgb = portrait(&width, &height, 21 + (uint64_t)_i);
    struct blob jpeg =
        make_jpeg(rgb, width, height, RGB, jpegs[_i].quality, jpegs[_i].flags);
    check_three(jpeg.at, jpeg.size);
    blob_free(&jpeg);
    free(rgb);
}
END_TEST

/* ---- People -------------------------------------------------------------- */

static const char *shared; /* folder of the photographs; NULL = absent */
static const char *const people[] = {"london/021_neutral", "london/001_smiling",
                                     "canada/022f"};

static FILE *open_photo(const char *name, const char *suffix)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/photos/%s%s", shared, name, suffix);
    FILE *const file = fopen(path, "rb");
    if (!file)
        printf("SKIPPED: there is no %s\n", path);
    return file;
}

START_TEST(a_photograph_has_the_same_landmarks)
{
    FILE *const file = open_photo(people[_i], ".jpg");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    const long size = ftell(file);
    ck_assert_int_gt(size, 0);
    rewind(file);
    uint8_t *const bytes = malloc((size_t)size);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    check_three(bytes, (size_t)size);
    free(bytes);
}
END_TEST

static void add_people(TCase *tests)
{
    shared = getenv("CUTIS_SHARED");
    if (!shared) {
        puts("SKIPPED: CUTIS_SHARED does not say where the photographs are");
        return;
    }
    FILE *const file = open_photo("README", ".md");
    if (!file)
        return;
    fclose(file);
    tcase_add_loop_test(tests, a_photograph_has_the_same_landmarks, 0, 3);
}

int main(void)
{
    Suite *suite = suite_create("same_face");
    TCase *tests = tcase_create("same_face");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, begin, end);
    if (HAVE_MODELS) {
        tcase_add_loop_test(tests, a_head_of_the_phantom_has_the_same_landmarks,
                            0, 3);
        add_people(tests);
    } else {
        puts("SKIPPED: this build has no face model");
    }

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
