/* SPDX-License-Identifier: BSD-2-Clause */

/* The descriptors of metrics, regions and details against the method's lists.
 */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "stages.h"

/* ---- Descriptors --------------------------------------------------------- */

static const char *const names[CT_METRICS] = {
    "redness",       "erythema_area", "lesion_density",  "pigment_spots",
    "tone_evenness", "ita",           "texture",         "pore_density",
    "pore_burden",   "wrinkle_index", "wrinkle_density", "shine",
    "flakes"};

static const char *const regions[CT_REGIONS] = {
    "forehead",       "glabella",       "nose",
    "cheek_r",        "cheek_l",        "crowsfeet_r",
    "crowsfeet_l",    "infraorbital_r", "infraorbital_l",
    "perioral_upper", "perioral_lower", "chin",
    "jaw_r",          "jaw_l",          "face"};

START_TEST(metrics_and_regions_have_their_published_names_and_order)
{
    for (size_t i = 0; i < CT_METRICS; i++) {
        ck_assert_str_eq(cutis_metric_at(i)->name, names[i]);
        ck_assert_ptr_eq(cutis_metric_find(names[i]), cutis_metric_at(i));
        ck_assert_int_eq(ct_metric_index(cutis_metric_at(i)), (int)i);
    }
    for (size_t i = 0; i < CT_REGIONS; i++) {
        ck_assert_str_eq(cutis_region_at(i)->name, regions[i]);
        ck_assert_ptr_eq(cutis_region_find(regions[i]), cutis_region_at(i));
    }
    ck_assert_ptr_null(cutis_metric_at(CT_METRICS));
    ck_assert_ptr_null(cutis_region_at(CT_REGIONS));
    ck_assert_ptr_null(cutis_metric_find("beauty"));
    ck_assert_ptr_null(cutis_metric_find(NULL));
    ck_assert_ptr_null(cutis_region_find("moon"));
    ck_assert_ptr_null(cutis_region_find(NULL));
    ck_assert_int_eq(ct_metric_index(NULL), -1);
}
END_TEST

/* The method's tables of priors, smallest changes of interest and resolutions,
 * in the order of the metrics. */
START_TEST(descriptors_hold_the_methods_numbers)
{
    static const double prior[] = {.35, 1.5, .10, .06, .08, 1.5, .04,
                                   .07, .06, .06, .08, 2.0, .12};
    static const double sesoi[] = {2,   5,   .20, .10, .15, 2,  .10,
                                   .10, .10, .10, .10, 5,   .20};
    static const double least[] = {3, 3, 3, 3, 3, 3, 5, 12, 12, 8, 8, 3, 8};
    static const char linear[] = "++---+-----+-";
    for (size_t i = 0; i < CT_METRICS; i++) {
        const cutis_metric *metric = cutis_metric_at(i);
        ck_assert_double_eq_tol(metric->prior_sd, prior[i], 1e-12);
        ck_assert_double_eq_tol(metric->sesoi, sesoi[i], 1e-12);
        ck_assert_double_eq_tol(metric->min_px_per_mm, least[i], 1e-12);
        ck_assert_int_eq(metric->scale,
                         linear[i] == '+' ? CUTIS_LINEAR : CUTIS_LOG);
        const bool free = i == CT_TONE_ITA || i == CT_SHINE;
        ck_assert_int_eq(metric->direction,
                         free ? CUTIS_NO_DIRECTION : CUTIS_LOWER_IS_BETTER);
        ck_assert_ptr_nonnull(metric->title);
        ck_assert_ptr_nonnull(metric->unit);
        const size_t length = strlen(metric->meaning);
        ck_assert_int_eq(metric->meaning[length - 1], '.');
    }
}
END_TEST

START_TEST(details_are_listed_once_with_units)
{
    for (int i = 0; i < CT_METRICS; i++) {
        const struct detail_about *about = ct_metric_details(i);
        int count = 0;
        for (; about[count].name; count++) {
            ck_assert_ptr_nonnull(about[count].unit);
            ck_assert_ptr_nonnull(about[count].meaning);
            for (int k = 0; k < count; k++)
                ck_assert_str_ne(about[k].name, about[count].name);
        }
        ck_assert_int_le(count, CT_DETAILS);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("descriptors");
    TCase *all = tcase_create("all");
    tcase_add_test(all,
                   metrics_and_regions_have_their_published_names_and_order);
    tcase_add_test(all, descriptors_hold_the_methods_numbers);
    tcase_add_test(all, details_are_listed_once_with_units);
    suite_add_tcase(suite, all);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
