#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# manual.sh BUILD: the manual page and the completions have every command and
# flag that the command has, and nothing complains of them.
set -eu
tools=$1/tools
pages=$tools/completions
status=0
wrong() {
    echo "$@"
    status=1
}

flags=$("$tools/cutis" help | grep -oE '^  (-[a-z],|   ) --[a-z0-9-]+' |
    grep -oE -- '--[a-z0-9-]+')
[ "$(printf '%s\n' "$flags" | wc -l)" -gt 20 ]
sed 's/\\-/-/g' "$pages/cutis.1" >"$pages/cutis.1.txt"
for flag in $flags; do
    grep -q -- "^\(\\\\fB-[a-z]\\\\fR, \)\?\\\\fB$flag\\\\fR" "$pages/cutis.1.txt" ||
        wrong "cutis.1 has no $flag"
    grep -q -- "$flag " "$pages/cutis" ||
        wrong "bash does not complete $flag"
    grep -qE -- "$flag[]}[]" "$pages/_cutis" ||
        wrong "zsh does not complete $flag"
    grep -q -- "-l ${flag#--} \|-l ${flag#--}$" "$pages/cutis.fish" ||
        wrong "fish does not complete $flag"
done
for command in $("$tools/cutis" help | sed -nE 's/^  cutis ([a-z]+).*/\1/p' |
    sort -u); do
    for file in cutis.1.txt cutis _cutis cutis.fish; do
        grep -q "$command" "$pages/$file" || wrong "$file has no $command"
    done
done

# Programs that read them have nothing to say.
if command -v groff >/dev/null; then
    said=$(groff -man -Tutf8 -Kutf8 -ww -z "$pages/cutis.1" 2>&1)
    [ -z "$said" ] || wrong "groff: $said"
fi
if command -v mandoc >/dev/null; then
    said=$(mandoc -Tlint -W error "$pages/cutis.1") || wrong "mandoc: $said"
fi
command -v zsh >/dev/null && { zsh -n "$pages/_cutis" || status=1; }
command -v fish >/dev/null && { fish -n "$pages/cutis.fish" || status=1; }

# And bash completes.
bash -c '. "$1"
try() { # WANTED WORDS...: the last one is completed to at least that
    wanted=$1
    shift
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _cutis
    case " ${COMPREPLY[*]-} " in
    *" $wanted "*) ;;
    *) echo "bash: \"$*\" becomes \"${COMPREPLY[*]-}\", not $wanted"; exit 1 ;;
    esac
}
try compare cutis com
try --preset cutis compare --pre
try --threads cutis measure --th
try run cutis batch ru
' - "$pages/cutis" || status=1
[ $status -eq 0 ] && echo "manual: $(printf '%s\n' "$flags" | wc -l) flags"
exit $status
