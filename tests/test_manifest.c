/* SPDX-License-Identifier: BSD-2-Clause */

/* The table that a batch is planned by: what its columns are and what a row may
 * say; and the results put together by it. */

#include <sys/stat.h>

#include "../tools/batch.h"
#include "folder_scene.h"

static cutis_session *session;
static struct plan plan;
static struct columns columns;
static struct pair pair;
static struct csv csv;

static void set_up(void)
{
    static char cutis[] = "cutis", batch[] = "batch", part[] = "plan";
    char *said_words[] = {cutis, batch, part};

    folder_open();
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    ck_assert_int_eq(options_parse(&plan.options, 3, said_words), 0);
    plan.folder = "/here";
    plan.run = "run";
}

static void tear_down(void)
{
    csv_close(&csv);
    cutis_session_destroy(&session);
    unlink("t.csv");
    folder_close();
}

/* Reads a table's columns and, where they are good, its first row. */
static int take(const char *text)
{
    csv_close(&csv);
    make("t.csv", text);
    listen();
    int code = csv_open(&csv, "t.csv");
    if (!code)
        code = columns_find(&columns, &csv, session);
    if (!code && csv_next(&csv))
        code = pair_read(&pair, &plan, &columns, &csv);
    return said(code);
}

#define HEAD   "pair_id,before,after,"
#define SWITCH "polarised"

/* ---- Columns ------------------------------------------------------------- */

static const struct {
    const char *name;
    bool is_option, is_after, is_shown;
} known[] = {
    {"card", true, false, true},
    {"card_after", true, true, true},
    {"landmarks_after", true, true, false},
    {"px_per_mm", true, false, true},
    {"preset_after", false, false, true}, /* one for both: no option */
    {"clinic_after", false, false, true},
    {"_after", false, false, true},
    {"car", false, false, true},
    {"cards", false, false, true},
    {"card_before", false, false, true},
    {"px-per-mm", false, false, true},
    {"output", false, false, true}, /* not of a pair */
    {"tatus", false, false, true},
    {"statu", false, false, true},
};
enum { KNOWN = sizeof(known) / sizeof(*known) };

START_TEST(columns_are_options_or_passed_through)
{
    char text[128];

    snprintf(text, sizeof(text), HEAD "%s\n", known[_i].name);
    ck_assert_int_eq(take(text), 0);
    const struct column *const column = &columns.of[3];
    ck_assert(known[_i].is_option == (column->flag != NULL));
    ck_assert(known[_i].is_after == column->is_after);
    ck_assert(known[_i].is_shown == column->is_shown);
}
END_TEST

static const struct {
    const char *head, *said;
} bad_heads[] = {
    {"before,after\n", "no column \"pair_id\""},
    {"pair_id,after\n", "no column \"before\""},
    {"pair_id,before,before_2\n", "no column \"after\""},
    {HEAD "status\n", "results have a column \"status\""},
    {HEAD "message\n", "results have a column \"message\""},
    {HEAD "metric\n", "results have a column \"metric\""},
};
enum { BAD_HEADS = sizeof(bad_heads) / sizeof(*bad_heads) };

START_TEST(what_is_wrong_with_columns_is_said)
{
    ck_assert_int_eq(take(bad_heads[_i].head), EXIT_BAD_INPUT);
    ck_assert_msg(strstr(words, bad_heads[_i].said) != NULL, "%s", words);
}
END_TEST

/* A process's memory is a file that does not answer. */
START_TEST(a_table_that_cannot_be_read_is_said)
{
    ck_assert_int_eq(HEARD(csv_open(&csv, "/proc/self/mem")), EXIT_IO);
    ck_assert_ptr_nonnull(strstr(words, "Input/output error\n"));
}
END_TEST

/* A name with a comma is no column of the results'. */
START_TEST(a_name_with_a_comma_is_another)
{
    ck_assert_int_eq(take(HEAD "\",status\"\n"), 0);
}
END_TEST

/* ---- Rows ---------------------------------------------------------------- */

