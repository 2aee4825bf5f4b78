/* SPDX-License-Identifier: BSD-2-Clause */

/* Calls of the library and what they work on, with an allocator that refuses.
 */

#ifndef CT_TESTS_ALLOCATION_SCENE_H
#define CT_TESTS_ALLOCATION_SCENE_H

#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

#include "config.h"
#include "drawn.h"
#include "pictures.h"

/* Pixels; what is drawn is the largest, of which the others are a corner. */
enum { SMALL = 40, LARGE = 160, HEAD = 192 };

static uint8_t noise[2][LARGE * LARGE * 3], head[HEAD * HEAD * 3];
static int side = SMALL;
static struct blob png, jpeg;

/* ---- An allocator that refuses ------------------------------------------- */

enum { NEVER = -1 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long asked, refuse_at = NEVER; /* counted from 0 */
static int blocks;                    /* that are out */
static bool for_good, refused;

static void *take(void *user, size_t size)
{
    (void)user;
    pthread_mutex_lock(&lock);
    const long now = asked++;
    const bool refuse =
        refuse_at != NEVER && (for_good ? now >= refuse_at : now == refuse_at);
    refused |= refuse;
    blocks += !refuse;
    pthread_mutex_unlock(&lock);
    return refuse ? NULL : malloc(size);
}

static void give(void *user, void *block)
{
    (void)user;
    pthread_mutex_lock(&lock);
    blocks--;
    pthread_mutex_unlock(&lock);
    free(block);
}

static void arm(long at, bool good)
{
    asked = 0;
    refuse_at = at;
    for_good = good;
    refused = false;
}

/* ---- What there is to work with ------------------------------------------ */

struct scene {
    cutis_session *session;
    cutis_photo *photo[4];
    cutis_comparison *comparison;
    cutis_reading *reading;
    cutis_suitability *suitability;
    cutis_series *series;
    cutis_calibration *calibration;
    void *made;   /* by the call */
    uint64_t sum; /* of the bytes that it wrote */
};

static cutis_status create(cutis_session **out, uint32_t threads)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.threads = threads;
    options.allocator = (cutis_allocator){take, give, NULL};
    return cutis_session_create(&options, out);
}

static cutis_photo_options skin_only(void)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = side == SMALL ? 5.0 : 12.0;
    return options;
}

static cutis_status load(cutis_session *session, int which, cutis_photo **out)
{
    const cutis_photo_options options = skin_only();
    const cutis_pixels pixels = {.struct_size = sizeof(pixels),
                                 .data = noise[which],
                                 .stride = (ptrdiff_t)LARGE * 3,
                                 .width = (uint32_t)side,
                                 .height = (uint32_t)side,
                                 .format = CUTIS_PIXELS_RGB8};
    return cutis_photo_load_pixels(session, &pixels, &options, out);
}

