/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A coarse plane at every pixel of a finer one, row by row: what ct_between()
 * gives in each place, to the bit.  Where the columns lie is worked out once,
 * and two rows of the coarse plane, stretched, serve every row between them.
 */

#include "measure/measure.h"

/* Where pixel `i` of the finer plane lies among `count` of the coarse one. */
static double place_of(const struct spacing *p, int i, int count)
{
    const double at = ((i + p->half) * p->times / p->over - p->half) / p->step;
    const double last = count - 1;
    return at < 0.0 ? 0.0 : at > last ? last : at;
}

cutis_status ct_stretch_create(struct stretch *out, const struct plane *from,
                               const struct spacing *places, int width,
                               struct tools *tools)
{
    const size_t n = (size_t)width;
    *out = (struct stretch){
        .from = from, .places = *places, .width = width, .held = {-1, -1}};
    out->left = ct_alloc_raw(&tools->memory, n, sizeof(*out->left));
    out->share = ct_alloc_raw(&tools->memory, 4 * n, sizeof(*out->share));
    if (!out->left || !out->share) {
        ct_stretch_free(out);
        return ct_no_memory(tools);
    }
    for (int i = 0; i < 3; i++)
        out->row[i] = out->share + (size_t)(i + 1) * n;
    for (int x = 0; x < width; x++) {
        const double at = place_of(places, x, from->width);
        out->left[x] = (int)at;
        out->share[x] = (float)(at - out->left[x]);
    }
    return CUTIS_OK;
}

void ct_stretch_free(struct stretch *stretch)
{
    ct_free(stretch->left);
    ct_free(stretch->share);
    *stretch = (struct stretch){0};
}

/* Row j of the coarse plane, stretched; it stays until j + 2 is. */
static const float *stretched(struct stretch *s, int j)
{
    float *const out = s->row[j % 2];
    if (s->held[j % 2] == j)
        return out;
    const float *const row = ct_row(s->from, j);
    const int last = s->from->width - 1;
    for (int x = 0; x < s->width; x++) {
        const int left = s->left[x], right = left < last ? left + 1 : left;
        out[x] = row[left] + s->share[x] * (row[right] - row[left]);
    }
    s->held[j % 2] = j;
    return out;
}

const float *ct_stretch_row(struct stretch *s, int y)
{
    const double at = place_of(&s->places, y, s->from->height);
    const int j = (int)at;
    const float share = (float)(at - j);
    const float *const a = stretched(s, j);
    const float *const b = stretched(s, j + 1 < s->from->height ? j + 1 : j);
    float *const out = s->row[2];
    for (int x = 0; x < s->width; x++)
        out[x] = a[x] + share * (b[x] - a[x]);
    return out;
}
