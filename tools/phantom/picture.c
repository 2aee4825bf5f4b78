/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Samples to a file: JPEG as cameras write it, PNG of 8 or 16 bits.
 */

#include "phantom/phantom.h"

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

#include "config.h"

#if HAVE_LCMS
#include <lcms2.h>
#endif

/* ---- Display P3 ---------------------------------------------------------- */

struct profile {
    unsigned char *bytes;
    uint32_t size;
};

#if HAVE_LCMS
static cutis_status make_p3(struct profile *out, struct tools *tools)
{
    const cmsCIExyY white = {0.3127, 0.3290, 1.0};
    const cmsCIExyYTRIPLE primaries = {
        {0.680, 0.320, 1.0}, {0.265, 0.690, 1.0}, {0.150, 0.060, 1.0}};
    const double srgb[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cutis_status status = CUTIS_OK;
    struct profile profile = {0};
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, srgb);
    cmsToneCurve *curves[3] = {curve, curve, curve};
    cmsHPROFILE made =
        curve ? cmsCreateRGBProfile(&white, &primaries, curves) : NULL;

    if (made && cmsSaveProfileToMem(made, NULL, &profile.size))
        profile.bytes = ct_alloc(&tools->memory, profile.size, 1);
    if (!profile.bytes ||
        !cmsSaveProfileToMem(made, profile.bytes, &profile.size)) {
        ct_free(profile.bytes);
        status = ct_no_memory(tools);
        goto done;
    }
    *out = profile;
done:
    if (made)
        cmsCloseProfile(made);
    if (curve)
        cmsFreeToneCurve(curve);
    return status;
}
#else
static cutis_status make_p3(struct profile *out, struct tools *tools)
{
    (void)out;
    return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                   "this build cannot write Display P3");
}
#endif

/* ---- JPEG ---------------------------------------------------------------- */

/*
 * Exif that says which camera it was and that the colours are sRGB.  Offsets
 * count from the "II": IFD 0 at 8, its strings at 50 and 56, Exif IFD at 64.
 */
/* clang-format off */
static const unsigned char exif[] = {
    'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,
    3, 0,
    0x0f, 0x01, 2, 0, 6, 0, 0, 0, 50, 0, 0, 0, /* Make */
    0x10, 0x01, 2, 0, 8, 0, 0, 0, 56, 0, 0, 0, /* Model */
    0x69, 0x87, 4, 0, 1, 0, 0, 0, 64, 0, 0, 0, /* Exif IFD */
    0, 0, 0, 0,
    'c', 'u', 't', 'i', 's', 0,
    'p', 'h', 'a', 'n', 't', 'o', 'm', 0,
    1, 0,
    0x01, 0xa0, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, /* ColorSpace: sRGB */
    0, 0, 0, 0};
/* clang-format on */

struct jpeg_trouble {
    struct jpeg_error_mgr base;
    jmp_buf back;
};

static void jpeg_failed(j_common_ptr common)
{
    struct jpeg_trouble *trouble = (struct jpeg_trouble *)common->err;
    longjmp(trouble->back, 1);
}

static void set_sampling(struct jpeg_compress_struct *jpeg, int subsampling)
{
    jpeg->comp_info[0].h_samp_factor = subsampling == 444 ? 1 : 2;
    jpeg->comp_info[0].v_samp_factor = subsampling == 420 ? 2 : 1;
    for (int c = 1; c < 3; c++)
        jpeg->comp_info[c].h_samp_factor = jpeg->comp_info[c].v_samp_factor = 1;
}

static void write_jpeg_rows(struct jpeg_compress_struct *jpeg, FILE *file,
                            const uint16_t *samples, const struct scene *scene,
                            const struct profile *profile, unsigned char *row)
{
    const size_t n = (size_t)scene->camera.width * 3;
    jpeg_create_compress(jpeg);
    jpeg_stdio_dest(jpeg, file);
    jpeg->image_width = (JDIMENSION)scene->camera.width;
    jpeg->image_height = (JDIMENSION)scene->camera.height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg->dct_method = JDCT_ISLOW;
    jpeg->optimize_coding = TRUE;
    jpeg_set_quality(jpeg, scene->output.quality, TRUE);
    set_sampling(jpeg, scene->output.subsampling);
    jpeg_start_compress(jpeg, TRUE);
    if (profile->bytes)
        jpeg_write_icc_profile(jpeg, profile->bytes, profile->size);
    else
        jpeg_write_marker(jpeg, JPEG_APP0 + 1, exif, sizeof(exif));
    while (jpeg->next_scanline < jpeg->image_height) {
        const uint16_t *from = samples + (size_t)jpeg->next_scanline * n;
        for (size_t i = 0; i < n; i++)
            row[i] = (unsigned char)from[i];
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(jpeg, rows, 1);
    }
    jpeg_finish_compress(jpeg);
}

