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
 * decides a bit.
 */

#include "signal/fft.h"

static const double two_pi = 6.283185307179586;

cutis_status ct_fft_create(struct fft *out, int side, struct tools *tools)
{
    const size_t half = (size_t)side / 2, n = (size_t)side;
    *out = (struct fft){.side = side};
    out->cosine = ct_alloc_raw(&tools->memory, half + 1, sizeof(double));
    out->sine = ct_alloc_raw(&tools->memory, half + 1, sizeof(double));
    out->re = ct_alloc(&tools->memory, n * n, sizeof(double));
    out->im = ct_alloc(&tools->memory, n * n, sizeof(double));
    if (!out->cosine || !out->sine || !out->re || !out->im) {
        ct_fft_free(out);
        return ct_no_memory(tools);
    }
    for (size_t i = 0; i < half; i++) {
        out->cosine[i] = ct_cos(two_pi * (double)i / (double)side);
        out->sine[i] = -ct_sin(two_pi * (double)i / (double)side);
    }
    return CUTIS_OK;
}

void ct_fft_free(struct fft *fft)
{
    ct_free(fft->cosine);
    ct_free(fft->sine);
    ct_free(fft->re);
    ct_free(fft->im);
    *fft = (struct fft){0};
}

static void swap(double *a, double *b)
{
    const double t = *a;
    *a = *b;
    *b = t;
}

/* Puts element i where i with its bits reversed says. */
static void reorder(double *re, double *im, int n, size_t step)
{
    for (int i = 1, j = 0; i < n; i++) {
        int bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            swap(&re[(size_t)i * step], &re[(size_t)j * step]);
            swap(&im[(size_t)i * step], &im[(size_t)j * step]);
        }
    }
}

/* A transform of each of `rows` lines that lie `across` apart. */
struct bundle {
    double *re, *im;
    size_t step; /* between elements of a line */
    size_t across, rows;
};

static void butterflies(const struct bundle *l, size_t a, size_t b, double c,
                        double s)
{
    double *const ar = l->re + a * l->step, *const ai = l->im + a * l->step;
    double *const br = l->re + b * l->step, *const bi = l->im + b * l->step;
    for (size_t i = 0; i < l->rows * l->across; i += l->across) {
        const double re = br[i] * c - bi[i] * s;
        const double im = br[i] * s + bi[i] * c;
        br[i] = ar[i] - re;
        bi[i] = ai[i] - im;
        ar[i] += re;
        ai[i] += im;
    }
}

static void transform(const struct fft *fft, const struct bundle *l)
{
    const size_t n = (size_t)fft->side;
    for (size_t i = 0; i < l->rows; i++)
        reorder(l->re + i * l->across, l->im + i * l->across, fft->side,
                l->step);
    for (size_t half = 1; half < n; half *= 2)
        for (size_t first = 0; first < n; first += 2 * half)
            for (size_t k = 0; k < half; k++)
                butterflies(l, first + k, first + k + half,
                            fft->cosine[k * (n / (2 * half))],
                            fft->sine[k * (n / (2 * half))]);
}

void ct_fft_square(const struct fft *fft)
{
    const size_t n = (size_t)fft->side;
    for (size_t y = 0; y < n; y++) {
        const struct bundle row = {fft->re + y * n, fft->im + y * n, 1, 1, 1};
        transform(fft, &row);
    }
    const struct bundle columns = {fft->re, fft->im, n, 1, n};
    transform(fft, &columns);
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
