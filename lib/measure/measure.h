/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the files of this folder share.  ct_measure (measure.c) prepares a
 * scene: two reduced copies of the photograph (level.c), maps on them
 * (specular.c, blood.c, pigment.c, bands.c) and lists found in those (blobs.c,
 * spots.c, pores.c, lines.c).  Then each metric sums up what belongs to a
 * region; a metric is one file with one descriptor.
 *
 * Lengths are in mm and areas in mm2 of skin, unless "px" is said.
 */

#ifndef CT_MEASURE_MEASURE_H
#define CT_MEASURE_MEASURE_H

#include "measure/level.h"
#include "measure/lines.h"
#include "measure/tone.h"
#include "stages.h"

/* ---- Lists --------------------------------------------------------------- */

struct list {
    struct item *at;
    size_t count, room;
};

cutis_status ct_list_add(struct list *list, const struct item *item,
                         struct tools *tools);
void ct_list_free(struct list *list);

/* ---- Blobs: scale-normalised Laplacian (blobs.c) ------------------------- */

enum { CT_SCALES = 16 };

struct blob_search {
    const struct plane *source; /* 0 outside the mask */
    const struct bytes *mask;   /* centres lie where it is 255 */
    double sigma[CT_SCALES];    /* px, in equal ratios; maxima are sought */
    int scales;                 /* on all but the first and the last */
    double threshold;           /* of the response */
    double radius;              /* px: the largest response within */
    double roundness;           /* least ratio of the curvatures */
};

struct blob {
    float x, y;      /* px */
    float sigma;     /* px, between scales */
    float response;  /* half a Gaussian bump's height */
    float roundness; /* [0,1] */
};

struct blobs {
    struct blob *at;
    size_t count;
};

/* Strongest first. */
cutis_status ct_blobs_find(struct blobs *out, const struct blob_search *search,
                           struct tools *tools);

/* ---- The scene ----------------------------------------------------------- */

enum { CT_BANDS = 4 };

extern const double ct_band_mm[CT_BANDS];
extern const float ct_band_support; /* of a Gaussian's weight on skin */

/* SD of a band per SD of white noise in each pixel that a Gaussian of
 * `before_px` blurred first. */
double ct_band_noise_gain(double sigma_px, double before_px);

/* Moments of one texture band in one row. */
struct band {
    double sa, sq, ssk, sku; /* cOD; as measured */
    double sz;               /* between the 0.1 and the 99.9 % quantile */
    double clean;            /* sq without the camera's noise; NaN if noise */
};

/* Co-occurrence at one step, the mean of four directions. */
struct glcm {
    double contrast; /* squared levels of 0.5 cOD */
    double homogeneity, entropy, correlation, asm_;
};

/* What texture's bands do not say (patterns.c, slope.c); NaN where there is too
 * little skin. */
enum { CT_GLCM_STEPS = 3, CT_LBP_BINS = 18 };

struct pattern {
    struct glcm glcm[CT_GLCM_STEPS]; /* 0.25, 0.5, 1 mm */
    double lbp[2][CT_LBP_BINS];      /* shares: 8 points, 16 points */
    double chi2[2];                  /* from the photograph before */
    double beta;                     /* slope of the spectrum */
};

/* A Gaussian of the density under the mask and one of the mask, in every
 * step-th pixel of the relief level each way: sample i is in the middle of
 * those from i step on.  `mean` is their ratio. */
struct smooth {
    struct plane value, weight, mean;
    int step;
};

/* What a cubic B-spline between samples `step` px apart adds to it. */
static inline double ct_spline_variance(int step)
{
    return step * step / 3.0;
}

struct cells;
struct patch;

struct scene {
    const struct view *view;
    struct cells *cells; /* of a pair; NULL alone: cells.h */
    struct tone tone;
    struct bytes good; /* bits of what the working pixels are good for */
    float *scratch;    /* as many as either index, and all of colour; the latter
                          only once the relief's bands are known */
    size_t scratch_count;

    struct level colour;           /* about 4 px per mm */
    struct plane red, green, blue; /* linear; until the colour is made */
    struct plane od[3];            /* their optical densities; until the relief
                                      is made */
    struct plane lab[3];           /* CIELAB, D65; likewise */
    struct plane blood;            /* H, smoothed over 0.5 mm */
    struct plane blood_raw;        /* H */
    struct plane pigment;          /* P, smoothed over 0.25 mm */
    struct plane shine;     /* interface reflection beyond its surroundings;
                               until the relief is made */
    struct plane chroma[3]; /* skin colour of 12 mm around: b, per luminance */
    struct plane haze;      /* median interface reflection of 12 mm around */
    double haze_step;       /* px of the colour level per px of these */
    struct bytes specular;  /* 255 = shines, and 0.5 mm around */
    struct bytes halo;      /* the same with the highlights' skirts; chroma,
                               haze and this until the relief is lit */
    struct bytes lit;       /* the mask before shine was taken out */
    struct cover open;      /* of that mask */
    double blood_floor;     /* 25th percentile of H over 4 mm blocks */
    double blood_reference; /* H of untreated skin; NaN = none declared */
    double blood_shift;     /* to where H bends alike in all compared */
    double blood_level[CT_REGIONS];             /* trimmed mean of each row */
    double blood_uneven[CT_REGIONS];            /* of blood_raw */
    bool knows_level[CT_REGIONS], knows_uneven; /* whether those are known */
    double scabs[CT_REGIONS];                   /* how many there may be */

