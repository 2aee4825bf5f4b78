/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From a chart's patches to colours: A minimises
 *
 *     sum w |A rho(c) - t|^2 + lambda tr(A A'),   lambda = 1e-4 mean diagonal,
 *
 * with c a patch as the camera gave it and t its true linear sRGB.  rho is
 * (R, G, B), or with roots (R, G, B, sqrt RG, sqrt GB, sqrt RB): the
 * root-polynomial of degree 2, which like the linear one does not mind
 * exposure (Finlayson, Mackiewicz, Hurlbert, 2015,
 * doi:10.1109/TIP.2015.2405336).  Degree 3 fits 24 patches better and skin
 * worse, so there is none.
 */

#include <math.h>

#include "colour/chart.h"

static const double ridge = 1e-4; /* lambda per mean diagonal */

/* Roots are taken from so many patches on, and for so much less error. */
enum { ENOUGH_FOR_ROOTS = 18 };
static const double worth_it = 0.90;

static double weight_of(int patch)
{
    if (patch < 2) /* skin */
        return 3.0;
    return patch >= CT_FIRST_NEUTRAL ? 2.0 : 1.0;
}

/* sqrt(ab) of light, which noise may have made negative. */
static double root(double a, double b)
{
    return a > 0.0 && b > 0.0 ? sqrt(a * b) : 0.0;
}

static void expand(double rho[CT_TERMS], const double c[3])
{
    for (int i = 0; i < 3; i++) {
        rho[i] = c[i];
        rho[3 + i] = root(c[i], c[(i + 1) % 3]);
    }
}

void ct_correct(double out[3], const struct correction *by, const double c[3])
{
    double rho[CT_TERMS];
    expand(rho, c);
    for (int i = 0; i < 3; i++) {
        out[i] = 0.0;
        for (int k = 0; k < by->terms; k++)
            out[i] += by->m[i][k] * rho[k];
    }
}

/* The normal equations: n x n, and a right side for each channel. */
struct normal {
    double a[CT_TERMS][CT_TERMS], b[CT_TERMS][3];
};

static void gather(struct normal *out, const struct chart *chart, int terms,
                   int without)
{
    *out = (struct normal){0};
    for (int p = 0; p < CT_PATCHES; p++) {
        double rho[CT_TERMS];
        if (!chart->valid[p] || p == without)
            continue;
        expand(rho, chart->seen[p]);
        for (int i = 0; i < terms; i++) {
            const double w = weight_of(p) * rho[i];
            for (int k = 0; k < terms; k++)
                out->a[i][k] += w * rho[k];
            for (int c = 0; c < 3; c++)
                out->b[i][c] += w * chart->linear[p][c];
        }
    }
    double mean = 0.0;
    for (int i = 0; i < terms; i++)
        mean += out->a[i][i] / terms;
    for (int i = 0; i < terms; i++)
        out->a[i][i] += ridge * mean;
}

/* Elimination; the matrix is positive definite, so that no pivot is 0. */
static void solve(struct correction *out, struct normal *s, int terms)
{
    for (int i = 0; i < terms; i++)
        for (int k = i + 1; k < terms; k++) {
            const double f = s->a[k][i] / s->a[i][i];
            for (int j = i; j < terms; j++)
                s->a[k][j] -= f * s->a[i][j];
            for (int c = 0; c < 3; c++)
                s->b[k][c] -= f * s->b[i][c];
        }
    *out = (struct correction){.terms = terms};
    for (int i = terms - 1; i >= 0; i--)
        for (int c = 0; c < 3; c++) {
            double x = s->b[i][c];
            for (int j = i + 1; j < terms; j++)
                x -= s->a[i][j] * out->m[c][j];
            out->m[c][i] = x / s->a[i][i];
        }
}

static double miss(const struct correction *correction,
                   const struct chart *chart, int patch)
{
    double linear[3], lab[3];
    ct_correct(linear, correction, chart->seen[patch]);
    ct_lab_of_linear(lab, linear);
    return ct_ciede2000(lab, chart->lab[patch]);
}

static void fit(struct chart_fit *out, const struct chart *chart, int terms)
{
    struct normal normal;
    struct correction without;

    gather(&normal, chart, terms, -1);
    solve(&out->correction, &normal, terms);
    out->error = out->left_out = 0.0;
    for (int p = 0; p < CT_PATCHES; p++) {
        if (!chart->valid[p])
            continue;
        gather(&normal, chart, terms, p);
        solve(&without, &normal, terms);
        out->error += miss(&out->correction, chart, p) / chart->count;
        out->left_out += miss(&without, chart, p) / chart->count;
    }
}

void ct_chart_fit(struct chart_fit *out, const struct chart *chart)
{
    struct chart_fit roots;

    fit(out, chart, 3);
    if (chart->count < ENOUGH_FOR_ROOTS)
        return;
    fit(&roots, chart, CT_TERMS);
    if (roots.left_out <= worth_it * out->left_out)
        *out = roots;
}
