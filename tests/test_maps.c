/* SPDX-License-Identifier: BSD-2-Clause */

/* The maps as files: their names, what they hold and what they do not. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include "report/report.h"
#include "report_sample.h"

enum { MOST = 32 };

/* What the callback was given. */
struct taken {
    int count, refuse; /* refuses the file of that index, from 1; 0 = none */
    struct text file[MOST];
    char name[MOST][64];
};

static struct sample sample;
static struct taken taken;

static int take(void *user, const char *name, const void *bytes, size_t size)
{
    struct taken *const into = user;
    ck_assert_int_lt(into->count, MOST);
    struct text *const file = &into->file[into->count];
    *file = (struct text){.memory = &sample.tools.memory};
    snprintf(into->name[into->count], sizeof(into->name[0]), "%s", name);
    ct_text_add(file, bytes, size);
    ck_assert(!file->failed);
    return ++into->count == into->refuse;
}

static void forget(struct taken *into)
{
    for (int i = 0; i < into->count; i++)
        ct_text_free(&into->file[i]);
    into->count = 0;
}

static void setup(void)
{
    sample_open(&sample);
    sample_plant_metadata(&sample);
    memset(&taken, 0, sizeof(taken));
}

static void teardown(void)
{
    forget(&taken);
    sample_close(&sample);
    ck_assert_uint_eq(atomic_load(&sample.tools.memory.used), 0);
}

static const struct text *file_of(const char *name)
{
    for (int i = 0; i < taken.count; i++)
        if (!strcmp(taken.name[i], name))
            return &taken.file[i];
    return NULL;
}

static void make(const struct report *report)
{
    ck_assert_int_eq(ct_map_files(report, take, &taken, &sample.tools),
                     CUTIS_OK);
}

START_TEST(two_photographs_have_their_files_by_name)
{
    static const char *const kinds[] = {
        "photo.jpg",  "mask.png",     "redness.png", "pigment.png",
        "relief.png", "wrinkles.png", "skin.png",    "highlights.png"};
    make(&sample.report);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        char name[64];
        snprintf(name, sizeof(name), "before-%s", kinds[i]);
        ck_assert_msg(file_of(name) != NULL, "%s", name);
        snprintf(name, sizeof(name), "after-%s", kinds[i]);
        ck_assert_msg(file_of(name) != NULL, "%s", name);
    }
    ck_assert_str_eq(taken.name[taken.count - 1], "maps.json");
}
END_TEST

START_TEST(one_photograph_has_them_without_before)
{
    make(&sample.single);
    ck_assert_ptr_nonnull(file_of("photo.jpg"));
    ck_assert_ptr_nonnull(file_of("mask.png"));
    ck_assert_ptr_nonnull(file_of("redness.png"));
    for (int i = 0; i < taken.count; i++)
        ck_assert_ptr_null(strstr(taken.name[i], "before"));
}
END_TEST

/* The level of the photograph that was handed over where full px (x, y) lies.
 */
static int shown_at(double x, double y)
{
    const struct text *const file = file_of("photo.jpg");
    static uint8_t row[CT_FRAME_WIDTH * 3];
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr error;
    struct frame frame;
    JSAMPROW at = row;
    double place[2];

    ct_frame_place(&frame, &sample.single);
    ct_into_frame(place, &frame, 0, x, y);
    jpeg.err = jpeg_std_error(&error);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, (unsigned char *)file->bytes, file->size);
    jpeg_read_header(&jpeg, TRUE);
    jpeg_start_decompress(&jpeg);
    for (int y0 = 0; y0 <= (int)place[1]; y0++)
        jpeg_read_scanlines(&jpeg, &at, 1);
    const int level = row[3 * (int)place[0]];
    jpeg_destroy_decompress(&jpeg);
    return level;
}

/* Both eyes of the sample, and its chin. */
START_TEST(the_eyes_of_one_photograph_can_be_covered)
{
    make(&sample.single);
    ck_assert_int_gt(shown_at(130.0, 220.0), 60);
    ck_assert_int_gt(shown_at(230.0, 220.0), 60);
    forget(&taken);
    sample.options.cover_eyes = 1;
    sample.single.options = &sample.options;
    make(&sample.single);
    ck_assert_int_lt(shown_at(130.0, 220.0), 20);
    ck_assert_int_lt(shown_at(230.0, 220.0), 20);
    ck_assert_int_gt(shown_at(180.0, 320.0), 60);
}
END_TEST

