/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The shards as one table, in the manifest's order.  Each row has the pair's
 * id, the manifest's other columns, the status and, where that is not "ok", the
 * sentence, then the columns of the library's table.
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "batch.h"
#include "draft.h"

enum { MOST_CELLS = CSV_MOST_COLUMNS + 1024 };

struct merger {
    const struct plan *plan;
    bool wide, as_json;
    char path[MOST_PATH]; /* of the manifest, which keeps it for words */
    struct csv manifest;
    struct columns columns;
    char *head; /* the library's columns, a line */
    char *names[MOST_CELLS], *values[MOST_CELLS];
    char *name_bytes;
    int cells, ours; /* columns in all; those that are not the library's */
    FILE *out;
    uint64_t failed;
};

/* ---- Cells --------------------------------------------------------------- */

/* Cuts a row of our own making into cells, in place; how many. */
static int cut(char *row, char **cells, int most)
{
    int count = 0;
    char *at = row;
    while (count < most) {
        char *to = at;
        cells[count++] = to;
        bool quoted = false;
        for (; *at && (quoted || *at != ','); at++) {
            const bool doubled = quoted && at[0] == '"' && at[1] == '"';
            if (doubled || *at != '"')
                *to++ = *at;
            else
                quoted = !quoted;
            at += doubled;
        }
        const bool more = *at == ',';
        *to = 0;
        at++;
        if (!more)
            break;
    }
    return count;
}

/* ---- Rows ---------------------------------------------------------------- */

/* The columns before the library's. */
static void put_ours(struct merger *merger, const char *status,
                     const char *message)
{
    struct csv *const manifest = &merger->manifest;
    csv_put(merger->out, csv_get(manifest, merger->columns.id), ',');
    for (int i = 0; i < csv_columns(manifest); i++)
        if (merger->columns.of[i].is_shown)
            csv_put(merger->out, csv_get(manifest, i), ',');
    csv_put(merger->out, status, ',');
    csv_put(merger->out, message, ',');
}

static void put_object(struct merger *merger, char **pair, char *row)
{
    struct csv *const manifest = &merger->manifest;
    static char none[] = "";
    int at = 0;
    merger->values[at++] = pair[0];
    for (int i = 0; i < csv_columns(manifest); i++)
        if (merger->columns.of[i].is_shown)
            merger->values[at++] = (char *)csv_get(manifest, i);
    merger->values[at++] = pair[1];
    merger->values[at++] = pair[2];
    if (row)
        at += cut(row, merger->values + at, merger->cells - at);
    while (at < merger->cells)
        merger->values[at++] = none;
    json_row(merger->out, merger->names, merger->values, merger->cells,
             merger->ours);
}

/* `row` NULL: a failure. */
static void put_row(struct merger *merger, char **pair, char *row)
{
    if (merger->as_json) {
        put_object(merger, pair, row);
        return;
    }
    put_ours(merger, pair[1], pair[2]);
    if (row)
        fputs(row, merger->out);
    for (int i = merger->ours + 1; !row && i < merger->cells; i++)
        fputc(',', merger->out);
    fputc('\n', merger->out);
}

/* ---- Records ------------------------------------------------------------- */

/* The next record, its line end made a 0; NULL at the end. */
static char *next_record(char **at)
{
    char *const record = *at;
    char *end = record;
    if (!*record)
        return NULL;
    for (bool quoted = false; *end && (quoted || *end != '\n'); end++)
        quoted ^= *end == '"';
    *at = end + (*end != 0);
    *end = 0;
    return record;
}

static int put_shard(struct merger *merger, char *bytes)
{
    const char letter = (char)(merger->wide ? 'W' : 'L');
    char *at = bytes + strcspn(bytes, "\n") + 1;
    char *pair[3] = {NULL, NULL, NULL}, *record;
    while ((record = next_record(&at))) {
        const bool is_pair = record[0] == 'P';
        if (record[1] != ',' || (!is_pair && !pair[0]))
            return EXIT_INTERNAL;
        if (is_pair) {
            if (cut(record + 2, pair, 3) != 3)
                return EXIT_INTERNAL;
            if (!csv_next(&merger->manifest) && merger->manifest.code)
                return merger->manifest.code;
            if (strcmp(pair[0],
                       csv_get(&merger->manifest, merger->columns.id)) != 0)
                return EXIT_INTERNAL;
            if (strcmp(pair[1], "ok") != 0) {
                merger->failed++;
                put_row(merger, pair, NULL);
            }
        } else if (record[0] == letter) {
            put_row(merger, pair, record + 2);
        }
    }
    return 0;
}

