/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The regions from 68 points (method 8.2): a corner lies between two points and
 * is shifted along the face's own axes, in parts of the distance between the
 * eyes.  Left regions are the right ones by the points' mirror images.
 */

#include "face/mask.h"

struct corner {
    uint8_t from, to;
    float part;         /* of the way from one to the other */
    float across, down; /* shift, in distances between the eyes */
};

/* clang-format off */
static const struct corner forehead[] = {
    {18, 18, 0.0f, 0.0f, -0.14f}, {19, 19, 0.0f, 0.0f, -0.14f},
    {20, 20, 0.0f, 0.0f, -0.14f}, {23, 23, 0.0f, 0.0f, -0.14f},
    {24, 24, 0.0f, 0.0f, -0.14f}, {25, 25, 0.0f, 0.0f, -0.14f},
    {25, 25, 0.0f, -0.02f, -0.5f}, {24, 24, 0.0f, 0.0f, -0.58f},
    {21, 22, 0.5f, 0.0f, -0.66f}, {19, 19, 0.0f, 0.0f, -0.58f},
    {18, 18, 0.0f, 0.02f, -0.5f}};

static const struct corner glabella[] = {
    {21, 21, 0.0f, 0.0f, 0.0f}, {21, 21, 0.0f, 0.02f, -0.14f},
    {22, 22, 0.0f, -0.02f, -0.14f}, {22, 22, 0.0f, 0.0f, 0.0f},
    {27, 27, 0.0f, 0.11f, -0.06f}, {27, 27, 0.0f, -0.11f, -0.06f}};

static const struct corner nose[] = {
    {27, 27, 0.0f, -0.07f, 0.02f}, {28, 28, 0.0f, -0.1f, 0.0f},
    {29, 29, 0.0f, -0.15f, 0.0f}, {31, 31, 0.0f, -0.05f, -0.13f},
    {31, 31, 0.0f, -0.02f, -0.05f}, {33, 33, 0.0f, 0.0f, -0.13f},
    {35, 35, 0.0f, 0.02f, -0.05f}, {35, 35, 0.0f, 0.05f, -0.13f},
    {29, 29, 0.0f, 0.15f, 0.0f}, {28, 28, 0.0f, 0.1f, 0.0f},
    {27, 27, 0.0f, 0.07f, 0.02f}};

static const struct corner cheek_r[] = {
    {36, 1, 0.45f, 0.0f, 0.22f}, {36, 36, 0.0f, 0.0f, 0.36f},
    {41, 41, 0.0f, 0.0f, 0.38f}, {40, 40, 0.0f, -0.05f, 0.4f},
    {31, 31, 0.0f, -0.22f, -0.04f}, {48, 48, 0.0f, -0.16f, -0.12f},
    {48, 5, 0.45f, 0.0f, 0.0f}, {48, 4, 0.62f, 0.0f, 0.0f},
    {31, 3, 0.72f, 0.0f, 0.0f}, {31, 2, 0.74f, 0.0f, 0.0f}};

static const struct corner crowsfeet_r[] = {
    {36, 36, 0.0f, -0.07f, -0.12f}, {36, 36, 0.0f, -0.3f, -0.1f},
    {36, 36, 0.0f, -0.32f, 0.1f}, {36, 36, 0.0f, -0.2f, 0.2f},
    {36, 36, 0.0f, -0.07f, 0.1f}};

static const struct corner infraorbital_r[] = {
    {36, 36, 0.0f, -0.03f, 0.12f}, {41, 41, 0.0f, 0.0f, 0.11f},
    {40, 40, 0.0f, 0.0f, 0.11f}, {39, 39, 0.0f, -0.04f, 0.14f},
    {39, 39, 0.0f, -0.06f, 0.28f}, {41, 41, 0.0f, 0.0f, 0.34f},
    {36, 36, 0.0f, -0.03f, 0.32f}};

static const struct corner perioral_upper[] = {
    {31, 31, 0.0f, -0.04f, 0.06f}, {33, 33, 0.0f, 0.0f, 0.05f},
    {35, 35, 0.0f, 0.04f, 0.06f}, {54, 54, 0.0f, 0.06f, -0.05f},
    {53, 53, 0.0f, 0.0f, -0.04f}, {52, 52, 0.0f, 0.0f, -0.04f},
    {51, 51, 0.0f, 0.0f, -0.04f}, {50, 50, 0.0f, 0.0f, -0.04f},
    {49, 49, 0.0f, 0.0f, -0.04f}, {48, 48, 0.0f, -0.06f, -0.05f}};

