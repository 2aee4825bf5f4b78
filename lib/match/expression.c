/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the face does, as ratios of distances between landmarks after the head
 * is turned to the front (method 10, G15).
 */

#include <math.h>

#include "match/match.h"

/* Head-on coordinates of a landmark, px. */
static void frontal(double out[3], const struct face *face, int i)
{
    const double p[3] = {face->points[i].x, face->points[i].y,
                         (double)face->depth[i]};
    const double *const r = face->pose.rotation;
    for (int k = 0; k < 3; k++)
        out[k] = r[k] * p[0] + r[3 + k] * p[1] + r[6 + k] * p[2];
}

/* In the frontal plane only: depth is the landmarks' weak side. */
static double between(const struct face *face, int a, int b)
{
    double p[3], q[3];
    frontal(p, face, a);
    frontal(q, face, b);
    return sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]));
}

/* Eye aspect ratio of six points, outer corner first (Soukupova & Cech 2016).
 */
static double eye(const struct face *face, const uint16_t p[6])
{
    return (between(face, p[1], p[5]) + between(face, p[2], p[4])) /
           (2 * between(face, p[0], p[3]));
}

/* How high the middle of two landmarks stands above that of two others. */
static double rise(const struct face *face, const uint16_t upper[2],
                   const uint16_t lower[2])
{
    double sum = 0, p[3];
    for (int i = 0; i < 2; i++) {
        frontal(p, face, lower[i]);
        sum += p[1] / 2;
        frontal(p, face, upper[i]);
        sum -= p[1] / 2;
    }
    return sum;
}

double ct_mouth_mm(const struct face *face)
{
    return between(face, 61, 291) / face->scale;
}

void ct_expression(struct capture *out, const struct face *face)
{
    static const uint16_t eye_r[6] = {33, 160, 158, 133, 153, 144};
    static const uint16_t eye_l[6] = {263, 387, 385, 362, 380, 373};
    static const uint16_t brow_r[2] = {105, 52}, brow_l[2] = {334, 282};
    static const uint16_t mouth[2] = {61, 291}, lips[2] = {13, 14};
    static const uint16_t canthi_r[2] = {33, 133}, canthi_l[2] = {263, 362};

    out->mouth_width = out->ear_r = out->ear_l = NAN;
    out->mar = out->brow_eye = out->mouth_lift = NAN;
    /* 68 points reach us as a mesh that was laid on them: a stiff face. */
    if (!face->point_count || face->scheme == CUTIS_LANDMARKS_IBUG68)
        return;

    const double ipd = (between(face, 33, 263) + between(face, 133, 362)) / 2;
    out->mouth_width = between(face, 61, 291) / ipd;
    out->mouth_lift = rise(face, mouth, lips) / ipd;
    out->mar = between(face, 13, 14) / between(face, 78, 308);
    out->ear_r = eye(face, eye_r);
    out->ear_l = eye(face, eye_l);
    out->brow_eye =
        (rise(face, brow_r, canthi_r) + rise(face, brow_l, canthi_l)) /
        (2 * ipd);
}
