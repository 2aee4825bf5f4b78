/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Networks of one operator: what it computes, in closed form, and what is
 * refused when one number of its file is other.  Constants are floats as the
 * machine has them: files are little-endian, and so is every machine built for.
 */

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "face/model.h"
#include "network_scene.h"

static struct tools tools;
static struct net net;
static struct net_file file;

static void begin(void)
{
    tools = (struct tools){
        .kernels = ct_kernels_best(CUTIS_ISA_BEST),
        .threads = 1,
    };
    memset(&net, 0, sizeof(net));
}

static cutis_status load(struct model **model)
{
    net_write(&file, &net);
    tools.sentence[0] = 0;
    return ct_model_load(model, file.bytes, file.size, &tools);
}

/* Runs it on 1, 2, 3, ... or, `centred`, on those less 3. */
static void gives(const float *expected, size_t count, bool centred)
{
    struct model *model = NULL;
    ck_assert_msg(load(&model) == CUTIS_OK, "%s", tools.sentence);
    const struct tensor *const in = ct_model_input(model);
    for (size_t i = 0; i < in->count; i++)
        in->at[i] = (float)(i + 1) - (centred ? 3.0f : 0.0f);
    ct_model_run(model, &tools);
    const struct tensor *const out = ct_model_output(model, count);
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(out->at[i] == expected[i], "value %zu is %g, not %g", i,
                      (double)out->at[i], (double)expected[i]);
    ck_assert_ptr_null(ct_model_output(model, count + 1));
    ct_model_free(&model);
    ck_assert_uint_eq(tools.memory.used, 0);
}

#define GIVES(centred, ...)                                                    \
    gives((const float[]){__VA_ARGS__},                                        \
          sizeof((const float[]){__VA_ARGS__}) / sizeof(float), centred)

/* ---- What they compute --------------------------------------------------- */

enum { SAME, VALID };

/* The sum of a pixel and the one right below it, + 0.5. */
static void conv(void)
{
    begin();
    net_tensor(&net, 3, 3, 1);
    net_constant(&net, 4, (const int[]){1, 2, 2, 1},
                 (const float[]){1.0f, 0.0f, 0.0f, 1.0f});
    net_constant(&net, 1, (const int[]){1}, (const float[]){0.5f});
    net_tensor(&net, 2, 2, 1);
    net_close(&net, CT_CONV_2D);
    net_options(&net, 6, (const int[]){VALID, 1, 1, 0, 1, 1});
}

/* Two channels, twice and three times, + 0 and + 1. */
static void depthwise(void)
{
    begin();
    net_tensor(&net, 1, 2, 2);
    net_constant(&net, 4, (const int[]){1, 1, 1, 2},
                 (const float[]){2.0f, 3.0f});
    net_constant(&net, 1, (const int[]){2}, (const float[]){0.0f, 1.0f});
    net_tensor(&net, 1, 2, 2);
    net_close(&net, CT_DEPTHWISE_CONV_2D);
    net_options(&net, 7, (const int[]){VALID, 1, 1, 1, 0, 1, 1});
}

static void pool(void)
{
    begin();
    net_tensor(&net, 3, 3, 1);
    net_tensor(&net, 2, 2, 1);
    net_close(&net, CT_MAX_POOL_2D);
    net_options(&net, 6, (const int[]){SAME, 2, 2, 2, 2, 0});
}

static void prelu(void)
{
    begin();
    net_tensor(&net, 1, 2, 2);
    net_constant(&net, 3, (const int[]){1, 1, 2}, (const float[]){0.25f, 0.5f});
    net_tensor(&net, 1, 2, 2);
    net_close(&net, CT_PRELU);
}

/* One line before, one column behind. */
static void pad(void)
{
    const int amount[] = {0, 0, 1, 0, 0, 1, 0, 0};
    begin();
    net_tensor(&net, 1, 2, 1);
    net_constant(&net, 2, (const int[]){4, 2}, (const float[8]){0.0f});
    net.tensor[1].element = CT_INT32;
    memcpy(net.tensor[1].stored, amount, sizeof(amount));
    net_tensor(&net, 2, 3, 1);
    net_close(&net, CT_PAD);
}

static void pointwise(int code)
{
    begin();
    net_tensor(&net, 1, 1, 5);
    net_tensor(&net, 1, 1, 5);
    net_close(&net, code);
}

