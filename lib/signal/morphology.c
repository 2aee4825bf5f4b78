/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Dilation and erosion with a disk.
 *
 * A set pixel at vertical distance d reaches floor(sqrt(r^2 - d^2)) pixels to
 * either side, and of a column only the nearest one matters: so a pass over
 * columns and one over rows give the exact disk at any radius.  What lies
 * outside the plane takes no part.
 */

#include <stdatomic.h>
#include <string.h>

#include "signal/signal.h"
#include "util/parallel.h"

enum { STRIP = 256, FAR = 65535 }; /* columns of an item; no pixel in reach */

/* Up to this radius every place of the disk is looked at, many pixels at a
 * time; the time of that grows with the radius. */
enum { SMALL = 12 };

struct disk {
    struct bytes *mask;
    uint16_t *distance;       /* to the nearest seed of the column, <= FAR */
    const int *extent;        /* of the disk at each distance up to `radius` */
    uint8_t limit[SMALL + 1]; /* the greatest distance with so much extent */
    int radius;
    uint8_t seed; /* 255: what is set grows; 0: what is not */
    struct tools *tools;
    atomic_bool failed;
};

static void distance_strip(void *context, int item)
{
    const struct disk *const disk = context;
    const size_t width = (size_t)disk->mask->width;
    const size_t from = (size_t)item * STRIP;
    const size_t to = from + STRIP < width ? from + STRIP : width;
    const int height = disk->mask->height;

    const uint8_t none = disk->seed ? 0 : 255; /* of a mask's 0 or 255 */
    for (int y = 0; y < height; y++) {
        const uint8_t *const mask = ct_byte_row(disk->mask, y);
        uint16_t *const row = disk->distance + (size_t)y * width;
        const uint16_t *const above = y ? row - width : NULL;
        for (size_t x = from; x < to; x++) {
            const uint8_t whole = mask[x] ? 255 : 0;
            const uint16_t last = above ? above[x] : FAR;
            const uint16_t next = (uint16_t)(last + (last < FAR));
            row[x] = whole == none ? next : 0;
        }
    }
    for (int y = height - 2; y >= 0; y--) {
        uint16_t *const row = disk->distance + (size_t)y * width;
        const uint16_t *const below = row + width;
        for (size_t x = from; x < to; x++) {
            const uint16_t next = (uint16_t)(below[x] + (below[x] < FAR));
            row[x] = next < row[x] ? next : row[x];
        }
    }
}

/* What a seed at or before each pixel reaches, then what one at or after. */
static void reach_row(const struct disk *disk, int y, uint8_t *reached)
{
    const int width = disk->mask->width, radius = disk->radius;
    const uint16_t *const distance = disk->distance + (size_t)y * (size_t)width;
    uint8_t *const mask = ct_byte_row(disk->mask, y);
    const uint8_t other = (uint8_t)(255 - disk->seed);

    int last = -1;
    for (int x = 0; x < width; x++) {
        const int d = distance[x];
        if (d <= radius && x + disk->extent[d] > last)
            last = x + disk->extent[d];
        reached[x] = x <= last;
    }
    int first = width;
    for (int x = width - 1; x >= 0; x--) {
        const int d = distance[x];
        if (d <= radius && x - disk->extent[d] < first)
            first = x - disk->extent[d];
        mask[x] = reached[x] || x >= first ? disk->seed : other;
    }
}

/* The same for a small disk; `near` has room for 2 * SMALL bytes more. */
static void reach_small(const struct disk *disk, int y, uint8_t *near)
{
    const size_t width = (size_t)disk->mask->width;
    const size_t radius = (size_t)disk->radius;
    const uint16_t *const distance = disk->distance + (size_t)y * width;
    uint8_t *const mask = ct_byte_row(disk->mask, y);
    const uint8_t seed = disk->seed, other = (uint8_t)(255 - seed);

    memset(near, 255, radius);
    memset(near + radius + width, 255, radius);
    for (size_t x = 0; x < width; x++)
        near[radius + x] = (uint8_t)(distance[x] < 255 ? distance[x] : 255);
    for (size_t x = 0; x < width; x += STRIP) {
        const size_t n = width - x < STRIP ? width - x : STRIP;
        uint8_t hit[STRIP] = {0};
        for (size_t d = 0; d <= 2 * radius; d++) {
            const uint8_t *const from = near + x + d;
            const uint8_t limit =
                disk->limit[d < radius ? radius - d : d - radius];
            for (size_t i = 0; i < n; i++)
                hit[i] |= (uint8_t)(from[i] <= limit);
        }
        for (size_t i = 0; i < n; i++)
            mask[x + i] = hit[i] ? seed : other;
    }
}

static void reach_band(void *context, int item)
{
    struct disk *const disk = context;
    const int end = (item + 1) * CT_BAND;
    uint8_t *const room = ct_alloc_raw(
        &disk->tools->memory, (size_t)disk->mask->width + 2 * (size_t)SMALL, 1);
    if (!room) {
        atomic_store(&disk->failed, true);
        return;
    }
    for (int y = item * CT_BAND; y < end && y < disk->mask->height; y++)
        if (disk->radius <= SMALL)
            reach_small(disk, y, room);
        else
            reach_row(disk, y, room);
    ct_free(room);
}

static cutis_status grow(struct bytes *mask, double radius, uint8_t seed,
                         struct tools *tools)
{
    if (!(radius >= 1.0) || mask->width == 0 || mask->height == 0)
        return CUTIS_OK;

    cutis_status status = CUTIS_ERROR_MEMORY;
    /* More than the plane's diagonal is all of it. */
    const double most = (double)mask->width + mask->height;
    const double r = radius < most ? radius : most;
    const int whole = r < FAR - 1 ? (int)r : FAR - 1;
    struct disk disk = {
        .mask = mask, .radius = whole, .seed = seed, .tools = tools};
    atomic_init(&disk.failed, false);

    int *const extent =
        ct_alloc(&tools->memory, (size_t)whole + 1, sizeof(*extent));
    disk.extent = extent;
    disk.distance = ct_alloc_raw(&tools->memory, (size_t)mask->height,
                                 (size_t)mask->width * sizeof(uint16_t));
    if (!extent || !disk.distance)
        goto done;
    for (int d = 0; d <= whole; d++)
        extent[d] = (int)ct_sqrt(r * r - (double)d * d);
    for (int d = 0; d <= whole && whole <= SMALL; d++)
        for (int to = 0; to <= extent[d] && to <= SMALL; to++)
            disk.limit[to] = (uint8_t)d;

    TRY(ct_each(tools, (mask->width + STRIP - 1) / STRIP, distance_strip,
                &disk));
    TRY(ct_each(tools, (mask->height + CT_BAND - 1) / CT_BAND, reach_band,
                &disk));
    if (atomic_load(&disk.failed))
        status = CUTIS_ERROR_MEMORY;

done:
    if (status == CUTIS_ERROR_MEMORY)
        ct_no_memory(tools);
    ct_free(disk.distance);
    ct_free(extent);
    return status;
}

cutis_status ct_dilate(struct bytes *mask, double radius, struct tools *tools)
{
    return grow(mask, radius, 255, tools);
}

cutis_status ct_erode(struct bytes *mask, double radius, struct tools *tools)
{
    return grow(mask, radius, 0, tools);
}
