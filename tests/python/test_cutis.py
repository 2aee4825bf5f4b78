# SPDX-License-Identifier: BSD-2-Clause
"""The binding: what goes in, what comes out, and that it is the command's."""
import ctypes
import gc
import json
import os
import re
import subprocess
import tempfile
import threading
import unittest
import zlib
from pathlib import Path

import numpy as np

import cutis
from cutis import _native, _png

COMMAND = os.environ["CUTIS_COMMAND"]
PAIR = Path(os.environ["CUTIS_PAIR"])
BEFORE, AFTER = PAIR / "before.jpg", PAIR / "after.jpg"
HEADERS = Path(__file__).resolve().parents[2] / "include/cutis"


def command(*words):
    done = subprocess.run([COMMAND, *map(str, words)], capture_output=True)
    assert done.returncode in (0, 5), done.stderr
    return done.stdout


def skin(side=160):
    out = np.empty((side, side, 3), np.uint8)
    out[...] = 200, 150, 125
    out[..., 0] += np.arange(side, dtype=np.uint8) % 7
    return out


class SameAsTheCommand(unittest.TestCase):
    def setUp(self):
        self.session = cutis.Session()
        self.addCleanup(self.session.close)

    def test_a_comparison_to_the_byte(self):
        photos = [self.session.load(path) for path in (BEFORE, AFTER)]
        result = self.session.compare(*photos, preset="redness", days=56,
                                      treated=["cheek_l", "cheek_r"])
        words = ["compare", BEFORE, AFTER, "--preset", "redness", "--days",
                 "56", "--treated", "cheek_l,cheek_r", "-f"]
        for form in ("json", "csv", "text", "html", "items"):
            self.assertEqual(result.write(form), command(*words, form), form)
        self.assertEqual(result.dict(), json.loads(command(*words, "json")))

    def test_readings_checks_and_information(self):
        photo = self.session.load(BEFORE)
        for made, word in ((self.session.measure(photo), "measure"),
                           (self.session.check(photo), "check"),
                           (photo, "inspect")):
            self.assertEqual(made.json(), command(word, BEFORE, "-f", "json"))

    def test_bytes_and_files_are_one(self):
        read = self.session.load(BEFORE.read_bytes())
        self.assertEqual(read.json(), self.session.load(BEFORE).json())

    def test_several_captures_a_visit(self):
        photos = [self.session.load(path) for path in (BEFORE, AFTER)]
        visits = self.session.compare([photos[0]], (photos[1],))
        self.assertEqual(visits.json(),
                         self.session.compare(*photos).json())

    def test_visits_are_those_of_the_command(self):
        photos = [self.session.load(path) for path in (BEFORE, AFTER)]
        course = self.session.series([
            cutis.Visit(0, photos[:1], label="Baseline", baseline=True),
            cutis.Visit(84, photos[1:], since_treatment=84)],
            preset="redness")
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.csv"
            plan.write_text("visit,days,role,days_since_treatment,file\n"
                            f"Baseline,0,baseline,,{BEFORE}\n"
                            f"day 84,84,visit,84,{AFTER}\n")
            for form in ("json", "csv", "html"):
                self.assertEqual(course.write(form), command(
                    "series", plan, "--preset", "redness", "-f", form), form)
        self.assertEqual({row["days"] for row in course.rows}, {84})
        self.assertEqual(len(course.trends), len(course.rows))
        with self.assertRaises(cutis.ArgumentError):
            self.session.series([], control_side="left")
        with self.assertRaises(cutis.ArgumentError):
            self.session.series([cutis.Visit(0, photos[:1])])

    def test_a_profile_of_people_is_taken(self):
        photos = [self.session.load(path) for path in (BEFORE, AFTER)]
        same = self.session.compare(*photos)
        once = self.session.calibrate([same])
        self.assertEqual((once.people, once.pairs), (1, 1))
        both = self.session.calibrate([same, [same, same]])
        self.assertEqual(both.people, 2)
        self.assertEqual(both.dict()["schema"], "cutis.site-profile/1")
        judged = self.session.compare(*photos, site_profile=both.json())
        self.assertEqual(judged.find("redness")["change"],
                         same.find("redness")["change"])
        with self.assertRaises(cutis.UnsuitableError):
            self.session.calibrate([]).json()

    def test_maps_are_those_of_the_folder(self):
        photo = self.session.load(BEFORE)
        reading = self.session.measure(photo)
        folder = PAIR / "maps"
        command("measure", BEFORE, "-f", "json", "--maps", folder)
        self.assertEqual(reading.files(), {
            path.name: path.read_bytes() for path in folder.iterdir()})
        covered = PAIR / "covered"
        command("measure", BEFORE, "-f", "json", "--maps", covered,
                "--cover-eyes")
        hidden = reading.covered_files()
        self.assertEqual(hidden, {
            path.name: path.read_bytes() for path in covered.iterdir()})
        self.assertEqual(
            [name for name, data in hidden.items()
             if data != reading.files()[name]], ["photo.jpg"])
        legend = json.loads((folder / "maps.json").read_text())
        redness = reading.maps()["redness"]
        self.assertEqual(redness.values.shape,
                         (legend["height"], legend["width"]))
        self.assertEqual(redness.unit, "H")
        known = redness.values[~np.isnan(redness.values)]
        entry = next(m for m in legend["maps"] if m["id"] == "redness")
        self.assertGreaterEqual(known.min(), entry["low"])
        self.assertLessEqual(known.max(), entry["high"])
        self.assertGreater(known.size, 1000)
        mask = reading.masks()["skin"]
        self.assertEqual(mask.dtype, bool)
        self.assertTrue(mask.any() and not mask.all())


