/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A grey card: gains = reflectance / median of linear light over the central
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

/* Pixels of the card's central half: full coordinates. */
struct patch {
    cutis_point corner[4]; /* in order around */
    int left, top, right, bottom;
    int step; /* every step-th row and column is enough */
    float *channel[3];
    size_t count;
};

/* Corners in order of angle about their centre, moved towards it. */
static void place_corners(struct patch *patch, const cutis_point given[4])
{
    cutis_point centre = {0.0, 0.0};
    double angle[4];
    for (int i = 0; i < 4; i++) {
        centre.x += 0.25 * given[i].x;
        centre.y += 0.25 * given[i].y;
    }
    for (int i = 0; i < 4; i++) {
        const cutis_point p = given[i];
        const double here = ct_atan2(p.y - centre.y, p.x - centre.x);
        int at = i;
        for (; at > 0 && angle[at - 1] > here; at--) {
            angle[at] = angle[at - 1];
            patch->corner[at] = patch->corner[at - 1];
        }
        angle[at] = here;
        patch->corner[at].x = centre.x + CENTRAL_SHARE * (p.x - centre.x);
        patch->corner[at].y = centre.y + CENTRAL_SHARE * (p.y - centre.y);
    }
}

/* All four are in the picture (and so not NaN). */
static bool are_in(const cutis_point corner[4], const struct picture *picture)
{
    for (int i = 0; i < 4; i++) {
        const cutis_point p = corner[i];
        if (!(p.x >= 0.0 && p.x <= picture->width && p.y >= 0.0 &&
              p.y <= picture->height))
            return false;
    }
    return true;
}

/* The bounding box, and a step that bounds the number of samples. */
static void bound(struct patch *patch)
{
    cutis_point low = patch->corner[0], high = low;
    for (int i = 1; i < 4; i++) {
        const cutis_point p = patch->corner[i];
        low.x = p.x < low.x ? p.x : low.x;
        low.y = p.y < low.y ? p.y : low.y;
        high.x = p.x > high.x ? p.x : high.x;
        high.y = p.y > high.y ? p.y : high.y;
    }
    patch->left = (int)floor(low.x);
    patch->top = (int)floor(low.y);
    patch->right = (int)ceil(high.x);
    patch->bottom = (int)ceil(high.y);
    const double area =
        (double)(patch->right - patch->left) * (patch->bottom - patch->top);
    patch->step = (int)ceil(sqrt(area / MOST_SAMPLES));
}

static bool inside(const struct patch *patch, double x, double y)
{
    for (int i = 0; i < 4; i++) {
        const cutis_point a = patch->corner[i], b = patch->corner[(i + 1) % 4];
        if ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) < 0.0)
            return false;
    }
    return true;
}

static void collect_row(struct patch *patch, int y, float *const row[3])
{
    for (int x = patch->left; x < patch->right; x += patch->step) {
        if (!inside(patch, x + 0.5, y + 0.5))
            continue;
        for (int c = 0; c < 3; c++)
            patch->channel[c][patch->count] = row[c][x - patch->left];
        patch->count++;
    }
}

/* Reads the patch's samples; channel[] is the caller's to free. */
static cutis_status collect(struct patch *patch, const struct picture *picture,
                            struct tools *tools)
{
    const int width = patch->right - patch->left;
    if (patch->step < 1) /* no area */
        return CUTIS_OK;
    const size_t across = (size_t)(width - 1) / (size_t)patch->step + 1;
    const size_t down =
        (size_t)(patch->bottom - patch->top - 1) / (size_t)patch->step + 1;
    struct plane rows = {0};
    cutis_status status = CUTIS_OK;

    TRY(ct_plane_create(&rows, width, 3, tools));
    for (int c = 0; c < 3; c++) {
        patch->channel[c] =
            ct_alloc(&tools->memory, across, down * sizeof(float));
        if (!patch->channel[c]) {
            status = ct_no_memory(tools);
            goto done;
        }
    }
    float *const row[3] = {ct_row(&rows, 0), ct_row(&rows, 1),
                           ct_row(&rows, 2)};
    for (int y = patch->top; y < patch->bottom; y += patch->step) {
        ct_picture_linear(picture, patch->left, y, width, row[0], row[1],
                          row[2]);
        collect_row(patch, y, row);
    }

done:
    ct_plane_free(&rows);
    return status;
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

/* The median of one channel, if it can stand for the card. */
static cutis_status judge(double *median, float *v, size_t n,
                          struct tools *tools)
{
    const double high = ct_quantile(v, n, 0.95);
    const double low = ct_quantile(v, n, 0.05);
    *median = ct_quantile(v, n, 0.5);
    if (high > BRIGHTEST || low < DARKEST)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the grey card is clipped: %.3f to %.3f in linear light",
                       low, high);

    for (size_t i = 0; i < n; i++)
        v[i] = fabsf(v[i] - (float)*median);
    const double spread = MAD_TO_SD * ct_quantile(v, n, 0.5) / *median;
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
    struct patch patch = {.step = 1};
    cutis_status status = CUTIS_OK;

    if (!(reflectance > 0.0 && reflectance <= 1.0))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a grey card's reflectance is above 0 and at most 1");
    if (!are_in(options->card, picture))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the grey card's corners are not in the picture");

    place_corners(&patch, options->card);
    bound(&patch);
    TRY(collect(&patch, picture, tools));
    if (patch.count < LEAST_SAMPLES) {
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "the grey card's corners enclose only %zu pixels",
                         patch.count);
        goto done;
    }
    for (int c = 0; c < 3; c++) {
        double median;
        TRY(judge(&median, patch.channel[c], patch.count, tools));
        gain[c] = reflectance / median;
    }
    status = judge_grey(gain, tools);

done:
    for (int c = 0; c < 3; c++)
        ct_free(patch.channel[c]);
    return status;
}
