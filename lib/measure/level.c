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

static const double least_coverage = 0.40;
static const double most_shiny = 0.25;

enum { CLIPPED_BRIGHT = 1, VALID = 2 };

/* What one working pixel is good for, and its skin in mm2. */
static int judge(const struct level *level, const struct view *view, int x,
                 int y, double *mm2)
{
    const struct face *face = view->face;
    const struct skin *skin = view->skin;
    const size_t i = (size_t)y * (size_t)face->region.width + (size_t)x;
    const int facet = face->triangle[i];

    *mm2 = face->mm2[facet];
    if ((double)face->cosine[facet] < level->least_cosine)
        return 0;
    if (ct_byte_row(&skin->clipped, y)[x]) {
        const bool bright = ct_row(&skin->green, y)[x] > 0.5f;
        return bright && ct_byte_row(&face->region, y)[x] != CT_NO_REGION
                   ? CLIPPED_BRIGHT
                   : 0;
    }
    return ct_byte_row(view->mask, y)[x] ? VALID : 0;
}

struct filling {
    struct level *level;
    const struct view *view;
};

static void fill_pixel(const struct filling *job, int x, int y)
{
    struct level *level = job->level;
    const int n = level->factor;
    const int middle = n / 2;
    int valid = 0, bright = 0;
    double area = 0.0;

    for (int v = 0; v < n; v++)
        for (int u = 0; u < n; u++) {
            double mm2;
            const int kind =
                judge(level, job->view, x * n + u, y * n + v, &mm2);
            valid += kind == VALID;
            bright += kind == CLIPPED_BRIGHT;
            area += kind ? mm2 : 0.0;
        }

    const int half = (n * n + 1) / 2;
    ct_byte_row(&level->mask, y)[x] = valid >= half ? 255 : 0;
    ct_byte_row(&level->glare, y)[x] = bright >= half ? 255 : 0;
    ct_byte_row(&level->region, y)[x] =
        ct_byte_row(&job->view->face->region, y * n + middle)[x * n + middle];
    ct_row(&level->area, y)[x] = (float)area;
}

static void fill_band(void *context, int band)
{
    const struct filling *job = context;
    const int first = band * CT_BAND;
    const int end = first + CT_BAND < job->level->height ? first + CT_BAND
                                                         : job->level->height;
    for (int y = first; y < end; y++)
        for (int x = 0; x < job->level->width; x++)
            fill_pixel(job, x, y);
}

cutis_status ct_level_create(struct level *out, const struct view *view,
                             int factor, double least_cosine,
                             struct tools *tools)
{
    const int width = view->skin->red.width / factor;
    const int height = view->skin->red.height / factor;
    cutis_status status = CUTIS_OK;
    struct level level = {
        .factor = factor,
        .width = width,
        .height = height,
        .scale = view->face->work_scale / factor,
        .least_cosine = least_cosine,
    };

    TRY(ct_bytes_create(&level.mask, width, height, tools));
    TRY(ct_bytes_create(&level.glare, width, height, tools));
    TRY(ct_bytes_create(&level.region, width, height, tools));
    TRY(ct_plane_create(&level.area, width, height, tools));

    struct filling job = {&level, view};
    ct_parallel(tools->threads, (height + CT_BAND - 1) / CT_BAND, fill_band,
                &job);
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
    ct_bytes_free(&level->region);
    ct_plane_free(&level->area);
    ct_free(level->index);
    *level = (struct level){0};
}

cutis_status ct_level_plane(struct plane *out, const struct level *level,
                            struct tools *tools)
{
    return ct_plane_create(out, level->width, level->height, tools);
}

/* ---- Colour -------------------------------------------------------------- */

void ct_level_row(const struct level *level, const struct view *view, int y,
                  float *red, float *green, float *blue)
{
    const struct skin *skin = view->skin;
    const uint8_t *mask = ct_byte_row(&level->mask, y);
    const uint8_t *glare = ct_byte_row(&level->glare, y);
    const int n = level->factor;

    for (int x = 0; x < level->width; x++) {
        float r = 0.0f, g = 0.0f, b = 0.0f;
        float count = 0.0f;
        const int wanted = glare[x] ? CLIPPED_BRIGHT : VALID;
        for (int k = 0; (mask[x] || glare[x]) && k < n * n; k++) {
            const int px = x * n + k % n, py = y * n + k / n;
            double mm2;
            if (judge(level, view, px, py, &mm2) != wanted)
                continue;
            r += ct_row(&skin->red, py)[px];
            g += ct_row(&skin->green, py)[px];
            b += ct_row(&skin->blue, py)[px];
            count += 1.0f;
        }
        red[x] = count > 0.0f ? r / count : 0.0f;
        green[x] = count > 0.0f ? g / count : 0.0f;
        blue[x] = count > 0.0f ? b / count : 0.0f;
    }
}

/* ---- Regions ------------------------------------------------------------- */

static bool region_at(const struct level *level, const struct bytes *mask,
                      int x, int y, int *region)
{
    *region = ct_byte_row(&level->region, y)[x];
    return ct_byte_row(mask, y)[x] && *region < CT_REGIONS;
}

/* Pooled area and coverage of the face row, from the rows that it pools. */
static void pool(struct cover *cover, const struct view *view,
                 const double *total, const double *shiny)
{
    double area = 0.0, whole = 0.0, lost = 0.0;
    for (int r = 0; r < CT_REGIONS; r++) {
        const bool part = view->treated[r] || r == CT_FACE_REGION;
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
        const float *area = ct_row(&level->area, y);
        int r;
        for (int x = 0; x < level->width; x++)
            if (region_at(level, mask, x, y, &r))
                out->area_mm2[r] += (double)area[x];
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

size_t ct_gather(float *into, const struct level *level,
                 const struct plane *plane, int row)
{
    const uint32_t width = (uint32_t)level->width;
    size_t n = 0;
    for (int r = 0; r < CT_REGIONS; r++) {
        if (!ct_pools(&level->cover, row, r))
            continue;
        for (size_t i = level->start[r]; i < level->start[r + 1]; i++) {
            const uint32_t at = level->index[i];
            into[n++] = ct_row(plane, (int)(at / width))[at % width];
        }
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
