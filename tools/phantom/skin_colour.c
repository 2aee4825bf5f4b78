/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The colour of skin from its melanin and blood.  The optical density of each
 * linear sRGB channel is a polynomial in x = f_m / 0.065 and
 * y = ln(f_b / 0.0206), fitted to a two-layer model of the skin that itself was
 * fitted to measured spectra (Jacques 1998, 2013); valid for x in [0.18, 3.4]
 * and y in [-1.42, 1.58], to 4.4e-4.
 */

#include "phantom/phantom.h"

#include <math.h>

struct term {
    int x, y; /* powers */
    double rgb[3];
};

/* Surface reflection 4.23 % (ordinary light), then 0.8 % (crossed polarisers),
 * in the same order of powers. */
static const struct term terms[2][15] = {{{0, 0, {.20827, .31329, .32124}},
                                          {0, 1, {.03543, .10405, .09118}},
                                          {0, 2, {.00935, .02421, .02375}},
                                          {0, 3, {.00134, -.00058, -.00037}},
                                          {0, 4, {.00008, -.00106, -.00080}},
                                          {1, 0, {.20316, .31795, .50104}},
                                          {1, 1, {-.00039, -.00136, -.00681}},
                                          {1, 2, {.00030, -.00320, -.00773}},
                                          {1, 3, {-.00013, -.00046, -.00001}},
                                          {2, 0, {.00157, -.00488, .00028}},
                                          {2, 1, {-.00057, -.00582, -.01589}},
                                          {2, 2, {-.00028, -.00046, .00040}},
                                          {3, 0, {-.00118, -.00618, -.03226}},
                                          {3, 1, {-.00003, .00049, .00314}},
                                          {4, 0, {-.00004, .00045, .00433}}},
                                         {{0, 0, {.21793, .32998, .33831}},
                                          {0, 1, {.03759, .11239, .09823}},
                                          {0, 2, {.00996, .02676, .02500}},
                                          {0, 3, {.00145, .00022, .00056}},
                                          {0, 4, {.00012, -.00118, -.00094}},
                                          {1, 0, {.21542, .34390, .54746}},
                                          {1, 1, {.00042, .00196, -.00147}},
                                          {1, 2, {.00065, .00070, .00071}},
                                          {1, 3, {-.00001, -.00048, -.00022}},
                                          {2, 0, {.00425, -.00019, .00103}},
                                          {2, 1, {-.00018, .00005, -.00433}},
                                          {2, 2, {-.00017, -.00071, -.00166}},
                                          {3, 0, {-.00045, -.00068, -.00110}},
                                          {3, 1, {-.00004, -.00048, -.00044}},
                                          {4, 0, {-.00004, -.00026, -.00178}}}};

static const double usual_melanin = 0.065, usual_blood = 0.0206;
static const double x_range[2] = {0.18, 3.4}, y_range[2] = {-1.42, 1.58};

static double power(double base, int exponent)
{
    double product = 1.0;
    for (int i = 0; i < exponent; i++)
        product *= base;
    return product;
}

/* Optical densities, inside the range. */
static void polynomial(double od[3], double x, double y, bool polarised)
{
    od[0] = od[1] = od[2] = 0.0;
    for (int t = 0; t < 15; t++) {
        const struct term *term = &terms[polarised ? 1 : 0][t];
        const double p = power(x, term->x) * power(y, term->y);
        for (int c = 0; c < 3; c++)
            od[c] += term->rgb[c] * p;
    }
}

static double within(double v, const double range[2])
{
    return v < range[0] ? range[0] : v > range[1] ? range[1] : v;
}

/* Reflection of the surface: no skin is darker. */
static const double surface[2] = {0.0423, 0.008};

/* Density of what comes out of the skin itself, without the surface. */
static void body_density(double od[3], double x, double y, bool polarised)
{
    polynomial(od, x, y, polarised);
    for (int c = 0; c < 3; c++)
        od[c] = -log10(pow(10.0, -od[c]) - surface[polarised]);
}

/* Beyond the range the body's density goes on along its tangent. */
static void density(double od[3], double melanin, double blood, bool polarised)
{
    const double x = melanin / usual_melanin, y = log(blood / usual_blood);
    const double xi = within(x, x_range), yi = within(y, y_range);
    if (x == xi && y == yi) {
        polynomial(od, x, y, polarised);
        return;
    }

    const double step = 1e-3;
    double px[3], py[3];
    body_density(od, xi, yi, polarised);
    body_density(px, xi + (x < xi ? step : -step), yi, polarised);
    body_density(py, xi, yi + (y < yi ? step : -step), polarised);
    for (int c = 0; c < 3; c++) {
        const double more = fabs(x - xi) * (od[c] - px[c]) / step +
                            fabs(y - yi) * (od[c] - py[c]) / step;
        od[c] = -log10(pow(10.0, -od[c] - more) + surface[polarised]);
    }
}

