/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Reads FlatBuffers without believing them: whatever lies outside of the bytes
 * reads as nothing and sets `broken`, which the caller looks at when done.
 * Layout: "FlatBuffer Internals", flatbuffers.dev.
 */

#ifndef CT_FACE_FLAT_H
#define CT_FACE_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flat {
    const uint8_t *at;
    size_t size;
    bool broken;
};

/* Elements that are wholly inside of the bytes. */
struct flat_vector {
    size_t at; /* offset of the first element */
    size_t count;
};

/* Little-endian numbers at an offset. */
uint32_t ct_flat_u32(struct flat *flat, size_t at);
int32_t ct_flat_i32(struct flat *flat, size_t at);

/* The table that the offset stored at `at` leads to; 0 = none. */
size_t ct_flat_table(struct flat *flat, size_t at);

/* Where field `index` of a table is stored; 0 = absent. */
size_t ct_flat_field(struct flat *flat, size_t table, int index);

/* Field `index` as a number; `missing` where it is absent. */
int32_t ct_flat_int(struct flat *flat, size_t table, int index,
                    int32_t missing);
int ct_flat_byte(struct flat *flat, size_t table, int index, int missing);

/* Field `index` as a vector of elements of `size` bytes. */
struct flat_vector ct_flat_vector(struct flat *flat, size_t table, int index,
                                  size_t size);

#endif
