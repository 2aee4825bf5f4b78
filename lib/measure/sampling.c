/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The effective number of cells (method, 11.3).  The semivariogram
 *
 *     g(h) = mean of (z_i - z_j)^2 / 2 over pairs h apart
 *
 * along both axes and both diagonals is fitted, with weights 1 / h, by
 *
 *     nugget + sill (1 - rho(h)),   rho = exp(-h / a) or exp(-(h / a)^2)
 *
 * over a grid of a, the two amplitudes by least squares, none below 0.  With
 * f(h) the share of cells that have another at that distance, so that edges and
 * holes count, and C0 = nugget + sill,
 *
 *     Var(mean) = C0 / n,   n = N / (1 + sill / C0 sum of rho f)
 *
 * where the sum over offsets is taken on the grid up to 4 mm and as an integral
 * beyond.
 *
 * Beside it, the moving-block bootstrap: squares of max(8, 4 a) mm, drawn with
 * replacement until they make up N cells.  What its draws spread by has a
 * closed form, the variance over all squares, so none is drawn.
 */

#include <math.h>
#include <string.h>

#include "measure/sampling.h"

enum { LAGS = 11, BINS = 2 * LAGS, RANGES = 14, LEAST_CELLS = 40 };

static const int lag[LAGS] = {1, 2, 3, 4, 6, 8, 11, 15, 20, 28, 40};
static const double diagonal = 1.4142135623730951;

/* Of pairs at one distance; axes at even places, diagonals at odd ones. */
struct bin {
    double h, gamma, share;
};

struct fit {
    double nugget, sill, a, misfit;
    bool gaussian;
};

/* ---- Pairs --------------------------------------------------------------- */

struct pairs {
    double squares, count;
};

/* Of the cells (x, y) and (x + dx, y + dy); four sums side by side. */
static void add_pairs(struct pairs *out, const struct mosaic *m, int dx, int dy)
{
    const int x0 = dx < 0 ? -dx : 0, x1 = m->width - (dx > 0 ? dx : 0);

    for (int y = 0; y + dy < m->height; y++) {
        const size_t at = (size_t)y * (size_t)m->width;
        const size_t to = (size_t)(y + dy) * (size_t)m->width;
        double squares[4] = {0.0, 0.0, 0.0, 0.0};
        int count = 0;
        for (int x = x0; x < x1; x++) {
            const size_t i = at + (size_t)x, j = to + (size_t)(x + dx);
            const int both = m->in[i] & m->in[j];
            const double d = (double)(m->value[i] - m->value[j]);
            squares[x & 3] += both ? d * d : 0.0;
            count += both;
        }
        out->squares += (squares[0] + squares[1]) + (squares[2] + squares[3]);
        out->count += count;
    }
}

static int take_bins(struct bin bin[BINS], const struct mosaic *m, double cells)
{
    const int longest = m->width > m->height ? m->width : m->height;
    int n = 0;

    for (int k = 0; k < LAGS && lag[k] < longest; k++)
        for (int slanted = 0; slanted < 2; slanted++) {
            struct pairs pairs = {0.0, 0.0};
            add_pairs(&pairs, m, lag[k], slanted ? lag[k] : 0);
            add_pairs(&pairs, m, slanted ? -lag[k] : 0, lag[k]);
            bin[n++] = (struct bin){
                .h = slanted ? lag[k] * diagonal : lag[k],
                .gamma =
                    pairs.count > 0.0 ? 0.5 * pairs.squares / pairs.count : NAN,
                .share = 0.5 * pairs.count / cells,
            };
        }
    return n;
}

/* ---- The variogram ------------------------------------------------------- */

static double rho(const struct fit *fit, double h)
{
    const double along = h / fit->a;
    return ct_exp(fit->gaussian ? -along * along : -along);
}

/* Pairs that enough cells have, so that they are of the whole and not of its
 * ends. */
static bool is_sound(const struct bin *bin)
{
    return bin->share >= 0.3;
}

/* The amplitudes of one range: weighted least squares, none below 0. */
static void fit_range(struct fit *fit, const struct bin *bin, int n)
{
    double w1 = 0.0, wg = 0.0, wgg = 0.0, wy = 0.0, wgy = 0.0;

    for (int i = 0; i < n; i++) {
        const double w = is_sound(&bin[i]) ? 1.0 / bin[i].h : 0.0;
        const double g = w > 0.0 ? 1.0 - rho(fit, bin[i].h) : 0.0;
        const double y = w > 0.0 ? bin[i].gamma : 0.0;
        w1 += w;
        wg += w * g;
        wgg += w * g * g;
        wy += w * y;
        wgy += w * g * y;
    }
    const double det = w1 * wgg - wg * wg;
    fit->sill = det > 0.0 ? (w1 * wgy - wg * wy) / det : 0.0;
    fit->nugget = (wy - wg * fit->sill) / w1;
    if (fit->nugget < 0.0) {
        fit->nugget = 0.0;
        fit->sill = wgy / wgg;
    }
    if (fit->sill < 0.0) {
        fit->sill = 0.0;
        fit->nugget = wy / w1;
    }
    fit->misfit = 0.0;
    for (int i = 0; i < n; i++)
        if (is_sound(&bin[i])) {
            const double off = fit->nugget +
                               fit->sill * (1.0 - rho(fit, bin[i].h)) -
                               bin[i].gamma;
            fit->misfit += off * off / bin[i].h;
        }
}

/* Ranges from 0.7 mm to half of the farthest sound pair: of a longer one the
 * skin does not show where it ends. */
static struct fit fit_bins(const struct bin *bin, int n)
{
    struct fit best = {.misfit = INFINITY};
    double most = 2.0;

