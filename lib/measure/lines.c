/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The line filter: an elongated, oriented second derivative,
 *
 *     g(u, v) = (1 - v^2/s^2) exp(-v^2 / 2 s^2) exp(-u^2 / 2 l^2)
 *
 * with u along and v across the line (cf. Freeman & Adelson, PAMI 13:891,
 * 1991).  Per width s the three second derivatives of a Gaussian give the one
 * across each of 16 directions; that, signed, is smoothed along the direction
 * over l' = sqrt(l^2 - s^2); and only then the greatest over directions and
 * widths is taken.  The order matters: pores are as dark as fine lines, but
 * they do not add up along one.
 *
 * A line with a Gaussian profile of height A and width w answers with
 * A s^2 w / (w^2 + s^2)^(3/2).  The sampled kernels are scaled to do so at
 * w = s, each on its own.
 *
 * The smoothing steps in whole pixels along the nearer axis and interpolates
 * along the other one, so that each tap is a run of whole rows.
 */

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "measure/line_taps.h"
#include "util/parallel.h"

const double ct_line_width_mm[CT_WIDTHS] = {0.12, 0.20, 0.33};

static const double along_mm = 1.6;

enum {
    ROWS = 256,
    COLUMNS = 256,
    FEWEST = 64,
    STRIPS = 2 * COLUMNS / FEWEST,
    LINE = 16
};

/* Second derivatives of rows [first, end) of the source: a band and what its
 * taps reach.  The planes hold `most` rows. */
struct derived {
    struct plane xx, xy, yy;
    int first, end, most;
};

struct job {
    struct derived derived;
    int width, height;
    const struct bytes *where; /* lines are wanted there; NULL = everywhere */
    const struct columns *row; /* from the first to the last of each row */
    struct line_filter *out;
    const struct line_direction *direction; /* [CT_ANGLES] */
    double sigma;                           /* px */
    int width_index, margin;
    int band; /* rows whose derivatives are made at a time */
    int top;  /* of the band */
    struct tools *tools;
    atomic_bool failed;
};

/* ---- Filtering ----------------------------------------------------------- */

/* A work item: some columns of some rows, few enough for what all directions
 * read to stay in the second cache. */
struct tile {
    struct columns columns;
    int top, rows;
    struct columns wanted[STRIPS][ROWS]; /* of each strip's rows */
    struct plane buffer;  /* derivatives of the tile and a margin around it */
    struct plane scratch; /* rows of an answer */
};

enum { BESIDE = 2 }; /* columns from what is wanted that are, too */

/* The columns of each row from the first to the last that is wanted. */
static void span_rows(struct columns *out, const struct bytes *where, int width,
                      int height)
{
    for (int y = 0; y < height; y++) {
        struct columns span = {0, width};
        if (where)
            span = ct_columns_set(ct_byte_row(where, y), width);
        if (span.from < span.end) {
            span.from = span.from > BESIDE ? span.from - BESIDE : 0;
            span.end = span.end + BESIDE < width ? span.end + BESIDE : width;
        }
        out[y] = span;
    }
}

/* Whether anything of a strip of a row, or beside it, is wanted. */
static bool any_wanted(const struct job *job, struct columns strip, int y)
{
    const struct bytes *const where = job->where;
    if (!where || y < 0 || y >= where->height)
        return !where;
    const int from = strip.from > BESIDE ? strip.from - BESIDE : 0;
    const int to =
        strip.end + BESIDE < job->width ? strip.end + BESIDE : job->width;
    return ct_next_set(ct_byte_row(where, y), from, to) < to;
}

/* The columns of a strip in each row of a tile, if anything within a row of it
 * is wanted: who looks for a line at a place looks at the pixels around it. */
