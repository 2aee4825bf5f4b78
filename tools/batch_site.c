/* SPDX-License-Identifier: BSD-2-Clause */

/* Profiles of the sites that a batch is of: what repeat captures there said of
 * their own errors.  A run keeps copies, so that its rows are all of the same.
 */

#include <stdlib.h>
#include <string.h>

#include "batch.h"

static const struct site *find(const struct plan *plan, const char *path)
{
    for (size_t i = 0; i < plan->sites; i++)
        if (!strcmp(plan->site[i].path, path))
            return &plan->site[i];
    return NULL;
}

/* "site-" and the digest, in the run folder. */
static void copy_name(char name[DIGEST + 8], const char *digest)
{
    snprintf(name, DIGEST + 8, "site-%s", digest);
}

/* A new place in the plan with the bytes of `from`; NULL with a code. */
static struct site *add(struct plan *plan, const char *path, const char *from,
                        int *code)
{
    struct site *const more =
        realloc(plan->site, (plan->sites + 1) * sizeof(*more));
    *code = EXIT_TRY_AGAIN;
    if (!more)
        return NULL;
    plan->site = more;
    struct site *const site = &more[plan->sites];
    *site = (struct site){.path = strdup(path)};
    if (site->path)
        *code = file_read(from, MOST_SITE, &site->bytes, &site->size);
    if (*code) {
        free(site->path);
        return NULL;
    }
    plan->sites++;
    cutis_sha256(site->digest, site->bytes, site->size);
    return site;
}

int site_take(struct plan *plan, const char *path)
{
    char name[DIGEST + 8];
    int code = 0;
    if (find(plan, path))
        return 0;
    const struct site *const site = add(plan, path, path, &code);
    if (!site)
        return code;
    copy_name(name, site->digest);
    return file_publish(plan->run, name, site->bytes, site->size);
}

int site_load(struct plan *plan, const char *digest, const char *path)
{
    char name[DIGEST + 8], copy[MOST_PATH];
    int code = EXIT_BAD_INPUT;
    copy_name(name, digest);
    const struct site *const site =
        file_path(copy, plan->run, name) ? add(plan, path, copy, &code) : NULL;
    if (!site)
        return code;
    if (!strcmp(site->digest, digest))
        return 0;
    fprintf(stderr, "cutis: %s is not what was planned\n", copy);
    return EXIT_BAD_INPUT;
}

bool site_use(const struct plan *plan, struct options *options)
{
    if (!options->site_profile)
        return true;
    const struct site *const site = find(plan, options->site_profile);
    if (!site)
        return false;
    options->compare.site_profile = site->bytes;
    options->compare.site_profile_size = site->size;
    return true;
}

/* Whether a file has a profile's bytes and no more. */
static bool holds(FILE *file, const struct site *site)
{
    size_t i = 0;
    while (i < site->size && getc(file) == (unsigned char)site->bytes[i])
        i++;
    return i == site->size && getc(file) == EOF;
}

bool sites_are_same(const struct plan *plan)
{
    for (size_t i = 0; i < plan->sites; i++) {
        const struct site *const site = &plan->site[i];
        FILE *const file = fopen(site->path, "rb");
        const bool same = !file || holds(file, site);
        if (file)
            fclose(file);
        if (!same)
            return false;
    }
    return true;
}

void sites_free(struct plan *plan)
{
    for (size_t i = 0; i < plan->sites; i++) {
        free(plan->site[i].path);
        free(plan->site[i].bytes);
    }
    free(plan->site);
    plan->site = NULL;
    plan->sites = 0;
}
