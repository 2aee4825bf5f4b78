/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Shows what the face stage makes of photographs: the crop with landmarks,
 * region outlines and the mask (what is no skin is tinted), one PNG each, and
 * lines of figures, each photograph compared with the one before it.
 *
 *     mask_sheet OUT_FOLDER PHOTO...
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "face/mask.h"
#include "match/match.h"

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

static void print_facts(const char *name, const struct face *face,
                        const struct capture *capture)
{
    printf("%-14s %4.1f/%d yaw%5.1f |", name, face->scale, face->factor,
           face->pose.yaw_deg);
    for (int i = 0; i < CT_REGIONS; i++)
        printf(" %3.0f", 100 * capture->coverage[i]);
    printf(" | noise %.2f blur %.3f high %.4f low %.4f Y %.3f ITA %5.1f "
           "dither %.2f mouth %.3f ear %.2f %.2f mar %.2f brow %.3f\n",
           capture->noise_cod, capture->blur_mm, capture->clipped_high,
           capture->clipped_low, capture->median_y, capture->ita,
           capture->chroma_dither, capture->mouth_width, capture->ear_r,
           capture->ear_l, capture->mar, capture->brow_eye);
}

static void print_pair(const struct pair *pair)
{
    printf("%14s scale %.3f residual %.2f %.2f nonrigid %.2f identity %.4f |",
           "pair",
           ct_sqrt(pair->similarity[0] * pair->similarity[0] +
                   pair->similarity[1] * pair->similarity[1]),
           pair->residual_median_mm, pair->residual_p95_mm,
           pair->nonrigid_rms_mm, pair->identity);
    for (int i = 0; i < CT_REGIONS; i++)
        printf(" %3.0f", 100 * pair->coverage[i]);
    printf("\n");
}

/* What has been made of one photograph. */
struct shown {
    struct picture picture;
    struct face face;
    struct skin skin;
};

static void free_shown(struct shown *shown)
{
    ct_skin_free(&shown->skin);
    ct_face_free(&shown->face);
    ct_picture_free(&shown->picture);
    memset(shown, 0, sizeof(*shown));
}

static cutis_status show(struct shown *s, const char *folder, const char *path,
                         struct tools *tools)
{
    struct capture capture;
    cutis_status status = CUTIS_OK;
    const cutis_options limits = CUTIS_OPTIONS_DEFAULT;
    const cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;

    TRY(ct_acquire_file(&s->picture, path, &limits, tools));
    TRY(ct_face_find(&s->face, &s->picture, &options, tools));
    TRY(ct_colour_skin(&s->skin, &s->picture, &s->face, &options, tools));
    TRY(ct_face_mask(&s->face, &s->skin, &s->picture, &options, tools));
    TRY(ct_match_capture(&capture, &s->picture, &s->face, &s->skin, tools));

    const char *const slash = strrchr(path, '/');
    char name[256], out[512];
    snprintf(name, sizeof(name), "%s", slash ? slash + 1 : path);
    if (strrchr(name, '.'))
        *strrchr(name, '.') = 0;
    snprintf(out, sizeof(out), "%s/%s.png", folder, name);
    save(out, &s->face, &s->skin, false);
    snprintf(out, sizeof(out), "%s/%s-bare.png", folder, name);
    save(out, &s->face, &s->skin, true);
    print_facts(name, &s->face, &capture);
done:
    return status;
}

int main(int argc, char **argv)
{
    static struct tools tools;
    static struct shown last, now;
    tools.kernels = ct_kernels_best(CUTIS_ISA_BEST);
    tools.threads = 1;
    printf("%-14s %6s %8s |", "photo", "px/mm", "deg");
    for (int i = 0; i < CT_REGIONS; i++)
        printf(" %s", names[i] + 1);
    printf("\n");
    for (int i = 2; i < argc; i++) {
        struct pair pair = {0};
        tools.sentence[0] = 0;
        if (show(&now, argv[1], argv[i], &tools) != CUTIS_OK)
            printf("%s: %s\n", argv[i], tools.sentence);
        else if (last.face.mm2 && ct_match(&pair, &last.face, &now.face, NULL,
                                           &tools) == CUTIS_OK)
            print_pair(&pair);
        ct_pair_free(&pair);
        free_shown(&last);
        last = now;
        memset(&now, 0, sizeof(now));
    }
    free_shown(&last);
    return 0;
}
