/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where a command's data goes: what is known to be wrong with an output before
 * any work, in which form it is written, and what a user is told; each reason
 * alone.  That files are whole or not there is in test_output.c.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <check.h>

#include "../tools/command.h"
#include "../tools/maps.h"
#include "folder_scene.h"

static struct options options;
static cutis_session *session;

static void set_up(void)
{
    folder_open();
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    options = (struct options){.format = -1};
}

static void tear_down(void)
{
    cutis_session_destroy(&session);
    folder_close();
}

/* ---- A fault ---------------------------------------------------------- */

/* A name whose file has the number of another's, on another device. */
static const char *twin, *twin_of;

/* Goes before the C library's. */
int stat(const char *path, struct stat *about)
{
    const int code = fstatat(AT_FDCWD, path, about, 0);

    if (!code && twin && !strcmp(path, twin)) {
        struct stat other;
        ck_assert_int_eq(fstatat(AT_FDCWD, twin_of, &other, 0), 0);
        about->st_ino = other.st_ino;
        about->st_dev = other.st_dev + 1;
    }
    return code;
}

/* ---- Before any work ----------------------------------------------------- */

static int check_one(const char *name)
{
    options.output[0] = name;
    options.output_count = 1;
    return HEARD(check_outputs(&options));
}

START_TEST(an_output_has_a_form_by_its_name_or_by_word)
{
    static const char *const good[] = {"a.json", "A.CSV",  "a.html",  "a.htm",
                                       "a.txt",  "report", "d.pdf/a", "-"};
    static const char *const bad[] = {"a.pdf", "a.", "d/a.jpeg", ".jsonl"};

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        ck_assert_int_eq(check_one(good[i]), 0);
        ck_assert_str_eq(words, "");
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        char wanted[256];
        options.format = -1;
        ck_assert_int_eq(check_one(bad[i]), EXIT_USAGE);
        snprintf(wanted, sizeof(wanted),
                 "cutis: %s: its name ends in none of .txt, .json, .csv and "
                 ".html; say which form with --format\n",
                 bad[i]);
        ck_assert_str_eq(words, wanted);
        options.format = CUTIS_FORMAT_JSON;
        ck_assert_int_eq(check_one(bad[i]), 0);
    }
}
END_TEST

START_TEST(an_output_is_named_once)
{
    options.output[0] = "a.json";
    options.output[1] = "b.json";
    options.output_count = 2;
    ck_assert_int_eq(HEARD(check_outputs(&options)), 0);
    options.output[1] = "a.json";
    ck_assert_int_eq(HEARD(check_outputs(&options)), EXIT_USAGE);
    ck_assert_str_eq(words, "cutis: a.json: is named as output twice\n");
}
END_TEST

#define A_PHOTOGRAPH "is a photograph; it is not written over\n"

/* By whatever name: its own, a second one, or a link's. */
START_TEST(a_photograph_is_never_written_over)
{
    static const char *const names[] = {"face.txt", "./face.txt", "second.txt",
                                        "link.txt"};
    const char *const files[] = {"other.txt", "face.txt"};
    make("face.txt", "face");
    make("other.txt", "other");
    make("free.txt", "");
    ck_assert_int_eq(link("face.txt", "second.txt"), 0);
    ck_assert_int_eq(symlink("face.txt", "link.txt"), 0);

    for (int captures = 0; captures < 2; captures++) {
        options.files = files;
        options.file_count = captures ? 0 : 2;
        options.captures[1].count = captures ? 2 : 0;
        options.captures[1].file[0] = files[0];
        options.captures[1].file[1] = files[1];
        for (int i = 0; i < 4; i++) {
            ck_assert_int_eq(check_one(names[i]), EXIT_USAGE);
            ck_assert_ptr_nonnull(strstr(words, names[i]));
            ck_assert_ptr_nonnull(strstr(words, A_PHOTOGRAPH));
        }
        ck_assert_int_eq(check_one("free.txt"), 0);
        ck_assert_int_eq(check_one("new.txt"), 0); /* is not there yet */
        twin = "free.txt";
        twin_of = "face.txt";
        ck_assert_int_eq(check_one("free.txt"), 0);
        twin = NULL;
    }
    unlink("face.txt"); /* a photograph that is not there is no output's */
    unlink("link.txt");
    ck_assert_int_eq(check_one("second.txt"), 0);
    unlink("second.txt");
    unlink("other.txt");
    unlink("free.txt");
}
END_TEST

