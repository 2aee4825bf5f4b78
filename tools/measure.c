/* SPDX-License-Identifier: BSD-2-Clause */

/* One photograph after the other: measure, inspect. */

#include "command.h"
#include "maps.h"

static cutis_status write_reading(cutis_session *session, const void *thing,
                                  cutis_format format, struct output *output)
{
    return cutis_reading_write(session, thing, format, output_write, output);
}

static int publish_reading(cutis_session *session,
                           const struct options *options,
                           const cutis_reading *reading)
{
    const int code = publish(options, session, reading, write_reading);
    if (code || !options->maps)
        return code;
    return maps_code(
        session, (options->compare.cover_eyes ? cutis_reading_write_covered_maps
                                              : cutis_reading_write_maps)(
                     session, reading, maps_write, (void *)options->maps));
}

static cutis_status write_info(cutis_session *session, const void *thing,
                               cutis_format format, struct output *output)
{
    return cutis_photo_write_info(session, thing, format, output_write, output);
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
    for (int i = 0; i < options->file_count && !stop_signal(); i++) {
        cutis_photo *photo = NULL;
        code = load_photo(&photo, session, options->files[i], options, 0);
        if (!code)
            announce(options, i);
        if (!code)
            code = one(session, options, photo);
        cutis_photo_destroy(&photo);
        failed += code != 0;
    }
    if (stop_signal())
        return EXIT_SIGNAL + stop_signal();
    return options->file_count == 1 ? code : failed ? EXIT_SOME_FAILED : 0;
}

int command_measure(cutis_session *session, const struct options *options)
{
    return each(session, options, measure_one);
}

int command_inspect(cutis_session *session, const struct options *options)
{
    return each(session, options, inspect_one);
}
