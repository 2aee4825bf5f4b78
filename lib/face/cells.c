/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The surface that photographs share.
 *
 * The mesh ends in the middle of the forehead.  Two more rows of vertices go on
 * where it stops: along the tangent of its top row, bending backwards with the
 * radius of a head, 12.5 mm apart.  The skin mask decides where hair begins.
 *
 * The template is the canonical mesh unrolled from an upright cylinder around
 * the axis x = 0, z = 30 mm, of radius 80 mm.  That choice keeps areas:
 * unrolled over true area is 1.00 on the cheeks, 0.96 on the forehead, 0.98 on
 * the chin and 1.06 on the jaw (0.53 on the nose, whose sides face sideways).
 */

#include <math.h>

#include "face/mask.h"

static const double axis_z = 30.0;      /* mm behind the canonical origin */
static const double radius = 80.0;      /* mm */
static const double row_step = 12.5;    /* mm along the upper forehead */
static const double head_radius = 90.0; /* mm, of the upper forehead */

/* Columns of the top row, image left to right, and the vertices below. */
static const uint16_t top[CT_UPPER_COLUMNS] = {103, 67, 109, 10, 338, 297, 332};
static const uint16_t below[CT_UPPER_COLUMNS] = {104, 69,  108, 151,
                                                 337, 299, 333};

/* Where the sides of the upper forehead are tied to the mesh. */
enum { SIDE_R = 68, SIDE_L = 298 };

static int upper(int row, int column)
{
    return row < 0 ? top[column] : CT_POINTS + row * CT_UPPER_COLUMNS + column;
}

/* The vertex `along` mm beyond the top of a column. */
static void extend(double out[3], const float above[3], const float under[3],
                   double along)
{
    double tangent[3], length = 0;
    for (int k = 0; k < 3; k++) {
        tangent[k] = (double)above[k] - (double)under[k];
        length += tangent[k] * tangent[k];
    }
    length = sqrt(length);
    for (int k = 0; k < 3; k++)
        tangent[k] /= length;

    /* Inwards: what is left of the axis "away from the camera" across the
     * tangent. */
    double inwards[3], size = 0;
    for (int k = 0; k < 3; k++) {
        inwards[k] = (k == 2 ? 1.0 : 0.0) - tangent[2] * tangent[k];
        size += inwards[k] * inwards[k];
    }
    size = sqrt(size);

    const double angle = along / head_radius;
    const double forward = head_radius * ct_sin(angle);
    const double bend = head_radius * (1.0 - ct_cos(angle));
    for (int k = 0; k < 3; k++)
        out[k] =
            (double)above[k] + forward * tangent[k] + bend * inwards[k] / size;
}

bool ct_surface_canonical(double out[CT_VERTICES][3])
{
    const float(*const mesh)[3] = ct_mesh_points();
    if (!mesh)
        return false;

    for (int i = 0; i < CT_POINTS; i++)
        for (int k = 0; k < 3; k++)
            out[i][k] = (double)mesh[i][k];
    for (int row = 0; row < CT_UPPER_ROWS; row++)
        for (int i = 0; i < CT_UPPER_COLUMNS; i++)
            extend(out[upper(row, i)], mesh[top[i]], mesh[below[i]],
                   row_step * (row + 1));
    return true;
}

void ct_unroll(double out[2], const double point[3])
{
    out[0] = CT_CELLS_X / 2 +
             radius * ct_atan2(point[0], axis_z - point[2]) / CT_CELL_MM;
    out[1] = CT_CELLS_Y / 2 + point[1] / CT_CELL_MM;
}

uint16_t ct_cell_at(double u, double v)
{
    if (!(u >= 0 && u < CT_CELLS_X && v >= 0 && v < CT_CELLS_Y))
        return CT_NO_CELL;
    return (uint16_t)((int)v * CT_CELLS_X + (int)u);
}

static void put(uint16_t facet[3], int a, int b, int c)
{
    facet[0] = (uint16_t)a;
    facet[1] = (uint16_t)b;
    facet[2] = (uint16_t)c;
}

/* The facets above the mesh, turned as the mesh's are; a quadrilateral is cut
 * from its inner lower corner, so that left mirrors right. */
static void add_upper(uint16_t (*facet)[3])
{
    for (int row = 0; row < CT_UPPER_ROWS; row++) {
        for (int i = 0; i + 1 < CT_UPPER_COLUMNS; i++) {
            const int a = upper(row - 1, i), b = upper(row - 1, i + 1);
            const int c = upper(row, i), d = upper(row, i + 1);
            if (i < CT_UPPER_COLUMNS / 2) {
                put(*facet++, b, c, a);
                put(*facet++, b, d, c);
            } else {
                put(*facet++, a, b, d);
                put(*facet++, a, d, c);
            }
        }
        put(*facet++, SIDE_R, upper(row - 1, 0), upper(row, 0));
        put(*facet++, SIDE_L, upper(row, CT_UPPER_COLUMNS - 1),
            upper(row - 1, CT_UPPER_COLUMNS - 1));
    }
}