    struct level relief;  /* 6 to 12 px per mm */
    struct plane density; /* cOD, of light as sharp as the other photograph;
                             until lists are joined */
    struct plane flake;   /* as shine, at this level; for ct_patches() */
    struct plane fine;    /* the finest band, pixel x at x >> fine_shift */
    int fine_shift;
    struct band band[CT_BANDS][CT_REGIONS];
    struct pattern pattern[CT_REGIONS];

    struct patch *patch; /* [1, patches]: what may be flakes (flakes.c) */
    int32_t patches;
    double patch_energy[CT_REGIONS]; /* of the fine relief around them */

    struct list lesions, spots, pores, flakes; /* px of the working planes */
    uint16_t *owner; /* of the colour level's pixels: the brown spot's index
                        and 1; 0 = none */
    bool marks_paired, pores_paired; /* lists are in step with another's */
    struct lines lines;
};

/* Room for so many at `scratch`; what it held is lost. */
cutis_status ct_scratch(struct scene *scene, size_t count, struct tools *tools);

/* Everything below, as far as the resolution allows: what the colour level
 * shows, and then, without its tints, the relief. */
cutis_status ct_scene_create(struct scene *out, const struct view *view,
                             struct tools *tools);
cutis_status ct_scene_relief(struct scene *scene, struct tools *tools);
void ct_scene_free(struct scene *scene);

/* What may be flakes, as far as the resolution allows, once the finest band is
 * there; lets go of the plane that they were found in. */
cutis_status ct_patches(struct scene *scene, struct tools *tools);

/* Two scenes of one face, before and after: what is found in lists is decided
 * for both at once, before any metric sums up.  Swapping them swaps what comes
 * out, exactly. */
cutis_status ct_join(struct scene scene[2], struct tools *tools);

/* Both photographs' lines, decided and measured together. */
cutis_status ct_lines_join(struct scene scene[2], struct tools *tools);

cutis_status ct_colour_planes(struct scene *scene, struct tools *tools);
cutis_status ct_specular(struct scene *scene, struct tools *tools);
cutis_status ct_blood(struct scene *scene, struct tools *tools);

/* Declared untreated skin is what redness is compared with. */
bool ct_blood_is_declared(const struct scene *scene);

/* h of it, or of the person's paler skin; NaN = cannot be used. */
double ct_blood_origin(const struct scene *scene);

/* By how much redness follows h in a row. */
double ct_redness_slope(struct scene *scene, int row);

/* Share of h that counts as red, and whether a pixel of the colour level does
 * as shine. */
double ct_red_share_of(double h, double reference);
bool ct_shines(const struct scene *scene, int x, int y);
/* What shines counts as glare from now on; the plane goes. */
void ct_shine_mark(struct scene *scene);

/* How roughness weighs the bands. */
const double *ct_texture_weights(const struct scene *scene);

/* Sets `blood_shift` of the scenes that are compared. */
void ct_blood_level(struct scene *scene, int count);
extern const double ct_pigment_smooth_mm; /* of the pigment map */
cutis_status ct_pigment(struct scene *scene, struct tools *tools);
cutis_status ct_relief(struct scene *scene, struct tools *tools);
cutis_status ct_bands(struct scene *scene, struct tools *tools);
/* Of the relief between two Gaussians, where the wider one's weight is on skin
 * almost whole; a cubic B-spline lies between the samples of `fine`. */
cutis_status ct_patterns(struct scene *scene, const struct smooth *fine,
                         const struct smooth *wide, struct tools *tools);
cutis_status ct_slopes(struct scene *scene, struct tools *tools);
void ct_join_patterns(struct scene scene[2]);
cutis_status ct_lesions(struct scene *scene, struct tools *tools);
cutis_status ct_spots(struct scene *scene, struct tools *tools);
cutis_status ct_pores(struct scene *scene, struct tools *tools);
/* Mean density of 1 mm around, at the relief level. */
cutis_status ct_pore_mean(struct plane *out, const struct scene *scene,
                          struct tools *tools);
cutis_status ct_maps(struct readings *out, const struct scene *scene,
                     struct tools *tools);

