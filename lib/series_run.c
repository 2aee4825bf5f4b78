/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A series run.  All pairs share the blur of the least sharp photograph, so
 * every photograph is looked at before any two are compared; those that the
 * caller loads on demand are loaded once for each, and let go in between.  Only
 * the baseline's stay.
 */

#include <math.h>
#include <string.h>

#include "session.h"

/* A part of the call as the caller's callback sees it. */
struct part {
    cutis_progress_fn progress;
    void *user;
    double from, to;
};

/* What is worked on. */
struct work {
    struct cutis_series *series;
    cutis_session *session;
    struct part part;
    double done, all; /* pieces of work */
    double worst_mm2; /* variance of the least sharp photograph's blur */
    struct checks checks;
};

/* Photographs of a visit, or of all of the baseline. */
struct album {
    size_t count;
    const cutis_photo *photo[CT_CAPTURES];
    cutis_photo *own[CT_CAPTURES]; /* those that were loaded here */
};

static struct tools *tools_of(struct work *work)
{
    return &work->session->tools;
}

static bool is_baseline(const struct occasion *visit)
{
    return visit->about.phase == CUTIS_PHASE_BASELINE;
}

/* ---- Progress ------------------------------------------------------------ */

/* Comparing a pair takes about as long as loading so many photographs. */
enum { PAIR = 8 };

static int on_part(void *user, double done)
{
    const struct part *const part = user;
    return part->progress(part->user,
                          part->from + (part->to - part->from) * done);
}

static void begin(struct work *work, double pieces)
{
    work->done += pieces;
    work->part.from = work->part.to;
    work->part.to = fmin(work->done / work->all, 1.0);
}

static double pieces_of(const struct course *course)
{
    double pieces = 0.0;
    for (int i = 0; i < course->count; i++) {
        const struct occasion *const visit = course->of[i];
        const double n = (double)visit->about.capture_count;
        const bool baseline = is_baseline(visit);
        if (visit->load)
            pieces += baseline ? n : 2.0 * n;
        pieces += baseline ? 0.0 : PAIR * n;
    }
    return pieces;
}

/* ---- Photographs --------------------------------------------------------- */

static cutis_status take(struct work *work, struct album *album,
                         struct occasion *visit, size_t k)
{
    const size_t at = album->count;
    cutis_status status = CUTIS_OK;

    album->photo[at] = visit->photo[k];
    if (visit->load) {
        begin(work, 1.0);
        TRY(visit->load(visit->load_user, work->session, k, &album->own[at]));
        album->photo[at] = album->own[at];
        if (!album->own[at])
            TRY(ct_fail(tools_of(work), CUTIS_ERROR_ARGUMENT,
                        "a load gave no photograph"));
    }
    album->count++;
done:
    return status;
}

static void let_photos_go(struct album *album)
{
    for (int i = 0; i < CT_CAPTURES; i++)
        cutis_photo_destroy(&album->own[i]);
    album->count = 0;
}

static double square(double x)
{
    return x * x;
}

/* What no check refuses decides the blur; what is refused is left out or
 * withheld pair by pair. */
static void look_at(struct work *work, const cutis_photo *photo)
{
    const struct photo_facts facts = ct_facts_of(photo, NULL);
    bool refused = false;

    ct_check(&work->checks, &facts, NULL, NULL, NULL);
    for (int c = 0; c < work->checks.count; c++)
        refused = refused || (work->checks.of[c].verdict == CUTIS_CHECK_FAIL &&
                              !work->checks.of[c].region);
    if (!refused && photo->capture.blur_mm > 0.0)
        work->worst_mm2 = fmax(work->worst_mm2, square(photo->capture.blur_mm));
}

static void note(struct occasion *visit, size_t k, const cutis_photo *photo)
{
    memcpy(visit->sha256[k], photo->picture.sha256, sizeof(visit->sha256[k]));
}

/* ---- The baseline -------------------------------------------------------- */

static cutis_status check_order(struct course *course, struct tools *tools)
{
    size_t captures = 0;
    double days = 0.0;
    int i = 0;

    for (; i < course->count && is_baseline(course->of[i]); i++) {
        const cutis_series_visit *const about = &course->of[i]->about;
        captures += about->capture_count;
        days += (double)about->capture_count * about->days;
    }
    if (captures > CT_CAPTURES)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the baseline has more than %d photographs",
                       CT_CAPTURES);
    if (i == 0)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the first visit must be a baseline");
    if (i == course->count)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "there is no visit but the baseline");
    course->baseline_visits = i;
    course->baseline_captures = (int)captures;
    course->baseline_days = days / (double)captures;
    for (; i < course->count; i++)
        if (is_baseline(course->of[i]))
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "a baseline comes after another visit");
    return CUTIS_OK;
}

