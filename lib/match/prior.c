/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where skin lies in the other photograph, by landmarks: at each node the
 * affine map that fits the landmarks best, near ones counting most (moving
 * least squares; Schaefer, McPhail, Warren, doi:10.1145/1141911.1141920), tied
 * a little to the similarity of both faces.  Unlike a map triangle by triangle
 * it is smooth, averages the landmarks' own error, and goes on beyond them.
 */

#include <math.h>

#include "match/match.h"
#include "util/parallel.h"

static const double node_mm = 2.0; /* a face's depth is straight on that */
static const double near_mm = 4.0; /* landmarks nearer count alike */

/* Landmarks this far apart, mm, tell an affine map as much about itself as the
 * similarity does. */
static const double tie_mm = 3.0;

/* A similarity of working pixels, as a complex factor and a shift. */
struct prior {
    struct warp *warp;
    const struct face *from;
    int count; /* landmarks, or 0 */
    cutis_point p[CT_POINTS], q[CT_POINTS];
    double s[4];
};

static cutis_point to_work(const struct face *face, cutis_point p)
{
    return (cutis_point){(p.x - face->crop.x) / face->factor,
                         (p.y - face->crop.y) / face->factor};
}

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

/* Weighted sums over landmarks around a node. */
struct cloud {
    double weight, px, py, qx, qy;         /* means, once all are in */
    double xx, xy, yy;                     /* of p - mean */
    double x_to_x, y_to_x, x_to_y, y_to_y; /* of p - mean by q - mean */
};

static void gather(struct cloud *m, const struct prior *prior, double x,
                   double y)
{
    const double scale = prior->from->work_scale;
    const double near = near_mm * near_mm * scale * scale;
    double weight[CT_POINTS];
    *m = (struct cloud){0};
    for (int i = 0; i < prior->count; i++) {
        const double dx = prior->p[i].x - x, dy = prior->p[i].y - y;
        const double far = dx * dx + dy * dy + near;
        weight[i] = near * near / (far * far);
        m->weight += weight[i];
        m->px += weight[i] * dx;
        m->py += weight[i] * dy;
        m->qx += weight[i] * prior->q[i].x;
        m->qy += weight[i] * prior->q[i].y;
    }
    m->px = x + m->px / m->weight;
    m->py = y + m->py / m->weight;
    m->qx /= m->weight;
    m->qy /= m->weight;
    for (int i = 0; i < prior->count; i++) {
        const double dx = prior->p[i].x - m->px, dy = prior->p[i].y - m->py;
        const double ex = weight[i] * (prior->q[i].x - m->qx);
        const double ey = weight[i] * (prior->q[i].y - m->qy);
        m->xx += weight[i] * dx * dx;
        m->xy += weight[i] * dx * dy;
        m->yy += weight[i] * dy * dy;
        m->x_to_x += dx * ex;
        m->y_to_x += dy * ex;
        m->x_to_y += dx * ey;
        m->y_to_y += dy * ey;
    }
}

static void place(double to[2], const struct prior *prior, double x, double y)
{
    const double *const s = prior->s;
    if (!prior->count) {
        to[0] = s[0] * x - s[1] * y + s[2];
        to[1] = s[1] * x + s[0] * y + s[3];
        return;
    }
    struct cloud m;
    gather(&m, prior, x, y);
    const double tie = m.weight * tie_mm * tie_mm * prior->from->work_scale *
                       prior->from->work_scale;
    const double xx = m.xx + tie, yy = m.yy + tie;
    const double det = xx * yy - m.xy * m.xy;
    const double right[2][2] = {{m.x_to_x + tie * s[0], m.y_to_x - tie * s[1]},
                                {m.x_to_y + tie * s[1], m.y_to_y + tie * s[0]}};
    const double dx = x - m.px, dy = y - m.py;
    const double middle[2] = {m.qx, m.qy};
    for (int k = 0; k < 2; k++) {
        const double a = (right[k][0] * yy - right[k][1] * m.xy) / det;
        const double b = (right[k][1] * xx - right[k][0] * m.xy) / det;
        to[k] = middle[k] + a * dx + b * dy;
    }
}

/* Is any pixel of the square right of and below node (i, j) the face's? */
static bool on_face(const struct face *face, int step, int i, int j)
{
    const int width = face->region.width, height = face->region.height;
    const int end_x = (i + 1) * step < width ? (i + 1) * step : width;
    const int end_y = (j + 1) * step < height ? (j + 1) * step : height;
    if (i < 0 || j < 0)
        return false;
    for (int y = j * step; y < end_y; y++) {
        const uint8_t *const region = ct_byte_row(&face->region, y);
        const uint16_t *const facet =
            face->triangle + (size_t)y * (size_t)width;
        for (int x = i * step; x < end_x; x++)
            if (region[x] != CT_NO_REGION || facet[x] != CT_FACETS)
                return true;
    }
    return false;
}

static void place_row(void *context, int j)
{
    const struct prior *const prior = context;
    struct warp *const warp = prior->warp;
    const int step = warp->step;
    for (int i = 0; i < warp->x.width; i++) {
        bool face = false;
        for (int k = 0; k < 4 && !face; k++)
            face = on_face(prior->from, step, i - k % 2, j - k / 2);
        if (!face)
            continue;
        double to[2];
        place(to, prior, i * step, j * step);
        ct_row(&warp->x, j)[i] = (float)to[0];
        ct_row(&warp->y, j)[i] = (float)to[1];
    }
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
    prior->count = from->point_count;
    work_similarity(prior->s, similarity, from, to);
    for (int i = 0; i < prior->count; i++) {
        prior->p[i] = to_work(from, from->points[i]);
        prior->q[i] = to_work(to, to->points[i]);
    }
    ct_parallel(tools->threads, out->x.height, place_row, prior);
done:
    ct_free(prior);
    return status;
}
