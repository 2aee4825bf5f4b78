/* SPDX-License-Identifier: BSD-2-Clause */

/* Files of a run folder: whole under their names or not there; each call of the
 * system fails alone. */

#define _DEFAULT_SOURCE /* syscall */

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "../tools/batch.h"
#include "folder_scene.h"

/* ---- Faults -------------------------------------------------------------- */

/* What each call fails with when it is made next; 0: it does not.  `fault` is
 * for the call that is heard. */
static struct faults {
    int write, sync, folder_sync, link, close, stat;
} fault, now;

static bool fails(int *with)
{
    const int why = *with;

    *with = 0;
    errno = why ? why : errno;
    return why != 0;
}

/* These go before the C library's. */
ssize_t write(int file, const void *bytes, size_t size)
{
    return fails(&now.write) ? -1 : syscall(SYS_write, file, bytes, size);
}

int fsync(int file)
{
    struct stat about;
    char name[64];

    snprintf(name, sizeof(name), "/proc/self/fd/%d", file);
    const bool is_folder = !stat(name, &about) && S_ISDIR(about.st_mode);
    return fails(is_folder ? &now.folder_sync : &now.sync) ? -1 : 0;
}

int link(const char *from, const char *to)
{
    return fails(&now.link) ? -1 : linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int close(int file)
{
    const int code = (int)syscall(SYS_close, file);

    return fails(&now.close) ? -1 : code;
}

int fstat(int file, struct stat *about)
{
    char name[64];

    snprintf(name, sizeof(name), "/proc/self/fd/%d", file);
    return fails(&now.stat) ? -1 : stat(name, about);
}

/* ---- Publishing ---------------------------------------------------------- */

static void set_up(void)
{
    folder_open();
    ck_assert_int_eq(mkdir("run", 0777), 0);
    ck_assert_int_eq(mkdir("run/parts", 0777), 0);
    memset(&fault, 0, sizeof(fault));
}

/* Nothing is left of what was being written. */
static void tear_down(void)
{
    ck_assert_int_eq(rmdir("run/parts"), 0);
    ck_assert_int_eq(rmdir("run"), 0);
    folder_close();
}

/* All faults must have come. */
static int put(const char *name)
{
    static const struct faults none;

    listen();
    now = fault;
    const int code = file_publish("run", name, "bytes", 5);
    const struct faults left = now;
    now = fault = none;
    said(code);
    ck_assert_mem_eq(&left, &none, sizeof(left));
    return code;
}

START_TEST(a_file_is_published_once)
{
    ck_assert_int_eq(put("a"), 0);
    ck_assert_int_eq(file_publish("run", "a", "other", 5), 0);
    holds("run/a", "bytes");
}
END_TEST

/* Whatever fails is told with its reason, and no file is there. */
START_TEST(a_fault_is_told_and_leaves_nothing)
{
    int *const each[] = {&fault.write, &fault.sync, &fault.close, &fault.link};

    for (int i = 0; i < 4; i++) {
        *each[i] = EIO;
        ck_assert_int_eq(put("a"), EXIT_OUTPUT);
        ck_assert_str_eq(words, "cutis: run/a: Input/output error\n");
        ck_assert_int_ne(access("run/a", F_OK), 0);
    }
}
END_TEST

/* What comes of a fault in closing is not told in its place. */
START_TEST(of_two_faults_the_first_is_told)
{
    fault.write = ENOSPC;
    fault.close = EIO;
    ck_assert_int_eq(put("a"), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: run/a: No space left on device\n");
}
END_TEST

START_TEST(an_interrupted_call_is_made_again)
{
    fault.write = EINTR;
    ck_assert_int_eq(put("a"), 0);
    holds("run/a", "bytes");
}
END_TEST

/* By renaming, as some file systems have no links. */
START_TEST(a_file_system_without_links_is_good_enough)
{
    static const int whys[] = {EPERM, ENOTSUP, ENOSYS};

    for (int i = 0; i < 3; i++) {
        fault.link = whys[i];
        ck_assert_int_eq(put("a"), 0);
        holds("run/a", "bytes");
    }
    make("run/a", "bytes"); /* another process was first */
    fault.link = EPERM;
    ck_assert_int_eq(put("a"), 0);
    holds("run/a", "bytes");
}
END_TEST

/* Some file systems know no flush of a folder; the file is there by then. */
START_TEST(a_folder_is_flushed_where_that_can_be)
{
    fault.folder_sync = EINVAL;
    ck_assert_int_eq(put("a"), 0);
    holds("run/a", "bytes");
    fault.folder_sync = EIO;
    ck_assert_int_eq(put("a"), EXIT_OUTPUT);
    holds("run/a", "bytes");
}
END_TEST

START_TEST(a_link_that_another_made_first_is_as_good)
{
    fault.link = EEXIST;
    ck_assert_int_eq(put("a"), 0);
    make("run/a", "bytes");
    fault.link = EIO;
    ck_assert_int_eq(put("a"), 0);
    holds("run/a", "bytes");
}
END_TEST

/* The name of a part, a part's path, and the file's. */
START_TEST(names_have_their_length)
{
    static char name[MOST_PATH + 8];

    memset(name, 'n', sizeof(name) - 1);
    ck_assert_int_eq(put(name), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: run: File name too long\n");
    memset(name, 'd', MOST_PATH - 4);
    strcpy(name + MOST_PATH - 4, "/a");
    ck_assert_int_eq(put(name), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: run: File name too long\n");
    name[MOST_PATH - 8] = 0;
    ck_assert_int_eq(HEARD(file_publish(name, "a", "b", 1)), EXIT_OUTPUT);
    ck_assert_ptr_nonnull(strstr(words, "File name too long\n"));
}
END_TEST

START_TEST(a_run_without_its_folder_of_parts_is_told)
{
    rmdir("run/parts");
    ck_assert_int_eq(put("a"), EXIT_OUTPUT);
    ck_assert_ptr_nonnull(strstr(words, "No such file or directory\n"));
    mkdir("run/parts", 0777);
}
END_TEST

/* ---- Folders ------------------------------------------------------------- */

START_TEST(a_folder_is_made_unless_it_is_there)
{
    ck_assert_int_eq(HEARD(file_folder("new")), 0);
    ck_assert_int_eq(HEARD(file_folder("new")), 0);
    ck_assert_int_eq(HEARD(file_folder("none/new")), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: none/new: No such file or directory\n");
    make("file", "");
    ck_assert_int_eq(HEARD(file_folder("file")), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: file: File exists\n");
    ck_assert_int_eq(symlink("nowhere", "loose"), 0);
    ck_assert_int_eq(HEARD(file_folder("loose")), EXIT_OUTPUT);
    unlink("loose");
    unlink("file");
    rmdir("new");
}
END_TEST

/* ---- Reading ------------------------------------------------------------- */

static int read_it(const char *path, size_t most)
{
    char *bytes = (char *)"";
    size_t size = 0;
    const int code = HEARD(file_read(path, most, &bytes, &size));

    ck_assert(code ? bytes == NULL : bytes[size] == 0);
    free(bytes);
    return code;
}

START_TEST(a_file_is_read_whole_or_told)
{
    make("a", "12345");
    ck_assert_int_eq(read_it("a", 5), 0);
    ck_assert_int_eq(read_it("a", 4), EXIT_LIMIT);
    ck_assert_str_eq(words, "cutis: a: File too large\n");
    ck_assert_int_eq(read_it("b", 5), EXIT_MISSING_INPUT);
    ck_assert_int_eq(read_it("run", 5), EXIT_BAD_INPUT);
    ck_assert_str_eq(words, "cutis: run: not a file\n");
    now.stat = EIO;
    ck_assert_int_eq(read_it("a", 5), EXIT_IO);
    ck_assert_str_eq(words, "cutis: a: Input/output error\n");
    unlink("a");
}
END_TEST

/* A process's memory is a file whose first byte cannot be read. */
START_TEST(a_file_that_does_not_answer_has_no_digest)
{
    char hex[DIGEST], again[DIGEST];

    ck_assert_int_eq(HEARD(file_digest("/proc/self/mem", hex)), EXIT_IO);
    ck_assert_str_eq(words, "cutis: /proc/self/mem: Input/output error\n");
    ck_assert_int_eq(HEARD(file_digest("none", hex)), EXIT_MISSING_INPUT);
    make("a", "12345");
    ck_assert_int_eq(HEARD(file_digest("a", hex)), 0);
    ck_assert_int_eq(file_digest("a", again), 0);
    ck_assert_str_eq(hex, again);
    make("a", "12346");
    ck_assert_int_eq(file_digest("a", again), 0);
    ck_assert_str_ne(hex, again);
    unlink("a");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run files");
    TCase *tests = tcase_create("run files");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_file_is_published_once);
    tcase_add_test(tests, a_fault_is_told_and_leaves_nothing);
    tcase_add_test(tests, of_two_faults_the_first_is_told);
    tcase_add_test(tests, an_interrupted_call_is_made_again);
    tcase_add_test(tests, a_file_system_without_links_is_good_enough);
    tcase_add_test(tests, a_folder_is_flushed_where_that_can_be);
    tcase_add_test(tests, a_link_that_another_made_first_is_as_good);
    tcase_add_test(tests, names_have_their_length);
    tcase_add_test(tests, a_run_without_its_folder_of_parts_is_told);
    tcase_add_test(tests, a_folder_is_made_unless_it_is_there);
    tcase_add_test(tests, a_file_is_read_whole_or_told);
    tcase_add_test(tests, a_file_that_does_not_answer_has_no_digest);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
