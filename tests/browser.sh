#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# browser.sh BUILD [PICTURES]: builds the page of browser/ and compares two small
# rendered faces with it in headless Chromium: readings, table and report are
# those of BUILD's command, to the byte, and nothing is asked of a network.
# PICTURES: a folder for screenshots.  What it needs: sh examples/setup.sh browser
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
for program in emcc chromium; do
    command -v $program >/dev/null || {
        echo "SKIPPED: browser: $program is not there" \
            "(sh examples/setup.sh browser)"
        exit 0
    }
done
sh "$root/browser/build.sh" "$root/build-browser"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$build/tools/phantom/cutis-phantom" pair --seed 104 --px-per-mm 4 \
    --size 640x800 --redness 0.5 --treat-redness 0.2 --hair 0 -o "$out" \
    >/dev/null
python=/usr/bin/python3
[ -x $python ] || python=python3
$python "$root/tests/browser.py" "$root/build-browser/cutis.html" \
    "$build/tools/cutis" "$out/before.jpg" "$out/after.jpg" ${2:+"$2"}
