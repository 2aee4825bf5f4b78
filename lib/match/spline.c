/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A smooth field through scattered displacements: uniform cubic B-splines whose
 * coefficients minimise the weighted squares plus `bending` times the squared
 * second differences.  What bends at no cost is affine; a little of the first
 * differences too keeps it level where there are no data.
 */

#include <math.h>
#include <string.h>

#include "match/refine.h"
#include "util/hash.h"

enum { TAPS = 4, KNOTS = TAPS * TAPS, TRIALS = 6, PROBES = 4, ROUNDS = 3 };

static const double level = 0.05;  /* of the first to the second */
static const double tukey = 4.685; /* as usual: 95 % efficient */
static const double least_sd =
    0.05; /* mm; what bends more than knots can is no stray */

cutis_status ct_scatter_create(struct scatter *out, int count,
                               struct tools *tools)
{
    double **const all[] = {&out->x, &out->y, &out->u, &out->v, &out->weight};
    *out = (struct scatter){.count = count};
    for (int i = 0; i < 5; i++) {
        *all[i] = ct_alloc(&tools->memory, (size_t)count, sizeof(double));
        if (!*all[i]) {
            ct_scatter_free(out);
            return ct_no_memory(tools);
        }
    }
    return CUTIS_OK;
}

void ct_scatter_free(struct scatter *scatter)
{
    double *const all[] = {scatter->x, scatter->y, scatter->u, scatter->v,
                           scatter->weight};
    for (int i = 0; i < 5; i++)
        ct_free(all[i]);
    *scatter = (struct scatter){0};
}

cutis_status ct_spline_create(struct spline *out, const struct face *face,
                              double step, struct tools *tools)
{
    const double across = face->region.width / face->work_scale;
    const double down = face->region.height / face->work_scale;
    *out = (struct spline){.step = step};
    out->columns = (int)ceil(across / step) + TAPS;
    out->rows = (int)ceil(down / step) + TAPS;
    const size_t count = (size_t)out->columns * (size_t)out->rows;
    out->cu = ct_alloc(&tools->memory, count, sizeof(double));
    out->cv = ct_alloc(&tools->memory, count, sizeof(double));
    if (out->cu && out->cv)
        return CUTIS_OK;
    ct_spline_free(out);
    return ct_no_memory(tools);
}

void ct_spline_free(struct spline *spline)
{
    ct_free(spline->cu);
    ct_free(spline->cv);
    spline->cu = spline->cv = NULL;
}

/* ---- Basis --------------------------------------------------------------- */

struct basis {
    int first;        /* coefficient */
    double at[KNOTS]; /* row by row */
};

static void taps(double out[TAPS], double t)
{
    const double s = 1 - t;
    out[0] = s * s * s / 6;
    out[1] = (4 - 6 * t * t + 3 * t * t * t) / 6;
    out[2] = (4 - 6 * s * s + 3 * s * s * s) / 6;
    out[3] = t * t * t / 6;
}

/* The piece that a place lies in; places beyond the knots are moved to them. */
static int piece(double *part, double place, int knots)
{
    const double last = knots - TAPS + 1;
    const double at = fmin(fmax(place, 0), last);
    const int index = at >= last ? knots - TAPS : (int)at;
    *part = at - index;
    return index;
}

static void find_basis(struct basis *out, const struct spline *spline, double x,
                       double y)
{
    double tx, ty, across[TAPS], down[TAPS];
    const int i = piece(&tx, x / spline->step, spline->columns);
    const int j = piece(&ty, y / spline->step, spline->rows);
    taps(across, tx);
    taps(down, ty);
    out->first = j * spline->columns + i;
    for (int k = 0; k < KNOTS; k++)
        out->at[k] = down[k / TAPS] * across[k % TAPS];
}

static int index_of(const struct spline *spline, const struct basis *basis,
                    int k)
{
    return basis->first + k / TAPS * spline->columns + k % TAPS;
}

void ct_spline_at(double out[2], const struct spline *spline, double x,
                  double y)
{
    struct basis basis;
    find_basis(&basis, spline, x, y);
    out[0] = out[1] = 0;
    for (int k = 0; k < KNOTS; k++) {
        const int i = index_of(spline, &basis, k);
        out[0] += basis.at[k] * spline->cu[i];
        out[1] += basis.at[k] * spline->cv[i];
    }
}

