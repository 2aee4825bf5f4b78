/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a photograph holds and what will be used of it: cutis.inspect/1.  Of
 * what the camera wrote only its presence is told, never its content.
 */

#include <math.h>

#include "report/report.h"

struct presence {
    const char *key;
    bool there;
};

enum { PRESENCES = 6 };

static void presences(struct presence out[PRESENCES],
                      const struct picture *picture)
{
    const struct exif *const exif = &picture->exif;
    out[0] = (struct presence){"camera", exif->make[0] || exif->model[0]};
    out[1] = (struct presence){"lens", exif->lens[0] != 0};
    out[2] = (struct presence){"software", exif->software[0] != 0};
    out[3] = (struct presence){"time", exif->taken[0] != 0};
    out[4] = (struct presence){"exposure",
                               exif->exposure_s > 0.0 || exif->iso > 0.0};
    out[5] = (struct presence){"focal_length",
                               exif->focal_mm > 0.0 || exif->focal_35mm > 0.0};
}

static bool resolved(const struct photo_facts *facts, int metric)
{
    return facts->face->scale >= ct_metric(metric)->min_px_per_mm;
}

/* ---- JSON ---------------------------------------------------------------- */

static void put_file(struct json *json, const struct picture *picture)
{
    const bool jpeg = picture->source == CT_SOURCE_JPEG;
    struct presence there[PRESENCES];
    presences(there, picture);

    ct_json_key(json, "file");
    ct_json_open(json, '{');
    ct_json_put_string(json, "format", ct_source_name(picture->source));
    ct_json_put_number(json, "bits", picture->bits);
    ct_json_put_number(json, "channels", picture->channels);
    ct_json_put_number(json, "orientation", picture->exif.orientation);
    ct_json_put_number(json, "jpeg_quality", picture->jpeg_quality);
    ct_json_key(json, "jpeg_sampling");
    if (jpeg && picture->jpeg_h > 0) {
        ct_json_open(json, '[');
        ct_json_number(json, picture->jpeg_h);
        ct_json_number(json, picture->jpeg_v);
        ct_json_close(json);
    } else {
        ct_json_string(json, NULL);
    }
    ct_json_put_flag(json, "transparent", picture->opaque.at != NULL);
    ct_json_put_flag(json, "animated", picture->animated);
    ct_json_put_flag(json, "damaged", picture->damaged);
    ct_json_key(json, "holds");
    ct_json_open(json, '{');
    for (int i = 0; i < PRESENCES; i++)
        ct_json_put_flag(json, there[i].key, there[i].there);
    ct_json_close(json);
    ct_json_close(json);
}

static void put_metrics(struct json *json, const struct photo_facts *facts)
{
    ct_json_key(json, "metrics");
    ct_json_open(json, '[');
    for (int m = 0; m < CT_METRICS; m++) {
        ct_json_open(json, '{');
        ct_json_put_string(json, "metric", ct_metric(m)->name);
        ct_json_put_number(json, "needs_px_per_mm",
                           ct_metric(m)->min_px_per_mm);
        ct_json_put_flag(json, "resolved", resolved(facts, m));
        ct_json_close(json);
    }
    ct_json_close(json);
}

static void put_coverage(struct json *json, const struct photo_facts *facts)
{
    ct_json_key(json, "regions");
    ct_json_open(json, '[');
    for (int r = 0; r < CT_REGIONS && facts->capture; r++) {
        ct_json_open(json, '{');
        ct_json_put_string(json, "region", ct_region(r)->name);
        ct_json_put_number(json, "coverage", facts->capture->coverage[r]);
        ct_json_put_number(json, "ita_deg", facts->capture->region_ita[r]);
        ct_json_close(json);
    }
    ct_json_close(json);
}

static void as_json(struct text *out, const struct report *report)
{
    const struct photo_facts *const facts = report->before;
    const struct capture *const capture = facts->capture;
    struct json json = {.out = out};

    ct_json_open(&json, '{');
    ct_json_put_string(&json, "schema", "cutis.inspect/1");
    ct_json_tool(&json);
    put_file(&json, facts->picture);
    ct_json_key(&json, "photo");
    ct_json_open(&json, '{');
    ct_json_photo_head(&json, facts);
    ct_json_close(&json);
    ct_json_put_number(&json, "faces", facts->face->faces);
    ct_json_put_number(&json, "blur_mm", capture ? capture->blur_mm : NAN);
    ct_json_put_number(&json, "noise_cod", capture ? capture->noise_cod : NAN);
    put_metrics(&json, facts);
    put_coverage(&json, facts);
    ct_json_put_string(&json, "disclaimer", ct_word(out, CT_W_DISCLAIMER));
    ct_json_close(&json);
}

