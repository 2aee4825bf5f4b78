#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# sh examples/demo.sh                 renders a face before and after a known
#                                     treatment, compares the two photographs,
#                                     prints measured beside true change
# sh examples/demo.sh BEFORE AFTER    compares your own two photographs
#
# Sets up everything on a bare Debian 12, as root or with sudo.
set -eu

case $# in
0 | 2) ;;
*)
    echo "usage: sh examples/demo.sh [BEFORE AFTER]" >&2
    exit 2
    ;;
esac
for photo; do
    [ -r "$photo" ] || {
        echo "demo: $photo: cannot be read" >&2
        exit 66
    }
done
[ $# -eq 0 ] || {
    before=$(realpath "$1")
    after=$(realpath "$2")
}

cd "$(dirname "$0")/.."
sh examples/setup.sh

build=build-demo
echo "demo: building"
mkdir -p $build
quietly() { # what it prints counts only if it fails
    "$@" >$build/demo.log 2>&1 || {
        cat $build/demo.log >&2
        exit 1
    }
}
[ -e $build/build.ninja ] ||
    quietly meson setup $build --buildtype release -Dtests=disabled
quietly ninja -C $build
mkdir -p out

if [ $# -eq 2 ]; then
    code=0
    $build/tools/cutis compare "$before" "$after" -o out/report.html \
        -o out/report.json -o - || code=$?
    [ $code -eq 0 ] || [ $code -eq 5 ] || exit $code
    echo "demo: the page is $PWD/out/report.html"
    exit $code
fi

echo "demo: rendering a face before and after a known treatment, 12 megapixels"
$build/tools/phantom/cutis-phantom pair --seed 1 --threads "$(nproc)" \
    --redness 0.6 --treat-redness 0.3 --treat-blood 0.7 --treat-spots 0.5 \
    --treat-relief 0.7 --treat-pores 0.6 --treat-wrinkles 0.5 -o out/demo
card() {
    python3 examples/demo-table.py card out/demo/truth.json "$1"
}
set -- out/demo/before.jpg out/demo/after.jpg \
    --card "$(card before)" --card "$(card after)"
code=0
$build/tools/cutis compare "$@" -o out/demo/report.html \
    -o out/demo/report.json -o - || code=$?
[ $code -eq 0 ] || [ $code -eq 5 ] || exit $code
python3 examples/demo-table.py table out/demo/truth.json out/demo/report.json
echo "demo: the page is $PWD/out/demo/report.html"
