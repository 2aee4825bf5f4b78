/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Triangles to light.  The picture is cut into bands of rows; each is drawn
 * into a small depth buffer, then every pixel that shows a triangle is shaded
 * once, so that the cost is that of the skin in sight.
 */

#include "phantom/phantom.h"

#include <string.h>

#include "phantom/shade.h"
#include "util/parallel.h"

enum { ROWS = CT_BAND };
static const uint32_t nothing = UINT32_MAX;

/* A vertex in the picture. */
struct corner {
    float x, y, depth;
};

struct drawing {
    const struct mesh *mesh;
    const struct shading *shading;
    struct corner *corner; /* of each vertex */
    uint32_t *start;       /* of each band in `list` */
    uint32_t *list;        /* triangles */
    struct frame *frame;
    struct band *bands; /* one for each that is being drawn */
    int failed;
};

/* ---- Which triangles touch which band ------------------------------------ */

static int band_count(const struct drawing *drawing)
{
    return (drawing->frame->height + ROWS - 1) / ROWS;
}

/* First and last band; false if it cannot be seen. */
static bool bands_of(const struct drawing *drawing, int t, int range[2])
{
    const uint32_t *c = drawing->mesh->corner[t];
    const struct corner *p = drawing->corner;
    const float low = ct_min(p[c[0]].y, ct_min(p[c[1]].y, p[c[2]].y));
    const float high = ct_max(p[c[0]].y, ct_max(p[c[1]].y, p[c[2]].y));
    const float area = (p[c[1]].x - p[c[0]].x) * (p[c[2]].y - p[c[0]].y) -
                       (p[c[2]].x - p[c[0]].x) * (p[c[1]].y - p[c[0]].y);
    const bool thin = drawing->mesh->part[t] >= CT_PART_EAR;
    if (high < 0.0f || low >= (float)drawing->frame->height ||
        (area >= 0.0f && !thin) || area == 0.0f)
        return false;
    range[0] = (int)ct_max(low, 0.0f) / ROWS;
    range[1] = (int)ct_min(high, (float)drawing->frame->height - 1) / ROWS;
    return true;
}

static cutis_status sort_triangles(struct drawing *drawing, struct tools *tools)
{
    const int bands = band_count(drawing);
    const int triangles = drawing->mesh->triangles;
    cutis_status status = CUTIS_OK;
    uint32_t *place =
        ct_alloc(&tools->memory, (size_t)bands + 1, sizeof(*place));
    drawing->start =
        ct_alloc(&tools->memory, (size_t)bands + 1, sizeof(uint32_t));
    if (!place || !drawing->start) {
        status = ct_no_memory(tools);
        goto done;
    }
    int range[2];
    for (int t = 0; t < triangles; t++)
        if (bands_of(drawing, t, range))
            for (int b = range[0]; b <= range[1]; b++)
                drawing->start[b + 1]++;
    for (int b = 0; b < bands; b++) {
        drawing->start[b + 1] += drawing->start[b];
        place[b] = drawing->start[b];
    }
    drawing->list = ct_alloc(&tools->memory, (size_t)drawing->start[bands] + 1,
                             sizeof(uint32_t));
    if (!drawing->list) {
        status = ct_no_memory(tools);
        goto done;
    }
    for (int t = 0; t < triangles; t++)
        if (bands_of(drawing, t, range))
            for (int b = range[0]; b <= range[1]; b++)
                drawing->list[place[b]++] = (uint32_t)t;
done:
    ct_free(place);
    return status;
}

/* ---- Drawing one band ---------------------------------------------------- */

struct band {
    float *depth;
    uint32_t *triangle;
};

/* Weights of the corners at a pixel's centre. */
static void weights(const struct corner *a, const struct corner *b,
                    const struct corner *c, float x, float y, float w[3])
{
    const float abx = b->x - a->x, aby = b->y - a->y;
    const float acx = c->x - a->x, acy = c->y - a->y;
    const float area = abx * acy - acx * aby;
    const float px = x - a->x, py = y - a->y;
    w[1] = (px * acy - acx * py) / area;
    w[2] = (abx * py - px * aby) / area;
    w[0] = 1.0f - w[1] - w[2];
}

