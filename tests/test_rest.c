/* SPDX-License-Identifier: BSD-2-Clause */

/* What whole levels lose of a JPEG, against its own arithmetic and against the
 * samples that went in. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "acquire/acquire.h"
#include "pictures.h"

enum { SIDE = 64, AT = 24, N = 16 }; /* the middle, clear of the edges */

static double random_of(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53;
}

static void open_file(struct bench *bench, const struct blob *file)
{
    bench_open(bench);
    ck_assert_int_eq(bench_read(bench, file->at, file->size), CUTIS_OK);
    ck_assert_int_eq(ct_acquire_rest(&bench->picture, NULL, file->at,
                                     file->size, &bench->options,
                                     &bench->tools),
                     CUTIS_OK);
}

static void open_jpeg(struct bench *bench, const uint8_t *samples, int quality,
                      int orientation)
{
    struct blob jpeg = make_jpeg(samples, SIDE, SIDE, 3, quality, SMALL_CHROMA);
    uint8_t body[32] = "Exif";
    orientation_block(body + 6, orientation);
    add_segment(&jpeg, 0xe1, body, sizeof(body));
    open_file(bench, &jpeg);
    blob_free(&jpeg);
}

/* Mean linear light of the middle, as decoded and with the rest. */
static void middle(double plain[3], double mean[3],
                   const struct picture *picture)
{
    float rgb[2][3][N];
    for (int c = 0; c < 3; c++)
        plain[c] = mean[c] = 0.0;
    for (int y = AT; y < AT + N; y++) {
        ct_picture_linear(picture, AT, y, N, rgb[0][0], rgb[0][1], rgb[0][2]);
        ct_picture_linear_mean(picture, AT, y, N, rgb[1][0], rgb[1][1],
                               rgb[1][2]);
        for (int c = 0; c < 3; c++)
            for (int x = 0; x < N; x++) {
                plain[c] += (double)rgb[0][c][x] / (N * N);
                mean[c] += (double)rgb[1][c][x] / (N * N);
            }
    }
}

/* A flat colour is three numbers in a file of quality 90, whose steps are 3 for
 * both (ITU-T T.81 Annex K, scaled to a fifth): multiples of 3/8 of a level. */
static double level_of(double whole)
{
    return 3.0 * (double)lround(8.0 * (whole - 128.0) / 3.0) / 8.0;
}

static double rest_of(double share, double level)
{
    return share * level - floor(share * floor(level + 0.5) + 0.5);
}

START_TEST(a_flat_colour_has_the_rest_that_its_steps_leave)
{
    uint64_t state = 7;
    for (int k = 0; k < 40; k++) {
        uint8_t samples[SIDE * SIDE * 3];
        double rgb[3];
        for (int c = 0; c < 3; c++)
            rgb[c] = floor(30.0 + 200.0 * random_of(&state));
        for (int i = 0; i < SIDE * SIDE * 3; i++)
            samples[i] = (uint8_t)rgb[i % 3];
        struct bench bench;
        open_jpeg(&bench, samples, 90, 1);
        const double cb =
            128.0 - 0.168736 * rgb[0] - 0.331264 * rgb[1] + 0.5 * rgb[2];
        const double cr =
            128.0 + 0.5 * rgb[0] - 0.418688 * rgb[1] - 0.081312 * rgb[2];
        const double b = floor(cb + 0.5), r = floor(cr + 0.5);
        const bool tie =
            fabs(fabs(cb - b) - 0.5) < 0.01 || fabs(fabs(cr - r) - 0.5) < 0.01;
        const double red = ct_byte_row(&bench.picture.rest[1], 1)[1] - 128;
        const double blue = ct_byte_row(&bench.picture.rest[3], 1)[1] - 128;
        if (!tie) {
            ck_assert_double_eq_tol(red / 64, rest_of(1.402, level_of(r)),
                                    0.008);
            ck_assert_double_eq_tol(blue / 64, rest_of(1.772, level_of(b)),
                                    0.008);
        }
        bench_close(&bench);
    }
}
END_TEST

