/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The command line, as one table: it parses, and it prints the help.
 */

#include "phantom/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct scene usual = {
    .person = {.seed = 1,
               .melanin = 0.065,
               .blood = 0.0206,
               .unevenness = 1.0,
               .pores = 45.0,
               .pore_size = 0.33,
               .pore_depth = 0.065,
               .relief = 0.06,
               .wrinkles = 0.6,
               .wrinkle_depth = 0.11,
               .spots = 60.0,
               .spot_melanin = 0.28,
               .redness = 0.20,
               .papules = 4.0,
               .shine = 1.0,
               .shape = 1.0,
               .hair = 1.0},
    .treatment = {.blood = 1.0,
                  .redness = 1.0,
                  .papules = 1.0,
                  .melanin = 1.0,
                  .spots = 1.0,
                  .relief = 1.0,
                  .pores = 1.0,
                  .pore_size = 1.0,
                  .wrinkles = 1.0,
                  .shine = 1.0,
                  .regions = "face"},
    .camera = {.width = 3000,
               .height = 4000,
               .px_per_mm = 16.0,
               .distance = 1000.0,
               .lamps = 3,
               .lamp = {{-40.0, 25.0, 0.74},
                        {44.0, 10.0, 0.30},
                        {0.0, 50.0, 0.10}},
               .ambient = 0.30,
               .exposure = 0.0,
               .white = {1.0, 1.0, 1.0},
               .curve = 1.0,
               .blur = 0.06,
               .noise = 0.008,
               .read_noise = 0.0008,
               .card = {0.0, 0.0, -1.0},
               .noise_seed = 0},
    .output = {.kind = CT_FILE_JPEG,
               .quality = 95,
               .subsampling = 444,
               .bits = 8},
    .threads = 2,
};

void ct_options_default(struct options *options)
{
    *options = (struct options){.scene = usual, .retake = 1.0};
}

/* ---- The table ----------------------------------------------------------- */

enum type { NUMBER, WHOLE, SEED, TONE, TEXT, LIST, LAMP, JPEG, PNG, SIZE, YES };

struct option {
    const char *name, *argument, *help;
    enum type type;
    size_t offset; /* in struct options */
    double low, high;
    int length; /* of a list */
};

#define AT(member) offsetof(struct options, member)

