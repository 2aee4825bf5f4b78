/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Shows what the face stage makes of photographs: the crop with landmarks,
 * region outlines and the mask (what is no skin is tinted), one PNG each, and a
 * line of coverages.
 *
 *     mask_sheet OUT_FOLDER PHOTO...
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "face/mask.h"

static const char *const names[CT_REGIONS] = {
    "fore", "glab", "nose", "chkR", "chkL", "crwR", "crwL", "infR",
    "infL", "uppr", "lowr", "chin", "jawR", "jawL", "face"};

static uint8_t encode(float linear)
{
    const double v = linear < 0 ? 0 : linear > 1 ? 1 : (double)linear;
    const double s =
        v <= 0.0031308 ? 12.92 * v : 1.055 * ct_pow(v, 1 / 2.4) - 0.055;
    return (uint8_t)(255 * s + 0.5);
}

static void paint(uint8_t *pixel, const struct face *face,
                  const struct skin *skin, int x, int y)
{
    const bool valid = ct_byte_row(&face->skin, y)[x] != 0;
    const uint8_t *const row = ct_byte_row(&face->region, y);
    const bool edge = (x && row[x - 1] != row[x]) ||
                      (y && ct_byte_row(&face->region, y - 1)[x] != row[x]);
    pixel[0] = encode(ct_row(&skin->red, y)[x]);
    pixel[1] = encode(ct_row(&skin->green, y)[x]);
    pixel[2] = encode(ct_row(&skin->blue, y)[x]);
    if (!valid) {
        pixel[0] = (uint8_t)(pixel[0] / 2);
        pixel[1] = (uint8_t)(pixel[1] / 2);
        pixel[2] = (uint8_t)(pixel[2] / 2 + 120);
    }
    if (edge) {
        pixel[0] = 255;
        pixel[1] = 255;
        pixel[2] = 0;
    }
}

static void save(const char *path, const struct face *face,
                 const struct skin *skin, bool bare)
{
    const int width = face->skin.width, height = face->skin.height;
    uint8_t *const pixels = calloc((size_t)width * (size_t)height, 3);
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)width,
                       .height = (png_uint_32)height,
                       .format = PNG_FORMAT_RGB};
    if (!pixels)
        return;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint8_t *const p =
                pixels + 3 * ((size_t)y * (size_t)width + (size_t)x);
            paint(p, face, skin, x, y);
            for (int k = 0; bare && k < 3; k++)
                p[k] = encode(ct_row(k == 0   ? &skin->red
                                     : k == 1 ? &skin->green
                                              : &skin->blue,
                                     y)[x]);
        }
    for (int i = 0; !bare && i < face->point_count; i++) {
        const cutis_point p = ct_to_work(face, face->points[i]);
        if (p.x >= 0 && p.y >= 0 && p.x < width && p.y < height)
            memcpy(pixels + 3 * ((size_t)p.y * (size_t)width + (size_t)p.x),
                   (uint8_t[3]){0, 255, 0}, 3);
    }
    png_image_write_to_file(&image, path, 0, pixels, 0, NULL);
    free(pixels);
}

static void print_coverage(const char *name, const struct face *face)
{
    double valid[CT_REGIONS] = {0};
    for (int y = 0; y < face->skin.height; y++)
        for (int x = 0; x < face->skin.width; x++) {
            const int region = ct_byte_row(&face->region, y)[x];
            const size_t i = (size_t)y * (size_t)face->skin.width + (size_t)x;
            if (region == CT_NO_REGION || !ct_byte_row(&face->skin, y)[x])
                continue;
            const double mm2 = (double)face->mm2[face->triangle[i]];
            valid[region] += mm2;
            if (region != CT_FACE_REGION)
                valid[CT_FACE_REGION] += mm2;
        }
    printf("%-16s %4.1f/%d yaw%5.1f", name, face->scale, face->factor,
           face->pose.yaw_deg);
    for (int i = 0; i < CT_REGIONS; i++)
        printf(" %3.0f", 100 * valid[i] / face->region_area_mm2[i]);
    printf(" %5.0f cm2\n", valid[CT_FACE_REGION] / 100);
}

static cutis_status show(const char *folder, const char *path,
                         struct tools *tools)
{
    static struct picture picture;
    static struct face face;
    static struct skin skin;
    cutis_status status = CUTIS_OK;
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    memset(&picture, 0, sizeof(picture));
    memset(&face, 0, sizeof(face));
    memset(&skin, 0, sizeof(skin));

    TRY(ct_acquire_file(&picture, path, &limits, tools));
    TRY(ct_face_find(&face, &picture, &options, tools));
    TRY(ct_colour_skin(&skin, &picture, &face, &options, tools));
    TRY(ct_face_mask(&face, &skin, &picture, &options, tools));

    const char *const slash = strrchr(path, '/');
    char name[256], out[512];
    snprintf(name, sizeof(name), "%s", slash ? slash + 1 : path);
    if (strrchr(name, '.'))
        *strrchr(name, '.') = 0;
    snprintf(out, sizeof(out), "%s/%s.png", folder, name);
    save(out, &face, &skin, false);
    snprintf(out, sizeof(out), "%s/%s-bare.png", folder, name);
    save(out, &face, &skin, true);
    print_coverage(name, &face);
done:
    ct_skin_free(&skin);
    ct_face_free(&face);
    ct_picture_free(&picture);
    return status;
}

int main(int argc, char **argv)
{
    static struct tools tools;
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    printf("%-16s %6s %8s", "photo", "px/mm", "deg");
    for (int i = 0; i < CT_REGIONS; i++)
        printf(" %s", names[i] + 1);
    printf("\n");
    for (int i = 2; i < argc; i++) {
        tools.sentence[0] = 0;
        const cutis_status status = show(argv[1], argv[i], &tools);
        if (status != CUTIS_OK)
            printf("%s: %s\n", argv[i], tools.sentence);
    }
    return 0;
}
