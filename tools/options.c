/* SPDX-License-Identifier: BSD-2-Clause */

#include "options.h"

#include <string.h>
#include <unistd.h>

#include "flags.h"

static int command_bit(const char *name)
{
    const struct command *command;
    for (int i = 0; (command = command_at(i)); i++)
        if (!strcmp(command->name, name))
            return command->bit;
    return 0;
}

/* "batch" and "run" are one command. */
const char *options_command(const char *const *words, int count, int *used)
{
    const struct command *command, *found = NULL;
    *used = 1;
    for (int i = 0; count && (command = command_at(i)); i++) {
        const char *const space = strchr(command->name, ' ');
        if (!space && !found && !strcmp(command->name, words[0]))
            found = command;
        const size_t size = space ? (size_t)(space - command->name) : 0;
        if (!space || count < 2 || strcmp(space + 1, words[1]) != 0 ||
            strlen(words[0]) != size ||
            memcmp(command->name, words[0], size) != 0)
            continue;
        *used = 2;
        found = command;
    }
    return found ? found->name : NULL;
}

/* ---- Parsing ------------------------------------------------------------- */

static const struct flag *find_long(const char *name, size_t size)
{
    const struct flag *flag;
    for (int i = 0; (flag = flag_at(i)); i++)
        if (strlen(flag->name) == size && !memcmp(flag->name, name, size))
            break;
    return flag;
}

static const struct flag *find_letter(char letter)
{
    const struct flag *flag;
    for (int i = 0; (flag = flag_at(i)); i++)
        if (flag->letter && flag->letter == letter)
            break;
    return flag;
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
    if (!flag->take(options, value))
        return wrong("cannot take that value", word);
    if (flag->commands & FIXED && options->said_count < MOST_SAID) {
        const char **const said = options->said[options->said_count++];
        said[0] = flag->name;
        said[1] = value;
    }
    return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const char *const *const words = (const char *const *)argv;
    int used = 1;
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
    if (argc > 1 && options->command == argv[1])
        options->command = options_command(words + 1, argc - 1, &used);
    if (!options->command)
        return wrong("no such command", argv[1]);

    /* Words that are not flags move to the front of argv. */
    const int first = 1 + used;
    int kept = first;
    bool only_files = false;
    for (int at = first; at < argc; at++) {
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
    if (!strcmp(options->command, "calibrate"))
        options->format = CUTIS_FORMAT_JSON; /* it has no other */
    options->files = words + first;
    options->file_count = argc > first ? kept - first : 0;
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

const char options_exits[] =
    "0 done, 1 some failed, 2 usage, 3 output not writable, 4 incomplete, 5 not"
    "\ncomparable, 65 bad input, 66 missing input, 69 not built in, 70 "
    "internal,"
    " 74\nreading or writing failed, 75 try again, 77 over a limit.";

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
    const struct command *one;
    for (int i = 0; (one = command_at(i)); i++)
        if (!command || !strcmp(command, one->name))
            fprintf(out, "  cutis %-12s %-14s %s\n", one->name, one->arguments,
                    one->purpose);
    fputc('\n', out);
    const struct flag *flag;
    for (int i = 0; (flag = flag_at(i)); i++)
        if (!command || flag->commands & bit)
            print_flag(out, flag);
    fprintf(out, "\nExit: %s\n", options_exits);
    return true;
}
