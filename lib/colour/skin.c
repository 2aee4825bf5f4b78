/* SPDX-License-Identifier: BSD-2-Clause */

/* The face's crop as planes of linear light. */

#include <stdatomic.h>

#include "colour/colour.h"
#include "util/parallel.h"

/* Linear light of a sample that is clipped, or of a pixel too dark to be
 * measured. */
#define CLIPPED_HIGH 0.97f
#define CLIPPED_LOW  0.01f

struct filling {
    struct skin *skin;
    const struct picture *picture;
    struct rect crop;
    int factor;
    struct tools *tools;
    atomic_bool failed;
};

/* Rows of the full picture, one box high, summed. */
struct row {
    float *light[3], *sum[3]; /* of one row; over the rows of a box */
    uint8_t *high, *dark;     /* any sample clipped; every pixel dark */
};

/* Adds a row of the picture to the sums. */
static void add_row(struct row *row, size_t n)
{
    const float *const r = row->light[0], *const g = row->light[1];
    const float *const b = row->light[2];

    for (int c = 0; c < 3; c++)
        for (size_t x = 0; x < n; x++)
            row->sum[c][x] += row->light[c][x];
    for (size_t x = 0; x < n; x++) {
        const int high = (r[x] > CLIPPED_HIGH) | (g[x] > CLIPPED_HIGH) |
                         (b[x] > CLIPPED_HIGH);
        const int dark =
            (r[x] < CLIPPED_LOW) & (g[x] < CLIPPED_LOW) & (b[x] < CLIPPED_LOW);
        row->high[x] = (uint8_t)(row->high[x] | high);
        row->dark[x] = (uint8_t)(row->dark[x] & dark);
    }
}

/* A chart's correction of a row of the planes. */
static void correct_row(const struct skin *skin, int y)
{
    float *const red = ct_row(&skin->red, y);
    float *const green = ct_row(&skin->green, y);
    float *const blue = ct_row(&skin->blue, y);

    for (int x = 0; x < skin->red.width; x++) {
        const double seen[3] = {(double)red[x], (double)green[x],
                                (double)blue[x]};
        double out[3];
        ct_correct(out, &skin->correction, seen);
        red[x] = (float)out[0];
        green[x] = (float)out[1];
        blue[x] = (float)out[2];
    }
}

/* Writes row `y` of the planes from the sums. */
static void put_row(const struct filling *filling, const struct row *row, int y)
{
    struct skin *const skin = filling->skin;
    const struct plane *const planes[3] = {&skin->red, &skin->green,
                                           &skin->blue};
    const int factor = filling->factor;
    const double boxes = (double)factor * factor;

    for (int c = 0; c < 3; c++) {
        const double gain = skin->correction.terms ? 1.0 : skin->gain[c];
        const float scale = (float)(gain / boxes);
        const float *sum = row->sum[c];
        float *const out = ct_row(planes[c], y);
        for (int x = 0; x < planes[c]->width; x++, sum += factor) {
            float total = sum[0];
            for (int i = 1; i < factor; i++)
                total += sum[i];
            out[x] = total * scale;
        }
    }

    if (skin->correction.terms)
        correct_row(skin, y);

    uint8_t *const clipped = ct_byte_row(&skin->clipped, y);
    const uint8_t *high = row->high, *dark = row->dark;
    for (int x = 0; x < skin->clipped.width; x++) {
        int any = 0, all = 1;
        for (int i = 0; i < factor; i++) {
            any |= *high++;
            all &= *dark++;
        }
        clipped[x] = any || all ? 255 : 0;
    }
}

/* A row that is not reduced: what is clipped, and light unless it is in no
 * plane. */
static void copy_row(const struct filling *filling, int y)
{
    struct skin *const skin = filling->skin;
    const struct picture *const picture = filling->picture;
    const int width = skin->red.width;
    const int left = filling->crop.x, top = filling->crop.y + y;
    uint8_t *const clipped = ct_byte_row(&skin->clipped, y);

    if (skin->picture) {
        ct_picture_extremes(clipped, picture, left, top, width, CLIPPED_LOW,
                            CLIPPED_HIGH);
        return;
    }
    float *const light[3] = {ct_row(&skin->red, y), ct_row(&skin->green, y),
                             ct_row(&skin->blue, y)};
    ct_picture_linear(picture, left, top, width, light[0], light[1], light[2]);
    ct_light_extremes(clipped, light[0], light[1], light[2], width, CLIPPED_LOW,
                      CLIPPED_HIGH);
    if (skin->correction.terms) {
        correct_row(skin, y);
        return;
    }
    for (int c = 0; c < 3; c++) {
        const float scale = (float)skin->gain[c];
        for (int x = 0; scale != 1.0f && x < width; x++)
            light[c][x] *= scale;
    }
}

static void fill_row(const struct filling *filling, struct row *row, int y)
{
    const int n = filling->skin->red.width * filling->factor;

    for (int x = 0; x < n; x++) {
        row->sum[0][x] = row->sum[1][x] = row->sum[2][x] = 0.0f;
        row->high[x] = 0;
        row->dark[x] = 1;
    }
    for (int i = 0; i < filling->factor; i++) {
        ct_picture_linear(filling->picture, filling->crop.x,
                          filling->crop.y + y * filling->factor + i, n,
                          row->light[0], row->light[1], row->light[2]);
        add_row(row, (size_t)n);
    }
    put_row(filling, row, y);
}

