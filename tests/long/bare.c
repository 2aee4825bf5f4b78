/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bare LIST KIND COUNT: compares the first COUNT pairs of that kind (face or
 * patch) of a list by tests/batch_pairs.py one after the other, makes both
 * tables of each, drops them, and does nothing else: what a batch costs on top
 * is told from this.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cutis/cutis.h>

static int drop(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return 0;
}

static cutis_status one(cutis_session *session, char path[2][1024], int face)
{
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_compare_options compare = CUTIS_COMPARE_OPTIONS_DEFAULT;
    cutis_photo *photo[2] = {NULL, NULL};
    cutis_comparison *comparison = NULL;
    cutis_status status = CUTIS_OK;

    options.px_per_mm = face ? 3.0 : 4.0;
    if (!face)
        options.landmarks = CUTIS_LANDMARKS_NONE;
    compare.days = 30;
    for (int i = 0; status == CUTIS_OK && i < 2; i++)
        status = cutis_photo_load(session, path[i], &options, &photo[i]);
    if (status == CUTIS_OK)
        status = cutis_photos_compare(session, photo[0], photo[1], &compare,
                                      &comparison);
    if (status == CUTIS_OK) {
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
    cutis_options options = CUTIS_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    char kind[8], path[2][1024];
    int failed = 0, done = 0;
    FILE *const list = argc == 4 ? fopen(argv[1], "r") : NULL;
    options.threads = 1;
    /* What a batch reads makes the C library keep freed memory for the next
     * pair, which saves a third of the page faults; that is no part of it. */
    void *volatile block = malloc((size_t)24 << 20);
    free(block);
    if (!list || cutis_session_create(&options, &session) != CUTIS_OK)
        return 2;
    while (done < atoi(argv[3]) &&
           fscanf(list, "%7s %1023s %1023s", kind, path[0], path[1]) == 3) {
        if (strcmp(kind, argv[2]) != 0)
            continue;
        failed += one(session, path, !strcmp(kind, "face")) != CUTIS_OK;
        done++;
    }
    printf("%d failed\n", failed);
    fclose(list);
    cutis_session_destroy(&session);
    return failed != 0;
}
