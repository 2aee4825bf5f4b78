/* SPDX-License-Identifier: BSD-2-Clause */

/* How the page shows that the photographs were laid on each other. */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/fit.h"
#include "report_sample.h"

enum { NODES = 10, RIGHT = 4, UP = 3 }; /* px of the photographs */

static struct sample sample;
static struct page_pictures pictures;
static struct page_fit *fit;

/* The after photograph shows everything RIGHT px to the right and UP px up, and
 * the map of skin says so in the columns of its nodes from `first` on. */
static void move_skin(int first)
{
    struct warp *const warp = &sample.pair.warp[0];
    ct_warp_create(warp, SAMPLE_WIDTH, SAMPLE_HEIGHT, NODES, &sample.tools);
    for (int j = 0; j < warp->x.height; j++)
        for (int i = first; i < warp->x.width; i++) {
            ct_row(&warp->x, j)[i] = (float)(i * NODES + RIGHT);
            ct_row(&warp->y, j)[i] = (float)(j * NODES - UP);
            ct_row(&warp->trust, j)[i] = 1.0f;
        }
    const uint8_t *const from = sample.picture[0].samples;
    uint8_t *const to = sample.picture[1].samples;
    for (int y = 0; y + UP < SAMPLE_HEIGHT; y++)
        memcpy(to + (y * SAMPLE_WIDTH + RIGHT) * 3,
               from + (y + UP) * SAMPLE_WIDTH * 3, (SAMPLE_WIDTH - RIGHT) * 3);
    sample.pair.refined = true;
}

static void setup(void)
{
    sample_open(&sample);
    memset(&pictures, 0, sizeof(pictures));
    fit = calloc(1, sizeof(*fit));
}

static void teardown(void)
{
    ct_fit_free(fit);
    ct_page_pictures_free(&pictures);
    ct_warp_free(&sample.pair.warp[0]);
    sample_close(&sample);
    free(fit);
    ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), 0);
}

static void make_fit(void)
{
    ck_assert_int_eq(ct_page_pictures(&pictures, &sample.report, &sample.tools),
                     CUTIS_OK);
    ck_assert_int_eq(
        ct_fit_create(fit, &sample.report, &pictures, &sample.tools), CUTIS_OK);
}

/* ---- Pictures ------------------------------------------------------------ */

/* Whole pixels, where the cubic gives back the pixels themselves. */
START_TEST(the_same_skin_lies_at_the_same_place)
{
    struct frame frame = {SAMPLE_WIDTH,
                          SAMPLE_HEIGHT,
                          {{1.0, 0.0, 0.0, 0.0}, {1.0, 0.0, 0.0, 0.0}},
                          NULL};
    const size_t size = (size_t)SAMPLE_WIDTH * SAMPLE_HEIGHT * 3;
    const uint8_t *const before = sample.picture[0].samples;
    uint8_t *const shown = malloc(size);
    struct lattice bend;
    move_skin(0);
    ck_assert_int_eq(
        ct_lattice_create(&bend, &frame, &sample.report, &sample.tools),
        CUTIS_OK);
    ck_assert_double_eq_tol(bend.most, RIGHT, 1e-4);
    frame.bend = &bend;
    ck_assert_int_eq(
        ct_frame_render(shown, &frame, 1, &sample.picture[1], &sample.tools),
        CUTIS_OK);
    for (int y = 8; y < SAMPLE_HEIGHT - 8; y++) {
        const int at = (y * SAMPLE_WIDTH + 8) * 3;
        ck_assert_mem_eq(shown + at, before + at, (SAMPLE_WIDTH - 16) * 3);
    }
    ct_lattice_free(&bend);
    free(shown);
}
END_TEST

/* Beyond the map the move fades without a jump, and not at once. */
START_TEST(where_the_face_ends_the_move_fades)
{
    struct frame frame = {SAMPLE_WIDTH,
                          SAMPLE_HEIGHT,
                          {{1.0, 0.0, 0.0, 0.0}, {1.0, 0.0, 0.0, 0.0}},
                          NULL};
    struct lattice bend;
    double before[2] = {0}, by[2];
    move_skin(20);
    ck_assert_int_eq(
        ct_lattice_create(&bend, &frame, &sample.report, &sample.tools),
        CUTIS_OK);
    for (int u = 0; u <= 210; u += 3) {
        ct_lattice_at(by, &bend, u, 240.0);
        ck_assert_double_ge(by[0], before[0] - 1e-6);
        ck_assert_double_lt(by[0] - before[0], 0.5);
        ck_assert_double_eq_tol(by[1], -by[0] * UP / RIGHT, 1e-4);
        if (u == 0)
            ck_assert_double_lt(by[0], 0.1 * RIGHT);
        memcpy(before, by, sizeof(by));
    }
    ck_assert_double_eq_tol(by[0], RIGHT, 1e-4);
    ct_lattice_free(&bend);
}
END_TEST