static void fill_band(void *context, int item)
{
    struct filling *const filling = context;
    struct skin *const skin = filling->skin;
    const int end = (item + 1) * CT_BAND;
    const size_t n = (size_t)skin->red.width * (size_t)filling->factor;

    if (filling->factor == 1) {
        for (int y = item * CT_BAND; y < end && y < skin->red.height; y++)
            copy_row(filling, y);
        return;
    }
    /* Six rows of floats and two of bytes. */
    float *const room = ct_alloc_raw(&filling->tools->memory, n,
                                     6 * sizeof(float) + 2 * sizeof(uint8_t));
    if (!room) {
        atomic_store(&filling->failed, true);
        return;
    }

    struct row row;
    for (size_t c = 0; c < 3; c++) {
        row.light[c] = room + c * n;
        row.sum[c] = room + (c + 3) * n;
    }
    row.high = (uint8_t *)(room + 6 * n);
    row.dark = row.high + n;
    for (int y = item * CT_BAND; y < end && y < skin->red.height; y++)
        fill_row(filling, &row, y);
    ct_free(room);
}

static bool is_given(const cutis_point corner[4])
{
    bool any = false;
    for (int i = 0; i < 4; i++)
        any = any || corner[i].x != 0.0 || corner[i].y != 0.0;
    return any;
}

bool ct_colour_has_target(const cutis_photo_options *options)
{
    return is_given(options->chart) || is_given(options->card);
}

/* The first of chart, card and backdrop that there is. */
static cutis_status calibrate(struct skin *skin, const struct picture *picture,
                              const struct face *face,
                              const cutis_photo_options *options,
                              struct tools *tools)
{
    bool found = false;
    cutis_status status = CUTIS_OK;

    if (is_given(options->chart)) {
        TRY(ct_chart_correction(skin, picture, options, tools));
        skin->calibration = CT_NEUTRAL_CHART;
    } else if (is_given(options->card)) {
        TRY(ct_card_gain(skin->gain, picture, options, tools));
        skin->calibration = CT_NEUTRAL_CARD;
    } else if (options->backdrop == CUTIS_BACKDROP_SAME) {
        TRY(ct_backdrop_find(&found, skin->backdrop, picture, face, tools));
        skin->calibration = found ? CT_NEUTRAL_BACKDROP : CT_NEUTRAL_NONE;
    } else if (options->backdrop) {
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "a backdrop is unknown or the same");
    }
    skin->neutral = skin->calibration >= CT_NEUTRAL_CARD;

done:
    return status;
}

/* Or what they are looked up in. */
static cutis_status make_planes(struct skin *skin, int width, int height,
                                const struct picture *picture,
                                const struct face *face, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane *const planes[3] = {&skin->red, &skin->green, &skin->blue};
    bool as_it_is = picture->stays && face->factor == 1 && picture->bits == 8 &&
                    picture->space != CT_ICC && !skin->correction.terms;
    for (int c = 0; c < 3; c++)
        as_it_is = as_it_is && skin->gain[c] == 1.0;

    for (int c = 0; c < 3; c++) {
        if (as_it_is)
            *planes[c] = (struct plane){NULL, 0, width, height};
        else
            TRY(ct_plane_create(planes[c], width, height, tools));
    }
    if (as_it_is) {
        skin->picture = picture;
        skin->x = face->crop.x;
        skin->y = face->crop.y;
    }

done:
    return status;
}

cutis_status ct_colour_skin(struct skin *out, const struct picture *picture,
                            const struct face *face,
                            const cutis_photo_options *options,
                            struct tools *tools)
{
    const int width = face->crop.width / face->factor;
    const int height = face->crop.height / face->factor;
    struct skin skin = {.gain = {1.0, 1.0, 1.0},
                        .grey = picture->channels == 1};
    cutis_status status = CUTIS_OK;

    TRY(calibrate(&skin, picture, face, options, tools));
    TRY(make_planes(&skin, width, height, picture, face, tools));
    TRY(ct_bytes_create(&skin.clipped, width, height, tools));

    struct filling filling = {.skin = &skin,
                              .picture = picture,
                              .crop = face->crop,
                              .factor = face->factor,
                              .tools = tools};
    atomic_init(&filling.failed, false);
    ct_parallel(tools->threads, (height + CT_BAND - 1) / CT_BAND, fill_band,
                &filling);
    if (atomic_load(&filling.failed)) {
        status = ct_no_memory(tools);
        goto done;
    }
    *out = skin;
    skin = (struct skin){0};

done:
    ct_skin_free(&skin);
    return status;
}

void ct_skin_free(struct skin *skin)
{
    ct_plane_free(&skin->red);
    ct_plane_free(&skin->green);
    ct_plane_free(&skin->blue);
    ct_bytes_free(&skin->clipped);
    *skin = (struct skin){0};
}
