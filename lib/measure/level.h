/* SPDX-License-Identifier: BSD-2-Clause */

/* Levels: the photograph reduced, under its mask (level.c,
 * level_light.c, stretch.c). */

#ifndef CT_MEASURE_LEVEL_H
#define CT_MEASURE_LEVEL_H

#include "stages.h"

/* Why a region cannot be measured at a level. */
enum fitness { FIT, UNSEEN, COVERED, SHINY };

/* How much of each region takes part; the last row is what `pooled` sum to. */
struct cover {
    double area_mm2[CT_REGIONS];
    double coverage[CT_REGIONS];
    double shiny[CT_REGIONS]; /* share lost to shine */
    enum fitness fitness[CT_REGIONS];
    bool pooled[CT_REGIONS]; /* goes into the face row */
};

struct level {
    int factor; /* working pixels per pixel of the level */
    int width, height;
    double scale; /* px per mm */
    const struct face *face;
    const struct bytes *good; /* of the working pixels, and which of its bits */
    int use;
    struct bytes mask;   /* 255 = takes part */
    struct bytes glare;  /* 255 = bright and clipped, in a region; of the relief
                            until it is lit, of the colour until its shine is
                            marked in it (shine.c) */
    struct bytes region; /* of a factor of 1 the face's own */
    struct cover cover;
    uint32_t *index; /* pixels of the mask, region by region; of the relief
                        until its bands are known */
    size_t start[CT_REGIONS + 1];
};

/* Bits of what a working pixel is good for; shifted, it is clipped and bright
 * instead, and only good to be called shine. */
enum { CT_COLOUR = 1, CT_RELIEF = 2, CT_GLARE_SHIFT = 2 };

/* Cosines of the angle to the camera below which skin takes no part. */
extern const double ct_colour_cosine, ct_relief_cosine;

cutis_status ct_judge_pixels(struct bytes *out, const struct view *view,
                             struct tools *tools);

/* Geometry and mask, no colour yet; `good` and the face must live as long. */
cutis_status ct_level_create(struct level *out, const struct view *view,
                             const struct bytes *good, int use, int factor,
                             struct tools *tools);
void ct_level_free(struct level *level);

/* mm2 of skin that takes part in a pixel. */
float ct_level_area(const struct level *level, int x, int y);

/* The same along a row; asked for from left to right. */
enum { CT_AREAS = 64 };
struct areas {
    const struct level *level;
    int y, from, end;
    float mm2[CT_AREAS]; /* of pixels [from, end) */
};

static inline struct areas ct_areas_of(const struct level *level, int y)
{
    return (struct areas){.level = level, .y = y};
}

void ct_areas_from(struct areas *areas, int x);

static inline float ct_area_at(struct areas *areas, int x)
{
    if (x >= areas->end)
        ct_areas_from(areas, x);
    return areas->mm2[x - areas->from];
}

/* Mean linear RGB of the skin in each pixel of row y; 0 outside. */
void ct_level_row(const struct level *level, const struct view *view, int y,
                  float *red, float *green, float *blue);

/* Blurs light by `sigma` px under a mask (normalised convolution); 0 outside.
 * A sigma of 0 changes nothing. */
cutis_status ct_soften(struct plane *light, const struct bytes *mask,
                       double sigma, struct tools *tools);

/* After the mask or its coverage changed: sorts its pixels by region and says
 * which regions are fit. */
cutis_status ct_level_index(struct level *level, const struct view *view,
                            const double *shiny, struct tools *tools);

/* Areas and coverage of `mask`, which may be wider than the level's own. */
void ct_cover_of(struct cover *out, const struct level *level,
                 const struct bytes *mask, const struct view *view,
                 const double *shiny);

/* Whether region `r` goes into row `row`: itself, or pooled into the face. */
static inline bool ct_pools(const struct cover *cover, int row, int r)
{
    return row == CT_FACE_REGION ? cover->pooled[r] : row == r;
}

/* The pixels of one region, in raster order, while any are left. */
struct walk {
    const uint32_t *at;
    size_t left;
    uint32_t width;
    int x, y;
};

struct walk ct_walk(const struct level *level, int r);

static inline void ct_walk_on(struct walk *walk)
{
    if (!--walk->left)
        return;
    const uint32_t step = walk->at[1] - walk->at[0];
    walk->at++;
    uint32_t x = (uint32_t)walk->x + step;
    for (; x >= walk->width; x -= walk->width)
        walk->y++;
    walk->x = (int)x;
}

/* The values of a plane in the pixels of a row; `into` holds all of them. */
size_t ct_gather(float *into, const struct level *level,
                 const struct plane *plane, int row);

/* A plane of a level's size. */
cutis_status ct_level_plane(struct plane *out, const struct level *level,
                            struct tools *tools);

/* The same, for what is about to be written whole. */
static inline cutis_status
ct_level_raw(struct plane *out, const struct level *level, struct tools *tools)
{
    return ct_plane_raw(out, level->width, level->height, tools);
}

/* Bilinear at (x, y) in the plane's own pixels, its border repeated. */
float ct_between(const struct plane *plane, double x, double y);

/* Where pixel i of a plane lies in a coarser one, along either axis:
 * ((i + half) times / over - half) / step. */
struct spacing {
    double half, times, over, step;
};

/* A coarse plane at the pixels of a finer one, row by row (stretch.c): what
 * ct_between() gives there.  Each thread has its own. */
struct stretch {
    const struct plane *from;
    struct spacing places;
    int width, held[2]; /* which rows are stretched; -1 = none */
    int *left;
    float *share, *row[3];
};

cutis_status ct_stretch_create(struct stretch *out, const struct plane *from,
                               const struct spacing *places, int width,
                               struct tools *tools);
void ct_stretch_free(struct stretch *stretch);

/* Row y of the finer plane; it stays until the next is asked for. */
const float *ct_stretch_row(struct stretch *stretch, int y);

#endif
