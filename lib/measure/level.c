/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A level is the photograph reduced by a whole factor, under its mask.  Pixels
 * that no metric may look at (outside the mask, clipped, turned too far away)
 * have no part in the mean of the pixel that they fall into.
 */

#include <math.h>
#include <string.h>

#include "measure/measure.h"
#include "util/parallel.h"

const double ct_colour_cosine = 0.35, ct_relief_cosine = 0.5;

static const double least_coverage = 0.40;
static const double most_shiny = 0.25;

/* ---- What each working pixel is good for --------------------------------- */

static const float bright = 0.5f; /* linear green: clipped at the upper end */

struct judging {
    struct bytes *out;
    const struct view *view;
};

static bool is_bright(const struct skin *skin, int x, int y)
{
    float rgb[3];
    ct_skin_at(rgb, skin, x, y);
    return rgb[1] > bright;
}

static void judge_row(void *context, int y)
{
    const struct judging *job = context;
    const struct face *face = job->view->face;
    const struct skin *skin = job->view->skin;
    const int width = face->region.width;
    const uint16_t *facet = face->triangle + (size_t)y * (size_t)width;
    const uint8_t *clipped = ct_byte_row(&skin->clipped, y);
    const uint8_t *mask = ct_byte_row(job->view->mask, y);
    const uint8_t *region = ct_byte_row(&face->region, y);
    uint8_t *out = ct_byte_row(job->out, y);

    for (int x = 0; x < width; x++) {
        const double cosine = (double)face->cosine[facet[x]];
        const int near = cosine >= ct_relief_cosine   ? CT_COLOUR | CT_RELIEF
                         : cosine >= ct_colour_cosine ? CT_COLOUR
                                                      : 0;
        const bool glares =
            clipped[x] && region[x] != CT_NO_REGION && is_bright(skin, x, y);
        out[x] = (uint8_t)(glares                   ? near << CT_GLARE_SHIFT
                           : clipped[x] || !mask[x] ? 0
                                                    : near);
    }
}

cutis_status ct_judge_pixels(struct bytes *out, const struct view *view,
                             struct tools *tools)
{
    const struct bytes *like = &view->face->region;
    const cutis_status status =
        ct_bytes_raw(out, like->width, like->height, tools);
    if (status != CUTIS_OK)
        return status;
    struct judging job = {out, view};
    ct_parallel(tools->threads, like->height, judge_row, &job);
    return CUTIS_OK;
}

/* ---- Reduction ----------------------------------------------------------- */

enum { SOME = CT_AREAS, MOST = 64 }; /* pixels at a time; largest factor */

/* How many of a column's pixels count as skin, and how many as glare. */
struct counts {
    uint8_t valid[SOME * MOST], dazzled[SOME * MOST];
};

/* Of `count` columns from `x` on, n rows from `y` on. */
static void count_columns(struct counts *out, const struct level *level, int x,
                          int y, int count)
{
    const uint8_t wanted = (uint8_t)level->use;
    const uint8_t glare = (uint8_t)(level->use << CT_GLARE_SHIFT);
    memset(out->valid, 0, (size_t)count);
    memset(out->dazzled, 0, (size_t)count);
    for (int v = 0; v < level->factor; v++) {
        const uint8_t *const good = ct_byte_row(level->good, y + v) + x;
        for (int i = 0; i < count; i++) {
            out->valid[i] = (uint8_t)(out->valid[i] + !!(good[i] & wanted));
            out->dazzled[i] = (uint8_t)(out->dazzled[i] + !!(good[i] & glare));
        }
    }
}

static int sum_of(const uint8_t *counts, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += counts[i];
    return sum;
}

/* Of `count` pixels of row y from x on, how many of each one's working pixels
 * count as skin and as glare. */
static void count_run(int *valid, int *dazzled, const struct level *level,
                      int x, int y, int count)
{
    const int n = level->factor;
    struct counts counts;
    count_columns(&counts, level, x * n, y * n, count * n);
    for (int i = 0; i < count; i++) {
        valid[i] = sum_of(counts.valid + i * n, n);
        dazzled[i] = sum_of(counts.dazzled + i * n, n);
    }
}

/* Of the working pixel in the middle of a pixel, and on; `factor` apart. */
static const uint16_t *facets_of(const struct level *level, int x, int y)
{
    const struct face *face = level->face;
    const int n = level->factor, middle = n / 2;
    return face->triangle +
           (size_t)(y * n + middle) * (size_t)face->region.width +
           (size_t)(x * n + middle);
}

