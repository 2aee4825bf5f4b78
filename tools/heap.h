/* SPDX-License-Identifier: BSD-2-Clause */

/* Where the command's memory comes from: malloc, made quicker. */

#ifndef CUTIS_TOOLS_HEAP_H
#define CUTIS_TOOLS_HEAP_H

#include <stdatomic.h>
#include <stdint.h>

#include <cutis/cutis.h>

/* As long as the session that it serves. */
struct heap {
    atomic_uintptr_t high; /* what lies below was asked for */
};

/* What a stage or a pair frees stays for the next one, up to 1 GB. */
void heap_keep(void);

/* malloc and free for a session, large blocks with all their pages at once. */
cutis_allocator heap_allocator(struct heap *heap);

#endif
