/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The result of one pair as records, each a letter, a comma and a row of CSV:
 *
 *     P  pair_id, status, message
 *     W  the comparison as one row      } only where the status is ok
 *     L  one metric in one region, ...  }
 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "draft.h"
#include "inputs.h"

enum { WHY = 256 };

/* ---- Loading ------------------------------------------------------------- */

/* Whether there is a file to be read; its absence has no status of the
 * library's. */
static enum scored find_file(const char *path, char why[WHY])
{
    struct stat found;
    if (stat(path, &found) || access(path, R_OK)) {
        snprintf(why, WHY, "%s", strerror(errno));
        return is_lasting(errno) ? SCORED_FAILURE : SCORED_LATER;
    }
    if (S_ISREG(found.st_mode))
        return SCORED;
    snprintf(why, WHY, "not a file");
    return SCORED_FAILURE;
}

static enum scored scored_of(cutis_status status, cutis_session *session,
                             char why[WHY])
{
    if (status == CUTIS_OK)
        return SCORED;
    snprintf(why, WHY, "%s", cutis_session_error(session));
    if (!*why)
        snprintf(why, WHY, "%s", cutis_status_text(status));
    if (status == CUTIS_ERROR_CANCELLED)
        return SCORED_NOT;
    return status == CUTIS_ERROR_MEMORY || status == CUTIS_ERROR_IO
               ? SCORED_LATER
               : SCORED_FAILURE;
}

/* The result so far: a status's name with the sentence. */
struct result {
    enum scored scored;
    const char *status;
    char why[WHY];
};

static void take_status(struct result *result, cutis_status status,
                        cutis_session *session)
{
    result->status = cutis_status_name(status);
    result->scored = scored_of(status, session, result->why);
}

static void load(struct result *result, cutis_photo **photo,
                 cutis_session *session, const struct pair *pair, int index,
                 int capture)
{
    const char *const path = pair->path[index][capture];
    struct inputs *const inputs = calloc(1, sizeof(*inputs));
    result->status = "missing";
    result->scored = inputs ? find_file(path, result->why) : SCORED_LATER;
    if (!inputs)
        snprintf(result->why, WHY, "out of memory");
    const int code = result->scored == SCORED
                         ? inputs_read(inputs, &pair->options, index)
                         : 0;
    if (code) {
        const bool lasts = code != EXIT_TRY_AGAIN && code != EXIT_IO;
        result->status = cutis_status_name(CUTIS_ERROR_ARGUMENT);
        result->scored = lasts ? SCORED_FAILURE : SCORED_LATER;
        snprintf(result->why, WHY,
                 "the landmarks, the skin, the card or the "
                 "chart given cannot be read");
    }
    if (result->scored == SCORED)
        take_status(result,
                    cutis_photo_load(session, path, &inputs->options, photo),
                    session);
    free(inputs);
}

/* ---- Records ------------------------------------------------------------- */

static int keep_text(void *user, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : -1;
}

/* Where the row at `at` ends: a line end outside quotes, or the end. */
static char *row_end(char *at)
{
    for (bool quoted = false; *at && (quoted || *at != '\n'); at++)
        quoted ^= *at == '"';
    return at;
}

/* A table's rows but the first, each as a record. */
static void put_records(FILE *out, char letter, char *table)
{
    for (char *at = row_end(table); *at && at[1];) {
        char *const row = at + 1;
        at = row_end(row);
        fprintf(out, "%c,%.*s\n", letter, (int)(at - row), row);
    }
}

static void put_table(struct result *result, FILE *out, char letter,
                      const cutis_comparison *comparison, cutis_format format,
                      cutis_session *session)
{
    struct draft table;
    result->scored = SCORED_LATER;
    if (draft_open(&table))
        return;
    take_status(result,
                cutis_comparison_write(session, comparison, format, keep_text,
                                       table.file),
                session);
    if (draft_close(&table) || result->scored == SCORED_FAILURE)
        result->scored = SCORED_LATER;
    if (result->scored == SCORED)
        put_records(out, letter, table.bytes);
    free(table.bytes);
}

