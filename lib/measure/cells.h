/* SPDX-License-Identifier: BSD-2-Clause */

/* What each template cell of 1 mm gives to the readings of a pair, to see how
 * the change differs from cell to cell. */

#ifndef CT_MEASURE_CELLS_H
#define CT_MEASURE_CELLS_H

#include "measure/measure.h"

/* Sums over a cell: what a reading sums up, and what it divides by. */
enum {
    CT_LAYER_BLOOD, /* h, cut off where the trimmed mean does */
    CT_LAYER_RED,
    CT_LAYER_SHINE, /* mm2 */
    CT_LAYER_LESIONS,
    CT_LAYER_SPOTS,
    CT_LAYER_PORES,
    CT_LAYER_PORE_BURDEN,
    CT_LAYER_BAND, /* squares of each band */
    CT_LAYER_PIXELS = CT_LAYER_BAND + CT_BANDS,
    CT_LAYER_OPEN, /* mm2 */
    CT_LAYER_COLOUR,
    CT_LAYER_RELIEF,
    CT_LAYER_BAND_PIXELS,
    CT_LAYERS = CT_LAYER_BAND_PIXELS + CT_BANDS
};

struct cells {
    float *layer[CT_LAYERS]; /* of every cell */
    float *made, *more;      /* the blocks that layers lie in */
    uint8_t region[CT_CELLS_X * CT_CELLS_Y];
    /* d y / d (sum / divisor), by layer of the former; NaN = not known */
    double gain[CT_LAYER_PIXELS][CT_REGIONS];
    bool pooled[CT_REGIONS];
};

/* With the layers of bands alone; those of all else come when the planes of
 * the scene have gone. */
cutis_status ct_cells_create(struct cells **out, struct tools *tools);
cutis_status ct_cells_complete(struct cells *cells, struct tools *tools);
void ct_cells_free(struct cells *cells); /* NULL is fine */

/* While a scene is made: a band in every step-th pixel, and its red skin by
 * the ramp. */
void ct_cells_band(struct scene *scene, const struct plane *band,
                   const struct plane *support, int step, int k);
void ct_cells_red(struct scene *scene, const struct plane *smooth,
                  double reference);

/* Once all is measured: all else. */
void ct_cells_fill(struct scene *scene, const struct readings *readings);

/* Fills the sampling of both photographs' rows. */
cutis_status ct_cells_meet(struct readings out[2], struct cells *const cells[2],
                           struct tools *tools);

#endif
