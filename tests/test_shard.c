/* SPDX-License-Identifier: BSD-2-Clause */

/* Shards that are whole or not, and how they are made: each thing that can go
 * wrong alone. */

#define _DEFAULT_SOURCE /* truncate */

#include <fcntl.h>

#include "run_scene.h"

/* A plan of two shards of one pair each. */
static void plan_two(void)
{
    write_plan(PLAN, "shard 41 2 0 1\nshard 58 3 1 1\n");
    ck_assert_int_eq(load(), 0);
}

/* Writes shard 1 with `records` and an end in this form, of its rows, failed,
 * size and digest. */
static void write_shard(const char *records, const char *form)
{
    static char text[16384];
    char hex[DIGEST];
    size_t size = (size_t)snprintf(
        text, sizeof(text), "cutis.shard/1 %s 1 0 1\n%s", plan.digest, records);

    cutis_sha256(hex, text, size);
    snprintf(text + size, sizeof(text) - size, form, 1ULL, 0ULL,
             (unsigned long long)size, hex);
    make("run/shards/000001", text);
}

#define END "end %llu %llu %llu %s\n"

static bool is_done(void)
{
    struct shard_end end;
    return HEARD(shard_is_done(&plan, 0, &end)) != 0;
}

START_TEST(a_shard_is_whole)
{
    char *bytes = NULL;
    size_t size;

    plan_two();
    ck_assert(!is_done());
    ck_assert_str_eq(words, "");
    write_shard("P,p1,ok,\n", END);
    ck_assert(is_done());
    ck_assert_int_eq(HEARD(shard_read(&plan, 0, &bytes, &size)), 0);
    ck_assert_ptr_nonnull(strstr(bytes, "P,p1,ok,\n"));
    ck_assert_ptr_null(strstr(bytes, "end "));
    free(bytes);
    ck_assert_int_eq(HEARD(shard_read(&plan, 1, &bytes, &size)),
                     EXIT_INCOMPLETE);
}
END_TEST

/* So long that the last bytes of its shard are of two blocks. */
static char long_line[8070];
static const struct {
    const char *records, *form;
} cut[] = {
    {"", ""},
    {"", "x\n"},
    {"", "ends %llu %llu %llu %s\n"},
    {"", "end x%llu %llu %llu %s\n"},
    {"", "end %llu x%llu %llu %s\n"},
    {"", "end %llu %llu x%llu %s\n"},
    {"", "end %llu %llu %llu %.63s\n"},
    {"", "end %llu %llu %llu %s?"},
    {"", "end 1%llu %llu %llu %s\n"},
    {"", "end %llu %llu 1%llu %s\n"},
    {long_line, ""},
};
enum { CUT = sizeof(cut) / sizeof(*cut) };

/* It is taken away, to be made anew; asked for, it is told. */
START_TEST(a_shard_that_is_not_whole_is_none)
{
    char *bytes = NULL;
    size_t size;

    memset(long_line, 'x', sizeof(long_line) - 1);
    plan_two();
    write_shard(cut[_i].records, cut[_i].form);
    ck_assert_int_eq(HEARD(shard_read(&plan, 0, &bytes, &size)),
                     EXIT_INCOMPLETE);
    ck_assert_ptr_nonnull(strstr(words, "is damaged"));
    ck_assert(!is_done());
    ck_assert_ptr_nonnull(strstr(words, "is not whole"));
    ck_assert_int_ne(access("run/shards/000001", F_OK), 0);
}
END_TEST

START_TEST(a_shard_of_another_plan_or_with_other_bytes_is_none)
{
    char *bytes = NULL;
    size_t size;

    plan_two();
    write_shard("P,p1,ok,\n", END);
    FILE *const file = fopen("run/shards/000001", "r+b");
    fseek(file, 90, SEEK_SET);
    fputc('?', file);
    fclose(file);
    ck_assert_int_eq(HEARD(shard_read(&plan, 0, &bytes, &size)),
                     EXIT_INCOMPLETE);
    ck_assert_ptr_null(bytes);
    make("run/shards/000001", "cutis.shard/1\n");
    ck_assert(!is_done());
    plan.digest[0] ^= 1;
    write_shard("", END);
    plan.digest[0] ^= 1;
    ck_assert(!is_done());
    ck_assert_int_ne(access("run/shards/000001", F_OK), 0);
}
END_TEST

