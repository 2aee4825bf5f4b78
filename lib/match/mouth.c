/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How much wider the mouth became, by the picture itself (method 10, G15).
 *
 * Landmarks follow a smile in part only: a model knows how faces usually look.
 * So what surrounds each corner of the mouth is looked for in the other
 * photograph, around where landmarks put that corner: ln of luminance, 2 pixels
 * per mm, upright by the corners of the eyes, best weighted correlation within
 * 4 mm; there and back, so that one photograph beside itself gives exactly 0.
 */

#include <math.h>

#include "match/match.h"

enum {
    HALF = 12, /* px of a corner's surroundings */
    REACH = 8, /* px that it is looked for */
    ROOM = HALF + REACH,
    SIDE = 2 * HALF + 1,
    WIDE = 2 * ROOM + 1,
    SHIFTS = 2 * REACH + 1
};

static const double per_mm = 2.0;
static const double least_alike = 0.7; /* correlation */
static const double most_apart = 2.0;  /* mm, of there and back */

struct sight {
    float at[WIDE][WIDE];
};

static double luminance(const struct skin *skin, double x, double y)
{
    const double right = skin->green.width - 1, low = skin->green.height - 1;
    const int i = (int)fmin(fmax(x, 0.0), right);
    const int j = (int)fmin(fmax(y, 0.0), low);

    float rgb[3];
    ct_skin_at(rgb, skin, i, j);
    return 0.2126 * (double)rgb[0] + 0.7152 * (double)rgb[1] +
           0.0722 * (double)rgb[2];
}

/* Working pixels per pixel looked at, along the eyes. */
static void unit_step(double step[2], const struct face *face)
{
    const cutis_point *const p = face->points;
    const double x = p[263].x + p[362].x - p[33].x - p[133].x;
    const double y = p[263].y + p[362].y - p[33].y - p[133].y;
    const double size =
        face->scale / (per_mm * face->factor * ct_sqrt(x * x + y * y));

    step[0] = x * size;
    step[1] = y * size;
}

/* Surroundings of a landmark: each pixel the mean of some places in it. */
static void look_at(struct sight *out, const struct face *face,
                    const struct skin *skin, int landmark)
{
    enum { MOST = 4 };
    double step[2];
    unit_step(step, face);
    const double size = ct_sqrt(step[0] * step[0] + step[1] * step[1]);
    const int n = size > MOST ? MOST : size > 2.0 ? (int)ceil(size) : 2;
    const double x = (face->points[landmark].x - face->crop.x) / face->factor;
    const double y = (face->points[landmark].y - face->crop.y) / face->factor;

    for (int j = 0; j < WIDE; j++)
        for (int i = 0; i < WIDE; i++) {
            double sum = 0.0;
            for (int k = 0; k < n * n; k++) {
                const double u = i - ROOM + (k % n + 0.5) / n - 0.5;
                const double v = j - ROOM + (k / n + 0.5) / n - 0.5;
                sum += luminance(skin, x + u * step[0] - v * step[1],
                                 y + u * step[1] + v * step[0]);
            }
            out->at[j][i] = (float)ct_log(fmax(sum / (n * n), 1e-4));
        }
}

/* 1 in the middle, 0 at the rim. */
static double weight(int i, int j)
{
    const double far = (HALF + 1) * (HALF + 1);
    return fmax(1.0 - (i * i + j * j) / far, 0.0);
}

/* The middle of a sight, its weighted mean taken off, times the weights. */
struct middle {
    float t[SIDE][SIDE], w[SIDE][SIDE];
    double sum, square; /* of the weights, of the weighted squares */
};

static void take_middle(struct middle *out, const struct sight *from)
{
    double mean = 0.0;
    out->sum = out->square = 0.0;
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            const double w = weight(i - HALF, j - HALF);
            out->w[j][i] = (float)w;
            out->sum += w;
            mean += w * (double)from->at[j + REACH][i + REACH];
        }
    mean /= out->sum;
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            const double w = (double)out->w[j][i];
            const double t = (double)from->at[j + REACH][i + REACH] - mean;
            out->t[j][i] = (float)(w * t);
            out->square += w * t * t;
        }
}

static double alike(const struct middle *middle, const struct sight *in, int u,
                    int v)
{
    double product = 0.0, sum = 0.0, square = 0.0;
    for (int j = 0; j < SIDE; j++) {
        const float *const s = in->at[v + j] + u;
        for (int i = 0; i < SIDE; i++) {
            const double ws = (double)(middle->w[j][i] * s[i]);
            product += (double)(middle->t[j][i] * s[i]);
            sum += ws;
            square += ws * (double)s[i];
        }
    }
    const double spread = middle->square * (square - sum * sum / middle->sum);
    return spread > 0.0 ? product / ct_sqrt(spread) : 0.0;
}

/* The top of the parabola through three values, from the middle one. */
static double top(double before, double here, double after)
{
    const double bend = before - 2.0 * here + after;
    return bend < 0.0 ? 0.5 * (before - after) / bend : 0.0;
}

/* Where the middle of one sight lies in the other, mm; false where it is not
 * found, or at the end of the search. */
static bool find(double out[2], const struct sight *from,
                 const struct sight *in)
{
    struct middle middle;
    double found[SHIFTS][SHIFTS];
    int x = 0, y = 0;

    take_middle(&middle, from);
    for (int v = 0; v < SHIFTS; v++)
        for (int u = 0; u < SHIFTS; u++) {
            found[v][u] = alike(&middle, in, u, v);
            if (found[v][u] > found[y][x]) {
                x = u;
                y = v;
            }
        }
    if (x == 0 || y == 0 || x == SHIFTS - 1 || y == SHIFTS - 1 ||
        found[y][x] < least_alike)
        return false;
    out[0] = x - REACH + top(found[y][x - 1], found[y][x], found[y][x + 1]);
    out[1] = y - REACH + top(found[y - 1][x], found[y][x], found[y + 1][x]);
    out[0] /= per_mm;
    out[1] /= per_mm;
    return true;
}

/* mm along the eyes that a corner lies farther than its landmark says; NaN. */
static double beyond(const struct face *const face[2],
                     const struct skin *const skin[2], int landmark)
{
    struct sight sight[2];
    double there[2], back[2];

    for (int i = 0; i < 2; i++)
        look_at(&sight[i], face[i], skin[i], landmark);
    if (!find(there, &sight[0], &sight[1]) || !find(back, &sight[1], &sight[0]))
        return NAN;
    const double x = there[0] + back[0], y = there[1] + back[1];
    return x * x + y * y <= most_apart * most_apart ? 0.5 * (there[0] - back[0])
                                                    : NAN;
}

double ct_mouth_wider(const struct face *const face[2],
                      const struct skin *const skin[2])
{
    for (int i = 0; i < 2; i++)
        if (!face[i]->point_count || face[i]->scheme == CUTIS_LANDMARKS_IBUG68)
            return NAN;
    return ct_mouth_mm(face[1]) - ct_mouth_mm(face[0]) +
           beyond(face, skin, 291) - beyond(face, skin, 61);
}
