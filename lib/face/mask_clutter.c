/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What lies on skin or hides it: nostrils, hair and beard, glare, and the edges
 * of hard shadows.
 */

#include <math.h>

#include "face/mask.h"

static const double nostril_level = -0.5;

/* Hair: thin dark lines that stand close together. */
static const double line_mm = 0.30;       /* sigma of the line filter */
static const double line_contrast = 0.06; /* ln units, sigma^2 lambda */
static const double hair_mm = 2.0;        /* sigma of the density */
static const double hair_share = 0.22;    /* of area taken by lines */

/* Glare (method 7), in linear light. */
static const double body_mm = 12.0;
static const float glare_strong = 0.12f, glare_wide = 0.06f;
static const double glare_wide_mm = 3.0;
static const double glare_margin_mm = 0.5;

/* The lamp's shadow of nose or hair. */
static const double shadow_mm = 3.0;
static const double shadow_slope = 0.06; /* ln units per mm */

static void take_out(struct bytes *from, const struct bytes *what)
{
    for (int y = 0; y < from->height; y++)
        for (int x = 0; x < from->width; x++)
            if (ct_byte_row(what, y)[x])
                ct_byte_row(from, y)[x] = 0;
}

/* ---- Nostrils
 * ---------------------------------------------------------------- */

static cutis_status nostrils(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct bytes hole = {0};
    struct outline outline;

    TRY(ct_bytes_create(&hole, s->out.width, s->out.height, tools));
    ct_ring_outline(&outline, CT_NOSTRILS, &s->marks);
    TRY(ct_fill(&hole, outline.at, outline.count, 0, 255, tools));
    for (int y = 0; y < hole.height; y++)
        for (int x = 0; x < hole.width; x++)
            if (!((double)ct_row(&s->level, y)[x] < nostril_level))
                ct_byte_row(&hole, y)[x] = 0;
    TRY(ct_dilate(&hole, 1.0 * s->scale, tools));
    take_out(&s->out, &hole);
done:
    ct_bytes_free(&hole);
    return status;
}

/* ---- Hair
 * --------------------------------------------------------------------- */

/* 1 where a thin dark line runs: one large second derivative, one small. */
static float is_line(float xx, float xy, float yy, float scale)
{
    const float mean = (xx + yy) / 2, half = (xx - yy) / 2;
    const float root = sqrtf(half * half + xy * xy);
    const float high = (mean + root) * scale, low = (mean - root) * scale;
    return high > (float)line_contrast && fabsf(low) < 0.7f * high ? 1.0f : 0;
}

static cutis_status hair(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane y_plane = {0}, xx = {0}, xy = {0}, yy = {0};
    const int width = s->out.width, height = s->out.height;
    const double sigma = fmax(line_mm * s->scale, 0.8);
    const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};

    TRY(ct_plane_create(&y_plane, width, height, tools));
    TRY(ct_plane_create(&xx, width, height, tools));
    TRY(ct_plane_create(&xy, width, height, tools));
    TRY(ct_plane_create(&yy, width, height, tools));
    for (int y = 0; y < height; y++) {
        tools->kernels->combine3(ct_row(&y_plane, y), ct_row(&s->red, y),
                                 ct_row(&s->green, y), ct_row(&s->blue, y),
                                 luminance, (size_t)width);
        tools->kernels->density(ct_row(&y_plane, y), ct_row(&y_plane, y),
                                (size_t)width);
    }
    const struct jet jet = {.xx = &xx, .xy = &xy, .yy = &yy};
    TRY(ct_gauss_jet(&jet, &y_plane, sigma, tools));
    /* Density is dark where it is high: a dark line is a ridge of it. */
    const float scale = (float)(-2.302585 * sigma * sigma);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&y_plane, y)[x] = is_line(
                ct_row(&xx, y)[x], ct_row(&xy, y)[x], ct_row(&yy, y)[x], scale);
    TRY(ct_gauss(&y_plane, &y_plane, hair_mm * s->scale, tools));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if ((double)ct_row(&y_plane, y)[x] > hair_share)
                ct_byte_row(&s->out, y)[x] = 0;
done:
    ct_plane_free(&y_plane);
    ct_plane_free(&xx);
    ct_plane_free(&xy);
    ct_plane_free(&yy);
    return status;
}

/* ---- Glare
 * --------------------------------------------------------------------- */

/* beta of L = k b + beta by least squares over the three channels. */
static float surface_part(const float l[3], const float b[3])
{
    const float bb = b[0] * b[0] + b[1] * b[1] + b[2] * b[2];
    const float sb = b[0] + b[1] + b[2];
    const float lb = l[0] * b[0] + l[1] * b[1] + l[2] * b[2];
    const float sl = l[0] + l[1] + l[2];
    const float det = 3 * bb - sb * sb;
    return det > 1e-6f ? (bb * sl - sb * lb) / det : 0;
}