void ct_skin_colour(float rgb[3], double melanin, double blood, bool polarised)
{
    double od[3];
    density(od, melanin, blood, polarised);
    for (int c = 0; c < 3; c++)
        rgb[c] = (float)pow(10.0, -od[c]);
}

/* ---- Table --------------------------------------------------------------- */

/* ln melanin in [ln .006, ln .40], ln blood in [ln .002, ln .18]. */
static const double table_low[2] = {-5.1159958, -6.2146081};
static const double table_high[2] = {-0.9162907, -1.7147984};

void ct_colours_fill(struct colours *table, bool polarised)
{
    const int cells[2] = {CT_COLOUR_M - 1, CT_COLOUR_B - 1};
    double step[2];
    for (int k = 0; k < 2; k++) {
        step[k] = (table_high[k] - table_low[k]) / cells[k];
        table->low[k] = (float)table_low[k];
        table->scale[k] = (float)(1.0 / step[k]);
    }
    for (int b = 0; b < CT_COLOUR_B; b++) {
        for (int m = 0; m < CT_COLOUR_M; m++) {
            double od[3];
            density(od, exp(table_low[0] + m * step[0]),
                    exp(table_low[1] + b * step[1]), polarised);
            for (int c = 0; c < 3; c++)
                table->od[b][m][c] = (float)(od[c] * 2.302585092994046);
        }
    }
}

void ct_colours_at(const struct colours *table, float ln_melanin,
                   float ln_blood, float rgb[3])
{
    const float u = ct_clamp((ln_melanin - table->low[0]) * table->scale[0],
                             0.0f, CT_COLOUR_M - 1.001f);
    const float v = ct_clamp((ln_blood - table->low[1]) * table->scale[1], 0.0f,
                             CT_COLOUR_B - 1.001f);
    const int i = (int)u, j = (int)v;
    const float s = u - (float)i, t = v - (float)j;
    for (int c = 0; c < 3; c++) {
        const float low = ct_mix(table->od[j][i][c], table->od[j][i + 1][c], s);
        const float high =
            ct_mix(table->od[j + 1][i][c], table->od[j + 1][i + 1][c], s);
        rgb[c] = expf(-ct_mix(low, high, t));
    }
}

/* ---- CIELAB, D65 --------------------------------------------------------- */

static const double to_xyz[3][3] = {{.4124564, .3575761, .1804375},
                                    {.2126729, .7151522, .0721750},
                                    {.0193339, .1191920, .9503041}};
static const double from_xyz[3][3] = {{3.2404542, -1.5371385, -.4985314},
                                      {-.9692660, 1.8760108, .0415560},
                                      {.0556434, -.2040259, 1.0572252}};
static const double white[3] = {.95047, 1.0, 1.08883};

static double lab_curve(double t)
{
    const double d = 6.0 / 29.0;
    return t > d * d * d ? cbrt(t) : t / (3.0 * d * d) + 4.0 / 29.0;
}

static double lab_curve_back(double f)
{
    const double d = 6.0 / 29.0;
    return f > d ? f * f * f : 3.0 * d * d * (f - 4.0 / 29.0);
}

void ct_lab(double lab[3], const float rgb[3])
{
    double f[3];
    for (int k = 0; k < 3; k++) {
        double v = 0.0;
        for (int c = 0; c < 3; c++)
            v += to_xyz[k][c] * (double)rgb[c];
        f[k] = lab_curve(v / white[k]);
    }
    lab[0] = 116.0 * f[1] - 16.0;
    lab[1] = 500.0 * (f[0] - f[1]);
    lab[2] = 200.0 * (f[1] - f[2]);
}

void ct_lab_to_rgb(float rgb[3], const double lab[3])
{
    const double fy = (lab[0] + 16.0) / 116.0;
    const double f[3] = {fy + lab[1] / 500.0, fy, fy - lab[2] / 200.0};
    for (int c = 0; c < 3; c++) {
        double v = 0.0;
        for (int k = 0; k < 3; k++)
            v += from_xyz[c][k] * white[k] * lab_curve_back(f[k]);
        rgb[c] = (float)fmax(v, 0.0);
    }
}

double ct_ita_of_melanin(double melanin, bool polarised)
{
    float rgb[3];
    double lab[3];
    ct_skin_colour(rgb, melanin, usual_blood, polarised);
    ct_lab(lab, rgb);
    return atan2(lab[0] - 50.0, lab[2]) * 57.29577951308232;
}

/* More melanin is always a lower angle, so halving finds it. */
double ct_melanin_of_ita(double ita, bool polarised)
{
    double low = 0.008, high = 0.36;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        if (ct_ita_of_melanin(middle, polarised) > ita)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}
