/* SPDX-License-Identifier: BSD-2-Clause */

/* Files and pixels of every kind: what is decoded, and what is refused. */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acquire/acquire.h"
#include "pictures.h"

/* ---- Turning ------------------------------------------------------------- */

/* Where the stored pixel (x, y) of w x h is seen, EXIF 2.32 table 6: which
 * side of the scene the stored top row and left column are. */
static void seen_at(int *u, int *v, int orientation, int x, int y, int w, int h)
{
    switch (orientation) {
    case 1: /* top, left */
        *u = x, *v = y;
        break;
    case 2: /* top, right */
        *u = w - 1 - x, *v = y;
        break;
    case 3: /* bottom, right */
        *u = w - 1 - x, *v = h - 1 - y;
        break;
    case 4: /* bottom, left */
        *u = x, *v = h - 1 - y;
        break;
    case 5: /* left, top */
        *u = y, *v = x;
        break;
    case 6: /* right, top */
        *u = h - 1 - y, *v = x;
        break;
    case 7: /* right, bottom */
        *u = h - 1 - y, *v = w - 1 - x;
        break;
    default: /* left, bottom */
        *u = y, *v = w - 1 - x;
        break;
    }
}

static const struct {
    int channels, bits, interlaced;
} layouts[] = {{1, 8, 0},  {2, 8, 0},  {3, 8, 0},  {4, 8, 0},
               {1, 16, 0}, {2, 16, 0}, {3, 16, 0}, {4, 16, 1},
               {3, 8, 1},  {4, 8, 1},  {3, 16, 1}};
enum { W = 37, H = 21 };

/* Checks one upright picture of scene (W x H as stored) pixel by pixel. */
static void check_turned(const struct picture *picture, const uint8_t *scene,
                         int orientation, int channels)
{
    const int kept = channels % 2 ? channels : channels - 1;
    const size_t sample = (size_t)picture->bits / 8;

    ck_assert_int_eq(picture->width, orientation < 5 ? W : H);
    ck_assert_int_eq(picture->height, orientation < 5 ? H : W);
    ck_assert_int_eq(picture->channels, kept);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int u, v;
            seen_at(&u, &v, orientation, x, y, W, H);
            const size_t from = (size_t)((y * W + x) * channels) * sample;
            const size_t to =
                (size_t)((v * picture->width + u) * kept) * sample;
            ck_assert_mem_eq((const uint8_t *)picture->samples + to,
                             scene + from, (size_t)kept * sample);
            if (kept == channels)
                continue;
            const uint8_t *alpha = scene + from + (size_t)kept * sample;
            const int full = alpha[0] == 255 && alpha[sample - 1] == 255;
            ck_assert_int_eq(ct_byte_row(&picture->opaque, v)[u],
                             full ? 255 : 0);
        }
}

START_TEST(every_layout_is_turned_upright)
{
    const int channels = layouts[_i].channels, bits = layouts[_i].bits;
    uint8_t *scene = make_scene(W, H, channels * bits / 8);
    uint8_t block[26];

    /* Alpha: full here and there. */
    for (int i = 0; channels % 2 == 0 && i < W * H; i += 3)
        memset(scene + (size_t)((i + 1) * channels - 1) * (size_t)bits / 8, 255,
               (size_t)bits / 8);
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct blob png =
            make_png(scene, W, H, channels, bits, layouts[_i].interlaced);
        struct bench bench;
        orientation_block(block, orientation);
        add_chunk(&png, "eXIf", block, sizeof(block));
        bench_open(&bench);
        ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
        ck_assert_int_eq(bench.picture.exif.orientation, orientation);
        check_turned(&bench.picture, scene, orientation, channels);
        bench_close(&bench);
        blob_free(&png);
    }
    free(scene);
}
END_TEST

START_TEST(a_jpeg_is_turned_like_its_pixels)
{
    uint8_t *scene = make_scene(W, H, 3);
    const uint8_t name[6] = "Exif";
    uint8_t body[32];
    struct bench plain, turned;
    struct blob jpeg = make_jpeg(scene, W, H, 3, 95, SMALL_CHROMA);

    bench_open(&plain);
    ck_assert_int_eq(bench_read(&plain, jpeg.at, jpeg.size), CUTIS_OK);
    blob_free(&jpeg);
    for (int orientation = 1; orientation <= 8; orientation++) {
        jpeg = make_jpeg(scene, W, H, 3, 95, SMALL_CHROMA);
        memcpy(body, name, 6);
        orientation_block(body + 6, orientation);
        add_segment(&jpeg, 0xe1, body, sizeof(body));
        bench_open(&turned);
        ck_assert_int_eq(bench_read(&turned, jpeg.at, jpeg.size), CUTIS_OK);
        check_turned(&turned.picture, plain.picture.samples, orientation, 3);
        bench_close(&turned);
        blob_free(&jpeg);
    }
    bench_close(&plain);
    free(scene);
}
END_TEST

