/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <math.h>
#include <string.h>

#include "colour/chart.h"
#include "config.h"
#include "measure/measure.h"
#include "oracles/chart.inc"

#if HAVE_LCMS
#include <lcms2.h>
#endif

enum { SKINS = 6 };

static const struct camera {
    const double (*seen)[3], (*skin)[3];
    const double (*matrix)[CT_TERMS]; /* six terms */
    const double (*linear_matrix)[3];
    const double *error_3, *error_6;
    int terms; /* that are to be chosen */
} cameras[] = {
    {full_frame_seen, full_frame_skin, full_frame_matrix_6, full_frame_matrix_3,
     full_frame_error_3, full_frame_error_6, 6},
    {telephone_seen, telephone_skin, telephone_matrix_6, telephone_matrix_3,
     telephone_error_3, telephone_error_6, 3},
};
enum { CAMERAS = sizeof(cameras) / sizeof(cameras[0]) };

static struct tools tools;

static void set_up(void)
{
    tools = (struct tools){.threads = 1,
                           .kernels = ct_kernels_best(CUTIS_ISA_BEST)};
}

static double random_between(double low, double high)
{
    static uint64_t dice = 88172645463325252u;
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return low + (high - low) * ((double)(dice >> 11) * 0x1p-53);
}

/* What a camera sees of the chart through gains, as the reader would. */
static struct chart photograph(const struct camera *camera,
                               const double gain[3])
{
    struct chart chart = {.count = 0};
    for (int p = 0; p < CT_PATCHES; p++) {
        ct_chart_reference(chart.lab[p], chart.linear[p], 0, p);
        chart.valid[p] = true;
        for (int c = 0; c < 3; c++) {
            chart.seen[p][c] = camera->seen[p][c] * gain[c];
            chart.valid[p] = chart.valid[p] && camera->seen[p][c] >= 0.004 &&
                             chart.seen[p][c] <= 0.97;
        }
        chart.count += chart.valid[p];
    }
    return chart;
}

static const double as_it_is[3] = {1.0, 1.0, 1.0};

START_TEST(the_references_are_those_of_the_method)
{
    /* Method 1.3, linear sRGB of the set after November 2014: four of them. */
    static const struct {
        int patch;
        double linear[3];
    } printed[] = {
        {0, {.1737, .07877, .05285}},
        {1, {.55984, .27739, .21086}},
        {17, {-.0439, .23367, .37718}},
        {23, {.03136, .03149, .03232}},
    };
    double lab[3], linear[3];
    for (int i = 0; i < 4; i++) {
        ct_chart_reference(lab, linear, 0, printed[i].patch);
        for (int c = 0; c < 3; c++)
            ck_assert_double_eq_tol(linear[c], printed[i].linear[c], 3e-5);
    }
    for (int p = 0; p < CT_PATCHES; p++) {
        ct_chart_reference(lab, linear, 0, p);
        for (int c = 0; c < 3; c++)
            ck_assert_double_eq_tol(linear[c], chart_linear[p][c], 1e-6);
    }
    /* The older set is another: its white is lighter. */
    ct_chart_reference(lab, linear, 1, 18);
    ck_assert_double_eq_tol(lab[0], 96.539, 0.02); /* of D50 */
}
END_TEST

START_TEST(a_fit_is_that_of_numpy)
{
    const struct camera *const camera = &cameras[_i];
    const struct chart chart = photograph(camera, as_it_is);
    struct chart_fit fit;
    ct_chart_fit(&fit, &chart);
    ck_assert_int_eq(fit.correction.terms, camera->terms);
    for (int c = 0; c < 3; c++)
        for (int k = 0; k < camera->terms; k++)
            ck_assert_double_eq_tol(fit.correction.m[c][k],
                                    camera->terms == 3
                                        ? camera->linear_matrix[c][k]
                                        : camera->matrix[c][k],
                                    2e-6);
    const double *error =
        camera->terms == 3 ? camera->error_3 : camera->error_6;
    ck_assert_double_eq_tol(fit.error, error[0], 1e-4);
    ck_assert_double_eq_tol(fit.left_out, error[1], 1e-4);
    /* Method 1: 1.2 for the linear fit, 1.0 with roots. */
    ck_assert_double_le(fit.error, camera->terms == 3 ? 1.2 : 1.0);
}
END_TEST

