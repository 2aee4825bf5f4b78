/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a lens does that is not in focus: every point becomes a disk.  Either
 * all of the same radius, or, with a lens of an opening of A mm that is sharp
 * at the distance d, each by its own distance z: the cone of light from the
 * opening through the point has, in the plane of focus, the radius
 * A |z - d| / (2 z), and with f pixels a radian that is
 *
 *     r = f A / 2 |1 / d - 1 / z| drawn pixels.
 */

#include "phantom/process.h"

#include <string.h>

#include "util/parallel.h"

static int clamp_index(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

/* Share of the pixel at (x, y) that a disk about the origin covers. */
static double covered(double x, double y, double radius)
{
    enum { PARTS = 16 };
    int in = 0;
    for (int k = 0; k < PARTS * PARTS; k++) {
        const double u = x - 0.5 + (k % PARTS + 0.5) / PARTS;
        const double v = y - 0.5 + ((double)(k / PARTS) + 0.5) / PARTS;
        in += u * u + v * v < radius * radius;
    }
    return (double)in / (PARTS * PARTS);
}

/* Of the (2 reach + 1)^2 pixels about a point; they sum to 1. */
static void weigh(float *weight, int reach, double radius)
{
    const int side = 2 * reach + 1;
    double sum = 0.0;
    for (int k = 0; k < side * side; k++) {
        const double w =
            covered(k % side - reach, (double)(k / side) - reach, radius);
        weight[k] = (float)w;
        sum += w;
    }
    for (int k = 0; k < side * side; k++)
        weight[k] /= (float)sum;
}

static int reach_of(double radius, int most)
{
    return clamp_index((int)ceil(radius + 0.5), most + 1);
}

/* ---- One radius ---------------------------------------------------------- */

enum { REACH = 128 };

struct disk {
    const float *from; /* with `reach` pixels more at both ends of a row */
    float *to;
    int width, height, reach;
    float *weight;
};

static void pad(float *to, const float *from, const struct disk *disk)
{
    const size_t wide = (size_t)(disk->width + 2 * disk->reach);
    for (int y = 0; y < disk->height; y++)
        for (int x = 0; x < disk->width + 2 * disk->reach; x++)
            to[(size_t)y * wide + (size_t)x] =
                from[(size_t)y * (size_t)disk->width +
                     (size_t)clamp_index(x - disk->reach, disk->width)];
}

static void spread_row(void *context, int y)
{
    const struct disk *disk = context;
    const int reach = disk->reach, side = 2 * reach + 1;
    const size_t wide = (size_t)(disk->width + 2 * reach);
    float *to = disk->to + (size_t)y * (size_t)disk->width;
    memset(to, 0, (size_t)disk->width * sizeof(*to));
    for (int k = 0; k < side * side; k++) {
        const float w = disk->weight[k];
        if (w <= 0.0f)
            continue;
        const int row = clamp_index(y + k / side - reach, disk->height);
        const float *from = disk->from + (size_t)row * wide + k % side;
        for (int x = 0; x < disk->width; x++)
            to[x] += w * from[x];
    }
}

cutis_status ct_defocus(struct frame *frame, double radius, int threads,
                        struct tools *tools)
{
    if (radius < 0.1)
        return CUTIS_OK;
    cutis_status status = CUTIS_OK;
    struct disk disk = {.width = frame->width, .height = frame->height};
    disk.reach = reach_of(radius, REACH);
    const size_t side = 2 * (size_t)disk.reach + 1;
    float *padded =
        ct_alloc_raw(&tools->memory, (size_t)frame->height,
                     ((size_t)frame->width + side) * sizeof(*padded));
    disk.weight = ct_alloc(&tools->memory, side, side * sizeof(float));
    if (!padded || !disk.weight) {
        status = ct_no_memory(tools);
        goto done;
    }
    weigh(disk.weight, disk.reach, radius);
    disk.from = padded;
    for (int c = 0; c < 3; c++) {
        pad(padded, frame->at[c], &disk);
        disk.to = frame->at[c];
        ct_parallel(threads, frame->height, spread_row, &disk);
    }
done:
    ct_free(padded);
    ct_free(disk.weight);
    return status;
}

/* ---- By distance --------------------------------------------------------- */

/* Radii go in steps of an eighth of a pixel up to the largest. */
enum { FARTHEST = 16, STEPS = 8, RADII = FARTHEST * STEPS + 1 };
enum { SQUARE = (2 * FARTHEST + 3) * (2 * FARTHEST + 3) };

struct lens {
    const float *from;
    float *to;
    const float *depth;
    int width, height;
    double half_cone; /* f A / 2 */
    double sharp;     /* 1 / d */
    float (*weight)[SQUARE];
};

static int radius_of(const struct lens *lens, float depth)
{
    const double r = lens->half_cone * fabs(lens->sharp - 1.0 / (double)depth);
    return clamp_index((int)(r * STEPS + 0.5), RADII);
}

static int reach_at(int radius)
{
    return reach_of((double)radius / STEPS, FARTHEST + 1);
}

static float gather(const struct lens *lens, int x, int y, int radius)
{
    const int reach = reach_at(radius);
    const float *weight = lens->weight[radius];
    float sum = 0.0f;
    for (int dy = -reach; dy <= reach; dy++) {
        const size_t row =
            (size_t)clamp_index(y + dy, lens->height) * (size_t)lens->width;
        for (int dx = -reach; dx <= reach; dx++)
            sum += *weight++ *
                   lens->from[row + (size_t)clamp_index(x + dx, lens->width)];
    }
    return sum;
}

static void focus_row(void *context, int y)
{
    const struct lens *lens = context;
    const size_t row = (size_t)y * (size_t)lens->width;
    for (int x = 0; x < lens->width; x++) {
        const size_t here = row + (size_t)x;
        const int radius =
            isinf(lens->depth[here]) ? 0 : radius_of(lens, lens->depth[here]);
        lens->to[here] = radius ? gather(lens, x, y, radius) : lens->from[here];
    }
}

cutis_status ct_focus(struct frame *frame, const struct focus *focus,
                      int threads, struct tools *tools)
{
    if (focus->aperture <= 0.0 || !frame->depth)
        return CUTIS_OK;
    cutis_status status = CUTIS_OK;
    const size_t n = (size_t)frame->width * (size_t)frame->height;
    struct lens lens = {.depth = frame->depth,
                        .width = frame->width,
                        .height = frame->height,
                        .half_cone = 0.5 * focus->focal * focus->aperture,
                        .sharp = 1.0 / focus->distance};
    float *from = ct_alloc_raw(&tools->memory, n, sizeof(*from));
    lens.weight = ct_alloc_raw(&tools->memory, RADII, sizeof(*lens.weight));
    if (!from || !lens.weight) {
        status = ct_no_memory(tools);
        goto done;
    }
    for (int i = 1; i < RADII; i++)
        weigh(lens.weight[i], reach_at(i), (double)i / STEPS);
    lens.from = from;
    for (int c = 0; c < 3; c++) {
        memcpy(from, frame->at[c], n * sizeof(*from));
        lens.to = frame->at[c];
        ct_parallel(threads, frame->height, focus_row, &lens);
    }
done:
    ct_free(from);
    ct_free(lens.weight);
    return status;
}
