#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# faults.sh BUILD: hostile surroundings.  Whatever the environment, the limits
# and the streams are like, the command writes the same bytes or ends with an
# exit code of its own and a sentence; never half a file, never a signal.  Then a
# few of the faults that tests/long/allocations.py and faults.py make everywhere.
set -u
build=$(cd "$1" && pwd)
cutis=$build/tools/cutis
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'umount "$work/full" 2>/dev/null; rm -rf "$work"' EXIT
unset SLURM_ARRAY_TASK_ID SLURM_STEP_ID OMPI_COMM_WORLD_RANK PMI_RANK

. "$tests/batch_words.sh"
export CK_DEFAULT_TIMEOUT=${CK_DEFAULT_TIMEOUT:-300}

python=/usr/bin/python3
skin="--skin all --px-per-mm"
$python "$tests/batch_pairs.py" "$work/small" 3 24 >"$work/out" || exit 1
$python "$tests/batch_pairs.py" "$work/large" 1 300 >"$work/out" || exit 1
small="$work/small/0_before.png $work/small/0_after.png $skin 4"
large="$work/large/0_before.png $work/large/0_after.png $skin 8"
# shellcheck disable=SC2086
"$cutis" compare $large -j 1 -f json >"$work/wanted" 2>/dev/null
chmod -R a+rX "$work"

# same NAME CODES COMMAND...: the same bytes; or nothing, one of CODES, a word
same() {
    name=$1
    codes=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    code=$?
    if [ $code -eq 0 ] && cmp -s "$work/out" "$work/wanted"; then
        passed=$((passed + 1))
    elif [ $code -ne 0 ] && [ -s "$work/err" ] && [ ! -s "$work/out" ] &&
        echo " $codes " | grep -q " $code "; then
        passed=$((passed + 1))
    else
        say_wrong "$name: exit $code"
    fi
}
team="compare $large -j 4 -f json"

# ---- The environment --------------------------------------------------------

for hostile in OMP_NUM_THREADS=100000 OMP_DYNAMIC=true OMP_THREAD_LIMIT=1 \
    OMP_THREAD_LIMIT=2 OMP_STACKSIZE=nonsense OMP_STACKSIZE=16K \
    OMP_STACKSIZE=100G GOMP_STACKSIZE=16 KMP_STACKSIZE=100G \
    OMP_PROC_BIND=true OMP_CANCELLATION=true OMP_MAX_ACTIVE_LEVELS=0 \
    OMP_NESTED=true OMP_PLACES=nonsense OMP_SCHEDULE=nonsense,0 \
    OMP_WAIT_POLICY=active LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 TMPDIR=/none \
    HOME= PATH=; do
    same "$hostile" "" env "$hostile" "$cutis" $team
done
same "no environment at all" "" env -i "$cutis" $team

locale=
if localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>/dev/null; then
    locale=$work
fi
if [ -x "$build/tests/test_threads" ]; then
    LOCPATH=$locale "$build/tests/test_threads" >"$work/out" 2>&1 ||
        say_wrong "threads, forks, stacks, locales: $(cat "$work/out")"
    grep '^SKIPPED' "$work/out"
fi

# ---- Limits -----------------------------------------------------------------

limited() { # WHAT LIMIT
    bash -c 'ulimit '"$1 $2"'; shift; exec "$@"' limited "$@"
}
if ldd "$cutis" | grep -q san || ldd "$cutis" | grep -q libclang_rt; then
    echo "SKIPPED: limits of memory: a sanitizer needs more"
else
    for kb in 20000 30000 40000 60000 70000 76000 80000 90000 120000 300000; do
        same "RLIMIT_AS of $kb KB" 75 \
            bash -c "ulimit -v $kb; exec $cutis $team"
    done
    for kb in 64 128 256; do
        same "a stack of $kb KB" "" bash -c "ulimit -s $kb; exec $cutis $team"
    done
fi
for files in 4 5 6 8; do
    same "RLIMIT_NOFILE of $files" "66 74" \
        bash -c "ulimit -n $files; exec $cutis $team"
