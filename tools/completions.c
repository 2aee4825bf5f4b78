/* SPDX-License-Identifier: BSD-2-Clause */

/* Completions for bash, zsh and fish.  A command of two words ("batch run") is
 * completed as the first one's second word. */

#include <stdio.h>
#include <string.h>

#include "manual.h"

/* What a value is: "FILE", "DIR" and such are paths; others are typed. */
static bool is_folder(const struct flag *flag)
{
    return flag->value && !strcmp(flag->value, "DIR");
}

static bool is_path(const struct flag *flag)
{
    return flag->value && (is_folder(flag) || strstr(flag->value, "FILE"));
}

static const char *second_word(const struct command *command)
{
    const char *const space = strchr(command->name, ' ');
    return space ? space + 1 : NULL;
}

/* Up to the first line end, in quotes of that kind left out. */
static void print_brief(const char *text, const char *without)
{
    for (; *text && *text != '\n'; text++)
        if (!strchr(without, *text))
            putchar(*text);
}

/* ---- bash ---------------------------------------------------------------- */

static void print_words(bool second)
{
    const struct command *command;
    for (int i = 0; (command = command_at(i)); i++)
        if (second ? second_word(command) != NULL : !second_word(command))
            printf(" %s", second ? second_word(command) : command->name);
}

/* "-o|--output|...": the flags whose value is such. */
static void print_pattern(bool (*is)(const struct flag *flag))
{
    const struct flag *flag;
    const char *between = "";
    for (int i = 0; (flag = flag_at(i)); i++) {
        if (!is(flag))
            continue;
        if (flag->letter)
            printf("%s-%c|--%s", between, flag->letter, flag->name);
        else
            printf("%s--%s", between, flag->name);
        between = "|";
    }
}

static bool is_typed(const struct flag *flag)
{
    return flag->value && !is_path(flag);
}

static bool is_file(const struct flag *flag)
{
    return is_path(flag) && !is_folder(flag);
}

static void print_flags_of(const struct command *command)
{
    const struct flag *flag;
    printf("    '%s') flags='", command->name);
    for (int i = 0; (flag = flag_at(i)); i++)
        if (flag->commands & command->bit) {
            if (flag->letter)
                printf("-%c ", flag->letter);
            printf("--%s ", flag->name);
        }
    puts("' ;;");
}

