/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is asked of whole rows of a picture, light for light the same as by
 * ct_picture_linear.  Where a level is its light, as it is in sRGB of 8 bits,
 * no light is written down in between, or none is looked up at all.
 */

#include <string.h>

#include "acquire/acquire.h"

enum { LEVELS = 256, RUN = 256, RGB = 3 };

/* Each sample's light is what one table of LEVELS says of it alone. */
static bool is_plain(const struct picture *picture)
{
    return picture->bits == 8 && picture->channels == RGB &&
           (picture->space == CT_SRGB || picture->space == CT_ASSUMED_SRGB);
}

static const uint8_t *levels_at(const struct picture *picture, int x, int y)
{
    return (const uint8_t *)picture->samples +
           RGB * ct_picture_index(picture, x, y);
}

static int run_of(int done, int n)
{
    return n - done < RUN ? n - done : RUN;
}

/* ---- Sums ---------------------------------------------------------------- */

/* `factor` is a constant where boxes are small. */
static inline void add_levels(double (*sum)[3], const double light[LEVELS],
                              const uint8_t *at, int factor, int boxes)
{
    for (int x = 0; x < boxes; x++) {
        double red = sum[x][0], green = sum[x][1], blue = sum[x][2];
        for (int i = 0; i < factor; i++, at += RGB) {
            red += light[at[0]];
            green += light[at[1]];
            blue += light[at[2]];
        }
        sum[x][0] = red;
        sum[x][1] = green;
        sum[x][2] = blue;
    }
}

static void add_plain(double (*sum)[3], const struct picture *picture,
                      const uint8_t *at, int factor, int boxes)
{
    double light[LEVELS];
    for (int i = 0; i < LEVELS; i++)
        light[i] = (double)picture->to_linear[i];
    if (factor == 2)
        add_levels(sum, light, at, 2, boxes);
    else if (factor == 3)
        add_levels(sum, light, at, 3, boxes);
    else if (factor == 4)
        add_levels(sum, light, at, 4, boxes);
    else
        add_levels(sum, light, at, factor, boxes);
}

void ct_picture_add_boxes(double (*sum)[3], const struct picture *picture,
                          int x, int y, int factor, int boxes)
{
    const int n = factor * boxes;
    float red[RUN], green[RUN], blue[RUN];
    int left = factor; /* of the box */

    if (is_plain(picture)) {
        add_plain(sum, picture, levels_at(picture, x, y), factor, boxes);
        return;
    }
    for (int done = 0; done < n; done += RUN) {
        const int run = run_of(done, n);
        ct_picture_linear(picture, x + done, y, run, red, green, blue);
        for (int i = 0; i < run; i++) {
            (*sum)[0] += (double)red[i];
            (*sum)[1] += (double)green[i];
            (*sum)[2] += (double)blue[i];
            if (--left == 0) {
                left = factor;
                sum++;
            }
        }
    }
}

/* ---- Too light, too dark ------------------------------------------------- */

/* Levels from `too_light` on, and those under `too_dark`; light rises. */
struct ends {
    unsigned too_light, too_dark;
};

static struct ends ends_of(const float *light, float low, float high)
{
    struct ends ends = {LEVELS, 0};
    while (ends.too_light > 0 && light[ends.too_light - 1] > high)
        ends.too_light--;
    while (ends.too_dark < LEVELS && light[ends.too_dark] < low)
        ends.too_dark++;
    return ends;
}

/* No level of a run is at either end: that is most skin. */
static bool all_between(const uint8_t *at, int levels, struct ends ends)
{
    uint8_t least = LEVELS - 1, most = 0;
    for (int i = 0; i < levels; i++) {
        least = at[i] < least ? at[i] : least;
        most = at[i] > most ? at[i] : most;
    }
    return least >= ends.too_dark && most < ends.too_light;
}

static void mark_levels(uint8_t *out, const uint8_t *at, int n,
                        struct ends ends)
{
    memset(out, 0, (size_t)n);
    if (all_between(at, RGB * n, ends))
        return;
    for (int i = 0; i < n; i++, at += RGB) {
        const unsigned red = at[0], green = at[1], blue = at[2];
        const unsigned more = red > green ? red : green;
        const unsigned most = more > blue ? more : blue;
        if (most >= ends.too_light || most < ends.too_dark)
            out[i] = 255;
    }
}

void ct_picture_extremes(uint8_t *out, const struct picture *picture, int x,
                         int y, int n, float low, float high)
{
    float red[RUN], green[RUN], blue[RUN];
    struct ends ends = {0, 0};

    if (is_plain(picture))
        ends = ends_of(picture->to_linear, low, high);
    for (int done = 0; done < n; done += RUN) {
        const int run = run_of(done, n);
        if (is_plain(picture)) {
            mark_levels(out + done, levels_at(picture, x + done, y), run, ends);
            continue;
        }
        ct_picture_linear(picture, x + done, y, run, red, green, blue);
        ct_light_extremes(out + done, red, green, blue, run, low, high);
    }
}
