/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "acquire/acquire.h"

/* Written and read by exiftool: oracles/exif.py. */
static const struct {
    const char *name;
    uint8_t bytes[512];
    size_t size;
    struct exif expected;
} cases[] = {
#include "oracles/exif.inc"
};

static void same_number(double actual, double expected)
{
    if (isnan(expected))
        ck_assert_double_nan(actual);
    else
        ck_assert_double_eq_tol(actual, expected, 1e-9 * expected);
}

START_TEST(values_are_those_that_exiftool_reads)
{
    const struct exif *expected = &cases[_i].expected;
    struct exif exif;

    ct_exif_read(&exif, (struct span){cases[_i].bytes, cases[_i].size});
    ck_assert_int_eq(exif.orientation, expected->orientation);
    ck_assert_str_eq(exif.make, expected->make);
    ck_assert_str_eq(exif.model, expected->model);
    ck_assert_str_eq(exif.lens, expected->lens);
    ck_assert_str_eq(exif.software, expected->software);
    ck_assert_str_eq(exif.taken, expected->taken);
    same_number(exif.exposure_s, expected->exposure_s);
    same_number(exif.f_number, expected->f_number);
    same_number(exif.iso, expected->iso);
    same_number(exif.focal_mm, expected->focal_mm);
    same_number(exif.focal_35mm, expected->focal_35mm);
    same_number(exif.distance_m, expected->distance_m);
    ck_assert_int_eq(exif.colour_space, expected->colour_space);
    ck_assert_str_eq(exif.interop, expected->interop);
}
END_TEST

static void nothing_is_said(const struct exif *exif)
{
    ck_assert_int_eq(exif->orientation, 1);
    ck_assert_str_eq(exif->make, "");
    ck_assert_str_eq(exif->taken, "");
    ck_assert_double_nan(exif->exposure_s);
    ck_assert_double_nan(exif->iso);
    ck_assert_int_eq(exif->colour_space, 0);
}

START_TEST(what_is_no_exif_says_nothing)
{
    static const uint8_t junk[64] = {'I', 'I', 43};
    struct exif exif;

    ct_exif_read(&exif, (struct span){0});
    nothing_is_said(&exif);
    ct_exif_read(&exif, (struct span){junk, sizeof(junk)});
    nothing_is_said(&exif);
}
END_TEST

/* The block is copied to its own allocation, so that a sanitizer sees a read
 * beyond its end. */
static void read_copy(struct exif *exif, const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);

    memcpy(copy, bytes, size);
    ct_exif_read(exif, (struct span){copy, size});
    free(copy);
}

static void is_sane(const struct exif *exif)
{
    ck_assert_int_ge(exif->orientation, 1);
    ck_assert_int_le(exif->orientation, 8);
    ck_assert_uint_lt(strlen(exif->make), sizeof(exif->make));
    ck_assert(isnan(exif->exposure_s) || exif->exposure_s > 0.0);
    ck_assert(isnan(exif->distance_m) || exif->distance_m > 0.0);
}

START_TEST(a_block_cut_anywhere_is_harmless)
{
    struct exif exif;

    for (size_t size = 0; size < cases[_i].size; size++) {
        read_copy(&exif, cases[_i].bytes, size);
        is_sane(&exif);
    }
}
END_TEST

/* Every byte takes every value that makes offsets and counts huge, negative,
 * or point back at the directory that they stand in. */
START_TEST(hostile_counts_and_offsets_are_harmless)
{
    static const uint8_t values[] = {0, 1, 8, 10, 0x7f, 0x80, 0xfe, 0xff};
    uint8_t bytes[sizeof(cases[0].bytes)];
    struct exif exif;

    for (size_t at = 0; at < cases[_i].size; at++)
        for (size_t v = 0; v < sizeof(values); v++) {
            memcpy(bytes, cases[_i].bytes, cases[_i].size);
            bytes[at] = values[v];
            read_copy(&exif, bytes, cases[_i].size);
            is_sane(&exif);
        }
}
END_TEST

