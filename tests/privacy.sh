#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# privacy.sh BUILD: photographs in a folder named after a person, with words in
# all that a file can say of itself: place, time, serial numbers, owner, maker's
# notes, comments, XMP, IPTC, thumbnail, profile.  No output of any command holds
# one of them, in any way of writing it, and the system sees no network call, no
# other program and no file that was not named (strace).
set -u
build=$(cd "$1" && pwd)
tests=$(cd "$(dirname "$0")" && pwd)
cutis=$build/tools/cutis
python=/usr/bin/python3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
wrong() {
    echo "privacy: $*"
    status=1
}

"$build/tools/phantom/cutis-phantom" pair --seed 104 --px-per-mm 1 \
    --size 170x215 --redness 0.5 --treat-redness 0.2 --hair 0 \
    -o "$work/plain" >/dev/null || exit 1
cd "$work" || exit 1
$python "$tests/privacy.py" plant plain in || exit 1
$python "$tests/privacy.py" control in || wrong "the search finds nothing"
home=$(echo "$work"/in/*1961*)
before=$(echo "$home"/*before.jpg)
after=$(echo "$home"/*after.jpg)
mkdir out logs
scale="--px-per-mm 3 -j 2"
export OMP_WAIT_POLICY=passive

# ---- Every output --------------------------------------------------------------

runs=0
run() { # CODE NAME ARGUMENTS...: what it says is an output, too
    wanted=$1
    name=$2
    shift 2
    "$cutis" "$@" >"out/$name.stdout" 2>"out/$name.stderr"
    code=$?
    runs=$((runs + 1))
    [ $code -eq "$wanted" ] || {
        wrong "exit $code, not $wanted: $name"
        cat "out/$name.stderr"
    }
}

run 0 compare compare "$before" "$after" $scale -v --days 60 -o out/pair.json \
    -o out/pair.csv -o out/pair.html -o out/pair.txt \
    --maps out/maps
run 0 items compare "$before" "$after" $scale -f items
run 0 covered compare "$before" "$home/Leberfleck.png" $scale -v \
    --cover-eyes --language de -o out/covered.html -o out/covered.txt \
    --maps out/covered-maps
run 0 visits compare --before "$before" --before "$home/Leberfleck.png" \
    --after "$after" $scale -v -o out/visits.json -o out/visits.html
run 0 measure measure "$after" $scale -o out/one.json -o out/one.csv \
    -o out/one.txt --maps out/one-maps
run 0 measure-png measure "$home/Leberfleck.png" $scale -o out/png.json
run 0 inspect inspect "$before" $scale -f json -o out/inspect.json
run 0 inspect-png inspect "$home/Leberfleck.png" $scale -o out/inspect.txt
run 0 check check "$before" "$after" $scale -o out/check.json
run 0 series series in/plan.csv $scale -v -o out/course.html \
    -o out/course.json -o out/course.csv -o out/course.txt
run 0 split series in/plan.csv $scale --control-side l -o out/split.html
run 0 calibrate calibrate in/people.csv $scale -o out/site.profile
run 0 with-site compare "$before" "$after" $scale -v \
    --site-profile out/site.profile -o out/site.json -o out/site.html
run 1 batch batch in/pairs.csv $scale -o out/long.csv -d "$work/run"
run 1 wide batch in/pairs.csv $scale --rows wide -o out/wide.jsonl -d "$work/wide"
run 1 status batch status "$work/run"
run 1 merge batch merge "$work/run" -o out/merged.csv
run 0 stats batch stats out/long.csv --by clinic -d out/drawn -o out/stats.csv
run 1 blind batch blind in/pairs.csv $scale --seed secret -d out/pack \
    -o "$work/key.csv"
sed 's/,,$/,ann,1/' out/pack/ratings.csv >out/ann.csv
run 0 ratings batch ratings out/ann.csv --key "$work/key.csv" -d out/pack \
    --results out/long.csv -o out/agreement.csv
# The parts, without the copy of the manifest that names the files.
mkdir out/parts
find "$work/run" "$work/wide" -type f ! -name 'manifest*' |
    while read -r part; do
        cp "$part" "out/parts/$(basename "$(dirname "$part")")-$(basename "$part")"
    done

# Whoever typed a name is told it again, and nothing else: SECURITY.md.
run 65 says-cut measure "$home/Leberfleck cut.jpg"
for name in says-cut; do
    grep -q 'Leberfleck cut.jpg' "out/$name.stderr" || wrong "$name: whose fault?"
    rm "out/$name.stderr"
done

$python "$tests/privacy.py" look out out || status=1

# ---- System calls --------------------------------------------------------------

# A build with counters writes them to a folder that this variable names.
counters=${LLVM_PROFILE_FILE:-}
counters=${counters%/*}
calls() { # NAME ARGUMENTS...: what it asks of the system; in/ and new/ are named
    name=$1
    shift
    mkdir -p new
    strace -f --seccomp-bpf -o "logs/$name" \
        -e trace=%network,open,openat,openat2,creat,execve,execveat \
        "$cutis" "$@" >new/stdout 2>new/stderr
    code=$?
    [ $code -le 1 ] || wrong "exit $code under strace: $name"
    $python "$tests/privacy.py" calls "logs/$name" in new "$build/lib" \
        ${counters:+"$counters"} ||
        wrong "the calls of $name"
}
if ! command -v strace >/dev/null; then
    echo "SKIPPED: system calls: strace is not there (sh examples/setup.sh tests)"
elif ! strace -f --seccomp-bpf -o logs/first true 2>logs/error; then
    echo "SKIPPED: system calls: strace may not look here: $(cat logs/error)"
else
    cat >logs/control <<'LOG'
7 openat(AT_FDCWD, "in/pairs.csv", O_RDONLY) = 3
7 openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3
7 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 4
7 openat(AT_FDCWD, "in/../elsewhere", O_RDONLY) = -1 ENOENT
LOG
    [ "$($python "$tests/privacy.py" calls logs/control in |
        grep -cE 'passwd|socket|elsewhere')" -eq 3 ] ||
        wrong "a call to the network or to another file is not seen"
    calls compare compare "$before" "$after" $scale -v -o new/pair.html \
        -o new/pair.json --maps new/maps
    calls measure measure "$home/Leberfleck.png" $scale -o new/one.json
    calls series series in/plan.csv $scale -o new/course.html
    calls batch batch in/pairs.csv $scale -o new/long.csv
    calls calibrate calibrate in/people.csv $scale -o new/site.profile
fi

[ $status -eq 0 ] && echo "privacy: $runs commands"
exit $status
