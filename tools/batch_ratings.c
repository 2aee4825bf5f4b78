/* SPDX-License-Identifier: BSD-2-Clause */

/* Reads what raters said of a pack's pictures, the key that says what these
 * are, and what was measured of them. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "batch_ratings.h"

/* ---- The key ------------------------------------------------------------- */

static int find_columns(struct csv *csv, const char *const *names, int *columns,
                        int count)
{
    for (int i = 0; i < count; i++) {
        columns[i] = csv_column(csv, names[i]);
        if (columns[i] < 0)
            return csv_wrong(csv, "no column \"%s\"", names[i]);
    }
    return 0;
}

/* The place of a pair; it gets one if it has none.  Pairs' rows are apart, as
 * the pictures' order was drawn. */
static int place_pair(struct ratings *ratings, const char *id, size_t *place)
{
    for (*place = 0; *place < ratings->pairs; ++*place)
        if (!strcmp(ratings->pair[*place], id))
            return 0;
    char **const more =
        realloc(ratings->pair, (ratings->pairs + 1) * sizeof(*more));
    if (!more)
        return EXIT_TRY_AGAIN;
    ratings->pair = more;
    more[ratings->pairs] = strdup(id);
    if (!more[ratings->pairs])
        return EXIT_TRY_AGAIN;
    ratings->pairs++;
    return 0;
}

static int take_picture(struct ratings *ratings, struct csv *csv,
                        const int columns[4])
{
    const char *const visit = csv_get(csv, columns[2]);
    struct picture *const more =
        realloc(ratings->picture, (ratings->pictures + 1) * sizeof(*more));
    if (!more)
        return EXIT_TRY_AGAIN;
    ratings->picture = more;
    struct picture *const picture = &more[ratings->pictures];
    *picture = (struct picture){.after = !strcmp(visit, "after")};
    if (!picture->after && strcmp(visit, "before") != 0)
        return csv_wrong(csv, "a visit is before or after");
    picture->name = strdup(csv_get(csv, columns[0]));
    picture->sha256 = strdup(csv_get(csv, columns[3]));
    ratings->pictures++; /* so that they are freed */
    if (!picture->name || !picture->sha256)
        return EXIT_TRY_AGAIN;
    return place_pair(ratings, csv_get(csv, columns[1]), &picture->pair);
}

static int wrong_seal(const char *path, const char *why)
{
    fprintf(stderr, "cutis: %s: %s\n", path, why);
    return EXIT_BAD_INPUT;
}

/* Whether a file has that digest. */
static int check_digest(const char *path, const char *digest, const char *why)
{
    char *bytes = NULL, found[DIGEST];
    size_t size;
    const int code = file_read(path, MOST_SEALED, &bytes, &size);
    if (code)
        return code;
    cutis_sha256(found, bytes, size);
    free(bytes);
    return strncmp(found, digest, DIGEST - 1) ? wrong_seal(path, why) : 0;
}

/* The pictures of the pack are those that the key was made with. */
static int check_picture(const struct ratings *ratings, const char *name,
                         const char *digest)
{
    char path[MOST_PATH], file[MOST_PATH];
    const int size = snprintf(file, sizeof(file), "pictures/%s.jpg", name);
    if ((size_t)size >= MOST_PATH ||
        !file_path(path, ratings->options->dir, file))
        return wrong_seal(name, "too long a name");
    return check_digest(path, digest, "is not the picture that was sealed");
}

static int check_seal(const struct ratings *ratings)
{
    char path[MOST_PATH], *bytes = NULL;
    size_t size;
    if (!ratings->options->dir)
        return 0;
    if (!file_path(path, ratings->options->dir, "key.sha256"))
        return wrong_seal(ratings->options->dir, "too long a name");
    int code = file_read(path, MOST_SEALED, &bytes, &size);
    if (!code && size < DIGEST)
        code = wrong_seal(path, "is not a digest");
    if (!code)
        code = check_digest(ratings->options->key, bytes,
                            "is not the key that was sealed");
    free(bytes);
    return code;
}

