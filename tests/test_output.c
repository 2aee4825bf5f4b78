/* SPDX-License-Identifier: BSD-2-Clause */

/* Files that appear when they are whole: each call of the system fails alone.
 */

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "../tools/options.h"
#include "../tools/output.h"
#include "folder_scene.h"

static void set_up(void)
{
    folder_open();
    signal(SIGXFSZ, SIG_IGN);
}

static int syncs, sync_fails;

/* Goes before the C library's. */
int fsync(int file)
{
    (void)file;
    syncs++;
    if (!sync_fails)
        return 0;
    errno = EIO;
    return -1;
}

static rlim_t limit_size(rlim_t size)
{
    struct rlimit limit;

    getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t was = limit.rlim_cur;
    limit.rlim_cur = size;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    return was;
}

/* Writes a file whole. */
static int put(const char *name, const char *bytes)
{
    struct output output;
    int code = output_open(&output, name);

    if (!code)
        code = output_write(&output, bytes, strlen(bytes));
    return code ? code : output_close(&output, 1);
}

START_TEST(a_part_that_was_left_behind_is_replaced)
{
    char partial[64];

    snprintf(partial, sizeof(partial), "a.json.%ld.part", (long)getpid());
    make(partial, "of a process that was killed");
    ck_assert_int_eq(HEARD(put("a.json", "thing")), 0);
    holds("a.json", "thing");
}
END_TEST

/* Bytes are on the disk before they have the name; those that are thrown away
 * need not be. */
START_TEST(what_does_not_reach_the_disk_is_not_published)
{
    struct output output;

    make("a.json", "before");
    sync_fails = 1;
    ck_assert_int_eq(HEARD(put("a.json", "thing")), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: a.json: Input/output error\n");
    syncs = 0;
    ck_assert_int_eq(output_open(&output, "a.json"), 0);
    ck_assert_int_eq(output_write(&output, "new", 3), 0);
    ck_assert_int_eq(HEARD(output_close(&output, 0)), 0);
    ck_assert_int_eq(syncs, 0);
    ck_assert_str_eq(words, "");
    sync_fails = 0;
    holds("a.json", "before");
    output.file = NULL;
    ck_assert_int_eq(output_close(&output, 1), 0); /* was never open */
}
END_TEST

/* A file grows too large: at its end, and in the middle of what is written,
 * after which there is room again. */
START_TEST(a_disk_that_is_full_is_told)
{
    static char much[100000];
    struct output output;

    /* Check writes files, too. */
    rlim_t was = limit_size(3);
    const int code = HEARD(put("a.json", "thing"));
    limit_size(was);
    ck_assert_int_eq(code, EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: a.json: File too large\n");

    ck_assert_int_eq(output_open(&output, "a.json"), 0);
    was = limit_size(3);
    const int wrote = HEARD(output_write(&output, much, sizeof(much)));
    limit_size(was);
    ck_assert_int_eq(wrote, -1);
    ck_assert_str_eq(words, "cutis: a.json: File too large\n");
    fflush(output.file);
    ck_assert_int_eq(HEARD(output_close(&output, 1)), EXIT_OUTPUT);
    ck_assert_int_ne(access("a.json", F_OK), 0);

    ck_assert_int_eq(output_open(&output, "/dev/full"), 0);
    ck_assert_int_eq(output_write(&output, "new", 3), 0);
    ck_assert_int_eq(HEARD(output_close(&output, 1)), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: /dev/full: No space left on device\n");
    ck_assert_int_eq(output_open(&output, "/dev/null"), 0);
    ck_assert_int_eq(output_write(&output, "new", 3), 0);
    ck_assert_int_eq(HEARD(output_close(&output, 1)), 0);
}
END_TEST

/* Standard output that is full when all is written, or was so in between. */
START_TEST(standard_output_that_fails_is_told)
{
    static char much[100000];
    const int screen = dup(STDOUT_FILENO);
    const int full = open("/dev/full", O_WRONLY);
    const int null = open("/dev/null", O_WRONLY);
    struct output output;
    int code[5];

    fflush(stdout);
    output_open(&output, NULL);
    dup2(full, STDOUT_FILENO);
    fputs("thing", stdout);
    code[0] = HEARD(output_close(&output, 1));
    dup2(null, STDOUT_FILENO); /* now it may go */
    fflush(stdout);
    code[1] = HEARD(output_flush());
    code[2] = HEARD(output_close(&output, 1));
    clearerr(stdout);
    code[4] = HEARD(output_flush());
    dup2(full, STDOUT_FILENO);
    fputs("thing", stdout);
    code[3] = HEARD(output_flush());
    clearerr(stdout);
    const int wrote = HEARD(output_write(&output, much, sizeof(much)));
    dup2(null, STDOUT_FILENO);
    fflush(stdout);
    clearerr(stdout);
    dup2(screen, STDOUT_FILENO);
    close(full);
    close(null);
    close(screen);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(code[i], EXIT_OUTPUT);
    ck_assert_int_eq(code[4], 0);
    ck_assert_int_eq(wrote, -1);
    ck_assert_str_eq(words,
                     "cutis: standard output: No space left on device\n");
}
END_TEST

/* Descriptors that the caller closed are taken by what cannot be written. */
START_TEST(no_file_takes_the_place_of_a_standard_stream)
{
    const int in = dup(STDIN_FILENO);
    struct stat about, null;
    struct rlimit limit, none;

    close(STDIN_FILENO);
    output_keep_streams();
    ck_assert_int_eq(fstat(STDIN_FILENO, &about), 0);
    ck_assert_int_eq(stat("/dev/null", &null), 0);
    ck_assert(about.st_rdev == null.st_rdev);
    const int next = open("/dev/null", O_RDONLY);
    ck_assert_int_gt(next, STDERR_FILENO);
    close(next);

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
    output_keep_streams(); /* none can be had, and it does not wait */
    setrlimit(RLIMIT_NOFILE, &limit);
    dup2(in, STDIN_FILENO);
    close(in);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("output");
    TCase *const tests = tcase_create("output");

    tcase_add_checked_fixture(tests, set_up, folder_close);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, a_part_that_was_left_behind_is_replaced);
    tcase_add_test(tests, what_does_not_reach_the_disk_is_not_published);
    tcase_add_test(tests, a_disk_that_is_full_is_told);
    tcase_add_test(tests, standard_output_that_fails_is_told);
    tcase_add_test(tests, no_file_takes_the_place_of_a_standard_stream);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
