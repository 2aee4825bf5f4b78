/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How strongly a JPEG was compressed, from its quantisation tables.
 *
 * The tables of ITU-T T.81 Annex K, scaled as the IJG's software scales them
 * for a quality Q,
 *
 *     S = 5000 / Q (Q < 50), else 200 - 2 Q
 *     q = (S base + 50) / 100, in [1, 255], whole numbers throughout
 *
 * are held against the file's: Q is where the squares of log(file / scaled) sum
 * to the least, and the root of their mean tells how well the scale applies at
 * all (0 for software that uses it, about 0.3 for a camera's own tables).
 */

#include "acquire/acquire.h"

/* Annex K.1, natural order. */
static const uint8_t annex_k[2][64] = {
    {16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,
     14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,
     18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,
     49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99},
    {17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
     24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
     99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
     99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99},
};

static int scaled(int base, int quality)
{
    const int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    const int q = (scale * base + 50) / 100;

    return q < 1 ? 1 : q > 255 ? 255 : q;
}

/* Sum of squared log ratios; `logs` holds the log of 1 ... 255. */
static double misfit(const double logs[256], const double wanted[64],
                     const uint8_t base[64], int quality)
{
    double sum = 0.0;

    for (int i = 0; i < 64; i++) {
        const double d = wanted[i] - logs[scaled(base[i], quality)];
        sum += d * d;
    }
    return sum;
}

double ct_jpeg_quality(double *fit, const uint16_t *luma,
                       const uint16_t *chroma)
{
    const uint16_t *const tables[2] = {luma, chroma};
    const int count = chroma ? 2 : 1;
    double logs[256] = {0.0};
    double wanted[2][64];

    for (int i = 2; i < 256; i++)
        logs[i] = ct_log(i);
    for (int t = 0; t < count; t++)
        for (int i = 0; i < 64; i++)
            wanted[t][i] = ct_log(tables[t][i] ? tables[t][i] : 1);

    double least = 0.0;
    int best = 0;
    for (int quality = 100; quality >= 1; quality--) {
        double sum = 0.0;
        for (int t = 0; t < count; t++)
            sum += misfit(logs, wanted[t], annex_k[t], quality);
        if (!best || sum < least) {
            least = sum;
            best = quality;
        }
    }
    *fit = ct_sqrt(least / (64.0 * count));
    return best;
}
