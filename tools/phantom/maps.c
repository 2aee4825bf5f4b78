/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/maps.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "phantom/place.h"
#include "phantom/shade.h"
#include "phantom/view.h"
#include "util/parallel.h"

static const struct layer_kind kinds[CT_L_COUNT] = {
    {"melanin", "ln of a factor", -2.0, 2.0},
    {"blood", "ln of a factor", -3.0, 3.0},
    {"height", "mm", -2.0, 2.0},
    {"specular", "1 = a card's light", 0.0, 2.0},
    {"flakes", "reflectance", 0.0, 0.25},
    {"depth", "mm before the eyes", -200.0, 200.0},
    {"skin", "share", 0.0, 1.0},
    {"region", "index", 0.0, 65535.0}};

const struct layer_kind *ct_layer_kind(enum ct_layer map)
{
    return &kinds[map];
}

struct drawing {
    const struct vista *view;
    const struct shading *shading;
    const struct subject *subject;
    int width, height, scale; /* of the picture; drawn pixels a pixel */
    uint16_t *code[CT_L_COUNT];
};

/* Sums over a pixel: those of the skin, and of all of it. */
struct sum {
    double of[CT_L_COUNT];
    double skin, all;
};

static void add(struct sum *sum, const struct drawing *drawing, int x, int y)
{
    struct seen seen;
    float w[3], rgb[3];
    sum->all += 1.0;
    const uint32_t t = ct_view_at(drawing->view, x, y, w);
    if (t == CT_NO_TRIANGLE || ct_shade_target(drawing->shading, x, y, rgb))
        return;
    ct_shade(drawing->shading, t, w, &seen);
    sum->of[CT_L_SPECULAR] += (double)seen.specular;
    if (!seen.skin || !ct_is_bare(&drawing->subject->marks, seen.rest))
        return;
    sum->skin += 1.0;
    sum->of[CT_L_MELANIN] += (double)seen.place.melanin;
    sum->of[CT_L_BLOOD] += (double)seen.place.blood;
    sum->of[CT_L_HEIGHT] += (double)seen.place.height;
    sum->of[CT_L_FLAKES] += (double)seen.flake;
    const size_t at = (size_t)y * (size_t)drawing->view->width + (size_t)x;
    sum->of[CT_L_DEPTH] += drawing->subject->scene.camera.distance -
                           (double)drawing->view->depth[at];
}

/* In the drawn pixel nearest to the picture's pixel's middle. */
static int region_in(const struct drawing *drawing, int x, int y)
{
    const int half = drawing->scale / 2;
    float w[3];
    const uint32_t t = ct_view_at(drawing->view, x * drawing->scale + half,
                                  y * drawing->scale + half, w);
    const struct mesh *mesh = &drawing->subject->mesh;
    if (t == CT_NO_TRIANGLE || mesh->part[t] != CT_PART_FACE)
        return CT_NO_REGION;
    return ct_region_at(&drawing->subject->skin.regions,
                        ct_interpolate(mesh->rest, mesh->corner[t], w));
}

static void fill_pixel(const struct drawing *drawing, int x, int y)
{
    const int scale = drawing->scale;
    struct sum sum = {.all = 0.0};
    for (int k = 0; k < scale * scale; k++)
        add(&sum, drawing, x * scale + k % scale, y * scale + k / scale);
    for (int m = CT_L_MELANIN; m <= CT_L_DEPTH; m++)
        sum.of[m] /= m == CT_L_SPECULAR ? sum.all : fmax(sum.skin, 1.0);
    sum.of[CT_L_SKIN] = sum.skin / sum.all;
    sum.of[CT_L_REGION] =
        sum.skin > 0.0 ? region_in(drawing, x, y) : CT_NO_REGION;

    const size_t at = (size_t)y * (size_t)drawing->width + (size_t)x;
    for (int m = 0; m < CT_L_COUNT; m++) {
        const double t =
            (sum.of[m] - kinds[m].low) / (kinds[m].high - kinds[m].low);
        drawing->code[m][at] =
            (uint16_t)(fmin(fmax(t, 0.0), 1.0) * 65535.0 + 0.5);
    }
}

static void fill_row(void *context, int y)
{
    const struct drawing *drawing = context;
    for (int x = 0; x < drawing->width; x++)
        fill_pixel(drawing, x, y);
}

