#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# screenshots.sh PAGE FOLDER: pictures of a report's page for people to look at:
# wide, narrow, dark, every layer, the slider at three places, the checkerboard,
# the blink, and on paper.
# Needs chromium, python3, and pdftoppm from poppler-utils.
set -eu
page=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

browser() { # ARGUMENTS...: with a profile of its own, and no network
    chromium --headless --no-sandbox --disable-gpu --disable-quic \
        --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars \
        --user-data-dir="$(mktemp -d "$work/profile.XXXXXX")" \
        "$@" 2>/dev/null
}

# state LAYER VIEW CUT: the page as it is after these were chosen.
state() {
    python3 - "$page" "$work/page.html" "$@" <<'PYTHON'
import sys
source, target, layer, view, cut = sys.argv[1:]
page = open(source, encoding="utf-8").read()
page = page.replace(' checked="checked"', "")
for chosen in (f'id="layer-{layer}"', f'id="view-{view}"',
               'id="blink-auto"'):
    page = page.replace(chosen, chosen + ' checked="checked"')
page = page.replace('value="50"', f'value="{cut}"')
open(target, "w", encoding="utf-8").write(page)
PYTHON
}

shot() { # NAME WIDTH HEIGHT [FLAG]
    browser --window-size="$2,$3" --screenshot="$folder/$1.png" ${4:-} \
        "file://$work/page.html"
    echo "$folder/$1.png"
}

state none side 50
shot wide 1280 7000
shot dark 1280 7000 --blink-settings=preferredColorScheme=0
for layer in mask redness pigment relief pores wrinkles; do
    state $layer side 50
    shot layer-$layer 1280 1400
done
for cut in 0 35 100; do
    state none slide $cut
    shot slider-$cut 1280 1400
done
for view in board blink; do
    state none $view 50
    shot $view 1280 1400
done

# A window is never narrower than 500 px: a frame is.
state none side 50
cp "$work/page.html" "$work/inner.html"
echo '<body style="margin:0"><iframe src="inner.html" style="border:0;
    width:390px;height:9000px"></iframe></body>' >"$work/page.html"
shot narrow 500 9000

browser --no-pdf-header-footer --print-to-pdf="$work/page.pdf" "file://$page"
pdftoppm -r 80 -png "$work/page.pdf" "$folder/paper"
ls "$folder"/paper*.png
