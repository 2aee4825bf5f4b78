/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What blood and melanin look like on skin of a given tone.
 *
 * In optical density OD = -log10(linear RGB) skin is nearly a sum,
 *
 *     OD = c_m m + c_h h + c_s (1, 1, 1),
 *
 * of melanin, blood and shading (Tsumura, Haneishi, Miyake, JOSA A 16:2169,
 * 1999; shading as in ACM TOG 22:770, 2003).  The directions m and h turn with
 * tone, because light reflected at the surface hides more of dark skin; the
 * tables below are fits to measured spectra.
 *
 * The blood weights w are not a row of the inverse of [m h 1], whose
 * determinant changes sign on brown skin.  They minimise
 *
 *     (w.m)^2 + k^2 |w|^2   subject to   w.(1,1,1) = 0,  w.h = 1,  k = 0.05,
 *
 * so that shading is never seen, blood always counts one, and melanin leaks
 * as little as noise allows.  H is scaled to the gain of skin at ITA 30, so
 * that a change of H is 13.74 times the change of ln(blood) at every tone.
 */

#include <math.h>

#include "measure/measure.h"

struct row {
    double m[3], h[3], g_m, g_h;
};

/* clang-format off */

/* From ITA 60 down in steps of 15 degrees; 4.2 % surface reflection. */
static const struct row ordinary[] = {
    {{.331, .507, .796}, {.280, .741, .610},  .271, .1310},
    {{.344, .514, .786}, {.273, .746, .607},  .397, .1343},
    {{.364, .524, .770}, {.276, .766, .581},  .526, .1374},
    {{.388, .546, .743}, {.299, .783, .545},  .657, .1221},
    {{.433, .574, .695}, {.316, .808, .496},  .749, .1159},
    {{.514, .621, .592}, {.356, .847, .394},  .790, .0994},
    {{.609, .645, .463}, {.392, .876, .283},  .798, .0810},
    {{.722, .624, .300}, {.463, .873, .152},  .768, .0637},
    {{.829, .542, .137}, {.560, .827, .048},  .718, .0472},
};

/* Cross-polarised, 0.8 % surface reflection. */
static const struct row cross_polarised[] = {
    {{.319, .500, .805}, {.265, .736, .623},  .282, .1364},
    {{.321, .501, .804}, {.272, .736, .620},  .404, .1492},
    {{.326, .501, .802}, {.264, .744, .613},  .568, .1520},
    {{.331, .504, .798}, {.260, .750, .608},  .730, .1575},
    {{.338, .505, .794}, {.276, .765, .582},  .943, .1490},
    {{.357, .521, .775}, {.279, .784, .554}, 1.183, .1460},
    {{.403, .562, .722}, {.290, .836, .465}, 1.407, .1360},
    {{.523, .653, .548}, {.349, .900, .260}, 1.459, .1091},
    {{.689, .688, .226}, {.398, .917, .032}, 1.374, .0910},
};

/* Melanin's gain on very fair skin: at ITA 60, 65 and 70. */
static const double fair[2][3] = {{.271, .203, .150}, {.282, .188, .136}};

/* clang-format on */

/* The mean of 4392 spectra, for skin of unknown tone. */
static const struct row unknown = {
    {.3749, .5307, .7602}, {.2974, .7722, .5614}, .526, .1374};

enum { ROWS = sizeof(ordinary) / sizeof(ordinary[0]) };

/* How h bends (blood_scale.c), at ITA 60, 45, 30 and so on. */
static const struct bend {
    double share, leak, steep;
} bends[2][ROWS] = {{{1.0, 0.4, 1.025},
                     {1.0, -0.6, 0.965},
                     {1.0, -2.1, 0.895},
                     {1.0, -8.6, 0.905},
                     {0.0, -21.3, 0.86}},
                    {{1.0, 1.2, 1.085},
                     {1.0, 0.7, 1.045},
                     {1.0, 0.4, 1.0},
                     {1.0, -0.7, 0.95},
                     {1.0, -0.9, 0.965},
                     {1.0, -6.6, 0.915},
                     {0.0, -26.0, 0.91}}};

static const double highest = 60.0, step = 15.0;
static const double gain_at_30 = 0.1374; /* of blood, in the H of all tones */
static const double ridge = 0.05;        /* k above */

