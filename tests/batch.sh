#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# batch.sh BUILD: a batch of 60 small pairs, every tenth with a bad file, gives
# the same bytes by one process or several, in whatever order, killed at any
# moment and gone on with; and what it must refuse.
set -u
cutis=$(cd "$1" && pwd)/tools/cutis
tests=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'umount "$work/full" 2>/dev/null; rm -rf "$work"' EXIT
skin="--skin all --px-per-mm 4"
# What a scheduler that runs the tests says is not for them.
unset SLURM_ARRAY_TASK_ID SLURM_STEP_ID OMPI_COMM_WORLD_RANK PMI_RANK

. "$tests/batch_words.sh"

plan() { # RUN: in shards of 7
    rm -rf "$1"
    expect 0 batch plan "$work/pairs/manifest.csv" -d "$1" -q --shard-size 7 \
        $skin
}

same() { # RUN WORDS: its table is that of one process
    expect 1 batch merge "$1" -o "$work/merged.csv"
    if cmp -s "$work/merged.csv" "$work/pairs/long.csv"; then
        passed=$((passed + 1))
    else
        say_wrong "other bytes: $2"
    fi
    [ -z "$(ls "$1/parts")" ] || say_wrong "parts are left: $2"
}

/usr/bin/python3 "$tests/batch_pairs.py" "$work/pairs" 60 24 || exit 1

# ---- One process, and what the tables hold ----------------------------------

expect 1 batch "$work/pairs/manifest.csv" -o "$work/pairs/long.csv" -j 1 $skin
says "60 pairs, 6 failed"
[ ! -e "$work/pairs/long.csv.run" ] || say_wrong "the run folder is left"
plan "$work/run"
expect 4 batch status "$work/run"
expect 4 batch merge "$work/run" -o "$work/none.csv"
says "0 of 60 pairs are done"
[ ! -e "$work/none.csv" ] || say_wrong "a table of an unfinished run"
expect 1 batch run "$work/run" -j 2
same "$work/run" "two processes"
expect 1 batch status "$work/run"
grep -q "^60 of 60 pairs are done, in 9 of 9 shards; 6 failed$" "$work/out" ||
    say_wrong "status: $(cat "$work/out")"
expect 1 batch merge "$work/run" -o "$work/pairs/long.jsonl"
expect 1 batch merge "$work/run" -o "$work/pairs/wide.csv" --rows wide
expect 1 batch merge "$work/run" -o "$work/pairs/wide.jsonl" --rows wide
expect 1 batch merge "$work/run"
cmp -s "$work/out" "$work/pairs/long.csv" || say_wrong "stdout has other bytes"
"$cutis" compare "$work/pairs/0_before.png" "$work/pairs/0_after.png" -f csv \
    --days 30 $skin >"$work/one.csv" 2>/dev/null
/usr/bin/python3 "$tests/batch_check.py" "$work/pairs" "$work/one.csv" ||
    say_wrong "the tables"

# ---- Parts of a cluster -----------------------------------------------------

plan "$work/run"
for part in 3 1 2; do
    expect 1 batch run "$work/run" --shard $part --of 3
done
same "$work/run" "three parts"
plan "$work/run"
for task in 10 4 7; do
    SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_MIN=4 SLURM_ARRAY_TASK_MAX=10 \
        SLURM_ARRAY_TASK_STEP=3 expect 1 batch run "$work/run"
done
same "$work/run" "Slurm's array"
plan "$work/run"
for rank in 1 0; do
    OMPI_COMM_WORLD_RANK=$rank OMPI_COMM_WORLD_SIZE=2 \
        expect 1 batch run "$work/run"
done
same "$work/run" "MPI's ranks"
plan "$work/run"
"$cutis" batch run "$work/run" -q &
expect 1 batch run "$work/run"
says "60 pairs, 6 failed"
wait $!
[ $? -eq 1 ] || say_wrong "the other process on one run folder"
same "$work/run" "two commands on one run folder"

# ---- Killed -----------------------------------------------------------------

${CC:-cc} -std=c11 -shared -fPIC -o "$work/fault.so" "$tests/batch_fault.c" \
    -ldl || exit 1
if ldd "$cutis" | grep -q asan; then
    echo "SKIPPED: faults: a sanitizer must be the first library"
