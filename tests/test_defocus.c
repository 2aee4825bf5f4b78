/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A plane of focus that moved: squares of skin by formula, and a drawn plane of
 * skin that is tilted in depth behind a lens whose blur by depth is known.
 */

#include <stdlib.h>

#include "match/match.h"
#include "progress_scene.h"
#include "util/hash.h"

#define PI 3.14159265358979323846

static struct tools tools;
static struct random dice;
static struct scene scene;
static struct capture before, after;
static struct pair pair, other;

static void set_up(void)
{
    memset(&tools, 0, sizeof(tools));
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    ct_random_seed(&dice, 31);
    scene_set(&scene);
}

/* ---- By formula ---------------------------------------------------------- */

/* mm2, linear in depth as by two lenses of one opening. */
static const double slope = 2e-4, edges_at = 35;

static double more_at(double nearer)
{
    return slope * (nearer - edges_at);
}

enum { REGIONS = 10, EACH = 12 };

static double depth_of(int region, int i)
{
    return 10 + 6 * region + 0.4 * i;
}

/* Skin that falls as f^-3, its squares as unlike as skin is, in both alike. */
static void write_square(struct swatch *out, int region, int i, double blur_mm2,
                         double contrast, double noise)
{
    const int block = region * EACH + i;
    *out = (struct swatch){.block = (uint16_t)block,
                           .region = (uint8_t)region,
                           .at = {depth_of(region, i), 7 * (i % 5) - 14.0},
                           .noise = (float)noise};
    for (int k = 0; k < 8; k++) {
        const double f = ct_swatch_frequency(k);
        out->power[k] =
            (float)((1 + 0.5 * sin(block * 3 + k)) * contrast * pow(f, -3) *
                        exp(-4 * PI * PI * f * f * blur_mm2) +
                    noise);
    }
}

static void write_squares(struct swatches *out, bool moved, double noise)
{
    *out = (struct swatches){
        .count = REGIONS * EACH, .bins = 8, .edges = {edges_at, 0}};
    for (int r = 0; r < REGIONS; r++)
        for (int i = 0; i < EACH; i++)
            write_square(&out->of[r * EACH + i], r, i,
                         0.03 + (moved ? more_at(depth_of(r, i)) : 0),
                         moved ? 0.7 : 1, noise);
}

static double middle_of(int region)
{
    return depth_of(region, 0) + 0.4 * (EACH - 1) / 2.0;
}

START_TEST(a_plane_that_moved_is_told_exactly)
{
    write_squares(&before.swatches, false, 1e-6);
    write_squares(&after.swatches, true, 2e-6);
    ct_defocus_over(&pair, &before, &after);
    ck_assert_int_eq(pair.defocus.count, REGIONS * EACH);
    ck_assert_double_eq_tol(pair.defocus.at_edges, 0, 2e-5);
    for (int r = 0; r < REGIONS; r++) {
        const double more = more_at(middle_of(r));
        ck_assert_double_eq_tol(pair.defocus.more[r], more, 2e-5);
        ck_assert_double_eq_tol(pair.defocus.own[r], more, 5e-5);
        ck_assert_double_le(pair.defocus.se[r], 2e-5);
    }
    for (int r = REGIONS; r < CT_FACE_REGION; r++)
        ck_assert_double_nan(pair.defocus.more[r]);
    ck_assert_double_eq_tol(
        pair.defocus.more[CT_FACE_REGION],
        more_at(0.5 * (middle_of(0) + middle_of(REGIONS - 1))), 2e-5);
}
END_TEST

/* Pores gone from two regions: a dip from 0.8 to 1.6 cycles per mm, and all of
 * it a third fainter.  Squares think them blurred by 0.004 mm2 and more. */
START_TEST(treated_regions_do_not_move_it)
{
    write_squares(&before.swatches, false, 1e-6);
    write_squares(&after.swatches, false, 2e-6);
    for (int i = 3 * EACH; i < 5 * EACH; i++)
        for (int k = 0; k < 8; k++) {
            const double f = ct_swatch_frequency(k);
            after.swatches.of[i].power[k] *= f > 0.8 && f < 1.6 ? 0.3f : 0.6f;
        }
    ct_defocus_over(&pair, &before, &after);
    for (int r = 0; r < REGIONS; r++)
        ck_assert_double_eq_tol(pair.defocus.more[r], 0, 1e-4);
}
END_TEST

