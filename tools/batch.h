/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Many pairs.  A run folder holds all that is known of a batch:
 *
 *     manifest.csv     the pairs, as they were when the run was planned
 *     plan             options, shards (runs of rows of the manifest), checksum
 *     shards/000001    the results of one shard, whole or not there
 *     parts/           shards being written
 *     lock             a byte a shard, locked by the process that works on it
 *
 * A shard is written under another name, flushed, and linked to its own: a
 * process that dies at any moment leaves a shard that is whole or none, and two
 * that make the same shard make the same bytes.
 */

#ifndef CUTIS_TOOLS_BATCH_H
#define CUTIS_TOOLS_BATCH_H

#include <time.h>

#include "command.h"
#include "csv.h"
#include "flags.h"

enum { DIGEST = 65, MOST_PATH = 4096, MOST_ID = 200, MOST_WORKERS = 256 };

/* Bytes of files that are read whole, many times what any needs: the profile
 * of a site; a plan, of a million shards; a picture of a pack, a key. */
enum { MOST_SITE = 1 << 20, MOST_PLAN = 1 << 26, MOST_SEALED = 1 << 28 };

/* ---- batch_files.c: whole files ------------------------------------------ */

/* "cutis: PATH: the error of errno", for `code`. */
int file_refuse(int code, const char *path);

/* folder/name, or name alone if it is absolute; false if that is too long. */
bool file_path(char path[MOST_PATH], const char *folder, const char *name);

/* Takes a whole number and the space behind it, if there is one. */
bool file_number(const char **at, uint64_t *out);

/* Opens a regular file; NULL with a word and a code. */
FILE *file_open(const char *path, int *code);

/* Reads a file whole, with a 0 behind it; the caller frees *bytes.  EXIT_LIMIT:
 * it has more than `most` bytes. */
int file_read(const char *path, size_t most, char **bytes, size_t *size);

/* A checksum of a file of any size. */
int file_digest(const char *path, char hex[DIGEST]);

/* Publishes `name` in a run folder; one that is there already stays. */
int file_publish(const char *run, const char *name, const char *bytes,
                 size_t size);

/* Makes a folder unless it is there. */
int file_folder(const char *path);

/* ---- batch_plan.c: what is to be done ------------------------------------ */

/* Rows of the manifest that are published together. */
struct shard {
    uint64_t offset, line; /* where its first row is */
    uint64_t first, rows;  /* that row's number, from 0 */
};

struct plan {
    const char *run;     /* the folder; the caller's */
    char digest[DIGEST]; /* of the plan */
    const char *folder;  /* where relative names start */
    const char *source;  /* digest of the table that was planned */
    uint64_t pairs;
    struct shard *shard;
    size_t shards;
    struct options options; /* for all pairs; its strings are in `text` */
    char *text, **words;
    int word_count;
    struct site *site; /* profiles that pairs use */
    size_t sites;
};

/* Plans options->files[0] in the folder `run`. */
int plan_make(const struct options *options, const char *run);

/* Reads the plan of a run folder. */
int plan_load(struct plan *plan, const char *run);
void plan_free(struct plan *plan);

/* Whether `run` has the plan that plan_make would make: 0, or an exit code. */
int plan_is_of(const struct plan *plan, const struct options *options);

/* ---- batch_site.c: profiles of the sites ----------------------------------
 */

/* A profile as it was when the run was planned; the run folder has a copy,
 * named after its digest. */
struct site {
    char *path; /* where it came from, its full name */
    char digest[DIGEST];
    char *bytes;
    size_t size;
};

/* Takes a profile up into a plan being made, once, and publishes its copy. */
int site_take(struct plan *plan, const char *path);

/* Reads the copy of a profile of a plan. */
int site_load(struct plan *plan, const char *digest, const char *path);

/* Puts the bytes of the profile that options name into their `compare`; false
 * if the plan has none such. */
bool site_use(const struct plan *plan, struct options *options);

/* Whether the files are still as they were, or gone. */
bool sites_are_same(const struct plan *plan);
void sites_free(struct plan *plan);

/* ---- batch_folder.c: pairs by the names of files ------------------------- */

/* Writes the manifest of a folder: a row a name that matches either half of
 * options->pattern. */
int folder_list(FILE *manifest, const char *folder, const char *pattern);

/* ---- batch_pair.c: a row of the manifest --------------------------------- */

/* What each column of a manifest is. */
struct columns {
    int id;
    int capture[PHOTOS][CUTIS_CAPTURES]; /* before, before_2, ...; -1: none */
    struct column {
        const struct flag *flag; /* NULL: none of ours, passed through */
        bool is_after, is_file, is_shown;
    } of[CSV_MOST_COLUMNS];
};

int columns_find(struct columns *columns, struct csv *manifest,
                 cutis_session *session);

