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
    const int width = from->width;
    for (int y = 0; y < from->height; y++) {
        const uint8_t *const out = ct_byte_row(what, y);
        uint8_t *const row = ct_byte_row(from, y);
        for (int x = 0; x < width; x++)
            row[x] = out[x] ? 0 : row[x];
    }
}

/* ---- Nostrils ------------------------------------------------------------ */

static cutis_status nostrils(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const int width = s->out.width;
    struct bytes hole = {0};
    struct outline outline;

    TRY(ct_bytes_create(&hole, width, s->out.height, tools));
    ct_ring_outline(&outline, CT_NOSTRILS, &s->marks);
    TRY(ct_fill(&hole, outline.at, outline.count, 0, 255, tools));
    for (int y = 0; y < hole.height; y++) {
        const float *const level = ct_row(&s->level, y);
        uint8_t *const row = ct_byte_row(&hole, y);
        for (int x = 0; x < width; x++)
            row[x] = (double)level[x] < nostril_level ? row[x] : 0;
    }
    TRY(ct_mask_dilate(&hole, 1.0 * s->scale, tools));
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
    TRY(ct_plane_raw(&density, width, height, tools));
    TRY(ct_plane_raw(&out->xx, width, height, tools));
    TRY(ct_plane_raw(&out->xy, width, height, tools));
    TRY(ct_plane_raw(&out->yy, width, height, tools));
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

/* How much darker a pixel is than what lies beside a line through it, across
 * the line and along it: both curvatures of the density. */
struct depths {
    float across, along;
};

static inline struct depths depths_of(float xx, float xy, float yy, float scale)
{
    const float mean = (xx + yy) / 2, half = (xx - yy) / 2;
    const float root = sqrtf(half * half + xy * xy);
    return (struct depths){(mean - root) * scale, (mean + root) * scale};
}

/* Depths of dark lines through the pixels of a row. */
static void line_depths(float *restrict out, const struct lines *l, int y)
{
    const float *const xx = ct_row(&l->xx, y), *const yy = ct_row(&l->yy, y);
    const float *const xy = ct_row(&l->xy, y);
    const float scale = l->scale;
    const int width = l->xx.width;
    for (int x = 0; x < width; x++)
        out[x] = depths_of(xx[x], xy[x], yy[x], scale).across;
}

/* 1 where a line is deeper than `depth` and not as deep across, else 0. */
static void mark_lines(float *restrict out, const struct lines *l, int y,
                       double depth)
{
    const float *const xx = ct_row(&l->xx, y), *const yy = ct_row(&l->yy, y);
    const float *const xy = ct_row(&l->xy, y);
    const float scale = l->scale;
    const int width = l->xx.width;
    for (int x = 0; x < width; x++) {
        const struct depths d = depths_of(xx[x], xy[x], yy[x], scale);
        const bool thin = fabsf(d.along) < 0.7f * d.across;
        out[x] = (thin & ((double)d.across > depth)) ? 1.0f : 0.0f;
    }
}

/* What a hair's depth exceeds on this person's skin. */
static cutis_status hair_depth(double *depth, const struct lines *lines,
                               const struct sight *s, struct plane *scratch,
                               struct tools *tools)
{
    const size_t room = (size_t)s->out.width * (size_t)s->out.height;
    float *const found = ct_alloc_raw(&tools->memory, room, sizeof(*found));
    if (!found)
        return ct_no_memory(tools);
    size_t n = 0;
    for (int y = 0; y < s->seeds.height; y++) {
        const uint8_t *const seed = ct_byte_row(&s->seeds, y);
        float *const row = ct_row(scratch, y);
        line_depths(row, lines, y);
        for (int x = 0; x < s->seeds.width; x++)
            if (seed[x])
                found[n++] = row[x];
    }
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
    TRY(ct_plane_raw(&share, width, height, tools));
    TRY(hair_depth(&depth, &lines, s, &share, tools));
    for (int y = 0; y < height; y++)
        mark_lines(ct_row(&share, y), &lines, y, depth);
    TRY(ct_gauss(&share, &share, hair_mm * s->scale, tools));
    for (int y = 0; y < height; y++) {
        const float *const row = ct_row(&share, y);
        uint8_t *const out = ct_byte_row(&s->out, y);
        for (int x = 0; x < width; x++)
            out[x] = (double)row[x] > hair_share ? 0 : out[x];
    }
done:
    free_lines(&lines);
    ct_plane_free(&share);
    return status;
}

/* ---- Glare --------------------------------------------------------------- */

static float luminance(float red, float green, float blue)
{
    return 0.2126729f * red + 0.7151522f * green + 0.0721750f * blue;
}

/*
 * A row: beta of L = k b + beta by least squares over the three channels, b
 * being the colour around, of sum 1; and into its green by how much a pixel is
 * lighter than that.
 */
static void beta_row(float *restrict beta, const float *const light[3],
                     const float *restrict red, float *restrict green,
                     const float *restrict blue, int n)
{
    const float *const r = light[0], *const g = light[1], *const b = light[2];
    for (int x = 0; x < n; x++) {
        const float all = red[x] + green[x] + blue[x];
        const float around = luminance(red[x], green[x], blue[x]);
        const float red_share = red[x] / all, green_share = green[x] / all;
        const float blue_share = blue[x] / all;
        const float u = all > 0 ? red_share : 0.0f;
        const float v = all > 0 ? green_share : 0.0f;
        const float w = all > 0 ? blue_share : 0.0f;
        const float bb = u * u + v * v + w * w, sb = u + v + w;
        const float lb = r[x] * u + g[x] * v + b[x] * w;
        const float sl = r[x] + g[x] + b[x];
        const float det = 3 * bb - sb * sb;
        const float part = (bb * sl - sb * lb) / det;
        beta[x] = det > 1e-6f ? part : 0.0f;
        green[x] = luminance(r[x], g[x], b[x]) - around;
    }
}

/* beta against the colour of the skin around, whose scale does not matter.
 * body[1] receives by how much a pixel is lighter than what is around. */
static cutis_status fill_beta(struct plane *beta, struct plane body[3],
                              const struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct plane *const light[3] = {&s->red, &s->green, &s->blue};
    for (int k = 0; k < 3; k++)
        TRY(ct_around(&body[k], light[k], &s->out, body_mm * s->scale, tools));
    for (int y = 0; y < beta->height; y++) {
        const float *const row[3] = {ct_row(light[0], y), ct_row(light[1], y),
                                     ct_row(light[2], y)};
        beta_row(ct_row(beta, y), row, ct_row(&body[0], y), ct_row(&body[1], y),
                 ct_row(&body[2], y), beta->width);
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
    const int width = beta->width;
    for (int y = 0; y < beta->height; y++) {
        const float *const here = ct_row(beta, y), *const usual =
                                                       ct_row(base, y);
        const float *const more = ct_row(rise, y);
        uint8_t *const high = ct_byte_row(strong, y);
        uint8_t *const low = ct_byte_row(wide, y);
        for (int x = 0; x < width; x++) {
            const float seen = here[x] - usual[x];
            /* Glare adds as much light as its beta says; pale skin does not. */
            const bool pale = more[x] < 0.5f * seen;
            high[x] = (!pale & (seen > glare_strong)) ? 255 : 0;
            low[x] = (!pale & (seen > glare_wide)) ? 255 : 0;
        }
    }
    TRY(ct_mask_erode(wide, glare_wide_mm / 2 * scale, tools));
    TRY(ct_mask_dilate(wide, glare_wide_mm / 2 * scale, tools));
    for (int y = 0; y < beta->height; y++) {
        const uint8_t *const from = ct_byte_row(wide, y);
        uint8_t *const to = ct_byte_row(strong, y);
        for (int x = 0; x < width; x++)
            to[x] |= from[x];
    }
    TRY(ct_mask_dilate(strong, glare_margin_mm * scale, tools));
done:
    return status;
}

static cutis_status glare(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane beta = {0}, body[3] = {{0}, {0}, {0}};
    struct bytes strong = {0}, wide = {0};
    const int width = s->out.width, height = s->out.height;

    TRY(ct_plane_raw(&beta, width, height, tools));
    for (int k = 0; k < 3; k++)
        TRY(ct_plane_raw(&body[k], width, height, tools));
    TRY(ct_bytes_raw(&strong, width, height, tools));
    TRY(ct_bytes_raw(&wide, width, height, tools));
    TRY(fill_beta(&beta, body, s, tools));
    TRY(ct_around(&body[0], &beta, &s->out, body_mm * s->scale, tools));
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

/* Takes out what of a row has a steep slope, from what lies STEP pixels to
 * either side; beyond the border it goes on as at it. */
static void take_out_steep(struct bytes *from, const struct plane *smooth,
                           int y, double limit)
{
    enum { STEP = 2 };
    const int width = smooth->width, last = smooth->height - 1;
    const float *const row = ct_row(smooth, y);
    const float *const above = ct_row(smooth, y > STEP ? y - STEP : 0);
    const float *const below =
        ct_row(smooth, last - y > STEP ? y + STEP : last);
    const float most = (float)(limit * limit * (4 * STEP * STEP));
    uint8_t *const out = ct_byte_row(from, y);

    for (int x = 0; x < width; x++) {
        const int left = x > STEP ? x - STEP : 0;
        const int right = width - 1 - x > STEP ? x + STEP : width - 1;
        const float a = row[right] - row[left], b = below[x] - above[x];
        out[x] = a * a + b * b > most ? 0 : out[x];
    }
}

static cutis_status shadows(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane smooth = {0};

    TRY(ct_plane_raw(&smooth, s->out.width, s->out.height, tools));
    TRY(ct_around(&smooth, &s->level, &s->out, shadow_mm * s->scale, tools));
    for (int y = 0; y < smooth.height; y++)
        take_out_steep(&s->out, &smooth, y, shadow_slope / s->scale);
done:
    ct_plane_free(&smooth);
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
