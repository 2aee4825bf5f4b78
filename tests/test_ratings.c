/* SPDX-License-Identifier: BSD-2-Clause */

/* Tables of raters, the key and measurements, each with one thing wrong; and
 * the pack that the key is of. */

#include <sys/stat.h>

#include "../tools/batch.h"
#include "copies_scene.h"
#include "folder_scene.h"

static const char *const rating_file = "r.csv";
static struct options options;

#define KEY      "picture,pair_id,visit,photo_sha256,picture_sha256\n"
#define GOOD_KEY KEY "p1,a,before,s1,d1\np2,a,after,s2,d2\n"
#define HEAD     "picture,rater,rating\n"
#define RESULTS                                                                \
    "pair_id,status,metric,region,before,after,verdict,before_sha256,"         \
    "after_sha256\n"

static void set_up(void)
{
    folder_open();
    options = (struct options){.files = &rating_file, .file_count = 1};
    options.key = "k.csv";
    options.output[0] = "out.csv";
    options.output_count = 1;
    make("k.csv", GOOD_KEY);
    make("r.csv", HEAD "p1,ann,3\np2,ann,2\np1,bob,3\np2,bob,\n");
}

static void tear_down(void)
{
    static const char *const names[] = {"k.csv", "r.csv", "m.csv", "out.csv"};
    for (int i = 0; i < 4; i++)
        unlink(names[i]);
    folder_close();
}

static int rate(void)
{
    return HEARD(batch_ratings(&options));
}

START_TEST(ratings_and_a_key_are_needed)
{
    ck_assert_int_eq(rate(), 0);
    ck_assert_str_eq(words, "");
    options.key = NULL;
    ck_assert_int_eq(rate(), EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(words, "--key KEY"));
    options.key = "k.csv";
    options.file_count = 0;
    ck_assert_int_eq(rate(), EXIT_USAGE);
}
END_TEST

static const struct {
    const char *name, *text, *said;
} bad[] = {
    {"k.csv", "picture,pair_id\n", "no column \"visit\""},
    {"k.csv", KEY "p1,a,later,s,d\n", "line 2: a visit is before or after"},
    {"r.csv", "picture,rater\np1,ann\n", "no column \"rating\""},
    {"r.csv", HEAD "p1,ann,much\n", "line 2: a rating is a number"},
    {"r.csv", HEAD "p1,ann,3x\n", "line 2: a rating is a number"},
    {"r.csv", HEAD "p1,ann,1e999\n", "line 2: a rating is a number"},
    {"r.csv", HEAD "p1,ann,nan\n", "line 2: a rating is a number"},
    {"r.csv", HEAD "p1,,3\n", "line 2: a rating without a rater"},
    {"r.csv", HEAD "p3,ann,3\n", "line 2: no picture \"p3\" in the key"},
    {"r.csv", HEAD "p1,ann,3\np1,ann,3\n", "line 3: \"p1\" is rated twice"},
    {"m.csv", "pair_id\na\n", "no column \"status\""},
    {"m.csv", RESULTS "a,ok,m,face,1,2,up,s2,s2\n", "of other photographs"},
    {"m.csv", RESULTS "a,ok,m,face,1,2,up,s1,s1\n", "of other photographs"},
    {"m.csv", RESULTS "a,ok,m,face,1,two,up,s1,s2\n", "are numbers"},
    {"m.csv", RESULTS "a,ok,m,face,inf,2,up,s1,s2\n", "are numbers"},
};
enum { BAD = sizeof(bad) / sizeof(*bad) };

START_TEST(what_is_wrong_with_a_table_is_said)
{
    make(bad[_i].name, bad[_i].text);
    if (bad[_i].name[0] == 'm')
        options.results = "m.csv";
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_msg(strstr(words, bad[_i].said) != NULL, "%s", words);
    ck_assert_int_ne(access("out.csv", F_OK), 0);
}
END_TEST

/* The rows with their metric; of others nothing is known. */
static bool has_metric(const char *row)
{
    char text[256], table[4096] = "";

    snprintf(text, sizeof(text), RESULTS "%s\n", row);
    make("m.csv", text);
    options.results = "m.csv";
    ck_assert_int_eq(rate(), 0);
    FILE *const file = fopen("out.csv", "rb");
    ck_assert_ptr_nonnull(file);
    table[fread(table, 1, sizeof(table) - 1, file)] = 0;
    fclose(file);
    return strstr(table, "glow") != NULL;
}

START_TEST(rows_of_the_face_that_can_be_compared_count)
{
    ck_assert(has_metric("a,ok,glow,face,1,2,up,s1,s2"));
    ck_assert(!has_metric("a,no_face,glow,face,1,2,up,x,x"));
    ck_assert(!has_metric("a,ok,glow,cheeks,1,2,up,x,x"));
    ck_assert(!has_metric("a,ok,glow,face,1,2,not_comparable,x,x"));
    ck_assert(!has_metric("b,ok,glow,face,1,2,up,x,x"));
}
END_TEST

