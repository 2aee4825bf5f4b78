/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Limits at their edges and one beyond, each with all others out of the way,
 * and files whose reading fails.
 */

#define _GNU_SOURCE    /* syscall */
#undef _FORTIFY_SOURCE /* its read() would be inline, before ours */

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "acquire/acquire.h"
#include "pictures.h"

enum { W = 24, H = 16 };

static struct bench bench;

static void set_up(void)
{
    bench_open(&bench);
}

static void tear_down(void)
{
    bench_close(&bench);
}

static struct blob a_jpeg(int flags)
{
    uint8_t *scene = make_scene(W, H, 3);
    struct blob jpeg = make_jpeg(scene, W, H, 3, 90, flags);

    free(scene);
    return jpeg;
}

static struct blob a_png(void)
{
    uint8_t *scene = make_scene(W, H, 3);
    struct blob png = make_png(scene, W, H, 3, 8, PLAIN);

    free(scene);
    return png;
}

/* Reads a file, and frees it; a refusal's sentence holds `words`. */
static void becomes(struct blob file, cutis_status wanted, const char *words)
{
    const cutis_status status = bench_read(&bench, file.at, file.size);

    ck_assert_msg(status == wanted, "%d: %s", status, bench.tools.sentence);
    ck_assert_msg(strstr(bench.tools.sentence, words) != NULL, "%s",
                  bench.tools.sentence);
    blob_free(&file);
}

static void patch_sides(struct blob *jpeg, int width, int height)
{
    for (size_t i = 2; i + 20 < jpeg->size; i++)
        if (jpeg->at[i] == 0xff && jpeg->at[i + 1] == 0xc0) {
            jpeg->at[i + 5] = (uint8_t)(height >> 8);
            jpeg->at[i + 6] = (uint8_t)height;
            jpeg->at[i + 7] = (uint8_t)(width >> 8);
            jpeg->at[i + 8] = (uint8_t)width;
            return;
        }
}

/* ---- Limits -------------------------------------------------------------- */

static uint32_t scans_of(struct blob jpeg)
{
    struct jpeg_markers seen;

    ct_jpeg_markers(&seen, (struct span){jpeg.at, jpeg.size});
    return (uint32_t)seen.scans;
}

/* A limit of 0 is none. */
START_TEST(a_limit_of_nothing_is_no_limit)
{
    struct blob files[2] = {a_png(), a_jpeg(PROGRESSIVE)};
    const uint32_t scans = scans_of(files[1]);
    const struct {
        uint64_t edge;
        const char *words;
    } limits[] = {
        {files[0].size, "bytes, beyond the limit of"},
        {W, "24 x 16 pixels, beyond the limit of 23 a side"},
        {W * H, "has 384 pixels, beyond the limit of 383"},
        {scans, "scans, beyond the limit of"},
    };
    ck_assert_uint_gt(scans, 1);

    for (int i = 0; i < 4; i++)
        for (uint64_t k = 0; k < 3; k++) {
            const uint64_t value =
                k < 2 ? k * limits[i].edge : limits[i].edge - 1;
            const cutis_options standard = CUTIS_OPTIONS_DEFAULT;
            bench.options = standard;
            *(i == 0   ? &bench.options.max_file
              : i == 1 ? &bench.options.max_side
                       : &bench.options.max_pixels) =
                i == 3 ? standard.max_pixels : value;
            if (i == 3)
                bench.options.max_scans = (uint32_t)value;
            const struct blob *const file = &files[i == 3];
            ck_assert_int_eq(bench_read(&bench, file->at, file->size),
                             k < 2 ? CUTIS_OK : CUTIS_ERROR_LIMIT);
            if (k == 2)
                ck_assert_ptr_nonnull(
                    strstr(bench.tools.sentence, limits[i].words));
        }
    blob_free(&files[0]);
    blob_free(&files[1]);
}
END_TEST

/* Without limits, what an int or memory cannot count is still refused. */
START_TEST(sides_and_pixels_have_ends_of_their_own)
{
    static const struct {
        uint32_t width, height;
        cutis_status status;
        const char *words;
    } sizes[] = {
        {INT32_MAX, 1, CUTIS_OK, ""},
        {1, INT32_MAX + UINT32_C(1), CUTIS_ERROR_LIMIT, "a side"},
        {INT32_MAX, INT32_MAX, CUTIS_ERROR_LIMIT, "4611686014132420609 pixels"},
    };
    const cutis_options none = {0};

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const struct header header = {sizes[i].width, sizes[i].height, 1, 8,
                                      false};
        bench.tools.sentence[0] = '\0';
        ck_assert_int_eq(ct_check_header(&header, 0, &none, &bench.tools),
                         sizes[i].status);
        ck_assert_ptr_nonnull(strstr(bench.tools.sentence, sizes[i].words));
    }
}
END_TEST

START_TEST(a_profile_without_a_limit_is_read)
{
    static const double p3[8] = {0.680, 0.320, 0.265,  0.690,
                                 0.150, 0.060, 0.3127, 0.3290};
    struct blob profile = make_profile(p3, 0.0);
    struct blob png = a_png(), jpeg = a_jpeg(0);

    add_iccp(&png, profile);
    add_icc(&jpeg, profile, 60000);
    bench.options.max_profile = 0;
    becomes(png, CUTIS_OK, "");
    ck_assert_int_eq(bench.picture.space, CT_DISPLAY_P3);
    becomes(jpeg, CUTIS_OK, "");
    ck_assert_int_eq(bench.picture.space, CT_DISPLAY_P3);
    blob_free(&profile);
}
END_TEST

