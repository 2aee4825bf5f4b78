#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# batch_raters.sh BUILD: packs of pictures for blinded raters tell nothing and
# are what was sealed, and agreement of ratings is what R says.
set -u
cutis=$(cd "$1" && pwd)/tools/cutis
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
skin="--skin all --px-per-mm 4"
. "$tests/batch_words.sh"

/usr/bin/python3 "$tests/batch_pairs.py" "$work/pairs" 10 24 || exit 1

raters() {
    /usr/bin/python3 "$tests/batch_ratings.py" "$@" || say_wrong "ratings: $1"
}
mkdir "$work/rated"
raters make "$work/rated"
expect 0 batch ratings "$work/rated/ratings.csv" --key "$work/rated/key.csv" \
    --results "$work/rated/results.csv" -o "$work/rated/agreement.csv"
raters check "$work/rated"
sed '5s/ann,.*/ann,good/' "$work/rated/ratings.csv" >"$work/bad.csv"
expect 65 batch ratings "$work/bad.csv" --key "$work/rated/key.csv"
says 'line 5: a rating is a number, not "good"'
expect 65 batch ratings "$work/rated/ratings.csv" "$work/rated/ratings.csv" \
    --key "$work/rated/key.csv"
says 'line 2: "p000" is rated twice by "ann"'
sed 's/,s7,/,s8,/' "$work/rated/results.csv" >"$work/bad.csv"
expect 65 batch ratings "$work/rated/ratings.csv" --results "$work/bad.csv" \
    --key "$work/rated/key.csv"
says 'pair "q3" is of other photographs'
expect 2 batch ratings "$work/rated/ratings.csv"

sed -n '1p;2,9s/^p/pseudonym/p' "$work/pairs/manifest.csv" \
    >"$work/pairs/blind.csv"
for pack in one two; do
    expect 1 batch blind "$work/pairs/blind.csv" -d "$work/pack-$pack" $skin \
        -o "$work/$pack-key.csv" --seed secret
    says "pair pseudonym7 is left out: before: "
done
raters pack "$work/pack-one" "$work/one-key.csv" 8 1
cmp -s "$work/one-key.csv" "$work/two-key.csv" || say_wrong "one seed, two keys"
expect 1 batch blind "$work/pairs/blind.csv" -d "$work/pack-three" $skin \
    -o "$work/three-key.csv" -q
cmp -s "$work/one-key.csv" "$work/three-key.csv" && say_wrong "no secret"
expect 2 batch blind "$work/pairs/blind.csv" -d "$work/pack-one" $skin \
    -o "$work/four-key.csv"
says "is there already"
expect 2 batch blind "$work/pairs/blind.csv" -d "$work/pack-four" $skin
expect 3 batch blind "$work/pairs/blind.csv" -d "$work/pack-five" $skin \
    -o "$work/nowhere/five-key.csv"
[ ! -e "$work/pack-five" ] || say_wrong "half a pack stays"
sed 's/,,$/,ann,1/' "$work/pack-one/ratings.csv" >"$work/ann.csv"
expect 0 batch ratings "$work/ann.csv" --key "$work/one-key.csv" \
    -d "$work/pack-one"
expect 65 batch ratings "$work/ann.csv" --key "$work/three-key.csv" \
    -d "$work/pack-one"
says "is not the key that was sealed"
echo >>"$work/pack-one/pictures/$(sed -n '2s/,.*//p' "$work/ann.csv").jpg"
expect 65 batch ratings "$work/ann.csv" --key "$work/one-key.csv" \
    -d "$work/pack-one"
says "is not the picture that was sealed"

echo "raters: $passed passed, $([ $status -eq 0 ] && echo 0 || echo some) failed"
exit $status