START_TEST(roots_are_taken_only_with_enough_patches)
{
    struct chart chart = photograph(&cameras[0], as_it_is);
    struct chart_fit fit;
    for (int p = 2; chart.count > 17; p++) {
        chart.count -= chart.valid[p];
        chart.valid[p] = false;
    }
    ct_chart_fit(&fit, &chart);
    ck_assert_int_eq(fit.correction.terms, 3);
}
END_TEST

#if HAVE_LCMS
START_TEST(the_error_is_what_lcms_says)
{
    const struct chart chart = photograph(&cameras[_i], as_it_is);
    struct chart_fit fit;
    double sum = 0.0;
    ct_chart_fit(&fit, &chart);
    for (int p = 0; p < CT_PATCHES; p++) {
        double linear[3], lab[3];
        if (!chart.valid[p])
            continue;
        ct_correct(linear, &fit.correction, chart.seen[p]);
        ct_lab_of_linear(lab, linear);
        const cmsCIELab found = {lab[0], lab[1], lab[2]};
        const cmsCIELab known = {chart.lab[p][0], chart.lab[p][1],
                                 chart.lab[p][2]};
        sum += cmsCIE2000DeltaE(&found, &known, 1.0, 1.0, 1.0);
    }
    ck_assert_double_eq_tol(fit.error, sum / chart.count, 1e-9);
}
END_TEST
#endif

START_TEST(exposure_does_not_matter)
{
    const struct camera *const camera = &cameras[_i];
    struct chart_fit plain, other;
    struct chart chart = photograph(camera, as_it_is);
    ct_chart_fit(&plain, &chart);
    for (double k = 0.5; k <= 2.0; k *= 2.0) {
        for (int p = 0; p < CT_PATCHES; p++)
            for (int c = 0; c < 3; c++)
                chart.seen[p][c] = k * camera->seen[p][c];
        ct_chart_fit(&other, &chart);
        for (int s = 0; s < SKINS; s++) {
            double light[3], a[3], b[3], lab_a[3], lab_b[3];
            for (int c = 0; c < 3; c++)
                light[c] = k * camera->skin[s][c];
            ct_correct(a, &plain.correction, camera->skin[s]);
            ct_correct(b, &other.correction, light);
            ct_lab_of_linear(lab_a, a);
            ct_lab_of_linear(lab_b, b);
            ck_assert_double_le(ct_ciede2000(lab_a, lab_b), 0.05);
        }
    }
}
END_TEST

static double redness(const double linear[3], const struct tone *tone)
{
    double h = 0.0;
    for (int c = 0; c < 3; c++)
        h -= tone->blood[c] * ct_log10(linear[c]);
    return h;
}

START_TEST(a_chart_undoes_white_balance_and_exposure)
{
    /* Method 1: +-20 % a channel and +-1 EV leave at most 0.5 CIEDE2000 and
     * 0.5 H of skin. */
    const struct camera *const camera = &cameras[_i];
    struct chart_fit plain, other;
    struct chart chart = photograph(camera, as_it_is);
    struct tone tone;
    ct_tone_at(&tone, 30.0, false);
    ct_chart_fit(&plain, &chart);
    for (int n = 0; n < 200; n++) {
        /* From a white of 0.4, so that a stop more does not clip it. */
        const double ev = 0.45 * exp2(random_between(-1.0, 1.0));
        double gain[3];
        for (int c = 0; c < 3; c++)
            gain[c] = ev * random_between(0.8, 1.2);
        chart = photograph(camera, gain);
        ck_assert_int_ge(chart.count, 12);
        ct_chart_fit(&other, &chart);
        if (other.correction.terms != plain.correction.terms)
            continue; /* nothing in common: such a pair is not compared */
        for (int s = 0; s < SKINS; s++) {
            double light[3], a[3], b[3], lab_a[3], lab_b[3];
            for (int c = 0; c < 3; c++)
                light[c] = gain[c] * camera->skin[s][c];
            ct_correct(a, &plain.correction, camera->skin[s]);
            ct_correct(b, &other.correction, light);
            ct_lab_of_linear(lab_a, a);
            ct_lab_of_linear(lab_b, b);
            ck_assert_double_le(ct_ciede2000(lab_a, lab_b), 0.5);
            ck_assert_double_le(fabs(redness(b, &tone) - redness(a, &tone)),
                                0.5);
        }
    }
}
END_TEST