/* ---- Banded systems ------------------------------------------------------ */

/* The lower half of a symmetric matrix: column j holds rows j to j + half, then
 * zeros, so that CT_LANES rows from any of those on may be read at once. */
struct banded {
    int count, half;
    size_t stride; /* between columns */
    double *at;
};

static double *entry(const struct banded *m, int i, int j)
{
    return m->at + (size_t)j * m->stride + (size_t)(i - j);
}

static size_t size_of(const struct banded *m)
{
    return (size_t)m->count * m->stride;
}

static void add(const struct banded *m, int i, int j, double value)
{
    if (j <= i)
        *entry(m, i, j) += value;
}

/* m = L L', in place.  What a column loses to those before it, CT_LANES rows
 * at a time: a step down a row of the matrix is `stride - 1` in memory. */
static bool factor(struct banded *m, const struct kernels *kernels)
{
    const size_t step = m->stride - 1;
    for (int j = 0; j < m->count; j++) {
        double *const column = entry(m, j, j);
        for (int i = j; i <= j + m->half; i += CT_LANES) {
            const int first = i > m->half ? i - m->half : 0;
            if (first < j)
                kernels->eliminate(column + (i - j), entry(m, i, first),
                                   entry(m, j, first), step,
                                   (size_t)(j - first));
        }
        if (!(column[0] > 0))
            return false;
        column[0] = sqrt(column[0]);
        for (int i = 1; i <= m->half; i++)
            column[i] /= column[0];
    }
    return true;
}

/* For two right-hand sides, each by itself. */
static void solve(const struct banded *m, double *a, double *b)
{
    for (int j = 0; j < m->count; j++) {
        const double *const column = entry(m, j, j);
        const int rows = m->count - j;
        const int end = rows <= m->half ? rows : m->half + 1;
        const double u = a[j] /= column[0], v = b[j] /= column[0];
        for (int i = 1; i < end; i++)
            a[j + i] -= column[i] * u;
        for (int i = 1; i < end; i++)
            b[j + i] -= column[i] * v;
    }
    for (int j = m->count - 1; j >= 0; j--) {
        const double *const column = entry(m, j, j);
        const int rows = m->count - j;
        double u = a[j], v = b[j];
        for (int i = rows <= m->half ? rows - 1 : m->half; i > 0; i--) {
            u -= column[i] * a[j + i];
            v -= column[i] * b[j + i];
        }
        a[j] = u / column[0];
        b[j] = v / column[0];
    }
}

/* ---- The fit ------------------------------------------------------------- */

struct fit {
    struct spline *spline;
    const struct scatter *data;
    const struct kernels *kernels;
    struct basis *basis; /* at each of the data */
    double *weight;      /* the data's by Tukey's */
    double *probe[2], *out[2];
    struct banded data_part, penalty, sum;
};

/* The spline of coefficients `c` at one of the data. */
static double value_at(const struct fit *fit, int n, const double *c)
{
    const struct basis *const basis = &fit->basis[n];
    double sum = 0;
    for (int k = 0; k < KNOTS; k++)
        sum += basis->at[k] * c[index_of(fit->spline, basis, k)];
    return sum;
}

/* Squares of a difference of `n` neighbours with the factors given. */
static void penalise(const struct banded *m, const int *at, const double *by,
                     int n, double weight)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            add(m, at[i], at[j], weight * by[i] * by[j]);
}

static void fill_penalty(struct fit *fit)
{
    static const double first[2] = {-1, 1}, second[3] = {1, -2, 1};
    static const double cross[4] = {1, -1, -1, 1};
    const int w = fit->spline->columns, h = fit->spline->rows;
    for (int j = 0; j < h; j++)
        for (int i = 0; i < w; i++) {
            const int k = j * w + i;
            const int right[3] = {k, k + 1, k + 2};
            const int down[3] = {k, k + w, k + 2 * w};
            const int square[4] = {k, k + 1, k + w, k + w + 1};
            if (i + 1 < w)
                penalise(&fit->penalty, right, first, 2, level);
            if (j + 1 < h)
                penalise(&fit->penalty, down, first, 2, level);
            if (i + 2 < w)
                penalise(&fit->penalty, right, second, 3, 1);
            if (j + 2 < h)
                penalise(&fit->penalty, down, second, 3, 1);
            if (i + 1 < w && j + 1 < h)
                penalise(&fit->penalty, square, cross, 4, 2);
        }
}

