/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a file says of its colours, one word of it changed at a time: ITU-T
 * H.273 (code points), PNG 11.3.2 (gamma, chromaticities), ICC.1:2022
 * (profiles).
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "acquire/acquire.h"
#include "pictures.h"

static struct bench bench;

static void set_up(void)
{
    bench_open(&bench);
    bench.picture.channels = 3;
    bench.picture.bits = 8;
}

static void tear_down(void)
{
    bench_close(&bench);
}

static enum ct_colour_space space_of(const struct colour_hints *hints)
{
    ct_free(bench.picture.to_linear);
    bench.picture.to_linear = NULL;
    ck_assert_int_eq(ct_colour_decide(&bench.picture, hints, &bench.tools),
                     CUTIS_OK);
    return bench.picture.space;
}

/* ---- Code points --------------------------------------------------------- */

START_TEST(code_points_are_primaries_and_a_curve)
{
    static const struct {
        uint8_t cicp[4];
        enum ct_colour_space space;
        double exponent; /* 0: sRGB's curve */
    } codes[] = {
        {{1, 13, 0, 1}, CT_SRGB, 0.0},   {{12, 13, 0, 1}, CT_DISPLAY_P3, 0.0},
        {{9, 13, 0, 1}, CT_STATED, 0.0}, {{1, 4, 0, 1}, CT_STATED, 2.2},
        {{12, 8, 0, 1}, CT_STATED, 1.0}, {{12, 4, 0, 1}, CT_STATED, 2.2},
        {{1, 8, 0, 1}, CT_STATED, 1.0},
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct colour_hints hints = {.has_cicp = true};
        memcpy(hints.cicp, codes[i].cicp, 4);
        ck_assert_int_eq(space_of(&hints), codes[i].space);
        for (int k = 0; k < 256; k += 15) {
            const double s = k / 255.0;
            const double wanted =
                codes[i].exponent > 0.0 ? pow(s, codes[i].exponent)
                : s <= 0.04045          ? s / 12.92
                                        : pow((s + 0.055) / 1.055, 2.4);
            ck_assert_double_eq_tol(bench.picture.to_linear[k], wanted, 1e-6);
        }
    }
}
END_TEST

/* ---- Gamma and chromaticities -------------------------------------------- */

/* White, red, green, blue, times 100000. */
#define SRGB_XY                                                                \
    {                                                                          \
        31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000                  \
    }
#define P3_XY                                                                  \
    {                                                                          \
        31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000                  \
    }
#define LINE_XY                                                                \
    {                                                                          \
        31270, 32900, 10000, 10000, 20000, 20000, 30000, 30000                 \
    }

START_TEST(gamma_and_chromaticities_count_where_they_make_sense)
{
    static const struct {
        struct colour_hints hints;
        enum ct_colour_space space;
        bool srgb_curve;
    } cases[] = {
        {{.gamma = 45455}, CT_SRGB, true},
        {{.gamma = 45455,
          .has_chromaticities = true,
          .chromaticities = SRGB_XY},
         CT_SRGB,
         true},
        {{.gamma = 45455, .has_chromaticities = true, .chromaticities = P3_XY},
         CT_STATED,
         true},
        {{.has_chromaticities = true, .chromaticities = P3_XY},
         CT_STATED,
         true},
        {{.gamma = 100000}, CT_STATED, false},
        {{.gamma = 20000}, CT_STATED, false},
        {{.gamma = 19999}, CT_ASSUMED_SRGB, true},
        {{.gamma = 500000}, CT_STATED, false},
        {{.gamma = 500001}, CT_ASSUMED_SRGB, true},
        {{.gamma = 45455,
          .has_chromaticities = true,
          .chromaticities = LINE_XY},
         CT_ASSUMED_SRGB,
         true},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ck_assert_msg(space_of(&cases[i].hints) == cases[i].space, "case %zu",
                      i);
        const float half = bench.picture.to_linear[128];
        ck_assert_int_eq(fabsf(half - 0.215861f) < 1e-5f, cases[i].srgb_curve);
    }
}
END_TEST

/* EXIF's "uncalibrated" alone is not Adobe RGB, nor is R03 alone. */
START_TEST(adobe_rgb_takes_two_words_of_exif)
{
    const struct colour_hints both = {.exif_space = 65535, .exif_adobe = true};
    const struct colour_hints one = {.exif_space = 65535};
    const struct colour_hints other = {.exif_adobe = true};

    ck_assert_int_eq(space_of(&both), CT_ADOBE_RGB);
    ck_assert_int_eq(space_of(&one), CT_ASSUMED_SRGB);
    ck_assert_int_eq(space_of(&other), CT_ASSUMED_SRGB);
}
END_TEST

