/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The command line: words into a scene, and the help, both by the table.
 */

#include "phantom/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ct_options_help(void)
{
    printf("cutis-phantom draws a face whose skin is known.\n\n"
           "    cutis-phantom [OPTION]... -o FILE [--truth FILE]\n"
           "    cutis-phantom pair [OPTION]... -o FOLDER\n\n"
           "A pair is the same person before and after a treatment "
           "(--treat-...), with a\nslightly different capture: before.jpg, "
           "after.jpg and truth.json.\n\n");
    for (int i = 0; i < ct_options_count(); i++) {
        const struct option *option = ct_option_at(i);
        char left[40];
        snprintf(left, sizeof(left), "--%s%s%s", option->name,
                 option->argument ? " " : "",
                 option->argument ? option->argument : "");
        printf("  %-24s %s\n", left, option->help);
    }
}

/* ---- Parsing ------------------------------------------------------------- */

/* A number in range; moves *text past it. */
static bool read_number(const char **text, const struct option *option,
                        double *out)
{
    char *end;
    const double v = strtod(*text, &end);
    if (end == *text || !(v >= option->low && v <= option->high))
        return false;
    *text = end;
    *out = v;
    return true;
}

/* `count` numbers with commas between. */
static bool read_list(const char *text, const struct option *option,
                      double *out, int count)
{
    for (int i = 0; i < count; i++) {
        if (i && *text++ != ',')
            return false;
        if (!read_number(&text, option, &out[i]))
            return false;
    }
    return *text == 0;
}

static bool read_lamps(const char *text, const struct option *option,
                       struct camera *camera)
{
    camera->lamps = 0;
    do {
        double v[3];
        if (camera->lamps == CT_LAMPS)
            return false;
        for (int i = 0; i < 3; i++) {
            if (i && *text++ != ',')
                return false;
            if (!read_number(&text, option, &v[i]))
                return false;
        }
        camera->lamp[camera->lamps++] = (struct lamp){v[0], v[1], v[2]};
    } while (*text++ == '/');
    return text[-1] == 0;
}

static bool read_jpeg(const char *text, const struct option *option,
                      struct output *output)
{
    double quality;
    if (!read_number(&text, option, &quality))
        return false;
    if (!strcmp(text, ",420") || !strcmp(text, ",422") || !strcmp(text, ",444"))
        output->subsampling = (int)strtol(text + 1, NULL, 10);
    else if (*text)
        return false;
    output->kind = CT_FILE_JPEG;
    output->quality = (int)quality;
    output->bits = 8;
    return true;
}

static bool read_size(const char *text, const struct option *option,
                      struct camera *camera)
{
    double width, height;
    if (!read_number(&text, option, &width) || *text++ != 'x' ||
        !read_number(&text, option, &height) || *text)
        return false;
    camera->width = (int)width;
    camera->height = (int)height;
    return true;
}

static bool read_seed(const char *text, uint64_t *out)
{
    char *end;
    *out = strtoull(text, &end, 10);
    return end != text && *end == 0 && *text != '-';
}

static bool set_text(char *to, const char *text, int room)
{
    if (strlen(text) >= (size_t)room)
        return false;
    memcpy(to, text, strlen(text) + 1);
    return true;
}

/* One option's value into its place; false if it is not one. */
static bool set(struct options *options, const struct option *option,
                const char *text)
{
    char *place = (char *)options + option->offset;
    double v = 0.0;
    switch (option->type) {
    case CT_O_NUMBER:
        return read_list(text, option, (double *)(void *)place, 1);
    case CT_O_LIST:
        return read_list(text, option, (double *)(void *)place, option->length);
    case CT_O_TONE:
        options->tone = read_list(text, option, &options->ita, 1);
        return options->tone;
    case CT_O_WHOLE:
    case CT_O_PNG:
        if (!read_list(text, option, &v, 1) || v != floor(v))
            return false;
        if (option->type == CT_O_PNG)
            options->scene.output.kind = CT_FILE_PNG;
        *(int *)(void *)place = (int)v;
        return option->type == CT_O_WHOLE || v == 8.0 || v == 16.0;
    case CT_O_SEED:
        return read_seed(text, (uint64_t *)(void *)place);
    case CT_O_TEXT:
        return set_text(place, text, option->length);
    case CT_O_LAMP:
        return read_lamps(text, option, &options->scene.camera);
    case CT_O_JPEG:
        return read_jpeg(text, option, &options->scene.output);
    case CT_O_SIZE:
        return read_size(text, option, &options->scene.camera);
    case CT_O_YES:
        *(bool *)(void *)place = true;
        return true;
    }
    return false;
}

static const struct option *find(const char *name)
{
    if (!strcmp(name, "-o"))
        name = "--output";
    for (int i = 0; i < ct_options_count(); i++)
        if (!strncmp(name, "--", 2) && !strcmp(name + 2, ct_option_at(i)->name))
            return ct_option_at(i);
    return NULL;
}

/* In the lower left corner, or beside the neck where there is room. */
static void place_card(struct camera *camera)
{
    if (camera->card[2] >= 0.0)
        return;
    const double side = 28.0, margin = 4.0 + 0.5 * side;
    const double left = 0.5 * camera->width / camera->px_per_mm - margin;
    const double down = 0.5 * camera->height / camera->px_per_mm - margin;
    camera->card[0] = -fmin(left, 118.0);
    camera->card[1] = -fmin(down, 128.0);
    camera->card[2] = side;
}

/* What follows from several options together. */
static void finish(struct options *options)
{
    struct scene *scene = &options->scene;
    if (options->tone)
        scene->person.melanin =
            ct_melanin_of_ita(options->ita, scene->person.polarised);
    place_card(&scene->camera);
}

cutis_status ct_options_read(struct options *options, int count,
                             const char *const *words, struct tools *tools)
{
    for (int i = 0; i < count; i++) {
        if (!strcmp(words[i], "--help") || !strcmp(words[i], "-h")) {
            options->help = true;
            return CUTIS_OK;
        }
        if (i == 0 && !strcmp(words[i], "pair")) {
            options->pair = true;
            continue;
        }
        const struct option *option = find(words[i]);
        if (!option)
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "%s is not an option; see --help", words[i]);
        const char *text = "";
        if (option->argument) {
            if (++i == count)
                return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "--%s needs %s",
                               option->name, option->argument);
            text = words[i];
        }
        if (!set(options, option, text))
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "\"%s\" is not a value for --%s %s", text,
                           option->name, option->argument);
    }
    if (!options->output[0])
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "where to? give -o; see --help");
    finish(options);
    return CUTIS_OK;
}
