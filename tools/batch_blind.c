/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A pack of pictures for blinded raters:
 *
 *     PACK/pictures/p001.jpg  faces, cropped alike, all of one size and date,
 *                             without metadata, numbered in a drawn order
 *     PACK/ratings.csv        to be filled in
 *     PACK/key.sha256         of the key, which the raters do not have
 *     PACK/README.txt         what to do
 *
 * The key says which picture is of which pair and visit.  Its rows have salts,
 * so that nobody finds the key by trying which one has that digest.
 */

#define _XOPEN_SOURCE 700 /* utimensat */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"
#include "draft.h"

struct blind {
    const struct options *options;
    char run[MOST_PATH];
    struct plan plan;
    struct csv manifest;
    struct columns columns;
    struct pair pair;
    cutis_session *session;
    char secret[DIGEST];
    uint64_t drawn;  /* numbers drawn so far */
    uint64_t *order; /* of each photograph: its picture, from 1 */
    char **row;      /* of the key, of each picture; NULL: left out */
    uint64_t pictures;
    int width;   /* digits of a picture's name */
    uint64_t at; /* the first photograph of the pair in hand */
    const char *id;
    const cutis_comparison *comparison;
    int failed; /* pairs left out */
    int code;   /* why the callback ended it */
};

/* ---- Chance -------------------------------------------------------------- */

static int find_secret(struct blind *blind)
{
    char bytes[64];
    const char *const seed = blind->options->seed;
    if (seed) {
        cutis_sha256(blind->secret, seed, strlen(seed));
        return 0;
    }
    FILE *const file = fopen("/dev/urandom", "rb");
    const bool got =
        file && fread(bytes, 1, sizeof(bytes), file) == sizeof(bytes);
    if (file)
        fclose(file);
    if (!got)
        return file_refuse(EXIT_IO, "/dev/urandom");
    cutis_sha256(blind->secret, bytes, sizeof(bytes));
    return 0;
}

/* The next number: digests of the secret and a count. */
static uint64_t draw(struct blind *blind)
{
    char text[DIGEST + 24], digest[DIGEST];
    const int size = snprintf(text, sizeof(text), "%s %llu", blind->secret,
                              (unsigned long long)blind->drawn++);
    cutis_sha256(digest, text, (size_t)size);
    digest[16] = 0;
    return strtoull(digest, NULL, 16);
}

/* Every order is as likely as any other, to 2^-40. */
static int shuffle(struct blind *blind)
{
    const uint64_t count = 2 * blind->plan.pairs;
    blind->pictures = count;
    blind->order = calloc((size_t)count, sizeof(*blind->order));
    blind->row = calloc((size_t)count, sizeof(*blind->row));
    if (!blind->order || !blind->row)
        return EXIT_TRY_AGAIN;
    blind->width = snprintf(NULL, 0, "%llu", (unsigned long long)count);
    blind->width = blind->width < 3 ? 3 : blind->width;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t j = draw(blind) % (i + 1);
        blind->order[i] = blind->order[j];
        blind->order[j] = i + 1;
    }
    return 0;
}

/* ---- Pictures ------------------------------------------------------------ */

/* One date for all: the order of making would tell what belongs together. */
static int date_file(const char *path)
{
    const struct timespec then[2] = {{.tv_sec = 946684800},
                                     {.tv_sec = 946684800}};
    return utimensat(AT_FDCWD, path, then, 0) ? file_refuse(EXIT_OUTPUT, path)
                                              : 0;
}

static int write_file(const struct blind *blind, const char *name,
                      const void *bytes, size_t size)
{
    struct output output;
    char path[MOST_PATH];
    errno = ENAMETOOLONG;
    if (!file_path(path, blind->options->dir, name))
        return file_refuse(EXIT_OUTPUT, blind->options->dir);
    int code = output_open(&output, path);
    if (code)
        return code;
    const int failed = output_write(&output, bytes, size);
    code = output_close(&output, !failed);
    return code ? code : date_file(path);
}

/* "p007": a number alone would lose its zeros in a spreadsheet. */
static void picture_name(char name[32], const struct blind *blind,
                         uint64_t picture)
{
    snprintf(name, 32, "p%0*llu", blind->width, (unsigned long long)picture);
}