static const struct option table[] = {
    {"seed", "N", "who it is, and where everything lies", SEED,
     AT(scene.person.seed), 0, 0, 0},
    {"tone", "ITA", "typology angle of the even skin, degrees", TONE,
     AT(scene.person.melanin), -75, 75, 0},
    {"melanin", "F", "or its volume fraction of melanin", NUMBER,
     AT(scene.person.melanin), 0.008, 0.36, 0},
    {"blood", "F", "volume fraction of blood, usually 0.0206", NUMBER,
     AT(scene.person.blood), 0.002, 0.15, 0},
    {"unevenness", "K", "natural variation of colour, 1 = usual", NUMBER,
     AT(scene.person.unevenness), 0, 4, 0},
    {"pores", "N", "per cm2 of cheek", NUMBER, AT(scene.person.pores), 0, 250,
     0},
    {"pore-size", "MM", "median width at half depth", NUMBER,
     AT(scene.person.pore_size), 0.05, 1.5, 0},
    {"pore-depth", "MM", "median depth", NUMBER, AT(scene.person.pore_depth), 0,
     0.5, 0},
    {"relief", "SLOPE", "RMS slope of the fine relief", NUMBER,
     AT(scene.person.relief), 0, 0.5, 0},
    {"wrinkles", "K", "how many: 0 none, 1 middle-aged, 2 old", NUMBER,
     AT(scene.person.wrinkles), 0, 2, 0},
    {"wrinkle-depth", "MM", "of the deepest", NUMBER,
     AT(scene.person.wrinkle_depth), 0, 0.6, 0},
    {"spots", "N", "pigment spots on the face", NUMBER, AT(scene.person.spots),
     0, 3000, 0},
    {"spot-melanin", "LN", "ln of a median spot's melanin ratio", NUMBER,
     AT(scene.person.spot_melanin), 0, 1.5, 0},
    {"redness", "LN", "ln of the blood ratio where erythema is full", NUMBER,
     AT(scene.person.redness), 0, 1.5, 0},
    {"papules", "N", "inflamed papules on the face", NUMBER,
     AT(scene.person.papules), 0, 500, 0},
    {"shine", "K", "sheen of the surface, 1 = usual", NUMBER,
     AT(scene.person.shine), 0, 5, 0},
    {"shape", "K", "how far from the average face, 1 = usual", NUMBER,
     AT(scene.person.shape), 0, 1.5, 0},
    {"hair", "K", "0 = no hair, brows or lashes", NUMBER, AT(scene.person.hair),
     0, 1.5, 0},
    {"polarised", NULL, "through crossed polarisers", YES,
     AT(scene.person.polarised), 0, 0, 0},

    {"treat-blood", "X", "treatment: all blood times X", NUMBER,
     AT(scene.treatment.blood), 0.2, 4, 0},
    {"treat-redness", "X", "erythema times X", NUMBER,
     AT(scene.treatment.redness), 0, 4, 0},
    {"treat-papules", "X", "papules' strength times X", NUMBER,
     AT(scene.treatment.papules), 0, 4, 0},
    {"treat-melanin", "X", "all melanin times X", NUMBER,
     AT(scene.treatment.melanin), 0.3, 3, 0},
    {"treat-spots", "X", "spots' ln melanin ratio times X", NUMBER,
     AT(scene.treatment.spots), 0, 4, 0},
    {"treat-relief", "X", "fine relief times X", NUMBER,
     AT(scene.treatment.relief), 0, 4, 0},
    {"treat-pores", "X", "pores' depth times X", NUMBER,
     AT(scene.treatment.pores), 0, 4, 0},
    {"treat-pore-size", "X", "pores' width times X", NUMBER,
     AT(scene.treatment.pore_size), 0.3, 3, 0},
    {"treat-wrinkles", "X", "wrinkles' depth times X", NUMBER,
     AT(scene.treatment.wrinkles), 0, 4, 0},
    {"treat-shine", "X", "sheen times X", NUMBER, AT(scene.treatment.shine), 0,
     5, 0},
    {"treated", "REGIONS", "where, e.g. cheek_l,nose; usually face", TEXT,
     AT(scene.treatment.regions), 0, 0, 256},

    {"size", "WxH", "pixels of the picture", SIZE, AT(scene.camera.width), 64,
     12000, 0},
    {"px-per-mm", "S", "in the plane of the eyes", NUMBER,
     AT(scene.camera.px_per_mm), 0.5, 60, 0},
    {"distance", "MM", "from the camera to the eyes", NUMBER,
     AT(scene.camera.distance), 300, 10000, 0},
    {"yaw", "DEG", "> 0 looks to the right of the picture", NUMBER,
     AT(scene.camera.yaw), -60, 60, 0},
    {"pitch", "DEG", "> 0 looks up", NUMBER, AT(scene.camera.pitch), -45, 45,
     0},
    {"roll", "DEG", "> 0 leans to the right of the picture", NUMBER,
     AT(scene.camera.roll), -45, 45, 0},
    {"shift", "X,Y", "mm that the head is off the middle", LIST,
     AT(scene.camera.x), -500, 500, 2},
    {"light", "AZ,EL,K[/...]", "one to three lamps: degrees, strength", LAMP,
     AT(scene.camera.lamp), -180, 180, 0},
    {"ambient", "K", "strength of the light from all sides", NUMBER,
     AT(scene.camera.ambient), 0, 10, 0},
    {"exposure", "STOPS", "0 = a card of 0.18 comes out as 0.18", NUMBER,
     AT(scene.camera.exposure), -5, 5, 0},
    {"wb", "R,G,B", "gains left by the white balance", LIST,
     AT(scene.camera.white), 0.2, 5, 3},
    {"curve", "G", "exponent of the tone curve", NUMBER, AT(scene.camera.curve),
     0.5, 2, 0},
    {"blur", "MM", "sigma of the lens's point spread at the eyes", NUMBER,
     AT(scene.camera.blur), 0, 3, 0},
    {"noise", "K", "SD / signal at 0.35", NUMBER, AT(scene.camera.noise), 0,
     0.5, 0},
    {"read-noise", "K", "SD in the dark", NUMBER, AT(scene.camera.read_noise),
     0, 0.1, 0},
    {"noise-seed", "N", "of the sensor's noise", SEED,
     AT(scene.camera.noise_seed), 0, 0, 0},
    {"card", "X,Y,MM", "grey card: middle from the picture's, side; 0 = none",
     LIST, AT(scene.camera.card), -1000, 1000, 3},
    {"oversample", "N", "drawn pixels a pixel and axis; 0 = as needed", WHOLE,
     AT(scene.camera.oversample), 0, 8, 0},

    {"jpeg", "Q[,420]", "JPEG of that quality, chroma 444, 422 or 420", JPEG,
     AT(scene.output.quality), 1, 100, 0},
    {"png", "BITS", "PNG of 8 or 16 bits instead", PNG, AT(scene.output.bits),
     8, 16, 0},
    {"p3", NULL, "Display P3, with its profile", YES,
     AT(scene.output.display_p3), 0, 0, 0},
    {"threads", "N", "how many", WHOLE, AT(scene.threads), 1, 256, 0},
    {"output", "FILE", "the picture (-o); for a pair, a folder", TEXT,
     AT(output), 0, 0, CT_PATH},
    {"truth", "FILE", "everything that is known about it, as JSON", TEXT,
     AT(truth), 0, 0, CT_PATH},
    {"retake", "K", "pair: how unlike the second capture is, 1 = usual", NUMBER,
     AT(retake), 0, 5, 0},
};