static const struct {
    const char *text, *said; /* NULL: it is good */
} rows[] = {
    {HEAD "before_2\np,a,b,c\n", NULL},
    {HEAD "before_2\np,a,b,a\n", "\"a\" is twice in one visit"},
    {HEAD "card\np,a,b,\"1,2,3,4,5,6,7,8\"\n", NULL},
    {HEAD "days\np,a,b,soon\n", "days: cannot take \"soon\""},
    {HEAD "card_after\np,a,b,\"1,2,3,4,5,6,7,8\"\n", "none of that before"},
    {HEAD "card,card_after\np,a,b,,\n", NULL},
    {HEAD "card,card_after\np,a,b,\"1,2,3,4,5,6,7,8\",\"1,2,3,4,5,6,7,8\"\n",
     NULL},
    {HEAD "skin\np,a,b,all\n", NULL},
    {HEAD "skin\np,a,b,s.txt\n", NULL},
    {HEAD "px_per_mm\np,a,b,12\n", NULL},
    {HEAD "px_per_mm\np,a,b,x\n", "px-per-mm: cannot take \"x\""},
    {HEAD SWITCH "\np,a,b,yes\n", NULL},
    {HEAD SWITCH "\np,a,b,1\n", NULL},
    {HEAD SWITCH "\np,a,b,no\n", NULL},
    {HEAD SWITCH "\np,a,b,0\n", NULL},
    {HEAD SWITCH "\np,a,b,\n", NULL},
    {HEAD SWITCH "\np,a,b,maybe\n", "yes or no, not \"maybe\""},
};
enum { ROWS = sizeof(rows) / sizeof(*rows) };

START_TEST(a_row_says_what_it_may)
{
    const int code = take(rows[_i].text);

    ck_assert_msg(code == (rows[_i].said ? EXIT_BAD_INPUT : 0), "%s: %s",
                  rows[_i].text, words);
    ck_assert_msg(!rows[_i].said || strstr(words, rows[_i].said), "%s", words);
}
END_TEST

START_TEST(names_start_from_the_tables_folder)
{
    ck_assert_int_eq(take(HEAD "skin,skin_after\np,a,/b,all,s\n"), 0);
    ck_assert_str_eq(pair.path[0][0], "/here/a");
    ck_assert_str_eq(pair.path[1][0], "/b");
    ck_assert_int_eq(pair.options.skin_count, 2);
    ck_assert_int_eq(pair.files, 1);
    ck_assert_str_eq(pair.file[0], "/here/s");
    ck_assert_int_eq(take(HEAD SWITCH "\np,a,b,yes\n"), 0);
    ck_assert(pair.options.compare.polarised);
    ck_assert_int_eq(take(HEAD SWITCH "\np,a,b,0\n"), 0);
    ck_assert(!pair.options.compare.polarised);
}
END_TEST

START_TEST(names_have_their_length)
{
    static char text[9000];
    char name[4200];

    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = 0;
    snprintf(text, sizeof(text), HEAD "note\np,%s,b,\n", name);
    ck_assert_int_eq(take(text), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "too long a name of a photograph"));
    snprintf(text, sizeof(text), HEAD "skin\np,a,b,%s\n", name);
    ck_assert_int_eq(take(text), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "skin: too long a name"));
}
END_TEST

/* ---- Results ------------------------------------------------------------- */

static struct shard shards[2] = {{.rows = 1}, {.rows = 1}};

/* Publishes a shard of that number with these records. */
static void write_shard(int number, const char *records)
{
    char text[1024], hex[DIGEST], name[64];
    const size_t size =
        (size_t)snprintf(text, sizeof(text), "cutis.shard/1 %s %d 0 1\n%s",
                         plan.digest, number, records);

    cutis_sha256(hex, text, size);
    snprintf(text + size, sizeof(text) - size, "end 1 0 %zu %s\n", size, hex);
    snprintf(name, sizeof(name), "run/shards/00000%d", number);
    make(name, text);
}

static void make_run(const char *manifest, const char *first,
                     const char *second)
{
    cutis_sha256(plan.digest, "plan", 4);
    plan.shard = shards;
    plan.shards = 2;
    mkdir("run", 0777);
    mkdir("run/shards", 0777);
    make("run/manifest.csv", manifest);
    write_shard(1, first);
    write_shard(2, second);
}

#define PAIRS_TABLE "pair_id,before,after,clinic\np1,a,b,north\np2,c,d,\n"

/* What is put together under this name begins with a head; the rest is in
 * `table`, and the file is taken away. */