static int read_key(struct ratings *ratings)
{
    static const char *const names[] = {"picture", "pair_id", "visit",
                                        "photo_sha256", "picture_sha256"};
    struct csv csv;
    int columns[5] = {0};
    int code = check_seal(ratings);
    if (code)
        return code;
    code = csv_open(&csv, ratings->options->key);
    if (!code)
        code = find_columns(&csv, names, columns, 5);
    while (!code && csv_next(&csv)) {
        code = take_picture(ratings, &csv, columns);
        if (!code && ratings->options->dir)
            code = check_picture(ratings, csv_get(&csv, columns[0]),
                                 csv_get(&csv, columns[4]));
    }
    code = code ? code : csv.code;
    csv_close(&csv);
    return code;
}

/* ---- Voices -------------------------------------------------------------- */

/* The voice of that scale and name, a new one if there is none; NULL without
 * memory. */
static struct voice *find_voice(const struct ratings *ratings,
                                struct voices *voices, const char *scale,
                                const char *name)
{
    for (size_t i = 0; i < voices->count; i++)
        if (!strcmp(voices->of[i].name, name) &&
            !strcmp(voices->of[i].scale, scale))
            return &voices->of[i];
    struct voice *const more =
        realloc(voices->of, (voices->count + 1) * sizeof(*more));
    if (!more)
        return NULL;
    voices->of = more;
    struct voice *const voice = &more[voices->count++];
    voice->scale = strdup(scale);
    voice->name = strdup(name);
    voice->value = malloc((ratings->pictures + 1) * sizeof(double));
    if (!voice->scale || !voice->name || !voice->value)
        return NULL;
    for (size_t i = 0; i < ratings->pictures; i++)
        voice->value[i] = NAN;
    return voice;
}

/* A number, or NaN for an empty field; false if it is neither. */
static bool take(double *into, const char *field)
{
    char *end;
    *into = NAN;
    if (!*field)
        return true;
    *into = strtod(field, &end);
    return end != field && !*end && isfinite(*into);
}

/* ---- Ratings ------------------------------------------------------------- */

static int take_rating(struct ratings *ratings, struct csv *csv,
                       const int columns[3], int scale)
{
    const char *const name = csv_get(csv, columns[0]);
    const char *const rater = csv_get(csv, columns[1]);
    const char *const field = csv_get(csv, columns[2]);
    double rating;
    size_t at = 0;
    if (!*field)
        return 0;
    if (!take(&rating, field))
        return csv_wrong(csv, "a rating is a number, not \"%s\"", field);
    if (!*rater)
        return csv_wrong(csv, "a rating without a rater");
    while (at < ratings->pictures &&
           strcmp(ratings->picture[at].name, name) != 0)
        at++;
    if (at == ratings->pictures)
        return csv_wrong(csv, "no picture \"%s\" in the key", name);
    struct voice *const voice =
        find_voice(ratings, &ratings->raters, csv_get(csv, scale), rater);
    if (!voice)
        return EXIT_TRY_AGAIN;
    if (isfinite(voice->value[at]))
        return csv_wrong(csv, "\"%s\" is rated twice by \"%s\"", name, rater);
    voice->value[at] = rating;
    return 0;
}

static int read_ratings(struct ratings *ratings, const char *path)
{
    static const char *const names[] = {"picture", "rater", "rating"};
    struct csv csv;
    int columns[3];
    int code = csv_open(&csv, path);
    if (!code)
        code = find_columns(&csv, names, columns, 3);
    const int scale = code ? -1 : csv_column(&csv, "scale");
    while (!code && csv_next(&csv))
        code = take_rating(ratings, &csv, columns, scale);
    code = code ? code : csv.code;
    csv_close(&csv);
    return code;
}

/* ---- Measurements -------------------------------------------------------- */

enum {
    PAIR,
    STATUS,
    METRIC,
    REGION,
    BEFORE,
    AFTER,
    VERDICT,
    SHA_BEFORE,
    SHA_AFTER,
    COLUMNS
};

