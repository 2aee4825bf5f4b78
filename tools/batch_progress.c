/* SPDX-License-Identifier: BSD-2-Clause */

/* The line on stderr that says how far a batch is. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) +
           1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

void tally_start(struct tally *tally, const struct options *options)
{
    *tally = (struct tally){
        .wanted = !options->quiet &&
                  (options->progress == WHEN_ALWAYS ||
                   (options->progress == WHEN_AUTO && isatty(STDERR_FILENO)))};
    clock_gettime(CLOCK_MONOTONIC, &tally->start);
    tally->drawn_at = tally->start;
}

/* In the two largest units that matter. */
static void say_time(char *out, size_t size, double seconds)
{
    const long s = (long)(seconds + 0.5);
    if (s >= 86400)
        snprintf(out, size, "%ld d %ld h", s / 86400, s % 86400 / 3600);
    else if (s >= 3600)
        snprintf(out, size, "%ld h %ld min", s / 3600, s % 3600 / 60);
    else if (s >= 60)
        snprintf(out, size, "%ld min %ld s", s / 60, s % 60);
    else
        snprintf(out, size, "%ld s", s);
}

static void draw(struct tally *tally)
{
    const double spent = seconds_since(&tally->start);
    const uint64_t ours = tally->done - tally->done_before;
    char left[64] = "", line[200];
    if (ours && tally->done < tally->pairs) {
        say_time(left, sizeof(left),
                 spent / (double)ours * (double)(tally->pairs - tally->done));
        snprintf(line, sizeof(line), ", %s left", left);
        memcpy(left, line, sizeof(left) - 1);
    }
    snprintf(line, sizeof(line),
             "cutis: %llu of %llu pairs, %llu failed, %.1f a second%s",
             (unsigned long long)tally->done, (unsigned long long)tally->pairs,
             (unsigned long long)tally->failed, (double)ours / spent, left);
    fprintf(stderr, "\r%-78s", line);
    fflush(stderr);
    tally->drawn = true;
}

void tally_draw(struct tally *tally)
{
    if (!tally->wanted || seconds_since(&tally->start) < 2.0 ||
        seconds_since(&tally->drawn_at) < 0.5)
        return;
    clock_gettime(CLOCK_MONOTONIC, &tally->drawn_at);
    draw(tally);
}

void tally_clear(struct tally *tally)
{
    if (tally->drawn)
        fprintf(stderr, "\r%78s\r", "");
    tally->drawn = false;
}
