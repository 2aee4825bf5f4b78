/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The relief between 0.25 and 4 mm on a grid of 8 px per mm, where the steps of
 * co-occurrence and the circles of binary patterns are the same lengths of skin
 * in every photograph.  It is band-limited, so that resampling it (by a cubic
 * B-spline, which is one of the blurs that make it) loses nothing.  Levels are
 * 0.5 cOD wide, always: stretching them between the least and the greatest
 * would hide any change of height.
 */

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "measure/patterns.h"
#include "util/parallel.h"

static const double grid_scale = 8.0; /* px per mm */
static const double most_cod = 16.0, level_cod = 0.5;
static const double least_area_mm2 = 50.0;

enum {
    SIZE = CT_GLCM_SIZE,
    APART = 2 /* rows whose pairs are counted: those between say the same */
};

static const int distance[CT_GLCM_STEPS] = {2, 4, 8}; /* px: .25, .5, 1 mm */

struct grid {
    struct plane value; /* cOD */
    struct bytes level;
    struct bytes region; /* CT_NO_REGION where there is no skin all around */
};

static void grid_free(struct grid *grid)
{
    ct_plane_free(&grid->value);
    ct_bytes_free(&grid->level);
    ct_bytes_free(&grid->region);
}

/* ---- Resampling ---------------------------------------------------------- */

/* The cubic B-spline at a share t of the way from sample 1 to 2. */
static void spline(double w[4], double t)
{
    const double u = 1.0 - t;
    w[0] = u * u * u / 6.0;
    w[1] = (4.0 + t * t * (3.0 * t - 6.0)) / 6.0;
    w[2] = (4.0 + u * u * (3.0 * u - 6.0)) / 6.0;
    w[3] = t * t * t / 6.0;
}

static int clamped(int i, int n)
{
    return i < 0 ? 0 : i < n ? i : n - 1;
}

/* Where a column (row) of the grid lies: among samples of the finer Gaussian
 * four around it and what they weigh, and the pixel of the level. */
struct place {
    int at[4], pixel;
    double weight[4];
};

static struct place place_of(int i, double scale, int step, int count,
                             int pixels)
{
    const double pixel = (i + 0.5) * (scale / grid_scale);
    const double at = pixel / step - 0.5;
    const int whole = (int)floor(at);
    struct place out = {.pixel = clamped((int)floor(pixel), pixels)};
    spline(out.weight, at - whole);
    for (int k = 0; k < 4; k++)
        out.at[k] = clamped(whole + k - 1, count);
    return out;
}

/* The whole part of what is not negative. */
static uint8_t level_of(double value)
{
    const double step = (value + most_cod) / level_cod;
    return (uint8_t)(step < 0.0 ? 0 : step < 63.0 ? step : 63.0);
}

struct filling {
    struct grid *grid;
    const struct level *level;
    const struct smooth *fine, *wide;
    const struct place *column; /* of the grid */
    struct tools *tools;
    atomic_bool failed;
};

/* Rows of the finer Gaussian at the grid's columns, row j in place j % 4; and
 * what the wider one is there. */
struct sampled {
    double *row[4];
    int held[4]; /* -1 = none */
    struct stretch mean, weight;
};

static const double *sample_row(struct sampled *sampled,
                                const struct filling *job, int j)
{
    double *const out = sampled->row[j % 4];
    const float *const row = ct_row(&job->fine->mean, j);
    if (sampled->held[j % 4] == j)
        return out;
    for (int x = 0; x < job->grid->value.width; x++) {
        const struct place *const column = &job->column[x];
        double sum = 0.0;
        for (int a = 0; a < 4; a++)
            sum += column->weight[a] * (double)row[column->at[a]];
        out[x] = sum;
    }
    sampled->held[j % 4] = j;
    return out;
}

