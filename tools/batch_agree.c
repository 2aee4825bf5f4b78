/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How raters agree: of pictures, and of how much the ratings of a pair's two
 * pictures differ, for every two raters, for all together, and of each and of
 * their mean with every metric.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "batch_ratings.h"

/* What is compared, a row a thing: pictures or pairs. */
struct board {
    const struct ratings *ratings;
    FILE *out;
    const char *scale;
    bool is_change;
    size_t rows;
    const struct voice **rater; /* of the scale */
    size_t raters;
    double *mean;   /* of all raters, a row each; NaN unless all rated it */
    double *a, *b;  /* room for two columns of rows */
    double *matrix; /* and for all raters' */
};

/* ---- Values -------------------------------------------------------------- */

/* The value of a picture or the change of a pair. */
static double value_of(const struct board *board, const struct voice *voice,
                       size_t row)
{
    const struct ratings *const ratings = board->ratings;
    double visit[PHOTOS] = {NAN, NAN};
    if (!board->is_change)
        return voice->value[row];
    for (size_t i = 0; i < ratings->pictures; i++)
        if (ratings->picture[i].pair == row)
            visit[ratings->picture[i].after] = voice->value[i];
    return visit[1] - visit[0];
}

static double mean_of(const struct board *board, size_t row)
{
    double sum = 0.0;
    for (size_t k = 0; k < board->raters; k++)
        sum += value_of(board, board->rater[k], row);
    return sum / (double)board->raters;
}

/* Keeps the rows that have both values. */
static size_t keep_both(struct board *board, size_t n, double a, double b)
{
    if (!isfinite(a) || !isfinite(b))
        return n;
    board->a[n] = a;
    board->b[n] = b;
    return n + 1;
}

/* ---- Writing ------------------------------------------------------------- */

static void number(FILE *out, double value, char end)
{
    if (isfinite(value))
        fprintf(out, "%.10g", value);
    fputc(end, out);
}

static void with_interval(FILE *out, double value, const double ci95[2],
                          char end)
{
    number(out, value, ',');
    number(out, ci95[0], ',');
    number(out, ci95[1], end);
}

static void put_names(const struct board *board, const char *with,
                      const char *a, const char *b, size_t n)
{
    csv_put(board->out, board->scale, ',');
    fprintf(board->out, "%s,%s,", board->is_change ? "change" : "picture",
            with);
    csv_put(board->out, a, ',');
    csv_put(board->out, b, ',');
    fprintf(board->out, "%zu,", n);
}

static void put_agreement(FILE *out, const double *x, size_t n, size_t raters)
{
    cutis_agreement agreement = CUTIS_AGREEMENT_DEFAULT;
    cutis_stats_agreement(x, n, raters, &agreement);
    with_interval(out, agreement.icc21, agreement.icc21_ci95, ',');
    with_interval(out, agreement.icc31, agreement.icc31_ci95, '\n');
}

/* ---- Rows of the table --------------------------------------------------- */

static void put_two(struct board *board, const struct voice *one,
                    const struct voice *other)
{
    cutis_ratings found = CUTIS_RATINGS_DEFAULT;
    FILE *const out = board->out;
    size_t n = 0;
    for (size_t i = 0; i < board->rows; i++)
        n = keep_both(board, n, value_of(board, one, i),
                      value_of(board, other, i));
    cutis_stats_ratings(board->a, board->b, n, &found);
    put_names(board, "rater", one->name, other->name, n);
    with_interval(out, found.kappa_linear, found.kappa_linear_ci95, ',');
    with_interval(out, found.kappa_quadratic, found.kappa_quadratic_ci95, ',');
    with_interval(out, found.spearman, found.spearman_ci95, ',');
    for (size_t i = 0; i < n; i++) {
        board->matrix[2 * i] = board->a[i];
        board->matrix[2 * i + 1] = board->b[i];
    }
    put_agreement(out, board->matrix, n, 2);
}

/* All raters at once: what all of them rated. */
static void put_all(struct board *board)
{
    size_t n = 0;
    for (size_t i = 0; i < board->rows; i++) {
        if (!isfinite(board->mean[i]))
            continue;
        for (size_t k = 0; k < board->raters; k++)
            board->matrix[n * board->raters + k] =
                value_of(board, board->rater[k], i);
        n++;
    }
    put_names(board, "all", "", "", n);
    fputs(",,,,,,,,,", board->out);
    put_agreement(board->out, board->matrix, n, board->raters);
}

