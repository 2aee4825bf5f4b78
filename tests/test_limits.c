/* SPDX-License-Identifier: BSD-2-Clause */

/* Pictures that are too much, cut short, or made of the caller's pixels. */

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "acquire/acquire.h"
#include "pictures.h"

enum { W = 37, H = 21 };

/* The processor's time, which a machine that does much else leaves as it is. */
static double worked_s(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* ---- Bombs --------------------------------------------------------------- */

/* A PNG that promises width x height pixels. */
static struct blob promise_png(uint32_t width, uint32_t height)
{
    static const uint8_t pixel[1] = {0};
    const uint8_t header[13] = {(uint8_t)(width >> 24),
                                (uint8_t)(width >> 16),
                                (uint8_t)(width >> 8),
                                (uint8_t)width,
                                (uint8_t)(height >> 24),
                                (uint8_t)(height >> 16),
                                (uint8_t)(height >> 8),
                                (uint8_t)height,
                                8,
                                2,
                                0,
                                0,
                                0};
    struct blob png = make_png(pixel, 1, 1, 1, 8, PLAIN);
    enum { SIGNATURE = 8, HEADER = 25, SECOND = 33 };

    add_chunk(&png, "IHDR", header, sizeof(header));
    memmove(png.at + SIGNATURE, png.at + SECOND, HEADER);
    memmove(png.at + SECOND, png.at + SECOND + HEADER,
            png.size - SECOND - HEADER);
    png.size -= HEADER;
    return png;
}

/* A JPEG that promises them. */
static struct blob promise_jpeg(uint32_t width, uint32_t height)
{
    uint8_t *scene = make_scene(W, H, 3);
    struct blob jpeg = make_jpeg(scene, W, H, 3, 90, 0);
    const uint8_t sides[4] = {(uint8_t)(height >> 8), (uint8_t)height,
                              (uint8_t)(width >> 8), (uint8_t)width};

    for (size_t i = 2; i + 20 < jpeg.size; i++)
        if (jpeg.at[i] == 0xff && jpeg.at[i + 1] == 0xc0) {
            memcpy(jpeg.at + i + 5, sides, 4);
            break;
        }
    free(scene);
    return jpeg;
}

/* Status, and that it took no time and no memory. */
static cutis_status cheaply(struct blob blob, const cutis_options *options)
{
    struct bench bench;

    bench_open(&bench);
    bench.options = *options;
    const double begun = worked_s();
    const cutis_status status = bench_read(&bench, blob.at, blob.size);
    ck_assert_double_lt(worked_s() - begun, 0.05);
    ck_assert_uint_lt(atomic_load(&bench.tools.memory.peak), 1 << 20);
    bench_close(&bench);
    return status;
}

START_TEST(a_header_that_promises_too_much_is_refused_at_once)
{
    static const struct {
        uint32_t width, height;
    } sizes[] = {{30000, 30000}, {30001, 1}, {1, 30001}, {10001, 10000}};
    const cutis_options options = CUTIS_OPTIONS_DEFAULT;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct blob png = promise_png(sizes[i].width, sizes[i].height);
        struct blob jpeg = promise_jpeg(sizes[i].width, sizes[i].height);
        ck_assert_int_eq(cheaply(png, &options), CUTIS_ERROR_LIMIT);
        ck_assert_int_eq(cheaply(jpeg, &options), CUTIS_ERROR_LIMIT);
        blob_free(&png);
        blob_free(&jpeg);
    }
    struct blob png = promise_png(0x7fffffff, 0x7fffffff);
    ck_assert_int_eq(cheaply(png, &options), CUTIS_ERROR_LIMIT);
    blob_free(&png);
}
END_TEST

/* Within every limit, but more than so few bytes can hold. */
START_TEST(a_header_that_its_file_cannot_fill_is_damaged)
{
    const cutis_options options = CUTIS_OPTIONS_DEFAULT;
    struct blob png = promise_png(9999, 9999);
    struct blob jpeg = promise_jpeg(9999, 9999);

    ck_assert_int_eq(cheaply(png, &options), CUTIS_ERROR_DAMAGED);
    ck_assert_int_eq(cheaply(jpeg, &options), CUTIS_ERROR_DAMAGED);
    blob_free(&png);
    blob_free(&jpeg);
}
END_TEST

