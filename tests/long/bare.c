/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bare FOLDER COUNT TABLES: compares the pairs of tests/batch_pairs.py one
 * after the other and does nothing else: what a batch costs on top is told from
 * this.  TABLES 1 also makes the two tables of each, and drops them.
 */

#include <stdio.h>
#include <stdlib.h>

#include <cutis/cutis.h>

static int drop(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return 0;
}

static cutis_status one(cutis_session *session, const char *folder, int index,
                        int tables)
{
    static const char *const names[] = {"before", "after"};
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_compare_options compare = CUTIS_COMPARE_OPTIONS_DEFAULT;
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_comparison *comparison = NULL;
    cutis_status status = CUTIS_OK;

    options.landmarks = CUTIS_LANDMARKS_NONE;
    options.px_per_mm = 4.0;
    compare.days = 30 + index % 40;
    for (int i = 0; status == CUTIS_OK && i < 2; i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%d_%s.png", folder, index, names[i]);
        status = cutis_photo_load(session, path, &options, &photo[i]);
    }
    if (status == CUTIS_OK)
        status = cutis_photos_compare(session, photo[0], photo[1], &compare,
                                      &comparison);
    if (status == CUTIS_OK && tables) {
        cutis_comparison_write(session, comparison, CUTIS_FORMAT_ROW, drop,
                               NULL);
        cutis_comparison_write(session, comparison, CUTIS_FORMAT_CSV, drop,
                               NULL);
    }
    cutis_comparison_destroy(&comparison);
    cutis_photo_destroy(&photo[0]);
    cutis_photo_destroy(&photo[1]);
    return status;
}

int main(int argc, char **argv)
{
    cutis_session *session = NULL;
    int failed = 0;
    if (argc != 4 || cutis_session_create(NULL, &session) != CUTIS_OK)
        return 2;
    for (int i = 0; i < atoi(argv[2]); i++)
        failed += one(session, argv[1], i, atoi(argv[3])) != CUTIS_OK;
    printf("%d failed\n", failed);
    cutis_session_destroy(&session);
    return 0;
}
