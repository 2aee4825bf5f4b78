/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A photograph: decoded, upright, with its face found.  Loading checks limits
 * on the header before any large allocation, and goes by content, not by name.
 */

#ifndef CUTIS_PHOTO_H
#define CUTIS_PHOTO_H

#include <cutis/session.h>

CUTIS_BEGIN

/* Pixels from the top left corner of the upright picture; the centre of the
 * first pixel is (0.5, 0.5). */
typedef struct cutis_point {
    double x, y;
} cutis_point;

/* How the caller says where the face is. */
typedef enum cutis_landmarks {
    CUTIS_LANDMARKS_FIND = 0,   /* by the face model in the library */
    CUTIS_LANDMARKS_MESH = 1,   /* 468 or 478 points of the face mesh */
    CUTIS_LANDMARKS_IBUG68 = 2, /* 68 points */
    CUTIS_LANDMARKS_NONE = 3    /* no face: skin is `polygon`, or everything;
                                   px_per_mm must be given */
} cutis_landmarks;

/* Which figures a colour chart is held against. */
typedef enum cutis_chart {
    CUTIS_CHART_AFTER_2014 = 0, /* made from November 2014 on */
    CUTIS_CHART_BEFORE_2014 = 1
} cutis_chart;

/* Whether the wall behind the head is a common reference. */
typedef enum cutis_backdrop {
    CUTIS_BACKDROP_UNKNOWN = 0,
    CUTIS_BACKDROP_SAME = 1 /* the same, evenly lit, in all photographs */
} cutis_backdrop;

/* What the caller knows about a photograph; start from
 * CUTIS_PHOTO_OPTIONS_DEFAULT. */
typedef struct cutis_photo_options {
    size_t struct_size;
    double ipd_mm;      /* distance of the pupils; 0 = 63.0, the adult mean */
    double px_per_mm;   /* scale at the face; 0 = from the face */
    uint32_t landmarks; /* a cutis_landmarks */
    uint32_t landmark_count;
    const cutis_point *landmark_points; /* copied */
    const cutis_point *polygon; /* skin, 3 corners or more, copied; NULL = the
                                   skin mask decides */
    size_t polygon_count;
    cutis_point card[4]; /* a grey card's corners in any order; all 0 = none;
                            what it hides is never measured */
    double card_reflectance; /* of that card, (0,1]; 0 = 0.18 */
    cutis_point chart[4]; /* a colour chart of 24 patches: the outer corners of
                             its corner patches in any order; all 0 = none; it
                             goes before a card */
    uint32_t chart_edition; /* a cutis_chart */
    uint32_t backdrop;      /* a cutis_backdrop; a chart or card goes before */
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_photo_options;

/* clang-format off */
#define CUTIS_PHOTO_OPTIONS_DEFAULT {                                          \
    .struct_size = sizeof(cutis_photo_options),                                \
}
/* clang-format on */

/* How caller's pixels are laid out. */
typedef enum cutis_pixel_format {
    CUTIS_PIXELS_GREY8 = 0,
    CUTIS_PIXELS_RGB8 = 1,
    CUTIS_PIXELS_RGBA8 = 2,
    CUTIS_PIXELS_GREY16 = 3, /* 16-bit samples are in the host's byte order */
    CUTIS_PIXELS_RGB16 = 4,
    CUTIS_PIXELS_RGBA16 = 5
} cutis_pixel_format;

/* A picture in the caller's memory, upright; it is copied. */
typedef struct cutis_pixels {
    size_t struct_size; /* sizeof(cutis_pixels) */
    const void *data;   /* the first sample of the top row */
    ptrdiff_t stride;   /* bytes from a row to the one below; may be negative */
    uint32_t width, height;
    uint32_t format;     /* a cutis_pixel_format */
    uint32_t display_p3; /* 0 = sRGB, 1 = Display P3 */
    /* Version 0.1 ends here.  Add new members after this line. */
} cutis_pixels;

/* Pixels, face and what else a photograph needs to be measured. */
typedef struct cutis_photo cutis_photo;

/*
 * Reads a JPEG or PNG file, finds the face.  Only regular files are opened.
 * IO, FORMAT, DAMAGED, LIMIT, UNSUPPORTED: the file.  NO_FACE, UNSUITABLE: what
 * it shows.  ARGUMENT, MEMORY, CANCELLED.
 */
CUTIS_API cutis_status cutis_photo_load(cutis_session *session,
                                        const char *path,
                                        const cutis_photo_options *options,
                                        cutis_photo **out);

/* The same from `size` bytes of a file in memory; they are not kept. */
CUTIS_API cutis_status
cutis_photo_load_memory(cutis_session *session, const void *bytes, size_t size,
                        const cutis_photo_options *options, cutis_photo **out);

/* The same from pixels. */
CUTIS_API cutis_status
cutis_photo_load_pixels(cutis_session *session, const cutis_pixels *pixels,
                        const cutis_photo_options *options, cutis_photo **out);

/*
 * Loads `count` files, at most 4096, as cutis_photo_load does each: with more
 * than one thread two at a time, which takes half of the time and the memory of
 * both at once.  options[i] goes with path[i]; NULL, there or for `options`,
 * means the defaults.  Fills out[count], or leaves it all NULL where one fails:
 * status and sentence are those of the first that does, whose number goes to
 * *failed unless that is NULL (`count` where none failed).
 */
CUTIS_API cutis_status
cutis_photos_load(cutis_session *session, const char *const *path,
                  const cutis_photo_options *const *options, size_t count,
                  cutis_photo **out, size_t *failed);

CUTIS_API void cutis_photo_destroy(cutis_photo **photo);

/* What a photograph holds and what will be used of it. */
typedef struct cutis_photo_info {
    const char *sha256;       /* of the file's bytes, or of the pixels given */
    const char *format;       /* "jpeg", "png" or "pixels" */
    const char *colour;       /* "srgb", "display-p3", "icc", "assumed-srgb",
                                 "adobe-rgb", "stated" */
    uint32_t width, height;   /* upright */
    uint32_t bits;            /* 8 or 16 a channel */
    uint32_t channels;        /* 1 grey, 3 colour */
    uint32_t orientation;     /* as in EXIF, [1,8] */
    double jpeg_quality;      /* estimated, [1,100]; NaN if not a JPEG */
    double px_per_mm;         /* NaN where there is no face */
    const char *scale_source; /* "ipd-default", "ipd", "px-per-mm" */
    double confidence;        /* of the face, [0,1]; NaN if not looked for */
    double yaw_deg, pitch_deg, roll_deg; /* of the head; NaN without a face */
    uint32_t faces;                      /* how many were found */
} cutis_photo_info;

/* NULL only for NULL. */
CUTIS_API const cutis_photo_info *cutis_photo_info_get(const cutis_photo *);

/* How photographs are named in whatever is written: the SHA-256 of a file's
 * bytes as 64 hexadecimal digits and a 0.  Thread-safety: safe. */
CUTIS_API void cutis_sha256(char hex[65], const void *bytes, size_t size);

/* The face mesh's points, NULL and 0 without a face. */
CUTIS_API const cutis_point *cutis_photo_landmarks(const cutis_photo *photo,
                                                   size_t *count);

CUTIS_END

#endif
