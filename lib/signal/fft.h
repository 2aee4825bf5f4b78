/* SPDX-License-Identifier: BSD-2-Clause */

/* The power spectrum of squares of pixels. */

#ifndef CT_SIGNAL_FFT_H
#define CT_SIGNAL_FFT_H

#include "signal/signal.h"

struct fft {
    int side;              /* a power of two, at least 2 */
    double *cosine, *sine; /* of the factors */
    size_t *order;         /* of a line's elements before the first stage */
    double *lines;         /* lines side by side, re and then im */
    const struct kernels *kernels;
    double *re, *im; /* side x side, row by row: two real squares in, one
                        complex transform out */
};

cutis_status ct_fft_create(struct fft *out, int side, struct tools *tools);
void ct_fft_free(struct fft *fft);

/* Transforms re + i im in place, forward, not normalised. */
void ct_fft_square(const struct fft *fft);

/* The same bits where |u| <= reach, and nothing of use elsewhere, of squares
 * that are 0 from row `rows` on. */
void ct_fft_part(const struct fft *fft, int rows, int reach);

/* |F|^2 of each of the two real squares at (u, v) cycles a side, of any
 * sign. */
void ct_fft_powers(double power[2], const struct fft *fft, int u, int v);

#endif