/* EXIF of "uncalibrated" and an index of interoperability, in either file. */
START_TEST(both_kinds_of_file_hear_the_two_words)
{
    static const struct {
        const char *index;
        enum ct_colour_space space;
    } words[] = {{"R03", CT_ADOBE_RGB},
                 {"R98", CT_ASSUMED_SRGB},
                 {"R0", CT_ASSUMED_SRGB},
                 {"R03x", CT_ASSUMED_SRGB}};
    uint8_t exif[80] = "Exif\0\0MM\0*\0\0\0\x08"
                       "\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x1a\0\0\0\0"
                       "\0\2\xa0\1\0\3\0\0\0\1\xff\xff\0\0"
                       "\xa0\5\0\4\0\0\0\1\0\0\0\x38\0\0\0\0"
                       "\0\1\0\1\0\2\0\0\0\4";
    uint8_t *scene = make_scene(8, 8, 3);

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct blob jpeg = make_jpeg(scene, 8, 8, 3, 90, 0);
        struct blob png = make_png(scene, 8, 8, 3, 8, 0);
        memset(exif + 72, 0, 4);
        memcpy(exif + 72, words[i].index, strlen(words[i].index));
        add_segment(&jpeg, 0xe1, exif, sizeof(exif));
        add_chunk(&png, "eXIf", exif + 6, sizeof(exif) - 6);
        ck_assert_int_eq(bench_read(&bench, jpeg.at, jpeg.size), CUTIS_OK);
        ck_assert_int_eq(bench.picture.space, words[i].space);
        ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
        ck_assert_int_eq(bench.picture.space, words[i].space);
        blob_free(&jpeg);
        blob_free(&png);
    }
    free(scene);
}
END_TEST

/* ---- Profiles ------------------------------------------------------------ */

static const double srgb_xy[8] = {0.64, 0.33, 0.30,   0.60,
                                  0.15, 0.06, 0.3127, 0.3290};

static void put32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static uint8_t *entry_of(struct blob profile, const char *tag)
{
    for (uint8_t *at = profile.at + 132; at < profile.at + 400; at += 12)
        if (memcmp(at, tag, 4) == 0)
            return at;
    ck_abort_msg("no %s", tag);
}

/* Puts a curve behind the profile, for one colour or all. */
static void set_curve(struct blob *profile, const char *tag,
                      const uint8_t *curve, size_t size)
{
    static const char *const all[] = {"rTRC", "gTRC", "bTRC"};
    const size_t at = profile->size;

    blob_insert(profile, at, curve, size);
    put32(profile->at, (uint32_t)profile->size);
    for (int i = 0; i < 3; i++) {
        if (tag && strcmp(tag, all[i]) != 0)
            continue;
        uint8_t *const entry = entry_of(*profile, all[i]);
        put32(entry + 4, (uint32_t)at);
        put32(entry + 8, (uint32_t)size);
    }
}

static enum ct_profile recognised(struct blob profile)
{
    return ct_profile_recognise((struct span){profile.at, profile.size}, 3);
}

START_TEST(a_profile_is_known_by_all_of_its_parts)
{
    static const struct {
        const char *tag; /* NULL: of the header */
        size_t at;
        const char *bytes;
        enum ct_profile kind;
    } changes[] = {
        {NULL, 36, "acsq", CT_PROFILE_BROKEN},
        {NULL, 0, "\1\0\0\0", CT_PROFILE_BROKEN}, /* longer than it is */
        {NULL, 16, "GRAY", CT_PROFILE_BROKEN},    /* of a picture in colour */
        {NULL, 20, "Lab ", CT_PROFILE_OTHER},
        {"wtpt", 0, "A2B0", CT_PROFILE_OTHER},
        {"wtpt", 0, "D2B3", CT_PROFILE_OTHER},
        {"rXYZ", 0, "none", CT_PROFILE_OTHER},
        {"bXYZ", 8, "\0\0\0\x13", CT_PROFILE_OTHER}, /* 19 bytes */
        {"rTRC", 0, "none", CT_PROFILE_OTHER},
        {"gTRC", 0, "none", CT_PROFILE_OTHER},
        {"bTRC", 0, "none", CT_PROFILE_OTHER},
        {"gTRC", 8, "\0\0\0\3", CT_PROFILE_OTHER},
        {"gTRC", 8, "\0\0\0\x0b", CT_PROFILE_OTHER}, /* 11 bytes of "para" */
        {"gTRC", 8, "\0\0\0\x0c", CT_PROFILE_OTHER},
        {"gTRC", 4, "\x7f\0\0\0", CT_PROFILE_OTHER},
    };
    struct blob profile = make_profile(srgb_xy, 0.0);

    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        uint8_t was[4];
        uint8_t *const at =
            (changes[i].tag ? entry_of(profile, changes[i].tag) : profile.at) +
            changes[i].at;
        ck_assert_int_eq(recognised(profile), CT_PROFILE_SRGB);
        memcpy(was, at, 4);
        memcpy(at, changes[i].bytes, 4);
        ck_assert_msg(recognised(profile) == changes[i].kind, "change %zu", i);
        memcpy(at, was, 4);
    }
    ck_assert_int_eq(ct_profile_recognise((struct span){profile.at, 131}, 3),
                     CT_PROFILE_BROKEN);
    memcpy(profile.at + 16, "GRAY", 4);
    ck_assert_int_eq(
        ct_profile_recognise((struct span){profile.at, profile.size}, 1),
        CT_PROFILE_OTHER);
    blob_free(&profile);
}
END_TEST

