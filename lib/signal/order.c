/* SPDX-License-Identifier: BSD-2-Clause */

/* Order statistics: floats by selection, doubles (few of them) by sorting. */

#include <math.h>
#include <string.h>

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

static const uint64_t first_dice = UINT64_C(0x9e3779b97f4a7c15);

/* The next of a fixed pseudo-random sequence, below n. */
static size_t roll(uint64_t *dice, size_t n)
{
    *dice = *dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (size_t)(*dice >> 33) % n;
}

static float pivot_of(const float *v, size_t from, size_t to, uint64_t *dice)
{
    float sample[3];
    for (int i = 0; i < 3; i++)
        sample[i] = v[from + roll(dice, to - from)];
    return median3(sample[0], sample[1], sample[2]);
}

/*
 * Moves the k-th smallest to v[k], smaller ones before and larger ones after
 * it.  Pivots come from places of a fixed pseudo-random sequence, so that no
 * arrangement of a picture is a bad one; equal values are set aside at once.
 * Sums over a side depend on the order that this leaves: it stays.
 */
static void select(float *v, size_t n, size_t k)
{
    size_t from = 0, to = n;
    uint64_t dice = first_dice;

    while (to - from > 1) {
        const float pivot = pivot_of(v, from, to, &dice);

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

/*
 * The same value at v[k] and what is left on its sides, but without a branch an
 * element: one pass brings the smaller ones to the front, and one more, only
 * where the k-th is not among them, those that equal the pivot.
 */
static size_t bring_forward(float *v, size_t from, size_t to, float pivot,
                            int equal)
{
    size_t low = from;
    for (size_t i = from; i < to; i++) {
        const float x = v[i], y = v[low];
        v[low] = x;
        v[i] = y;
        low += equal ? x <= pivot : x < pivot;
    }
    return low;
}

static void narrow(float *v, size_t n, size_t k)
{
    size_t from = 0, to = n;
    uint64_t dice = first_dice;

    while (to - from > 1) {
        const float pivot = pivot_of(v, from, to, &dice);
        const size_t low = bring_forward(v, from, to, pivot, 0);
        if (k < low) {
            to = low;
            continue;
        }
        from = bring_forward(v, low, to, pivot, 1);
        if (k < from)
            return;
    }
}

/*
 * Floyd and Rivest's idea (1975): the order statistics of a sample tell a short
 * range that the k-th and the next smallest almost certainly lie in, and one
 * pass finds what is in it.  `range` holds those two values, or the pass shows
 * that it does not.
 */
enum { FEW = 1024, SAMPLE = 4096, SHARE = 16, CHUNK = 512, GROUP = 8 };

static void guess_range(float range[2], const float *v, size_t n, size_t k)
{
    float sample[SAMPLE];
    const size_t m = n / SHARE < SAMPLE ? n / SHARE : SAMPLE;
    const size_t margin = (size_t)(2.0 * ct_sqrt((double)m));
    const size_t at = (size_t)((double)k / (double)n * (double)m);
    uint64_t dice = first_dice;
    for (size_t i = 0; i < m; i++) {
        sample[i] = v[roll(&dice, n)];
    }
    const size_t low = at > margin ? at - margin : 0, high = at + margin;
    narrow(sample, m, low);
    range[0] = at > margin ? sample[low] : -INFINITY;
    if (high < m)
        narrow(sample + low, m - low, high - low);
    range[1] = high < m ? sample[high] : INFINITY;
}

/* Which values lie in a range, of a chunk; how many are smaller. */
static size_t look(uint8_t in[CHUNK], const float *v, size_t n, float low,
                   float high)
{
    int32_t smaller = 0; /* as wide as a float: counted by vectors */
    for (size_t i = 0; i < n; i++) {
        in[i] = (v[i] >= low) & (v[i] <= high);
        smaller += v[i] < low;
    }
    return (size_t)smaller;
}

static bool any_of(const uint8_t in[GROUP])
{
    uint64_t all;
    memcpy(&all, in, sizeof(all));
    return all != 0;
}

/* Moves what lies in a range to the front; how many those are, and how many are
 * smaller. */
static size_t move_range(size_t *below, float *v, size_t n,
                         const float range[2])
{
    const float low = range[0], high = range[1];
    size_t smaller = 0, count = 0;
    for (size_t from = 0; from < n; from += CHUNK) {
        const size_t here = n - from < CHUNK ? n - from : CHUNK;
        uint8_t in[CHUNK] = {0};
        smaller += look(in, v + from, here, low, high);
        for (size_t i = 0; i < here; i += GROUP)
            for (size_t k = i; any_of(in + i) && k < i + GROUP; k++)
                if (in[k])
                    swap(&v[from + k], &v[count++]);
    }
    *below = smaller;
    return count;
}

/* The k-th smallest and the one after it, if there is one.  Reorders v. */
static void two_smallest(float two[2], float *v, size_t n, size_t k)
{
    while (n > FEW) {
        float range[2];
        size_t below;
        guess_range(range, v, n, k);
        const size_t in = move_range(&below, v, n, range);
        const bool both = k + 1 < below + in || (k + 1 == n && in);
        if (k < below || !both || in > n / 2)
            break;
        k -= below;
        n = in;
    }
    narrow(v, n, k);
    two[0] = two[1] = v[k];
    if (k + 1 < n)
        two[1] = v[k + 1];
    for (size_t i = k + 2; i < n; i++)
        two[1] = v[i] < two[1] ? v[i] : two[1];
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
    float two[2];
    two_smallest(two, v, n, k);
    const double low = (double)two[0];
    return rest > 0.0 ? low + rest * ((double)two[1] - low) : low;
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
