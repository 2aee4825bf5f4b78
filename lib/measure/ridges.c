/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From a photograph to all ridges of its skin: the line filter's response, its
 * maxima across, thinned and made paths.  Most of them are no lines but relief
 * and rows of pores; choose.c tells which are.
 */

#include <math.h>
#include <string.h>

#include "measure/measure.h"

static const double pi = 3.14159265358979324;
static const double background_mm = 3.0;
static const float clip_cod = 5.0f;  /* limits what hair can do */
static const float least_cod = 0.5f; /* response of a ridge */
static const double usual_mm = 6.0;
static const float cap_cod = 0.9f; /* of the usual response */
static const double nose_mm = 3.0;
static const double rim_mm = 0.5; /* of the mask, left alone */

/* ---- Input --------------------------------------------------------------- */

static cutis_status make_source(struct plane *out, const struct scene *scene,
                                struct tools *tools)
{
    const struct level *level = &scene->relief;
    cutis_status status = CUTIS_OK;

    TRY(ct_level_raw(out, level, tools));
    for (int y = 0; y < level->height; y++)
        memcpy(ct_row(out, y), ct_row(&scene->density, y),
               (size_t)level->width * sizeof(float));
    TRY(ct_flatten(out, level, background_mm, tools));
    for (int y = 0; y < level->height; y++) {
        float *row = ct_row(out, y);
        for (int x = 0; x < level->width; x++)
            row[x] = row[x] > clip_cod    ? clip_cod
                     : row[x] < -clip_cod ? -clip_cod
                                          : row[x];
    }

done:
    return status;
}

/* ---- Ridges -------------------------------------------------------------- */

/* A step of a pixel across each direction. */
struct across {
    double x[CT_ANGLES], y[CT_ANGLES];
};

static void lay_across(struct across *out)
{
    for (int angle = 0; angle < CT_ANGLES; angle++) {
        out->x[angle] = -ct_sin(pi * angle / CT_ANGLES);
        out->y[angle] = ct_cos(pi * angle / CT_ANGLES);
    }
}

static bool is_ridge(const struct line_filter *filter,
                     const struct across *across, int x, int y)
{
    const struct plane *response = &filter->response;
    const float here = ct_row(response, y)[x];
    const int angle = ct_byte_row(&filter->best, y)[x] % CT_ANGLES;
    const double nx = across->x[angle], ny = across->y[angle];
    return here >= ct_between(response, x + nx, y + ny) &&
           here > ct_between(response, x - nx, y - ny);
}

/* Around the nose, on cheeks and lip, lies a fold of shape that no wrinkle
 * makes. */
static cutis_status clear_nose(struct bytes *inner, const struct level *level,
                               struct tools *tools)
{
    const double reach = nose_mm * level->scale;
    const size_t width = (size_t)level->width;
    cutis_status status = CUTIS_OK;
    struct bytes nose = {0};
    int top = level->height, bottom = 0; /* rows that may be near */
    for (int y = 0; y < level->height; y++)
        if (memchr(ct_byte_row(&level->region, y), CT_NOSE, width)) {
            top = y < top ? y : top;
            bottom = y + 1;
        }
    if (top >= bottom)
        return CUTIS_OK;
    top = top > (int)reach ? top - (int)reach : 0;
    bottom = level->height - bottom > (int)reach ? bottom + (int)reach
                                                 : level->height;

    TRY(ct_bytes_raw(&nose, level->width, bottom - top, tools));
    for (int y = top; y < bottom; y++) {
        const uint8_t *region = ct_byte_row(&level->region, y);
        uint8_t *is_nose = ct_byte_row(&nose, y - top);
        for (int x = 0; x < level->width; x++)
            is_nose[x] = region[x] == CT_NOSE ? 255 : 0;
    }
    TRY(ct_dilate(&nose, reach, tools));
    for (int y = top; y < bottom; y++) {
        const uint8_t *region = ct_byte_row(&level->region, y);
        const uint8_t *near = ct_byte_row(&nose, y - top);
        uint8_t *left = ct_byte_row(inner, y);
        for (int x = 0; x < level->width; x++) {
            const bool spared =
                (region[x] == CT_NOSE) | (region[x] == CT_GLABELLA);
            const bool stays = (near[x] == 0) | spared;
            left[x] = stays ? left[x] : 0;
        }
    }

done:
    ct_bytes_free(&nose);
    return status;
}

