/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Single colours, in double: what the stage, its tests and chart fitting need.
 * Whole rows go through the kernels (signal/signal.h).
 */

#ifndef CT_COLOUR_COLOUR_H
#define CT_COLOUR_COLOUR_H

#include "stages.h"

/* White points, 2 degree observer: Y = 1 (ICC.1, CIE 15:2004). */
extern const double ct_white_d65[3], ct_white_d50[3];

/* Bradford's adaptation of XYZ from D50 to D65, rows. */
extern const double ct_d65_of_d50[9];

/* linear sRGB (D65) <-> XYZ, rows. */
extern const double ct_xyz_of_linear[9], ct_linear_of_xyz[9];

/* y = m x, 3 x 3 times 3; y may not be x. */
void ct_times3(double y[3], const double m[9], const double x[3]);

void ct_lab_of_xyz(double lab[3], const double xyz[3], const double white[3]);
void ct_xyz_of_lab(double xyz[3], const double lab[3], const double white[3]);

/* CIELAB under D65 of linear sRGB, and back; not clipped. */
void ct_lab_of_linear(double lab[3], const double rgb[3]);
void ct_linear_of_lab(double rgb[3], const double lab[3]);

/* CIEDE2000 with all weights 1 (Sharma, Wu, Dalal 2005). */
double ct_ciede2000(const double first[3], const double second[3]);

/* ---- What is read from the picture (quad.c) ------------------------------ */

struct quad {
    float *channel[3];
    size_t count;
};

/* Corners in order of angle about their centre. */
void ct_quad_sort(cutis_point out[4], const cutis_point given[4]);

/* All four are in the picture (and so not NaN). */
bool ct_quad_is_in(const cutis_point corner[4], const struct picture *picture);

/* The pixels inside four corners, thinned evenly to about `most`. */
cutis_status ct_quad_read(struct quad *out, const struct picture *picture,
                          const cutis_point corner[4], int most,
                          struct tools *tools);
void ct_quad_free(struct quad *quad);

/* The 10 to 90 % trimmed mean of a channel; reorders it.  A median would stick
 * to whole levels of an 8-bit file, which are 2 % of light apart. */
double ct_quad_level(float *v, size_t n);

/* ---- What calibrates the photograph -------------------------------------- */

/* Gains that take a grey card to `reflectance`; UNSUITABLE if it is clipped or
 * uneven, ARGUMENT if it is not a quadrilateral in the picture. */
cutis_status ct_card_gain(double gain[3], const struct picture *picture,
                          const cutis_photo_options *options,
                          struct tools *tools);

/* Sets the correction and the gain by a colour chart; UNSUITABLE if it cannot
 * be read, ARGUMENT if it is not in the picture. */
cutis_status ct_chart_correction(struct skin *skin,
                                 const struct picture *picture,
                                 const cutis_photo_options *options,
                                 struct tools *tools);

/* The colour of the largest even area outside the head; false if there is
 * none. */
cutis_status ct_backdrop_find(bool *found, double seen[3],
                              const struct picture *picture,
                              const struct face *face, struct tools *tools);

/* A colour through a correction. */
void ct_correct(double out[3], const struct correction *by, const double c[3]);

#endif