/* Pools the captures of all baseline visits, which stay. */
static cutis_status pool_baseline(struct work *work, struct album *baseline)
{
    struct course *const course = &work->series->course;
    cutis_status status = CUTIS_OK;

    for (int i = 0; i < course->baseline_visits; i++) {
        struct occasion *const visit = course->of[i];
        const size_t first = baseline->count;
        for (size_t k = 0; k < visit->about.capture_count; k++) {
            TRY(take(work, baseline, visit, k));
            look_at(work, baseline->photo[first + k]);
            note(visit, k, baseline->photo[first + k]);
        }
        const struct photo_facts facts =
            ct_facts_of(baseline->photo[first], NULL);
        TRY(ct_shot(&visit->shot, &facts, course, tools_of(work)));
    }
done:
    return status;
}

/* ---- The other visits ---------------------------------------------------- */

static cutis_status look_first(struct work *work, struct occasion *visit)
{
    struct album album = {.count = 0};
    cutis_status status = CUTIS_OK;

    for (size_t k = 0; k < visit->about.capture_count; k++) {
        TRY(take(work, &album, visit, k));
        look_at(work, album.photo[0]);
        note(visit, k, album.photo[0]);
        let_photos_go(&album);
    }
done:
    let_photos_go(&album);
    return status;
}

/* What remains after the pictures are gone. */
static void let_go(cutis_comparison *comparison)
{
    ct_pair_free(&comparison->pair);
    for (int i = 0; i < 2; i++)
        ct_readings_free(&comparison->readings[i]);
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            cutis_change *const row = &comparison->outcome.change[m][r];
            row->detail_count_before = row->detail_count_after = 0;
            row->details_before = row->details_after = NULL;
        }
}

static cutis_status compare(struct work *work, struct occasion *visit,
                            const struct album *baseline,
                            const struct album *album)
{
    const struct shoot shoot[2] = {{baseline->photo, baseline->count},
                                   {album->photo, album->count}};
    cutis_compare_options options = work->series->asked.options;
    struct tools *const tools = tools_of(work);
    cutis_status status;

    options.days = isnan(visit->about.days_since_treatment)
                       ? -1.0
                       : visit->about.days_since_treatment;
    begin(work, PAIR * (double)visit->about.capture_count);
    TRY(ct_compare_visits(&visit->comparison, shoot, work->worst_mm2, &options,
                          tools));
    visit->outcome = &visit->comparison->outcome;
    visit->errors = &visit->comparison->errors;
    visit->about.comparable = visit->outcome->comparable;
    visit->about.score = &visit->outcome->score;
    TRY(ct_shot(&visit->shot, &visit->comparison->facts[1],
                &work->series->course, tools));
    let_go(visit->comparison);
done:
    return status;
}

static cutis_status visit_one(struct work *work, struct occasion *visit,
                              const struct album *baseline)
{
    struct album album = {.count = 0};
    cutis_status status = CUTIS_OK;

    for (size_t k = 0; k < visit->about.capture_count; k++) {
        TRY(take(work, &album, visit, k));
        if (strcmp(album.photo[k]->picture.sha256, visit->sha256[k]) != 0)
            TRY(ct_fail(tools_of(work), CUTIS_ERROR_ARGUMENT,
                        "capture %zu of \"%s\" was another photograph before",
                        k + 1, visit->label));
    }
    TRY(compare(work, visit, baseline, &album));
done:
    let_photos_go(&album);
    return status;
}

/* ---- All ----------------------------------------------------------------- */

static cutis_status run_all(struct work *work)
{
    struct course *const course = &work->series->course;
    struct album baseline = {.count = 0};
    cutis_status status;

    TRY(check_order(course, tools_of(work)));
    work->series->begun = true;
    work->all = pieces_of(course);
    TRY(pool_baseline(work, &baseline));
    for (int i = course->baseline_visits; i < course->count; i++)
        TRY(look_first(work, course->of[i]));
    for (int i = course->baseline_visits; i < course->count; i++)
        TRY(visit_one(work, course->of[i], &baseline));
    ct_judge_course(course);
done:
    let_photos_go(&baseline);
    return status;
}

static cutis_status run(struct cutis_series *series, cutis_session *session)
{
    struct tools *const tools = &session->tools;
    struct work *const work = ct_alloc(&tools->memory, 1, sizeof(*work));
    if (!work)
        return ct_no_memory(tools);
    work->series = series;
    work->session = session;
    work->part.progress = tools->progress;
    work->part.user = tools->progress_user;
    if (tools->progress) {
        tools->progress = on_part;
        tools->progress_user = &work->part;
    }
    const cutis_status status = run_all(work);
    tools->progress = work->part.progress;
    tools->progress_user = work->part.user;
    ct_free(work);
    return status;
}

cutis_status cutis_series_run(cutis_session *session, cutis_series *series)
{
    if (!session || !series)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    if (series->begun)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "this series has run");
    const cutis_status status = run(series, session);
    struct course *const course = &series->course;
    for (int i = 0; i < course->count; i++) {
        memset(course->of[i]->photo, 0, sizeof(course->of[i]->photo));
        if (status != CUTIS_OK) {
            cutis_comparison_destroy(&course->of[i]->comparison);
            course->of[i]->outcome = NULL;
        }
    }
    series->run = status == CUTIS_OK;
    return ct_session_end(tools, status);
}
