#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The rules of the house that a compiler does not know: layering, sizes, words,
# headers.  Prints one line a rule, and "N passed, N failed" at the end.
set -u
cd "$(dirname "$0")/.."

passed=0
failed=0
rule() { # NAME OUTPUT: a rule holds when it has nothing to say
    if [ -z "$2" ]; then
        passed=$((passed + 1))
        echo "ok       $1"
    else
        failed=$((failed + 1))
        echo "NOT OK   $1"
        printf '%s\n' "$2" | sed 's/^/         /' | head -20
    fi
}

sources=$(git ls-files --cached --others --exclude-standard \
    '*.c' '*.h' '*.py' '*.sh' '*.js' | sort -u)
c_sources=$(printf '%s\n' $sources | grep '\.[ch]$')

# Stages do not include each other; signal stands on util, util on nothing.
layering() {
    stages="acquire colour face match measure progress report"
    for stage in $stages signal util; do
        others=
        for other in $stages signal util; do
            case "$stage:$other" in
            "$other:$other" | signal:util) ;;
            util:* | signal:*) others="$others|$other/" ;;
            *:signal | *:util) ;;
            *) others="$others|$other/" ;;
            esac
        done
        grep -nE "#include \"(${others#|})" lib/"$stage"/*.[ch] 2>/dev/null
        case $stage in
        signal | util) grep -n '#include "stages.h"' lib/$stage/*.[ch] ;;
        esac
    done
    grep -nE '#include "(session\.h|\.\./|lib/)' lib/*/*.[ch]
    grep -nE '#include "' include/cutis/*.h
    grep -nE '#include "(acquire|colour|face|match|measure|progress|report|signal|util|stages|session)[/.]' \
        tools/*.[ch] examples/*.c 2>/dev/null
    grep -nE '#include "(colour|match|measure|progress|acquire|report)/' \
        tools/phantom/*.[ch] 2>/dev/null
}
rule "stages never include each other; includes point down" "$(layering)"

rule "no file is longer than 500 lines" "$(wc -l $sources |
    awk '$2 != "total" && $1 > 500 { print $2 ": " $1 }')"

rule "no line of C is wider than 80 columns" "$(
    LC_ALL=C.UTF-8 awk 'length($0) > 80 { print FILENAME ":" FNR }' $c_sources)"

rule "no tabs and no trailing space" "$(
    grep -nP '\t|[ \t]+$' $sources meson.build ./*/meson.build README.md \
        CHANGES.md SECURITY.md docs/*.md 2>/dev/null | head)"

rule "every source says its licence first" "$(
    for file in $c_sources; do
        head -1 "$file" | grep -q SPDX || echo "$file"
    done)"

rule "the formatter has nothing to change" "$(
    clang-format --dry-run $c_sources 2>&1 | grep warning: | head)"

rule "words are spelt right" "$(codespell -q 3 -S "*_de.c,*test_words.c,*page.js" -L \
    'ans,te,tre,crossreference,ser,nd,ba,fo,fpr,inout,ot,hist,datas,unsuitable' \
    $sources README.md CHANGES.md SECURITY.md docs 2>&1 | head)"

# Allocation, printing, leaving and asking the environment have one home or none.
rule "the library calls nothing it must not" "$(
    grep -nE '\b(malloc|calloc|realloc|free|printf|fprintf|puts|exit|abort|getenv|setlocale|system|socket|assert)\(' \
        lib/*.c lib/*/*.c | grep -vE '^lib/(util/memory|session)\.c:[0-9]+:.*\b(malloc|free)\(' |
        grep -vE ':\s*(/?\*|//)')"

rule "results come without libm" "$(
    grep -nP '(?<![>.\w])(logf?|log10f?|log2f?|expf?|exp2f?|powf?|cbrtf?|sinf?|cosf?|tanf?|atanf?|atan2f?|acosf?|asinf?|hypotf?|erff?|tgamma|lgamma|fmaf?)\(' \
        lib/*.c lib/*/*.c | grep -vE ':\s*(/?\*|//)')"

rule "nothing is left for later" "$(
    grep -nE 'TODO|FIXME|\bXXX\b|HACK' $sources | grep -v '^tests/house.sh')"

headers() {
    for header in include/cutis/*.h; do
        echo "#include <cutis/${header##*/}>" >"$work/header.c"
        gcc -std=c11 -pedantic -Wall -Wextra -Werror -Iinclude -fsyntax-only \
            "$work/header.c" 2>&1
        g++ -std=c++17 -pedantic -Wall -Wextra -Werror -Iinclude -fsyntax-only \
            -x c++ "$work/header.c" 2>&1
    done
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rule "every public header compiles alone, as C11 and as C++17" "$(headers)"

rule "shell scripts parse" "$(
    for file in $(printf '%s\n' $sources | grep '\.sh$'); do
        sh -n "$file" 2>&1
    done)"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