static int put_shards(struct merger *merger)
{
    int code = 0;
    for (size_t i = 0; !code && i < merger->plan->shards; i++) {
        char *bytes = NULL;
        size_t size;
        code = shard_read(merger->plan, i, &bytes, &size);
        if (!code)
            code = put_shard(merger, bytes);
        if (code == EXIT_INTERNAL)
            fprintf(stderr, "cutis: %s: shard %zu is not of this manifest\n",
                    merger->plan->run, i + 1);
        free(bytes);
    }
    return code;
}

/* ---- Columns ------------------------------------------------------------- */

static int keep_text(void *user, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : -1;
}

/* The first line: made as CSV, then cut for objects. */
static int make_names(struct merger *merger, cutis_session *session)
{
    const cutis_format format =
        merger->wide ? CUTIS_FORMAT_ROW : CUTIS_FORMAT_CSV;
    struct csv *const manifest = &merger->manifest;
    struct draft head;
    if (draft_open(&head))
        return EXIT_TRY_AGAIN;
    FILE *const text = head.file;
    fputs("pair_id,", text);
    merger->ours = 3;
    for (int i = 0; i < csv_columns(manifest); i++)
        if (merger->columns.of[i].is_shown) {
            csv_put(text, csv_name(manifest, i), ',');
            merger->ours++;
        }
    fputs("status,message,", text);
    const cutis_status status =
        cutis_comparison_write_columns(session, format, keep_text, text);
    const int code = draft_close(&head);
    merger->head = head.bytes;
    if (code || status != CUTIS_OK)
        return EXIT_TRY_AGAIN;
    merger->name_bytes = strndup(head.bytes, head.size - 1);
    if (!merger->name_bytes)
        return EXIT_TRY_AGAIN;
    merger->cells = cut(merger->name_bytes, merger->names, MOST_CELLS);
    return 0;
}

static int open_all(struct merger *merger)
{
    char *const path = merger->path;
    cutis_session *session = NULL;
    errno = ENAMETOOLONG;
    if (!file_path(path, merger->plan->run, "manifest.csv"))
        return file_refuse(EXIT_MISSING_INPUT, merger->plan->run);
    int code = csv_open(&merger->manifest, path);
    if (!code && cutis_session_create(NULL, &session) != CUTIS_OK)
        code = EXIT_TRY_AGAIN;
    if (!code)
        code = columns_find(&merger->columns, &merger->manifest, session);
    if (!code)
        code = make_names(merger, session);
    cutis_session_destroy(&session);
    return code;
}

/* ---- The whole ----------------------------------------------------------- */

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), tail = strlen(ending);
    return size > tail && !strcasecmp(name + size - tail, ending);
}

static int write_all(struct merger *merger, const char *path)
{
    struct output output;
    int code = output_open(&output, path);
    if (code)
        return code;
    merger->out = output.file;
    if (!merger->as_json)
        fputs(merger->head, output.file);
    code = put_shards(merger);
    const int closed = output_close(&output, !code);
    return code ? code : closed;
}

int merge(const struct plan *plan, const struct options *options,
          const char *path, uint64_t *failed)
{
    struct merger *const merger = calloc(1, sizeof(*merger));
    if (!merger)
        return EXIT_TRY_AGAIN;
    merger->plan = plan;
    merger->wide = options->wide;
    merger->as_json =
        path && (ends_with(path, ".jsonl") || ends_with(path, ".ndjson"));
    int code = open_all(merger);
    if (!code)
        code = write_all(merger, path);
    *failed = merger->failed;
    csv_close(&merger->manifest);
    free(merger->head);
    free(merger->name_bytes);
    free(merger);
    return code;
}