/* What a rater says of one thing is not said of another. */
START_TEST(scales_are_apart)
{
    make("k.csv", GOOD_KEY "p3,b,before,t1,d3\np4,b,after,t2,d4\n");
    make("r.csv", "picture,rater,rating,scale\np1,ann,3,dry\np1,ann,1,red\n"
                  "p2,ann,4,dry\np3,ann,1,dry\np4,ann,1,dry\n");
    ck_assert_int_eq(rate(), 0);
    make("r.csv", "picture,rater,rating,scale\np1,ann,3,dry\np1,ann,1,red\n"
                  "p1,ann,2,red\n");
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "line 4: \"p1\" is rated twice"));
    make("r.csv", HEAD "p1,ann,3\n");
    ck_assert(has_metric("b,ok,glow,face,1,2,up,t1,t2\n"
                         "a,ok,glow,face,1,2,up,s1,s2"));
    ck_assert(!has_metric("c,ok,glow,face,1,2,up,x,x\n"
                          "c,ok,glow,face,1,2,up,x,x"));
}
END_TEST

START_TEST(a_want_of_memory_is_told)
{
    make("m.csv", RESULTS "a,ok,glow,face,1,2,up,s1,s2\n");
    options.results = "m.csv";
    int tries = 0;
    for (copies_left = 0;; copies_left = ++tries) {
        const int code = rate();
        copies_left = -1;
        if (!code)
            break;
        ck_assert_int_eq(code, EXIT_TRY_AGAIN);
        ck_assert_int_ne(access("out.csv", F_OK), 0);
    }
    ck_assert_int_ge(tries, 11);
}
END_TEST

/* ---- The pack ------------------------------------------------------------ */

/* The digest of a text. */
static void seal(const char *name, const char *text, const char *rest)
{
    char line[DIGEST + 64], hex[DIGEST];

    cutis_sha256(hex, text, strlen(text));
    snprintf(line, sizeof(line), "%s%s", hex, rest);
    make(name, line);
}

/* A key of one picture, sealed; its pack. */
static void make_pack(const char *picture)
{
    char hex[DIGEST], key[256];

    cutis_sha256(hex, "jpeg", 4);
    snprintf(key, sizeof(key), KEY "%s,a,before,s1,%s\n", picture, hex);
    make("k.csv", key);
    make("r.csv", HEAD);
    mkdir("d", 0777);
    mkdir("d/pictures", 0777);
    make("d/pictures/p1.jpg", "jpeg");
    seal("d/key.sha256", key, "  k.csv\n");
    options.dir = "d";
}

static void remove_pack(void)
{
    unlink("d/pictures/p1.jpg");
    unlink("d/key.sha256");
    rmdir("d/pictures");
    rmdir("d");
}

START_TEST(a_pack_is_what_was_sealed)
{
    make_pack("p1");
    ck_assert_int_eq(rate(), 0);
    make("d/pictures/p1.jpg", "peg");
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "is not the picture that was sealed"));
    unlink("d/pictures/p1.jpg");
    ck_assert_int_eq(rate(), EXIT_MISSING_INPUT);
    make_pack("p1");
    seal("d/key.sha256", "another", "  k.csv\n");
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "is not the key that was sealed"));
    seal("d/key.sha256", "another", "");
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "is not a digest"));
    unlink("d/key.sha256");
    ck_assert_int_eq(rate(), EXIT_MISSING_INPUT);
    make_pack("p1");
    make("k.csv", KEY "p1,a,later,s1,d\n");
    seal("d/key.sha256", KEY "p1,a,later,s1,d\n", "  k.csv\n");
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "a visit is before or after"));
    remove_pack();
}
END_TEST

START_TEST(names_have_their_length)
{
    static char name[5000], key[6000], far[4097];

    make_pack("p1");
    for (int i = 0; i < 2; i++) { /* the file's name; with the folder's */
        memset(name, 'n', sizeof(name));
        name[i ? 4082 : 4999] = 0;
        snprintf(key, sizeof(key), KEY "%s,a,before,s1,d\n", name);
        make("k.csv", key);
        seal("d/key.sha256", key, "  k.csv\n");
        ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(words, "too long a name"));
    }
    memset(far, 'd', sizeof(far) - 1);
    far[4090] = 0;
    options.dir = far;
    ck_assert_int_eq(rate(), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "too long a name"));
    remove_pack();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ratings");
    TCase *tests = tcase_create("ratings");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, ratings_and_a_key_are_needed);
    tcase_add_loop_test(tests, what_is_wrong_with_a_table_is_said, 0, BAD);
    tcase_add_test(tests, rows_of_the_face_that_can_be_compared_count);
    tcase_add_test(tests, scales_are_apart);
    tcase_add_test(tests, a_want_of_memory_is_told);
    tcase_add_test(tests, a_pack_is_what_was_sealed);
    tcase_add_test(tests, names_have_their_length);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
