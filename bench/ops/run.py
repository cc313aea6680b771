"""Every numerical operation at 8, 1,000 and 1,000,000 elements beside NumPy, in one run.

Prints a row an operation and size: ours, NumPy's time, the ratio (NumPy's over ours), flopscope's ratio
at 8 elements, torch's time where it has the operation; then geometric means and the worst twenty.
Keeps the rows as JSON under bench/results/.
"""

import argparse
import datetime
import hashlib
import json
import math
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile

import cases

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SIZES = cases.SIZES


def lcg(dtype, count, seed):
    """The fill rule of tests/golden/README.md."""
    import numpy as np

    draws = 2 * count if dtype.startswith("complex") else count
    # x after k steps is a^k x + c (a^k - 1)/(a - 1): by blocks, in wrapping arithmetic.
    state = np.empty(draws, np.uint32)
    a, c, x = 1664525, 1013904223, seed & 0xFFFFFFFF
    block = min(draws, 4096) or 1
    for i in range(min(block, draws)):
        x = (a * x + c) & 0xFFFFFFFF
        state[i] = x
    power, shift = pow(a, block, 1 << 32), 0
    for _ in range(block):
        shift = (a * shift + c) & 0xFFFFFFFF
    for start in range(block, draws, block):
        stop = min(start + block, draws)
        state[start:stop] = state[start - block:stop - block] * np.uint32(power) + np.uint32(shift)
    if dtype == "bool":
        return (state >> 31).astype(bool)
    if dtype == "uint8":
        return (state >> 24).astype(np.uint8)
    if dtype.startswith("int"):
        return ((state >> 16).astype(np.int64) % 201 - 100).astype(dtype)
    real = (state >> 8) / 2.0**24 * 2 - 1
    if dtype.startswith("complex"):
        return (real[0::2] + 1j * real[1::2]).astype(dtype)
    return real.astype(dtype)


def made(spec):
    """The NumPy array or value that a form of cases.py stands for."""
    import numpy as np

    if not isinstance(spec, dict):
        return [made(one) for one in spec] if isinstance(spec, list) else spec
    (form, body), = spec.items() if "of" not in spec else (("expression", spec),)
    if form == "fill":
        return lcg(body["dtype"], math.prod(body["shape"]), body["seed"]).reshape(body["shape"])
    if form == "indices":
        return np.random.default_rng(body["seed"]).integers(0, body["below"], body["count"])
    if form == "definite":
        side = body["side"]
        half = lcg("float64", side * side, body["seed"]).reshape(side, side)
        return (half + half.T) / 2 + side * np.eye(side)
    if form == "tuple":
        return tuple(made(one) for one in body)
    return getattr(np, body["expression"])(*[made(one) for one in body["of"]])


ARRAYS = ("fill", "indices", "definite", "expression")


def on_disk(spec, folder):
    """The same call with every array as a file that both sides read."""
    import numpy as np

    if isinstance(spec, list):
        return [on_disk(one, folder) for one in spec]
    if not isinstance(spec, dict):
        return spec
    form = next(iter(spec))
    if form not in ARRAYS:
        return {form: [on_disk(one, folder) for one in spec[form]]} if form == "tuple" else spec
    path = folder / (hashlib.sha1(json.dumps(spec).encode()).hexdigest()[:16] + ".npy")
    if not path.exists():
        np.save(path, made(spec))
    return {"npy": str(path)}


def chosen(options):
    for case in cases.cases():
        if case["n"] in options.sizes and re.search(options.op, case["op"]):
            yield case


def run(command, lines, environment):
    done = subprocess.run(command, input="".join(json.dumps(one) + "\n" for one in lines), text=True,
                          capture_output=True, env=environment, check=False)
    records = {}
    for text in done.stdout.splitlines():
        record = json.loads(text)
        records[record["bench"]] = record
    for one in lines:
        records.setdefault(one["id"], {"error": f"status {done.returncode}: {done.stderr.strip()[-200:]}"})
    return records


