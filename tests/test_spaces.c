/* SPDX-License-Identifier: BSD-2-Clause */

/* What a file says about its colours, against lcms2 and closed forms. */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "acquire/acquire.h"
#include "colour/colour.h"
#include "pictures.h"

/* x, y of red, green, blue, white, from the standards. */
static const double srgb_xy[8] = {0.64, 0.33, 0.30,   0.60,
                                  0.15, 0.06, 0.3127, 0.3290};
static const double p3_xy[8] = {0.680, 0.320, 0.265,  0.690,
                                0.150, 0.060, 0.3127, 0.3290};
static const double adobe_xy[8] = {0.64, 0.33, 0.21,   0.71,
                                   0.15, 0.06, 0.3127, 0.3290};

/* The 24 patches of the usual chart, 8-bit sRGB. */
static const uint8_t chart[24][3] = {
    {115, 82, 68},   {194, 150, 130}, {98, 122, 157},  {87, 108, 67},
    {133, 128, 177}, {103, 189, 170}, {214, 126, 44},  {80, 91, 166},
    {193, 90, 99},   {94, 60, 108},   {157, 188, 64},  {224, 163, 46},
    {56, 61, 150},   {70, 148, 73},   {175, 54, 60},   {231, 199, 31},
    {187, 86, 149},  {8, 133, 161},   {243, 243, 242}, {200, 200, 200},
    {160, 160, 160}, {122, 122, 121}, {85, 85, 85},    {52, 52, 52}};

/* The chart's samples under another profile, by lcms2, at 16 bits. */
static void chart_in(uint16_t out[24][3], struct blob profile)
{
    cmsHPROFILE from = cmsCreate_sRGBProfile();
    cmsHPROFILE to =
        cmsOpenProfileFromMem(profile.at, (cmsUInt32Number)profile.size);
    cmsHTRANSFORM transform =
        cmsCreateTransform(from, TYPE_RGB_8, to, TYPE_RGB_16,
                           INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);

    cmsDoTransform(transform, chart, out, 24);
    cmsDeleteTransform(transform);
    cmsCloseProfile(from);
    cmsCloseProfile(to);
}

/* Linear sRGB of pixel i of the only row. */
static void linear_at(double out[3], const struct picture *picture, int i)
{
    float rgb[3];

    ct_picture_linear(picture, i, 0, 1, rgb, rgb + 1, rgb + 2);
    for (int k = 0; k < 3; k++)
        out[k] = rgb[k];
}

static double srgb_curve(double s)
{
    return s <= 0.04045 ? s / 12.92 : pow((s + 0.055) / 1.055, 2.4);
}

/* The largest CIEDE2000 of the picture's 24 pixels against the chart. */
static double worst_patch(const struct picture *picture)
{
    double worst = 0.0;

    for (int i = 0; i < 24; i++) {
        double rgb[3], wanted[3], lab[3], wanted_lab[3];
        for (int k = 0; k < 3; k++)
            wanted[k] = srgb_curve(chart[i][k] / 255.0);
        linear_at(rgb, picture, i);
        ct_lab_of_linear(lab, rgb);
        ct_lab_of_linear(wanted_lab, wanted);
        worst = fmax(worst, ct_ciede2000(lab, wanted_lab));
    }
    return worst;
}

static const struct {
    const char *name;
    const double *xy;
    double exponent; /* 0 = sRGB's curve */
    enum ct_colour_space space;
} spaces[] = {
    {"sRGB", srgb_xy, 0.0, CT_SRGB},
    {"Display P3", p3_xy, 0.0, CT_DISPLAY_P3},
    {"Adobe RGB", adobe_xy, 563.0 / 256.0, CT_ICC},
    {"P3 with 1.8", p3_xy, 1.8, CT_ICC},
    {"sRGB with 2.2", srgb_xy, 2.2, CT_ICC},
};