/* sRGB's curve as 1024 points; and with a count that its bytes do not hold. */
START_TEST(a_curve_of_points_is_known_if_it_is_whole)
{
    enum { POINTS = 1024, SIZE = 12 + 2 * POINTS };
    uint8_t curve[SIZE] = "curv";
    struct blob profile = make_profile(srgb_xy, 0.0);

    put32(curve + 8, POINTS);
    for (int i = 0; i < POINTS; i++) {
        const double light = ct_srgb_decode((double)i / (POINTS - 1));
        const int value = (int)(65535.0 * light + 0.5);
        curve[12 + 2 * i] = (uint8_t)(value >> 8);
        curve[13 + 2 * i] = (uint8_t)value;
    }
    set_curve(&profile, NULL, curve, SIZE);
    ck_assert_int_eq(recognised(profile), CT_PROFILE_SRGB);
    set_curve(&profile, "bTRC", curve, SIZE - 1);
    ck_assert_int_eq(recognised(profile), CT_PROFILE_OTHER);
    set_curve(&profile, "bTRC", curve, 11);
    ck_assert_int_eq(recognised(profile), CT_PROFILE_OTHER);
    put32(curve + 8, 1); /* a gamma */
    set_curve(&profile, "bTRC", curve, SIZE);
    ck_assert_int_eq(recognised(profile), CT_PROFILE_OTHER);
    put32(curve + 8, POINTS);
    memcpy(curve, "none", 4);
    set_curve(&profile, "bTRC", curve, SIZE);
    ck_assert_int_eq(recognised(profile), CT_PROFILE_OTHER);
    blob_free(&profile);
}
END_TEST

/* A formula of a type, whose numbers are in 1/65536. */
static void use_formula(struct blob *profile, int type, const double *number,
                        int count)
{
    uint8_t curve[12 + 4 * 7] = "para";

    curve[9] = (uint8_t)type;
    for (int i = 0; i < count; i++)
        put32(curve + 12 + 4 * i,
              (uint32_t)(int32_t)floor(65536.0 * number[i] + 0.5));
    set_curve(profile, NULL, curve, 12 + 4 * (size_t)count);
}

START_TEST(each_type_of_formula_is_what_it_says)
{
    static const double power[] = {
        2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045, 0.0, 0.0};
    static const double never[] = {2.4, 0.0, 0.055, 0.0, 0.0, 0.0, 0.0};
    static const struct {
        int type, count;
        const double *number;
        enum ct_profile kind;
    } cases[] = {
        {3, 5, power, CT_PROFILE_SRGB},  {4, 7, power, CT_PROFILE_SRGB},
        {0, 1, power, CT_PROFILE_OTHER}, {1, 3, power, CT_PROFILE_OTHER},
        {2, 4, power, CT_PROFILE_OTHER}, {1, 3, never, CT_PROFILE_OTHER},
        {5, 7, power, CT_PROFILE_OTHER}, {4, 6, power, CT_PROFILE_OTHER},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct blob profile = make_profile(srgb_xy, 0.0);
        use_formula(&profile, cases[i].type, cases[i].number, cases[i].count);
        ck_assert_msg(recognised(profile) == cases[i].kind, "case %zu", i);
        blob_free(&profile);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hints");
    TCase *tests = tcase_create("hints");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, code_points_are_primaries_and_a_curve);
    tcase_add_test(tests, gamma_and_chromaticities_count_where_they_make_sense);
    tcase_add_test(tests, adobe_rgb_takes_two_words_of_exif);
    tcase_add_test(tests, both_kinds_of_file_hear_the_two_words);
    tcase_add_test(tests, a_profile_is_known_by_all_of_its_parts);
    tcase_add_test(tests, a_curve_of_points_is_known_if_it_is_whole);
    tcase_add_test(tests, each_type_of_formula_is_what_it_says);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
