"""Random calls, made from the recorded ones by other shapes, dtypes, values and options, run by an
installed flopscope 0.4.3 and by `flopmeter call`; prints what differs, by operation, and what was
covered.

    python differential.py --seconds 60 --op '^linalg' --verbose

Run it with a Python that has flopscope 0.4.3; the seed is chosen at run time and printed. A failing
call that NumPy itself accepts is a fault of flopscope and is left out; where the two fail in
different ways NumPy's is right too. The test passes if all that differs is in operations of
reference_faults.json, each with the reference's fault.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import time

import cases
import compare
import draw
import reference
import values

FILES = ["numpy", "linalg", "fft", "random", "stats", "polynomial", "errors"]
LEFT_OUT = {"random.Generator.bit_generator"}  # no function
FAULTS = pathlib.Path(__file__).resolve().parent / "reference_faults.json"


def is_finite(value):
    return all(math.isfinite(p) for p in compare.parts(compare.number(value)))


def takes_special(value):
    """Whether an argument has infinities or NaN."""
    if isinstance(value, list):
        return any(map(takes_special, value))
    if isinstance(value, dict):
        body = value.get("array")
        return not all(map(is_finite, body["data"])) if body else any(map(takes_special, value.values()))
    return value in ("nan", "inf", "-inf")


def finite_of(want, got):
    """Both results without the elements that are not finite in the one wanted."""
    if not isinstance(want, dict) or not isinstance(got, dict):
        return want, got
    if "array" in want and "array" in got:
        a, b = want["array"], got["array"]
        if "data" not in a or "data" not in b or len(a["data"]) != len(b["data"]):
            return want, got
        kept = [i for i, v in enumerate(a["data"]) if is_finite(v)]
        return tuple({"array": dict(x, data=[x["data"][i] for i in kept])} for x in (a, b))
    if "multi" in want and len(want["multi"]) == len(got.get("multi", [])):
        pairs = [finite_of(w, g) for w, g in zip(want["multi"], got["multi"])]
        return {"multi": [p[0] for p in pairs]}, {"multi": [p[1] for p in pairs]}
    if "scalar" in want and "scalar" in got and want["scalar"] is not None and want["dtype"] not in ("str", "bool"):
        return (want, got) if is_finite(want["scalar"]) else (want, dict(got, scalar=want["scalar"]))
    return want, got


def of_matrices(case):
    """Whether a call factors a matrix."""
    return case["op"].startswith("linalg.") or case["op"] in ("polyfit", "roots")


def record(case):
    if of_matrices(case) and takes_special([case["args"], case["kwargs"]]):
        return reference.record_within(case, 5)
    return reference.record(case)


def is_complex(value):
    return '"complex' in json.dumps(value)


def differs(case, answer):
    """As compare.answer, without the unit costs, which were not asked for, and what is not defined:
    sums of infinities by another order of complex products, and factors of what is not finite."""
    answer = dict(answer, unit_cost=case["unit_cost"])
    special = takes_special([case["args"], case["kwargs"]])
    if case["op"] == "polydiv" and is_complex(case["args"]) and answer.get("result"):
        # Which of the remainder's leading coefficients are 0 is a matter of rounding.
        answer = dict(answer, result={"multi": [answer["result"]["multi"][0], case["result"]["multi"][1]]})
    matrices = of_matrices(case)
    if special and matrices and case["result"] is not None:
        case = dict(case, compare="none", result=case["result"])
        refused = answer.get("error")
        if refused and refused["type"] == "LinAlgError":
            return None
        if case["op"] in ("linalg.svd", "linalg.qr", "linalg.eigh", "linalg.eig"):
            answer = dict(answer, result=case["result"])
    elif case["op"].startswith("fft.") and 0 in draw.sizes(case["args"]):
        case = dict(case, compare="none")  # NumPy fills up with what was in memory
    elif special and (case["op"].startswith("fft.") or is_complex([case["args"], case["kwargs"]])):
        want, got = finite_of(case["result"], answer.get("result"))
        case, answer = dict(case, result=want), dict(answer, result=got)
    wrong = compare.answer(case, answer)
    if not wrong or wrong[0] != "error" or case["error"] is None or not answer.get("error"):
        return wrong
    if special and matrices and answer["error"]["type"] == "LinAlgError":
        return None
    if has_two_faults(case):
        return None
    own = not case["op"].startswith("stats.") and reference.numpy_says(case)[1] == answer["error"]["type"]
    return None if own else wrong


def has_two_faults(case):
    """Whether a call that is refused is refused for something else once a keyword or the last argument is
    left out: which of two faults is told first is nobody's rule."""
    fewer = [dict(case, kwargs={k: v for k, v in case["kwargs"].items() if k != name}) for name in case["kwargs"]]
    if len(case["args"]) > 1:
        fewer.append(dict(case, args=case["args"][:-1]))
    for other in fewer:
        recorded = record(other)
        if recorded and recorded["error"] and recorded["error"] not in (case["error"], "TypeError"):
            return True
    # One of them may be refused with the same class: then what is left when it is gone is the other.
    kinds = {(record(other) or {"error": None})["error"] for other in fewer}
    return None not in kinds and len(kinds) > 1


