/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The parts of the refinement by the skin's own texture.
 *
 * A "grain" is a photograph's relief, freed of light and colour: all its
 * lengths are pixels of its own plane, whose pixel (i, j) has its centre at
 * (i, j).  A working coordinate x is at (x / factor - 0.5) of the grain.
 */

#ifndef CT_MATCH_REFINE_H
#define CT_MATCH_REFINE_H

#include "match/match.h"

/* ---- grain.c --------------------------------------------------------------
 */

struct grain {
    struct plane z; /* a band of optical density over its RMS around; 0 where
                       there is no skin */
    struct bytes skin;
    int factor;   /* working pixels per pixel */
    double scale; /* px per mm */
    const struct kernels *kernels;
};

/* A band of optical density, as sigmas in mm: [low, high]. */
struct band {
    double low, high;
};

/* A kind of patch. */
struct grid {
    struct band band;
    double most_scale; /* px per mm looked at */
    double side, step; /* of a patch, between patches, mm */
};

enum { CT_GRAINS = 2 }; /* a coarse and a fine one */

/* Those of one photograph, whose light is read once for all. */
cutis_status ct_grains_create(struct grain *const out[CT_GRAINS],
                              const struct face *face, const struct skin *skin,
                              const struct grid *const grid[CT_GRAINS],
                              struct tools *tools);
void ct_grain_free(struct grain *grain);

/* ---- patch.c ---------------------------------------------------------------
 */

/* From offsets of a patch's middle, px, to places in the other grain: x = m[0]
 * + m[1] dx + m[2] dy, y = m[3] + m[4] dx + m[5] dy. */
struct affine {
    double m[6];
};

/* Largest half of a patch, px; rows are padded with zeros to whole lanes. */
enum {
    CT_HALF = 34,
    CT_SIDE = 2 * CT_HALF + 1,
    CT_PATCH = CT_SIDE * ((CT_SIDE + CT_LANES - 1) / CT_LANES * CT_LANES)
};

/* A square of a grain, made ready to be looked for. */
struct patch {
    int shape;              /* the half that `window` is for; 0 = none yet */
    uint8_t reach[CT_SIDE]; /* of the window's rows, columns either way */
    double whole;           /* the window's sum */
    float window[CT_PATCH]; /* weights if all were skin */
    int half, side, stride;
    double weight;      /* sum of the weights */
    double square;      /* of the weighted squares of the values */
    double moment[6];   /* sums of the weighted gradient by 1, x, y */
    double inverse[36]; /* of the Gauss-Newton matrix */
    double step[6];     /* that by the products of gradient and value */
    double explained;   /* the share of `square` that the gradient explains */
    uint8_t from[CT_SIDE], end[CT_SIDE]; /* of each row: what has weight */
    float w[CT_PATCH];                   /* weights */
    float t[CT_PATCH];                   /* weighted values less their mean */
    float g[6][CT_PATCH]; /* weighted gradient: along x by 1, x, y; along y */
    /* Scratch: the other photograph through a map, where there is weight, and
     * that by the weights. */
    float seen[CT_PATCH], weighted[CT_PATCH];
};

/* False where too little of the square is skin, or it has no structure. */
bool ct_patch_take(struct patch *out, const struct grain *grain, int x, int y,
                   int half);

/*
 * Moves `map` to where the other grain correlates best, at most `reach` px away
 * (enhanced correlation, inverse compositional; Evangelidis and Psarakis,
 * doi:10.1109/TPAMI.2008.113).  Gives the correlation, or NaN where it went
 * astray or found no skin.
 */
double ct_patch_align(struct affine *map, struct patch *patch,
                      const struct grain *other, double reach);

/* Values [from, end) of a grain at (x, y), (x + dx, y + dy) and so on,
 * bilinear; beyond the border the border goes on. */
void ct_grain_line(float *out, const struct grain *grain, const double at[2],
                   const double by[2], int from, int end);

/* ---- search.c --------------------------------------------------------------
 */

enum {
    CT_REACH = 10, /* px a search goes either way */
    CT_ROOM_SIDE = CT_SIDE + 2 * CT_REACH,
    CT_ROOM = CT_ROOM_SIDE * (CT_ROOM_SIDE + CT_LANES)
};