/* The input and itself. */
static void add(void)
{
    pointwise(CT_ADD);
    net.step[0].ins = 2;
    net.step[0].in[1] = 0;
    net_options(&net, 1, (const int[]){0});
}

static void concatenation(void)
{
    begin();
    net_tensor(&net, 1, 2, 1);
    net_tensor(&net, 1, 2, 2);
    net_close(&net, CT_CONCATENATION);
    net.step[0].ins = 2;
    net.step[0].in[1] = 0;
    net_options(&net, 2, (const int[]){3, 0});
}

static void reshape(void)
{
    begin();
    net_tensor(&net, 1, 2, 3);
    net_tensor(&net, 2, 1, 1);
    net.tensor[1].rank = 2;
    net.tensor[1].dim[0] = 3;
    net_close(&net, CT_RESHAPE);
}

/* conv's weights and bias as halves: 1, 0, 0, 1 and 0.5. */
static void halves(void)
{
    static const uint8_t weights[] = {0x00, 0x3c, 0, 0, 0, 0, 0x00, 0x3c};
    static const uint8_t bias[] = {0x00, 0x38};
    conv();
    const int out = net.output;
    for (int i = 0; i < 2; i++) {
        struct net_tensor *const from = &net.tensor[out + 1 + i];
        *from = net.tensor[1 + i];
        from->element = CT_FLOAT16;
        from->bytes /= 2;
        memcpy(from->stored, i ? bias : weights, i ? 2 : 8);
        net.tensor[1 + i].bytes = 0;
        net.step[i] = (struct net_step){.code = CT_DEQUANTIZE,
                                        .index = -1,
                                        .in = {out + 1 + i},
                                        .ins = 1,
                                        .out = 1 + i,
                                        .outs = 1};
    }
    struct net_step *const last = &net.step[2];
    *last = (struct net_step){.code = CT_CONV_2D,
                              .index = -1,
                              .in = {0, 1, 2},
                              .ins = 3,
                              .out = out,
                              .outs = 1,
                              .option = {VALID, 1, 1, 0, 1, 1},
                              .options = 6};
    net.tensors = out + 3;
    net.steps = 3;
}

START_TEST(a_convolution_sums_under_its_filter)
{
    conv(); /* 1 2 3 / 4 5 6 / 7 8 9 */
    GIVES(false, 6.5f, 8.5f, 12.5f, 14.5f);
    conv(); /* padded behind, as 2 is missing half of 1 before */
    net.step[0].option[0] = SAME;
    net.tensor[3].dim[1] = net.tensor[3].dim[2] = 3;
    GIVES(false, 6.5f, 8.5f, 3.5f, 12.5f, 14.5f, 6.5f, 7.5f, 8.5f, 9.5f);
    conv();
    net.step[0].option[0] = SAME;
    net.step[0].option[1] = net.step[0].option[2] = 2;
    GIVES(false, 6.5f, 3.5f, 7.5f, 9.5f);
    halves();
    GIVES(false, 6.5f, 8.5f, 12.5f, 14.5f);
}
END_TEST

START_TEST(a_depthwise_filter_keeps_channels_apart)
{
    depthwise(); /* 1 2 | 3 4 */
    GIVES(false, 2.0f, 7.0f, 6.0f, 13.0f);
}
END_TEST

START_TEST(a_pool_takes_the_largest_that_is_there)
{
    pool();
    GIVES(false, 5.0f, 6.0f, 8.0f, 9.0f);
    GIVES(true, 2.0f, 3.0f, 5.0f, 6.0f);
}
END_TEST

START_TEST(what_is_below_zero_is_less)
{
    prelu(); /* -2 -1 | 0 1 */
    GIVES(true, -0.5f, -0.5f, 0.0f, 1.0f);
    pointwise(CT_RELU);
    GIVES(true, 0.0f, 0.0f, 0.0f, 1.0f, 2.0f);
}
END_TEST

START_TEST(sums_and_logistic_values_are_by_element)
{
    add();
    GIVES(false, 2.0f, 4.0f, 6.0f, 8.0f, 10.0f);
    pointwise(CT_LOGISTIC); /* 1 / (1 + e^2), (1 + e), 2, ... */
    GIVES(true, 0.11920292f, 0.26894142f, 0.5f, 0.7310586f, 0.8807971f);
}
END_TEST

