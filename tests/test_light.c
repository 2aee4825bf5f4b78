/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where the light comes from, on faces that are half a ball: their luminance
 * is known in closed form.
 */

#include <check.h>
#include <math.h>
#include <string.h>

#include "match/match.h"
#include "util/hash.h"

enum { SIDE = 8, WIDTH = 32 * SIDE, HEIGHT = 29 * SIDE };
static const double degree = 0.0174532925199433;
static const double ball_mm = 80.0;

static struct tools tools;
static struct random dice;
static struct face face;
static struct skin skin;

/* Facet i is a square of SIDE pixels, 1 mm each, its normal spread evenly over
 * the half ball that faces the camera (Fibonacci's lattice). */
static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 11);
    memset(&face, 0, sizeof(face));
    memset(&skin, 0, sizeof(skin));
    ck_assert_int_eq(ct_bytes_create(&face.skin, WIDTH, HEIGHT, &tools), 0);
    ck_assert_int_eq(ct_bytes_create(&face.region, WIDTH, HEIGHT, &tools), 0);
    ck_assert_int_eq(ct_plane_create(&skin.red, WIDTH, HEIGHT, &tools), 0);
    ck_assert_int_eq(ct_plane_create(&skin.green, WIDTH, HEIGHT, &tools), 0);
    ck_assert_int_eq(ct_plane_create(&skin.blue, WIDTH, HEIGHT, &tools), 0);
    struct memory *const memory = &tools.memory;
    face.triangle = ct_alloc(memory, WIDTH * HEIGHT, sizeof(uint16_t));
    face.mm2 = ct_alloc(memory, CT_FACETS + 1, sizeof(float));
    face.cosine = ct_alloc(memory, CT_FACETS + 1, sizeof(float));
    face.shape = ct_alloc(memory, CT_FACETS, sizeof(*face.shape));
    ck_assert(face.triangle && face.mm2 && face.cosine && face.shape);
    for (int i = 0; i < CT_FACETS; i++) {
        const double z = (i + 0.5) / CT_FACETS, angle = i * 2.399963229728653;
        const double across = sqrt(1 - z * z);
        const double n[3] = {across * cos(angle), across * sin(angle), -z};
        for (int k = 0; k < 3; k++) {
            face.shape[i].normal[k] = (float)n[k];
            face.shape[i].middle[k] = (float)(ball_mm * n[k]);
        }
        face.mm2[i] = 1.0f;
        face.cosine[i] = (float)z;
    }
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const int i = y / SIDE * (WIDTH / SIDE) + x / SIDE;
            face.triangle[y * WIDTH + x] =
                (uint16_t)(i < CT_FACETS ? i : CT_FACETS);
            ct_byte_row(&face.skin, y)[x] = 255;
            ct_byte_row(&face.region, y)[x] = CT_FOREHEAD;
        }
}

static void tear_down(void)
{
    ct_face_free(&face);
    ct_skin_free(&skin);
}

/* Where a lamp of unit strength stands: degrees to the right and up. */
static void lamp_at(double out[3], double azimuth, double elevation)
{
    out[0] = sin(azimuth * degree) * cos(elevation * degree);
    out[1] = -sin(elevation * degree);
    out[2] = -cos(azimuth * degree) * cos(elevation * degree);
}

static double dot(const float n[3], const double l[3])
{
    return (double)n[0] * l[0] + (double)n[1] * l[1] + (double)n[2] * l[2];
}

/* Every pixel of facet i as bright as brightness(i, lamp) says. */
static void paint(const double lamp[3], double ambient, double gain)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const int i = face.triangle[y * WIDTH + x];
            const double lit =
                i < CT_FACETS ? fmax(0, dot(face.shape[i].normal, lamp)) : 0;
            const float v = (float)(gain * (ambient + lit));
            ct_row(&skin.red, y)[x] = ct_row(&skin.green, y)[x] =
                ct_row(&skin.blue, y)[x] = v;
        }
}

static double degrees_off(const struct light *light, const double lamp[3])
{
    double cosine = 0;
    for (int k = 0; k < 3; k++)
        cosine += light->lamp[k] * lamp[k];
    return acos(fmin(cosine, 1)) / degree;
}

START_TEST(a_lamp_is_found_where_it_stands)
{
    static const double at[][2] = {{0, 0}, {-40, 25}, {30, -10}, {60, 40}};
    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        double lamp[3];
        struct light light = {0};
        lamp_at(lamp, at[i][0], at[i][1]);
        paint(lamp, 0.3, 0.4);
        ck_assert_int_eq(ct_light(&light, &face, &skin, &tools), CUTIS_OK);
        ck_assert_double_lt(degrees_off(&light, lamp), 0.05);
        ck_assert_double_eq_tol(light.ambient, 0.3, 0.002);
    }
}
END_TEST

START_TEST(a_shadow_on_a_tenth_of_the_face_does_not_steer_it)
{
    double lamp[3];
    struct light light = {0};
    lamp_at(lamp, -35, 20);
    paint(lamp, 0.3, 0.4);
    for (int i = 0; i < CT_FACETS; i += 10) {
        const int x0 = i % (WIDTH / SIDE) * SIDE,
                  y0 = i / (WIDTH / SIDE) * SIDE;
        for (int y = y0; y < y0 + SIDE; y++)
            for (int x = x0; x < x0 + SIDE; x++)
                ct_row(&skin.green, y)[x] *= 0.4f;
    }
    ck_assert_int_eq(ct_light(&light, &face, &skin, &tools), CUTIS_OK);
    ck_assert_double_lt(degrees_off(&light, lamp), 1.5);
}
END_TEST