START_TEST(a_directory_that_points_at_itself_is_read_once)
{
    /* IFD0 at 8: the EXIF directory is at 8 again, and so is the next. */
    static const uint8_t loop[] = {'M', 'M',  0,    42, 0, 0, 0, 8, 0,
                                   1,   0x87, 0x69, 0,  4, 0, 0, 0, 1,
                                   0,   0,    0,    8,  0, 0, 0, 8};
    struct exif exif;

    ct_exif_read(&exif, (struct span){loop, sizeof(loop)});
    nothing_is_said(&exif);
}
END_TEST

START_TEST(an_orientation_out_of_range_is_ignored)
{
    for (int value = 0; value < 256; value++) {
        const uint8_t block[] = {'I',
                                 'I',
                                 42,
                                 0,
                                 8,
                                 0,
                                 0,
                                 0,
                                 1,
                                 0,
                                 0x12,
                                 1,
                                 3,
                                 0,
                                 1,
                                 0,
                                 0,
                                 0,
                                 (uint8_t)value,
                                 0,
                                 0,
                                 0,
                                 0,
                                 0,
                                 0,
                                 0};
        struct exif exif;

        ct_exif_read(&exif, (struct span){block, sizeof(block)});
        ck_assert_int_eq(exif.orientation,
                         value >= 1 && value <= 8 ? value : 1);
    }
}
END_TEST

static void put32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* An exposure time as a RATIONAL (5), the same with a sign (10), or a SHORT. */
START_TEST(a_quantity_is_above_0_and_has_an_end)
{
    static const struct {
        uint8_t type;
        uint32_t above, below;
        double exposure_s; /* 0: unsaid */
    } ratios[] = {
        {5, 1, 4, 0.25},
        {10, 1, 4, 0.25},
        {5, 0, 4, 0.0},
        {5, 1, 0, 0.0},
        {5, UINT32_MAX, 4, 0.0}, /* infinite */
        {5, 1, UINT32_MAX, 1.0 / UINT32_MAX},
        {10, 1, UINT32_MAX, 0.0}, /* 1 / -1 */
        {10, UINT32_MAX, 4, 0.0},
        {3, 1, 4, 0.0},
    };

    for (size_t i = 0; i < sizeof(ratios) / sizeof(ratios[0]); i++) {
        /* At 8 what leads to the EXIF directory, at 26 that, at 44 the time. */
        uint8_t block[52] = {'M',  'M',  0, 42, 0, 0, 0, 8, 0,    1,
                             0x87, 0x69, 0, 4,  0, 0, 0, 1, 0,    0,
                             0,    26,   0, 0,  0, 0, 0, 1, 0x82, 0x9a,
                             0,    0,    0, 0,  0, 1, 0, 0, 0,    44};
        struct exif exif;
        block[31] = ratios[i].type;
        put32(block + 44, ratios[i].above);
        put32(block + 48, ratios[i].below);
        read_copy(&exif, block, sizeof(block));
        same_number(exif.exposure_s, ratios[i].exposure_s > 0.0
                                         ? ratios[i].exposure_s
                                         : (double)NAN);
    }
}
END_TEST

START_TEST(strings_hold_printable_ascii_only)
{
    static const uint8_t block[] = {
        'M', 'M', 0,   42,   0,   0,  0,   8,    0,    1,   1,   0x0f,
        0,   2,   0,   0,    0,   10, 0,   0,    0,    26,  0,   0,
        0,   0,   'A', '\n', 'b', 27, '[', 0xc3, 0xa9, ' ', ' ', 0};
    struct exif exif;

    ct_exif_read(&exif, (struct span){block, sizeof(block)});
    ck_assert_str_eq(exif.make, "A?b?[??");
}
END_TEST

int main(void)
{
    enum { CASES = sizeof(cases) / sizeof(cases[0]) };
    Suite *suite = suite_create("exif");
    TCase *tests = tcase_create("exif");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, values_are_those_that_exiftool_reads, 0, CASES);
    tcase_add_test(tests, what_is_no_exif_says_nothing);
    tcase_add_loop_test(tests, a_block_cut_anywhere_is_harmless, 0, CASES);
    tcase_add_loop_test(tests, hostile_counts_and_offsets_are_harmless, 0,
                        CASES);
    tcase_add_test(tests, a_directory_that_points_at_itself_is_read_once);
    tcase_add_test(tests, an_orientation_out_of_range_is_ignored);
    tcase_add_test(tests, a_quantity_is_above_0_and_has_an_end);
    tcase_add_test(tests, strings_hold_printable_ascii_only);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
