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
    const int step = (int)ceil(sqrt((double)all / (double)room));
    size_t n = 0;
    for (int y = 0; y < map->height; y += step)
        for (int x = 0; x < map->width; x += step) {
            const float value = ct_row(map, y)[x];
            if (!isnan(value) && n < room)
                into[n++] = value;
        }
    return n;
}

double ct_round_up(double value)
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
    for (int i = 0; i < ct_report_photos(report); i++) {
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
    out->high = ct_round_up(high);
    out->low = level && low > 0.0
                   ? floor(low / out->high * 10.0) * out->high / 10.0
                   : 0.0;
    out->there = high > 0.0;
    out->steps_a_unit = CT_RAMP_STEPS / (out->high - out->low);
done:
    ct_free(values);
    return CUTIS_OK;
}

int ct_map_factor(const struct face *face, int width)
{
    const int working = face->crop.width / face->factor;
    const int factor = (working + width / 2) / width;
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

/* Bilinear between those of four pixels that are inside and have a value. */
static float part_of(const struct plane *map, int left, int top,
                     const float share[2][2])
{
    float sum = 0.0f, weight = 0.0f;
    for (int j = top < 0; j < 2 && top + j < map->height; j++) {
        const float *const row = ct_row(map, top + j);
        for (int i = left < 0; i < 2 && left + i < map->width; i++)
            if (!isnan(row[left + i])) {
                sum += share[j][i] * row[left + i];
                weight += share[j][i];
            }
    }
    return weight > 0.0f ? sum / weight : NAN;
}

/* Bilinear; NaN where the nearest pixel has no value. */
static float sample(const struct plane *map, double x, double y)
{
    if (!(x >= 0.0 && x < map->width && y >= 0.0 && y < map->height) ||
        isnan(ct_row(map, (int)y)[(int)x]))
        return NAN;
    const int left = (int)(x + 0.5) - 1, top = (int)(y + 0.5) - 1;
    const float fx = (float)(x - 0.5 - left), fy = (float)(y - 0.5 - top);
    const float share[2][2] = {{(1.0f - fx) * (1.0f - fy), fx * (1.0f - fy)},
                               {(1.0f - fx) * fy, fx * fy}};
    if (left >= 0 && top >= 0 && left + 1 < map->width &&
        top + 1 < map->height) {
        const float *const a = ct_row(map, top) + left;
        const float *const b = a + map->stride;
        const float value = share[0][0] * a[0] + share[0][1] * a[1] +
                            share[1][0] * b[0] + share[1][1] * b[1];
        if (!isnan(value))
            return value;
    }
    return part_of(map, left, top, share);
}

/* Of pixels of row v of the frame, from `from` on. */
static void sample_run(float *value, const struct plane *plane,
                       const double s[4], int from, int n, int v)
{
    const struct plane map = *plane;
    const double x = s[2] - s[1] * (v + 0.5);
    const double y = s[3] + s[0] * (v + 0.5);
    const double along = s[0], down = s[1];
    for (int i = 0; i < n; i++) {
        const double u = from + i + 0.5;
        value[i] = sample(&map, x + along * u, y + down * u);
    }
}

static uint8_t step_of(const struct heat *heat, float value)
{
    const double step = (value - heat->low) * heat->steps_a_unit;
    if (!(step > 0.0))
        return 1;
    return step >= CT_RAMP_STEPS ? CT_RAMP_STEPS : (uint8_t)(1 + (int)step);
}

void ct_heat_draw(uint8_t *out, const struct frame *frame, int which,
                  const struct face *face, const struct plane *plane,
                  const struct heat *heat)
{
    const double *const full = frame->to_full[which];
    const double size = face->factor * ct_map_factor(face, plane->width);
    const double s[4] = {full[0] / size, full[1] / size,
                         (full[2] - face->crop.x) / size,
                         (full[3] - face->crop.y) / size};

    for (int v = 0; v < frame->height; v++)
        for (int u = 0, n; u < frame->width; u += n, out += n) {
            float value[CT_RUN];
            n = ct_run_of(u, frame->width);
            sample_run(value, plane, s, u, n, v);
            for (int i = 0; i < n; i++)
                out[i] = isnan(value[i])
                             ? 0
                             : step_of(heat, value[i] - heat->base[which]);
        }
}
