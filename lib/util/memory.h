/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The one allocator.  Blocks are zeroed, aligned to 64 bytes and remember where
 * they came from, so freeing needs no context and a limit holds for a session.
 */

#ifndef CT_UTIL_MEMORY_H
#define CT_UTIL_MEMORY_H

#include <stdatomic.h>
#include <stddef.h>

#include <cutis/session.h>

struct memory {
    cutis_allocator from; /* both NULL: the C library */
    size_t limit;         /* bytes; 0 = none */
    atomic_size_t used;   /* bytes that are out now */
    atomic_size_t peak;
    struct memory *home; /* this one only passes on to it; NULL = none */
};

/* Where the books are kept. */
static inline struct memory *ct_books(struct memory *memory)
{
    return memory->home ? memory->home : memory;
}

/* Bytes that the limit leaves; SIZE_MAX without one. */
size_t ct_memory_left(const struct memory *memory);

/* count * size zeroed bytes, or NULL: no memory, over the limit, or the product
 * overflows.  A product of 0 gives a block that may be freed. */
void *ct_alloc(struct memory *memory, size_t count, size_t size);

/* The same without the zeroing, for what is about to be written whole. */
void *ct_alloc_raw(struct memory *memory, size_t count, size_t size);

/* NULL is fine. */
void ct_free(void *block);

/* The allocator's own memory, neither booked nor aligned: for the session,
 * which holds the books. */
void *ct_obtain(const cutis_allocator *from, size_t size);
void ct_give_back(const cutis_allocator *from, void *start);

#endif