START_TEST(eyes_that_cannot_be_found_leave_no_file)
{
    sample.options.cover_eyes = 1;
    sample.single.options = &sample.options;
    sample.face[0].point_count = 0;
    ck_assert_int_eq(ct_map_files(&sample.single, take, &taken, &sample.tools),
                     CUTIS_ERROR_UNSUPPORTED);
    ck_assert_int_eq(taken.count, 0);
}
END_TEST

START_TEST(a_map_that_is_not_there_has_a_reason_and_no_file)
{
    ct_plane_free(&sample.readings[1].map[CT_MAP_PORES]);
    make(&sample.report);
    ck_assert_ptr_null(file_of("before-pores.png"));
    ck_assert_ptr_null(file_of("after-pores.png"));
    const struct text *const legend = file_of("maps.json");
    ck_assert_ptr_nonnull(legend);
    const char *const at = strstr(legend->bytes, "\"pores\"");
    ck_assert_ptr_nonnull(at);
    ck_assert_ptr_nonnull(strstr(at, "\"reason\": \"3.2 px/mm, pores need 12"));
}
END_TEST

/* A picture's white pixels in px of the photograph, and its other colours. */
struct white {
    double area, x, y; /* px2, middle */
    int other;
};

static struct white white_of(const char *name, int which)
{
    const struct text *const file = file_of(name);
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    struct picture picture = {0};
    struct frame frame;
    struct white white = {0};
    double n = 0.0;
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ct_acquire_memory(&picture, file->bytes, file->size,
                                       &limits, &sample.tools),
                     CUTIS_OK);
    ct_frame_place(&frame, &sample.report);
    ck_assert_int_eq(picture.width, frame.width);
    ck_assert_int_eq(picture.height, frame.height);
    const double *const s = frame.to_full[which];
    const uint8_t *const samples = picture.samples;
    for (int v = 0; v < frame.height; v++)
        for (int u = 0; u < frame.width; u++) {
            const size_t at = ((size_t)v * (size_t)frame.width + (size_t)u) *
                              (size_t)picture.channels;
            white.other += samples[at] != 0 && samples[at] != 255;
            if (samples[at] != 255)
                continue;
            n += 1.0;
            white.x += s[0] * (u + 0.5) - s[1] * (v + 0.5) + s[2];
            white.y += s[1] * (u + 0.5) + s[0] * (v + 0.5) + s[3];
        }
    white.area = n * (s[0] * s[0] + s[1] * s[1]);
    white.x /= n;
    white.y /= n;
    ct_picture_free(&picture);
    return white;
}

/* What the sample's planes hold, seen through a file of another geometry. */
static void check_white(const struct white *white, const struct bytes *plane,
                        const struct bytes *region, double size)
{
    double n = 0.0, x = 0.0, y = 0.0;
    for (int j = 0; j < plane->height; j++)
        for (int i = 0; i < plane->width; i++) {
            if (!ct_byte_row(plane, j)[i] ||
                (region && ct_byte_row(region, j)[i] == CT_NO_REGION))
                continue;
            n += 1.0;
            x += size * (i + 0.5);
            y += size * (j + 0.5);
        }
    ck_assert_double_gt(n, 100.0);
    ck_assert_int_eq(white->other, 0);
    ck_assert_double_eq_tol(white->area, n * size * size,
                            0.01 * n * size * size);
    ck_assert_double_eq_tol(white->x, x / n, 0.5);
    ck_assert_double_eq_tol(white->y, y / n, 0.5);
}

START_TEST(masks_lie_where_the_skin_and_the_shine_are)
{
    make(&sample.report);
    for (int i = 0; i < 2; i++) {
        const struct white skin =
            white_of(i ? "after-skin.png" : "before-skin.png", i);
        check_white(&skin, &sample.face[i].skin, &sample.face[i].region, 1.0);
        const struct white shine =
            white_of(i ? "after-highlights.png" : "before-highlights.png", i);
        check_white(&shine, &sample.readings[i].shine, NULL, 2.0);
    }
}
END_TEST