else
    # Between the flush and the link, before the flush, before the folder's.
    # A shard that takes three processes with it is left out.
    for fault in 4:link:1 1:link:3 4:fsync:1 1:fsync:2 1:fsync:5; do
        plan "$work/run"
        LD_PRELOAD=$work/fault.so FAULT=${fault#*:} expect ${fault%%:*} \
            batch run "$work/run" -j 1
        says "its process ended by signal 9"
        expect 1 batch run "$work/run"
        same "$work/run" "killed at $fault"
    done
    # A disk that does not answer is no result of the pair.
    plan "$work/run"
    LD_PRELOAD=$work/fault.so FAULT_OPEN=/25_after.png \
        expect 4 batch run "$work/run"
    says "shard 4 is left for later: pair p25: "
    expect 4 batch merge "$work/run" -o "$work/none.csv"
    [ ! -e "$work/run/shards/000004" ] || say_wrong "a want became a result"
    expect 1 batch run "$work/run"
    same "$work/run" "a disk that did not answer"
fi
plan "$work/run"
for moment in 0.05 0.15 0.1 0.2; do
    setsid "$cutis" batch run "$work/run" -q &
    sleep $moment
    kill -KILL -$! 2>/dev/null
    wait $! 2>/dev/null
done
expect 1 batch run "$work/run"
same "$work/run" "killed at any moment"
plan "$work/run"
"$cutis" batch run "$work/run" -q &
sleep 0.15
kill -TERM $!
wait $!
code=$?
[ $code -eq 143 ] || [ $code -eq 1 ] || say_wrong "ended by SIGTERM with $code"
expect 1 batch run "$work/run"
same "$work/run" "asked to stop"

# ---- One step, taken up again -----------------------------------------------

table="$work/step.csv"
setsid "$cutis" batch "$work/pairs/manifest.csv" -o "$table" -q $skin &
sleep 0.4
kill -KILL -$! 2>/dev/null
wait $! 2>/dev/null
if [ -e "$table.run/plan" ]; then
    expect 2 batch "$work/pairs/manifest.csv" -o "$table" -q $skin --days 9
    says "is a run of other pairs or options"
fi
expect 1 batch "$work/pairs/manifest.csv" -o "$table" -q $skin
cmp -s "$table" "$work/pairs/long.csv" || say_wrong "other bytes: one step"
expect 2 batch "$work/pairs/manifest.csv" -o "$work/pairs/manifest.csv" $skin

# ---- A disk that is full, a shard that is damaged ---------------------------

plan "$work/run"
(
    ulimit -f 100
    "$cutis" batch run "$work/run" -j 1 2>"$work/err"
)
[ $? -eq 3 ] || say_wrong "a file's limit"
says "File too large"
[ -z "$(ls "$work/run/shards")" ] || say_wrong "a shard that did not fit"
expect 1 batch run "$work/run"
same "$work/run" "a file's limit that is lifted"
mkdir "$work/full"
if mount -t tmpfs -o size=700k tmpfs "$work/full" 2>/dev/null; then
    plan "$work/full/run"
    expect 3 batch run "$work/full/run" -j 1
    says "No space left on device"
    mount -o remount,size=20m "$work/full"
    expect 1 batch run "$work/full/run"
    same "$work/full/run" "a full disk that is emptied"
    umount "$work/full"
else
    echo "SKIPPED: a full disk: no file system may be mounted here"
fi
plan "$work/run"
expect 1 batch run "$work/run" -q
printf x | dd of="$work/run/shards/000002" bs=1 seek=2000 conv=notrunc \
    2>/dev/null
expect 4 batch merge "$work/run" -o "$work/none.csv"
says "shards/000002 is damaged"
rm "$work/run/shards/000002"
truncate -s 3000 "$work/run/shards/000005"
expect 1 batch run "$work/run"
says "shards/000005 is not whole; it is made anew"
same "$work/run" "damaged shards"
sed -i 's/,south,/,North,/' "$work/run/manifest.csv"
expect 65 batch run "$work/run"
says "manifest.csv is not what was planned"

# ---- Manifests that are wrong -----------------------------------------------

refuse() { # WORDS, then the manifest on stdin
    cat >"$work/bad.csv"
    rm -rf "$work/run"
    expect 65 batch plan "$work/bad.csv" -d "$work/run"
    says "$1"
    [ ! -e "$work/run/plan" ] || say_wrong "a plan of a bad manifest"
}

refuse 'line 1: no column "pair_id"' <<END
id;before;after
END
refuse "line 3: 2 fields where the first row has 3" <<END
pair_id,before,after
a,b.png,a.png
b,b.png
END
refuse 'line 4: pair_id "a" is that of line 2' <<END
pair_id,before,after
a,b.png,a.png
b,b.png,a.png
a,b.png,c.png
END
refuse "line 2: no pair_id" <<END
pair_id,before,after
,b.png,a.png
END
refuse "line 3: a pair has two photographs" <<END
pair_id,before,after
a,b.png,a.png
b,b.png,
END
refuse 'line 3: days: cannot take "soon"' <<END
pair_id,before,after,days
a,b.png,a.png,12
b,b.png,a.png,soon
END
refuse 'line 2: polarised: yes or no, not "maybe"' <<END
pair_id,before,after,polarised
a,b.png,a.png,maybe
END
refuse "line 2: card of the photograph after, but none" <<END
pair_id,before,after,card_after
a,b.png,a.png,"1,1,2,1,2,2,1,2"
END
refuse 'line 3: there is no preset "acme"' <<END
pair_id,before,after,preset
a,b.png,a.png,acne
b,b.png,a.png,acme
END
refuse 'line 2: "cheek" is not a region' <<END
pair_id,before,after,treated
a,b.png,a.png,"nose,cheek"
END
refuse 'line 2: "nose" cannot be both treated and the reference' <<END
pair_id,before,after,treated,reference
a,b.png,a.png,"nose,chin",nose
END
refuse "line 2: a card is x1,y1,x2,y2,x3,y3,x4,y4" <<END
pair_id,before,after,card
a,b.png,a.png,"1,1,2,1,2,2,1"
END
refuse "line 2: skin is not said together with landmarks" <<END
pair_id,before,after,skin,px_per_mm,landmarks
a,b.png,a.png,all,4,points.txt
END
refuse "line 2: skin needs a scale" <<END
pair_id,before,after,skin
a,b.png,a.png,all
END
refuse 'line 2: "b.png" is twice in one visit' <<END
pair_id,before,before_2,after
a,b.png,b.png,b.png
END
expect 2 batch plan "$work/pairs/manifest.csv" -d "$work/run" $skin \
    --preset acme
says 'there is no preset "acme"'
refuse 'line 1: results have a column "change"' <<END
pair_id,before,after,change
a,b.png,a.png,1
END
refuse "no pairs" <<END
pair_id,before,after
END
printf 'pair_id,before,after\na,b\200.png,c.png\n' |
    refuse "line 2: field 2 is not text in UTF-8"
expect 66 batch plan "$work/none.csv" -d "$work/run"
expect 66 batch run "$work/none"
expect 2 batch plan "$work/pairs/manifest.csv"
expect 2 batch run "$work/run" --shard 3 --of 2
expect 2 batch "$work/pairs/manifest.csv"

# ---- Statistics -------------------------------------------------------------

oracles=$tests/oracles
expect 0 batch stats "$oracles/stats-in.csv" --by study -d "$work/pictures" \
    -o "$work/stats.csv"
/usr/bin/python3 "$tests/batch_stats.py" "$work/stats.csv" "$work/pictures" ||
    say_wrong "the statistics"
expect 0 batch stats "$work/pairs/long.csv" --by clinic
[ "$(grep -c ',redness,face,' "$work/out")" -eq 3 ] || say_wrong "groups"
expect 65 batch stats "$work/pairs/wide.csv"
says 'no column "metric"'
expect 65 batch stats "$work/pairs/long.csv" --by town
says 'no column "town" to group by'
sed 's/,[0-9.]*,\([0-9.]*\),log,/,x,\1,log,/' "$oracles/stats-in.csv" \
    >"$work/bad.csv"
expect 65 batch stats "$work/bad.csv"
says "line 2: before and after are numbers"

# ---- Options of a pair, and folders -----------------------------------------

cat >"$work/pairs/options.csv" <<END
pair_id,before,after,days,px_per_mm,skin,skin_after,polarised
a,0_before.png,0_after.png,,4,all,,
b,0_before.png,0_after.png,3,5,corners.txt,all,yes
c,0_before.png,0_after.png,400,4,none.txt,,no
END
printf '4 4\n20 4\n20 20\n4 20\n' >"$work/pairs/corners.txt"
expect 1 batch "$work/pairs/options.csv" -o "$work/options.csv" --rows wide
/usr/bin/python3 - "$work/options.csv" <<END || say_wrong "options of a pair"
import csv, sys
a, b, c = csv.DictReader(open(sys.argv[1], newline=""))
assert a["days"] == "" and b["days"] == "3" and c["days"] == "400"
assert "skin" not in a and "skin_after" not in a
assert a["status"] == b["status"] == "ok" and c["status"] == "argument"
assert float(a["redness_area_cm2"]) > float(b["redness_area_cm2"]) > 0
assert b["score_verdict"] == "too_early"
END
expect 1 batch "$work/pairs" --pattern '*_before.png,*_after.png' \
    -o "$work/folder.csv" --rows wide $skin
says "60 pairs, 6 failed"
cut -d, -f1 "$work/folder.csv" | sed 1d >"$work/ids"
seq 0 59 | LC_ALL=C sort | cmp -s - "$work/ids" || say_wrong "ids of a folder"
mkdir -p "$work/people/ann" "$work/people/bob"
cp "$work/pairs/0_before.png" "$work/people/ann/week0.png"
cp "$work/pairs/0_after.png" "$work/people/ann/week12.png"
cp "$work/pairs/0_after.png" "$work/people/bob/week12.png"
expect 1 batch "$work/people" --pattern '*/week0.png,*/week12.png' \
    -o "$work/folder.csv" --rows wide $skin
[ "$(sed 1d "$work/folder.csv" | cut -d, -f1-3)" = "ann,ok,
bob,missing,before: No such file or directory" ] || say_wrong "folders"
expect 2 batch "$work/people" --pattern '*/a.png' -o "$work/folder.csv"
for file in a_before1 a_before3 a_after1 b_before2 b_after1 b_after2; do
    cp "$work/pairs/$(echo $file | tr -dc 0-9)_before.png" \
        "$work/people/$file.png"
done
expect 0 batch plan "$work/people" --pattern '*_before#.png,*_after#.png' \
    -d "$work/folder.run" -q $skin
sed "s,$(realpath "$work")/people/./,,g" "$work/folder.run/manifest.csv" \
    >"$work/found"
cmp -s "$work/found" - <<END || say_wrong "captures in a folder"
pair_id,before,before_2,before_3,after,after_2
a,a_before1.png,,a_before3.png,a_after1.png,
b,b_before2.png,,,b_after1.png,b_after2.png
END
expect 2 batch "$work/people" -o "$work/folder.csv"

# ---- Repeat captures of people ----------------------------------------------

mkdir -p "$work/site/ann/1" "$work/site/ann/2" "$work/site/bob"
cp "$work/pairs/0_before.png" "$work/pairs/1_before.png" "$work/site/ann/1"
cp "$work/pairs/0_after.png" "$work/pairs/1_after.png" "$work/site/ann/2"
cp "$work/pairs/0_before.png" "$work/pairs/0_after.png" "$work/site/bob"
echo "not a capture" >"$work/site/ann/notes.txt"
expect 0 calibrate "$work/site" -o "$work/folder.profile" $skin
says "2 people, 3 pairs of captures"
grep -q '"s_between"' "$work/folder.profile" || say_wrong "visits in a profile"
cat >"$work/pairs/site.csv" <<END
file,visit,person
0_before.png,,bob
1_after.png,2,ann
0_after.png,,bob
0_before.png,1,ann
1_before.png,1,ann
0_after.png,2,ann
END
expect 0 calibrate "$work/pairs/site.csv" -o "$work/table.profile" -q $skin
cmp -s "$work/folder.profile" "$work/table.profile" ||
    say_wrong "a folder and a table of the same people"
expect 0 compare "$work/pairs/0_before.png" "$work/pairs/0_after.png" \
    --site-profile "$work/table.profile" -f text $skin
sed '1s/$/,card/; 2,$s/$/,/' "$work/pairs/site.csv" >"$work/pairs/card.csv"
expect 0 calibrate "$work/pairs/card.csv" -o "$work/card.profile" -q $skin
cmp -s "$work/table.profile" "$work/card.profile" || say_wrong "no cards"
sed '3s/$/"1,2,3"/' "$work/pairs/card.csv" >"$work/pairs/quad.csv"
expect 1 calibrate "$work/pairs/quad.csv" -o "$work/card.profile" $skin
says "a card is x1,y1"

# ---- Visits with several captures, and sites with profiles ------------------

cat >"$work/pairs/visits.csv" <<END
pair_id,before,before_2,before_4,after,after_2,site_profile
a,0_before.png,,1_before.png,0_after.png,1_after.png,
b,0_before.png,,,0_after.png,1_after.png,
c,0_before.png,17_before.png,none.png,0_after.png,,
d,0_before.png,,,0_after.png,,../table.profile
END
expect 0 batch plan "$work/pairs/visits.csv" -d "$work/visits" $skin
says "1 of 13 photographs cannot be read, the first of line 4"
expect 1 batch run "$work/visits"
expect 1 batch merge "$work/visits" -o "$work/visits.csv"
one_pair() { # ID ARGUMENTS...: the rows of a pair are those of compare
    "$cutis" compare -f csv $skin "$@" >"$work/one.csv" 2>/dev/null
    sed 1d "$work/one.csv" >"$work/wanted"
    grep "^$id," "$work/visits.csv" | cut -d, -f4- >"$work/found"
    cmp -s "$work/found" "$work/wanted" || say_wrong "pair $id: $*"
}
photo() {
    echo "$work/pairs/$1.png"
}
id=a one_pair --before "$(photo 0_before)" --before "$(photo 1_before)" \
    --after "$(photo 0_after)" --after "$(photo 1_after)"
id=b one_pair --before "$(photo 0_before)" \
    --after "$(photo 0_after)" --after "$(photo 1_after)"
id=d one_pair --site-profile "$work/table.profile" "$(photo 0_before)" \
    "$(photo 0_after)"
grep -q '^c,missing,"\{0,1\}before_4: No such file' "$work/visits.csv" ||
    say_wrong "a capture that is missing"

# What is planned stays: the profile's copy counts, and a change is told.
cp "$work/table.profile" "$work/own.profile"
rm -rf "$work/run"
expect 0 batch plan "$work/pairs/manifest.csv" -d "$work/run" -q $skin \
    --site-profile "$work/own.profile"
rm "$work/own.profile"
expect 1 batch run "$work/run"
expect 1 batch merge "$work/run" -o "$work/site.csv"
expect 1 batch "$work/pairs/manifest.csv" -o "$work/again.csv" $skin \
    --site-profile "$work/table.profile"
cmp -s "$work/site.csv" "$work/again.csv" || say_wrong "a profile that is gone"
cmp -s "$work/site.csv" "$work/pairs/long.csv" && say_wrong "a profile unused"
echo "{}" >"$work/own.profile"
expect 2 batch "$work/pairs/manifest.csv" -o "$work/again.csv" -d "$work/run" \
    $skin --site-profile "$work/own.profile"
says "is a run of other pairs or options"
for copy in "$work/run"/site-*; do
    echo >>"$copy"
done
expect 65 batch run "$work/run"
says "is not what was planned"
rm -rf "$work/run"
expect 2 batch plan "$work/pairs/manifest.csv" -d "$work/run" $skin \
    --site-profile "$work/own.profile"
says "the site profile is not one of schema"

sed '2,$s/,2,ann/,1,ann/' "$work/pairs/site.csv" >"$work/pairs/one.csv"
expect 1 calibrate "$work/pairs/one.csv" -o "$work/table.profile" $skin
says "ann: a person needs two visits or more"
sed 1s/person/who/ "$work/pairs/site.csv" >"$work/pairs/who.csv"
expect 65 calibrate "$work/pairs/who.csv" -o "$work/table.profile" $skin
says 'there is no column "person"'

echo "batches: $passed passed, $([ $status -eq 0 ] && echo 0 || echo some) failed"
exit $status