START_TEST(a_mask_that_masks_nothing_is_no_mask)
{
    uint8_t *scene = make_scene(W, H, 4);
    struct bench bench;

    for (int i = 0; i < W * H; i++)
        scene[4 * i + 3] = 255;
    struct blob png = make_png(scene, W, H, 4, 8, PLAIN);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert_ptr_null(bench.picture.opaque.at);
    bench_close(&bench);
    blob_free(&png);
    free(scene);
}
END_TEST

/* What is asked of a part of a picture, as the picture holds it. */
static void read_part(float light[4][W * H], double sums[W * H][3],
                      const struct picture *picture, struct rect part)
{
    int columns[W];
    for (int x = 0; x < part.width; x++)
        columns[x] = part.x + x;
    for (int y = 0; y < part.height; y++) {
        const int row = y * part.width;
        float rest[2 * W];
        ct_picture_linear_at(picture, columns, part.y + y, part.width,
                             light[0] + row, light[1] + row, light[2] + row);
        ct_picture_red(picture, part.x, part.y + y, part.width, light[3] + row,
                       rest);
        ct_picture_add_boxes(sums + row, picture, part.x, part.y + y, 1,
                             part.width);
    }
}

START_TEST(a_part_that_is_kept_has_the_light_that_it_had)
{
    const int channels = layouts[_i].channels, bits = layouts[_i].bits;
    const struct rect part = {5, 3, W - 7, H - 4};
    static float before[4][W * H], after[4][W * H];
    static double sums[2][W * H][3];
    uint8_t *scene = make_scene(W, H, channels * bits / 8);
    struct blob png =
        make_png(scene, W, H, channels, bits, layouts[_i].interlaced);
    struct bench bench;

    memset(sums, 0, sizeof(sums));
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    read_part(before, sums[0], &bench.picture, part);
    ck_assert_int_eq(ct_picture_trim(&bench.picture, part, &bench.tools),
                     CUTIS_OK);
    read_part(after, sums[1], &bench.picture, part);
    ck_assert_mem_eq(before, after, sizeof(before));
    ck_assert_mem_eq(sums[0], sums[1], sizeof(sums[0]));
    ck_assert_int_eq(bench.picture.width, W);
    ck_assert_int_eq(bench.picture.height, H);
    bench_close(&bench);
    blob_free(&png);
    free(scene);
}
END_TEST

/* ---- The same picture in several wrappings ------------------------------- */

START_TEST(one_picture_has_one_hash_however_it_came)
{
    uint8_t *scene = make_scene(W, H, 3);
    struct blob jpeg = make_jpeg(scene, W, H, 3, 90, 0);
    struct bench first, second, third;

    bench_open(&first);
    bench_open(&second);
    bench_open(&third);
    ck_assert_int_eq(bench_read(&first, jpeg.at, jpeg.size), CUTIS_OK);
    struct blob png = make_png(first.picture.samples, W, H, 3, 8, PLAIN);
    add_chunk(&png, "sRGB", "", 1);
    ck_assert_int_eq(bench_read(&second, png.at, png.size), CUTIS_OK);
    const cutis_pixels pixels = {
        .struct_size = sizeof(pixels),
        .data = first.picture.samples,
        .stride = W * 3,
        .width = W,
        .height = H,
        .format = CUTIS_PIXELS_RGB8,
    };
    ck_assert_int_eq(ct_acquire_pixels(&third.picture, &pixels, &third.options,
                                       &third.tools),
                     CUTIS_OK);

    ck_assert_int_eq(first.picture.space, CT_ASSUMED_SRGB);
    ck_assert_int_eq(second.picture.space, CT_SRGB);
    ck_assert_mem_eq(second.picture.samples, first.picture.samples, W * H * 3);
    ck_assert_mem_eq(third.picture.samples, first.picture.samples, W * H * 3);
    ck_assert(second.picture.pixel_hash == first.picture.pixel_hash);
    ck_assert(third.picture.pixel_hash == first.picture.pixel_hash);
    ck_assert_str_ne(second.picture.sha256, first.picture.sha256);
    bench_close(&first);
    bench_close(&second);
    bench_close(&third);
    blob_free(&jpeg);
    blob_free(&png);
    free(scene);
}
END_TEST

/* ---- Kinds --------------------------------------------------------------- */

static cutis_status status_of(struct blob blob)
{
    struct bench bench;

    bench_open(&bench);
    const cutis_status status = bench_read(&bench, blob.at, blob.size);
    bench_close(&bench);
    return status;
}