static void fill_row(const struct filling *job, struct sampled *sampled, int y)
{
    const struct level *from = job->level;
    const struct plane *fine = &job->fine->mean;
    const struct place row =
        place_of(y, from->scale, job->fine->step, fine->height, from->height);
    const uint8_t *mask = ct_byte_row(&from->mask, row.pixel);
    const uint8_t *regions = ct_byte_row(&from->region, row.pixel);
    const float *mean = ct_stretch_row(&sampled->mean, y);
    const float *weight = ct_stretch_row(&sampled->weight, y);
    float *value = ct_row(&job->grid->value, y);
    uint8_t *level = ct_byte_row(&job->grid->level, y);
    uint8_t *region = ct_byte_row(&job->grid->region, y);
    const double *part[4];

    for (int b = 0; b < 4; b++)
        part[b] = sample_row(sampled, job, row.at[b]);
    for (int x = 0; x < job->grid->value.width; x++) {
        const int i = job->column[x].pixel;
        const bool inside = mask[i] && weight[x] >= ct_band_support;
        double sum = -(double)mean[x];
        for (int b = 0; b < 4; b++)
            sum += row.weight[b] * part[b][x];
        value[x] = inside ? (float)sum : 0.0f;
        level[x] = level_of((double)value[x]);
        region[x] = inside ? regions[i] : (uint8_t)CT_NO_REGION;
    }
}

static void fill_band(void *context, int band)
{
    struct filling *const job = context;
    const size_t width = (size_t)job->grid->value.width;
    const int height = job->grid->value.height;
    const int end =
        (band + 1) * CT_BAND < height ? (band + 1) * CT_BAND : height;
    const struct spacing places = {0.5, job->level->scale,
                                   grid_scale * job->wide->step, 1.0};
    struct sampled sampled = {.held = {-1, -1, -1, -1}};
    double *const room =
        ct_alloc_raw(&job->tools->memory, 4 * width, sizeof(*room));
    const bool ready =
        room &&
        ct_stretch_create(&sampled.mean, &job->wide->mean, &places, (int)width,
                          job->tools) == CUTIS_OK &&
        ct_stretch_create(&sampled.weight, &job->wide->weight, &places,
                          (int)width, job->tools) == CUTIS_OK;
    if (!ready)
        atomic_store(&job->failed, true);
    for (size_t i = 0; ready && i < 4; i++)
        sampled.row[i] = room + i * width;
    for (int y = band * CT_BAND; ready && y < end; y++)
        fill_row(job, &sampled, y);
    ct_stretch_free(&sampled.mean);
    ct_stretch_free(&sampled.weight);
    ct_free(room);
}

static cutis_status grid_create(struct grid *out, const struct level *level,
                                const struct smooth *fine,
                                const struct smooth *wide, struct tools *tools)
{
    const double ratio = grid_scale / level->scale;
    const int width = (int)(level->width * ratio);
    const int height = (int)(level->height * ratio);
    cutis_status status = CUTIS_OK;

    TRY(ct_plane_raw(&out->value, width, height, tools));
    TRY(ct_bytes_raw(&out->level, width, height, tools));
    TRY(ct_bytes_raw(&out->region, width, height, tools));
    struct place *const column =
        ct_alloc_raw(&tools->memory, (size_t)width, sizeof(*column));
    if (!column)
        TRY(ct_no_memory(tools));
    for (int x = 0; x < width; x++)
        column[x] = place_of(x, level->scale, fine->step, fine->mean.width,
                             level->width);
    struct filling job = {.grid = out,
                          .level = level,
                          .fine = fine,
                          .wide = wide,
                          .column = column,
                          .tools = tools};
    atomic_init(&job.failed, false);
    ct_parallel(tools->threads, (height + CT_BAND - 1) / CT_BAND, fill_band,
                &job);
    ct_free(column);
    if (atomic_load(&job.failed))
        TRY(ct_no_memory(tools));

done:
    return status;
}

/* ---- Co-occurrence ------------------------------------------------------- */

/* Counts of one step along one direction, in every region: a work item. */
struct counting {
    const struct grid *grid;
    uint32_t (*counts)[SIZE]; /* by step, angle, region */
};

static uint32_t (*counts_of(const struct counting *job, int step,
                            int angle))[SIZE]
{
    return job->counts + (step * CT_GLCM_ANGLES + angle) * CT_REGIONS;
}