static void fill_data(struct fit *fit)
{
    const struct spline *const s = fit->spline;
    const struct scatter *const d = fit->data;
    memset(fit->data_part.at, 0, size_of(&fit->data_part) * sizeof(double));
    for (int n = 0; n < d->count; n++) {
        const struct basis *const basis = &fit->basis[n];
        if (!(fit->weight[n] > 0))
            continue;
        for (int k = 0; k < KNOTS; k++)
            for (int l = 0; l <= k; l++)
                add(&fit->data_part, index_of(s, basis, k),
                    index_of(s, basis, l),
                    fit->weight[n] * basis->at[k] * basis->at[l]);
    }
}

/* out = B' W v. */
static void spread(double *out, const struct fit *fit, const double *v)
{
    memset(out, 0, (size_t)fit->sum.count * sizeof(double));
    for (int n = 0; n < fit->data->count; n++) {
        const struct basis *const basis = &fit->basis[n];
        if (!(fit->weight[n] > 0))
            continue;
        for (int k = 0; k < KNOTS; k++)
            out[index_of(fit->spline, basis, k)] +=
                basis->at[k] * fit->weight[n] * v[n];
    }
}

static bool solve_for(struct fit *fit, double bending)
{
    const size_t size = size_of(&fit->sum);
    for (size_t i = 0; i < size; i++)
        fit->sum.at[i] = fit->data_part.at[i] + bending * fit->penalty.at[i];
    if (!factor(&fit->sum, fit->kernels))
        return false;
    spread(fit->spline->cu, fit, fit->data->u);
    spread(fit->spline->cv, fit, fit->data->v);
    solve(&fit->sum, fit->spline->cu, fit->spline->cv);
    return true;
}

static double residual(const struct fit *fit, int n)
{
    const double du = fit->data->u[n] - value_at(fit, n, fit->spline->cu);
    const double dv = fit->data->v[n] - value_at(fit, n, fit->spline->cv);
    return sqrt(du * du + dv * dv);
}

/* Tukey's weights for the residuals of the last solution. */
static void reweigh(struct fit *fit)
{
    const struct scatter *const d = fit->data;
    double *const off = fit->probe[0];
    size_t kept = 0;
    for (int n = 0; n < d->count; n++)
        if (d->weight[n] > 0)
            off[kept++] = residual(fit, n);
    /* The median of a plane normal's length is 1.1774 SD. */
    const double sd = ct_quantile_d(off, kept, 0.5) / 1.1774;
    const double far = tukey * fmax(sd, least_sd);
    for (int n = 0; n < d->count; n++) {
        if (!(d->weight[n] > 0))
            continue;
        const double r = residual(fit, n) / far;
        const double part = r < 1 ? 1 - r * r : 0;
        fit->weight[n] = d->weight[n] * part * part;
    }
}

/* Random signs, of variance 1 by the weights. */
static void roll(double *probe, const struct fit *fit, struct random *dice)
{
    for (int n = 0; n < fit->data->count; n++) {
        const double sign = ct_random_uniform(dice) < 0.5 ? -1 : 1;
        const double w = fit->weight[n];
        probe[n] = w > 0 ? sign / sqrt(w) : 0;
    }
}

/* Degrees of freedom of the last solution: the trace of its smoother, by
 * Hutchinson's probes of random signs, always the same. */
static double freedom(struct fit *fit)
{
    struct random dice;
    double trace = 0;
    ct_random_seed(&dice, 1);
    for (int i = 0; i < PROBES; i += 2) {
        for (int k = 0; k < 2; k++) {
            roll(fit->probe[k], fit, &dice);
            spread(fit->out[k], fit, fit->probe[k]);
        }
        solve(&fit->sum, fit->out[0], fit->out[1]);
        for (int k = 0; k < 2; k++)
            for (int n = 0; n < fit->data->count; n++)
                if (fit->weight[n] > 0)
                    trace += fit->probe[k][n] * fit->weight[n] *
                             value_at(fit, n, fit->out[k]);
    }
    return trace / PROBES;
}

