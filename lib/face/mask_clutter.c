/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What lies on skin or hides it: nostrils, hair and beard, glare, and the edges
 * of hard shadows.
 */

#include <math.h>

#include "face/mask.h"

static const double nostril_level = -0.7;

/* Hair: thin dark lines that stand close together. */
static const double line_mm = 0.30;       /* sigma of the line filter */
static const double line_contrast = 0.06; /* ln units, sigma^2 lambda */
/* Rough or grainy skin has lines of its own: those of a hair are this many
 * times as strong as the upper quartile of all lines on this skin. */
static const double over_skin = 2.6;
static const double hair_mm = 2.0;     /* sigma of the density */
static const double hair_share = 0.22; /* of area taken by lines */

/* Glare (method 7), in linear light. */
static const double body_mm = 12.0;
static const float glare_strong = 0.12f, glare_wide = 0.06f;
static const double glare_wide_mm = 3.0;
static const double glare_margin_mm = 0.5;

/* The lamp's shadow of nose or hair. */
static const double shadow_mm = 3.0;
static const double shadow_slope = 0.12; /* ln units per mm */

static void take_out(struct bytes *from, const struct bytes *what)
{
    for (int y = 0; y < from->height; y++)
        for (int x = 0; x < from->width; x++)
            if (ct_byte_row(what, y)[x])
                ct_byte_row(from, y)[x] = 0;
}

/* ---- Nostrils ------------------------------------------------------------ */

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

/* ---- Hair ---------------------------------------------------------------- */

/* Second derivatives of a plane, and what becomes of them. */
struct lines {
    struct plane xx, xy, yy;
    float scale; /* to ln units of depth, positive where dark */
};

static void free_lines(struct lines *lines)
{
    ct_plane_free(&lines->xx);
    ct_plane_free(&lines->xy);
    ct_plane_free(&lines->yy);
}

/* Of optical density, which is high where it is dark. */
static cutis_status fill_lines(struct lines *out, const struct sight *s,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane density = {0};
    const int width = s->out.width, height = s->out.height;
    const double sigma = fmax(line_mm * s->scale, 0.8);
    const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};

    out->scale = (float)(-2.302585 * sigma * sigma);
    TRY(ct_plane_create(&density, width, height, tools));
    TRY(ct_plane_create(&out->xx, width, height, tools));
    TRY(ct_plane_create(&out->xy, width, height, tools));
    TRY(ct_plane_create(&out->yy, width, height, tools));
    for (int y = 0; y < height; y++) {
        tools->kernels->combine3(ct_row(&density, y), ct_row(&s->red, y),
                                 ct_row(&s->green, y), ct_row(&s->blue, y),
                                 luminance, (size_t)width);
        tools->kernels->density(ct_row(&density, y), ct_row(&density, y),
                                (size_t)width);
    }
    const struct jet jet = {.xx = &out->xx, .xy = &out->xy, .yy = &out->yy};
    TRY(ct_gauss_jet(&jet, &density, sigma, tools));
done:
    ct_plane_free(&density);
    return status;
}

/* Depth of a dark line through a pixel; 0 where two directions are alike. */
static float line_depth(const struct lines *l, int x, int y, bool thin)
{
    const float xx = ct_row(&l->xx, y)[x], yy = ct_row(&l->yy, y)[x];
    const float xy = ct_row(&l->xy, y)[x];
    const float mean = (xx + yy) / 2, half = (xx - yy) / 2;
    const float root = sqrtf(half * half + xy * xy);
    const float high = (mean - root) * l->scale;
    const float low = (mean + root) * l->scale;
    return !thin || fabsf(low) < 0.7f * high ? high : 0;
}

/* What a hair's depth exceeds on this person's skin. */
static cutis_status hair_depth(double *depth, const struct lines *lines,
                               const struct sight *s, struct tools *tools)
{
    const size_t room = (size_t)s->out.width * (size_t)s->out.height;
    float *const found = ct_alloc_raw(&tools->memory, room, sizeof(*found));
    if (!found)
        return ct_no_memory(tools);
    size_t n = 0;
    for (int y = 0; y < s->seeds.height; y++)
        for (int x = 0; x < s->seeds.width; x++)
            if (ct_byte_row(&s->seeds, y)[x])
                found[n++] = line_depth(lines, x, y, false);
    const double quartile = n ? ct_quantile(found, n, 0.75) : 0;
    *depth = fmax(line_contrast, over_skin * quartile);
    ct_free(found);
    return CUTIS_OK;
}

static cutis_status hair(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct lines lines = {0};
    struct plane share = {0};
    const int width = s->out.width, height = s->out.height;
    double depth = 0;

    TRY(fill_lines(&lines, s, tools));
    TRY(hair_depth(&depth, &lines, s, tools));
    TRY(ct_plane_create(&share, width, height, tools));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            ct_row(&share, y)[x] =
                (double)line_depth(&lines, x, y, true) > depth ? 1.0f : 0;
    TRY(ct_gauss(&share, &share, hair_mm * s->scale, tools));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            if ((double)ct_row(&share, y)[x] > hair_share)
                ct_byte_row(&s->out, y)[x] = 0;
done:
    free_lines(&lines);
    ct_plane_free(&share);
    return status;
}

/* ---- Glare --------------------------------------------------------------- */

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

static float luminance(const float l[3])
{
    return 0.2126729f * l[0] + 0.7151522f * l[1] + 0.0721750f * l[2];
}

/* beta against the colour of the skin around, whose scale does not matter.
 * body[1] receives by how much a pixel is lighter than what is around. */
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
            const float around = luminance(b);
            for (int k = 0; k < 3; k++)
                b[k] = sum > 0 ? b[k] / sum : 0;
            ct_row(beta, y)[x] = surface_part(l, b);
            ct_row(&body[1], y)[x] = luminance(l) - around;
        }
    }
done:
    return status;
}

/* Strong glare, and weaker glare where it is wide (an opening keeps it). */
static cutis_status glare_mask(struct bytes *strong, struct bytes *wide,
                               const struct plane *beta,
                               const struct plane *base,
                               const struct plane *rise, double scale,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (int y = 0; y < beta->height; y++) {
        for (int x = 0; x < beta->width; x++) {
            float delta = ct_row(beta, y)[x] - ct_row(base, y)[x];
            /* Glare adds as much light as its beta says; pale skin does not. */
            if (ct_row(rise, y)[x] < 0.5f * delta)
                delta = 0;
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
    TRY(glare_mask(&strong, &wide, &beta, &body[0], &body[1], s->scale, tools));
    take_out(&s->out, &strong);
done:
    ct_plane_free(&beta);
    for (int k = 0; k < 3; k++)
        ct_plane_free(&body[k]);
    ct_bytes_free(&strong);
    ct_bytes_free(&wide);
    return status;
}

/* ---- Shadows ------------------------------------------------------------- */

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
    TRY(ct_pulse(tools));
    TRY(glare(sight, tools));
    TRY(ct_pulse(tools));
    TRY(shadows(sight, tools));
done:
    return status;
}