static void want_strip(struct columns *out, const struct job *job,
                       struct columns strip, int top, int rows)
{
    bool here = any_wanted(job, strip, top - 1);
    bool below = any_wanted(job, strip, top);
    for (int y = 0; y < rows; y++) {
        const struct columns row = job->row[top + y];
        const bool above = here;
        here = below;
        below = any_wanted(job, strip, top + y + 1);
        const int from = row.from > strip.from ? row.from : strip.from;
        const int end = row.end < strip.end ? row.end : strip.end;
        out[y] = (above || here || below) && from < end
                     ? (struct columns){from, end}
                     : (struct columns){0, 0};
    }
}

static int strips_of(const struct tile *tile)
{
    return (tile->columns.end - tile->columns.from + FEWEST - 1) / FEWEST;
}

/* The columns that any of some rows wants. */
static struct columns any_of(const struct columns *rows, int count)
{
    struct columns all = rows[0];
    for (int y = 1; y < count; y++) {
        if (rows[y].from == rows[y].end)
            continue;
        if (all.from == all.end)
            all = rows[y];
        all.from = rows[y].from < all.from ? rows[y].from : all.from;
        all.end = rows[y].end > all.end ? rows[y].end : all.end;
    }
    return all;
}

/* Column x of the plane is at column x - columns.from + margin of the buffer,
 * row y at y - top + margin. */
static float *in_buffer(const struct job *job, const struct tile *tile, int x,
                        int y)
{
    return ct_row(&tile->buffer, y - tile->top + job->margin) + job->margin +
           (x - tile->columns.from);
}

/* The second derivative across a direction, times -sigma^2, with a margin of
 * zeros, in what its taps reach. */
static void differentiate(const struct job *job, struct tile *tile,
                          const struct line_direction *direction,
                          struct columns all)
{
    const double s = direction->sine, c = direction->cosine;
    const double scale = -job->sigma * job->sigma;
    const float weight[4] = {(float)(scale * s * s),
                             (float)(-2.0 * scale * s * c),
                             (float)(scale * c * c), 0.0f};
    const struct derived *const derived = &job->derived;
    const int width = job->width, height = job->height;
    int across = 0, down = 0;
    for (int k = 0; k <= direction->taps.pairs; k++) {
        const int x = abs(direction->taps.x[k]), y = abs(direction->taps.y[k]);
        across = x > across ? x : across;
        down = y > down ? y : down;
    }
    const int least = all.from > across ? all.from - across : 0;
    const int first = least / LINE * LINE; /* rows start on a line */
    const int end = all.end + across < width ? all.end + across : width;
    const int bottom = tile->top + tile->rows + down;
    for (int y = tile->top > down ? tile->top - down : 0;
         y < bottom && y < height; y++)
        job->tools->kernels->combine3(
            in_buffer(job, tile, first, y),
            ct_row(&derived->xx, y - derived->first) + first,
            ct_row(&derived->xy, y - derived->first) + first,
            ct_row(&derived->yy, y - derived->first) + first, weight,
            (size_t)(end - first));
}

/* Smooths a few rows of a strip of the tile, from its y-th on, along a
 * direction, and keeps what is the greatest so far. */
static void smooth_rows(const struct job *job, struct tile *tile,
                        const struct slant *slant, int strip, int y,
                        uint8_t mine)
{
    const struct kernels *kernels = job->tools->kernels;
    const int left = tile->rows - y;
    const int count = left < CT_SLANT_ROWS ? left : CT_SLANT_ROWS;
    const struct columns *const row = tile->wanted[strip] + y;
    struct columns all = any_of(row, count);
    if (all.from == all.end)
        return;
    if (all.end - all.from < FEWEST) /* a vector's worth */
        all.from = all.end - FEWEST > tile->columns.from ? all.end - FEWEST
                                                         : tile->columns.from;
    kernels->slanted(tile->scratch.at, tile->scratch.stride, slant,
                     in_buffer(job, tile, all.from, tile->top + y),
                     (size_t)(all.end - all.from));
    for (int r = 0; r < count; r++)
        kernels->greatest(
            ct_row(&job->out->response, tile->top + y + r) + row[r].from,
            ct_byte_row(&job->out->best, tile->top + y + r) + row[r].from,
            ct_row(&tile->scratch, r) + (row[r].from - all.from), mine,
            (size_t)(row[r].end - row[r].from));
}

