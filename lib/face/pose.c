/* SPDX-License-Identifier: BSD-2-Clause */

#include "face/pose.h"

#include <math.h>
#include <string.h>

const double ct_canonical_ipd = 63.0229;

static const double degree = 57.29577951308232; /* 180 / pi */

/* Weighted means, and sums of products about them. */
struct spread {
    double canonical[3], seen[3]; /* means */
    double cross[9];              /* seen × canonical */
    double own[9];                /* canonical × canonical */
};

static bool gather(struct spread *out, const struct anchors *anchors)
{
    double total = 0.0;
    memset(out, 0, sizeof(*out));
    for (int i = 0; i < anchors->count; i++) {
        const double w = anchors->weight[i];
        total += w;
        for (int k = 0; k < 3; k++) {
            out->canonical[k] += w * (double)anchors->canonical[i][k];
            out->seen[k] += w * anchors->seen[i][k];
        }
    }
    if (!(total > 0.0))
        return false;
    for (int k = 0; k < 3; k++) {
        out->canonical[k] /= total;
        out->seen[k] /= total;
    }
    for (int i = 0; i < anchors->count; i++) {
        const double w = anchors->weight[i];
        for (int k = 0; k < 9; k++) {
            const double p =
                (double)anchors->canonical[i][k % 3] - out->canonical[k % 3];
            const double q = anchors->seen[i][k / 3] - out->seen[k / 3];
            const double r =
                (double)anchors->canonical[i][k / 3] - out->canonical[k / 3];
            out->cross[k] += w * q * p;
            out->own[k] += w * r * p;
        }
    }
    return true;
}

static void cross(double out[3], const double a[3], const double b[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static double dot(const double *a, const double *b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Matrix of cofactors; gives the determinant. */
static double cofactors(double out[9], const double m[9])
{
    cross(out, m + 3, m + 6);
    cross(out + 3, m + 6, m);
    cross(out + 6, m, m + 3);
    return dot(m, out, 3);
}

/* The rotation nearest to m, by Newton's iteration for the polar factor (Higham
 * 1986, doi:10.1137/0907079); false if m is singular or a reflection. */
static bool nearest_rotation(double out[9], const double m[9])
{
    enum { STEPS = 100 };
    const double smallest = 1e-9; /* determinant of the unit-norm matrix */
    const double norm = ct_sqrt(dot(m, m, 9));
    double inverse[9];
    for (int i = 0; i < 9; i++)
        out[i] = norm > 0 ? m[i] / norm : 0.0;
    if (!(cofactors(inverse, out) > smallest))
        return false;

    for (int step = 0; step < STEPS; step++) {
        const double determinant = cofactors(inverse, out);
        double change = 0.0;
        for (int i = 0; i < 9; i++) {
            const double next = 0.5 * (out[i] + inverse[i] / determinant);
            change += fabs(next - out[i]);
            out[i] = next;
        }
        if (change < 1e-15)
            break;
    }
    return true;
}

/* Angles and translation, once rotation and scale are known. */
static void finish(struct pose *pose, const struct spread *spread)
{
    const double *const r = pose->rotation;
    for (int k = 0; k < 3; k++)
        pose->translation[k] =
            spread->seen[k] -
            pose->scale * dot(r + 3 * (size_t)k, spread->canonical, 3);
    const double level = ct_sqrt(r[6] * r[6] + r[8] * r[8]);
    pose->yaw_deg = degree * ct_atan2(r[6], r[8]);
    pose->pitch_deg = degree * ct_atan2(-r[7], level);
    pose->roll_deg = degree * ct_atan2(-r[1], r[4]);
}

bool ct_pose_fit(struct pose *out, const struct anchors *anchors)
{
    struct spread spread;
    if (!gather(&spread, anchors) ||
        !nearest_rotation(out->rotation, spread.cross))
        return false;
    const double size = spread.own[0] + spread.own[4] + spread.own[8];
    out->scale = dot(out->rotation, spread.cross, 9) / size;
    finish(out, &spread);
    return out->scale > 0;
}

bool ct_pose_fit_flat(struct pose *out, const struct anchors *anchors)
{
    struct spread spread;
    double affine[2][3];
    if (!gather(&spread, anchors))
        return false;
    for (int k = 0; k < 2; k++) {
        double own[9];
        memcpy(own, spread.own, sizeof(own));
        memcpy(affine[k], spread.cross + 3 * (size_t)k, sizeof(affine[k]));
        if (!ct_solve_spd(own, affine[k], 3))
            return false;
    }

    /* Square root of the 2 × 2 matrix of products of the rows, closed form. */
    const double a = dot(affine[0], affine[0], 3);
    const double b = dot(affine[0], affine[1], 3);
    const double d = dot(affine[1], affine[1], 3);
    const double product = a * d - b * b;
    const double root = ct_sqrt(product > 0.0 ? product : 0.0);
    const double trace = ct_sqrt(a + d + 2.0 * root);
    if (!(root > 1e-12 * (a + d)))
        return false;
    const double p = (a + root) / trace;
    const double q = b / trace;
    const double s = (d + root) / trace;

    double *const r = out->rotation;
    for (int k = 0; k < 3; k++) {
        r[k] = (s * affine[0][k] - q * affine[1][k]) / root;
        r[3 + k] = (p * affine[1][k] - q * affine[0][k]) / root;
    }
    cross(r + 6, r, r + 3);
    out->scale = 0.5 * (p + s);
    spread.seen[2] = out->scale * dot(r + 6, spread.canonical, 3);
    finish(out, &spread);
    return true;
}

void ct_pose_upright(struct pose *out, double x, double y, double scale)
{
    const double length = ct_sqrt(x * x + y * y);
    const double c = length > 0 ? x / length : 1.0;
    const double s = length > 0 ? y / length : 0.0;
    *out = (struct pose){
        .rotation = {c, -s, 0, s, c, 0, 0, 0, 1},
        .scale = scale,
        .yaw_deg = NAN,
        .pitch_deg = NAN,
        .roll_deg = degree * ct_atan2(s, c),
    };
}

double ct_pose_eye_scale(const struct pose *pose, cutis_point right,
                         cutis_point left)
{
    const double *const r = pose->rotation;
    const double x = left.x - right.x;
    const double y = left.y - right.y;
    const double seen = ct_sqrt(x * x + y * y);
    return seen / (ct_canonical_ipd * ct_sqrt(r[0] * r[0] + r[3] * r[3]));
}

cutis_point ct_mesh_eye(const cutis_point *points, enum ct_eye eye)
{
    static const int corners[2][2] = {{33, 133}, {362, 263}};
    const cutis_point a = points[corners[eye][0]];
    const cutis_point b = points[corners[eye][1]];
    return (cutis_point){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

double ct_pose_mesh_scale(const struct pose *pose, const cutis_point *points)
{
    return ct_pose_eye_scale(pose, ct_mesh_eye(points, CT_EYE_RIGHT),
                             ct_mesh_eye(points, CT_EYE_LEFT));
}

void ct_pose_point(double out[3], const struct pose *pose,
                   const float canonical[3])
{
    for (int k = 0; k < 3; k++) {
        const double *const row = pose->rotation + 3 * (size_t)k;
        out[k] = pose->translation[k] +
                 pose->scale * (row[0] * (double)canonical[0] +
                                row[1] * (double)canonical[1] +
                                row[2] * (double)canonical[2]);
    }
}
