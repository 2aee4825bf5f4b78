/* SPDX-License-Identifier: BSD-2-Clause */

#include "pictures.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <lcms2.h>
#include <png.h>
#include <zlib.h>

void blob_free(struct blob *blob)
{
    free(blob->at);
    *blob = (struct blob){0};
}

void blob_insert(struct blob *blob, size_t offset, const void *bytes,
                 size_t size)
{
    blob->at = realloc(blob->at, blob->size + size);
    ck_assert_ptr_nonnull(blob->at);
    memmove(blob->at + offset + size, blob->at + offset, blob->size - offset);
    memcpy(blob->at + offset, bytes, size);
    blob->size += size;
}

static void put32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* ---- PNG ----------------------------------------------------------------- */

static void on_write(png_structp png, png_bytep bytes, size_t size)
{
    struct blob *blob = png_get_io_ptr(png);

    blob_insert(blob, blob->size, bytes, size);
}

struct blob make_png(const void *samples, int width, int height, int channels,
                     int bits, int interlaced)
{
    static const int colours[] = {0, PNG_COLOR_TYPE_GRAY,
                                  PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                                  PNG_COLOR_TYPE_RGB_ALPHA};
    const size_t row = (size_t)(width * channels * bits / 8);
    struct blob blob = {0};
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_bytep *rows = calloc((size_t)height, sizeof(*rows));

    for (int y = 0; y < height; y++)
        rows[y] = (png_bytep)(uintptr_t)samples + (size_t)y * row;
    png_set_write_fn(png, &blob, on_write, NULL);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, bits,
                 colours[channels], interlaced, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    if (bits == 16)
        png_set_swap(png);
    png_write_image(png, rows);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    free(rows);
    return blob;
}

void add_chunk(struct blob *png, const char *type, const void *body,
               size_t size)
{
    enum { AFTER_HEADER = 33 };
    uint8_t *chunk = calloc(1, size + 12);

    put32(chunk, (uint32_t)size);
    memcpy(chunk + 4, type, 4);
    if (size)
        memcpy(chunk + 8, body, size);
    put32(chunk + 8 + size, (uint32_t)crc32(0, chunk + 4, (unsigned)size + 4));
    blob_insert(png, AFTER_HEADER, chunk, size + 12);
    free(chunk);
}

void add_iccp(struct blob *png, struct blob profile)
{
    uLongf size = compressBound(profile.size);
    uint8_t *body = calloc(1, size + 3);

    body[0] = 'p';
    ck_assert_int_eq(compress(body + 3, &size, profile.at, profile.size), Z_OK);
    add_chunk(png, "iCCP", body, size + 3);
    free(body);
}

/* ---- JPEG ---------------------------------------------------------------- */

struct blob make_jpeg(const uint8_t *samples, int width, int height,
                      int channels, int quality, int flags)
{
    static const J_COLOR_SPACE spaces[] = {JCS_UNKNOWN, JCS_GRAYSCALE,
                                           JCS_UNKNOWN, JCS_RGB, JCS_CMYK};
    struct jpeg_compress_struct encoder;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long size = 0;

    encoder.err = jpeg_std_error(&errors);
    jpeg_create_compress(&encoder);
    jpeg_mem_dest(&encoder, &bytes, &size);
    encoder.image_width = (JDIMENSION)width;
    encoder.image_height = (JDIMENSION)height;
    encoder.input_components = channels;
    encoder.in_color_space = spaces[channels];
    jpeg_set_defaults(&encoder);
    if (flags & RGB_INSIDE)
        jpeg_set_colorspace(&encoder, JCS_RGB);
    jpeg_set_quality(&encoder, quality, TRUE);
    encoder.comp_info[0].h_samp_factor = flags & SMALL_CHROMA ? 2 : 1;
    encoder.comp_info[0].v_samp_factor = flags & SMALL_CHROMA ? 2 : 1;
    for (int c = 1; flags & SMALL_LUMA && c < 3; c++)
        encoder.comp_info[c].h_samp_factor =
            encoder.comp_info[c].v_samp_factor = 2;
    encoder.arith_code = flags & ARITHMETIC ? TRUE : FALSE;
    if (flags & PROGRESSIVE)
        jpeg_simple_progression(&encoder);
    jpeg_start_compress(&encoder, TRUE);
    while (encoder.next_scanline < encoder.image_height) {
        JSAMPROW row = (JSAMPROW)(uintptr_t)samples +
                       encoder.next_scanline * (size_t)(width * channels);
        jpeg_write_scanlines(&encoder, &row, 1);
    }
    jpeg_finish_compress(&encoder);
    jpeg_destroy_compress(&encoder);

    struct blob blob = {0};
    blob_insert(&blob, 0, bytes, size);
    free(bytes);
    return blob;
}

