/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Spots and pores of two photographs of one painted skin, the second moved by
 * a known part of a pixel: what became of each is known, and so is each ratio
 * of strengths.
 */

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "patch.h"

enum { WIDTH = 308, HEIGHT = 280 };
static const double scale = 14.0;
static const double shift[2] = {4.25, -3.5}; /* px, of the second picture */

struct bump {
    double x, y, r; /* mm; a disk with a soft edge */
    double p[2];    /* 100 times ln of the melanin ratio, before and after */
    double gap[2];  /* mm, of a pale band through its middle */
};

static const struct bump spots[] = {
    {5, 5, 1.3, {25, 20}, {0, 0}},    /* fades by a fifth */
    {11, 5, 1.3, {25, 25}, {0, 0}},   /* stays */
    {5, 12, 1.6, {25, 25}, {0, 1.3}}, /* splits */
    {11.5, 12, 1.2, {20, 0}, {0, 0}}, /* goes */
    {17, 15.5, 1.2, {0, 20}, {0, 0}}, /* comes */
    {17, 5, 1.3, {16, 9}, {0, 0}},    /* fades through the limit */
};

enum { SPOTS = sizeof(spots) / sizeof(spots[0]), PITS = 6 };

/* cOD in the middle of a pit of sigma 0.16 mm, before and after. */
static const double pits[PITS][4] = {
    {8, 9, 6, 6},        {9.5, 9, 6, 4.8}, {8, 15, 6, 4.8},
    {9.5, 15.5, 6, 4.8}, {14, 9, 6, 0},    {14.5, 12, 0, 6},
};

struct painting {
    int which;
    struct tone tone;
};

static double step(double x)
{
    const double t = x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
    return t * t * (3.0 - 2.0 * t);
}

static double pigment_at(int which, double x, double y)
{
    double sum = 0.0;
    for (int i = 0; i < SPOTS; i++) {
        const struct bump *b = &spots[i];
        const double dx = x - b->x, dy = y - b->y;
        const double r = sqrt(dx * dx + dy * dy);
        const double gap = b->gap[which];
        sum += b->p[which] * step((b->r - r) / 0.3 + 0.5) *
               (gap > 0.0 ? step((fabs(dx) - 0.5 * gap) / 0.3 + 0.5) : 1.0);
    }
    return sum;
}

static void ink(double od[3], double x, double y, void *user)
{
    static const double base[3] = {.208, .313, .321};
    const struct painting *job = user;
    const double u = x - (job->which ? shift[0] / scale : 0.0);
    const double v = y - (job->which ? shift[1] / scale : 0.0);
    double dark = 0.0;
    for (int i = 0; i < PITS; i++) {
        const double dx = u - pits[i][0], dy = v - pits[i][1];
        dark += 0.01 * pits[i][2 + job->which] *
                exp(-(dx * dx + dy * dy) / (2.0 * 0.16 * 0.16));
    }
    const double p = 0.01 * pigment_at(job->which, u, v);
    for (int c = 0; c < 3; c++)
        od[c] = base[c] + p * job->tone.g_m * job->tone.m[c] + dark;
}

static void map_by(struct warp *warp, double dx, double dy, struct tools *tools)
{
    ck_assert_int_eq(ct_warp_create(warp, WIDTH, HEIGHT, 20, tools), CUTIS_OK);
    for (int j = 0; j < warp->x.height; j++)
        for (int i = 0; i < warp->x.width; i++) {
            ct_row(&warp->x, j)[i] = (float)(i * 20 + dx);
            ct_row(&warp->y, j)[i] = (float)(j * 20 + dy);
            ct_row(&warp->trust, j)[i] = 1.0f;
        }
}

/* The pair of paintings `first` and `second`, 0 = before and 1 = after. */
struct couple {
    struct patch patch[2];
    struct warp warp[2];
    struct readings readings[2];
};

static void start(struct couple *c, int first, int second)
{
    struct view view[2];
    const int which[2] = {first, second};
    const double move = second - first; /* of the map, in shifts */
    *c = (struct couple){0};
    for (int s = 0; s < 2; s++) {
        struct painting job = {.which = which[s]};
        ct_tone_at(&job.tone, 30.0, false);
        patch_start(&c->patch[s], WIDTH, HEIGHT, scale);
        patch_paint(&c->patch[s], ink, &job);
        patch_noise(&c->patch[s], 0.002, (uint64_t)which[s] + 7);
        c->patch[s].view.blur_mm = 0.03;
        map_by(&c->warp[s], (s ? -move : move) * shift[0],
               (s ? -move : move) * shift[1], &c->patch[s].tools);
        view[s] = c->patch[s].view;
        view[s].warp = &c->warp[s];
    }
    ck_assert_int_eq(
        ct_measure_pair(c->readings, view, false, &c->patch[0].tools),
        CUTIS_OK);
}

