/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Statistics of a long table: a row a metric, region and group.  What was
 * measured twice without a change between (repeat photographs) has its
 * agreement here; what was treated has its effect.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "batch_stats.h"

struct stats {
    const struct options *options;
    struct csv csv;
    int status, metric, region, reading, unit, scale, before, after, verdict,
        by;
    struct cell *cells;
    size_t count, room, last;
    FILE *out;
};

/* ---- Cells --------------------------------------------------------------- */

static bool is_cell(const struct cell *cell, const struct cell *key)
{
    return cell->is_log == key->is_log && !strcmp(cell->metric, key->metric) &&
           !strcmp(cell->region, key->region) &&
           !strcmp(cell->group, key->group) &&
           !strcmp(cell->reading, key->reading) &&
           !strcmp(cell->unit, key->unit);
}

static struct cell *add_cell(struct stats *stats, const struct cell *key)
{
    if (stats->count == stats->room) {
        const size_t room = stats->room ? 2 * stats->room : 64;
        struct cell *const more = realloc(stats->cells, room * sizeof(*more));
        if (!more)
            return NULL;
        stats->cells = more;
        stats->room = room;
    }
    struct cell *const cell = &stats->cells[stats->count];
    *cell = *key;
    cell->group = strdup(key->group);
    cell->metric = strdup(key->metric);
    cell->region = strdup(key->region);
    cell->reading = strdup(key->reading);
    cell->unit = strdup(key->unit);
    stats->count++; /* so that they are freed */
    return cell->group && cell->metric && cell->region && cell->reading &&
                   cell->unit
               ? cell
               : NULL;
}

/* Rows come in the same order for every pair: the next cell is mostly it. */
static struct cell *find_cell(struct stats *stats, const struct cell *key)
{
    for (size_t i = 0; i < stats->count; i++) {
        const size_t at = (stats->last + i) % stats->count;
        if (is_cell(&stats->cells[at], key)) {
            stats->last = at + 1;
            return &stats->cells[at];
        }
    }
    return add_cell(stats, key);
}

static int keep_pair(struct stats *stats, const struct cell *key, double before,
                     double after)
{
    struct cell *const cell = find_cell(stats, key);
    if (!cell)
        return EXIT_TRY_AGAIN;
    if (!isfinite(before) || !isfinite(after)) {
        cell->left_out++;
        return 0;
    }
    if (cell->pairs == cell->room) {
        const size_t room = cell->room ? 2 * cell->room : 16;
        double *const more = realloc(cell->value, 2 * room * sizeof(*more));
        if (!more)
            return EXIT_TRY_AGAIN;
        cell->value = more;
        cell->room = room;
    }
    cell->value[2 * cell->pairs] = before;
    cell->value[2 * cell->pairs + 1] = after;
    cell->pairs++;
    return 0;
}

/* ---- Reading ------------------------------------------------------------- */

/* A number, or NaN for an empty field; false if it is neither. */
static bool take(double *into, const char *field)
{
    char *end;
    *into = NAN;
    if (!*field)
        return true;
    *into = strtod(field, &end);
    return !*end && isfinite(*into);
}

/* Keeps a row for one group, and its logarithms for a metric that changes by
 * ratios. */
static int keep_row(struct stats *stats, const char *group, double before,
                    double after)
{
    const struct csv *const csv = &stats->csv;
    struct cell key = {.group = (char *)group,
                       .metric = (char *)csv_get(csv, stats->metric),
                       .region = (char *)csv_get(csv, stats->region),
                       .reading = (char *)csv_get(csv, stats->reading),
                       .unit = (char *)csv_get(csv, stats->unit)};
    const int code = keep_pair(stats, &key, before, after);
    if (code || strcmp(csv_get(csv, stats->scale), "log") != 0)
        return code;
    key.is_log = true;
    return keep_pair(stats, &key, before > 0.0 ? log(before) : NAN,
                     after > 0.0 ? log(after) : NAN);
}

