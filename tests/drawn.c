/* SPDX-License-Identifier: BSD-2-Clause */

#include "drawn.h"

#include <stddef.h>
#include <string.h>

/* Centre and radii in thousandths of the side. */
struct ellipse {
    int x, y, rx, ry;
    uint8_t colour[3];
};

static const struct ellipse head[] = {
    {500, 460, 270, 380, {60, 40, 30}},    /* hair */
    {500, 520, 230, 330, {220, 180, 160}}, /* skin */
    {405, 410, 60, 14, {70, 50, 40}},      /* brow, eye, iris */
    {405, 460, 45, 20, {245, 245, 245}},   {405, 460, 20, 20, {50, 40, 30}},
    {595, 410, 60, 14, {70, 50, 40}},      {595, 460, 45, 20, {245, 245, 245}},
    {595, 460, 20, 20, {50, 40, 30}},      {500, 560, 30, 60, {235, 195, 175}},
    {480, 612, 12, 8, {120, 80, 70}},      {520, 612, 12, 8, {120, 80, 70}},
    {500, 700, 85, 24, {180, 90, 90}}, /* mouth */
};

static void draw(uint8_t *rgb, int size, const struct ellipse *one)
{
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            const int64_t u =
                (int64_t)((x * 2 + 1) * 500 / size - one->x) * one->ry;
            const int64_t v =
                (int64_t)((y * 2 + 1) * 500 / size - one->y) * one->rx;
            const int64_t r = (int64_t)one->rx * one->ry;
            if (u * u + v * v < r * r)
                memcpy(rgb + 3 * ((size_t)y * (size_t)size + (size_t)x),
                       one->colour, 3);
        }
}

void draw_face(uint8_t *rgb, int size)
{
    memset(rgb, 120, (size_t)size * (size_t)size * 3);
    for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++)
        draw(rgb, size, &head[i]);
}

void draw_noise(uint8_t *rgb, int size)
{
    for (size_t i = 0; i < (size_t)size * (size_t)size * 3; i++)
        rgb[i] = (uint8_t)((uint32_t)(i * UINT64_C(2654435761)) >> 24);
}
