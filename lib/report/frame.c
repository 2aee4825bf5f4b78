/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What part of the photographs the page shows: the face, level, the after
 * photograph laid on the before one.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* Points of the face mesh, and of iBUG-68, at the corners of the eyes from
 * image left to right. */
static const int mesh_corners[4] = {33, 133, 362, 263};
static const int ibug_corners[4] = {36, 39, 42, 45};

struct box {
    double left, top, right, bottom;
};

bool ct_eye_corners(double out[4][2], const struct face *face)
{
    const int *corners = NULL;
    if (face->point_count == CT_POINTS)
        corners = mesh_corners;
    else if (face->point_count == CT_IBUG_POINTS)
        corners = ibug_corners;
    for (int i = 0; corners && i < 4; i++) {
        out[i][0] = face->points[corners[i]].x;
        out[i][1] = face->points[corners[i]].y;
    }
    return corners;
}

/* The unit vector along the eyes, from image left to right. */
static void level_of(double along[2], const struct face *face)
{
    double corner[4][2];
    along[0] = 1.0;
    along[1] = 0.0;
    if (!ct_eye_corners(corner, face))
        return;
    const double x = 0.5 * (corner[2][0] + corner[3][0]) -
                     0.5 * (corner[0][0] + corner[1][0]);
    const double y = 0.5 * (corner[2][1] + corner[3][1]) -
                     0.5 * (corner[0][1] + corner[1][1]);
    const double length = sqrt(x * x + y * y);
    if (length > 0.0) {
        along[0] = x / length;
        along[1] = y / length;
    }
}

/* The landmarks in axes that are level with the eyes; the crop without any. */
static struct box bounds_of(const struct face *face, const double along[2])
{
    struct box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < face->point_count; i++) {
        const cutis_point *const p = &face->points[i];
        const double u = p->x * along[0] + p->y * along[1];
        const double v = p->y * along[0] - p->x * along[1];
        box.left = fmin(box.left, u);
        box.right = fmax(box.right, u);
        box.top = fmin(box.top, v);
        box.bottom = fmax(box.bottom, v);
    }
    if (face->point_count == 0)
        box = (struct box){face->crop.x, face->crop.y,
                           face->crop.x + face->crop.width,
                           face->crop.y + face->crop.height};
    return box;
}

/* The box with room around it, as a frame of the page's shape. */
static void place_own(double to_full[4], const struct face *face)
{
    double along[2];
    level_of(along, face);
    const struct box box = bounds_of(face, along);
    const double height = box.bottom - box.top;
    const bool face_points = face->point_count > 0;
    /* The mesh ends in the middle of the forehead, iBUG-68 at the brows. */
    const double above = !face_points                     ? 0.02
                         : face->point_count == CT_POINTS ? 0.28
                                                          : 0.75;
    const double below = face_points ? 0.12 : 0.02;
    const double beside = face_points ? 0.14 : 0.02;
    const double tall = height * (1.0 + above + below);
    const double wide = (box.right - box.left) * (1.0 + 2.0 * beside);
    const double step =
        fmax(fmax(tall / CT_FRAME_HEIGHT, wide / CT_FRAME_WIDTH), 1e-3);
    const double u = 0.5 * (box.left + box.right) - 0.5 * step * CT_FRAME_WIDTH;
    const double v =
        box.top - above * height - 0.5 * (step * CT_FRAME_HEIGHT - tall);

    to_full[0] = step * along[0];
    to_full[1] = step * along[1];
    to_full[2] = u * along[0] - v * along[1];
    to_full[3] = u * along[1] + v * along[0];
}

static int within(double at, int most)
{
    return at > 0.0 ? at < most ? (int)at : most : 0;
}

struct rect ct_frame_part(const struct face *face,
                          const struct picture *picture)
{
    /* Another photograph's frame, laid on this one, is hardly another; but one
     * of skin without a face is as large as its polygon. */
    if (face->point_count == 0)
        return ct_picture_held(picture);
    const double slack = 0.05 * CT_FRAME_HEIGHT;
    const struct rect crop = face->crop;
    struct box box = {crop.x, crop.y, crop.x + crop.width,
                      crop.y + crop.height};
    double to_full[4];
    place_own(to_full, face);
    for (int i = 0; i < 4; i++) {
        const double u = i & 1 ? CT_FRAME_WIDTH + slack : -slack;
        const double v = i & 2 ? CT_FRAME_HEIGHT + slack : -slack;
        const double x = to_full[0] * u - to_full[1] * v + to_full[2];
        const double y = to_full[1] * u + to_full[0] * v + to_full[3];
        box.left = fmin(box.left, x);
        box.right = fmax(box.right, x);
        box.top = fmin(box.top, y);
        box.bottom = fmax(box.bottom, y);
    }
    const int left = within(box.left, crop.x);
    const int top = within(box.top, crop.y);
    return (struct rect){left, top, within(box.right, picture->width) - left,
                         within(box.bottom, picture->height) - top};
}

void ct_frame_place(struct frame *out, const struct report *report)
{
    out->width = CT_FRAME_WIDTH;
    out->height = CT_FRAME_HEIGHT;
    double *const before = out->to_full[0];
    double *const after = out->to_full[1];
    place_own(before, report->before->face);
    memcpy(after, before, sizeof(out->to_full[1]));
    if (!report->after)
        return;

    const double *const s = report->pair ? report->pair->similarity : NULL;
    const double size = s ? s[0] * s[0] + s[1] * s[1] : 0.0;
    if (!(size > 1e-6 && size < 1e6)) {
        place_own(after, report->after->face);
        return;
    }
    after[0] = s[0] * before[0] - s[1] * before[1];
    after[1] = s[1] * before[0] + s[0] * before[1];
    after[2] = s[0] * before[2] - s[1] * before[3] + s[2];
    after[3] = s[1] * before[2] + s[0] * before[3] + s[3];
}
