#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How fast cutis is, and what it needs; called by bench/run.sh.

    bench/speed.py BUILD [--quick] [--against OTHER] [--folder F] [--write]

Programs that are compared run in turn, round by round, so that whatever else
the machine does falls on all of them; figures are medians.  A run during which
other processes took more than 6 % of the machine counts only where there is no
better one, and the page says how many were clean.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from speed import page, pictures, runs  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT.parent / "shared" / "peers"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    args.folder = args.folder or args.build / "speed"
    args.cutis = args.build / "tools" / "cutis"
    return args


def machine():
    model = "unknown"
    for row in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if row.startswith("model name"):
            model = row.split(":", 1)[1].strip()
            break
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT,
                            capture_output=True, text=True, check=False)
    return {"date": time.strftime("%Y-%m-%d", time.gmtime()),
            "processor": model, "cores": os.cpu_count(),
            "architecture": platform.machine(),
            "commit": commit.stdout.strip()}


def kernels(build):
    """What bench_kernels prints, as {name: {isa: figure}}."""
    out = subprocess.run([build / "bench" / "bench_kernels"], text=True,
                         capture_output=True, check=True).stdout.splitlines()
    isas = out[0].split()[3:]
    table = {}
    for row in out[1:]:
        parts = row.split()
        figures = parts[-len(isas):]
        try:
            values = [float(f) for f in figures]
        except ValueError:
            continue
        name = " ".join(parts[:-len(isas)])
        table[name] = dict(zip(isas, values))
    return {"isas": isas, "table": table}


def stages(args, pair, threads, rounds):
    run = subprocess.run(
        [args.build / "bench" / "bench_stages", *pair, str(threads),
         str(rounds)], capture_output=True, text=True, check=False,
        env=dict(os.environ, OMP_NUM_THREADS=str(threads)))
    if run.returncode:
        print(f"{pair[0]}: {run.stderr.strip()}", file=sys.stderr)
        return None
    return json.loads(run.stdout)


def by_size(args):
    sizes = (3, 12) if args.quick else (1, 3, 12, 24, 48)
    found = {}
    for size in sizes:
        pair = pictures.filled(args.folder, size)
        found[size] = stages(args, pair, 1, 1 if args.quick or size > 12 else 3)
    return {k: v for k, v in found.items() if v}


def cutis(args, pair, threads, *rest):
    return [str(args.cutis), "compare", *map(str, pair), "-q", "-j",
            str(threads), "-o", str(args.folder / "out.json"), *rest]


def peer(folder):
    """The C++ program, built here; None where that cannot be."""
    source, program = PEERS / "peer_cv.cpp", folder / "peer_cv"
    if program.exists() or not source.exists():
        return program if program.exists() else None
    flags = subprocess.run(["pkg-config", "--cflags", "opencv4"],
                           capture_output=True, text=True, check=False)
    libraries = ["-lopencv_" + part for part in (
        "core", "imgproc", "imgcodecs", "features2d", "calib3d", "objdetect",
        "video")]
    built = flags.returncode == 0 and subprocess.run(
        ["c++", "-O3", "-march=native", "-std=c++17", "-w",
         *flags.stdout.split(), str(source), "-o", str(program), *libraries,
         "-lpthread"], check=False).returncode == 0
    return program if built else None


def whole(args):
    """Whole processes in turn: cutis in its ways, and the others."""
    fill, box = pictures.filled(args.folder, 12), pictures.box(args.folder)
    html = ["-o", str(args.folder / "out.html")]
    counts = [1, 2] + [n for n in (4, 8, 16) if n <= (os.cpu_count() or 1)]
    turn = {f"{name} {n}": cutis(args, pair, n) for name, pair in
            (("fill", fill), ("box", box)) for n in counts}
    turn |= {
        "fill 2 page": cutis(args, fill, 2, *html),
        "box 2 page": cutis(args, box, 2, *html),
    }
    program = peer(args.folder)
    if program:
        for scope in ("full", "roi"):
            for threads in (1, 2):
                turn[f"C++ {scope} {threads}"] = [
                    str(program), *map(str, box), "--scope", scope,
                    "--threads", str(threads)]
    found = runs.in_turn(turn, 1 if args.quick else 5)
    script = PEERS / "peer_py.py"
    if script.exists() and not args.quick:
        slow = {f"Python {scope} 2": [
            "/usr/bin/python3", str(script), *map(str, box), "--scope", scope,
            "--threads", "2"] for scope in ("full", "roi")}
        found.update(runs.in_turn(slow, 1))
    return {k: v for k, v in found.items() if v}


def against(args):
    """This build and another's in turn, on both pairs."""
    found = {}
    for name, pair in (("fill", pictures.filled(args.folder, 12)),
                       ("box", pictures.box(args.folder))):
        for threads in (1, 2):
            one = cutis(args, pair, threads)
            two = list(one)
            two[0] = str(args.against / "tools" / "cutis")
            two[two.index("-o") + 1] = str(args.folder / "other.json")
            both = runs.in_turn({"this": one, "other": two},
                                3 if args.quick else 5)
            both["same"] = (args.folder / "out.json").read_bytes() == \
                (args.folder / "other.json").read_bytes()
            found[f"{name} {threads}"] = both
    return found


def main():
    args = arguments()
    args.folder.mkdir(parents=True, exist_ok=True)
    pictures.make(args.build / "tools" / "phantom" / "cutis-phantom",
                  args.folder)
    found = {"schema": "cutis.speed/1", "machine": machine(),
             "quick": args.quick}
    if args.against:
        found["against"] = against(args)
    else:
        found["kernels"] = kernels(args.build)
        found["stages"] = by_size(args)
        found["two threads"] = stages(args, pictures.filled(args.folder, 12),
                                      2, 1 if args.quick else 3)
        found["box"] = stages(args, pictures.box(args.folder), 1,
                              1 if args.quick else 3)
        found["whole"] = whole(args)
    name = "against.json" if args.against else "speed.json"
    (args.folder / name).write_text(json.dumps(found, indent=1) + "\n",
                                    encoding="utf-8")
    if args.against:
        print(page.beside(found))
    else:
        # What a reader of the numbers from a file would see.
        found = json.loads((args.folder / name).read_text(encoding="utf-8"))
        text = page.written(found, ROOT / "docs" / "results"
                            if args.write else None)
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