/* FNV-1a: whether the same bytes were written. */
static int sum_up(void *user, const void *bytes, size_t size)
{
    uint64_t *const sum = user;
    for (size_t i = 0; i < size; i++)
        *sum = (*sum ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
    return 0;
}

static int sum_up_file(void *user, const char *name, const void *bytes,
                       size_t size)
{
    sum_up(user, name, strlen(name));
    return sum_up(user, bytes, size);
}

/* ---- The calls that make ------------------------------------------------- */

static cutis_status make_session(struct scene *scene)
{
    return create((cutis_session **)&scene->made, 1);
}

static void drop_session(struct scene *scene)
{
    cutis_session_destroy((cutis_session **)&scene->made);
}

static cutis_status load_pixels(struct scene *scene)
{
    return load(scene->session, 0, (cutis_photo **)&scene->made);
}

static cutis_status load_bytes(struct scene *scene, const struct blob *blob)
{
    const cutis_photo_options options = skin_only();
    return cutis_photo_load_memory(scene->session, blob->at, blob->size,
                                   &options, (cutis_photo **)&scene->made);
}

static cutis_status load_png(struct scene *scene)
{
    return load_bytes(scene, &png);
}

static cutis_status load_jpeg(struct scene *scene)
{
    return load_bytes(scene, &jpeg);
}

static cutis_status load_head(struct scene *scene)
{
    const cutis_pixels pixels = {.struct_size = sizeof(pixels),
                                 .data = head,
                                 .stride = (ptrdiff_t)HEAD * 3,
                                 .width = HEAD,
                                 .height = HEAD,
                                 .format = CUTIS_PIXELS_RGB8};
    return cutis_photo_load_pixels(scene->session, &pixels, NULL,
                                   (cutis_photo **)&scene->made);
}

static void drop_photo(struct scene *scene)
{
    cutis_photo_destroy((cutis_photo **)&scene->made);
}

static cutis_status measure(struct scene *scene)
{
    return cutis_photo_measure(scene->session, scene->photo[0],
                               (cutis_reading **)&scene->made);
}

static void drop_reading(struct scene *scene)
{
    cutis_reading_destroy((cutis_reading **)&scene->made);
}

static cutis_status check(struct scene *scene)
{
    return cutis_photos_check(scene->session, scene->photo[0], scene->photo[1],
                              NULL, (cutis_suitability **)&scene->made);
}

static void drop_suitability(struct scene *scene)
{
    cutis_suitability_destroy((cutis_suitability **)&scene->made);
}

static cutis_status compare(struct scene *scene)
{
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;
    options.preset = "acne_scars";
    options.days = 56.0;
    return cutis_photos_compare(scene->session, scene->photo[0],
                                scene->photo[1], &options,
                                (cutis_comparison **)&scene->made);
}

static cutis_status compare_visits(struct scene *scene)
{
    const cutis_photo *const *const photo =
        (const cutis_photo *const *)scene->photo;
    return cutis_visits_compare(scene->session, photo, 2, photo + 2, 2, NULL,
                                (cutis_comparison **)&scene->made);
}

static void drop_comparison(struct scene *scene)
{
    cutis_comparison_destroy((cutis_comparison **)&scene->made);
}

static cutis_status run_series(struct scene *scene)
{
    cutis_series *series = NULL;
    cutis_status status = cutis_series_create(scene->session, NULL, &series);
    for (int i = 0; i < 4 && status == CUTIS_OK; i++) {
        const cutis_photo *const capture[] = {scene->photo[i]};
        cutis_visit visit = CUTIS_VISIT_DEFAULT;
        visit.days = 30.0 * i;
        visit.baseline = i == 0;
        visit.captures = capture;
        visit.capture_count = 1;
        status = cutis_series_add(scene->session, series, &visit);
    }
    if (status == CUTIS_OK)
        status = cutis_series_run(scene->session, series);
    if (status != CUTIS_OK)
        cutis_series_destroy(&series);
    scene->made = series;
    return status;
}

static void drop_series(struct scene *scene)
{
    cutis_series_destroy((cutis_series **)&scene->made);
}

static cutis_status calibrate(struct scene *scene)
{
    const cutis_comparison *const same[] = {scene->comparison};
    cutis_calibration *calibration = NULL;
    cutis_status status =
        cutis_calibration_create(scene->session, &calibration);
    if (status == CUTIS_OK)
        status = cutis_calibration_add(scene->session, calibration, same[0]);
    if (status == CUTIS_OK)
        status =
            cutis_calibration_add_visits(scene->session, calibration, same, 1);
    if (status != CUTIS_OK)
        cutis_calibration_destroy(&calibration);
    scene->made = calibration;
    return status;
}

static void drop_calibration(struct scene *scene)
{
    cutis_calibration_destroy((cutis_calibration **)&scene->made);
}

/* ---- The calls that write ------------------------------------------------ */

static cutis_status write_as(struct scene *scene, cutis_format format)
{
    return cutis_comparison_write(scene->session, scene->comparison, format,
                                  sum_up, &scene->sum);
}

static cutis_status write_text(struct scene *scene)
{
    return write_as(scene, CUTIS_FORMAT_TEXT);
}

static cutis_status write_json(struct scene *scene)
{
    return write_as(scene, CUTIS_FORMAT_JSON);
}

static cutis_status write_csv(struct scene *scene)
{
    return write_as(scene, CUTIS_FORMAT_CSV);
}

static cutis_status write_page(struct scene *scene)
{
    return write_as(scene, CUTIS_FORMAT_HTML);
}

static cutis_status write_row(struct scene *scene)
{
    const cutis_status status = cutis_comparison_write_columns(
        scene->session, CUTIS_FORMAT_ROW, sum_up, &scene->sum);
    return status ? status : write_as(scene, CUTIS_FORMAT_ROW);
}

static cutis_status write_items(struct scene *scene)
{
    return write_as(scene, CUTIS_FORMAT_ITEMS);
}

static cutis_status write_maps(struct scene *scene)
{
    return cutis_comparison_write_maps(scene->session, scene->comparison,
                                       sum_up_file, &scene->sum);
}

static cutis_status write_reading(struct scene *scene)
{
    const cutis_status status = cutis_reading_write(
        scene->session, scene->reading, CUTIS_FORMAT_JSON, sum_up, &scene->sum);
    return status ? status
                  : cutis_reading_write_maps(scene->session, scene->reading,
                                             sum_up_file, &scene->sum);
}

static cutis_status write_info(struct scene *scene)
{
    return cutis_photo_write_info(scene->session, scene->photo[0],
                                  CUTIS_FORMAT_JSON, sum_up, &scene->sum);
}

static cutis_status write_suitability(struct scene *scene)
{
    return cutis_suitability_write(scene->session, scene->suitability,
                                   CUTIS_FORMAT_JSON, sum_up, &scene->sum);
}

static cutis_status write_series(struct scene *scene)
{
    cutis_status status = CUTIS_OK;
    for (int i = CUTIS_FORMAT_TEXT; !status && i <= CUTIS_FORMAT_HTML; i++)
        status = cutis_series_write(scene->session, scene->series,
                                    (cutis_format)i, sum_up, &scene->sum);
    return status;
}

static cutis_status write_profile(struct scene *scene)
{
    return cutis_calibration_write(scene->session, scene->calibration, sum_up,
                                   &scene->sum);
}

static void drop_nothing(struct scene *scene)
{
    (void)scene;
}

static const struct {
    const char *name;
    cutis_status (*call)(struct scene *scene);
    void (*drop)(struct scene *scene);
    int fewest; /* allocations */
} all[] = {
    {"session", make_session, drop_session, 1},
    {"load pixels", load_pixels, drop_photo, 5},
    {"load PNG with profile", load_png, drop_photo, 20},
    {"load JPEG with profile", load_jpeg, drop_photo, 20},
    {"load and find a face", load_head, drop_photo, HAVE_MODELS ? 50 : 5},
    {"measure", measure, drop_reading, 50},
    {"check", check, drop_suitability, 5},
    {"compare", compare, drop_comparison, 100},
    {"compare visits", compare_visits, drop_comparison, 200},
    {"series", run_series, drop_series, 100},
    {"calibrate", calibrate, drop_calibration, 1},
    {"text", write_text, drop_nothing, 1},
    {"JSON", write_json, drop_nothing, 1},
    {"CSV", write_csv, drop_nothing, 1},
    {"page", write_page, drop_nothing, 20},
    {"row", write_row, drop_nothing, 1},
    {"items", write_items, drop_nothing, 1},
    {"maps", write_maps, drop_nothing, 20},
    {"reading and its maps", write_reading, drop_nothing, 5},
    {"info", write_info, drop_nothing, 1},
    {"suitability", write_suitability, drop_nothing, 1},
    {"series as text, JSON, CSV, page", write_series, drop_nothing, 4},
    {"profile", write_profile, drop_nothing, 1},
};

enum { CALLS = sizeof(all) / sizeof(*all) };

/* Those that are tried on large pictures, and by teams of threads. */
static const int large[] = {5, 7, 14, 17}, teams[] = {5, 6, 7, 8};

static void draw(void)
{
    static const double adobe[8] = {0.64, 0.33, 0.21,   0.71,
                                    0.15, 0.06, 0.3127, 0.3290};
    struct blob profile = make_profile(adobe, 2.2);
    uint32_t state = 2463534242u;

    draw_face(head, HEAD);
    for (int i = 0; i < 2 * LARGE * LARGE; i++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        for (uint32_t c = 0; c < 3; c++)
            noise[i / (LARGE * LARGE)][3 * (i % (LARGE * LARGE)) + (int)c] =
                (uint8_t)((c ? 130u - 15u * c : 190u) +
                          (state >> (8 * c)) % 23u);
    }
    png = make_png(noise[0], SMALL, SMALL, 3, 8, INTERLACED);
    add_iccp(&png, profile);
    jpeg = make_jpeg(noise[0], SMALL, SMALL, 3, 90, PROGRESSIVE | SMALL_CHROMA);
    add_icc(&jpeg, profile, 60000);
    blob_free(&profile);
}

static void wipe(void)
{
    blob_free(&png);
    blob_free(&jpeg);
}

#endif
