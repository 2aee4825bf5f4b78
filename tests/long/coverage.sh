#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# coverage.sh [light|all]: what the tests run of lib/, by clang's counters in the
# source (build-coverage/): lines, and branches, where each condition of an "if"
# counts as two, once true and once false; with CC=clang-18 or later also MC/DC.
# A table by folder, then the files with most left.  "light" leaves out the suites of synthetic skin, which take
# half an hour; "report" only prints.  Figures: docs/results/hardening.md.
set -eu
cd "$(dirname "$0")/../.."
what=${1:-all}
build=$PWD/build-coverage
CC=${CC:-clang}
version=$($CC -dumpversion | cut -d. -f1)
llvm=/usr/lib/llvm-$version/bin
[ -x "$llvm/llvm-cov" ] || {
    echo "SKIPPED: coverage: $llvm/llvm-cov is not there"
    exit 0
}
flags='-fprofile-instr-generate -fcoverage-mapping'
[ "$version" -lt 18 ] || flags="$flags -fcoverage-mcdc"
[ -e "$build/build.ninja" ] || CC=$CC meson setup "$build" \
    --buildtype=release -Dc_args="$flags" \
    -Dc_link_args=-fprofile-instr-generate >/dev/null
ninja -C "$build" >"$build/log" 2>&1 || {
    tail -20 "$build/log"
    exit 1
}

if [ "$what" != report ]; then
    rm -rf "$build/raw"
    mkdir "$build/raw"
    # Processes of a test that is not forked write to the same few files.
    export LLVM_PROFILE_FILE="$build/raw/%4m.profraw" CK_FORK=no
    export OMP_WAIT_POLICY=passive
    suite=$([ "$what" = light ] && echo '--suite light' || echo)
    # shellcheck disable=SC2086
    meson test -C "$build" --no-rebuild $suite -t 4 >"$build/tests.log" 2>&1 || true
    grep -E '^(Ok|Fail|Timeout):' "$build/tests.log"
    sh tests/pairs.sh build-coverage || true
    sh tests/batch.sh build-coverage | tail -1 || true
    sh tests/privacy.sh build-coverage >"$build/privacy" 2>&1 ||
        cat "$build/privacy"
fi
find "$build/raw" -name '*.profraw' >"$build/raw.list"
"$llvm/llvm-profdata" merge -sparse -o "$build/merged.profdata" \
    -f "$build/raw.list"
"$llvm/llvm-cov" export -summary-only -instr-profile "$build/merged.profdata" \
    "$build/lib/libcutis.so" >"$build/coverage.json"
python3 - "$build/coverage.json" <<'PYTHON'
import collections
import json
import sys

files = json.load(open(sys.argv[1]))["data"][0]["files"]
rows = collections.defaultdict(lambda: [0] * 6)
left = []
for file in files:
    name = file["filename"].split("/lib/", 1)
    if len(name) < 2 or not name[1].endswith(".c"):
        continue
    sums = file["summary"]
    counts = [sums[what][which] for what in ("lines", "branches", "mcdc")
              for which in ("covered", "count") if what in sums]
    counts += [0] * (6 - len(counts))
    folder = name[1].split("/")[0] if "/" in name[1] else "."
    for key in (folder, "all of lib/"):
        rows[key] = [a + b for a, b in zip(rows[key], counts)]
    left.append((counts[3] - counts[2], counts[1] - counts[0], name[1]))
print(f"{'folder':12} {'lines':>16} {'branches':>18}")
for key, (a, b, c, d, e, f) in sorted(rows.items()):
    print(f"{key:12} {a:6}/{b:<6} {100 * a / b:5.1f} %"
          f"{c:6}/{d:<6} {100 * c / max(d, 1):5.1f} %" +
          (f"  MC/DC {e}/{f} {100 * e / f:.1f} %" if f else ""))
print("most left (branches, lines, file):")
for entry in sorted(left, reverse=True)[:25]:
    print("%5d %5d  %s" % entry)
PYTHON
