/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The networks against OpenCV's DNN module (oracles/network.py), and what
 * becomes of files that are not networks.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "drawn.h"
#include "face/mesh.h"
#include "face/model.h"
#include "util/hash.h"

#include "oracles/network.inc"

static struct tools tools;

static void begin(void)
{
    tools = (struct tools){
        .kernels = ct_kernels_best(CUTIS_ISA_BEST),
        .threads = 1,
    };
}

static void no_memory_is_lost(void)
{
    ck_assert_uint_eq(tools.memory.used, 0);
}

/* ---- What they compute --------------------------------------------------- */

static struct model *load(enum ct_network network)
{
    struct model *model = NULL;
    const struct packed packed = ct_packed_network(network);
    ck_assert_int_eq(ct_model_load(&model, packed.bytes, packed.size, &tools),
                     CUTIS_OK);
    return model;
}

typedef void draw_fn(uint8_t *rgb, int size);

/* Draws, scales [0,255] to [low, high], runs. */
static void run(const struct model *model, draw_fn *drawing, int size,
                double low, double high)
{
    const struct tensor *const input = ct_model_input(model);
    uint8_t *const rgb = malloc(input->count);
    ck_assert_uint_eq(input->count, (size_t)size * (size_t)size * 3);
    drawing(rgb, size);
    for (size_t i = 0; i < input->count; i++)
        input->at[i] = (float)(rgb[i] / 255.0 * (high - low) + low);
    free(rgb);
    ct_model_run(model, &tools);
}

static void compare(const float *actual, const float *expected, size_t count,
                    double tolerance)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(fabs((double)actual[i] - (double)expected[i]) <=
                          tolerance,
                      "value %zu is %.6f, not %.6f", i, (double)actual[i],
                      (double)expected[i]);
}

START_TEST(landmarks_are_those_of_another_runtime)
{
    const float *const points[] = {landmark_points_face, landmark_points_noise};
    const float *const presence[] = {landmark_presence_face,
                                     landmark_presence_noise};
    draw_fn *const drawing[] = {draw_face, draw_noise};
    const double tolerance = 0.001; /* px of the network's input */

    struct model *model = load(CT_NETWORK_LANDMARKS);
    run(model, drawing[_i], 192, 0.0, 1.0);
    compare(ct_model_output(model, 1404)->at, points[_i], 1404, tolerance);
    compare(ct_model_output(model, 1)->at, presence[_i], 1, tolerance);
    ct_model_free(&model);
    no_memory_is_lost();
}
END_TEST

START_TEST(detections_are_those_of_another_runtime)
{
    enum { ANCHORS = 896, VALUES = 16, FIRST = 5, STEP = 17 };
    const float *const boxes[] = {detect_boxes_face, detect_boxes_noise};
    const float *const logits[] = {detect_logits_face, detect_logits_noise};
    draw_fn *const drawing[] = {draw_face, draw_noise};
    const double tolerance = 0.001;

    struct model *model = load(CT_NETWORK_DETECT);
    run(model, drawing[_i], 128, -1.0, 1.0);
    const float *const actual =
        ct_model_output(model, (size_t)ANCHORS * VALUES)->at;
    for (int i = FIRST, k = 0; i < ANCHORS; i += STEP, k++)
        compare(actual + (size_t)i * VALUES, boxes[_i] + (size_t)k * VALUES,
                VALUES, tolerance);
    compare(ct_model_output(model, ANCHORS)->at, logits[_i], ANCHORS,
            tolerance);
    ct_model_free(&model);
    no_memory_is_lost();
}
END_TEST

START_TEST(every_instruction_set_gives_the_same_bits)
{
    const int sizes[] = {128, 192};
    struct model *model = load((enum ct_network)_i);
    char first[65], other[65];
    for (int isa = CUTIS_ISA_C; isa < CUTIS_ISA_BEST; isa++) {
        tools.kernels = ct_kernels_get((cutis_isa)isa);
        if (!tools.kernels)
            continue;
        run(model, draw_face, sizes[_i], 0.0, 1.0);
        const struct tensor *const out = &model->tensors[model->output[0]];
        ct_sha256(out->at, out->count * sizeof(float),
                  isa == CUTIS_ISA_C ? first : other);
        if (isa != CUTIS_ISA_C)
            ck_assert_str_eq(other, first);
    }
    ct_model_free(&model);
}
END_TEST

