/* SPDX-License-Identifier: BSD-2-Clause */

/* A run's plan and its profiles of sites, each with one thing wrong. */

#include "run_scene.h"

static void refused(const char *why)
{
    ck_assert_int_eq(load(), EXIT_BAD_INPUT);
    ck_assert_msg(strstr(words, why) != NULL, "%s", words);
}

START_TEST(a_plan_is_whole_and_of_this_manifest)
{
    write_plan(PLAN, "shard 41 2 0 2\noption preset=acne\n");
    ck_assert_int_eq(load(), 0);
    ck_assert_uint_eq(plan.shards, 1);
    ck_assert_uint_eq(plan.shard[0].rows, 2);
    ck_assert_uint_eq(plan.pairs, 2);
    make("run/manifest.csv", "pair_id,before,after\n");
    refused("manifest.csv is not what was planned");
    unlink("run/manifest.csv");
    ck_assert_int_eq(load(), EXIT_MISSING_INPUT);
    unlink("run/plan");
    ck_assert_int_eq(load(), EXIT_MISSING_INPUT);
}
END_TEST

/* What is changed in a good plan, and what is said then. */
START_TEST(a_plan_has_a_source_and_a_folder)
{
    static const char *const heads[] = {PLAN, PLAN "source s\n",
                                        PLAN "folder /none\n",
                                        PLAN "source s\nfolder /none\n"};
    char text[512], hex[DIGEST];

    for (int i = 0; i < 4; i++) {
        cutis_sha256(hex, heads[i], strlen(heads[i]));
        snprintf(text, sizeof(text), "%send %s\n", heads[i], hex);
        make("run/plan", text);
        ck_assert_int_eq(load(), i < 3 ? EXIT_BAD_INPUT : 0);
        ck_assert(i == 3 || strstr(words, "incomplete"));
    }
}
END_TEST

START_TEST(a_plan_with_another_byte_is_damaged)
{
    char text[4096];

    make("run/plan", "end \n");
    refused("not a plan");
    write_plan("cutis.plan/2\n", "");
    refused("not a plan");
    for (int at = -1; at >= -70; at -= 66) { /* its digest; "end " */
        write_plan(PLAN, "");
        FILE *const file = fopen("run/plan", "rb");
        const size_t size = fread(text, 1, sizeof(text) - 1, file);
        fclose(file);
        text[size] = 0;
        text[size - (size_t)(at == -1 ? 2 : 68)] = '?';
        make("run/plan", text);
        refused("damaged");
    }
}
END_TEST

static const struct {
    const char *lines, *why;
} bad[] = {
    {"shard 41 2 0\n", "a shard that cannot be read"},
    {"shard x 2 0 2\n", "a shard that cannot be read"},
    {"shard 41 -2 0 2\n", "a shard that cannot be read"},
    {"shard 41 2 99999999999999999999 2\n", "a shard that cannot be read"},
    {"shard 41 2 0 2 0\n", "a shard that cannot be read"},
    {"later 1\n", "of another version"},
    {"later\n", "a line without a value"},
    {"site short /a\n", "a site profile that cannot be read"},
    {"site 0123456789012345678901234567890123456789012345678901234567890123"
     "?/a.json\n",
     "a site profile that cannot be read"},
};
enum { BAD = sizeof(bad) / sizeof(*bad) };

START_TEST(what_is_wrong_with_a_plan_is_said)
{
    write_plan(PLAN, bad[_i].lines);
    refused(bad[_i].why);
}
END_TEST

/* ---- Profiles of sites --------------------------------------------------- */

START_TEST(a_profile_is_as_it_was_planned)
{
    char line[256], name[128], hex[DIGEST];

    make("site.json", "{}");
    cutis_sha256(hex, "{}", 2);
    snprintf(name, sizeof(name), "run/site-%s", hex);
    snprintf(line, sizeof(line), "site %s %s/site.json\n", hex, folder);
    write_plan(PLAN, line);
    ck_assert_int_eq(load(), EXIT_MISSING_INPUT);
    make(name, "[]");
    refused("is not what was planned");
    make(name, "{}");
    ck_assert_int_eq(load(), 0);
    ck_assert(sites_are_same(&plan));
    static const char *const others[] = {"{", "{]", "{}\n", ""};
    for (int i = 0; i < 4; i++) {
        make("site.json", others[i]);
        ck_assert(!sites_are_same(&plan));
    }
    unlink("site.json"); /* one that is gone is no other */
    ck_assert(sites_are_same(&plan));
    snprintf(line, sizeof(line), "%s/site.json", folder);
    struct options options = {.site_profile = line};
    ck_assert(site_use(&plan, &options));
    options.site_profile = "another.json";
    ck_assert(!site_use(&plan, &options));
    unlink(name);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run");
    TCase *tests = tcase_create("run");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_plan_is_whole_and_of_this_manifest);
    tcase_add_test(tests, a_plan_has_a_source_and_a_folder);
    tcase_add_test(tests, a_plan_with_another_byte_is_damaged);
    tcase_add_loop_test(tests, what_is_wrong_with_a_plan_is_said, 0, BAD);
    tcase_add_test(tests, a_profile_is_as_it_was_planned);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
