/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "signal/signal.h"
#include "util/hash.h"
#include "util/memory.h"
#include "util/parallel.h"
#include "util/text.h"
#include "util/tools.h"

/* ---- Memory -------------------------------------------------------------- */

START_TEST(blocks_are_zeroed_and_aligned)
{
    struct memory memory = {0};
    for (size_t size = 0; size < 300; size++) {
        unsigned char *block = ct_alloc(&memory, size, 3);
        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % 64, 0);
        for (size_t i = 0; i < size * 3; i++)
            ck_assert_uint_eq(block[i], 0);
        memset(block, 1, size * 3);
        ct_free(block);
    }
    ck_assert_uint_eq(atomic_load(&memory.used), 0);
}
END_TEST

START_TEST(a_product_that_overflows_gives_nothing)
{
    struct memory memory = {0};
    ck_assert_ptr_null(ct_alloc(&memory, SIZE_MAX / 2 + 1, 2));
    ck_assert_ptr_null(ct_alloc(&memory, SIZE_MAX, SIZE_MAX));
    ck_assert_ptr_null(ct_alloc(&memory, SIZE_MAX - 8, 1));
    ck_assert_uint_eq(atomic_load(&memory.used), 0);
}
END_TEST

START_TEST(a_limit_holds_and_what_is_freed_counts_no_more)
{
    struct memory memory = {.limit = 4096};
    void *first = ct_alloc(&memory, 1, 3000);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(ct_alloc(&memory, 1, 3000));
    ct_free(first);
    void *second = ct_alloc(&memory, 1, 3000);
    ck_assert_ptr_nonnull(second);
    ct_free(second);
    ck_assert_uint_ge(atomic_load(&memory.peak), 3000);
}
END_TEST

static void *odd_allocate(void *user, size_t size)
{
    ++*(int *)user;
    char *block = malloc(size + 16);
    return block ? block + 16 : NULL;
}

static void odd_release(void *user, void *block)
{
    --*(int *)user;
    free((char *)block - 16);
}

START_TEST(the_callers_allocator_is_used_and_gets_back_what_it_gave)
{
    int out = 0;
    struct memory memory = {.from = {odd_allocate, odd_release, &out}};
    void *a = ct_alloc(&memory, 10, 10);
    void *b = ct_alloc_raw(&memory, 10, 10);
    ck_assert_int_eq(out, 2);
    ck_assert_uint_eq((uintptr_t)a % 64 + (uintptr_t)b % 64, 0);
    ct_free(a);
    ct_free(b);
    ck_assert_int_eq(out, 0);
}
END_TEST

/* ---- Hashes -------------------------------------------------------------- */

