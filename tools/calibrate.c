/* SPDX-License-Identifier: BSD-2-Clause */

/* Repeat captures of several people become a site's profile: a folder with one
 * folder a person, whose files are that person's captures. */

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "batch.h"

/* The first meets all others. */
enum { MOST_SHOTS = CUTIS_CAPTURES + 1 };

/* Names in a folder, in the order of their bytes; hidden ones are left out. */
struct names {
    char **name;
    size_t count, room;
};

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->name[i]);
    free(names->name);
}

static bool names_add(struct names *names, const char *name)
{
    if (names->count == names->room) {
        const size_t room = names->room ? 2 * names->room : 16;
        char **const grown = realloc(names->name, room * sizeof(*grown));
        if (!grown)
            return false;
        names->name = grown;
        names->room = room;
    }
    const size_t size = strlen(name) + 1;
    char *const copy = malloc(size);
    if (!copy)
        return false;
    memcpy(copy, name, size);
    names->name[names->count++] = copy;
    return true;
}

static int by_bytes(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static int list(struct names *names, const char *path)
{
    const struct dirent *entry;
    DIR *const folder = opendir(path);
    int code = 0;

    if (!folder)
        return file_refuse(EXIT_MISSING_INPUT, path);
    while (!code && (entry = readdir(folder)))
        if (entry->d_name[0] != '.' && !names_add(names, entry->d_name))
            code = EXIT_TRY_AGAIN;
    closedir(folder);
    if (names->count)
        qsort(names->name, names->count, sizeof(*names->name), by_bytes);
    return code;
}

/* ---- One person -----------------------------------------------------------
 */

struct person {
    cutis_photo *photo[MOST_SHOTS];
    size_t count;
    int code; /* of a capture that could not be taken */
};

static void person_free(struct person *person)
{
    for (size_t i = 0; i < person->count; i++)
        cutis_photo_destroy(&person->photo[i]);
}

static void load_all(struct person *person, cutis_session *session,
                     const char *folder, const struct names *names,
                     const struct options *options)
{
    char path[MOST_PATH];

    for (size_t i = 0; i < names->count && !stop_signal(); i++) {
        if (person->count == MOST_SHOTS) {
            fprintf(stderr, "cutis: %s: only the first %d captures are used\n",
                    folder, MOST_SHOTS);
            break;
        }
        int code = EXIT_USAGE;
        if (file_path(path, folder, names->name[i]))
            code = load_photo(&person->photo[person->count], session, path,
                              options, 0);
        if (code)
            person->code = code;
        else
            person->count++;
    }
}

static int add_person(cutis_calibration *calibration, cutis_session *session,
                      const char *folder, const struct person *person,
                      const struct options *options)
{
    const cutis_photo *const *const photo =
        (const cutis_photo *const *)person->photo;
    cutis_comparison *same = NULL;

    if (person->count < 2) {
        fprintf(stderr, "cutis: %s: a person needs two captures or more\n",
                folder);
        return person->code ? person->code : EXIT_BAD_INPUT;
    }
    cutis_status status =
        cutis_visits_compare(session, photo, 1, photo + 1, person->count - 1,
                             &options->compare, &same);
    if (status == CUTIS_OK)
        status = cutis_calibration_add(session, calibration, same);
    const int code = status ? complain(folder, session, status) : 0;
    cutis_comparison_destroy(&same);
    return code ? code : person->code;
}

static int calibrate_person(cutis_calibration *calibration,
                            cutis_session *session, const char *folder,
                            const struct options *options)
{
    struct names names = {0};
    struct person person = {.count = 0};
    int code = list(&names, folder);

    if (!code) {
        load_all(&person, session, folder, &names, options);
        code = add_person(calibration, session, folder, &person, options);
    }
    person_free(&person);
    names_free(&names);
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

static bool is_folder(const char *path)
{
    struct stat found;
    return !stat(path, &found) && S_ISDIR(found.st_mode);
}

/* Everybody who can be taken is; 0, EXIT_SOME_FAILED or an exit code. */
static int calibrate_all(cutis_calibration *calibration, cutis_session *session,
                         const struct options *options)
{
    struct names names = {0};
    char path[MOST_PATH];
    const int listed = list(&names, options->files[0]);
    int worst = 0;

    for (size_t i = 0; !listed && i < names.count && !stop_signal(); i++) {
        if (!file_path(path, options->files[0], names.name[i]) ||
            !is_folder(path))
            continue;
        const int code = calibrate_person(calibration, session, path, options);
        worst = code ? code : worst;
    }
    names_free(&names);
    if (listed || stop_signal())
        return listed ? listed : EXIT_SIGNAL + stop_signal();
    if (!cutis_calibration_people(calibration)) {
        fprintf(stderr, "cutis: %s: nobody's captures could be used\n",
                options->files[0]);
        return worst ? worst : EXIT_BAD_INPUT;
    }
    return worst ? EXIT_SOME_FAILED : 0;
}

int command_calibrate(cutis_session *session, const struct options *options)
{
    cutis_calibration *calibration = NULL;

    if (options->file_count != 1) {
        fputs("cutis: calibrate takes a folder with a folder a person\n",
              stderr);
        return EXIT_USAGE;
    }
    const cutis_status status = cutis_calibration_create(session, &calibration);
    int code = status ? complain("calibrate", session, status)
                      : calibrate_all(calibration, session, options);
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
