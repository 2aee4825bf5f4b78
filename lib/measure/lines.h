/* SPDX-License-Identifier: BSD-2-Clause */

/* Lines of the skin: lines.c by line_taps.c, ridges.c, paths.c, choose.c,
 * line_shape.c. */

#ifndef CUTIS_MEASURE_LINES_H
#define CUTIS_MEASURE_LINES_H

#include "stages.h"

struct cover;

/* Points a pixel apart or less; px of the level, centres at whole numbers. */
struct path_point {
    float x, y;
    float response; /* cOD */
    float usual;    /* cOD: the response of the skin around */
};

struct paths {
    struct path_point *at;
    size_t *start; /* [count + 1]: of each in `at` */
    size_t count;
};

/* What thin ridges make of paths; empties the mask. */
cutis_status ct_paths_trace(struct paths *out, struct bytes *ridge,
                            double scale, struct tools *tools);
void ct_paths_free(struct paths *paths);

/* The unit vector across the path at point i of [first, end). */
void ct_path_across(double out[2], const struct paths *paths, size_t i,
                    size_t first, size_t end);

/* Sums of densities across a line, 2 mm to each side, and of how much darker
 * its points are than both sides 1 mm away. */
enum { CT_PROFILE_HALF = 32, CT_PROFILE = 2 * CT_PROFILE_HALF + 1 };
struct profile {
    double sum[CT_PROFILE], weight[CT_PROFILE];
    double dark, dark2, points;
};

struct line_shape {
    double depth;    /* cOD: the middle over the mean of both sides; signed */
    double least;    /* cOD: over the darker side */
    double spread;   /* cOD: SD of the depth along the line */
    double width_mm; /* full width at half depth */
};

struct scene;
/* `at` in px of the level, `across` a unit vector. */
void ct_profile_add(struct profile *profile, const struct scene *scene,
                    const double at[2], const double across[2], double weight);
/* The darkest place near the middle, of one profile or the sum of two. */
int ct_profile_middle(const struct profile *a, const struct profile *b);
struct line_shape ct_profile_shape(const struct profile *profile, int middle);
/* How far `b` lies beside `a`, in steps, at most so many mm: where they are
 * most alike, or 0 where nowhere enough. */
int ct_profile_shift(const struct profile *a, const struct profile *b,
                     double most_mm);
/* Adds 1 mm to each side of a profile, moved. */
void ct_profile_move(struct profile *out, const struct profile *from,
                     int shift);

/* Within 22.5 degrees of the face's horizontal or vertical, or neither; and the
 * nearest of eight, from the horizontal up and on, anticlockwise. */
enum ct_heading { CT_LYING, CT_OBLIQUE, CT_UPRIGHT, CT_HEADINGS };
enum { CT_WAYS = 8 };

struct line {
    size_t first, end;            /* in the paths of where it was found */
    double length_mm[CT_REGIONS]; /* by region; 0 where it is borrowed */
    double shared_mm[CT_REGIONS]; /* that counts: of a line found in both
                                     photographs a part in each */
    float extent_mm;              /* between its farthest points */
    float prior;                  /* of its evidence, by where it leads */
    float weight;                 /* (0, 1]: how surely it is one */
    float present;                /* [0, 1]: and is in this photograph */
    float doubt;                  /* SD of a change of that, in a pair */
    float depth;                  /* cOD, signed */
    float width_mm;               /* full width at half depth */
    enum ct_heading heading;      /* from end to end */
    int way;                      /* the same, finer */
    bool fold;                    /* from nose to mouth */
    bool hair;
};

struct lines {
    struct paths paths; /* all ridges of the skin, lines or not */
    double usual;       /* cOD: mean response of the skin */
    struct line *at;
    size_t count;
    bool paired;           /* measured in both photographs */
    struct bytes ridge;    /* 255 = on a line that counts, 128 = on a hair */
    struct plane response; /* cOD; for the map */
};

/* To be drawn: of some weight, and no hair. */
bool ct_line_counts(const struct line *line);

/* How much speaks for a line, and how much of it that makes count: 0 to 1. */
double ct_line_evidence(const struct line_shape *shape, double excess,
                        double length);
double ct_line_weight(double evidence);
/* The greatest response within a pixel, and what it adds to the sum. */
double ct_line_response(const struct plane *response, double x, double y);
double ct_line_excess(double response, double usual);

/* Sums over the lines of a row, by their weight; hairs left out. */
struct wrinkles {
    double count; /* of lines that count */
    double length_mm, fine_mm;
    double variance; /* of a change of the length, in a pair */
    double heading_mm[CT_HEADINGS], way_mm[CT_WAYS];
    double shared_mm;
    double burden; /* of shared length * depth */
    double fold;   /* of it, of the folds from nose to mouth */
    double width;  /* of shared length * width */
};

struct wrinkles ct_wrinkles(const struct lines *lines,
                            const struct cover *cover, int row);

/* All ridges, and those that are lines. */
cutis_status ct_lines_find(struct lines *out, const struct scene *scene,
                           struct tools *tools);
void ct_lines_free(struct lines *lines);

/* The ridges alone: paths, usual, response. */
cutis_status ct_ridges(struct lines *out, const struct scene *scene,
                       struct tools *tools);

/* The lines among the ridges, `usual` being what skin answers with. */
cutis_status ct_lines_choose(struct lines *lines, const struct scene *scene,
                             double usual, struct tools *tools);

/* The line filter alone: the response and which of the orientations and widths
 * gave it, for a level of `scale` px per mm.  `where` not NULL: only in rows
 * and columns around what it has. */
enum { CT_ANGLES = 16, CT_WIDTHS = 3 };
extern const double ct_line_width_mm[CT_WIDTHS];

struct line_filter {
    struct plane response;
    struct bytes best; /* width * CT_ANGLES + angle */
};

cutis_status ct_line_filter(struct line_filter *out, const struct plane *source,
                            const struct bytes *where, double scale,
                            struct tools *tools);
void ct_line_filter_free(struct line_filter *filter);

/* Thins a mask of 0 and 255 to lines of one pixel. */
cutis_status ct_thin(struct bytes *mask, struct tools *tools);

#endif
