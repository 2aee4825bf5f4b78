/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From the line filter's response to lines: maxima across, two thresholds,
 * thinning; each connected line loses its ends where the response falls under
 * half of its median, because an end answers with half; then length, depth and
 * width are taken, the latter from the mean profile across the line.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"

static const double pi = 3.14159265358979324;
static const double background_mm = 3.0;
static const float clip_cod = 5.0f; /* limits what hair can do */
static const double high_cod = 0.8; /* least response of a line's core */
static const double reach_mm = 1.0; /* from a strong pixel to a weak one */
static const double rim_mm = 0.5;   /* of the mask, left alone */
static const double hair_mm = 2.0;  /* ridges that pores keep away from */
static const double hair_width_mm = 0.12, hair_depth = 8.0;

enum { HALF = 16, PROFILE = 2 * HALF + 1 };
static const double profile_step_mm = 0.0625;

/* Work on the relief level; labels from 1, 0 = no line. */
struct work {
    const struct scene *scene;
    struct line_filter filter;
    struct bytes ridge;
    int32_t *labels;
    int32_t count;
    size_t *pixel; /* of the ridges, line by line */
    size_t *start; /* [count + 2]: of line i in `pixel` */
    float *response;
};

/* ---- Input --------------------------------------------------------------- */

static cutis_status make_source(struct plane *out, const struct scene *scene,
                                struct tools *tools)
{
    const struct level *level = &scene->relief;
    cutis_status status = CUTIS_OK;

    TRY(ct_level_plane(out, level, tools));
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

/* The unit vector across the best line at a pixel. */
static void across(const struct work *work, int x, int y, double n[2])
{
    const int angle = ct_byte_row(&work->filter.best, y)[x] % CT_ANGLES;
    n[0] = -ct_sin(pi * angle / CT_ANGLES);
    n[1] = ct_cos(pi * angle / CT_ANGLES);
}

static bool is_ridge(const struct work *work, int x, int y)
{
    double n[2];
    const struct plane *response = &work->filter.response;
    const float here = ct_row(response, y)[x];
    across(work, x, y, n);
    return here >= ct_between(response, x + n[0], y + n[1]) &&
           here > ct_between(response, x - n[0], y - n[1]);
}

/* max(median + 6 MAD of the response on skin, the least that counts). */
static cutis_status threshold(double *out, const struct work *work,
                              struct tools *tools)
{
    const struct level *level = &work->scene->relief;
    const size_t most =
        ((size_t)level->width / 4 + 1) * ((size_t)level->height / 4 + 1);
    float *v = ct_alloc_raw(&tools->memory, most, sizeof(*v));
    size_t n = 0;
    if (!v)
        return ct_no_memory(tools);

    for (int y = 0; y < level->height; y += 4)
        for (int x = 0; x < level->width; x += 4)
            if (ct_byte_row(&level->mask, y)[x])
                v[n++] = ct_row(&work->filter.response, y)[x];
    *out = high_cod;
    if (n) {
        const double median = ct_quantile(v, n, 0.5);
        for (size_t i = 0; i < n; i++)
            v[i] = (float)fabs((double)v[i] - median);
        const double high = median + 6.0 * ct_quantile(v, n, 0.5);
        *out = high > high_cod ? high : high_cod;
    }
    ct_free(v);
    return CUTIS_OK;
}

static cutis_status label_ridges(struct work *work, struct tools *tools)
{
    const size_t pixels =
        (size_t)work->ridge.width * (size_t)work->ridge.height;
    ct_free(work->labels);
    work->labels = ct_alloc_raw(&tools->memory, pixels, sizeof(*work->labels));
    if (!work->labels)
        return ct_no_memory(tools);
    return ct_components(work->labels, &work->count, &work->ridge, false,
                         tools);
}

enum { WAITING = 1, REACHED = 2 };

/* Reaches the waiting neighbours of a pixel of the queue; gives its new end. */
static size_t spread(struct work *work, size_t *queue, size_t head, size_t tail)
{
    const size_t width = (size_t)work->ridge.width;
    const int x0 = (int)(queue[head] % width), y0 = (int)(queue[head] / width);
    for (int k = 0; k < 9; k++) {
        const int x = x0 + k % 3 - 1, y = y0 + k / 3 - 1;
        if (x < 0 || y < 0 || x >= work->ridge.width ||
            y >= work->ridge.height ||
            ct_byte_row(&work->ridge, y)[x] != WAITING)
            continue;
        ct_byte_row(&work->ridge, y)[x] = REACHED;
        queue[tail++] = (size_t)y * width + (size_t)x;
    }
    return tail;
}

/* Keeps what reaches `high`, and of the rest what leads to such a pixel in few
 * steps along the ridge: a longer way is no line but a row of pores. */
static cutis_status keep_strong(struct work *work, double high,
                                struct tools *tools)
{
    const int width = work->ridge.width, height = work->ridge.height;
    const int most = (int)(reach_mm * work->scene->relief.scale);
    size_t head = 0, tail = 0, count = 0;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            count += ct_byte_row(&work->ridge, y)[x] != 0;
    size_t *queue = ct_alloc_raw(&tools->memory, count, sizeof(*queue));
    if (!queue)
        return ct_no_memory(tools);

    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint8_t *ridge = &ct_byte_row(&work->ridge, y)[x];
            if (!*ridge)
                continue;
            *ridge = WAITING;
            if ((double)ct_row(&work->filter.response, y)[x] >= high) {
                *ridge = REACHED;
                queue[tail++] = (size_t)y * (size_t)width + (size_t)x;
            }
        }
    for (int step = 0; step < most; step++)
        for (const size_t end = tail; head < end; head++)
            tail = spread(work, queue, head, tail);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint8_t *ridge = &ct_byte_row(&work->ridge, y)[x];
            *ridge = *ridge == REACHED ? 255 : 0;
        }
    ct_free(queue);
    return CUTIS_OK;
}