START_TEST(swapping_mirrors_it_to_the_last_bit)
{
    write_squares(&before.swatches, false, 1e-6);
    write_squares(&after.swatches, true, 2e-6);
    for (int i = 0; i < REGIONS * EACH; i++)
        for (int k = 0; k < 8; k++)
            after.swatches.of[i].power[k] *=
                (float)(1 + 0.5 * ct_random_uniform(&dice));
    ct_defocus_over(&pair, &before, &after);
    ct_defocus_over(&other, &after, &before);
    for (int r = 0; r < REGIONS; r++) {
        ck_assert_double_eq(pair.defocus.more[r], -other.defocus.more[r]);
        ck_assert_double_eq(pair.defocus.own[r], -other.defocus.own[r]);
        ck_assert_double_eq(pair.defocus.se[r], other.defocus.se[r]);
        ck_assert_double_gt(pair.defocus.se[r], 0);
    }
}
END_TEST

START_TEST(the_same_photograph_has_none)
{
    write_squares(&before.swatches, true, 1e-6);
    ct_defocus_over(&pair, &before, &before);
    for (int r = 0; r < REGIONS; r++) {
        ck_assert_double_eq(pair.defocus.more[r], 0);
        ck_assert_double_eq(pair.defocus.se[r], 0);
    }
}
END_TEST

START_TEST(too_little_skin_says_nothing)
{
    write_squares(&before.swatches, false, 1e-6);
    write_squares(&after.swatches, true, 1e-6);
    before.swatches.count = 39;
    ct_defocus_over(&pair, &before, &after);
    ck_assert_int_eq(pair.defocus.count, 0);
    for (int r = 0; r < CT_REGIONS; r++)
        ck_assert_double_nan(pair.defocus.more[r]);
    write_squares(&before.swatches, false, 1e-6);
    for (int i = 0; i < REGIONS * EACH; i++)
        before.swatches.of[i].noise = 1; /* nothing but grain */
    ct_defocus_over(&pair, &before, &after);
    ck_assert_double_nan(pair.defocus.more[CT_NOSE]);
}
END_TEST

/* ---- A plane tilted in depth --------------------------------------------- */

enum { WIDE_MM = 120, HIGH_MM = 96, PARTS = 6, STRIPS = 30, LAYERS = 4 };

/* Strips of 4 mm, each 1.6 mm deeper than the last; five make a region. */
static double nearer_of(double strip)
{
    return 30 - 1.6 * strip;
}

/* Of a lens with an opening of 8 mm, 1 m away, sharp so far before the eyes. */
static double lens_mm2(double nearer, double focus)
{
    const double sigma = 8 * (nearer - focus) / (4 * 1000);
    return sigma * sigma;
}

static void flat_face(struct face *out, double scale)
{
    const int width = (int)(WIDE_MM * scale), height = (int)(HIGH_MM * scale);
    memset(out, 0, sizeof(*out));
    out->factor = 1;
    out->scale = out->work_scale = scale;
    out->pose.rotation[0] = out->pose.rotation[4] = out->pose.rotation[8] = 1;
    ck_assert(!ct_bytes_create(&out->region, width, height, &tools));
    ck_assert(!ct_bytes_create(&out->skin, width, height, &tools));
    const size_t all = (size_t)width * (size_t)height;
    out->cell = ct_alloc(&tools.memory, all, sizeof(uint16_t));
    out->triangle = ct_alloc(&tools.memory, all, sizeof(uint16_t));
    out->cosine = ct_alloc(&tools.memory, CT_FACETS + 1, sizeof(float));
    out->shape = ct_alloc(&tools.memory, CT_FACETS, sizeof(*out->shape));
    ck_assert(out->cell && out->triangle && out->cosine && out->shape);
    for (int i = 0; i < STRIPS * LAYERS; i++) {
        out->cosine[i] = 1;
        out->shape[i].middle[1] = (float)(i % LAYERS * HIGH_MM / LAYERS);
        out->shape[i].middle[2] = (float)-nearer_of(i / LAYERS);
    }
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const size_t at = (size_t)y * (size_t)width + (size_t)x;
            const int strip = (int)(x / scale) * STRIPS / WIDE_MM;
            const int layer = (int)(y / scale) * LAYERS / HIGH_MM;
            out->triangle[at] = (uint16_t)(strip * LAYERS + layer);
            out->cell[at] =
                (uint16_t)((int)(y / scale) * CT_CELLS_X + (int)(x / scale));
            ct_byte_row(&out->region, y)[x] = (uint8_t)(strip * PARTS / STRIPS);
            ct_byte_row(&out->skin, y)[x] = 255;
        }
}

/* Noise softened by 0.15 mm behind the lens, each strip by its own depth, and
 * grain. */