/* ---- In a picture -------------------------------------------------------- */

enum { WIDTH = 320, HEIGHT = 240 };

static uint16_t pixels[HEIGHT][WIDTH][3];

/* The chart's corners in the drawing: dark skin's first, then around. */
static const cutis_point drawn[4] = {
    {40.0, 30.0}, {286.0, 52.0}, {262.0, 210.0}, {62.0, 196.0}};

/* Where (x, y) lies on the chart, by Newton on the bilinear sides' projective
 * map: an inverse written by hand, not the code's. */
static bool on_chart(double *u, double *v, double x, double y)
{
    /* Solve for the homography's inverse by two cross ratios: intersect the
     * lines through the point and the sides' vanishing points. */
    double h[3][3], inverse[3][3];
    const cutis_point *const p = drawn;
    const double dx1 = p[1].x - p[2].x, dx2 = p[3].x - p[2].x;
    const double dy1 = p[1].y - p[2].y, dy2 = p[3].y - p[2].y;
    const double sx = p[0].x - p[1].x + p[2].x - p[3].x;
    const double sy = p[0].y - p[1].y + p[2].y - p[3].y;
    const double det = dx1 * dy2 - dx2 * dy1;
    h[2][0] = (sx * dy2 - dx2 * sy) / det;
    h[2][1] = (dx1 * sy - sx * dy1) / det;
    h[2][2] = 1.0;
    h[0][0] = p[1].x * (1.0 + h[2][0]) - p[0].x;
    h[0][1] = p[3].x * (1.0 + h[2][1]) - p[0].x;
    h[0][2] = p[0].x;
    h[1][0] = p[1].y * (1.0 + h[2][0]) - p[0].y;
    h[1][1] = p[3].y * (1.0 + h[2][1]) - p[0].y;
    h[1][2] = p[0].y;
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            const int a = (k + 1) % 3, b = (k + 2) % 3;
            const int c = (i + 1) % 3, d = (i + 2) % 3;
            inverse[i][k] = h[a][c] * h[b][d] - h[a][d] * h[b][c];
        }
    const double w = inverse[2][0] * x + inverse[2][1] * y + inverse[2][2];
    *u = (inverse[0][0] * x + inverse[0][1] * y + inverse[0][2]) / w;
    *v = (inverse[1][0] * x + inverse[1][1] * y + inverse[1][2]) / w;
    return *u >= 0.0 && *u < 1.0 && *v >= 0.0 && *v < 1.0;
}

static uint16_t coded(double linear)
{
    const double s = ct_srgb_encode(fmin(fmax(linear, 0.0), 1.0));
    return (uint16_t)lround(65535.0 * s);
}

/* Draws the chart with black gaps of a tenth, as a camera sees it. */
static void draw(const struct camera *camera, const double gain[3])
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            double u, v;
            const bool on = on_chart(&u, &v, x + 0.5, y + 0.5);
            const double du = fabs(6.0 * u - floor(6.0 * u) - 0.5);
            const double dv = fabs(4.0 * v - floor(4.0 * v) - 0.5);
            const int patch = (int)(6.0 * u) + 6 * (int)(4.0 * v);
            for (int c = 0; c < 3; c++)
                pixels[y][x][c] = !on ? coded(0.2)
                                  : du > 0.45 || dv > 0.45
                                      ? coded(0.02)
                                      : coded(gain[c] * camera->seen[patch][c]);
        }
}

static uint32_t format = CUTIS_PIXELS_RGB16; /* as which it is read */