static cutis_status find_ridges(struct work *work, struct tools *tools)
{
    const struct level *level = &work->scene->relief;
    cutis_status status = CUTIS_OK;
    struct bytes inner = {0};
    double high = high_cod;

    TRY(ct_bytes_create(&work->ridge, level->width, level->height, tools));
    TRY(ct_bytes_create(&inner, level->width, level->height, tools));
    for (int y = 0; y < level->height; y++)
        memcpy(ct_byte_row(&inner, y), ct_byte_row(&level->mask, y),
               (size_t)level->width);
    TRY(ct_erode(&inner, rim_mm * level->scale, tools));
    TRY(threshold(&high, work, tools));

    for (int y = 0; y < level->height; y++) {
        const float *response = ct_row(&work->filter.response, y);
        for (int x = 0; x < level->width; x++)
            ct_byte_row(&work->ridge, y)[x] =
                ct_byte_row(&inner, y)[x] &&
                        (double)response[x] >= 0.5 * high &&
                        is_ridge(work, x, y)
                    ? 255
                    : 0;
    }
    TRY(ct_dilate(&work->ridge, 1.0, tools));
    TRY(ct_erode(&work->ridge, 1.0, tools));
    TRY(keep_strong(work, high, tools));
    TRY(ct_thin(&work->ridge, tools));
    TRY(label_ridges(work, tools));

done:
    ct_bytes_free(&inner);
    return status;
}

/* ---- Lines --------------------------------------------------------------- */

/* Sorts the ridges' pixels by line. */
static cutis_status sort_pixels(struct work *work, struct tools *tools)
{
    const size_t width = (size_t)work->ridge.width;
    const size_t pixels = width * (size_t)work->ridge.height;
    const size_t lines = (size_t)work->count;
    size_t total = 0;
    for (size_t i = 0; i < pixels; i++)
        total += work->labels[i] != 0;

    work->start = ct_alloc(&tools->memory, lines + 2, sizeof(*work->start));
    work->pixel = ct_alloc_raw(&tools->memory, total, sizeof(*work->pixel));
    work->response = ct_alloc_raw(&tools->memory, total, sizeof(float));
    if (!work->start || !work->pixel || !work->response)
        return ct_no_memory(tools);

    for (size_t i = 0; i < pixels; i++)
        if (work->labels[i])
            work->start[work->labels[i]]++;
    size_t sum = 0;
    for (size_t k = 0; k <= lines + 1; k++) {
        const size_t n = work->start[k];
        work->start[k] = sum;
        sum += n;
    }
    for (size_t i = 0; i < pixels; i++)
        if (work->labels[i])
            work->pixel[work->start[work->labels[i]]++] = i;
    for (size_t k = lines + 1; k > 0; k--)
        work->start[k] = work->start[k - 1];
    work->start[0] = 0;
    return CUTIS_OK;
}

