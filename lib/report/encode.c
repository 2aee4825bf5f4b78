/* SPDX-License-Identifier: BSD-2-Clause */

/* Pictures as JPEG and PNG, into memory.  Safe to call from several threads:
 * failures are told by the status alone. */

#include <setjmp.h>
#include <stdio.h> /* jpeglib.h needs FILE */
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

#include "report/report.h"

/* ---- JPEG ---------------------------------------------------------------- */

enum { QUALITY = 88, CHUNK = 16384 };

struct jpeg_out {
    struct jpeg_destination_mgr manager; /* first: libjpeg knows only this */
    struct text *out;
    JOCTET chunk[CHUNK];
};

struct jpeg_trouble {
    struct jpeg_error_mgr manager; /* first, likewise */
    jmp_buf back;
};

static void jpeg_fails(j_common_ptr jpeg)
{
    struct jpeg_trouble *const trouble = (struct jpeg_trouble *)jpeg->err;
    longjmp(trouble->back, 1);
}

static void jpeg_says(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void begin_chunk(j_compress_ptr jpeg)
{
    struct jpeg_out *const to = (struct jpeg_out *)jpeg->dest;
    to->manager.next_output_byte = to->chunk;
    to->manager.free_in_buffer = CHUNK;
}

static boolean end_chunk(j_compress_ptr jpeg)
{
    struct jpeg_out *const to = (struct jpeg_out *)jpeg->dest;
    ct_text_add(to->out, (const char *)to->chunk, CHUNK);
    begin_chunk(jpeg);
    return TRUE;
}

static void end_jpeg(j_compress_ptr jpeg)
{
    struct jpeg_out *const to = (struct jpeg_out *)jpeg->dest;
    ct_text_add(to->out, (const char *)to->chunk,
                CHUNK - to->manager.free_in_buffer);
}

static void compress_rows(struct jpeg_compress_struct *jpeg, uint8_t *rgb,
                          int width, int height)
{
    jpeg->image_width = (JDIMENSION)width;
    jpeg->image_height = (JDIMENSION)height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, QUALITY, TRUE);
    jpeg->dct_method = JDCT_ISLOW;
    /* Colour is what people look at here: it is not subsampled. */
    jpeg->comp_info[0].h_samp_factor = 1;
    jpeg->comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        const size_t at = (size_t)jpeg->next_scanline * (size_t)width * 3;
        JSAMPROW row = rgb + at;
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
}

cutis_status ct_encode_jpeg(struct text *out, uint8_t *rgb, int width,
                            int height)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_trouble trouble;
    struct jpeg_out *const to = ct_alloc_raw(out->memory, 1, sizeof(*to));
    if (!to)
        return CUTIS_ERROR_MEMORY;

    memset(&jpeg, 0, sizeof(jpeg));
    jpeg.err = jpeg_std_error(&trouble.manager);
    trouble.manager.error_exit = jpeg_fails;
    trouble.manager.output_message = jpeg_says;
    if (setjmp(trouble.back)) {
        jpeg_destroy_compress(&jpeg);
        ct_free(to);
        return CUTIS_ERROR_MEMORY; /* libjpeg's only reason here */
    }
    jpeg_create_compress(&jpeg);
    to->out = out;
    to->manager.init_destination = begin_chunk;
    to->manager.empty_output_buffer = end_chunk;
    to->manager.term_destination = end_jpeg;
    jpeg.dest = &to->manager;
    compress_rows(&jpeg, rgb, width, height);
    jpeg_destroy_compress(&jpeg);
    ct_free(to);
    return out->failed ? CUTIS_ERROR_MEMORY : CUTIS_OK;
}

/* ---- PNG ----------------------------------------------------------------- */

static png_voidp png_takes(png_structp png, png_alloc_size_t size)
{
    return ct_alloc_raw(png_get_mem_ptr(png), size, 1);
}

static void png_frees(png_structp png, png_voidp block)
{
    (void)png;
    ct_free(block);
}

static void png_fails(png_structp png, png_const_charp why)
{
    (void)why;
    png_longjmp(png, 1);
}

static void png_says(png_structp png, png_const_charp what)
{
    (void)png;
    (void)what;
}

static void png_writes(png_structp png, png_bytep bytes, png_size_t size)
{
    ct_text_add(png_get_io_ptr(png), (const char *)bytes, size);
}

static void png_flushes(png_structp png)
{
    (void)png;
}

static void compress_indices(png_structp png, png_infop info,
                             const uint8_t *index, int width, int height,
                             const struct palette *palette)
{
    png_color colours[256];
    png_byte alpha[256];
    for (int i = 0; i < palette->count; i++) {
        const uint8_t *const c = palette->colour[i];
        colours[i] = (png_color){.red = c[0], .green = c[1], .blue = c[2]};
        alpha[i] = c[3];
    }
    /* Runs of one colour are what maps are made of: looking for longer
     * likenesses takes half as long again and saves nothing. */
    png_set_compression_level(png, 1);
    png_set_compression_strategy(png, Z_RLE);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 8,
                 PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, colours, palette->count);
    png_set_tRNS(png, info, alpha, palette->count, NULL);
    png_write_info(png, info);
    for (int y = 0; y < height; y++)
        png_write_row(png, index + (size_t)y * (size_t)width);
    png_write_end(png, info);
}

cutis_status ct_encode_png(struct text *out, const uint8_t *index, int width,
                           int height, const struct palette *palette)
{
    png_structp png =
        png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, png_fails,
                                  png_says, out->memory, png_takes, png_frees);
    if (!png)
        return CUTIS_ERROR_MEMORY;
    png_infop info = png_create_info_struct(png);
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return CUTIS_ERROR_MEMORY; /* libpng's only reason here */
    }
    png_set_write_fn(png, out, png_writes, png_flushes);
    compress_indices(png, info, index, width, height, palette);
    png_destroy_write_struct(&png, &info);
    return out->failed ? CUTIS_ERROR_MEMORY : CUTIS_OK;
}
