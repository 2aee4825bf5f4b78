/* SPDX-License-Identifier: BSD-2-Clause */

#include "face/flat.h"

/* Whether `size` bytes at `at` exist. */
static bool holds(struct flat *flat, size_t at, size_t size)
{
    if (at <= flat->size && size <= flat->size - at)
        return true;
    flat->broken = true;
    return false;
}

static unsigned u16(struct flat *flat, size_t at)
{
    if (!holds(flat, at, 2))
        return 0;
    return flat->at[at] | (unsigned)flat->at[at + 1] << 8;
}

uint32_t ct_flat_u32(struct flat *flat, size_t at)
{
    if (!holds(flat, at, 4))
        return 0;
    const uint8_t *const b = flat->at + at;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

int32_t ct_flat_i32(struct flat *flat, size_t at)
{
    const uint32_t value = ct_flat_u32(flat, at);
    return value <= INT32_MAX ? (int32_t)value
                              : -(int32_t)(UINT32_MAX - value) - 1;
}

size_t ct_flat_table(struct flat *flat, size_t at)
{
    const size_t offset = ct_flat_u32(flat, at);
    if (offset == 0 || !holds(flat, at, offset) ||
        !holds(flat, at + offset, 4)) {
        flat->broken = true;
        return 0;
    }
    return at + offset;
}

size_t ct_flat_field(struct flat *flat, size_t table, int index)
{
    if (table == 0)
        return 0;
    /* The table begins with how far before it its list of fields stands. */
    const int64_t list = (int64_t)table - ct_flat_i32(flat, table);
    if (list < 0 || !holds(flat, (size_t)list, 4)) {
        flat->broken = true;
        return 0;
    }
    const size_t entry = 4 + 2 * (size_t)index;
    if (entry + 2 > u16(flat, (size_t)list))
        return 0;
    const unsigned offset = u16(flat, (size_t)list + entry);
    return offset && holds(flat, table, offset) ? table + offset : 0;
}

int32_t ct_flat_int(struct flat *flat, size_t table, int index, int32_t missing)
{
    const size_t field = ct_flat_field(flat, table, index);
    return field ? ct_flat_i32(flat, field) : missing;
}

int ct_flat_byte(struct flat *flat, size_t table, int index, int missing)
{
    const size_t field = ct_flat_field(flat, table, index);
    if (!field)
        return missing;
    return holds(flat, field, 1) ? flat->at[field] : missing;
}

struct flat_vector ct_flat_vector(struct flat *flat, size_t table, int index,
                                  size_t size)
{
    const struct flat_vector none = {0, 0};
    const size_t field = ct_flat_field(flat, table, index);
    if (!field)
        return none;
    const size_t start = ct_flat_table(flat, field);
    if (!start)
        return none;
    const size_t count = ct_flat_u32(flat, start);
    if (count > flat->size / size || !holds(flat, start + 4, count * size)) {
        flat->broken = true;
        return none;
    }
    return (struct flat_vector){start + 4, count};
}