static cutis_status write_all(const struct drawing *drawing, const char *prefix,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    char path[2048];
    for (int m = 0; m < CT_L_COUNT; m++) {
        snprintf(path, sizeof(path), "%s%s.png", prefix, kinds[m].name);
        TRY(ct_grey_write(path, drawing->code[m], drawing->width,
                          drawing->height, tools));
    }
done:
    return status;
}

cutis_status ct_maps_write(const struct subject *subject, const char *prefix,
                           struct tools *tools)
{
    const struct camera *camera = &subject->scene.camera;
    const size_t pixels = (size_t)camera->width * (size_t)camera->height;
    cutis_status status = CUTIS_OK;
    struct vista view = {0};
    struct shading *shading = NULL;
    struct drawing drawing = {.view = &view,
                              .subject = subject,
                              .width = camera->width,
                              .height = camera->height,
                              .scale = ct_oversampling(camera)};
    uint16_t *codes =
        ct_alloc_raw(&tools->memory, pixels, CT_L_COUNT * sizeof(*codes));
    if (!codes) {
        status = ct_no_memory(tools);
        goto done;
    }
    for (int m = 0; m < CT_L_COUNT; m++)
        drawing.code[m] = codes + (size_t)m * pixels;
    TRY(ct_view_create(&view, &subject->mesh, camera, drawing.scale, tools));
    TRY(ct_shading_create(&shading, &subject->mesh, &subject->marks,
                          &subject->skin, &subject->scene, &view.optics,
                          tools));
    drawing.shading = shading;
    ct_parallel(tools->threads, drawing.height, fill_row, &drawing);
    TRY(write_all(&drawing, prefix, tools));
done:
    ct_view_free(&view);
    ct_free(shading);
    ct_free(codes);
    return status;
}

/* ---- Light --------------------------------------------------------------- */

/* NumPy's header of version 1.0 is padded to a multiple of 64 bytes. */
enum { HEADER = 128 };

static void make_header(unsigned char header[HEADER], int width, int height)
{
    memset(header, ' ', HEADER);
    memcpy(header, "\x93NUMPY\x01\x00", 8);
    header[8] = HEADER - 10;
    header[9] = 0;
    char text[HEADER - 10];
    const int size = snprintf(
        text, sizeof(text),
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", height,
        width);
    memcpy(header + 10, text, (size_t)size);
    header[HEADER - 1] = '\n';
}

static double luminance(const struct frame *frame, int x, int y, int scale)
{
    static const double share[3] = {0.2126729, 0.7151522, 0.0721750};
    double sum = 0.0;
    for (int k = 0; k < scale * scale; k++) {
        const size_t at =
            (size_t)(y * scale + k / scale) * (size_t)frame->width +
            (size_t)(x * scale + k % scale);
        for (int c = 0; c < 3; c++)
            sum += share[c] * (double)frame->at[c][at];
    }
    return sum / (scale * scale);
}

static bool write_rows(FILE *file, const struct frame *frame,
                       const struct camera *camera, int scale,
                       unsigned char *row)
{
    unsigned char header[HEADER];
    const size_t size = (size_t)camera->width * 4;
    const double gain = exp2(camera->exposure);
    make_header(header, camera->width, camera->height);
    if (fwrite(header, 1, HEADER, file) != HEADER)
        return false;
    for (int y = 0; y < camera->height; y++) {
        for (int x = 0; x < camera->width; x++) {
            const float v = (float)(gain * luminance(frame, x, y, scale));
            uint32_t bits;
            memcpy(&bits, &v, sizeof(bits));
            for (int k = 0; k < 4; k++)
                row[4 * x + k] = (unsigned char)(bits >> 8 * k & 255);
        }
        if (fwrite(row, 1, size, file) != size)
            return false;
    }
    return true;
}

cutis_status ct_clean_write(const struct frame *frame,
                            const struct camera *camera, int scale,
                            const char *path, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    unsigned char *row = ct_alloc(&tools->memory, (size_t)camera->width, 4);
    if (!row)
        return ct_no_memory(tools);
    FILE *file = fopen(path, "wb");
    const bool written = file && write_rows(file, frame, camera, scale, row);
    const bool closed = file && fclose(file) == 0;
    if (!written || !closed)
        status = ct_fail(tools, CUTIS_ERROR_IO, "%s cannot be written: %s",
                         path, strerror(errno));
    ct_free(row);
    return status;
}