START_TEST(a_tagged_chart_is_the_same_colour_in_every_space)
{
    struct blob profile = make_profile(spaces[_i].xy, spaces[_i].exponent);
    uint16_t samples[24][3];
    struct bench bench;

    chart_in(samples, profile);
    struct blob png = make_png(samples, 24, 1, 3, 16, PLAIN);
    add_iccp(&png, profile);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert_int_eq(bench.picture.space, spaces[_i].space);
    ck_assert_double_lt(worst_patch(&bench.picture), 0.02);
    bench_close(&bench);
    blob_free(&png);
    blob_free(&profile);
}
END_TEST

START_TEST(eight_bits_of_display_p3_hold_the_chart)
{
    struct blob profile = make_profile(p3_xy, 0.0);
    uint16_t samples[24][3];
    uint8_t coarse[24][3];
    struct bench bench;

    chart_in(samples, profile);
    for (int i = 0; i < 72; i++)
        coarse[i / 3][i % 3] = (uint8_t)((samples[i / 3][i % 3] + 128) / 257);
    struct blob png = make_png(coarse, 24, 1, 3, 8, PLAIN);
    add_iccp(&png, profile);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert_int_eq(bench.picture.space, CT_DISPLAY_P3);
    ck_assert_double_lt(worst_patch(&bench.picture), 0.3);
    bench_close(&bench);
    blob_free(&png);
    blob_free(&profile);
}
END_TEST

/* Both ways of reading one profile: ours and lcms2's. */
START_TEST(our_own_path_agrees_with_lcms2)
{
    struct blob profile = make_profile(spaces[_i].xy, 0.0);
    uint8_t *scene = make_scene(61, 17, 3);
    struct blob png = make_png(scene, 61 * 17, 1, 3, 8, PLAIN);
    struct bench bench;
    void *icc = NULL;
    double worst = 0.0;

    add_iccp(&png, profile);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert_int_eq(ct_icc_create(&icc,
                                   (struct span){profile.at, profile.size}, 3,
                                   &bench.tools),
                     CUTIS_OK);
    for (int i = 0; i < 61 * 17; i++) {
        float in[3], out[3];
        double own[3];
        for (int k = 0; k < 3; k++)
            in[k] = (float)scene[3 * i + k] / 255.0f;
        ct_icc_apply(icc, in, out, 1);
        linear_at(own, &bench.picture, i);
        for (int k = 0; k < 3; k++)
            worst = fmax(worst, fabs(own[k] - (double)out[k]));
    }
    ck_assert_double_lt(worst, 0.002);
    ct_icc_free(icc);
    bench_close(&bench);
    free(scene);
    blob_free(&png);
    blob_free(&profile);
}
END_TEST

/* ---- Our own numbers ----------------------------------------------------- */

START_TEST(the_p3_matrix_follows_from_the_primaries)
{
    /* The product of the matrices that CSS Color 4 lists for the two spaces. */
    static const double wanted[9] = {
        1.2249401762805598,    -0.22494017628055996,  0.0,
        -0.042056954709688163, 1.0420569547096881,    0.0,
        -0.019637554590334432, -0.078636045550631889, 1.0982736001409663};
    float matrix[9];

    ck_assert(ct_primaries_to_srgb(matrix, &ct_primaries_p3));
    for (int i = 0; i < 9; i++)
        ck_assert_double_eq_tol(matrix[i], wanted[i], 2e-6);
}
END_TEST

START_TEST(srgb_in_d50_is_what_profiles_hold)
{
    /* IEC 61966-2-1 as the ICC's own sRGB profile has it, whose D65 has one
     * digit more. */
    static const double wanted[9] = {0.4361, 0.3851, 0.1431, 0.2225, 0.7169,
                                     0.0606, 0.0139, 0.0971, 0.7141};
    double columns[9];

    ct_primaries_to_d50(columns, &ct_primaries_srgb);
    for (int i = 0; i < 9; i++)
        ck_assert_double_eq_tol(columns[i], wanted[i], 3e-4);
}
END_TEST

