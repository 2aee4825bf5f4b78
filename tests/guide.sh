#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# guide.sh BUILD: docs/first-15-minutes.md as a reader goes through it, from an
# installed prefix: its programs are written down, its commands run in order.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

DESTDIR=$work/root meson install -C "$build" --no-rebuild >/dev/null
prefix=$work/root/usr/local
lib=$(dirname "$(find "$prefix" -name libcutis.so)")
python=$(dirname "$(dirname "$(find "$work/root" -path '*/cutis/__init__.py')")")
mkdir "$work/guide" "$work/bin"
ln -s /usr/bin/python3 "$work/bin/python3" # the one that NumPy is for
export PKG_CONFIG_SYSROOT_DIR="$work/root" PKG_CONFIG_PATH="$lib/pkgconfig"
export LD_LIBRARY_PATH="$lib" PYTHONPATH="$python"
export PATH="$work/bin:$prefix/bin:$PATH"
cd "$work/guide"

# A block with a file's name is that file, one with "run" is run.
awk '/^```/ {
        if (inside) { inside = 0; close(file); next }
        inside = 1
        file = $2 == "run" ? sprintf("step%d.sh", ++step) : $2
        if (file == "") file = "/dev/null"
        next
    }
    inside { print > file }' "$root/docs/first-15-minutes.md"
for step in step*.sh; do
    sh -eu "$step" >out 2>err || {
        echo "guide: $step:"
        cat "$step" out err
        exit 1
    }
    cat out >>all
done
grep -qE '^redness [0-9.]+ to [0-9.]+ H, change -[0-9.]+ \[.*\]: [a-z_]+$' all ||
    { cat all; exit 1; }
[ -s page.html ] && [ -s pair.json ]
echo "guide: $(ls step*.sh | wc -l) steps, $(ls first.* | wc -l) programs"