static bool write_jpeg(FILE *file, const uint16_t *samples,
                       const struct scene *scene, const struct profile *profile,
                       unsigned char *row)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_trouble trouble;
    memset(&jpeg, 0, sizeof(jpeg));
    jpeg.err = jpeg_std_error(&trouble.base);
    trouble.base.error_exit = jpeg_failed;
    if (setjmp(trouble.back)) {
        jpeg_destroy_compress(&jpeg);
        return false;
    }
    write_jpeg_rows(&jpeg, file, samples, scene, profile, row);
    jpeg_destroy_compress(&jpeg);
    return true;
}

/* ---- PNG ----------------------------------------------------------------- */

static void pack_row(unsigned char *row, const uint16_t *from, size_t n,
                     int bits)
{
    for (size_t i = 0; i < n; i++) {
        if (bits == 8) {
            row[i] = (unsigned char)from[i];
        } else {
            row[2 * i] = (unsigned char)(from[i] >> 8);
            row[2 * i + 1] = (unsigned char)(from[i] & 255);
        }
    }
}

static void write_png_rows(png_structp png, png_infop info, FILE *file,
                           const uint16_t *samples, const struct scene *scene,
                           const struct profile *profile, unsigned char *row)
{
    const size_t n = (size_t)scene->camera.width * 3;
    png_init_io(png, file);
    png_set_compression_level(png, 3);
    png_set_IHDR(png, info, (png_uint_32)scene->camera.width,
                 (png_uint_32)scene->camera.height, scene->output.bits,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (profile->bytes)
        png_set_iCCP(png, info, "Display P3", PNG_COMPRESSION_TYPE_BASE,
                     profile->bytes, profile->size);
    else
        png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_write_info(png, info);
    for (int y = 0; y < scene->camera.height; y++) {
        pack_row(row, samples + (size_t)y * n, n, scene->output.bits);
        png_write_row(png, row);
    }
    png_write_end(png, info);
}

static bool write_png(FILE *file, const uint16_t *samples,
                      const struct scene *scene, const struct profile *profile,
                      unsigned char *row)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    write_png_rows(png, info, file, samples, scene, profile, row);
    png_destroy_write_struct(&png, &info);
    return true;
}

static bool write_grey(FILE *file, const uint16_t *codes, int width, int height,
                       unsigned char *row)
{
    png_structp png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, file);
    png_set_compression_level(png, 3);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, 16,
                 PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < height; y++) {
        pack_row(row, codes + (size_t)y * (size_t)width, (size_t)width, 16);
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return true;
}

cutis_status ct_grey_write(const char *path, const uint16_t *codes, int width,
                           int height, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    unsigned char *row = ct_alloc(&tools->memory, (size_t)width, 2);
    if (!row)
        return ct_no_memory(tools);
    FILE *file = fopen(path, "wb");
    const bool written = file && write_grey(file, codes, width, height, row);
    const bool closed = file && fclose(file) == 0;
    if (!written || !closed)
        status = ct_fail(tools, CUTIS_ERROR_IO, "%s cannot be written: %s",
                         path, strerror(errno));
    ct_free(row);
    return status;
}

cutis_status ct_picture_write(const char *path, const uint16_t *samples,
                              const struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct profile profile = {0};
    FILE *file = NULL;
    unsigned char *row =
        ct_alloc(&tools->memory, (size_t)scene->camera.width, 6);
    if (!row) {
        status = ct_no_memory(tools);
        goto done;
    }
    if (scene->output.display_p3)
        TRY(make_p3(&profile, tools));

    file = fopen(path, "wb");
    const bool written =
        file && (scene->output.kind == CT_FILE_JPEG
                     ? write_jpeg(file, samples, scene, &profile, row)
                     : write_png(file, samples, scene, &profile, row));
    const bool closed = file && fclose(file) == 0;
    if (!written || !closed)
        status = ct_fail(tools, CUTIS_ERROR_IO, "%s cannot be written: %s",
                         path, strerror(errno));
done:
    ct_free(profile.bytes);
    ct_free(row);
    return status;
}