/* A process's memory is a file that does not answer. */
START_TEST(a_shard_that_cannot_be_read_stays)
{
    char *bytes = NULL;
    size_t size;

    plan_two();
    ck_assert_int_eq(symlink("/proc/self/mem", "run/shards/000001"), 0);
    ck_assert(!is_done());
    ck_assert_str_eq(words, "");
    ck_assert_int_eq(HEARD(shard_read(&plan, 0, &bytes, &size)), EXIT_IO);
    ck_assert_int_eq(unlink("run/shards/000001"), 0);
}
END_TEST

/* Of which call a fault comes: where a file is looked at from its end. */
static int seeks_left = -1, tells_left = -1;
static const char *shrinks;

/* These go before the C library's. */
int fseeko(FILE *file, off_t at, int from)
{
    if (seeks_left >= 0 && !seeks_left--) {
        errno = EIO;
        return -1;
    }
    if (shrinks && from == SEEK_SET)
        ck_assert_int_eq(truncate(shrinks, 1), 0);
    return fseek(file, (long)at, from);
}

off_t ftello(FILE *file)
{
    if (tells_left >= 0 && !tells_left--) {
        errno = EIO;
        return -1;
    }
    return ftell(file);
}

START_TEST(a_shard_whose_end_cannot_be_read_stays)
{
    memset(long_line, 'x', sizeof(long_line) - 2);
    long_line[sizeof(long_line) - 2] = '\n';
    plan_two();
    write_shard(long_line, END);
    for (int i = 0; i < 4; i++) {
        seeks_left = i < 2 ? i : -1;
        tells_left = i == 2 ? 0 : -1;
        shrinks = i == 3 ? "run/shards/000001" : NULL;
        ck_assert(!is_done());
        ck_assert_str_eq(words, "");
        ck_assert_int_eq(access("run/shards/000001", F_OK), 0);
    }
    shrinks = NULL;
    seeks_left = tells_left = -1;
}
END_TEST

/* ---- Making -------------------------------------------------------------- */

static void told(void *user, bool failed)
{
    *(int *)user += failed;
}

static int lock_fails;

int fcntl(int file, int command, ...)
{
    (void)file;
    (void)command;
    errno = lock_fails;
    return lock_fails ? -1 : 0;
}

static int failures;

static enum shard_made make_shard(size_t index, int locks, char why[256])
{
    const struct shard_job job = {.plan = &plan,
                                  .session = session,
                                  .locks = locks,
                                  .told = told,
                                  .user = &failures};
    struct shard_end end;

    listen();
    const enum shard_made made = shard_make(&job, index, &end, why);
    said(0);
    return made;
}

START_TEST(a_shard_is_made_by_who_has_its_lock)
{
    char why[256] = "";

    plan_two();
    lock_fails = EAGAIN;
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_BUSY);
    lock_fails = EACCES;
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_BUSY);
    make("run/parts/000001.host.1", "left behind");
    make("run/parts/000002.host.1", "another's");
    make("run/parts/0000011.host.1", "another's");
    lock_fails = ENOLCK; /* without locks nobody's parts are taken away */
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_DONE);
    ck_assert_int_eq(failures, 1); /* no photograph is there */
    ck_assert(is_done());
    ck_assert_int_eq(access("run/parts/000001.host.1", F_OK), 0);
    unlink("run/shards/000001");
    lock_fails = 0;
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_DONE);
    ck_assert_int_ne(access("run/parts/000001.host.1", F_OK), 0);
    holds("run/parts/000002.host.1", "another's");
    holds("run/parts/0000011.host.1", "another's");
    ck_assert_int_eq(make_shard(0, -1, why), SHARD_DONE);
    ck_assert_int_eq(failures, 2); /* the second was there already */
}
END_TEST

START_TEST(a_shard_that_cannot_be_written_is_told)
{
    char why[256] = "";

    plan_two();
    rmdir("run/parts");
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_NOT_WRITTEN);
    ck_assert(!is_done());
    mkdir("run/parts", 0777);
}
END_TEST

