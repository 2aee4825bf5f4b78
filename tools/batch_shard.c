/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A shard: the first line says of which plan and rows it is, then the records
 * of its pairs in the manifest's order, then
 *
 *     end ROWS FAILED BYTES SHA-256
 *
 * of all that is before.
 */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "draft.h"

enum { HEAD = 160, TAIL = 160 };

void shard_name(char name[32], size_t index)
{
    snprintf(name, 32, "shards/%06llu", (unsigned long long)index + 1);
}

static void head_of(char head[HEAD], const struct plan *plan, size_t index)
{
    const struct shard *const shard = &plan->shard[index];
    snprintf(head, HEAD, "cutis.shard/1 %s %llu %llu %llu\n", plan->digest,
             (unsigned long long)index + 1, (unsigned long long)shard->first,
             (unsigned long long)shard->rows);
}

/* ---- Reading ------------------------------------------------------------- */

/* The last line of `size` bytes at `bytes`, a whole shard's end; 0 or how long
 * it is. */
static size_t read_end(struct shard_end *end, const char *bytes, size_t size)
{
    size_t at = size;
    while (at > 1 && bytes[at - 2] != '\n')
        at--;
    at -= at > 0;
    const char *word = bytes + at;
    if (size - at < sizeof("end ") || strncmp(word, "end ", 4) != 0)
        return 0;
    word += 4;
    if (!file_number(&word, &end->rows) || !file_number(&word, &end->failed) ||
        !file_number(&word, &end->size) ||
        (size_t)(bytes + size - word) != DIGEST || word[DIGEST - 1] != '\n')
        return 0;
    memcpy(end->digest, word, DIGEST - 1);
    end->digest[DIGEST - 1] = 0;
    return size - at;
}

/* What head and end of a file say of it; what lies between is left to
 * shard_read.  A file that does not answer is not one that is cut short. */
enum look { WHOLE, NOT_WHOLE, UNREAD };

static enum look look_at(const struct plan *plan, size_t index, FILE *file,
                         struct shard_end *end)
{
    char head[HEAD], found[HEAD], tail[TAIL + 1] = "";
    head_of(head, plan, index);
    if (fread(found, 1, strlen(head), file) != strlen(head) ||
        memcmp(found, head, strlen(head)) != 0)
        return ferror(file) ? UNREAD : NOT_WHOLE;
    const off_t size = fseeko(file, 0, SEEK_END) ? -1 : ftello(file);
    const off_t from = size > TAIL ? size - TAIL : 0;
    if (size < 0 || fseeko(file, from, SEEK_SET) ||
        fread(tail, 1, (size_t)(size - from), file) != (size_t)(size - from))
        return UNREAD;
    const size_t length = read_end(end, tail, (size_t)(size - from));
    return length && end->size + length == (uint64_t)size &&
                   end->rows == plan->shard[index].rows
               ? WHOLE
               : NOT_WHOLE;
}

bool shard_is_done(const struct plan *plan, size_t index, struct shard_end *end)
{
    char name[32], path[MOST_PATH];
    struct shard_end unused;
    shard_name(name, index);
    if (!file_path(path, plan->run, name))
        return false;
    FILE *const file = fopen(path, "rb");
    if (!file)
        return false;
    const enum look seen = look_at(plan, index, file, end ? end : &unused);
    fclose(file);
    if (seen == NOT_WHOLE) {
        fprintf(stderr, "cutis: %s is not whole; it is made anew\n", path);
        unlink(path);
    }
    return seen == WHOLE;
}

int shard_read(const struct plan *plan, size_t index, char **bytes,
               size_t *size)
{
    char name[32], path[MOST_PATH], digest[DIGEST];
    struct shard_end end;
    shard_name(name, index);
    errno = ENAMETOOLONG;
    if (!file_path(path, plan->run, name))
        return file_refuse(EXIT_MISSING_INPUT, plan->run);
    int code;
    FILE *const file = file_open(path, &code);
    if (!file)
        return code == EXIT_MISSING_INPUT ? EXIT_INCOMPLETE : code;
    const enum look seen = look_at(plan, index, file, &end);
    const bool whole = seen == WHOLE;
    if (seen == UNREAD)
        code = file_refuse(EXIT_IO, path);
    fclose(file);
    *bytes = NULL;
    if (whole)
        code = file_read(path, (size_t)end.size + TAIL, bytes, size);
    if (code)
        return code;
    if (whole) {
        *size = *size < end.size ? *size : (size_t)end.size;
        cutis_sha256(digest, *bytes, *size);
        (*bytes)[*size] = 0;
        if (!strcmp(digest, end.digest))
            return 0;
    }
    fprintf(stderr, "cutis: %s is damaged: remove it and run again\n", path);
    free(*bytes);
    *bytes = NULL;
    return EXIT_INCOMPLETE;
}

/* ---- Locks --------------------------------------------------------------- */

int shard_locks(const struct plan *plan)
{
    char path[MOST_PATH];
    return file_path(path, plan->run, "lock")
               ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666)
               : -1;
}

/* Byte `index` of the lock file; the system lets go of it when we die.  A file
 * system without locks costs work that is done twice, nothing else. */
static int lock(int locks, size_t index, short type)
{
    struct flock range = {.l_type = type,
                          .l_whence = SEEK_SET,
                          .l_start = (off_t)index,
                          .l_len = 1};
    if (locks < 0)
        return ENOLCK;
    return fcntl(locks, F_SETLK, &range) ? errno : 0;
}