static const struct corner perioral_lower[] = {
    {48, 48, 0.0f, -0.02f, 0.06f}, {59, 59, 0.0f, 0.0f, 0.05f},
    {58, 58, 0.0f, 0.0f, 0.05f}, {57, 57, 0.0f, 0.0f, 0.05f},
    {56, 56, 0.0f, 0.0f, 0.05f}, {55, 55, 0.0f, 0.0f, 0.05f},
    {54, 54, 0.0f, 0.02f, 0.06f}, {55, 55, 0.0f, 0.08f, 0.17f},
    {57, 57, 0.0f, 0.0f, 0.22f}, {59, 59, 0.0f, -0.08f, 0.17f}};

static const struct corner chin[] = {
    {59, 59, 0.0f, -0.08f, 0.19f}, {57, 57, 0.0f, 0.0f, 0.24f},
    {55, 55, 0.0f, 0.08f, 0.19f}, {9, 55, 0.35f, 0.0f, 0.0f},
    {9, 9, 0.0f, -0.02f, -0.1f}, {8, 8, 0.0f, 0.0f, -0.08f},
    {7, 7, 0.0f, 0.02f, -0.1f}, {7, 59, 0.35f, 0.0f, 0.0f}};

static const struct corner jaw_r[] = {
    {48, 4, 0.66f, 0.0f, 0.0f}, {48, 5, 0.5f, 0.0f, 0.0f},
    {48, 6, 0.55f, 0.0f, 0.0f}, {48, 6, 0.85f, 0.0f, 0.0f},
    {48, 5, 0.9f, 0.0f, 0.0f}, {48, 4, 0.92f, 0.0f, 0.0f}};

static const struct corner eye_r[] = {
    {36, 36, 0.0f, 0.0f, 0.0f}, {37, 37, 0.0f, 0.0f, 0.0f},
    {38, 38, 0.0f, 0.0f, 0.0f}, {39, 39, 0.0f, 0.0f, 0.0f},
    {40, 40, 0.0f, 0.0f, 0.0f}, {41, 41, 0.0f, 0.0f, 0.0f}};

static const struct corner brow_r[] = {
    {17, 17, 0.0f, 0.0f, -0.03f}, {18, 18, 0.0f, 0.0f, -0.03f},
    {19, 19, 0.0f, 0.0f, -0.03f}, {20, 20, 0.0f, 0.0f, -0.03f},
    {21, 21, 0.0f, 0.0f, -0.03f}, {21, 21, 0.0f, 0.0f, 0.03f},
    {20, 20, 0.0f, 0.0f, 0.03f}, {19, 19, 0.0f, 0.0f, 0.03f},
    {18, 18, 0.0f, 0.0f, 0.03f}, {17, 17, 0.0f, 0.0f, 0.03f}};

static const struct corner lips[] = {
    {48, 48, 0.0f, 0.0f, 0.0f}, {49, 49, 0.0f, 0.0f, 0.0f},
    {50, 50, 0.0f, 0.0f, 0.0f}, {51, 51, 0.0f, 0.0f, 0.0f},
    {52, 52, 0.0f, 0.0f, 0.0f}, {53, 53, 0.0f, 0.0f, 0.0f},
    {54, 54, 0.0f, 0.0f, 0.0f}, {55, 55, 0.0f, 0.0f, 0.0f},
    {56, 56, 0.0f, 0.0f, 0.0f}, {57, 57, 0.0f, 0.0f, 0.0f},
    {58, 58, 0.0f, 0.0f, 0.0f}, {59, 59, 0.0f, 0.0f, 0.0f}};

static const struct corner nostrils[] = {
    {31, 31, 0.0f, -0.06f, -0.08f}, {31, 31, 0.0f, -0.04f, 0.03f},
    {33, 33, 0.0f, 0.0f, 0.02f}, {35, 35, 0.0f, 0.04f, 0.03f},
    {35, 35, 0.0f, 0.06f, -0.08f}, {33, 33, 0.0f, 0.0f, -0.08f}};