/* Canonical mm turned as the head is. */
static void turn(double out[3], const double r[9], const double p[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = r[3 * k] * p[0] + r[3 * k + 1] * p[1] + r[3 * k + 2] * p[2];
}

/* Full to working coordinates. */
cutis_point ct_to_work(const struct face *face, cutis_point p)
{
    return (cutis_point){(p.x - face->crop.x) / face->factor,
                         (p.y - face->crop.y) / face->factor};
}

/* Without the model, the forehead goes on straight up between the eyes. */
static void place_upper_flat(struct surface *out, const struct face *face)
{
    const struct axes axes = ct_face_axes(out->at, CT_POINTS);
    for (int row = 0; row < CT_UPPER_ROWS; row++) {
        const double up = row_step * (row + 1) * face->work_scale;
        for (int i = 0; i < CT_UPPER_COLUMNS; i++) {
            const cutis_point from = out->at[top[i]];
            cutis_point *const to = &out->at[upper(row, i)];
            to->x = from.x - up * axes.down.x;
            to->y = from.y - up * axes.down.y;
        }
    }
}

/* What is above the mesh keeps its place beside the top row, which the
 * landmarks know better than the pose does. */
static void place_upper(struct surface *out, const struct face *face)
{
    const double scale = face->pose.scale / face->factor;
    for (int row = 0; row < CT_UPPER_ROWS; row++) {
        for (int i = 0; i < CT_UPPER_COLUMNS; i++) {
            const int to = upper(row, i), from = top[i];
            const double *const p = out->posed[to], *const q = out->posed[from];
            out->at[to].x = out->at[from].x + scale * (p[0] - q[0]);
            out->at[to].y = out->at[from].y + scale * (p[1] - q[1]);
        }
    }
}

bool ct_surface_place(struct surface *out, const struct face *face)
{
    double canonical[CT_VERTICES][3];
    const uint16_t(*const triangles)[3] = ct_mesh_triangles();

    for (int i = 0; i < CT_POINTS; i++)
        out->at[i] = ct_to_work(face, face->points[i]);
    if (!triangles || !ct_surface_canonical(canonical)) {
        place_upper_flat(out, face);
        return false;
    }

    for (int i = 0; i < CT_VERTICES; i++) {
        turn(out->posed[i], face->pose.rotation, canonical[i]);
        ct_unroll(out->unrolled[i], canonical[i]);
    }
    place_upper(out, face);
    for (int i = 0; i < CT_TRIANGLES; i++)
        put(out->facets[i], triangles[i][0], triangles[i][1], triangles[i][2]);
    add_upper(out->facets + CT_TRIANGLES);
    return true;
}

/* ---- Without a mesh --------------------------------------------------------
 */

struct axes ct_face_axes(const cutis_point *at, int count)
{
    static const uint8_t ibug_r[6] = {36, 37, 38, 39, 40, 41};
    static const uint8_t ibug_l[6] = {42, 43, 44, 45, 46, 47};
    static const uint16_t mesh_r[2] = {33, 133}, mesh_l[2] = {263, 362};
    const int n = count == CT_IBUG_POINTS ? 6 : 2;

    cutis_point r = {0, 0}, l = {0, 0};
    for (int i = 0; i < n; i++) {
        const cutis_point p = at[n == 6 ? ibug_r[i] : mesh_r[i]];
        const cutis_point q = at[n == 6 ? ibug_l[i] : mesh_l[i]];
        r.x += p.x / n;
        r.y += p.y / n;
        l.x += q.x / n;
        l.y += q.y / n;
    }
    const double dx = l.x - r.x, dy = l.y - r.y;
    const double length = sqrt(dx * dx + dy * dy);
    struct axes out = {.eyes = {(r.x + l.x) / 2, (r.y + l.y) / 2}};
    out.right = (cutis_point){dx / length, dy / length};
    out.down = (cutis_point){-dy / length, dx / length};
    return out;
}

void ct_flat_cells(struct face *face, const struct axes *axes)
{
    const double step = 1.0 / (face->work_scale * CT_CELL_MM);
    for (int y = 0; y < face->region.height; y++) {
        for (int x = 0; x < face->region.width; x++) {
            const double dx = x + 0.5 - axes->eyes.x;
            const double dy = y + 0.5 - axes->eyes.y;
            const double u = dx * axes->right.x + dy * axes->right.y;
            const double v = dx * axes->down.x + dy * axes->down.y;
            face->cell[(size_t)y * (size_t)face->region.width + (size_t)x] =
                ct_cell_at(CT_CELLS_X / 2 + u * step,
                           CT_CELLS_Y / 2 + v * step);
        }
    }
}