/* Takes the line's weak pixels, its ends above all, off the ridges. */
static void trim(struct work *work, size_t line)
{
    const size_t width = (size_t)work->ridge.width;
    const size_t first = work->start[line], end = work->start[line + 1];
    for (size_t i = first; i < end; i++)
        work->response[i] =
            ct_row(&work->filter.response,
                   (int)(work->pixel[i] / width))[work->pixel[i] % width];
    const float half =
        0.5f * (float)ct_quantile(work->response + first, end - first, 0.5);
    for (size_t i = first; i < end; i++) {
        const int x = (int)(work->pixel[i] % width);
        const int y = (int)(work->pixel[i] / width);
        if (ct_row(&work->filter.response, y)[x] < half) {
            ct_byte_row(&work->ridge, y)[x] = 0;
            work->labels[work->pixel[i]] = 0;
        }
    }
}

static bool is_part(const struct work *work, int x, int y, int32_t label)
{
    const int width = work->ridge.width, height = work->ridge.height;
    return x >= 0 && y >= 0 && x < width && y < height &&
           work->labels[(size_t)y * (size_t)width + (size_t)x] == label;
}

/* Length by links to the pixels right and below, of digital lines in all
 * directions (Dorst & Smeulders, CVGIP 40:311, 1987: 0.948 and 1.343). */
static void add_links(const struct work *work, int x, int y, struct line *line)
{
    static const int step[4][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 1}};
    const struct level *level = &work->scene->relief;
    const size_t width = (size_t)work->ridge.width;
    const int32_t label = work->labels[(size_t)y * width + (size_t)x];
    const int region = ct_byte_row(&level->region, y)[x];
    if (region >= CT_REGIONS)
        return;

    double px = 0.0;
    for (int k = 0; k < 4; k++) {
        const int dx = step[k][0], dy = step[k][1];
        if (!is_part(work, x + dx, y + dy, label))
            continue;
        /* Around a corner the way goes along its sides. */
        if (dx && dy &&
            (is_part(work, x + dx, y, label) ||
             is_part(work, x, y + dy, label)))
            continue;
        px += dx && dy ? 1.343 : 0.948;
    }
    line->length_mm[region] += px * ct_sqrt((double)ct_row(&level->area, y)[x]);
}

struct profile {
    double sum[PROFILE], count[PROFILE];
};

static void add_profile(const struct work *work, int x, int y,
                        struct profile *profile)
{
    const struct level *level = &work->scene->relief;
    const struct plane *response = &work->filter.response;
    double n[2];
    across(work, x, y, n);

    const double before = (double)ct_between(response, x - n[0], y - n[1]);
    const double here = (double)ct_row(response, y)[x];
    const double after = (double)ct_between(response, x + n[0], y + n[1]);
    const double bend = before - 2.0 * here + after;
    const double shift = bend < 0.0 ? 0.5 * (before - after) / bend : 0.0;
    const double centre = fabs(shift) < 1.0 ? shift : 0.0;

    for (int i = 0; i < PROFILE; i++) {
        const double d = centre + (i - HALF) * profile_step_mm * level->scale;
        const double u = x + d * n[0], v = y + d * n[1];
        const int px = (int)floor(u + 0.5), py = (int)floor(v + 0.5);
        if (px < 1 || py < 1 || px >= level->width - 1 ||
            py >= level->height - 1 || !ct_byte_row(&level->mask, py)[px])
            continue;
        profile->sum[i] += (double)ct_between(&work->scene->density, u, v);
        profile->count[i] += 1.0;
    }
}

/* How far from the middle the profile falls to `level`, in steps. */
static double crossing(const double *v, double level, int sign)
{
    for (int i = 1; i <= HALF; i++) {
        const double before = v[HALF + sign * (i - 1)];
        const double here = v[HALF + sign * i];
        if (here <= level)
            return i - 1 +
                   (before > here ? (before - level) / (before - here) : 0.0);
    }
    return HALF;
}

static void measure_profile(struct line *line, const struct profile *profile)
{
    double v[PROFILE], flank = 0.0, flanks = 0.0;
    for (int i = 0; i < PROFILE; i++) {
        v[i] =
            profile->count[i] > 0.0 ? profile->sum[i] / profile->count[i] : 0.0;
        if (abs(i - HALF) < 12)
            continue;
        flank += profile->sum[i]; /* 0.75 to 1 mm away */
        flanks += profile->count[i];
    }
    const double floor_level = flanks > 0.0 ? flank / flanks : v[HALF];
    const double depth = v[HALF] - floor_level;
    const double half = floor_level + 0.5 * depth;
    line->depth = (float)(depth > 0.0 ? depth : 0.0);
    line->width_mm = (float)(profile_step_mm *
                             (crossing(v, half, 1) + crossing(v, half, -1)));
}

