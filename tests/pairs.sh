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
exit $status
