/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The processor stops at the first touch of each page of 4 KB, which costs from
 * a quarter of a microsecond to, on a virtual machine, ten.  A comparison works
 * on hundreds of megabytes; so pages are kept once they are there, and those of
 * a large block come by one call.
 */

#define _GNU_SOURCE /* madvise, sbrk */

#include "heap.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

void heap_keep(void)
{
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 1);
    if (!mallopt(M_MMAP_THRESHOLD, 1 << 30))
        mallopt(M_MMAP_THRESHOLD, 32 << 20); /* glibc before 2.35 */
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

#if defined(__GLIBC__) && defined(MADV_POPULATE_WRITE)

static const size_t large = 1 << 20;

/* What the heap has grown by; where a kernel knows no such call, or has no
 * pages, they come as they are touched. */
static void *allocate(void *user, size_t size)
{
    struct heap *const heap = user;
    char *const block = malloc(size);
    if (!block || size < large)
        return block;

    const uintptr_t page = 4096;
    const uintptr_t high = atomic_load(&heap->high);
    const uintptr_t start = (uintptr_t)block,
                    end = (start + size) / page * page;
    if (end <= high || end > (uintptr_t)sbrk(0))
        return block;
    const uintptr_t from = (start > high ? start : high) / page * page;
    madvise((char *)from, end - from, MADV_POPULATE_WRITE);
    atomic_store(&heap->high, end);
    return block;
}

static void release(void *user, void *block)
{
    (void)user;
    free(block);
}

cutis_allocator heap_allocator(struct heap *heap)
{
    return (cutis_allocator){allocate, release, heap};
}

#else

cutis_allocator heap_allocator(struct heap *heap)
{
    (void)heap;
    return (cutis_allocator){0};
}

#endif