/* Allowed damage does not lift the limit on memory. */
START_TEST(planned_memory_is_held_against_the_limit)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    struct blob png = promise_png(9999, 9999);
    struct blob jpeg = promise_jpeg(9999, 9999);

    options.allow_damaged = 1;
    options.max_memory = UINT64_C(200) << 20;
    ck_assert_int_eq(cheaply(png, &options), CUTIS_ERROR_LIMIT);
    ck_assert_int_eq(cheaply(jpeg, &options), CUTIS_ERROR_LIMIT);
    blob_free(&png);
    blob_free(&jpeg);
}
END_TEST

/* 512 x 512 in colour: 0.79 MB of samples, 1.6 MB of coefficients beside. */
START_TEST(coefficients_of_a_progressive_jpeg_count_as_memory)
{
    uint8_t *scene = make_scene(512, 512, 3);
    struct blob plain = make_jpeg(scene, 512, 512, 3, 50, 0);
    struct blob scans = make_jpeg(scene, 512, 512, 3, 50, PROGRESSIVE);
    struct bench bench;

    bench_open(&bench);
    bench.options.max_memory = 1500000;
    ck_assert_int_eq(bench_read(&bench, plain.at, plain.size), CUTIS_OK);
    ck_assert_int_eq(bench_read(&bench, scans.at, scans.size),
                     CUTIS_ERROR_LIMIT);
    bench.options.max_memory = 3000000;
    ck_assert_int_eq(bench_read(&bench, scans.at, scans.size), CUTIS_OK);
    bench_close(&bench);
    blob_free(&plain);
    blob_free(&scans);
    free(scene);
}
END_TEST

/* The last scan of a progressive JPEG, 2 000 times. */
START_TEST(a_jpeg_of_two_thousand_scans_is_refused_at_once)
{
    uint8_t *scene = make_scene(256, 256, 3);
    struct blob jpeg = make_jpeg(scene, 256, 256, 3, 90, PROGRESSIVE);
    const cutis_options options = CUTIS_OPTIONS_DEFAULT;
    size_t last = 0;

    for (size_t i = 2; i + 1 < jpeg.size; i++)
        if (jpeg.at[i] == 0xff && jpeg.at[i + 1] == 0xda)
            last = i;
    const size_t size = jpeg.size - 2 - last;
    uint8_t *scan = malloc(size);
    memcpy(scan, jpeg.at + last, size);
    struct blob bomb = {malloc(jpeg.size + 2000 * size), jpeg.size - 2};
    memcpy(bomb.at, jpeg.at, jpeg.size);
    for (int i = 0; i < 2000; i++, bomb.size += size)
        memcpy(bomb.at + bomb.size, scan, size);
    memcpy(bomb.at + bomb.size, "\xff\xd9", 2);
    bomb.size += 2;
    ck_assert_int_eq(cheaply(bomb, &options), CUTIS_ERROR_LIMIT);
    free(scan);
    free(scene);
    blob_free(&jpeg);
    blob_free(&bomb);
}
END_TEST

/* ---- Cut short ----------------------------------------------------------- */

static struct blob make_file(int kind)
{
    uint8_t *scene = make_scene(W, H, 3);
    struct blob blob =
        kind == 0   ? make_jpeg(scene, W, H, 3, 80, SMALL_CHROMA)
        : kind == 1 ? make_jpeg(scene, W, H, 3, 80, PROGRESSIVE)
                    : make_png(scene, W, H, 3, 8, kind == 3 ? INTERLACED : 0);

    free(scene);
    return blob;
}

START_TEST(every_truncation_is_refused)
{
    struct blob blob = make_file(_i);
    struct bench bench;

    bench_open(&bench);
    for (size_t size = 0; size < blob.size; size++) {
        uint8_t *copy = malloc(size + 1);
        memcpy(copy, blob.at, size);
        const cutis_status status = bench_read(&bench, copy, size);
        ck_assert_msg(status == CUTIS_ERROR_DAMAGED ||
                          (status == CUTIS_ERROR_FORMAT && size < 8),
                      "%zu of %zu bytes: %d", size, blob.size, status);
        free(copy);
    }
    ck_assert_int_eq(bench_read(&bench, blob.at, blob.size), CUTIS_OK);
    bench_close(&bench);
    blob_free(&blob);
}
END_TEST