static cutis_status read_drawing(struct skin *skin,
                                 const cutis_photo_options *options)
{
    const cutis_pixels given = {
        .struct_size = sizeof(given),
        .data = pixels,
        .stride = sizeof(pixels[0]),
        .width = WIDTH,
        .height = HEIGHT,
        .format = format,
    };
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    struct face face = {.crop = {0, 0, WIDTH, HEIGHT}, .factor = 1};
    struct picture picture = {0};
    ck_assert_int_eq(ct_acquire_pixels(&picture, &given, &limits, &tools),
                     CUTIS_OK);
    *skin = (struct skin){0};
    const cutis_status status =
        ct_colour_skin(skin, &picture, &face, options, &tools);
    ct_picture_free(&picture);
    return status;
}

static cutis_photo_options with_chart(int first, int step)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    for (int i = 0; i < 4; i++)
        options.chart[i] = drawn[(first + step * i) % 4];
    return options;
}

START_TEST(a_chart_is_read_whichever_corner_comes_first)
{
    const struct camera *const camera = &cameras[1];
    const cutis_photo_options options = with_chart(_i % 4, _i < 4 ? 1 : 3);
    struct skin skin;
    draw(camera, as_it_is);
    ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_OK);
    ck_assert(skin.neutral);
    ck_assert_int_eq(skin.calibration, CT_NEUTRAL_CHART);
    ck_assert_int_eq(skin.correction.terms, 3);
    for (int c = 0; c < 3; c++)
        for (int k = 0; k < 3; k++)
            ck_assert_double_eq_tol(skin.correction.m[c][k],
                                    camera->linear_matrix[c][k], 2e-3);
    /* The light skin patch comes out as it is, to the fit's own error. */
    double want[3];
    ct_correct(want, &skin.correction, camera->seen[1]);
    ck_assert_double_eq_tol((double)ct_row(&skin.red, 60)[110], want[0], 1e-3);
    ck_assert_double_eq_tol((double)ct_row(&skin.green, 60)[110], want[1],
                            1e-3);
    ct_skin_free(&skin);
}
END_TEST

START_TEST(a_mirrored_chart_is_read_too)
{
    const cutis_photo_options options = with_chart(0, 1);
    cutis_photo_options mirrored = options;
    struct skin skin;
    draw(&cameras[1], as_it_is);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH / 2; x++)
            for (int c = 0; c < 3; c++) {
                const uint16_t left = pixels[y][x][c];
                pixels[y][x][c] = pixels[y][WIDTH - 1 - x][c];
                pixels[y][WIDTH - 1 - x][c] = left;
            }
    for (int i = 0; i < 4; i++)
        mirrored.chart[i].x = WIDTH - options.chart[i].x;
    ck_assert_int_eq(read_drawing(&skin, &mirrored), CUTIS_OK);
    ck_assert_double_le(skin.chart_error, 1.2);
    ct_skin_free(&skin);
}
END_TEST

START_TEST(gains_say_how_the_light_was)
{
    /* 0.8 of green, half of blue: the neutral came out so much darker. */
    const double gain[3] = {1.0, 0.8, 0.5};
    const cutis_photo_options options = with_chart(0, 1);
    struct skin plain, tinted;
    draw(&cameras[1], as_it_is);
    ck_assert_int_eq(read_drawing(&plain, &options), CUTIS_OK);
    draw(&cameras[1], gain);
    ck_assert_int_eq(read_drawing(&tinted, &options), CUTIS_OK);
    for (int c = 0; c < 3; c++)
        ck_assert_double_eq_tol(tinted.gain[c] * gain[c], plain.gain[c], 2e-3);
    ct_skin_free(&plain);
    ct_skin_free(&tinted);
}
END_TEST

START_TEST(clipped_patches_are_left_out_and_too_few_are_refused)
{
    const double bright[3] = {1.6, 1.6, 1.6}, glaring[3] = {9.0, 9.0, 9.0};
    const cutis_photo_options options = with_chart(0, 1);
    struct skin skin;
    draw(&cameras[1], bright);
    ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_OK);
    for (int c = 0; c < 3; c++) /* white is gone, and nothing else moves much */
        for (int k = 0; k < 3; k++)
            ck_assert_double_eq_tol(1.6 * skin.correction.m[c][k],
                                    telephone_matrix_3[c][k], 0.05);
    ct_skin_free(&skin);
    draw(&cameras[1], glaring);
    ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_ERROR_UNSUITABLE);
    ck_assert_ptr_nonnull(strstr(tools.sentence, "24 patches"));
}
END_TEST

