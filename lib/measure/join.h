/* SPDX-License-Identifier: BSD-2-Clause */

/* What join.c and the files that join one kind of list share. */

#ifndef CT_MEASURE_JOIN_H
#define CT_MEASURE_JOIN_H

#include "measure/measure.h"

/* Items with outlines on a map of the colour level, in two photographs. */
struct marks {
    const struct scene *scene[2];
    const struct plane *map[2]; /* P or H */
    const uint16_t *owner[2];   /* index and 1, of the level's pixels */
    struct list *list[2];       /* replaced by lists in step */
    double least;               /* contrast that one photograph asks for */
    double grain_mm2;           /* area over which noise is one draw */
    bool brown;                 /* tells brown from brown and red */
};

/* Pixels of a patch and of where they lie in the other photograph. */
enum { CT_PATCH = 64 };

struct patch {
    float own[CT_PATCH * CT_PATCH], x[CT_PATCH * CT_PATCH],
        y[CT_PATCH * CT_PATCH];
    float slope[2][CT_PATCH * CT_PATCH];
    int count;
};

/* An item's middle and reach, px of the level with pixels' centres at whole
 * numbers. */
struct spot {
    double x, y, reach;
    double shift[2]; /* px of the other level: beyond the map */
};

/* A box of pixels, ends included. */
struct box {
    int x0, y0, x1, y1;
};

extern const double ct_reach_sigma;
struct spot ct_spot_of(const struct marks *marks, int side, size_t index);
struct box ct_box_around(const struct level *level, double x, double y,
                         double reach);

/* Where a pixel of one side lies in the other; false if nowhere. */
bool ct_across(const struct marks *marks, int from, double x, double y,
               const double shift[2], double to[2]);
bool ct_marks_skin(const struct marks *marks, int side, double x, double y);

/* The item that owns the nearest pixel, and 1; 0 = none. */
int ct_owner_at(const struct marks *marks, int side, double x, double y);

/* Moves a spot's image to where it correlates best, as far as the map may err;
 * nowhere if nothing there looks like it. */
void ct_find_shift(struct spot *spot, struct patch *patch,
                   const struct marks *marks, int side);

cutis_status ct_join_marks(struct marks *marks, struct tools *tools);
/* Two lists in step: strongest in both first, an order that swapping leaves. */
cutis_status ct_sort_both(struct list lists[2], struct tools *tools);
cutis_status ct_join_pores(struct scene scene[2], struct tools *tools);

/* A place of one scene's working planes in the other's; false off the map.
 * Snapped to 1/64 px, so that a map of a photograph to itself is exact. */
bool ct_to_other(const struct scene *from, double x, double y, double to[2]);

/* How far off that may be, mm. */
double ct_map_error(const struct scene *from, double x, double y);

/* What a measured pair of contrasts, their error and the numbers of outlines
 * say of an item. */
struct evidence {
    double burden[2], error; /* one SD of their difference */
    double least;            /* burden of what one photograph would just find */
    int pieces[2];
};

enum ct_fate ct_fate_of(const struct evidence *evidence);

/* Adds the two sides of one item to lists in step, with what became of it. */
cutis_status ct_add_sides(struct list into[2], struct item side[2],
                          const struct evidence *evidence, struct tools *tools);

/* mm of skin that a working pixel shows, the mean of both directions; contrast
 * that finding asks of a pore (pores.c). */
double ct_mm_per_px(const struct face *face, int x, int y);
extern const double ct_pore_least_cod;

/* Whether a dark blob is a freckle (pore_ring.c). */
bool ct_pore_is_brown(const struct scene *scene, const struct blob *blob);

/* SD of the means of eight sectors of the ring around a blob, cOD. */
double ct_pore_unevenness(const struct plane *source, const struct bytes *mask,
                          const struct blob *blob);

#endif
