/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A session: the options, limits, memory and callbacks that photographs and
 * comparisons work under.
 */

#ifndef CUTIS_SESSION_H
#define CUTIS_SESSION_H

#include <cutis/base.h>

CUTIS_BEGIN

/* Instruction sets of the inner loops.  All of them compute the same bits. */
typedef enum cutis_isa {
    CUTIS_ISA_C = 0,
    CUTIS_ISA_NEON = 1,
    CUTIS_ISA_AVX2 = 2,
    CUTIS_ISA_AVX512 = 3,
    CUTIS_ISA_BEST = 4 /* the fastest that this processor runs */
} cutis_isa;

/*
 * Where memory comes from.  `allocate` returns `size` bytes aligned for any
 * type, or NULL; `release` takes what it gave.  With more than one thread both
 * are called from several at once.  Both NULL: the C library's own.
 */
typedef struct cutis_allocator {
    void *(*allocate)(void *user, size_t size);
    void (*release)(void *user, void *block);
    void *user;
} cutis_allocator;

/* One sentence of interest to a person, without a line end. */
typedef void (*cutis_log_fn)(void *user, const char *sentence);

/*
 * Called again and again while a call works, always from the thread that called
 * the library, with `done` in [0,1], which within a call never falls.  Between
 * two of them lie less than 0.1 s on 12 megapixels.  Anything but 0 stops the
 * work, which then returns CUTIS_ERROR_CANCELLED; it is not called again before
 * the next call.  It must not call the library with its session.
 */
typedef int (*cutis_progress_fn)(void *user, double done);

/*
 * Always start from CUTIS_OPTIONS_DEFAULT: struct_size tells the library
 * which members this program was compiled with, so members can be added at
 * the end without breaking it.  Each version ends without padding where a
 * pointer has 8 bytes.
 */
typedef struct cutis_options {
    size_t struct_size;
    uint64_t max_pixels;    /* refuse larger pictures; 0 = no limit */
    uint64_t max_side;      /* refuse wider or higher ones; 0 = no limit */
    uint64_t max_file;      /* refuse larger files, bytes; 0 = no limit */
    uint64_t max_profile;   /* refuse larger colour profiles, bytes */
    uint64_t max_memory;    /* never hold more than this, bytes; 0 = no limit */
    uint32_t max_scans;     /* refuse progressive JPEGs with more scans */
    uint32_t threads;       /* [1, 256]; 1 = no team of threads is started */
    uint32_t isa;           /* a cutis_isa: the fastest to use */
    uint32_t allow_damaged; /* 1 = take what a truncated file still holds */
    cutis_allocator allocator;
    cutis_log_fn log; /* NULL = silence */
    void *log_user;
    cutis_progress_fn progress; /* NULL = none */
    void *progress_user;
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_options;

/* clang-format off */
#define CUTIS_OPTIONS_DEFAULT {                                                \
    .struct_size = sizeof(cutis_options),                                      \
    .max_pixels = UINT64_C(100000000),                                         \
    .max_side = UINT64_C(30000),                                               \
    .max_file = UINT64_C(268435456),                                           \
    .max_profile = UINT64_C(4194304),                                          \
    .max_memory = UINT64_C(4294967296),                                        \
    .max_scans = 100,                                                          \
    .threads = 1,                                                              \
    .isa = CUTIS_ISA_BEST,                                                     \
}
/* clang-format on */

/* What everything else is made with: options, limits, the last sentence. */
typedef struct cutis_session cutis_session;

/*
 * Makes a session; `options` NULL means the defaults.  Nothing but memory is
 * touched: no file, no environment, no thread.
 * ARGUMENT: an option out of its range, an unknown struct_size.  MEMORY.
 */
CUTIS_API cutis_status cutis_session_create(const cutis_options *options,
                                            cutis_session **out);

CUTIS_API void cutis_session_destroy(cutis_session **session);

/*
 * Why the last call on this session failed, in one sentence; "" if it did not.
 * Valid until the next call on the session.
 */
CUTIS_API const char *cutis_session_error(const cutis_session *session);

/* The instruction set in use, never CUTIS_ISA_BEST. */
CUTIS_API cutis_isa cutis_session_isa(const cutis_session *session);

/* "c", "neon", "avx2", "avx512", "best"; NULL for anything else.
 * Thread-safety: safe. */
CUTIS_API const char *cutis_isa_name(cutis_isa isa);

CUTIS_END

#endif
