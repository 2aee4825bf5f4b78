/* SPDX-License-Identifier: BSD-2-Clause */

/* A Gaussian blur of light under a mask, narrow as often as not. */

#include <string.h>

#include "measure/measure.h"

/* ---- Narrow -------------------------------------------------------------- */

/*
 * Three taps of exactly that variance: a sampled Gaussian so narrow has less
 * than it says.  Rows are read once: three of them, softened along x, are kept
 * for what is softened along y, and nothing is done left, right, above or below
 * of the mask.
 */
struct narrow {
    struct plane *light;
    const struct bytes *mask;
    float side;            /* what either neighbour weighs */
    int first, end;        /* columns that hold the mask, and one more */
    float *value, *weight; /* rings of three rows */
    float *padded[2];      /* a row of each with its ends repeated */
};

/* The columns that the mask lies in; false if there is none. */
static bool find_columns(struct narrow *n)
{
    const int width = n->mask->width;
    int first = width, end = 0;
    for (int y = 0; y < n->mask->height; y++) {
        const uint8_t *row = ct_byte_row(n->mask, y);
        for (int x = 0; x < first; x++)
            first = row[x] ? x : first;
        for (int x = width; x > end; x--)
            end = row[x - 1] ? x : end;
    }
    n->first = first > 0 ? first - 1 : 0;
    n->end = end < width ? end + 1 : width;
    return first < end;
}

static void along(float *restrict to, const float *restrict padded, float side,
                  int count)
{
    for (int x = 0; x < count; x++) {
        const float here = padded[x + 1];
        to[x] = here + side * ((padded[x] - here) + (padded[x + 2] - here));
    }
}

/* Row y along x, into its place in the rings. */
static void soften_row(const struct narrow *n, int y,
                       const struct kernels *kernels)
{
    const int count = n->end - n->first;
    const size_t place = (size_t)(y % 3) * (size_t)n->light->width;
    float *const v = n->padded[0], *const w = n->padded[1];
    kernels->weigh(v + 1, w + 1, ct_row(n->light, y) + n->first,
                   ct_byte_row(n->mask, y) + n->first, 0.0f, (size_t)count);
    v[0] = v[1];
    w[0] = w[1];
    v[count + 1] = v[count];
    w[count + 1] = w[count];
    along(n->value + place, v, n->side, count);
    along(n->weight + place, w, n->side, count);
}

/* Row y of the result, from its row of the ring and those around. */
static void finish_row(const struct narrow *n, int y)
{
    const size_t width = (size_t)n->light->width;
    const int last = n->light->height - 1;
    const size_t above = (size_t)((y > 0 ? y - 1 : y) % 3) * width;
    const size_t here = (size_t)(y % 3) * width;
    const size_t below = (size_t)((y < last ? y + 1 : y) % 3) * width;
    const float *const va = n->value + above, *const v = n->value + here;
    const float *const vb = n->value + below, *const wa = n->weight + above;
    const float *const w = n->weight + here, *const wb = n->weight + below;
    const uint8_t *const inside = ct_byte_row(n->mask, y) + n->first;
    float *const out = ct_row(n->light, y);
    const float side = n->side;

    for (int x = 0; x < n->end - n->first; x++) {
        const float value = v[x] + side * ((va[x] - v[x]) + (vb[x] - v[x]));
        const float weight = w[x] + side * ((wa[x] - w[x]) + (wb[x] - w[x]));
        const float mean = value / weight;
        out[n->first + x] = inside[x] ? mean : 0.0f;
    }
    memset(out, 0, (size_t)n->first * sizeof(*out));
    memset(out + n->end, 0, (width - (size_t)n->end) * sizeof(*out));
}

static cutis_status soften_narrow(struct plane *light, const struct bytes *mask,
                                  double sigma, struct tools *tools)
{
    const size_t width = (size_t)light->width;
    const int height = light->height;
    cutis_status status = CUTIS_OK;
    struct narrow n = {
        .light = light, .mask = mask, .side = (float)(0.5 * sigma * sigma)};
    float *const room =
        ct_alloc_raw(&tools->memory, 8 * width + 4, sizeof(*room));
    if (!room)
        return ct_no_memory(tools);
    n.value = room;
    n.weight = room + 3 * width;
    n.padded[0] = room + 6 * width;
    n.padded[1] = n.padded[0] + width + 2;

    const bool any = find_columns(&n);
    for (int y = 0; y < height && !any; y++)
        memset(ct_row(light, y), 0, width * sizeof(float));
    for (int y = 0; y < height && any; y++) {
        if (y == 0)
            soften_row(&n, 0, tools->kernels);
        if (y + 1 < height)
            soften_row(&n, y + 1, tools->kernels);
        finish_row(&n, y);
        if (y % 256 == 0)
            TRY(ct_pulse(tools));
    }

done:
    ct_free(room);
    return status;
}

/* ---- Any ----------------------------------------------------------------- */

cutis_status ct_soften(struct plane *light, const struct bytes *mask,
                       double sigma, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane weight = {0};
    if (!(sigma > 0.0))
        return CUTIS_OK;
    if (sigma < 0.7)
        return soften_narrow(light, mask, sigma, tools);

    TRY(ct_plane_raw(&weight, light->width, light->height, tools));
    for (int y = 0; y < light->height; y++)
        tools->kernels->weigh(ct_row(light, y), ct_row(&weight, y),
                              ct_row(light, y), ct_byte_row(mask, y), 0.0f,
                              (size_t)light->width);
    TRY(ct_pulse(tools));
    TRY(ct_gauss(light, light, sigma, tools));
    TRY(ct_gauss(&weight, &weight, sigma, tools));
    TRY(ct_pulse(tools));
    for (int y = 0; y < light->height; y++) {
        const uint8_t *inside = ct_byte_row(mask, y);
        const float *w = ct_row(&weight, y);
        float *v = ct_row(light, y);
        for (int x = 0; x < light->width; x++)
            v[x] = inside[x] ? v[x] / w[x] : 0.0f;
    }

done:
    ct_plane_free(&weight);
    return status;
}
