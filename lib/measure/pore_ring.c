/* SPDX-License-Identifier: BSD-2-Clause */

/* What lies around a dark blob, for pores.c: the colour of its darkness, and
 * how uneven the skin is. */

#include <math.h>

#include "measure/join.h"

static const double ring_from = 1.5, ring_to = 2.5; /* sigmas */
static const double brown = 2.0 / 3.0; /* share of melanin in the darkness */
static const double least_apart = 1.2; /* P per darkness, melanin's less
                                          shade's, below: cannot be told */

/* ---- Colour -------------------------------------------------------------- */

/* Sums of linear RGB: 0 to 2, and how many: 3. */
struct sums3 {
    double inner[4], outer[4];
};

/* The square around a blob, in a plane. */
struct square {
    int left, right, top, bottom; /* the last, too */
};

static struct square square_of(const struct blob *blob, int reach, int width,
                               int height)
{
    const int x = (int)blob->x, y = (int)blob->y;
    return (struct square){
        .left = x > reach ? x - reach : 0,
        .right = x + reach < width ? x + reach : width - 1,
        .top = y > reach ? y - reach : 0,
        .bottom = y + reach < height ? y + reach : height - 1,
    };
}

/* A disk, a ring around it, and what is neither. */
enum part { DISK, RING, NEITHER };

static enum part part_of(double d2, double s2)
{
    return d2 <= 1.44 * s2                       ? DISK
           : d2 >= 6.25 * s2 && d2 <= 12.25 * s2 ? RING
                                                 : NEITHER;
}

/* Over a disk and over a ring around it. */
static struct sums3 sum_colours(const struct scene *scene,
                                const struct blob *blob)
{
    const struct skin *skin = scene->view->skin;
    const double cx = (double)blob->x, cy = (double)blob->y;
    const double s2 = (double)blob->sigma * (double)blob->sigma;
    const int reach = (int)(3.5 * (double)blob->sigma) + 1;
    const struct square in =
        square_of(blob, reach < CT_PICK / 2 ? reach : CT_PICK / 2 - 1,
                  skin->red.width, skin->red.height);
    struct sums3 sums = {{0.0}, {0.0}};

    for (int y = in.top; y <= in.bottom; y++) {
        const double dy = y + 0.5 - cy, dy2 = dy * dy;
        const uint8_t *good = ct_byte_row(&scene->good, y);
        float red[CT_PICK], green[CT_PICK], blue[CT_PICK];
        double *into[CT_PICK];
        int at[CT_PICK], n = 0;
        for (int x = in.left; x <= in.right; x++) {
            const double dx = x + 0.5 - cx;
            const enum part part = part_of(dx * dx + dy2, s2);
            if (part == NEITHER || !(good[x] & CT_RELIEF))
                continue;
            into[n] = part == DISK ? sums.inner : sums.outer;
            at[n++] = x;
        }
        ct_skin_pick(skin, at, y, n, red, green, blue);
        for (int i = 0; i < n; i++) {
            into[i][0] += (double)red[i];
            into[i][1] += (double)green[i];
            into[i][2] += (double)blue[i];
            into[i][3] += 1.0;
        }
    }
    return sums;
}

static const double luminance[3] = {0.2126729, 0.7151522, 0.0721750};

/* A freckle.  P per darkness is one number for shade and another for melanin,
 * and in between for what is partly either; both depend on the tone, and on
 * brown skin they are the same. */
bool ct_pore_is_brown(const struct scene *scene, const struct blob *blob)
{
    const struct tone *tone = &scene->tone;
    double shade = 0.0, density = 0.0, weight = 0.0;
    for (int c = 0; c < 3; c++) {
        shade += 0.01 * tone->pigment[c];
        weight += 0.01 * tone->pigment[c] * tone->m[c];
        density += luminance[c] * tone->m[c];
    }
    const double apart = weight / density - shade;
    if (scene->view->skin->grey || apart < least_apart)
        return false;

    const struct sums3 sums = sum_colours(scene, blob);
    double pigment = 0.0, dark_in = 0.0, dark_out = 0.0;
    for (int c = 0; c < 3; c++) {
        if (!(sums.inner[c] > 0.0) || !(sums.outer[c] > 0.0))
            return false;
        const double inner = sums.inner[c] / sums.inner[3];
        const double outer = sums.outer[c] / sums.outer[3];
        pigment += tone->pigment[c] * ct_log10(outer / inner);
        dark_in += luminance[c] * inner;
        dark_out += luminance[c] * outer;
    }
    const double dark = 100.0 * ct_log10(dark_out / dark_in);
    return pigment > (shade + brown * apart) * dark;
}

/* ---- Surroundings -------------------------------------------------------- */

enum { SECTORS = 8 };

double ct_pore_unevenness(const struct plane *source, const struct bytes *mask,
                          const struct blob *blob)
{
    const double cx = (double)blob->x, cy = (double)blob->y;
    const double far = ring_to * (double)blob->sigma;
    const double near = ring_from * (double)blob->sigma;
    const struct square in =
        square_of(blob, (int)far + 1, source->width, source->height);
    double sum[SECTORS] = {0.0}, own = 0.0;
    int count[SECTORS] = {0}, last = 0; /* sector, of which `own` is the sum */

    for (int y = in.top; y <= in.bottom; y++) {
        const double dy = y + 0.5 - cy;
        const uint8_t *inside = ct_byte_row(mask, y);
        const float *row = ct_row(source, y);
        for (int x = in.left; x <= in.right; x++) {
            const double dx = x + 0.5 - cx;
            const double d2 = dx * dx + dy * dy;
            if (d2 > far * far || d2 < near * near || !inside[x])
                continue;
            const int sector =
                4 * (dx > 0.0) + 2 * (dy > 0.0) + (fabs(dx) > fabs(dy));
            if (sector != last) {
                sum[last] = own;
                own = sum[sector];
                last = sector;
            }
            own += (double)row[x];
            count[sector]++;
        }
    }
    sum[last] = own;
    double n = 0.0, mean = 0.0, square = 0.0;
    for (int i = 0; i < SECTORS; i++)
        if (count[i]) {
            sum[i] /= count[i];
            mean += sum[i];
            n += 1.0;
        }
    mean /= n > 0.0 ? n : 1.0;
    for (int i = 0; i < SECTORS; i++)
        if (count[i])
            square += (sum[i] - mean) * (sum[i] - mean);
    return n > 0.0 ? ct_sqrt(square / n) : 0.0;
}
