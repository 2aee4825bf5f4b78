/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Networks at the bounds of what is read, each bound with all else in order;
 * what an operator computes is in test_operators.c.
 */

#include <stdbool.h>
#include <stdlib.h>

#include "face/flat.h"
#include "face/model.h"
#include "network_scene.h"

static struct tools tools;
static struct net net;
static struct net_file file;

/* One convolution. */
static void set_up(void)
{
    tools = (struct tools){
        .kernels = ct_kernels_best(CUTIS_ISA_BEST),
        .threads = 1,
    };
    memset(&net, 0, sizeof(net));
    net_tensor(&net, 3, 3, 1);
    net_constant(&net, 4, (const int[]){1, 2, 2, 1},
                 (const float[]){1.0f, 0.0f, 0.0f, 1.0f});
    net_constant(&net, 1, (const int[]){1}, (const float[]){0.5f});
    net_tensor(&net, 2, 2, 1);
    net_close(&net, CT_CONV_2D);
    net_options(&net, 6, (const int[]){1, 1, 1, 0, 1, 1}); /* no padding */
    net_write(&file, &net);
}

static void loads(const void *bytes, size_t size, cutis_status wanted,
                  const char *words)
{
    struct model *model = NULL;

    tools.sentence[0] = 0;
    const cutis_status status = ct_model_load(&model, bytes, size, &tools);
    ck_assert_msg(status == wanted, "%s: %s", cutis_status_name(status),
                  tools.sentence);
    ck_assert_msg(strstr(tools.sentence, words) != NULL, "%s", tools.sentence);
    ct_model_free(&model);
    ck_assert_uint_eq(tools.memory.used, 0);
}

/* The same file, with a list of its graph (0: tensors, 1: what goes in, 2: what
 * comes out, 3: operators) that says `count` entries instead, of which so many
 * are there and lead nowhere. */
static void grow(int field, uint32_t count, uint32_t there, const char *words)
{
    const size_t size = file.size + 4 + 4 * (size_t)there;
    uint8_t *const bytes = calloc(1, size);
    struct flat flat = {.at = bytes, .size = size};

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, file.bytes, file.size);
    const struct flat_vector graphs =
        ct_flat_vector(&flat, ct_flat_table(&flat, 0), 2, 4);
    const size_t graph = ct_flat_table(&flat, graphs.at);
    const size_t at = ct_flat_field(&flat, graph, field);
    ck_assert(!flat.broken && at != 0);
    for (int i = 0; i < 4; i++) {
        bytes[at + (size_t)i] = (uint8_t)((file.size - at) >> 8 * i);
        bytes[file.size + (size_t)i] = (uint8_t)(count >> 8 * i);
    }
    loads(bytes, size,
          strstr(words, "more parts") ? CUTIS_ERROR_UNSUPPORTED
                                      : CUTIS_ERROR_FORMAT,
          words);
    free(bytes);
}

START_TEST(a_network_has_so_many_parts_at_most)
{
    loads(file.bytes, file.size, CUTIS_OK, "");
    grow(0, 4096, 4096, "is damaged");
    grow(0, 4097, 4097, "more parts than");
    grow(3, 1024, 1024, "is damaged");
    grow(3, 1025, 1025, "more parts than");
}
END_TEST

START_TEST(a_list_ends_within_the_file)
{
    for (int field = 0; field < 4; field++)
        grow(field, 2, 1, "is damaged");
}
END_TEST

START_TEST(an_operator_has_a_code_of_the_list)
{
    static const int index[] = {-2147483647 - 1, 1, 2147483647};

    for (int i = 0; i < 3; i++) {
        net_write(&file, &net);
        struct flat flat = {.at = file.bytes, .size = file.size};
        const struct flat_vector graphs =
            ct_flat_vector(&flat, ct_flat_table(&flat, 0), 2, 4);
        const struct flat_vector steps =
            ct_flat_vector(&flat, ct_flat_table(&flat, graphs.at), 3, 4);
        const size_t at =
            ct_flat_field(&flat, ct_flat_table(&flat, steps.at), 0);
        ck_assert(!flat.broken && at != 0);
        net_put(&file, at, (uint32_t)index[i]);
        loads(file.bytes, file.size, CUTIS_ERROR_FORMAT, "is damaged");
    }
}
END_TEST

/* What goes in and what comes out are floats, and no constants. */
START_TEST(the_ends_of_a_network_are_floats)
{
    const int other = net_tensor(&net, 1, 2, 1); /* of no operator */

    net.input = other;
    net_write(&file, &net);
    loads(file.bytes, file.size, CUTIS_ERROR_FORMAT, "out of order");
    net.tensor[other].element = CT_INT32;
    net_write(&file, &net);
    loads(file.bytes, file.size, CUTIS_ERROR_FORMAT, "is damaged");
}
END_TEST

/* ---- Memory -------------------------------------------------------------- */

static int left;

static void *scarce(void *user, size_t size)
{
    (void)user;
    return left-- > 0 ? malloc(size) : NULL;
}

static void give_back(void *user, void *block)
{
    (void)user;
    free(block);
}

START_TEST(each_allocation_may_fail)
{
    struct model *model = NULL;
    int failures = 0;

    tools.memory.from =
        (cutis_allocator){.allocate = scarce, .release = give_back};
    for (cutis_status status = CUTIS_ERROR_MEMORY; status != CUTIS_OK;
         failures++) {
        left = failures;
        tools.sentence[0] = 0;
        status = ct_model_load(&model, file.bytes, file.size, &tools);
        if (status != CUTIS_OK) {
            ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
            ck_assert_int_ne(tools.sentence[0], 0);
            ck_assert_ptr_null(model);
            ck_assert_uint_eq(tools.memory.used, 0);
        }
    }
    ck_assert_int_gt(failures, 3);
    ct_model_free(&model);
    ck_assert_uint_eq(tools.memory.used, 0);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("network");
    TCase *const tests = tcase_create("network");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, a_network_has_so_many_parts_at_most);
    tcase_add_test(tests, a_list_ends_within_the_file);
    tcase_add_test(tests, an_operator_has_a_code_of_the_list);
    tcase_add_test(tests, the_ends_of_a_network_are_floats);
    tcase_add_test(tests, each_allocation_may_fail);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
