#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# accessible.sh PAGE...: what axe-core has to say of reports' pages, unfolded, in
# light and in dark colours, in a headless chromium without a network.  Fails on
# anything serious or critical.  Skips, loudly, without chromium or without the
# npm package, which is fetched once into build-test/axe and checked.
set -eu
package='axe-core@4.10.3'
package_sum=0f2b4d7dcdf7d1219df8d1959ad68e565f51d14c3f0d88bb71cd59abeb956292

skip() {
    echo "SKIPPED: accessible.sh: $*"
    exit 0
}

[ $# -gt 0 ] || {
    echo "usage: sh tests/accessible.sh PAGE..." >&2
    exit 2
}
command -v chromium >/dev/null 2>&1 || skip "there is no chromium"
command -v python3 >/dev/null 2>&1 || skip "there is no python3"

kept=$(cd "$(dirname "$0")/.." && pwd)/build-test/axe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
[ -f "$kept/axe.min.js" ] || {
    command -v npm >/dev/null 2>&1 || skip "there is no npm"
    (cd "$work" && npm pack --silent "$package" >/dev/null 2>&1) ||
        skip "npm could not download $package"
    [ "$(sha256sum "$work"/*.tgz | cut -d ' ' -f 1)" = "$package_sum" ] ||
        { echo "FAILED: $package is not the one that is known"; exit 1; }
    mkdir -p "$kept"
    tar -xzf "$work"/*.tgz -C "$work" package/axe.min.js
    mv "$work/package/axe.min.js" "$kept/axe.min.js"
}

# tested PAGE: with axe in it, which leaves what it finds in the page's title.
tested() {
    python3 - "$1" "$kept/axe.min.js" "$work/page.html" <<'PYTHON'
import sys
page, axe, target = sys.argv[1:]
html = open(page, encoding="utf-8").read()
script = "<script>" + open(axe, encoding="utf-8").read() + """
document.querySelectorAll('details').forEach(function (fold) {
    fold.open = true;
});
axe.run(document, {resultTypes: ['violations']}).then(function (found) {
    document.title = 'axe:' + JSON.stringify({
        passed: found.passes.length, bad: found.violations.map(function (v) {
            return [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 99)];
        })});
});</script></body>"""
with open(target, "w", encoding="utf-8") as file:
    file.write(html.replace("</body>", script, 1))
PYTHON
}

# judged: the title of what chromium shows, as lines; 1 if any is serious.
judged() {
    python3 -c '
import html, json, re, sys
title = re.search(r"<title>axe:(.*?)</title>", sys.stdin.read(), re.S)
if not title:
    sys.exit("FAILED: axe did not come to an end")
found = json.loads(html.unescape(title.group(1)))
print("    %d rules passed" % found["passed"])
for impact, rule, count, first in found["bad"]:
    print("    %s: %s, %d times: %s" % (impact, rule, count, first))
sys.exit(any(b[0] in ("serious", "critical") for b in found["bad"]))'
}

code=0
for page; do
    tested "$page"
    for scheme in 1 0; do
        [ $scheme = 1 ] && echo "$page, light" || echo "$page, dark"
        chromium --headless --no-sandbox --disable-gpu --no-first-run \
            --disable-background-networking --disable-component-update \
            --disable-sync --user-data-dir="$work/profile$scheme" \
            --blink-settings=preferredColorScheme=$scheme \
            --window-size=1280,2000 --virtual-time-budget=60000 --dump-dom \
            "file://$work/page.html" 2>/dev/null | judged || code=1
    done
done
exit $code
