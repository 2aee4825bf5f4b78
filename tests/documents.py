# SPDX-License-Identifier: BSD-2-Clause
"""Reads what a report writes with programs of others.

    documents.py WRITE_SAMPLE SCHEMA_FOLDER

JSON against its schemas and against the structure that architecture.md lists,
CSV with the csv module, the page as XML and as HTML.
"""

import csv
import html.parser
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

try:
    import jsonschema
except ImportError:
    print("SKIPPED: documents.py needs python3-jsonschema")
    sys.exit(77)

# The members of cutis.comparison/1 and cutis.measurement/1, as published.
COMPARISON = {
    "schema": None,
    "tool": {"name": None, "version": None, "profile": None},
    "options": {"preset": None, "treated": None, "calibration": None,
                "days": None},
    "before": {"sha256": None, "width": None, "height": None, "colour": None,
               "px_per_mm": None, "scale_source": None,
               "face": {"found": None, "confidence": None,
                        "pose_deg": {"yaw": None, "pitch": None,
                                     "roll": None}},
               "captures": []},
    "after": {"sha256": None, "captures": []},
    "checks": [{"id": None, "photo": None, "value": None, "unit": None,
                "limit": None, "verdict": None, "affects": [],
                "message": None}],
    "comparable": None,
    "alignment": {"refined": None, "patches_accepted": None,
                  "patches_tried": None,
                  "residual_mm": {"median": None, "p95": None},
                  "patch_residual_mm": {"median": None, "p95": None},
                  "reason": None},
    "measurements": [{"metric": None, "region": None, "reading": None,
                      "unit": None, "before": None, "after": None,
                      "change": None, "relative_change": None, "scale": None,
                      "se": None, "df": None, "ci95": [], "mdc95": None,
                      "p": None, "p_adjusted": None, "coverage": None,
                      "area_cm2": None, "verdict": None, "reason": None,
                      "details": {}}],
    "progress": {"preset": None, "score": None, "ci95": [], "verdict": None,
                 "components": []},
    "disclaimer": None,
}
MEASUREMENT = {
    "schema": None, "tool": {}, "photo": {}, "checks": [],
    "measurements": [{"metric": None, "region": None, "unit": None,
                      "value": None, "coverage": None, "verdict": None,
                      "reason": None}],
}


CHECK = {
    "schema": None, "tool": {}, "before": {"sha256": None},
    "after": None, "comparable": None,
    "checks": [{"id": None, "photo": None, "value": None, "unit": None,
                "limit": None, "verdict": None, "affects": [],
                "message": None}],
}

SERIES = {
    "schema": None, "tool": {}, "options": {"preset": None, "treated": None},
    "baseline": {"days": None, "visits": None, "captures": None},
    "visits": [{"label": None, "role": None, "days": None,
                "days_since_treatment": None, "phase": None, "captures": [],
                "notes": [], "comparable": None, "checks": [],
                "progress": None,
                "measurements": [{"metric": None, "region": None,
                                  "baseline": None, "value": None,
                                  "change": None, "verdict": None}],
                "contrasts": [{"kind": None, "difference": None}]}],
    "trends": [{"metric": None, "region": None, "points": None,
                "slope_per_week": None, "ci95": [], "theil_sen_per_week": None,
                "mann_kendall_p": None, "verdict": None, "sustained": None,
                "sustained_from": None}],
    "disclaimer": None,
}


def missing(published, found, where):
    """Members of `published` that `found` lacks or has in another order."""
    if isinstance(published, dict):
        names = [name for name in found if name in published]
        if names != list(published):
            yield f"{where}: {names} instead of {list(published)}"
            return
        for name, inner in published.items():
            yield from missing(inner, found[name], f"{where}.{name}")
    elif isinstance(published, list):
        if not isinstance(found, list):
            yield f"{where} is not a list"
        elif published:
            for item in found:
                yield from missing(published[0], item, where + "[]")


def no_constants(name):
    raise ValueError(f"{name} is not JSON")