/* Where damage is allowed, what is called opaque is as in the whole file. */
START_TEST(a_truncation_that_is_allowed_shows_what_is_left)
{
    struct blob blob = make_file(_i);
    struct bench whole, part;
    int taken = 0;

    bench_open(&whole);
    bench_open(&part);
    part.options.allow_damaged = 1;
    ck_assert_int_eq(bench_read(&whole, blob.at, blob.size), CUTIS_OK);
    const uint8_t *expected = whole.picture.samples;
    for (size_t size = 0; size < blob.size; size++) {
        if (bench_read(&part, blob.at, size) != CUTIS_OK)
            continue;
        ck_assert(part.picture.damaged);
        taken++;
        const struct bytes *mask = &part.picture.opaque;
        const uint8_t *samples = part.picture.samples;
        for (int y = 0; _i != 1 && y < H; y++)
            if (!mask->at || ct_byte_row(mask, y)[0])
                ck_assert_mem_eq(samples + y * W * 3, expected + y * W * 3,
                                 W * 3);
    }
    ck_assert_int_gt(taken, 1);
    bench_close(&whole);
    bench_close(&part);
    blob_free(&blob);
}
END_TEST

START_TEST(a_changed_byte_is_harmless)
{
    struct blob blob = make_file(_i / 2);
    struct bench bench;

    bench_open(&bench);
    bench.options.allow_damaged = (uint32_t)_i % 2;
    for (size_t at = 0; at < blob.size; at++) {
        blob.at[at] ^= 0xff;
        const cutis_status status = bench_read(&bench, blob.at, blob.size);
        ck_assert_int_le(status, CUTIS_ERROR_UNSUPPORTED);
        blob.at[at] ^= 0xff;
    }
    bench_close(&bench);
    blob_free(&blob);
}
END_TEST

/* ---- Memory that runs out ------------------------------------------------ */

static int allowed;

static void *scarce(void *user, size_t size)
{
    (void)user;
    return allowed-- > 0 ? malloc(size) : NULL;
}

static void give_back(void *user, void *block)
{
    (void)user;
    free(block);
}

START_TEST(every_allocation_may_fail)
{
    static const double adobe[8] = {0.64, 0.33, 0.21,   0.71,
                                    0.15, 0.06, 0.3127, 0.3290};
    struct blob profile = make_profile(adobe, 2.2);
    struct blob blob = make_file(_i);
    struct bench bench;
    uint8_t block[32] = "Exif";
    int failures = 0;

    orientation_block(block + 6, 6);
    if (_i < 2) {
        add_segment(&blob, 0xe1, block, sizeof(block));
        add_icc(&blob, profile, 60000);
    } else {
        add_chunk(&blob, "eXIf", block + 6, 26);
        add_iccp(&blob, profile);
    }
    bench_open(&bench);
    bench.tools.memory.from.allocate = scarce;
    bench.tools.memory.from.release = give_back;
    for (;; failures++) {
        allowed = failures;
        const cutis_status status = bench_read(&bench, blob.at, blob.size);
        if (status == CUTIS_OK)
            break;
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
        ck_assert_int_lt(failures, 1000);
    }
    ck_assert_int_gt(failures, 20);
    ck_assert_int_eq(bench.picture.space, CT_ICC);
    bench_close(&bench);
    blob_free(&blob);
    blob_free(&profile);
}
END_TEST

/* ---- Pixels -------------------------------------------------------------- */

static const struct {
    uint32_t format;
    int channels, bits;
} formats[] = {
    {CUTIS_PIXELS_GREY8, 1, 8},  {CUTIS_PIXELS_RGB8, 3, 8},
    {CUTIS_PIXELS_RGBA8, 4, 8},  {CUTIS_PIXELS_GREY16, 1, 16},
    {CUTIS_PIXELS_RGB16, 3, 16}, {CUTIS_PIXELS_RGBA16, 4, 16},
};