static void photograph(struct swatches *out, const struct face *face,
                       double focus, double grain)
{
    struct skin skin = {0};
    struct plane white = {0}, low = {0};
    const int width = face->skin.width, height = face->skin.height;
    struct random same;
    ct_random_seed(&same, 7);
    ck_assert(!ct_plane_create(&white, width, height, &tools));
    ck_assert(!ct_plane_create(&low, width, height, &tools));
    ck_assert(!ct_plane_create(&skin.red, width, height, &tools));
    skin.green = skin.blue = skin.red; /* grey */
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&white, y)[x] = (float)ct_random_normal(&same);
    for (int strip = 0; strip < STRIPS; strip++) {
        const double mm2 = 0.0225 + lens_mm2(nearer_of(strip), focus);
        ck_assert(!ct_gauss(&low, &white, sqrt(mm2) * face->scale, &tools));
        for (int y = 0; y < height; y++)
            for (int x = width * strip / STRIPS;
                 x < width * (strip + 1) / STRIPS; x++)
                ct_row(&skin.red, y)[x] =
                    0.4f + 0.02f * ct_row(&low, y)[x] +
                    (float)(grain * ct_random_normal(&dice));
    }
    ck_assert(!ct_swatches(out, face, &skin, &tools));
    ct_plane_free(&white);
    ct_plane_free(&low);
    ct_plane_free(&skin.red);
}

static const double scales[] = {6, 7, 8, 12};

START_TEST(a_tilted_plane_is_told_by_its_squares)
{
    struct face face;
    if (!ct_mesh_points())
        return;
    flat_face(&face, scales[_i]);
    photograph(&before.swatches, &face, 30, 2e-4);
    photograph(&after.swatches, &face, -10, 2e-4);
    ck_assert_int_ge(before.swatches.count, 100);
    before.swatches.edges = after.swatches.edges = (struct stand){10, 40};
    ct_defocus_over(&pair, &before, &after);
    const double edges = lens_mm2(10, -10) - lens_mm2(10, 30);
    for (int r = 0; r < PARTS; r++) {
        const double z = nearer_of(5 * r + 2);
        const double more = lens_mm2(z, -10) - lens_mm2(z, 30) - edges;
        /* Rings are wide, and the plateau holds a little of the sharper one's
         * structure: both make it fall short. */
        ck_assert_double_eq_tol(pair.defocus.more[r], more,
                                3e-4 + 0.12 * fabs(more));
        ck_assert_double_le(pair.defocus.se[r], 3e-4);
    }
    ct_face_free(&face);
}
END_TEST

START_TEST(too_small_a_picture_has_no_squares)
{
    struct face face;
    flat_face(&face, 4);
    photograph(&before.swatches, &face, 0, 0);
    ck_assert_int_eq(before.swatches.count, 0);
    ck_assert_int_eq(before.swatches.bins, 0);
    ct_face_free(&face);
}
END_TEST

/* ---- What is said of it -------------------------------------------------- */

static void move_focus(int region, double more, double own)
{
    scene.pair.defocus.more[region] = more;
    scene.pair.defocus.own[region] = own;
    scene_check(&scene);
}

START_TEST(only_that_region_loses_its_fine_detail)
{
    move_focus(CT_NOSE, 0.0145, 0.012);
    ck_assert(scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    ck_assert(scene_forbids(&scene, CT_PORE_DENSITY, CT_NOSE));
    ck_assert(scene_forbids(&scene, CT_WRINKLE_INDEX, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_REDNESS, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_PIGMENT_SPOTS, CT_NOSE));
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_CHEEK_L));
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_FACE_REGION));
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_LIMITED);
    const cutis_check *const check = scene_found(&scene, "depth_of_field");
    ck_assert_ptr_eq(check->region, ct_region(CT_NOSE));
    ck_assert_ptr_nonnull(strstr(check->message, "Nose: 0.12 mm more blur "
                                                 "after"));
    ck_assert_ptr_nonnull(strstr(check->message, "smaller aperture"));
    move_focus(CT_NOSE, -0.0145, -0.012);
    ck_assert_ptr_nonnull(strstr(scene_found(&scene, "depth_of_field")->message,
                                 "more blur before"));
}
END_TEST

START_TEST(what_its_own_skin_does_not_show_is_only_warned_of)
{
    move_focus(CT_NOSE, 0.0145, 0.002);
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    ck_assert_int_eq(scene_found(&scene, "depth_of_field")->verdict,
                     CUTIS_CHECK_WARN);
    move_focus(CT_NOSE, 0.0145, NAN);
    ck_assert(!scene_forbids(&scene, CT_TEXTURE, CT_NOSE));
    ck_assert_int_eq(scene_comparable(&scene), CUTIS_COMPARABLE_YES);
}
END_TEST