enum { OPTIONS = sizeof(table) / sizeof(table[0]) };

void ct_options_help(void)
{
    printf("cutis-phantom draws a face whose skin is known.\n\n"
           "    cutis-phantom [OPTION]... -o FILE [--truth FILE]\n"
           "    cutis-phantom pair [OPTION]... -o FOLDER\n\n"
           "A pair is the same person before and after a treatment "
           "(--treat-...), with a\nslightly different capture: before.jpg, "
           "after.jpg and truth.json.\n\n");
    for (int i = 0; i < OPTIONS; i++) {
        char left[40];
        snprintf(left, sizeof(left), "--%s%s%s", table[i].name,
                 table[i].argument ? " " : "",
                 table[i].argument ? table[i].argument : "");
        printf("  %-24s %s\n", left, table[i].help);
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
    case NUMBER:
        return read_list(text, option, (double *)(void *)place, 1);
    case LIST:
        return read_list(text, option, (double *)(void *)place, option->length);
    case TONE:
        options->tone = read_list(text, option, &options->ita, 1);
        return options->tone;
    case WHOLE:
    case PNG:
        if (!read_list(text, option, &v, 1) || v != floor(v))
            return false;
        if (option->type == PNG)
            options->scene.output.kind = CT_FILE_PNG;
        *(int *)(void *)place = (int)v;
        return option->type == WHOLE || v == 8.0 || v == 16.0;
    case SEED:
        return read_seed(text, (uint64_t *)(void *)place);
    case TEXT:
        return set_text(place, text, option->length);
    case LAMP:
        return read_lamps(text, option, &options->scene.camera);
    case JPEG:
        return read_jpeg(text, option, &options->scene.output);
    case SIZE:
        return read_size(text, option, &options->scene.camera);
    case YES:
        *(bool *)(void *)place = true;
        return true;
    }
    return false;
}

static const struct option *find(const char *name)
{
    if (!strcmp(name, "-o"))
        name = "--output";
    for (int i = 0; i < OPTIONS; i++)
        if (!strncmp(name, "--", 2) && !strcmp(name + 2, table[i].name))
            return &table[i];
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