START_TEST(primaries_without_a_space_are_refused)
{
    static const struct primaries line = {
        {0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.3127, 0.3290}};
    static const struct primaries zero = {{0.0}};
    float matrix[9];

    ck_assert(!ct_primaries_to_srgb(matrix, &line));
    ck_assert(!ct_primaries_to_srgb(matrix, &zero));
}
END_TEST

START_TEST(the_table_is_the_standards_curve)
{
    static const int all_bits[2] = {8, 16};
    struct bench bench;

    bench_open(&bench);
    bench.picture.bits = all_bits[_i];
    ck_assert_int_eq(
        ct_make_table(&bench.picture, CT_CURVE_SRGB, 0.0, &bench.tools),
        CUTIS_OK);
    const int top = (1 << all_bits[_i]) - 1;
    for (int i = 0; i <= top; i++) {
        const double wanted = srgb_curve((double)i / top);
        ck_assert_double_eq_tol(bench.picture.to_linear[i], wanted,
                                1e-7 * wanted + 1e-12);
    }
    bench_close(&bench);
}
END_TEST

/* ---- Which of several words counts --------------------------------------- */

enum said {
    SAYS_CICP_P3 = 1,
    SAYS_ICC_P3 = 2,
    SAYS_ICC_JUNK = 4,
    SAYS_SRGB = 8,
    SAYS_LINEAR = 16,
    SAYS_GAMMA_22 = 32,
    SAYS_EXIF_SRGB = 64,
    SAYS_EXIF_ADOBE = 128
};

static const struct {
    int said;
    enum ct_colour_space space;
} words[] = {
    {0, CT_ASSUMED_SRGB},
    {SAYS_EXIF_SRGB, CT_SRGB},
    {SAYS_EXIF_ADOBE, CT_ADOBE_RGB},
    {SAYS_GAMMA_22, CT_SRGB},
    {SAYS_LINEAR, CT_STATED},
    {SAYS_LINEAR | SAYS_EXIF_SRGB, CT_STATED},
    {SAYS_SRGB | SAYS_LINEAR | SAYS_EXIF_ADOBE, CT_SRGB},
    {SAYS_ICC_P3 | SAYS_SRGB | SAYS_LINEAR, CT_DISPLAY_P3},
    {SAYS_ICC_JUNK, CT_ASSUMED_SRGB},
    {SAYS_ICC_JUNK | SAYS_SRGB, CT_SRGB},
    {SAYS_CICP_P3 | SAYS_SRGB | SAYS_ICC_JUNK, CT_DISPLAY_P3},
};

START_TEST(the_strongest_word_about_colour_counts)
{
    struct blob profile = make_profile(p3_xy, 0.0);
    static const uint8_t cicp[4] = {12, 13, 0, 1};
    const int said = words[_i].said;
    struct colour_hints hints = {
        .has_cicp = said & SAYS_CICP_P3,
        .srgb = said & SAYS_SRGB,
        .gamma = said & SAYS_LINEAR     ? 100000
                 : said & SAYS_GAMMA_22 ? 45455
                                        : 0,
        .exif_space = said & SAYS_EXIF_SRGB    ? 1
                      : said & SAYS_EXIF_ADOBE ? 65535
                                               : 0,
        .exif_adobe = said & SAYS_EXIF_ADOBE,
    };
    struct bench bench;

    memcpy(hints.cicp, cicp, 4);
    if (said & SAYS_ICC_P3)
        hints.profile = (struct span){profile.at, profile.size};
    if (said & SAYS_ICC_JUNK)
        hints.profile = (struct span){chart[0], sizeof(chart)};
    bench_open(&bench);
    bench.picture.channels = 3;
    bench.picture.bits = 8;
    ck_assert_int_eq(ct_colour_decide(&bench.picture, &hints, &bench.tools),
                     CUTIS_OK);
    ck_assert_int_eq(bench.picture.space, words[_i].space);
    bench_close(&bench);
    blob_free(&profile);
}
END_TEST

