/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The first two promises on real photographs: the same photograph twice gives a
 * change of exactly 0 and no direction, however it came in and on any number of
 * threads; and the same bytes of numbers every time.
 */

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include <cutis/cutis.h>

static char path[4096];

static int shared(const char *name)
{
    const char *const folder = getenv("CUTIS_SHARED");
    snprintf(path, sizeof(path), "%s/photos/%s", folder ? folder : "", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        printf("SKIPPED: %s is not there\n", path);
        return 0;
    }
    fclose(file);
    return 1;
}

static cutis_session *session_with(uint32_t threads)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.threads = threads;
    cutis_session *session = NULL;
    ck_assert_int_eq(cutis_session_create(&options, &session), CUTIS_OK);
    return session;
}

/* The file's pixels as libjpeg gives them by default, 8-bit RGB. */
static unsigned char *decode(uint32_t *width, uint32_t *height)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    jpeg_stdio_src(&jpeg, file);
    jpeg_read_header(&jpeg, TRUE);
    jpeg.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&jpeg);
    *width = jpeg.output_width;
    *height = jpeg.output_height;
    unsigned char *pixels = malloc((size_t)*width * *height * 3);
    ck_assert_ptr_nonnull(pixels);
    while (jpeg.output_scanline < jpeg.output_height) {
        unsigned char *row = pixels + (size_t)jpeg.output_scanline * *width * 3;
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    fclose(file);
    return pixels;
}

static void write_png(const char *to, const unsigned char *pixels,
                      uint32_t width, uint32_t height)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = width,
                       .height = height,
                       .format = PNG_FORMAT_RGB};
    ck_assert(png_image_write_to_file(&image, to, 0, pixels, 0, NULL));
}

static void no_change(cutis_session *session, const cutis_photo *before,
                      const cutis_photo *after)
{
    cutis_comparison *comparison = NULL;
    ck_assert_int_eq(
        cutis_photos_compare(session, before, after, NULL, &comparison),
        CUTIS_OK);
    const cutis_change *row;
    int measured = 0;
    for (size_t i = 0; (row = cutis_comparison_at(comparison, i)); i++) {
        ck_assert_int_ne(row->verdict, CUTIS_VERDICT_IMPROVED);
        ck_assert_int_ne(row->verdict, CUTIS_VERDICT_WORSE);
        ck_assert_int_ne(row->verdict, CUTIS_VERDICT_CHANGED);
        if (isnan(row->before))
            continue;
        measured++;
        ck_assert_msg(row->change == 0.0, "%s %s: %g", row->metric->name,
                      row->region->name, row->change);
        ck_assert(row->before == row->after);
    }
    ck_assert_int_gt(measured, 20);
    ck_assert_int_ne(cutis_comparison_comparable(comparison),
                     CUTIS_COMPARABLE_NO);
    const cutis_score *const score = cutis_comparison_score(comparison);
    ck_assert(isnan(score->score) || score->score == 0.0);
    cutis_comparison_destroy(&comparison);
}

/* One photograph in four forms: twice as a file, as PNG, as pixels. */
static void four_ways(uint32_t threads)
{
    cutis_session *session = session_with(threads);
    cutis_photo *photo[4] = {NULL};
    uint32_t width, height;
    unsigned char *pixels = decode(&width, &height);
    char png[] = "/tmp/cutis-identity-XXXXXX";
    const int fd = mkstemp(png);
    ck_assert_int_ge(fd, 0);
    write_png(png, pixels, width, height);
    const cutis_pixels raw = {.struct_size = sizeof(raw),
                              .data = pixels,
                              .stride = (ptrdiff_t)width * 3,
                              .width = width,
                              .height = height,
                              .format = CUTIS_PIXELS_RGB8};

    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[0]), 0);
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[1]), 0);
    ck_assert_int_eq(cutis_photo_load(session, png, NULL, &photo[2]), 0);
    ck_assert_int_eq(cutis_photo_load_pixels(session, &raw, NULL, &photo[3]),
                     0);
    for (int i = 1; i < 4; i++) {
        size_t count;
        const cutis_point *const a = cutis_photo_landmarks(photo[0], &count);
        const cutis_point *const b = cutis_photo_landmarks(photo[i], &count);
        ck_assert_uint_eq(count, 468);
        ck_assert_mem_eq(a, b, count * sizeof(*a));
        no_change(session, photo[0], photo[i]);
    }
    no_change(session, photo[2], photo[2]);
    for (int i = 0; i < 4; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
    remove(png);
    free(pixels);
}

START_TEST(one_photograph_in_any_form_has_not_changed)
{
    static const char *const names[] = {"canada/044f.jpg",
                                        "london/025_neutral.jpg"};
    if (shared(names[_i]))
        for (uint32_t threads = 1; threads <= 2; threads++)
            four_ways(threads);
}
END_TEST

