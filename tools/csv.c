/* SPDX-License-Identifier: BSD-2-Clause */

#include "csv.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "options.h"

/* ---- What is wrong ------------------------------------------------------- */

int csv_wrong(struct csv *csv, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "cutis: %s: line %llu: ", csv->path,
            (unsigned long long)csv->line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return csv->code = EXIT_BAD_INPUT;
}

static int fail(struct csv *csv, int code, const char *why)
{
    fprintf(stderr, "cutis: %s: %s\n", csv->path, why);
    return csv->code = code;
}

/* ---- Bytes --------------------------------------------------------------- */

static int take(struct csv *csv)
{
    const int byte = getc(csv->file);
    if (byte != EOF)
        csv->next_offset++;
    if (byte == '\n')
        csv->next_line++;
    return byte;
}

static bool keep(struct csv *csv, struct csv_row *row, int byte)
{
    if (row->size == CSV_MOST_BYTES) {
        csv_wrong(csv, "a row of more than %d bytes", CSV_MOST_BYTES);
        return false;
    }
    if (row->size == row->room) {
        const size_t room = row->room ? 2 * row->room : 4096;
        char *const bytes = realloc(row->bytes, room);
        if (!bytes) {
            fail(csv, EXIT_TRY_AGAIN, "out of memory");
            return false;
        }
        row->bytes = bytes;
        row->room = room;
    }
    row->bytes[row->size++] = (char)byte;
    return true;
}

