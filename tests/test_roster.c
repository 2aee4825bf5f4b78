/* SPDX-License-Identifier: BSD-2-Clause */

/* Who is in a folder or a table that a site is calibrated by, and what is said
 * of one that cannot be read. */

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "../tools/options.h"
#include "../tools/roster.h"
#include "copies_scene.h"
#include "folder_scene.h"

static struct roster roster;

static void tear_down(void)
{
    roster_free(&roster);
    folder_close();
}

/* ---- Faults -------------------------------------------------------------- */

static const char *closed; /* a folder that may not be read */

DIR *opendir(const char *path)
{
    if (closed && !strcmp(path, closed)) {
        errno = EACCES;
        return NULL;
    }
    return fdopendir(open(path, O_RDONLY | O_DIRECTORY));
}

/* ---- Folders ------------------------------------------------------------- */

static int read_roster(const char *path)
{
    roster_free(&roster);
    return HEARD(roster_read(&roster, path));
}

static void is_shot(size_t at, const char *person, const char *visit,
                    const char *path)
{
    ck_assert_uint_lt(at, roster.count);
    ck_assert_str_eq(roster.shot[at].person, person);
    ck_assert_str_eq(roster.shot[at].visit, visit);
    ck_assert_str_eq(roster.shot[at].capture.path, path);
}

static const char *const folders[] = {
    "p", "p/ann", "p/ann/1", "p/ann/1/deep", "p/bob", "p/bob/empty"};
static const char *const files[] = {"p/note",    "p/.hidden",  "p/ann/loose",
                                    "p/ann/1/a", "p/ann/1/.b", "p/bob/c"};
enum { FOLDERS = 6, FILES = 6 };

static void make_people(void)
{
    for (int i = 0; i < FOLDERS; i++)
        ck_assert_int_eq(mkdir(folders[i], 0777), 0);
    for (int i = 0; i < FILES; i++)
        make(files[i], "");
}

static void remove_people(void)
{
    for (int i = 0; i < FILES; i++)
        unlink(files[i]);
    for (int i = FOLDERS - 1; i >= 0; i--)
        rmdir(folders[i]);
}

/* What is beside visits, within them and hidden is none. */
START_TEST(a_folder_has_people_with_visits_or_without)
{
    make_people();
    ck_assert_int_eq(read_roster("p"), 0);
    ck_assert_str_eq(words, "");
    ck_assert_uint_eq(roster.count, 3);
    is_shot(0, "ann", "1", "p/ann/1/a");
    is_shot(1, "bob", "", "p/bob/c");
    is_shot(2, "bob", "", "p/bob/empty");
    ck_assert_int_eq(read_roster("p/ann/1/deep"), 0);
    ck_assert_uint_eq(roster.count, 0);
    remove_people();
}
END_TEST

START_TEST(a_folder_that_cannot_be_read_is_said)
{
    make_people();
    closed = "p/ann/1";
    ck_assert_int_eq(read_roster("p"), EXIT_MISSING_INPUT);
    ck_assert_str_eq(words, "cutis: p/ann/1: Permission denied\n");
    closed = "p";
    ck_assert_int_eq(read_roster("p"), EXIT_MISSING_INPUT);
    closed = NULL;
    ck_assert_int_eq(read_roster("q"), EXIT_MISSING_INPUT);
    remove_people();
}
END_TEST

START_TEST(a_path_has_its_length)
{
    char long_name[4097] = "";

    make_people();
    for (int i = 0; i < 2045; i++)
        strcat(long_name, "./");
    strcat(long_name, "p");
    ck_assert_int_eq(read_roster(long_name), EXIT_USAGE);
    remove_people();
}
END_TEST

