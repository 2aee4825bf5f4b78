/* SPDX-License-Identifier: BSD-2-Clause */

/* Picture files made in memory, for the tests of acquire. */

#ifndef CT_TESTS_PICTURES_H
#define CT_TESTS_PICTURES_H

#include <stdint.h>

#include "stages.h"

/* Bytes of a file; at is malloc's. */
struct blob {
    uint8_t *at;
    size_t size;
};

void blob_free(struct blob *blob);

/* Puts bytes in at an offset. */
void blob_insert(struct blob *blob, size_t offset, const void *bytes,
                 size_t size);

/* A PNG of 1 to 4 channels, 8 or 16 bits in host order. */
enum { PLAIN = 0, INTERLACED = 1 };
struct blob make_png(const void *samples, int width, int height, int channels,
                     int bits, int interlaced);

/* Adds a chunk right after IHDR. */
void add_chunk(struct blob *png, const char *type, const void *body,
               size_t size);

/* An iCCP chunk of a profile. */
void add_iccp(struct blob *png, struct blob profile);

/* A JPEG of 1, 3 or 4 (CMYK) channels. */
enum {
    PROGRESSIVE = 1,
    SMALL_CHROMA = 2,
    ARITHMETIC = 4,
    RGB_INSIDE = 8,
    SMALL_LUMA = 16
};
struct blob make_jpeg(const uint8_t *samples, int width, int height,
                      int channels, int quality, int flags);

/* Adds a segment right after the first marker. */
void add_segment(struct blob *jpeg, int marker, const void *body, size_t size);

/* Adds a profile as segments of at most `piece` bytes. */
void add_icc(struct blob *jpeg, struct blob profile, size_t piece);

/* A TIFF block that says nothing but an orientation: 26 bytes. */
void orientation_block(uint8_t out[26], int orientation);

/* A profile by lcms2: chromaticities as red, green, blue, white; the exponent,
 * or 0 for sRGB's curve. */
struct blob make_profile(const double xy[8], double exponent);

/* Any picture: smooth colours with a little noise, the same at every call. */
uint8_t *make_scene(int width, int height, int channels);

/* A session's tools and options, and what came of a file. */
struct bench {
    struct tools tools;
    cutis_options options;
    struct picture picture;
};
void bench_open(struct bench *bench);
cutis_status bench_read(struct bench *bench, const void *bytes, size_t size);
/* Frees the picture and checks that nothing is left. */
void bench_close(struct bench *bench);

#endif
