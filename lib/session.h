/* SPDX-License-Identifier: BSD-2-Clause */

/* What stands behind the opaque handles. */

#ifndef CT_SESSION_H
#define CT_SESSION_H

#include "account.h"
#include "course.h"
#include "stages.h"

/* How large the callers' structs were when they were first released: what ends
 * with these members is taken, with defaults for the rest. */
enum {
    CT_FIRST_OPTIONS = offsetof(cutis_options, progress_user) + sizeof(void *),
    CT_FIRST_PHOTO_OPTIONS =
        offsetof(cutis_photo_options, backdrop) + sizeof(uint32_t),
    CT_FIRST_COMPARE_OPTIONS =
        offsetof(cutis_compare_options, polarised) + sizeof(uint64_t)
};

struct cutis_session {
    cutis_options options;
    struct tools tools;
};

struct cutis_photo {
    struct picture picture;
    struct face face;
    struct skin skin;
    struct capture capture;
    cutis_photo_info info;
};

struct cutis_reading {
    struct readings readings;
    struct checks checks;
    struct photo_facts facts;
    cutis_measurement row[CT_METRICS * CT_REGIONS];
};

/* A caller's options; strings and bytes are ours. */
struct asked {
    cutis_compare_options options; /* its strings point below */
    char preset[CT_SENTENCE], treated[CT_SENTENCE], reference[CT_SENTENCE];
    char site_profile[CT_SITE_BYTES];
};

/* Readings, facts and pair are those of the captures that are shown. */
struct cutis_comparison {
    struct readings readings[2];
    struct photo_facts facts[2];
    struct pair pair;
    struct outcome outcome;
    struct visit visit[2];
    cutis_capture capture[2][CT_CAPTURES]; /* as visit has it */
    struct account *accounts;              /* of each pair that was used */
    int pairs;
    bool dependent; /* a picture stands in both visits */
    struct errors errors;
    struct asked asked;
};

struct cutis_series {
    struct course course;
    struct asked asked; /* days aside */
    bool begun;         /* whether or not it came to an end, once only */
    bool run;           /* to its end */
};

/* The photographs of a visit. */
struct shoot {
    const cutis_photo *const *photo;
    size_t count; /* [1, CT_CAPTURES] */
};

/* Compares two visits.  `least_blur_mm2` is the variance of blur that every
 * pair's photographs are brought to at least. */
cutis_status ct_compare_visits(cutis_comparison **out,
                               const struct shoot visit[2],
                               double least_blur_mm2,
                               const cutis_compare_options *options,
                               struct tools *tools);

/* ---- compare.c ----------------------------------------------------------- */

/* Takes the options; their strings are copied. */
cutis_status ct_take_compare_options(struct asked *asked,
                                     const cutis_compare_options *from,
                                     struct tools *tools);

/* Marks the regions that a list such as "cheek_l,cheek_r" names; "face" and
 * NULL mean all of them. */
cutis_status ct_parse_regions(bool out[CT_REGIONS], const char *list,
                              struct tools *tools);

/* Readings of two photographs that `pair` lays on each other. */
cutis_status ct_measure_photos(struct readings out[2],
                               const cutis_photo *const photo[2],
                               const struct pair *pair, bool maps,
                               const cutis_compare_options *options,
                               struct tools *tools);

/* ---- pipeline.c ---------------------------------------------------------- */

/* Which share of the call's time what follows takes. */
void ct_session_share(struct tools *tools, double from, double to);

struct view ct_view_of(const cutis_photo *photo, const struct bytes *mask);

/* Forgets the last error: every public call begins with it. */
void ct_session_begin(struct cutis_session *session);

/* And ends with this: a failure always has a sentence. */
cutis_status ct_session_end(struct tools *tools, cutis_status status);

/* How two photographs lie on each other, are lit, and how sharp they are. */
cutis_status ct_pair_photos(struct pair *out, const cutis_photo *const photo[2],
                            struct tools *tools);

/* Hands over the bytes that were made with `status`, and lets go of them; ends
 * the call. */
cutis_status ct_deliver(struct text *text, cutis_status status,
                        cutis_write_fn write, void *user, struct tools *tools);

/* Hands a report's bytes over; ends the call as ct_session_end does. */
cutis_status ct_write_report(cutis_session *session,
                             const struct report *report, cutis_format format,
                             cutis_write_fn write, void *user);

struct photo_facts ct_facts_of(const cutis_photo *photo,
                               const struct readings *readings);

/*
 * Copies a caller's struct of any known version into ours: what the caller's
 * version lacks stays as it is in `into`.  ARGUMENT: a size never released.
 */
cutis_status ct_take_struct(void *into, size_t our_size, const void *from,
                            size_t first_size, struct tools *tools);

#endif
