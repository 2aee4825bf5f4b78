/* SPDX-License-Identifier: BSD-2-Clause */

#include "timetable.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "options.h"

/* ---- Columns ------------------------------------------------------------- */

enum { VISIT, DAYS, SINCE, ROLE, FILES, CARD, CHART, LANDMARKS, NOTE, COLUMNS };

static const char *const column_names[COLUMNS] = {
    [VISIT] = "visit", [DAYS] = "days",
    [ROLE] = "role",   [SINCE] = "days_since_treatment",
    [FILES] = "file",  [CARD] = "card",
    [CHART] = "chart", [LANDMARKS] = "landmarks",
    [NOTE] = "note", /* for people; not read */
};

struct reader {
    struct csv csv;
    struct timetable *plan;
    int column[COLUMNS];
    size_t folder; /* bytes of the path up to the last slash, with it */
};

static int find_columns(struct reader *reader)
{
    static const int needed[] = {VISIT, DAYS, ROLE, FILES};
    struct csv *const csv = &reader->csv;

    for (int i = 0; i < COLUMNS; i++)
        reader->column[i] = csv_column(csv, column_names[i]);
    for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
        if (reader->column[needed[i]] < 0)
            return csv_wrong(csv, "there is no column \"%s\"",
                             column_names[needed[i]]);
    for (int i = 0; i < csv_columns(csv); i++) {
        bool known = false;
        for (int k = 0; k < COLUMNS; k++)
            known = known || reader->column[k] == i;
        if (!known)
            return csv_wrong(csv,
                             "\"%s\" is not a column of a series; \"note\" "
                             "takes what is for people",
                             csv_name(csv, i));
    }
    return 0;
}

static const char *get(const struct reader *reader, int column)
{
    return csv_get(&reader->csv, reader->column[column]);
}

/* ---- Values -------------------------------------------------------------- */

static bool take_number(double *into, const char *text)
{
    char *end;

    errno = 0;
    *into = strtod(text, &end);
    return !errno && end != text && !*end && fabs(*into) <= 36525.0;
}

static int take_days(struct reader *reader, struct time_visit *visit)
{
    const char *const since = get(reader, SINCE);

    if (!take_number(&visit->days, get(reader, DAYS)))
        return csv_wrong(&reader->csv, "days is a number of days");
    visit->days_since_treatment = -1.0;
    if (*since && (!take_number(&visit->days_since_treatment, since) ||
                   visit->days_since_treatment < 0.0))
        return csv_wrong(&reader->csv, "days_since_treatment is a number of "
                                       "days, or empty");
    return 0;
}

static int take_role(struct reader *reader, struct time_visit *visit)
{
    const char *const role = get(reader, ROLE);

    visit->baseline = !strcmp(role, "baseline");
    if (!visit->baseline && strcmp(role, "visit") != 0)
        return csv_wrong(&reader->csv, "role is \"baseline\" or \"visit\"");
    return 0;
}

static int no_memory(struct reader *reader)
{
    fprintf(stderr, "cutis: %s: out of memory\n", reader->csv.path);
    return EXIT_TRY_AGAIN;
}

/* A copy of what a cell holds; NULL for nothing. */
static int copy(char **into, const char *text, struct reader *reader)
{
    if (!*text)
        return 0;
    *into = strdup(text);
    return *into ? 0 : no_memory(reader);
}

/* Beside the table, where a path is not absolute. */
static int copy_path(char **into, const char *path, struct reader *reader)
{
    if (!*path)
        return 0;
    const size_t folder = *path == '/' ? 0 : reader->folder;
    const size_t size = strlen(path) + 1;

    *into = malloc(folder + size);
    if (!*into)
        return no_memory(reader);
    memcpy(*into, reader->csv.path, folder);
    memcpy(*into + folder, path, size);
    return 0;
}

/* ---- Rows ---------------------------------------------------------------- */

static struct time_visit *find_visit(struct timetable *plan, const char *label)
{
    for (int i = 0; i < plan->count; i++)
        if (!strcmp(plan->visit[i].label, label))
            return &plan->visit[i];
    return NULL;
}

/* The row's visit, which is a new one or agrees with its first row. */
static int take_visit(struct time_visit **out, struct reader *reader)
{
    const char *const label = get(reader, VISIT);
    struct time_visit row = {0};
    struct timetable *const plan = reader->plan;

    if (!*label)
        return csv_wrong(&reader->csv, "the visit has no name");
    int code = take_days(reader, &row);
    if (!code)
        code = take_role(reader, &row);
    if (code)
        return code;
    *out = find_visit(plan, label);
    if (*out) {
        const bool same =
            (*out)->days == row.days && (*out)->baseline == row.baseline &&
            (*out)->days_since_treatment == row.days_since_treatment;
        return same ? 0
                    : csv_wrong(&reader->csv,
                                "differs in days or role from an earlier row "
                                "of visit \"%.64s\"",
                                label);
    }
    if (plan->count == TIME_VISITS)
        return csv_wrong(&reader->csv, "more than %d visits", TIME_VISITS);
    *out = &plan->visit[plan->count];
    **out = row;
    code = copy(&(*out)->label, label, reader);
    plan->count += !code;
    return code;
}

static int take_row(struct reader *reader)
{
    struct time_visit *visit = NULL;
    int code = take_visit(&visit, reader);

    if (code)
        return code;
    if (!*get(reader, FILES))
        return csv_wrong(&reader->csv, "names no file");
    if (visit->count == TIME_CAPTURES)
        return csv_wrong(&reader->csv, "more than %d photographs of one visit",
                         TIME_CAPTURES);
    struct capture *const capture = &visit->capture[visit->count++];
    code = copy_path(&capture->path, get(reader, FILES), reader);
    if (!code)
        code = copy(&capture->card, get(reader, CARD), reader);
    if (!code)
        code = copy(&capture->chart, get(reader, CHART), reader);
    if (!code)
        code = copy_path(&capture->landmarks, get(reader, LANDMARKS), reader);
    return code;
}

int timetable_read(struct timetable *plan, const char *path)
{
    struct reader reader = {.plan = plan};
    const char *const slash = strrchr(path, '/');

    *plan = (struct timetable){0};
    reader.folder = slash ? (size_t)(slash - path) + 1 : 0;
    int code = csv_open(&reader.csv, path);
    if (!code)
        code = find_columns(&reader);
    while (!code && csv_next(&reader.csv))
        code = take_row(&reader);
    code = code ? code : reader.csv.code;
    if (!code && !plan->count)
        code = csv_wrong(&reader.csv, "there is no row of a photograph");
    csv_close(&reader.csv);
    return code;
}

void timetable_free(struct timetable *plan)
{
    for (int i = 0; i < plan->count; i++) {
        struct time_visit *const visit = &plan->visit[i];
        free(visit->label);
        for (int k = 0; k < visit->count; k++)
            capture_free(&visit->capture[k]);
    }
    plan->count = 0;
}