void complete_bash(void)
{
    const struct command *command;
    puts("# bash completion for cutis\n"
         "_cutis()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} flags=\n"
         "    local before=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "    local command=${COMP_WORDS[1]}\n"
         "    COMPREPLY=()\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    fputs("        COMPREPLY=($(compgen -W '", stdout);
    print_words(false);
    puts("' -- \"$word\"))\n        return\n    fi");
    fputs("    case $before in\n    ", stdout);
    print_pattern(is_file);
    fputs(")\n        COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n    ",
          stdout);
    print_pattern(is_folder);
    fputs(")\n        COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n    ",
          stdout);
    print_pattern(is_typed);
    puts(")\n        return ;;\n    esac\n"
         "    case ${COMP_WORDS[2]-} in");
    fputs("    ", stdout);
    for (int i = 0, n = 0; (command = command_at(i)); i++)
        if (second_word(command))
            printf("%s%s", n++ ? "|" : "", second_word(command));
    puts(") [ \"$command\" != batch ] ||\n"
         "        command=\"batch ${COMP_WORDS[2]}\" ;;\n"
         "    esac\n"
         "    case $command in");
    for (int i = 0; (command = command_at(i)); i++)
        print_flags_of(command);
    puts("    esac\n"
         "    if [ \"$command\" = batch ] && [ \"$COMP_CWORD\" -eq 2 ]; then");
    fputs("        COMPREPLY=($(compgen -W '", stdout);
    print_words(true);
    puts("' -- \"$word\"))\n    fi\n"
         "    case $word in\n"
         "    -*) COMPREPLY=($(compgen -W \"$flags\" -- \"$word\")) ;;\n"
         "    *) COMPREPLY+=($(compgen -f -- \"$word\")) ;;\n"
         "    esac\n"
         "} &&\n"
         "    complete -o filenames -F _cutis cutis");
}

/* ---- zsh ----------------------------------------------------------------- */

static void print_zsh_flag(const struct flag *flag)
{
    fputs("            ", stdout);
    if (flag->letter)
        printf("'*'{-%c,--%s}'[", flag->letter, flag->name);
    else
        printf("'*--%s[", flag->name);
    print_brief(flag->help, "'[]");
    putchar(']');
    if (flag->value)
        printf(":%s:%s", flag->value,
               is_folder(flag) ? "_files -/"
               : is_path(flag) ? "_files"
                               : "");
    puts("' \\");
}

void complete_zsh(void)
{
    const struct command *command;
    const struct flag *flag;
    puts("#compdef cutis\n\n"
         "local -a commands parts\n"
         "commands=(");
    for (int i = 0; (command = command_at(i)); i++)
        if (!second_word(command)) {
            printf("    '%s:", command->name);
            print_brief(command->purpose, "':");
            puts("'");
        }
    puts(")\nparts=(");
    for (int i = 0; (command = command_at(i)); i++)
        if (second_word(command)) {
            printf("    '%s:", second_word(command));
            print_brief(command->purpose, "':");
            puts("'");
        }
    puts(")\nif (( CURRENT == 2 )); then\n"
         "    _describe command commands\n    return\nfi\n"
         "if (( CURRENT == 3 )) && [[ $words[2] == batch ]]; then\n"
         "    _describe part parts\nfi\n"
         "local command=$words[2]\n"
         "if [[ $command == batch && -n ${parts[(r)$words[3]:*]} ]]; then\n"
         "    command=\"batch $words[3]\"\nfi\n"
         "case $command in");
    for (int i = 0; (command = command_at(i)); i++) {
        printf("    '%s')\n        _arguments \\\n", command->name);
        for (int k = 0; (flag = flag_at(k)); k++)
            if (flag->commands & command->bit)
                print_zsh_flag(flag);
        puts("            '*:file:_files' ;;");
    }
    puts("esac");
}

/* ---- fish ---------------------------------------------------------------- */

static void print_seen(const struct command *command)
{
    const char *const second = second_word(command);
    const int first =
        second ? (int)(second - command->name - 1) : (int)strlen(command->name);
    printf("__fish_seen_subcommand_from %.*s", first, command->name);
    if (second)
        printf("; and __fish_seen_subcommand_from %s", second);
}

static void print_fish_flag(const struct command *command,
                            const struct flag *flag)
{
    fputs("complete -c cutis -n '", stdout);
    print_seen(command);
    printf("' -l %s", flag->name);
    if (flag->letter)
        printf(" -s %c", flag->letter);
    if (flag->value)
        fputs(is_folder(flag) ? " -x -a '(__fish_complete_directories)'"
              : is_path(flag) ? " -r"
                              : " -x",
              stdout);
    fputs(" -d '", stdout);
    print_brief(flag->help, "'\\");
    puts("'");
}

void complete_fish(void)
{
    const struct command *command;
    const struct flag *flag;
    puts("# fish completion for cutis");
    for (int i = 0; (command = command_at(i)); i++) {
        const char *const second = second_word(command);
        printf("complete -c cutis -n %s -a %s -d '",
               second ? "'__fish_seen_subcommand_from batch'"
                      : "__fish_use_subcommand -f",
               second ? second : command->name);
        print_brief(command->purpose, "'\\");
        puts("'");
    }
    for (int i = 0; (command = command_at(i)); i++)
        for (int k = 0; (flag = flag_at(k)); k++)
            if (flag->commands & command->bit)
                print_fish_flag(command, flag);
}
