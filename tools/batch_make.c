/* SPDX-License-Identifier: BSD-2-Clause */

/* Makes a plan: the manifest is checked, copied and cut into shards. */

#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"
#include "draft.h"
#include "inputs.h"

enum { SHARD_SIZE = 32 };

/* An id and the line that has it, to find one that is there twice. */
struct id {
    char *text;
    uint64_t line;
};

struct maker {
    const struct options *options;
    const char *run;
    char source[MOST_PATH], folder[MOST_PATH]; /* table; where names start */
    char part[MOST_PATH];                      /* the manifest being written */
    struct csv csv;
    struct columns columns;
    struct plan plan; /* only what a pair needs */
    struct pair pair;
    struct id *ids;
    uint64_t pairs, photos, missing, missing_line; /* of the first missing */
    cutis_session *session;
    char *site; /* the full name of the profile for all */
    FILE *manifest;
    struct draft text; /* of the plan */
};

/* ---- Where the pairs come from ------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat found;
    return !stat(path, &found) && S_ISDIR(found.st_mode);
}

static int list_folder(struct maker *maker)
{
    if (!maker->options->pattern) {
        fprintf(stderr,
                "cutis: %s is a folder: say which files make a pair "
                "with --pattern\n",
                maker->options->files[0]);
        return EXIT_USAGE;
    }
    FILE *const file = fopen(maker->source, "wb");
    if (!file)
        return file_refuse(EXIT_OUTPUT, maker->source);
    int code = folder_list(file, maker->folder, maker->options->pattern);
    if (fclose(file) && !code)
        code = file_refuse(EXIT_OUTPUT, maker->source);
    return code;
}

/* Finds the table and the folder that its names start from. */
static int find_source(struct maker *maker)
{
    const char *const given = maker->options->files[0];
    char *const path = realpath(given, NULL);
    if (!path)
        return file_refuse(exit_of_open(errno), given);
    snprintf(maker->source, MOST_PATH, "%s", path);
    snprintf(maker->folder, MOST_PATH, "%s", path);
    free(path);
    if (is_folder(maker->source)) {
        errno = ENAMETOOLONG;
        return file_path(maker->source, maker->run, "parts/folder.csv")
                   ? list_folder(maker)
                   : file_refuse(EXIT_OUTPUT, maker->run);
    }
    if (maker->options->pattern) {
        fprintf(stderr, "cutis: %s: --pattern is for a folder\n", given);
        return EXIT_USAGE;
    }
    char *const slash = strrchr(maker->folder, '/');
    slash[slash == maker->folder] = 0;
    return 0;
}

/* ---- Rows ---------------------------------------------------------------- */

static int keep_id(struct maker *maker, const char *text)
{
    const uint64_t known = maker->pairs;
    if ((known & (known - 1)) == 0) {
        const size_t room = known ? 2 * (size_t)known : 1;
        struct id *const more = realloc(maker->ids, room * sizeof(*more));
        if (!more)
            return EXIT_TRY_AGAIN;
        maker->ids = more;
    }
    char *const copy = strdup(text);
    if (!copy)
        return EXIT_TRY_AGAIN;
    maker->ids[known] = (struct id){copy, maker->csv.line};
    return 0;
}

/* Whether a pair's options can be taken; no photograph is read. */
static int check_pair_options(struct maker *maker,
                              const struct options *options)
{
    const char *why = NULL;
    for (int i = 0; !why && i < PHOTOS; i++)
        why = inputs_wrong(options, i);
    const cutis_status status =
        why ? CUTIS_OK
            : cutis_compare_options_check(maker->session, &options->compare);
    if (status == CUTIS_ERROR_MEMORY)
        return EXIT_TRY_AGAIN;
    if (status != CUTIS_OK)
        why = cutis_session_error(maker->session);
    return why ? csv_wrong(&maker->csv, "%s", why) : 0;
}

/* Photographs that are missing make rows; that many do is good to know now. */
static void look_for_photos(struct maker *maker)
{
    const struct pair *const pair = &maker->pair;
    for (int i = 0; i < PHOTOS; i++)
        for (int k = 0; k < pair->captures[i]; k++) {
            maker->photos++;
            if (!access(pair->path[i][k], R_OK))
                continue;
            if (!maker->missing++)
                maker->missing_line = maker->csv.line;
        }
}

