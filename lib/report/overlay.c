/* SPDX-License-Identifier: BSD-2-Clause */

/* What is laid over the photographs: heat maps of the readings. */

#include <math.h>
#include <string.h>

#include "report/report.h"

enum { SAMPLE = 1 << 18 }; /* values that a scale is made of, at most */

/* ---- Values -------------------------------------------------------------- */

/* Redness without a neutral in the photograph is shown as it is measured:
 * above the paler skin of the same photograph. */
static bool from_own_base(const struct report *report, enum ct_map map)
{
    const char *const form =
        report->before->readings->of[CT_REDNESS][CT_FACE_REGION].name;
    return map == CT_MAP_H && !(form && !strcmp(form, "H"));
}

/* Every so many-th value of a map, without its gaps. */
static size_t gather(float *into, size_t room, const struct plane *map)
{
    const size_t all = (size_t)map->width * (size_t)map->height;
    const int step = 1 + (int)sqrt((double)(all / room));
    size_t n = 0;
    for (int y = 0; y < map->height; y += step)
        for (int x = 0; x < map->width; x += step) {
            const float value = ct_row(map, y)[x];
            if (!isnan(value) && n < room)
                into[n++] = value;
        }
    return n;
}

/* The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten. */
static double round_up(double value)
{
    static const double steps[] = {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0};
    if (!(value > 0.0 && value < 1e12))
        return 1.0;
    double power = 1e-6;
    while (power * 10.0 <= value * (1.0 + 1e-9))
        power *= 10.0;
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        if (steps[i] * power >= value * (1.0 - 1e-9))
            return steps[i] * power;
    return 10.0 * power;
}

cutis_status ct_heat_scale(struct heat *out, const struct report *report,
                           enum ct_map map, const struct plane maps[2],
                           struct tools *tools)
{
    /* Maps of things that are seldom reach further up. */
    const double top =
        map == CT_MAP_PORES || map == CT_MAP_WRINKLES ? 0.998 : 0.98;
    size_t n = 0;

    *out = (struct heat){.own_base = from_own_base(report, map)};
    float *const values = ct_alloc_raw(&tools->memory, SAMPLE, sizeof(float));
    if (!values)
        return ct_no_memory(tools);
    for (int i = 0; i < 2; i++) {
        if (!maps[i].at)
            goto done;
        float *const own = values + n;
        const size_t count = gather(own, SAMPLE / 2, &maps[i]);
        if (out->own_base && count)
            out->base[i] = (float)ct_quantile(own, count, 0.25);
        for (size_t k = 0; k < count; k++)
            own[k] -= out->base[i];
        n += count;
    }
    if (n < 16)
        goto done;
    const double high = ct_quantile(values, n, top);
    const double low = ct_quantile(values, n, 0.02);
    const bool level = map == CT_MAP_H && !out->own_base;
    out->high = round_up(high);
    out->low = level && low > 0.0
                   ? floor(low / out->high * 10.0) * out->high / 10.0
                   : 0.0;
    out->there = high > 0.0;
done:
    ct_free(values);
    return CUTIS_OK;
}

int ct_map_factor(const struct face *face, const struct plane *map)
{
    const int width = face->crop.width / face->factor;
    const int factor = (width + map->width / 2) / map->width;
    return factor > 0 ? factor : 1;
}

/* ---- Drawing ------------------------------------------------------------- */

/* The first step that shows.  Between pores there is nothing, and below what
 * a line needs to be found (method, 6: 0.8 cOD) everything answers a little. */
static int first_step(const struct heat *heat, enum ct_map map)
{
    const double least = 0.8;
    if (map == CT_MAP_PORES)
        return 1;
    if (map != CT_MAP_WRINKLES || !(heat->high > 2.0 * least))
        return 0;
    return (int)(least / heat->high * CT_RAMP_STEPS);
}

void ct_heat_palette(struct palette *out, const struct heat *heat,
                     enum ct_map map)
{
    const int first = first_step(heat, map);
    uint8_t ramp[CT_RAMP_STEPS][3];
    ct_ramp(ramp, map);
    memset(out, 0, sizeof(*out));
    out->count = CT_RAMP_STEPS + 1;
    for (int i = 0; i < CT_RAMP_STEPS; i++) {
        memcpy(out->colour[i + 1], ramp[i], 3);
        out->colour[i + 1][3] = i >= first ? 235 : 0;
    }
}

/* Bilinear between the map's pixels that have a value; NaN where the nearest
 * has none. */
static float sample(const struct plane *map, double x, double y)
{
    const int nearest_x = (int)floor(x), nearest_y = (int)floor(y);
    if (nearest_x < 0 || nearest_y < 0 || nearest_x >= map->width ||
        nearest_y >= map->height || isnan(ct_row(map, nearest_y)[nearest_x]))
        return NAN;
    const int left = (int)floor(x - 0.5), top = (int)floor(y - 0.5);
    const float fx = (float)(x - 0.5 - left), fy = (float)(y - 0.5 - top);
    float sum = 0.0f, weight = 0.0f;
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++) {
            const int at_x = left + i, at_y = top + j;
            if (at_x < 0 || at_y < 0 || at_x >= map->width ||
                at_y >= map->height || isnan(ct_row(map, at_y)[at_x]))
                continue;
            const float w = (i ? fx : 1.0f - fx) * (j ? fy : 1.0f - fy);
            sum += w * ct_row(map, at_y)[at_x];
            weight += w;
        }
    return weight > 0.0f ? sum / weight : NAN;
}

static uint8_t step_of(const struct heat *heat, float value)
{
    const double t = (value - heat->low) / (heat->high - heat->low);
    if (!(t > 0.0))
        return 1;
    return t >= 1.0 ? CT_RAMP_STEPS : (uint8_t)(1 + (int)(t * CT_RAMP_STEPS));
}

void ct_heat_draw(uint8_t *out, const struct frame *frame, int which,
                  const struct face *face, const struct plane *plane,
                  const struct heat *heat)
{
    const double *const s = frame->to_full[which];
    const double size = face->factor * ct_map_factor(face, plane);

    for (int v = 0; v < frame->height; v++)
        for (int u = 0; u < frame->width; u++, out++) {
            const double x = s[0] * (u + 0.5) - s[1] * (v + 0.5) + s[2];
            const double y = s[1] * (u + 0.5) + s[0] * (v + 0.5) + s[3];
            const float value = sample(plane, (x - face->crop.x) / size,
                                       (y - face->crop.y) / size);
            *out = isnan(value) ? 0 : step_of(heat, value - heat->base[which]);
        }
}
