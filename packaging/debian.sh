#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# debian.sh [FOLDER] [nocheck]: the Debian source package and the packages built
# of it (build-debian/); lintian finds no error, and what was packed runs.
# "nocheck" leaves out the suites.
# What it needs: sh examples/setup.sh package
set -eu
cd "$(dirname "$0")/.."
root=$PWD
mkdir -p "${1:-build-debian}"
out=$(cd "${1:-build-debian}" && pwd)
[ "${2:-}" = nocheck ] && export DEB_BUILD_OPTIONS=nocheck
for program in dpkg-buildpackage dh_python3 help2man lintian; do
    command -v $program >/dev/null || {
        echo "SKIPPED: Debian packages: $program is not there" \
            "(sh examples/setup.sh package)"
        exit 0
    }
done
version=$(sed -nE "s/^ *version: '([0-9.]+)',/\1/p" meson.build)
name=cutis-$version

# What a release would hold: the sources, and the face model.
rm -rf "${out:?}"/*
mkdir "$out/$name"
git ls-files -z --cached --others --exclude-standard |
    tar -c --null -T - | tar -x -C "$out/$name"
sh data/fetch-models.sh >/dev/null
mkdir -p "$out/$name/data/models"
cp data/models/* "$out/$name/data/models/"
stamp=$(git log -1 --format=%ct)
tar -c -J --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$stamp" \
    -C "$out" -f "$out/cutis_$version.orig.tar.xz" "$name"
cp -r "$out/$name/packaging/debian" "$out/$name/debian"

# The system's programs, whatever others stand before them.
export PATH=/usr/lib/ccache:/usr/sbin:/usr/bin:/sbin:/bin
cd "$out/$name"
dpkg-buildpackage -us -uc >"$out/log" 2>&1 || {
    tail -40 "$out/log"
    exit 1
}
cd "$out"
lintian --fail-on error --display-info cutis_*.changes
set -- ./*.deb

# Unpacked, not installed: the command, a program, Python.
place=$out/root
for package; do
    dpkg-deb -x "$package" "$place"
done
lib=$(dirname "$(find "$place" -name libcutis.so.0)")
export LD_LIBRARY_PATH="$lib"
"$place/usr/bin/cutis" version
cc "$root/tests/consumers/older.c" -I"$place/usr/include" -L"$lib" -lcutis \
    -o "$out/older"
"$out/older"
PYTHONPATH=$place/usr/lib/python3/dist-packages \
    python3 "$root/tests/consumers/consumer.py"
for file in man/man1/cutis.1.gz man/man1/cutis-phantom.1.gz \
    bash-completion/completions/cutis zsh/vendor-completions/_cutis \
    fish/vendor_completions.d/cutis.fish; do
    [ -s "$place/usr/share/$file" ] || { echo "no $file"; exit 1; }
done
echo "Debian: $# packages in $out"
