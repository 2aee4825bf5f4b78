#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# same-bytes.sh BUILD BUILD: two builds say the same of a pair, to the byte,
# with every instruction set and number of threads.
set -eu
photos=$(cd "$(dirname "$0")/.." && pwd)/../shared/photos
[ -d "$photos" ] || {
    echo "SKIPPED: $photos is not there"
    exit 0
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
count=0
for build; do
    for isa in c avx2 avx512 best; do
        threads=$((1 + count % 3))
        "$build/tools/cutis" compare "$photos/canada/022f.jpg" \
            "$photos/canada/003f.jpg" -j $threads --isa $isa -f json \
            >"$out/$count.json" || [ $? -eq 5 ]
        cmp "$out/0.json" "$out/$count.json"
        count=$((count + 1))
    done
done
echo "$count runs, the same bytes"