START_TEST(values_are_moved_as_they_are)
{
    pad();
    GIVES(false, 0.0f, 0.0f, 0.0f, 1.0f, 2.0f, 0.0f);
    reshape();
    GIVES(false, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f);
    concatenation();
    GIVES(false, 1.0f, 1.0f, 2.0f, 2.0f);
    concatenation();
    net.step[0].option[0] = -1;
    GIVES(false, 1.0f, 1.0f, 2.0f, 2.0f);
    concatenation();
    net.step[0].option[0] = 2;
    net.tensor[1].dim[2] = 4;
    net.tensor[1].dim[3] = 1;
    GIVES(false, 1.0f, 2.0f, 1.0f, 2.0f);
}
END_TEST

/* IEEE 754: a bias as a half, seen through a sum with zeros. */
START_TEST(a_half_is_the_same_number_as_a_float)
{
    static const struct {
        unsigned half;
        float value;
    } table[] = {
        {0x3c00, 1.0f},     {0xc000, -2.0f},     {0x7bff, 65504.0f},
        {0x0400, 0x1p-14f}, {0x0001, 0x1p-24f},  {0x83ff, -0x3ffp-24f},
        {0x7c00, INFINITY}, {0xfc00, -INFINITY}, {0x3555, 0x5.55p-4f},
    };
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        halves();
        memset(net.tensor[4].stored, 0, 8);
        net.tensor[5].stored[0] = (uint8_t)table[i].half;
        net.tensor[5].stored[1] = (uint8_t)(table[i].half >> 8);
        const float v = table[i].value;
        GIVES(false, v, v, v, v);
    }
}
END_TEST

/* ---- What they refuse ---------------------------------------------------- */

struct spoiled {
    void (*make)(void);
    size_t at; /* of an int of the net */
    int value;
    const char *sentence; /* a part of it */
};

#define DAMAGED    "is damaged"
#define MISFIT     "do not fit each other"
#define ORDER      "out of order"
#define KNOWN      "that cutis does not know"
#define AT(member) offsetof(struct net, member)

static void refused(const struct spoiled *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct model *model = NULL;
        const bool unknown = strstr(table[i].sentence, "has ") != NULL;
        table[i].make();
        ck_assert_int_eq(load(&model), CUTIS_OK);
        ct_model_free(&model);
        memcpy((char *)&net + table[i].at, &table[i].value, sizeof(int));
        const cutis_status status = load(&model);
        ck_assert_msg(
            status == (unknown ? CUTIS_ERROR_UNSUPPORTED : CUTIS_ERROR_FORMAT),
            "%zu: %s, %s", i, cutis_status_name(status), tools.sentence);
        ck_assert_msg(strstr(tools.sentence, table[i].sentence) != NULL,
                      "%zu: \"%s\" is not \"%s\"", i, tools.sentence,
                      table[i].sentence);
        ck_assert_ptr_null(model);
        ck_assert_uint_eq(tools.memory.used, 0);
    }
}

#define REFUSED(table) refused(table, sizeof(table) / sizeof((table)[0]))

START_TEST(a_file_that_says_other_than_it_has_is_refused)
{
    static const struct spoiled table[] = {
        {conv, AT(graphs), 0, DAMAGED},
        {conv, AT(tensors), 0, DAMAGED},
        {conv, AT(steps), 0, DAMAGED},
        {conv, AT(inputs), 0, DAMAGED},
        {conv, AT(inputs), 2, DAMAGED},
        {conv, AT(outputs), 0, DAMAGED},
        {conv, AT(outputs), 9, DAMAGED},
        {conv, AT(input), -1, DAMAGED},
        {conv, AT(input), 4, DAMAGED},
        {conv, AT(input), 1, DAMAGED}, /* a constant */
        {conv, AT(output), -1, DAMAGED},
        {conv, AT(output), 4, DAMAGED},
        {conv, AT(tensor[0].rank), 5, "has tensors of more dimensions"},
        {conv, AT(tensor[0].dim[0]), 0, DAMAGED},
        {conv, AT(tensor[0].dim[1]), -3, DAMAGED},
        {conv, AT(tensor[0].dim[1]), 1 << 23, DAMAGED},
        {conv, AT(tensor[0].dim[1]), 1 << 21, DAMAGED}, /* times 3 */
        {conv, AT(tensor[0].element), 3, "has numbers of a kind"},
        {conv, AT(tensor[0].buffer), 5, DAMAGED},
        {conv, AT(tensor[0].buffer), -2147483647, DAMAGED},
        {conv, AT(tensor[1].bytes), 12, DAMAGED},
        {conv, AT(tensor[1].element), CT_FLOAT16, DAMAGED},
        {conv, AT(step[0].index), 1, DAMAGED},
        {conv, AT(step[0].code), 200, "has an operator"},
    };
    REFUSED(table);
}
END_TEST

