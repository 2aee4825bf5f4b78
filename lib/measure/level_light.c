/* SPDX-License-Identifier: BSD-2-Clause */

/* The light of a level's pixels: means of the working pixels that take part. */

#include <string.h>

#include "measure/level.h"

/* Sums over pixels of a level, those of light where the result will be. */
struct light_sums {
    float *light[3];
    float count[CT_RUN];
    uint8_t wanted[CT_RUN]; /* of each working column: which bit of its pixels
                               makes them take part */
};

/* Adds of n boxes of `factor` values each those that take part, in order;
 * `factor` is a constant where this is called. */
static inline void add_boxes(float *restrict sum, const float *restrict v,
                             const float *restrict part, int n, int factor)
{
    for (int i = 0; i < factor; i++)
        for (int x = 0; x < n; x++)
            sum[x] += part[x * factor + i] * v[x * factor + i];
}

static void add_parts(float *sum, const float *v, const float *part, int n,
                      int factor)
{
    if (factor == 1)
        add_boxes(sum, v, part, n, 1);
    else if (factor == 2)
        add_boxes(sum, v, part, n, 2);
    else if (factor == 4)
        add_boxes(sum, v, part, n, 4);
    else
        add_boxes(sum, v, part, n, factor);
}

/* Adds a working row's part in `boxes` pixels from the working column on. */
static void add_light(struct light_sums *sums, const struct light_run *at,
                      const uint8_t *good, int boxes, int factor)
{
    const float *const light[3] = {at->red, at->green, at->blue};
    float part[CT_RUN], one[CT_RUN];
    for (int i = 0; i < boxes * factor; i++) {
        part[i] = good[i] & sums->wanted[i] ? 1.0f : 0.0f;
        one[i] = 1.0f;
    }
    for (int c = 0; c < 3; c++)
        add_parts(sums->light[c], light[c], part, boxes, factor);
    add_parts(sums->count, one, part, boxes, factor);
}

/* Which bit makes a box's pixels take part, for `boxes` of them from `from` on;
 * whether any is. */
static bool find_wanted(uint8_t *wanted, const struct level *level, int from,
                        int y, int boxes)
{
    const uint8_t *mask = ct_byte_row(&level->mask, y) + from;
    const uint8_t *glare = ct_byte_row(&level->glare, y) + from;
    const uint8_t use = (uint8_t)level->use;
    const uint8_t dazzled = (uint8_t)(level->use << CT_GLARE_SHIFT);
    const int n = level->factor;
    uint8_t box[CT_RUN], any = 0;

    for (int x = 0; x < boxes; x++) {
        const uint8_t lit = mask[x] ? use : 0;
        box[x] = glare[x] ? dazzled : lit;
        any |= box[x];
    }
    if (n == 1)
        memcpy(wanted, box, (size_t)boxes);
    for (int x = 0; n > 1 && x < boxes; x++)
        for (int i = 0; i < n; i++)
            wanted[x * n + i] = box[x];
    return any;
}

/* Pixels [from, from + boxes) of row y; false if none takes part. */
static bool fill_light(struct light_sums *sums, const struct level *level,
                       const struct skin *skin, int from, int y, int boxes)
{
    const int n = level->factor;
    const bool any = find_wanted(sums->wanted, level, from, y, boxes);
    ct_run_room room;

    memset(sums->count, 0, (size_t)boxes * sizeof(float));
    for (int c = 0; c < 3; c++)
        memset(sums->light[c], 0, (size_t)boxes * sizeof(float));
    for (int v = y * n; any && v < y * n + n; v++) {
        const struct light_run at =
            ct_skin_run(skin, from * n, v, boxes * n, room);
        add_light(sums, &at,
                  ct_byte_row(level->good, v) + (size_t)from * (size_t)n, boxes,
                  n);
    }
    return any;
}

void ct_level_row(const struct level *level, const struct view *view, int y,
                  float *red, float *green, float *blue)
{
    const int step = CT_RUN / level->factor;
    float gain[3];
    for (int c = 0; c < 3; c++)
        gain[c] = view->gain[c] > 0.0 ? (float)view->gain[c] : 1.0f;

    for (int from = 0; from < level->width; from += step) {
        const int boxes =
            level->width - from < step ? level->width - from : step;
        struct light_sums sums;
        sums.light[0] = red + from;
        sums.light[1] = green + from;
        sums.light[2] = blue + from;
        if (!fill_light(&sums, level, view->skin, from, y, boxes))
            continue;
        for (int c = 0; c < 3; c++)
            for (int x = 0; x < boxes; x++) {
                const float n = sums.count[x] > 1.0f ? sums.count[x] : 1.0f;
                sums.light[c][x] = sums.light[c][x] / n * gain[c];
            }
    }
}
