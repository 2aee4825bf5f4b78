/* SPDX-License-Identifier: BSD-2-Clause */

/* Visits of one person over time. */

#include "command.h"
#include "timetable.h"

/* A visit as the series asks for its photographs. */
struct shelf {
    const struct time_visit *visit;
    const struct options *options;
    int code; /* what was complained of */
};

/* What a run holds. */
struct album {
    struct timetable plan;
    struct shelf shelf[TIME_VISITS];
    cutis_series *series;
};

static cutis_status load_one(void *user, cutis_session *session, uint64_t index,
                             cutis_photo **out)
{
    struct shelf *const shelf = user;
    shelf->code = load_capture(out, session, &shelf->visit->capture[index],
                               shelf->options);
    return shelf->code ? CUTIS_ERROR_IO : CUTIS_OK;
}

static int add_visit(struct album *album, cutis_session *session,
                     const struct options *options, int v)
{
    const struct time_visit *const from = &album->plan.visit[v];
    cutis_visit visit = CUTIS_VISIT_DEFAULT;

    album->shelf[v] = (struct shelf){.visit = from, .options = options};
    visit.label = from->label;
    visit.days = from->days;
    visit.days_since_treatment = from->days_since_treatment;
    visit.baseline = from->baseline;
    visit.load = load_one;
    visit.load_user = &album->shelf[v];
    visit.capture_count = (uint64_t)from->count;
    const cutis_status status =
        cutis_series_add(session, album->series, &visit);
    return status ? complain(from->label, session, status) : 0;
}

/* What a photograph was complained of, or now the series. */
static int explain(const struct album *album, cutis_session *session,
                   cutis_status status)
{
    for (int v = 0; v < album->plan.count; v++)
        if (album->shelf[v].code)
            return album->shelf[v].code;
    return complain("series", session, status);
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
        return explain(album, session, status);
    code = publish(options, session, album->series, write_series);
    return code || any_comparable(album->series) ? code : EXIT_NOT_COMPARABLE;
}

/* A series is of a baseline and of what came after it. */
static int check_roles(const struct timetable *plan, const char *path)
{
    int baselines = 0;

    for (int i = 0; i < plan->count; i++)
        baselines += plan->visit[i].baseline;
    if (baselines && baselines < plan->count)
        return 0;
    fprintf(stderr, "cutis: %s: there is no %s\n", path,
            baselines ? "visit but the baseline" : "baseline");
    return EXIT_BAD_INPUT;
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
        code = check_roles(&album.plan, options->files[0]);
    if (!code)
        code = run(&album, session, options);
    cutis_series_destroy(&album.series);
    timetable_free(&album.plan);
    return code;
}
