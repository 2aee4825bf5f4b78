#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# fuzz.sh [SECONDS [TARGET...]]: fuzzes every target of tests/fuzz for SECONDS
# (60) by libFuzzer, with the address and undefined-behaviour sanitizers in
# cutis, zlib, libpng, libjpeg-turbo and lcms2.  Begins with the corpora that
# are kept and seeds.py's; what it finds grows in build-fuzz/corpus.  Prints a
# line a target: runs, rate, edges, files, findings.  Ends with 1 if there is a
# finding: it lies in build-fuzz/findings/TARGET, and belongs, mended, into
# tests/fuzz/found/TARGET, which every run of the tests replays.
#
#   fuzz.sh keep         cuts the corpora down to what reaches every edge, in
#                        small files, and keeps them in tests/fuzz/corpus
#   fuzz.sh coverage     which share of the lines and branches that read files
#                        the kept corpora reach (llvm-cov)
#
# Needs clang and a network, the first time; SKIPS loudly without them.
set -eu
cd "$(dirname "$0")/.."
base=$PWD/build-fuzz
what=${1:-60}
[ $# -eq 0 ] || shift
mkdir -p "$base"
command -v clang >/dev/null || {
    echo "SKIPPED: fuzzing: clang is not there (sh examples/setup.sh tests)"
    exit 0
}
sh tests/fuzz/libraries.sh "$base/libraries" || {
    echo "SKIPPED: fuzzing: Debian's sources could not be had"
    exit 0
}
export ASAN_OPTIONS=allocator_may_return_null=1:detect_leaks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export OMP_WAIT_POLICY=passive OMP_NUM_THREADS=1
compiler=clang
command -v ccache >/dev/null && compiler="ccache clang"

build() { # FOLDER C_ARGS OPTIONS...
    folder=$base/$1
    args=$2
    shift 2
    [ -e "$folder/build.ninja" ] ||
        CC=$compiler meson setup "$folder" -Dfuzz=enabled \
            --buildtype debugoptimized -Dopenmp=disabled -Db_lundef=false \
            -Dc_args="$args" "$@" >"$base/log" 2>&1 ||
        { cat "$base/log"; exit 1; }
    ninja -C "$folder" $(cd tests/fuzz && for file in fuzz_*.c; do
        echo "tests/fuzz/${file%.c}"
    done) >"$base/log" 2>&1 || { tail -30 "$base/log"; exit 1; }
}

targets() {
    for file in tests/fuzz/fuzz_*.c; do
        name=${file##*/fuzz_}
        echo "${name%.c}"
    done
}

dictionary() { # TARGET
    case $1 in
    csv | timetable | roster | manifest | ratings | stats) name=csv ;;
    plan | part) name=plan ;;
    compare) name=png ;;
    *) name=$1 ;;
    esac
    [ ! -e "tests/fuzz/dict/$name.dict" ] ||
        echo "-dict=tests/fuzz/dict/$name.dict"
}

longest() { # TARGET
    case $1 in
    landmarks) echo 8192 ;;
    *) echo 4096 ;;
    esac
}

# Words of the command's own go nowhere; libFuzzer's and the sanitizers' stay.
fuzz() { # TARGET FLAGS AND FOLDERS...
    target=$1
    shift
    "$base/build/tests/fuzz/fuzz_$target" -close_fd_mask=3 -timeout=60 \
        -rss_limit_mb=2048 -max_len="$(longest "$target")" \
        -print_final_stats=1 "$@"
}

number() { # PATTERN FILE: the last number behind it
    sed -nE "s/.*$1:? *([0-9]+).*/\1/p" "$2" | tail -1
}

