/* SPDX-License-Identifier: BSD-2-Clause */

/* Compares two photographs: what changed, how sure, and a page to look at. */

#include <stdio.h>

#include <cutis/cutis.h>

static int to_file(void *file, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, file) == size ? 0 : -1;
}

int main(int argc, char **argv)
{
    cutis_session *session = NULL;
    cutis_photo *before = NULL, *after = NULL;
    cutis_comparison *comparison = NULL;
    const cutis_change *row;
    FILE *page = NULL;
    int code = 1;

    if (argc < 3) {
        fprintf(stderr, "usage: %s BEFORE AFTER [PAGE.html]\n", argv[0]);
        return 2;
    }
    if (cutis_session_create(NULL, &session) ||
        cutis_photo_load(session, argv[1], NULL, &before) ||
        cutis_photo_load(session, argv[2], NULL, &after) ||
        cutis_photos_compare(session, before, after, NULL, &comparison))
        goto done;

    for (size_t i = 0; (row = cutis_comparison_at(comparison, i)); i++)
        if (row->region == cutis_region_find("face"))
            printf("%-16s %8.3g -> %8.3g %-10s %s\n", row->metric->name,
                   row->before, row->after, row->unit,
                   cutis_verdict_name(row->verdict));

    code = 0;
    if (argc > 3) {
        page = fopen(argv[3], "wb");
        code =
            !page || cutis_comparison_write(session, comparison,
                                            CUTIS_FORMAT_HTML, to_file, page);
    }
done:
    if (code)
        fprintf(stderr, "%s\n", cutis_session_error(session));
    if (page && fclose(page))
        code = 1;
    cutis_comparison_destroy(&comparison);
    cutis_photo_destroy(&before);
    cutis_photo_destroy(&after);
    cutis_session_destroy(&session);
    return code;
}
