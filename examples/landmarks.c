/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A host application that has found the face already gives its points: 468 or
 * 478 of the face mesh, or the 68 of iBUG.  Prints the readings of the face.
 */

#include <stdio.h>
#include <stdlib.h>

#include <cutis/cutis.h>

enum { MOST = 478 };

/* Stands for the application's own face finder: lines "x y", in pixels of the
 * upright picture. */
static uint32_t read_points(cutis_point points[MOST], const char *path)
{
    FILE *const file = fopen(path, "r");
    char line[128];
    uint32_t count = 0;
    while (file && count < MOST && fgets(line, sizeof(line), file)) {
        char *rest;
        points[count].x = strtod(line, &rest);
        points[count++].y = strtod(rest, NULL);
    }
    if (file)
        fclose(file);
    return count;
}

int main(int argc, char **argv)
{
    static cutis_point points[MOST];
    cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    cutis_session *session = NULL;
    cutis_photo *photo = NULL;
    cutis_reading *reading = NULL;
    const cutis_measurement *row;
    int code = 1;

    if (argc != 3) {
        fprintf(stderr, "usage: %s PHOTO POINTS\n", argv[0]);
        return 2;
    }
    options.landmark_points = points;
    options.landmark_count = read_points(points, argv[2]);
    options.landmarks = options.landmark_count == 68 ? CUTIS_LANDMARKS_IBUG68
                                                     : CUTIS_LANDMARKS_MESH;
    if (cutis_session_create(NULL, &session) ||
        cutis_photo_load(session, argv[1], &options, &photo) ||
        cutis_photo_measure(session, photo, &reading))
        goto done;

    for (size_t i = 0; (row = cutis_reading_at(reading, i)); i++)
        if (row->region == cutis_region_find("face"))
            printf("%-16s %8.3g %-10s %s\n", row->metric->name, row->value,
                   row->unit, row->reason ? row->reason : "");
    code = 0;
done:
    if (code)
        fprintf(stderr, "%s\n", cutis_session_error(session));
    cutis_reading_destroy(&reading);
    cutis_photo_destroy(&photo);
    cutis_session_destroy(&session);
    return code;
}