static int keep_row(struct blind *blind, int after, const char *picture,
                    const char *digest)
{
    const cutis_check_scope visit =
        after ? CUTIS_CHECK_AFTER : CUTIS_CHECK_BEFORE;
    char **const row =
        &blind->row[blind->order[blind->at + (uint64_t)after] - 1];
    const cutis_capture *capture = NULL;
    struct draft text;
    if (draft_open(&text))
        return EXIT_TRY_AGAIN;
    for (size_t i = 0;
         (capture = cutis_comparison_capture_at(blind->comparison, visit, i)) &&
         !capture->shown;
         i++) {
    }
    fprintf(text.file, "%s,", picture);
    csv_put(text.file, blind->id, ',');
    fprintf(text.file, "%s,%s,%s,%016llx\n", after ? "after" : "before",
            capture ? capture->info->sha256 : "", digest,
            (unsigned long long)draw(blind));
    const int code = draft_close(&text);
    *row = text.bytes;
    return code;
}

/* Of all that belongs to a comparison only the photographs are kept. */
static int take_picture(void *user, const char *name, const void *bytes,
                        size_t size)
{
    struct blind *const blind = user;
    const int after = !strcmp(name, "after-photo.jpg");
    char picture[32], path[64], digest[DIGEST];
    if (!after && strcmp(name, "before-photo.jpg") != 0)
        return 0;
    picture_name(picture, blind, blind->order[blind->at + (uint64_t)after]);
    snprintf(path, sizeof(path), "pictures/%s.jpg", picture);
    cutis_sha256(digest, bytes, size);
    blind->code = write_file(blind, path, bytes, size);
    if (!blind->code)
        blind->code = keep_row(blind, after, picture, digest);
    return blind->code;
}

/* ---- Pairs --------------------------------------------------------------- */

static int leave_out(struct blind *blind, const char *why)
{
    fprintf(stderr, "cutis: pair %s is left out: %s\n", blind->id, why);
    blind->failed++;
    return 0;
}

static int make_pair(struct blind *blind)
{
    struct album album = {0};
    char why[256];
    const enum scored scored =
        album_compare(&album, &blind->pair, blind->session, why);
    int code = 0;
    blind->comparison = album.comparison;
    if (scored == SCORED) {
        const cutis_status status = cutis_comparison_write_maps(
            blind->session, album.comparison, take_picture, blind);
        code = blind->code ? blind->code
               : status    ? complain(blind->id, blind->session, status)
                           : 0;
    } else if (scored == SCORED_FAILURE) {
        code = leave_out(blind, why);
    } else {
        fprintf(stderr, "cutis: pair %s: %s\n", blind->id, why);
        code = EXIT_TRY_AGAIN;
    }
    album_free(&album);
    return code;
}

static int make_pairs(struct blind *blind)
{
    char path[MOST_PATH];
    int code = EXIT_OUTPUT;
    if (file_path(path, blind->run, "manifest.csv"))
        code = csv_open(&blind->manifest, path);
    if (!code)
        code = columns_find(&blind->columns, &blind->manifest, blind->session);
    while (!code && csv_next(&blind->manifest)) {
        blind->id = csv_get(&blind->manifest, blind->columns.id);
        code = pair_read(&blind->pair, &blind->plan, &blind->columns,
                         &blind->manifest);
        if (!code && !site_use(&blind->plan, &blind->pair.options))
            code = EXIT_BAD_INPUT;
        blind->pair.options.compare.cover_eyes =
            blind->options->compare.cover_eyes;
        if (!code)
            code = make_pair(blind);
        if (!code && stop_signal())
            code = EXIT_SIGNAL + stop_signal();
        blind->at += 2;
    }
    return code ? code : blind->manifest.code;
}

/* ---- Tables -------------------------------------------------------------- */

static const char help_text[] =
    "Pictures of faces, in an order that was drawn.  They are all cropped "
    "alike; which\npictures are of one person and which is before or after a "
    "treatment is not said\nand not to be guessed at.\n\n"
    "Fill in ratings.csv, a row a picture: your name or number as \"rater\", "
    "your rating\nas a number as \"rating\"; leave empty what you cannot "
    "rate.  If you rate several\nthings, add a column \"scale\" with what is "
    "rated, and a row a picture and scale.\n\n"
    "key.sha256 is the digest of the key to these pictures, which was sealed "
    "before you\nbegan: \"sha256sum -c key.sha256\" beside the key shows "
    "that it is the same.\n";

static int put_ratings(struct blind *blind)
{
    char name[32];
    struct draft text;
    if (draft_open(&text))
        return EXIT_TRY_AGAIN;
    fputs("picture,rater,rating\n", text.file);
    for (uint64_t i = 0; i < blind->pictures; i++)
        if (blind->row[i]) {
            picture_name(name, blind, i + 1);
            fprintf(text.file, "%s,,\n", name);
        }
    int code = draft_close(&text);
    if (!code)
        code = write_file(blind, "ratings.csv", text.bytes, text.size);
    free(text.bytes);
    return code;
}

