#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Reference pages of the C API, from the headers, which stay the only text.

    docs/reference.py FOLDER    writes a page a header there, and index.md
    docs/reference.py check     only says which symbols no comment tells of

A comment tells of what follows it up to the next empty line, and of defaults
(CUTIS_..._DEFAULT) that it names.  Functions that give something back
(cutis_..._destroy) are told of once, in base.h.
"""
import re
import sys
from pathlib import Path

INCLUDE = Path(__file__).resolve().parent.parent / "include/cutis"

def items(text):
    """(comment, code) of each, in order; the first is the header's own."""
    comment, code, depth, out = "", [], 0, []

    def finish():
        nonlocal comment, code
        if comment or code:
            out.append((comment, "\n".join(code)))
        comment, code = "", []

    for block in re.findall(r"/\*.*?\*/\n|[^\n]*\n", text, re.S):
        line = block.rstrip("\n")
        if line.startswith("/*"):
            if "clang-format" in line:
                continue
            finish()
            comment = line
        elif line or depth:
            code.append(line)
            depth += line.count("{") - line.count("}")
        elif code:
            finish()
    finish()
    return out


def prose(comment):
    """What a comment says, as paragraphs; what is set in keeps its lines."""
    body = re.sub(r"^/\*+|\*/$", "", comment.strip())
    lines = [re.sub(r"^ ?\* ?", "", line).rstrip() for line in
             body.strip().split("\n")]
    return "\n".join(line if line.startswith("    ") else line.strip()
                     for line in lines)


def symbols(code):
    """The names that a piece of code declares."""
    bare = re.sub(r"/\*.*?\*/", "", code, flags=re.S)
    found = re.findall(r"^typedef (?:struct|enum) \w+ (?:\w+;|\{)|^#define "
                       r"(CUTIS_\w+_DEFAULT)", bare, re.M)
    names = [name for name in found if name]
    names += re.findall(r"^(?:typedef [^;{]*|\}) ?(cutis_\w+);", bare, re.M)
    names += re.findall(r"^typedef [^;]*\(\*(cutis_\w+)\)", bare, re.M)
    names += re.findall(r"CUTIS_API[^;]*?\b(cutis_\w+)\s*\(", bare)
    return names


def named(name, text):
    """Whether a comment has that name."""
    return any(name in comment for comment in
               re.findall(r"/\*.*?\*/", text, re.S))


def page(path):
    """Its Markdown, and the names in it; those that nothing tells of."""
    text = path.read_text(encoding="utf-8")
    inside = text[text.index("/*", 5):]
    out, names, untold = [f"# cutis/{path.name}\n"], [], []
    for comment, code in items(inside):
        found = symbols(code)
        names += found
        if not comment:
            untold += [name for name in found
                       if not name.endswith("_destroy") and not
                       (name.endswith("_DEFAULT") and named(name, text))]
        if not found and code and not re.search(r"enum \{", code):
            code = ""
        for name in found:
            out.append(f"## {name}\n")
        if comment:
            out.append(prose(comment) + "\n")
        if code:
            out.append("```c\n" + code.strip("\n") + "\n```\n")
    return "\n".join(out), names, untold


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    index, wrong, count = ["# The C API, by header\n"], [], 0
    pages = {path.stem: page(path) for path in sorted(INCLUDE.glob("*.h"))}
    for stem, (text, names, untold) in pages.items():
        wrong += [f"{stem}.h: nothing tells of {name}" for name in untold]
        count += len(names)
        index.append(f"- [cutis/{stem}.h]({stem}.md): " +
                     (", ".join(f"`{name}`" for name in names) or
                      "all of them"))
    exported = set(re.findall(r"CUTIS_API[^;]*?\b(cutis_\w+)\s*\(", re.sub(
        r"/\*.*?\*/", "", "".join(path.read_text(encoding="utf-8") for path in
                                  INCLUDE.glob("*.h")), flags=re.S)))
    shown = {name for _, names, _ in pages.values() for name in names}
    wrong += [f"no page shows {name}" for name in sorted(exported - shown)]
    if wrong:
        sys.exit("\n".join(wrong))
    if sys.argv[1] != "check":
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        for stem, (text, _, _) in pages.items():
            (folder / f"{stem}.md").write_text(text, encoding="utf-8")
        (folder / "index.md").write_text("\n".join(index) + "\n",
                                         encoding="utf-8")
    print(f"reference: {count} symbols in {len(pages)} headers, all told of")


if __name__ == "__main__":
    main()