/* Of each text that is kept of a folder and of a table. */
START_TEST(a_want_of_memory_is_told)
{
    make_people();
    make("t.csv", "person,file,visit,card\nann,a,1,c\n");
    for (int i = 0; i < 2; i++) {
        const char *const path = i ? "t.csv" : "p";
        int tries = 0;
        for (copies_left = 0;; copies_left = ++tries) {
            const int code = read_roster(path);
            copies_left = -1;
            if (!code)
                break;
            ck_assert_int_eq(code, EXIT_TRY_AGAIN);
            ck_assert_ptr_nonnull(strstr(words, ": out of memory\n"));
        }
        ck_assert_int_ge(tries, i ? 4 : 9);
    }
    copies_left = -1;
    unlink("t.csv");
    remove_people();
}
END_TEST

/* ---- Tables -------------------------------------------------------------- */

START_TEST(a_table_says_what_a_folder_does)
{
    char path[96], beside[96];

    make("t.csv", "note,file,person,visit,card,chart,landmarks\n"
                  "x,sub/a.jpg,bob,2,\"1,2,3,4,5,6,7,8\",,l.txt\n"
                  ",/abs/b.jpg,ann,,,,\n");
    ck_assert_int_eq(read_roster("t.csv"), 0);
    is_shot(0, "ann", "", "/abs/b.jpg");
    is_shot(1, "bob", "2", "./sub/a.jpg");
    ck_assert_str_eq(roster.shot[1].capture.card, "1,2,3,4,5,6,7,8");
    ck_assert_ptr_null(roster.shot[1].capture.chart);
    ck_assert_str_eq(roster.shot[1].capture.landmarks, "./l.txt");
    snprintf(path, sizeof(path), "%s/t.csv", folder);
    ck_assert_int_eq(read_roster(path), 0);
    snprintf(beside, sizeof(beside), "%s/sub/a.jpg", folder);
    is_shot(1, "bob", "2", beside);
    unlink("t.csv");
}
END_TEST

static const struct {
    const char *text, *said;
} bad[] = {
    {"file\na\n", "there is no column \"person\""},
    {"person\na\n", "there is no column \"file\""},
    {"person,file\n,a\n", "line 2: names no person"},
    {"person,file\nann,\n", "line 2: names no file"},
    {"person,file\nann,a,b\n", "line 2: 3 fields"},
};
enum { BAD = sizeof(bad) / sizeof(*bad) };

START_TEST(what_is_wrong_with_a_table_is_said)
{
    make("t.csv", bad[_i].text);
    ck_assert_int_eq(read_roster("t.csv"), EXIT_BAD_INPUT);
    ck_assert_msg(strstr(words, bad[_i].said) != NULL, "%s", words);
    unlink("t.csv");
}
END_TEST

/* A name of a file or of its landmarks; a card is none. */
START_TEST(a_name_in_a_table_has_its_length)
{
    static char text[3][8192];
    char name[4200];

    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = 0;
    sprintf(text[0], "person,file\nann,%s\n", name);
    sprintf(text[1], "person,file,landmarks\nann,a,%s\n", name);
    sprintf(text[2], "person,file,card\nann,a,%s\n", name);
    for (int i = 0; i < 3; i++) {
        make("t.csv", text[i]);
        ck_assert_int_eq(read_roster("t.csv"), i == 2 ? 0 : EXIT_BAD_INPUT);
        ck_assert(i == 2 || strstr(words, "is too long"));
    }
    unlink("t.csv");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("roster");
    TCase *tests = tcase_create("roster");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, folder_open, tear_down);
    tcase_add_test(tests, a_folder_has_people_with_visits_or_without);
    tcase_add_test(tests, a_folder_that_cannot_be_read_is_said);
    tcase_add_test(tests, a_path_has_its_length);
    tcase_add_test(tests, a_want_of_memory_is_told);
    tcase_add_test(tests, a_table_says_what_a_folder_does);
    tcase_add_loop_test(tests, what_is_wrong_with_a_table_is_said, 0, BAD);
    tcase_add_test(tests, a_name_in_a_table_has_its_length);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