/* The manifest after it was planned: fewer rows, a value that is none, a
 * profile that the plan has not, a column less, none. */
START_TEST(a_manifest_that_was_changed_makes_no_shard)
{
    static const char *const changed[] = {
        "pair_id,before,after,preset,site_profile\n",
        "pair_id,before,after,ipd_mm,site_profile\np1,a.png,b.png,wide,\n",
        "pair_id,before,after,preset,site_profile\np1,a.png,b.png,,s.json\n",
        "pair_id,before,later,preset,site_profile\np1,a.png,b.png,,\n",
    };
    char why[256] = "";

    plan_two();
    for (int i = 0; i < 4; i++) {
        make("run/manifest.csv", changed[i]);
        ck_assert_int_eq(make_shard(0, 0, why), SHARD_LATER);
        ck_assert_ptr_nonnull(strstr(why, "the manifest "));
    }
    unlink("run/manifest.csv");
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_LATER);
    ck_assert_str_eq(why, "the manifest cannot be read");
    make("run/manifest.csv", manifest);
    for (int i = 0; i < 2; i++) { /* its first row; the shard's first */
        seeks_left = i;
        ck_assert_int_eq(make_shard(0, 0, why), SHARD_LATER);
        ck_assert_str_eq(why, "the manifest cannot be read");
    }
    ck_assert_int_eq(seeks_left, -1);
    ck_assert(!is_done());
}
END_TEST

/* What was left of shards that are published goes; of others it stays. */
START_TEST(what_was_left_behind_is_tidied)
{
    static const char *const stays[] = {
        "run/parts/000002.h.1", "run/parts/000000.h.1", "run/parts/000003.h.1",
        "run/parts/plan.h.1", "run/parts/0000010.h.1"};

    plan_two();
    write_shard("", END);
    make("run/parts/000001.h.1", "");
    make("run/parts/000001.h.2", "");
    for (int i = 0; i < 5; i++)
        make(stays[i], "");
    shards_tidy(&plan);
    ck_assert_int_ne(access("run/parts/000001.h.1", F_OK), 0);
    ck_assert_int_ne(access("run/parts/000001.h.2", F_OK), 0);
    for (int i = 0; i < 5; i++)
        holds(stays[i], "");
    rmdir("run/parts");
    shards_tidy(&plan);
    mkdir("run/parts", 0777);
}
END_TEST

/* A folder whose name is nearly as long as one can be: no file of it can be
 * named. */
START_TEST(a_run_has_a_name_of_a_length)
{
    static char name[MOST_PATH];
    char *bytes = NULL, why[256] = "";
    size_t size;

    plan_two();
    memset(name, 'r', sizeof(name) - 4);
    ck_assert_int_eq(HEARD(plan_load(&(struct plan){0}, name)),
                     EXIT_MISSING_INPUT);
    plan.run = name;
    ck_assert(!is_done());
    ck_assert_int_eq(HEARD(shard_read(&plan, 0, &bytes, &size)),
                     EXIT_MISSING_INPUT);
    ck_assert_int_eq(shard_locks(&plan), -1);
    ck_assert_int_eq(make_shard(0, 0, why), SHARD_LATER);
    shards_tidy(&plan);
    plan.run = "run";
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shard");
    TCase *tests = tcase_create("shard");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_shard_is_whole);
    tcase_add_loop_test(tests, a_shard_that_is_not_whole_is_none, 0, CUT);
    tcase_add_test(tests, a_shard_of_another_plan_or_with_other_bytes_is_none);
    tcase_add_test(tests, a_shard_that_cannot_be_read_stays);
    tcase_add_test(tests, a_shard_whose_end_cannot_be_read_stays);
    tcase_add_test(tests, a_shard_is_made_by_who_has_its_lock);
    tcase_add_test(tests, a_shard_that_cannot_be_written_is_told);
    tcase_add_test(tests, a_manifest_that_was_changed_makes_no_shard);
    tcase_add_test(tests, what_was_left_behind_is_tidied);
    tcase_add_test(tests, a_run_has_a_name_of_a_length);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
