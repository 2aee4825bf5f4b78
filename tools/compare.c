/* SPDX-License-Identifier: BSD-2-Clause */

/* Two photographs: compare, check. */

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

int command_compare(cutis_session *session, const struct options *options)
{
    cutis_photo *photo[PHOTOS] = {NULL, NULL};
    cutis_comparison *comparison = NULL;
    int code = 0;

    if (options->file_count != PHOTOS) {
        fputs("cutis: compare takes two photographs\n", stderr);
        return EXIT_USAGE;
    }
    for (int i = 0; !code && i < PHOTOS; i++)
        code = load_photo(&photo[i], session, options->files[i], options, i);
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
