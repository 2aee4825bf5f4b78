/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * manual man|bash|zsh|fish: writes the manual page cutis(1), or completions for
 * a shell, from the tables that the command itself goes by.
 */

#include <stdio.h>
#include <string.h>

#include "manual.h"

/* Text for roff: no escape, no minus that turns into a dash, and no line that
 * starts like a request. */
static void print_text(const char *text)
{
    for (const char *at = text; *at; at++) {
        if ((*at == '.' || *at == '\'') && (at == text || at[-1] == '\n'))
            fputs("\\&", stdout);
        if (*at == '\\')
            fputs("\\e", stdout);
        else if (*at == '-')
            fputs("\\-", stdout);
        else
            putchar(*at);
    }
}

static void print_name(const struct flag *flag)
{
    if (flag->letter)
        printf("\\fB\\-%c\\fR, ", flag->letter);
    fputs("\\fB\\-\\-", stdout);
    print_text(flag->name);
    fputs("\\fR", stdout);
    if (flag->value) {
        fputs(" \\fI", stdout);
        print_text(flag->value);
        fputs("\\fR", stdout);
    }
    putchar('\n');
}

static void print_synopsis(void)
{
    const struct command *command;
    puts(".SH SYNOPSIS");
    for (int i = 0; (command = command_at(i)); i++) {
        printf("%s.B cutis ", i ? ".br\n" : "");
        print_text(command->name);
        fputs("\n[\\fIOPTION\\fR]... \\fI", stdout);
        print_text(command->arguments);
        puts("\\fR");
    }
}

static void print_commands(void)
{
    const struct command *command;
    const struct flag *flag;
    puts(".SH COMMANDS");
    for (int i = 0; (command = command_at(i)); i++) {
        fputs(".TP\n\\fB", stdout);
        print_text(command->name);
        fputs("\\fR \\fI", stdout);
        print_text(command->arguments);
        puts("\\fR");
        print_text(command->purpose);
        fputs(".\nTakes", stdout);
        for (int k = 0; (flag = flag_at(k)); k++)
            if (flag->commands & command->bit) {
                fputs("\n\\-\\-", stdout);
                print_text(flag->name);
            }
        puts(".");
    }
}

static void print_page(void)
{
    const struct flag *flag;
    printf(".TH CUTIS 1 \"\" \"cutis %s\" \"User Commands\"\n"
           ".SH NAME\n"
           "cutis \\- measure visible skin change between photographs\n",
           cutis_version());
    print_synopsis();
    puts(".SH DESCRIPTION\n"
         "Finds the face in photographs, maps the same skin in them, and "
         "measures redness,\n"
         "pigment, texture, pores, wrinkles and shine.\n"
         "Every change comes with its unit, its 95 % interval and a verdict.\n"
         "It is not a diagnostic device.");
    print_commands();
    puts(".SH OPTIONS");
    for (int i = 0; (flag = flag_at(i)); i++) {
        puts(".TP");
        print_name(flag);
        print_text(flag->help);
        puts(".");
    }
    puts(".SH EXIT STATUS");
    print_text(options_exits);
    puts("\n.SH EXAMPLES\n"
         ".nf\n"
         "cutis compare before.jpg after.jpg \\-o pair.json \\-o page.html\n"
         "cutis check before.jpg after.jpg\n"
         "cutis measure face.png \\-f json\n"
         ".fi");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } kinds[] = {{"man", print_page},
                 {"bash", complete_bash},
                 {"zsh", complete_zsh},
                 {"fish", complete_fish}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (argc == 2 && !strcmp(argv[1], kinds[i].name)) {
            kinds[i].print();
            return fflush(stdout) != 0;
        }
    return 2;
}