static int check_pair(struct maker *maker)
{
    struct csv *const csv = &maker->csv;
    struct options *const options = &maker->pair.options;
    int code = pair_read(&maker->pair, &maker->plan, &maker->columns, csv);
    if (!code && options->site_profile)
        code = site_take(&maker->plan, options->site_profile);
    if (code)
        return code;
    site_use(&maker->plan, options);
    code = check_pair_options(maker, options);
    if (!code)
        look_for_photos(maker);
    return code;
}

static int check_row(struct maker *maker)
{
    struct csv *const csv = &maker->csv;
    const char *const id = csv_get(csv, maker->columns.id);
    if (!*id)
        return csv_wrong(csv, "no pair_id");
    if (strlen(id) > MOST_ID || id[strcspn(id, "\r\n\t")])
        return csv_wrong(csv, "a pair_id is one line of at most %d bytes",
                         MOST_ID);
    if (!*csv_get(csv, maker->columns.capture[0][0]) ||
        !*csv_get(csv, maker->columns.capture[1][0]))
        return csv_wrong(csv, "a pair has two photographs: before and after");
    const int code = check_pair(maker);
    return code ? code : keep_id(maker, id);
}

static void put_row(FILE *out, const struct csv *csv,
                    const char *(*get)(const struct csv *csv, int column))
{
    const int count = csv_columns(csv);
    for (int i = 0; i < count; i++)
        csv_put(out, get(csv, i), i + 1 < count ? ',' : '\n');
}

/* Rows of a copied manifest are lines where no field has a line end in it. */
static uint64_t lines_of(const struct csv *csv)
{
    uint64_t lines = 1;
    for (int i = 0; i < csv_columns(csv); i++)
        for (const char *at = csv_get(csv, i); *at; at++)
            lines += *at == '\n';
    return lines;
}

static int copy_rows(struct maker *maker)
{
    const uint64_t size =
        maker->options->shard_size ? maker->options->shard_size : SHARD_SIZE;
    struct csv *const csv = &maker->csv;
    unsigned long long line = 2, start = 2, rows = 0;
    long long offset = 0;
    int code = 0;

    put_row(maker->manifest, csv, csv_name);
    for (; !code && csv_next(csv); maker->pairs++) {
        code = check_row(maker);
        if (code)
            break;
        if (rows == 0) {
            offset = ftello(maker->manifest);
            if (offset < 0)
                return file_refuse(EXIT_IO, maker->part);
            start = line;
        }
        put_row(maker->manifest, csv, csv_get);
        line += lines_of(csv);
        if (++rows == size) {
            fprintf(maker->text.file, "shard %lld %llu %llu %llu\n", offset,
                    start, (unsigned long long)maker->pairs + 1 - rows, rows);
            rows = 0;
        }
    }
    if (rows)
        fprintf(maker->text.file, "shard %lld %llu %llu %llu\n", offset, start,
                (unsigned long long)maker->pairs - rows, rows);
    return code ? code : csv->code;
}

