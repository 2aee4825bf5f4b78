/* SPDX-License-Identifier: BSD-2-Clause */

/* All pictures of the page, made by as many threads as there are: first the
 * one or two photographs, then every layer as a work item of its own. */

#include <math.h>
#include <string.h>

#include "report/report.h"
#include "util/parallel.h"

static const struct photo_facts *facts_of(const struct report *report,
                                          int which)
{
    return which ? report->after : report->before;
}

/* ---- Photographs --------------------------------------------------------- */

/* As a file, with the eyes covered if asked; the samples stay as they are. */
static cutis_status encode(struct text *out, const uint8_t *rgb,
                           const struct frame *frame,
                           const struct report *report, int which,
                           struct tools *tools)
{
    const size_t row = (size_t)frame->width * 3;
    uint8_t *const shown =
        ct_alloc_raw(&tools->memory, (size_t)frame->height, row);
    if (!shown)
        return ct_no_memory(tools);
    memcpy(shown, rgb, row * (size_t)frame->height);
    ct_eyes_cover(shown, row, 3, 1, frame, report, which);
    const cutis_status status =
        ct_encode_jpeg(out, shown, frame->width, frame->height);
    ct_free(shown);
    return status == CUTIS_OK ? status : ct_no_memory(tools);
}

static cutis_status photograph(struct page_pictures *out,
                               const struct report *report, int which,
                               struct tools *tools)
{
    const struct frame *const frame = &out->frame;
    cutis_status status;
    uint8_t *const rgb = ct_alloc_raw(&tools->memory, (size_t)frame->height,
                                      (size_t)frame->width * 3);
    if (!rgb)
        return ct_no_memory(tools);
    TRY(ct_frame_render(rgb, frame, which, facts_of(report, which)->picture,
                        tools));
    TRY(ct_pulse(tools));
    status = encode(&out->photo[which], rgb, frame, report, which, tools);
done:
    if (which == 0)
        out->before = rgb;
    else
        ct_free(rgb);
    return status;
}

/* ---- Maps ---------------------------------------------------------------- */

/*
 * Relief goes up and down from pixel to pixel; what a person can read is how
 * strong it is around a place: the root of its mean square over a Gaussian of
 * 1 mm.  NaN where the map has none.
 */
static cutis_status strength_of(struct plane *out,
                                const struct photo_facts *facts,
                                struct tools *tools)
{
    const struct plane *const map = &facts->readings->map[CT_MAP_RELIEF];
    struct bytes there = {0};
    cutis_status status = CUTIS_OK;
    if (!map->at)
        return CUTIS_OK;
    const double scale =
        facts->face->work_scale / ct_map_factor(facts->face, map->width);

    TRY(ct_plane_create(out, map->width, map->height, tools));
    TRY(ct_bytes_create(&there, map->width, map->height, tools));
    for (int y = 0; y < map->height; y++)
        for (int x = 0; x < map->width; x++) {
            const float value = ct_row(map, y)[x];
            const bool known = !isnan(value);
            ct_byte_row(&there, y)[x] = known ? 255 : 0;
            ct_row(out, y)[x] = known ? value * value : 0.0f;
        }
    TRY(ct_gauss_masked(out, out, &there, scale, true, tools));
    for (int y = 0; y < map->height; y++)
        for (int x = 0; x < map->width; x++) {
            float *const value = &ct_row(out, y)[x];
            *value = ct_byte_row(&there, y)[x] ? sqrtf(*value) : NAN;
        }
done:
    ct_bytes_free(&there);
    return status;
}

/* What is drawn for a map; at NULL where there is nothing. */
static const struct plane *map_of(const struct page_pictures *pictures,
                                  const struct report *report, enum ct_map map,
                                  int which)
{
    return map == CT_MAP_RELIEF ? &pictures->strength[which]
                                : &facts_of(report, which)->readings->map[map];
}

/* ---- Layers -------------------------------------------------------------- */

struct layers {
    struct page_pictures *out;
    const struct report *report;
    struct tools *tools;
    cutis_status status[2 * CT_LAYERS];
};

static cutis_status draw(uint8_t *index, struct palette *palette,
                         const struct layers *work, int which, int layer)
{
    struct page_pictures *const out = work->out;
    if (layer == 0) {
        ct_regions_palette(palette);
        return ct_regions_draw(index, out->marks[which], &out->frame, which,
                               work->report, work->tools);
    }
    const enum ct_map map = (enum ct_map)(layer - 1);
    ct_heat_palette(palette, &out->heat[map], map);
    ct_heat_draw(index, &out->frame, which, facts_of(work->report, which)->face,
                 map_of(out, work->report, map, which), &out->heat[map]);
    return CUTIS_OK;
}

static void make_layer(void *context, int item)
{
    struct layers *const work = context;
    const int which = item / CT_LAYERS;
    const int layer = item % CT_LAYERS;
    const struct frame *const frame = &work->out->frame;
    struct palette palette;

    if (layer > 0 && !work->out->heat[layer - 1].there)
        return;
    if (layer == 0 && !facts_of(work->report, which)->face->region.at)
        return;
    cutis_status status = CUTIS_ERROR_MEMORY;
    uint8_t *const index = ct_alloc_raw(
        &work->tools->memory, (size_t)frame->height, (size_t)frame->width);
    if (!index)
        goto done;
    TRY(draw(index, &palette, work, which, layer));
    status = ct_encode_png(&work->out->layer[which][layer], index, frame->width,
                           frame->height, &palette);
done:
    ct_free(index);
    work->status[item] = status;
}

cutis_status ct_page_pictures(struct page_pictures *out,
                              const struct report *report, struct tools *tools)
{
    struct layers work = {.out = out, .report = report, .tools = tools};
    const int photos = ct_report_photos(report);
    cutis_status status;

    memset(out, 0, sizeof(*out));
    for (int i = 0; i < 2; i++) {
        out->photo[i].memory = &tools->memory;
        for (int k = 0; k < CT_LAYERS; k++)
            out->layer[i][k].memory = &tools->memory;
    }
    TRY(ct_eyes_can_be_covered(report, tools));
    ct_frame_place(&out->frame, report);
    for (int i = 0; i < photos; i++)
        TRY(strength_of(&out->strength[i], facts_of(report, i), tools));
    for (int map = 0; map < CT_MAPS; map++) {
        TRY(ct_pulse(tools));
        const struct plane maps[2] = {
            *map_of(out, report, (enum ct_map)map, 0),
            *map_of(out, report, (enum ct_map)map, photos - 1)};
        TRY(ct_heat_scale(&out->heat[map], report, (enum ct_map)map, maps,
                          tools));
    }
    for (int i = 0; i < photos; i++)
        TRY(photograph(out, report, i, tools));

    TRY(ct_each(tools, photos * CT_LAYERS, make_layer, &work));
    for (int i = 0; i < photos * CT_LAYERS; i++)
        if (work.status[i] != CUTIS_OK)
            status = ct_no_memory(tools);
done:
    return status;
}

void ct_page_pictures_free(struct page_pictures *pictures)
{
    ct_free(pictures->before);
    for (int i = 0; i < 2; i++) {
        ct_plane_free(&pictures->strength[i]);
        ct_text_free(&pictures->photo[i]);
        for (int k = 0; k < CT_LAYERS; k++)
            ct_text_free(&pictures->layer[i][k]);
    }
}
