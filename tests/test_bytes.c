/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What stands around the pixels of a file: each check decides by itself, with
 * all others in favour of the file.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "acquire/acquire.h"
#include "pictures.h"

enum { W = 24, H = 16 };

static struct bench bench;
static char told[4][256]; /* what the log was told */
static int tolds;

static void on_log(void *user, const char *sentence)
{
    (void)user;
    ck_assert_int_lt(tolds, 4);
    snprintf(told[tolds++], sizeof(told[0]), "%s", sentence);
}

static void set_up(void)
{
    bench_open(&bench);
    bench.tools.log = on_log;
    tolds = 0;
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
    ck_assert_msg(strstr(bench.tools.sentence, words) != NULL, "not %s: %s",
                  words, bench.tools.sentence);
    blob_free(&file);
}

/* ---- Chunks of a PNG ----------------------------------------------------- */

/* A chunk of the right size is believed; one byte less or more is none. */
START_TEST(a_chunk_of_another_size_says_nothing)
{
    static const uint8_t body[33] = {12, 13, 0, 1};
    static const struct {
        const char *type;
        size_t size;
    } chunks[] = {{"cICP", 4}, {"gAMA", 4}, {"cHRM", 32}};

    for (size_t i = 0; i < sizeof(chunks) / sizeof(chunks[0]); i++)
        for (int more = -1; more <= 1; more++) {
            struct blob png = a_png();
            struct png_chunks seen;
            add_chunk(&png, chunks[i].type, body,
                      (size_t)((int)chunks[i].size + more));
            ct_png_chunks(&seen, (struct span){png.at, png.size});
            ck_assert_int_eq(seen.hints.has_cicp, i == 0 && more == 0);
            ck_assert_int_eq(seen.hints.gamma != 0, i == 1 && more == 0);
            ck_assert_int_eq(seen.hints.has_chromaticities,
                             i == 2 && more == 0);
            ck_assert_uint_eq(seen.width, W);
            blob_free(&png);
        }
}
END_TEST

START_TEST(a_chunk_with_a_wrong_sum_says_nothing)
{
    static const char *const types[] = {"eXIf", "sRGB"};
    enum { HEADER_END = 33 };

    for (int i = 0; i < 2; i++)
        for (int spoilt = 0; spoilt < 2; spoilt++) {
            struct blob png = a_png();
            struct png_chunks seen;
            add_chunk(&png, types[i], "\0", 1);
            png.at[HEADER_END + 8] = (uint8_t)spoilt; /* its only byte */
            ct_png_chunks(&seen, (struct span){png.at, png.size});
            ck_assert_int_eq(seen.exif.at != NULL, i == 0 && !spoilt);
            ck_assert_int_eq(seen.hints.srgb, i == 1 && !spoilt);
            blob_free(&png);
        }
}
END_TEST

/* Of a wrong size it is transparency for one reader and none for the other; of
 * a wrong sum, where damage is allowed, it is none for both. */
START_TEST(a_png_that_contradicts_itself_is_damaged)
{
    struct blob png = a_png();

    add_chunk(&png, "tRNS", "\0\1\0\2\0", 5);
    becomes(png, CUTIS_ERROR_DAMAGED, "contradicts itself about its pixels");

    png = a_png();
    add_chunk(&png, "tRNS", "\0\1\0\2\0\3", 6);
    png.at[33 + 8 + 6] ^= 1;
    bench.options.allow_damaged = 1;
    becomes(png, CUTIS_OK, "");
    ck_assert(bench.picture.damaged);
    ck_assert_ptr_null(bench.picture.opaque.at);
}
END_TEST

/* The body of an iCCP chunk of a name, a method and `size` bytes deflated. */
static struct blob iccp_of(const char *name, uint8_t method,
                           const uint8_t *profile, size_t size)
{
    uLongf packed = compressBound(size);
    struct blob body = {calloc(1, packed + 100), 0};

    body.size = strlen(name) + 2;
    memcpy(body.at, name, strlen(name));
    body.at[body.size - 1] = method;
    ck_assert_int_eq(compress(body.at + body.size, &packed, profile, size),
                     Z_OK);
    body.size += packed;
    return body;
}

/* Whether a profile came out of it; if not, the log was told. */
static bool inflates(struct blob body, size_t size)
{
    const struct png_chunks chunks = {.iccp = {body.at, size}};
    struct span out = {0};
    void *block = NULL;

    tolds = 0;
    ck_assert_int_eq(
        ct_png_profile(&out, &block, &chunks, &bench.options, &bench.tools),
        CUTIS_OK);
    ck_assert_int_eq(tolds, out.at ? 0 : 1);
    if (!out.at)
        ck_assert_str_eq(told[0],
                         "The colour profile is damaged and was ignored.");
    ct_free(block);
    return out.at != NULL;
}

START_TEST(a_profile_is_inflated_only_whole)
{
    uint8_t profile[400] = {0, 0, 1, 400 - 256}; /* begins with its size */
    struct blob body = iccp_of("p", 0, profile, sizeof(profile));

    ck_assert(inflates(body, body.size));
    ck_assert(!inflates(body, 3)); /* nothing behind the method */
    ck_assert(!inflates(body, 0));
    blob_free(&body);
    body = iccp_of("", 0, profile, sizeof(profile));
    ck_assert(!inflates(body, body.size));
    blob_free(&body);
    body = iccp_of("p", 1, profile, sizeof(profile));
    ck_assert(!inflates(body, body.size));
    blob_free(&body);
    body = iccp_of("p", 0, profile, 127); /* less than its head */
    ck_assert(!inflates(body, body.size));
    blob_free(&body);
    body = iccp_of("p", 0, profile, sizeof(profile) - 1);
    ck_assert(!inflates(body, body.size));
    blob_free(&body);
}
END_TEST

