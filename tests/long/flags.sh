#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# flags.sh BUILD [debug] [sanitize]: what a packager or a developer compiles
# everything with moves no reading.  gcc and clang build cutis for processors
# that fuse products and sums, gcc with a maths that is let off being right; none
# may hold a fused instruction, and both must say of all pairs of golden.py what
# BUILD's command says and what is kept.  "debug": gcc without optimisation,
# too; "sanitize": clang with address and undefined-behaviour sanitizers.  Half
# an hour of one core.
set -eu
native=$(cd "$1" && pwd)
shift
cd "$(dirname "$0")/../.."
python=/usr/bin/python3
[ -x $python ] || python=python3

# made NAME COMPILER CFLAGS OPTIONS...: builds $native-flags/NAME.
made() {
    folder=$native-flags/$1
    compiler=$2 flags=$3
    shift 3
    mkdir -p "$native-flags"
    [ -e "$folder/build.ninja" ] ||
        CC=$compiler CFLAGS=$flags meson setup "$folder" -Dtests=disabled \
            "$@" >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
    ninja -C "$folder" tools/cutis >"$folder.log" 2>&1 || {
        grep -E 'error|FAILED' -A 5 "$folder.log" | head -60
        exit 1
    }
    commands="$commands $folder/tools/cutis"
}

case $(uname -m) in
x86_64) newer=-march=x86-64-v3 ;;
*) newer= ;;
esac
commands="$native/tools/cutis"
made gcc gcc "$newer -ffast-math" --buildtype release
sh tests/symbols.sh "$folder/lib/libcutis.so"
made clang clang "$newer" --buildtype release
sh tests/symbols.sh "$folder/lib/libcutis.so"
for part; do
    case $part in
    debug) made debug gcc -O0 --buildtype debug ;;
    sanitize)
        made sanitize clang "" --buildtype debugoptimized \
            -Db_sanitize=address,undefined -Db_lundef=false -Dopenmp=disabled
        ;;
    *)
        echo "flags: no such part: $part" >&2
        exit 2
        ;;
    esac
done
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
# shellcheck disable=SC2086
exec $python tests/long/golden.py "$native/tools/phantom/cutis-phantom" \
    $commands ${ONLY:+--only "$ONLY"}
