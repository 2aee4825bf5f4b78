/* SPDX-License-Identifier: BSD-2-Clause */

/* The upright picture that acquire makes, as stages pass it on: stages.h
 * includes this. */

#ifndef CT_PICTURE_H
#define CT_PICTURE_H

#include <stdbool.h>

#include <cutis/cutis.h>

#include "signal/signal.h"
#include "util/tools.h"

enum ct_source { CT_SOURCE_JPEG, CT_SOURCE_PNG, CT_SOURCE_PIXELS };

enum ct_colour_space {
    CT_SRGB,
    CT_DISPLAY_P3,
    CT_ICC,          /* by lcms2 */
    CT_ASSUMED_SRGB, /* nothing said what it is */
    CT_ADOBE_RGB,    /* by EXIF, without a profile */
    CT_STATED        /* a curve and primaries that the file states */
};

/* "srgb", "display-p3", "icc", "assumed-srgb", "adobe-rgb", "stated". */
const char *ct_colour_name(enum ct_colour_space space);

/* What a camera wrote; empty strings and NaN where it wrote nothing. */
struct exif {
    int orientation; /* [1,8] */
    char make[64], model[64], lens[64], software[64];
    char taken[20]; /* "2024:05:01 10:11:12" */
    double exposure_s, f_number, iso, focal_mm, focal_35mm, distance_m;
    int colour_space; /* 1 sRGB, 65535 something else, 0 not said */
    char interop[5];  /* "R98", "R03" (Adobe RGB) */
};

struct rect {
    int x, y, width, height;
};

/* Samples as decoded, upright, 1 or 3 channels interleaved, 8 or 16 bits in
 * host order, rows without gaps. */
struct picture {
    int width, height, channels, bits;
    int left, top, right, bottom; /* px at each side that were let go */
    void *samples;                /* of what is between them */
    struct bytes opaque; /* at NULL: all of it; else 255 where alpha is full */
    enum ct_source source;
    enum ct_colour_space space;
    float *to_linear;    /* 2^bits entries; unused with ICC */
    float matrix[9];     /* linear RGB -> linear sRGB D65, row by row */
    void *icc_transform; /* lcms2's, for CT_ICC */
    char sha256[65];
    uint64_t pixel_hash; /* of size, bits, space and samples */
    struct exif exif;
    double jpeg_quality;   /* NaN unless a JPEG */
    double jpeg_table_fit; /* RMS log misfit to the standard tables */
    int jpeg_h, jpeg_v;    /* chroma subsampling, e.g. 2, 2 */
    struct bytes rest[4];  /* of Y, and R, G, B: acquire/jpeg_rest.c */
    bool damaged;          /* decoded only in part, as allowed */
    bool animated;         /* only the first frame was taken */
    bool stays;            /* as long as what is made of it */
};

cutis_status ct_acquire_file(struct picture *out, const char *path,
                             const cutis_options *limits, struct tools *tools);
cutis_status ct_acquire_memory(struct picture *out, const void *bytes,
                               size_t size, const cutis_options *limits,
                               struct tools *tools);
cutis_status ct_acquire_pixels(struct picture *out, const cutis_pixels *pixels,
                               const cutis_options *limits,
                               struct tools *tools);
void ct_picture_free(struct picture *picture);

/* Lets go of all samples but those of a part of it, unless the limit on memory
 * leaves no room to do so; nothing else is to be asked for from then on. */
cutis_status ct_picture_trim(struct picture *picture, struct rect part,
                             struct tools *tools);

/* What `samples` holds, in full px. */
static inline struct rect ct_picture_held(const struct picture *picture)
{
    return (struct rect){picture->left, picture->top,
                         picture->width - picture->left - picture->right,
                         picture->height - picture->top - picture->bottom};
}

/* Which of the pixels in `samples` that of column x and row y is. */
static inline size_t ct_picture_index(const struct picture *picture, int x,
                                      int y)
{
    const struct rect held = ct_picture_held(picture);
    return (size_t)(y - held.y) * (size_t)held.width + (size_t)(x - held.x);
}

/* Fills `rest`, what whole levels lose of a JPEG, from its file (a path, or the
 * bytes where that is NULL) once more.  Nothing for other pictures. */
cutis_status ct_acquire_rest(struct picture *picture, const char *path,
                             const void *bytes, size_t size,
                             const cutis_options *limits, struct tools *tools);

/* Row `y`, columns [x, x + n), as linear sRGB D65, unclipped.  Thread-safety:
 * safe on one picture. */
void ct_picture_linear(const struct picture *picture, int x, int y, int n,
                       float *red, float *green, float *blue);

/* Red alone; `rest` is scratch of 2 n floats. */
void ct_picture_red(const struct picture *picture, int x, int y, int n,
                    float *red, float *rest);

/* All three of n pixels of the row, those in the columns given. */
void ct_picture_linear_at(const struct picture *picture, const int *x, int y,
                          int n, float *red, float *green, float *blue);

/* Adds the light of a row from column x on to sums over boxes of `factor`
 * pixels, each in order. */
void ct_picture_add_boxes(double (*sum)[3], const struct picture *picture,
                          int x, int y, int factor, int boxes);

/* 255 where any claim is over `high` or all are under `low`, else 0; of light,
 * and of n pixels of a row from column x on. */
static inline void ct_light_extremes(uint8_t *out, const float *red,
                                     const float *green, const float *blue,
                                     int n, float low, float high)
{
    for (int x = 0; x < n; x++) {
        const float r = red[x], g = green[x], b = blue[x];
        const int light = (r > high) | (g > high) | (b > high);
        const int dark = (r < low) & (g < low) & (b < low);
        out[x] = (uint8_t) - (light | dark);
    }
}
void ct_picture_extremes(uint8_t *out, const struct picture *picture, int x,
                         int y, int n, float low, float high);

/* ct_picture_linear with what whole levels lose, where that was read. */
void ct_picture_linear_mean(const struct picture *picture, int x, int y, int n,
                            float *red, float *green, float *blue);

#endif