static const struct {
    int channels, flags;
    cutis_status status;
} jpegs[] = {
    {1, 0, CUTIS_OK},
    {3, 0, CUTIS_OK},
    {3, SMALL_CHROMA, CUTIS_OK},
    {3, RGB_INSIDE, CUTIS_OK},
    {1, PROGRESSIVE, CUTIS_OK},
    {3, PROGRESSIVE, CUTIS_OK},
    {3, PROGRESSIVE | SMALL_CHROMA, CUTIS_OK},
    {4, 0, CUTIS_ERROR_UNSUPPORTED},
    {3, ARITHMETIC, CUTIS_ERROR_UNSUPPORTED},
    {3, ARITHMETIC | PROGRESSIVE, CUTIS_ERROR_UNSUPPORTED},
};

/* Close to what went in: quality 98 and colours that change slowly. */
START_TEST(each_kind_of_jpeg_has_its_outcome)
{
    const int channels = jpegs[_i].channels;
    uint8_t *scene = make_scene(W, H, channels);
    struct blob jpeg =
        make_jpeg(scene, W, H, channels, 98, jpegs[_i].flags & ~SMALL_CHROMA);
    struct bench bench;

    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, jpeg.at, jpeg.size), jpegs[_i].status);
    double sum = 0.0;
    const uint8_t *samples = bench.picture.samples;
    for (int i = 0; samples && i < W * H * channels; i++)
        sum += abs(samples[i] - scene[i]);
    ck_assert_double_lt(sum / (W * H * channels), 3.0);
    bench_close(&bench);
    blob_free(&jpeg);
    free(scene);
}
END_TEST

static void patch_frame(struct blob *jpeg, size_t offset, uint8_t value)
{
    for (size_t i = 2; i + 20 < jpeg->size; i++)
        if (jpeg->at[i] == 0xff && jpeg->at[i + 1] == 0xc0) {
            jpeg->at[i + offset] = value;
            return;
        }
}

START_TEST(jpegs_of_unusual_processes_are_unsupported)
{
    static const struct {
        size_t offset; /* from the SOF0 marker */
        uint8_t value;
    } patches[] = {{1, 0xc3}, {1, 0xc5}, {1, 0xc7}, {1, 0xc9}, {1, 0xcb},
                   {1, 0xcd}, {1, 0xcf}, {4, 12},   {9, 2}};
    uint8_t *scene = make_scene(W, H, 3);

    for (size_t i = 0; i < sizeof(patches) / sizeof(patches[0]); i++) {
        struct blob jpeg = make_jpeg(scene, W, H, 3, 90, 0);
        patch_frame(&jpeg, patches[i].offset, patches[i].value);
        ck_assert_int_eq(status_of(jpeg), CUTIS_ERROR_UNSUPPORTED);
        blob_free(&jpeg);
    }
    free(scene);
}
END_TEST

START_TEST(only_the_first_picture_of_a_file_is_taken)
{
    uint8_t *scene = make_scene(W, H, 3);
    struct blob jpeg = make_jpeg(scene, W, H, 3, 90, 0);
    struct blob second = make_jpeg(scene, 8, 8, 3, 90, 0);
    struct bench bench;

    blob_insert(&jpeg, jpeg.size, second.at, second.size);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, jpeg.at, jpeg.size), CUTIS_OK);
    ck_assert_int_eq(bench.picture.width, W);
    bench_close(&bench);

    struct blob png = make_png(scene, W, H, 3, 8, PLAIN);
    add_chunk(&png, "acTL", "\0\0\0\2\0\0\0\0", 8);
    bench_open(&bench);
    ck_assert_int_eq(bench_read(&bench, png.at, png.size), CUTIS_OK);
    ck_assert(bench.picture.animated);
    ck_assert_int_eq(bench.picture.width, W);
    bench_close(&bench);
    blob_free(&jpeg);
    blob_free(&second);
    blob_free(&png);
    free(scene);
}
END_TEST

START_TEST(other_formats_are_known_by_their_content)
{
    static const struct {
        const char *bytes, *name;
        cutis_status status;
    } others[] = {
        {"\0\0\0\x18"
         "ftypheic\0\0\0\0",
         "HEIC", CUTIS_ERROR_UNSUPPORTED},
        {"\0\0\0\x18"
         "ftypavif\0\0\0\0",
         "AVIF", CUTIS_ERROR_UNSUPPORTED},
        {"II*\0\x08\0\0\0\0\0\0\0\0\0\0\0", "TIFF", CUTIS_ERROR_UNSUPPORTED},
        {"MM\0*\0\0\0\x08\0\0\0\0\0\0\0\0", "TIFF", CUTIS_ERROR_UNSUPPORTED},
        {"RIFF\x10\0\0\0WEBPVP8 ", "WebP", CUTIS_ERROR_UNSUPPORTED},
        {"GIF89a\x01\0\x01\0\0\0\0\0\0\0", "GIF", CUTIS_ERROR_UNSUPPORTED},
        {"BM\x10\0\0\0\0\0\0\0\0\0\0\0\0\0", "BMP", CUTIS_ERROR_UNSUPPORTED},
        {"hello, this is text", "", CUTIS_ERROR_FORMAT},
    };

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct bench bench;
        bench_open(&bench);
        ck_assert_int_eq(bench_read(&bench, others[i].bytes, 16),
                         others[i].status);
        ck_assert_ptr_nonnull(strstr(bench.tools.sentence, others[i].name));
        bench_close(&bench);
    }
    ck_assert_int_eq(status_of((struct blob){NULL, 0}), CUTIS_ERROR_FORMAT);
}
END_TEST

