#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# examples.sh BUILD: the programs of examples/ do what they say, on a small
# rendered face.
set -eu
build=$(cd "$1" && pwd)
examples=$build/examples
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

"$build/tools/phantom/cutis-phantom" pair --seed 104 --px-per-mm 4 \
    --size 640x800 --redness 0.5 --treat-redness 0.2 --treat-blood 0.7 \
    --hair 0 -o "$out" >/dev/null
before=$out/before.jpg
after=$out/after.jpg

usage() { # PROGRAM: with no arguments it says how it is used
    code=0
    "$examples/$1" >/dev/null 2>"$out/stderr" || code=$?
    [ $code -eq 2 ] && grep -q '^usage: ' "$out/stderr" || {
        echo "$1: exit $code, not 2 with a word"
        exit 1
    }
}
for name in calibrate cancel compare landmarks pixels series; do
    usage $name
done

# A row a metric, and the page.
"$examples/compare" "$before" "$after" "$out/page.html" >"$out/compare"
[ "$(wc -l <"$out/compare")" -eq 13 ]
awk '$1 == "redness" && $4 < $2 { fell = 1 } END { exit !fell }' "$out/compare"
grep -q '^<!DOCTYPE html>' "$out/page.html"

# Landmarks that were known beforehand read what those that were found do.
python3 - "$out/truth.json" >"$out/points" <<'PYTHON'
import json, sys
for point in json.load(open(sys.argv[1]))["photos"][0]["landmarks"]:
    print(*point[:2])
PYTHON
"$examples/landmarks" "$before" "$out/points" >"$out/landmarks"
[ "$(wc -l <"$out/landmarks")" -eq 13 ]
awk 'NR == FNR { if ($1 == "redness") found = $2; next }
    $1 == "redness" && ($2 - found) ^ 2 > (0.15 * found) ^ 2 {
        print "redness " $2 " by known landmarks, " found " by found ones"
        exit 1 }' "$out/compare" "$out/landmarks"
head -5 "$out/points" >"$out/few"
! "$examples/landmarks" "$before" "$out/few" >/dev/null 2>"$out/stderr"
grep -q landmark "$out/stderr"

# Pixels: skin at 4 px/mm has colours and no relief.
djpeg -crop 200x200+220+400 -outfile "$out/cheek.ppm" "$before"
"$examples/pixels" "$out/cheek.ppm" 4 >"$out/pixels"
grep -q '^redness ' "$out/pixels"
! grep -q '^texture ' "$out/pixels"

# Stopped at once, stopped while it works, and let go on.
[ "$("$examples/cancel" "$before" "$after" 0 2>/dev/null)" = stopped ]
[ "$("$examples/cancel" "$before" "$after" 0.3 2>/dev/null)" = stopped ]
[ "$("$examples/cancel" "$before" "$after" 600 2>/dev/null)" = 'done' ]
# Visits: the same photograph twice has changed nothing, and no visit within six
# weeks of a treatment is judged.
"$examples/series" 0 "$before" 10 "$before" 49 "$before" 56 "$after" \
    >"$out/series"
grep -q '^day 0 .* baseline ' "$out/series"
grep -q '^day 10 .* healing ' "$out/series"
grep -q '^day 49 .* judged ' "$out/series"
! grep -q '^day 49 .*\(improved\|worse\)' "$out/series"
grep -q '^redness .* a week ' "$out/series"

# Two people, who lie apart by "--": a profile that the command takes.
for person in 105 106; do
    "$build/tools/phantom/cutis-phantom" pair --seed $person --px-per-mm 4 \
        --size 640x800 --hair 0 -o "$out/$person" >/dev/null
done
"$examples/calibrate" "$out/105/before.jpg" "$out/105/after.jpg" -- \
    "$out/106/before.jpg" "$out/106/after.jpg" >"$out/site.json" 2>"$out/stderr"
grep -q '^2 people, 2 pairs$' "$out/stderr"
"$build/tools/cutis" compare "$before" "$after" --site-profile "$out/site.json" \
    -f json -q >"$out/judged"
grep -q '"people": 2' "$out/judged"
code=0
"$examples/calibrate" "$before" -- "$after" "$after" >/dev/null \
    2>"$out/stderr" || code=$?
[ $code -eq 2 ] && grep -q '^usage: ' "$out/stderr"
echo "examples: six programs"
