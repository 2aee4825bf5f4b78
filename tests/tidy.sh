#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# tidy.sh BUILD: clang-tidy over the library and the tools, two at a time.
set -u
cd "$(dirname "$0")/.."
find lib tools examples -name '*.c' | sort |
    xargs -P 2 -n 4 clang-tidy --quiet -p "$1" 2>/dev/null |
    grep -E 'warning:|error:' | sort -u >"$1/tidy.txt"
head -40 "$1/tidy.txt"
[ ! -s "$1/tidy.txt" ]