static double mix(double a, double b, double t)
{
    return a + t * (b - a);
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static double dot(const double a[3], const double b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* The row above a tone, and how far towards the next. */
static int row_of(double *t, double ita)
{
    const double at = clamp((highest - ita) / step, 0.0, ROWS - 1);
    const int i = at < ROWS - 1 ? (int)at : ROWS - 2;
    *t = at - i;
    return i;
}

static struct row interpolate(double ita, bool polarised)
{
    if (isnan(ita))
        return unknown;

    const struct row *table = polarised ? cross_polarised : ordinary;
    double t;
    const int i = row_of(&t, ita);

    struct row out;
    for (int c = 0; c < 3; c++) {
        out.m[c] = mix(table[i].m[c], table[i + 1].m[c], t);
        out.h[c] = mix(table[i].h[c], table[i + 1].h[c], t);
    }
    out.g_m = mix(table[i].g_m, table[i + 1].g_m, t);
    out.g_h = mix(table[i].g_h, table[i + 1].g_h, t);

    if (ita > highest) {
        const double beyond = clamp((ita - highest) / 5.0, 0.0, 2.0);
        const int k = beyond < 1.0 ? 0 : 1;
        out.g_m = mix(fair[polarised][k], fair[polarised][k + 1], beyond - k);
    }
    return out;
}

static struct bend bend_at(double ita, bool polarised)
{
    if (isnan(ita))
        return (struct bend){.steep = 1.0};

    double t;
    const int i = row_of(&t, ita);
    const struct bend *row = &bends[polarised][i];
    return (struct bend){mix(row[0].share, row[1].share, t),
                         mix(row[0].leak, row[1].leak, t),
                         mix(row[0].steep, row[1].steep, t)};
}

/*
 * With A = m m' + k^2 1 and constraints C = (1,1,1; h), c = (0, 1), the
 * minimum is w = A^-1 C' (C A^-1 C')^-1 c.
 */
static void blood_weights(double w[3], const double m[3], const double h[3])
{
    const double one[3] = {1.0, 1.0, 1.0};
    const double shrink = 1.0 / (ridge * ridge + dot(m, m));
    double u[3], v[3]; /* A^-1 (1,1,1) and A^-1 h, times k^2 */
    for (int c = 0; c < 3; c++) {
        u[c] = one[c] - m[c] * dot(m, one) * shrink;
        v[c] = h[c] - m[c] * dot(m, h) * shrink;
    }
    const double uu = dot(one, u), uv = dot(one, v), vv = dot(h, v);
    const double det = uu * vv - uv * uv;
    for (int c = 0; c < 3; c++)
        w[c] = (v[c] * uu - u[c] * uv) / det;
}

/* The row of the inverse of [m h 1] that gives c_m. */
static void melanin_weights(double w[3], const double m[3], const double h[3])
{
    const double cross[3] = {h[1] - h[2], h[2] - h[0], h[0] - h[1]};
    const double det = dot(m, cross);
    for (int c = 0; c < 3; c++)
        w[c] = cross[c] / det;
}

/* The row of the pseudo-inverse of [m h] that gives p_m. */
static void pigment_weights(double w[3], const double m[3], const double h[3])
{
    const double mm = dot(m, m), mh = dot(m, h), hh = dot(h, h);
    const double det = mm * hh - mh * mh;
    for (int c = 0; c < 3; c++)
        w[c] = (hh * m[c] - mh * h[c]) / det;
}

void ct_tone_at(struct tone *out, double ita, bool polarised)
{
    const struct row row = interpolate(ita, polarised);
    *out = (struct tone){.ita = ita, .g_m = row.g_m, .g_h = row.g_h};
    const struct bend bend = bend_at(ita, polarised);
    out->bend = bend.share;
    out->leak = bend.leak;
    out->steep = bend.steep;
    out->level_is_sound = isnan(ita) || ita >= (polarised ? -30.0 : 0.0);

    blood_weights(out->blood, row.m, row.h);
    melanin_weights(out->melanin, row.m, row.h);
    pigment_weights(out->pigment, row.m, row.h);
    for (int c = 0; c < 3; c++) {
        out->m[c] = row.m[c];
        out->h[c] = row.h[c];
        out->blood[c] *= 100.0 * gain_at_30 / row.g_h;
        out->melanin[c] *= 100.0 * 0.526 / row.g_m;
        out->pigment[c] *= 100.0 / row.g_m;
    }
}