static void end(struct couple *c)
{
    for (int s = 0; s < 2; s++) {
        ct_readings_free(&c->readings[s]);
        ct_warp_free(&c->warp[s]);
    }
    for (int s = 1; s >= 0; s--)
        patch_end(&c->patch[s]);
}

/* The item nearest to a place of the first painting, within 0.5 mm. */
static int nearest(const struct item *list, size_t count, double x, double y)
{
    for (size_t i = 0; i < count; i++)
        if (hypot((double)list[i].x / scale - x,
                  (double)list[i].y / scale - y) < 0.5)
            return (int)i;
    return -1;
}

static void check_spot(const struct couple *c, int which, enum ct_fate fate)
{
    const struct readings *a = &c->readings[0], *b = &c->readings[1];
    const int i =
        nearest(a->spots, a->spot_count, spots[which].x, spots[which].y);
    ck_assert_msg(i >= 0, "spot %d", which);
    ck_assert_msg(a->spots[i].fate == fate, "spot %d: %s", which,
                  ct_fate_name(a->spots[i].fate));
    ck_assert_int_eq(b->spots[i].fate, fate);
    if (spots[which].gap[1] > 0.0 || !(spots[which].p[0] > 0.0))
        return;
    const double ratio =
        (double)b->spots[i].burden / (double)a->spots[i].burden;
    ck_assert_double_eq_tol(ratio, spots[which].p[1] / spots[which].p[0], 0.02);
}

START_TEST(each_spot_is_told_what_became_of_it)
{
    static const enum ct_fate fates[SPOTS] = {CT_FATE_FADED, CT_FATE_PERSISTED,
                                              CT_FATE_SPLIT, CT_FATE_GONE,
                                              CT_FATE_NEW,   CT_FATE_FADED};
    struct couple c;
    start(&c, 0, 1);
    ck_assert(c.readings[0].spots_paired);
    ck_assert_uint_eq(c.readings[0].spot_count, SPOTS);
    ck_assert_uint_eq(c.readings[1].spot_count, SPOTS);
    for (int i = 0; i < SPOTS; i++)
        check_spot(&c, i, fates[i]);
    end(&c);
}
END_TEST

/* Its burden falls by the band that it lost, though there are two now. */
START_TEST(a_split_spot_is_no_worse)
{
    struct couple c;
    start(&c, 0, 1);
    const struct readings *a = &c.readings[0], *b = &c.readings[1];
    const int i = nearest(a->spots, a->spot_count, spots[2].x, spots[2].y);
    ck_assert_int_ge(i, 0);
    ck_assert_int_eq(a->spots[i].pieces, 1);
    ck_assert_int_eq(b->spots[i].pieces, 2);
    ck_assert_float_lt(b->spots[i].burden, a->spots[i].burden);
    end(&c);
}
END_TEST

/* Depth times 1, 0.8, 0.8, 0.8, gone and new. */
START_TEST(pores_are_paired_one_by_one)
{
    struct couple c;
    start(&c, 0, 1);
    const struct readings *a = &c.readings[0], *b = &c.readings[1];
    ck_assert(a->pores_paired);
    for (int i = 0; i < PITS; i++) {
        const int k = nearest(a->pores, a->pore_count, pits[i][0], pits[i][1]);
        ck_assert_msg(k >= 0, "pore %d", i);
        const double before = (double)a->pores[k].contrast;
        const double after = (double)b->pores[k].contrast;
        ck_assert_int_eq(a->pores[k].seen, pits[i][2] > 0.0);
        ck_assert_int_eq(b->pores[k].seen, pits[i][3] > 0.0);
        if (pits[i][2] > 0.0)
            ck_assert_double_eq_tol(after / before, pits[i][3] / pits[i][2],
                                    0.06);
        else
            ck_assert_int_eq(a->pores[k].fate, CT_FATE_NEW);
    }
    end(&c);
}
END_TEST

static void same_rows(const struct readings *a, const struct readings *b)
{
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const double one = a->of[m][r].value, two = b->of[m][r].value;
            ck_assert_msg(one == two || (isnan(one) && isnan(two)),
                          "%s: %.17g, %.17g", ct_metric(m)->name, one, two);
        }
}

START_TEST(swapping_the_photographs_swaps_the_readings)
{
    struct couple one, two;
    start(&one, 0, 1);
    start(&two, 1, 0);
    same_rows(&one.readings[0], &two.readings[1]);
    same_rows(&one.readings[1], &two.readings[0]);
    end(&one);
    end(&two);
}
END_TEST

