/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A library to be loaded before the C library, whose memory runs out.  The file
 * that NO_MEMORY names holds a struct book, which all processes of a run share:
 * what is asked for by malloc and its kin, from first to last by anybody's
 * code, is counted there, and refused as it says.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct book {
    atomic_long asked; /* so far */
    long refuse_at;    /* counted from 0; -1 = never */
    long for_good;     /* 1: that one and all after it */
    atomic_long refused;
};

/* The C library's own, under the names that it keeps for such as us. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static struct book *book;

__attribute__((constructor)) static void open_book(void)
{
    const char *const path = getenv("NO_MEMORY");
    const int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *const shared =
        mmap(NULL, sizeof(*book), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared != MAP_FAILED)
        book = shared;
}

static int refuses(void)
{
    if (!book)
        return 0;
    const long now = atomic_fetch_add(&book->asked, 1);
    if (book->refuse_at < 0 || now < book->refuse_at ||
        (now > book->refuse_at && !book->for_good))
        return 0;
    atomic_fetch_add(&book->refused, 1);
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return refuses() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refuses() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return refuses() ? NULL : __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size)
{
    return refuses() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    void *const block = memalign(alignment, size);
    if (!block)
        return ENOMEM;
    *out = block;
    return 0;
}

/* Whoever waits for memory to come back waits no time here. */
int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    (void)wanted;
    (void)left;
    return 0;
}
