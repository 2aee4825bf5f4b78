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

/* Takes off the pixel inside a right angle, so that the line goes straight
 * across the corner. */
static void cut_corners(struct bytes *mask)
{
    const int width = mask->width;
    for (int y = 0; y < mask->height; y++) {
        uint8_t *const row = ct_byte_row(mask, y);
        for (int x = 0; (x = ct_next_set(row, x, width)) < width; x++) {
            int p[8];
            look_around(p, mask, x, y);
            row[x] = 255;
            for (int k = 0; k < 8; k += 2)
                if (p[k] && p[(k + 2) % 8] && !p[(k + 4) % 8] &&
                    !p[(k + 5) % 8] && !p[(k + 6) % 8])
                    row[x] = 0;
        }
    }
}

/*
 * What a set pixel is while it is thinned: it may go only after one around it
 * went, and then in either pass.  One that is to be looked at is in the list.
 */
enum { SETTLED = 1, TWICE = 3 };

struct pixel {
    int x, y;
};

struct thinning {
    struct bytes *mask;
    struct pixel *at, *gone; /* to be looked at; taken off in this pass */
    size_t count, gone_count;
    uint8_t goes[2][256];
};

static void list_all(struct thinning *t)
{
    for (int y = 0; y < t->mask->height; y++) {
        uint8_t *const row = ct_byte_row(t->mask, y);
        for (int x = 0;
             (x = ct_next_set(row, x, t->mask->width)) < t->mask->width; x++) {
            row[x] = TWICE;
            t->at[t->count++] = (struct pixel){x, y};
        }
    }
}

/* Those that go in this pass, and of the others those that are not settled. */
static void look(struct thinning *t, int pass)
{
    const size_t count = t->count;
    t->count = t->gone_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct pixel it = t->at[i];
        uint8_t *const here = ct_byte_row(t->mask, it.y) + it.x;
        if (t->goes[pass][neighbours(t->mask, it.x, it.y)])
            t->gone[t->gone_count++] = it;
        else if (--*here != SETTLED)
            t->at[t->count++] = it;
    }
}

/* Pixels around one that goes are to be looked at, if they stay. */
static void take_off(struct thinning *t)
{
    struct bytes *const mask = t->mask;
    for (size_t i = 0; i < t->gone_count; i++)
        ct_byte_row(mask, t->gone[i].y)[t->gone[i].x] = 0;
    for (size_t i = 0; i < t->gone_count; i++) {
        const int x = t->gone[i].x, y = t->gone[i].y;
        const int left = x > 0 ? x - 1 : 0;
        const int right = x + 1 < mask->width ? x + 1 : x;
        const int bottom = y + 1 < mask->height ? y + 1 : y;
        for (int v = y > 0 ? y - 1 : 0; v <= bottom; v++) {
            uint8_t *const row = ct_byte_row(mask, v);
            for (int u = left; u <= right; u++) {
                if (row[u] == SETTLED)
                    t->at[t->count++] = (struct pixel){u, v};
                row[u] = row[u] ? TWICE : 0;
            }
        }
    }
}

cutis_status ct_thin(struct bytes *mask, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct thinning thinning = {.mask = mask};
    size_t count = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *row = ct_byte_row(mask, y);
        for (int x = 0; x < mask->width; x++)
            count += row[x] != 0;
    }
    for (unsigned around = 0; around < 256; around++)
        for (int pass = 0; pass < 2; pass++)
            thinning.goes[pass][around] = may_go(around, pass);
    thinning.at = ct_alloc_raw(&tools->memory, count, sizeof(struct pixel));
    thinning.gone = ct_alloc_raw(&tools->memory, count, sizeof(struct pixel));
    if (!thinning.at || !thinning.gone)
        TRY(ct_no_memory(tools));

    list_all(&thinning);
    for (int pass = 0; thinning.count; pass = 1 - pass) {
        look(&thinning, pass);
        take_off(&thinning);
        TRY(ct_pulse(tools));
    }
    cut_corners(mask);

done:
    ct_free(thinning.gone);
    ct_free(thinning.at);
    return status;
}