/* Strip by strip: what the taps of a few rows read stays in the first cache
 * for the next rows. */
static void smooth(const struct job *job, struct tile *tile, int angle)
{
    const struct line_taps *taps = &job->direction[angle].taps;
    const uint8_t mine = (uint8_t)(job->width_index * CT_ANGLES + angle);
    ptrdiff_t at[CT_LINE_TAPS];
    const struct slant slant = {at, taps->weight,
                                (ptrdiff_t)tile->buffer.stride, taps->pairs,
                                taps->flat};
    for (int k = 0; k <= taps->pairs; k++)
        at[k] = taps->y[k] * slant.stride + taps->x[k];
    for (int strip = 0; strip < strips_of(tile); strip++)
        for (int y = 0; y < tile->rows; y += CT_SLANT_ROWS)
            smooth_rows(job, tile, &slant, strip, y, mine);
}

/* What each strip wants, and all of them together. */
static struct columns want(const struct job *job, struct tile *tile)
{
    struct columns all[STRIPS] = {{0, 0}};
    const int strips = strips_of(tile);
    for (int i = 0; i < strips; i++) {
        const int first = tile->columns.from + i * FEWEST;
        const int end = first + FEWEST;
        const struct columns strip = {
            first, end < tile->columns.end ? end : tile->columns.end};
        want_strip(tile->wanted[i], job, strip, tile->top, tile->rows);
        all[i] = any_of(tile->wanted[i], tile->rows);
    }
    return any_of(all, strips);
}

static int tiles_across(int width)
{
    return width < 2 * COLUMNS ? 1 : width / COLUMNS;
}

/* Where tile i of so many starts: on a cache line. */
static int start_of(int i, int across, int width)
{
    return i < across ? width / LINE * i / across * LINE : width;
}

static void filter_tile(void *context, int item)
{
    struct job *job = context;
    const int width = job->width, height = job->height;
    const int across = tiles_across(width), i = item % across;
    const int top = job->top + item / across * ROWS;
    struct tile tile = {
        .columns = {start_of(i, across, width), start_of(i + 1, across, width)},
        .top = top,
        .rows = top + ROWS < height ? ROWS : height - top,
    };
    const struct columns all = want(job, &tile);
    if (all.from == all.end)
        return;

    const int wide = tile.columns.end - tile.columns.from;
    if (ct_plane_create(&tile.buffer, wide + 2 * job->margin,
                        tile.rows + 2 * job->margin, job->tools) != CUTIS_OK ||
        ct_plane_create(&tile.scratch, wide, CT_SLANT_ROWS, job->tools) !=
            CUTIS_OK)
        atomic_store(&job->failed, true);
    for (int angle = 0; tile.scratch.at && angle < CT_ANGLES; angle++) {
        differentiate(job, &tile, &job->direction[angle], all);
        smooth(job, &tile, angle);
    }
    ct_plane_free(&tile.scratch);
    ct_plane_free(&tile.buffer);
}

/* ---- A width ------------------------------------------------------------- */

static void derived_free(struct derived *derived)
{
    ct_plane_free(&derived->xx);
    ct_plane_free(&derived->xy);
    ct_plane_free(&derived->yy);
}

static cutis_status derived_create(struct derived *out, const struct job *job)
{
    struct tools *const tools = job->tools;
    const int width = job->width, rows = job->band + 2 * job->margin;
    cutis_status status = CUTIS_OK;
    out->most = rows < job->height ? rows : job->height;
    TRY(ct_plane_raw(&out->xx, width, out->most, tools));
    TRY(ct_plane_raw(&out->xy, width, out->most, tools));
    TRY(ct_plane_raw(&out->yy, width, out->most, tools));

done:
    return status;
}

