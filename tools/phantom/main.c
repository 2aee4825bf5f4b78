/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * cutis-phantom: photographs of faces whose skin is known.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

#include "phantom/options.h"

/* As cutis: 0 done, 2 usage, 3 output, 69 not built in, 70 internal, 75
 * memory. */
static int exit_code(cutis_status status)
{
    switch (status) {
    case CUTIS_OK:
        return 0;
    case CUTIS_ERROR_ARGUMENT:
        return 2;
    case CUTIS_ERROR_IO:
        return 3;
    case CUTIS_ERROR_UNSUPPORTED:
        return 69;
    case CUTIS_ERROR_MEMORY:
        return 75;
    default:
        return 70;
    }
}

static cutis_status write_text(const char *path, const struct truth *truth,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct text text = {.memory = &tools->memory};
    FILE *file = NULL;
    TRY(ct_truth_write(&text, truth, tools));
    file = fopen(path, "wb");
    const bool written =
        file && fwrite(text.bytes, 1, text.size, file) == text.size;
    const bool closed = file && fclose(file) == 0;
    if (!written || !closed)
        status = ct_fail(tools, CUTIS_ERROR_IO, "%s cannot be written: %s",
                         path, strerror(errno));
done:
    ct_text_free(&text);
    return status;
}

/* The part of a path after the last slash. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static cutis_status run_one(const struct options *options, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct subject subject = {0};
    TRY(ct_subject_create(&subject, &options->scene, tools));
    TRY(ct_subject_shoot(&subject, options->output, tools));
    if (options->truth[0]) {
        const struct truth truth = {
            1, {&subject, NULL}, {base_name(options->output), NULL}};
        TRY(write_text(options->truth, &truth, tools));
    }
done:
    ct_subject_free(&subject);
    return status;
}

/* A path inside the folder. */
static cutis_status join(char path[CT_PATH], const char *folder,
                         const char *name, struct tools *tools)
{
    const int size = snprintf(path, CT_PATH, "%s/%s", folder, name);
    if (size < 0 || size >= CT_PATH)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the name of the folder is too long");
    return CUTIS_OK;
}

static cutis_status run_pair(const struct options *options, struct tools *tools)
{
    static const char *const names[2][2] = {{"before.jpg", "after.jpg"},
                                            {"before.png", "after.png"}};
    const bool png = options->scene.output.kind == CT_FILE_PNG;
    cutis_status status = CUTIS_OK;
    struct subject subject[2] = {{.mesh = {0}}, {.mesh = {0}}};
    struct truth truth = {2, {&subject[0], &subject[1]}, {NULL, NULL}};
    char path[CT_PATH];

    if (mkdir(options->output, 0777) && errno != EEXIST) {
        status = ct_fail(tools, CUTIS_ERROR_IO, "%s cannot be made: %s",
                         options->output, strerror(errno));
        goto done;
    }
    for (int i = 0; i < 2; i++) {
        struct scene scene = options->scene;
        if (i == 0)
            ct_untreat(&scene);
        else
            ct_retake(&scene, options->retake);
        truth.name[i] = names[png][i];
        TRY(join(path, options->output, names[png][i], tools));
        TRY(ct_subject_create(&subject[i], &scene, tools));
        TRY(ct_subject_shoot(&subject[i], path, tools));
    }
    TRY(join(path, options->output, "truth.json", tools));
    TRY(write_text(path, &truth, tools));
done:
    ct_subject_free(&subject[0]);
    ct_subject_free(&subject[1]);
    return status;
}

int main(int count, char **words)
{
    struct tools tools = {.threads = 1};
    struct options options;
    cutis_status status = CUTIS_OK;
    const char *const *arguments = (const char *const *)words + 1;

    ct_options_default(&options);
    TRY(ct_options_read(&options, count - 1, arguments, &tools));
    if (options.help) {
        ct_options_help();
        return 0;
    }
    tools.threads = options.scene.threads;
    TRY(options.pair ? run_pair(&options, &tools) : run_one(&options, &tools));
done:
    if (status != CUTIS_OK)
        fprintf(stderr, "cutis-phantom: %s\n", tools.sentence);
    return exit_code(status);
}
