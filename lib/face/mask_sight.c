/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The planes that the skin tests look at: colour as two log ratios, which no
 * light level changes, and lightness against its surroundings.
 */

#include <string.h>

#include "face/mask.h"
#include "util/parallel.h"

static const double blur_mm = 0.4;          /* before any logarithm */
static const double surroundings_mm = 25.0; /* what level is relative to */
static const double ln10 = 2.302585092994046;

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* What of a place in the working planes is the same place here. */
static void scale_landmarks(struct sight *out, const struct marks *marks)
{
    out->marks = (struct marks){marks->count, out->at};
    for (int i = 0; i < marks->count; i++) {
        out->at[i].x = marks->at[i].x / out->factor;
        out->at[i].y = marks->at[i].y / out->factor;
    }
}

static cutis_status create_planes(struct sight *out, int width, int height,
                                  struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane *const planes[] = {&out->red,  &out->green, &out->blue,
                                    &out->rg,   &out->bg,    &out->light,
                                    &out->level};
    struct bytes *const masks[] = {&out->anatomy, &out->face, &out->seeds,
                                   &out->out};

    for (size_t i = 0; i < sizeof(planes) / sizeof(planes[0]); i++)
        TRY(ct_plane_raw(planes[i], width, height, tools));
    for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++)
        TRY(ct_bytes_create(masks[i], width, height, tools));
done:
    return status;
}

/* dst = -log10 of the smoothed src. */
static cutis_status smooth_density(struct plane *dst, const struct plane *src,
                                   double sigma, struct tools *tools)
{
    const cutis_status status = ct_gauss(dst, src, sigma, tools);
    if (status != CUTIS_OK)
        return status;
    for (int y = 0; y < dst->height; y++)
        tools->kernels->density(ct_row(dst, y), ct_row(dst, y),
                                (size_t)dst->width);
    return CUTIS_OK;
}

/* dst = ln 10 (wa a + wb b), a and b densities. */
static void log_ratio(struct plane *dst, const struct plane *a, float wa,
                      const struct plane *b, float wb, struct tools *tools)
{
    const float weight[4] = {wa * (float)ln10, wb * (float)ln10, 0, 0};
    for (int y = 0; y < dst->height; y++)
        tools->kernels->combine3(ct_row(dst, y), ct_row(a, y), ct_row(b, y),
                                 ct_row(b, y), weight, (size_t)dst->width);
}

/* Colour and lightness after smoothing.  level serves as a scratch plane. */
static cutis_status fill_tone(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double sigma = blur_mm * s->scale;
    const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};

    TRY(smooth_density(&s->rg, &s->red, sigma, tools));
    TRY(smooth_density(&s->level, &s->green, sigma, tools));
    TRY(smooth_density(&s->bg, &s->blue, sigma, tools));
    log_ratio(&s->rg, &s->level, 1, &s->rg, -1, tools);
    log_ratio(&s->bg, &s->level, 1, &s->bg, -1, tools);

    for (int y = 0; y < s->level.height; y++)
        tools->kernels->combine3(ct_row(&s->level, y), ct_row(&s->red, y),
                                 ct_row(&s->green, y), ct_row(&s->blue, y),
                                 luminance, (size_t)s->level.width);
    TRY(smooth_density(&s->light, &s->level, sigma, tools));
    log_ratio(&s->light, &s->light, -1, &s->light, 0, tools);
done:
    return status;
}

cutis_status ct_sight_level(struct sight *s, const struct bytes *skin,
                            struct tools *tools)
{
    const float weight[4] = {1, -1, 0, 0};
    const cutis_status status = ct_gauss_masked(
        &s->level, &s->light, skin, surroundings_mm * s->scale, true, tools);
    if (status != CUTIS_OK)
        return status;
    for (int y = 0; y < s->level.height; y++)
        tools->kernels->combine3(ct_row(&s->level, y), ct_row(&s->light, y),
                                 ct_row(&s->level, y), ct_row(&s->level, y),
                                 weight, (size_t)s->level.width);
    return CUTIS_OK;
}

/* ---- Light, reduced ------------------------------------------------------ */

struct shrinking {
    struct sight *out;
    const struct skin *skin;
};

/* Means over boxes [from, from + boxes) of row y. */
static void shrink_run(const struct shrinking *job, int from, int y, int boxes)
{
    struct sight *const out = job->out;
    const int n = out->factor;
    const double pixels = (double)n * n;
    double sum[CT_RUN][3] = {{0}};

    for (int k = 0; k < n; k++)
        ct_skin_add_boxes(sum, job->skin, from * n, y * n + k, n, boxes);
    for (int x = 0; x < boxes; x++) {
        ct_row(&out->red, y)[from + x] = (float)(sum[x][0] / pixels);
        ct_row(&out->green, y)[from + x] = (float)(sum[x][1] / pixels);
        ct_row(&out->blue, y)[from + x] = (float)(sum[x][2] / pixels);
    }
}

static void shrink_band(void *context, int band)
{
    const struct shrinking *const job = context;
    const int width = job->out->red.width, height = job->out->red.height;
    const int end = least((band + 1) * CT_BAND, height);

    for (int y = band * CT_BAND; y < end; y++)
        for (int x = 0; x < width; x += CT_RUN)
            shrink_run(job, x, y, ct_run_of(x, width));
}

cutis_status ct_sight_create(struct sight *out, const struct face *face,
                             const struct marks *marks, const struct skin *skin,
                             struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    memset(out, 0, sizeof(*out));

    const int width = skin->red.width, height = skin->red.height;
    const double wanted = face->work_scale / CT_MASK_SCALE + 0.5;
    const int most = least(width, height);
    out->factor = wanted < 1 ? 1 : wanted > most ? most : (int)wanted;
    out->scale = face->work_scale / out->factor;
    scale_landmarks(out, marks);

    TRY(create_planes(out, width / out->factor, height / out->factor, tools));
    struct shrinking shrinking = {out, skin};
    TRY(ct_each(tools, (out->red.height + CT_BAND - 1) / CT_BAND, shrink_band,
                &shrinking));
    TRY(fill_tone(out, tools));
    TRY(ct_mask_anatomy(out, tools));
done:
    return status;
}

void ct_sight_free(struct sight *sight)
{
    ct_plane_free(&sight->red);
    ct_plane_free(&sight->green);
    ct_plane_free(&sight->blue);
    ct_plane_free(&sight->rg);
    ct_plane_free(&sight->bg);
    ct_plane_free(&sight->light);
    ct_plane_free(&sight->level);
    ct_bytes_free(&sight->anatomy);
    ct_bytes_free(&sight->face);
    ct_bytes_free(&sight->seeds);
    ct_bytes_free(&sight->out);
}
