/* SPDX-License-Identifier: BSD-2-Clause */

/* The cutis command: compare, measure, check, inspect, metrics, version, help.
 */

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cutis/cutis.h>

#include "inputs.h"
#include "listing.h"
#include "maps.h"
#include "options.h"
#include "output.h"

/* ---- Words on stderr ----------------------------------------------------- */

static volatile sig_atomic_t stopped; /* the signal that asked us to stop */

static void on_signal(int number)
{
    stopped = number;
}

struct progress {
    struct timespec start;
    bool wanted, drawn;
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
    if (progress->wanted && seconds_since(&progress->start) > 2.0) {
        fprintf(stderr, "\rcutis: %3.0f %%", 100.0 * done);
        progress->drawn = true;
    }
    return stopped != 0;
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

/* ---- Statuses as exit codes ---------------------------------------------- */

static int exit_code(cutis_status status)
{
    switch (status) {
    case CUTIS_OK:
        return EXIT_DONE;
    case CUTIS_ERROR_ARGUMENT:
        return EXIT_USAGE;
    case CUTIS_ERROR_MEMORY:
        return EXIT_TRY_AGAIN;
    case CUTIS_ERROR_IO:
        return EXIT_IO;
    case CUTIS_ERROR_LIMIT:
        return EXIT_LIMIT;
    case CUTIS_ERROR_UNSUPPORTED:
        return EXIT_NOT_BUILT_IN;
    case CUTIS_ERROR_FORMAT:
    case CUTIS_ERROR_DAMAGED:
    case CUTIS_ERROR_NO_FACE:
    case CUTIS_ERROR_UNSUITABLE:
        return EXIT_BAD_INPUT;
    case CUTIS_ERROR_CANCELLED:
        return EXIT_SIGNAL + stopped;
    case CUTIS_ERROR_INTERNAL:
    case CUTIS_STATUS_COUNT:
        break;
    }
    return EXIT_INTERNAL;
}

static int complain(const char *what, cutis_session *session,
                    cutis_status status)
{
    const char *const why = cutis_session_error(session);
    fprintf(stderr, "cutis: %s: %s\n", what,
            *why ? why : cutis_status_text(status));
    return exit_code(status);
}

/* ---- Loading ------------------------------------------------------------- */

static int load(cutis_photo **photo, cutis_session *session, const char *path,
                const struct options *options, int index)
{
    struct stat found;
    if (stat(path, &found)) {
        fprintf(stderr, "cutis: %s: %s\n", path, strerror(errno));
        return EXIT_MISSING_INPUT;
    }
    struct inputs *inputs = calloc(1, sizeof(*inputs));
    if (!inputs)
        return EXIT_TRY_AGAIN;
    int code = inputs_read(inputs, options, index);
    if (!code) {
        const cutis_status status =
            cutis_photo_load(session, path, &inputs->options, photo);
        if (status != CUTIS_OK)
            code = complain(path, session, status);
    }
    free(inputs);
    return code;
}

/* ---- Writing ------------------------------------------------------------- */

/* Writes one thing in one form; the commands differ in what that is. */
typedef cutis_status (*write_fn)(cutis_session *session, const void *thing,
                                 cutis_format format, struct output *output);

/* By --format, else by the name's ending; -1 if that is of no form. */
static int format_of(const struct options *options, const char *path)
{
    static const struct {
        const char *ending;
        cutis_format format;
    } endings[] = {{".json", CUTIS_FORMAT_JSON},
                   {".csv", CUTIS_FORMAT_CSV},
                   {".html", CUTIS_FORMAT_HTML},
                   {".htm", CUTIS_FORMAT_HTML},
                   {".txt", CUTIS_FORMAT_TEXT}};
    if (options->format >= 0 || !path)
        return options->format >= 0 ? options->format : CUTIS_FORMAT_TEXT;
    const char *const slash = strrchr(path, '/');
    const char *const ending = strrchr(slash ? slash : path, '.');
    if (!ending)
        return CUTIS_FORMAT_TEXT;
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (!strcasecmp(ending, endings[i].ending))
            return (int)endings[i].format;
    return -1;
}

/* Whether two names are of one file that is there. */
static bool are_same_file(const char *one, const char *other)
{
    struct stat a, b;
    return !stat(one, &a) && !stat(other, &b) && S_ISREG(a.st_mode) &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* What can be known to be wrong with an output before any work. */
static const char *wrong_output(const struct options *options, int index)
{
    const char *const path = options->output[index];
    if (format_of(options, path) < 0)
        return "its name ends in none of .txt, .json, .csv and .html; say "
               "which form with --format";
    for (int i = 0; i < index; i++)
        if (!strcmp(path, options->output[i]))
            return "is named as output twice";
    for (int i = 0; i < options->file_count; i++)
        if (are_same_file(path, options->files[i]))
            return "is a photograph; it is not written over";
    return NULL;
}

static int check_outputs(const struct options *options)
{
    if (options->maps && maps_folder(options->maps))
        return EXIT_OUTPUT;
    for (int i = 0; i < options->output_count; i++) {
        const char *const why = wrong_output(options, i);
        if (why) {
            fprintf(stderr, "cutis: %s: %s\n", options->output[i], why);
            return EXIT_USAGE;
        }
    }
    return EXIT_DONE;
}

static int write_to(const char *path, const struct options *options,
                    cutis_session *session, const void *thing, write_fn write)
{
    struct output output;
    int code = output_open(&output, path);
    if (code)
        return code;
    const cutis_status status =
        write(session, thing, (cutis_format)format_of(options, path), &output);
    if (status != CUTIS_OK) {
        code = complain(path ? path : "report", session, status);
        code = status == CUTIS_ERROR_IO ? EXIT_OUTPUT : code;
    }
    const int closed = output_close(&output, status == CUTIS_OK);
    if (!code && !closed && output.path && !options->quiet)
        fprintf(stderr, "cutis: wrote %s\n", path);
    return code ? code : closed;
}

/* To every output that was asked for, or to stdout. */
static int publish(const struct options *options, cutis_session *session,
                   const void *thing, write_fn write)
{
    if (!options->output_count)
        return write_to(NULL, options, session, thing, write);
    for (int i = 0; i < options->output_count; i++) {
        const int code =
            write_to(options->output[i], options, session, thing, write);
        if (code)
            return code;
    }
    return EXIT_DONE;
}

/* ---- Commands ------------------------------------------------------------ */

static cutis_status write_comparison(cutis_session *session, const void *thing,
                                     cutis_format format, struct output *output)
{
    return cutis_comparison_write(session, thing, format, output_write, output);
}

static cutis_status write_reading(cutis_session *session, const void *thing,
                                  cutis_format format, struct output *output)
{
    return cutis_reading_write(session, thing, format, output_write, output);
}

static cutis_status write_info(cutis_session *session, const void *thing,
                               cutis_format format, struct output *output)
{
    return cutis_photo_write_info(session, thing, format, output_write, output);
}

/* The words for what came of writing maps, and its exit code. */
static int maps_code(cutis_session *session, cutis_status status)
{
    if (status == CUTIS_OK)
        return EXIT_DONE;
    const int code = complain("maps", session, status);
    return status == CUTIS_ERROR_IO ? EXIT_OUTPUT : code;
}

static int publish_comparison(cutis_session *session,
                              const struct options *options,
                              const cutis_comparison *comparison)
{
    const int code = publish(options, session, comparison, write_comparison);
    if (code || !options->maps)
        return code;
    return maps_code(
        session, cutis_comparison_write_maps(session, comparison, maps_write,
                                             (void *)options->maps));
}

static int publish_reading(cutis_session *session,
                           const struct options *options,
                           const cutis_reading *reading)
{
    const int code = publish(options, session, reading, write_reading);
    if (code || !options->maps)
        return code;
    return maps_code(session,
                     cutis_reading_write_maps(session, reading, maps_write,
                                              (void *)options->maps));
}

static int compare(cutis_session *session, const struct options *options)
{
    cutis_photo *photo[PHOTOS] = {NULL, NULL};
    cutis_comparison *comparison = NULL;
    int code = 0;

    if (options->file_count != PHOTOS) {
        fputs("cutis: compare takes two photographs\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; !code && i < PHOTOS; i++)
        code = load(&photo[i], session, options->files[i], options, i);
    if (!code) {
        const cutis_status status = cutis_photos_compare(
            session, photo[0], photo[1], &options->compare, &comparison);
        code = status ? complain("compare", session, status)
                      : publish_comparison(session, options, comparison);
    }
    if (!code && cutis_comparison_comparable(comparison) == CUTIS_COMPARABLE_NO)
        code = EXIT_NOT_COMPARABLE;
    cutis_comparison_destroy(&comparison);
    for (int i = 0; i < PHOTOS; i++)
        cutis_photo_destroy(&photo[i]);
    return code;
}

static cutis_status write_suitability(cutis_session *session, const void *thing,
                                      cutis_format format,
                                      struct output *output)
{
    return cutis_suitability_write(session, thing, format, output_write,
                                   output);
}

static int check(cutis_session *session, const struct options *options)
{
    cutis_photo *photo[PHOTOS] = {NULL, NULL};
    cutis_suitability *found = NULL;
    int code = 0;

    if (options->file_count < 1 || options->file_count > PHOTOS) {
        fputs("cutis: check takes one photograph or two\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; !code && i < options->file_count; i++)
        code = load(&photo[i], session, options->files[i], options, i);
    if (!code) {
        const cutis_status status = cutis_photos_check(
            session, photo[0], photo[1], &options->compare, &found);
        code = status ? complain("check", session, status)
                      : publish(options, session, found, write_suitability);
    }
    if (!code && cutis_suitability_comparable(found) == CUTIS_COMPARABLE_NO)
        code = EXIT_NOT_COMPARABLE;
    cutis_suitability_destroy(&found);
    for (int i = 0; i < PHOTOS; i++)
        cutis_photo_destroy(&photo[i]);
    return code;
}

static int measure_one(cutis_session *session, const struct options *options,
                       const cutis_photo *photo)
{
    cutis_reading *reading = NULL;
    const cutis_status status = cutis_photo_measure(session, photo, &reading);
    if (status != CUTIS_OK)
        return complain("measure", session, status);
    const int code = publish_reading(session, options, reading);
    cutis_reading_destroy(&reading);
    return code;
}

static int inspect_one(cutis_session *session, const struct options *options,
                       const cutis_photo *photo)
{
    return publish(options, session, photo, write_info);
}

typedef int (*one_fn)(cutis_session *session, const struct options *options,
                      const cutis_photo *photo);

/* Which of several photographs is next; a word, as data name no files. */
static void announce(const struct options *options, int index)
{
    if (options->file_count == 1 || options->quiet)
        return;
    fflush(stdout);
    fprintf(stderr, "%scutis: %s\n", index ? "\n" : "", options->files[index]);
}

/* The same for every photograph; one that fails does not stop the others. */
static int each(cutis_session *session, const struct options *options,
                one_fn one)
{
    int code = 0, failed = 0;
    if (!options->file_count) {
        fprintf(stderr, "cutis: %s takes photographs\n", options->command);
        return EXIT_USAGE;
    }
    if ((options->output_count || options->maps) && options->file_count > 1) {
        fputs("cutis: -o and --maps take one photograph at a time\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; i < options->file_count && !stopped; i++) {
        cutis_photo *photo = NULL;
        code = load(&photo, session, options->files[i], options, 0);
        if (!code)
            announce(options, i);
        if (!code)
            code = one(session, options, photo);
        cutis_photo_destroy(&photo);
        failed += code != 0;
    }
    if (stopped)
        return EXIT_SIGNAL + stopped;
    return options->file_count == 1 ? code : failed ? EXIT_SOME_FAILED : 0;
}

static int version(cutis_session *session)
{
    printf("cutis %s (profile %s, %s)\n", cutis_version(), cutis_profile(),
           cutis_isa_name(cutis_session_isa(session)));
    puts("Measures photographs; not a diagnostic device.");
    return EXIT_DONE;
}

static int run(cutis_session *session, const struct options *options)
{
    const char *const name = options->command;
    if (!strcmp(name, "compare"))
        return compare(session, options);
    if (!strcmp(name, "check"))
        return check(session, options);
    if (!strcmp(name, "measure"))
        return each(session, options, measure_one);
    if (!strcmp(name, "inspect"))
        return each(session, options, inspect_one);
    if (options->file_count) {
        fprintf(stderr, "cutis: %s takes no photographs\n", name);
        return EXIT_USAGE;
    }
    return !strcmp(name, "metrics") ? list_metrics() : version(session);
}

static int help(const struct options *options)
{
    const bool about = !strcmp(options->command, "help");
    const char *const command = !about                ? options->command
                                : options->file_count ? options->files[0]
                                                      : NULL;
    if (options_help(stdout, command))
        return output_flush();
    fprintf(stderr, "cutis: %s: no such command\n", command);
    return EXIT_USAGE;
}

/* Unless whoever started us wants the signal ignored. */
static void heed(int number, const struct sigaction *action)
{
    struct sigaction before;
    if (!sigaction(number, NULL, &before) && before.sa_handler != SIG_IGN)
        sigaction(number, action, NULL);
}

int main(int argc, char **argv)
{
    struct options options;
    struct progress progress = {0};
    cutis_session *session = NULL;

    output_keep_streams();
    int code = options_parse(&options, argc, argv);
    if (code)
        return code;
    if (options.help || !strcmp(options.command, "help"))
        return help(&options);
    code = check_outputs(&options);
    if (code)
        return code;

    const struct sigaction action = {.sa_handler = on_signal};
    heed(SIGINT, &action);
    heed(SIGTERM, &action);
    clock_gettime(CLOCK_MONOTONIC, &progress.start);
    progress.wanted =
        !options.quiet &&
        (options.progress == WHEN_ALWAYS ||
         (options.progress == WHEN_AUTO && isatty(STDERR_FILENO)));
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
    return code ? code : output_flush();
}
