/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A report made by hand, so that what is written can be compared with what is
 * known: two small pictures of an oval, every kind of verdict, gaps, and words
 * that must not show or must be escaped.
 */

#ifndef REPORT_SAMPLE_H
#define REPORT_SAMPLE_H

#include "course.h"

enum { SAMPLE_WIDTH = 360, SAMPLE_HEIGHT = 480 };

/* Points into itself: not to be copied. */
struct sample {
    struct tools tools;
    struct picture picture[2];
    struct face face[2];
    struct skin skin[2];
    struct capture capture[2];
    struct readings readings[2];
    struct photo_facts facts[2];
    struct pair pair;
    struct outcome outcome;
    struct visit visit[2];
    struct errors errors;
    cutis_compare_options options;
    struct report report; /* of two */
    struct report single; /* of the first */
};

/* Four visits: a baseline, and the sample's outcome 1, 30 and 84 days after a
 * treatment; labels are hostile. */
enum { SAMPLE_VISITS = 4 };
struct sample_series {
    struct course course;
    struct occasion visit[SAMPLE_VISITS];
    struct outcome outcome[SAMPLE_VISITS];
};
void sample_course(struct sample_series *out, struct sample *sample);
void sample_course_close(struct sample_series *series);

void sample_open(struct sample *sample);
void sample_close(struct sample *sample);

/* What a camera and a person may have written, in every place there is. */
void sample_plant_metadata(struct sample *sample);

/* Everything but pass, in every scope, with `message`. */
void sample_check(struct sample *sample, const char *id,
                  cutis_check_scope scope, cutis_check_verdict verdict,
                  const char *message);

#endif
