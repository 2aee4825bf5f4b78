# SPDX-License-Identifier: BSD-2-Clause
"""Renders, measures and forgets: one case after the other, several at once."""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from . import camera, drawn, edits, items, maps, registration
from .scene import PX_PER_MM, SIZES

CAMERA = ("px_per_mm", "distance_mm", "pose_deg", "lamps", "exposure_stops",
          "white_balance", "blur_mm", "noise", "person")
LONGEST = 900   # s that one command may take
# At 5 px/mm only colour is asked of the other topics (docs/phantom.md).
FINELY = ("maps", "gates")
EDITED = ("gradient_rms", "noise_cod", "jpeg")
EDITS = {"tilt": edits.tilt, "camera": camera.shoot}
ROW = ("metric", "region", "reading", "unit", "before", "after", "change",
       "relative_change", "scale", "se", "df", "mdc95", "ci95", "p_adjusted",
       "verdict")


class Failed(Exception):
    """A command that did not do what was asked."""


class Runner:
    """Runs commands, and adds up the processor's seconds that they took."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self, words):
        """Output of a command; exit 5 is an answer: not comparable."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            run = subprocess.Popen([str(w) for w in words], stdout=out,
                                   stderr=err)
            watch = threading.Timer(LONGEST, run.kill)
            watch.daemon = True
            watch.start()
            _, status, usage = os.wait4(run.pid, 0)
            watch.cancel()
            run.returncode = os.waitstatus_to_exitcode(status)
            self.seconds += usage.ru_utime + usage.ru_stime
            err.seek(0)
            out.seek(0)
            if run.returncode not in (0, 5):
                words = err.read().decode(errors="replace").strip()
                raise Failed(f"exit {run.returncode}: {words[-200:]}")
            return out.read().decode()


def options_of(shot, case):
    merged = {"size": SIZES[case.px_per_mm],
              "px-per-mm": PX_PER_MM[case.px_per_mm], "threads": 1,
              "oversample": int(case.px_per_mm == 5 and
                                case.topic not in FINELY), **shot.options}
    return [word for k, v in merged.items()
            for word in ((f"--{k}",) if v is None else (f"--{k}", str(v)))]


def short_truth(truth):
    """What the tables need; the lists of features stay in the full truth."""
    photo = truth["photos"][0]
    kept = {k: photo[k] for k in CAMERA}
    kept.update({k: photo[k] for k in EDITED if k in photo})
    kept["regions"] = {r["name"]: r for r in photo["regions"]}
    return kept


def short_result(result):
    rows = []
    for m in result["measurements"]:
        row = {k: m[k] for k in ROW}
        if m["region"] == "face":
            row["details"] = m["details"]
        if m["before"] is None or m["change"] is None:
            row["reason"] = m["reason"]
        rows.append(row)
    photos = [{"px_per_mm": result[k]["px_per_mm"],
               "pose_deg": result[k]["face"]["pose_deg"]}
              for k in ("before", "after")]
    return {"comparable": result["comparable"], "rows": rows,
            "photos": photos, "alignment": result["alignment"],
            "checks": [{k: c[k] for k in ("id", "photo", "value", "verdict")}
                       for c in result["checks"]],
            "progress": {k: result["progress"][k]
                         for k in ("score", "ci95", "verdict")}}


