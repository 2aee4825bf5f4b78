/* SPDX-License-Identifier: BSD-2-Clause */

/* Visits of one person over time. */

#include "command.h"
#include "timetable.h"

/* What a run holds. */
struct album {
    struct timetable plan;
    cutis_photo *photo[TIME_VISITS][TIME_CAPTURES];
    cutis_series *series;
};

static int load_capture(struct album *album, cutis_session *session,
                        const struct options *options, int v, int k)
{
    const struct time_capture *const capture = &album->plan.visit[v].capture[k];
    struct options own = *options;

    if (capture->card) {
        own.card[0] = capture->card;
        own.card_count = 1;
    }
    if (capture->chart) {
        own.chart[0] = capture->chart;
        own.chart_count = 1;
    }
    if (capture->landmarks) {
        own.landmarks[0] = capture->landmarks;
        own.landmarks_count = 1;
    }
    return load_photo(&album->photo[v][k], session, capture->path, &own, 0);
}

static int add_visit(struct album *album, cutis_session *session,
                     const struct options *options, int v)
{
    const struct time_visit *const from = &album->plan.visit[v];
    const cutis_photo *capture[TIME_CAPTURES];
    cutis_visit visit = CUTIS_VISIT_DEFAULT;

    for (int k = 0; k < from->count; k++) {
        const int code = load_capture(album, session, options, v, k);
        if (code)
            return code;
        capture[k] = album->photo[v][k];
    }
    visit.label = from->label;
    visit.days = from->days;
    visit.days_since_treatment = from->days_since_treatment;
    visit.baseline = from->baseline;
    visit.captures = capture;
    visit.capture_count = (uint64_t)from->count;
    const cutis_status status =
        cutis_series_add(session, album->series, &visit);
    return status ? complain(from->label, session, status) : 0;
}

static cutis_status write_series(cutis_session *session, const void *thing,
                                 cutis_format format, struct output *output)
{
    return cutis_series_write(session, thing, format, output_write, output);
}

/* Whether any visit could be compared with the baseline. */
static bool any_comparable(const cutis_series *series)
{
    const cutis_series_visit *visit;

    for (size_t i = 0; (visit = cutis_series_visit_at(series, i)); i++)
        if (visit->score && visit->comparable != CUTIS_COMPARABLE_NO)
            return true;
    return false;
}

static int run(struct album *album, cutis_session *session,
               const struct options *options)
{
    cutis_series_options wanted = CUTIS_SERIES_OPTIONS_DEFAULT;
    wanted.compare = &options->compare;
    wanted.control_side = options->control_side;
    cutis_status status = cutis_series_create(session, &wanted, &album->series);
    if (status)
        return complain("series", session, status);

    int code = 0;
    for (int v = 0; !code && v < album->plan.count; v++)
        code = add_visit(album, session, options, v);
    if (code)
        return code;
    status = cutis_series_run(session, album->series);
    if (status)
        return complain("series", session, status);
    code = publish(options, session, album->series, write_series);
    return code || any_comparable(album->series) ? code : EXIT_NOT_COMPARABLE;
}

int command_series(cutis_session *session, const struct options *options)
{
    struct album album = {0};

    if (options->file_count != 1) {
        fputs("cutis: series takes one plan\n", stderr);
        return EXIT_USAGE;
    }
    int code = timetable_read(&album.plan, options->files[0]);
    if (!code)
        code = run(&album, session, options);
    cutis_series_destroy(&album.series);
    for (int v = 0; v < TIME_VISITS; v++)
        for (int k = 0; k < TIME_CAPTURES; k++)
            cutis_photo_destroy(&album.photo[v][k]);
    timetable_free(&album.plan);
    return code;
}
