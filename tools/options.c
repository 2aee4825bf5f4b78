/* SPDX-License-Identifier: BSD-2-Clause */

#include "options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- The commands -------------------------------------------------------- */

enum {
    COMPARE = 1,
    MEASURE = 2,
    INSPECT = 4,
    OTHERS = 8,
    CHECK = 16,
    PHOTO = COMPARE | MEASURE | INSPECT | CHECK
};

static const struct {
    const char *name, *arguments, *purpose;
    int bit;
} commands[] = {
    {"compare", "BEFORE AFTER", "what changed between two photographs",
     COMPARE},
    {"measure", "PHOTO...", "the readings of each photograph", MEASURE},
    {"check", "PHOTO [PHOTO]", "may they be measured and compared? why not?",
     CHECK},
    {"inspect", "PHOTO...", "what a file holds and what is used of it",
     INSPECT},
    {"metrics", "", "what can be measured, with units and limits", OTHERS},
    {"version", "", "the version of the program and its build", OTHERS},
    {"help", "[COMMAND]", "this text", OTHERS},
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static int command_bit(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (!strcmp(commands[i].name, name))
            return commands[i].bit;
    return 0;
}

/* ---- The flags ----------------------------------------------------------- */

typedef bool (*take_fn)(struct options *options, const char *value);

static bool take_number(double *into, const char *text, double low, double high)
{
    char *end;
    errno = 0;
    const double value = strtod(text, &end);
    if (errno || end == text || *end || !(value >= low && value <= high))
        return false;
    *into = value;
    return true;
}

static bool take_count(uint64_t *into, const char *text, double high)
{
    double value;
    if (!take_number(&value, text, 0.0, high) || value != floor(value))
        return false;
    *into = (uint64_t)value;
    return true;
}

/* The place of `text` among the words, or -1. */
static int find_word(const char *const *words, const char *text)
{
    for (int i = 0; words[i]; i++)
        if (!strcmp(words[i], text))
            return i;
    return -1;
}

static bool take_when(enum when *into, const char *text)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    const int at = find_word(words, text);
    if (at >= 0)
        *into = (enum when)at;
    return at >= 0;
}

static bool push(const char **list, int *count, int most, const char *value)
{
    if (*count == most)
        return false;
    list[(*count)++] = value;
    return true;
}

static bool take_output(struct options *o, const char *value)
{
    return push(o->output, &o->output_count, MOST_OUTPUTS, value);
}

static bool take_format(struct options *o, const char *value)
{
    static const char *const words[] = {"text", "json",  "csv",
                                        "html", "items", NULL};
    o->format = find_word(words, value);
    return o->format >= 0;
}

static bool take_maps(struct options *o, const char *value)
{
    o->maps = value;
    return *value;
}

static bool take_threads(struct options *o, const char *value)
{
    uint64_t threads;
    if (!take_count(&threads, value, 256) || !threads)
        return false;
    o->session.threads = (uint32_t)threads;
    return true;
}

static bool take_preset(struct options *o, const char *value)
{
    o->compare.preset = value;
    return true;
}

static bool take_treated(struct options *o, const char *value)
{
    o->compare.treated = value;
    return true;
}

static bool take_reference(struct options *o, const char *value)
{
    o->compare.reference = value;
    return true;
}

static bool take_days(struct options *o, const char *value)
{
    return take_number(&o->compare.days, value, 0.0, 36525.0);
}

static bool take_card(struct options *o, const char *value)
{
    return push(o->card, &o->card_count, PHOTOS, value);
}

static bool take_reflectance(struct options *o, const char *value)
{
    return take_number(&o->card_reflectance, value, 0.01, 1.0);
}

static bool take_chart(struct options *o, const char *value)
{
    return push(o->chart, &o->chart_count, PHOTOS, value);
}

static bool take_edition(struct options *o, const char *value)
{
    static const char *const words[] = {"after-2014", "before-2014", NULL};
    const int at = find_word(words, value);
    o->chart_edition =
        at > 0 ? CUTIS_CHART_BEFORE_2014 : CUTIS_CHART_AFTER_2014;
    return at >= 0;
}

static bool take_backdrop(struct options *o, const char *value)
{
    o->backdrop = CUTIS_BACKDROP_SAME;
    return !strcmp(value, "same");
}

static bool take_polarised(struct options *o, const char *value)
{
    (void)value;
    o->compare.polarised = 1;
    return true;
}

static bool take_ipd(struct options *o, const char *value)
{
    return take_number(&o->ipd_mm, value, 30.0, 90.0);
}