class Bench:
    """The two commands, and where pictures and results lie."""

    def __init__(self, args):
        self.args = args
        self.refused = []
        self.scratch = None if args.keep else tempfile.TemporaryDirectory()
        self.folder = Path(args.keep or self.scratch.name)
        (self.folder / "results").mkdir(parents=True, exist_ok=True)

    def shoot(self, case, name, place, truths, command):
        shot = case.shots[name]
        photo = place / f"{name}.{'png' if 'png' in shot.options else 'jpg'}"
        if shot.edit:
            photo = photo.with_suffix(".png" if shot.edit == "tilt" else ".jpg")
            known = truths[shot.source]["photos"][0]
            changed = EDITS[shot.edit](truths["path " + shot.source], photo,
                                       known, **shot.amount)
            truths[name] = {"photos": [{**known, **changed}]}
        else:
            truth = place / f"{name}.json"
            mapped = any(look.maps and look.before == name
                         for look in case.looks.values())
            command([self.args.phantom, *options_of(shot, case), "-o", photo,
                     "--truth", truth, *(("--truth-maps", place / f"{name}.true")
                                         if mapped else ())])
            truths[name] = json.loads(truth.read_text(encoding="utf-8"))
        truths["path " + name] = photo

    def single(self, look, neutral, truths, command):
        """What is found in one photograph."""
        picture = truths["path " + look.before]
        photo = truths[look.before]["photos"][0]
        folder = picture.with_suffix(".maps")
        out = command([self.args.cutis, "measure", picture, "-f", "items", "-q",
                       "-j", 1, *neutral,
                       *(("--maps", folder) if look.maps else ())])
        judged = items.judge(out, photo)
        if look.maps:
            judged["maps"] = maps.judge(folder, picture.with_suffix(".true"),
                                        picture, photo)
        return judged

    def look(self, look, truths, command):
        neutral = []
        for name in (look.before, look.after):
            known = name and truths[name]["photos"][0].get(look.neutral)
            if known:
                corners = ",".join(f"{v:g}" for v in known["corners"])
                neutral += [f"--{look.neutral}", corners]
        if not look.after:
            return self.single(look, neutral, truths, command)
        out = command([self.args.cutis, "compare", truths["path " + look.before],
                       truths["path " + look.after], *neutral, *look.arguments,
                       "-f", "json", "-q", "-j", 1])
        return short_result(json.loads(out))

    def try_look(self, case, key, look, truths, looks, command):
        """A comparison that is refused costs that look, not the case."""
        try:
            looks[key] = self.look(look, truths, command)
        except Failed as error:
            looks[key] = None
            self.refused.append(f"{case.name}, {key}: {error}")

    def kept(self, case):
        return self.folder / "results" / f"{case.name}.json"

    def run(self, case):
        """The case's result, from an earlier run where there is one."""
        kept = self.kept(case)
        if kept.exists():
            return json.loads(kept.read_text(encoding="utf-8"))
        start = time.monotonic()
        place = self.folder / "pictures" / case.name
        place.mkdir(parents=True, exist_ok=True)
        truths, looks, command = {}, {}, Runner()
        for name in case.shots:
            self.shoot(case, name, place, truths, command)
            for key, look in case.looks.items():
                if key not in looks and look.shots() <= set(truths):
                    self.try_look(case, key, look, truths, looks, command)
        warp = registration.measure(self, case, place, command) \
            if case.study == "S6" else None
        lines = drawn.measure(self, case, place) \
            if case.topic == "lines" else None
        if not self.args.keep_pictures:
            shutil.rmtree(place)
        result = {"study": case.study, "topic": case.topic, "seed": case.seed,
                  "px_per_mm": case.px_per_mm,
                  "seconds": round(time.monotonic() - start, 1),
                  "cpu_seconds": round(command.seconds, 1),
                  "shots": {n: short_truth(truths[n]) for n in case.shots},
                  "looks": {k: v for k, v in looks.items() if v},
                  "warp": warp, "lines": lines}
        part = kept.with_suffix(".part")
        part.write_text(json.dumps(result), encoding="utf-8")
        part.replace(kept)
        return result


class Progress:
    """One line on stderr: cases done, time left."""

    def __init__(self, total):
        self.total, self.done, self.start = total, 0, time.monotonic()
        self.lock = threading.Lock()

    def tell(self, name):
        with self.lock:
            self.done += 1
            spent = time.monotonic() - self.start
            left = spent / self.done * (self.total - self.done)
            line = (f"{self.done}/{self.total} {name}: {spent / 60:.1f} min, "
                    f"{left / 60:.1f} min left")
            end = "\r" if sys.stderr.isatty() else "\n"
            print(f"{line:<72}", end=end, file=sys.stderr, flush=True)


def run_all(bench, cases, jobs, minutes):
    """Results of the cases in their order; none begins after `minutes`, but
    what an earlier run kept is taken."""
    progress = Progress(len(cases))
    stop = time.monotonic() + 60 * minutes if minutes else None
    failures = []

    def one(case):
        if stop and time.monotonic() > stop and not bench.kept(case).exists():
            return None
        try:
            return bench.run(case)
        except (Failed, OSError, ValueError, KeyError) as error:
            failures.append(f"{case.name}: {error}")
            return None
        finally:
            progress.tell(case.name)

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = [r for r in pool.map(one, cases) if r]
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return results, failures + bench.refused
