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

/* A row of smoothed light becomes what it says of colour and lightness. */
static void tone_row(struct sight *s, int y, const struct tools *tools)
{
    static const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};
    const float ratio[4] = {(float)ln10, -(float)ln10, 0, 0};
    const float log[4] = {-(float)ln10, 0, 0, 0};
    float *const red = ct_row(&s->rg, y), *const green = ct_row(&s->level, y);
    float *const blue = ct_row(&s->bg, y), *const light = ct_row(&s->light, y);
    const size_t n = (size_t)s->rg.width;

    tools->kernels->combine3(light, red, green, blue, luminance, n);
    tools->kernels->density(red, red, n);
    tools->kernels->density(green, green, n);
    tools->kernels->density(blue, blue, n);
    tools->kernels->density(light, light, n);
    tools->kernels->combine3(red, green, red, red, ratio, n);
    tools->kernels->combine3(blue, green, blue, blue, ratio, n);
    tools->kernels->combine3(light, light, light, light, log, n);
}

/* Colour and lightness after smoothing.  level serves as a scratch plane. */
static cutis_status fill_tone(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double sigma = blur_mm * s->scale;

    TRY(ct_gauss(&s->rg, &s->red, sigma, tools));
    TRY(ct_gauss(&s->level, &s->green, sigma, tools));
    TRY(ct_gauss(&s->bg, &s->blue, sigma, tools));
    for (int y = 0; y < s->level.height; y++)
        tone_row(s, y, tools);
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
