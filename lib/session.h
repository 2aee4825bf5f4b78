/* SPDX-License-Identifier: BSD-2-Clause */

/* What stands behind the opaque handles. */

#ifndef CT_SESSION_H
#define CT_SESSION_H

#include "stages.h"

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

struct cutis_comparison {
    struct readings readings[2];
    struct photo_facts facts[2];
    struct pair pair;
    struct outcome outcome;
    cutis_compare_options options; /* its strings point below */
    char preset[CT_SENTENCE], treated[CT_SENTENCE], reference[CT_SENTENCE];
};

/* Forgets the last error: every public call begins with it. */
void ct_session_begin(struct cutis_session *session);

/* And ends with this: a failure always has a sentence. */
cutis_status ct_session_end(struct tools *tools, cutis_status status);

/* How two photographs lie on each other, are lit, and how sharp they are. */
cutis_status ct_pair_photos(struct pair *out, const cutis_photo *const photo[2],
                            struct tools *tools);

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