/* `rater` NULL: the mean of all. */
static void put_metric(struct board *board, const struct voice *rater,
                       const struct voice *metric)
{
    cutis_ratings found = CUTIS_RATINGS_DEFAULT;
    size_t n = 0;
    for (size_t i = 0; i < board->rows; i++)
        n = keep_both(board, n,
                      rater ? value_of(board, rater, i) : board->mean[i],
                      value_of(board, metric, i));
    if (!n)
        return;
    cutis_stats_ratings(board->a, board->b, n, &found);
    put_names(board, "metric", rater ? rater->name : "", metric->name, n);
    fputs(",,,,,,", board->out);
    with_interval(board->out, found.spearman, found.spearman_ci95, ',');
    fputs(",,,,,\n", board->out);
}

/* ---- Tables -------------------------------------------------------------- */

static void put_board(struct board *board)
{
    const struct voices *const metrics = &board->ratings->metrics;
    for (size_t i = 0; i < board->rows; i++)
        board->mean[i] = mean_of(board, i);
    for (size_t i = 0; i < board->raters; i++)
        for (size_t k = i + 1; k < board->raters; k++)
            put_two(board, board->rater[i], board->rater[k]);
    if (board->raters > 1)
        put_all(board);
    for (size_t i = 0; i < metrics->count; i++) {
        for (size_t k = 0; k < board->raters; k++)
            put_metric(board, board->rater[k], &metrics->of[i]);
        if (board->raters > 1)
            put_metric(board, NULL, &metrics->of[i]);
    }
}

static int put_scale(struct board *board, const char *scale)
{
    const struct voices *const raters = &board->ratings->raters;
    const size_t most = board->ratings->pictures;
    board->scale = scale;
    board->raters = 0;
    for (size_t i = 0; i < raters->count; i++)
        if (!strcmp(raters->of[i].scale, scale))
            board->rater[board->raters++] = &raters->of[i];
    const size_t wide = board->raters < 2 ? 2 : board->raters;
    board->matrix = malloc((most * wide + 1) * sizeof(double));
    if (!board->matrix)
        return EXIT_TRY_AGAIN;
    for (int change = 0; change < 2; change++) {
        board->is_change = change;
        board->rows = change ? board->ratings->pairs : most;
        put_board(board);
    }
    free(board->matrix);
    return 0;
}

static bool is_first(const struct voices *raters, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (!strcmp(raters->of[i].scale, raters->of[index].scale))
            return false;
    return true;
}

static int put_scales(struct board *board)
{
    const struct voices *const raters = &board->ratings->raters;
    int code = 0;
    fputs("scale,of,with,a,b,n,kappa_linear,kappa_linear_ci95_low,"
          "kappa_linear_ci95_high,kappa_quadratic,kappa_quadratic_ci95_low,"
          "kappa_quadratic_ci95_high,spearman,spearman_ci95_low,"
          "spearman_ci95_high,icc21,icc21_ci95_low,icc21_ci95_high,icc31,"
          "icc31_ci95_low,icc31_ci95_high\n",
          board->out);
    for (size_t i = 0; !code && i < raters->count; i++)
        if (is_first(raters, i))
            code = put_scale(board, raters->of[i].scale);
    return code;
}

int agree_write(const struct ratings *ratings)
{
    const char *const path =
        ratings->options->output_count ? ratings->options->output[0] : NULL;
    const size_t most = ratings->pictures + 1;
    struct output output;
    struct board board = {.ratings = ratings,
                          .rater =
                              calloc(ratings->raters.count + 1, sizeof(void *)),
                          .mean = malloc(most * sizeof(double)),
                          .a = malloc(most * sizeof(double)),
                          .b = malloc(most * sizeof(double))};
    int code = EXIT_TRY_AGAIN;
    if (board.rater && board.mean && board.a && board.b)
        code = output_open(&output, path);
    if (!code) {
        board.out = output.file;
        code = put_scales(&board);
        const int closed = output_close(&output, !code);
        code = code ? code : closed;
    }
    free(board.rater);
    free(board.mean);
    free(board.a);
    free(board.b);
    return code;
}