/* A level that is no smaller has the face's regions. */
static void copy_row(void *context, int y)
{
    struct level *level = context;
    const uint8_t *good = ct_byte_row(level->good, y);
    uint8_t *mask = ct_byte_row(&level->mask, y);
    uint8_t *glare = ct_byte_row(&level->glare, y);

    for (int x = 0; x < level->width; x++) {
        mask[x] = good[x] & level->use ? 255 : 0;
        glare[x] = good[x] & level->use << CT_GLARE_SHIFT ? 255 : 0;
    }
}

static void fill_row(void *context, int y)
{
    struct level *level = context;
    const int n = level->factor, middle = n / 2;
    const int half = (n * n + 1) / 2;
    const uint8_t *regions =
        ct_byte_row(&level->face->region, y * n + middle) + middle;
    uint8_t *mask = ct_byte_row(&level->mask, y);
    uint8_t *glare = ct_byte_row(&level->glare, y);
    uint8_t *region = ct_byte_row(&level->region, y);
    int valid[SOME], dazzled[SOME];

    for (int x = 0; x < level->width; x++) {
        const int left = level->width - x, i = x % SOME;
        if (!i)
            count_run(valid, dazzled, level, x, y, left < SOME ? left : SOME);
        mask[x] = valid[i] >= half ? 255 : 0;
        glare[x] = dazzled[i] >= half ? 255 : 0;
        region[x] = regions[x * n];
    }
}

/* Of `count` pixels of row y from x on, how many working pixels take part. */
static void count_parts(int *parts, const struct level *level, int x, int y,
                        int count)
{
    if (level->factor == 1) {
        const uint8_t *const good = ct_byte_row(level->good, y) + x;
        const int any = level->use | level->use << CT_GLARE_SHIFT;
        for (int i = 0; i < count; i++)
            parts[i] = (good[i] & any) != 0;
        return;
    }
    int dazzled[CT_AREAS];
    count_run(parts, dazzled, level, x, y, count);
    for (int i = 0; i < count; i++)
        parts[i] += dazzled[i];
}

void ct_areas_from(struct areas *areas, int x)
{
    const struct level *level = areas->level;
    const uint16_t *facet = facets_of(level, x, areas->y);
    const int left = level->width - x;
    const int count = left < CT_AREAS ? left : CT_AREAS;
    int parts[CT_AREAS];
    count_parts(parts, level, x, areas->y, count);
    for (int i = 0; i < count; i++)
        areas->mm2[i] =
            (float)parts[i] * level->face->mm2[facet[i * level->factor]];
    areas->from = x;
    areas->end = x + count;
}

float ct_level_area(const struct level *level, int x, int y)
{
    int parts;
    count_parts(&parts, level, x, y, 1);
    return (float)parts * level->face->mm2[*facets_of(level, x, y)];
}

cutis_status ct_level_create(struct level *out, const struct view *view,
                             const struct bytes *good, int use, int factor,
                             struct tools *tools)
{
    const int width = good->width / factor;
    const int height = good->height / factor;
    cutis_status status = CUTIS_OK;
    struct level level = {
        .factor = factor,
        .width = width,
        .height = height,
        .scale = view->face->work_scale / factor,
        .face = view->face,
        .good = good,
        .use = use,
    };

    TRY(ct_bytes_raw(&level.mask, width, height, tools));
    TRY(ct_bytes_raw(&level.glare, width, height, tools));
    if (factor == 1)
        level.region = view->face->region;
    else
        TRY(ct_bytes_raw(&level.region, width, height, tools));

    ct_parallel(tools->threads, height, factor == 1 ? copy_row : fill_row,
                &level);
    *out = level;
    level = (struct level){0};

done:
    ct_level_free(&level);
    return status;
}

void ct_level_free(struct level *level)
{
    ct_bytes_free(&level->mask);
    ct_bytes_free(&level->glare);
    if (level->factor != 1)
        ct_bytes_free(&level->region);
    ct_free(level->index);
    *level = (struct level){0};
}

cutis_status ct_level_plane(struct plane *out, const struct level *level,
                            struct tools *tools)
{
    return ct_plane_create(out, level->width, level->height, tools);
}

/* ---- Regions ------------------------------------------------------------- */

static bool region_at(const struct level *level, const struct bytes *mask,
                      int x, int y, int *region)
{
    *region = ct_byte_row(&level->region, y)[x];
    return ct_byte_row(mask, y)[x] && *region < CT_REGIONS;
}

/* Pooled area and coverage of the face row, from the rows that it pools: skin
 * in no named region too, where all of the face is treated. */
