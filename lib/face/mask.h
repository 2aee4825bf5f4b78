/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From landmarks to planes: the outlines of regions, the mesh in the picture,
 * the template that pairs two photographs, and the tests that say which pixel
 * is measurable skin.
 *
 * Everything here is in working coordinates unless a name says otherwise.
 */

#ifndef CT_FACE_MASK_H
#define CT_FACE_MASK_H

#include "stages.h"

/* ---- cells.c: the mesh, its upper forehead and the template -------------- */

enum {
    CT_UPPER_COLUMNS = 7, /* of the mesh's top row, above which it grows */
    CT_UPPER_ROWS = 2,
    CT_UPPER = CT_UPPER_COLUMNS * CT_UPPER_ROWS,
    CT_VERTICES = CT_POINTS + CT_UPPER
};

/* The mesh and the forehead above it, laid into one photograph. */
struct surface {
    cutis_point at[CT_VERTICES];     /* working px */
    double posed[CT_VERTICES][3];    /* mm, turned as the head is */
    double unrolled[CT_VERTICES][2]; /* template, mm = cells */
    uint16_t facets[CT_FACETS][3];   /* vertices; the mesh's come first */
};

/* Canonical positions of all vertices, mm; false without the model. */
bool ct_surface_canonical(double out[CT_VERTICES][3]);

/* Where a canonical point lies on the template, in cells. */
void ct_unroll(double out[2], const double point[3]);

/* Full to working coordinates. */
cutis_point ct_to_work(const struct face *face, cutis_point p);

/* For a face with mesh landmarks.  false without the model: then only the
 * vertices' places are known. */
bool ct_surface_place(struct surface *out, const struct face *face);

/* The face's own axes, unit vectors in the picture, from between the eyes. */
struct axes {
    cutis_point eyes, right, down;
};

struct axes ct_face_axes(const cutis_point *at, int count);

/* Cells by position alone: mm from the middle of the template. */
void ct_flat_cells(struct face *face, const struct axes *axes);

/* The cell of a template position; CT_NO_CELL beyond its border. */
uint16_t ct_cell_at(double u, double v);

/* ---- regions.c: outlines --------------------------------------------------
 */

enum { CT_OUTLINE = 40 };

struct outline {
    int count; /* 0: nothing to draw */
    cutis_point at[CT_OUTLINE];
};

/* What is not skin, and where the face ends. */
enum ct_ring {
    CT_EYE_R,
    CT_EYE_L,
    CT_BROW_R,
    CT_BROW_L,
    CT_LIPS,
    CT_NOSTRILS,
    CT_OVAL,
    CT_RINGS
};

/* Landmarks in px of whatever is drawn on. */
struct marks {
    int count; /* CT_VERTICES, CT_IBUG_POINTS or 0 */
    const cutis_point *at;
};

/* `region` is not CT_FACE_REGION, which is what CT_OVAL leaves over. */
void ct_region_outline(struct outline *out, int region,
                       const struct marks *marks);
void ct_ring_outline(struct outline *out, enum ct_ring ring,
                     const struct marks *marks);

/* Forehead, cheeks and nose of the mesh itself: surely skin, if any is. */
void ct_seed_outline(struct outline *out, int region,
                     const struct marks *marks);

/* ---- ibug.c: the same outlines from 68 points -----------------------------
 */

void ct_ibug_region(struct outline *out, int region, const cutis_point *at);
void ct_ibug_ring(struct outline *out, enum ct_ring ring,
                  const cutis_point *at);

/* ---- raster.c: outlines and triangles to pixels ---------------------------
 */

/*
 * Where `mask` holds `from` and the pixel's centre lies inside the polygon by
 * the even-odd rule, it becomes `to`.  A centre exactly on an edge is outside,
 * so that a mirrored polygon gives the mirrored pixels.
 */
cutis_status ct_fill(struct bytes *mask, const cutis_point *at, int count,
                     uint8_t from, uint8_t to, struct tools *tools);

/* Fills face->triangle, cell, mm2 and cosine. */
cutis_status ct_raster(struct face *face, const struct surface *surface,
                       struct tools *tools);

/* ---- mask_*.c: what is measurable skin ------------------------------------
 */

/* The tests look at planes of about this many px per mm, for which whole
 * working pixels are averaged. */
enum { CT_MASK_SCALE = 4 };

struct sight {
    int factor;                  /* working pixels per pixel of these planes */
    double scale;                /* px per mm of these planes */
    struct marks marks;          /* in px of these planes */
    cutis_point at[CT_VERTICES]; /* which those are */
    struct plane red, green, blue; /* linear, unsmoothed */
    struct plane rg, bg;           /* ln R/G, ln B/G after 0.4 mm */
    struct plane light;            /* ln Y after 0.4 mm */
    struct plane level;            /* light less its 25 mm surroundings */
    struct bytes anatomy;          /* 255: eye, brow, lip, nostril */
    struct bytes face;             /* 255 in the oval, less the anatomy */
    struct bytes seeds;            /* 255 where skin is expected */
    struct bytes out;              /* 255 = skin */
};

cutis_status ct_sight_create(struct sight *out, const struct face *face,
                             const struct marks *marks, const struct skin *skin,
                             struct tools *tools);
void ct_sight_free(struct sight *sight);

/* The mean under a mask around each pixel, by a Gaussian of `sigma` px that is
 * wide against the plane's grain; of all of it where there is nothing around.
 * `out` may be `src`. */
cutis_status ct_around(struct plane *out, const struct plane *src,
                       const struct bytes *mask, double sigma,
                       struct tools *tools);

/* Fills level: lightness against what is set in `skin` within 25 mm. */
cutis_status ct_sight_level(struct sight *sight, const struct bytes *skin,
                            struct tools *tools);

/* Fills anatomy, face and seeds from the landmarks alone. */
cutis_status ct_mask_anatomy(struct sight *sight, struct tools *tools);

/* The person's own skin colour, from the seeds: keeps in `out` what has it. */
cutis_status ct_mask_tone(struct sight *sight, struct tools *tools);

/* Takes dark nostrils, hair, glare and the edges of shadows out of `out`. */
cutis_status ct_mask_clutter(struct sight *sight, struct tools *tools);

/* ct_dilate and ct_erode, which look only where something is set. */
cutis_status ct_mask_dilate(struct bytes *mask, double radius,
                            struct tools *tools);
cutis_status ct_mask_erode(struct bytes *mask, double radius,
                           struct tools *tools);

/* Opens and closes a mask, and drops islands and holes; scale in px per mm. */
cutis_status ct_mask_tidy(struct bytes *mask, double scale,
                          struct tools *tools);

#endif