/* What processes that were killed left of a shard: "parts/000001.HOST.PID". */
static void clear_parts(const char *parts, const char *number)
{
    char part[MOST_PATH];
    const size_t size = strlen(number);
    DIR *const folder = opendir(parts);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder)))
        if (!strncmp(entry->d_name, number, size) &&
            entry->d_name[size] == '.' && file_path(part, parts, entry->d_name))
            unlink(part);
    if (folder)
        closedir(folder);
}

void shards_tidy(const struct plan *plan)
{
    char parts[MOST_PATH], name[32];
    uint64_t number;
    if (!file_path(parts, plan->run, "parts"))
        return;
    DIR *const folder = opendir(parts);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        const char *at = entry->d_name;
        if (!file_number(&at, &number) || !number || number > plan->shards ||
            !shard_is_done(plan, (size_t)number - 1, NULL))
            continue;
        shard_name(name, (size_t)number - 1);
        clear_parts(parts, strchr(name, '/') + 1);
    }
    if (folder)
        closedir(folder);
}

/* ---- Making -------------------------------------------------------------- */

struct maker {
    struct csv manifest;
    struct columns columns;
    struct pair pair;
    uint64_t failed;
    struct draft text;
};

static int put_end(struct maker *maker, const struct plan *plan, size_t index)
{
    char digest[DIGEST];
    struct draft *const text = &maker->text;
    const int code = draft_flush(text);
    if (code)
        return code;
    cutis_sha256(digest, text->bytes, text->size);
    fprintf(text->file, "end %llu %llu %llu %s\n",
            (unsigned long long)plan->shard[index].rows,
            (unsigned long long)maker->failed, (unsigned long long)text->size,
            digest);
    return draft_close(text);
}

static enum shard_made score_rows(struct maker *maker,
                                  const struct shard_job *job, size_t index,
                                  char why[256])
{
    const struct shard *const shard = &job->plan->shard[index];
    for (uint64_t i = 0; i < shard->rows; i++) {
        if (!csv_next(&maker->manifest) ||
            pair_read(&maker->pair, job->plan, &maker->columns,
                      &maker->manifest) ||
            !site_use(job->plan, &maker->pair.options)) {
            snprintf(why, 256, "the manifest is not what was planned");
            return SHARD_LATER;
        }
        const char *const id = csv_get(&maker->manifest, maker->columns.id);
        char sentence[256];
        const enum scored scored = pair_score(
            maker->text.file, id, &maker->pair, job->session, sentence);
        if (scored == SCORED_NOT)
            return SHARD_STOPPED;
        if (scored == SCORED_LATER) {
            snprintf(why, 256, "pair %.80s: %.150s", id, sentence);
            return SHARD_LATER;
        }
        maker->failed += scored == SCORED_FAILURE;
        job->told(job->user, scored == SCORED_FAILURE);
    }
    return SHARD_DONE;
}

static enum shard_made make_text(struct maker *maker,
                                 const struct shard_job *job, size_t index,
                                 char why[256])
{
    const struct plan *const plan = job->plan;
    const struct shard *const shard = &plan->shard[index];
    char path[MOST_PATH], head[HEAD];

    snprintf(why, 256, "the manifest cannot be read");
    if (!file_path(path, plan->run, "manifest.csv") ||
        csv_open(&maker->manifest, path) ||
        columns_find(&maker->columns, &maker->manifest, job->session) ||
        csv_seek(&maker->manifest, shard->offset, shard->line))
        return SHARD_LATER;
    snprintf(why, 256, "out of memory");
    if (draft_open(&maker->text))
        return SHARD_LATER;
    head_of(head, plan, index);
    fputs(head, maker->text.file);
    const enum shard_made made = score_rows(maker, job, index, why);
    if (made != SHARD_DONE)
        return made;
    snprintf(why, 256, "out of memory");
    return put_end(maker, plan, index) ? SHARD_LATER : SHARD_DONE;
}

static enum shard_made make(const struct shard_job *job, size_t index,
                            const char *name, struct shard_end *end,
                            char why[256])
{
    struct maker *const maker = calloc(1, sizeof(*maker));
    if (!maker) {
        snprintf(why, 256, "out of memory");
        return SHARD_LATER;
    }
    enum shard_made made = make_text(maker, job, index, why);
    if (made == SHARD_DONE &&
        file_publish(job->plan->run, name, maker->text.bytes, maker->text.size))
        made = SHARD_NOT_WRITTEN;
    end->rows = job->plan->shard[index].rows;
    end->failed = maker->failed;
    draft_close(&maker->text);
    free(maker->text.bytes);
    csv_close(&maker->manifest);
    free(maker);
    return made;
}

enum shard_made shard_make(const struct shard_job *job, size_t index,
                           struct shard_end *end, char why[256])
{
    char name[32], parts[MOST_PATH];
    const int locked = lock(job->locks, index, F_WRLCK);
    if (locked == EACCES || locked == EAGAIN)
        return SHARD_BUSY;
    enum shard_made made = SHARD_DONE;
    shard_name(name, index);
    if (!shard_is_done(job->plan, index, end)) {
        if (!locked && file_path(parts, job->plan->run, "parts"))
            clear_parts(parts, strchr(name, '/') + 1);
        made = make(job, index, name, end, why);
    }
    lock(job->locks, index, F_UNLCK);
    return made;
}