static void pool(struct cover *cover, const struct view *view,
                 const double *total, const double *shiny)
{
    double area = 0.0, whole = 0.0, lost = 0.0;
    for (int r = 0; r < CT_REGIONS; r++) {
        const bool part = view->treated[r];
        cover->pooled[r] = part && cover->fitness[r] == FIT;
        if (part)
            whole += total[r];
        if (cover->pooled[r]) {
            area += cover->area_mm2[r];
            lost += (shiny ? shiny[r] : 0.0) * cover->area_mm2[r];
        }
    }
    const int face = CT_FACE_REGION;
    cover->area_mm2[face] = area;
    cover->coverage[face] = whole > 0.0 ? area / whole : 0.0;
    cover->shiny[face] = area > 0.0 ? lost / area : 0.0;
    cover->fitness[face] = whole <= 0.0                             ? UNSEEN
                           : cover->coverage[face] < least_coverage ? COVERED
                                                                    : FIT;
}

void ct_cover_of(struct cover *out, const struct level *level,
                 const struct bytes *mask, const struct view *view,
                 const double *shiny)
{
    double total[CT_REGIONS];
    *out = (struct cover){0};

    for (int y = 0; y < level->height; y++) {
        struct areas areas = ct_areas_of(level, y);
        int r;
        for (int x = 0; x < level->width; x++)
            if (region_at(level, mask, x, y, &r))
                out->area_mm2[r] += (double)ct_area_at(&areas, x);
    }

    /* The face's own entry is what lies in no other region. */
    memcpy(total, view->face->region_area_mm2, sizeof(total));
    for (int r = 0; r < CT_FACE_REGION; r++)
        total[CT_FACE_REGION] -= total[r];
    if (total[CT_FACE_REGION] <
        1e-6 * view->face->region_area_mm2[CT_FACE_REGION])
        total[CT_FACE_REGION] = 0.0;

    for (int r = 0; r < CT_REGIONS; r++) {
        const double share = total[r] > 0.0 ? out->area_mm2[r] / total[r] : 0.0;
        out->coverage[r] = share < 1.0 ? share : 1.0;
        out->shiny[r] = shiny ? shiny[r] : 0.0;
        out->fitness[r] = total[r] <= 0.0              ? UNSEEN
                          : out->shiny[r] > most_shiny ? SHINY
                          : share < least_coverage     ? COVERED
                                                       : FIT;
    }
    pool(out, view, total, shiny);
}

cutis_status ct_level_index(struct level *level, const struct view *view,
                            const double *shiny, struct tools *tools)
{
    size_t count[CT_REGIONS + 1] = {0};
    int r;

    for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++)
            if (region_at(level, &level->mask, x, y, &r))
                count[r]++;

    size_t sum = 0;
    for (r = 0; r < CT_REGIONS; r++) {
        level->start[r] = sum;
        sum += count[r];
        count[r] = level->start[r];
    }
    level->start[CT_REGIONS] = sum;

    ct_free(level->index);
    level->index = ct_alloc_raw(&tools->memory, sum, sizeof(*level->index));
    if (!level->index)
        return ct_no_memory(tools);

    for (int y = 0; y < level->height; y++)
        for (int x = 0; x < level->width; x++)
            if (region_at(level, &level->mask, x, y, &r))
                level->index[count[r]++] =
                    (uint32_t)y * (uint32_t)level->width + (uint32_t)x;

    ct_cover_of(&level->cover, level, &level->mask, view, shiny);
    return CUTIS_OK;
}

struct walk ct_walk(const struct level *level, int r)
{
    const size_t first = level->start[r];
    struct walk walk = {.at = level->index + first,
                        .left = level->start[r + 1] - first,
                        .width = (uint32_t)level->width};
    if (walk.left) {
        walk.y = (int)(*walk.at / walk.width);
        walk.x = (int)(*walk.at % walk.width);
    }
    return walk;
}

size_t ct_gather(float *into, const struct level *level,
                 const struct plane *plane, int row)
{
    size_t n = 0;
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_pools(&level->cover, row, r))
            continue;
        for (struct walk w = ct_walk(level, r); w.left; ct_walk_on(&w))
            into[n++] = ct_row(plane, w.y)[w.x];
    }
    return n;
}

float ct_between(const struct plane *plane, double x, double y)
{
    const double right = plane->width - 1, bottom = plane->height - 1;
    const double u = x < 0.0 ? 0.0 : x > right ? right : x;
    const double v = y < 0.0 ? 0.0 : y > bottom ? bottom : y;
    const int x0 = (int)u, y0 = (int)v;
    const int x1 = x0 + 1 < plane->width ? x0 + 1 : x0;
    const int y1 = y0 + 1 < plane->height ? y0 + 1 : y0;
    const float fx = (float)(u - x0), fy = (float)(v - y0);
    const float *above = ct_row(plane, y0), *below = ct_row(plane, y1);
    const float a = above[x0] + fx * (above[x1] - above[x0]);
    const float b = below[x0] + fx * (below[x1] - below[x0]);
    return a + fy * (b - a);
}
