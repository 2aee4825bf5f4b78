/* SPDX-License-Identifier: BSD-2-Clause */

/* The crop of a photograph in linear light, as colour makes it and the stages
 * after it read it: stages.h includes this. */

#ifndef CT_SKIN_H
#define CT_SKIN_H

#include "picture.h"

/* What says how bright and tinted a photograph's light was. */
enum ct_neutral {
    CT_NEUTRAL_NONE,
    CT_NEUTRAL_BACKDROP, /* only against the other photograph's */
    CT_NEUTRAL_CARD,
    CT_NEUTRAL_CHART
};

enum { CT_TERMS = 6 };

/* Linear sRGB from (R, G, B) as the camera gave them or, with six terms, from
 * (R, G, B, sqrt RG, sqrt GB, sqrt BR); none: it is left as it is. */
struct correction {
    int terms; /* 0, 3 or 6 */
    double m[3][CT_TERMS];
};

/*
 * Linear sRGB of the crop, binned by face->factor.  Where that is 1 and nothing
 * is done to the picture's light, which then stays, there are no planes: their
 * `at` is NULL, and light is looked up in the picture, which is a quarter as
 * large.  So light is read by the functions below.
 */
struct skin {
    struct plane red, green, blue;
    const struct picture *picture; /* whose pixels these are; NULL = planes */
    int x, y;                      /* where in it the crop begins */
    struct bytes clipped; /* 255 where any claim was > 0.97 or all < 0.01 */
    double gain[3];       /* of the neutral to what it is; 1 without one; a
                             card's is already applied */
    bool neutral;         /* a card or chart set the gain */
    enum ct_neutral calibration;
    struct correction correction; /* already applied, by a chart */
    double chart_error;           /* mean CIEDE2000 of its patches */
    double backdrop[3]; /* linear light of the backdrop, not applied */
    bool grey;          /* a one-channel picture: no colour metric */
};

/* A run of pixels' light. */
struct light_run {
    const float *red, *green, *blue;
};
enum { CT_RUN = 512 }; /* pixels at most; a whole number of vectors */
typedef float ct_run_room[3 * CT_RUN];

/* Columns [x, x + n) of row y; where there are no planes, in `room`. */
static inline struct light_run ct_skin_run(const struct skin *skin, int x,
                                           int y, int n, ct_run_room room)
{
    if (!skin->picture)
        return (struct light_run){ct_row(&skin->red, y) + x,
                                  ct_row(&skin->green, y) + x,
                                  ct_row(&skin->blue, y) + x};
    float *const red = room, *const green = red + CT_RUN;
    float *const blue = green + CT_RUN;
    ct_picture_linear(skin->picture, skin->x + x, skin->y + y, n, red, green,
                      blue);
    return (struct light_run){red, green, blue};
}

/* Adds the light of row y from column x on to sums over boxes of `factor`
 * pixels, each in order. */
static inline void ct_skin_add_boxes(double (*sum)[3], const struct skin *skin,
                                     int x, int y, int factor, int boxes)
{
    if (skin->picture) {
        ct_picture_add_boxes(sum, skin->picture, skin->x + x, skin->y + y,
                             factor, boxes);
        return;
    }
    const struct plane *const light[3] = {&skin->red, &skin->green,
                                          &skin->blue};
    for (int c = 0; c < 3; c++) {
        const float *at = ct_row(light[c], y) + x;
        for (int box = 0; box < boxes; box++)
            for (int i = 0; i < factor; i++)
                sum[box][c] += (double)*at++;
    }
}

/* Red light alone. */
static inline const float *ct_skin_red(const struct skin *skin, int x, int y,
                                       int n, ct_run_room room)
{
    if (!skin->picture)
        return ct_row(&skin->red, y) + x;
    ct_picture_red(skin->picture, skin->x + x, skin->y + y, n, room,
                   room + CT_RUN);
    return room;
}

/* How many pixels a run from x on has, of a row of `width`. */
static inline int ct_run_of(int x, int width)
{
    return width - x < CT_RUN ? width - x : CT_RUN;
}

/* One pixel's light. */
static inline void ct_skin_at(float out[3], const struct skin *skin, int x,
                              int y)
{
    if (skin->picture) {
        ct_picture_linear(skin->picture, skin->x + x, skin->y + y, 1, &out[0],
                          &out[1], &out[2]);
        return;
    }
    out[0] = ct_row(&skin->red, y)[x];
    out[1] = ct_row(&skin->green, y)[x];
    out[2] = ct_row(&skin->blue, y)[x];
}

enum { CT_PICK = 128 }; /* pixels at most, which are not beside each other */

/* The light of n pixels of row y, in the columns given:
 * up to CT_PICK of them. */
static inline void ct_skin_pick(const struct skin *skin, const int *x, int y,
                                int n, float *red, float *green, float *blue)
{
    if (skin->picture) {
        int at[CT_PICK];
        for (int i = 0; i < n; i++)
            at[i] = skin->x + x[i];
        ct_picture_linear_at(skin->picture, at, skin->y + y, n, red, green,
                             blue);
        return;
    }
    for (int i = 0; i < n; i++) {
        red[i] = ct_row(&skin->red, y)[x[i]];
        green[i] = ct_row(&skin->green, y)[x[i]];
        blue[i] = ct_row(&skin->blue, y)[x[i]];
    }
}

/* Relative luminance of a pixel. */
static inline double ct_skin_luminance(const struct skin *skin, int x, int y)
{
    float rgb[3];
    ct_skin_at(rgb, skin, x, y);
    return 0.2126729 * (double)rgb[0] + 0.7151522 * (double)rgb[1] +
           0.0721750 * (double)rgb[2];
}

#endif