/* 5 px at 3.25 px per mm, to the right and up in all arrows. */
START_TEST(displacements_are_in_mm)
{
    move_skin(0);
    make_fit();
    ck_assert(fit->there);
    ck_assert_double_eq_tol(fit->moved_median, 5.0 / 3.25, 1e-3);
    ck_assert_double_eq_tol(fit->moved_p95, 5.0 / 3.25, 1e-3);
    ck_assert_double_eq_tol(fit->moved_high, 2.0, 1e-9);
    ck_assert_int_gt(fit->arrows, 20);
    const double *const s = pictures.frame.to_full[1];
    for (int i = 0; i < fit->arrows; i++) {
        ck_assert_double_eq_tol(fit->arrow[i].dx * CT_FIT_SHRINK * s[0],
                                RIGHT * fit->longer, 0.02);
        ck_assert_double_eq_tol(fit->arrow[i].dy * CT_FIT_SHRINK * s[0],
                                -UP * fit->longer, 0.02);
    }
}
END_TEST

/* The oval is as wide left of 180 as right of it. */
START_TEST(trust_is_told_as_shares_of_the_skin)
{
    move_skin(0);
    for (int j = 0; j < sample.pair.warp[0].trust.height; j++)
        for (int i = 0; i < 18; i++)
            ct_row(&sample.pair.warp[0].trust, j)[i] = 0.0f;
    make_fit();
    /* Between the nodes at 170 and 180, trust climbs from 0 to 1. */
    ck_assert_double_eq_tol(fit->held[CT_HELD], 0.5, 0.02);
    ck_assert_double_eq_tol(fit->held[CT_UNHELD], 0.47, 0.03);
    ck_assert_double_eq_tol(fit->held[CT_HELD] + fit->held[CT_HELD_PARTLY] +
                                fit->held[CT_UNHELD],
                            1.0, 1e-9);
    ck_assert_int_eq(ct_held_of(0.05), CT_UNHELD);
    ck_assert_int_eq(ct_held_of(0.5), CT_HELD_PARTLY);
    ck_assert_int_eq(ct_held_of(1.0), CT_HELD);
}
END_TEST

/* ---- Light --------------------------------------------------------------- */

static void open_light(struct fields *fields)
{
    memset(fields, 0, sizeof(*fields));
    ct_plane_create(&fields->light[0], CT_FIT_WIDTH, CT_FIT_HEIGHT,
                    &sample.tools);
    ct_plane_create(&fields->light[1], CT_FIT_WIDTH, CT_FIT_HEIGHT,
                    &sample.tools);
    ct_plane_create(&fields->change, CT_FIT_WIDTH, CT_FIT_HEIGHT,
                    &sample.tools);
    ct_bytes_create(&fields->skin, CT_FIT_WIDTH, CT_FIT_HEIGHT, &sample.tools);
    fields->mm = 1.0;
}

/* A lamp that falls off as exp(k x), with exposure doubled: a Gaussian leaves
 * an exponential one, so the map is exp(k (x - the middle)) - 1. */
START_TEST(light_is_told_without_what_the_face_shares)
{
    const double k = 0.001;
    struct fields fields;
    open_light(&fields);
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++) {
            const double u = x + 0.5 - CT_FIT_WIDTH / 2.0;
            ct_byte_row(&fields.skin, y)[x] = 255;
            ct_row(&fields.light[0], y)[x] = 0.25f;
            ct_row(&fields.light[1], y)[x] = (float)(0.5 * exp(k * u));
        }
    ck_assert_int_eq(ct_fit_light(fit, &fields, &sample.tools), CUTIS_OK);
    for (int x = 60; x < CT_FIT_WIDTH - 60; x += 10) {
        const double u = x + 0.5 - CT_FIT_WIDTH / 2.0;
        ck_assert_double_eq_tol((double)ct_row(&fields.change, 300)[x],
                                100.0 * (exp(k * u) - 1.0), 0.1);
    }
    ck_assert_double_eq_tol(fit->light_p95, 22.0, 2.0);
    ct_plane_free(&fields.light[0]);
    ct_plane_free(&fields.light[1]);
    ct_plane_free(&fields.change);
    ct_bytes_free(&fields.skin);
}
END_TEST

