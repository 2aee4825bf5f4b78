/* SPDX-License-Identifier: BSD-2-Clause */

/* Visits over time: the first is the baseline, the others are held against it.
 * Photographs are freed as soon as the series was run. */

#include <stdio.h>
#include <stdlib.h>

#include <cutis/cutis.h>

enum { MOST = 16 };

/* Treatment was on the day of the baseline, after its photograph. */
static int add(cutis_session *session, cutis_series *series, double days,
               int baseline, const cutis_photo *photo)
{
    cutis_visit visit = CUTIS_VISIT_DEFAULT;
    visit.days = days;
    visit.days_since_treatment = baseline ? -1.0 : days;
    visit.baseline = (uint64_t)baseline;
    visit.captures = &photo;
    visit.capture_count = 1;
    return (int)cutis_series_add(session, series, &visit);
}

static void print(const cutis_series *series)
{
    const cutis_series_visit *visit;
    const cutis_trend *trend;

    for (size_t i = 0; (visit = cutis_series_visit_at(series, i)); i++)
        printf("day %-6.4g %-9s %s\n", visit->days,
               cutis_phase_name(visit->phase),
               visit->score ? cutis_verdict_name(visit->score->verdict) : "-");
    for (size_t i = 0; (trend = cutis_series_trend_at(series, i)); i++)
        if (trend->region == cutis_region_find("face") && trend->points >= 3)
            printf("%-16s %+8.2g a week [%.2g, %.2g] %s%s %s\n",
                   trend->metric->name, trend->slope, trend->ci95[0],
                   trend->ci95[1], trend->unit,
                   trend->scale == CUTIS_LOG ? ", as a ratio - 1" : "",
                   cutis_verdict_name(trend->verdict));
}

int main(int argc, char **argv)
{
    const int visits = (argc - 1) / 2;
    cutis_session *session = NULL;
    cutis_series *series = NULL;
    cutis_photo *photo[MOST] = {NULL};
    int code = 1;

    if (visits < 2 || visits > MOST || argc % 2 == 0) {
        fprintf(stderr, "usage: %s DAY PHOTO DAY PHOTO...\n", argv[0]);
        return 2;
    }
    if (cutis_session_create(NULL, &session) ||
        cutis_series_create(session, NULL, &series))
        goto done;
    for (int i = 0; i < visits; i++)
        if (cutis_photo_load(session, argv[2 + 2 * i], NULL, &photo[i]) ||
            add(session, series, strtod(argv[1 + 2 * i], NULL), i == 0,
                photo[i]))
            goto done;
    if (cutis_series_run(session, series))
        goto done;
    for (int i = 0; i < visits; i++)
        cutis_photo_destroy(&photo[i]);

    print(series);
    code = 0;
done:
    if (code)
        fprintf(stderr, "%s\n", cutis_session_error(session));
    cutis_series_destroy(&series);
    for (int i = 0; i < visits && i < MOST; i++)
        cutis_photo_destroy(&photo[i]);
    cutis_session_destroy(&session);
    return code;
}