START_TEST(within_two_errors_it_passes)
{
    scene.pair.defocus.se[CT_NOSE] = 0.003;
    move_focus(CT_NOSE, 0.0084, 0.0084);
    const cutis_check *check = scene_found(&scene, "depth_of_field");
    ck_assert_int_eq(check->verdict, CUTIS_CHECK_PASS);
    ck_assert_ptr_null(check->region);
    ck_assert_double_eq_tol(check->value, sqrt(0.0024), 1e-12);
    move_focus(CT_NOSE, 0.0086, 0.0086);
    check = scene_found(&scene, "depth_of_field");
    ck_assert_int_eq(check->verdict, CUTIS_CHECK_WARN);
}
END_TEST

static enum ct_level level_at(double mm)
{
    const double more = mm * fabs(mm);
    move_focus(CT_CHIN, more, more);
    const cutis_check *const check = scene_found(&scene, "depth_of_field");
    return scene.outcome.checks.level[check - scene.outcome.checks.of];
}

START_TEST(its_limits_are_a_twentieth_and_a_tenth_of_a_millimetre)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        ck_assert_int_eq(level_at(sign * 0.0499), CT_LEVEL_PASS);
        ck_assert_int_eq(level_at(sign * 0.0501), CT_LEVEL_WARN);
        ck_assert_int_eq(level_at(sign * 0.0999), CT_LEVEL_WARN);
        ck_assert_int_eq(level_at(sign * 0.1001), CT_LEVEL_FAIL);
    }
}
END_TEST

static double error_of(int metric, int region)
{
    scene_judge(&scene);
    return scene.outcome.change[metric][region].se;
}

static double root_sum(double a, double b)
{
    return sqrt(a * a + b * b);
}

/* 2.1 per mm2 of blur for roughness, 33 for the number of pores (method, 4.3
 * and 5), on top of what there is; the nose's only, and not within two errors
 * of none. */
START_TEST(the_error_grows_by_what_it_feigns)
{
    const double rough = error_of(CT_TEXTURE, CT_NOSE);
    const double pores = error_of(CT_PORE_DENSITY, CT_NOSE);
    const double chin = error_of(CT_TEXTURE, CT_CHIN);
    move_focus(CT_NOSE, -0.004, -0.004);
    ck_assert_double_eq_tol(error_of(CT_TEXTURE, CT_NOSE),
                            root_sum(rough, 2.1 * 0.004), 1e-12);
    ck_assert_double_eq_tol(error_of(CT_PORE_DENSITY, CT_NOSE),
                            root_sum(pores, 33.0 * 0.004), 1e-12);
    ck_assert_double_eq(error_of(CT_TEXTURE, CT_CHIN), chin);
    scene.pair.defocus.se[CT_NOSE] = 0.0021;
    ck_assert_double_eq(error_of(CT_TEXTURE, CT_NOSE), rough);
}
END_TEST

START_TEST(what_could_not_be_told_widens_nothing)
{
    for (int r = 0; r < CT_REGIONS; r++)
        scene.pair.defocus.more[r] = scene.pair.defocus.se[r] = NAN;
    const cutis_check *const check = scene_found(&scene, "depth_of_field");
    ck_assert_int_eq(check->verdict, CUTIS_CHECK_PASS);
    ck_assert_double_nan(check->value);
    ck_assert_double_eq(ct_widening(&scene.outcome.checks, CT_TEXTURE, CT_NOSE),
                        1.0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("defocus");
    tcase_add_checked_fixture(cases, set_up, NULL);
    tcase_add_test(cases, a_plane_that_moved_is_told_exactly);
    tcase_add_test(cases, treated_regions_do_not_move_it);
    tcase_add_test(cases, swapping_mirrors_it_to_the_last_bit);
    tcase_add_test(cases, the_same_photograph_has_none);
    tcase_add_test(cases, too_little_skin_says_nothing);
    tcase_add_loop_test(cases, a_tilted_plane_is_told_by_its_squares, 0, 4);
    tcase_add_test(cases, too_small_a_picture_has_no_squares);
    tcase_add_test(cases, only_that_region_loses_its_fine_detail);
    tcase_add_test(cases, what_its_own_skin_does_not_show_is_only_warned_of);
    tcase_add_test(cases, within_two_errors_it_passes);
    tcase_add_test(cases,
                   its_limits_are_a_twentieth_and_a_tenth_of_a_millimetre);
    tcase_add_test(cases, the_error_grows_by_what_it_feigns);
    tcase_add_test(cases, what_could_not_be_told_widens_nothing);

    Suite *suite = suite_create("defocus");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