static const struct corner oval[] = {
    {0, 0, 0.0f, 0.0f, 0.0f}, {1, 1, 0.0f, 0.0f, 0.0f},
    {2, 2, 0.0f, 0.0f, 0.0f}, {3, 3, 0.0f, 0.0f, 0.0f},
    {4, 4, 0.0f, 0.0f, 0.0f}, {5, 5, 0.0f, 0.0f, 0.0f},
    {6, 6, 0.0f, 0.0f, 0.0f}, {7, 7, 0.0f, 0.0f, 0.0f},
    {8, 8, 0.0f, 0.0f, 0.0f}, {9, 9, 0.0f, 0.0f, 0.0f},
    {10, 10, 0.0f, 0.0f, 0.0f}, {11, 11, 0.0f, 0.0f, 0.0f},
    {12, 12, 0.0f, 0.0f, 0.0f}, {13, 13, 0.0f, 0.0f, 0.0f},
    {14, 14, 0.0f, 0.0f, 0.0f}, {15, 15, 0.0f, 0.0f, 0.0f},
    {16, 16, 0.0f, 0.0f, 0.0f}, {26, 26, 0.0f, 0.05f, -0.25f},
    {25, 25, 0.0f, 0.02f, -0.52f}, {24, 24, 0.0f, 0.0f, -0.62f},
    {21, 22, 0.5f, 0.0f, -0.68f}, {19, 19, 0.0f, 0.0f, -0.62f},
    {18, 18, 0.0f, -0.02f, -0.52f}, {17, 17, 0.0f, -0.05f, -0.25f}};
/* clang-format on */

struct shape {
    const struct corner *corners;
    size_t count;
    bool mirrored; /* of the other side */
};

#define SHAPE(name, flip)                                                      \
    {                                                                          \
        name, sizeof(name) / sizeof(name[0]), flip                             \
    }

static const struct shape regions[CT_FACE_REGION] = {
    [CT_FOREHEAD] = SHAPE(forehead, false),
    [CT_GLABELLA] = SHAPE(glabella, false),
    [CT_NOSE] = SHAPE(nose, false),
    [CT_CHEEK_R] = SHAPE(cheek_r, false),
    [CT_CHEEK_L] = SHAPE(cheek_r, true),
    [CT_CROWSFEET_R] = SHAPE(crowsfeet_r, false),
    [CT_CROWSFEET_L] = SHAPE(crowsfeet_r, true),
    [CT_INFRAORBITAL_R] = SHAPE(infraorbital_r, false),
    [CT_INFRAORBITAL_L] = SHAPE(infraorbital_r, true),
    [CT_PERIORAL_UPPER] = SHAPE(perioral_upper, false),
    [CT_PERIORAL_LOWER] = SHAPE(perioral_lower, false),
    [CT_CHIN] = SHAPE(chin, false),
    [CT_JAW_R] = SHAPE(jaw_r, false),
    [CT_JAW_L] = SHAPE(jaw_r, true),
};

static const struct shape rings[CT_RINGS] = {
    [CT_EYE_R] = SHAPE(eye_r, false),   [CT_EYE_L] = SHAPE(eye_r, true),
    [CT_BROW_R] = SHAPE(brow_r, false), [CT_BROW_L] = SHAPE(brow_r, true),
    [CT_LIPS] = SHAPE(lips, false),     [CT_NOSTRILS] = SHAPE(nostrils, false),
    [CT_OVAL] = SHAPE(oval, false),
};

static int mirror(int i)
{
    static const uint8_t rest[CT_IBUG_POINTS - 27] = {
        27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47,
        46, 39, 38, 37, 36, 41, 40, 54, 53, 52, 51, 50, 49, 48,
        59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65};
    return i <= 16 ? 16 - i : i <= 26 ? 43 - i : rest[i - 27];
}

static cutis_point mean_of(const cutis_point *at, int count)
{
    cutis_point sum = {0, 0};
    for (int i = 0; i < count; i++) {
        sum.x += at[i].x;
        sum.y += at[i].y;
    }
    return (cutis_point){sum.x / count, sum.y / count};
}

static void trace(struct outline *out, const struct shape *shape,
                  const cutis_point *at)
{
    const cutis_point r = mean_of(at + 36, 6), l = mean_of(at + 42, 6);
    const double ux = l.x - r.x, uy = l.y - r.y;
    out->count = (int)shape->count;
    for (size_t i = 0; i < shape->count; i++) {
        const struct corner *const c = &shape->corners[i];
        const cutis_point p = at[shape->mirrored ? mirror(c->from) : c->from];
        const cutis_point q = at[shape->mirrored ? mirror(c->to) : c->to];
        const double t = (double)c->part, b = (double)c->down;
        const double a = (double)(shape->mirrored ? -c->across : c->across);
        out->at[i].x = p.x + t * (q.x - p.x) + a * ux - b * uy;
        out->at[i].y = p.y + t * (q.y - p.y) + a * uy + b * ux;
    }
}

void ct_ibug_region(struct outline *out, int region, const cutis_point *at)
{
    trace(out, &regions[region], at);
}

void ct_ibug_ring(struct outline *out, enum ct_ring ring, const cutis_point *at)
{
    trace(out, &rings[ring], at);
}
