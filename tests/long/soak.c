/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * soak FOLDER MINUTES SEED [THREADS]: good and bad pairs (of soak.py's FOLDER)
 * in a drawn order through one session of one process.  Every round begins with
 * the same good pair, whose JSON, table and page must have the bytes of the
 * first round.
 * What is held between rounds is watched: by the session's allocator, by the C
 * library's heap, by the system, descriptors and threads.
 */

#define _GNU_SOURCE

#include <dirent.h>
#include <malloc.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cutis/cutis.h>

/* ---- Memory that is counted, and fails when told ------------------------- */

static atomic_llong blocks, bytes, until_failure = -1;

static void *take(void *user, size_t size)
{
    (void)user;
    if (until_failure >= 0 && atomic_fetch_sub(&until_failure, 1) <= 0)
        return NULL;
    max_align_t *const at = malloc(sizeof(max_align_t) + size);
    if (!at)
        return NULL;
    memcpy(at, &size, sizeof(size));
    atomic_fetch_add(&blocks, 1);
    atomic_fetch_add(&bytes, (long long)size);
    return at + 1;
}

static void give(void *user, void *block)
{
    size_t size;
    max_align_t *const at = (max_align_t *)block - 1;
    (void)user;
    memcpy(&size, at, sizeof(size));
    atomic_fetch_sub(&blocks, 1);
    atomic_fetch_sub(&bytes, (long long)size);
    free(at);
}

static long until_cancel = -1;

static int progress(void *user, double done)
{
    (void)user;
    (void)done;
    return until_cancel >= 0 && until_cancel-- == 0;
}

/* ---- What is written: all bytes in one place ------------------------------
 */

struct page {
    char *at;
    size_t size, room;
};

static int keep(void *user, const void *from, size_t size)
{
    struct page *const to = user;
    if (to->size + size > to->room) {
        to->room = 2 * (to->size + size);
        to->at = realloc(to->at, to->room);
        if (!to->at)
            abort();
    }
    memcpy(to->at + to->size, from, size);
    to->size += size;
    return 0;
}

static int keep_file(void *user, const char *name, const void *from,
                     size_t size)
{
    (void)name;
    return keep(user, from, size);
}

/* ---- One piece of work ----------------------------------------------------
 */

enum work { COMPARE, VISITS, MEASURE, CHECK, WORKS };
enum points { FOUND, PATCH, ONE_POINT, SCATTERED, FAR_AWAY, NOT_NUMBERS };

struct job {
    const char *before, *after;
    enum work work;
    enum points points;
    cutis_status expected;
    int several; /* also this is an answer: -1 = none */
};

static const char *folder;
static cutis_session *session;
static struct page page;

static void place(cutis_photo_options *options, cutis_point points[468],
                  enum points how)
{
    options->px_per_mm = 3;
    if (how == FOUND)
        return;
    options->landmarks = CUTIS_LANDMARKS_NONE;
    if (how == PATCH)
        return;
    options->landmarks = CUTIS_LANDMARKS_MESH;
    options->landmark_count = 468;
    options->landmark_points = points;
    for (int i = 0; i < 468; i++) {
        const double x = i * 7919 % 170, y = i * 104729 % 215;
        points[i] = how == ONE_POINT   ? (cutis_point){85, 108}
                    : how == SCATTERED ? (cutis_point){x, y}
                    : how == FAR_AWAY  ? (cutis_point){1e6 + x, -1e9 * y}
                                       : (cutis_point){NAN, x};
    }
}

static cutis_status load(cutis_photo **photo, const char *name,
                         enum points points)
{
    char path[1024];
    cutis_point at[468];
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    place(&options, at, points);
    return cutis_photo_load(session, path, &options, photo);
}

static cutis_status compare(cutis_photo *const photo[3], enum work work)
{
    cutis_comparison *comparison = NULL;
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;
    options.days = 60;
    const cutis_photo *const before[2] = {photo[0], photo[2]};
    const cutis_photo *const after[1] = {photo[1]};
    cutis_status status =
        work == VISITS ? cutis_visits_compare(session, before, 2, after, 1,
                                              &options, &comparison)
                       : cutis_photos_compare(session, photo[0], photo[1],
                                              &options, &comparison);
    const cutis_format formats[] = {CUTIS_FORMAT_JSON, CUTIS_FORMAT_CSV,
                                    CUTIS_FORMAT_TEXT, CUTIS_FORMAT_HTML};
    for (int i = 0; status == CUTIS_OK && i < 4; i++)
        status = cutis_comparison_write(session, comparison, formats[i], keep,
                                        &page);
    cutis_comparison_destroy(&comparison);
    return status;
}

static cutis_status measure(const cutis_photo *photo)
{
    cutis_reading *reading = NULL;
    cutis_status status = cutis_photo_measure(session, photo, &reading);
    if (status == CUTIS_OK)
        status = cutis_reading_write(session, reading, CUTIS_FORMAT_JSON, keep,
                                     &page);
    if (status == CUTIS_OK)
        status = cutis_reading_write_maps(session, reading, keep_file, &page);
    cutis_reading_destroy(&reading);
    return status;
}

static cutis_status check(cutis_photo *const photo[3])
{
    cutis_suitability *told = NULL;
    cutis_status status =
        cutis_photos_check(session, photo[0], photo[1], NULL, &told);
    if (status == CUTIS_OK)
        status = cutis_suitability_write(session, told, CUTIS_FORMAT_JSON, keep,
                                         &page);
    cutis_suitability_destroy(&told);
    return status;
}

static cutis_status run(const struct job *job)
{
    cutis_photo *photo[3] = {NULL, NULL, NULL};
    page.size = 0;
    cutis_status status = load(&photo[0], job->before, job->points);
    if (status == CUTIS_OK)
        status = load(&photo[1], job->after, job->points);
    if (status == CUTIS_OK && job->work == VISITS)
        status = load(&photo[2], "progressive.jpg", job->points);
    if (status == CUTIS_OK)
        status = job->work == MEASURE ? measure(photo[1])
                 : job->work == CHECK ? check(photo)
                                      : compare(photo, job->work);
    for (int i = 0; i < 3; i++)
        cutis_photo_destroy(&photo[i]);
    return status;
}

/* ---- All of them ----------------------------------------------------------
 */

#define GOOD CUTIS_OK, -1
static const struct job canary = {"before.jpg", "after.jpg", COMPARE, FOUND,
                                  GOOD};
static const struct job jobs[] = {
    {"before.jpg", "other.jpg", COMPARE, FOUND, GOOD},
    {"before.jpg", "after.jpg", VISITS, FOUND, GOOD},
    {"before.jpg", "after.jpg", MEASURE, FOUND, GOOD},
    {"other.jpg", "before.jpg", CHECK, FOUND, GOOD},
    {"icc.jpg", "after.jpg", COMPARE, FOUND, GOOD},
    {"deep.png", "grey.jpg", COMPARE, PATCH, GOOD},
    {"patch.png", "deep.png", COMPARE, PATCH, GOOD},
    {"palette.png", "alpha.png", COMPARE, PATCH, GOOD},
    {"patch.png", "patch.png", CHECK, PATCH, GOOD},
    {"one.png", "tiny.png", COMPARE, PATCH, GOOD},
    {"one.png", "tiny.png", MEASURE, PATCH, GOOD},
    {"tiny.png", "patch.png", COMPARE, FOUND, CUTIS_ERROR_NO_FACE, -1},
    {"before.jpg", "cut.jpg", COMPARE, FOUND, CUTIS_ERROR_DAMAGED, -1},
    {"cut.png", "before.jpg", COMPARE, FOUND, CUTIS_ERROR_DAMAGED, -1},
    {"before.jpg", "burst.jpg", COMPARE, FOUND, CUTIS_ERROR_DAMAGED, -1},
    {"empty", "before.jpg", COMPARE, FOUND, CUTIS_ERROR_FORMAT, -1},
    {"words.txt", "before.jpg", COMPARE, FOUND, CUTIS_ERROR_FORMAT, -1},
    {"none", "before.jpg", COMPARE, FOUND, CUTIS_ERROR_IO, -1},
    {"huge.jpg", "before.jpg", COMPARE, FOUND, CUTIS_ERROR_LIMIT, -1},
    {"before.jpg", "huge.png", COMPARE, FOUND, CUTIS_ERROR_LIMIT, -1},
    {"before.jpg", "after.jpg", COMPARE, ONE_POINT, CUTIS_ERROR_UNSUITABLE,
     CUTIS_ERROR_ARGUMENT},
    {"before.jpg", "after.jpg", COMPARE, SCATTERED, CUTIS_ERROR_UNSUITABLE,
     CUTIS_OK},
    {"before.jpg", "after.jpg", COMPARE, FAR_AWAY, CUTIS_ERROR_UNSUITABLE,
     CUTIS_ERROR_ARGUMENT},
    {"before.jpg", "after.jpg", COMPARE, NOT_NUMBERS, CUTIS_ERROR_ARGUMENT, -1},
};
enum { JOBS = sizeof(jobs) / sizeof(jobs[0]) };

static uint64_t state;

static uint64_t draw(uint64_t below)
{
    state =
        state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (state >> 33) % below;
}

static long counts[3]; /* done, cancelled, out of memory */

static int is_right(const struct job *job, cutis_status status)
{
    if (status == job->expected || (int)status == job->several)
        return 1;
    printf("%s, %s, work %d, points %d: %s (%s), not %s\n", job->before,
           job->after, (int)job->work, (int)job->points,
           cutis_status_name(status), cutis_session_error(session),
           cutis_status_name(job->expected));
    return 0;
}

/* Every job undisturbed, so that what is made once has been made and the page
 * has its largest size.  How many had another status than they must have. */
static long warm_up(void)
{
    long wrong = 0;
    for (int i = 0; i < JOBS; i++)
        wrong += !is_right(&jobs[i], run(&jobs[i]));
    return wrong;
}

/* A job as drawn: every fifth is cancelled, every fifth has too little memory,
 * somewhere.  False: another status than it must have. */
static int one(void)
{
    const struct job *const job = &jobs[draw(JOBS)];
    const uint64_t fate = draw(5);
    if (fate == 0)
        until_cancel = (long)(draw(30) * draw(30));
    if (fate == 1)
        until_failure = (long long)(draw(60) * draw(60));
    const cutis_status status = run(job);
    until_cancel = until_failure = -1;

    const int cancelled = fate == 0 && status == CUTIS_ERROR_CANCELLED;
    const int starved = fate == 1 && status == CUTIS_ERROR_MEMORY;
    counts[cancelled ? 1 : starved ? 2 : 0]++;
    return cancelled || starved || is_right(job, status);
}

/* ---- What is held ---------------------------------------------------------
 */

/* What grows when memory is lost are pages without a file behind them ("anon":
 * heap, stacks, written data).  Pages of the program and its libraries come in
 * as their code is first run, are never written, end at the files' size and
 * may be dropped by the system at any time: they are told, not judged. */
struct held {
    double minutes, heap, anon, file; /* kB */
    double trimmed; /* kB of anon when the heap gave back what it can */
    double loose;   /* kB: what the heap then keeps without use */
    long long blocks, bytes; /* of the session */
    int descriptors, threads;
};

static double status_of(const char *name)
{
    char line[256];
    double value = -1;
    FILE *const file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof(line), file))
        if (!strncmp(line, name, strlen(name)))
            value = atof(line + strlen(name) + 1);
    if (file)
        fclose(file);
    return value;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return ((double)t.tv_sec + (double)t.tv_nsec / 1e9) / 60;
}