START_TEST(a_photograph_against_itself_has_not_changed)
{
    struct couple c;
    start(&c, 0, 0);
    same_rows(&c.readings[0], &c.readings[1]);
    for (size_t i = 0; i < c.readings[0].spot_count; i++)
        ck_assert_int_eq(c.readings[0].spots[i].fate, CT_FATE_PERSISTED);
    for (size_t i = 0; i < c.readings[0].pore_count; i++)
        ck_assert_int_eq(c.readings[0].pores[i].fate, CT_FATE_PERSISTED);
    end(&c);
}
END_TEST

/* A grey photograph has no spots, and adds none to the other one's. */
START_TEST(beside_a_grey_photograph_colour_reads_as_alone)
{
    struct couple c;
    struct view view[2];
    start(&c, 0, 0);
    for (int s = 0; s < 2; s++) {
        view[s] = c.patch[s].view;
        view[s].warp = &c.warp[s];
        ct_readings_free(&c.readings[s]);
    }
    c.patch[0].skin.grey = true;
    ck_assert_int_eq(
        ct_measure_pair(c.readings, view, false, &c.patch[0].tools), CUTIS_OK);
    patch_measure(&c.patch[1], false);
    ck_assert_uint_eq(c.readings[0].spot_count, 0);
    ck_assert_uint_eq(c.readings[1].spot_count, c.patch[1].readings.spot_count);
    ck_assert_uint_ge(c.readings[1].spot_count, SPOTS - 1);
    ck_assert(!c.readings[1].spots_paired);
    for (int m = CT_REDNESS; m <= CT_PIGMENT_SPOTS; m++) {
        ck_assert_double_nan(c.readings[0].of[m][CT_CHEEK_L].value);
        ck_assert_double_eq(c.readings[1].of[m][CT_CHEEK_L].value,
                            c.patch[1].readings.of[m][CT_CHEEK_L].value);
    }
    end(&c);
}
END_TEST

/* ---- Noise alone --------------------------------------------------------- */

enum { ACROSS = 16, DOWN = 14 };
static const double pitch = 1.3, weak = 5.0, strong = 15.0;

/* Every other column of pits is weak. */
static void grid_ink(double od[3], double x, double y, void *user)
{
    (void)user;
    const double dx = fmod(x, pitch) - 0.5 * pitch;
    const double dy = fmod(y, pitch) - 0.5 * pitch;
    const double depth = (int)(x / pitch) % 2 ? strong : weak;
    const double dark =
        0.01 * depth * exp(-(dx * dx + dy * dy) / (2.0 * 0.16 * 0.16));
    od[0] = 0.208 + dark;
    od[1] = 0.313 + dark;
    od[2] = 0.321 + dark;
}

static void start_noise(struct couple *c, double noise)
{
    struct view view[2];
    *c = (struct couple){0};
    for (int s = 0; s < 2; s++) {
        patch_start(&c->patch[s], WIDTH, HEIGHT, scale);
        patch_paint(&c->patch[s], grid_ink, NULL);
        patch_noise(&c->patch[s], noise, (uint64_t)s + 21);
        c->patch[s].view.blur_mm = 0.03;
        map_by(&c->warp[s], 0.0, 0.0, &c->patch[s].tools);
        view[s] = c->patch[s].view;
        view[s].warp = &c->warp[s];
    }
    ck_assert_int_eq(
        ct_measure_pair(c->readings, view, false, &c->patch[0].tools),
        CUTIS_OK);
}

/* Two SDs: about one in twenty, of faint pores as of strong ones. */
START_TEST(noise_alone_changes_few_pores_faint_or_strong)
{
    struct couple c;
    int all[2] = {0, 0}, changed[2] = {0, 0};
    start_noise(&c, 0.02);
    const struct readings *a = &c.readings[0];
    for (size_t i = 0; i < a->pore_count; i++) {
        const int kind = (int)((double)a->pores[i].x / scale / pitch) % 2;
        all[kind]++;
        changed[kind] += a->pores[i].fate != CT_FATE_PERSISTED;
    }
    end(&c);
    ck_assert_int_ge(all[0] + all[1], ACROSS * DOWN * 8 / 10);
    ck_assert_msg(10 * changed[0] <= all[0], "faint: %d of %d", changed[0],
                  all[0]);
    ck_assert_msg(10 * changed[1] <= all[1], "strong: %d of %d", changed[1],
                  all[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pairing");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, each_spot_is_told_what_became_of_it);
    tcase_add_test(all, a_split_spot_is_no_worse);
    tcase_add_test(all, pores_are_paired_one_by_one);
    tcase_add_test(all, swapping_the_photographs_swaps_the_readings);
    tcase_add_test(all, a_photograph_against_itself_has_not_changed);
    tcase_add_test(all, beside_a_grey_photograph_colour_reads_as_alone);
    tcase_add_test(all, noise_alone_changes_few_pores_faint_or_strong);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
