/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The pixels inside a quadrilateral of the picture, in linear light: what a
 * card or a patch of a chart is read from.
 */

#include <math.h>

#include "colour/colour.h"

/* Corners in order around, and their bounding box: full coordinates. */
struct bounds {
    cutis_point corner[4];
    int left, top, right, bottom;
    int step; /* every step-th row and column is enough */
};

void ct_quad_sort(cutis_point out[4], const cutis_point given[4])
{
    cutis_point centre = {0.0, 0.0};
    double angle[4];
    for (int i = 0; i < 4; i++) {
        centre.x += 0.25 * given[i].x;
        centre.y += 0.25 * given[i].y;
    }
    for (int i = 0; i < 4; i++) {
        const double here =
            ct_atan2(given[i].y - centre.y, given[i].x - centre.x);
        int at = i;
        for (; at > 0 && angle[at - 1] > here; at--) {
            angle[at] = angle[at - 1];
            out[at] = out[at - 1];
        }
        angle[at] = here;
        out[at] = given[i];
    }
}

bool ct_quad_is_in(const cutis_point corner[4], const struct picture *picture)
{
    for (int i = 0; i < 4; i++) {
        const cutis_point p = corner[i];
        if (!(p.x >= 0.0 && p.x <= picture->width && p.y >= 0.0 &&
              p.y <= picture->height))
            return false;
    }
    return true;
}

/* The bounding box, and a step that bounds the number of samples. */
static void bound(struct bounds *out, const cutis_point corner[4], int most)
{
    cutis_point low = corner[0], high = low;
    ct_quad_sort(out->corner, corner);
    for (int i = 1; i < 4; i++) {
        const cutis_point p = corner[i];
        low.x = p.x < low.x ? p.x : low.x;
        low.y = p.y < low.y ? p.y : low.y;
        high.x = p.x > high.x ? p.x : high.x;
        high.y = p.y > high.y ? p.y : high.y;
    }
    out->left = (int)floor(low.x);
    out->top = (int)floor(low.y);
    out->right = (int)ceil(high.x);
    out->bottom = (int)ceil(high.y);
    const double area =
        (double)(out->right - out->left) * (out->bottom - out->top);
    out->step = (int)ceil(sqrt(area / most));
}

static bool inside(const struct bounds *bounds, double x, double y)
{
    for (int i = 0; i < 4; i++) {
        const cutis_point a = bounds->corner[i];
        const cutis_point b = bounds->corner[(i + 1) % 4];
        if ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) < 0.0)
            return false;
    }
    return true;
}

static void collect_row(struct quad *quad, const struct bounds *bounds, int y,
                        float *const row[3])
{
    for (int x = bounds->left; x < bounds->right; x += bounds->step) {
        if (!inside(bounds, x + 0.5, y + 0.5))
            continue;
        for (int c = 0; c < 3; c++)
            quad->channel[c][quad->count] = row[c][x - bounds->left];
        quad->count++;
    }
}

cutis_status ct_quad_read(struct quad *out, const struct picture *picture,
                          const cutis_point corner[4], int most,
                          struct tools *tools)
{
    struct bounds bounds;
    struct quad quad = {.count = 0};
    struct plane rows = {0};
    cutis_status status = CUTIS_OK;

    *out = quad;
    bound(&bounds, corner, most);
    if (bounds.step < 1) /* no area */
        return CUTIS_OK;
    const int width = bounds.right - bounds.left;
    const size_t across = (size_t)(width - 1) / (size_t)bounds.step + 1;
    const size_t down =
        (size_t)(bounds.bottom - bounds.top - 1) / (size_t)bounds.step + 1;

    TRY(ct_plane_create(&rows, width, 3, tools));
    for (int c = 0; c < 3; c++) {
        quad.channel[c] =
            ct_alloc(&tools->memory, across, down * sizeof(float));
        if (!quad.channel[c]) {
            status = ct_no_memory(tools);
            goto done;
        }
    }
    float *const row[3] = {ct_row(&rows, 0), ct_row(&rows, 1),
                           ct_row(&rows, 2)};
    for (int y = bounds.top; y < bounds.bottom; y += bounds.step) {
        ct_picture_linear_mean(picture, bounds.left, y, width, row[0], row[1],
                               row[2]);
        collect_row(&quad, &bounds, y, row);
    }
    *out = quad;
    quad = (struct quad){0};

done:
    ct_quad_free(&quad);
    ct_plane_free(&rows);
    return status;
}

double ct_quad_level(float *v, size_t n)
{
    return ct_trimmed_mean(v, n, 0.1, 0.9);
}

void ct_quad_free(struct quad *quad)
{
    for (int c = 0; c < 3; c++)
        ct_free(quad->channel[c]);
    *quad = (struct quad){0};
}