START_TEST(relief_follows_the_angle_by_the_law_of_tangents)
{
    double lamp[3];
    struct light light = {0};
    /* Facets of one direction, 45 degrees off the lamp, no ambient light: 2 /
     * sin(90 degrees) a radian. */
    lamp_at(lamp, 0, 0);
    paint(lamp, 0, 0.4);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            const int i = face.triangle[y * WIDTH + x];
            const bool aslant =
                i < CT_FACETS &&
                fabs((double)face.shape[i].normal[2] + sqrt(0.5)) < 0.02;
            ct_byte_row(&face.region, y)[x] = aslant ? CT_CHIN : CT_FOREHEAD;
        }
    ck_assert_int_eq(ct_light(&light, &face, &skin, &tools), CUTIS_OK);
    ck_assert_double_eq_tol(light.slope[CT_CHIN], 2 * degree, 0.001);
    ck_assert(isnan(light.slope[CT_NOSE]));
}
END_TEST

static void compare(struct pair *pair, const struct light *a,
                    const struct light *b)
{
    memset(pair, 0, sizeof(*pair));
    ck_assert_int_eq(ct_match_light(pair, &face, a, b, &tools), CUTIS_OK);
}

START_TEST(exposure_is_no_difference_of_light)
{
    double lamp[3];
    struct light a = {0}, b = {0};
    struct pair pair;
    lamp_at(lamp, -40, 25);
    paint(lamp, 0.3, 0.4);
    ck_assert_int_eq(ct_light(&a, &face, &skin, &tools), CUTIS_OK);
    compare(&pair, &a, &a);
    ck_assert(pair.light_angle_deg == 0 && pair.illumination == 0);
    paint(lamp, 0.3, 0.2);
    ck_assert_int_eq(ct_light(&b, &face, &skin, &tools), CUTIS_OK);
    compare(&pair, &a, &b);
    ck_assert_double_lt(pair.light_angle_deg, 0.01);
    ck_assert_double_lt(pair.illumination, 1e-5);
}
END_TEST

START_TEST(a_turned_lamp_is_told_by_its_angle_either_way)
{
    double one[3], two[3];
    struct light a = {0}, b = {0};
    struct pair ab, ba;
    lamp_at(one, -40, 0);
    lamp_at(two, -33, 0);
    paint(one, 0.3, 0.4);
    ck_assert_int_eq(ct_light(&a, &face, &skin, &tools), CUTIS_OK);
    paint(two, 0.3, 0.4);
    ck_assert_int_eq(ct_light(&b, &face, &skin, &tools), CUTIS_OK);
    compare(&ab, &a, &b);
    compare(&ba, &b, &a);
    ck_assert_double_eq_tol(ab.light_angle_deg, 7, 0.1);
    ck_assert(ab.light_angle_deg == ba.light_angle_deg);
    ck_assert(ab.illumination == ba.illumination);
}
END_TEST

START_TEST(a_gradient_across_the_face_is_told_by_its_size)
{
    double lamp[3], sum = 0, square = 0, area = 0;
    struct light a = {0}, b = {0};
    struct pair pair;
    lamp_at(lamp, 0, 0);
    paint(lamp, 0.3, 0.4);
    ck_assert_int_eq(ct_light(&a, &face, &skin, &tools), CUTIS_OK);
    b = a;
    for (int i = 0; i < CT_FACETS; i++) {
        const double log_ratio = 0.001 * (double)face.shape[i].middle[0];
        if (!(a.mm2[i] > 0))
            continue;
        b.log_y[i] += (float)log_ratio;
        sum += log_ratio;
        square += log_ratio * log_ratio;
        area += 1;
    }
    compare(&pair, &a, &b);
    /* Smoothing over 10 mm leaves nearly all of a slope over 160 mm. */
    const double rms = sqrt(square / area - sum / area * (sum / area));
    ck_assert_double_eq_tol(pair.illumination, rms, 0.08 * rms);
}
END_TEST

START_TEST(without_a_mesh_nothing_is_said)
{
    struct light light = {0};
    struct facet_shape *const shape = face.shape;
    struct pair pair;
    face.shape = NULL;
    ck_assert_int_eq(ct_light(&light, &face, &skin, &tools), CUTIS_OK);
    ck_assert(isnan(light.ambient) && isnan(light.lamp[0]));
    compare(&pair, &light, &light);
    ck_assert(isnan(pair.light_angle_deg) && isnan(pair.illumination));
    face.shape = shape;
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("light");
    TCase *const tests = tcase_create("light");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_lamp_is_found_where_it_stands);
    tcase_add_test(tests, a_shadow_on_a_tenth_of_the_face_does_not_steer_it);
    tcase_add_test(tests, relief_follows_the_angle_by_the_law_of_tangents);
    tcase_add_test(tests, exposure_is_no_difference_of_light);
    tcase_add_test(tests, a_turned_lamp_is_told_by_its_angle_either_way);
    tcase_add_test(tests, a_gradient_across_the_face_is_told_by_its_size);
    tcase_add_test(tests, without_a_mesh_nothing_is_said);
    suite_add_tcase(suite, tests);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
