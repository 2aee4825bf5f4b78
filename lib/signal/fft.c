/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The Fourier transform of two real squares at once, sides a power of two.
 *
 * One square is the real and the other the imaginary part of a complex one,
 * whose transform F holds both: with -k the mirror frequency,
 *
 *     A(k) = (F(k) + conj F(-k)) / 2,   B(k) = (F(k) - conj F(-k)) / 2i.
 *
 * Radix two, in place, by decimation in time (Cooley and Tukey 1965), in
 * double; the factors come from ct_sin and ct_cos, so no library of mathematics
 * decides a bit.  Lines go through the stages sixteen at a time, side by side.
 */

#include "signal/fft.h"

static const double two_pi = 6.283185307179586;

/* Where element i of n goes before the stages: its bits reversed. */
static size_t reversed(size_t i, size_t n)
{
    size_t out = 0;
    for (size_t bit = 1; bit < n; bit *= 2) {
        out = 2 * out + (i & 1);
        i /= 2;
    }
    return out;
}

cutis_status ct_fft_create(struct fft *out, int side, struct tools *tools)
{
    const size_t half = (size_t)side / 2, n = (size_t)side;
    *out = (struct fft){.side = side, .kernels = tools->kernels};
    out->cosine = ct_alloc_raw(&tools->memory, half + 1, sizeof(double));
    out->sine = ct_alloc_raw(&tools->memory, half + 1, sizeof(double));
    out->order = ct_alloc_raw(&tools->memory, n, sizeof(*out->order));
    out->lines = ct_alloc_raw(&tools->memory, 2 * n, CT_LANES * sizeof(double));
    out->re = ct_alloc(&tools->memory, n * n, sizeof(double));
    out->im = ct_alloc(&tools->memory, n * n, sizeof(double));
    if (!out->cosine || !out->sine || !out->order || !out->lines || !out->re ||
        !out->im) {
        ct_fft_free(out);
        return ct_no_memory(tools);
    }
    for (size_t i = 0; i < half; i++) {
        out->cosine[i] = ct_cos(two_pi * (double)i / (double)side);
        out->sine[i] = -ct_sin(two_pi * (double)i / (double)side);
    }
    for (size_t i = 0; i < n; i++)
        out->order[i] = reversed(i, n);
    return CUTIS_OK;
}

void ct_fft_free(struct fft *fft)
{
    ct_free(fft->cosine);
    ct_free(fft->sine);
    ct_free(fft->order);
    ct_free(fft->lines);
    ct_free(fft->re);
    ct_free(fft->im);
    *fft = (struct fft){0};
}

/* CT_LANES lines or fewer, from line `first` on; their elements lie `step`
 * apart and the lines `across`. */
struct bundle {
    size_t first, lines, step, across;
};

static void transform(const struct fft *fft, const struct bundle *b)
{
    const size_t n = (size_t)fft->side;
    double *const re = fft->lines, *const im = re + n * CT_LANES;
    for (size_t i = 0; i < n; i++) {
        const size_t to = fft->order[i] * CT_LANES;
        for (size_t j = 0; j < CT_LANES; j++) {
            const size_t at = i * b->step + (b->first + j) * b->across;
            re[to + j] = j < b->lines ? fft->re[at] : 0.0;
            im[to + j] = j < b->lines ? fft->im[at] : 0.0;
        }
    }
    fft->kernels->fft_lines(re, im, fft->cosine, fft->sine, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < b->lines; j++) {
            const size_t at = i * b->step + (b->first + j) * b->across;
            fft->re[at] = re[i * CT_LANES + j];
            fft->im[at] = im[i * CT_LANES + j];
        }
}

/* Lines [from, to) along x, or along y. */
static void transform_lines(const struct fft *fft, size_t from, size_t to,
                            bool down)
{
    const size_t n = (size_t)fft->side;
    for (size_t at = from; at < to; at += CT_LANES) {
        const size_t lines = to - at < CT_LANES ? to - at : CT_LANES;
        const struct bundle b = {at, lines, down ? n : 1, down ? 1 : n};
        transform(fft, &b);
    }
}

void ct_fft_square(const struct fft *fft)
{
    ct_fft_part(fft, fft->side, fft->side);
}

void ct_fft_part(const struct fft *fft, int rows, int reach)
{
    const size_t n = (size_t)fft->side;
    transform_lines(fft, 0, (size_t)rows, false);
    if (2 * reach + 1 >= fft->side) {
        transform_lines(fft, 0, n, true);
        return;
    }
    transform_lines(fft, 0, (size_t)reach + 1, true);
    transform_lines(fft, n - (size_t)reach, n, true);
}

void ct_fft_powers(double power[2], const struct fft *fft, int u, int v)
{
    const size_t n = (size_t)fft->side;
    const size_t x = (size_t)u & (n - 1), y = (size_t)v & (n - 1);
    const size_t at = y * n + x;
    const size_t back = ((n - y) & (n - 1)) * n + ((n - x) & (n - 1));
    const double re = fft->re[at], im = fft->im[at];
    const double mre = fft->re[back], mim = fft->im[back];
    const double ar = 0.5 * (re + mre), ai = 0.5 * (im - mim);
    const double br = 0.5 * (im + mim), bi = 0.5 * (mre - re);
    power[0] = ar * ar + ai * ai;
    power[1] = br * br + bi * bi;
}