/* ---- Rows of a name and a value ------------------------------------------ */

struct sheet {
    struct text *out;
    bool people; /* text for people, not CSV */
};

/* Everything up to the row's value. */
static void row(const struct sheet *sheet, const char *key, enum ct_word word)
{
    enum { COLUMN = 24 };
    if (!sheet->people) {
        ct_text_put(sheet->out, key);
        ct_text_put(sheet->out, ",");
        return;
    }
    ct_text_put(sheet->out, ct_word(sheet->out, word));
    for (int i = ct_columns(ct_word(sheet->out, word)); i < COLUMN; i++)
        ct_text_put(sheet->out, " ");
}

static void row_string(const struct sheet *sheet, const char *key,
                       enum ct_word word, const char *value)
{
    row(sheet, key, word);
    ct_text_put(sheet->out, sheet->people ? ct_name_words(sheet->out, value)
                            : value       ? value
                                          : "");
    ct_text_put(sheet->out, "\n");
}

static void row_number(const struct sheet *sheet, const char *key,
                       enum ct_word word, double value)
{
    row(sheet, key, word);
    if (sheet->people)
        ct_say_number(sheet->out, value,
                      value == floor(value) ? 0 : ct_decimals_of(value),
                      CT_SIGN_MINUS);
    else if (isfinite(value))
        ct_text_number(sheet->out, value);
    ct_text_put(sheet->out, "\n");
}

static void row_flag(const struct sheet *sheet, const char *key,
                     enum ct_word word, bool value)
{
    const char *const plain = value ? "true" : "false";
    row_string(sheet, key, word,
               sheet->people ? ct_word(sheet->out, value ? CT_W_YES : CT_W_NO)
                             : plain);
}

/* What the camera wrote: that it did. */
static void holds_row(const struct sheet *sheet, const struct picture *picture)
{
    struct presence there[PRESENCES];
    int found = 0;
    presences(there, picture);
    row(sheet, "holds", CT_W_HOLDS);
    for (int i = 0; i < PRESENCES; i++) {
        if (!there[i].there)
            continue;
        if (found++)
            ct_text_put(sheet->out, sheet->people ? ", " : " ");
        ct_text_put(sheet->out,
                    sheet->people
                        ? ct_word(sheet->out, (enum ct_word)(CT_W_CAMERA + i))
                        : there[i].key);
    }
    if (!found && sheet->people)
        ct_text_put(sheet->out, ct_word(sheet->out, CT_W_NONE));
    ct_text_put(sheet->out, "\n");
}

static void file_rows(const struct sheet *sheet, const struct picture *picture)
{
    row_string(sheet, "format", CT_W_FORMAT, ct_source_name(picture->source));
    row_number(sheet, "width", CT_W_WIDTH, picture->width);
    row_number(sheet, "height", CT_W_HEIGHT, picture->height);
    row_number(sheet, "bits", CT_W_BITS, picture->bits);
    row_number(sheet, "channels", CT_W_CHANNELS, picture->channels);
    row_number(sheet, "orientation", CT_W_ORIENTATION,
               picture->exif.orientation);
    row_string(sheet, "colour", CT_W_COLOUR, ct_colour_name(picture->space));
    row_number(sheet, "jpeg_quality", CT_W_JPEG_QUALITY, picture->jpeg_quality);
    row_flag(sheet, "animated", CT_W_ANIMATED, picture->animated);
    row_flag(sheet, "damaged", CT_W_DAMAGED, picture->damaged);
    row_string(sheet, "sha256", CT_W_HASH, picture->sha256);
    holds_row(sheet, picture);
}

