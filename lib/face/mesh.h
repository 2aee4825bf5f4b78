/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the build holds of the face model: two networks here, the canonical
 * face in stages.h.
 */

#ifndef CT_FACE_MESH_H
#define CT_FACE_MESH_H

#include <stddef.h>
#include <stdint.h>

enum ct_network { CT_NETWORK_DETECT, CT_NETWORK_LANDMARKS };

/* A .tflite file; bytes NULL in a build without the model. */
struct packed {
    const unsigned char *bytes;
    size_t size;
};

struct packed ct_packed_network(enum ct_network network);

/* [CT_POINTS]: each vertex's twin on the other side of the face; NULL likewise.
 */
const uint16_t *ct_mesh_mirror(void);

#endif
