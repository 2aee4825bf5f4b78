#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# installed.sh BUILD: installs into a prefix of its own and builds the README's
# program against nothing but that.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

DESTDIR=$prefix meson install -C "$1" --no-rebuild >/dev/null
export PKG_CONFIG_SYSROOT_DIR="$prefix"
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name cutis.pc)")
export PKG_CONFIG_PATH
LD_LIBRARY_PATH=$(dirname "$(find "$prefix" -name libcutis.so)")
export LD_LIBRARY_PATH

# shellcheck disable=SC2046
gcc -std=c11 -Wall -Wextra -Werror "$root/examples/compare.c" \
    -o "$prefix/compare" $(pkg-config --cflags --libs cutis)
code=0
"$prefix/compare" "$prefix/none.jpg" "$prefix/none.jpg" 2>/dev/null || code=$?
[ $code -eq 1 ]
"$prefix"/usr/local/bin/cutis version