class Coverage:
    """Which parameters and which of their texts were tried, of calls that succeeded."""

    def __init__(self, listed):
        self.parameters = {op["name"]: [p["name"] for p in op.get("parameters", [])] for op in listed}
        self.calls, self.good = collections.Counter(), collections.Counter()
        self.tried = collections.defaultdict(lambda: collections.defaultdict(set))

    def add(self, case):
        op = case["op"]
        self.calls[op] += 1
        if case["error"]:
            return
        self.good[op] += 1
        given = dict(zip(self.parameters[op], case["args"]), **case["kwargs"])
        for name, value in given.items():
            self.tried[op][name].add(value if isinstance(value, str) else type(value).__name__)

    def show(self, every):
        names = {op["op"] for op in cases.operations()["supported"]}
        ran = names & set(self.calls)
        total = sum(len(self.parameters[op]) for op in self.calls)
        seen = sum(len(set(self.tried[op]) & set(self.parameters[op])) for op in self.calls)
        texts = sum(sum(1 for v in tried if v not in ("dict", "list", "int", "float", "bool", "NoneType"))
                    for op in self.tried.values() for tried in op.values())
        print(f"covered: {len(ran)} of {len(names)} listed operations and {len(self.calls) - len(ran)} methods; "
              f"{seen} of {total} parameters given, {texts} texts as values; "
              f"at least {min(self.calls.values())} calls an operation, {min(self.good[op] for op in self.calls)} that succeed")
        print(f"not run: {', '.join(sorted(names - set(self.calls)))}")
        for op in sorted(self.calls) if every else []:
            missing = [p for p in self.parameters[op] if p not in self.tried[op]]
            texts = sorted(f"{n}={v}" for n, tried in self.tried[op].items() for v in tried
                           if v not in ("dict", "list", "int", "float", "bool", "NoneType"))
            print(f"  {op:36} {self.calls[op]:4} calls, {self.good[op]:4} succeed; never given: {', '.join(missing) or '-'}; "
                  f"texts: {compare.brief(' '.join(texts), 300) or '-'}")


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", default=",".join(FILES))
    parser.add_argument("--op", default="")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--binary", default=str(values.ROOT / "build/bin/flopmeter"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--each", type=int, default=3, help="calls an operation in each round")
    parser.add_argument("--verbose", type=int, nargs="?", const=50, default=0, metavar="N", help="show N differences")
    parser.add_argument("--coverage", action="store_true", help="what was covered, by operation")
    parser.add_argument("--save", help="write the calls that differ, as cases, to this file")
    return parser.parse_args()


def pools(wanted, known):
    by_op = collections.defaultdict(list)
    for name in wanted.files.split(","):
        for case in cases.read(name):
            if not values.left_out(case, False) and re.search(wanted.op, case["op"]) and case["op"] in known - LEFT_OUT:
                by_op[case["op"]].append(case)
    return by_op


def rounds(wanted, by_op, listed, rng):
    """Recorded calls, a round of them at a time, until the time is over."""
    parameters = {op["name"]: op.get("parameters", []) for op in listed}
    end, number = time.monotonic() + wanted.seconds, 0
    while time.monotonic() < end:
        chosen = []
        for op in sorted(by_op):
            for _ in range(wanted.each):
                number += 1
                case = draw.case_of(rng, by_op[op], parameters[op], number)
                recorded = None if draw.is_unclear(case) else record(case)
                if recorded is not None:
                    chosen.append(recorded)
        yield chosen


def report(kinds, covered, faults):
    """The number of differences that no listed fault explains."""
    unexplained = 0
    for op, counter in sorted(kinds.items()):
        count = sum(counter.values())
        unexplained += count if op not in faults else 0
        why = f"  (the reference: {faults[op]})" if op in faults else ""
        print(f"  {op:36} {count:4} of {covered.calls[op]:4} differ: {dict(counter)}{why}")
    print(f"{sum(covered.calls.values())} calls of {len(covered.calls)} operations, "
          f"{sum(sum(c.values()) for c in kinds.values())} differ, {unexplained} of them in no operation of "
          f"{len(faults)} with a fault of the reference")
    return unexplained


def main():
    wanted = options()
    seed = wanted.seed if wanted.seed is not None else random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    if not os.environ.get("FLOPMETER_BACKEND_DIR"):
        os.environ["FLOPMETER_BACKEND_DIR"] = str(pathlib.Path(wanted.binary).resolve().parents[1] / "lib")
    listed = json.loads(subprocess.run([wanted.binary, "ops", "--format", "json"], capture_output=True, check=True).stdout)
    by_op = pools(wanted, {op["name"] for op in listed})
    command = [wanted.binary, "call", "--cost-model", "flopscope-0.4", "--device", wanted.device]
    faults = json.loads(FAULTS.read_text(encoding="utf-8"))
    covered, kinds, wrong_cases = Coverage(listed), collections.defaultdict(collections.Counter), []
    for chosen in rounds(wanted, by_op, listed, random.Random(seed)):
        for case, answer, why in values.answers(command, chosen, 600):
            covered.add(case)
            wrong = ("crash", why) if answer is None else differs(case, answer)
            if wrong is None:
                continue
            kinds[case["op"]][wrong[0]] += 1
            wrong_cases.append(case)
            if len(wrong_cases) <= wanted.verbose:
                values.show(case, f"{wrong[0]} {wrong[1]}")
    covered.show(wanted.coverage)
    unexplained = report(kinds, covered, faults)
    if wanted.save:
        with open(wanted.save, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(case) + "\n" for case in wrong_cases)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