static int by_text_and_line(const void *one, const void *other)
{
    const struct id *const a = one, *const b = other;
    const int order = strcmp(a->text, b->text);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int check_ids(struct maker *maker)
{
    if (maker->pairs)
        qsort(maker->ids, maker->pairs, sizeof(*maker->ids), by_text_and_line);
    for (uint64_t i = 1; i < maker->pairs; i++)
        if (!strcmp(maker->ids[i - 1].text, maker->ids[i].text)) {
            maker->csv.line = maker->ids[i].line;
            return csv_wrong(&maker->csv, "pair_id \"%s\" is that of line %llu",
                             maker->ids[i].text,
                             (unsigned long long)maker->ids[i - 1].line);
        }
    return 0;
}

/* ---- The plan's text ----------------------------------------------------- */

/* What was said of all pairs; a file by its full name. */
static int put_options(FILE *out, const struct options *options)
{
    for (int i = 0; i < options->said_count; i++) {
        const char *const name = options->said[i][0];
        const char *const value = options->said[i][1];
        const bool names_file =
            !strcmp(name, "landmarks") || !strcmp(name, "site-profile") ||
            (!strcmp(name, "skin") && strcmp(value, "all") != 0);
        char *const path = names_file ? realpath(value, NULL) : NULL;
        if (names_file && !path)
            return file_refuse(exit_of_open(errno), value);
        const char *const full = path ? path : value;
        const bool one_line = !full || !strchr(full, '\n');
        fprintf(out, "option %s%s%s\n", name, full ? "=" : "",
                full ? full : "");
        free(path);
        if (!one_line) {
            fprintf(stderr, "cutis: --%s: a line end in its value\n", name);
            return EXIT_USAGE;
        }
    }
    return 0;
}

static int put_head(struct maker *maker)
{
    char digest[DIGEST];
    const int code = file_digest(maker->source, digest);
    if (code)
        return code;
    if (strchr(maker->folder, '\n')) {
        fputs("cutis: the folder's name has a line end in it\n", stderr);
        return EXIT_USAGE;
    }
    fprintf(maker->text.file,
            "cutis.plan/1\nversion %s\nprofile %s\nsource %s\nfolder %s\n",
            cutis_version(), cutis_profile(), digest, maker->folder);
    return put_options(maker->text.file, maker->options);
}

/* What was said of all pairs, before any of them is looked at. */
static int check_options(struct maker *maker)
{
    struct options *const options = &maker->plan.options;
    if (options->site_profile) {
        maker->site = realpath(options->site_profile, NULL);
        if (!maker->site)
            return file_refuse(exit_of_open(errno), options->site_profile);
        options->site_profile = maker->site;
        const int code = site_take(&maker->plan, maker->site);
        if (code)
            return code;
    }
    site_use(&maker->plan, options);
    const cutis_status status =
        cutis_compare_options_check(maker->session, &options->compare);
    if (status == CUTIS_OK || status == CUTIS_ERROR_MEMORY)
        return status ? EXIT_TRY_AGAIN : 0;
    fprintf(stderr, "cutis: %s\n", cutis_session_error(maker->session));
    return EXIT_USAGE;
}

static int put_sites(const struct maker *maker)
{
    for (size_t i = 0; i < maker->plan.sites; i++) {
        const struct site *const site = &maker->plan.site[i];
        if (strchr(site->path, '\n')) {
            fputs("cutis: a site profile's name has a line end in it\n",
                  stderr);
            return EXIT_USAGE;
        }
        fprintf(maker->text.file, "site %s %s\n", site->digest, site->path);
    }
    return 0;
}

/* The manifest gets its name first: a folder without a plan has none. */
static int publish_plan(struct maker *maker)
{
    char path[MOST_PATH], digest[DIGEST];
    errno = ENAMETOOLONG;
    if (!file_path(path, maker->run, "manifest.csv"))
        return file_refuse(EXIT_OUTPUT, maker->run);
    const int failed = fflush(maker->manifest) || ferror(maker->manifest) ||
                       fsync(fileno(maker->manifest)) ||
                       rename(maker->part, path);
    int code = failed ? file_refuse(EXIT_OUTPUT, path) : 0;
    if (!code)
        code = file_digest(path, digest);
    if (!code)
        code = put_sites(maker);
    if (code)
        return code;
    fprintf(maker->text.file, "manifest %s\npairs %llu\n", digest,
            (unsigned long long)maker->pairs);
    code = draft_flush(&maker->text);
    if (code)
        return code;
    cutis_sha256(digest, maker->text.bytes, maker->text.size);
    fprintf(maker->text.file, "end %s\n", digest);
    code = draft_close(&maker->text);
    return code ? code
                : file_publish(maker->run, "plan", maker->text.bytes,
                               maker->text.size);
}

/* ---- Making -------------------------------------------------------------- */

static int make_folders(const char *run)
{
    static const char *const names[] = {"", "shards", "parts"};
    char path[MOST_PATH];
    int code = 0;
    for (int i = 0; !code && i < 3; i++) {
        errno = ENAMETOOLONG;
        code = file_path(path, run, names[i]) ? file_folder(path)
                                              : file_refuse(EXIT_OUTPUT, run);
    }
    if (code || !file_path(path, run, "plan") || access(path, F_OK))
        return code;
    fprintf(stderr,
            "cutis: %s has a plan already: go on with \"cutis batch "
            "run\", or name another folder\n",
            run);
    return EXIT_USAGE;
}

static int open_all(struct maker *maker)
{
    int code = csv_open(&maker->csv, maker->source);
    if (!code && cutis_session_create(NULL, &maker->session) != CUTIS_OK)
        code = EXIT_TRY_AGAIN;
    if (!code)
        code = columns_find(&maker->columns, &maker->csv, maker->session);
    if (code)
        return code;
    snprintf(maker->part, MOST_PATH, "%s/parts/manifest.%ld", maker->run,
             (long)getpid());
    maker->manifest = fopen(maker->part, "wb");
    if (!maker->manifest)
        return file_refuse(EXIT_OUTPUT, maker->part);
    return draft_open(&maker->text);
}

static void close_all(struct maker *maker)
{
    char path[MOST_PATH];
    csv_close(&maker->csv);
    if (maker->manifest)
        fclose(maker->manifest);
    draft_close(&maker->text);
    if (maker->part[0])
        unlink(maker->part);
    if (file_path(path, maker->run, "parts/folder.csv"))
        unlink(path);
    for (uint64_t i = 0; i < maker->pairs; i++)
        free(maker->ids[i].text);
    free(maker->ids);
    free(maker->text.bytes);
    free(maker->site);
    sites_free(&maker->plan);
    cutis_session_destroy(&maker->session);
    free(maker);
}

static struct maker *maker_of(const struct options *options, const char *run)
{
    struct maker *const maker = calloc(1, sizeof(*maker));
    if (!maker)
        return NULL;
    maker->options = options;
    maker->run = run;
    maker->plan.run = run;
    maker->plan.folder = maker->folder;
    maker->plan.options = *options;
    return maker;
}

int plan_make(const struct options *options, const char *run)
{
    struct maker *const maker = maker_of(options, run);
    if (!maker)
        return EXIT_TRY_AGAIN;
    int code = make_folders(run);
    if (!code)
        code = find_source(maker);
    if (!code)
        code = open_all(maker);
    if (!code)
        code = check_options(maker);
    if (!code)
        code = put_head(maker);
    if (!code)
        code = copy_rows(maker);
    if (!code)
        code = check_ids(maker);
    if (!code && !maker->pairs) {
        fprintf(stderr, "cutis: %s: no pairs\n", options->files[0]);
        code = EXIT_BAD_INPUT;
    }
    if (!code)
        code = publish_plan(maker);
    if (!code && maker->missing && !options->quiet)
        fprintf(stderr,
                "cutis: %llu of %llu photographs cannot be read, the first "
                "of line %llu: their pairs will be rows that say so\n",
                (unsigned long long)maker->missing,
                (unsigned long long)maker->photos,
                (unsigned long long)maker->missing_line);
    close_all(maker);
    return code;
}

int plan_is_of(const struct plan *plan, const struct options *options)
{
    struct maker *const maker = maker_of(options, plan->run);
    char digest[DIGEST] = "";
    struct draft said = {0};
    if (!maker)
        return EXIT_TRY_AGAIN;
    int code = find_source(maker);
    if (!code)
        code = file_digest(maker->source, digest);
    if (!code)
        code = draft_open(&said);
    if (!code)
        code = put_options(said.file, options);
    const int closed = draft_close(&said);
    code = code ? code : closed;
    bool same = !strcmp(digest, plan->source) &&
                !strcmp(maker->folder, plan->folder) && sites_are_same(plan);
    const char *at = said.bytes;
    for (int i = 0; !code && same && i < plan->word_count; i++) {
        const char *const word = plan->words[i] + 2; /* without "--" */
        const size_t length = strlen(word);
        same = !strncmp(at, "option ", 7) && !strncmp(at + 7, word, length) &&
               at[7 + length] == '\n';
        at += same ? 7 + length + 1 : 0;
    }
    if (!code && (!same || *at)) {
        fprintf(stderr,
                "cutis: %s is a run of other pairs or options: remove "
                "it, or name another folder with -d\n",
                plan->run);
        code = EXIT_USAGE;
    }
    free(said.bytes);
    close_all(maker);
    return code;
}
