/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The page's pictures as files of their own: the photographs as the page shows
 * them, what can be laid over them, and maps.json with what the colours mean.
 * Names are always the same, and no file holds metadata.
 */

#include <stdio.h>
#include <string.h>

#include "report/report.h"

const struct layer ct_layers[CT_LAYERS] = {
    {"mask", CT_W_LAYER_REGIONS, CT_W_MEANING_REGIONS, CT_METRICS, NULL},
    [1 + CT_MAP_H] = {"redness", CT_W_LAYER_REDNESS, CT_W_MEANING_REDNESS,
                      CT_REDNESS, "H"},
    [1 + CT_MAP_P] = {"pigment", CT_W_LAYER_PIGMENT, CT_W_MEANING_PIGMENT,
                      CT_PIGMENT_SPOTS, "P"},
    [1 + CT_MAP_RELIEF] = {"relief", CT_W_LAYER_RELIEF, CT_W_MEANING_RELIEF,
                           CT_TEXTURE, "cOD"},
    [1 + CT_MAP_PORES] = {"pores", CT_W_LAYER_PORES, CT_W_MEANING_PORES,
                          CT_PORE_BURDEN, "cOD"},
    [1 + CT_MAP_WRINKLES] = {"wrinkles", CT_W_LAYER_WRINKLES,
                             CT_W_MEANING_WRINKLES, CT_WRINKLE_INDEX, "cOD"},
};

static bool mask_is_there(const struct report *report, enum ct_mask mask)
{
    for (int i = 0; i < ct_report_photos(report); i++)
        if (!ct_mask_of(report, i, mask))
            return false;
    return true;
}

/* Why a layer is not there; NULL when nothing is said. */
static const char *reason_of(const struct report *report,
                             const struct layer *layer)
{
    if (layer->metric == CT_METRICS)
        return "no face was looked for";
    const char *const why =
        report->outcome
            ? report->outcome->change[layer->metric][CT_FACE_REGION].reason
            : report->before->readings->of[layer->metric][CT_FACE_REGION]
                  .reason;
    return why && *why ? why : NULL;
}

enum { NAME = 32 };

static void name_of(char out[NAME], const struct report *report, int which,
                    const char *what, const char *ending)
{
    snprintf(out, NAME, "%s%s.%s",
             !report->after ? ""
             : which        ? "after-"
                            : "before-",
             what, ending);
}

/* ---- maps.json ----------------------------------------------------------- */

static void put_files(struct json *json, const struct report *report,
                      const char *what, const char *ending)
{
    ct_json_key(json, "files");
    ct_json_open(json, '[');
    for (int i = 0; i < ct_report_photos(report); i++) {
        char name[NAME];
        name_of(name, report, i, what, ending);
        ct_json_string(json, name);
    }
    ct_json_close(json);
}

/* From the scale's lower end to its upper one, evenly. */
static void put_colours(struct json *json, enum ct_map map)
{
    uint8_t ramp[CT_RAMP_STEPS][3];
    ct_ramp(ramp, map);
    ct_json_key(json, "colours");
    ct_json_open(json, '[');
    for (int i = 0; i < CT_RAMP_STEPS; i++) {
        char code[8];
        snprintf(code, sizeof(code), "#%02x%02x%02x", ramp[i][0], ramp[i][1],
                 ramp[i][2]);
        ct_json_string(json, code);
    }
    ct_json_close(json);
}

static void put_heat(struct json *json, const struct layer *layer,
                     const struct heat *heat, enum ct_map map)
{
    ct_json_put_string(json, "unit", layer->unit);
    ct_json_put_number(json, "low", heat->low);
    ct_json_put_number(json, "high", heat->high);
    ct_json_put_string(
        json, "note",
        heat->own_base ? ct_word_in(&ct_english, CT_W_MEANING_BASE) : NULL);
    put_colours(json, map);
}

static void put_layer(struct json *json, const struct report *report,
                      const struct page_pictures *pictures, int i)
{
    const struct layer *const layer = &ct_layers[i];
    ct_json_open(json, '{');
    ct_json_put_string(json, "id", layer->id);
    ct_json_put_string(json, "title", ct_word_in(&ct_english, layer->name));
    ct_json_put_string(json, "meaning",
                       ct_word_in(&ct_english, layer->meaning));
    if (!ct_layer_is_there(pictures, report, i)) {
        ct_json_put_string(json, "reason", reason_of(report, layer));
    } else {
        put_files(json, report, layer->id, "png");
        if (i)
            put_heat(json, layer, &pictures->heat[i - 1], (enum ct_map)(i - 1));
    }
    ct_json_close(json);
}

static void put_mask(struct json *json, const struct report *report,
                     enum ct_mask mask)
{
    const struct mask_kind *const kind = &ct_masks[mask];
    ct_json_open(json, '{');
    ct_json_put_string(json, "id", kind->id);
    ct_json_put_string(json, "title", ct_word_in(&ct_english, kind->name));
    ct_json_put_string(json, "meaning", ct_word_in(&ct_english, kind->meaning));
    if (mask_is_there(report, mask))
        put_files(json, report, kind->id, "png");
    else
        ct_json_put_string(json, "reason", NULL);
    ct_json_close(json);
}