def check_json(folder, name, schemas, published, schema=None):
    document = json.loads((folder / f"{name}.json").read_bytes().decode(),
                          parse_constant=no_constants)
    schema = json.loads((schemas / f"{schema or name}-1.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema)
                  .iter_errors(document))
    assert not errors, errors[0]
    if published:
        faults = list(missing(published, document, name))
        assert not faults, faults
    return document


def check_values(document):
    """What the report made by hand holds (tests/report_sample.c)."""
    assert document["before"]["sha256"] == "a" * 64
    assert document["after"]["sha256"] == "b" * 64
    assert document["before"]["face"]["confidence"] == 0.96875
    assert document["alignment"]["residual_mm"] == {"median": 0.5, "p95": None}
    rows = document["measurements"]
    assert len(rows) == 13 * 15
    assert rows[14]["region"] == "face" and rows[15]["metric"] == \
        "erythema_area"
    row = rows[0]
    assert (row["metric"], row["region"]) == ("redness", "forehead")
    assert (row["before"], row["after"], row["change"]) == (4.0, 3.5, -0.5)
    assert row["ci95"] == [-0.75, -0.25] and row["mdc95"] == 0.28
    assert row["details"]["a_star"] == {"unit": "a*", "before": 11.5,
                                        "after": 12.5}
    assert row["details"]["EI"] == {"unit": "EI", "before": None,
                                    "after": 41.5}
    assert row["details"]["U_H"] == {"unit": "H", "before": None, "after": 2.5}
    pores = [r for r in rows if r["metric"] == "pore_density"][0]
    assert pores["before"] is None and pores["se"] is None
    assert pores["ci95"] == [None, None]
    assert pores["reason"] == "3.2 px/mm, pores need 12"
    assert document["options"]["treated"] == "face<script>alert('x')</script>"
    assert document["options"]["reference"] == \
        "\"onload=\"x\" & ]]> \ufffd\x01"


def check_csv(folder, document):
    with open(folder / "comparison.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(document["measurements"])
    for row, member in zip(rows, document["measurements"]):
        for name in ("metric", "region", "verdict", "reason", "unit"):
            assert row[name] == (member[name] or ""), (row, name)
        for name in ("before", "after", "change", "se", "mdc95", "p"):
            value = float(row[name]) if row[name] else None
            assert value == member[name], (row, name)
        low = float(row["ci95_low"]) if row["ci95_low"] else None
        assert low == member["ci95"][0]


class Page(html.parser.HTMLParser):
    """What an HTML parser, not an XML one, makes of the page."""

    VOID = {"meta", "img", "input", "link", "br", "hr"}
    # Inside an image these stand alone, as in XML.
    DRAWN = {"path", "circle", "rect", "use", "image"}

    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = []
        self.events = []
        self.alts = 0
        self.labelled = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.events += [n for n in values if n.startswith("on")]
        for name in ("action", "srcset"):
            assert name not in values, (tag, name)
        if "src" in values:
            assert values["src"].startswith("data:image/"), values["src"][:40]
        if "href" in values:
            assert values["href"].startswith(("#", "data:image/"))
        if "id" in values:
            self.ids.append(values["id"])
        if "aria-labelledby" in values:
            self.labelled.append(values["aria-labelledby"])
        if tag == "img":
            assert "alt" in values
            self.alts += bool(values["alt"])
        if tag == "svg":
            named = values.get("role") == "img" and values.get("aria-label")
            assert named or values.get("aria-hidden") == "true"
            self.alts += bool(named)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            assert tag in self.DRAWN, f"<{tag}/> is open in HTML"
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()


def check_page(folder):
    page = (folder / "page.html").read_bytes()
    root = tree.fromstring(page)
    assert root.tag == "html" and root.get("lang") == "en"
    scripts = [node.text for node in root.iter("script")]
    assert len(scripts) == 1 and "alert" not in scripts[0]
    parser = Page()
    parser.feed(page.decode())
    parser.close()
    assert not parser.open and not parser.events
    assert len(parser.ids) == len(set(parser.ids))
    assert set(parser.labelled) <= set(parser.ids)
    assert parser.alts == 2
    assert [n.tag for n in root.iter() if n.tag in ("h1", "h2")] == \
        ["h1"] + ["h2"] * 8
    for node in root.iter("th"):
        assert node.get("scope") in ("row", "col")
    text = "".join(root.itertext())
    for secret in ("SECRET", "1987", "34567"):
        assert secret not in text
    assert "aaaaaaaaaaaaaaaa" in text and "3.2 px/mm, pores need 12" in text
    for number in ("nan", "inf,", "null"):
        assert number not in text


def check_series(folder, schemas):
    """Four visits, whose labels are hostile (tests/report_sample.c)."""
    document = check_json(folder, "series", schemas, SERIES)
    visits = document["visits"]
    assert [v["phase"] for v in visits] == \
        ["baseline", "acute", "early", "judged"]
    assert visits[0]["progress"] is None and not visits[0]["measurements"]
    assert len(visits[3]["measurements"]) == 13 * 15
    assert len(visits[3]["contrasts"]) == 2 * 13
    assert len(document["trends"]) == 13 * 15
    assert document["options"]["control_side"] == ["cheek_r"]
    with open(folder / "series.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * 13 * 15
    for row, member in zip(rows[-195:], visits[3]["measurements"]):
        assert row["visit"] == "=12 weeks, 'last'"
        assert (row["metric"], row["region"], row["verdict"]) == \
            (member["metric"], member["region"], member["verdict"])
        value = float(row["change"]) if row["change"] else None
        assert value == member["change"], row

    page = (folder / "series.html").read_bytes()
    root = tree.fromstring(page)
    assert not list(root.iter("script"))
    parser = Page()
    parser.feed(page.decode())
    parser.close()
    assert not parser.open and not parser.events
    assert len(parser.ids) == len(set(parser.ids))
    assert set(parser.labelled) <= set(parser.ids)
    text = "".join(root.itertext())
    assert "<b>first</b> \"&\"" in text and "=12 weeks, 'last'" in text
    for secret in ("SECRET", "1987", "34567", "nan", "inf,", "null"):
        assert secret not in text, secret


def main():
    writer, schemas = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([writer, name], check=True)
        comparison = check_json(folder, "comparison", schemas, COMPARISON)
        check_values(comparison)
        check_json(folder, "measurement", schemas, MEASUREMENT)
        pair = check_json(folder, "check", schemas, CHECK)
        assert pair["after"]["sha256"] == "b" * 64
        assert pair["checks"] == comparison["checks"]
        one = check_json(folder, "check-one", schemas, CHECK, "check")
        assert one["after"] is None
        inspect = check_json(folder, "inspect", schemas, None)
        assert inspect["file"]["holds"]["camera"] is True
        assert math.isclose(inspect["photo"]["px_per_mm"], 3.25)
        maps = check_json(folder, "maps", schemas, None)
        assert [m["id"] for m in maps["maps"]] == \
            ["mask", "redness", "pigment", "relief", "pores", "wrinkles"]
        assert all(len(m["colours"]) == 48 and m["low"] < m["high"]
                   for m in maps["maps"] if "colours" in m)
        assert [m["id"] for m in maps["masks"]] == ["skin", "highlights"]
        assert len(maps["photographs"]["to_photograph"]) == 2
        check_csv(folder, comparison)
        check_page(folder)
        check_series(folder, schemas)
    print("documents: schemas, structure, values, CSV, XML and HTML hold")


main()