struct bytes_out {
    char *at;
    size_t size;
};

static int collect(void *user, const void *bytes, size_t size)
{
    struct bytes_out *const out = user;
    out->at = realloc(out->at, out->size + size);
    memcpy(out->at + out->size, bytes, size);
    out->size += size;
    return 0;
}

/* The JSON of a smiling face against the neutral one. */
static struct bytes_out json_of(uint32_t threads, cutis_isa isa)
{
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.threads = threads;
    options.isa = isa;
    cutis_session *session = NULL;
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_comparison *comparison = NULL;
    struct bytes_out out = {NULL, 0};

    ck_assert_int_eq(cutis_session_create(&options, &session), CUTIS_OK);
    ck_assert(shared("london/001_neutral.jpg"));
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[0]), 0);
    ck_assert(shared("london/001_smiling.jpg"));
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[1]), 0);
    ck_assert_int_eq(
        cutis_photos_compare(session, photo[0], photo[1], NULL, &comparison),
        0);
    ck_assert_int_eq(cutis_comparison_write(session, comparison,
                                            CUTIS_FORMAT_JSON, collect, &out),
                     0);
    cutis_comparison_destroy(&comparison);
    for (int i = 0; i < 2; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
    return out;
}

START_TEST(threads_and_instruction_sets_do_not_show_in_a_byte)
{
    if (!shared("london/001_neutral.jpg"))
        return;
    const struct bytes_out first = json_of(1, CUTIS_ISA_C);
    for (uint32_t isa = CUTIS_ISA_C; isa <= CUTIS_ISA_BEST; isa++) {
        const uint32_t threads = 1 + (isa + 1) % 3;
        const struct bytes_out other = json_of(threads, (cutis_isa)isa);
        ck_assert_uint_eq(other.size, first.size);
        ck_assert_mem_eq(other.at, first.at, first.size);
        free(other.at);
    }
    free(first.at);
}
END_TEST

START_TEST(after_to_before_mirrors_before_to_after)
{
    if (!shared("london/001_neutral.jpg"))
        return;
    cutis_session *session = session_with(2);
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_comparison *there = NULL, *back = NULL;
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[0]), 0);
    ck_assert(shared("london/001_smiling.jpg"));
    ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo[1]), 0);
    ck_assert_int_eq(
        cutis_photos_compare(session, photo[0], photo[1], NULL, &there), 0);
    ck_assert_int_eq(
        cutis_photos_compare(session, photo[1], photo[0], NULL, &back), 0);
    const cutis_change *a;
    for (size_t i = 0; (a = cutis_comparison_at(there, i)); i++) {
        const cutis_change *const b = cutis_comparison_at(back, i);
        ck_assert(a->before == b->after || isnan(a->before));
        ck_assert(a->after == b->before || isnan(a->after));
        ck_assert(a->change == -b->change || isnan(a->change));
        ck_assert(a->se == b->se || isnan(a->se));
        ck_assert(a->p == b->p || isnan(a->p));
        ck_assert_int_eq(isnan(a->change), isnan(b->change));
    }
    const cutis_score *const s = cutis_comparison_score(there);
    const cutis_score *const t = cutis_comparison_score(back);
    ck_assert(s->score == -t->score || (isnan(s->score) && isnan(t->score)));
    cutis_comparison_destroy(&there);
    cutis_comparison_destroy(&back);
    for (int i = 0; i < 2; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
}
END_TEST

static int stop_at(void *user, double done)
{
    return done >= *(double *)user;
}

START_TEST(work_stops_when_it_is_told_to)
{
    if (!shared("london/001_neutral.jpg"))
        return;
    for (double at = 0.0; at < 1.0; at += 0.2) {
        cutis_options options = CUTIS_OPTIONS_DEFAULT;
        options.progress = stop_at;
        options.progress_user = &at;
        cutis_session *session = NULL;
        cutis_photo *photo = NULL;
        ck_assert_int_eq(cutis_session_create(&options, &session), 0);
        ck_assert_int_eq(cutis_photo_load(session, path, NULL, &photo),
                         CUTIS_ERROR_CANCELLED);
        ck_assert_ptr_null(photo);
        cutis_session_destroy(&session);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity");
    TCase *tests = tcase_create("identity");
    suite_add_tcase(suite, tests);
    tcase_add_loop_test(tests, one_photograph_in_any_form_has_not_changed, 0,
                        2);
    tcase_add_test(tests, threads_and_instruction_sets_do_not_show_in_a_byte);
    tcase_add_test(tests, after_to_before_mirrors_before_to_after);
    tcase_add_test(tests, work_stops_when_it_is_told_to);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
