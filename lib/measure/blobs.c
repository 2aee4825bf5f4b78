/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Blobs by the scale-normalised Laplacian of Gaussian (Lindeberg, IJCV 30:79,
 * 1998).  The response of scale s,
 *
 *     R(x, s) = -s^2 (Ixx + Iyy),   I = G(s) * source,
 *
 * to a Gaussian bump of height A and width t is 2 A s^2 t^2 / (t^2 + s^2)^2,
 * which is greatest, A/2, at s = t.  Blobs are maxima over place and scale; a
 * parabola through ln(s) gives the width between scales.
 *
 * Wide scales are sought on the source reduced by two, four, ..., where they
 * are still two pixels wide; the reduction's own blur comes off theirs.  Two
 * reductions answer a percent apart, so a blob between the widest scale of one
 * and the finest of the next might seem the other's to both and be lost: the
 * widest takes it when in doubt, and such a blob may come twice.
 *
 * The work goes tile by tile, so that all scales of a tile stay in cache; what
 * the tiles find is put together in tile order and then sorted, so the number
 * of threads never shows.
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/measure.h"
#include "util/parallel.h"

enum { TILE = 192, RADIUS_MAX = 160, NEAR_MAX = 16 };

static const float doubtful = 0.97f; /* of one reduction against the next */

struct kernel {
    float w0[RADIUS_MAX + 1], w1[RADIUS_MAX + 1], w2[RADIUS_MAX + 1];
    int radius;
    double sigma; /* px of the octave, with the blur of its reduction */
};

struct found {
    struct blob *at;
    size_t count, room;
    bool failed;
};

/* One reduction of the source, and the scales whose maxima it gives. */
struct job {
    const struct blob_search *search;
    struct plane source;
    struct bytes mask;
    int factor;            /* source pixels per pixel */
    int first, last;       /* scales that are sought; one more at each end */
    struct kernel *kernel; /* from scale first - 1 to last + 1 */
    struct found *found;   /* a tile each */
    int across, near, margin;
    double reach;  /* px, squared: of a maximum */
    bool followed; /* wider scales are sought in another reduction */
    double step;   /* ln of the ratio of scales */
    struct tools *tools;
};

/* Buffers of one tile: the source with a margin, and three responses. */
struct tile {
    float *source, *first, *second, *response[3];
    size_t stride;     /* of the source and of what is made from it */
    int x0, y0;        /* of the inner part in the plane */
    int width, height; /* of the inner part */
    float doubt;       /* share of the wider response that is enough */
};

/* ---- Responses ----------------------------------------------------------- */