/* Bytes that a sequence of UTF-8 has after its first one, or -1. */
static int tail_of(unsigned char first)
{
    if (first < 0x80)
        return 0;
    if (first < 0xc2 || first > 0xf4)
        return -1;
    return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

/* Unicode 15, table 3-7; and of what is not a letter, only tabs and line ends.
 */
static bool is_text(const char *field)
{
    const unsigned char *at = (const unsigned char *)field;
    while (*at) {
        const unsigned char first = *at++;
        const int tail = tail_of(first);
        if (tail < 0 || first == 0x7f ||
            (first < 0x20 && !strchr("\t\n\r", first)))
            return false;
        unsigned char low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        unsigned char high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        for (int i = 0; i < tail; i++, at++, low = 0x80, high = 0xbf)
            if (*at < low || *at > high)
                return false;
    }
    return true;
}

/* ---- Fields -------------------------------------------------------------- */

/* What may follow a field: a comma, a line end or the end; else BAD. */
enum { BAD = -2 };

static int line_end(struct csv *csv, int byte)
{
    if (byte != '\r')
        return byte;
    if (take(csv) == '\n')
        return '\n';
    csv_wrong(csv, "a carriage return that ends no line");
    return BAD;
}

static int read_quoted(struct csv *csv, struct csv_row *row)
{
    for (;;) {
        int byte = take(csv);
        if (byte == EOF) {
            csv_wrong(csv, "a quote that starts here is not closed");
            return BAD;
        }
        if (byte == '"') {
            byte = take(csv);
            if (byte == ',' || byte == '\n' || byte == '\r' || byte == EOF)
                return line_end(csv, byte);
            if (byte != '"') {
                csv_wrong(csv, "text behind a closing quote");
                return BAD;
            }
        }
        if (!byte || !keep(csv, row, byte)) {
            if (!byte)
                csv_wrong(csv, "a byte 0");
            return BAD;
        }
    }
}

static int read_plain(struct csv *csv, struct csv_row *row, int byte)
{
    for (;; byte = take(csv)) {
        if (byte == ',' || byte == '\n' || byte == '\r' || byte == EOF)
            return line_end(csv, byte);
        if (byte == '"' || !byte) {
            csv_wrong(csv, byte ? "a quote inside a field that has none at its "
                                  "start"
                                : "a byte 0");
            return BAD;
        }
        if (!keep(csv, row, byte))
            return BAD;
    }
}

/* Reads a field whose first byte is taken; gives what follows it. */
static int read_field(struct csv *csv, struct csv_row *row, int byte)
{
    if (row->fields == CSV_MOST_COLUMNS) {
        csv_wrong(csv, "more than %d fields", CSV_MOST_COLUMNS);
        return BAD;
    }
    const size_t at = row->size;
    row->at[row->fields++] = at;
    const int end =
        byte == '"' ? read_quoted(csv, row) : read_plain(csv, row, byte);
    if (end == BAD || !keep(csv, row, 0))
        return BAD;
    if (!is_text(row->bytes + at)) {
        csv_wrong(csv, "field %d is not text in UTF-8", row->fields);
        return BAD;
    }
    return end;
}

/* ---- Rows ---------------------------------------------------------------- */

/* The first byte of the next line that is not empty, or EOF. */
static int first_byte(struct csv *csv)
{
    int byte;
    do {
        csv->line = csv->next_line;
        csv->offset = csv->next_offset;
        byte = take(csv);
        if (byte == '\r')
            byte = line_end(csv, byte);
    } while (byte == '\n');
    return byte;
}

static bool read_row(struct csv *csv, struct csv_row *row)
{
    row->size = 0;
    row->fields = 0;
    if (csv->code)
        return false;
    int byte = first_byte(csv);
    while (byte != EOF && byte != BAD) {
        byte = read_field(csv, row, byte);
        if (byte != ',')
            break;
        byte = take(csv);
        if (byte == EOF) /* an empty last field */
            byte = read_field(csv, row, byte);
    }
    if (ferror(csv->file))
        fail(csv, EXIT_IO, strerror(errno));
    return !csv->code && row->fields;
}

bool csv_next(struct csv *csv)
{
    if (!read_row(csv, csv->row))
        return false;
    if (csv->row->fields != csv->names->fields)
        csv_wrong(csv, "%d fields where the first row has %d", csv->row->fields,
                  csv->names->fields);
    return !csv->code;
}

/* ---- Columns ------------------------------------------------------------- */

static const char *field(const struct csv_row *row, int column)
{
    return row->bytes + row->at[column];
}

int csv_columns(const struct csv *csv)
{
    return csv->names->fields;
}

const char *csv_name(const struct csv *csv, int column)
{
    return field(csv->names, column);
}

int csv_column(const struct csv *csv, const char *name)
{
    for (int i = 0; i < csv->names->fields; i++)
        if (!strcmp(csv_name(csv, i), name))
            return i;
    return -1;
}

const char *csv_get(const struct csv *csv, int column)
{
    return column < 0 ? "" : field(csv->row, column);
}

static int check_names(struct csv *csv)
{
    for (int i = 0; i < csv_columns(csv); i++) {
        const char *const name = csv_name(csv, i);
        if (!*name)
            return csv_wrong(csv, "column %d has no name", i + 1);
        if (csv_column(csv, name) != i)
            return csv_wrong(csv, "two columns are called \"%s\"", name);
    }
    return 0;
}

/* ---- Files --------------------------------------------------------------- */

static void skip_byte_order_mark(struct csv *csv)
{
    char start[3] = {0};
    const size_t got = fread(start, 1, 3, csv->file);
    if (got == 3 && !memcmp(start, "\xef\xbb\xbf", 3))
        csv->next_offset = 3;
    else if (ferror(csv->file) || fseeko(csv->file, 0, SEEK_SET))
        fail(csv, EXIT_IO, strerror(errno));
}

int csv_open(struct csv *csv, const char *path)
{
    struct stat found;
    *csv = (struct csv){.path = path, .line = 1, .next_line = 1};
    csv->names = calloc(2, sizeof(*csv->names));
    if (!csv->names)
        return fail(csv, EXIT_TRY_AGAIN, "out of memory");
    csv->row = csv->names + 1;
    if (stat(path, &found))
        return fail(csv, exit_of_open(errno), strerror(errno));
    if (!S_ISREG(found.st_mode))
        return fail(csv, EXIT_BAD_INPUT, "not a file");
    csv->file = fopen(path, "rb");
    if (!csv->file)
        return fail(csv, exit_of_open(errno), strerror(errno));
    skip_byte_order_mark(csv);
    if (read_row(csv, csv->names))
        return check_names(csv);
    return csv->code ? csv->code : fail(csv, EXIT_BAD_INPUT, "an empty table");
}

int csv_seek(struct csv *csv, uint64_t offset, uint64_t line)
{
    if (fseeko(csv->file, (off_t)offset, SEEK_SET))
        return fail(csv, EXIT_IO, strerror(errno));
    csv->next_offset = offset;
    csv->next_line = line;
    return 0;
}

void csv_close(struct csv *csv)
{
    if (csv->file)
        fclose(csv->file);
    csv->file = NULL;
    if (csv->names) {
        free(csv->names->bytes);
        free(csv->row->bytes);
    }
    free(csv->names);
    csv->names = csv->row = NULL;
}

/* ---- Writing ------------------------------------------------------------- */

void csv_put(FILE *out, const char *value, char end)
{
    if (!value[strcspn(value, ",\"\r\n")]) {
        fputs(value, out);
    } else {
        fputc('"', out);
        for (const char *at = value; *at; at++) {
            if (*at == '"')
                fputc('"', out);
            fputc(*at, out);
        }
        fputc('"', out);
    }
    fputc(end, out);
}
