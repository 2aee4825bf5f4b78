/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where skin lies in the other photograph, by landmarks.  What two poses do to
 * a face is known from the canonical one, smoothly and without error: the nose
 * moves before the cheeks.  What landmarks add to that, shape and expression
 * and their own error, is taken from many of them at a time.  Both are splines
 * over the face, which go on beyond the landmarks.
 */

#include <math.h>

#include "match/refine.h"
#include "util/parallel.h"

static const double node_mm = 2.0; /* a face's depth is straight on that */

/* Knots, mm, and stiffness of what the pose explains, and of the rest. */
static const double pose_knots = 8.0, rest_knots = 16.0;
static const struct stiffness pose_stiffness = {0.001, false, false};
static const struct stiffness rest_stiffness = {1.0, false, true};

/* The forehead above the mesh: where it begins, what lies below that, and how
 * it goes on (face/cells.c does so too). */
enum { COLUMNS = 7, ROWS = 2, PLACES = CT_POINTS + COLUMNS * ROWS };
static const uint16_t top[COLUMNS] = {103, 67, 109, 10, 338, 297, 332};
static const uint16_t below[COLUMNS] = {104, 69, 108, 151, 337, 299, 333};
static const double row_step = 12.5;    /* mm */
static const double head_radius = 90.0; /* mm */

/* Places of one face and how they depart from the similarity, working px of
 * the other: by the pose, and by the rest. */
struct prior {
    struct warp *warp;
    const struct face *from;
    int count;
    cutis_point at[PLACES], pose[PLACES], rest[PLACES];
    double s[4];
};

/* From full to working pixels on both sides. */
static void work_similarity(double out[4], const double s[4],
                            const struct face *from, const struct face *to)
{
    const double x = s[0] * from->crop.x - s[1] * from->crop.y + s[2];
    const double y = s[1] * from->crop.x + s[0] * from->crop.y + s[3];
    out[0] = s[0] * from->factor / to->factor;
    out[1] = s[1] * from->factor / to->factor;
    out[2] = (x - to->crop.x) / to->factor;
    out[3] = (y - to->crop.y) / to->factor;
}

static cutis_point to_work(const struct face *face, cutis_point p)
{
    return (cutis_point){(p.x - face->crop.x) / face->factor,
                         (p.y - face->crop.y) / face->factor};
}

static cutis_point moved(const double s[4], cutis_point p)
{
    return (cutis_point){s[0] * p.x - s[1] * p.y + s[2],
                         s[1] * p.x + s[0] * p.y + s[3]};
}

/* ---- What the pose explains ---------------------------------------------- */

/* Canonical mm of the mesh, then of the forehead above it. */
static void canonical(double out[PLACES][3], const float (*mesh)[3])
{
    for (int i = 0; i < CT_POINTS; i++)
        for (int k = 0; k < 3; k++)
            out[i][k] = (double)mesh[i][k];
    for (int i = 0; i < COLUMNS; i++) {
        const double *const end = out[top[i]], *const before = out[below[i]];
        double way[3], size = 0;
        for (int k = 0; k < 3; k++) {
            way[k] = end[k] - before[k];
            size += way[k] * way[k];
        }
        size = sqrt(size);
        for (int row = 0; row < ROWS; row++) {
            double *const to = out[CT_POINTS + row * COLUMNS + i];
            const double far = row_step * (row + 1);
            for (int k = 0; k < 3; k++)
                to[k] = end[k] + far * way[k] / size;
            to[2] += far * far / (2 * head_radius);
        }
    }
}

/* A canonical place in the picture, working px, but for a shift. */
static cutis_point posed(const struct face *face, const double at[3])
{
    const double *const r = face->pose.rotation;
    const double scale = face->pose.scale / face->factor;
    return (cutis_point){scale * (r[0] * at[0] + r[1] * at[1] + r[2] * at[2]),
                         scale * (r[3] * at[0] + r[4] * at[1] + r[5] * at[2])};
}

/* How the second pose departs from the similarity of the first, but for a
 * shift, which the rest makes good. */
static cutis_point departure(const struct prior *prior, const struct face *from,
                             const struct face *to, const double at[3])
{
    const cutis_point p = posed(from, at), q = posed(to, at);
    return (cutis_point){q.x - prior->s[0] * p.x + prior->s[1] * p.y,
                         q.y - prior->s[1] * p.x - prior->s[0] * p.y};
}

/* The forehead above the mesh keeps its place beside where that ends. */
static void place_forehead(struct prior *prior, const struct face *from,
                           double (*mm)[3])
{
    for (int i = 0; i < COLUMNS * ROWS; i++) {
        const int end = top[i % COLUMNS];
        const cutis_point p = posed(from, mm[CT_POINTS + i]);
        const cutis_point q = posed(from, mm[end]);
        prior->at[CT_POINTS + i] = (cutis_point){prior->at[end].x + p.x - q.x,
                                                 prior->at[end].y + p.y - q.y};
        prior->rest[CT_POINTS + i] = prior->rest[end];
    }
}

