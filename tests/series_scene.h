/* SPDX-License-Identifier: BSD-2-Clause */

/* A series of small pieces of drawn skin, without faces, held or on demand. */

#ifndef CT_TESTS_SERIES_SCENE_H
#define CT_TESTS_SERIES_SCENE_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>
#include <cutis/cutis.h>

enum { SIDE = 96, PHOTOS = 4 };

static cutis_session *session;
static cutis_photo *photo[PHOTOS];
static cutis_series *series;

/* Skin with uneven blood and relief, differently grainy in each. */
static inline cutis_status draw(cutis_session *with, int which,
                                cutis_photo **out)
{
    static uint8_t skin[SIDE][SIDE][3];
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = skin,
        .stride = SIDE * 3,
        .width = SIDE,
        .height = SIDE,
        .format = CUTIS_PIXELS_RGB8,
    };
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 5.0;

    unsigned state = 77u + (unsigned)which;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            state = state * 1664525u + 1013904223u;
            const double wave = 8.0 * sin(0.4 * x) * sin(0.31 * y);
            const int grain = (int)(state >> 24) % 9 - 4;
            for (int c = 0; c < 3; c++)
                skin[y][x][c] =
                    (uint8_t)(200 - 35 * c + (int)wave + grain + which);
        }
    return cutis_photo_load_pixels(with, &pixels, &options, out);
}

static inline void set_up(void)
{
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    for (int i = 0; i < PHOTOS; i++)
        ck_assert_int_eq(draw(session, i, &photo[i]), CUTIS_OK);
    ck_assert_int_eq(cutis_series_create(session, NULL, &series), CUTIS_OK);
}

static inline void tear_down(void)
{
    cutis_series_destroy(&series);
    for (int i = 0; i < PHOTOS; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
}

/* Visit `i`: 0 and 1 are baselines, on day 10 i - 10. */
static inline cutis_visit visit_of(int i, const cutis_photo *const *capture)
{
    cutis_visit visit = CUTIS_VISIT_DEFAULT;
    visit.days = 10.0 * i - 10.0;
    visit.baseline = i < 2;
    visit.captures = capture;
    visit.capture_count = 1;
    return visit;
}

static inline cutis_status add(int i)
{
    const cutis_photo *const capture[] = {photo[i]};
    const cutis_visit visit = visit_of(i, capture);
    return cutis_series_add(session, series, &visit);
}

static inline int keep(void *user, const void *bytes, size_t size)
{
    char **const text = user;
    const size_t used = *text ? strlen(*text) : 0;
    *text = realloc(*text, used + size + 1);
    memcpy(*text + used, bytes, size);
    (*text)[used + size] = 0;
    return 0;
}

static inline char *written(cutis_format format)
{
    char *text = NULL;
    ck_assert_int_eq(cutis_series_write(session, series, format, keep, &text),
                     CUTIS_OK);
    return text;
}

/* ---- Loading on demand --------------------------------------------------- */

/* A caller that draws what it is asked for, and what it saw. */
struct studio {
    int which; /* of the photographs */
    int loads, change_at;
    cutis_status fail_with;
    bool gives_nothing;
};

static struct studio studio[PHOTOS];

static inline cutis_status draw_again(void *user, cutis_session *with,
                                      uint64_t index, cutis_photo **out)
{
    struct studio *const own = user;
    ck_assert_uint_eq(index, 0);
    own->loads++;
    if (own->fail_with || own->gives_nothing)
        return own->fail_with;
    return draw(with, own->which + (own->loads == own->change_at), out);
}

static inline cutis_visit visit_on_demand(int i)
{
    cutis_visit visit = visit_of(i, NULL);
    studio[i].which = i;
    visit.load = draw_again;
    visit.load_user = &studio[i];
    return visit;
}

static inline cutis_status add_on_demand(int i)
{
    const cutis_visit visit = visit_on_demand(i);
    return cutis_series_add(session, series, &visit);
}

#endif
