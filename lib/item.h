/* SPDX-License-Identifier: BSD-2-Clause */

/* Spots, pores and the names of maps, as stages pass them on: stages.h includes
 * this. */

#ifndef CT_ITEM_H
#define CT_ITEM_H

#include <stdbool.h>
#include <stdint.h>

/* What a spot is. */
enum {
    CT_SPOT_PIGMENT, /* brown */
    CT_SPOT_MIXED,   /* brown and red: a mark that inflammation left */
    CT_SPOT_RED      /* inflamed */
};

/* What became of an item between two photographs. */
enum ct_fate {
    CT_FATE_UNKNOWN, /* one photograph, or out of view in the other */
    CT_FATE_PERSISTED,
    CT_FATE_FADED,
    CT_FATE_GROWN,
    CT_FATE_SPLIT,
    CT_FATE_MERGED,
    CT_FATE_NEW,
    CT_FATE_GONE,
    CT_FATES
};

/* "persisted", ...; "" for unknown. */
const char *ct_fate_name(int fate);

/* A spot or pore, in working coordinates. */
struct item {
    float x, y, size_mm, contrast;
    float error;    /* one SD of the burden's change; 0 of one photograph */
    float burden;   /* contrast times area: P mm2, H mm2; of pores cOD mm2 */
    float sigma_mm; /* of its blob, as seen */
    uint16_t cell;
    uint8_t region, kind, fate;
    uint8_t pieces; /* outlines of its own; 0 = none, though measured */
    bool alone;     /* of two photographs, only one has it */
    bool seen;      /* here, and not in the other photograph alone */
};

/* What can be laid over a photograph. */
enum ct_map {
    CT_MAP_H,
    CT_MAP_P,
    CT_MAP_RELIEF,
    CT_MAP_PORES,
    CT_MAP_WRINKLES,
    CT_MAPS
};

#endif