START_TEST(an_operator_needs_its_operands)
{
    static const struct spoiled table[] = {
        {conv, AT(step[0].outs), 0, MISFIT},
        {conv, AT(step[0].outs), 2, MISFIT},
        {conv, AT(step[0].out), -1, MISFIT},
        {conv, AT(step[0].out), 4, MISFIT},
        {conv, AT(step[0].out), 1, MISFIT},
        {conv, AT(step[0].out), 0, MISFIT},
        {conv, AT(step[0].ins), 0, MISFIT},
        {conv, AT(step[0].ins), 2, MISFIT},
        {conv, AT(step[0].in[0]), -1, MISFIT},
        {conv, AT(step[0].in[0]), 4, MISFIT},
        {conv, AT(step[0].in[0]), 1, MISFIT},
        {conv, AT(step[0].in[1]), -1, MISFIT},
        {conv, AT(step[0].in[1]), 4, MISFIT},
        {conv, AT(step[0].in[1]), 0, MISFIT}, /* no constant */
        {conv, AT(step[0].in[2]), 3, MISFIT},
        {conv, AT(tensor[3].element), CT_INT32, MISFIT},
        {conv, AT(tensor[0].element), CT_INT32, MISFIT},
        {pool, AT(step[0].ins), 0, MISFIT},
        {prelu, AT(step[0].ins), 1, MISFIT},
        {prelu, AT(step[0].in[0]), 2, ORDER}, /* its own result */
        {add, AT(step[0].in[1]), 1, ORDER},
        {add, AT(step[0].ins), 1, MISFIT},
        {pad, AT(step[0].ins), 1, MISFIT},
        {pad, AT(step[0].in[0]), 1, MISFIT},
        {concatenation, AT(step[0].ins), 0, MISFIT},
        {concatenation, AT(step[0].ins), 9, MISFIT},
        {reshape, AT(step[0].ins), 0, MISFIT},
        {halves, AT(step[0].in[0]), 0, MISFIT},
        {halves, AT(step[0].out), 2, MISFIT},
        {halves, AT(tensor[4].element), CT_FLOAT32, DAMAGED},
        {halves, AT(step[2].out), 0, MISFIT},
        {halves, AT(output), 2, DAMAGED},
    };
    REFUSED(table);
}
END_TEST

START_TEST(shapes_that_do_not_follow_are_refused)
{
    static const struct spoiled table[] = {
        {conv, AT(tensor[0].dim[3]), 2, MISFIT},
        {conv, AT(tensor[3].dim[3]), 2, MISFIT},
        {conv, AT(tensor[3].dim[1]), 3, MISFIT},
        {conv, AT(tensor[3].dim[2]), 3, MISFIT},
        {conv, AT(tensor[0].dim[0]), 2, MISFIT},
        {conv, AT(tensor[3].dim[0]), 2, MISFIT},
        {conv, AT(tensor[0].dim[1]), 1, MISFIT}, /* less than the filter */
        {conv, AT(step[0].option[1]), 0, MISFIT},
        {conv, AT(step[0].option[2]), -1, MISFIT},
        {conv, AT(step[0].option[2]), 4097, MISFIT},
        {conv, AT(step[0].option[0]), SAME, MISFIT},
        {conv, AT(step[0].options), 1, MISFIT}, /* no stride */
        {depthwise, AT(tensor[0].dim[3]), 3, MISFIT},
        {depthwise, AT(tensor[3].dim[3]), 4, MISFIT},
        {pool, AT(tensor[1].dim[3]), 2, MISFIT},
        {pool, AT(tensor[1].dim[2]), 1, MISFIT},
        {pool, AT(step[0].option[3]), 0, MISFIT},
        {pool, AT(step[0].option[4]), 4097, MISFIT},
        {prelu, AT(tensor[2].dim[2]), 1, MISFIT},
        {prelu, AT(tensor[0].dim[3]), 1, MISFIT},
        {add, AT(tensor[1].dim[1]), 2, MISFIT},
        {pad, AT(tensor[0].dim[2]), 3, MISFIT},
        {pad, AT(tensor[0].rank), 3, MISFIT},
        {pad, AT(tensor[1].element), CT_FLOAT32, MISFIT},
        {pad, AT(tensor[2].dim[3]), 2, MISFIT},
        {pad, AT(tensor[1].stored[16]), -1, MISFIT}, /* takes away */
        {pad, AT(tensor[1].stored[20]), -1, MISFIT},
        {concatenation, AT(step[0].option[0]), 4, MISFIT},
        {concatenation, AT(step[0].option[0]), -5, MISFIT},
        {concatenation, AT(step[0].option[0]), 2, MISFIT},
        {concatenation, AT(tensor[1].dim[3]), 3, MISFIT},
        {reshape, AT(tensor[1].dim[0]), 2, MISFIT},
        {halves, AT(tensor[1].dim[2]), 1, MISFIT},
    };
    REFUSED(table);
}
END_TEST