/* Reading and writing /dev/null is no harm. */
START_TEST(a_device_may_be_read_and_written)
{
    const char *const files[] = {"/dev/null"};

    options.files = files;
    options.file_count = 1;
    ck_assert_int_eq(check_one("/dev/null"), 0);
}
END_TEST

START_TEST(a_folder_of_maps_is_made_or_there)
{
    options.maps = "maps";
    ck_assert_int_eq(HEARD(check_outputs(&options)), 0);
    ck_assert_int_eq(HEARD(check_outputs(&options)), 0); /* and again */
    ck_assert_str_eq(words, "");
    rmdir("maps");

    make("maps", "a file");
    ck_assert_int_eq(HEARD(check_outputs(&options)), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: maps: Not a directory\n");
    unlink("maps");

    options.maps = "none/maps";
    ck_assert_int_eq(HEARD(check_outputs(&options)), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: none/maps: No such file or directory\n");

    ck_assert_int_eq(symlink("nowhere", "maps"), 0);
    options.maps = "maps";
    ck_assert_int_eq(HEARD(check_outputs(&options)), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: maps: No such file or directory\n");
    unlink("maps");
}
END_TEST

/* ---- Publishing ---------------------------------------------------------- */

static struct {
    cutis_format form[MOST_OUTPUTS];
    int count;
    cutis_status status; /* that is given */
    const char *in_way;  /* a folder that is made meanwhile */
} writing;

static cutis_status write_thing(cutis_session *of, const void *thing,
                                cutis_format format, struct output *output)
{
    ck_assert_ptr_eq(of, session);
    writing.form[writing.count++] = format;
    if (writing.in_way)
        ck_assert_int_eq(mkdir(writing.in_way, 0700), 0);
    if (!writing.status && output_write(output, thing, strlen(thing)))
        return CUTIS_ERROR_IO;
    return writing.status;
}

static int publish_to(const char *first, const char *second)
{
    options.output[0] = first;
    options.output[1] = second;
    options.output_count = first ? second ? 2 : 1 : 0;
    writing.count = 0;
    return HEARD(publish(&options, session, "thing", write_thing));
}

START_TEST(each_output_has_its_form_and_a_word)
{
    ck_assert_int_eq(publish_to("a.json", "b.csv"), 0);
    ck_assert_str_eq(words, "cutis: wrote a.json\ncutis: wrote b.csv\n");
    ck_assert_int_eq(writing.form[0], CUTIS_FORMAT_JSON);
    ck_assert_int_eq(writing.form[1], CUTIS_FORMAT_CSV);
    holds("a.json", "thing");
    holds("b.csv", "thing");

    options.quiet = true;
    options.format = CUTIS_FORMAT_HTML;
    ck_assert_int_eq(publish_to("a.json", NULL), 0);
    ck_assert_str_eq(words, "");
    ck_assert_int_eq(writing.form[0], CUTIS_FORMAT_HTML);
    holds("a.json", "thing");
}
END_TEST

/* Nobody needs to be told of what stands on the screen. */
START_TEST(standard_output_is_text_without_a_word)
{
    const int screen = dup(STDOUT_FILENO);
    const int file = open("screen", O_RDWR | O_CREAT | O_TRUNC, 0600);

    fflush(stdout);
    dup2(file, STDOUT_FILENO);
    const int none = publish_to(NULL, NULL);
    const int form = (int)writing.form[0];
    const int dash = publish_to("-", NULL);
    const int flushed = output_flush();
    dup2(screen, STDOUT_FILENO);
    close(file);
    close(screen);
    ck_assert_int_eq(none, 0);
    ck_assert_int_eq(dash, 0);
    ck_assert_int_eq(flushed, 0);
    ck_assert_int_eq(form, CUTIS_FORMAT_TEXT);
    ck_assert_str_eq(words, "");
    holds("screen", "thingthing");
}
END_TEST

/* The file of before stays, and no part of a new one is left. */
START_TEST(a_report_that_fails_changes_no_file)
{
    static const struct {
        cutis_status status;
        int code;
        const char *words;
    } failures[] = {
        {CUTIS_ERROR_MEMORY, EXIT_TRY_AGAIN, "cutis: a.json: "},
        {CUTIS_ERROR_IO, EXIT_OUTPUT, "cutis: a.json: "},
        {CUTIS_ERROR_UNSUPPORTED, EXIT_NOT_BUILT_IN, "cutis: a.json: "},
    };

    for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
        make("a.json", "before");
        writing.status = failures[i].status;
        ck_assert_int_eq(publish_to("a.json", "b.json"), failures[i].code);
        ck_assert_int_eq(writing.count, 1);
        ck_assert_ptr_nonnull(strstr(words, failures[i].words));
        ck_assert_ptr_null(strstr(words, "wrote"));
        holds("a.json", "before");
    }
    writing.status = CUTIS_ERROR_LIMIT;
    ck_assert_int_eq(publish_to(NULL, NULL), EXIT_LIMIT);
    ck_assert_ptr_nonnull(strstr(words, "cutis: report: "));
    writing.status = CUTIS_OK;
}
END_TEST

START_TEST(a_name_that_cannot_be_had_is_told_and_not_written)
{
    char name[5000];
    memset(name, 'n', sizeof(name) - 1);
    memcpy(name + sizeof(name) - 6, ".json", 6);
    static const struct {
        const char *name, *words;
    } names[] = {{"none/a.json", "No such file or directory"},
                 {".", "Is a directory"},
                 {NULL, "File name too long"}};

    for (int i = 0; i < 3; i++) {
        options.format = CUTIS_FORMAT_JSON;
        ck_assert_int_eq(publish_to(names[i].name ? names[i].name : name, NULL),
                         EXIT_OUTPUT);
        ck_assert_int_eq(writing.count, 0);
        ck_assert_ptr_nonnull(strstr(words, names[i].words));
    }
    writing.in_way = "a.json"; /* a folder takes the name meanwhile */
    ck_assert_int_eq(publish_to("a.json", NULL), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: a.json: Is a directory\n");
    writing.in_way = NULL;
    ck_assert_int_eq(rmdir("a.json"), 0);
}
END_TEST

/* ---- Maps ---------------------------------------------------------------- */

START_TEST(a_map_is_a_whole_file_of_its_folder)
{
    char name[5000], there[] = "maps", none[] = "none";

    ck_assert_int_eq(mkdir("maps", 0700), 0);
    ck_assert_int_eq(maps_write(there, "a.png", "thing", 5), 0);
    holds("maps/a.png", "thing");
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = 0;
    ck_assert_int_eq(HEARD(maps_write(there, name, "thing", 5)), EXIT_OUTPUT);
    ck_assert_int_eq(HEARD(maps_write(none, "a.png", "thing", 5)), EXIT_OUTPUT);
    ck_assert_str_eq(words, "cutis: none/a.png: No such file or directory\n");
    ck_assert_int_eq(rmdir("maps"), 0);
}
END_TEST

START_TEST(maps_that_fail_have_a_code_and_a_word)
{
    ck_assert_int_eq(HEARD(maps_code(session, CUTIS_OK)), 0);
    ck_assert_str_eq(words, "");
    ck_assert_int_eq(HEARD(maps_code(session, CUTIS_ERROR_IO)), EXIT_OUTPUT);
    ck_assert_int_eq(strncmp(words, "cutis: maps: ", 13), 0);
    ck_assert_int_eq(HEARD(maps_code(session, CUTIS_ERROR_MEMORY)),
                     EXIT_TRY_AGAIN);
    ck_assert_int_eq(strncmp(words, "cutis: maps: ", 13), 0);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("publish");
    TCase *const tests = tcase_create("publish");

    tcase_add_checked_fixture(tests, set_up, tear_down);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, an_output_has_a_form_by_its_name_or_by_word);
    tcase_add_test(tests, an_output_is_named_once);
    tcase_add_test(tests, a_photograph_is_never_written_over);
    tcase_add_test(tests, a_device_may_be_read_and_written);
    tcase_add_test(tests, a_folder_of_maps_is_made_or_there);
    tcase_add_test(tests, each_output_has_its_form_and_a_word);
    tcase_add_test(tests, standard_output_is_text_without_a_word);
    tcase_add_test(tests, a_report_that_fails_changes_no_file);
    tcase_add_test(tests, a_name_that_cannot_be_had_is_told_and_not_written);
    tcase_add_test(tests, a_map_is_a_whole_file_of_its_folder);
    tcase_add_test(tests, maps_that_fail_have_a_code_and_a_word);

    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