/* Noise keeps in a file what is between whole levels, as a camera's does; a
 * card read from 64 x 64 pixels of it then is as bright as what went in. */
START_TEST(a_card_is_as_bright_as_what_went_in)
{
    uint64_t state = 11;
    double off[2] = {0.0, 0.0};
    for (int k = 0; k < 60; k++) {
        uint8_t samples[SIDE * SIDE * 3];
        double rgb[3], true_mean[3] = {0.0, 0.0, 0.0};
        for (int c = 0; c < 3; c++)
            rgb[c] = 70.0 + 100.0 * random_of(&state);
        for (int i = 0; i < SIDE * SIDE * 3; i++)
            samples[i] =
                (uint8_t)lround(rgb[i % 3] - 1.0 + 2.0 * random_of(&state));
        struct bench bench;
        open_jpeg(&bench, samples, 95, 1);
        for (int y = AT; y < AT + N; y++)
            for (int x = AT; x < AT + N; x++)
                for (int c = 0; c < 3; c++)
                    true_mean[c] +=
                        (double)bench.picture
                            .to_linear[samples[3 * (y * SIDE + x) + c]] /
                        (N * N);
        double seen[2][3];
        middle(seen[0], seen[1], &bench.picture);
        for (int i = 0; i < 2; i++)
            for (int c = 0; c < 3; c++) {
                const double error = 100.0 * (seen[i][c] / true_mean[c] - 1.0);
                off[i] += error * error / 180.0;
            }
        bench_close(&bench);
    }
    printf("    error of a card: %.2f %%, in whole levels %.2f %%\n",
           sqrt(off[1]), sqrt(off[0]));
    ck_assert_double_le(sqrt(off[1]), 0.5 * sqrt(off[0]));
    ck_assert_double_le(sqrt(off[1]), 0.35);
}
END_TEST

/* Four flat quarters: wherever turning puts them, each keeps its own. */
START_TEST(the_rest_turns_with_the_picture)
{
    static const uint8_t colour[4][3] = {
        {90, 120, 61}, {133, 72, 99}, {151, 140, 87}, {64, 83, 130}};
    uint8_t samples[SIDE * SIDE * 3];
    float rest[4][3];
    for (int i = 0; i < SIDE * SIDE; i++)
        memcpy(samples + 3 * i,
               colour[(i % SIDE >= SIDE / 2) + 2 * (i / SIDE >= SIDE / 2)], 3);
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct bench bench;
        open_jpeg(&bench, samples, 90, orientation);
        for (int q = 0; q < 4; q++) {
            const int x = q % 2 ? 47 : 16, y = q / 2 ? 47 : 16;
            const uint8_t *here =
                (const uint8_t *)bench.picture.samples + 3 * (y * SIDE + x);
            float a[3], b[3];
            ct_picture_linear(&bench.picture, x, y, 1, &a[0], &a[1], &a[2]);
            ct_picture_linear_mean(&bench.picture, x, y, 1, &b[0], &b[1],
                                   &b[2]);
            int which = 0;
            for (int k = 1; k < 4; k++)
                if (abs(here[0] - colour[k][0]) <
                    abs(here[0] - colour[which][0]))
                    which = k;
            for (int c = 0; c < 3; c++) {
                if (orientation == 1)
                    rest[which][c] = b[c] - a[c];
                ck_assert_float_eq(b[c] - a[c], rest[which][c]);
            }
        }
        bench_close(&bench);
    }
    ck_assert_float_ne(rest[0][0], rest[1][0]);
}
END_TEST

/* A file may hold more of the chroma than of the light. */
START_TEST(light_in_coarser_blocks_than_chroma_is_left_alone)
{
    uint8_t *scene = make_scene(SIDE, SIDE, 3);
    struct blob jpeg = make_jpeg(scene, SIDE, SIDE, 3, 90, SMALL_LUMA);
    struct bench bench;
    double plain[3], mean[3];

    open_file(&bench, &jpeg);
    middle(plain, mean, &bench.picture);
    ck_assert_mem_eq(plain, mean, sizeof(plain));
    bench_close(&bench);
    blob_free(&jpeg);
    free(scene);
}
END_TEST

