/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A course without pictures: visits of one scene, each judged against its
 * `before`.  A fresh one has a baseline visit and nothing else.
 */

#ifndef CT_TESTS_COURSE_SCENE_H
#define CT_TESTS_COURSE_SCENE_H

#include "progress/series.h"
#include "progress_scene.h"

enum { COURSE_VISITS = 8 };

struct course_scene {
    struct scene scene;
    struct course course;
    struct occasion occasions[COURSE_VISITS];
    struct outcome outcomes[COURSE_VISITS];
};

static inline void course_set(struct course_scene *made)
{
    memset(made, 0, sizeof(*made));
    scene_set(&made->scene);
    made->course.options = &made->scene.options;
    made->course.count = 1;
    made->course.baseline_visits = made->course.baseline_captures = 1;
    made->course.of[0] = &made->occasions[0];
    made->occasions[0].about.days_since_treatment = NAN;
}

/* Adds a visit whose photograph is scene.after as it stands; `since` < 0: no
 * treatment is said. */
static inline struct outcome *course_visit(struct course_scene *made,
                                           double days, double since)
{
    struct scene *const scene = &made->scene;
    const int i = made->course.count++;
    struct outcome *const out = &made->outcomes[i];

    scene->options.days = since < 0.0 ? -1.0 : since;
    ck_assert_int_eq(
        scene_judge_pair(scene, out, &scene->before, &scene->after, SCENE_SEED),
        CUTIS_OK);
    made->course.of[i] = &made->occasions[i];
    made->occasions[i].outcome = out;
    made->occasions[i].about = (cutis_series_visit){
        .days = days,
        .days_since_treatment = since < 0.0 ? NAN : since,
        .capture_count = 1,
        .score = &out->score,
    };
    return out;
}

static inline void course_read(struct course_scene *made, int metric,
                               double value)
{
    for (int r = 0; r < CT_REGIONS; r++)
        scene_read(&made->scene.after, metric, r, value);
}

#endif