class WhatGoesIn(unittest.TestCase):
    def setUp(self):
        self.session = cutis.Session(threads=2)
        self.addCleanup(self.session.close)

    def read(self, pixels, **options):
        photo = self.session.load(pixels, landmarks="none", px_per_mm=5.0,
                                  **options)
        return photo, self.session.measure(photo).json()

    def test_layouts_of_one_picture_read_the_same(self):
        rgb = skin()
        rgba = np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
        wide = np.zeros((160, 200, 3), np.uint8)
        wide[:, 20:180] = rgb
        same = [rgb, rgba, wide[:, 20:180], np.asfortranarray(rgb),
                rgb[::-1].copy()[::-1]]
        values = [json.loads(self.read(one)[1])["measurements"]
                  for one in same]
        for other in values[1:]:
            self.assertEqual(other, values[0])

    def test_sixteen_bits_and_grey(self):
        for pixels, bits, channels in (
                (skin().astype(np.uint16) * 257, 16, 3),
                (skin()[..., 1].copy(), 8, 1)):
            info = self.read(pixels)[0].dict()
            self.assertEqual((info["file"]["bits"], info["file"]["channels"]),
                             (bits, channels))

    def test_landmarks_go_in_and_out(self):
        found = self.session.load(BEFORE)
        self.assertEqual(found.landmarks.shape, (468, 2))
        given = self.session.load(BEFORE, landmarks=found.landmarks)
        np.testing.assert_array_equal(given.landmarks, found.landmarks)

    def test_a_polygon_bounds_what_is_measured(self):
        def area(**options):
            rows = json.loads(self.read(skin(), **options)[1])["measurements"]
            return max(row["area_cm2"] for row in rows
                       if row["metric"] == "redness")
        half = area(polygon=[(0, 0), (80, 0), (80, 160), (0, 160)])
        self.assertAlmostEqual(half / area(), 0.5, delta=0.03)

    def test_wrong_arrays_are_refused(self):
        for pixels in (skin().astype(float), skin()[..., :2], np.zeros(9),):
            with self.assertRaises(cutis.ArgumentError):
                self.session.load(pixels)
        for points in ([(1, 2)] * 5, np.zeros((468, 3)), "found"):
            with self.assertRaises(cutis.ArgumentError):
                self.session.load(BEFORE, landmarks=points)


class Failures(unittest.TestCase):
    def test_every_status_has_its_exception(self):
        names = {_native.lib.cutis_status_name(i).decode()
                 for i in range(1, 12)}
        self.assertEqual(names, {kind.status for kind in
                                 cutis.Error.__subclasses__()})

    def test_files(self):
        with cutis.Session() as session:
            with self.assertRaises(cutis.FileError) as caught:
                session.load("/nowhere/face.jpg")
            self.assertIsInstance(caught.exception, OSError)
            self.assertEqual(caught.exception.status, "io")
            with self.assertRaises(cutis.FormatError):
                session.load(b"words, and no picture at all")
            with self.assertRaises(cutis.DamagedError):
                session.load(BEFORE.read_bytes()[:9000])
            with self.assertRaises(cutis.NoFaceError):
                session.load(np.full((300, 300, 3), 128, np.uint8))
        with cutis.Session(max_pixels=1000) as session:
            with self.assertRaises(cutis.LimitError) as caught:
                session.load(BEFORE)
            self.assertIn("1000", str(caught.exception))

    def test_arguments(self):
        with self.assertRaises(cutis.ArgumentError):
            cutis.Session(threads=0)
        with self.assertRaisesRegex(cutis.ArgumentError, "colour"):
            cutis.Session(colour=1)
        with cutis.Session() as session:
            photo = session.load(skin(), landmarks="none", px_per_mm=5.0)
            with self.assertRaisesRegex(cutis.ArgumentError, "tail"):
                session.compare(photo, photo, treated="tail")
            with self.assertRaises(cutis.UnsupportedError):
                session.measure(photo).write("html")

    def test_progress_stops_and_may_raise(self):
        told = []
        with cutis.Session(progress=lambda done: told.append(done)) as session:
            session.load(skin(), landmarks="none", px_per_mm=5.0)
        self.assertEqual(told, sorted(told))
        self.assertEqual(told[-1], 1.0)
        with cutis.Session(progress=lambda done: True) as session:
            with self.assertRaises(cutis.CancelledError):
                session.load(skin(), landmarks="none", px_per_mm=5.0)

        def fail(done):
            raise KeyboardInterrupt
        with cutis.Session(progress=fail) as session:
            with self.assertRaises(KeyboardInterrupt):
                session.load(skin(), landmarks="none", px_per_mm=5.0)