static float mixed(const float w[3], float a, float b, float c)
{
    return w[0] * a + w[1] * b + w[2] * c;
}

struct vec ct_interpolate(const struct vec *of, const uint32_t corner[3],
                          const float w[3])
{
    const struct vec sum =
        ct_along(ct_mul(of[corner[0]], w[0]), of[corner[1]], w[1]);
    return ct_along(sum, of[corner[2]], w[2]);
}

static void draw_triangle(const struct drawing *drawing, struct band *band,
                          uint32_t t, int top, int bottom)
{
    const struct mesh *mesh = drawing->mesh;
    const uint32_t *c = mesh->corner[t];
    const struct corner *p[3];
    for (int k = 0; k < 3; k++)
        p[k] = &drawing->corner[c[k]];
    const int width = drawing->frame->width;
    const float x0 = ct_min(p[0]->x, ct_min(p[1]->x, p[2]->x));
    const float x1 = ct_max(p[0]->x, ct_max(p[1]->x, p[2]->x));
    const float y0 = ct_min(p[0]->y, ct_min(p[1]->y, p[2]->y));
    const float y1 = ct_max(p[0]->y, ct_max(p[1]->y, p[2]->y));
    const int left = (int)ct_max(x0 - 0.5f, 0.0f);
    const int right = (int)ct_min(x1 + 0.5f, (float)width - 1);
    const int from = (int)ct_max(y0 - 0.5f, (float)top);
    const int to = (int)ct_min(y1 + 0.5f, (float)bottom - 1);

    for (int y = from; y <= to; y++) {
        for (int x = left; x <= right; x++) {
            float w[3];
            weights(p[0], p[1], p[2], (float)x + 0.5f, (float)y + 0.5f, w);
            if (w[0] < 0.0f || w[1] < 0.0f || w[2] < 0.0f)
                continue;
            const size_t at = (size_t)(y - top) * (size_t)width + (size_t)x;
            const float depth = mixed(w, p[0]->depth, p[1]->depth, p[2]->depth);
            if (depth >= band->depth[at] ||
                (mesh->part[t] == CT_PART_HAIR && !ct_hair_covers(mesh, c, w)))
                continue;
            band->depth[at] = depth;
            band->triangle[at] = t;
        }
    }
}

static void shade_row(const struct drawing *drawing, const struct band *band,
                      int y, int top)
{
    const struct mesh *mesh = drawing->mesh;
    const int width = drawing->frame->width;
    const size_t in_band = (size_t)(y - top) * (size_t)width;
    const size_t in_frame = (size_t)y * (size_t)width;

    for (int x = 0; x < width; x++) {
        const uint32_t t = band->triangle[in_band + (size_t)x];
        float rgb[3];
        if (ct_shade_target(drawing->shading, x, y, rgb)) {
            /* What is behind it need not be shaded. */
        } else if (t == nothing) {
            ct_shade_backdrop(drawing->shading, x, y, rgb);
        } else {
            const uint32_t *c = mesh->corner[t];
            float w[3];
            weights(&drawing->corner[c[0]], &drawing->corner[c[1]],
                    &drawing->corner[c[2]], (float)x + 0.5f, (float)y + 0.5f,
                    w);
            ct_shade(drawing->shading, t, w, rgb);
        }
        for (int k = 0; k < 3; k++)
            drawing->frame->at[k][in_frame + (size_t)x] = rgb[k];
    }
}

static void draw_band(void *context, int b)
{
    struct drawing *drawing = context;
    const int top = b * ROWS;
    const int height = drawing->frame->height;
    const int bottom = top + ROWS < height ? top + ROWS : height;
    const size_t pixels =
        (size_t)(bottom - top) * (size_t)drawing->frame->width;
    struct band *band = &drawing->bands[b];

    for (size_t i = 0; i < pixels; i++) {
        band->depth[i] = INFINITY;
        band->triangle[i] = nothing;
    }
    for (uint32_t i = drawing->start[b]; i < drawing->start[b + 1]; i++)
        draw_triangle(drawing, band, drawing->list[i], top, bottom);
    for (int y = top; y < bottom; y++)
        shade_row(drawing, band, y, top);
}

