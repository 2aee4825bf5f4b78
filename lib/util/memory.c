/* SPDX-License-Identifier: BSD-2-Clause */

#include "util/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64 };

/* Stands in the ALIGN bytes before every block. */
struct header {
    struct memory *memory;
    void *start; /* what the allocator gave */
    size_t size; /* all of it */
};

_Static_assert(sizeof(struct header) <= ALIGN, "the header has its own line");

/* Books `size` bytes, or says that they are too many. */
static int reserve(struct memory *memory, size_t size)
{
    const size_t used = atomic_fetch_add(&memory->used, size) + size;
    if (used < size || (memory->limit && used > memory->limit)) {
        atomic_fetch_sub(&memory->used, size);
        return 0;
    }
    size_t peak = atomic_load(&memory->peak);
    while (used > peak &&
           !atomic_compare_exchange_weak(&memory->peak, &peak, used))
        ;
    return 1;
}

void *ct_obtain(const cutis_allocator *from, size_t size)
{
    return from->allocate ? from->allocate(from->user, size) : malloc(size);
}

void ct_give_back(const cutis_allocator *from, void *start)
{
    if (from->release)
        from->release(from->user, start);
    else
        free(start);
}

size_t ct_memory_left(const struct memory *memory)
{
    const struct memory *const books = memory->home ? memory->home : memory;
    const size_t used = atomic_load(&books->used);
    if (!books->limit)
        return SIZE_MAX;
    return used < books->limit ? books->limit - used : 0;
}

void *ct_alloc_raw(struct memory *asked, size_t count, size_t size)
{
    struct memory *const memory = ct_books(asked);
    const size_t extra = (size_t)2 * ALIGN;
    if (size && count > (SIZE_MAX - extra) / size)
        return NULL;

    const size_t total = count * size + extra;
    if (!reserve(memory, total))
        return NULL;
    unsigned char *start = ct_obtain(&memory->from, total);
    if (!start) {
        atomic_fetch_sub(&memory->used, total);
        return NULL;
    }

    const size_t past = (uintptr_t)start % ALIGN;
    unsigned char *block = start + (extra - past);
    const struct header header = {memory, start, total};
    memcpy(block - ALIGN, &header, sizeof(header));
    return block;
}

void *ct_alloc(struct memory *memory, size_t count, size_t size)
{
    void *block = ct_alloc_raw(memory, count, size);
    if (block)
        memset(block, 0, count * size);
    return block;
}

void ct_free(void *block)
{
    if (!block)
        return;
    struct header header;
    memcpy(&header, (unsigned char *)block - ALIGN, sizeof(header));
    struct memory *memory = header.memory;

    ct_give_back(&memory->from, header.start);
    atomic_fetch_sub(&memory->used, header.size);
}