/* The farthest two of the outermost points in eight directions. */
struct extent {
    double x[8], y[8];
    bool any;
};

static void add_point(struct extent *extent, int px, int py)
{
    static const int step[8][2] = {{1, 0},  {1, 1},   {0, 1},  {-1, 1},
                                   {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
    for (int k = 0; k < 8; k++) {
        const double ahead =
            step[k][0] * (px - extent->x[k]) + step[k][1] * (py - extent->y[k]);
        if (!extent->any || ahead > 0.0) {
            extent->x[k] = px;
            extent->y[k] = py;
        }
    }
    extent->any = true;
}

static double farthest(const struct extent *extent)
{
    double most = 0.0;
    for (int i = 0; extent->any && i < 8; i++)
        for (int k = 0; k < i; k++) {
            const double dx = extent->x[i] - extent->x[k];
            const double dy = extent->y[i] - extent->y[k];
            const double d2 = dx * dx + dy * dy;
            most = d2 > most ? d2 : most;
        }
    return ct_sqrt(most);
}

static void measure_line(const struct work *work, size_t index,
                         struct line *line)
{
    const size_t width = (size_t)work->ridge.width;
    const double blur = work->scene->view->blur_mm;
    struct profile profile = {0};
    struct extent extent = {0};

    for (size_t i = work->start[index]; i < work->start[index + 1]; i++) {
        const size_t at = work->pixel[i];
        const int x = (int)(at % width), y = (int)(at / width);
        if (!work->labels[at])
            continue;
        add_links(work, x, y, line);
        add_profile(work, x, y, &profile);
        add_point(&extent, x, y);
    }
    line->extent_mm = (float)(farthest(&extent) / work->scene->relief.scale);
    measure_profile(line, &profile);

    const double spread = isnan(blur) ? 0.0 : 2.3548200450309493 * blur;
    const double w = (double)line->width_mm;
    line->hair = w * w - spread * spread < hair_width_mm * hair_width_mm &&
                 (double)line->depth > hair_depth;
}

/* Leaves the pixels of lines longer than 2 mm, and tells which count. */
static void mark_lines(struct work *work, const struct line *lines)
{
    const size_t width = (size_t)work->ridge.width;
    for (int y = 0; y < work->ridge.height; y++)
        for (int x = 0; x < work->ridge.width; x++) {
            const int32_t label = work->labels[(size_t)y * width + (size_t)x];
            const struct line *line = label ? &lines[label - 1] : NULL;
            const bool is_long = line && (double)line->extent_mm > hair_mm;
            ct_byte_row(&work->ridge, y)[x] = !is_long               ? 0
                                              : ct_line_counts(line) ? 255
                                                                     : 128;
        }
}

void ct_lines_free(struct lines *lines)
{
    ct_free(lines->at);
    ct_bytes_free(&lines->ridge);
    ct_plane_free(&lines->response);
    *lines = (struct lines){0};
}

cutis_status ct_lines_find(struct lines *out, const struct scene *scene,
                           struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct plane source = {0};
    struct work work = {.scene = scene};
    struct line *lines = NULL;

    TRY(make_source(&source, scene, tools));
    TRY(ct_line_filter(&work.filter, &source, &scene->relief.mask,
                       scene->relief.scale, tools));
    ct_plane_free(&source);
    TRY(find_ridges(&work, tools));
    TRY(sort_pixels(&work, tools));

    lines = ct_alloc(&tools->memory, (size_t)work.count, sizeof(*lines));
    if (!lines)
        TRY(ct_no_memory(tools));
    for (size_t i = 1; i <= (size_t)work.count; i++) {
        trim(&work, i);
        measure_line(&work, i, &lines[i - 1]);
    }
    mark_lines(&work, lines);

    out->at = lines;
    out->count = (size_t)work.count;
    out->ridge = work.ridge;
    out->response = work.filter.response;
    lines = NULL;
    work.ridge = (struct bytes){0};
    work.filter.response = (struct plane){0};

done:
    ct_free(lines);
    ct_free(work.response);
    ct_free(work.pixel);
    ct_free(work.start);
    ct_free(work.labels);
    ct_bytes_free(&work.ridge);
    ct_line_filter_free(&work.filter);
    ct_plane_free(&source);
    return status;
}