static int take_row(struct stats *stats)
{
    struct csv *const csv = &stats->csv;
    double before, after;
    if (strcmp(csv_get(csv, stats->status), "ok") != 0)
        return 0;
    if (!take(&before, csv_get(csv, stats->before)) ||
        !take(&after, csv_get(csv, stats->after)))
        return csv_wrong(csv, "before and after are numbers");
    if (!strcmp(csv_get(csv, stats->verdict), "not_comparable"))
        before = after = NAN;
    const int code = keep_row(stats, "", before, after);
    const char *const group = csv_get(csv, stats->by);
    return code || !*group ? code : keep_row(stats, group, before, after);
}

static int find_columns(struct stats *stats)
{
    const struct {
        const char *name;
        int *column;
    } wanted[] = {{"status", &stats->status},  {"metric", &stats->metric},
                  {"region", &stats->region},  {"reading", &stats->reading},
                  {"unit", &stats->unit},      {"scale", &stats->scale},
                  {"before", &stats->before},  {"after", &stats->after},
                  {"verdict", &stats->verdict}};
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
        *wanted[i].column = csv_column(&stats->csv, wanted[i].name);
        if (*wanted[i].column < 0)
            return csv_wrong(&stats->csv,
                             "no column \"%s\"; statistics are of a long table "
                             "as \"cutis batch\" writes it",
                             wanted[i].name);
    }
    const char *const by = stats->options->by;
    stats->by = by ? csv_column(&stats->csv, by) : -1;
    return by && stats->by < 0
               ? csv_wrong(&stats->csv, "no column \"%s\" to group by", by)
               : 0;
}

static int read_table(struct stats *stats)
{
    int code = csv_open(&stats->csv, stats->options->files[0]);
    if (!code)
        code = find_columns(stats);
    while (!code && csv_next(&stats->csv))
        code = take_row(stats);
    return code ? code : stats->csv.code;
}

/* ---- Figures ------------------------------------------------------------- */

static int work_out(struct cell *cell)
{
    const size_t n = cell->pairs;
    double *const apart = malloc(2 * n * sizeof(*apart) + 1);
    if (!apart)
        return EXIT_TRY_AGAIN;
    for (size_t i = 0; i < n; i++) {
        apart[i] = cell->value[2 * i];
        apart[n + i] = cell->value[2 * i + 1];
    }
    cell->paired = (cutis_paired)CUTIS_PAIRED_DEFAULT;
    cell->agreement = (cutis_agreement)CUTIS_AGREEMENT_DEFAULT;
    cutis_stats_paired(apart, apart + n, n, &cell->paired);
    cutis_stats_agreement(cell->value, n, 2, &cell->agreement);
    cell->p_adjusted = NAN;
    free(apart);
    return 0;
}

/* The tests of one group on one scale are one family. */
static int adjust(struct stats *stats, const struct cell *first)
{
    double *const p = malloc(stats->count * sizeof(*p));
    size_t *const order = malloc(stats->count * sizeof(*order));
    size_t n = 0;
    const int code = p && order ? 0 : EXIT_TRY_AGAIN;
    for (int pass = 0; !code && pass < 2; pass++) {
        size_t at = 0;
        for (size_t i = 0; i < stats->count; i++) {
            struct cell *const cell = &stats->cells[i];
            if (cell->is_log != first->is_log || isnan(cell->paired.p) ||
                strcmp(cell->group, first->group) != 0)
                continue;
            if (pass)
                cell->p_adjusted = p[at];
            else
                p[at] = cell->paired.p;
            n = ++at;
        }
        if (!pass)
            cutis_stats_adjust(p, order, n);
    }
    free(order);
    free(p);
    return code;
}

/* Whether no cell before it has its group and scale. */
static bool is_first(const struct stats *stats, size_t index)
{
    const struct cell *const cell = &stats->cells[index];
    for (size_t i = 0; i < index; i++)
        if (stats->cells[i].is_log == cell->is_log &&
            !strcmp(stats->cells[i].group, cell->group))
            return false;
    return true;
}