/* Rows from `first` on come to the top of a plane of `end` rows. */
static void move_up(struct plane *plane, int first, int end)
{
    for (int y = first; y < end; y++)
        memcpy(ct_row(plane, y - first), ct_row(plane, y),
               (size_t)plane->width * sizeof(float));
}

/* Lets go of what lies above row `from` and makes what lacks of the rows below,
 * as many as there is room for. */
static cutis_status slide(struct derived *derived, const struct plane *source,
                          int from, double sigma, struct tools *tools)
{
    struct plane *const planes[3] = {&derived->xx, &derived->xy, &derived->yy};
    struct plane rest[3];
    const int have = derived->end > from ? derived->end - from : 0;
    const int last = source->height - from;
    const int end = from + (last < derived->most ? last : derived->most);
    for (int i = 0; i < 3; i++) {
        if (have)
            move_up(planes[i], from - derived->first,
                    derived->end - derived->first);
        rest[i] = *planes[i];
        rest[i].at = ct_row(planes[i], have);
    }
    const struct jet jet = {.xx = &rest[0],
                            .xy = &rest[1],
                            .yy = &rest[2],
                            .first = from + have,
                            .end = end};
    derived->first = from;
    derived->end = end;
    return jet.first < jet.end ? ct_gauss_jet(&jet, source, sigma, tools)
                               : CUTIS_OK;
}

/* All directions of one width, band by band. */
static cutis_status filter_width(struct job *job, const struct plane *source)
{
    struct tools *const tools = job->tools;
    cutis_status status = CUTIS_OK;

    TRY(derived_create(&job->derived, job));
    for (job->top = 0; job->top < job->height; job->top += job->band) {
        const int left = job->height - job->top;
        const int rows = left < job->band ? left : job->band;
        TRY(slide(&job->derived, source,
                  job->top > job->margin ? job->top - job->margin : 0,
                  job->sigma, tools));
        TRY(ct_each(tools, (rows + ROWS - 1) / ROWS * tiles_across(job->width),
                    filter_tile, job));
        if (atomic_load(&job->failed))
            TRY(ct_no_memory(tools));
    }

done:
    derived_free(&job->derived);
    return status;
}

/* ---- All widths ---------------------------------------------------------- */

void ct_line_filter_free(struct line_filter *filter)
{
    ct_plane_free(&filter->response);
    ct_bytes_free(&filter->best);
}

cutis_status ct_line_filter(struct line_filter *out, const struct plane *source,
                            const struct bytes *where, double scale,
                            struct tools *tools)
{
    const int width = source->width, height = source->height;
    cutis_status status = CUTIS_OK;
    struct line_filter filter = {0};
    struct line_direction *direction =
        ct_alloc(&tools->memory, CT_ANGLES, sizeof(*direction));
    struct columns *row =
        ct_alloc_raw(&tools->memory, (size_t)height, sizeof(*row));
    if (!direction || !row)
        TRY(ct_no_memory(tools));
    span_rows(row, where, width, height);

    TRY(ct_plane_create(&filter.response, width, height, tools));
    TRY(ct_bytes_create(&filter.best, width, height, tools));
    for (int i = 0; i < CT_WIDTHS; i++) {
        const double across = ct_line_width_mm[i];
        const double length =
            scale * ct_sqrt(along_mm * along_mm - across * across);
        struct job job = {
            .width = width,
            .height = height,
            .where = where,
            .row = row,
            .out = &filter,
            .direction = direction,
            .sigma = across * scale,
            .width_index = i,
            .margin = ((int)(3.0 * length) + 3 + LINE) / LINE * LINE,
            .band = tools->threads > 2 ? 2 * ROWS : ROWS, /* enough for all */
            .tools = tools,
        };
        ct_line_directions(direction, job.sigma, length);
        TRY(filter_width(&job, source));
    }
    *out = filter;
    filter = (struct line_filter){0};

done:
    ct_line_filter_free(&filter);
    ct_free(row);
    ct_free(direction);
    return status;
}