static bool take_scale(struct options *o, const char *value)
{
    return take_number(&o->px_per_mm, value, 0.01, 999.0);
}

static bool take_landmarks(struct options *o, const char *value)
{
    return push(o->landmarks, &o->landmarks_count, PHOTOS, value);
}

static bool take_skin(struct options *o, const char *value)
{
    return push(o->skin, &o->skin_count, PHOTOS, value);
}

static bool take_max_pixels(struct options *o, const char *value)
{
    return take_count(&o->session.max_pixels, value, 1e12);
}

static bool take_truncated(struct options *o, const char *value)
{
    (void)value;
    o->session.allow_damaged = 1;
    return true;
}

static bool take_isa(struct options *o, const char *value)
{
    for (uint32_t isa = 0; isa <= CUTIS_ISA_BEST; isa++)
        if (!strcmp(cutis_isa_name((cutis_isa)isa), value)) {
            o->session.isa = isa;
            return true;
        }
    return false;
}

static bool take_progress(struct options *o, const char *value)
{
    return take_when(&o->progress, value);
}

static bool take_quiet(struct options *o, const char *value)
{
    (void)value;
    return o->quiet = true;
}

static bool take_verbose(struct options *o, const char *value)
{
    (void)value;
    return o->verbose = true;
}

static bool take_help(struct options *o, const char *value)
{
    (void)value;
    return o->help = true;
}

static const struct flag {
    char letter; /* 0 = none */
    int commands;
    const char *name, *value, *help;
    take_fn take;
} flags[] = {
    {'o', PHOTO, "output", "FILE",
     "write here; the name's ending decides the form; repeatable", take_output},
    {'f', PHOTO, "format", "FORM",
     "text or json; csv but for check; items of compare and\n"
     "measure; html of compare",
     take_format},
    {0, COMPARE | MEASURE, "maps", "DIR",
     "write the maps there as PNG, with what their colours mean", take_maps},
    {'j', PHOTO, "threads", "N", "threads to use; default: all", take_threads},
    {0, COMPARE, "preset", "NAME",
     "general, acne_scars, scars, wrinkles, pores, sun_damage,\n"
     "uneven_tone, acne or redness",
     take_preset},
    {0, COMPARE, "treated", "REGIONS", "treated regions, with commas",
     take_treated},
    {0, COMPARE, "reference", "REGIONS", "untreated regions to compare with",
     take_reference},
    {0, COMPARE | CHECK, "days", "N", "days since the last treatment",
     take_days},
    {0, PHOTO, "card", "QUAD",
     "a grey card's corners, x1,y1,…,x4,y4 in pixels; give it twice\n"
     "where it lies differently in the two photographs",
     take_card},
    {0, PHOTO, "card-reflectance", "R", "of that card; default 0.18",
     take_reflectance},
    {0, PHOTO, "chart", "QUAD",
     "corners of a 24-patch colour chart, as for --card; goes before it",
     take_chart},
    {0, PHOTO, "chart-edition", "WHEN",
     "when it was made: after-2014 (default) or before-2014", take_edition},
    {0, PHOTO, "backdrop", "same",
     "the wall behind the head is the same, evenly lit, in both",
     take_backdrop},
    {0, COMPARE, "polarised", NULL, "cross-polarised photographs",
     take_polarised},
    {0, PHOTO, "ipd-mm", "MM", "distance of the pupils; default 63.0",
     take_ipd},
    {0, PHOTO, "px-per-mm", "S", "scale at the face; default: from the face",
     take_scale},
    {0, PHOTO, "landmarks", "FILE",
     "468, 478 or 68 points, a line \"x y\" each; twice as for --card",
     take_landmarks},
    {0, PHOTO, "skin", "FILE|all",
     "a polygon of skin, a line \"x y\" each, or all of the picture;\n"
     "no face is looked for; needs --px-per-mm",
     take_skin},
    {0, PHOTO, "max-pixels", "N", "refuse larger pictures; 0 = no limit",
     take_max_pixels},
    {0, PHOTO, "allow-truncated", NULL, "take what a damaged file still holds",
     take_truncated},
    {0, PHOTO, "isa", "SET", "c, avx2, avx512, neon or best; same numbers",
     take_isa},
    {0, PHOTO, "progress", "WHEN", "auto, always or never", take_progress},
    {'q', PHOTO, "quiet", NULL, "no words, only data", take_quiet},
    {'v', PHOTO, "verbose", NULL, "more words", take_verbose},
    {'h', PHOTO | OTHERS, "help", NULL, "help for this command", take_help},
};

enum { FLAGS = sizeof(flags) / sizeof(*flags) };

/* ---- Parsing ------------------------------------------------------------- */

