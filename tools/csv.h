/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Tables as RFC 4180 has them: UTF-8, commas, quotes, \n or \r\n at line ends;
 * the first row names the columns, an empty line is none.  A file is untrusted:
 * rows are bounded, and what is wrong is said on stderr with the file's name
 * and the line's number.
 *
 *     struct csv csv;
 *     int code = csv_open(&csv, path);
 *     const int days = code ? -1 : csv_column(&csv, "days");
 *     while (!code && csv_next(&csv))
 *         ... csv_get(&csv, days) ...
 *     code = code ? code : csv.code;
 *     csv_close(&csv);
 */

#ifndef CUTIS_TOOLS_CSV_H
#define CUTIS_TOOLS_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { CSV_MOST_COLUMNS = 4096, CSV_MOST_BYTES = 1 << 20 /* a row */ };

/* A row: its fields one after the other, each with a 0 behind it. */
struct csv_row {
    char *bytes;
    size_t size, room;
    size_t at[CSV_MOST_COLUMNS]; /* where each field starts */
    int fields;
};

struct csv {
    const char *path; /* the caller's; in words on stderr */
    FILE *file;
    uint64_t line;   /* where the row starts, from 1 */
    uint64_t offset; /* likewise in bytes, from 0 */
    int code;        /* why csv_next ended: 0, or an exit code */
    struct csv_row *names, *row;
    uint64_t next_line, next_offset;
};

/* Opens a table and reads its first row.  0, or an exit code with a word on
 * stderr; *csv may be closed in either case. */
int csv_open(struct csv *csv, const char *path);

/* Reads the next row, of as many fields as there are columns.  False at the
 * end, and when something is wrong: csv->code. */
bool csv_next(struct csv *csv);

/* Goes to where a row starts: an offset and line that csv_next gave. */
int csv_seek(struct csv *csv, uint64_t offset, uint64_t line);

void csv_close(struct csv *csv);

/* The columns: how many, what each is called, and which has a name (-1: none).
 */
int csv_columns(const struct csv *csv);
const char *csv_name(const struct csv *csv, int column);
int csv_column(const struct csv *csv, const char *name);

/* A field of the row, until the next one; "" for column -1. */
const char *csv_get(const struct csv *csv, int column);

/* Says what is wrong with the row in hand; the exit code for it. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
int csv_wrong(struct csv *csv, const char *format, ...);

/* Writes a field, quoted where it must be, and what ends it. */
void csv_put(FILE *out, const char *field, char end);

#endif
