#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# batch.sh BUILD [ROWS] [SLURM]: a batch of 10 000 small pairs, every tenth with
# a bad file, by one process, two, GNU parallel, and Slurm with processes and a
# node's daemon killed: one SHA-256.  What it costs on top of comparing, and
# what memory it needs.  SLURM is a folder whose start.sh starts two nodes; takes
# half an hour.  Figures: docs/results/batch.md.
set -u
build=$(cd "$1" && pwd)
rows=${2:-10000}
slurm=${3:-}
cutis=$build/tools/cutis
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
nodes=$work/slurm
trap '[ -z "$slurm" ] || bash "$slurm/stop.sh" "$nodes" 2>/dev/null
    rm -rf "$work"' EXIT
skin="--skin all --px-per-mm 4"
export OMP_NUM_THREADS=1
unset SLURM_ARRAY_TASK_ID SLURM_STEP_ID OMPI_COMM_WORLD_RANK PMI_RANK

seconds() { # CODE COMMAND...: what it took; wall, user + system
    local wanted=$1 code TIMEFORMAT='%R %U %S'
    shift
    { time "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time"
    code=$?
    [ $code -eq "$wanted" ] || {
        echo "exit $code, not $wanted: $*"
        tail -3 "$work/err"
    }
    awk '{ printf "%.1f s, of processors %.1f s\n", $1, $2 + $3 }' "$work/time"
}

plan() { # RUN
    "$cutis" batch plan "$work/pairs/manifest.csv" -d "$1" -q $skin
}

sum() { # RUN WHAT
    rm -f "$work/table.csv"
    "$cutis" batch merge "$1" -o "$work/table.csv"
    printf '%s  %s\n' "$(sha256sum <"$work/table.csv" | cut -c1-64)" "$2" |
        tee -a "$work/sums"
}

# Ids of the processes on one run folder; nobody else has its name.
workers() { # RUN
    for folder in /proc/[0-9]*; do
        { tr '\0' ' ' <"$folder/cmdline"; } 2>/dev/null |
            grep -qF "batch run $1" && echo "${folder#/proc/}"
    done
}

memory() { # RUN: the largest process's memory each 2 s while it runs
    while [ -e "$work/running" ]; do
        for id in $(workers "$1"); do
            awk '/VmRSS/ { print $2 }' "/proc/$id/status" 2>/dev/null
        done | sort -n | tail -1
        sleep 2
    done >"$work/memory"
}

python3 "$here/../batch_pairs.py" "$work/pairs" "$rows" 24
echo "$rows pairs, $(grep -c '^processor' /proc/cpuinfo) processors"

gcc -O2 -I"$here/../../include" "$here/bare.c" -o "$work/bare" \
    -L"$build/lib" -lcutis -Wl,-rpath,"$build/lib"
bare_rows=$((rows < 2000 ? rows : 2000))
for tables in 0 1; do
    printf 'comparing %d pairs alone, tables %d: ' $bare_rows $tables
    seconds 0 "$work/bare" "$work/pairs" $bare_rows $tables
done

plan "$work/one"
touch "$work/running"
memory "$work/one" &
printf 'one process: '
seconds 1 "$cutis" batch run "$work/one" -j 1 -q
rm "$work/running"
wait
awk '{ m[NR] = $1 } END {
    q = int(NR / 4)
    for (i = 1; i <= NR; i++) {
        if (i <= q && m[i] > a) a = m[i]
        if (i > NR - q && m[i] > b) b = m[i]
    }
    printf "memory, kB: %d at most in its first quarter, %d in its last\n", a, b
}' "$work/memory"
printf 'merging: '
seconds 1 "$cutis" batch merge "$work/one" -o "$work/one.csv"
sum "$work/one" "one process"

plan "$work/two"
printf 'two processes: '
seconds 1 "$cutis" batch run "$work/two" -j 2 -q
sum "$work/two" "two processes"

if command -v parallel >/dev/null; then
    plan "$work/parallel"
    printf 'GNU parallel: '
    seconds 0 sh -c "seq 16 | parallel -j 2 \
        '$cutis batch run $work/parallel -q --shard {} --of 16 ||
         [ \$? -eq 1 ]'"
    sum "$work/parallel" "GNU parallel, 16 parts, 2 at a time"
fi

if [ -n "$slurm" ]; then
    bash "$slurm/start.sh" "$nodes" 2 >"$work/out" || cat "$work/out"
    export SLURM_CONF=$nodes/slurm.conf
    plan "$work/cluster"
    # These nodes say nothing of their memory.
    grep -v '^#SBATCH --mem' "$here/../../examples/batch.slurm" >"$work/job"
    begun=$(date +%s)
    kills=0
    array=$(cd "$work" && PATH="$build/tools:$PATH" sbatch --parsable job \
        "$work/cluster")
    while squeue -h -j "$array" 2>/dev/null | grep -q .; do
        sleep 4
        [ $kills -ge 12 ] && continue
        victim=$(workers "$work/cluster" | shuf -n 1)
        [ -z "$victim" ] || kill -KILL "$victim" 2>/dev/null
        kills=$((kills + 1))
        if [ $kills -eq 6 ]; then
            kill -KILL "$(cat "$nodes/slurmd.n2.pid")"
            sleep 5
            slurmd -N n2 -f "$SLURM_CONF"
        fi
    done
    printf 'Slurm, 2 nodes, 16 tasks: %d s; %d processes and a daemon killed; ' \
        $(($(date +%s) - begun)) $kills
    "$cutis" batch status "$work/cluster"
    (cd "$work" && PATH="$build/tools:$PATH" sbatch -W job "$work/cluster" \
        >"$work/out")
    printf 'the array once more: '
    "$cutis" batch status "$work/cluster"
    sum "$work/cluster" "Slurm, killed"
fi

[ "$(cut -c1-64 "$work/sums" | sort -u | wc -l)" -eq 1 ] ||
    { echo "NOT OK: other bytes"; exit 1; }
echo "one SHA-256"