static const struct flag *find_long(const char *name, size_t size)
{
    for (int i = 0; i < FLAGS; i++)
        if (strlen(flags[i].name) == size && !memcmp(flags[i].name, name, size))
            return &flags[i];
    return NULL;
}

static const struct flag *find_letter(char letter)
{
    for (int i = 0; i < FLAGS; i++)
        if (flags[i].letter && flags[i].letter == letter)
            return &flags[i];
    return NULL;
}

static int wrong(const char *what, const char *word)
{
    fprintf(stderr, "cutis: %s: %s\ncutis: try \"cutis help\"\n", word, what);
    return EXIT_USAGE;
}

/* Takes argv[*at], a flag, and its value if it has one. */
static int take_flag(struct options *options, int argc, char **argv, int *at)
{
    const char *const word = argv[*at];
    const char *value = NULL;
    const struct flag *flag;

    if (word[1] == '-') {
        const size_t size = strcspn(word + 2, "=");
        flag = find_long(word + 2, size);
        value = word[2 + size] ? word + 2 + size + 1 : NULL;
    } else {
        flag = find_letter(word[1]);
        value = word[2] ? word + 2 : NULL;
    }
    if (!flag)
        return wrong("no such option", word);
    if (!(flag->commands & command_bit(options->command)))
        return wrong("not an option of this command", word);
    if (!flag->value && value)
        return wrong("takes no value", word);
    if (flag->value && !value) {
        if (*at + 1 == argc)
            return wrong("needs a value", word);
        value = argv[++*at];
    }
    return flag->take(options, value) ? 0
                                      : wrong("cannot take that value", word);
}

int options_parse(struct options *options, int argc, char **argv)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *options = (struct options){
        .command = argc > 1 ? argv[1] : "help",
        .format = -1,
        .session = CUTIS_OPTIONS_DEFAULT,
        .compare = CUTIS_COMPARE_OPTIONS_DEFAULT,
    };
    options->session.threads = cores < 1     ? 1
                               : cores > 256 ? 256
                                             : (uint32_t)cores;
    if (!strcmp(options->command, "--help") || !strcmp(options->command, "-h"))
        options->command = "help";
    if (!strcmp(options->command, "--version"))
        options->command = "version";
    if (!command_bit(options->command))
        return wrong("no such command", options->command);

    int kept = 2; /* words that are not flags move to the front of argv */
    bool only_files = false;
    for (int at = 2; at < argc; at++) {
        if (!only_files && !strcmp(argv[at], "--")) {
            only_files = true;
        } else if (!only_files && argv[at][0] == '-' && argv[at][1]) {
            const int code = take_flag(options, argc, argv, &at);
            if (code)
                return code;
        } else {
            argv[kept++] = argv[at];
        }
    }
    options->files = (const char *const *)argv + 2;
    options->file_count = argc > 2 ? kept - 2 : 0;
    return 0;
}

/* ---- Help ---------------------------------------------------------------- */

static void print_flag(FILE *out, const struct flag *flag)
{
    char left[64];
    snprintf(left, sizeof(left), "  %c%c%s --%s%s%s", flag->letter ? '-' : ' ',
             flag->letter ? flag->letter : ' ', flag->letter ? "," : " ",
             flag->name, flag->value ? " " : "",
             flag->value ? flag->value : "");
    fprintf(out, "%-32s", left);
    for (const char *at = flag->help; *at; at++) {
        fputc(*at, out);
        if (*at == '\n')
            fprintf(out, "%32s", "");
    }
    fputc('\n', out);
}

bool options_help(FILE *out, const char *command)
{
    const int bit = command ? command_bit(command) : 0;
    if (command && !bit)
        return false;

    if (!command)
        fputs("cutis measures visible skin change between photographs of a "
              "face, and says how\nsure it is. It is not a diagnostic "
              "device.\n\n",
              out);
    for (int i = 0; i < COMMANDS; i++)
        if (!command || !strcmp(command, commands[i].name))
            fprintf(out, "  cutis %-8s %-14s %s\n", commands[i].name,
                    commands[i].arguments, commands[i].purpose);
    fputc('\n', out);
    for (int i = 0; i < FLAGS; i++)
        if (!command || flags[i].commands & bit)
            print_flag(out, &flags[i]);
    fputs("\nExit: 0 done, 1 some failed, 2 usage, 3 output not writable, 5 not"
          " comparable,\n65 bad input, 66 missing input, 69 not built in, 70"
          " internal, 74 reading or writing\nfailed, 75 try again, 77 over a"
          " limit.\n",
          out);
    return true;
}
