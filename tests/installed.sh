#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# installed.sh BUILD [subproject]: installs into a prefix of its own; programs
# in C, C++ and Python, by pkg-config, CMake and Meson, shared and static, build
# against nothing but that and run.  With "subproject", one more builds all of
# cutis as a part of itself, as the wrap file says.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
consumers=$root/tests/consumers

says_readings() { # WHAT COMMAND...: which prints how many readings there are
    what=$1
    shift
    "$@" >"$work/out" 2>"$work/err" &&
        grep -qE '^[1-9][0-9]* readings' "$work/out" || {
        echo "$what: no readings"
        cat "$work/out" "$work/err"
        exit 1
    }
    echo "ok: $what"
}

if [ "${2:-}" = subproject ]; then
    cp -r "$consumers/subproject" "$work/project"
    sed -i "s|'../consumer.cpp'|'consumer.cpp'|" "$work/project/meson.build"
    cp "$consumers/consumer.cpp" "$work/project/"
    mkdir "$work/project/subprojects"
    cp "$root/packaging/cutis.wrap" "$work/project/subprojects/"
    ln -s "$root" "$work/project/subprojects/cutis"
    meson setup "$work/project/build" "$work/project" \
        -Dbuildtype=debug >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    ninja -C "$work/project/build" consumer >"$work/log" 2>&1 ||
        { tail -20 "$work/log"; exit 1; }
    [ ! -e "$work/project/build/subprojects/cutis/tools/cutis" ]
    says_readings "Meson, as a subproject" "$work/project/build/consumer"
    exit 0
fi

DESTDIR=$work/root meson install -C "$build" --no-rebuild >/dev/null
prefix=$work/root/usr/local
lib=$(dirname "$(find "$prefix" -name libcutis.so)")
export PKG_CONFIG_SYSROOT_DIR="$work/root" PKG_CONFIG_PATH="$lib/pkgconfig"
export LD_LIBRARY_PATH="$lib"

# The README's program.
# shellcheck disable=SC2046
gcc -std=c11 -Wall -Wextra -Werror "$root/examples/compare.c" \
    -o "$work/compare" $(pkg-config --cflags --libs cutis)
code=0
"$work/compare" "$work/none.jpg" "$work/none.jpg" 2>/dev/null || code=$?
[ $code -eq 1 ]
"$prefix/bin/cutis" version

# shellcheck disable=SC2046
gcc -std=c11 -Wall -Wextra -Werror "$consumers/older.c" -o "$work/older" \
    $(pkg-config --cflags --libs cutis)
says_readings "C, compiled when structs were shorter" "$work/older"
grep -q 'preset redness' "$work/out"

# shellcheck disable=SC2046
g++ -std=c++11 -Wall -Wextra -Werror "$consumers/consumer.cpp" \
    -o "$work/cpp" $(pkg-config --cflags --libs cutis)
says_readings "C++, shared" "$work/cpp"

static=
if [ -e "$lib/libcutis.a" ]; then
    static=static
    # shellcheck disable=SC2046
    g++ -std=c++11 "$consumers/consumer.cpp" -o "$work/static" \
        $(pkg-config --static --cflags --libs cutis |
            sed 's/-lcutis/-l:libcutis.a/')
    says_readings "C++, static" env -u LD_LIBRARY_PATH "$work/static"
fi

if command -v cmake >/dev/null; then
    for kind in shared $static; do
        cmake -G Ninja -S "$consumers/cmake" -B "$work/cmake-$kind" \
            -DCMAKE_PREFIX_PATH="$prefix" \
            -DCUTIS_USE_STATIC="$([ $kind = static ] && echo ON || echo OFF)" \
            >"$work/log" 2>&1 && cmake --build "$work/cmake-$kind" >>"$work/log" 2>&1 ||
            { cat "$work/log"; exit 1; }
        says_readings "CMake, $kind" "$work/cmake-$kind/consumer"
    done
else
    echo "SKIPPED: CMake is not there"
fi

meson setup "$work/meson" "$consumers/meson" >"$work/log" 2>&1 &&
    ninja -C "$work/meson" >>"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
python=/usr/bin/python3
[ -x $python ] || python=python3
if $python -c 'import numpy' 2>/dev/null; then
    PYTHONPATH=$(dirname "$(find "$work/root" -path '*/cutis/__init__.py' \
        -printf '%h\n')") says_readings "Python" \
        $python "$consumers/consumer.py"
else
    echo "SKIPPED: NumPy is not there"
fi

says_readings "Meson" "$work/meson/consumer"
