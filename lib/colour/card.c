/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A grey card: gains = reflectance / level of linear light over the central
 * half of the card's area, per channel (method 1.3).
 */

#include <math.h>

#include "colour/colour.h"

/* Linear light beyond which a card is clipped, and how uneven it may be. */
#define BRIGHTEST     0.97
#define DARKEST       0.004
#define MOST_UNEVEN   0.15                /* robust coefficient of variation */
#define CENTRAL_SHARE 0.70710678118654752 /* of a side: half of the area */
#define MAD_TO_SD     1.4826

/* Between channels.  A lamp of 2856 K in a picture balanced for daylight makes
 * a grey card 8 times as red as blue. */
#define MOST_COLOURED 10.0

enum { LEAST_SAMPLES = 16, MOST_SAMPLES = 1 << 20 };

/* The corners, moved towards their centre. */
static void centre_corners(cutis_point out[4], const cutis_point given[4])
{
    cutis_point centre = {0.0, 0.0};
    for (int i = 0; i < 4; i++) {
        centre.x += 0.25 * given[i].x;
        centre.y += 0.25 * given[i].y;
    }
    for (int i = 0; i < 4; i++) {
        out[i].x = centre.x + CENTRAL_SHARE * (given[i].x - centre.x);
        out[i].y = centre.y + CENTRAL_SHARE * (given[i].y - centre.y);
    }
}

/* Grey under some light, as far as its channels can tell. */
static cutis_status judge_grey(const double gain[3], struct tools *tools)
{
    double low = gain[0], high = gain[0];
    for (int c = 1; c < 3; c++) {
        low = gain[c] < low ? gain[c] : low;
        high = gain[c] > high ? gain[c] : high;
    }
    if (high <= MOST_COLOURED * low)
        return CUTIS_OK;
    return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                   "the grey card is not grey: one of its colours is %.0f "
                   "times another",
                   high / low);
}

/* The level of one channel, if it can stand for the card. */
static cutis_status judge(double *level, float *v, size_t n,
                          struct tools *tools)
{
    const double high = ct_quantile(v, n, 0.95);
    const double low = ct_quantile(v, n, 0.05);
    const double median = ct_quantile(v, n, 0.5);
    *level = ct_quad_level(v, n);
    if (high > BRIGHTEST || low < DARKEST)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the grey card is clipped: %.3f to %.3f in linear light",
                       low, high);

    for (size_t i = 0; i < n; i++)
        v[i] = fabsf(v[i] - (float)median);
    const double spread = MAD_TO_SD * ct_quantile(v, n, 0.5) / median;
    if (spread > MOST_UNEVEN)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the grey card varies by %.0f %%: is it all card?",
                       100.0 * spread);
    return CUTIS_OK;
}

cutis_status ct_card_gain(double gain[3], const struct picture *picture,
                          const cutis_photo_options *options,
                          struct tools *tools)
{
    const double given = options->card_reflectance;
    const double reflectance = given == 0.0 ? 0.18 : given;
    cutis_point corner[4];
    struct quad quad = {.count = 0};
    cutis_status status = CUTIS_OK;

    if (!(reflectance > 0.0 && reflectance <= 1.0))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a grey card's reflectance is above 0 and at most 1");
    if (!ct_quad_is_in(options->card, picture))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the grey card's corners are not in the picture");

    centre_corners(corner, options->card);
    TRY(ct_quad_read(&quad, picture, corner, MOST_SAMPLES, tools));
    if (quad.count < LEAST_SAMPLES) {
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "the grey card's corners enclose only %zu pixels",
                         quad.count);
        goto done;
    }
    for (int c = 0; c < 3; c++) {
        double level;
        TRY(judge(&level, quad.channel[c], quad.count, tools));
        gain[c] = reflectance / level;
    }
    status = judge_grey(gain, tools);

done:
    ct_quad_free(&quad);
    return status;
}
