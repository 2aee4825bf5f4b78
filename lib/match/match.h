/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How two sets of landmarks lie on each other, and what a camera did to one
 * photograph.
 */

#ifndef CT_MATCH_MATCH_H
#define CT_MATCH_MATCH_H

#include <string.h>

#include "stages.h"

/* ---- rigid.c --------------------------------------------------------------
 */

/*
 * The similarity x' = a x - b y + tx, y' = b x + a y + ty between two sets of
 * points, by Procrustes analysis (scale is the ratio of sizes, so that swapping
 * the sets gives the inverse) with Tukey's weights: at most 10 rounds, tuning
 * constant 4.685, noise from the median.  false when a set has no extent.
 */
bool ct_similarity(double out[4], const cutis_point *from,
                   const cutis_point *to, const uint16_t *index, int count);

/* RMS distance in the mean of both units, after the best 3-D similarity; NaN
 * when the points do not fix one. */
double ct_rigid_rms(const double (*from)[3], const double (*to)[3], int count);

/* Landmarks in mm, x right, y down, z away from the camera. */
void ct_landmarks_mm(double out[CT_POINTS][3], const struct face *face);

/* RMS difference of the logarithms of six ratios of bone distances. */
double ct_bone_distance(const double before[CT_POINTS][3],
                        const double after[CT_POINTS][3]);

/* RMS distance, mm, of the landmarks of forehead, temples, eyes' corners and
 * nose after the best similarity. */
double ct_upper_face_rms(const double before[CT_POINTS][3],
                         const double after[CT_POINTS][3]);

/* ---- perspective.c --------------------------------------------------------
 */

/* 1 / D of after less before's, D being the camera's distance in mm of a face
 * of usual size, and its standard error; NaN and false where landmarks cannot
 * tell. */
bool ct_nearer(double *more, double *se, const struct face *before,
               const struct face *after);

/* ---- prior.c --------------------------------------------------------------
 */

/*
 * Where each piece of skin of `from` lies in `to` by their landmarks, and by
 * `similarity` (full px) as far as these say nothing: a smooth map of working
 * pixels that goes on beyond the mesh, over the upper forehead.
 */
cutis_status ct_landmark_warp(struct warp *out, const struct face *from,
                              const struct face *to, const double similarity[4],
                              struct tools *tools);

/* Forgets where nodes lead that no pixel of the face needs. */
cutis_status ct_warp_cut(struct warp *warp, const struct face *face,
                         struct tools *tools);

/* ---- pair.c ----------------------------------------------------------------
 */

/* Share of each region's area under the mask. */
void ct_coverage(double out[CT_REGIONS], const struct face *face,
                 const struct bytes *mask);

/* ---- What is looked at -----------------------------------------------------
 */

/* A picture of one number a pixel, whose rows are made where they are wanted:
 * columns [x, x + n) of row y go to `out`. */
struct row_source {
    int width, height;
    void (*row)(const struct row_source *source, float *out, int x, int y,
                int n);
    const void *of; /* what `row` makes them from */
    const struct kernels *kernels;
};

/* ---- blur.c, noise.c -------------------------------------------------------
 */

/*
 * The 10th percentile of the widths of edges in `light` (linear), as the sigma
 * of a Gaussian in pixels.  Edges are looked for where mask is set, and must
 * rise above 12 times `noise` (of light, per pixel).  NaN with too few.
 */
cutis_status ct_edge_blur(double *sigma, const struct row_source *light,
                          const struct bytes *mask, double noise,
                          struct tools *tools);

/*
 * SD of the noise of one pixel where mask is set, in the unit of what
 * is looked at: the larger of Immerkaer's estimate and of the median of the
 * same high-pass.  NaN with too few pixels.
 */
cutis_status ct_noise_sigma(double *sigma, const struct row_source *source,
                            const struct bytes *mask, struct tools *tools);

/* SD of Cr in blocks of `side` pixels that are all skin, 8-bit levels: the
 * median block's.  NaN without a block. */
cutis_status ct_chroma_dither(double *levels, const struct skin *skin,
                              const struct bytes *mask, int side,
                              struct tools *tools);

/* ---- edges.c ---------------------------------------------------------------
 */

/* Spectra of the patches that lie in the crop. */
cutis_status ct_edge_spectra(struct spectra *out, const struct face *face,
                             const struct skin *skin, struct tools *tools);

/* Where those patches lie, on average; `face` has a mesh. */
struct stand ct_edge_stand(const struct face *face);

/* ---- swatches.c ------------------------------------------------------------
 */

/* Spectra of squares of skin; none under 4.5 px per mm or without a mesh. */
cutis_status ct_swatches(struct swatches *out, const struct face *face,
                         const struct skin *skin, struct tools *tools);

/* How a place of the canonical face, mm, stands to the camera. */
struct stand ct_stand_of(const struct face *face, const float at[3]);

/* The middle of a ring, cycles per mm. */
double ct_swatch_frequency(int bin);

/* ---- fine.c -----------------------------------------------------------------
 */

/*
 * ln of the amplitude of skin's density at 0.7 to 1.1 cycles per mm over that
 * at 0.35 to 0.5; NaN under 4.5 px per mm or with too little skin.
 */
cutis_status ct_fine_structure(double *ratio, const struct row_source *density,
                               const struct bytes *skin, double scale,
                               struct tools *tools);

/* By how much a blur of that variance lowers it. */
double ct_fine_lost(double blur_mm2);

/* ---- expression.c -----------------------------------------------------------
 */

/* mouth_width, ear_r, ear_l, mar and brow_eye from landmarks turned to the
 * front; NaN where landmarks cannot tell. */
void ct_expression(struct capture *out, const struct face *face);

/* Width of the mouth by landmarks turned to the front, mm. */
double ct_mouth_mm(const struct face *face);

/* ---- mouth.c ----------------------------------------------------------------
 */

/* mm by which the mouth of face[1] is wider, its corners as the pictures show
 * them; NaN where they are not found again. */
double ct_mouth_wider(const struct face *const face[2],
                      const struct skin *const skin[2]);

/* ---- light.c ----------------------------------------------------------------
 */

/* Lamp, ambient light and what an angle does to relief; NaN where the face does
 * not tell or there is no mesh. */
cutis_status ct_light(struct light *out, const struct face *face,
                      const struct skin *skin, struct tools *tools);

#endif
