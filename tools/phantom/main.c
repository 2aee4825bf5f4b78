/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * cutis-phantom: photographs of faces whose skin is known.
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

#include "phantom/maps.h"
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

static const char *const prefixes[2] = {"before-", "after-"};

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

static cutis_status make_folder(const char *path, struct tools *tools)
{
    if (path[0] && mkdir(path, 0777) && errno != EEXIST)
        return ct_fail(tools, CUTIS_ERROR_IO, "%s cannot be made: %s", path,
                       strerror(errno));
    return CUTIS_OK;
}

/* The subject's maps, if they were asked for. */
static cutis_status write_maps(const struct options *options,
                               const struct subject *subject,
                               const char *prefix, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    char path[CT_PATH];
    if (!options->maps[0])
        return CUTIS_OK;
    TRY(make_folder(options->maps, tools));
    TRY(join(path, options->maps, prefix, tools));
    TRY(ct_maps_write(subject, path, tools));
done:
    return status;
}

static cutis_status run_one(const struct options *options, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct subject subject = {0};
    TRY(ct_subject_create(&subject, &options->scene, tools));
    TRY(ct_subject_shoot(&subject, options->output,
                         options->clean[0] ? options->clean : NULL, tools));
    TRY(write_maps(options, &subject, "", tools));
    if (options->truth[0]) {
        const struct truth truth = {
            .count = 1,
            .subject = {&subject, NULL},
            .name = {base_name(options->output), NULL},
            .maps = {options->maps[0] ? "" : NULL, NULL}};
        TRY(write_text(options->truth, &truth, tools));
    }
done:
    ct_subject_free(&subject);
    return status;
}

/* One capture of a pair, with what else is wanted of it. */
static cutis_status run_half(const struct options *options, int half,
                             struct subject *subject, const char *name,
                             struct tools *tools)
{
    static const char *const clean_names[2] = {"before.npy", "after.npy"};
    cutis_status status = CUTIS_OK;
    struct scene scene = options->scene;
    char path[CT_PATH], clean[CT_PATH];
    if (half == 0) {
        ct_untreat(&scene);
    } else {
        ct_retake(&scene, options->retake);
        scene.expression.smile += options->after.smile;
        scene.expression.brows += options->after.brows;
        scene.camera.focus += options->after_focus;
    }
    TRY(join(path, options->output, name, tools));
    TRY(make_folder(options->clean, tools));
    TRY(join(clean, options->clean, clean_names[half], tools));
    TRY(ct_subject_create(subject, &scene, tools));
    TRY(ct_subject_shoot(subject, path, options->clean[0] ? clean : NULL,
                         tools));
    TRY(write_maps(options, subject, prefixes[half], tools));
done:
    return status;
}

static cutis_status run_pair(const struct options *options, struct tools *tools)
{
    static const char *const names[2][2] = {{"before.jpg", "after.jpg"},
                                            {"before.png", "after.png"}};
    const bool png = options->scene.output.kind == CT_FILE_PNG;
    cutis_status status = CUTIS_OK;
    struct subject subject[2] = {{.mesh = {0}}, {.mesh = {0}}};
    struct truth truth = {.count = 2, .subject = {&subject[0], &subject[1]}};
    char path[CT_PATH];

    TRY(make_folder(options->output, tools));
    for (int i = 0; i < 2; i++) {
        truth.name[i] = names[png][i];
        truth.maps[i] = options->maps[0] ? prefixes[i] : NULL;
        TRY(run_half(options, i, &subject[i], names[png][i], tools));
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
