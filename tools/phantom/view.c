/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which triangle each pixel shows, found with a depth buffer that is filled by
 * bands of rows.
 */

#include "phantom/view.h"

#include "phantom/shade.h"
#include "util/parallel.h"

enum { ROWS = CT_BAND };

struct drawing {
    struct vista *view;
    uint32_t *start; /* of each band in `list` */
    uint32_t *list;  /* triangles */
};

/* ---- Which triangles touch which band ------------------------------------ */

static int band_count(const struct drawing *drawing)
{
    return (drawing->view->height + ROWS - 1) / ROWS;
}

/* First and last band; false if it cannot be seen. */
static bool bands_of(const struct drawing *drawing, int t, int range[2])
{
    const uint32_t *c = drawing->view->mesh->corner[t];
    const struct corner *p = drawing->view->corner;
    const float low = ct_min(p[c[0]].y, ct_min(p[c[1]].y, p[c[2]].y));
    const float high = ct_max(p[c[0]].y, ct_max(p[c[1]].y, p[c[2]].y));
    const float area = (p[c[1]].x - p[c[0]].x) * (p[c[2]].y - p[c[0]].y) -
                       (p[c[2]].x - p[c[0]].x) * (p[c[1]].y - p[c[0]].y);
    const bool thin = drawing->view->mesh->part[t] >= CT_PART_EAR;
    if (high < 0.0f || low >= (float)drawing->view->height ||
        (area >= 0.0f && !thin) || area == 0.0f)
        return false;
    range[0] = (int)ct_max(low, 0.0f) / ROWS;
    range[1] = (int)ct_min(high, (float)drawing->view->height - 1) / ROWS;
    return true;
}

static cutis_status sort_triangles(struct drawing *drawing, struct tools *tools)
{
    const int bands = band_count(drawing);
    const int triangles = drawing->view->mesh->triangles;
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

static void draw_triangle(const struct drawing *drawing, uint32_t t, int top,
                          int bottom)
{
    struct vista *view = drawing->view;
    const struct mesh *mesh = drawing->view->mesh;
    const uint32_t *c = mesh->corner[t];
    const struct corner *p[3];
    for (int k = 0; k < 3; k++)
        p[k] = &drawing->view->corner[c[k]];
    const int width = drawing->view->width;
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
            const size_t at = (size_t)y * (size_t)width + (size_t)x;
            const float depth = mixed(w, p[0]->depth, p[1]->depth, p[2]->depth);
            if (depth >= view->depth[at] ||
                (mesh->part[t] == CT_PART_HAIR && !ct_hair_covers(mesh, c, w)))
                continue;
            view->depth[at] = depth;
            view->triangle[at] = t;
        }
    }
}

static void draw_band(void *context, int b)
{
    const struct drawing *drawing = context;
    struct vista *view = drawing->view;
    const int top = b * ROWS;
    const int bottom = top + ROWS < view->height ? top + ROWS : view->height;
    const size_t first = (size_t)top * (size_t)view->width;
    const size_t end = (size_t)bottom * (size_t)view->width;

    for (size_t i = first; i < end; i++) {
        view->depth[i] = INFINITY;
        view->triangle[i] = CT_NO_TRIANGLE;
    }
    for (uint32_t i = drawing->start[b]; i < drawing->start[b + 1]; i++)
        draw_triangle(drawing, drawing->list[i], top, bottom);
}

/* ---- All ----------------------------------------------------------------- */

static void project_all(struct vista *view)
{
    for (int i = 0; i < view->mesh->points; i++) {
        double px[2];
        const double depth = ct_project(&view->optics, view->mesh->at[i], px);
        view->corner[i] =
            (struct corner){(float)px[0], (float)px[1], (float)depth};
    }
}

cutis_status ct_view_create(struct vista *out, const struct mesh *mesh,
                            const struct camera *camera, int scale,
                            struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct vista view = {.width = camera->width * scale,
                         .height = camera->height * scale,
                         .mesh = mesh};
    struct drawing drawing = {.view = &view};
    const size_t pixels = (size_t)view.width * (size_t)view.height;
    view.corner =
        ct_alloc(&tools->memory, (size_t)mesh->points, sizeof(*view.corner));
    view.depth = ct_alloc_raw(&tools->memory, pixels, sizeof(*view.depth));
    view.triangle =
        ct_alloc_raw(&tools->memory, pixels, sizeof(*view.triangle));
    if (!view.corner || !view.depth || !view.triangle) {
        status = ct_no_memory(tools);
        goto done;
    }

    ct_optics_make(&view.optics, camera, scale);
    ct_targets_make(&view.targets, &view.optics, camera);
    project_all(&view);
    TRY(sort_triangles(&drawing, tools));
    ct_parallel(tools->threads, band_count(&drawing), draw_band, &drawing);
    *out = view;
    view = (struct vista){0};
done:
    ct_free(drawing.start);
    ct_free(drawing.list);
    ct_view_free(&view);
    return status;
}

void ct_view_free(struct vista *view)
{
    ct_free(view->corner);
    ct_free(view->depth);
    ct_free(view->triangle);
    *view = (struct vista){0};
}

/* ---- Questions ----------------------------------------------------------- */

uint32_t ct_view_at(const struct vista *view, int x, int y, float w[3])
{
    const uint32_t t =
        view->triangle[(size_t)y * (size_t)view->width + (size_t)x];
    if (t == CT_NO_TRIANGLE)
        return t;
    const uint32_t *c = view->mesh->corner[t];
    weights(&view->corner[c[0]], &view->corner[c[1]], &view->corner[c[2]],
            (float)x + 0.5f, (float)y + 0.5f, w);
    return t;
}

/* How much nearer what hides a place must be, mm: a pixel's middle is not the
 * place, and skin falls away. */
static const double hides_mm = 0.6;

double ct_view_facing(const struct vista *view, struct vec at)
{
    double px[2];
    float w[3];
    const double depth = ct_project(&view->optics, at, px);
    const int x = (int)floor(px[0]), y = (int)floor(px[1]);
    if (x < 0 || y < 0 || x >= view->width || y >= view->height)
        return 0.0;
    const uint32_t t = ct_view_at(view, x, y, w);
    const size_t pixel = (size_t)y * (size_t)view->width + (size_t)x;
    float hidden[3];
    if (t == CT_NO_TRIANGLE || ct_target_at(&view->targets, x, y, hidden))
        return 0.0;

    const struct vec normal =
        ct_unit(ct_interpolate(view->mesh->normal, view->mesh->corner[t], w));
    const struct vec to_eye = ct_unit(ct_sub(view->optics.camera, at));
    const double cosine = (double)ct_dot(normal, to_eye);
    const double pixel_mm = 1.0 / ct_local_scale(&view->optics, at);
    const double slack = hides_mm + pixel_mm / fmax(cosine, 0.1);
    return depth < (double)view->depth[pixel] + slack ? fmax(cosine, 0.0) : 0.0;
}
