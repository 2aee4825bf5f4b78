/* SPDX-License-Identifier: BSD-2-Clause */

/* Rows of a manifest: columns that we know, and a pair with its options. */

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "draft.h"
#include "inputs.h"

/* ---- Columns ------------------------------------------------------------- */

/* The flag that a column is named after, "_" standing for "-". */
static const struct flag *flag_of(const char *column, size_t size)
{
    const struct flag *flag;
    for (int i = 0; (flag = flag_at(i)); i++) {
        size_t same = 0;
        while (same < size && flag->name[same] &&
               (flag->name[same] == '-' ? '_' : flag->name[same]) ==
                   column[same])
            same++;
        if (flag->commands & A_PAIR && same == size && !flag->name[same])
            return flag;
    }
    return NULL;
}

/* How many are given of what may be given for each photograph; NULL for what
 * may not. */
static int *count_of(struct options *options, const struct flag *flag)
{
    const struct {
        const char *name;
        int *count;
    } lists[] = {{"card", &options->card_count},
                 {"chart", &options->chart_count},
                 {"landmarks", &options->landmarks_count},
                 {"skin", &options->skin_count}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        if (!strcmp(lists[i].name, flag->name))
            return lists[i].count;
    return NULL;
}

static struct column column_of(const char *name)
{
    static const char after[] = "_after";
    const size_t size = strlen(name), tail = sizeof(after) - 1;
    struct options none = {0};
    struct column column = {.flag = flag_of(name, size)};

    if (!column.flag && size > tail && !strcmp(name + size - tail, after)) {
        column.flag = flag_of(name, size - tail);
        column.is_after = column.flag && count_of(&none, column.flag);
        if (!column.is_after)
            column.flag = NULL;
    }
    column.is_file = column.flag && column.flag->value &&
                     strstr(column.flag->value, "FILE") != NULL;
    column.is_shown = !column.is_file;
    return column;
}

/* ---- Names that results have --------------------------------------------- */

static int keep_text(void *user, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : -1;
}

/* The columns of both kinds of results, each with a comma on both sides. */
static char *taken_names(cutis_session *session)
{
    static const cutis_format formats[] = {CUTIS_FORMAT_CSV, CUTIS_FORMAT_ROW};
    struct draft names;
    int failed = draft_open(&names);
    if (failed)
        return NULL;
    fputs(",status,message,", names.file);
    for (int i = 0; !failed && i < 2; i++)
        failed = cutis_comparison_write_columns(session, formats[i], keep_text,
                                                names.file) != CUTIS_OK;
    if (draft_close(&names) || failed) {
        free(names.bytes);
        return NULL;
    }
    for (char *at = names.bytes; *at; at++)
        *at = (char)(*at == '\n' ? ',' : *at);
    return names.bytes;
}

static bool is_taken(const char *names, const char *name)
{
    const size_t size = strlen(name);
    for (const char *at = names; (at = strstr(at, name)); at += size)
        if (at > names && at[-1] == ',' && at[size] == ',')
            return true;
    return false;
}

static int check_names(const struct columns *columns, struct csv *manifest,
                       cutis_session *session)
{
    char *const names = taken_names(session);
    int code = names ? 0 : EXIT_TRY_AGAIN;
    for (int i = 0; !code && i < csv_columns(manifest); i++)
        if (columns->of[i].is_shown && is_taken(names, csv_name(manifest, i)))
            code = csv_wrong(manifest,
                             "results have a column \"%s\" of their own: "
                             "give this one another name",
                             csv_name(manifest, i));
    free(names);
    return code;
}

void capture_name(char name[16], int after, int which)
{
    const char *const visit = after ? "after" : "before";
    if (which == 1)
        snprintf(name, 16, "%s", visit);
    else
        snprintf(name, 16, "%s_%d", visit, which);
}

static int find_column(struct csv *manifest, const char *name, bool needed,
                       int *at)
{
    *at = csv_column(manifest, name);
    return *at >= 0 || !needed
               ? 0
               : csv_wrong(manifest,
                           "no column \"%s\"; the first row names the "
                           "columns, with commas",
                           name);
}

int columns_find(struct columns *columns, struct csv *manifest,
                 cutis_session *session)
{
    int code = find_column(manifest, "pair_id", true, &columns->id);
    for (int i = 0; !code && i < csv_columns(manifest); i++)
        columns->of[i] = column_of(csv_name(manifest, i));
    for (int i = 0; !code && i < PHOTOS * CUTIS_CAPTURES; i++) {
        const int after = i / CUTIS_CAPTURES, which = i % CUTIS_CAPTURES;
        int *const at = &columns->capture[after][which];
        char name[16];
        capture_name(name, after, which + 1);
        code = find_column(manifest, name, which == 0, at);
        if (!code && *at >= 0)
            columns->of[*at] = (struct column){0};
    }
    if (code)
        return code;
    columns->of[columns->id] = (struct column){0};
    return check_names(columns, manifest, session);
}

/* ---- A pair -------------------------------------------------------------- */

static int take_switch(struct pair *pair, const struct flag *flag,
                       struct csv *manifest, const char *value)
{
    if (!strcmp(value, "yes") || !strcmp(value, "1"))
        flag->take(&pair->options, NULL);
    else if (strcmp(value, "no") != 0 && strcmp(value, "0") != 0)
        return csv_wrong(manifest, "%s: yes or no, not \"%s\"", flag->name,
                         value);
    return 0;
}

static int take_option(struct pair *pair, const struct plan *plan,
                       const struct column *column, struct csv *manifest,
                       const char *value)
{
    const struct flag *const flag = column->flag;
    if (!flag->value)
        return take_switch(pair, flag, manifest, value);

    int *const count = count_of(&pair->options, flag);
    if (count && column->is_after && !*count)
        return csv_wrong(manifest,
                         "%s of the photograph after, but none of "
                         "that before",
                         flag->name);
    if (count)
        *count = column->is_after ? 1 : 0;
    if (column->is_file && strcmp(value, "all") != 0) {
        char *const path = pair->file[pair->files++];
        if (!file_path(path, plan->folder, value))
            return csv_wrong(manifest, "%s: too long a name", flag->name);
        value = path;
    }
    if (!flag->take(&pair->options, value))
        return csv_wrong(manifest, "%s: cannot take \"%s\"", flag->name, value);
    return 0;
}

/* The captures of a visit that the row has; none of them twice. */
static int take_captures(struct pair *pair, const struct plan *plan,
                         const struct columns *columns, struct csv *manifest,
                         int after)
{
    int count = 0;
    for (int i = 0; i < CUTIS_CAPTURES; i++) {
        const char *const name = csv_get(manifest, columns->capture[after][i]);
        char *const path = pair->path[after][count];
        if (!*name)
            continue;
        if (!file_path(path, plan->folder, name))
            return csv_wrong(manifest, "too long a name of a photograph");
        for (int k = 0; k < count; k++)
            if (!strcmp(pair->path[after][k], path))
                return csv_wrong(manifest, "\"%s\" is twice in one visit",
                                 name);
        pair->which[after][count++] = i + 1;
    }
    pair->captures[after] = count;
    return 0;
}

int pair_read(struct pair *pair, const struct plan *plan,
              const struct columns *columns, struct csv *manifest)
{
    int code = 0;
    pair->options = plan->options;
    pair->files = 0;
    for (int after = 0; after < 2; after++)
        for (int i = 0; !code && i < csv_columns(manifest); i++) {
            const struct column *const column = &columns->of[i];
            const char *const value = csv_get(manifest, i);
            if (column->flag && column->is_after == after && *value)
                code = take_option(pair, plan, column, manifest, value);
        }
    for (int after = 0; !code && after < PHOTOS; after++)
        code = take_captures(pair, plan, columns, manifest, after);
    return code;
}
