/* SPDX-License-Identifier: BSD-2-Clause */

/* A window of the colour level around one blob: what spots.c and lesions.c
 * look through; flood.c draws outlines in it. */

#ifndef CT_MEASURE_WINDOW_H
#define CT_MEASURE_WINDOW_H

#include "measure/measure.h"

enum { CT_REACH = 96, CT_WINDOW = 2 * CT_REACH + 1 };

/* Pixels of this spot, and of another that it touches. */
enum { CT_INSIDE = 1, CT_BESIDE = 2 };

struct window_height {
    float value;
    int slot;
};

struct window {
    const struct level *level;
    const uint16_t *taken; /* of the level's pixels; not 0 = another spot's */
    int cx, cy, reach;     /* px; reach < CT_REACH */
    uint8_t inside[CT_WINDOW * CT_WINDOW]; /* CT_INSIDE, CT_BESIDE or 0 */
    int queue[CT_WINDOW * CT_WINDOW];      /* the slots that are inside */
    float v[CT_WINDOW * CT_WINDOW];
    size_t taken_values; /* of v */
    int count;           /* of the queue */
    struct window_height order[CT_WINDOW * CT_WINDOW];
    int basin[CT_WINDOW * CT_WINDOW];  /* of a slot, 0 = none yet */
    int joined[CT_WINDOW * CT_WINDOW]; /* the basin that one has become */
    float top[CT_WINDOW * CT_WINDOW];  /* of a basin */
};

/* A plane through what lies around: its height in the middle, its slopes a
 * pixel, and the robust SD of what it leaves. */
struct ground {
    double level, slope[2], spread;
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

/* The median of a plane between two distances from the centre, px, where no
 * other spot is. */
double ct_window_ring(struct window *w, const struct plane *plane, double near,
                      double far);

/* The robust SD of the values that ct_window_ring() took last. */
double ct_window_spread(struct window *w, double median);

/* The ground there; its level is NaN if there is too little. */
struct ground ct_window_ground(struct window *w, const struct plane *plane,
                               double near, double far);

/* The mean inside, over the ground. */
double ct_window_over(const struct window *w, const struct plane *plane,
                      const struct ground *ground);

/* Fills `inside` from the centre with what is at least `level`. */
void ct_window_flood(struct window *w, const struct plane *plane, double level);

/* Parts the outline at its valleys and keeps the centre's part: a valley parts
 * two tops that both rise over it by `least` or more, and by that share of
 * their height over `around`. */
void ct_window_part(struct window *w, const struct plane *plane, double around,
                    double share, double least);
double ct_window_mean(const struct window *w, const struct plane *plane);

/* Scales from one below `first_mm` to one above the last, in px. */
void ct_set_scales(struct blob_search *search, double first_mm, int steps,
                   double scale);

/* An item at (x, y) px of the colour level, nothing but its place known. */
struct item ct_item_at(const struct scene *scene, double x, double y);

#endif
