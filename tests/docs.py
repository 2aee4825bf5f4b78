#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the documents say, against the sources and programs.

    docs.py FOLDER          writes the snippets of docs/api.md there
    docs.py FOLDER check    compares the documents with the library; FOLDER
                            holds `metrics` and `help`, what cutis prints
"""
import re
import sys
from pathlib import Path
from textwrap import indent

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(sys.argv[1])

PROLOGUE = "#include <cutis/cutis.h>\n#include <stdio.h>\n\n"

# What a snippet of a function's body finds around it.
BODY = """\
int main(void)
{{
    cutis_session *session = NULL;
    cutis_photo *before = NULL, *after = NULL;
    cutis_comparison *comparison = NULL;
    cutis_status status = CUTIS_OK;
    if (!session)
        return 0;
{}
    return 0;
}}
"""


def snippets(text):
    """The C blocks: what follows the language, and the code."""
    return re.findall(r"^```c( [\w=]+)?\n(.*?)^```$", text, re.M | re.S)


def extract():
    count = {"program": 0, "file": 0, "body": 0}
    for kind, code in snippets((ROOT / "docs/api.md").read_text()):
        kind = {"": "body", " program": "program",
                " context=file": "file"}[kind]
        count[kind] += 1
        if kind == "file":
            code = PROLOGUE + code + "\nint main(void)\n{\n    return 0;\n}\n"
        if kind == "body":
            code = PROLOGUE + BODY.format(indent(code, "    "))
        (FOLDER / f"{kind}_{count[kind]}.c").write_text(code)


# ---- Checks -----------------------------------------------------------------

wrong = []


def expect(truth, *words):
    if not truth:
        wrong.append(" ".join(str(word) for word in words))


def read(path):
    return (ROOT / path).read_text()


def documents():
    return [ROOT / "README.md", ROOT / "data/README.md",
            *sorted((ROOT / "docs").glob("*.md"))]


def check_links():
    for path in documents():
        for link in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            if not re.match(r"[a-z]+:", link):
                expect((path.parent / link).exists(), path.name, "links to",
                       link)


def check_flags():
    """Options named anywhere are options of a program."""
    phantom = (read("tools/phantom/options.c") +
               read("tools/phantom/options_table.c"))
    known = set(re.findall(r"--[a-z0-9-]+", phantom +
                           (FOLDER / "help").read_text()))
    known |= {f"--{name}" for name in re.findall(
        r'\{"([a-z0-9-]+)"', phantom)}
    known |= {"--static", "--cflags", "--libs", "--treat-",
              "--headless", "--no-pdf-header-footer", "--print-to-pdf"}
    for path in documents():
        for flag in re.findall(r"(?<![\w-])--[a-z][a-z0-9-]+",
                               path.read_text()):
            expect(flag in known, path.name, "names", flag)


def descriptors():
    """name: (unit, px/mm, smallest change, repeat SD, log, details)."""
    found = {}
    for path in sorted((ROOT / "lib/measure").glob("*.c")):
        text = path.read_text()
        name = re.search(r'\.name = "(\w+)"', text)
        if not name:
            continue
        number = [float(re.search(rf"\.{member} = ([\d.]+)", text).group(1))
                  for member in ("min_px_per_mm", "sesoi", "prior_sd")]
        block = re.search(r"details\[\] = \{(.*?)\n\};", text, re.S)
        details = re.findall(r'\{"(\w[\w.]*)"', block.group(1)) if block else []
        found[name.group(1)] = (*number, "CUTIS_LOG" in text, details)
    return found


def number_after(section, words):
    found = re.search(words + r"\s+([\d.]*\d)", section)
    return float(found.group(1)) if found else None


def check_metrics():
    method = read("docs/method.md")
    listed = re.findall(r"^(\w+) +\S.* >= ",
                        (FOLDER / "metrics").read_text(), re.M)
    headings = re.findall(r"^### (\w+)$", method, re.M)
    expect(listed == headings, "method.md has", headings, "and not", listed)
    for name, (scale, least, spread, log, details) in descriptors().items():
        section = re.search(rf"^### {name}\n(.*?)^##", method, re.M | re.S)
        section = section.group(1) if section else ""
        factor = 100.0 if log else 1.0
        resolution = number_after(section, r"\*\*Resolution\*\*:")
        if name == "pore_burden":
            expect("as pore_density" in section, name, "resolution")
        else:
            expect(resolution == scale, name, "needs", scale, "px/mm")
        for words, value in ((r"repeat SD", spread), (r"SESOI", least)):
            told = number_after(section, words)
            expect(told is not None and
                   abs(told - factor * value) < 1e-9, name, words, value)
        for word in ("Definition", "Formula", "Unit", "Range", "Direction",
                     "Scale", "Details", "Sources", "Error"):
            expect(f"**{word}" in section or f"{word.lower()}" in section,
                   name, "has no", word)
        for detail in details:
            expect(f"`{detail}`" in section, name, "does not tell", detail)


def table_rows(text):
    """The first cell, a name in quotes, and the others."""
    return {name: cells.split("|") for name, cells in
            re.findall(r"^\| `(\w+)` \|(.*)\|$", text, re.M)}


def numbers(text):
    return [float(number) for number in re.findall(r"\d*\.?\d+", text)]


def check_limits(row, rule):
    """The cells of pass, warn and strong hold the rule's limits."""
    for cell, member in ((1, "pass"), (2, "warn"), (3, "fail")):
        limit = re.search(rf"\.{member} = ([\d.]+)", rule)
        cells = numbers(row[cell])
        if limit and cells:
            expect(float(limit.group(1)) in cells, row[0], member,
                   limit.group(1), "is told as", row[cell])


