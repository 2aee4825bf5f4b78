#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# hardened.sh BUILD: what the build's options promise of a release, read from the
# library and the commands: a stack that is not run, tables that are not written
# once loaded, code that may lie anywhere, checks of stack and of buffers, and
# marks for the processor where calls may land.
set -u
build=$(cd "$1" && pwd)

examine() { # FILE: says what it lacks
    file=$1
    program=$(readelf -lW "$file")
    dynamic=$(readelf -dW "$file")
    asked=$(nm -D --undefined-only "$file")
    lacks() {
        echo "$(basename "$file"): $*"
    }
    readelf -hW "$file" | grep -q 'Type: *DYN' || lacks "a fixed address"
    printf '%s' "$program" | grep -q 'GNU_RELRO' || lacks "tables stay open"
    printf '%s' "$dynamic" | grep -qE 'BIND_NOW|Flags:.*NOW' ||
        lacks "bound late, so tables stay open"
    printf '%s' "$program" | grep 'GNU_STACK' | grep -q 'RW ' ||
        lacks "its stack can be run"
    printf '%s' "$program" | grep 'LOAD' | grep -q 'RWE' &&
        lacks "memory to write and to run"
    printf '%s' "$dynamic" | grep -q 'TEXTREL' && lacks "its code is written"
    printf '%s' "$dynamic" | grep -E 'RPATH|RUNPATH' | grep -vq '\[\$ORIGIN' &&
        lacks "looks for libraries in a folder of the builder's"
    printf '%s' "$asked" | grep -q '__stack_chk_fail' ||
        lacks "no check of the stack"
    printf '%s' "$asked" | grep -qE '__[a-z]+_chk\b' ||
        lacks "no check of buffers"
}

status=0
for file in "$build/lib/libcutis.so" "$build/tools/cutis" \
    "$build/tools/phantom/cutis-phantom"; do
    said=$(examine "$file")
    [ -z "$said" ] || {
        echo "$said"
        status=1
    }
done

# Marks hold for a whole file only where the C library's own start-up code has
# them, too, which Debian's has not: so they are looked for in what we compile.
marked=0
if [ "$(uname -m)" = x86_64 ] && [ -e "$build/lib/libcutis.a" ]; then
    objects=$(ar t "$build/lib/libcutis.a" | wc -l)
    marked=$(readelf -nW "$build/lib/libcutis.a" 2>/dev/null |
        grep -c 'IBT, SHSTK')
    [ "$marked" -eq "$objects" ] || {
        echo "of $objects objects, $marked have marks where calls may land"
        status=1
    }
fi

# This test can fail.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'int main(int n, char **v) { return n + !v; }' >"$work/bad.c"
gcc -no-pie -fcf-protection=none -fno-stack-protector -U_FORTIFY_SOURCE \
    -z execstack -z norelro -z lazy -Wl,-rpath,/home/of/builder \
    -o "$work/bad" "$work/bad.c" 2>"$work/log"
found=$(examine "$work/bad" | wc -l)
least=7
[ "$found" -eq $least ] || {
    echo "of $least faults made on purpose, $found are seen"
    examine "$work/bad"
    status=1
}
[ $status -eq 0 ] && echo "hardened: 3 files, $marked objects, $found faults of a fourth seen"
exit $status
