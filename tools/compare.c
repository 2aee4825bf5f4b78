/* SPDX-License-Identifier: BSD-2-Clause */

/* Two photographs: compare, check. */

#include <string.h>

#include "command.h"
#include "maps.h"

static cutis_status write_comparison(cutis_session *session, const void *thing,
                                     cutis_format format, struct output *output)
{
    return cutis_comparison_write(session, thing, format, output_write, output);
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

/* The photographs of a visit. */
struct shots {
    cutis_photo *photo[CUTIS_CAPTURES];
    size_t count;
};

/* Two files, or captures by flags, or both; 0 or an exit code. */
static int gather(struct captures visit[PHOTOS], const struct options *options)
{
    int most = 0, least = CUTIS_CAPTURES;

    memcpy(visit, options->captures, sizeof(options->captures));
    for (int i = 0; i < PHOTOS; i++) {
        struct captures *const into = &visit[i];
        if (options->file_count == PHOTOS && into->count < CUTIS_CAPTURES)
            into->file[into->count++] = options->files[i];
        else if (options->file_count)
            most = CUTIS_CAPTURES + 1;
        most = into->count > most ? into->count : most;
        least = into->count < least ? into->count : least;
    }
    if (least >= 1 && most <= CUTIS_CAPTURES)
        return 0;
    fprintf(stderr,
            "cutis: compare takes two photographs, or up to %d for each of "
            "--before and --after\n",
            CUTIS_CAPTURES);
    return EXIT_USAGE;
}

static int load_visit(struct shots *shots, cutis_session *session,
                      const struct captures *visit,
                      const struct options *options, int index)
{
    int code = 0;

    for (int i = 0; !code && i < visit->count; i++) {
        code = load_photo(&shots->photo[i], session, visit->file[i], options,
                          index);
        shots->count += !code;
    }
    return code;
}

int command_compare(cutis_session *session, const struct options *options)
{
    struct captures visit[PHOTOS];
    struct shots shots[PHOTOS] = {{.count = 0}};
    cutis_comparison *comparison = NULL;
    int code = gather(visit, options);

    for (int i = 0; !code && i < PHOTOS; i++)
        code = load_visit(&shots[i], session, &visit[i], options, i);
    if (!code) {
        const cutis_status status = cutis_visits_compare(
            session, (const cutis_photo *const *)shots[0].photo, shots[0].count,
            (const cutis_photo *const *)shots[1].photo, shots[1].count,
            &options->compare, &comparison);
        code = status ? complain("compare", session, status)
                      : publish_comparison(session, options, comparison);
    }
    if (!code && cutis_comparison_comparable(comparison) == CUTIS_COMPARABLE_NO)
        code = EXIT_NOT_COMPARABLE;
    cutis_comparison_destroy(&comparison);
    for (int i = 0; i < PHOTOS; i++)
        for (size_t k = 0; k < shots[i].count; k++)
            cutis_photo_destroy(&shots[i].photo[k]);
    return code;
}

static cutis_status write_suitability(cutis_session *session, const void *thing,
                                      cutis_format format,
                                      struct output *output)
{
    return cutis_suitability_write(session, thing, format, output_write,
                                   output);
}

int command_check(cutis_session *session, const struct options *options)
{
    cutis_photo *photo[PHOTOS] = {NULL, NULL};
    cutis_suitability *found = NULL;
    int code = 0;

    if (options->file_count < 1 || options->file_count > PHOTOS) {
        fputs("cutis: check takes one photograph or two\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; !code && i < options->file_count; i++)
        code = load_photo(&photo[i], session, options->files[i], options, i);
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