static void count_item(void *context, int item)
{
    const struct counting *job = context;
    const int step = item / CT_GLCM_ANGLES, angle = item % CT_GLCM_ANGLES;
    ct_glcm_count(counts_of(job, step, angle), &job->grid->level,
                  &job->grid->region, distance[step], angle, APART);
}

/* Sums over the regions of a row, then features. */
static void read_row(struct glcm *out, uint32_t (*sum)[SIZE],
                     const struct counting *job, const struct cover *cover,
                     int step, int row)
{
    const double least = least_area_mm2 * grid_scale * grid_scale / APART;
    memset(sum, 0, CT_GLCM_ANGLES * sizeof(*sum));
    double pairs = INFINITY;
    for (int angle = 0; angle < CT_GLCM_ANGLES; angle++) {
        double here = 0.0;
        for (int r = 0; r < CT_REGIONS; r++) {
            if (!ct_pools(cover, row, r))
                continue;
            const uint32_t *counts = counts_of(job, step, angle)[r];
            for (int i = 0; i < SIZE; i++) {
                sum[angle][i] += counts[i];
                here += counts[i];
            }
        }
        pairs = here < pairs ? here : pairs;
    }
    if (pairs >= least)
        ct_glcm_features(out, (const uint32_t(*)[SIZE])sum);
}

static cutis_status take_glcm(struct scene *scene, const struct grid *grid,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const size_t all = (size_t)CT_GLCM_STEPS * CT_REGIONS * CT_GLCM_ANGLES;
    struct counting job = {grid, NULL};
    uint32_t(*sum)[SIZE] =
        ct_alloc(&tools->memory, CT_GLCM_ANGLES, sizeof(*sum));
    job.counts = ct_alloc(&tools->memory, all, sizeof(*job.counts));
    if (!sum || !job.counts)
        TRY(ct_no_memory(tools));

    TRY(ct_each(tools, CT_GLCM_STEPS * CT_GLCM_ANGLES, count_item, &job));
    for (int row = 0; row < CT_REGIONS; row++)
        for (int step = 0; step < CT_GLCM_STEPS; step++)
            read_row(&scene->pattern[row].glcm[step], sum, &job,
                     &scene->relief.cover, step, row);

done:
    ct_free(sum);
    ct_free(job.counts);
    return status;
}

/* ---- Binary patterns ----------------------------------------------------- */

/* Marks the pixels of a row around which all is skin of some region; `holes`
 * has room for a row. */
static void mark_skin(uint8_t *whole, uint8_t *holes,
                      const struct bytes *region, int y, int reach)
{
    const int width = region->width;
    memset(whole, 0, (size_t)width);
    if (y < reach || y + reach >= region->height || width <= 2 * reach)
        return;
    memset(holes, 0, (size_t)width);
    for (int j = y - reach; j <= y + reach; j++) {
        const uint8_t *const row = ct_byte_row(region, j);
        for (int x = 0; x < width; x++)
            holes[x] |= (uint8_t)(row[x] == CT_NO_REGION);
    }
    memset(whole + reach, 1, (size_t)(width - 2 * reach));
    for (int d = 0; d <= 2 * reach; d++)
        for (int x = reach; x < width - reach; x++)
            whole[x] &= (uint8_t)!holes[x - reach + d];
}

/* Codes by region; rows are work items of a band each. */
struct coding {
    const struct grid *grid;
    struct circle circle;
    int reach; /* px beyond the middle that are looked at */
    uint32_t (*count)[CT_REGIONS][CT_LBP_BINS]; /* by band */
    struct tools *tools;
    atomic_bool failed;
};

enum { RUN = 32 }; /* columns that are coded together, or not at all */

/* Counts the codes of a row; only the columns between its first and last
 * whole one are looked at. */
static void code_row(const struct coding *job, int band, int y, uint8_t *whole,
                     uint8_t *code)
{
    const struct bytes *const region = &job->grid->region;
    const uint8_t *const in = ct_byte_row(region, y);
    int first = 0, end = region->width;
    mark_skin(whole, code, region, y, job->reach); /* codes come later */
    while (first < end && !whole[first])
        first++;
    while (end > first && !whole[end - 1])
        end--;
    if (first == end)
        return;
    for (int x = first, n; x < end; x += n) {
        n = end - x < 2 * RUN ? end - x : RUN;
        if (memchr(whole + x, 1, (size_t)n))
            job->tools->kernels->lbp(code + x, &job->grid->value, &job->circle,
                                     x, y, (size_t)n);
    }
    for (int x = first; x < end; x++)
        if (whole[x] && in[x] < CT_REGIONS)
            job->count[band][in[x]][code[x]]++;
}