void add_segment(struct blob *jpeg, int marker, const void *body, size_t size)
{
    const uint8_t head[4] = {0xff, (uint8_t)marker, (uint8_t)((size + 2) >> 8),
                             (uint8_t)(size + 2)};

    blob_insert(jpeg, 2, body, size);
    blob_insert(jpeg, 2, head, 4);
}

void add_icc(struct blob *jpeg, struct blob profile, size_t piece)
{
    const size_t pieces = (profile.size + piece - 1) / piece;
    uint8_t body[65533] = "ICC_PROFILE";

    for (size_t i = pieces; i-- > 0;) {
        const size_t from = i * piece;
        const size_t left = profile.size - from;
        const size_t size = left < piece ? left : piece;
        body[12] = (uint8_t)(i + 1);
        body[13] = (uint8_t)pieces;
        memcpy(body + 14, profile.at + from, size);
        add_segment(jpeg, 0xe2, body, size + 14);
    }
}

void orientation_block(uint8_t out[26], int orientation)
{
    static const uint8_t block[26] = {'M', 'M', 0,    '*', 0, 0, 0, 8, 0,
                                      1,   1,   0x12, 0,   3, 0, 0, 0, 1,
                                      0,   0,   0,    0,   0, 0, 0, 0};

    memcpy(out, block, sizeof(block));
    out[19] = (uint8_t)orientation;
}

/* ---- Colours ------------------------------------------------------------- */

struct blob make_profile(const double xy[8], double exponent)
{
    static const double srgb[5] = {2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92,
                                   0.04045};
    const cmsCIExyY white = {xy[6], xy[7], 1.0};
    const cmsCIExyYTRIPLE primaries = {
        {xy[0], xy[1], 1.0}, {xy[2], xy[3], 1.0}, {xy[4], xy[5], 1.0}};
    cmsToneCurve *curve = exponent > 0.0
                              ? cmsBuildGamma(NULL, exponent)
                              : cmsBuildParametricToneCurve(NULL, 4, srgb);
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
    cmsUInt32Number size = 0;
    struct blob blob = {0};

    cmsSaveProfileToMem(profile, NULL, &size);
    blob.at = calloc(1, size);
    blob.size = size;
    cmsSaveProfileToMem(profile, blob.at, &size);
    cmsCloseProfile(profile);
    cmsFreeToneCurve(curve);
    return blob;
}

uint8_t *make_scene(int width, int height, int channels)
{
    uint8_t *samples = calloc((size_t)(width * height), (size_t)channels);
    uint32_t noise = 1;

    for (int i = 0; i < width * height * channels; i++) {
        const int x = i / channels % width, y = i / channels / width;
        noise = noise * 1664525u + 1013904223u;
        samples[i] = (uint8_t)(40 + (x * 3 + y * 2 + i % channels * 37) % 160 +
                               (int)(noise >> 29));
    }
    return samples;
}

/* ---- The bench ----------------------------------------------------------- */

void bench_open(struct bench *bench)
{
    const cutis_options options = CUTIS_OPTIONS_DEFAULT;

    memset(bench, 0, sizeof(*bench));
    bench->options = options;
    bench->tools.threads = 1;
    bench->tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
}

cutis_status bench_read(struct bench *bench, const void *bytes, size_t size)
{
    ct_picture_free(&bench->picture);
    bench->tools.sentence[0] = '\0';
    bench->tools.memory.limit = bench->options.max_memory;
    const cutis_status status = ct_acquire_memory(
        &bench->picture, bytes, size, &bench->options, &bench->tools);
    if (status == CUTIS_OK)
        ck_assert_str_eq(bench->tools.sentence, "");
    else
        ck_assert_str_ne(bench->tools.sentence, "");
    return status;
}

void bench_close(struct bench *bench)
{
    ct_picture_free(&bench->picture);
    ck_assert_uint_eq(atomic_load(&bench->tools.memory.used), 0);
}