/* ---- All ----------------------------------------------------------------- */

static void project_all(struct drawing *drawing, const struct optics *optics)
{
    for (int i = 0; i < drawing->mesh->points; i++) {
        double px[2];
        const double depth = ct_project(optics, drawing->mesh->at[i], px);
        drawing->corner[i] =
            (struct corner){(float)px[0], (float)px[1], (float)depth};
    }
}

/* Every band has its own rows of one pair of buffers. */
static cutis_status drawing_create(struct drawing *drawing, struct tools *tools)
{
    const size_t bands = (size_t)band_count(drawing);
    const size_t pixels = bands * ROWS * (size_t)drawing->frame->width;
    drawing->corner = ct_alloc(&tools->memory, (size_t)drawing->mesh->points,
                               sizeof(*drawing->corner));
    drawing->bands = ct_alloc(&tools->memory, bands, sizeof(*drawing->bands));
    float *depth = ct_alloc_raw(&tools->memory, pixels, sizeof(*depth));
    uint32_t *triangle =
        ct_alloc_raw(&tools->memory, pixels, sizeof(*triangle));
    if (!drawing->corner || !drawing->bands || !depth || !triangle) {
        ct_free(depth);
        ct_free(triangle);
        ct_free(drawing->bands);
        drawing->bands = NULL;
        return ct_no_memory(tools);
    }
    for (size_t b = 0; b < bands; b++) {
        const size_t at = b * ROWS * (size_t)drawing->frame->width;
        drawing->bands[b] = (struct band){depth + at, triangle + at};
    }
    return CUTIS_OK;
}

static void drawing_free(struct drawing *drawing)
{
    if (drawing->bands) {
        ct_free(drawing->bands[0].depth);
        ct_free(drawing->bands[0].triangle);
    }
    ct_free(drawing->bands);
    ct_free(drawing->corner);
    ct_free(drawing->start);
    ct_free(drawing->list);
}

void ct_frame_free(struct frame *frame)
{
    for (int k = 0; k < 3; k++)
        ct_free(frame->at[k]);
    *frame = (struct frame){0};
}

cutis_status ct_frame_create(struct frame *out, int width, int height,
                             struct tools *tools)
{
    struct frame frame = {.width = width, .height = height};
    for (int k = 0; k < 3; k++) {
        frame.at[k] = ct_alloc_raw(
            &tools->memory, (size_t)width * (size_t)height, sizeof(float));
        if (!frame.at[k]) {
            ct_frame_free(&frame);
            return ct_no_memory(tools);
        }
    }
    *out = frame;
    return CUTIS_OK;
}

cutis_status ct_render(struct frame *out, const struct mesh *mesh,
                       const struct traits *marks, const struct tissue *tissue,
                       const struct scene *scene, int scale,
                       struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct frame frame = {0};
    struct shading *shading = NULL;
    struct optics optics;
    ct_optics_make(&optics, &scene->camera, scale);
    struct drawing drawing = {.mesh = mesh, .frame = &frame};
    TRY(ct_frame_create(&frame, scene->camera.width * scale,
                        scene->camera.height * scale, tools));
    TRY(ct_shading_create(&shading, mesh, marks, tissue, scene, &optics,
                          tools));
    drawing.shading = shading;
    TRY(drawing_create(&drawing, tools));
    project_all(&drawing, &optics);
    TRY(sort_triangles(&drawing, tools));
    ct_parallel(scene->threads, band_count(&drawing), draw_band, &drawing);

    *out = frame;
    frame = (struct frame){0};
done:
    drawing_free(&drawing);
    ct_free(shading);
    ct_frame_free(&frame);
    return status;
}