START_TEST(a_second_run_gives_the_same_bits)
{
    struct model *model = load(CT_NETWORK_LANDMARKS);
    const struct tensor *const out = ct_model_output(model, 1404);
    float *const first = malloc(out->count * sizeof(float));
    run(model, draw_face, 192, 0.0, 1.0);
    memcpy(first, out->at, out->count * sizeof(float));
    run(model, draw_noise, 192, 0.0, 1.0);
    run(model, draw_face, 192, 0.0, 1.0);
    ck_assert_mem_eq(out->at, first, out->count * sizeof(float));
    free(first);
    ct_model_free(&model);
}
END_TEST

START_TEST(the_logistic_function_has_its_values)
{
    ck_assert_double_eq(ct_model_logistic(0.0), 0.5);
    /* 1 / (1 + e^-2), to 15 places */
    ck_assert_double_eq_tol(ct_model_logistic(2.0), 0.880797077977882, 1e-15);
    ck_assert_double_eq_tol(ct_model_logistic(-1e9), 0.0, 1e-40);
    ck_assert_double_eq(ct_model_logistic(1e9), 1.0);
}
END_TEST

/* ---- What they refuse ---------------------------------------------------- */

/* Loads bytes in a block of their very size, so that a sanitizer sees a step
 * outside; runs what loads. */
static cutis_status try_bytes(const unsigned char *bytes, size_t size)
{
    struct model *model = NULL;
    unsigned char *const copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    tools.sentence[0] = 0;
    const cutis_status status = ct_model_load(&model, copy, size, &tools);
    if (status == CUTIS_OK)
        ct_model_run(model, &tools);
    else
        ck_assert_int_ne(tools.sentence[0], 0);
    ct_model_free(&model);
    free(copy);
    no_memory_is_lost();
    return status;
}

START_TEST(a_file_cut_short_is_refused)
{
    enum { SAMPLES = 150 };
    const struct packed packed = ct_packed_network(CT_NETWORK_DETECT);
    for (size_t size = 0; size < 64; size++)
        ck_assert_int_eq(try_bytes(packed.bytes, size), CUTIS_ERROR_FORMAT);
    for (size_t i = 0; i < SAMPLES; i++)
        ck_assert_int_eq(try_bytes(packed.bytes, packed.size * i / SAMPLES),
                         CUTIS_ERROR_FORMAT);
}
END_TEST

/* Where the tables are, flips hit structure; elsewhere, weights. */
START_TEST(flipped_bytes_never_crash)
{
    enum { ROUNDS = 400, FLIPS = 4, TABLES = 40000 };
    const struct packed packed = ct_packed_network(CT_NETWORK_DETECT);
    unsigned char *const bytes = malloc(packed.size);
    struct random random;
    int refused = 0;
    ct_random_seed(&random, 7);
    for (int round = 0; round < ROUNDS; round++) {
        memcpy(bytes, packed.bytes, packed.size);
        for (int i = 0; i < FLIPS; i++) {
            const uint64_t draw = ct_random_next(&random);
            const size_t at = packed.size - 1 - draw % TABLES;
            bytes[round % 2 ? at : draw % TABLES] ^=
                (unsigned char)(1u << (draw >> 40) % 8);
        }
        refused += try_bytes(bytes, packed.size) != CUTIS_OK;
    }
    ck_assert_int_gt(refused, ROUNDS / 10);
    free(bytes);
}
END_TEST

START_TEST(text_is_not_a_network)
{
    const char text[] = "This is a sentence and has no tables in it at all.";
    ck_assert_int_eq(try_bytes((const unsigned char *)text, sizeof(text)),
                     CUTIS_ERROR_FORMAT);
}
END_TEST

/* Fails every allocation in turn, by a limit that grows. */
START_TEST(too_little_memory_is_said)
{
    const struct packed packed = ct_packed_network(CT_NETWORK_DETECT);
    const size_t step = 20011;
    int failures = 0;
    for (tools.memory.limit = 1;
         try_bytes(packed.bytes, packed.size) != CUTIS_OK;
         tools.memory.limit += step)
        failures++;
    ck_assert_int_gt(failures, 10);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *tests = tcase_create("model");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, the_logistic_function_has_its_values);
    tcase_add_test(tests, text_is_not_a_network);
    if (HAVE_MODELS) {
        tcase_add_loop_test(tests, landmarks_are_those_of_another_runtime, 0,
                            2);
        tcase_add_loop_test(tests, detections_are_those_of_another_runtime, 0,
                            2);
        tcase_add_loop_test(tests, every_instruction_set_gives_the_same_bits, 0,
                            2);
        tcase_add_test(tests, a_second_run_gives_the_same_bits);
        tcase_add_test(tests, a_file_cut_short_is_refused);
        tcase_add_test(tests, flipped_bytes_never_crash);
        tcase_add_test(tests, too_little_memory_is_said);
    } else {
        puts("SKIPPED: this build has no face model");
    }

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
