/* SPDX-License-Identifier: BSD-2-Clause */

/* How sharp two photographs are beside each other: stages.h includes this. */

#ifndef CT_EQUAL_H
#define CT_EQUAL_H

#include <stdbool.h>

/* Spectra of what no treatment changes: eyes, brows, nostrils, mouth. */
enum { CT_EDGE_PATCHES = 6, CT_EDGE_BINS = 192, CT_EDGE_BINS_PER_CYCLE = 12 };

struct spectra {
    /* mm2 of (light / its mean)^2, by rings of 1/12 cycle per mm */
    double power[CT_EDGE_PATCHES][CT_EDGE_BINS];
    bool seen[CT_EDGE_PATCHES];
    int bins; /* up to the Nyquist frequency; 0 = no landmarks to go by */
};

/* Squares of 8 mm of skin, each at a block of the template's cells, so that a
 * block is the same skin in every photograph of the face. */
enum { CT_SWATCHES = 512, CT_SWATCH_BINS = 11, CT_DEFOCUS_REGIONS = 15 };

/* A place in depth: mm before the canonical face's origin as the camera sees
 * it, and mm below it. */
struct stand {
    double nearer, below;
};

struct swatch {
    uint16_t block;
    uint8_t region;
    float x, y; /* its middle, working px */
    struct stand at;
    float power[CT_SWATCH_BINS]; /* of red light over its mean, mm2, by rings */
    float noise;                 /* the same where no structure is left */
};

struct swatches {
    int count; /* by ascending block */
    int bins;  /* that the photograph resolves; 0 = nothing to go by */
    struct stand
        edges; /* where the patches of struct spectra lie, on average */
    struct swatch of[CT_SWATCHES];
};

/*
 * How the difference of sharpness changes over the face.  All in mm2 of
 * sigma^2, after's less before's, beside what edges that no treatment changes
 * say of both photographs; by region, the last being all squares together; NaN
 * where it could not be told.
 */
struct defocus {
    double more[CT_DEFOCUS_REGIONS]; /* by a plane of focus that moved */
    double se[CT_DEFOCUS_REGIONS];
    double own[CT_DEFOCUS_REGIONS]; /* by the region's squares alone */
    double at_edges;                /* what squares say of edges' depth */
    int count;                      /* squares that both show well */
    struct {
        float x, y;         /* before's working px */
        float more, weight; /* mm2, not beside anything; of the fit */
    } of[CT_SWATCHES];
};

struct capture;
struct pair;

/* Fills blur_mm2, blur_se_mm2 and blur_misfit. */
void ct_equalise(struct pair *out, const struct capture *before,
                 const struct capture *after);

/* Fills sharpened and sharpened_se. */
void ct_sharpened(struct pair *out, const struct capture *before,
                  const struct capture *after);

/* Fills defocus. */
void ct_defocus_over(struct pair *out, const struct capture *before,
                     const struct capture *after);

/* Sigma in mm by which photograph 0 (before) or 1 (after) is to be blurred to
 * be no sharper than the other, 0 within one standard error, and for more_mm2
 * besides. */
double ct_equalise_mm(const struct pair *pair, int photo);

/* Sigma of both once the sharper one is softened: the mean of what each says of
 * it, as edges tell it to a tenth and their spectra far better. */
double ct_common_blur(const struct pair *pair, const struct capture *before,
                      const struct capture *after);

#endif