done
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
    chmod a+rx "$work"
    nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"
    # shellcheck disable=SC2086
    for count in 1 2 3; do
        same "RLIMIT_NPROC of $count" "" \
            $nobody bash -c "ulimit -u $count; exec $cutis $team"
    done
    mkdir -m 777 "$work/nobody"
    $nobody "$cutis" batch plan "$work/small/manifest.csv" \
        -d "$work/nobody/run" -q $skin 4
    $nobody bash -c "ulimit -u 1
        exec $cutis batch run $work/nobody/run" 2>"$work/err"
    code=$?
    [ $code -eq 4 ] || say_wrong "a batch without processes: exit $code"
    says "no process can be put to work"
else
    echo "SKIPPED: RLIMIT_NPROC: root only may become somebody else"
fi

# ---- Streams ----------------------------------------------------------------

same "no stdin" "" sh -c "exec $cutis $team <&-"
same "no stderr" "" sh -c "exec $cutis $team 2>&-"
for closed in ">&-" "<&- >&-" ">&- 2>&-" "<&- >&- 2>&-"; do
    eval "\"$cutis\" $team $closed" 2>"$work/err"
    code=$?
    [ $code -eq 3 ] || say_wrong "streams $closed: exit $code"
    eval "\"$cutis\" compare $small -o \"$work/closed.json\" $closed" \
        2>"$work/err"
    code=$?
    [ $code -eq 0 ] || say_wrong "a file and streams $closed: exit $code"
    [ "$(head -c 1 "$work/closed.json")" = "{" ] ||
        say_wrong "other bytes in a file: streams $closed"
    rm "$work/closed.json"
    passed=$((passed + 2))
done
for form in text json csv html; do
    "$cutis" compare $small -f $form 2>"$work/err" >/dev/full
    code=$?
    [ $code -eq 3 ] || say_wrong "/dev/full, $form: exit $code"
    says "No space left on device"
    expect 3 compare $small -f $form -o /dev/full
    ("$cutis" compare $small -f $form 2>"$work/err"
        echo $? >"$work/code") | head -c 10 >/dev/null
    case $(cat "$work/code") in
    0 | 3 | 141) passed=$((passed + 1)) ;;
    *) say_wrong "a pipe that is closed, $form: $(cat "$work/code")" ;;
    esac
    # With the signal ignored it is an error as any other.
    (trap '' PIPE
        "$cutis" compare $small -f $form 2>"$work/err"
        echo $? >"$work/code") | head -c 10 >/dev/null
    case $(cat "$work/code") in
    0 | 3) passed=$((passed + 1)) ;;
    *) say_wrong "a pipe without its signal, $form: $(cat "$work/code")" ;;
    esac
done
mkdir "$work/full"
if mount -t tmpfs -o size=64k tmpfs "$work/full" 2>/dev/null; then
    expect 3 compare $small -o "$work/full/a.html"
    says "No space left on device"
    expect 3 compare $small -o "$work/full/a.json" --maps "$work/full/maps"
    expect 3 batch "$work/small/manifest.csv" -o "$work/full/a.csv" $skin 4
    [ -z "$(find "$work/full" -name '*.part*' -type f)" ] ||
        say_wrong "parts on a full disk: $(find "$work/full")"
    umount "$work/full"
else
    echo "SKIPPED: a full disk: no file system may be mounted here"
fi

# ---- Memory that runs out, calls that fail ----------------------------------

if ldd "$cutis" | grep -q san; then
    echo "SKIPPED: malloc in other hands: a sanitizer has it"
else
    $python "$tests/long/allocations.py" "$build" --few 3 >"$work/out" ||
        say_wrong "allocations: $(grep -A 3 '^NOT OK' "$work/out")"
    tail -1 "$work/out"
    $python "$tests/long/faults.py" "$build" --only compare \
        --few 6 --kills 8 >"$work/out" ||
        say_wrong "system calls: $(grep -A 3 '^NOT OK' "$work/out")"
    tail -1 "$work/out"
fi

echo "faults: $passed passed, $([ $status -eq 0 ] && echo 0 || echo some) failed"
exit $status
