/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Thinning to lines of one pixel (Zhang & Suen, CACM 27:236, 1984): two passes
 * in turn take off pixels of the border that are neither ends nor bridges,
 * until nothing changes.
 */

#include "measure/measure.h"

/* The eight neighbours from north, clockwise; outside is 0. */
static void look_around(int p[8], const struct bytes *mask, int x, int y)
{
    static const int step[8][2] = {{0, -1}, {1, -1}, {1, 0},  {1, 1},
                                   {0, 1},  {-1, 1}, {-1, 0}, {-1, -1}};
    for (int k = 0; k < 8; k++) {
        const int u = x + step[k][0], v = y + step[k][1];
        p[k] = u >= 0 && v >= 0 && u < mask->width && v < mask->height &&
               ct_byte_row(mask, v)[u];
    }
}

/* Whether a pixel with such neighbours, a bit each, goes in a pass. */
static bool may_go(unsigned around, int pass)
{
    int p[8], count = 0, crossings = 0;
    for (int k = 0; k < 8; k++)
        p[k] = around >> k & 1;
    for (int k = 0; k < 8; k++) {
        count += p[k];
        crossings += !p[k] && p[(k + 1) % 8];
    }
    if (count < 2 || count > 6 || crossings != 1)
        return false;
    return pass == 0 ? !(p[0] && p[2] && p[4]) && !(p[2] && p[4] && p[6])
                     : !(p[0] && p[2] && p[6]) && !(p[0] && p[4] && p[6]);
}

static unsigned neighbours(const struct bytes *mask, int x, int y)
{
    unsigned around = 0;
    if (x < 1 || y < 1 || x + 1 >= mask->width || y + 1 >= mask->height) {
        int p[8];
        look_around(p, mask, x, y);
        for (unsigned k = 0; k < 8; k++)
            around |= (unsigned)(p[k] != 0) << k;
        return around;
    }
    const uint8_t *const here = ct_byte_row(mask, y) + x;
    const uint8_t *const above = here - mask->stride;
    const uint8_t *const below = here + mask->stride;
    const uint8_t p[8] = {above[0], above[1],  here[1],  below[1],
                          below[0], below[-1], here[-1], above[-1]};
    for (unsigned k = 0; k < 8; k++)
        around |= (unsigned)(p[k] != 0) << k;
    return around;
}

struct pixel {
    int x, y;
};

/* Takes off the pixel inside a right angle, so that the line goes straight
 * across the corner. */
static void cut_corners(struct bytes *mask, const struct pixel *left,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int x = left[i].x, y = left[i].y;
        int p[8];
        look_around(p, mask, x, y);
        for (int k = 0; k < 8; k += 2)
            if (p[k] && p[(k + 2) % 8] && !p[(k + 4) % 8] && !p[(k + 5) % 8] &&
                !p[(k + 6) % 8])
                ct_byte_row(mask, y)[x] = 0;
    }
}

cutis_status ct_thin(struct bytes *mask, struct tools *tools)
{
    size_t count = 0, kept = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *row = ct_byte_row(mask, y);
        for (int x = 0; x < mask->width; x++)
            count += row[x] != 0;
    }

    cutis_status status = CUTIS_OK;
    uint8_t goes[2][256];
    for (unsigned around = 0; around < 256; around++)
        for (int pass = 0; pass < 2; pass++)
            goes[pass][around] = may_go(around, pass);
    /* Only pixels that are left are looked at again. */
    struct pixel *left = ct_alloc_raw(&tools->memory, count, sizeof(*left));
    uint8_t *marked = ct_alloc(&tools->memory, count, 1);
    if (!left || !marked) {
        ct_free(left);
        ct_free(marked);
        return ct_no_memory(tools);
    }
    count = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *row = ct_byte_row(mask, y);
        for (int x = 0; (x = ct_next_set(row, x, mask->width)) < mask->width;
             x++)
            left[count++] = (struct pixel){x, y};
    }

    for (int pass = 0, still = 0; still < 2 && status == CUTIS_OK;
         pass = 1 - pass) {
        for (size_t i = 0; i < count; i++)
            marked[i] = goes[pass][neighbours(mask, left[i].x, left[i].y)];
        status = ct_pulse(tools);
        kept = 0;
        for (size_t i = 0; i < count; i++) {
            if (marked[i])
                ct_byte_row(mask, left[i].y)[left[i].x] = 0;
            else
                left[kept++] = left[i];
        }
        still = kept == count ? still + 1 : 0;
        count = kept;
    }
    cut_corners(mask, left, count);
    ct_free(left);
    ct_free(marked);
    return status;
}
