/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What each stage of a comparison takes, photographs one after the other: wall
 * and processor milliseconds, medians of some rounds, as one line of JSON.
 *
 *     bench_stages BEFORE AFTER THREADS ROUNDS
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "session.h"

enum { MOST_ROUNDS = 32 };

enum phase {
    DECODE,
    FIND,
    COLOUR,
    MASK,
    CAPTURE,
    MATCH,
    MEASURE,
    JUDGE,
    JSON,
    PAGE,
    STEPS
};

static const char *const names[STEPS] = {"decode",  "face",  "colour",  "mask",
                                         "capture", "match", "measure", "judge",
                                         "json",    "page"};

struct clocks {
    double wall, cpu;
};

struct round {
    struct clocks of[STEPS];
    struct clocks begun;
};

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct clocks now(void)
{
    return (struct clocks){seconds(CLOCK_MONOTONIC),
                           seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

/* What has passed since the last step goes to this one. */
static void pass(struct round *round, enum phase phase)
{
    const struct clocks time = now();
    round->of[phase].wall += time.wall - round->begun.wall;
    round->of[phase].cpu += time.cpu - round->begun.cpu;
    round->begun = time;
}

static int drop(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return 0;
}

static cutis_status load(cutis_photo **out, cutis_session *session,
                         const char *path, struct round *round)
{
    const cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    struct tools *const tools = &session->tools;
    cutis_status status = CUTIS_OK;
    cutis_photo *const photo = ct_alloc(&tools->memory, 1, sizeof(*photo));
    if (!photo)
        return CUTIS_ERROR_MEMORY;

    *out = photo;
    round->begun = now();
    TRY(ct_acquire_file(&photo->picture, path, &session->options, tools));
    photo->picture.stays = true;
    pass(round, DECODE);
    TRY(ct_face_find(&photo->face, &photo->picture, &options, tools));
    pass(round, FIND);
    TRY(ct_colour_skin(&photo->skin, &photo->picture, &photo->face, &options,
                       tools));
    pass(round, COLOUR);
    TRY(ct_face_mask(&photo->face, &photo->skin, &photo->picture, &options,
                     tools));
    pass(round, MASK);
    TRY(ct_match_capture(&photo->capture, &photo->picture, &photo->face,
                         &photo->skin, tools));
    pass(round, CAPTURE);
done:
    return status;
}

/* What a whole takes beyond its parts, which were timed another time. */
static double rest(double whole, double parts)
{
    return whole > parts ? whole - parts : 0.0;
}

/* Matching and measuring by themselves, then all of it for the rest. */
static cutis_status compare(cutis_photo *const photo[2], cutis_session *session,
                            struct round *round)
{
    static struct readings readings[2];
    static struct pair pair;
    const cutis_photo *const both[2] = {photo[0], photo[1]};
    struct tools *const tools = &session->tools;
    struct asked asked;
    cutis_comparison *made = NULL;
    cutis_status status = CUTIS_OK;

    TRY(ct_take_compare_options(&asked, NULL, tools));
    round->begun = now();
    TRY(ct_pair_photos(&pair, both, tools));
    pass(round, MATCH);
    TRY(ct_measure_photos(readings, both, &pair, true, &asked.options, tools));
    pass(round, MEASURE);
    ct_pair_free(&pair);
    for (int i = 0; i < 2; i++)
        ct_readings_free(&readings[i]);
    memset(&pair, 0, sizeof(pair));
    memset(readings, 0, sizeof(readings));

    round->begun = now();
    TRY(cutis_photos_compare(session, photo[0], photo[1], NULL, &made));
    pass(round, JUDGE);
    round->of[JUDGE].wall = rest(
        round->of[JUDGE].wall, round->of[MATCH].wall + round->of[MEASURE].wall);
    round->of[JUDGE].cpu = rest(round->of[JUDGE].cpu,
                                round->of[MATCH].cpu + round->of[MEASURE].cpu);
    TRY(cutis_comparison_write(session, made, CUTIS_FORMAT_JSON, drop, NULL));
    pass(round, JSON);
    TRY(cutis_comparison_write(session, made, CUTIS_FORMAT_HTML, drop, NULL));
    pass(round, PAGE);
done:
    cutis_comparison_destroy(&made);
    return status;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof(*values), by_size);
    return 0.5 * (values[(count - 1) / 2] + values[count / 2]);
}

static void print_steps(const struct round *rounds, int count, int cpu)
{
    for (int s = 0; s < STEPS; s++) {
        double values[MOST_ROUNDS];
        for (int i = 0; i < count; i++)
            values[i] = cpu ? rounds[i].of[s].cpu : rounds[i].of[s].wall;
        printf("%s\"%s\":%.2f", s ? "," : "", names[s],
               1e3 * median(values, count));
    }
}

/* One round; what the face fills of the first photograph, at last. */
static cutis_status run(struct round *round, struct face *shown,
                        cutis_session *session, char *const path[2])
{
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_status status;

    memset(round, 0, sizeof(*round));
    TRY(load(&photo[0], session, path[0], round));
    TRY(load(&photo[1], session, path[1], round));
    TRY(compare(photo, session, round));
    *shown = (struct face){.crop = photo[0]->face.crop,
                           .scale = photo[0]->face.scale,
                           .factor = photo[0]->face.factor};
done:
    cutis_photo_destroy(&photo[0]);
    cutis_photo_destroy(&photo[1]);
    return status;
}

int main(int argc, char **argv)
{
    static struct round rounds[MOST_ROUNDS];
    static struct face face;
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    struct rusage use;

    if (argc != 5)
        return 2;
    const int count = (int)strtol(argv[4], NULL, 10);
    options.threads = (uint32_t)strtoul(argv[3], NULL, 10);
    if (count < 1 || count > MOST_ROUNDS ||
        cutis_session_create(&options, &session))
        return 2;
    for (int i = 0; i < count; i++)
        if (run(&rounds[i], &face, session, argv + 1) != CUTIS_OK) {
            fprintf(stderr, "%s\n", cutis_session_error(session));
            return 1;
        }
    getrusage(RUSAGE_SELF, &use);
    printf("{\"threads\":%u,\"px_per_mm\":%.2f,\"factor\":%d,\"face_mpx\":%.3f,"
           "\"peak_mb\":%.1f,\"wall_ms\":{",
           options.threads, face.scale, face.factor,
           1e-6 * face.crop.width * face.crop.height,
           (double)use.ru_maxrss / 1024.0);
    print_steps(rounds, count, 0);
    printf("},\"cpu_ms\":{");
    print_steps(rounds, count, 1);
    printf("}}\n");
    cutis_session_destroy(&session);
    return 0;
}
