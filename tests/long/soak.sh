#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# soak.sh BUILD [MINUTES [SEED [THREADS]]]: good and bad pairs, cancelled calls and
# failing allocations through one session of one process, for 120 minutes: memory
# flat within 1 %, descriptors and threads the same, and one pair's bytes never
# other than the first time.  Figures: docs/results/hardening.md.
#
# glibc counts what a thread keeps of freed blocks for its next use (tcache, and
# fast bins: up to 0.3 MB, filling for hours) as in use.  Without them the heap in
# use is what is held, to the byte.
set -eu
build=$(cd "$1" && pwd)
minutes=${2:-120}
seed=${3:-1}
threads=${4:-2}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for person in 104 105; do
    "$build/tools/phantom/cutis-phantom" pair --seed $person --px-per-mm 1 \
        --size 170x215 --redness 0.5 --treat-redness 0.2 --hair 0 \
        -o "$work/$person" >/dev/null
done
mkdir "$work/files"
mv "$work/104/before.jpg" "$work/104/after.jpg" "$work/files"
mv "$work/105/after.jpg" "$work/files/other.jpg"
/usr/bin/python3 "$here/soak.py" "$work/files"
gcc -std=c11 -O2 -Wall -Wextra -Werror -I"$here/../../include" \
    "$here/soak.c" -o "$work/soak" -L"$build/lib" -lcutis -lm
export GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0
LD_LIBRARY_PATH=$build/lib "$work/soak" "$work/files" "$minutes" "$seed" "$threads"