/* Other pictures, and files that end early, lose nothing that is known. */
START_TEST(where_nothing_is_known_nothing_is_added)
{
    uint8_t *scene = make_scene(SIDE, SIDE, 3);
    struct blob png = make_png(scene, SIDE, SIDE, 3, 8, PLAIN);
    struct blob jpeg = make_jpeg(scene, SIDE, SIDE, 3, 90, SMALL_CHROMA);
    struct bench bench;
    double plain[3], mean[3];

    open_file(&bench, &png);
    ck_assert_ptr_null(bench.picture.rest[0].at);
    middle(plain, mean, &bench.picture);
    ck_assert_mem_eq(plain, mean, sizeof(plain));
    bench_close(&bench);

    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, jpeg.at, jpeg.size), CUTIS_OK);
    for (size_t size = 0; size < jpeg.size - 40; size += 97) {
        ck_assert_int_eq(ct_acquire_rest(&bench.picture, NULL, jpeg.at, size,
                                         &bench.options, &bench.tools),
                         CUTIS_OK);
        ck_assert_ptr_null(bench.picture.rest[0].at);
    }
    bench_close(&bench);
    blob_free(&jpeg);
    blob_free(&png);
    free(scene);
}
END_TEST

/* One of a file's sampling factors (ITU-T T.81 B.2.2: H and V of each) is
 * another: what libjpeg calls usual, and each thing that is not. */
START_TEST(only_the_usual_layout_has_a_rest)
{
    static const struct {
        int channels, flags;
        uint8_t factors[3]; /* 16 H + V; 0 = as they are */
        bool usual;
    } layouts[] = {
        {3, 0, {0}, true},
        {3, SMALL_CHROMA, {0}, true},
        {1, 0, {0}, false},
        {3, RGB_INSIDE, {0}, false},
        {3, 0, {0x12, 0x21, 0x21}, false}, /* chroma is finer across */
        {3, 0, {0x21, 0x12, 0x12}, false}, /* and down */
        {3, 0, {0x22, 0x11, 0x21}, false}, /* Cb is not as Cr */
        {3, 0, {0x22, 0x11, 0x12}, false},
    };
    uint8_t *scene = make_scene(SIDE, SIDE, 3);

    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
        struct blob jpeg = make_jpeg(scene, SIDE, SIDE, layouts[i].channels, 90,
                                     layouts[i].flags);
        struct bench bench;
        size_t frame = 2;
        while (jpeg.at[frame] != 0xff || jpeg.at[frame + 1] != 0xc0)
            frame++;
        for (size_t c = 0; layouts[i].factors[0] && c < 3; c++)
            jpeg.at[frame + 11 + 3 * c] = layouts[i].factors[c];
        bench_open(&bench);
        ck_assert_int_eq(ct_jpeg_rest(&bench.picture,
                                      (struct span){jpeg.at, jpeg.size},
                                      &bench.tools),
                         CUTIS_OK);
        for (int c = 0; c < 4; c++)
            ck_assert_int_eq(bench.picture.rest[c].at != NULL,
                             layouts[i].usual);
        bench_close(&bench);
        blob_free(&jpeg);
    }
    free(scene);
}
END_TEST

/* lcms2 makes light of the samples, and has nowhere to put a rest. */
START_TEST(a_profile_of_its_own_leaves_samples_as_they_are)
{
    static const double adobe[8] = {0.64, 0.33, 0.21,   0.71,
                                    0.15, 0.06, 0.3127, 0.3290};
    uint8_t *scene = make_scene(SIDE, SIDE, 3);
    struct blob profile = make_profile(adobe, 2.2);
    struct blob jpeg = make_jpeg(scene, SIDE, SIDE, 3, 90, 0);
    struct bench bench;
    double plain[3], mean[3];

    add_icc(&jpeg, profile, 60000);
    open_file(&bench, &jpeg);
    ck_assert_int_eq(bench.picture.space, CT_ICC);
    ck_assert_ptr_nonnull(bench.picture.rest[0].at);
    middle(plain, mean, &bench.picture);
    ck_assert_mem_eq(plain, mean, sizeof(plain));
    bench_close(&bench);
    blob_free(&jpeg);
    blob_free(&profile);
    free(scene);
}
END_TEST

