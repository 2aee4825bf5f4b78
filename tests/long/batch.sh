#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
#
# batch.sh BUILD [ROWS] [SLURM [FACES]]: a batch of 10 000 pairs, a tenth of them
# faces of 170 x 215 pixels, the others patches of skin, and a tenth with a bad
# file, by one process, two, GNU parallel, and two jobs at once on two nodes of Slurm, with
# processes killed at any moment and between flush and link, a node's daemon
# killed and a disk that is full: one SHA-256.  What it costs on top of
# comparing, and what memory it needs.  SLURM is a folder whose start.sh starts
# two nodes; FACES one with the pictures of faces, which are drawn otherwise.
# Takes 20 minutes of processors; the full disk needs root.  Figures:
# docs/results/batch.md.
set -u
build=$(cd "$1" && pwd)
rows=${2:-10000}
slurm=${3:-}
cutis=$build/tools/cutis
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
nodes=$work/slurm
trap '[ -z "$slurm" ] || bash "$slurm/stop.sh" "$nodes" 2>/dev/null
    sleep 1; umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
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
    "$cutis" batch plan "$work/pairs/manifest.csv" -d "$1" -q
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

faces=${4:-}
if [ -z "$faces" ]; then
    faces=$work/faces
    mkdir "$faces"
fi
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
    [ ! -e "$faces/${i}_after.jpg" ] || continue
    "$build/tools/phantom/cutis-phantom" pair --seed $((100 + i)) \
        --px-per-mm 1 --size 170x215 --treat-blood 0.8 --treat-spots 0.7 \
        --redness 0.5 --spots 60 -o "$faces/$i"
    for name in before after; do
        mv "$faces/$i/$name.jpg" "$faces/${i}_$name.jpg"
    done
    rm -r "$faces/$i"
done
python3 "$here/../batch_pairs.py" "$work/pairs" "$rows" 24 "$faces"
echo "$rows pairs, $(grep -c '^processor' /proc/cpuinfo) processors"

# Comparing alone and a batch of the same pairs, by turns.
gcc -O2 -I"$here/../../include" "$here/bare.c" -o "$work/bare" \
    -L"$build/lib" -lcutis -Wl,-rpath,"$build/lib"
cpu() { # COMMAND...: seconds of processors
    local TIMEFORMAT='%U %S'
    { time "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time" ||
        echo "failed: $*" >&2
    awk '{ printf "%.3f\n", $1 + $2 }' "$work/time"
}
overhead() { # KIND COUNT SCALE
    { echo "pair_id,before,after,days,px_per_mm,skin"
      awk -v kind="$1" -v count="$2" -v scale="$3" '$1 == kind && n < count {
          n++
          print "p" n "," $2 "," $3 ",30," scale "," \
              (kind == "patch" ? "all" : "")
      }' "$work/pairs/pairs.list"; } >"$work/pairs/$1.csv"
    for turn in 1 2 3 4 5 6 7; do
        rm -rf "$work/$1"
        "$cutis" batch plan "$work/pairs/$1.csv" -d "$work/$1" -q
        echo "$(cpu "$work/bare" "$work/pairs/pairs.list" "$1" "$2")" \
            "$(cpu "$cutis" batch run "$work/$1" -j 1 -q)"
    done | awk '{ print $1, $2, $2 / $1 - 1 }' | sort -k3n >"$work/turns"
    awk -v kind="$1" -v count="$2" '
        { bare[NR] = $1; all[NR] = $2; more[NR] = $3 }
        END {
            printf "%d pairs (%s), 7 turns: %.1f ms a pair alone, on top " \
                "%.2f %% (median; %.2f to %.2f)\n", count, kind,
                1e3 * bare[4] / count, 100 * more[4], 100 * more[1],
                100 * more[7]
        }' "$work/turns"
}
[ "$rows" -lt 1000 ] || overhead face 32 3
[ "$rows" -lt 1000 ] || overhead patch 384 4

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

send() { # NODE NAME=VALUE...: the array as a job on that node
    local node=$1
    shift
    (cd "$work" && env PATH="$build/tools:$PATH" "$@" \
        sbatch --parsable -w "$node" job "$work/cluster")
}

full() {
    [ "$(df --output=pcent "$work/disk" | tail -1 | tr -dc 0-9)" -ge 99 ]
}

if [ -n "$slurm" ]; then
    bash "$slurm/start.sh" "$nodes" 2 >"$work/out" || cat "$work/out"
    export SLURM_CONF=$nodes/slurm.conf
    mkdir "$work/disk"
    # Room for a quarter of the results at first; they are 46 kB a pair.
    mount -t tmpfs -o size=$((rows * 11))k tmpfs "$work/disk" ||
        echo "SKIPPED: a full disk: no file system may be mounted here"
    ln -s "$work/disk/run" "$work/cluster"
    plan "$work/disk/run"
    gcc -shared -fPIC -o "$work/fault.so" "$here/../batch_fault.c" -ldl
    # These nodes say nothing of their memory.
    grep -v '^#SBATCH --mem' "$here/../../examples/batch.slurm" >"$work/job"
    begun=$(date +%s)
    kills=0 daemons=0 disks=0
    one=$(send n1)
    # Each process of this one dies between its fourth flush and link.
    two=$(send n2 LD_PRELOAD="$work/fault.so" FAULT=link:4)
    while squeue -h -j "$one,$two" 2>/dev/null | grep -q .; do
        sleep 4
        if [ $disks -eq 0 ] && full; then
            sleep 8
            mount -o remount,size=$((rows * 100))k "$work/disk"
            disks=1
        fi
        [ $kills -lt 40 ] || continue
        victim=$(workers "$work/cluster" | shuf -n 1)
        [ -z "$victim" ] || kill -KILL "$victim" 2>/dev/null &&
            kills=$((kills + 1))
        if [ $daemons -eq 0 ] && [ $kills -ge 6 ]; then
            kill -KILL "$(cat "$nodes/slurmd.n2.pid")"
            sleep 5
            slurmd -N n2 -f "$SLURM_CONF"
            daemons=1
        fi
    done
    printf 'Slurm, 2 jobs of 16 tasks on 2 nodes: %d s; %d processes and %d %s' \
        $(($(date +%s) - begun)) $kills $daemons "daemon killed, "
    printf '%d between flush and link, %d tasks on a full disk; ' \
        "$(cat "$work"/cutis-*.log | grep -c 'ended by signal 9')" \
        "$(grep -l 'No space left' "$work"/cutis-*.log | wc -l)"
    "$cutis" batch status "$work/cluster"
    mount -o remount,size=$((rows * 100))k "$work/disk" 2>/dev/null
    for node in n1 n2; do
        (cd "$work" && PATH="$build/tools:$PATH" \
            sbatch -W -w $node job "$work/cluster" >"$work/out") &
    done
    wait
    printf 'both jobs once more: '
    "$cutis" batch status "$work/cluster"
    sum "$work/cluster" "Slurm: two jobs, killed, a full disk"
fi

[ "$(cut -c1-64 "$work/sums" | sort -u | wc -l)" -eq 1 ] ||
    { echo "NOT OK: other bytes"; exit 1; }
echo "one SHA-256"