static int work_out_all(struct stats *stats)
{
    int code = 0;
    for (size_t i = 0; !code && i < stats->count; i++)
        code = work_out(&stats->cells[i]);
    for (size_t i = 0; !code && i < stats->count; i++)
        if (is_first(stats, i))
            code = adjust(stats, &stats->cells[i]);
    return code;
}

/* ---- Writing ------------------------------------------------------------- */

static void number(FILE *out, double value, char end)
{
    if (isfinite(value))
        fprintf(out, "%.10g", value);
    fputc(end, out);
}

static double mean(const struct cell *cell, int which)
{
    double sum = 0.0;
    for (size_t i = 0; i < cell->pairs; i++)
        sum += cell->value[2 * i + (size_t)which];
    return sum / (double)cell->pairs;
}

static void put_cell(FILE *out, const struct cell *cell, const char *picture)
{
    const cutis_paired *const paired = &cell->paired;
    const cutis_agreement *const agreement = &cell->agreement;
    const char *const words[] = {cell->group,  cell->metric,
                                 cell->region, cell->reading,
                                 cell->unit,   cell->is_log ? "log" : "linear"};
    const double numbers[] = {(double)cell->pairs,
                              (double)cell->left_out,
                              mean(cell, 0),
                              mean(cell, 1),
                              paired->mean,
                              paired->ci95[0],
                              paired->ci95[1],
                              paired->sd,
                              paired->t,
                              paired->df,
                              paired->p,
                              cell->p_adjusted,
                              paired->d,
                              paired->d_ci95[0],
                              paired->d_ci95[1],
                              agreement->icc21,
                              agreement->icc21_ci95[0],
                              agreement->icc21_ci95[1],
                              agreement->icc31,
                              agreement->icc31_ci95[0],
                              agreement->icc31_ci95[1],
                              agreement->sem,
                              agreement->mdc95,
                              paired->limit[0],
                              paired->limit[1],
                              paired->limit_margin};
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        csv_put(out, words[i], ',');
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
        number(out, numbers[i], ',');
    csv_put(out, picture, '\n');
}

/* Pictures are of what is treated as a whole, in its unit. */
static int put_cells(struct stats *stats)
{
    int code = 0;
    fputs("group,metric,region,reading,unit,scale,pairs,left_out,mean_before,"
          "mean_after,mean_change,ci95_low,ci95_high,sd_change,t,df,p,"
          "p_adjusted,d,d_ci95_low,d_ci95_high,icc21,icc21_ci95_low,"
          "icc21_ci95_high,icc31,icc31_ci95_low,icc31_ci95_high,sem,mdc95,"
          "limit_low,limit_high,limit_margin,picture\n",
          stats->out);
    for (size_t i = 0; !code && i < stats->count; i++) {
        const struct cell *const cell = &stats->cells[i];
        char name[64] = "";
        if (!cell->pairs)
            continue;
        if (stats->options->dir && cell->pairs > 1 && !cell->is_log &&
            !strcmp(cell->region, "face"))
            code = stats_draw(cell, stats->options->dir, i + 1, name);
        put_cell(stats->out, cell, name);
    }
    return code;
}

static int write_table(struct stats *stats)
{
    struct output output;
    const char *const path =
        stats->options->output_count ? stats->options->output[0] : NULL;
    int code = output_open(&output, path);
    if (code)
        return code;
    stats->out = output.file;
    code = put_cells(stats);
    const int closed = output_close(&output, !code);
    return code ? code : closed;
}

int batch_stats(const struct options *options)
{
    struct stats stats = {.options = options};
    if (options->file_count != 1) {
        fputs("cutis: batch stats takes a long table\n", stderr);
        return EXIT_USAGE;
    }
    int code = read_table(&stats);
    if (!code)
        code = work_out_all(&stats);
    if (!code && options->dir)
        code = file_folder(options->dir);
    if (!code)
        code = write_table(&stats);
    csv_close(&stats.csv);
    for (size_t i = 0; i < stats.count; i++) {
        struct cell *const cell = &stats.cells[i];
        free(cell->group);
        free(cell->metric);
        free(cell->region);
        free(cell->reading);
        free(cell->unit);
        free(cell->value);
    }
    free(stats.cells);
    return code;
}
