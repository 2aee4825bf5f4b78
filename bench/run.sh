#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# How fast it is and what it needs: kernels by instruction set, stages by
# picture size, threads, whole processes beside other programs, peak memory.
#
#   sh bench/run.sh BUILD                     about 6 minutes on a quiet machine
#   sh bench/run.sh BUILD --quick             one minute, fewer sizes and rounds
#   sh bench/run.sh BUILD --against OTHER     this build and another's, in turn
#   sh bench/run.sh BUILD --write             and docs/results/speed.md with it
#
# BUILD is a release build with the face model.  Pictures are rendered once, into
# BUILD/speed (or --folder F), where speed.json goes too.  The other programs are
# ../shared/peers; without them, or without OpenCV (Debian: libopencv-dev,
# opencv-data, python3-opencv, python3-skimage), their rows are left out.
set -eu
cd "$(dirname "$0")/.."
[ $# -ge 1 ] && [ -e "$1/build.ninja" ] || {
    sed -n '5,19s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
build=$1
shift
ninja -C "$build" tools/cutis tools/phantom/cutis-phantom \
    bench/bench_kernels bench/bench_stages >/dev/null
export OMP_WAIT_POLICY=passive
for python in python3 /usr/bin/python3; do # the one that has Pillow
    if $python -c "import PIL" 2>/dev/null; then
        exec $python bench/speed.py "$build" "$@"
    fi
done
echo "run.sh: Python needs Pillow (Debian: python3-pil)" >&2
exit 69