    for (int i = 0; i < n; i++)
        most = is_sound(&bin[i]) ? fmax(most, bin[i].h) : most;
    const double step = ct_exp(ct_log(0.5 * most / 0.7) / (RANGES - 1));
    for (int gaussian = 0; gaussian < 2; gaussian++) {
        double a = 0.7;
        for (int i = 0; i < RANGES; i++, a *= step) {
            struct fit fit = {.a = a, .gaussian = gaussian};
            fit_range(&fit, bin, n);
            if (fit.misfit < best.misfit)
                best = fit;
        }
    }
    return best;
}

/* ---- The sum over all pairs ---------------------------------------------- */

/* The share of cells that have another at distance h, by the bins of axes and
 * diagonals apart, and the mean of both. */
static double share_at(const struct bin *bin, int n, double h)
{
    double sum = 0.0;

    for (int slanted = 0; slanted < 2; slanted++) {
        double h0 = 0.0, f0 = 1.0;
        int i = slanted;
        while (i < n && bin[i].h < h) {
            h0 = bin[i].h;
            f0 = bin[i].share;
            i += 2;
        }
        if (i < n)
            sum += f0 + (bin[i].share - f0) * (h - h0) / (bin[i].h - h0);
    }
    return 0.5 * sum;
}

static double sum_rho(const struct fit *fit, const struct bin *bin, int n)
{
    enum { NEAR = 4 };
    const double pi = 3.14159265358979324, step = 0.5;
    double sum = 0.0;

    for (int y = -NEAR; y <= NEAR; y++)
        for (int x = -NEAR; x <= NEAR; x++) {
            const double h = ct_sqrt(x * x + y * y);
            if (x || y)
                sum += rho(fit, h) * share_at(bin, n, h);
        }
    /* From the circle of the same area on. */
    const double from = (2 * NEAR + 1) / ct_sqrt(pi);
    for (double h = from + 0.5 * step; h < bin[n - 1].h; h += step) {
        const double here = rho(fit, h);
        if (here < 1e-4)
            break;
        sum += 2.0 * pi * h * step * here * share_at(bin, n, h);
    }
    return sum;
}

/* ---- Blocks -------------------------------------------------------------- */

/* Sums from the first cell to before (x, y). */
static void integrate(const struct mosaic *m)
{
    const size_t stride = (size_t)m->width + 1;

    memset(m->sum, 0, stride * sizeof(*m->sum));
    memset(m->count, 0, stride * sizeof(*m->count));
    for (int y = 0; y < m->height; y++) {
        const double *const sum_above = m->sum + (size_t)y * stride;
        const double *const count_above = m->count + (size_t)y * stride;
        double *const sum = m->sum + ((size_t)y + 1) * stride;
        double *const count = m->count + ((size_t)y + 1) * stride;
        double along = 0.0, cells = 0.0;
        sum[0] = count[0] = 0.0;
        for (int x = 0; x < m->width; x++) {
            const size_t i = (size_t)y * (size_t)m->width + (size_t)x;
            along += (double)m->value[i];
            cells += m->in[i];
            sum[x + 1] = sum_above[x + 1] + along;
            count[x + 1] = count_above[x + 1] + cells;
        }
    }
}

static double block(const double *sum, size_t stride, int x, int y, int side)
{
    const double *const top = sum + (size_t)y * stride + x;
    const double *const low = top + (size_t)side * stride;
    return (low[side] - low[0]) - (top[side] - top[0]);
}

/* Adds n, n^2, s, s n and s^2 of all squares that are half filled. */
static size_t add_blocks(double out[5], const struct mosaic *m, int side)
{
    const size_t stride = (size_t)m->width + 1;
    size_t blocks = 0;

    for (int y = 0; y + side <= m->height; y++)
        for (int x = 0; x + side <= m->width; x++) {
            const double n = block(m->count, stride, x, y, side);
            const double s = block(m->sum, stride, x, y, side);
            if (2.0 * n < side * side)
                continue;
            out[0] += n;
            out[1] += n * n;
            out[2] += s;
            out[3] += s * n;
            out[4] += s * s;
            blocks++;
        }
    return blocks;
}

/* Of N / n squares, n being their mean cells, the variance of the ratio of
 * sums: the mean of (s - mean n)^2, over n N. */
static double block_se(const struct mosaic *m, double cells, double length)
{
    const double least = fmax(8.0, 4.0 * length);
    double t[5] = {0.0};

    if (cells < 4.0 * least * least)
        return NAN;
    integrate(m);
    const size_t blocks = add_blocks(t, m, (int)ceil(least));
    if (!blocks)
        return NAN;
    const double mean = t[2] / t[0];
    const double squares = t[4] - 2.0 * mean * t[3] + mean * mean * t[1];
    return ct_sqrt(fmax(squares, 0.0) / (t[0] * cells));
}

/* ---- All of it ----------------------------------------------------------- */

void ct_sampling_of(struct sampling *out, const struct mosaic *mosaic)
{
    const size_t all = (size_t)mosaic->width * (size_t)mosaic->height;
    struct bin bin[BINS];
    double cells = 0.0;

    *out = (struct sampling){NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < all; i++)
        cells += mosaic->in[i];
    if (cells < LEAST_CELLS)
        return;
    const int n = take_bins(bin, mosaic, cells);
    if (n < 4 || !is_sound(&bin[2]))
        return;
    const struct fit fit = fit_bins(bin, n);
    const double whole = fit.nugget + fit.sill;
    if (!(whole > 0.0))
        return;
    out->n = cells / (1.0 + fit.sill / whole * sum_rho(&fit, bin, n));
    out->se = ct_sqrt(whole / out->n);
    out->length_mm = fit.sill > 0.0 ? fit.a : 0.0;
    out->block_se = block_se(mosaic, cells, out->length_mm);
}