def measure(calls, options):
    """Times by (id, peer) over all rounds; ours is the peer ""."""
    times, errors = {}, {}
    environment = {key: text for key, text in os.environ.items()
                   if key not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")}
    peer = [sys.executable, str(ROOT / "bench/ops/peer.py")]
    for round_ in range(options.rounds):
        for group in dict.fromkeys((one["group"], one["n"]) for one in calls):
            lines = [one for one in calls if (one["group"], one["n"]) == group]
            print(f"\r{round_ + 1}/{options.rounds} {group[0]} {group[1]}    ", end="", file=sys.stderr)
            commands = [("", [str(options.build / "bench/bench_ops"), str(options.seconds), options.device]),
                        ("numpy", peer + ["numpy", str(options.seconds)])]
            if options.torch:
                commands.append(("torch", peer + ["torch", str(options.seconds)]))
            if options.flopscope and (group[1] == 8 or group[0] == "distributions"):
                commands.append(("flopscope", peer + ["flopscope", str(options.seconds)]))
            for who, command in commands:
                for name, record in run(command, lines, environment).items():
                    if "seconds" in record:
                        times.setdefault((name, who), []).append(record["seconds"])
                    else:
                        errors[name, who] = record["error"]
    print(file=sys.stderr)
    return times, errors


def rows_of(calls, times, errors):
    for one in calls:
        name = one["id"]
        row = {"op": one["op"], "n": one["n"], "group": one["group"]}
        for who, key in (("", "ours"), ("numpy", "numpy"), ("flopscope", "flopscope"), ("torch", "torch")):
            row[key] = statistics.median(times[name, who]) if (name, who) in times else None
        if row["ours"] is None:
            row["error"] = errors.get((name, ""), "not measured")
        base = row["numpy"] if row["numpy"] is not None else row["flopscope"]
        row["ratio"] = base / row["ours"] if row["ours"] and base else None
        row["flopscope_ratio"] = row["flopscope"] / row["ours"] if row["ours"] and row["flopscope"] else None
        yield row


def geometric(values):
    values = [one for one in values if one]
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def text_of(seconds):
    if seconds is None:
        return "-"
    for unit, scale in (("s", 1), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9)):
        if seconds >= scale or unit == "ns":
            return f"{seconds / scale:.3g} {unit}"
    return ""


def ratio_text(ratio):
    return "-" if ratio is None else f"{ratio:.2f}"


def report(rows, options):
    print(f"{'operation':34}{'n':>9}{'ours':>11}{'numpy':>11}{'ratio':>8}{'flopscope':>11}{'torch':>11}")
    for row in rows:
        print(f"{row['op']:34}{row['n']:>9}{text_of(row['ours']):>11}{text_of(row['numpy']):>11}"
              f"{ratio_text(row['ratio']):>8}{ratio_text(row['flopscope_ratio']):>11}{text_of(row['torch']):>11}"
              + (f"  {row['error'][:60]}" if "error" in row else ""))
    means = {}
    for n in options.sizes:
        some = [row for row in rows if row["n"] == n]
        means[n] = {"numpy": geometric(row["ratio"] for row in some),
                    "flopscope": geometric(row["flopscope_ratio"] for row in some),
                    "below_0.8": sum(1 for row in some if row["ratio"] and row["ratio"] < 0.8),
                    "measured": sum(1 for row in some if row["ratio"]), "rows": len(some)}
        print(f"{n} elements: {means[n]['measured']} of {len(some)} rows have a ratio; geometric mean "
              f"{ratio_text(means[n]['numpy'])} of NumPy"
              + (f", {ratio_text(means[n]['flopscope'])} of flopscope" if n == 8 else "")
              + f"; {means[n]['below_0.8']} below 0.8")
        worst = sorted((row for row in some if row["ratio"]), key=lambda row: row["ratio"])[:20]
        print("  worst: " + ", ".join(f"{row['op']} {row['ratio']:.2f}" for row in worst))
    return means


def commit_of():
    try:
        return subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short=12", "HEAD"], text=True,
                              capture_output=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def processor():
    try:
        for text in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if text.startswith("model name"):
                return text.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--op", default="", help="operations whose name matches this regular expression")
    parser.add_argument("--sizes", type=lambda text: [int(one) for one in text.split(",")], default=list(SIZES))
    parser.add_argument("--seconds", type=float, default=0.1, help="of sampling, a call (0.1)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--no-torch", dest="torch", action="store_false")
    parser.add_argument("--no-flopscope", dest="flopscope", action="store_false")
    parser.add_argument("--json", action="store_true", help="print the record instead of the table")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--no-keep", dest="keep", action="store_false", help="write nothing under bench/results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calls = [{**one, "args": on_disk(one["args"], pathlib.Path(folder)),
                  "kwargs": {key: on_disk(value, pathlib.Path(folder)) for key, value in one["kwargs"].items()}}
                 for one in chosen(options)]
        if not calls:
            raise SystemExit(f"no operation matches '{options.op}'")
        times, errors = measure(calls, options)
    rows = list(rows_of(calls, times, errors))
    sys.stdout = sys.stderr if options.json else sys.stdout
    means = report(rows, options)
    sys.stdout = sys.__stdout__
    now = datetime.datetime.now(datetime.timezone.utc)
    record = {"date": now.isoformat(timespec="seconds"), "commit": commit_of(), "processor": processor(),
              "cores": len(os.sched_getaffinity(0)), "means": means, "rows": rows}
    if options.json:
        print(json.dumps(record, indent=1))
    if options.keep and not options.op:
        path = ROOT / f"bench/results/ops-{now:%Y-%m-%d-%H%M}.json"
        path.write_text(json.dumps(record, indent=1) + "\n")
        print(f"kept in {path.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