static float *at(const struct job *job, const struct tile *tile, float *buffer,
                 int x, int y)
{
    return buffer + (size_t)(y + job->margin) * tile->stride +
           (size_t)(x + job->margin);
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Copies the tile and its margin; 0 outside the plane. */
static void load(const struct job *job, const struct tile *tile)
{
    const struct plane *plane = &job->source;
    const int m = job->margin, x0 = tile->x0 - m;
    const int first = x0 < 0 ? -x0 : 0;
    const int all = tile->width + 2 * m;
    const int end = least(all, plane->width - x0);

    for (int y = -m; y < tile->height + m; y++) {
        const int v = tile->y0 + y;
        float *row = at(job, tile, tile->source, -m, y);
        memset(row, 0, (size_t)all * sizeof(float));
        if (v >= 0 && v < plane->height)
            memcpy(row + first, ct_row(plane, v) + x0 + first,
                   (size_t)(end - first) * sizeof(float));
    }
}

/* R of one scale, on the inner part and `near` pixels around it. */
static void respond(const struct job *job, const struct tile *tile,
                    const struct kernel *k, float *response)
{
    const struct kernels *kernels = job->tools->kernels;
    const int g = job->near;
    const size_t n = (size_t)(tile->width + 2 * g);
    const float *rows[2][2 * RADIUS_MAX + TILE + 2 * NEAR_MAX];
    const float *const *const middle[2] = {rows[0] + k->radius,
                                           rows[1] + k->radius};
    const float *const across[2] = {k->w2, k->w0}, *const down[2] = {k->w0,
                                                                     k->w2};

    for (int y = -g - k->radius; y < tile->height + g + k->radius; y++)
        kernels->symmetric_rows(at(job, tile, tile->first, -g, y),
                                at(job, tile, tile->second, -g, y),
                                at(job, tile, tile->source, -g, y), across,
                                k->radius, n);
    const int high = tile->height + 2 * g;
    for (int y = 0; y < high + 2 * k->radius; y++) {
        rows[0][y] = at(job, tile, tile->first, -g, y - g - k->radius);
        rows[1][y] = at(job, tile, tile->second, -g, y - g - k->radius);
    }
    kernels->symmetric_sums(at(job, tile, response, -g, -g), tile->stride,
                            middle, down, k->radius,
                            -(float)(k->sigma * k->sigma), high, n);
}

/* ---- Maxima -------------------------------------------------------------- */

/* Ties go to the first in raster order. */
static bool is_maximum(const struct job *job, const struct tile *tile, int x,
                       int y)
{
    const float r = *at(job, tile, tile->response[1], x, y);
    for (int v = -job->near; v <= job->near; v++)
        for (int u = -job->near; u <= job->near; u++) {
            if (u * u + v * v > job->reach && u * u + v * v > 2)
                continue;
            const float here = *at(job, tile, tile->response[1], x + u, y + v);
            const bool earlier = v < 0 || (v == 0 && u < 0);
            if (here > r || (earlier && here == r) ||
                *at(job, tile, tile->response[0], x + u, y + v) >= r ||
                tile->doubt * *at(job, tile, tile->response[2], x + u, y + v) >
                    r)
                return false;
        }
    return true;
}

/* Where the parabola through three values at -1, 0, 1 has its top. */
static double top(double before, double here, double after)
{
    const double bend = before - 2.0 * here + after;
    const double at_top = bend < 0.0 ? 0.5 * (before - after) / bend : 0.0;
    return at_top < -0.5 ? -0.5 : at_top > 0.5 ? 0.5 : at_top;
}

/* Ratio of the smaller to the larger curvature; 0 unless both are negative. */
static double roundness(const struct job *job, const struct tile *tile,
                        const struct kernel *k, int x, int y)
{
    double xx = 0.0, xy = 0.0, yy = 0.0;
    for (int v = -k->radius; v <= k->radius; v++) {
        const float *row = at(job, tile, tile->source, x, y + v);
        double s0 = 0.0, s1 = 0.0, s2 = 0.0;
        for (int u = -k->radius; u <= k->radius; u++) {
            const double f = (double)row[u];
            const int i = abs(u);
            s0 += (double)k->w0[i] * f;
            s1 += (u < 0 ? -1.0 : 1.0) * (double)k->w1[i] * f;
            s2 += (double)k->w2[i] * f;
        }
        const int i = abs(v);
        xx += (double)k->w0[i] * s2;
        xy += (v < 0 ? -1.0 : 1.0) * (double)k->w1[i] * s1;
        yy += (double)k->w2[i] * s0;
    }
    const double mean = 0.5 * (xx + yy);
    const double half = ct_sqrt(0.25 * (xx - yy) * (xx - yy) + xy * xy);
    return mean + half < 0.0 ? (mean + half) / (mean - half) : 0.0;
}

static void add(struct found *found, const struct blob *blob,
                struct tools *tools)
{
    if (found->count == found->room) {
        const size_t room = found->room ? 2 * found->room : 32;
        struct blob *more = ct_alloc_raw(&tools->memory, room, sizeof(*more));
        found->failed = found->failed || !more;
        if (!more)
            return;
        if (found->count)
            memcpy(more, found->at, found->count * sizeof(*more));
        ct_free(found->at);
        found->at = more;
        found->room = room;
    }
    found->at[found->count++] = *blob;
}

static void consider(const struct job *job, const struct tile *tile,
                     const struct kernel *kernel, int x, int y,
                     struct found *found)
{
    const double here = (double)*at(job, tile, tile->response[1], x, y);
    if (!is_maximum(job, tile, x, y))
        return;
    const double round = roundness(job, tile, kernel, x, y);
    if (round < job->search->roundness)
        return;

    const double finer = (double)*at(job, tile, tile->response[0], x, y);
    const double wider = (double)*at(job, tile, tile->response[2], x, y);
    const double shift = top(finer, here, wider);
    const float *row = at(job, tile, tile->response[1], x, y);
    const double left = (double)row[-1], right = (double)row[1];
    const double above = (double)*(row - tile->stride);
    const double below = (double)row[tile->stride];
    const double dx = top(left, here, right);
    const double dy = top(above, here, below);
    const double rise = -0.25 * ((finer - wider) * shift + (left - right) * dx +
                                 (above - below) * dy);

    const struct blob blob = {
        .x = (float)(job->factor * (tile->x0 + x + 0.5 + dx)),
        .y = (float)(job->factor * (tile->y0 + y + 0.5 + dy)),
        .sigma =
            (float)(job->factor * kernel->sigma * ct_exp(shift * job->step)),
        .response = (float)(here + rise),
        .roundness = (float)round,
    };
    add(found, &blob, job->tools);
}

enum { STRIDE = 32 }; /* pixels looked at together: most are below */

/* Whether any is over the threshold, and as high as its four neighbours. */
static bool any_peak(const float *v, ptrdiff_t down, float threshold)
{
    int any = 0, peaks = 0;
    for (int i = 0; i < STRIDE; i++)
        any |= v[i] >= threshold;
    for (int i = 0; any && i < STRIDE; i++)
        peaks |= (v[i] >= threshold) & (v[i] >= v[i - 1]) & (v[i] >= v[i + 1]) &
                 (v[i] >= v[i - down]) & (v[i] >= v[i + down]);
    return peaks;
}

/* Tells most pixels apart before their whole surroundings are looked at. */
static bool may_be_maximum(const struct tile *tile, const float *r)
{
    const ptrdiff_t down = (ptrdiff_t)tile->stride;
    const ptrdiff_t here = r - tile->response[1];
    return r[0] >= r[-1] && r[0] >= r[1] && r[0] >= r[-down] &&
           r[0] >= r[down] && r[0] >= tile->response[0][here] &&
           r[0] >= tile->doubt * tile->response[2][here];
}

static void seek(const struct job *job, const struct tile *tile,
                 const struct kernel *kernel, struct found *found)
{
    const float threshold = (float)job->search->threshold;
    const ptrdiff_t down = (ptrdiff_t)tile->stride;
    for (int y = 0; y < tile->height; y++) {
        const uint8_t *mask = ct_byte_row(&job->mask, tile->y0 + y) + tile->x0;
        const float *row = at(job, tile, tile->response[1], 0, y);
        for (int x0 = 0; x0 < tile->width; x0 += STRIDE) {
            const int end = least(x0 + STRIDE, tile->width);
            if (end - x0 == STRIDE && !any_peak(row + x0, down, threshold))
                continue;
            for (int x = x0; x < end; x++)
                if (row[x] >= threshold && mask[x] &&
                    may_be_maximum(tile, row + x))
                    consider(job, tile, kernel, x, y, found);
        }
    }
}

/* ---- Tiles --------------------------------------------------------------- */

/* Draws the tile in to where the mask is; false if that is nowhere. */
static bool draw_in(const struct job *job, struct tile *tile)
{
    int left = tile->width, right = 0, top = -1, bottom = 0;
    for (int y = 0; y < tile->height; y++) {
        const uint8_t *mask = ct_byte_row(&job->mask, tile->y0 + y) + tile->x0;
        const uint8_t *const in = memchr(mask, 255, (size_t)tile->width);
        if (!in)
            continue;
        int end = tile->width;
        while (!mask[end - 1])
            end--;
        left = least((int)(in - mask), left);
        right = end > right ? end : right;
        top = top < 0 ? y : top;
        bottom = y + 1;
    }
    tile->x0 += left;
    tile->y0 += top;
    tile->width = right - left;
    tile->height = bottom - top;
    return top >= 0;
}

static void do_tile(void *context, int index)
{
    const struct job *job = context;
    const struct plane *plane = &job->source;
    struct found *found = &job->found[index];
    struct tile tile = {
        .x0 = index % job->across * TILE,
        .y0 = index / job->across * TILE,
        .stride = (size_t)(TILE + 2 * job->margin),
    };
    tile.width = least(TILE, plane->width - tile.x0);
    tile.height = least(TILE, plane->height - tile.y0);
    if (!draw_in(job, &tile))
        return;
    const size_t room = tile.stride * tile.stride;
    float *all = ct_alloc_raw(&job->tools->memory, 6 * room, sizeof(float));
    if (!all) {
        found->failed = true;
        return;
    }
    tile.source = all;
    tile.first = all + room;
    tile.second = all + 2 * room;
    for (int i = 0; i < 3; i++)
        tile.response[i] = all + (size_t)(3 + i) * room;
    load(job, &tile);
    const int scales = job->last - job->first + 3;
    for (int i = 0; i < scales; i++) {
        float *const oldest = tile.response[0];
        tile.response[0] = tile.response[1];
        tile.response[1] = tile.response[2];
        tile.response[2] = oldest;
        respond(job, &tile, &job->kernel[i], oldest);
        tile.doubt = job->followed && i == scales - 1 ? doubtful : 1.0f;
        if (i >= 2)
            seek(job, &tile, &job->kernel[i - 1], found);
    }
    ct_free(all);
}

static int compare(const void *left, const void *right)
{
    const struct blob *a = left, *b = right;
    if (a->response != b->response)
        return a->response > b->response ? -1 : 1;
    if (a->y != b->y)
        return a->y < b->y ? -1 : 1;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    return a->sigma < b->sigma ? -1 : a->sigma > b->sigma;
}

/* ---- Octaves ------------------------------------------------------------- */

static const double widest = 2.6; /* px: a wider scale is sought reduced */

static void make_kernel(struct kernel *kernel, double sigma, int factor)
{
    float w[CT_RADIUS_MAX + 1];
    float *const into[3] = {kernel->w0, kernel->w1, kernel->w2};
    const double blur = (1.0 - 1.0 / ((double)factor * factor)) / 12.0;
    const double own = sigma / factor;
    const double most = RADIUS_MAX / 4 - 1; /* its kernel has room */
    const double left = own < most ? ct_sqrt(own * own - blur) : most;

    kernel->sigma = own;
    for (int order = 0; order < 3; order++) {
        const int radius = ct_gauss_kernel(w, left, order);
        kernel->radius = radius > kernel->radius ? radius : kernel->radius;
        memcpy(into[order], w, (size_t)(radius + 1) * sizeof(float));
    }
}

/* The source and the mask of an octave; the first one's are the caller's. */
static cutis_status reduce(struct job *job, struct tools *tools)
{
    const struct plane *source = job->search->source;
    const int n = job->factor;
    if (n == 1) {
        job->source = *source;
        job->mask = *job->search->mask;
        return CUTIS_OK;
    }

    const int width = source->width / n, height = source->height / n;
    cutis_status status = CUTIS_OK;

    TRY(ct_plane_raw(&job->source, width, height, tools));
    TRY(ct_bytes_raw(&job->mask, width, height, tools));
    TRY(ct_shrink(&job->source, source, n, tools));
    for (int y = 0; y < height; y++) {
        const uint8_t *from = ct_byte_row(job->search->mask, y * n + n / 2);
        uint8_t *to = ct_byte_row(&job->mask, y);
        for (int x = 0; x < width; x++)
            to[x] = from[x * n + n / 2];
    }

done:
    return status;
}

static cutis_status collect(struct found *all, const struct found *tile,
                            struct tools *tools)
{
    if (tile->failed)
        return ct_no_memory(tools);
    for (size_t k = 0; k < tile->count; k++)
        add(all, &tile->at[k], tools);
    return all->failed ? ct_no_memory(tools) : CUTIS_OK;
}

static cutis_status do_octave(struct found *all, struct job *job,
                              struct tools *tools)
{
    const struct blob_search *search = job->search;
    const int scales = job->last - job->first + 3;
    const double radius = search->radius / job->factor;
    size_t tiles = 0;
    cutis_status status = CUTIS_OK;
    job->near = radius < 1.0 ? 1 : radius < NEAR_MAX ? (int)radius : NEAR_MAX;
    job->reach = radius * radius;
    job->kernel =
        ct_alloc(&tools->memory, (size_t)scales, sizeof(*job->kernel));
    if (!job->kernel)
        TRY(ct_no_memory(tools));
    for (int i = 0; i < scales; i++)
        make_kernel(&job->kernel[i], search->sigma[job->first - 1 + i],
                    job->factor);
    job->margin = job->kernel[scales - 1].radius + job->near;

    TRY(reduce(job, tools));
    job->across = (job->source.width + TILE - 1) / TILE;
    tiles =
        (size_t)job->across * (size_t)((job->source.height + TILE - 1) / TILE);
    job->found = ct_alloc(&tools->memory, tiles, sizeof(*job->found));
    if (!job->found)
        TRY(ct_no_memory(tools));
    TRY(ct_each(tools, (int)tiles, do_tile, job));
    for (size_t i = 0; i < tiles; i++)
        TRY(collect(all, &job->found[i], tools));

done:
    for (size_t i = 0; job->found && i < tiles; i++)
        ct_free(job->found[i].at);
    ct_free(job->found);
    ct_free(job->kernel);
    if (job->factor > 1) {
        ct_bytes_free(&job->mask);
        ct_plane_free(&job->source);
    }
    return status;
}

cutis_status ct_blobs_find(struct blobs *out, const struct blob_search *search,
                           struct tools *tools)
{
    const struct plane *source = search->source;
    const double step = ct_log(search->sigma[1] / search->sigma[0]);
    cutis_status status = CUTIS_OK;
    struct found all = {0};

    for (int first = 1, factor = 1; first < search->scales - 1;) {
        const bool may_reduce =
            2 * factor * 16 < source->width && 2 * factor * 16 < source->height;
        int last = first - 1;
        while (last + 1 < search->scales - 1 &&
               (!may_reduce || search->sigma[last + 1] < widest * factor))
            last++;
        if (last >= first) {
            struct job job = {.search = search,
                              .factor = factor,
                              .first = first,
                              .last = last,
                              .followed = last + 1 < search->scales - 1,
                              .step = step,
                              .tools = tools};
            TRY(do_octave(&all, &job, tools));
        }
        first = last + 1;
        factor *= 2;
    }
    if (all.count)
        qsort(all.at, all.count, sizeof(*all.at), compare);
    out->at = all.at;
    out->count = all.count;
    all.at = NULL;

done:
    ct_free(all.at);
    return status;
}
