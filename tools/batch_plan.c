/* SPDX-License-Identifier: BSD-2-Clause */

/* Reads a plan: lines "word value", the last one with their digest. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"

static int damaged(const struct plan *plan, const char *why)
{
    fprintf(stderr, "cutis: %s/plan: %s\n", plan->run, why);
    return EXIT_BAD_INPUT;
}

/* ---- Lines --------------------------------------------------------------- */

static int take_shard(struct plan *plan, const char *value)
{
    struct shard shard;
    const size_t known = plan->shards;
    if (!file_number(&value, &shard.offset) ||
        !file_number(&value, &shard.line) ||
        !file_number(&value, &shard.first) ||
        !file_number(&value, &shard.rows) || *value)
        return damaged(plan, "a shard that cannot be read");
    if ((known & (known - 1)) == 0) {
        const size_t room = known ? 2 * known : 1;
        struct shard *const more =
            realloc(plan->shard, room * sizeof(*plan->shard));
        if (!more)
            return EXIT_TRY_AGAIN;
        plan->shard = more;
    }
    plan->shard[plan->shards++] = shard;
    return 0;
}

/* "option preset=acne" is the word --preset=acne. */
static int take_word(struct plan *plan, const char *value)
{
    char **const words =
        realloc(plan->words, (size_t)(plan->word_count + 1) * sizeof(*words));
    if (!words)
        return EXIT_TRY_AGAIN;
    plan->words = words;
    const size_t size = strlen(value) + 3;
    char *const word = malloc(size);
    if (!word)
        return EXIT_TRY_AGAIN;
    snprintf(word, size, "--%s", value);
    words[plan->word_count++] = word;
    return 0;
}

static int expect(const struct plan *plan, const char *what, const char *value,
                  const char *ours)
{
    if (!strcmp(value, ours))
        return 0;
    fprintf(stderr,
            "cutis: %s was planned by %s %s, this is %s: results of both are "
            "not put together\n",
            plan->run, what, value, ours);
    return EXIT_USAGE;
}

static int take_manifest(const struct plan *plan, const char *value)
{
    char path[MOST_PATH], digest[DIGEST];
    if (!file_path(path, plan->run, "manifest.csv"))
        return damaged(plan, "too long a name");
    const int code = file_digest(path, digest);
    if (code || !strcmp(digest, value))
        return code;
    fprintf(stderr, "cutis: %s is not what was planned\n", path);
    return EXIT_BAD_INPUT;
}

/* "site DIGEST PATH" */
static int take_site(struct plan *plan, char *value)
{
    if (strlen(value) <= DIGEST || value[DIGEST - 1] != ' ')
        return damaged(plan, "a site profile that cannot be read");
    value[DIGEST - 1] = 0;
    return site_load(plan, value, value + DIGEST);
}

static int take_line(struct plan *plan, const char *word, char *value)
{
    if (!strcmp(word, "version"))
        return expect(plan, "cutis", value, cutis_version());
    if (!strcmp(word, "profile"))
        return expect(plan, "profile", value, cutis_profile());
    if (!strcmp(word, "manifest"))
        return take_manifest(plan, value);
    if (!strcmp(word, "source"))
        plan->source = value;
    else if (!strcmp(word, "folder"))
        plan->folder = value;
    else if (!strcmp(word, "pairs"))
        plan->pairs = strtoull(value, NULL, 10);
    else if (!strcmp(word, "shard"))
        return take_shard(plan, value);
    else if (!strcmp(word, "option"))
        return take_word(plan, value);
    else if (!strcmp(word, "site"))
        return take_site(plan, value);
    else
        return damaged(plan, "of another version of cutis");
    return 0;
}

/* ---- The whole ----------------------------------------------------------- */

/* The last line has the digest of all before it. */
static int check_end(struct plan *plan, size_t size)
{
    static const char head[] = "cutis.plan/1\n";
    const size_t tail = sizeof("end \n") - 1 + DIGEST - 1;
    if (size < tail || strncmp(plan->text, head, sizeof(head) - 1) != 0)
        return damaged(plan, "not a plan");
    char *const end = plan->text + size - tail;
    cutis_sha256(plan->digest, plan->text, (size_t)(end - plan->text));
    if (strncmp(end, "end ", 4) != 0 ||
        strncmp(end + 4, plan->digest, DIGEST - 1) != 0)
        return damaged(plan, "damaged");
    *end = 0;
    return 0;
}

static int take_options(struct plan *plan)
{
    char command[] = "cutis", batch[] = "batch", part[] = "plan";
    char *words[3 + MOST_SAID + 1] = {command, batch, part};
    if (plan->word_count > MOST_SAID)
        return damaged(plan, "too many options");
    for (int i = 0; i < plan->word_count; i++)
        words[3 + i] = plan->words[i];
    const int code = options_parse(&plan->options, 3 + plan->word_count, words);
    plan->options.files = NULL;
    plan->options.file_count = 0;
    plan->options.session.threads = 1;
    return code;
}

static int take_lines(struct plan *plan)
{
    int code = 0;
    char *at = plan->text + strcspn(plan->text, "\n") + 1;
    while (!code && *at) {
        char *const line = at;
        at += strcspn(at, "\n");
        if (*at)
            *at++ = 0;
        char *const space = strchr(line, ' ');
        if (!space)
            return damaged(plan, "a line without a value");
        *space = 0;
        code = take_line(plan, line, space + 1);
    }
    if (!code && (!plan->source || !plan->folder))
        code = damaged(plan, "incomplete");
    return code ? code : take_options(plan);
}

int plan_load(struct plan *plan, const char *run)
{
    char path[MOST_PATH];
    size_t size;
    *plan = (struct plan){.run = run};
    errno = ENAMETOOLONG;
    if (!file_path(path, run, "plan"))
        return file_refuse(EXIT_MISSING_INPUT, run);
    int code = file_read(path, MOST_PLAN, &plan->text, &size);
    if (!code)
        code = check_end(plan, size);
    return code ? code : take_lines(plan);
}

void plan_free(struct plan *plan)
{
    for (int i = 0; i < plan->word_count; i++)
        free(plan->words[i]);
    free(plan->words);
    free(plan->shard);
    free(plan->text);
    sites_free(plan);
    *plan = (struct plan){0};
}
