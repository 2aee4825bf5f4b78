/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The regions and the mask laid over a photograph: outlines in dark on light,
 * so that they show on every skin; measured skin tinted, skin of a region that
 * was left out hatched.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

enum { CLEAR, LINE, HALO, MEASURED, LEFT_OUT, HATCH, COLOURS };

enum { STROKE = 1, GLOW = 3, STRIPE = 4 }; /* frame px */

void ct_regions_palette(struct palette *out)
{
    static const uint8_t colours[COLOURS][4] = {
        [LINE] = {10, 34, 64, 235},      [HALO] = {255, 255, 255, 150},
        [MEASURED] = {40, 130, 255, 60}, [LEFT_OUT] = {0, 0, 0, 40},
        [HATCH] = {255, 255, 255, 130},
    };
    memset(out, 0, sizeof(*out));
    memcpy(out->colour, colours, sizeof(colours));
    out->count = COLOURS;
}

struct place {
    uint8_t region, skin;
};

/* What the places of a frame are looked up in. */
struct ground {
    struct bytes region, skin; /* skin.at NULL: none is measured */
    double s[4], x, y, factor; /* frame to full px; of the planes' corner */
};

static struct ground ground_of(const struct face *face,
                               const struct bytes *skin, const double s[4])
{
    struct ground out = {.region = face->region,
                         .skin = *skin,
                         .x = face->crop.x,
                         .y = face->crop.y,
                         .factor = face->factor};
    memcpy(out.s, s, sizeof(out.s));
    return out;
}

static struct place place_at(const struct ground *on, int u, int v)
{
    const double *const s = on->s;
    const double fx = s[0] * (u + 0.5) - s[1] * (v + 0.5) + s[2];
    const double fy = s[1] * (u + 0.5) + s[0] * (v + 0.5) + s[3];
    const double x = (fx - on->x) / on->factor;
    const double y = (fy - on->y) / on->factor;
    if (!(x >= 0.0 && x < on->region.width) ||
        !(y >= 0.0 && y < on->region.height))
        return (struct place){CT_NO_REGION, 0};
    return (struct place){
        ct_byte_row(&on->region, (int)y)[(int)x],
        on->skin.at ? ct_byte_row(&on->skin, (int)y)[(int)x] : 0,
    };
}

static uint8_t fill_of(struct place place, int u, int v)
{
    if (place.region == CT_NO_REGION)
        return CLEAR;
    if (place.skin)
        return MEASURED;
    return (u + v) / STRIPE % 3 == 0 ? HATCH : LEFT_OUT;
}

/* The middle of the longest run of region `r` in column `u`: inside it even
 * where its centre of gravity is not, as with a crescent. */
static struct mark middle_of(const uint8_t *region, const struct frame *frame,
                             int r, int u)
{
    int run = 0, longest = 0, end = 0;
    for (int v = 0; v < frame->height; v++) {
        run = region[(size_t)v * (size_t)frame->width + (size_t)u] == r
                  ? run + 1
                  : 0;
        if (run > longest) {
            longest = run;
            end = v + 1;
        }
    }
    if (!longest)
        return (struct mark){NAN, NAN};
    return (struct mark){u + 0.5, end - 0.5 * longest};
}

/* Regions first, and the marks of their middles. */
static void fill(uint8_t *out, uint8_t *region, struct mark marks[CT_REGIONS],
                 const struct frame *frame, const struct ground *ground)
{
    double sum[CT_REGIONS][2] = {{0}}; /* how many, and of u */
    const uint8_t *const first = region;
    const struct ground on = *ground;
    for (int v = 0; v < frame->height; v++)
        for (int u = 0; u < frame->width; u++) {
            const struct place place = place_at(&on, u, v);
            *region++ = place.region;
            *out++ = fill_of(place, u, v);
            if (place.region < CT_REGIONS) {
                sum[place.region][0] += 1.0;
                sum[place.region][1] += u;
            }
        }
    for (int r = 0; r < CT_REGIONS; r++) {
        /* A region of a few pixels at an edge is not worth a number. */
        marks[r] = (struct mark){NAN, NAN};
        if (sum[r][0] > 200.0)
            marks[r] = middle_of(first, frame, r, (int)(sum[r][1] / sum[r][0]));
    }
}

/* Draws `colour` within `radius` px of where two regions meet. */
static void outline(uint8_t *out, const uint8_t *region,
                    const struct frame *frame, int radius, uint8_t colour)
{
    const int width = frame->width, height = frame->height;
    for (int v = radius; v < height - radius; v++)
        for (int u = radius; u < width - radius; u++) {
            const uint8_t *const at = region + (size_t)v * (size_t)width + u;
            const bool meet = at[0] != at[1] || at[0] != at[width];
            if (!meet)
                continue;
            for (int j = -radius; j <= radius; j++)
                for (int i = -radius; i <= radius; i++) {
                    if (i * i + j * j > radius * radius)
                        continue;
                    out[(size_t)(v + j) * (size_t)width + (size_t)(u + i)] =
                        colour;
                }
        }
}

const struct bytes *ct_shown_skin(const struct report *report, int which)
{
    const bool paired = report->pair && report->pair->skin[which].at;
    return paired  ? &report->pair->skin[which]
           : which ? &report->after->face->skin
                   : &report->before->face->skin;
}

cutis_status ct_regions_draw(uint8_t *out, struct mark marks[CT_REGIONS],
                             const struct frame *frame, int which,
                             const struct report *report, struct tools *tools)
{
    const struct photo_facts *const facts =
        which ? report->after : report->before;
    const struct ground ground = ground_of(
        facts->face, ct_shown_skin(report, which), frame->to_full[which]);
    uint8_t *const region = ct_alloc_raw(&tools->memory, (size_t)frame->height,
                                         (size_t)frame->width);
    if (!region)
        return CUTIS_ERROR_MEMORY;
    fill(out, region, marks, frame, &ground);
    outline(out, region, frame, GLOW, HALO);
    outline(out, region, frame, STROKE, LINE);
    ct_free(region);
    return CUTIS_OK;
}