static void put_head(FILE *out, const char *id, const struct result *result)
{
    fputs("P,", out);
    csv_put(out, id, ',');
    csv_put(out, result->status, ',');
    csv_put(out, result->why, '\n');
}

/* ---- One pair ------------------------------------------------------------ */

/* Which photograph it is goes before the sentence. */
static void put_before(char why[WHY], const char *name)
{
    char sentence[WHY];
    memcpy(sentence, why, WHY);
    snprintf(why, WHY, "%s: %.*s", name, WHY - 32, sentence);
}

static void load_all(struct result *result, struct album *album,
                     cutis_session *session, const struct pair *pair)
{
    for (int i = 0; i < PHOTOS; i++)
        for (int k = 0; k < pair->captures[i]; k++) {
            char name[16];
            load(result, &album->photo[i][k], session, pair, i, k);
            if (result->scored == SCORED)
                continue;
            capture_name(name, i, pair->which[i][k]);
            put_before(result->why, name);
            return;
        }
}

static void compare_all(struct result *result, struct album *album,
                        cutis_session *session, const struct pair *pair)
{
    *result = (struct result){.scored = SCORED};
    load_all(result, album, session, pair);
    if (result->scored == SCORED)
        take_status(result,
                    cutis_visits_compare(
                        session, (const cutis_photo *const *)album->photo[0],
                        (size_t)pair->captures[0],
                        (const cutis_photo *const *)album->photo[1],
                        (size_t)pair->captures[1], &pair->options.compare,
                        &album->comparison),
                    session);
}

enum scored album_compare(struct album *album, const struct pair *pair,
                          cutis_session *session, char why[WHY])
{
    struct result result;
    compare_all(&result, album, session, pair);
    memcpy(why, result.why, WHY);
    return result.scored;
}

void album_free(struct album *album)
{
    cutis_comparison_destroy(&album->comparison);
    for (int i = 0; i < PHOTOS; i++)
        for (int k = 0; k < CUTIS_CAPTURES; k++)
            cutis_photo_destroy(&album->photo[i][k]);
}

static void compare_once(struct result *result, FILE *out, const char *id,
                         const struct pair *pair, cutis_session *session)
{
    struct album album = {0};
    compare_all(result, &album, session, pair);
    if (result->scored == SCORED || result->scored == SCORED_FAILURE)
        put_head(out, id, result);
    if (result->scored == SCORED)
        put_table(result, out, 'W', album.comparison, CUTIS_FORMAT_ROW,
                  session);
    if (result->scored == SCORED)
        put_table(result, out, 'L', album.comparison, CUTIS_FORMAT_CSV,
                  session);
    album_free(&album);
}

/* The records in memory, or NULL. */
static char *records_of(struct result *result, const char *id,
                        const struct pair *pair, cutis_session *session)
{
    struct draft records;
    *result = (struct result){.scored = SCORED_LATER, .why = "out of memory"};
    if (draft_open(&records))
        return NULL;
    compare_once(result, records.file, id, pair, session);
    if (draft_close(&records)) {
        result->scored = SCORED_LATER;
        snprintf(result->why, WHY, "out of memory");
    }
    return records.bytes;
}

enum scored pair_score(FILE *out, const char *id, struct pair *pair,
                       cutis_session *session, char why[WHY])
{
    /* What passes by itself has passed by then, or is left for another run. */
    static const int wait_ms[] = {0, 250, 1000, 4000};
    struct result result = {.scored = SCORED_LATER};

    for (size_t i = 0; i < sizeof(wait_ms) / sizeof(*wait_ms) &&
                       result.scored == SCORED_LATER && !stop_signal();
         i++) {
        const struct timespec wait = {wait_ms[i] / 1000,
                                      wait_ms[i] % 1000 * 1000000L};
        nanosleep(&wait, NULL);
        char *const records = records_of(&result, id, pair, session);
        if (records &&
            (result.scored == SCORED || result.scored == SCORED_FAILURE))
            fputs(records, out);
        free(records);
    }
    memcpy(why, result.why, WHY);
    return stop_signal() ? SCORED_NOT : result.scored;
}
