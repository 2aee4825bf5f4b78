#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# python.sh BUILD: the Python binding against that library and its command, on
# a small rendered face.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
python=/usr/bin/python3
[ -x $python ] || python=python3
$python -c 'import numpy' 2>/dev/null || {
    echo "SKIPPED: NumPy (Debian: python3-numpy) is not there"
    exit 0
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$build/tools/phantom/cutis-phantom" pair --seed 104 --px-per-mm 4 \
    --size 640x800 --redness 0.5 --treat-redness 0.2 --hair 0 -o "$out" \
    >/dev/null
export CUTIS_LIBRARY="$build/lib/libcutis.so"
export CUTIS_COMMAND="$build/tools/cutis" CUTIS_PAIR="$out"
export OMP_WAIT_POLICY=passive # others work here too
export PYTHONPATH="$root/python" PYTHONDONTWRITEBYTECODE=1
$python -W error -m unittest discover -s "$root/tests/python"
if $python -c 'import matplotlib, pandas' 2>/dev/null; then
    MPLBACKEND=Agg $python "$root/examples/compare.py" "$out/before.jpg" \
        "$out/after.jpg" "$out/plots.png" >"$out/words"
    grep -q redness "$out/words" && [ -s "$out/plots.png" ]
    echo "examples/compare.py: drawn"
else
    echo "SKIPPED: examples/compare.py needs python3-matplotlib, python3-pandas"
fi
