/* SPDX-License-Identifier: BSD-2-Clause */

/* The maps of how the photographs fit, in colour on the pale before photograph.
 * The colours keep apart for all kinds of colour vision; where landmarks alone
 * hold the map, it is hatched as well. */

#include <math.h>
#include <string.h>

#include "report/fit.h"

const uint8_t ct_held_colours[CT_HOLDS][3] = {
    [CT_HELD] = {222, 235, 247},
    [CT_HELD_PARTLY] = {120, 170, 215},
    [CT_UNHELD] = {179, 71, 10},
};

/* A map that is held all around, and one that is not at all. */
static const double held_from = 0.9, unheld_below = 0.1;

enum ct_held ct_held_of(double trust)
{
    return trust >= held_from      ? CT_HELD
           : trust >= unheld_below ? CT_HELD_PARTLY
                                   : CT_UNHELD;
}

bool ct_fit_hatched(int x, int y)
{
    return (x + y) % 9 < 3;
}

/* From blue for darker over near white to orange for brighter. */
void ct_fit_light_ramp(uint8_t out[CT_LIGHT_STEPS][3])
{
    static const double ends[2][3] = {{8, 70, 140}, {196, 84, 0}};
    const int middle = CT_LIGHT_STEPS / 2;
    for (int i = 0; i < CT_LIGHT_STEPS; i++) {
        const double *const end = ends[i > middle];
        const double t =
            (i > middle ? i - middle : middle - i) / (1.0 * middle);
        for (int c = 0; c < 3; c++)
            out[i][c] = (uint8_t)(246.0 + t * (end[c] - 246.0) + 0.5);
    }
}

struct drawing {
    const struct page_fit *fit;
    const struct fields *fields;
    uint8_t ramp[CT_RAMP_STEPS][3], light[CT_LIGHT_STEPS][3];
};

static int step_of(double share, int steps)
{
    const double at = share * steps;
    return !(at > 0.0) ? 0 : at < steps ? (int)at : steps - 1;
}

/* The colour of a map at a place; NULL where it says nothing. */
static const uint8_t *colour_at(const struct drawing *d, enum ct_fit map, int x,
                                int y)
{
    static const uint8_t stripe[3] = {255, 255, 255};
    const double moved = (double)ct_row(&d->fields->moved, y)[x];
    if (isnan(moved))
        return NULL;
    if (map == CT_FIT_MOVED)
        return d->ramp[step_of(moved / d->fit->moved_high, CT_RAMP_STEPS)];
    if (map == CT_FIT_TRUST) {
        const enum ct_held held =
            ct_held_of((double)ct_row(&d->fields->trust, y)[x]);
        return held == CT_UNHELD && ct_fit_hatched(x, y)
                   ? stripe
                   : ct_held_colours[held];
    }
    const bool light = map == CT_FIT_LIGHT;
    const struct plane *const of =
        light ? &d->fields->change : &d->fields->blur;
    const double high = light ? d->fit->light_high : d->fit->blur_high;
    const double change = (double)ct_row(of, y)[x];
    return isnan(change)
               ? NULL
               : d->light[step_of(0.5 + 0.5 * change / high, CT_LIGHT_STEPS)];
}

static void draw(uint8_t *out, const struct drawing *d, enum ct_fit map)
{
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++, out += 3) {
            const int grey = ct_byte_row(&d->fields->grey, y)[x];
            const uint8_t *const colour = colour_at(d, map, x, y);
            for (int c = 0; c < 3; c++)
                out[c] = colour ? (uint8_t)((7 * colour[c] + grey) / 8)
                                : (uint8_t)((grey + 255) / 2);
        }
}

cutis_status ct_fit_draw(struct page_fit *out, const struct fields *fields,
                         struct tools *tools)
{
    struct drawing drawing = {.fit = out, .fields = fields};
    cutis_status status = CUTIS_OK;
    uint8_t *const rgb = ct_alloc_raw(&tools->memory, CT_FIT_PIXELS, 3);
    if (!rgb)
        return ct_no_memory(tools);
    ct_ramp(drawing.ramp, CT_MAP_RELIEF);
    ct_fit_light_ramp(drawing.light);
    for (int i = 0; i < CT_FITS && status == CUTIS_OK; i++) {
        if ((i == CT_FIT_LIGHT && isnan(out->light_high)) ||
            (i == CT_FIT_SHARP && isnan(out->blur_high)))
            continue;
        draw(rgb, &drawing, (enum ct_fit)i);
        status = ct_encode_jpeg(&out->map[i], rgb, CT_FIT_WIDTH, CT_FIT_HEIGHT);
    }
    ct_free(rgb);
    return status == CUTIS_OK ? status : ct_no_memory(tools);
}
