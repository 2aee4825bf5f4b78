#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Sets everything up on a bare Debian 12 (as root or with sudo), builds with
# warnings as errors by two compilers, and runs all tests.  Safe to run twice.
#
#   sh tests/run.sh          everything
#   sh tests/run.sh quick    one compiler, no sanitizers
set -u
cd "$(dirname "$0")/.."
quick=${1:-}

say() {
    printf '\n==== %s (%s s)\n' "$1" "$(($(date +%s) - begun))"
}
begun=$(date +%s)
failures=

say "set-up"
sh examples/setup.sh tests || exit 1
[ -d ../shared ] || echo "SKIPPED: tests that need ../shared: it is not there"

# What this machine must be seen to have, so that nothing is skipped unseen.
tables=0
grep -qw avx2 /proc/cpuinfo && tables=$((tables + 1))
grep -qw avx512vl /proc/cpuinfo && tables=$((tables + 1))
export CUTIS_TEST_TABLES=$tables

# build NAME COMPILER OPTIONS...: compiles, with warnings as errors.
build() {
    folder=build-test/$1
    compiler=$2
    shift 2
    [ -e "$folder/build.ninja" ] ||
        CC=$compiler meson setup "$folder" --werror "$@" >"$folder.log" 2>&1 ||
        { cat "$folder.log"; return 1; }
    ninja -C "$folder" >"$folder.log" 2>&1 || {
        grep -E 'error|warning|FAILED' -A 5 "$folder.log" | head -60
        return 1
    }
}

# tests NAME [OPTIONS]: runs the suites, shows each runner's own summary.
tests() {
    folder=build-test/$1
    shift
    meson test -C "$folder" --print-errorlogs "$@" >"$folder.tests" 2>&1
    code=$?
    grep -hE '^[0-9]+%: Checks|^SKIPPED' "$folder/meson-logs/testlog.txt"
    if [ $code -ne 0 ]; then
        tail -80 "$folder.tests"
    fi
    grep -E '^(Ok|Expected Fail|Fail|Unexpected Pass|Skipped|Timeout):' \
        "$folder.tests"
    return $code
}

stage() { # NAME COMMAND...
    name=$1
    shift
    say "$name"
    "$@" || {
        failures="$failures; $name"
        echo "FAILED: $name"
    }
}

mkdir -p build-test
stage "the rules of the house" sh tests/house.sh
stage "gcc, release: build" build gcc gcc --buildtype release
stage "programs that measure: build" ninja -C build-test/gcc --quiet \
    $(cd bench && for file in *.c; do echo "bench/bench_${file%.c}"; done)
stage "gcc, release: tests" tests gcc
stage "decoders with known faults are refused" sh tests/decoders.sh build-test/gcc
stage "privacy: no output tells who, no call leaves the machine" \
    sh tests/privacy.sh build-test/gcc
stage "symbols" sh tests/symbols.sh build-test/gcc/lib/libcutis.so
stage "hardened: stack, tables, buffers" sh tests/hardened.sh build-test/gcc
stage "installed: programs of others build and run" \
    sh tests/installed.sh build-test/gcc
stage "examples" sh tests/examples.sh build-test/gcc
stage "the first 15 minutes, as they are written" \
    sh tests/guide.sh build-test/gcc
stage "Python" sh tests/python.sh build-test/gcc
stage "manual page and completions" sh tests/manual.sh build-test/gcc
stage "documents: snippets compile, names and figures hold" \
    sh tests/docs.sh build-test/gcc
# What a clinician may be shown: the sample's page, and the demo's if it is there.
pages() {
    written=$(mktemp -d)
    "$1/tests/write_sample" "$written" &&
        sh tests/accessible.sh "$written/page.html" "$written/series.html" \
            "$(ls out/demo/report.html 2>/dev/null || echo "$written/page.html")"
    code=$?
    rm -rf "$written"
    return $code
}
stage "pages: nothing serious for a screen reader" pages build-test/gcc
stage "batches: one SHA-256 whatever happens" sh tests/batch.sh build-test/gcc
stage "blinded raters" sh tests/batch_raters.sh build-test/gcc
stage "faults: hostile surroundings, calls and memory that fail" \
    sh tests/faults.sh build-test/gcc
if [ "$quick" != quick ]; then
    stage "clang, debug: build" build clang clang --buildtype debugoptimized
    stage "binary interface" sh tests/abi.sh build-test/clang
    stage "installed: as a subproject" \
        sh tests/installed.sh build-test/gcc subproject
    stage "clang, debug: light tests" tests clang --suite light
    stage "gcc and clang, release and debug: the same bytes" \
        sh tests/same-bytes.sh build-test/gcc build-test/clang
    stage "sixteen pairs: the same bytes, and the readings that are kept" \
        /usr/bin/python3 tests/long/golden.py \
        build-test/gcc/tools/phantom/cutis-phantom \
        build-test/gcc/tools/cutis build-test/clang/tools/cutis
    stage "aarch64 under qemu: the same bytes (all: tests/long/aarch64.sh)" \
        sh tests/long/aarch64.sh build-test/gcc quick
    stage "Debian packages: built, no error of lintian, what is in them runs" \
        sh packaging/debian.sh build-test/debian nocheck
    stage "the page in a browser: the same bytes, no network" \
        sh tests/browser.sh build-test/gcc
    stage "gcc, no SIMD, no threads, no lcms2, no model: build" \
        build bare gcc -Dsimd=disabled -Dopenmp=disabled -Dicc=disabled \
        -Dmodels=none
    stage "clang, address and undefined-behaviour sanitizers: build" \
        build sanitize clang --buildtype debugoptimized \
        -Db_sanitize=address,undefined -Db_lundef=false -Dopenmp=disabled
    export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1
    export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
    stage "clang, sanitizers: tests" tests sanitize --suite light
    stage "clang, sanitizers: whole pairs" sh tests/pairs.sh build-test/sanitize
    stage "clang, sanitizers: batches" sh tests/batch.sh build-test/sanitize
    stage "clang, sanitizers: raters" \
        sh tests/batch_raters.sh build-test/sanitize
    # OpenMP of clang with archer, which tells the sanitizer what it waits for.
    archer=$(ls /usr/lib/llvm-*/lib/libarcher.so 2>/dev/null | head -1)
    stage "clang, thread sanitizer: build" build threads clang \
        --buildtype debugoptimized -Db_sanitize=thread -Db_lundef=false
    stage "clang, thread sanitizer: eight sessions of eight threads" \
        env CK_FORK=no OMP_TOOL_LIBRARIES="$archer" \
        TSAN_OPTIONS="halt_on_error=1 ignore_noninstrumented_modules=1" \
        build-test/threads/tests/test_threads
    stage "clang, thread sanitizer: two photographs at a time" \
        env CK_FORK=no OMP_TOOL_LIBRARIES="$archer" \
        TSAN_OPTIONS="halt_on_error=1 ignore_noninstrumented_modules=1" \
        build-test/threads/tests/test_lanes
    stage "clang-tidy" sh tests/tidy.sh build-test/clang
fi

say "result"
total=$(cat build-test/*/meson-logs/testlog.txt |
    sed -nE 's/^[0-9]+%: Checks: ([0-9]+), Failures: ([0-9]+), Errors: ([0-9]+)/\1 \2 \3/p' |
    awk '{ a += $1; f += $2 + $3 } END { print a - f, f + 0 }')
if [ -n "$failures" ]; then
    echo "FAILED:${failures#;}"
    echo "${total% *} passed, ${total#* } failed"
    exit 1
fi
echo "${total% *} passed, ${total#* } failed"