/* ---- Segments of a JPEG -------------------------------------------------- */

static struct jpeg_markers markers_of(struct blob jpeg)
{
    struct jpeg_markers seen;

    ct_jpeg_markers(&seen, (struct span){jpeg.at, jpeg.size});
    return seen;
}

START_TEST(the_first_frame_that_is_whole_counts)
{
    static const uint8_t frame[] = {8, 0, 9, 0, 7, 1};
    struct blob jpeg = a_jpeg(0);

    add_segment(&jpeg, 0xc0, frame, 5); /* no frame without all its bytes */
    ck_assert_uint_eq(markers_of(jpeg).width, W);
    add_segment(&jpeg, 0xc8, frame, 6); /* JPG, which is no frame either */
    ck_assert_uint_eq(markers_of(jpeg).width, W);
    add_segment(&jpeg, 0xc1, frame, 6);
    const struct jpeg_markers seen = markers_of(jpeg);
    ck_assert_uint_eq(seen.width, 7);
    ck_assert_uint_eq(seen.height, 9);
    ck_assert_int_eq(seen.process, 1);
    ck_assert_int_eq(seen.components, 1);
    blob_free(&jpeg);
}
END_TEST

START_TEST(exif_is_what_begins_like_it_first)
{
    struct blob jpeg = a_jpeg(0);

    add_segment(&jpeg, 0xe1, "Exif\0\0second", 12);
    ck_assert_uint_eq(markers_of(jpeg).exif.size, 6);
    add_segment(&jpeg, 0xe1, "Exif\0\0first", 11);
    add_segment(&jpeg, 0xe1, "Exif\0", 5);
    add_segment(&jpeg, 0xe1, "http://ns.adobe.com/", 20);
    const struct span exif = markers_of(jpeg).exif;
    ck_assert_uint_eq(exif.size, 5);
    ck_assert_mem_eq(exif.at, "first", 5);
    blob_free(&jpeg);
}
END_TEST

static void add_piece(struct blob *jpeg, int number, int pieces, size_t size)
{
    uint8_t body[64] = "ICC_PROFILE";

    body[12] = (uint8_t)number;
    body[13] = (uint8_t)pieces;
    add_segment(jpeg, 0xe2, body, 14 + size);
}

START_TEST(pieces_that_contradict_each_other_are_torn)
{
    struct blob jpeg = a_jpeg(0);

    add_piece(&jpeg, 1, 1, 8);
    ck_assert(!markers_of(jpeg).icc_torn);
    add_piece(&jpeg, 1, 1, 8);
    ck_assert(!markers_of(jpeg).icc_torn);
    struct blob other = {malloc(jpeg.size), jpeg.size};
    memcpy(other.at, jpeg.at, jpeg.size);
    add_piece(&other, 1, 1, 9); /* the same, and longer */
    ck_assert(markers_of(other).icc_torn);
    blob_free(&other);
    add_piece(&jpeg, 0, 1, 8); /* they count from 1 */
    ck_assert(markers_of(jpeg).icc_torn);
    becomes(jpeg, CUTIS_ERROR_DAMAGED, "pieces of the colour profile");
}
END_TEST

START_TEST(a_torn_profile_is_ignored_where_damage_is_allowed)
{
    struct blob jpeg = a_jpeg(0);

    add_piece(&jpeg, 2, 2, 40); /* and no 1 */
    bench.options.allow_damaged = 1;
    becomes(jpeg, CUTIS_OK, "");
    ck_assert_int_eq(bench.picture.space, CT_ASSUMED_SRGB);
    ck_assert_int_eq(tolds, 1);
    ck_assert_str_eq(told[0], "The colour profile is torn and was ignored.");
}
END_TEST

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

START_TEST(a_jpeg_without_a_side_is_empty_or_says_it_later)
{
    struct blob jpeg = a_jpeg(0);

    patch_sides(&jpeg, W, 0);
    becomes(jpeg, CUTIS_ERROR_UNSUPPORTED, "does not say its height");
    jpeg = a_jpeg(0);
    patch_sides(&jpeg, 0, 0);
    becomes(jpeg, CUTIS_ERROR_DAMAGED, "the picture is 0 x 0 pixels");
    jpeg = a_jpeg(0);
    patch_sides(&jpeg, 0, H);
    becomes(jpeg, CUTIS_ERROR_DAMAGED, "the picture is 0 x 16 pixels");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bytes");
    TCase *tests = tcase_create("bytes");
    suite_add_tcase(suite, tests);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_chunk_of_another_size_says_nothing);
    tcase_add_test(tests, a_chunk_with_a_wrong_sum_says_nothing);
    tcase_add_test(tests, a_png_that_contradicts_itself_is_damaged);
    tcase_add_test(tests, a_profile_is_inflated_only_whole);
    tcase_add_test(tests, the_first_frame_that_is_whole_counts);
    tcase_add_test(tests, exif_is_what_begins_like_it_first);
    tcase_add_test(tests, pieces_that_contradict_each_other_are_torn);
    tcase_add_test(tests, a_torn_profile_is_ignored_where_damage_is_allowed);
    tcase_add_test(tests, a_jpeg_without_a_side_is_empty_or_says_it_later);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
