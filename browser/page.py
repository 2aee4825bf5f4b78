#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""page.py FOLDER: page.html with its scripts, the worker's and the library in
it: FOLDER/cutis.html, of FOLDER/cutis.js and FOLDER/cutis.wasm."""
import base64
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = Path(sys.argv[1])


def script(*paths):
    """Their text, as it may stand inside of a page."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    assert "</script" not in text and "<!--" not in text
    return text


page = (HERE / "page.html").read_text(encoding="utf-8")
for mark, text in (
        (">WORKER<", ">" + script(FOLDER / "cutis.js", HERE / "work.js") + "<"),
        (">WASM<", ">" + base64.b64encode(
            (FOLDER / "cutis.wasm").read_bytes()).decode() + "<"),
        ("\nPAGE\n", "\n" + script(HERE / "page.js"))):
    assert page.count(mark) == 1, mark
    page = page.replace(mark, text)
(FOLDER / "cutis.html").write_text(page, encoding="utf-8")