def check_weights(row, preset):
    weights = sorted(map(float, re.findall(r", (0\.\d+), ", preset)))
    told = sorted(numbers(re.sub(r"[a-z]\w+", "", "|".join(row))))
    expect(weights == told, "a preset weighs", weights, "and not", told)


def check_rules():
    method = read("docs/method.md")
    rows = table_rows(method)
    told = set(rows)
    sources = [read(f"lib/progress/rules_{part}.c")
               for part in ("photo", "face", "capture")]
    rules = set(re.findall(r'\.id = "(\w+)"', "".join(sources)))
    presets = set(re.findall(r'^    \{"(\w+)",', read("lib/progress/presets.c"),
                             re.M))
    for rule in re.split(r"\n    \{\n", "".join(sources)):
        name = re.search(r'\.id = "(\w+)"', rule)
        if name and name.group(1) in rows:
            check_limits(rows[name.group(1)], rule)
    for preset in re.split(r'\n    (?=\{")', read("lib/progress/presets.c")):
        name = re.match(r'\{"(\w+)"', preset)
        # "redness" is a metric's name in no table of ours but the presets'.
        if name and name.group(1) in rows:
            check_weights(rows[name.group(1)], preset)
    expect(rules and rules <= told, "checks not told:", rules - told)
    expect(presets and presets <= told, "presets not told:", presets - told)


def check_regions():
    table = re.findall(r'^    \{"(\w+)", "', read("lib/measure/registry.c"),
                       re.M)
    for region in table:
        for word in ("_r", "_l"):
            region = region.removesuffix(word)
        expect(f"`{region}" in read("docs/method.md"), "region", region)


def check_headers():
    """Every function stands under a comment; base.h tells of _destroy."""
    for path in sorted((ROOT / "include/cutis").glob("*.h")):
        for block in re.split(r"\n\s*\n", path.read_text()):
            code = re.sub(r"/\*.*?\*/", "", block, flags=re.S)
            told = "/*" in block.split("CUTIS_API")[0]
            for name in re.findall(r"CUTIS_API[^;]*?\b(cutis_\w+)\s*\(", code):
                expect(told or name.endswith("_destroy"), path.name,
                       "does not tell of", name)


def check_examples():
    """What the README shows of a program is what the program says."""
    squeeze = re.compile(r"\s+")
    whole = squeeze.sub(" ", read("examples/compare.c"))
    for _, code in snippets(read("README.md")):
        for part in code.strip().split("\n\n"):
            expect(squeeze.sub(" ", part) in whole, "README.md shows", part)


def check():
    check_links()
    check_headers()
    check_examples()
    check_flags()
    check_metrics()
    check_rules()
    check_regions()
    for words in wrong:
        print(words)
    sys.exit(bool(wrong))


check() if sys.argv[2:] == ["check"] else extract()