/* Squares 20 px apart over the before photograph but for its lower quarter:
 * those to the left say 0.0064 mm2, those to the right -0.0036. */
static void write_squares(void)
{
    struct defocus *const defocus = &sample.pair.defocus;
    defocus->count = 0;
    for (int y = 10; y < SAMPLE_HEIGHT * 3 / 4; y += 20)
        for (int x = 10; x < SAMPLE_WIDTH; x += 20) {
            const int i = defocus->count++;
            ck_assert_int_lt(i, CT_SWATCHES);
            defocus->of[i].x = (float)x;
            defocus->of[i].y = (float)y;
            defocus->of[i].weight = 3.0f;
            defocus->of[i].more = x < SAMPLE_WIDTH / 2 ? 0.0064f : -0.0036f;
        }
}

START_TEST(sharpness_is_told_in_mm_of_blur_either_way)
{
    struct fields fields;
    open_light(&fields);
    ct_plane_create(&fields.blur, CT_FIT_WIDTH, CT_FIT_HEIGHT, &sample.tools);
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        memset(ct_byte_row(&fields.skin, y), 255, CT_FIT_WIDTH);
    write_squares();
    ck_assert_int_eq(ct_page_pictures(&pictures, &sample.report, &sample.tools),
                     CUTIS_OK);
    const struct frame *const frame = &pictures.frame;
    const double *const s = frame->to_full[0];
    fields.mm = CT_FIT_SHRINK * s[0] / sample.face[0].scale;
    ck_assert_int_eq(
        ct_fit_sharp(fit, &fields, &sample.report, frame, &sample.tools),
        CUTIS_OK);
    int seen[3] = {0};
    for (int y = 0; y < CT_FIT_HEIGHT; y += 7)
        for (int x = 0; x < CT_FIT_WIDTH; x += 7) {
            const double u = s[0] * (x + 0.5) * CT_FIT_SHRINK + s[2];
            const double v = s[0] * (y + 0.5) * CT_FIT_SHRINK + s[3];
            const double far = 41 * sample.face[0].scale;
            const double blur = (double)ct_row(&fields.blur, y)[x];
            const bool inside = u > 0 && u < SAMPLE_WIDTH && v > 0 &&
                                v < SAMPLE_HEIGHT * 3 / 4.0 - 20;
            if (v > SAMPLE_HEIGHT * 3 / 4.0 + far) {
                ck_assert_double_nan(blur);
                seen[0]++;
            } else if (inside && u < SAMPLE_WIDTH / 2.0 - far) {
                ck_assert_double_eq_tol(blur, 0.08, 1e-4);
                seen[1]++;
            } else if (inside && u > SAMPLE_WIDTH / 2.0 + far) {
                ck_assert_double_eq_tol(blur, -0.06, 1e-4);
                seen[2]++;
            }
        }
    ck_assert(seen[1] > 20 && seen[2] > 20);
    ck_assert_double_eq_tol(fit->blur_p95, 0.08, 1e-4);
    ck_assert_double_eq_tol(fit->blur_high, 0.1, 1e-9);
    sample.pair.defocus.count = 0;
    ck_assert_int_eq(
        ct_fit_sharp(fit, &fields, &sample.report, frame, &sample.tools),
        CUTIS_OK);
    ck_assert_double_nan(fit->blur_high);
    ct_plane_free(&fields.light[0]);
    ct_plane_free(&fields.light[1]);
    ct_plane_free(&fields.change);
    ct_plane_free(&fields.blur);
    ct_bytes_free(&fields.skin);
}
END_TEST

/* The middle is grey, both ends are as dark and far apart in blue and red. */
START_TEST(colours_of_light_go_both_ways)
{
    uint8_t ramp[CT_LIGHT_STEPS][3];
    ct_fit_light_ramp(ramp);
    const uint8_t *const middle = ramp[CT_LIGHT_STEPS / 2];
    ck_assert_uint_eq(middle[0], middle[1]);
    ck_assert_uint_eq(middle[1], middle[2]);
    for (int i = 1; i < CT_LIGHT_STEPS; i++) {
        const int green = ramp[i][1] - ramp[i - 1][1];
        ck_assert(i <= CT_LIGHT_STEPS / 2 ? green > 0 : green < 0);
    }
    ck_assert_int_gt(ramp[0][2], ramp[0][0] + 100);
    ck_assert_int_gt(ramp[CT_LIGHT_STEPS - 1][0],
                     ramp[CT_LIGHT_STEPS - 1][2] + 100);
}
END_TEST