static void code_band(void *context, int band)
{
    struct coding *job = context;
    const struct bytes *region = &job->grid->region;
    const size_t width = (size_t)region->width;
    const int end = (band + 1) * CT_BAND < region->height ? (band + 1) * CT_BAND
                                                          : region->height;
    uint8_t *const room = ct_alloc_raw(&job->tools->memory, 2, width);
    if (!room) {
        atomic_store(&job->failed, true);
        return;
    }
    for (int y = band * CT_BAND; y < end; y++)
        code_row(job, band, y, room, room + width);
    ct_free(room);
}

static void take_shares(struct scene *scene, const struct coding *job,
                        int bands, int which)
{
    const double least = least_area_mm2 * grid_scale * grid_scale;
    for (int row = 0; row < CT_REGIONS; row++) {
        double *share = scene->pattern[row].lbp[which], sum = 0.0;
        for (int bin = 0; bin < CT_LBP_BINS; bin++) {
            share[bin] = 0.0;
            for (int r = 0; r < CT_REGIONS; r++)
                for (int band = 0;
                     ct_pools(&scene->relief.cover, row, r) && band < bands;
                     band++)
                    share[bin] += job->count[band][r][bin];
            sum += share[bin];
        }
        for (int bin = 0; bin < CT_LBP_BINS; bin++)
            share[bin] = sum >= least ? share[bin] / sum : NAN;
    }
}

static cutis_status take_lbp(struct scene *scene, const struct grid *grid,
                             int which, struct tools *tools)
{
    const int bands = (grid->region.height + CT_BAND - 1) / CT_BAND;
    struct coding job = {.grid = grid, .reach = which ? 2 : 1, .tools = tools};
    atomic_init(&job.failed, false);
    job.count = ct_alloc(&tools->memory, (size_t)bands, sizeof(*job.count));
    if (!job.count)
        return ct_no_memory(tools);
    ct_lbp_circle(&job.circle, which ? 16 : 8, job.reach);
    cutis_status status = ct_each(tools, bands, code_band, &job);
    if (atomic_load(&job.failed))
        status = ct_no_memory(tools);
    if (status == CUTIS_OK)
        take_shares(scene, &job, bands, which);
    ct_free(job.count);
    return status;
}

cutis_status ct_patterns(struct scene *scene, const struct smooth *fine,
                         const struct smooth *wide, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct grid grid = {0};

    TRY(grid_create(&grid, &scene->relief, fine, wide, tools));
    TRY(take_glcm(scene, &grid, tools));
    for (int which = 0; which < 2; which++)
        TRY(take_lbp(scene, &grid, which, tools));

done:
    grid_free(&grid);
    return status;
}

/* ---- Two photographs ----------------------------------------------------- */

/* Sum of (a - b)^2 / (a + b): 0 for equal histograms, 2 for disjoint
 * ones. */
static double chi_squared(const double *a, const double *b)
{
    double sum = 0.0;
    for (int i = 0; i < CT_LBP_BINS; i++)
        if (a[i] + b[i] > 0.0)
            sum += (a[i] - b[i]) * (a[i] - b[i]) / (a[i] + b[i]);
        else if (isnan(a[i] + b[i]))
            return NAN;
    return sum;
}

void ct_join_patterns(struct scene scene[2])
{
    for (int row = 0; row < CT_REGIONS; row++)
        for (int which = 0; which < 2; which++) {
            struct pattern *a = &scene[0].pattern[row];
            struct pattern *b = &scene[1].pattern[row];
            const double d = chi_squared(a->lbp[which], b->lbp[which]);
            a->chi2[which] = isnan(d) ? NAN : 0.0;
            b->chi2[which] = d;
        }
}