static cutis_status find_ridges(struct bytes *out, const struct level *level,
                                const struct line_filter *filter,
                                struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct bytes inner = {0};
    struct across across;

    TRY(ct_bytes_raw(out, level->width, level->height, tools));
    TRY(ct_bytes_raw(&inner, level->width, level->height, tools));
    for (int y = 0; y < level->height; y++)
        memcpy(ct_byte_row(&inner, y), ct_byte_row(&level->mask, y),
               (size_t)level->width);
    TRY(ct_erode(&inner, rim_mm * level->scale, tools));
    TRY(clear_nose(&inner, level, tools));

    lay_across(&across);
    for (int y = 0; y < level->height; y++) {
        if (y % 64 == 0)
            TRY(ct_pulse(tools));
        const float *response = ct_row(&filter->response, y);
        const uint8_t *inside = ct_byte_row(&inner, y);
        uint8_t *ridge = ct_byte_row(out, y);
        for (int x = 0; x < level->width; x++) {
            const bool found = (inside[x] != 0) & (response[x] >= least_cod);
            ridge[x] = found ? 255 : 0;
        }
        for (int x = 0;
             (x = ct_next_set(ridge, x, level->width)) < level->width; x++)
            ridge[x] = is_ridge(filter, &across, x, y) ? 255 : 0;
    }
    TRY(ct_dilate(out, 1.0, tools));
    TRY(ct_erode(out, 1.0, tools));
    TRY(ct_thin(out, tools));

done:
    ct_bytes_free(&inner);
    return status;
}

/* The mean response around each place, lines weighing little; `out` is there
 * already. */
static cutis_status find_usual(struct plane *out, const struct level *level,
                               const struct plane *response,
                               struct tools *tools)
{
    for (int y = 0; y < level->height; y++) {
        const float *here = ct_row(response, y);
        float *low = ct_row(out, y);
        for (int x = 0; x < level->width; x++)
            low[x] = here[x] < cap_cod ? here[x] : cap_cod;
    }
    return ct_gauss_masked(out, out, &level->mask, usual_mm * level->scale,
                           true, tools);
}

double ct_line_response(const struct plane *response, double x, double y)
{
    const int x0 = (int)floor(x + 0.5), y0 = (int)floor(y + 0.5);
    float most = 0.0f;
    for (int v = y0 - 1; v <= y0 + 1; v++)
        for (int u = x0 - 1; u <= x0 + 1; u++) {
            if (u < 0 || v < 0 || u >= response->width || v >= response->height)
                continue;
            const float here = ct_row(response, v)[u];
            most = here > most ? here : most;
        }
    return (double)most;
}

/* A smooth way leaves the ridge by up to a pixel. */
static void sample(struct paths *paths, const struct plane *response,
                   const struct plane *usual)
{
    const size_t points = paths->count ? paths->start[paths->count] : 0;
    for (size_t i = 0; i < points; i++) {
        struct path_point *point = &paths->at[i];
        const double x = (double)point->x, y = (double)point->y;
        point->response = (float)ct_line_response(response, x, y);
        point->usual = ct_between(usual, x, y);
    }
}

static double mean_of(const struct plane *plane, const struct bytes *mask)
{
    double sum = 0.0, count = 0.0;
    for (int y = 0; y < plane->height; y++)
        for (int x = 0; x < plane->width; x++)
            if (ct_byte_row(mask, y)[x]) {
                sum += (double)ct_row(plane, y)[x];
                count += 1.0;
            }
    return count > 0.0 ? sum / count : 0.0;
}

cutis_status ct_ridges(struct lines *out, const struct scene *scene,
                       struct tools *tools)
{
    const struct level *level = &scene->relief;
    cutis_status status = CUTIS_OK;
    struct plane source = {0}; /* later the usual response, in its place */
    struct line_filter filter = {0};
    struct bytes ridge = {0};

    TRY(make_source(&source, scene, tools));
    TRY(ct_line_filter(&filter, &source, &level->mask, level->scale, tools));
    TRY(find_ridges(&ridge, level, &filter, tools));
    ct_bytes_free(&filter.best);
    TRY(ct_paths_trace(&out->paths, &ridge, level->scale, tools));
    ct_bytes_free(&ridge);
    TRY(find_usual(&source, level, &filter.response, tools));
    TRY(ct_pulse(tools));
    sample(&out->paths, &filter.response, &source);
    out->usual = mean_of(&source, &level->mask);
    out->response = filter.response;
    filter.response = (struct plane){0};

done:
    ct_bytes_free(&ridge);
    ct_line_filter_free(&filter);
    ct_plane_free(&source);
    return status;
}