START_TEST(only_regular_files_are_read)
{
    char folder[] = "/tmp/cutis-acquire-XXXXXX", path[64], link[64];
    uint8_t *scene = make_scene(W, H, 3);
    struct blob png = make_png(scene, W, H, 3, 8, PLAIN);
    struct bench bench;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/picture.txt", folder);
    snprintf(link, sizeof(link), "%s/pipe.png", folder);
    FILE *file = fopen(path, "wb");
    ck_assert_uint_eq(fwrite(png.at, 1, png.size, file), png.size);
    fclose(file);
    ck_assert_int_eq(mkfifo(link, 0600), 0);

    bench_open(&bench);
    ck_assert_int_eq(
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools),
        CUTIS_OK);
    ct_picture_free(&bench.picture);
    bench.options.max_file = png.size - 1;
    ck_assert_int_eq(
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools),
        CUTIS_ERROR_LIMIT);
    unlink(path);
    const char *const not_files[] = {path, link, folder, "/dev/zero",
                                     "/dev/null"};
    for (size_t i = 0; i < sizeof(not_files) / sizeof(not_files[0]); i++)
        ck_assert_int_eq(ct_acquire_file(&bench.picture, not_files[i],
                                         &bench.options, &bench.tools),
                         CUTIS_ERROR_IO);
    bench_close(&bench);
    unlink(link);
    rmdir(folder);
    blob_free(&png);
    free(scene);
}
END_TEST

/* ---- Quality ------------------------------------------------------------- */

START_TEST(the_quality_that_libjpeg_was_told_is_found)
{
    uint8_t *scene = make_scene(16, 16, 3);

    for (int quality = 1; quality <= 100; quality++) {
        struct blob jpeg =
            make_jpeg(scene, 16, 16, 3, quality, quality % 2 * SMALL_CHROMA);
        struct bench bench;
        bench_open(&bench);
        ck_assert_int_eq(bench_read(&bench, jpeg.at, jpeg.size), CUTIS_OK);
        ck_assert_double_eq(bench.picture.jpeg_quality, quality);
        ck_assert_double_eq(bench.picture.jpeg_table_fit, 0.0);
        ck_assert_int_eq(bench.picture.jpeg_h, 1 + quality % 2);
        ck_assert_int_eq(bench.picture.jpeg_v, 1 + quality % 2);
        bench_close(&bench);
        blob_free(&jpeg);
    }
    free(scene);
}
END_TEST

START_TEST(tables_of_another_shape_fit_less_well)
{
    uint16_t flat[64];
    double fit;

    for (int i = 0; i < 64; i++)
        flat[i] = 8;
    const double quality = ct_jpeg_quality(&fit, flat, flat);
    ck_assert_double_gt(quality, 75.0);
    ck_assert_double_lt(quality, 97.0);
    ck_assert_double_gt(fit, 0.2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("acquire");
    TCase *tests = tcase_create("acquire");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, every_layout_is_turned_upright, 0,
                        sizeof(layouts) / sizeof(layouts[0]));
    tcase_add_test(tests, a_jpeg_is_turned_like_its_pixels);
    tcase_add_test(tests, a_mask_that_masks_nothing_is_no_mask);
    tcase_add_loop_test(tests, a_part_that_is_kept_has_the_light_that_it_had, 0,
                        sizeof(layouts) / sizeof(layouts[0]));
    tcase_add_test(tests, one_picture_has_one_hash_however_it_came);
    tcase_add_loop_test(tests, each_kind_of_jpeg_has_its_outcome, 0,
                        sizeof(jpegs) / sizeof(jpegs[0]));
    tcase_add_test(tests, jpegs_of_unusual_processes_are_unsupported);
    tcase_add_test(tests, only_the_first_picture_of_a_file_is_taken);
    tcase_add_test(tests, other_formats_are_known_by_their_content);
    tcase_add_test(tests, only_regular_files_are_read);
    tcase_add_test(tests, the_quality_that_libjpeg_was_told_is_found);
    tcase_add_test(tests, tables_of_another_shape_fit_less_well);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