static void take_landmarks(struct prior *prior, const struct face *from,
                           const struct face *to)
{
    double mm[PLACES][3];
    const float(*const mesh)[3] = ct_mesh_points();
    if (mesh)
        canonical(mm, mesh);
    prior->count = CT_POINTS;
    for (int i = 0; i < CT_POINTS; i++) {
        prior->at[i] = to_work(from, from->points[i]);
        const cutis_point p = moved(prior->s, prior->at[i]);
        const cutis_point q = to_work(to, to->points[i]);
        if (mesh)
            prior->pose[i] = departure(prior, from, to, mm[i]);
        prior->rest[i] = (cutis_point){q.x - p.x - prior->pose[i].x,
                                       q.y - p.y - prior->pose[i].y};
    }
    if (!mesh)
        return;
    prior->count = PLACES;
    for (int i = CT_POINTS; i < PLACES; i++)
        prior->pose[i] = departure(prior, from, to, mm[i]);
    place_forehead(prior, from, mm);
}

/* ---- The map ------------------------------------------------------------- */

/* Adds a spline through what departs at the landmarks to all nodes. */
static cutis_status depart(const struct prior *prior, const cutis_point *by,
                           double knots, struct stiffness stiffness,
                           struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double scale = prior->from->work_scale;
    struct warp *const warp = prior->warp;
    struct scatter data = {0};
    struct spline spline = {0};
    TRY(ct_scatter_create(&data, prior->count, tools));
    TRY(ct_spline_create(&spline, prior->from, knots, tools));
    for (int i = 0; i < prior->count; i++) {
        data.x[i] = prior->at[i].x / scale;
        data.y[i] = prior->at[i].y / scale;
        data.u[i] = by[i].x / scale;
        data.v[i] = by[i].y / scale;
        data.weight[i] = 1;
    }
    TRY(ct_spline_fit(&spline, &data, stiffness, tools));
    for (int j = 0; j < warp->x.height; j++)
        for (int i = 0; i < warp->x.width; i++) {
            double more[2];
            ct_spline_at(more, &spline, i * warp->step / scale,
                         j * warp->step / scale);
            ct_row(&warp->x, j)[i] += (float)(scale * more[0]);
            ct_row(&warp->y, j)[i] += (float)(scale * more[1]);
        }
done:
    ct_scatter_free(&data);
    ct_spline_free(&spline);
    return status;
}

cutis_status ct_landmark_warp(struct warp *out, const struct face *from,
                              const struct face *to, const double similarity[4],
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct prior *const prior = ct_alloc(&tools->memory, 1, sizeof(*prior));
    if (!prior)
        return ct_no_memory(tools);

    const double step = floor(node_mm * from->work_scale + 0.5);
    TRY(ct_warp_create(out, from->region.width, from->region.height,
                       step < 1 ? 1 : (int)step, tools));
    prior->warp = out;
    prior->from = from;
    work_similarity(prior->s, similarity, from, to);
    for (int j = 0; j < out->x.height; j++)
        for (int i = 0; i < out->x.width; i++) {
            const cutis_point p =
                moved(prior->s, (cutis_point){i * out->step, j * out->step});
            ct_row(&out->x, j)[i] = (float)p.x;
            ct_row(&out->y, j)[i] = (float)p.y;
        }
    if (!from->point_count)
        goto done;
    take_landmarks(prior, from, to);
    TRY(depart(prior, prior->pose, pose_knots, pose_stiffness, tools));
    TRY(depart(prior, prior->rest, rest_knots, rest_stiffness, tools));
done:
    ct_free(prior);
    if (status != CUTIS_OK)
        ct_warp_free(out);
    return status;
}

/* ---- Where it is needed -------------------------------------------------- */

/* Marks the squares, right of and below a node, of which any pixel is the
 * face's. */
static void mark_squares(struct bytes *out, const struct face *face, int step)
{
    const int width = face->region.width;
    for (int y = 0; y < face->region.height; y++) {
        const uint8_t *const region = ct_byte_row(&face->region, y);
        const uint16_t *const facet =
            face->triangle + (size_t)y * (size_t)width;
        uint8_t *const square = ct_byte_row(out, y / step);
        for (int i = 0, x = 0; x < width; i++) {
            const int end = width - x < step ? width : x + step;
            if (square[i])
                x = end;
            for (; x < end; x++)
                if (region[x] != CT_NO_REGION || facet[x] != CT_FACETS)
                    square[i] = 255;
        }
    }
}

cutis_status ct_warp_cut(struct warp *warp, const struct face *face,
                         struct tools *tools)
{
    const int columns = warp->x.width, rows = warp->x.height;
    struct bytes square;
    const cutis_status status =
        ct_bytes_create(&square, columns + 1, rows + 1, tools);
    if (status != CUTIS_OK)
        return status;
    mark_squares(&square, face, warp->step);
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < columns; i++) {
            bool skin = false;
            for (int k = 0; k < 4 && !skin; k++) {
                const int u = i - k % 2, v = j - k / 2;
                skin = u >= 0 && v >= 0 && ct_byte_row(&square, v)[u];
            }
            if (skin)
                continue;
            ct_row(&warp->x, j)[i] = ct_row(&warp->y, j)[i] = NAN;
            ct_row(&warp->trust, j)[i] = 0;
        }
    ct_bytes_free(&square);
    return CUTIS_OK;
}