/* Of 8 x 8 blocks of light and 4 x 4 of chroma, places and levels are known;
 * beyond them there is nothing. */
START_TEST(beyond_the_blocks_there_is_no_rest)
{
    static const int wide[] = {8, 7, 8}, high[] = {8, 8, 7};
    uint8_t *scene = make_scene(SIDE, SIDE, 3);
    struct blob jpeg = make_jpeg(scene, SIDE, SIDE, 3, 90, SMALL_CHROMA);
    struct bench bench;

    open_file(&bench, &jpeg);
    struct bytes *const light = &bench.picture.rest[0];
    ck_assert_int_eq(light->width, 8);
    ck_assert_int_eq(light->height, 8);
    for (int c = 0; c < 4; c++)
        for (int y = 0; y < bench.picture.rest[c].height; y++)
            for (int x = 0; x < bench.picture.rest[c].width; x++)
                ct_byte_row(&bench.picture.rest[c], y)[x] =
                    (uint8_t)(CT_NO_REST + (c ? 0 : 32));
    for (int i = 0; i < 3; i++) {
        float rgb[3];
        light->width = wide[i];
        light->height = high[i];
        ct_picture_rest(&bench.picture, SIDE - 1, SIDE - 1, rgb);
        for (int c = 0; c < 3; c++)
            ck_assert_float_eq(rgb[c], i ? 0.0f : 0.5f);
    }
    bench_close(&bench);
    blob_free(&jpeg);
    free(scene);
}
END_TEST

static void write_file(const char *path, const struct blob *blob)
{
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(blob->at, 1, blob->size, file), blob->size);
    ck_assert_int_eq(fclose(file), 0);
}

/* The file is read a second time, and may be another by then. */
START_TEST(a_file_that_changed_meanwhile_is_refused)
{
    char path[] = "/tmp/cutis-rest-XXXXXX";
    const int made = mkstemp(path);
    uint8_t *scene = make_scene(SIDE, SIDE, 3);
    struct blob one = make_jpeg(scene, SIDE, SIDE, 3, 90, SMALL_CHROMA);
    struct blob two = make_jpeg(scene, SIDE, SIDE, 3, 89, SMALL_CHROMA);
    struct bench bench;
    ck_assert_int_ge(made, 0);
    bench_open(&bench);
    write_file(path, &one);
    ck_assert_int_eq(
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools),
        CUTIS_OK);
    ck_assert_int_eq(ct_acquire_rest(&bench.picture, path, NULL, 0,
                                     &bench.options, &bench.tools),
                     CUTIS_OK);
    write_file(path, &two);
    ck_assert_int_eq(ct_acquire_rest(&bench.picture, path, NULL, 0,
                                     &bench.options, &bench.tools),
                     CUTIS_ERROR_IO);
    ck_assert_str_eq(bench.tools.sentence,
                     "the file was changed while it was read");
    bench_close(&bench);
    close(made);
    unlink(path);
    blob_free(&one);
    blob_free(&two);
    free(scene);
}
END_TEST

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0); /* figures of failing tests too */
    Suite *suite = suite_create("rest");
    TCase *tests = tcase_create("rest");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_flat_colour_has_the_rest_that_its_steps_leave);
    tcase_add_test(tests, a_card_is_as_bright_as_what_went_in);
    tcase_add_test(tests, the_rest_turns_with_the_picture);
    tcase_add_test(tests, light_in_coarser_blocks_than_chroma_is_left_alone);
    tcase_add_test(tests, only_the_usual_layout_has_a_rest);
    tcase_add_test(tests, a_profile_of_its_own_leaves_samples_as_they_are);
    tcase_add_test(tests, beyond_the_blocks_there_is_no_rest);
    tcase_add_test(tests, where_nothing_is_known_nothing_is_added);
    tcase_add_test(tests, a_file_that_changed_meanwhile_is_refused);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
