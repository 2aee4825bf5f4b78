/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How the two photographs were laid on each other: the after one moved skin by
 * skin onto the before one, and maps of what that took.  For the eye only.
 */

#ifndef CT_REPORT_FIT_H
#define CT_REPORT_FIT_H

#include "report/report.h"

enum {
    CT_FIT_SHRINK = 2, /* frame px of a map's px */
    CT_FIT_WIDTH = CT_FRAME_WIDTH / CT_FIT_SHRINK,
    CT_FIT_HEIGHT = CT_FRAME_HEIGHT / CT_FIT_SHRINK,
    CT_FIT_PIXELS = CT_FIT_WIDTH * CT_FIT_HEIGHT,
    CT_FIT_SIDE = 5, /* px of a map between the nodes of what changes slowly */
    CT_ARROWS = 256,
    CT_LIGHT_STEPS = 41 /* of the colours of light; the middle is no change */
};

enum ct_fit { CT_FIT_MOVED, CT_FIT_TRUST, CT_FIT_LIGHT, CT_FIT_SHARP, CT_FITS };

/* How far the map of skin is to be trusted. */
enum ct_held { CT_HELD, CT_HELD_PARTLY, CT_UNHELD, CT_HOLDS };

/* From where skin was to where it lies, px of the map, so many times longer. */
struct arrow {
    double x, y, dx, dy;
};

struct page_fit {
    bool there;
    struct text after;        /* JPEG of the frame's size */
    struct text map[CT_FITS]; /* JPEG; no bytes where there is none */
    double moved_median, moved_p95, moved_high; /* mm; the scale's end */
    double held[CT_HOLDS];                      /* shares of shown skin */
    double light_p95, light_high;               /* per cent, either way */
    double blur_p95, blur_high;                 /* mm, either way; NaN */
    int arrows, longer;
    struct arrow arrow[CT_ARROWS];
};

/* What the maps are drawn from: px of the map, NaN where nothing is known. */
struct fields {
    struct plane moved, trust;
    struct plane light[2]; /* linear red, before and after */
    struct plane change;   /* of light, per cent, its mean off */
    struct plane blur;     /* sigma, mm, that after has more; < 0 less */
    struct bytes grey;     /* the before photograph, 8 bits */
    struct bytes skin;     /* 255 = both photographs show it */
    double mm;             /* of a px */
};

/* ---- fit.c --------------------------------------------------------------- */

/* There is something to show: else ct_page_fit says why. */
bool ct_fit_is_known(const struct report *report);

/* `before` is the before photograph as ct_frame_render drew it. */
cutis_status ct_fit_create(struct page_fit *out, const struct report *report,
                           const struct page_pictures *pictures,
                           struct tools *tools);
void ct_fit_free(struct page_fit *fit);

/* ---- fit_light.c --------------------------------------------------------- */

/* Linear red of the frame's picture, and its grey, which may be NULL. */
void ct_fit_halve(struct plane *light, struct bytes *grey, const uint8_t *rgb,
                  const struct frame *frame);
cutis_status ct_fit_light(struct page_fit *out, struct fields *fields,
                          struct tools *tools);

/* Between the nodes, which are means of squares of CT_FIT_SIDE px, at the
 * middle of a pixel of the map. */
double ct_fit_between(const struct plane *nodes, int x, int y);

/* ---- fit_sharp.c --------------------------------------------------------- */

/* Fills fields->blur; leaves NaN where the pair does not tell. */
cutis_status ct_fit_sharp(struct page_fit *out, struct fields *fields,
                          const struct report *report,
                          const struct frame *frame, struct tools *tools);

/* ---- fit_draw.c ---------------------------------------------------------- */

void ct_fit_light_ramp(uint8_t out[CT_LIGHT_STEPS][3]);
extern const uint8_t ct_held_colours[CT_HOLDS][3];
enum ct_held ct_held_of(double trust);

/* Whether (x, y) lies on a stripe of the hatching. */
bool ct_fit_hatched(int x, int y);

cutis_status ct_fit_draw(struct page_fit *out, const struct fields *fields,
                         struct tools *tools);

/* ---- page_fit.c ---------------------------------------------------------- */

void ct_page_fit(struct text *out, const struct report *report,
                 const struct page_fit *fit);

#endif
