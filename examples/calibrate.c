/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How well a site's own captures repeat: photographs of skin that did not
 * change, two to nine of a person, people apart by "--".  The profile that it
 * prints is what `cutis compare --site-profile` and cutis_compare_options take.
 */

#include <stdio.h>
#include <string.h>

#include <cutis/cutis.h>

enum { MOST = 9 };

/* One person: the first capture against all others. */
static cutis_status add_person(cutis_session *session,
                               cutis_calibration *calibration, char **paths,
                               size_t count)
{
    cutis_photo *photo[MOST] = {NULL};
    cutis_comparison *same = NULL;
    cutis_status status = CUTIS_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = cutis_photo_load(session, paths[i], NULL, &photo[i]);
    if (!status) {
        const cutis_photo *const *const all = (const cutis_photo *const *)photo;
        status = cutis_visits_compare(session, all, 1, all + 1, count - 1, NULL,
                                      &same);
    }
    if (!status)
        status = cutis_calibration_add(session, calibration, same);
    cutis_comparison_destroy(&same);
    for (size_t i = 0; i < count; i++)
        cutis_photo_destroy(&photo[i]);
    return status;
}

static int to_file(void *user, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) != size; /* not 0: stop */
}

/* Where the person ends who begins at `first`. */
static int end_of(int argc, char **argv, int first)
{
    int end = first;
    while (end < argc && strcmp(argv[end], "--") != 0)
        end++;
    return end;
}

int main(int argc, char **argv)
{
    cutis_session *session = NULL;
    cutis_calibration *calibration = NULL;
    int code = 2;

    if (cutis_session_create(NULL, &session) ||
        cutis_calibration_create(session, &calibration))
        goto failed;
    for (int first = 1, end; first <= argc; first = end + 1) {
        end = end_of(argc, argv, first);
        const int count = end - first;
        if (count < 2 || count > MOST) {
            fprintf(stderr,
                    "usage: %s PHOTO PHOTO... [-- PHOTO PHOTO...]\n"
                    "2 to %d photographs a person\n",
                    argv[0], MOST);
            goto done;
        }
        if (add_person(session, calibration, argv + first, (size_t)count))
            goto failed;
    }
    if (cutis_calibration_write(session, calibration, to_file, stdout))
        goto failed;
    fprintf(stderr, "%zu people, %zu pairs\n",
            cutis_calibration_people(calibration),
            cutis_calibration_pairs(calibration));
    code = 0;
    goto done;
failed:
    fprintf(stderr, "%s\n", cutis_session_error(session));
    code = 1;
done:
    cutis_calibration_destroy(&calibration);
    cutis_session_destroy(&session);
    return code;
}
