#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# docs.sh BUILD: what the documents say, against the programs.  The C of
# docs/api.md compiles, and its whole programs run; links lead somewhere; names
# and figures of metrics, details, checks and presets are those of the sources.
set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LD_LIBRARY_PATH=$build/lib
export LD_LIBRARY_PATH

python3 tests/docs.py "$work"
for source in "$work"/*.c; do
    gcc -std=c11 -pedantic -Wall -Wextra -Werror -Wno-unused \
        -Iinclude "$source" -o "${source%.c}" -L"$build/lib" -lcutis
done

# With no files, a program must say how to use it; with none to be found, why.
compared=$work/program_1
code=0
"$compared" || code=$?
[ $code -eq 2 ]
code=0
"$compared" "$work/none.jpg" "$work/none.jpg" >"$work/out" 2>"$work/err" ||
    code=$?
[ $code -eq 1 ]
grep -q '^io: ' "$work/err"
"$work/program_2" | grep -qE '^[1-9][0-9]* readings$'

# A table of limits, presets and metrics is worth only what the program says.
"$build/tools/cutis" metrics >"$work/metrics"
"$build/tools/cutis" help >"$work/help"
python3 tests/docs.py "$work" check
python3 docs/reference.py "$work/reference"
echo "documents: $(ls "$work"/*.c | wc -l) snippets compiled, 2 run"