class Lives(unittest.TestCase):
    def test_what_is_closed_says_so(self):
        with cutis.Session() as session:
            photo = session.load(skin(), landmarks="none", px_per_mm=5.0)
            with session.measure(photo) as reading:
                pass
            with self.assertRaisesRegex(cutis.ArgumentError, "closed"):
                reading.json()
        for call in (photo.json, lambda: session.measure(photo)):
            with self.assertRaisesRegex(cutis.ArgumentError, "closed"):
                call()
        session.close()

    def test_any_order_of_forgetting(self):
        session = cutis.Session(log=lambda text: None)
        photo = session.load(skin(), landmarks="none", px_per_mm=5.0)
        reading = session.measure(photo)
        del session, photo
        gc.collect()
        self.assertIn("measurements", reading.dict())
        del reading
        gc.collect()

    def test_sessions_in_threads_say_the_same(self):
        said = []

        def work():
            with cutis.Session() as session:
                photo = session.load(skin(), landmarks="none", px_per_mm=5.0)
                said.append(session.measure(photo).json())
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(said), 4)
        self.assertEqual(len(set(said)), 1)

    def test_a_frame_has_the_rows(self):
        try:
            import pandas  # noqa: F401
        except ImportError:
            self.skipTest("pandas is not there")
        with cutis.Session() as session:
            photo = session.load(skin(), landmarks="none", px_per_mm=5.0)
            result = session.compare(photo, photo)
            table = result.frame()
            self.assertEqual(len(table), len(result.rows))
            self.assertIn("ci95_low", table)
            measured = table[table.change.notna()]
            self.assertTrue((measured.change == 0).all())


class Declarations(unittest.TestCase):
    def test_structs_are_those_of_the_headers(self):
        text = "".join(path.read_text() for path in HEADERS.glob("*.h"))
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        for struct, name in (
                (_native.Options, "options"), (_native.Pixels, "pixels"),
                (_native.PhotoOptions, "photo_options"),
                (_native.CompareOptions, "compare_options"),
                (_native.SeriesOptions, "series_options"),
                (_native.Visit, "visit"),
                (_native.Metric, "metric"), (_native.Region, "region")):
            body = re.search(rf"struct cutis_{name} \{{(.*?)\}}", text,
                             re.S).group(1)
            members = re.findall(r"(\w+)(?:\[\d+\])?\s*[;,]", body)
            ours = [field for field, _ in struct._fields_]
            if name == "options":  # holds a struct of three
                at = ours.index("allocate")
                ours[at:at + 3] = ["allocator"]
            self.assertEqual(ours, members, name)

    def test_an_older_binding_is_taken(self):
        options = _native.CompareOptions(days=-1.0)
        options.struct_size = _native.CompareOptions.language.offset
        with cutis.Session() as session:
            photo = session.load(skin(), landmarks="none", px_per_mm=5.0)
            visit = (ctypes.c_void_p * 1)(photo._open.value)
            out = ctypes.c_void_p()
            session._call("visits_compare", visit, 1, visit, 1,
                          ctypes.byref(options), ctypes.byref(out))
            cutis.Comparison(session, out).close()

    def test_every_filter_of_png_is_undone(self):
        rng = np.random.default_rng(7)
        image = rng.integers(0, 5, (5, 40), np.uint8)
        lines, above = [], np.zeros(40, int)
        for kind, row in enumerate(image.astype(int)):
            left = np.concatenate([[0], row[:-1]])
            corner = np.concatenate([[0], above[:-1]])
            guess = {0: 0, 1: left, 2: above, 3: (left + above) // 2,
                     4: np.array([_png._paeth(*three) for three in
                                  zip(left, above, corner)])}[kind]
            lines.append(bytes([kind]) + bytes(
                ((row - guess) & 255).astype(np.uint8)))
            above = row

        def chunk(kind, body):
            return (len(body).to_bytes(4, "big") + kind + body +
                    zlib.crc32(kind + body).to_bytes(4, "big"))
        png = b"\x89PNG\r\n\x1a\n" + b"".join([
            chunk(b"IHDR", bytes([0, 0, 0, 40, 0, 0, 0, 5, 8, 3, 0, 0, 0])),
            chunk(b"PLTE", bytes(range(15))), chunk(b"tRNS", b"\0"),
            chunk(b"IDAT", zlib.compress(b"".join(lines))),
            chunk(b"IEND", b"")])
        index, palette, alpha = _png.decode(png)
        np.testing.assert_array_equal(index, image)
        self.assertEqual(palette.shape, (5, 3))
        self.assertEqual(alpha.tolist(), [0, 255, 255, 255, 255])


if __name__ == "__main__":
    unittest.main()
