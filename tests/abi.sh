#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# abi.sh BUILD          the library's binary interface is the one that was kept,
#                       or has only grown: tests/abi/libcutis.abi
# abi.sh BUILD renew    keeps the present one, for a release or, before the
#                       first, whenever it changes on purpose
#
# BUILD holds a library with debug information (its sources are compiled with
# -g); only what the headers of include/cutis declare is looked at.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
library=$1/lib/libcutis.so
kept=$root/tests/abi/libcutis.abi
command -v abidw >/dev/null || {
    echo "SKIPPED: abidw and abidiff (Debian: abigail-tools) are not there"
    exit 0
}
now=$(mktemp)
trap 'rm -f "$now"' EXIT
abidw --suppressions "$root/tests/abi/opaque.suppr" \
    --headers-dir "$root/include" --drop-private-types --no-corpus-path \
    --no-comp-dir-path --no-show-locs --drop-undefined-syms --out-file "$now" \
    "$library"
grep -q 'cutis_change' "$now" || {
    echo "abi: $library has no debug information"
    exit 1
}
if [ "${2:-}" = renew ]; then
    cp "$now" "$kept"
    exit 0
fi

# abidiff: bit 2 = some change, bit 3 = an incompatible one.  Functions that are
# new are welcome.
code=0
abidiff --no-added-syms "$kept" "$now" || code=$?
[ $code -eq 0 ] || {
    echo "abi: changed (abidiff: $code); if on purpose: tests/abi.sh BUILD renew"
    exit 1
}
echo "abi: as kept"
