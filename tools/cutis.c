/* SPDX-License-Identifier: BSD-2-Clause */

/* The cutis command: the progress line, and which command runs. */

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cutis/cutis.h>

#include "batch.h"
#include "heap.h"
#include "listing.h"
#include "options.h"
#include "output.h"

/* ---- Words on stderr ----------------------------------------------------- */

struct progress {
    struct timespec start;
    bool wanted, drawn;
    int percent; /* as drawn */
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) +
           1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

/* A line for anything over two seconds; a signal ends the work. */
static int on_progress(void *user, double done)
{
    struct progress *const progress = user;
    const int percent = (int)(100.0 * done);
    if (progress->wanted && percent != progress->percent &&
        seconds_since(&progress->start) > 2.0) {
        fprintf(stderr, "\rcutis: %3d %%", percent);
        progress->percent = percent;
        progress->drawn = true;
    }
    return stop_signal() != 0;
}

static void progress_end(struct progress *progress)
{
    if (progress->drawn)
        fprintf(stderr, "\r%20s\r", "");
    progress->drawn = false;
}

static void on_log(void *user, const char *sentence)
{
    (void)user;
    fprintf(stderr, "cutis: %s\n", sentence);
}

/* ---- Surroundings -------------------------------------------------------- */

#if defined(__ELF__) && defined(__GLIBC__)

/*
 * OpenMP's runtime gives its threads stacks of the size that the environment
 * says: too small a one is overrun, and where one cannot be had the runtime
 * ends the process.  So nothing is said to it; it asks before main.
 */
static void forget_stacks(int argc, char **argv, char **all)
{
    static const char *const names[] = {
        "OMP_STACKSIZE=", "GOMP_STACKSIZE=", "KMP_STACKSIZE="};
    char **kept = all;

    (void)argc;
    (void)argv;
    for (char **at = all; *at; at++) {
        bool known = false;
        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
            known |= !strncmp(*at, names[i], strlen(names[i]));
        if (!known)
            *kept++ = *at;
    }
    *kept = NULL;
}

__attribute__((section(".preinit_array"),
               used)) static void (*const first_of_all)(int, char **, char **) =
    forget_stacks;

#endif

/* ---- The command --------------------------------------------------------- */

static int version(cutis_session *session)
{
    printf("cutis %s (profile %s, %s)\n", cutis_version(), cutis_profile(),
           cutis_isa_name(cutis_session_isa(session)));
    puts("Measures photographs; not a diagnostic device.");
    return EXIT_DONE;
}

static int run(cutis_session *session, const struct options *options)
{
    static const struct {
        const char *name;
        int (*run)(cutis_session *session, const struct options *options);
    } commands[] = {
        {"compare", command_compare}, {"check", command_check},
        {"measure", command_measure}, {"inspect", command_inspect},
        {"series", command_series},   {"calibrate", command_calibrate},
    };
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (!strcmp(commands[i].name, options->command))
            return commands[i].run(session, options);
    if (options->file_count) {
        fprintf(stderr, "cutis: %s takes no photographs\n", options->command);
        return EXIT_USAGE;
    }
    return !strcmp(options->command, "metrics") ? list_metrics()
                                                : version(session);
}

static int help(const struct options *options)
{
    const char *command = options->command;
    int used;
    if (!strcmp(command, "help"))
        command = options_command(options->files, options->file_count, &used);
    if (command || !options->file_count) {
        options_help(stdout, command);
        return output_flush();
    }
    fprintf(stderr, "cutis: %s: no such command\n", options->files[0]);
    return EXIT_USAGE;
}

/* Wherever memory ran out, a word of it, and what stdout still holds. */
static int finish(int code)
{
    if (code == EXIT_TRY_AGAIN)
        fputs("cutis: there was not enough memory: try again later, or with "
              "fewer threads\n",
              stderr);
    return code ? code : output_flush();
}

int main(int argc, char **argv)
{
    struct options options;
    struct progress progress = {0};
    struct heap heap = {0};
    cutis_session *session = NULL;

    heap_keep();
    output_keep_streams();
    int code = options_parse(&options, argc, argv);
    if (code)
        return code;
    if (options.help || !strcmp(options.command, "help"))
        return help(&options);
    if (!strncmp(options.command, "batch", 5)) {
        heed_signals();
        return finish(command_batch(&options));
    }
    code = check_outputs(&options);
    if (code)
        return code;

    char *site = NULL;
    if (options.site_profile)
        code = file_read(options.site_profile, MOST_SITE, &site,
                         &options.compare.site_profile_size);
    if (code)
        return finish(code);
    options.compare.site_profile = site;

    heed_signals();
    clock_gettime(CLOCK_MONOTONIC, &progress.start);
    progress.wanted =
        !options.quiet &&
        (options.progress == WHEN_ALWAYS ||
         (options.progress == WHEN_AUTO && isatty(STDERR_FILENO)));
    options.session.allocator = heap_allocator(&heap);
    options.session.progress = on_progress;
    options.session.progress_user = &progress;
    options.session.log = options.verbose ? on_log : NULL;

    const cutis_status status =
        cutis_session_create(&options.session, &session);
    if (status == CUTIS_OK)
        code = run(session, &options);
    else
        code = complain("session", session, status);
    progress_end(&progress);
    cutis_session_destroy(&session);
    free(site);
    return finish(code);
}