/* 1700 x 1700 pixels need 353 bytes of blocks at the least. */
START_TEST(a_jpeg_that_is_too_short_is_damaged_unless_that_is_allowed)
{
    for (uint32_t allowed = 0; allowed < 2; allowed++) {
        struct blob jpeg = a_jpeg(0);
        patch_sides(&jpeg, 3300, 3300);
        ck_assert_uint_lt(jpeg.size, 3300 * 3300 / 64 / 128);
        bench.options.allow_damaged = allowed;
        if (allowed)
            becomes(jpeg, CUTIS_OK, "");
        else
            becomes(jpeg, CUTIS_ERROR_DAMAGED, "too short for its 3300 x 3300");
    }
    ck_assert(bench.picture.damaged);
}
END_TEST

START_TEST(one_row_has_no_stride)
{
    static const uint8_t grey[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = grey,
        .width = 8,
        .height = 1,
        .format = CUTIS_PIXELS_GREY8,
    };

    ck_assert_int_eq(ct_acquire_pixels(&bench.picture, &pixels, &bench.options,
                                       &bench.tools),
                     CUTIS_OK);
    ck_assert_mem_eq(bench.picture.samples, grey, 8);
    ct_picture_free(&bench.picture);
    pixels.width = 4;
    pixels.height = 2;
    ck_assert_int_eq(ct_acquire_pixels(&bench.picture, &pixels, &bench.options,
                                       &bench.tools),
                     CUTIS_ERROR_ARGUMENT);
}
END_TEST

/* What is kept of a picture: all, its columns, its rows, or neither whole. */
START_TEST(what_is_kept_has_the_samples_that_it_had)
{
    static const struct rect parts[] = {
        {0, 0, W, H}, {3, 0, W - 5, H}, {0, 2, W, H - 6}, {3, 2, W - 5, H - 6}};
    uint8_t *scene = make_scene(W, H, 3);
    struct blob png = make_png(scene, W, H, 3, 8, PLAIN);

    for (int i = 0; i < 4; i++) {
        const struct rect part = parts[i];
        ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
        ck_assert_int_eq(ct_picture_trim(&bench.picture, part, &bench.tools),
                         CUTIS_OK);
        const uint8_t *const kept = bench.picture.samples;
        for (int y = 0; y < part.height; y++)
            ck_assert_mem_eq(kept + 3 * y * part.width,
                             scene + 3 * ((part.y + y) * W + part.x),
                             (size_t)(3 * part.width));
    }
    blob_free(&png);
    free(scene);
}
END_TEST

START_TEST(a_version_is_read_up_to_what_is_no_number)
{
    ck_assert_uint_eq(ct_version_number("1.2.13"), 10213);
    ck_assert_uint_eq(ct_version_number("1.3.1.1-more"), 10301);
    ck_assert_uint_eq(ct_version_number("1.2.5f"), 10205);
    ck_assert_uint_eq(ct_version_number("1.2-3"), 10200);
    ck_assert_uint_eq(ct_version_number("2"), 20000);
    ck_assert_uint_eq(ct_version_number(""), 0);
}
END_TEST

/* ---- A file whose reading fails ------------------------------------------ */

static int faults[2]; /* of the next calls; 0 = none */

/* Goes before the C library's, as the library under test is linked in. */
ssize_t read(int file, void *bytes, size_t size)
{
    const int fault = faults[0];

    if (!fault)
        return syscall(SYS_read, file, bytes, size);
    faults[0] = faults[1];
    faults[1] = 0;
    errno = fault;
    return -1;
}

static cutis_status read_after(int first, int second)
{
    char path[] = "/tmp/cutis-bytes-XXXXXX";
    struct blob png = a_png();
    const int file = mkstemp(path);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, png.at, png.size), (ssize_t)png.size);
    close(file);
    faults[0] = first;
    faults[1] = second;
    const cutis_status status =
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools);
    unlink(path);
    blob_free(&png);
    return status;
}

START_TEST(an_interrupted_reading_goes_on_and_a_failed_one_ends)
{
    ck_assert_int_eq(read_after(EINTR, EINTR), CUTIS_OK);
    ck_assert_int_eq(bench.picture.width, W);
    ct_picture_free(&bench.picture);
    ck_assert_int_eq(read_after(EINTR, EIO), CUTIS_ERROR_IO);
    ck_assert_str_eq(bench.tools.sentence, "the file cannot be read: the "
                                           "system failed to read it");
    bench.options.max_file = 0; /* no limit */
    ck_assert_int_eq(read_after(0, 0), CUTIS_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bounds");
    TCase *tests = tcase_create("bounds");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_limit_of_nothing_is_no_limit);
    tcase_add_test(tests, sides_and_pixels_have_ends_of_their_own);
    tcase_add_test(tests, a_profile_without_a_limit_is_read);
    tcase_add_test(tests,
                   a_jpeg_that_is_too_short_is_damaged_unless_that_is_allowed);
    tcase_add_test(tests, one_row_has_no_stride);
    tcase_add_test(tests, what_is_kept_has_the_samples_that_it_had);
    tcase_add_test(tests, a_version_is_read_up_to_what_is_no_number);
    tcase_add_test(tests, an_interrupted_reading_goes_on_and_a_failed_one_ends);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