/* Reflection at the skin's interface beyond that of 12 mm around, row by row:
 * a pixel lies in the colour level's `places`. */
struct interface {
    struct stretch chroma[3], haze;
    const struct kernels *kernels;
};

cutis_status ct_interface_create(struct interface *out,
                                 const struct scene *scene,
                                 const struct spacing *places, int width,
                                 struct tools *tools);
void ct_interface_free(struct interface *interface);
void ct_interface_row(float *out, struct interface *interface, int y,
                      const float *const rgb[3]);

/* out = weight . OD at the colour level, 0 outside its mask. */
cutis_status ct_unmix(struct plane *out, const struct scene *scene,
                      const double weight[3], struct tools *tools);

/* Takes the trend (trend.c) of a level's plane off it; 0 outside the mask. */
cutis_status ct_flatten(struct plane *plane, const struct level *level,
                        double sigma_mm, struct tools *tools);

/* 0 outside the mask. */
void ct_clear_outside(struct plane *plane, const struct bytes *mask);

/* Medians of square blocks at least half of which one region fills. */
struct blocks {
    float *median;
    uint8_t *region;
    size_t count;
};

cutis_status ct_blocks_create(struct blocks *out, const struct level *level,
                              const struct plane *plane, double side_mm,
                              struct tools *tools);
void ct_blocks_free(struct blocks *blocks);

/* 1.4826 MAD of 2 mm block medians of a plane's 2 to 15 mm band, per row; NaN
 * where there are too few. */
cutis_status ct_unevenness(double out[CT_REGIONS], const struct scene *scene,
                           const struct plane *plane, struct tools *tools);

/* The same of the redness map, worked out once. */
cutis_status ct_blood_unevenness(struct scene *scene, struct tools *tools);

/* Pale spots of a row (pale.c). */
struct pale {
    double count, area_mm2;
    double burden; /* of area * mean contrast, P mm2 */
};

cutis_status ct_pale_spots(struct pale out[CT_REGIONS],
                           const struct scene *scene, struct tools *tools);

/* How many spots of a row may be scabs (scabs.c). */
cutis_status ct_scabs(double count[CT_REGIONS], const struct scene *scene,
                      struct tools *tools);

/* 1.4826 MAD of the ITA of 4 mm blocks, per row, in degrees. */
cutis_status ct_ita_spread(double out[CT_REGIONS], const struct scene *scene,
                           struct tools *tools);

/* ---- Metrics ------------------------------------------------------------- */

struct metric {
    cutis_metric about;
    const struct detail_about *details; /* up to a NULL name */
    const char *subject;                /* "pores", in "pores need 12" */
    bool plural;                        /* "need" rather than "needs" */
    bool needs_colour;
    bool needs_relief;   /* looks at the finer level */
    bool early;          /* looks at tints, and at nothing of the relief nor in
                            lists: asked before the relief is made */
    double most_blur_mm; /* 0 = any */
    /* Fills the rows that are open, or closes them. */
    cutis_status (*measure)(struct reading rows[CT_REGIONS],
                            struct scene *scene, struct tools *tools);
};

extern const struct metric ct_redness, ct_erythema_area, ct_lesion_density,
    ct_pigment_spots, ct_tone_evenness, ct_ita_angle, ct_texture,
    ct_pore_density, ct_pore_burden, ct_wrinkle_index, ct_wrinkle_density,
    ct_shine, ct_flakes;

extern const struct metric *const ct_metrics[CT_METRICS];

/* Sets every row to its name, unit, coverage and area, and to NaN with a reason
 * where it is plain beforehand that it cannot be measured. */
void ct_open_rows(struct reading rows[CT_REGIONS], const struct metric *metric,
                  const struct scene *scene);

/* The row is to be filled: no reason stands against it. */
static inline bool ct_is_open(const struct reading *row)
{
    return !row->reason[0];
}

/* Closes a row: NaN, and why. */
void ct_close(struct reading *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a detail under its listed name; NaN is left out. */
void ct_detail(struct reading *row, const struct detail_about *about,
               double value);

/* Adds how many items of a kind in a row's regions came to each fate, under the
 * names of the details from `first` on, in the fates' order. */
void ct_fates(struct reading *row, const struct detail_about *first,
              const struct list *list, int kind, const struct cover *cover,
              int region);

/* Sums over the items of one kind in the regions of a row. */
struct tally {
    double count, area_mm2, size_mm, contrast;
    double burden;
    double alone;    /* how many only one photograph has */
    double variance; /* of the burden's change */
};

struct tally ct_tally(const struct list *list, int kind,
                      const struct cover *cover, int row);

/* The ring around a spot that it is compared with, in its sigma; share of H to
 * P above which a spot is not brown. */
extern const double ct_ring_near, ct_ring_far, ct_red_share;

#endif