run() { # TARGET
    grown=$base/corpus/$1
    found=$base/findings/$1
    mkdir -p "$grown" "$found" "$base/logs"
    log=$base/logs/$1
    code=0
    # shellcheck disable=SC2046
    fuzz "$1" -max_total_time="$what" -artifact_prefix="$found/" \
        $(dictionary "$1") "$grown" "tests/fuzz/corpus/$1" \
        $([ ! -d "tests/fuzz/found/$1" ] || echo "tests/fuzz/found/$1") \
        "$base/seeds/$1" >"$log" 2>&1 || code=$?
    crashes=$(find "$found" -type f ! -name "slow-unit-*" | wc -l)
    printf '%-10s %9s runs %7s/s  %6s edges %6s features %5s files  %s found\n' \
        "$1" "$(number 'stat::number_of_executed_units' "$log")" \
        "$(number 'stat::average_exec_per_sec' "$log")" \
        "$(number ' cov' "$log")" "$(number ' ft' "$log")" \
        "$(find "$grown" -type f | wc -l)" "$crashes"
    [ "$code" -eq 0 ] && [ "$crashes" -eq 0 ]
}

# The fewest and smallest files that reach all edges, up to 8 KB each.
keep() { # TARGET
    merged=$base/merged/$1
    rm -rf "$merged"
    mkdir -p "$merged" "tests/fuzz/corpus/$1"
    fuzz "$1" -set_cover_merge=1 "$merged" "$base/corpus/$1" \
        "tests/fuzz/corpus/$1" \
        "$base/seeds/$1" >"$base/logs/$1.merge" 2>&1 || {
        tail -5 "$base/logs/$1.merge"
        return 1
    }
    rm -f "tests/fuzz/corpus/$1"/*
    cp "$merged"/* "tests/fuzz/corpus/$1"
    echo "$1: $(find "$merged" -type f | wc -l) files," \
        "$(cat "$merged"/* | wc -c) bytes"
}

coverage() {
    command -v llvm-cov >/dev/null || {
        echo "SKIPPED: coverage: llvm-cov is not there (apt-get install llvm)"
        return 0
    }
    build coverage "-fprofile-instr-generate -fcoverage-mapping" \
        -Dc_link_args=-fprofile-instr-generate -Db_sanitize=none
    mkdir -p "$base/profiles"
    objects=
    for target in $(targets); do
        program=$base/coverage/tests/fuzz/fuzz_$target
        LLVM_PROFILE_FILE=$base/profiles/$target.raw "$program" -runs=0 \
            -close_fd_mask=3 "tests/fuzz/corpus/$target" \
            >"$base/logs/$target.coverage" 2>&1
        objects="$objects -object $program"
    done
    llvm-profdata merge -o "$base/profiles/all" "$base"/profiles/*.raw
    # What reads files, and nothing else.
    # shellcheck disable=SC2086
    llvm-cov report $objects -instr-profile "$base/profiles/all" 2>/dev/null |
        awk -v top="${PWD#/}/" '{
            name = $1
            sub(/^\//, "", name)
            sub(top, "", name)
            if (name !~ "^(lib/acquire/.*|lib/face/(model|flat|operation|plan)|" \
                "lib/progress/site|lib/util/pull|tools/(csv|timetable|roster|" \
                "inputs|batch_(pair|plan|shard|merge|ratings|stats)))[.]c$")
                next
            print name, "lines", $10, "branches", $13
            lines += $8; no_line += $9; branches += $11; no_branch += $12
        } END {
            printf "lines %.1f %% of %d, branches %.1f %% of %d\n",
                100 - 100 * no_line / lines, lines,
                100 - 100 * no_branch / branches, branches
        }'
}

rm -rf "$base/seeds"
/usr/bin/python3 tests/fuzz/seeds.py "$base/seeds"
if [ "$what" = coverage ]; then
    coverage
    exit 0
fi
build build "-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined" \
    -Db_sanitize=address,undefined \
    -Dpkg_config_path="$base/libraries/lib/pkgconfig"
failed=0
for target in ${*:-$(targets)}; do
    case $what in
    keep) keep "$target" ;;
    *) run "$target" ;;
    esac || failed=$((failed + 1))
done
[ "$what" = keep ] ||
    echo "$what s a target; $(cat "$base/libraries/done" | tr '\n' ' ')"
exit $((failed > 0))
