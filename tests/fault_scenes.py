# SPDX-License-Identifier: BSD-2-Clause
"""Commands with outputs, and what must hold of these whatever goes wrong.

A scene runs in a folder of its own.  Each of its outputs is, under its final
name, what the undisturbed command writes, or not there (or what was there
before); nothing half written is left unless the process was killed; the exit
code is one of those that the fault may have; and the same command, run again
undisturbed, does what it does in a fresh folder.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
SKIN = ["--skin", "all", "--px-per-mm", "4"]
KILLED = (-9, 128 + 9)

# What a process that could not finish leaves is told by its name.
PARTIAL = ".part"


class Scene:
    """words: the command; outputs: files or folders that it makes; before:
    commands that go first; done: its exit code; fails: those that a fault may
    give; old: whether its outputs are there already, with other bytes;
    resumed: a command that must finish what this one began."""

    def __init__(self, name, words, outputs, done=0, fails=(3, 75), before=(),
                 old=False, resumed=(), folder=None):
        self.name, self.words, self.outputs = name, words, outputs
        self.done, self.fails, self.before = done, set(fails), before
        self.old, self.resumed, self.folder = old, resumed, folder


def scenes(pairs, face=None):
    a, b = pairs / "0_before.png", pairs / "0_after.png"
    pair = [str(a), str(b), "-j", "1", *SKIN]
    jpeg = [str(pairs / "p3.jpg"), str(pairs / "progressive.jpg")]
    plan = ["batch", "plan", str(pairs / "few.csv"), "-d", "run",
            "--shard-size", "2", *SKIN]
    run = ["batch", "run", "run", "-j", "1"]
    shards = ["run/shards/000001", "run/shards/000002"]
    yield Scene("compare", ["compare", *pair, "-o", "a.json", "-o", "a.csv",
                            "-o", "a.txt"], ["a.json", "a.csv", "a.txt"])
    yield Scene("compare over old files",
                ["compare", *pair, "-o", "a.json", "-o", "a.csv"],
                ["a.json", "a.csv"], old=True)
    yield Scene("page and maps", ["compare", *pair, "-o", "a.html", "--maps",
                                  "maps"], ["a.html", "maps"])
    yield Scene("JPEGs with profiles",
                ["compare", *jpeg, "-j", "1", *SKIN, "-o", "a.json"],
                ["a.json"])
    yield Scene("measure", ["measure", str(a), "-j", "1", *SKIN, "-o",
                            "a.json", "--maps", "maps"], ["a.json", "maps"])
    yield Scene("check", ["check", *pair, "-o", "a.json"], ["a.json"])
    yield Scene("series", ["series", str(pairs / "visits.csv"), "-j", "1",
                           *SKIN, "-o", "a.html", "-o", "a.csv", "-o",
                           "a.json"], ["a.html", "a.csv", "a.json"])
    yield Scene("calibrate", ["calibrate", str(pairs / "people.csv"), "-j",
                              "1", *SKIN, "-o", "a.profile"], ["a.profile"],
                fails=(3, 75))
    yield Scene("plan", plan, ["run/plan", "run/manifest.csv"])
    yield Scene("run", run, shards, done=1, fails=(3, 4, 75), before=[plan],
                resumed=run)
    yield Scene("merge", ["batch", "merge", "run", "-o", "a.csv"], ["a.csv"],
                done=1, fails=(3, 4, 75), before=[plan, run])
    yield Scene("merge as objects", ["batch", "merge", "run", "-o", "a.jsonl",
                                     "--rows", "wide"], ["a.jsonl"],
                done=1, fails=(3, 4, 75), before=[plan, run])
    yield Scene("batch in one step",
                ["batch", str(pairs / "few.csv"), "-o", "a.csv", "-j", "1",
                 *SKIN], ["a.csv"], done=1, fails=(3, 4, 75))
    yield Scene("stats", ["batch", "stats", str(pairs / "long.csv"), "-o",
                          "a.csv", "-d", "pictures"], ["a.csv", "pictures"])
    yield Scene("blind", ["batch", "blind", str(pairs / "few.csv"), "-d",
                          "pack", "-o", "key.csv", "--seed", "secret", "-j", "1",
                          *SKIN],
                ["key.csv", "pack"], done=1)
    yield Scene("ratings", ["batch", "ratings", str(pairs / "ratings.csv"),
                            "--key", str(pairs / "key.csv"), "--results",
                            str(pairs / "results.csv"), "-o", "a.csv"],
                ["a.csv"])
    if face:
        yield Scene("two faces", ["compare", *map(str, face), "-j", "1", "-o",
                                  "a.json", "-o", "a.html"],
                    ["a.json", "a.html"], done=None)


def make_pairs(folder, cutis):
    """What the scenes read."""
    from PIL import Image, ImageCms
    tool = [sys.executable, str(TESTS / "batch_pairs.py")]
    subprocess.run([*tool, str(folder), "8", "24"], check=True)
    for name, options in (("p3.jpg", {}), ("progressive.jpg",
                                           {"progressive": True})):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        try:
            profile = ImageCms.createProfile("sRGB")
            data = ImageCms.ImageCmsProfile(profile).tobytes()
            options = {**options, "icc_profile": data}
        except ImageCms.PyCMSError:
            pass
        Image.open(folder / "0_before.png").save(folder / name, quality=95,
                                                 **options)
    rows = (folder / "manifest.csv").read_text().splitlines()
    (folder / "few.csv").write_text("\n".join(rows[:3] + rows[8:9]) + "\n")
    (folder / "visits.csv").write_text(
        "visit,days,days_since_treatment,role,file\n"
        "before,0,,baseline,0_before.png\n"
        "after,60,60,visit,0_after.png\n"
        "later,90,90,visit,1_after.png\n")
    (folder / "people.csv").write_text(
        "file,visit,person\n0_before.png,1,ann\n0_after.png,2,ann\n"
        "1_before.png,,bob\n1_after.png,,bob\n")
    subprocess.run([cutis, "batch", folder / "manifest.csv", "-o",
                    folder / "long.csv", "-q", *SKIN], check=False)
    subprocess.run([sys.executable, TESTS / "batch_ratings.py", "make",
                    folder], check=True)


def contents(folder, outputs):
    """{name: bytes} of all files that outputs name or hold."""
    found = {}
    for output in outputs:
        path = folder / output
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != PARTIAL:
                found[str(file.relative_to(folder))] = file.read_bytes()
    return found


def leftovers(folder):
    return [str(file.relative_to(folder)) for file in folder.rglob("*")
            if file.is_file() and (file.suffix == PARTIAL or
                                   file.parent.name == "parts")]


class Stage:
    """A scene with the bytes that it makes undisturbed."""

    def __init__(self, scene, cutis, work):
        self.scene, self.cutis, self.work = scene, cutis, Path(work)
        self.wrong, self.runs, self.codes = [], 0, {}
        self.prepared = self.work / "prepared"
        self.folder = self.work / "now"
        shutil.rmtree(self.prepared, ignore_errors=True)
        self.prepared.mkdir(parents=True)
        for words in scene.before:
            subprocess.run([cutis, *words], cwd=self.prepared, check=False,
                           stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        if scene.old:
            for output in scene.outputs:
                (self.prepared / output).write_bytes(b"what was here before\n")
        self.reset()
        self.before = contents(self.folder, scene.outputs)
        code, said = self.run([])
        if scene.done is None:
            scene.done = code
        if code != scene.done or leftovers(self.folder):
            sys.exit(f"{scene.name}: undisturbed it ends with {code}: {said}")
        self.whole = contents(self.folder, scene.outputs)

    def reset(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.prepared, self.folder)

    def run(self, wrapper, env=None, words=None):
        done = subprocess.run(
            [*wrapper, self.cutis, *(words or self.scene.words)],
            cwd=self.folder, env={**os.environ, **(env or {})},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
            timeout=300)
        return done.returncode, done.stderr.decode(errors="replace").strip()

    def say_wrong(self, at, what):
        self.wrong.append(f"{self.scene.name}, {at}: {what}")

    def look(self, at, code, said, fails=None, killed=False):
        """What must hold after a run that was disturbed at `at`."""
        scene = self.scene
        self.runs += 1
        self.codes[code] = self.codes.get(code, 0) + 1
        fails = scene.fails if fails is None else fails
        now = contents(self.folder, scene.outputs)
        for name, held in now.items():
            if held not in (self.whole.get(name), self.before.get(name)):
                self.say_wrong(at, f"{name} has other bytes ({code}: {said})")
        if killed and code in KILLED:
            return
        if code == scene.done:
            if now != self.whole:
                lost = {n for n in self.whole if now.get(n) != self.whole[n]}
                self.say_wrong(at, f"ends as if all were well, but for {lost}")
        elif code not in fails:
            self.say_wrong(at, f"ends with {code}: {said}")
        elif not said and "+" not in at:  # stderr may be lost too
            self.say_wrong(at, f"ends with {code} and says nothing")
        if leftovers(self.folder) and not killed:
            self.say_wrong(at, f"{leftovers(self.folder)} left ({code})")

    def again(self, at):
        """Undisturbed where the disturbed run left things."""
        scene = self.scene
        if set(scene.outputs) & {"run/plan", "key.csv"}:
            return  # made once: a second run says that it is there
        code, said = self.run([], words=scene.resumed or scene.words)
        if code != scene.done:
            self.say_wrong(at, f"run again, it ends with {code}: {said}")
        elif contents(self.folder, scene.outputs) != self.whole:
            self.say_wrong(at, "run again, it has other bytes")

    def told(self):
        codes = ", ".join(f"{count} x {code}"
                          for code, count in sorted(self.codes.items()))
        return f"{self.scene.name}: {self.runs} runs: {codes}"