START_TEST(what_is_no_chart_is_refused)
{
    cutis_photo_options options = with_chart(0, 1);
    struct skin skin;
    draw(&cameras[1], as_it_is);
    /* A quarter of it. */
    for (int i = 0; i < 4; i++) {
        options.chart[i].x = drawn[0].x + 0.5 * (drawn[i].x - drawn[0].x);
        options.chart[i].y = drawn[0].y + 0.5 * (drawn[i].y - drawn[0].y);
    }
    ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_ERROR_UNSUITABLE);
    options.chart[2].x = 4000.0;
    ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_ERROR_ARGUMENT);
    options = with_chart(0, 1);
    options.chart_edition = 2;
    ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_ERROR_ARGUMENT);
}
END_TEST

/* Corners in a line, or one of them inside of the other three. */
START_TEST(corners_that_span_no_chart_are_refused)
{
    static const cutis_point corners[3][4] = {
        {{20.0, 20.0}, {40.0, 40.0}, {60.0, 60.0}, {80.0, 80.0}},
        {{10.0, 10.0}, {100.0, 10.0}, {40.0, 40.0}, {10.0, 100.0}},
        {{10.0, 10.0}, {60.0, 25.0}, {100.0, 10.0}, {55.0, 100.0}},
    };
    struct skin skin;
    draw(&cameras[1], as_it_is);
    for (int i = 0; i < 3; i++) {
        cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
        memcpy(options.chart, corners[i], sizeof(corners[i]));
        ck_assert_int_eq(read_drawing(&skin, &options), CUTIS_ERROR_UNSUITABLE);
        ck_assert_ptr_nonnull(strstr(tools.sentence, "only 0 of the colour"));
    }
}
END_TEST

START_TEST(a_picture_without_colours_shows_no_chart)
{
    const cutis_photo_options options = with_chart(0, 1);
    struct skin skin;
    draw(&cameras[1], as_it_is);
    format = CUTIS_PIXELS_GREY16;
    const cutis_status status = read_drawing(&skin, &options);
    format = CUTIS_PIXELS_RGB16;
    ck_assert_int_eq(status, CUTIS_ERROR_UNSUITABLE);
    ck_assert_str_eq(tools.sentence,
                     "a black and white picture shows no colour chart");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("chart");
    TCase *fits = tcase_create("fits");
    TCase *drawings = tcase_create("drawings");

    tcase_add_test(fits, the_references_are_those_of_the_method);
    tcase_add_loop_test(fits, a_fit_is_that_of_numpy, 0, CAMERAS);
    tcase_add_test(fits, roots_are_taken_only_with_enough_patches);
#if HAVE_LCMS
    tcase_add_loop_test(fits, the_error_is_what_lcms_says, 0, CAMERAS);
#endif
    tcase_add_loop_test(fits, exposure_does_not_matter, 0, CAMERAS);
    tcase_add_loop_test(fits, a_chart_undoes_white_balance_and_exposure, 0,
                        CAMERAS);
    suite_add_tcase(suite, fits);

    tcase_add_checked_fixture(drawings, set_up, NULL);
    tcase_add_loop_test(drawings, a_chart_is_read_whichever_corner_comes_first,
                        0, 8);
    tcase_add_test(drawings, a_mirrored_chart_is_read_too);
    tcase_add_test(drawings, gains_say_how_the_light_was);
    tcase_add_test(drawings,
                   clipped_patches_are_left_out_and_too_few_are_refused);
    tcase_add_test(drawings, what_is_no_chart_is_refused);
    tcase_add_test(drawings, corners_that_span_no_chart_are_refused);
    tcase_add_test(drawings, a_picture_without_colours_shows_no_chart);
    suite_add_tcase(suite, drawings);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