START_TEST(hdr_and_unknown_code_points_are_refused)
{
    static const uint8_t codes[][4] = {
        {9, 16, 0, 1},  {9, 18, 0, 1}, {12, 13, 1, 1},
        {12, 13, 0, 0}, {2, 13, 0, 1}, {1, 2, 0, 1},
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        static const uint8_t grey[4] = {0, 80, 160, 240};
        struct blob png = make_png(grey, 4, 1, 1, 8, PLAIN);
        struct bench bench;
        add_chunk(&png, "cICP", codes[i], 4);
        bench_open(&bench);
        ck_assert_int_eq(bench_read(&bench, png.at, png.size),
                         CUTIS_ERROR_UNSUPPORTED);
        bench_close(&bench);
        blob_free(&png);
    }
}
END_TEST

/* ---- Rows at once -------------------------------------------------------- */

/* Kinds of pictures, by channels, bits and what their file says. */
static const struct {
    int channels, bits;
    const double *xy; /* NULL: nothing */
} kinds[] = {
    {3, 8, NULL}, {3, 8, p3_xy}, {3, 8, adobe_xy}, {1, 8, NULL}, {3, 16, NULL}};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), LONG = 700 };

static void open_kind(struct bench *bench, int kind)
{
    static uint16_t samples[3 * LONG];
    uint8_t *const bytes = (uint8_t *)samples;
    uint64_t dice = 11;
    for (size_t i = 0; i < sizeof(samples); i++) {
        dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
        /* Stretches without and with clipped and dark ones. */
        bytes[i] = (uint8_t)(i / 900 % 2 ? 60 + (dice >> 40) % 120
                                         : (dice >> 40) % 24 * 11);
    }
    struct blob png = make_png(samples, LONG, 1, kinds[kind].channels,
                               kinds[kind].bits, PLAIN);
    if (kinds[kind].xy) {
        struct blob profile =
            make_profile(kinds[kind].xy, kinds[kind].xy == p3_xy ? 0.0 : 2.2);
        add_iccp(&png, profile);
        blob_free(&profile);
    }
    bench_open(bench);
    ck_assert_int_eq(bench_read(bench, png.at, png.size), CUTIS_OK);
    blob_free(&png);
}

START_TEST(sums_over_boxes_are_those_of_the_pixels)
{
    static const int factors[] = {1, 2, 3, 4, 7, 300};
    struct bench bench;
    open_kind(&bench, _i);
    for (size_t f = 0; f < sizeof(factors) / sizeof(factors[0]); f++) {
        const int factor = factors[f], boxes = (LONG - 5) / factor;
        double sum[LONG][3];
        for (int i = 0; i < boxes; i++)
            for (int c = 0; c < 3; c++)
                sum[i][c] = 0.25 * c;
        ct_picture_add_boxes(sum, &bench.picture, 5, 0, factor, boxes);
        for (int i = 0; i < boxes; i++) {
            double wanted[3] = {0.0, 0.25, 0.5};
            for (int k = 0; k < factor; k++) {
                double light[3];
                linear_at(light, &bench.picture, 5 + i * factor + k);
                for (int c = 0; c < 3; c++)
                    wanted[c] += light[c];
            }
            for (int c = 0; c < 3; c++)
                ck_assert(sum[i][c] == wanted[c]);
        }
    }
    bench_close(&bench);
}
END_TEST

START_TEST(too_light_and_too_dark_is_what_its_pixels_are)
{
    const float low = 0.05f, high = 0.6f;
    uint8_t seen[LONG];
    int marked = 0;
    struct bench bench;
    open_kind(&bench, _i);
    ct_picture_extremes(seen, &bench.picture, 3, 0, LONG - 3, low, high);
    for (int i = 0; i < LONG - 3; i++) {
        double l[3];
        linear_at(l, &bench.picture, i + 3);
        const bool light =
            l[0] > (double)high || l[1] > (double)high || l[2] > (double)high;
        const bool dark =
            l[0] < (double)low && l[1] < (double)low && l[2] < (double)low;
        ck_assert_int_eq(seen[i], light || dark ? 255 : 0);
        marked += light || dark;
    }
    ck_assert_int_gt(marked, 0);
    ck_assert_int_lt(marked, LONG - 3);
    bench_close(&bench);
}
END_TEST