/*
 * Shifts `map` by up to `reach` px either way to where the patch correlates
 * best, to parts of a pixel; `room` is scratch of CT_ROOM floats.  Gives the
 * correlation, NaN where it is best at the search's border.
 */
double ct_patch_search(struct affine *map, const struct patch *patch,
                       const struct grain *other, int reach, float *room);

/* ---- spline.c --------------------------------------------------------------
 */

/* Displacements at places, mm; weight 0 = left out. */
struct scatter {
    int count;
    double *x, *y, *u, *v, *weight;
};

/* Uniform cubic B-splines of both displacements. */
struct spline {
    int columns, rows;
    double x, y;     /* of the first knot, mm */
    double step;     /* mm between knots */
    double *cu, *cv; /* [columns * rows] */
};

/* Room for displacements, all of weight 0. */
cutis_status ct_scatter_create(struct scatter *out, int count,
                               struct tools *tools);
void ct_scatter_free(struct scatter *scatter);

/* Knots `step` mm apart over a photograph's working planes. */
cutis_status ct_spline_create(struct spline *out, const struct face *face,
                              double step, struct tools *tools);

/* How much bending costs, and whether data may be strays. */
struct stiffness {
    double bending;
    bool choose; /* the bending by generalised cross-validation, `bending`
                    being the least */
    bool robust; /* three rounds of Tukey's weights take strays out */
};

/* Fits by weighted least squares plus the bending energy. */
cutis_status ct_spline_fit(struct spline *spline, const struct scatter *data,
                           struct stiffness stiffness, struct tools *tools);
void ct_spline_at(double out[2], const struct spline *spline, double x,
                  double y);
void ct_spline_free(struct spline *spline);

/* ---- field.c ---------------------------------------------------------------
 */

/* The map around a place as an affine one, working px; false off the nodes. */
bool ct_warp_around(struct affine *out, const struct warp *warp, double x,
                    double y);

/* Writes the inverse of `forward` to the nodes of `back`, which holds a guess;
 * nodes for which there is none keep it, with no trust. */
void ct_warp_invert(struct warp *back, const struct warp *forward,
                    struct tools *tools);

/* The inverse; false where there is none. */
bool ct_affine_invert(struct affine *out, const struct affine *map);
void ct_affine_at(double out[2], const struct affine *map, double dx,
                  double dy);

/* ---- patches.c -------------------------------------------------------------
 */

/* mm that skin may lie from where landmarks put it. */
#define CT_FARTHEST_MM 3.0

struct level {
    struct grain grain[2];
    int half;          /* px */
    int columns, rows; /* of the grid */
    double grid;       /* px of grain[0] */
    uint8_t *tried;
    struct scatter found; /* mm of face 0; displacements from the prior, mm of
                             face 1; weight 0 where not found */
};

/* What a row of patches works in. */
struct bench {
    struct patch patch;
    float room[CT_ROOM];
};

struct refinement {
    const struct face *const *face;
    const struct warp *prior, *guess; /* forwards; known at all nodes */
    struct level coarse, fine;
    struct bench *bench; /* of each row */
    struct tools *tools;
};

cutis_status ct_levels_open(struct level *const out[CT_GRAINS],
                            const struct refinement *refinement,
                            const struct skin *const skin[2],
                            const struct grid *const grid[CT_GRAINS]);
void ct_level_close(struct level *level);
void ct_level_count(const struct level *level, int *tried, int *found);

/* A row of patches of the coarse level, of the fine one; `context` is the
 * refinement. */
void ct_search_row(void *context, int row);
void ct_align_row(void *context, int row);

/* ---- refine.c --------------------------------------------------------------
 */

/*
 * Betters maps from landmarks, known at all nodes, by the skin's texture.
 * warp[0] leads from face[0] to face[1], warp[1] back.  Maps that could not be
 * bettered stay as they are: out->refined says so, and why.
 */
cutis_status ct_refine(struct pair *out, struct warp *const warp[2],
                       const struct face *const face[2],
                       const struct skin *const skin[2], struct tools *tools);

#endif
