#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# mcdc.sh [run|report]: which conditions of the code that reads what strangers
# send, keeps to limits and publishes files are shown by the tests to decide by
# themselves (MC/DC, modified condition and decision coverage): a table by file,
# then each condition that is not.  Clang counts decisions of two conditions or
# more.  "report" only prints.  Needs clang 18 or later and its runtime (apt-get
# install clang-19 llvm-19 libclang-rt-19-dev).  Figures:
# docs/results/hardening.md.
set -eu
cd "$(dirname "$0")/../.."
build=$PWD/build-mcdc
CC=${CC:-clang-19}
command -v "$CC" >/dev/null || {
    echo "SKIPPED: mcdc: $CC is not there"
    exit 0
}
llvm=/usr/lib/llvm-$($CC -dumpversion | cut -d. -f1)/bin
suites='acquire bounds bytes contract corpora csv exif hints limits manifest
    model network operators output profiles publish pull ratings rest roster run
    run_files shard site spaces timetable'
sources='lib/acquire/*.c lib/face/model.c lib/face/flat.c lib/progress/site.c
    lib/util/pull.c tools/batch_files.c tools/batch_merge.c tools/batch_pair.c
    tools/batch_plan.c tools/batch_ratings.c tools/batch_shard.c
    tools/batch_site.c tools/csv.c tools/maps.c tools/output.c
    tools/publish.c tools/roster.c tools/timetable.c'

programs=
for suite in $suites; do
    programs="$programs tests/test_$suite"
done
if [ "${1:-run}" != report ]; then
    [ -e "$build/build.ninja" ] || CC=$CC meson setup "$build" \
        --buildtype=plain -Dopenmp=disabled -Dsimd=disabled -Dc_args="-O1 \
        -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc" \
        -Dc_link_args=-fprofile-instr-generate >/dev/null
    # shellcheck disable=SC2086
    ninja -C "$build" $programs >"$build/log" 2>&1 || {
        tail -20 "$build/log"
        exit 1
    }
    rm -rf "$build/raw"
    mkdir "$build/raw"
    export LLVM_PROFILE_FILE="$build/raw/%4m.profraw" CK_DEFAULT_TIMEOUT=600
    export CUTIS_SHARED="$PWD/../shared"
    for program in $programs; do
        "$build/$program" >"$build/$program.log" 2>&1 || {
            echo "mcdc: FAILED: $program"
            tail -5 "$build/$program.log"
        }
    done
fi

find "$build/raw" -name '*.profraw' >"$build/raw.list"
"$llvm/llvm-profdata" merge -sparse -o "$build/merged.profdata" \
    -f "$build/raw.list"
set --
for program in $programs; do
    set -- "$@" -object "$build/$program"
done
shift
# shellcheck disable=SC2086
"$llvm/llvm-cov" show -show-mcdc -instr-profile "$build/merged.profdata" \
    "$@" $sources >"$build/mcdc.txt"
python3 - "$build/mcdc.txt" <<'PYTHON'
import re
import sys

FILE = re.compile(r".*/((?:lib|tools)/\S+\.c):$")
PLACE = re.compile(r" *\|? +Condition (C\d+) --> \((\d+):(\d+)\)")
PAIR = re.compile(r" *\|? +(C\d+)-Pair: (covered|not covered|constant folded)")
name, places, rows, left = "", {}, {}, []
for line in open(sys.argv[1], encoding="utf-8"):
    if match := FILE.match(line):
        name = match.group(1)
    elif match := PLACE.match(line):
        places[match.group(1)] = (int(match.group(2)), int(match.group(3)))
    elif match := PAIR.match(line):
        which, state = match.groups()
        if state == "constant folded":
            continue
        row = rows.setdefault(name, [0, 0])
        row[0] += state == "covered"
        row[1] += 1
        if state != "covered":
            left.append((name, *places[which]))
print(f"{'file':28} {'decide':>6} {'of':>4}")
total = [sum(column) for column in zip(*rows.values())]
for name, (shown, count) in sorted(rows.items()) + [("all", total)]:
    print(f"{name:28} {shown:6} {count:4} {100 * shown / count:6.1f} %")
for name, line, column in sorted(set(left)):
    text = open(name, encoding="utf-8").read().splitlines()[line - 1]
    print(f"{name}:{line}:{column}: {text[column - 1:]}")
PYTHON
