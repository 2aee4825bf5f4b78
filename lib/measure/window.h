/* SPDX-License-Identifier: BSD-2-Clause */

/* A window of the colour level around one blob: what spots.c and lesions.c
 * look through. */

#ifndef CT_MEASURE_WINDOW_H
#define CT_MEASURE_WINDOW_H

#include "measure/measure.h"

enum { CT_REACH = 96, CT_WINDOW = 2 * CT_REACH + 1 };

struct window {
    const struct level *level;
    const uint16_t *taken; /* of the level's pixels; not 0 = another spot's */
    int cx, cy, reach;     /* px; reach < CT_REACH */
    uint8_t inside[CT_WINDOW * CT_WINDOW]; /* 1 = of this spot */
    int queue[CT_WINDOW * CT_WINDOW];      /* the slots that are inside */
    float v[CT_WINDOW * CT_WINDOW];
    size_t taken_values; /* of v */
    int count;           /* of the queue */
};

/* The slot of (x, y) px of the level, and back. */
static inline int ct_slot(const struct window *w, int x, int y)
{
    return (y - w->cy + CT_REACH) * CT_WINDOW + (x - w->cx + CT_REACH);
}

static inline int ct_slot_x(const struct window *w, int slot)
{
    return slot % CT_WINDOW - CT_REACH + w->cx;
}

static inline int ct_slot_y(const struct window *w, int slot)
{
    return slot / CT_WINDOW - CT_REACH + w->cy;
}

bool ct_window_usable(const struct window *w, int x, int y);

/* The median of a plane between two distances from the centre, px. */
double ct_window_ring(struct window *w, const struct plane *plane, double near,
                      double far);

/* The robust SD of the values that ct_window_ring() took last. */
double ct_window_spread(struct window *w, double median);

/* Fills `inside` from the centre with what is at least `level`. */
void ct_window_flood(struct window *w, const struct plane *plane, double level);
double ct_window_mean(const struct window *w, const struct plane *plane);

/* Scales from one below `first_mm` to one above the last, in px. */
void ct_set_scales(struct blob_search *search, double first_mm, int steps,
                   double scale);

/* An item at (x, y) px of the colour level, nothing but its place known. */
struct item ct_item_at(const struct scene *scene, double x, double y);

#endif
