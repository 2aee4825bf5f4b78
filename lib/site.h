/* SPDX-License-Identifier: BSD-2-Clause */

/* What repeat captures at one site said of its own errors. */

#ifndef CT_SITE_H
#define CT_SITE_H

#include "stages.h"

/* The largest profile is about two thirds of that. */
enum { CT_SITE_ERRORS = 128, CT_FORM_NAME = 32, CT_SITE_BYTES = 65536 };

/* Which rows an error is of: small ones are as the prior has them, under 25
 * cm2, where the variance grows as the area shrinks from there; whole ones,
 * from 100 cm2 on, are a face, which averages over what its regions do not. */
enum ct_extent { CT_LARGE, CT_SMALL, CT_WHOLE, CT_EXTENTS };
enum ct_extent ct_extent_of(double area_cm2);
const char *ct_extent_name(enum ct_extent extent);

struct site_error {
    int metric;
    char form[CT_FORM_NAME]; /* the reading's name */
    enum ct_extent extent;
    double variance; /* of y of one capture; in small rows, of 25 cm2 */
    double between;  /* of it, what all captures of a visit share; 0 where it
                        is none, or not known apart */
    double terms;    /* what error.c says of differences of capture between the
                        two of a pair, on average over the same pairs: the
                        variance holds it already */
    double counts;   /* what counting few items gave those differences, on
                        average; 0 where nothing is counted */
    double df;
    double between_df, within_df; /* of its two parts; 0: not known apart */
};

/* Where landmarks are from, a cutis_landmarks: "found", "mesh", ...; NULL
 * behind the last. */
const char *ct_scheme_name(unsigned scheme);

struct site {
    int count;
    struct site_error of[CT_SITE_ERRORS];
    double px_per_mm[2]; /* least and most of the captures */
    unsigned schemes;    /* of the captures' landmarks, a bit each */
    double people, pairs;
};

/* From a profile's bytes.  ARGUMENT: not one that this library can use. */
cutis_status ct_site_read(struct site *out, const void *bytes, size_t size,
                          struct tools *tools);

/* As JSON of schema cutis.site-profile/1: docs/json.md. */
cutis_status ct_report_site(struct text *out, const struct site *site,
                            struct tools *tools);

/* The error of a form in an area; NULL where the profile has none. */
const struct site_error *ct_site_find(const struct site *site, int metric,
                                      const char *form, enum ct_extent extent);

/* Whether a photograph is like those that it was made of; if not, why, as a
 * sentence. */
bool ct_site_fits(const struct site *site, const struct face *face,
                  char sentence[CT_SENTENCE]);

#endif
