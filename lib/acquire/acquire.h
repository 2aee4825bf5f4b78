/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the files of this stage share.  file.c reads and dispatches, jpeg.c and
 * png.c decode, markers.c and chunks.c read what stands around the pixels,
 * profile.c decides what the colours mean, linear.c makes light of them.
 */

#ifndef CT_ACQUIRE_ACQUIRE_H
#define CT_ACQUIRE_ACQUIRE_H

#include "stages.h"

/* A run of bytes of the file, not owned. */
struct span {
    const uint8_t *at; /* NULL: there is none */
    size_t size;
};

static inline uint32_t ct_be16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static inline uint32_t ct_be32(const uint8_t *at)
{
    return ct_be16(at) << 16 | ct_be16(at + 2);
}

/* ---- What the bytes are -------------------------------------------------- */

enum ct_kind { CT_KIND_JPEG, CT_KIND_PNG, CT_KIND_KNOWN, CT_KIND_UNKNOWN };

/* By content.  For CT_KIND_KNOWN, *name is what it is: "HEIC". */
enum ct_kind ct_sniff(const char **name, struct span file);

/* ---- Limits -------------------------------------------------------------- */

/* What a header promises, as stored, before turning. */
struct header {
    uint32_t width, height;
    int channels; /* as decoded, with alpha: [1,4] */
    int bits;     /* 8 or 16 */
    bool alpha;   /* the last channel is alpha */
};

static inline size_t ct_row_bytes(const struct header *header)
{
    return (size_t)header->width * (size_t)header->channels *
           (size_t)(header->bits / 8);
}

/* LIMIT unless the picture, with `extra` bytes that its decoder needs beside
 * it, stays within the options.  DAMAGED if it is empty. */
cutis_status ct_check_header(const struct header *header, uint64_t extra,
                             const cutis_options *limits, struct tools *tools);

/* ---- Turning upright ----------------------------------------------------- */

/* Where decoded rows go. */
struct sink {
    struct picture *picture;
    struct header header;
    int orientation; /* [1,8] */
};

/* Allocates the picture's samples, and its mask for a header with alpha.
 * Samples that might never be written (allow_damaged) are 0. */
cutis_status ct_sink_open(struct sink *out, struct picture *picture,
                          const struct header *header, int orientation,
                          const cutis_options *limits, struct tools *tools);

/* Whether row y may be decoded in place, at ct_sink_row. */
bool ct_sink_in_place(const struct sink *sink);
uint8_t *ct_sink_row(const struct sink *sink, uint32_t y);

/* Takes `count` rows from row `y` on, `stride` bytes apart. */
void ct_sink_put(const struct sink *sink, const uint8_t *rows, ptrdiff_t stride,
                 uint32_t y, uint32_t count);

/* Marks the stored rows [from, height) as holding nothing. */
cutis_status ct_sink_lost(const struct sink *sink, uint32_t from,
                          struct tools *tools);

/* Drops a mask that masks nothing. */
void ct_sink_close(const struct sink *sink);

enum { CT_STRIP = 64 }; /* rows that are turned at a time */

/* ---- What a file says about its colours ---------------------------------- */

struct colour_hints {
    struct span profile;     /* ICC, whole */
    bool has_cicp;           /* ITU-T H.273 code points */
    uint8_t cicp[4];         /* primaries, transfer, matrix, full range */
    bool srgb;               /* PNG's sRGB chunk */
    uint32_t gamma;          /* PNG's gAMA: 100000 / exponent; 0 = none */
    bool has_chromaticities; /* PNG's cHRM: x, y of white, red, green, blue */
    uint32_t chromaticities[8]; /* times 100000 */
    int exif_space;             /* EXIF ColorSpace: 1, 65535, 0 = none */
    bool exif_adobe;            /* EXIF InteropIndex "R03" */
};

/* Decides the space and makes the table, matrix or transform for it.
 * UNSUPPORTED: a profile that this build cannot use, HDR.  MEMORY. */
cutis_status ct_colour_decide(struct picture *picture,
                              const struct colour_hints *hints,
                              struct tools *tools);

/* Chromaticities x, y of red, green, blue, white. */
struct primaries {
    double xy[8];
};

enum ct_curve { CT_CURVE_SRGB, CT_CURVE_POWER };

extern const struct primaries ct_primaries_srgb, ct_primaries_p3,
    ct_primaries_adobe, ct_primaries_2020;

/* The matrix from linear RGB to XYZ, white at Y = 1, row by row; false if the
 * primaries span no space. */
