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

/* Symmetric: row i holds columns i - half to i, half + 1 entries. */
struct banded {
    int count, half;
    double *at;
};

static double *entry(const struct banded *m, int i, int j)
{
    return m->at + (size_t)(i + 1) * (size_t)m->half + (size_t)j;
}

static void add(const struct banded *m, int i, int j, double value)
{
    if (j <= i)
        *entry(m, i, j) += value;
}

/* m = L L', in place. */
static bool factor(struct banded *m)
{
    for (int i = 0; i < m->count; i++) {
        const int first = i > m->half ? i - m->half : 0;
        double *const row = entry(m, i, 0);
        for (int j = first; j <= i; j++) {
            const int from = j > m->half ? j - m->half : 0;
            const double *const other = entry(m, j, 0);
            double sum = row[j];
            for (int k = from > first ? from : first; k < j; k++)
                sum -= row[k] * other[k];
            if (j < i)
                row[j] = sum / other[j];
            else if (sum > 0)
                row[i] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

static void solve(const struct banded *m, double *b)
{
    for (int i = 0; i < m->count; i++) {
        const double *const row = entry(m, i, 0);
        for (int k = i > m->half ? i - m->half : 0; k < i; k++)
            b[i] -= row[k] * b[k];
        b[i] /= row[i];
    }
    for (int i = m->count - 1; i >= 0; i--) {
        const double *const row = entry(m, i, 0);
        b[i] /= row[i];
        for (int k = i > m->half ? i - m->half : 0; k < i; k++)
            b[k] -= row[k] * b[i];
    }
}

/* ---- The fit ------------------------------------------------------------- */

struct fit {
    struct spline *spline;
    const struct scatter *data;
    double *weight; /* the data's by Tukey's */
    double *scratch;
    struct banded data_part, penalty, sum;
};

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
    const size_t size =
        (size_t)fit->sum.count * (size_t)(fit->sum.half + 1) * sizeof(double);
    memset(fit->data_part.at, 0, size);
    for (int n = 0; n < d->count; n++) {
        struct basis basis;
        if (!(fit->weight[n] > 0))
            continue;
        find_basis(&basis, s, d->x[n], d->y[n]);
        for (int k = 0; k < KNOTS; k++)
            for (int l = 0; l < KNOTS; l++)
                add(&fit->data_part, index_of(s, &basis, k),
                    index_of(s, &basis, l),
                    fit->weight[n] * basis.at[k] * basis.at[l]);
    }
}

/* out = B' W v. */
static void spread(double *out, const struct fit *fit, const double *v)
{
    memset(out, 0, (size_t)fit->sum.count * sizeof(double));
    for (int n = 0; n < fit->data->count; n++) {
        struct basis basis;
        find_basis(&basis, fit->spline, fit->data->x[n], fit->data->y[n]);
        for (int k = 0; k < KNOTS; k++)
            out[index_of(fit->spline, &basis, k)] +=
                basis.at[k] * fit->weight[n] * v[n];
    }
}

static bool solve_for(struct fit *fit, double bending)
{
    const int size = fit->sum.count * (fit->sum.half + 1);
    for (int i = 0; i < size; i++)
        fit->sum.at[i] = fit->data_part.at[i] + bending * fit->penalty.at[i];
    if (!factor(&fit->sum))
        return false;
    spread(fit->spline->cu, fit, fit->data->u);
    spread(fit->spline->cv, fit, fit->data->v);
    solve(&fit->sum, fit->spline->cu);
    solve(&fit->sum, fit->spline->cv);
    return true;
}

static double residual(const struct fit *fit, int n)
{
    double at[2];
    ct_spline_at(at, fit->spline, fit->data->x[n], fit->data->y[n]);
    const double du = fit->data->u[n] - at[0], dv = fit->data->v[n] - at[1];
    return sqrt(du * du + dv * dv);
}

/* Tukey's weights for the residuals of the last solution. */
static void reweigh(struct fit *fit)
{
    const struct scatter *const d = fit->data;
    size_t kept = 0;
    for (int n = 0; n < d->count; n++)
        if (d->weight[n] > 0)
            fit->scratch[kept++] = residual(fit, n);
    /* The median of a plane normal's length is 1.1774 SD. */
    const double sd = ct_quantile_d(fit->scratch, kept, 0.5) / 1.1774;
    const double far = tukey * fmax(sd, least_sd);
    for (int n = 0; n < d->count; n++) {
        const double r = residual(fit, n) / far;
        const double part = r < 1 ? 1 - r * r : 0;
        fit->weight[n] = d->weight[n] * part * part;
    }
}

/* Degrees of freedom of the last solution: the trace of its smoother, by
 * Hutchinson's probes of random signs, always the same. */
static double freedom(struct fit *fit)
{
    const struct scatter *const d = fit->data;
    struct random dice;
    double trace = 0;
    ct_random_seed(&dice, 1);
    double *const probe = fit->scratch, *const out = fit->scratch + d->count;
    for (int k = 0; k < PROBES; k++) {
        for (int n = 0; n < d->count; n++) {
            const double sign = ct_random_uniform(&dice) < 0.5 ? -1 : 1;
            const double w = fit->weight[n];
            probe[n] = w > 0 ? sign / sqrt(w) : 0;
        }
        spread(out, fit, probe);
        solve(&fit->sum, out);
        for (int n = 0; n < d->count; n++) {
            struct basis basis;
            find_basis(&basis, fit->spline, d->x[n], d->y[n]);
            double sum = 0;
            for (int i = 0; i < KNOTS; i++)
                sum += basis.at[i] * out[index_of(fit->spline, &basis, i)];
            trace += probe[n] * fit->weight[n] * sum;
        }
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
    struct banded *const all[3] = {&fit->data_part, &fit->penalty, &fit->sum};
    for (int i = 0; i < 3; i++) {
        *all[i] = (struct banded){count, half, NULL};
        all[i]->at = ct_alloc(&tools->memory, (size_t)count,
                              (size_t)(half + 1) * sizeof(double));
        if (!all[i]->at)
            return ct_no_memory(tools);
    }
    const size_t data = (size_t)fit->data->count;
    fit->weight = ct_alloc(&tools->memory, data, sizeof(double));
    fit->scratch =
        ct_alloc(&tools->memory, data + (size_t)count, sizeof(double));
    return fit->weight && fit->scratch ? CUTIS_OK : ct_no_memory(tools);
}

cutis_status ct_spline_fit(struct spline *spline, const struct scatter *data,
                           struct stiffness stiffness, struct tools *tools)
{
    enum { START = 16 }; /* strays are looked for with a stiffer field */
    cutis_status status = CUTIS_OK;
    struct fit fit = {.spline = spline, .data = data};
    const double least = stiffness.bending;
    const double start = stiffness.choose ? START * least : least;
    const int rounds = stiffness.robust ? ROUNDS : 0;
    TRY(make_room(&fit, tools));
    fill_penalty(&fit);
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
    ct_free(fit.data_part.at);
    ct_free(fit.penalty.at);
    ct_free(fit.sum.at);
    ct_free(fit.weight);
    ct_free(fit.scratch);
    return status;
}
