#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# setup.sh [tests] [aarch64] [browser] [package]: installs what cutis is built
# with on Debian 12, then fetches the face model.  "tests": what its tests need;
# "aarch64", "browser", "package": what tests/long/aarch64.sh, browser/build.sh
# and packaging/debian.sh need.  Safe to run twice; offline once done.
set -eu
cd "$(dirname "$0")/.."

build="gcc libc6-dev dpkg-dev meson ninja-build pkg-config python3
    libpng-dev libjpeg62-turbo-dev liblcms2-dev"
tests="abigail-tools check clang clang-format clang-tidy cmake g++ libomp-dev
    libclang-rt-14-dev codespell git libimage-exiftool-perl libpng-tools libjpeg-turbo-progs
    python3-jsonschema python3-numpy python3-pil strace
    cppcheck llvm"
aarch64="gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static"
browser="chromium cmake emscripten"
package="debhelper dh-python dpkg-dev help2man lintian"

wanted=$build
for part; do
    case $part in
    tests) wanted="$wanted $tests" ;;
    aarch64) wanted="$wanted $tests $aarch64" ;;
    browser) wanted="$wanted $tests $browser" ;;
    package) wanted="$wanted $tests $package" ;;
    *)
        echo "setup: no such part: $part" >&2
        exit 2
        ;;
    esac
done
[ -e data/models/face_landmark.tflite ] || wanted="$wanted npm ca-certificates"

missing=
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
        grep -q 'ok installed' || missing="$missing $package"
done
# npm and node may have come another way than as packages.
if command -v npm >/dev/null 2>&1; then
    missing=$(printf '%s ' $missing | sed 's/\bnpm\b//')
fi

if [ -n "$(printf '%s' "$missing" | tr -d ' ')" ]; then
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "setup: as root, please: apt-get install $missing" >&2
            exit 1
        }
        as_root=sudo
    fi
    echo "setup: installing Debian packages:" $missing
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root apt-get install -y -qq --no-install-recommends $missing \
        </dev/null >/tmp/cutis-setup.log 2>&1 || {
        cat /tmp/cutis-setup.log >&2
        exit 1
    }
fi

sh data/fetch-models.sh
echo "setup: everything is there"