static void face_rows(const struct sheet *sheet,
                      const struct photo_facts *facts)
{
    const struct face *const face = facts->face;
    const bool found = face->found;
    row_number(sheet, "faces", CT_W_FACES, face->faces);
    row_number(sheet, "confidence", CT_W_CONFIDENCE,
               found ? face->confidence : NAN);
    row_number(sheet, "yaw_deg", CT_W_YAW, found ? face->pose.yaw_deg : NAN);
    row_number(sheet, "pitch_deg", CT_W_PITCH,
               found ? face->pose.pitch_deg : NAN);
    row_number(sheet, "roll_deg", CT_W_ROLL, found ? face->pose.roll_deg : NAN);
    row_number(sheet, "px_per_mm", CT_W_PX_PER_MM, face->scale);
    row_string(sheet, "scale_source", CT_W_SCALE_SOURCE, face->scale_source);
    if (facts->capture) {
        row_number(sheet, "blur_mm", CT_W_BLUR, facts->capture->blur_mm);
        row_number(sheet, "noise_cod", CT_W_NOISE, facts->capture->noise_cod);
    }
}

/* The metrics that this resolution shows, or does not. */
static void metric_row(const struct sheet *sheet, const char *key,
                       enum ct_word word, const struct photo_facts *facts,
                       bool wanted)
{
    int found = 0;
    row(sheet, key, word);
    for (int m = 0; m < CT_METRICS; m++) {
        if (resolved(facts, m) != wanted)
            continue;
        if (found++)
            ct_text_put(sheet->out, sheet->people ? "\n" : " ");
        for (int i = 0; found > 1 && sheet->people && i < 24; i++)
            ct_text_put(sheet->out, " ");
        ct_text_put(sheet->out,
                    sheet->people ? ct_metric(m)->title : ct_metric(m)->name);
    }
    if (!found && sheet->people)
        ct_text_put(sheet->out, ct_word(sheet->out, CT_W_NONE));
    ct_text_put(sheet->out, "\n");
}

/* "The face is shown at 16.0 pixels per mm: enough for 13 of 13 metrics." */
static void summary(struct text *out, const struct photo_facts *facts)
{
    struct text part[3];
    const char *with[3];
    int enough = 0;
    for (int m = 0; m < CT_METRICS; m++)
        enough += resolved(facts, m);
    for (int i = 0; i < 3; i++)
        part[i] = ct_text_beside(out);
    ct_say_number(&part[0], facts->face->scale, 1, CT_SIGN_MINUS);
    ct_say_number(&part[1], enough, 0, CT_SIGN_MINUS);
    ct_say_number(&part[2], CT_METRICS, 0, CT_SIGN_MINUS);
    for (int i = 0; i < 3; i++) {
        out->failed |= part[i].failed;
        with[i] = part[i].bytes ? part[i].bytes : "";
    }
    ct_phrase(out, facts->face->found ? CT_W_SHOWN : CT_W_SHOWN_NO_FACE, with);
    ct_text_put(out, "\n\n");
    for (int i = 0; i < 3; i++)
        ct_text_free(&part[i]);
}

static void as_rows(const struct sheet *sheet, const struct report *report)
{
    if (sheet->people)
        summary(sheet->out, report->before);
    else
        ct_text_put(sheet->out, "name,value\n");
    file_rows(sheet, report->before->picture);
    face_rows(sheet, report->before);
    metric_row(sheet, "resolved", CT_W_RESOLVED, report->before, true);
    metric_row(sheet, "not_resolved", CT_W_NOT_RESOLVED, report->before, false);
    if (sheet->people) {
        ct_text_put(sheet->out, "\n");
        ct_text_put(sheet->out, ct_word(sheet->out, CT_W_DISCLAIMER));
        ct_text_put(sheet->out, "\n");
    }
}

cutis_status ct_report_inspect(struct text *out, const struct report *report,
                               cutis_format format, struct tools *tools)
{
    switch (format) {
    case CUTIS_FORMAT_TEXT:
    case CUTIS_FORMAT_CSV:
        as_rows(&(struct sheet){out, format == CUTIS_FORMAT_TEXT}, report);
        break;
    case CUTIS_FORMAT_JSON:
        as_json(out, report);
        break;
    case CUTIS_FORMAT_HTML:
    case CUTIS_FORMAT_ITEMS:
    case CUTIS_FORMAT_ROW:
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "one photograph has no page, no items and no row");
    default:
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "no such format");
    }
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
