/* SPDX-License-Identifier: BSD-2-Clause */

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "command.h"
#include "maps.h"

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
    for (int side = 0; side < PHOTOS; side++)
        for (int i = 0; i < options->captures[side].count; i++)
            if (are_same_file(path, options->captures[side].file[i]))
                return "is a photograph; it is not written over";
    return NULL;
}

int check_outputs(const struct options *options)
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

int publish(const struct options *options, cutis_session *session,
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

int maps_code(cutis_session *session, cutis_status status)
{
    if (status == CUTIS_OK)
        return EXIT_DONE;
    const int code = complain("maps", session, status);
    return status == CUTIS_ERROR_IO ? EXIT_OUTPUT : code;
}