START_TEST(sha256_agrees_with_sha256sum)
{
    static const struct {
        size_t as;
        const char *text, *hex;
    } known[] = {
        {0, "",
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {0, "abc",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {1000, NULL,
         "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"},
    };
    char many[1000], hex[65];
    memset(many, 'a', sizeof(many));
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        const char *text = known[i].text ? known[i].text : many;
        const size_t size = known[i].as ? known[i].as : strlen(text);
        ct_sha256(text, size, hex);
        ck_assert_str_eq(hex, known[i].hex);
    }
}
END_TEST

START_TEST(one_bit_changes_the_fast_hash)
{
    unsigned char bytes[100] = {0};
    for (size_t size = 1; size <= sizeof(bytes); size++) {
        const uint64_t before = ct_hash(1, bytes, size);
        ck_assert_uint_ne(before, ct_hash(2, bytes, size));
        ck_assert_uint_ne(before, ct_hash(1, bytes, size - 1));
        for (size_t at = 0; at < size; at++) {
            bytes[at] ^= 0x10;
            ck_assert_uint_ne(before, ct_hash(1, bytes, size));
            bytes[at] ^= 0x10;
        }
    }
}
END_TEST

START_TEST(random_draws_are_those_of_pcg64)
{
    /* tests/oracles/pcg64.py */
    static const uint64_t expected[] = {
        UINT64_C(0xa13ef02f21fe971b), UINT64_C(0x1ba72fb5e7a3bae5),
        UINT64_C(0xfe4c0be4e84c67b0), UINT64_C(0x5cf400c86a07cf94)};
    struct random random = {
        .state = {UINT64_C(0xfedcba9876543210), UINT64_C(0x0123456789abcdef)},
        .stream = {UINT64_C(0x99aabbccddeeff01), UINT64_C(0x1122334455667788)}};
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(ct_random_next(&random), expected[i]);
}
END_TEST

START_TEST(normal_draws_have_mean_0_and_variance_1)
{
    enum { N = 100000 };
    struct random random;
    ct_random_seed(&random, 7);
    double sum = 0, square = 0;
    for (int i = 0; i < N; i++) {
        const double x = ct_random_normal(&random);
        sum += x;
        square += x * x;
    }
    /* Five standard errors: 1/sqrt(N) and sqrt(2/N). */
    ck_assert_double_le(fabs(sum / N), 5 * 0.00317);
    ck_assert_double_le(fabs(square / N - 1), 5 * 0.00448);
}
END_TEST

/* ---- Parallel loop ------------------------------------------------------- */

struct visits {
    atomic_int of[1000];
};

static void visit(void *context, int item)
{
    struct visits *visits = context;
    atomic_fetch_add(&visits->of[item], 1);
}

START_TEST(every_item_is_visited_once_by_any_number_of_threads)
{
    for (int threads = 1; threads <= 8; threads++)
        for (int count = 0; count <= 1000; count += 97) {
            struct visits visits = {0};
            ct_parallel(threads, count, visit, &visits);
            for (int i = 0; i < 1000; i++)
                ck_assert_int_eq(atomic_load(&visits.of[i]), i < count);
        }
}
END_TEST

/* ---- Text ---------------------------------------------------------------- */

static void check_number(double value, const char *expected)
{
    struct memory memory = {0};
    struct text text = {.memory = &memory};
    ct_text_number(&text, value);
    ck_assert_str_eq(text.bytes, expected);
    ct_text_free(&text);
}

START_TEST(numbers_are_as_short_as_they_can_be_and_read_back)
{
    check_number(0.1, "0.1");
    check_number(1.0 / 3.0, "0.3333333333333333");
    check_number(-0.0, "0");
    check_number(NAN, "null");
    check_number(INFINITY, "null");
    check_number(1e300, "1e+300");
    check_number(5e-324, "5e-324");
    check_number(123456789.0, "123456789");
    check_number(1350.0, "1350");
    check_number(-100.0, "-100");
    check_number(0.1 + 0.2, "0.30000000000000004");
}
END_TEST

START_TEST(a_locale_with_commas_changes_nothing)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        return; /* not on this machine; run.sh makes it */
    check_number(1234.5, "1234.5");
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(fixed_numbers_have_no_negative_zero)
{
    struct memory memory = {0};
    struct text text = {.memory = &memory};
    ct_text_fixed(&text, -0.004, 2);
    ct_text_put(&text, " ");
    ct_text_fixed(&text, -1.256, 2);
    ct_text_put(&text, " ");
    ct_text_fixed(&text, NAN, 2);
    ck_assert_str_eq(text.bytes, "0.00 -1.26 \xe2\x80\x93");
    ct_text_free(&text);
}
END_TEST

START_TEST(base64_is_that_of_rfc_4648)
{
    static const char *const known[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    struct memory memory = {0};
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        struct text text = {.memory = &memory};
        ct_text_base64(&text, known[i][0], strlen(known[i][0]));
        ck_assert_str_eq(text.bytes, known[i][1]);
        ct_text_free(&text);
    }
}
END_TEST

START_TEST(text_without_memory_fails_once_and_stays_so)
{
    struct memory memory = {.limit = 16};
    struct text text = {.memory = &memory};
    ct_text_put(&text, "hello");
    ck_assert_int_eq(text.failed, 1);
    ct_text_number(&text, 1.0);
    ck_assert_uint_eq(text.size, 0);
    ct_text_free(&text);
}
END_TEST

START_TEST(the_first_sentence_stays)
{
    struct tools tools = {0};
    ck_assert_int_eq(ct_fail(&tools, CUTIS_ERROR_IO, "first %d", 1),
                     CUTIS_ERROR_IO);
    ck_assert_int_eq(ct_fail(&tools, CUTIS_ERROR_LIMIT, "second"),
                     CUTIS_ERROR_LIMIT);
    ck_assert_str_eq(tools.sentence, "first 1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("util");
    TCase *tests = tcase_create("util");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, blocks_are_zeroed_and_aligned);
    tcase_add_test(tests, a_product_that_overflows_gives_nothing);
    tcase_add_test(tests, a_limit_holds_and_what_is_freed_counts_no_more);
    tcase_add_test(tests,
                   the_callers_allocator_is_used_and_gets_back_what_it_gave);
    tcase_add_test(tests, sha256_agrees_with_sha256sum);
    tcase_add_test(tests, one_bit_changes_the_fast_hash);
    tcase_add_test(tests, random_draws_are_those_of_pcg64);
    tcase_add_test(tests, normal_draws_have_mean_0_and_variance_1);
    tcase_add_test(tests, every_item_is_visited_once_by_any_number_of_threads);
    tcase_add_test(tests, numbers_are_as_short_as_they_can_be_and_read_back);
    tcase_add_test(tests, a_locale_with_commas_changes_nothing);
    tcase_add_test(tests, fixed_numbers_have_no_negative_zero);
    tcase_add_test(tests, base64_is_that_of_rfc_4648);
    tcase_add_test(tests, text_without_memory_fails_once_and_stays_so);
    tcase_add_test(tests, the_first_sentence_stays);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