START_TEST(a_mask_that_is_not_there_has_no_file)
{
    ct_bytes_free(&sample.readings[1].shine);
    make(&sample.report);
    ck_assert_ptr_nonnull(file_of("before-skin.png"));
    ck_assert_ptr_null(file_of("before-highlights.png"));
    ck_assert_ptr_null(file_of("after-highlights.png"));
}
END_TEST

/* Size and name of a PNG chunk: PNG 1.2, section 5.3. */
static uint32_t chunk_size(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

static void check_png(const struct text *file)
{
    static const char allowed[] = "IHDR PLTE tRNS IDAT IEND";
    const uint8_t *const bytes = (const uint8_t *)file->bytes;
    size_t at = 8;
    while (at + 12 <= file->size) {
        char name[5] = {0};
        memcpy(name, bytes + at + 4, 4);
        ck_assert_msg(strstr(allowed, name) != NULL, "chunk %s", name);
        at += 12 + chunk_size(bytes + at);
    }
    ck_assert_uint_eq(at, file->size);
}

/* Markers up to the scan: no APP1 to APP15, no comment (T.81, B.1). */
static void check_jpeg(const struct text *file)
{
    const uint8_t *const bytes = (const uint8_t *)file->bytes;
    size_t at = 2;
    while (at + 4 <= file->size && bytes[at + 1] != 0xda) {
        ck_assert_uint_eq(bytes[at], 0xff);
        ck_assert(bytes[at + 1] < 0xe1 || bytes[at + 1] > 0xef);
        ck_assert_uint_ne(bytes[at + 1], 0xfe);
        at += 2 + ((size_t)bytes[at + 2] << 8 | bytes[at + 3]);
    }
}

START_TEST(no_file_holds_metadata)
{
    make(&sample.report);
    for (int i = 0; i < taken.count; i++) {
        if (strstr(taken.name[i], ".png"))
            check_png(&taken.file[i]);
        if (strstr(taken.name[i], ".jpg"))
            check_jpeg(&taken.file[i]);
    }
    const struct text *const legend = file_of("maps.json");
    ck_assert_ptr_null(strstr(legend->bytes, "SECRET"));
    ck_assert_ptr_null(strstr(legend->bytes, "1987"));
}
END_TEST

START_TEST(threads_do_not_show_in_a_file)
{
    static struct taken first;
    make(&sample.report);
    first = taken;
    memset(&taken, 0, sizeof(taken));
    sample.tools.threads = 3;
    make(&sample.report);
    ck_assert_int_eq(first.count, taken.count);
    for (int i = 0; i < taken.count; i++) {
        ck_assert_str_eq(first.name[i], taken.name[i]);
        ck_assert_uint_eq(first.file[i].size, taken.file[i].size);
        ck_assert_mem_eq(first.file[i].bytes, taken.file[i].bytes,
                         taken.file[i].size);
    }
    forget(&first);
}
END_TEST

START_TEST(a_callback_that_refuses_ends_the_writing)
{
    taken.refuse = _i;
    ck_assert_int_eq(ct_map_files(&sample.report, take, &taken, &sample.tools),
                     CUTIS_ERROR_IO);
    ck_assert_int_eq(taken.count, _i);
    ck_assert_ptr_nonnull(
        strstr(sample.tools.sentence, "could not be written"));
}
END_TEST

int main(void)
{
    Suite *const maps = suite_create("maps");
    TCase *const files = tcase_create("files");
    suite_add_tcase(maps, files);
    tcase_add_checked_fixture(files, setup, teardown);
    tcase_add_test(files, two_photographs_have_their_files_by_name);
    tcase_add_test(files, the_eyes_of_one_photograph_can_be_covered);
    tcase_add_test(files, eyes_that_cannot_be_found_leave_no_file);
    tcase_add_test(files, one_photograph_has_them_without_before);
    tcase_add_test(files, a_map_that_is_not_there_has_a_reason_and_no_file);
    tcase_add_test(files, masks_lie_where_the_skin_and_the_shine_are);
    tcase_add_test(files, a_mask_that_is_not_there_has_no_file);
    tcase_add_test(files, no_file_holds_metadata);
    tcase_add_test(files, threads_do_not_show_in_a_file);
    tcase_add_loop_test(files, a_callback_that_refuses_ends_the_writing, 1, 4);

    SRunner *const runner = srunner_create(maps);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