/* Rows one after the other, with a gap, and from the bottom up. */
START_TEST(pixels_of_every_format_and_stride_are_the_png_of_them)
{
    const int channels = formats[_i].channels, bits = formats[_i].bits;
    const size_t row = (size_t)(W * channels * bits / 8), gap = row + 10;
    uint8_t *scene = make_scene(W, H, channels * bits / 8);
    uint8_t *spread = calloc(H, gap), *flipped = calloc(H, gap);
    struct blob png = make_png(scene, W, H, channels, bits, PLAIN);
    struct bench expected, actual;

    for (size_t y = 0; y < H; y++) {
        memcpy(spread + y * gap, scene + y * row, row);
        memcpy(flipped + (H - 1 - y) * gap, scene + y * row, row);
    }
    const struct {
        const uint8_t *data;
        ptrdiff_t stride;
    } ways[3] = {{scene, (ptrdiff_t)row},
                 {spread, (ptrdiff_t)gap},
                 {flipped + (H - 1) * gap, -(ptrdiff_t)gap}};
    bench_open(&expected);
    ck_assert_int_eq(bench_read(&expected, png.at, png.size), CUTIS_OK);
    for (int i = 0; i < 3; i++) {
        const cutis_pixels pixels = {
            .struct_size = sizeof(pixels),
            .data = ways[i].data,
            .stride = ways[i].stride,
            .width = W,
            .height = H,
            .format = formats[_i].format,
        };
        bench_open(&actual);
        ck_assert_int_eq(ct_acquire_pixels(&actual.picture, &pixels,
                                           &actual.options, &actual.tools),
                         CUTIS_OK);
        ck_assert(actual.picture.pixel_hash == expected.picture.pixel_hash);
        ck_assert_int_eq(actual.picture.space, CT_SRGB);
        ck_assert(!actual.picture.opaque.at == !expected.picture.opaque.at);
        for (int y = 0; actual.picture.opaque.at && y < H; y++)
            ck_assert_mem_eq(ct_byte_row(&actual.picture.opaque, y),
                             ct_byte_row(&expected.picture.opaque, y), W);
        bench_close(&actual);
    }
    bench_close(&expected);
    blob_free(&png);
    free(scene);
    free(spread);
    free(flipped);
}
END_TEST

START_TEST(pixels_that_make_no_sense_are_refused)
{
    static const uint8_t grey[64];
    const cutis_pixels good = {
        .struct_size = sizeof(good),
        .data = grey,
        .stride = 8,
        .width = 8,
        .height = 8,
        .format = CUTIS_PIXELS_GREY8,
    };
    cutis_pixels bad[9];
    struct bench bench;

    for (int i = 0; i < 9; i++)
        bad[i] = good;
    bad[0].data = NULL;
    bad[1].struct_size = 4;
    bad[2].width = 0;
    bad[3].height = 0;
    bad[4].format = 6;
    bad[5].stride = 7;
    bad[6].stride = -7;
    bad[7].display_p3 = 2;
    bad[8].stride = PTRDIFF_MIN;
    bench_open(&bench);
    for (int i = 0; i < 9; i++)
        ck_assert_int_eq(ct_acquire_pixels(&bench.picture, &bad[i],
                                           &bench.options, &bench.tools),
                         CUTIS_ERROR_ARGUMENT);
    ck_assert_int_eq(
        ct_acquire_pixels(&bench.picture, &good, &bench.options, &bench.tools),
        CUTIS_OK);
    bench_close(&bench);
}
END_TEST

/* Of 16 bits both bytes must be full. */
START_TEST(opaque_is_what_is_opaque_in_every_bit)
{
    static const uint16_t alpha[4] = {0xffff, 0xff00, 0x00ff, 0x0000};
    uint16_t samples[4 * 4] = {0};
    struct bench bench;

    for (int i = 0; i < 4; i++)
        samples[4 * i + 3] = alpha[i];
    struct blob png = make_png(samples, 4, 1, 4, 16, PLAIN);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(ct_byte_row(&bench.picture.opaque, 0)[i],
                         alpha[i] == 0xffff ? 255 : 0);
    bench_close(&bench);
    blob_free(&png);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limits");
    TCase *tests = tcase_create("limits");
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, opaque_is_what_is_opaque_in_every_bit);
    tcase_add_test(tests, a_header_that_promises_too_much_is_refused_at_once);
    tcase_add_test(tests, a_header_that_its_file_cannot_fill_is_damaged);
    tcase_add_test(tests, planned_memory_is_held_against_the_limit);
    tcase_add_test(tests, coefficients_of_a_progressive_jpeg_count_as_memory);
    tcase_add_test(tests, a_jpeg_of_two_thousand_scans_is_refused_at_once);
    tcase_add_loop_test(tests, every_truncation_is_refused, 0, 4);
    tcase_add_loop_test(tests, a_truncation_that_is_allowed_shows_what_is_left,
                        0, 4);
    tcase_add_loop_test(tests, a_changed_byte_is_harmless, 0, 8);
    tcase_add_loop_test(tests, every_allocation_may_fail, 0, 4);
    tcase_add_loop_test(tests,
                        pixels_of_every_format_and_stride_are_the_png_of_them,
                        0, sizeof(formats) / sizeof(formats[0]));
    tcase_add_test(tests, pixels_that_make_no_sense_are_refused);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