static int put_key(const char *path, const char *bytes, size_t size)
{
    struct output output;
    const int code = output_open(&output, path);
    if (code)
        return code;
    const int failed = output_write(&output, bytes, size);
    return output_close(&output, !failed);
}

/* The key, and its seal in the pack. */
static int seal(struct blind *blind)
{
    const char *const path = blind->options->output[0];
    const char *const slash = strrchr(path, '/');
    char line[DIGEST + MOST_PATH], digest[DIGEST];
    struct draft text;
    if (draft_open(&text))
        return EXIT_TRY_AGAIN;
    fputs("picture,pair_id,visit,photo_sha256,picture_sha256,salt\n",
          text.file);
    for (uint64_t i = 0; i < blind->pictures; i++)
        if (blind->row[i])
            fputs(blind->row[i], text.file);
    int code = draft_close(&text);
    if (!code) {
        cutis_sha256(digest, text.bytes, text.size);
        code = put_key(path, text.bytes, text.size);
    }
    if (!code) {
        const int length = snprintf(line, sizeof(line), "%s  %.4000s\n", digest,
                                    slash ? slash + 1 : path);
        code = write_file(blind, "key.sha256", line, (size_t)length);
    }
    free(text.bytes);
    return code;
}

/* ---- The whole ----------------------------------------------------------- */

static int refuse_old(const char *path)
{
    if (access(path, F_OK))
        return 0;
    fprintf(stderr, "cutis: %s is there already: a pack is made once\n", path);
    return EXIT_USAGE;
}

static int check(struct blind *blind)
{
    const struct options *const options = blind->options;
    char path[MOST_PATH];
    int code = needs(options, 1, "a table or a folder");
    if (!code && (options->output_count != 1 || !options->dir)) {
        fputs("cutis: batch blind needs a folder for the pack, -d PACK, and a "
              "file for the\nkey outside of it, -o KEY.csv\n",
              stderr);
        code = EXIT_USAGE;
    }
    if (!code)
        code = refuse_old(options->output[0]);
    if (!code && file_path(path, options->dir, "pictures"))
        code = refuse_old(path);
    if (code)
        return code;
    const int size =
        snprintf(blind->run, MOST_PATH, "%s.run", options->output[0]);
    errno = ENAMETOOLONG;
    if (size < 0 || size >= MOST_PATH ||
        !file_path(path, options->dir, "pictures"))
        return file_refuse(EXIT_OUTPUT, options->output[0]);
    code = file_folder(options->dir);
    return code ? code : file_folder(path);
}

static int make_all(struct blind *blind)
{
    struct options wanted = *blind->options;
    int code = find_secret(blind);
    wanted.quiet = true;    /* what is missing is said pair by pair */
    remove_run(blind->run); /* of one that was stopped */
    if (!code)
        code = plan_make(&wanted, blind->run);
    if (!code)
        code = plan_load(&blind->plan, blind->run);
    if (!code)
        code = shuffle(blind);
    if (!code &&
        cutis_session_create(&wanted.session, &blind->session) != CUTIS_OK)
        code = EXIT_TRY_AGAIN;
    if (!code)
        code = make_pairs(blind);
    if (!code)
        code = put_ratings(blind);
    if (!code)
        code =
            write_file(blind, "README.txt", help_text, sizeof(help_text) - 1);
    return code ? code : seal(blind);
}

/* Half a pack is none: it would be in the way of the next try. */
static void unmake(const struct blind *blind)
{
    static const char *const names[] = {"ratings.csv", "README.txt",
                                        "key.sha256"};
    const char *const dir = blind->options->dir;
    char path[MOST_PATH];
    if (file_path(path, dir, "pictures"))
        remove_folder(path);
    for (int i = 0; i < 3; i++)
        if (file_path(path, dir, names[i]))
            unlink(path);
    unlink(blind->options->output[0]);
    rmdir(dir); /* unless it holds what is not of the pack */
}

int batch_blind(const struct options *options)
{
    struct blind *const blind = calloc(1, sizeof(*blind));
    if (!blind)
        return EXIT_TRY_AGAIN;
    blind->options = options;
    int code = check(blind);
    const bool begun = !code;
    if (begun)
        code = make_all(blind);
    if (begun && code)
        unmake(blind);
    if (!code && blind->failed)
        code = EXIT_SOME_FAILED;
    for (uint64_t i = 0; blind->row && i < blind->pictures; i++)
        free(blind->row[i]);
    free(blind->row);
    free(blind->order);
    csv_close(&blind->manifest);
    cutis_session_destroy(&blind->session);
    plan_free(&blind->plan);
    if (begun)
        remove_run(blind->run);
    free(blind);
    return code;
}
