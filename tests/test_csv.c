/* SPDX-License-Identifier: BSD-2-Clause */

/* Tables: RFC 4180, 2 (the grammar); Unicode 15, table 3-7 (UTF-8). */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "../tools/csv.h"
#include "../tools/options.h"

static char path[] = "/tmp/test-csv-XXXXXX";

static void write_table(const void *bytes, size_t size)
{
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* Reads a table to its end; every field goes to `out` as "<field>", rows end
 * with a bar.  Words on stderr go to `words`. */
static int read_table(char *out, char *words, size_t room)
{
    FILE *const told = tmpfile();
    const int before = dup(STDERR_FILENO);
    struct csv csv;

    *out = 0;
    dup2(fileno(told), STDERR_FILENO);
    int code = csv_open(&csv, path);
    while (!code && csv_next(&csv)) {
        for (int i = 0; i < csv_columns(&csv); i++) {
            ck_assert_uint_lt(strlen(out) + strlen(csv_get(&csv, i)) + 4, room);
            sprintf(out + strlen(out), "<%s>", csv_get(&csv, i));
        }
        strcat(out, "|");
    }
    code = code ? code : csv.code;
    csv_close(&csv);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(told);
    words[fread(words, 1, room - 1, told)] = 0;
    fclose(told);
    return code;
}

static const struct {
    const char *bytes, *fields;
} good[] = {
    {"a,b\n1,2\n", "<1><2>|"},
    {"a,b\r\n1,2\r\n3,4", "<1><2>|<3><4>|"},
    {"\xef\xbb\xbf"
     "a,b\n\n,\n\n",
     "<><>|"},
    {"a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n", "<x,\"y\"><two\nlines>|"},
    {"a,b\n\"\",\n1,", "<><>|<1><>|"},
    {"a,b\n\"\r\n\", x \n", "<\r\n>< x >|"},
    {"a,b\n1,\"2\"\r\n3,\"4\"", "<1><2>|<3><4>|"},
    {"a\nz\xc3\xbcrich\n\xf0\x9f\x99\x82\n",
     "<z\xc3\xbcrich>|<\xf0\x9f\x99\x82>|"},
};

START_TEST(a_table_has_the_fields_of_its_grammar)
{
    char fields[4096], words[4096];

    write_table(good[_i].bytes, strlen(good[_i].bytes));
    ck_assert_int_eq(read_table(fields, words, sizeof(words)), 0);
    ck_assert_str_eq(fields, good[_i].fields);
    ck_assert_str_eq(words, "");
}
END_TEST

static const struct {
    const char *bytes;
    size_t size;
    const char *words;
} bad[] = {
    {"a,b\n1,2\n3\n", 10, "line 3: 1 fields where the first row has 2"},
    {"a,b\n\"x\ny\",2\n1,2,3\n", 19,
     "line 4: 3 fields where the first row has 2"},
    {"a,b\n\n1,\"2\n3\n", 12, "line 3: a quote that starts here is not closed"},
    {"a,b\n1,\"2\"3\n", 11, "line 2: text behind a closing quote"},
    {"a,b\n1,2\"\n", 9, "line 2: a quote inside a field"},
    {"a,b\n1\0,2\n", 9, "line 2: a byte 0"},
    {"a,b\n\"1\0\",2\n", 11, "line 2: a byte 0"},
    {"a,b\r1,2\n", 8, "line 1: a carriage return that ends no line"},
    {"a,a\n1,2\n", 8, "line 1: two columns are called \"a\""},
    {"a,\n1,2\n", 7, "line 1: column 2 has no name"},
    {"a\n\xff\n", 4, "line 2: field 1 is not text in UTF-8"},
    {"a\n\xc0\xaf\n", 5, "field 1 is not text"},     /* too long a form */
    {"a\n\xed\xa0\x80\n", 6, "field 1 is not text"}, /* a surrogate */
    {"a\n\xe2\x82\n", 5, "field 1 is not text"},     /* cut short */
    {"a\n\x1b[2J\n", 7, "field 1 is not text"},
    {"a\nb\x7f\n", 5, "field 1 is not text"}, /* DEL */
    {"a,b\n\r1,2\n", 9, "line 2: a carriage return that ends no line"},
    {"", 0, "an empty table"},
    {"\n\r\n", 3, "an empty table"},
};

START_TEST(what_is_wrong_is_said_with_its_line)
{
    char fields[4096], words[4096];

    write_table(bad[_i].bytes, bad[_i].size);
    ck_assert_int_eq(read_table(fields, words, sizeof(words)), EXIT_BAD_INPUT);
    ck_assert_msg(strstr(words, bad[_i].words) != NULL, "%s", words);
    ck_assert_ptr_nonnull(strstr(words, path));
}
END_TEST

/* The 0 behind each field counts, too: a row of one field may be a byte less.
 */
START_TEST(no_row_is_longer_than_a_mebibyte)
{
    const size_t size = CSV_MOST_BYTES + 100;
    char *const bytes = malloc(size);
    char fields[64], words[4096];

    ck_assert_ptr_nonnull(bytes);
    for (int quoted = 0; quoted < 2; quoted++) {
        const size_t start = quoted ? 3 : 2;
        memset(bytes, 'x', size);
        memcpy(bytes, "a\n\"", 3);
        if (!quoted)
            bytes[2] = 'x';
        write_table(bytes, size);
        ck_assert_int_eq(read_table(fields, words, sizeof(words)),
                         EXIT_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(words, "line 2: a row of more than"));
        bytes[start + CSV_MOST_BYTES] = quoted ? '"' : '\n';
        write_table(bytes, start + CSV_MOST_BYTES + 1);
        ck_assert_int_eq(read_table(fields, words, sizeof(words)),
                         EXIT_BAD_INPUT);
        ck_assert_ptr_nonnull(strstr(words, "line 2: a row of more than"));
    }

    struct csv csv;
    bytes[2] = 'x';
    bytes[2 + CSV_MOST_BYTES - 1] = '\n';
    write_table(bytes, 2 + CSV_MOST_BYTES);
    ck_assert_int_eq(csv_open(&csv, path), 0);
    ck_assert(csv_next(&csv));
    ck_assert_uint_eq(strlen(csv_get(&csv, 0)), CSV_MOST_BYTES - 1);
    csv_close(&csv);

    memset(bytes, ',', size);
    write_table(bytes, size);
    ck_assert_int_eq(read_table(fields, words, sizeof(words)), EXIT_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(words, "line 1: more than 4096 fields"));
    free(bytes);
}
END_TEST

START_TEST(a_row_is_found_again_where_it_started)
{
    struct csv csv;
    static const char bytes[] = "id,n\n\"a\nb\",1\n\nc,2\nd,3\n";

    write_table(bytes, sizeof(bytes) - 1);
    ck_assert_int_eq(csv_open(&csv, path), 0);
    ck_assert_int_eq(csv_column(&csv, "n"), 1);
    ck_assert_int_eq(csv_column(&csv, "N"), -1);
    ck_assert_str_eq(csv_name(&csv, 0), "id");
    ck_assert(csv_next(&csv));
    ck_assert_uint_eq(csv.offset, 5);
    ck_assert(csv_next(&csv));
    ck_assert_uint_eq(csv.offset, 14);
    ck_assert_uint_eq(csv.line, 5);
    ck_assert(csv_next(&csv));
    ck_assert_str_eq(csv_get(&csv, -1), "");
    ck_assert(!csv_next(&csv));
    ck_assert_int_eq(csv.code, 0);

    ck_assert_int_eq(csv_seek(&csv, 14, 5), 0);
    ck_assert(csv_next(&csv));
    ck_assert_str_eq(csv_get(&csv, 0), "c");
    ck_assert_uint_eq(csv.line, 5);
    csv_close(&csv);
}
END_TEST

START_TEST(what_is_written_reads_back)
{
    static const char *const fields[] = {
        "", "a", "x,y", "\"", "two\nlines", "r\r\n", " ", "z\xc3\xbcrich"};
    enum { FIELDS = sizeof(fields) / sizeof(*fields) };
    struct csv csv;
    FILE *const file = fopen(path, "wb");

    fputs("a,b,c,d,e,f,g,h\n", file);
    for (int i = 0; i < FIELDS; i++)
        csv_put(file, fields[i], i + 1 < FIELDS ? ',' : '\n');
    fclose(file);
    ck_assert_int_eq(csv_open(&csv, path), 0);
    ck_assert(csv_next(&csv));
    for (int i = 0; i < FIELDS; i++)
        ck_assert_str_eq(csv_get(&csv, i), fields[i]);
    csv_close(&csv);
}
END_TEST

START_TEST(no_file_is_missing_and_a_folder_is_none)
{
    struct csv csv;
    FILE *const quiet = freopen("/dev/null", "w", stderr);

    ck_assert_ptr_nonnull(quiet);
    ck_assert_int_eq(csv_open(&csv, "/no/such/table.csv"), EXIT_MISSING_INPUT);
    csv_close(&csv);
    ck_assert_int_eq(csv_open(&csv, "/tmp"), EXIT_BAD_INPUT);
    csv_close(&csv);
}
END_TEST

int main(void)
{
    const int file = mkstemp(path);
    if (file < 0)
        return EXIT_FAILURE;
    close(file);

    Suite *suite = suite_create("csv");
    TCase *tests = tcase_create("csv");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, a_table_has_the_fields_of_its_grammar, 0,
                        sizeof(good) / sizeof(*good));
    tcase_add_loop_test(tests, what_is_wrong_is_said_with_its_line, 0,
                        sizeof(bad) / sizeof(*bad));
    tcase_add_test(tests, no_row_is_longer_than_a_mebibyte);
    tcase_add_test(tests, a_row_is_found_again_where_it_started);
    tcase_add_test(tests, what_is_written_reads_back);
    tcase_add_test(tests, no_file_is_missing_and_a_folder_is_none);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    unlink(path);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