/* Ends that no level, or every one, lies beyond; and either one alone. */
START_TEST(ends_may_lie_beyond_all_levels)
{
    static const struct {
        float low, high;
        int least, most; /* pixels that are marked */
    } ends[] = {
        {-1.0f, 2.0f, 0, 0},        {-1.0f, -0.5f, LONG, LONG},
        {2.0f, 3.0f, LONG, LONG},   {-1.0f, 0.6f, 1, LONG - 1},
        {0.05f, 2.0f, 1, LONG - 1},
    };
    uint8_t seen[LONG];
    struct bench bench;
    open_kind(&bench, _i);
    for (size_t k = 0; k < sizeof(ends) / sizeof(ends[0]); k++) {
        int marked = 0;
        ct_picture_extremes(seen, &bench.picture, 0, 0, LONG, ends[k].low,
                            ends[k].high);
        for (int i = 0; i < LONG; i++)
            marked += seen[i] != 0;
        ck_assert_int_ge(marked, ends[k].least);
        ck_assert_int_le(marked, ends[k].most);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(picked_pixels_and_red_alone_are_those_of_the_row)
{
    enum { FROM = 5, PICKED = 300 };
    float red[LONG], rest[2 * LONG], picked[3][PICKED];
    int at[PICKED];
    struct bench bench;
    open_kind(&bench, _i);
    ct_picture_red(&bench.picture, FROM, 0, LONG - FROM, red, rest);
    for (int i = 0; i < PICKED; i++)
        at[i] = i * 397 % LONG;
    ct_picture_linear_at(&bench.picture, at, 0, PICKED, picked[0], picked[1],
                         picked[2]);
    for (int i = 0; i < LONG - FROM; i++) {
        double light[3];
        linear_at(light, &bench.picture, FROM + i);
        ck_assert((double)red[i] == light[0]);
    }
    for (int i = 0; i < PICKED; i++) {
        double light[3];
        linear_at(light, &bench.picture, at[i]);
        for (int c = 0; c < 3; c++)
            ck_assert((double)picked[c][i] == light[c]);
    }
    bench_close(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spaces");
    TCase *tests = tcase_create("spaces");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, a_tagged_chart_is_the_same_colour_in_every_space,
                        0, sizeof(spaces) / sizeof(spaces[0]));
    tcase_add_test(tests, eight_bits_of_display_p3_hold_the_chart);
    tcase_add_loop_test(tests, our_own_path_agrees_with_lcms2, 0, 2);
    tcase_add_test(tests, the_p3_matrix_follows_from_the_primaries);
    tcase_add_test(tests, srgb_in_d50_is_what_profiles_hold);
    tcase_add_test(tests, primaries_without_a_space_are_refused);
    tcase_add_loop_test(tests, the_table_is_the_standards_curve, 0, 2);
    tcase_add_loop_test(tests, the_strongest_word_about_colour_counts, 0,
                        sizeof(words) / sizeof(words[0]));
    tcase_add_test(tests, hdr_and_unknown_code_points_are_refused);
    tcase_add_loop_test(tests, sums_over_boxes_are_those_of_the_pixels, 0,
                        KINDS);
    tcase_add_loop_test(tests, picked_pixels_and_red_alone_are_those_of_the_row,
                        0, KINDS);
    tcase_add_loop_test(tests, too_light_and_too_dark_is_what_its_pixels_are, 0,
                        KINDS);
    tcase_add_loop_test(tests, ends_may_lie_beyond_all_levels, 0, KINDS);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