/* ---- The page ------------------------------------------------------------ */

static struct text page_of(void)
{
    struct text text = {.memory = &sample.tools.memory};
    ck_assert_int_eq(ct_report_html(&text, &sample.report, &sample.tools),
                     CUTIS_OK);
    return text;
}

START_TEST(a_page_of_a_refined_pair_shows_how_it_fits)
{
    static const char *const wanted[] = {
        "id=\"view-board\"",
        "id=\"view-blink\"",
        "id=\"blink-before\"",
        "has(#blink-before:checked) .after {",
        "prefers-reduced-motion: reduce",
        "<svg class=\"photo laid\"",
        "aria-label=\"The face after, moved",
        "How the photographs were laid on each other</h2>",
        "90 of 100 patches",
        "displacement in mm",
        "measured lies within 1.54 mm",
        "\xe2\x89\xa5 2.0 mm",
        "class=\"arrows\"",
        "100 % of the skin",
        "and 0 % by landmarks alone",
        "light after against before",
        "blur after against before",
    };
    move_skin(0);
    write_squares();
    sample.pair.patches_tried = 100;
    sample.pair.patches_accepted = 90;
    struct text text = page_of();
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
        ck_assert_msg(strstr(text.bytes, wanted[i]), "%s", wanted[i]);
    int jpegs = 0;
    for (const char *at = text.bytes; (at = strstr(at, "data:image/jpeg"));
         at++)
        jpegs++;
    ck_assert_int_eq(jpegs, 2 + 1 + CT_FITS);
    ct_text_free(&text);
}
END_TEST

START_TEST(a_page_without_a_fit_says_why)
{
    move_skin(0);
    sample.pair.refined = false;
    strcpy(sample.pair.unrefined, "only 3 of 90 patches were found again");
    struct text text = page_of();
    ck_assert_ptr_nonnull(strstr(text.bytes,
                                 "skin moved: only 3 of 90 patches were found "
                                 "again. So there are no maps"));
    ck_assert_ptr_null(strstr(text.bytes, "photo laid"));
    ck_assert_ptr_nonnull(strstr(text.bytes, "by shift, turn and size alone"));
    ct_text_free(&text);

    sample.pair.refined = true;
    sample.outcome.comparable = CUTIS_COMPARABLE_NO;
    text = page_of();
    ck_assert_ptr_nonnull(strstr(
        text.bytes, "Not shown, because these photographs cannot be compared: "
                    "the expression differs."));
    ck_assert_ptr_null(strstr(text.bytes, "photo laid"));
    ct_text_free(&text);
}
END_TEST

/* A choice that no rule knows shows nothing. */
START_TEST(every_layer_has_its_rule)
{
    for (int i = 0; i < CT_LAYERS; i++) {
        char rule[80];
        bool found = false;
        snprintf(rule, sizeof(rule), ":has(#layer-%s:checked) .on-%s",
                 ct_layers[i].id, ct_layers[i].id);
        for (const char *const *line = ct_page_style; *line; line++)
            found = found || strstr(*line, rule);
        ck_assert_msg(found, "%s", rule);
    }
}
END_TEST

static Suite *suite(void)
{
    Suite *const all = suite_create("fit");
    TCase *const maps = tcase_create("maps");
    tcase_add_checked_fixture(maps, setup, teardown);
    tcase_add_test(maps, the_same_skin_lies_at_the_same_place);
    tcase_add_test(maps, where_the_face_ends_the_move_fades);
    tcase_add_test(maps, displacements_are_in_mm);
    tcase_add_test(maps, trust_is_told_as_shares_of_the_skin);
    tcase_add_test(maps, light_is_told_without_what_the_face_shares);
    tcase_add_test(maps, sharpness_is_told_in_mm_of_blur_either_way);
    tcase_add_test(maps, colours_of_light_go_both_ways);
    tcase_add_test(maps, a_page_of_a_refined_pair_shows_how_it_fits);
    tcase_add_test(maps, a_page_without_a_fit_says_why);
    tcase_add_test(maps, every_layer_has_its_rule);
    suite_add_tcase(all, maps);
    return all;
}

int main(void)
{
    SRunner *const runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
