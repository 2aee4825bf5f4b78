/* SPDX-License-Identifier: BSD-2-Clause */

/* Order statistics: floats by selection, doubles (few of them) by sorting. */

#include <math.h>

#include "signal/signal.h"

static void swap(float *a, float *b)
{
    const float t = *a;
    *a = *b;
    *b = t;
}

static float median3(float a, float b, float c)
{
    if (a > b)
        swap(&a, &b);
    if (b > c)
        b = c;
    return a > b ? a : b;
}

/*
 * Moves the k-th smallest to v[k], smaller ones before and larger ones after
 * it.  Pivots come from places of a fixed pseudo-random sequence, so that no
 * arrangement of a picture is a bad one; equal values are set aside at once.
 */
static void select(float *v, size_t n, size_t k)
{
    size_t from = 0, to = n;
    uint64_t dice = UINT64_C(0x9e3779b97f4a7c15);

    while (to - from > 1) {
        const size_t size = to - from;
        float sample[3];
        for (int i = 0; i < 3; i++) {
            dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
            sample[i] = v[from + (size_t)(dice >> 33) % size];
        }
        const float pivot = median3(sample[0], sample[1], sample[2]);

        size_t low = from, high = to;
        for (size_t i = from; i < high;) {
            if (v[i] < pivot)
                swap(&v[i++], &v[low++]);
            else if (v[i] > pivot)
                swap(&v[i], &v[--high]);
            else
                i++;
        }
        if (k < low)
            to = low;
        else if (k >= high)
            from = high;
        else
            return;
    }
}

/* The place of the q-quantile among n sorted values: whole part and rest. */
static size_t place(size_t n, double q, double *rest)
{
    const double h = (double)(n - 1) * (q < 0.0 ? 0.0 : q > 1.0 ? 1.0 : q);
    const size_t k = (size_t)h;
    *rest = h - (double)k;
    return k;
}

double ct_quantile(float *v, size_t n, double q)
{
    if (n == 0)
        return NAN;
    double rest;
    const size_t k = place(n, q, &rest);
    select(v, n, k);
    const double low = (double)v[k];
    if (rest <= 0.0)
        return low;

    float next = v[k + 1];
    for (size_t i = k + 2; i < n; i++)
        next = v[i] < next ? v[i] : next;
    return low + rest * ((double)next - low);
}

/* Lets v[i] sink to where the heap of n has the largest on top. */
static void sink(double *v, size_t i, size_t n)
{
    const double moved = v[i];
    for (size_t child = 2 * i + 1; child < n; child = 2 * i + 1) {
        if (child + 1 < n && v[child + 1] > v[child])
            child++;
        if (!(v[child] > moved))
            break;
        v[i] = v[child];
        i = child;
    }
    v[i] = moved;
}

static void sort(double *v, size_t n)
{
    for (size_t i = n / 2; i-- > 0;)
        sink(v, i, n);
    for (size_t end = n; end-- > 1;) {
        const double top = v[0];
        v[0] = v[end];
        v[end] = top;
        sink(v, 0, end);
    }
}

double ct_quantile_d(double *v, size_t n, double q)
{
    if (n == 0)
        return NAN;
    double rest;
    const size_t k = place(n, q, &rest);
    sort(v, n);
    if (rest == 0.5) /* negated values have exactly the negated median */
        return 0.5 * v[k] + 0.5 * v[k + 1];
    return rest > 0.0 ? v[k] + rest * (v[k + 1] - v[k]) : v[k];
}

double ct_trimmed_mean(float *v, size_t n, double low, double high)
{
    if (n == 0)
        return NAN;
    double rest;
    size_t from = place(n, low, &rest);
    from += rest > 0.0;
    const size_t last = place(n, high, &rest);
    if (last < from)
        return ct_quantile(v, n, (low + high) / 2.0);

    select(v, n, from);
    select(v + from, n - from, last - from);
    double sum = 0.0;
    for (size_t i = from; i <= last; i++)
        sum += (double)v[i];
    return sum / (double)(last - from + 1);
}
