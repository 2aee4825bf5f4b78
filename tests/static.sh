#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# static.sh BUILD: gcc's analyzer, cppcheck, and clang-tidy with clang's analyzer
# (which is what scan-build runs) over lib/ and tools/.  BUILD is a build by
# clang, for its generated headers and its commands.  Whatever is found and does
# not stand in static.txt, with a reason, fails.  Takes some 10 minutes of a
# processor.
set -u
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for tool in gcc clang-tidy cppcheck; do
    command -v $tool >/dev/null || {
        echo "SKIPPED: static: $tool is not there (sh examples/setup.sh tests)"
        exit 0
    }
done
flags="-std=c11 -O1 -D_POSIX_C_SOURCE=200809L -Iinclude -Ilib -I. -I$build \
    -I$build/lib -Itools"
find lib tools -name '*.c' ! -name kernels.c ! -name no_icc.c | sort >"$work/files"

# "tool file check", one a kind and file.
cat >"$work/gcc.sh" <<'GCC'
for file; do
    gcc $FLAGS -fanalyzer -fopenmp -c -o /dev/null "$file" 2>&1 |
        sed -nE 's/^([^:]+):[0-9]+:.*warning: .*\[-W(analyzer-[a-z-]+)\]$/gcc \1 \2/p'
done
GCC
export FLAGS="$flags"
xargs -P 2 -n 8 sh "$work/gcc.sh" <"$work/files" >>"$work/found"
cppcheck -j 2 --std=c11 --quiet --enable=warning,performance,portability \
    --inline-suppr --max-configs=2 -DHAVE_LCMS=1 -DHAVE_OPENMP=1 \
    -D__x86_64__=1 -D__GNUC__=12 -Iinclude -Ilib -I. -I"$build" \
    --suppress=missingIncludeSystem --template='cppcheck {file} {id}' \
    lib tools 2>>"$work/found"
sh tests/tidy.sh "$build" >/dev/null
sed -nE \
    's/^.*\/((lib|tools)\/[^:]+):.*(warning|error): .*\[([a-z.,A-Z-]+)\]$/tidy \1 \4/p' \
    "$build/tidy.txt" >>"$work/found"

sort -u "$work/found" >"$work/sorted"
sed -nE 's/^([a-z]+ [^ ]+ [^ ]+)  .+/\1/p' tests/static.txt | sort -u \
    >"$work/known"
new=$(comm -23 "$work/sorted" "$work/known")
gone=$(comm -13 "$work/sorted" "$work/known")
[ -z "$gone" ] || printf 'no longer found:\n%s\n' "$gone"
[ -z "$new" ] || printf 'new:\n%s\n' "$new"
echo "static: $(wc -l <"$work/files") files, $(wc -l <"$work/sorted") findings," \
    "$(printf '%s' "$new" | grep -c .) of them new"
[ -z "$new" ]
