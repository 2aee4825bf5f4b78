/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Triangles to light: every pixel that shows one is shaded once, so that the
 * cost is that of the skin in sight.
 */

#include "phantom/phantom.h"

#include "phantom/shade.h"
#include "phantom/view.h"
#include "util/parallel.h"

struct drawing {
    const struct vista *view;
    const struct shading *shading;
    struct frame *frame;
};

static void shade_row(const struct drawing *drawing, int y)
{
    const struct vista *view = drawing->view;
    const size_t row = (size_t)y * (size_t)view->width;
    for (int x = 0; x < view->width; x++) {
        struct seen seen;
        float w[3];
        const uint32_t t = ct_view_at(view, x, y, w);
        if (ct_shade_target(drawing->shading, x, y, seen.rgb)) {
            /* What is behind it need not be shaded. */
            drawing->frame->depth[row + (size_t)x] =
                (float)view->optics.distance;
        } else if (t == CT_NO_TRIANGLE) {
            ct_shade_backdrop(drawing->shading, x, y, seen.rgb);
        } else {
            ct_shade(drawing->shading, t, w, &seen);
        }
        for (int k = 0; k < 3; k++)
            drawing->frame->at[k][row + (size_t)x] = seen.rgb[k];
    }
}

static void shade_band(void *context, int item)
{
    const struct drawing *drawing = context;
    const int end = (item + 1) * CT_BAND;
    for (int y = item * CT_BAND; y < end && y < drawing->view->height; y++)
        shade_row(drawing, y);
}

void ct_frame_free(struct frame *frame)
{
    for (int k = 0; k < 3; k++)
        ct_free(frame->at[k]);
    ct_free(frame->depth);
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
    struct vista view = {0};
    TRY(ct_frame_create(&frame, scene->camera.width * scale,
                        scene->camera.height * scale, tools));
    TRY(ct_view_create(&view, mesh, &scene->camera, scale, tools));
    TRY(ct_shading_create(&shading, mesh, marks, tissue, scene, &view.optics,
                          tools));
    struct drawing drawing = {&view, shading, &frame};
    frame.depth = view.depth; /* given away */
    view.depth = NULL;
    const int bands = (view.height + CT_BAND - 1) / CT_BAND;
    ct_parallel(scene->threads, bands, shade_band, &drawing);

    *out = frame;
    frame = (struct frame){0};
done:
    ct_view_free(&view);
    ct_free(shading);
    ct_frame_free(&frame);
    return status;
}