static struct held held(double begun)
{
    struct held h = {.minutes = now() - begun,
                     .anon = status_of("RssAnon"),
                     .file = status_of("RssFile")};
    DIR *const open = opendir("/proc/self/fd");
    while (open && readdir(open))
        h.descriptors++;
    if (open)
        closedir(open);
    h.threads = (int)status_of("Threads");
    h.blocks = blocks;
    h.bytes = bytes;
    const struct mallinfo2 info = mallinfo2();
    h.heap = (double)(info.uordblks + info.hblkhd) / 1024;
    malloc_trim(0);
    h.trimmed = status_of("RssAnon");
    h.loose = (double)mallinfo2().fordblks / 1024;
    return h;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of a member of h[from, to). */
static double median(const struct held *h, size_t from, size_t to,
                     size_t member)
{
    double value[4096];
    const size_t n = to - from < 4096 ? to - from : 4096;
    for (size_t i = 0; i < n; i++)
        memcpy(&value[i], (const char *)&h[from + i] + member, sizeof(double));
    qsort(value, n, sizeof(double), ascending);
    return n ? value[n / 2] : NAN;
}

/* The first fifth warms up; the fifths after it and at the end are compared. */
static double change(const struct held *h, size_t n, const char *what,
                     size_t member)
{
    const size_t fifth = n / 5;
    const double early = median(h, fifth, 2 * fifth, member);
    const double late = median(h, n - fifth, n, member);
    const double percent = 100 * (late / early - 1);
    printf("%s: %.0f kB, then %.0f kB: %+.2f %%\n", what, early, late, percent);
    return percent;
}

static int is_flat(double percent)
{
    return fabs(percent) <= 1;
}

static int judge(const struct held *h, size_t n)
{
    int good = n >= 5;
    const struct held *const a = &h[n / 5];
    for (size_t i = n / 5; i < n; i++)
        if (h[i].blocks != a->blocks || h[i].bytes != a->bytes ||
            h[i].descriptors != a->descriptors || h[i].threads != a->threads)
            good = 0;
    printf("between rounds: %lld blocks, %lld bytes of the session, "
           "%d descriptors, %d threads; %s\n",
           a->blocks, a->bytes, a->descriptors, a->threads,
           good ? "the same at every look" : "NOT the same at every look");
    const double heap =
        change(h, n, "heap in use", offsetof(struct held, heap));
    const double anon = change(h, n, "anonymous", offsetof(struct held, anon));
    const double trimmed =
        change(h, n, "anonymous, trimmed", offsetof(struct held, trimmed));
    change(h, n, "not judged: heap without use, trimmed",
           offsetof(struct held, loose));
    change(h, n, "not judged: of files", offsetof(struct held, file));
    return good && is_flat(heap) && is_flat(anon) && is_flat(trimmed);
}

static void tell(const struct held *h, long rounds, long wrong, long drifted)
{
    printf("%6.1f min %6ld rounds  anonymous %.0f, trimmed %.0f, heap %.0f + "
           "%.0f, files %.0f kB; %ld wrong, %ld drifted\n",
           h->minutes, rounds, h->anon, h->trimmed, h->heap, h->loose, h->file,
           wrong, drifted);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    folder = argv[1];
    const double wanted = atof(argv[2]);
    state = strtoull(argv[3], NULL, 10);
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    options.threads = argc > 4 ? atoi(argv[4]) : 2;
    options.allocator = (cutis_allocator){take, give, NULL};
    options.progress = progress;
    if (cutis_session_create(&options, &session))
        return 1;

    struct page first = {NULL, 0, 0};
    size_t looks = 0, room = 4096;
    struct held *const look = calloc(room, sizeof(*look));
    long rounds = 0, wrong = warm_up(), drifted = 0;
    const double begun = now();
    double next = wanted / 200;
    while (look && now() - begun < wanted) {
        wrong += run(&canary) != CUTIS_OK;
        if (!rounds)
            keep(&first, page.at, page.size);
        drifted += page.size != first.size ||
                   memcmp(page.at, first.at, first.size) != 0;
        if (now() - begun > next && looks < room) {
            look[looks++] = held(begun);
            next += wanted / 200;
            if (looks % 10 == 1)
                tell(&look[looks - 1], rounds, wrong, drifted);
        }
        for (int i = 0; i < 8; i++)
            wrong += !one();
        rounds++;
    }
    printf("%.1f minutes, %ld rounds, %ld pairs: %ld cancelled, %ld out of "
           "memory, %ld with a wrong status\n",
           now() - begun, rounds, rounds + counts[0] + counts[1] + counts[2],
           counts[1], counts[2], wrong);
    printf("the same pair %ld times: %zu bytes, %ld times others\n", rounds,
           first.size, drifted);
    const int good = judge(look, looks);
    cutis_session_destroy(&session);
    printf("after the session: %lld blocks\n", (long long)blocks);
    const int whole = good && !wrong && !drifted && !blocks;
    printf("%s\n", whole ? "soak: flat" : "soak: FAILED");
    free(first.at);
    free(page.at);
    free(look);
    return !whole;
}
