"""Runs the recorded calls through `flopmeter call` and counts what agrees: cost, unit cost, op log,
result, tensors written in place, error class.

    tests/golden/values.py --files numpy,linalg --op '^(take|put)$' --device cuda --verbose
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import cases
import compare

FILES = ["numpy", "linalg", "fft", "random", "stats", "polynomial", "errors", "accounting", "symmetry", "found"]
GONE = {"in1d", "trapz", "random.random_integers"}
# Operations and questions of symmetric tensors and contractions.
EINSUM = re.compile(r"^(einsum_path|einsum_accumulation_cost|reduction_accumulation_cost|tier2_reduction_cost|"
                    r"SymmetryGroup\..*|as_symmetric|symmetrize|is_symmetric|random\.symmetric|group|accounting\.einsum_cost)$")
ROOT = pathlib.Path(__file__).resolve().parents[2]


def without_device(command):
    """Why there is no device to run on; None where there is one."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode == 1 and ": device " in done.stderr else None


def load(name, folder):
    if folder:
        path = pathlib.Path(folder) / f"{name}.jsonl"
        with open(path, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    return cases.read(name)


def contracts(case):
    """Whether a case belongs to einsum and symmetry."""
    if EINSUM.match(case["op"]) or cases.has_symmetry([case["args"], case["kwargs"]]):
        return True
    if case["op"] == "einsum":
        return len(case["args"]) > 3 or cases.has_symmetry(case["result"])
    return False


def left_out(case, with_einsum):
    return (case.get("internal") or case.get("blacklisted") or case["op"] in GONE or
            (not with_einsum and contracts(case)))


def known_operations(binary):
    out = subprocess.run([binary, "ops", "--format", "json"], capture_output=True, check=True).stdout
    return {op["name"] for op in json.loads(out)}


def run_once(command, batch, seconds):
    """Answers to the first cases of a batch, and why it stopped before the end."""
    with tempfile.TemporaryFile() as source:
        for case in batch:
            line = {key: case[key] for key in ("id", "op", "args", "kwargs", "context") if key in case}
            source.write((json.dumps(line) + "\n").encode())
        source.seek(0)
        try:
            done = subprocess.run(command, stdin=source, capture_output=True, timeout=seconds)
            out, why = done.stdout, f"status {done.returncode}: {done.stderr.decode(errors='replace').strip()[-600:]}"
        except subprocess.TimeoutExpired as late:
            out, why = late.stdout or b"", f"no answer within {seconds} s"
    got, noise = [], None
    for line in out.split(b"\n")[:-1]:
        try:
            got.append(json.loads(line))
        except ValueError:
            noise = line.decode(errors="replace")
            continue
        if noise:  # a library wrote to stdout during this call
            got[-1]["noise"] = noise
            noise = None
    return got, why


def answers(command, chosen, seconds):
    """(case, answer, None) for each case, or (case, None, why): a run that ends is begun again behind
    the case that ended it."""
    at = 0
    while at < len(chosen):
        got, why = run_once(command, chosen[at:at + 2000], seconds)
        yield from ((case, answer, None) for case, answer in zip(chosen[at:], got))
        batch = len(chosen[at:at + 2000])
        if not got and why.startswith(("status 1:", "status 2:")):
            sys.exit(f"{command[0]} does not start: {why}")
        at += len(got)
        if len(got) < batch:
            yield chosen[at], None, why
            at += 1


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", default=",".join(FILES), help="names of case files, joined by commas")
    parser.add_argument("--op", default="", help="a regular expression for operations")
    parser.add_argument("--id", default="", help="a regular expression for case ids")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--binary", default=str(ROOT / "build/bin/flopmeter"))
    parser.add_argument("--cases", help="a folder of *.jsonl in place of the copies beside this script")
    parser.add_argument("--plain", action="store_true", help="without what belongs to contractions and symmetry")
    parser.add_argument("--verbose", type=int, nargs="?", const=20, default=0, metavar="N",
                        help="show the first N failures (20)")
    parser.add_argument("--by-op", action="store_true", help="counts by operation too")
    parser.add_argument("--todo", action="store_true", help="list operations without a row")
    parser.add_argument("--sample", type=int, default=150 if os.environ.get("FLOPMETER_TEST_SAMPLE") == "1" else 0,
                        metavar="N", help="at most N cases of each file, by a fixed draw (FLOPMETER_TEST_SAMPLE=1: 150)")
    parser.add_argument("--require", metavar="all|FILE", help="fail unless all cases agree, or all of the operations in FILE")
    parser.add_argument("--seconds", type=float, default=600, help="limit of one run")
    return parser.parse_args()


def choose(wanted, known):
    """The cases to run, by file, and how many wait for a row."""
    chosen, waiting = {}, collections.Counter()
    for name in wanted.files.split(","):
        kept = []
        for case in load(name, wanted.cases):
            if left_out(case, not wanted.plain) or not re.search(wanted.op, case["op"]) or not re.search(wanted.id, case["id"]):
                continue
            own = case["op"].startswith(("accounting.", "budget.", "einsum_accumulation", "reduction_accumulation", "tier2_", "group", "SymmetryGroup.")) or case["error"] in ("AttributeError", "UnsupportedFunctionError")
            if case["op"] in known or own:
                kept.append(case)
            else:
                waiting[case["op"]] += 1
        for case in kept:
            # Other libraries than LAPACK choose other signs.
            if wanted.device != "cpu" and case["op"] == "linalg.svd" and "multi" in (case["result"] or {}):
                case["compare"] = "decomposition" if case["compare"] == "close" else case["compare"]
        if wanted.sample and len(kept) > wanted.sample:
            kept = random.Random(1).sample(kept, wanted.sample)
        chosen[name] = kept
    return chosen, waiting


def show(case, why, room=400):
    call = {key: case[key] for key in ("op", "args", "kwargs", "context") if key in case}
    print(f"  {case['id']}: {why}\n    {compare.brief(json.dumps(call), room)}")


def main():
    wanted = options()
    if not os.environ.get("FLOPMETER_BACKEND_DIR"):
        os.environ["FLOPMETER_BACKEND_DIR"] = str(pathlib.Path(wanted.binary).resolve().parents[1] / "lib")
    command = [wanted.binary, "call", "--cost-model", "flopscope-0.4", "--device", wanted.device]
    absent = without_device(command)
    if absent:
        print(f"skipped: {absent}")
        return 77
    known = known_operations(wanted.binary)
    chosen, waiting = choose(wanted, known)
    by_op, shown, failed = collections.defaultdict(lambda: [0, 0]), 0, 0
    required = None
    if wanted.require and wanted.require != "all":
        required = set(pathlib.Path(wanted.require).read_text(encoding="utf-8").split())
    for name, kept in chosen.items():
        good, kinds = 0, collections.Counter()
        for case, answer, why in answers(command, kept, wanted.seconds):
            wrong = ("crash", why) if answer is None else compare.answer(case, answer)
            by_op[case["op"]][0] += 1
            if wrong is None:
                good += 1
                by_op[case["op"]][1] += 1
                continue
            kinds[wrong[0]] += 1
            if required is None or case["op"] in required:
                failed += 1
            if shown < wanted.verbose:
                show(case, f"{wrong[0]} {wrong[1]}")
                shown += 1
        details = "".join(f", {count} {kind}" for kind, count in kinds.most_common())
        if kept:
            print(f"{name:12} {good:5} of {len(kept):5} agree{details}")
    if wanted.by_op:
        for op, (count, good) in sorted(by_op.items()):
            print(f"  {op:40} {good:4} of {count:4}" + ("" if good == count else "  <"))
    total, good = (sum(pair[i] for pair in by_op.values()) for i in (0, 1))
    print(f"{'total':12} {good:5} of {total:5} agree; {sum(waiting.values())} cases of {len(waiting)} operations wait for a row")
    if wanted.todo:
        for op, count in sorted(waiting.items()):
            print(f"  {op:40} {count:4}")
    missing = waiting if required is None else required & set(waiting)
    return 1 if wanted.require and (failed or missing) else 0


if __name__ == "__main__":
    sys.exit(main())