START_TEST(what_the_interpreter_does_not_do_is_said)
{
    static const struct spoiled table[] = {
        {conv, AT(step[0].option[0]), 2, "has a fused activation or padding"},
        {conv, AT(step[0].option[3]), 1, "has a fused activation"},
        {conv, AT(step[0].option[4]), 2, "has a dilated convolution"},
        {conv, AT(step[0].option[5]), 2, "has a dilated convolution"},
        {depthwise, AT(step[0].option[4]), 3, "has a fused activation"},
        {depthwise, AT(step[0].option[6]), 2, "has a dilated convolution"},
        {pool, AT(step[0].option[5]), 1, "has a fused activation"},
        {add, AT(step[0].option[0]), 1, "has a fused activation"},
        {concatenation, AT(step[0].option[1]), 1, "has a fused activation"},
    };
    REFUSED(table);
}
END_TEST

START_TEST(a_depthwise_filter_has_at_most_64_places)
{
    static const float ones[72] = {1.0f, 1.0f};
    for (int width = 8; width <= 9; width++) {
        struct model *model = NULL;
        begin();
        net_tensor(&net, 8, width, 1);
        net_constant(&net, 4, (const int[]){1, 8, width, 1}, ones);
        net_constant(&net, 1, (const int[]){1}, ones);
        net_tensor(&net, 1, 1, 1);
        net_close(&net, CT_DEPTHWISE_CONV_2D);
        net_options(&net, 7, (const int[]){VALID, 1, 1, 1, 0, 1, 1});
        if (width == 8) {
            GIVES(false, 4.0f); /* 1 + 2 + bias */
            continue;
        }
        ck_assert_int_eq(load(&model), CUTIS_ERROR_UNSUPPORTED);
        ck_assert_ptr_nonnull(strstr(tools.sentence, "a filter of a size"));
    }
}
END_TEST

/* ---- All of them --------------------------------------------------------- */

int main(void)
{
    Suite *const suite = suite_create("operators");
    TCase *const tests = tcase_create("operators");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, begin, NULL);
    tcase_add_test(tests, a_convolution_sums_under_its_filter);
    tcase_add_test(tests, a_depthwise_filter_keeps_channels_apart);
    tcase_add_test(tests, a_pool_takes_the_largest_that_is_there);
    tcase_add_test(tests, what_is_below_zero_is_less);
    tcase_add_test(tests, sums_and_logistic_values_are_by_element);
    tcase_add_test(tests, values_are_moved_as_they_are);
    tcase_add_test(tests, a_half_is_the_same_number_as_a_float);
    tcase_add_test(tests, a_file_that_says_other_than_it_has_is_refused);
    tcase_add_test(tests, an_operator_needs_its_operands);
    tcase_add_test(tests, shapes_that_do_not_follow_are_refused);
    tcase_add_test(tests, what_the_interpreter_does_not_do_is_said);
    tcase_add_test(tests, a_depthwise_filter_has_at_most_64_places);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
