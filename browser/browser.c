/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the page of a browser calls: two photographs in, readings and reports
 * out.  Built by build.sh into WebAssembly; one page uses it from one worker.
 * Every function that can fail returns a cutis_status.
 */

#include <cutis/cutis.h>
#include <emscripten.h>
#include <stdlib.h>
#include <string.h>

struct work {
    cutis_session *session;
    cutis_photo *photo[2]; /* before, after */
    cutis_comparison *comparison;
    unsigned char *bytes; /* what was written last */
    size_t size, room;
};

/* The share that is done, to whoever runs the worker. */
EM_JS(void, tell, (double done), {
    if (Module.tell)
        Module.tell(done);
})

static int on_progress(void *user, double done)
{
    (void)user;
    tell(done);
    return 0;
}

/* NULL where there is no memory. */
EMSCRIPTEN_KEEPALIVE struct work *work_open(void)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    struct work *const work = calloc(1, sizeof(*work));
    options.progress = on_progress;
    if (work && cutis_session_create(&options, &work->session)) {
        free(work);
        return NULL;
    }
    return work;
}

/* A file's bytes; which: 0 = before, 1 = after. */
EMSCRIPTEN_KEEPALIVE int work_load(struct work *work, int which,
                                   const void *bytes, size_t size)
{
    cutis_comparison_destroy(&work->comparison);
    cutis_photo_destroy(&work->photo[which]);
    return (int)cutis_photo_load_memory(work->session, bytes, size, NULL,
                                        &work->photo[which]);
}

/* Pixels that the browser decoded: rows of RGBA, 8 bits, sRGB. */
EMSCRIPTEN_KEEPALIVE int work_load_pixels(struct work *work, int which,
                                          const void *rgba, uint32_t width,
                                          uint32_t height)
{
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = rgba,
        .stride = (ptrdiff_t)width * 4,
        .width = width,
        .height = height,
        .format = CUTIS_PIXELS_RGBA8,
    };
    cutis_comparison_destroy(&work->comparison);
    cutis_photo_destroy(&work->photo[which]);
    return (int)cutis_photo_load_pixels(work->session, &pixels, NULL,
                                        &work->photo[which]);
}

/* Both photographs are there.  days < 0: not said. */
EMSCRIPTEN_KEEPALIVE int work_compare(struct work *work, const char *preset,
                                      double days, const char *language,
                                      int cover_eyes)
{
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;
    options.preset = preset;
    options.days = days;
    options.language = language;
    options.cover_eyes = cover_eyes != 0;
    cutis_comparison_destroy(&work->comparison);
    return (int)cutis_photos_compare(work->session, work->photo[0],
                                     work->photo[1], &options,
                                     &work->comparison);
}

static int take(void *user, const void *bytes, size_t size)
{
    struct work *const work = user;
    if (size > work->room - work->size) {
        const size_t room = 2 * (work->size + size);
        unsigned char *const more = realloc(work->bytes, room);
        if (!more)
            return 1;
        work->bytes = more;
        work->room = room;
    }
    memcpy(work->bytes + work->size, bytes, size);
    work->size += size;
    return 0;
}

/* format: a cutis_format.  The bytes are then work_bytes, work_size long. */
EMSCRIPTEN_KEEPALIVE int work_write(struct work *work, int format)
{
    work->size = 0;
    return (int)cutis_comparison_write(work->session, work->comparison,
                                       (cutis_format)format, take, work);
}

EMSCRIPTEN_KEEPALIVE const unsigned char *work_bytes(const struct work *work)
{
    return work->bytes;
}

EMSCRIPTEN_KEEPALIVE size_t work_size(const struct work *work)
{
    return work->size;
}

/* Why the last of these failed. */
EMSCRIPTEN_KEEPALIVE const char *work_error(const struct work *work)
{
    return cutis_session_error(work->session);
}

EMSCRIPTEN_KEEPALIVE void work_close(struct work *work)
{
    cutis_comparison_destroy(&work->comparison);
    cutis_photo_destroy(&work->photo[1]);
    cutis_photo_destroy(&work->photo[0]);
    cutis_session_destroy(&work->session);
    free(work->bytes);
    free(work);
}
