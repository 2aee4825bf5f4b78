/* SPDX-License-Identifier: BSD-2-Clause */

/* Pictures that tests/oracles/network.py draws the same. */

#ifndef DRAWN_H
#define DRAWN_H

#include <stdint.h>

/* size × size pixels, RGB: a head on a grey ground; or noise. */
void draw_face(uint8_t *rgb, int size);
void draw_noise(uint8_t *rgb, int size);

#endif
