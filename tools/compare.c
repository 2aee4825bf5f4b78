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

/* All captures of both visits, the first visit's first. */
static int load_visits(cutis_photo **photo, cutis_session *session,
                       const struct captures visit[PHOTOS],
                       const struct options *options)
{
    struct request request[MOST_REQUESTS];
    int count = 0;

    for (int v = 0; v < PHOTOS; v++)
        for (int i = 0; i < visit[v].count; i++)
            request[count++] = (struct request){visit[v].file[i], v};
    return load_photos(photo, session, request, count, options);
}

int command_compare(cutis_session *session, const struct options *options)
{
    struct captures visit[PHOTOS];
    cutis_photo *photo[MOST_REQUESTS] = {NULL};
    cutis_comparison *comparison = NULL;
    int code = gather(visit, options);

    if (!code)
        code = load_visits(photo, session, visit, options);
    if (!code) {
        const cutis_photo *const *const all = (const cutis_photo *const *)photo;
        const size_t first = (size_t)visit[0].count;
        const cutis_status status = cutis_visits_compare(
            session, all, first, all + first, (size_t)visit[1].count,
            &options->compare, &comparison);
        code = status ? complain("compare", session, status)
                      : publish_comparison(session, options, comparison);
    }
    if (!code && cutis_comparison_comparable(comparison) == CUTIS_COMPARABLE_NO)
        code = EXIT_NOT_COMPARABLE;
    cutis_comparison_destroy(&comparison);
    for (int i = 0; i < MOST_REQUESTS; i++)
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

int command_check(cutis_session *session, const struct options *options)
{
    cutis_photo *photo[PHOTOS] = {NULL, NULL};
    struct request request[PHOTOS];
    cutis_suitability *found = NULL;
    int code;

    if (options->file_count < 1 || options->file_count > PHOTOS) {
        fputs("cutis: check takes one photograph or two\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; i < options->file_count; i++)
        request[i] = (struct request){options->files[i], i};
    code = load_photos(photo, session, request, options->file_count, options);
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
