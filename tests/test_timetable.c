/* SPDX-License-Identifier: BSD-2-Clause */

/* Plans of a series as people write them, and as they should not: what is
 * wrong is said with its line. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "../tools/options.h"
#include "../tools/timetable.h"

static char folder[] = "/tmp/test-timetable-XXXXXX";
static char path[64];
static struct timetable plan;

static void set_up(void)
{
    strcpy(folder, "/tmp/test-timetable-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/plan.csv", folder);
}

static void tear_down(void)
{
    timetable_free(&plan);
    unlink(path);
    rmdir(folder);
}

/* Reads what `bytes` say; words on stderr go to `words`. */
static int read_plan(const char *bytes, char *words, size_t room)
{
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(bytes, file);
    fclose(file);

    FILE *const told = tmpfile();
    const int before = dup(STDERR_FILENO);
    dup2(fileno(told), STDERR_FILENO);
    const int code = timetable_read(&plan, path);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(told);
    words[fread(words, 1, room - 1, told)] = 0;
    fclose(told);
    return code;
}

START_TEST(a_plan_has_visits_with_captures_beside_it)
{
    char words[512], beside[96];
    const int code = read_plan(
        "note,visit,days,days_since_treatment,role,file,card,landmarks\n"
        "x,first,-14,,baseline,a.jpg,\"1,2,3,4,5,6,7,8\",\n"
        "\"a, b\",12 weeks,84.5,80,visit,sub/b.jpg,,p.txt\n"
        ",first,-14,,baseline,/abs/c.jpg,,\n",
        words, sizeof(words));

    ck_assert_msg(code == 0, "%s", words);
    ck_assert_int_eq(plan.count, 2);
    const struct time_visit *const first = &plan.visit[0];
    ck_assert_str_eq(first->label, "first");
    ck_assert(first->baseline);
    ck_assert_double_eq(first->days, -14.0);
    ck_assert_double_lt(first->days_since_treatment, 0.0);
    ck_assert_int_eq(first->count, 2);
    snprintf(beside, sizeof(beside), "%s/a.jpg", folder);
    ck_assert_str_eq(first->capture[0].path, beside);
    ck_assert_str_eq(first->capture[0].card, "1,2,3,4,5,6,7,8");
    ck_assert_ptr_null(first->capture[0].landmarks);
    ck_assert_str_eq(first->capture[1].path, "/abs/c.jpg");
    const struct time_visit *const last = &plan.visit[1];
    ck_assert(!last->baseline);
    ck_assert_double_eq(last->days, 84.5);
    ck_assert_double_eq(last->days_since_treatment, 80.0);
    snprintf(beside, sizeof(beside), "%s/p.txt", folder);
    ck_assert_str_eq(last->capture[0].landmarks, beside);
}
END_TEST

#define HEAD  "visit,days,role,file\n"
#define SINCE "visit,days,days_since_treatment,role,file\n"

static const struct {
    const char *bytes, *words;
} bad[] = {
    {"", "empty"},
    {HEAD, "no row"},
    {"visit,days,file\na,0,a.jpg\n", "no column \"role\""},
    {"visit,days,role,file,day\na,0,visit,a.jpg,1\n", "\"day\" is not a"},
    {HEAD "a,0,baseline,a.jpg\n\nb,x,visit,b.jpg\n", "line 4: days"},
    {HEAD "a,1e999,visit,b.jpg\n", "line 2: days"},
    {HEAD "a,nan,visit,b.jpg\n", "line 2: days"},
    {HEAD "a,40000,visit,b.jpg\n", "line 2: days"},
    {HEAD "a,,visit,b.jpg\n", "line 2: days"},
    {HEAD ",0,visit,b.jpg\n", "line 2: the visit has no name"},
    {HEAD "a,0,follow-up,b.jpg\n", "line 2: role"},
    {HEAD "a,0,visit,\n", "line 2: names no file"},
    {HEAD "a,0,visit,a.jpg\na,1,visit,b.jpg\n", "line 3: differs"},
    {HEAD "a,0,visit,a.jpg\na,0,baseline,b.jpg\n", "line 3: differs"},
    {HEAD "a,0,visit\n", "line 2: 3 fields"},
    {HEAD "a,0,visit,\"b.jpg\n", "line 2: a quote"},
    {HEAD "a,7 days,visit,b.jpg\n", "line 2: days"},
    {SINCE "a,0,-2,visit,b.jpg\n", "line 2: days_since_treatment"},
    {SINCE "a,0,soon,visit,b.jpg\n", "line 2: days_since_treatment"},
    {SINCE "a,0,1,visit,a.jpg\na,0,2,visit,b.jpg\n", "line 3: differs"},
};
enum { BAD = sizeof(bad) / sizeof(*bad) };

START_TEST(what_is_wrong_is_said_with_its_line)
{
    char words[512];
    ck_assert_int_eq(read_plan(bad[_i].bytes, words, sizeof(words)),
                     EXIT_BAD_INPUT);
    ck_assert_msg(strstr(words, bad[_i].words), "%s instead of %s", words,
                  bad[_i].words);
}
END_TEST

/* As many visits or captures as there may be, and one more. */
START_TEST(more_than_a_series_takes_is_refused)
{
    static char bytes[8192];
    char words[512];

    for (int more = 0; more < 2; more++) {
        strcpy(bytes, HEAD);
        for (int i = 0; i < TIME_VISITS + more; i++)
            sprintf(bytes + strlen(bytes), "v%d,%d,visit,a.jpg\n", i, i);
        ck_assert_int_eq(read_plan(bytes, words, sizeof(words)),
                         more ? EXIT_BAD_INPUT : 0);
        timetable_free(&plan);
        strcpy(bytes, HEAD);
        for (int i = 0; i < TIME_CAPTURES + more; i++)
            sprintf(bytes + strlen(bytes), "v,0,visit,%d.jpg\n", i);
        ck_assert_int_eq(read_plan(bytes, words, sizeof(words)),
                         more ? EXIT_BAD_INPUT : 0);
        timetable_free(&plan);
    }
    ck_assert_ptr_nonnull(strstr(words, "line 10: more than 8"));
}
END_TEST

START_TEST(a_plan_that_is_not_there_is_missing_input)
{
    ck_assert_int_eq(timetable_read(&plan, "/nonexistent/plan.csv"),
                     EXIT_MISSING_INPUT);
    ck_assert_int_eq(timetable_read(&plan, "/dev/null"), EXIT_BAD_INPUT);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("timetable");
    TCase *const tests = tcase_create("timetable");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_plan_has_visits_with_captures_beside_it);
    tcase_add_loop_test(tests, what_is_wrong_is_said_with_its_line, 0, BAD);
    tcase_add_test(tests, more_than_a_series_takes_is_refused);
    tcase_add_test(tests, a_plan_that_is_not_there_is_missing_input);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
