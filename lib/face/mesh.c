/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the build holds of the face model, or nothing of it.
 */

#include "config.h"

#include "face/mesh.h"
#include "face/packed.h"

#if HAVE_MODELS

const float (*ct_mesh_points(void))[3]
{
    return ct_packed_points;
}

const float (*ct_mesh_uv(void))[2]
{
    return ct_packed_uv;
}

const uint16_t (*ct_mesh_triangles(void))[3]
{
    return ct_packed_triangles;
}

const float *ct_mesh_pose_weights(void)
{
    return ct_packed_weights;
}

const uint16_t *ct_mesh_mirror(void)
{
    return ct_packed_mirror;
}

struct packed ct_packed_network(enum ct_network network)
{
    if (network == CT_NETWORK_DETECT)
        return (struct packed){ct_packed_detection, ct_packed_detection_size};
    return (struct packed){ct_packed_landmark, ct_packed_landmark_size};
}

#else

const float (*ct_mesh_points(void))[3]
{
    return NULL;
}

const float (*ct_mesh_uv(void))[2]
{
    return NULL;
}

const uint16_t (*ct_mesh_triangles(void))[3]
{
    return NULL;
}

const float *ct_mesh_pose_weights(void)
{
    return NULL;
}

const uint16_t *ct_mesh_mirror(void)
{
    return NULL;
}

struct packed ct_packed_network(enum ct_network network)
{
    (void)network;
    return (struct packed){NULL, 0};
}

#endif
