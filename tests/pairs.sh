#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# pairs.sh BUILD: the command on whole pairs and on what it must refuse, for a
# sanitizer to watch.  Needs ../shared for photographs.
set -u
cutis=$PWD/$1/tools/cutis
photos=$(cd "$(dirname "$0")/.." && pwd)/../shared/photos
[ -d "$photos" ] || {
    echo "SKIPPED: $photos is not there"
    exit 0
}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
status=0

expect() { # CODE ARGUMENTS...: the command ends with that code
    wanted=$1
    shift
    "$cutis" "$@" >"$out/stdout" 2>"$out/stderr"
    code=$?
    [ $code -eq "$wanted" ] || {
        echo "exit $code, not $wanted: cutis $*"
        cat "$out/stderr"
        status=1
    }
}

neutral=$photos/london/005_neutral.jpg
expect 0 compare "$neutral" "$photos/london/005_smiling.jpg" -j 1 \
    -o "$out/a.html" -o "$out/a.json" -o "$out/a.csv" -o "$out/a.txt"
expect 0 measure "$photos/lisa/lisa2.jpg" -f json
expect 0 inspect "$photos/zoom/15cm.jpg"
expect 0 check "$neutral" "$photos/london/005_smiling.jpg" -f json
expect 0 check "$neutral"
expect 5 check "$photos/canada/022f.jpg" "$photos/canada/054f.jpg"
expect 2 check
expect 69 check "$neutral" -f csv
expect 0 metrics
expect 0 version
expect 0 help compare
expect 2 compare "$neutral"
expect 2 compare "$neutral" "$neutral" --preset flattering
expect 2 compare "$neutral" "$neutral" --treated tail
expect 66 compare "$neutral" "$out/none.jpg"
expect 65 measure "$cutis"
expect 65 measure "$out/a.txt"
expect 3 measure "$neutral" -o "$out/none/x.json"
expect 77 measure "$neutral" --max-pixels 1000
expect 2 measure "$neutral" -o "$out/page.pdf"
expect 2 measure "$neutral" -o "$out/x.csv" -o "$out/x.csv"
expect 2 measure "$neutral" --card 0,0,9999,0,9999,9,0,9
expect 2 compare "$neutral" "$neutral" --treated chin --reference nose,chin
expect 2 compare "$neutral" "$neutral" --treated ''
expect 2 version now

# A card a photograph, of those before first; one that lies outside is of the
# photograph that is complained of.
smiling=$photos/london/005_smiling.jpg
other=$photos/london/006_neutral.jpg
good=20,20,60,20,60,60,20,60
bad=0,0,9999,0,9999,9,0,9
three() { # CODE CARDS...: a visit of two photographs against one of one
    wanted=$1
    shift
    for card; do
        shift
        set -- "$@" --card "$card"
    done
    expect "$wanted" compare --before "$neutral" --before "$smiling" \
        --after "$other" -j 1 -f json "$@"
}
complains_of() {
    grep -q "$1" "$out/stderr" || { echo "whose card is bad?"; status=1; }
}
three 2 $bad $good $good
complains_of 005_neutral
three 2 $good $bad $good
complains_of 005_smiling
three 2 $good $good $bad
complains_of 006_neutral
three 2 $good $bad
complains_of 006_neutral
three 2 $good $good $good $good
complains_of 'once a photograph'
expect 2 measure "$neutral" --card $good --card $good --card $good
complains_of 'once a photograph'
printf '1 2\n3 4\n' >"$out/line"
expect 65 measure "$neutral" --px-per-mm 3 --skin "$out/line"
printf '1 2\nx y\n' >"$out/words"
expect 65 measure "$neutral" --px-per-mm 3 --skin "$out/words"
grep -q 'line 2' "$out/stderr" || { echo "which line is bad?"; status=1; }

expect 1 inspect "$neutral" "$out/none.jpg" "$neutral"
[ "$(grep -c "^cutis: $neutral\$" "$out/stderr")" -eq 2 ] || {
    echo "which of several photographs is it?"
    status=1
}

# A photograph is never written over, by any of its names.
cp "$neutral" "$out/kept.jpg"
ln -s kept.jpg "$out/link.json"
expect 2 measure "$out/kept.jpg" -f json -o "$out/kept.jpg"
expect 2 measure "$out/kept.jpg" -o "$out/link.json"
cmp "$neutral" "$out/kept.jpg" || status=1

# What cannot be written is said; a stream that is closed is nobody else's.
for command in help metrics version; do
    for to in '>/dev/full' '>&-'; do
        eval '"$cutis" $command' "$to" 2>"$out/stderr"
        [ $? -eq 3 ] && [ -s "$out/stderr" ] || {
            echo "cutis $command $to: not exit 3 with a word"
            status=1
        }
    done
done
"$cutis" measure "$neutral" -v -o "$out/whole.json" >&- 2>&-
python3 -m json.tool "$out/whole.json" >"$out/stdout" || status=1
exit $status