/* body[] = the colour of the skin around; the scale of b does not matter. */
static cutis_status fill_beta(struct plane *beta, struct plane body[3],
                              const struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct plane *const light[3] = {&s->red, &s->green, &s->blue};
    for (int k = 0; k < 3; k++)
        TRY(ct_gauss_masked(&body[k], light[k], &s->out, body_mm * s->scale,
                            true, tools));
    for (int y = 0; y < beta->height; y++) {
        for (int x = 0; x < beta->width; x++) {
            float l[3], b[3];
            for (int k = 0; k < 3; k++) {
                l[k] = ct_row(light[k], y)[x];
                b[k] = ct_row(&body[k], y)[x];
            }
            const float sum = b[0] + b[1] + b[2];
            for (int k = 0; k < 3; k++)
                b[k] = sum > 0 ? b[k] / sum : 0;
            ct_row(beta, y)[x] = surface_part(l, b);
        }
    }
done:
    return status;
}

/* Strong glare, and weaker glare where it is wide (an opening keeps it). */
static cutis_status glare_mask(struct bytes *strong, struct bytes *wide,
                               const struct plane *beta,
                               const struct plane *base, double scale,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (int y = 0; y < beta->height; y++) {
        for (int x = 0; x < beta->width; x++) {
            const float delta = ct_row(beta, y)[x] - ct_row(base, y)[x];
            ct_byte_row(strong, y)[x] = delta > glare_strong ? 255 : 0;
            ct_byte_row(wide, y)[x] = delta > glare_wide ? 255 : 0;
        }
    }
    TRY(ct_erode(wide, glare_wide_mm / 2 * scale, tools));
    TRY(ct_dilate(wide, glare_wide_mm / 2 * scale, tools));
    for (int y = 0; y < beta->height; y++)
        for (int x = 0; x < beta->width; x++)
            ct_byte_row(strong, y)[x] |= ct_byte_row(wide, y)[x];
    TRY(ct_dilate(strong, glare_margin_mm * scale, tools));
done:
    return status;
}

static cutis_status glare(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane beta = {0}, body[3] = {{0}, {0}, {0}};
    struct bytes strong = {0}, wide = {0};
    const int width = s->out.width, height = s->out.height;

    TRY(ct_plane_create(&beta, width, height, tools));
    for (int k = 0; k < 3; k++)
        TRY(ct_plane_create(&body[k], width, height, tools));
    TRY(ct_bytes_create(&strong, width, height, tools));
    TRY(ct_bytes_create(&wide, width, height, tools));
    TRY(fill_beta(&beta, body, s, tools));
    TRY(ct_gauss_masked(&body[0], &beta, &s->out, body_mm * s->scale, true,
                        tools));
    TRY(glare_mask(&strong, &wide, &beta, &body[0], s->scale, tools));
    take_out(&s->out, &strong);
done:
    ct_plane_free(&beta);
    for (int k = 0; k < 3; k++)
        ct_plane_free(&body[k]);
    ct_bytes_free(&strong);
    ct_bytes_free(&wide);
    return status;
}

/* ---- Shadows
 * -------------------------------------------------------------------- */

static cutis_status shadows(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane smooth = {0}, x_slope = {0}, y_slope = {0};
    const int width = s->out.width, height = s->out.height;

    TRY(ct_plane_create(&smooth, width, height, tools));
    TRY(ct_plane_create(&x_slope, width, height, tools));
    TRY(ct_plane_create(&y_slope, width, height, tools));
    TRY(ct_gauss_masked(&smooth, &s->level, &s->out, shadow_mm * s->scale, true,
                        tools));
    const struct jet jet = {.x = &x_slope, .y = &y_slope};
    TRY(ct_gauss_jet(&jet, &smooth, 1.0, tools));
    const double limit = shadow_slope / s->scale;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            const double a = (double)ct_row(&x_slope, y)[x];
            const double b = (double)ct_row(&y_slope, y)[x];
            if (a * a + b * b > limit * limit)
                ct_byte_row(&s->out, y)[x] = 0;
        }
    }
done:
    ct_plane_free(&smooth);
    ct_plane_free(&x_slope);
    ct_plane_free(&y_slope);
    return status;
}

cutis_status ct_mask_clutter(struct sight *sight, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    TRY(nostrils(sight, tools));
    TRY(hair(sight, tools));
    TRY(glare(sight, tools));
    TRY(shadows(sight, tools));
done:
    return status;
}