/* Generalised cross-validation's score of a bending; Craven and Wahba,
 * doi:10.1007/BF01404567. */
static double score(struct fit *fit, double bending)
{
    double squares = 0;
    int count = 0;
    if (!solve_for(fit, bending))
        return INFINITY;
    for (int n = 0; n < fit->data->count; n++) {
        if (!(fit->weight[n] > 0))
            continue;
        const double r = residual(fit, n);
        squares += fit->weight[n] * r * r;
        count++;
    }
    const double left = 1 - freedom(fit) / count;
    return left > 0 ? squares / (left * left) : INFINITY;
}

static double choose(struct fit *fit, double floor_value)
{
    double best = floor_value, least = INFINITY, bending = floor_value;
    for (int i = 0; i < TRIALS; i++, bending *= 4) {
        const double found = score(fit, bending);
        if (found < least) {
            least = found;
            best = bending;
        }
    }
    return best;
}

static cutis_status make_room(struct fit *fit, struct tools *tools)
{
    const int count = fit->spline->columns * fit->spline->rows;
    const int half = 3 * fit->spline->columns + 3;
    const size_t data = (size_t)fit->data->count, all = (size_t)count;
    const size_t stride = (size_t)half + CT_LANES;
    struct memory *const memory = &tools->memory;
    struct banded *const matrix[3] = {&fit->data_part, &fit->penalty,
                                      &fit->sum};
    for (int i = 0; i < 3; i++) {
        *matrix[i] = (struct banded){count, half, stride, NULL};
        matrix[i]->at = ct_alloc(memory, all, stride * sizeof(double));
        if (!matrix[i]->at)
            return ct_no_memory(tools);
    }
    for (int k = 0; k < 2; k++) {
        fit->probe[k] = ct_alloc(memory, data, sizeof(double));
        fit->out[k] = ct_alloc(memory, all, sizeof(double));
        if (!fit->probe[k] || !fit->out[k])
            return ct_no_memory(tools);
    }
    fit->weight = ct_alloc(memory, data, sizeof(double));
    fit->basis = ct_alloc_raw(memory, data, sizeof(*fit->basis));
    return fit->weight && fit->basis ? CUTIS_OK : ct_no_memory(tools);
}

static void free_room(struct fit *fit)
{
    ct_free(fit->data_part.at);
    ct_free(fit->penalty.at);
    ct_free(fit->sum.at);
    for (int k = 0; k < 2; k++) {
        ct_free(fit->probe[k]);
        ct_free(fit->out[k]);
    }
    ct_free(fit->weight);
    ct_free(fit->basis);
}

cutis_status ct_spline_fit(struct spline *spline, const struct scatter *data,
                           struct stiffness stiffness, struct tools *tools)
{
    enum { START = 16 }; /* strays are looked for with a stiffer field */
    cutis_status status = CUTIS_OK;
    struct fit fit = {
        .spline = spline, .data = data, .kernels = tools->kernels};
    const double least = stiffness.bending;
    const double start = stiffness.choose ? START * least : least;
    const int rounds = stiffness.robust ? ROUNDS : 0;
    TRY(make_room(&fit, tools));
    fill_penalty(&fit);
    for (int n = 0; n < data->count; n++)
        find_basis(&fit.basis[n], spline, data->x[n], data->y[n]);
    memcpy(fit.weight, data->weight, (size_t)data->count * sizeof(double));
    for (int round = 0; round <= rounds; round++) {
        fill_data(&fit);
        if (!solve_for(&fit, start))
            TRY(ct_fail(tools, CUTIS_ERROR_INTERNAL, "a spline without data"));
        if (round < rounds)
            reweigh(&fit);
    }
    if (stiffness.choose && !solve_for(&fit, choose(&fit, least)))
        status = ct_fail(tools, CUTIS_ERROR_INTERNAL, "a spline without data");
done:
    free_room(&fit);
    return status;
}
