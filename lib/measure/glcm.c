/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Grey level co-occurrence (Haralick, Shanmugam, Dinstein 1973): how often the
 * levels i and j lie a step apart.  P is made symmetric and sums to 1;
 *
 *     contrast    = sum P (i - j)^2
 *     homogeneity = sum P / (1 + (i - j)^2)
 *     entropy     = - sum P ln P
 *     correlation = sum P (i - m) (j - m) / s^2
 *     ASM         = sum P^2
 *
 * each averaged over the directions 0, 45, 90 and 135 degrees.  A diagonal step
 * of d is rounded to whole pixels along each axis, as scikit-image does it.
 */

#include <math.h>
#include <string.h>

#include "measure/patterns.h"

/* Column and row of a step of 1; the diagonals are rounded after scaling. */
static const int across[CT_GLCM_ANGLES] = {1, 1, 0, -1};
static const int down[CT_GLCM_ANGLES] = {0, 1, 1, 1};

static int length_of(int angle, int distance)
{
    const bool diagonal = angle % 2 == 1;
    return diagonal ? (int)floor(distance * 0.70710678118654752 + 0.5)
                    : distance;
}

enum { GROUP = 8 }; /* pixels that are skipped together */

static bool any_region(const uint8_t *in)
{
    uint64_t here, none;
    memcpy(&here, in, GROUP);
    memset(&none, CT_NO_REGION, GROUP);
    return here != none;
}

void ct_glcm_count(uint32_t (*counts)[CT_GLCM_SIZE], const struct bytes *levels,
                   const struct bytes *region, int distance, int angle,
                   int every)
{
    const int step = length_of(angle, distance);
    const int dx = step * across[angle], dy = step * down[angle];
    for (int y = 0; y + dy < levels->height; y += every) {
        const uint8_t *const here = ct_byte_row(levels, y);
        const uint8_t *const there = ct_byte_row(levels, y + dy);
        const uint8_t *const in = ct_byte_row(region, y);
        const uint8_t *const to = ct_byte_row(region, y + dy);
        const int first = dx < 0 ? -dx : 0;
        const int end = dx > 0 ? levels->width - dx : levels->width;
        for (int at = first; at < end; at += GROUP) {
            const int last = at + GROUP < end ? at + GROUP : end;
            if (last - at == GROUP && !any_region(in + at))
                continue;
            for (int x = at; x < last; x++)
                if (in[x] < CT_REGIONS && in[x] == to[x + dx])
                    counts[in[x]][here[x] * CT_GLCM_LEVELS + there[x + dx]]++;
        }
    }
}

static double sum_of(const uint32_t *counts)
{
    double sum = 0.0;
    for (int i = 0; i < CT_GLCM_SIZE; i++)
        sum += counts[i];
    return sum;
}

/* Mean and variance of one margin, which symmetry makes the other's too. */
static void margin(double out[2], const uint32_t *counts, double total)
{
    double first = 0.0, second = 0.0;
    for (int i = 0; i < CT_GLCM_LEVELS; i++)
        for (int j = 0; j < CT_GLCM_LEVELS; j++) {
            const uint32_t count = counts[i * CT_GLCM_LEVELS + j];
            if (!count)
                continue;
            const double p = count / total;
            first += 0.5 * p * (i + j);
            second += 0.5 * p * (i * i + j * j);
        }
    out[0] = first;
    out[1] = second - first * first;
}

/* One direction's share of the averages.  P is symmetric: what takes long is
 * worked out above the diagonal, for below it. */
static void add_angle(struct glcm *out, const uint32_t *counts, double share)
{
    const double total = sum_of(counts);
    double moments[2], correlation = 0.0, logs[CT_GLCM_SIZE];
    margin(moments, counts, total);
    for (int i = 0; i < CT_GLCM_LEVELS; i++)
        for (int j = 0; j < CT_GLCM_LEVELS; j++) {
            const int at = i * CT_GLCM_LEVELS + j;
            const int mirrored = j * CT_GLCM_LEVELS + i;
            if (!counts[at] && !counts[mirrored])
                continue;
            const double p =
                0.5 * ((double)counts[at] + (double)counts[mirrored]) / total;
            const double d2 = (i - j) * (i - j);
            logs[at] = i > j ? logs[mirrored] : ct_log(p);
            out->contrast += share * p * d2;
            out->homogeneity += share * p / (1.0 + d2);
            out->entropy -= share * p * logs[at];
            out->asm_ += share * p * p;
            correlation += p * (i - moments[0]) * (j - moments[0]);
        }
    /* An even surface follows itself perfectly. */
    out->correlation +=
        share * (moments[1] > 1e-12 ? correlation / moments[1] : 1.0);
}

void ct_glcm_features(struct glcm *out, const uint32_t (*counts)[CT_GLCM_SIZE])
{
    *out = (struct glcm){0};
    for (int angle = 0; angle < CT_GLCM_ANGLES; angle++)
        add_angle(out, counts[angle], 1.0 / CT_GLCM_ANGLES);
}