/* A pair with its options; strings live until the next row. */
struct pair {
    struct options options;
    char path[PHOTOS][CUTIS_CAPTURES][MOST_PATH];
    int which[PHOTOS][CUTIS_CAPTURES]; /* 1 = before, 2 = before_2, ... */
    int captures[PHOTOS];
    char file[2 * PHOTOS + 1][MOST_PATH]; /* landmarks, skin, site profile */
    int files;
};

/* The name of a capture's column. */
void capture_name(char name[16], int after, int which);

/* Takes the manifest's row; an exit code if a value is wrong. */
int pair_read(struct pair *pair, const struct plan *plan,
              const struct columns *columns, struct csv *manifest);

/* ---- batch_score.c: the result of one pair ------------------------------- */

enum scored {
    SCORED,
    SCORED_FAILURE, /* written as one */
    SCORED_LATER,   /* for want of memory or a disk: nothing is written */
    SCORED_NOT      /* stopped by a signal */
};

/* The photographs of a pair and what came of them. */
struct album {
    cutis_photo *photo[PHOTOS][CUTIS_CAPTURES];
    cutis_comparison *comparison;
};

/* Compares a pair once; free the album in any case. */
enum scored album_compare(struct album *album, const struct pair *pair,
                          cutis_session *session, char why[256]);
void album_free(struct album *album);

/* Writes the records of a pair; `why` has a sentence unless it is SCORED. */
enum scored pair_score(FILE *out, const char *id, struct pair *pair,
                       cutis_session *session, char why[256]);

/* ---- batch_shard.c: the results of a shard ------------------------------- */

/* What stands at the end of a shard. */
struct shard_end {
    uint64_t rows, failed, size;
    char digest[DIGEST];
};

/* "shards/000001" */
void shard_name(char name[32], size_t index);

/* Whether a shard is published; *end may be NULL.  One that is not whole is
 * taken away. */
bool shard_is_done(const struct plan *plan, size_t index,
                   struct shard_end *end);

/* Its records, checked; the caller frees *bytes.  EXIT_INCOMPLETE: damaged. */
int shard_read(const struct plan *plan, size_t index, char **bytes,
               size_t *size);

/* A worker's own hold on the shards of a run: the folder's lock file, or -1. */
int shard_locks(const struct plan *plan);

/* Takes away what was left half written of shards that are published. */
void shards_tidy(const struct plan *plan);

/* Told after each pair. */
typedef void (*pair_fn)(void *user, bool failed);

enum shard_made {
    SHARD_DONE,       /* published, by us or by another; *end has its figures */
    SHARD_BUSY,       /* another process works on it */
    SHARD_LATER,      /* why: words */
    SHARD_STOPPED,    /* by a signal */
    SHARD_NOT_WRITTEN /* words were said */
};

struct shard_job {
    const struct plan *plan;
    cutis_session *session;
    int locks;
    pair_fn told;
    void *user;
};

enum shard_made shard_make(const struct shard_job *job, size_t index,
                           struct shard_end *end, char why[256]);

/* ---- batch_crew.c: processes that work on shards ------------------------- */

/* Takes shards `part`, part + of, ...; until none is left that can be done. */
int crew_run(const struct plan *plan, const struct options *options,
             uint64_t part, uint64_t of);

/* ---- batch_task.c: which part is ours ------------------------------------ */

/* From flags, else what Slurm or MPI put into the environment, else 0 of 1.
 * 0, or EXIT_USAGE with a word. */
int task_find(const struct options *options, uint64_t *part, uint64_t *of);

/* ---- batch_progress.c ---------------------------------------------------- */

/* The line that says how far it is. */
struct tally {
    struct timespec start, drawn_at;
    uint64_t pairs, done, failed; /* done: with the failed */
    uint64_t done_before;         /* when we started */
    bool wanted, drawn;
};

void tally_start(struct tally *tally, const struct options *options);
void tally_draw(struct tally *tally);
void tally_clear(struct tally *tally);

/* ---- batch_merge.c ------------------------------------------------------- */

/* The results as one table; counts the failed. */
int merge(const struct plan *plan, const struct options *options,
          const char *path, uint64_t *failed);

/* ---- batch.c ------------------------------------------------------------- */

/* Whether as many files were named as the command takes; a word if not. */
int needs(const struct options *options, int files, const char *what);

/* Removes the files of a folder, then it; no folder within. */
void remove_folder(const char *path);

/* Removes a run folder. */
void remove_run(const char *run);

/* ---- batch_blind.c, batch_ratings.c: people as raters ---------------------
 */

/* A pack of pictures in an order that tells nothing, and its key. */
int batch_blind(const struct options *options);

/* What raters say of such a pack: how they agree with each other and with
 * metrics. */
int batch_ratings(const struct options *options);

/* ---- batch_stats.c: statistics of a long table --------------------------- */

int batch_stats(const struct options *options);

/* ---- batch_json.c -------------------------------------------------------- */

/* Writes a row of a table as an object on one line: the first `ours` values are
 * text, of the others those that are numbers are written as such and empty ones
 * as null. */
void json_row(FILE *out, char *const *names, char *const *values, int count,
              int ours);

#endif
