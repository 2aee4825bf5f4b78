/* SPDX-License-Identifier: BSD-2-Clause */

/* Repeat captures of several people become a site's profile (roster.h says
 * where they are). */

#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "roster.h"

/* Of people without visits the first capture meets all others; the first visit
 * meets each other one. */
enum { MOST_SHOTS = CUTIS_CAPTURES + 1, MOST_VISITS = 5 };

struct visit {
    cutis_photo *photo[MOST_SHOTS];
    size_t count;
};

struct person {
    const char *name;
    struct visit visit[MOST_VISITS];
    size_t count;
    int code; /* of a capture that could not be taken */
};

/* What all of them share. */
struct work {
    cutis_session *session;
    cutis_calibration *calibration;
    const struct options *options;
};

static void person_free(struct person *person)
{
    for (size_t v = 0; v < person->count; v++)
        for (size_t i = 0; i < person->visit[v].count; i++)
            cutis_photo_destroy(&person->visit[v].photo[i]);
}

/* The captures of one visit. */
static void load_visit(struct person *person, const struct roster_shot *shot,
                       size_t count, const struct work *work)
{
    struct visit *const visit = &person->visit[person->count++];
    const size_t most = *shot->visit ? CUTIS_CAPTURES : MOST_SHOTS;

    for (size_t i = 0; i < count && !stop_signal(); i++) {
        if (visit->count == most) {
            fprintf(stderr, "cutis: %s: only the first %zu captures are used\n",
                    person->name, most);
            break;
        }
        const int code =
            load_capture(&visit->photo[visit->count], work->session,
                         &shot[i].capture, work->options);
        if (code)
            person->code = code;
        else
            visit->count++;
    }
    if (!visit->count)
        person->count--;
}

static void load_all(struct person *person, const struct roster_shot *shot,
                     size_t count, const struct work *work)
{
    for (size_t from = 0, to; from < count && !stop_signal(); from = to) {
        for (to = from + 1;
             to < count && !strcmp(shot[to].visit, shot[from].visit); to++)
            ;
        if (person->count == MOST_VISITS) {
            fprintf(stderr, "cutis: %s: only the first %d visits are used\n",
                    person->name, MOST_VISITS);
            return;
        }
        load_visit(person, &shot[from], to - from, work);
    }
}

/* ---- One person -----------------------------------------------------------
 */

/* Captures without visits. */
static cutis_status add_captures(const struct person *person,
                                 const struct work *work)
{
    const struct visit *const visit = &person->visit[0];
    const cutis_photo *const *const photo =
        (const cutis_photo *const *)visit->photo;
    cutis_comparison *same = NULL;

    cutis_status status =
        cutis_visits_compare(work->session, photo, 1, photo + 1,
                             visit->count - 1, &work->options->compare, &same);
    if (status == CUTIS_OK)
        status = cutis_calibration_add(work->session, work->calibration, same);
    cutis_comparison_destroy(&same);
    return status;
}

static cutis_status add_visits(const struct person *person,
                               const struct work *work)
{
    cutis_comparison *same[MOST_VISITS - 1] = {NULL};
    const struct visit *const first = &person->visit[0];
    cutis_status status = CUTIS_OK;

    for (size_t v = 1; v < person->count && status == CUTIS_OK; v++)
        status = cutis_visits_compare(
            work->session, (const cutis_photo *const *)first->photo,
            first->count, (const cutis_photo *const *)person->visit[v].photo,
            person->visit[v].count, &work->options->compare, &same[v - 1]);
    if (status == CUTIS_OK)
        status = cutis_calibration_add_visits(
            work->session, work->calibration,
            (const cutis_comparison *const *)same, person->count - 1);
    for (size_t v = 1; v < person->count; v++)
        cutis_comparison_destroy(&same[v - 1]);
    return status;
}

static int add_person(const struct roster_shot *shot, size_t count,
                      const struct work *work)
{
    struct person person = {.name = shot->person, .count = 0};
    cutis_status status = CUTIS_OK;
    int code = EXIT_BAD_INPUT;

    load_all(&person, shot, count, work);
    if (*shot->visit ? person.count < 2
                     : !person.count || person.visit[0].count < 2) {
        fprintf(stderr, "cutis: %s: a person needs two %s or more\n",
                person.name, *shot->visit ? "visits" : "captures");
        code = person.code ? person.code : code;
    } else {
        status = *shot->visit ? add_visits(&person, work)
                              : add_captures(&person, work);
        code =
            status ? complain(person.name, work->session, status) : person.code;
    }
    person_free(&person);
    return code;
}

/* ---- All of them ----------------------------------------------------------
 */

static cutis_status write_profile(cutis_session *session, const void *thing,
                                  cutis_format format, struct output *output)
{
    (void)format;
    return cutis_calibration_write(session, thing, output_write, output);
}

/* What may pass by itself; the profile would then be another. */
static bool passes(int code)
{
    return code == EXIT_TRY_AGAIN || code == EXIT_IO;
}

/* Everybody who can be taken is, unless that depends on the hour; 0,
 * EXIT_SOME_FAILED or an exit code. */
static int calibrate_all(const struct work *work)
{
    struct roster roster;
    const char *const path = work->options->files[0];
    const int listed = roster_read(&roster, path);
    int worst = 0;

    for (size_t from = 0, to;
         !listed && from < roster.count && !passes(worst) && !stop_signal();
         from = to) {
        const struct roster_shot *const shot = &roster.shot[from];
        for (to = from + 1;
             to < roster.count && !strcmp(roster.shot[to].person, shot->person);
             to++)
            ;
        const int code = add_person(shot, to - from, work);
        worst = code ? code : worst;
    }
    roster_free(&roster);
    if (listed || stop_signal())
        return listed ? listed : EXIT_SIGNAL + stop_signal();
    if (passes(worst))
        return worst;
    if (!cutis_calibration_people(work->calibration)) {
        fprintf(stderr, "cutis: %s: nobody's captures could be used\n", path);
        return worst ? worst : EXIT_BAD_INPUT;
    }
    return worst ? EXIT_SOME_FAILED : 0;
}

int command_calibrate(cutis_session *session, const struct options *options)
{
    cutis_calibration *calibration = NULL;

    if (options->file_count != 1) {
        fputs("cutis: calibrate takes a folder with a folder a person, or a "
              "table\n",
              stderr);
        return EXIT_USAGE;
    }
    const cutis_status status = cutis_calibration_create(session, &calibration);
    const struct work work = {session, calibration, options};
    int code =
        status ? complain("calibrate", session, status) : calibrate_all(&work);
    if (!code || code == EXIT_SOME_FAILED) {
        const int wrote = publish(options, session, calibration, write_profile);
        code = wrote ? wrote : code;
    }
    if (!options->quiet && cutis_calibration_people(calibration))
        fprintf(stderr, "cutis: %zu people, %zu pairs of captures\n",
                cutis_calibration_people(calibration),
                cutis_calibration_pairs(calibration));
    cutis_calibration_destroy(&calibration);
    return code;
}