/* Of each photograph a, b, x, y: its own pixel is (a u - b v + x,
 * b u + a v + y) where these pictures have (u, v). */
static void put_places(struct json *json, const struct report *report,
                       const struct frame *frame)
{
    ct_json_key(json, "to_photograph");
    ct_json_open(json, '[');
    for (int i = 0; i < ct_report_photos(report); i++) {
        ct_json_open(json, '[');
        for (int k = 0; k < 4; k++)
            ct_json_number(json, frame->to_full[i][k]);
        ct_json_close(json);
    }
    ct_json_close(json);
}

static void put_legend(struct text *out, const struct report *report,
                       const struct page_pictures *pictures)
{
    struct json json = {.out = out};
    ct_json_open(&json, '{');
    ct_json_put_string(&json, "schema", "cutis.maps/1");
    ct_json_tool(&json);
    ct_json_put_number(&json, "width", pictures->frame.width);
    ct_json_put_number(&json, "height", pictures->frame.height);
    ct_json_key(&json, "photographs");
    ct_json_open(&json, '{');
    put_files(&json, report, "photo", "jpg");
    put_places(&json, report, &pictures->frame);
    ct_json_close(&json);
    ct_json_key(&json, "maps");
    ct_json_open(&json, '[');
    for (int i = 0; i < CT_LAYERS; i++)
        put_layer(&json, report, pictures, i);
    ct_json_close(&json);
    ct_json_key(&json, "masks");
    ct_json_open(&json, '[');
    for (int i = 0; i < CT_MASKS; i++)
        put_mask(&json, report, (enum ct_mask)i);
    ct_json_close(&json);
    ct_json_close(&json);
    ct_text_put(out, "\n");
}

/* ---- Files --------------------------------------------------------------- */

bool ct_layer_is_there(const struct page_pictures *pictures,
                       const struct report *report, int layer)
{
    for (int i = 0; i < ct_report_photos(report); i++)
        if (!pictures->layer[i][layer].size)
            return false;
    return true;
}

static cutis_status hand_over(const struct text *bytes, const char *name,
                              cutis_file_fn write, void *user,
                              struct tools *tools)
{
    if (write(user, name, bytes->bytes, bytes->size))
        return ct_fail(tools, CUTIS_ERROR_IO, "%s could not be written", name);
    return CUTIS_OK;
}

static cutis_status hand_over_masks(const struct report *report,
                                    const struct frame *frame, int which,
                                    cutis_file_fn write, void *user,
                                    struct tools *tools)
{
    struct text png = {.memory = &tools->memory};
    cutis_status status = CUTIS_OK;
    char name[NAME];
    for (int i = 0; i < CT_MASKS; i++) {
        if (!mask_is_there(report, (enum ct_mask)i))
            continue;
        TRY(ct_mask_picture(&png, frame, report, which, (enum ct_mask)i,
                            tools));
        name_of(name, report, which, ct_masks[i].id, "png");
        TRY(hand_over(&png, name, write, user, tools));
        ct_text_free(&png);
        png = (struct text){.memory = &tools->memory};
    }
done:
    ct_text_free(&png);
    return status;
}

static cutis_status hand_over_photo(const struct report *report,
                                    const struct page_pictures *pictures,
                                    int which, cutis_file_fn write, void *user,
                                    struct tools *tools)
{
    cutis_status status;
    char name[NAME];
    name_of(name, report, which, "photo", "jpg");
    TRY(hand_over(&pictures->photo[which], name, write, user, tools));
    for (int i = 0; i < CT_LAYERS; i++) {
        if (!ct_layer_is_there(pictures, report, i))
            continue;
        name_of(name, report, which, ct_layers[i].id, "png");
        TRY(hand_over(&pictures->layer[which][i], name, write, user, tools));
    }
    TRY(hand_over_masks(report, &pictures->frame, which, write, user, tools));
done:
    return status;
}

cutis_status ct_map_files(const struct report *report, cutis_file_fn write,
                          void *user, struct tools *tools)
{
    struct page_pictures *const pictures =
        ct_alloc(&tools->memory, 1, sizeof(*pictures));
    struct text legend = {.memory = &tools->memory};
    cutis_status status;

    if (!pictures)
        return ct_no_memory(tools);
    TRY(ct_page_pictures(pictures, report, tools));
    for (int i = 0; i < ct_report_photos(report); i++)
        TRY(hand_over_photo(report, pictures, i, write, user, tools));
    put_legend(&legend, report, pictures);
    status = legend.failed
                 ? ct_no_memory(tools)
                 : hand_over(&legend, "maps.json", write, user, tools);
done:
    ct_text_free(&legend);
    ct_page_pictures_free(pictures);
    ct_free(pictures);
    return status;
}