/* Puts a metric's value at its picture, after a look at the photograph. */
static int take_value(const struct ratings *ratings, struct csv *csv,
                      const int columns[COLUMNS], struct voice *voice,
                      size_t pair)
{
    for (size_t i = 0; i < ratings->pictures; i++) {
        const struct picture *const picture = &ratings->picture[i];
        if (picture->pair != pair)
            continue;
        const int after = picture->after;
        if (strcmp(csv_get(csv, columns[after ? SHA_AFTER : SHA_BEFORE]),
                   picture->sha256) != 0)
            return csv_wrong(csv,
                             "pair \"%s\" is of other photographs than "
                             "the pictures of the pack",
                             ratings->pair[pair]);
        if (!take(&voice->value[i],
                  csv_get(csv, columns[after ? AFTER : BEFORE])))
            return csv_wrong(csv, "before and after are numbers");
    }
    return 0;
}

static int take_row(struct ratings *ratings, struct csv *csv,
                    const int columns[COLUMNS], size_t *last)
{
    const char *const id = csv_get(csv, columns[PAIR]);
    size_t pair = *last;
    if (strcmp(csv_get(csv, columns[STATUS]), "ok") != 0 ||
        strcmp(csv_get(csv, columns[REGION]), "face") != 0 ||
        !strcmp(csv_get(csv, columns[VERDICT]), "not_comparable"))
        return 0;
    if (pair >= ratings->pairs || strcmp(ratings->pair[pair], id) != 0)
        for (pair = 0;
             pair < ratings->pairs && strcmp(ratings->pair[pair], id) != 0;
             pair++) {
        }
    *last = pair;
    if (pair == ratings->pairs)
        return 0;
    struct voice *const voice = find_voice(ratings, &ratings->metrics, "",
                                           csv_get(csv, columns[METRIC]));
    return voice ? take_value(ratings, csv, columns, voice, pair)
                 : EXIT_TRY_AGAIN;
}

static int read_results(struct ratings *ratings)
{
    static const char *const names[COLUMNS] = {
        "pair_id", "status",  "metric",        "region",      "before",
        "after",   "verdict", "before_sha256", "after_sha256"};
    struct csv csv;
    int columns[COLUMNS];
    size_t last = 0;
    int code = csv_open(&csv, ratings->options->results);
    if (!code)
        code = find_columns(&csv, names, columns, COLUMNS);
    while (!code && csv_next(&csv))
        code = take_row(ratings, &csv, columns, &last);
    code = code ? code : csv.code;
    csv_close(&csv);
    return code;
}

/* ---- The whole ----------------------------------------------------------- */

static void free_voices(struct voices *voices)
{
    for (size_t i = 0; i < voices->count; i++) {
        free(voices->of[i].scale);
        free(voices->of[i].name);
        free(voices->of[i].value);
    }
    free(voices->of);
}

static void free_all(struct ratings *ratings)
{
    for (size_t i = 0; i < ratings->pictures; i++) {
        free(ratings->picture[i].name);
        free(ratings->picture[i].sha256);
    }
    for (size_t i = 0; i < ratings->pairs; i++)
        free(ratings->pair[i]);
    free(ratings->picture);
    free(ratings->pair);
    free_voices(&ratings->raters);
    free_voices(&ratings->metrics);
}

int batch_ratings(const struct options *options)
{
    struct ratings ratings = {.options = options};
    if (!options->file_count || !options->key) {
        fputs("cutis: batch ratings takes tables of ratings and --key KEY\n",
              stderr);
        return EXIT_USAGE;
    }
    int code = read_key(&ratings);
    for (int i = 0; !code && i < options->file_count; i++)
        code = read_ratings(&ratings, options->files[i]);
    if (!code && options->results)
        code = read_results(&ratings);
    if (!code)
        code = agree_write(&ratings);
    free_all(&ratings);
    return code;
}