bool ct_primaries_to_xyz(double out[9], const struct primaries *primaries);

/* The matrix from linear RGB of these primaries to linear sRGB, white to white
 * by Bradford. */
bool ct_primaries_to_srgb(float out[9], const struct primaries *primaries);

/* Its columns as an ICC profile has them: XYZ under D50. */
void ct_primaries_to_d50(double out[9], const struct primaries *primaries);

/* Fills picture->to_linear with the curve. */
cutis_status ct_make_table(struct picture *picture, enum ct_curve curve,
                           double exponent, struct tools *tools);

/* What an ICC profile is, by its own numbers. */
enum ct_profile {
    CT_PROFILE_BROKEN, /* not a profile, or not for such a picture */
    CT_PROFILE_SRGB,
    CT_PROFILE_P3,
    CT_PROFILE_OTHER
};
enum ct_profile ct_profile_recognise(struct span profile, int channels);

/* A transform to linear sRGB by lcms2.  UNSUPPORTED: this build has no lcms2.
 * *out stays NULL, with CUTIS_OK, if lcms2 cannot use the profile. */
cutis_status ct_icc_create(void **out, struct span profile, int channels,
                           struct tools *tools);
void ct_icc_free(void *icc);

/* n pixels of `channels` samples in [0,1] to linear sRGB, both interleaved. */
void ct_icc_apply(const void *icc, const float *samples, float *rgb, int n);

/* ---- What stands around the pixels --------------------------------------- */

/* EXIF, from its TIFF header on.  Bytes that make no sense leave what they
 * stand for unsaid. */
void ct_exif_clear(struct exif *exif);
void ct_exif_read(struct exif *exif, struct span tiff);

struct jpeg_markers {
    int process;   /* n of the first SOFn; -1 = there is none */
    int precision; /* bits */
    int components;
    uint32_t width, height;
    uint64_t scans; /* up to the end of the first picture */
    struct span exif;
    struct span icc[255]; /* pieces by number - 1 */
    int icc_pieces;       /* how many there should be; 0 = no profile */
    bool icc_torn;        /* pieces contradict each other */
};

void ct_jpeg_markers(struct jpeg_markers *out, struct span file);

/* The profile in one block (*block, to be freed); DAMAGED if it is torn. */
cutis_status ct_jpeg_profile(struct span *out, void **block,
                             const struct jpeg_markers *markers,
                             const cutis_options *limits, struct tools *tools);

struct png_chunks {
    uint32_t width, height;
    int depth, colour, interlace; /* as in IHDR */
    bool transparent;             /* tRNS */
    bool animated;                /* acTL */
    struct span exif, iccp;
    struct colour_hints hints; /* all but the profile */
};

void ct_png_chunks(struct png_chunks *out, struct span file);

/* Inflates iCCP into *block; CUTIS_OK with no span if it is nonsense. */
cutis_status ct_png_profile(struct span *out, void **block,
                            const struct png_chunks *chunks,
                            const cutis_options *limits, struct tools *tools);

/* The quality [1,100] at which the IJG's scaled tables of ITU-T T.81 Annex K
 * come closest to `luma` and, unless NULL, `chroma` (64 entries each, in
 * natural order); *fit is the RMS of the log of the ratio. */
double ct_jpeg_quality(double *fit, const uint16_t *luma,
                       const uint16_t *chroma);

/* ---- Decoders ------------------------------------------------------------ */

/* UNSUPPORTED if a shared library of that version has known holes.  Numbers are
 * 10000 major + 100 minor + patch. */
cutis_status ct_check_library(const char *name, uint32_t have, uint32_t least,
                              const char *version, struct tools *tools);
cutis_status ct_check_png_libraries(struct tools *tools);

/* Of "1.2.13.more": 10213. */
uint32_t ct_version_number(const char *version);

cutis_status ct_jpeg_decode(struct picture *out, struct span file,
                            const cutis_options *limits, struct tools *tools);

/* Fills picture->rest, in 64ths of a level plus CT_NO_REST, by stored block. */
enum { CT_NO_REST = 128 };
cutis_status ct_jpeg_rest(struct picture *picture, struct span file,
                          struct tools *tools);

/* In levels of R, G, B, at an upright place. */
void ct_picture_rest(const struct picture *picture, int x, int y, float rgb[3]);
cutis_status ct_png_decode(struct picture *out, struct span file,
                           const cutis_options *limits, struct tools *tools);

#endif