static char table[1 << 16];
static int put_together(const char *name, bool wide)
{
    const struct options options = {.wide = wide};
    uint64_t failed = 0;

    const int code = HEARD(merge(&plan, &options, name, &failed));
    FILE *const file = fopen(name, "rb");
    ck_assert((file != NULL) == (code == 0));
    table[0] = 0;
    if (file) {
        table[fread(table, 1, sizeof(table) - 1, file)] = 0;
        fclose(file);
        unlink(name);
    }
    return code ? code : (int)failed;
}

static void remove_all(void)
{
    remove_run("run");
    ck_assert_int_ne(access("run", F_OK), 0);
}

START_TEST(results_are_in_the_order_of_the_manifest)
{
    make_run(PAIRS_TABLE,
             "P,p1,ok,\nL,\"a, \"\"b\"\"\nc\",2\nW,x,\"y\"\nL,d\"\"e,3\n",
             "P,p2,damaged,\"the JPEG, is\"\n");
    ck_assert_int_eq(put_together("o.csv", false), 1);
    ck_assert_ptr_nonnull(strstr(table, "\np1,north,ok,,\"a, \"\"b\"\"\nc\",2"
                                        "\np1,north,ok,,d\"\"e,3\np2,,damaged,"
                                        "\"the JPEG, is\",,"));
    ck_assert_int_eq(put_together("o.csv", true), 1);
    ck_assert_ptr_nonnull(strstr(table, "\np1,north,ok,,x,\"y\"\np2,,damaged,"
                                        "\"the JPEG, is\",,"));
    static const char *const names[] = {"o.jsonl", "o.NDJSON", "o.json",
                                        ".jsonl"};
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(put_together(names[i], false), 1);
        ck_assert((strncmp(table, "{\"pair_id\":", 11) == 0) == (i < 2));
        ck_assert(i > 1 || strstr(table, "a, \\\"b\\\"\\u000ac"));
    }
    remove_all();
}
END_TEST

static const struct {
    const char *manifest, *first, *second;
    int code;
} odd[] = {
    {PAIRS_TABLE, "L,1,2\n", "", EXIT_INTERNAL},
    {PAIRS_TABLE, "P1,p1,ok,\n", "", EXIT_INTERNAL},
    {PAIRS_TABLE, "P,p1,ok\n", "", EXIT_INTERNAL},
    {PAIRS_TABLE, "P,p2,ok,\n", "", EXIT_INTERNAL},
    {PAIRS_TABLE, "P,p1,ok,\nP,\"p2,ok,\n", "", EXIT_INTERNAL},
    {PAIRS_TABLE, "P,p1,ok,\nP,p2,ok,\nP,p3,ok,\n", "", EXIT_INTERNAL},
    {"pair_id,before,after\np1,\"a,b\n", "P,p1,ok,\n", "", EXIT_BAD_INPUT},
    {"pair_id,before\n", "P,p1,ok,\n", "", EXIT_BAD_INPUT},
    {PAIRS_TABLE, "X,1\n", "", EXIT_INTERNAL},
    {PAIRS_TABLE, "P,p1,ok,\nX,1\n", "P,p2,ok,\n", 0},
};
enum { ODD = sizeof(odd) / sizeof(*odd) };

START_TEST(records_that_are_not_of_the_manifest_are_none)
{
    make_run(odd[_i].manifest, odd[_i].first, odd[_i].second);
    ck_assert_int_eq(put_together("o.csv", false), odd[_i].code);
    ck_assert(!odd[_i].code == !words[0]);
    remove_all();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manifest");
    TCase *tests = tcase_create("manifest");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, columns_are_options_or_passed_through, 0, KNOWN);
    tcase_add_loop_test(tests, what_is_wrong_with_columns_is_said, 0,
                        BAD_HEADS);
    tcase_add_test(tests, a_table_that_cannot_be_read_is_said);
    tcase_add_test(tests, a_name_with_a_comma_is_another);
    tcase_add_loop_test(tests, a_row_says_what_it_may, 0, ROWS);
    tcase_add_test(tests, names_start_from_the_tables_folder);
    tcase_add_test(tests, names_have_their_length);
    tcase_add_test(tests, results_are_in_the_order_of_the_manifest);
    tcase_add_loop_test(tests, records_that_are_not_of_the_manifest_are_none, 0,
                        ODD);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
