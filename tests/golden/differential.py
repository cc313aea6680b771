"""Random calls, made from the recorded ones by other shapes, dtypes, values and options, run by an
installed flopscope 0.4.3 and by `flopmeter call`; prints what differs, by operation.

    python differential.py --seconds 60 --op '^linalg' --verbose

Run it with a Python that has flopscope 0.4.3. A failing call that NumPy itself accepts is a fault of
flopscope and is left out. The seed is chosen at run time and printed.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import sys
import time
import warnings

import flopscope
import flopscope.numpy as fnp
import numpy as np

import cases
import compare
import values

FILES = ["numpy", "linalg", "fft", "random", "stats", "polynomial", "errors"]
DTYPES = ["float64"] * 6 + ["float32"] * 3 + ["int64"] * 4 + ["bool", "complex128", "complex128", "complex64", "int32",
          "uint8", "int8", "int16", "uint16", "uint32", "uint64", "float16"]
MOST = 320
# Where a value cannot be told from others that are as right.
UNSPECIFIED = {"empty", "empty_like", "partition", "argpartition", "random.seed", "random.RandomState.seed"}
REDUCTIONS = {"sum", "prod", "mean", "std", "var", "max", "min", "amax", "amin", "all", "any", "nansum", "nanprod",
              "nanmean", "nanstd", "nanvar", "nanmax", "nanmin", "copyto"}
# Integers divided by zero have a value of their own here.
LEFT_OUT = {"random.Generator.bit_generator", "reciprocal"}
FUNCTIONS = {
    "sum": np.sum, "max": np.max, "sort": np.sort, "cumsum": np.cumsum, "square": np.square,
    "negative": np.negative, "triu": np.triu, "tril": np.tril, "double": lambda x: 2 * np.asarray(x),
    "half_sum": lambda x: 0.5 * np.sum(np.asarray(x)), "ends": lambda x: np.asarray(x)[[0, -1]],
    "add2": lambda i, j: np.asarray(i) + np.asarray(j), "mul2": lambda i, j: np.asarray(i) * np.asarray(j),
    "eq2": lambda i, j: np.asarray(i) == np.asarray(j), "id1": lambda i: i,
    "sq1": lambda i: np.asarray(i) * np.asarray(i), "add3": lambda i, j, k: np.asarray(i) + np.asarray(j) + np.asarray(k),
}


def walk(value, change):
    """The argument with every array form replaced by change(form, body)."""
    if isinstance(value, list):
        return [walk(v, change) for v in value]
    if isinstance(value, dict):
        if "array" in value or "fill" in value or "zeros" in value:
            form = next(k for k in ("array", "fill", "zeros") if k in value)
            return change(form, value[form])
        for key in ("tuple",):
            if key in value:
                return {key: [walk(v, change) for v in value[key]]}
    return value


class Draw:
    """Random changes of one case."""

    def __init__(self, rng):
        self.rng = rng
        self.extents = {}
        self.dtypes = {}
        self.reshape = rng.random() < 0.6
        self.retype = rng.random() < 0.35
        self.special = rng.random() < 0.05

    def extent(self, old):
        if not self.reshape or old <= 1 and self.rng.random() < 0.9:
            return old
        if old not in self.extents:
            self.extents[old] = self.rng.choice([0, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8])
        return self.extents[old]

    def dtype(self, old):
        if not self.retype:
            return old
        if old not in self.dtypes:
            self.dtypes[old] = self.rng.choice(DTYPES)
        return self.dtypes[old]

    def number(self, kind, pool):
        base = self.rng.choice(pool) if pool else self.rng.uniform(-3, 3)
        base = compare.number(base)
        if isinstance(base, complex):
            base = base.real
        if kind == "bool":
            return bool(int(base != 0) ^ self.rng.randrange(2))
        if kind.startswith(("int", "uint")):
            whole = int(base) if np.isfinite(base) and abs(base) < 1e9 else 0
            whole += self.rng.choice([0, 0, 0, 1, -1])
            return abs(whole) % 100 if kind.startswith("uint") else max(-100, min(whole, 100))
        if self.special and self.rng.random() < 0.3:
            return self.rng.choice(["nan", "inf", "-inf", 0.0])
        if not np.isfinite(base):
            return element(base)
        return round(float(base) * self.rng.choice([1.0, 1.0, 0.5, 1.25]), 3)

    def array(self, form, body):
        shape = [self.extent(e) for e in body["shape"]]
        if np.prod(shape) > MOST:
            shape = [min(e, 3) for e in shape]
        if np.prod(shape) > MOST:
            shape = [min(e, 2) for e in shape]
        dtype, size = self.dtype(body["dtype"]), int(np.prod(shape))
        if form == "zeros":
            return {"zeros": {"dtype": dtype, "shape": shape}}
        pool = body.get("data", [])[:50]
        keep = form == "array" and shape == body["shape"] and dtype == body["dtype"] and self.rng.random() < 0.5
        if keep:
            return {"array": {"dtype": dtype, "shape": shape, "data": body["data"]}}
        data = [self.number(dtype, pool) for _ in range(size)]
        if dtype.startswith("complex"):
            data = [[v, self.number("float64", [])] for v in data]
        return {"array": {"dtype": dtype, "shape": shape, "data": data}}


def draw_case(rng, pool, number):
    """A new call of the operation of some recorded ones."""
    case = rng.choice(pool)
    draw = Draw(rng)
    kwargs = dict(case["kwargs"])
    if rng.random() < 0.3:
        other = rng.choice(pool)["kwargs"]
        for key in other:
            if rng.random() < 0.7:
                kwargs.setdefault(key, other[key])
    if kwargs and rng.random() < 0.1:
        kwargs.pop(rng.choice(sorted(kwargs)))
    if "out" not in kwargs and case["op"] not in REDUCTIONS:
        kwargs.pop("where", None)  # what it leaves out is not initialised
    rule = "close" if draw.retype and case["compare"] == "exact" else case["compare"]
    args, kwargs = as_asked(case["op"], [walk(a, draw.array) for a in case["args"]],
                            {k: walk(v, draw.array) for k, v in kwargs.items()})
    return {
        "id": f"{case['id']}+{number}", "op": case["op"], "compare": rule, "args": args, "kwargs": kwargs,
        "mutates": case.get("mutates", []),
    }


def in_order(value):
    """An argument's values in ascending order."""
    body = value.get("array") if isinstance(value, dict) else None
    if not body or body["dtype"].startswith("complex"):
        return value
    return {"array": dict(body, data=sorted(body["data"], key=lambda v: compare.number(v)))}


def as_asked(op, args, kwargs):
    """What the operation asks of its values, without which any result is right."""
    args = list(args)
    if op == "searchsorted" and args:
        kwargs = {k: v for k, v in kwargs.items() if k != "sorter"}
        args[0] = in_order(args[0])
    if op == "interp" and len(args) > 1:
        args[1] = in_order(args[1])
    if op == "argsort":
        kwargs = dict(kwargs, kind="stable")
    return args, kwargs


def build_array(body):
    data = [compare.number(v) for v in body["data"]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array(data, dtype=np.dtype(body["dtype"])).reshape(body["shape"])


def build(value, args=()):
    """An argument as flopscope takes it."""
    if isinstance(value, list):
        return [build(v, args) for v in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return build_array(value["array"])
    if "zeros" in value:
        return np.zeros(value["zeros"]["shape"], value["zeros"]["dtype"])
    if "tuple" in value:
        return tuple(build(v, args) for v in value["tuple"])
    if "slice" in value:
        return slice(*value["slice"])
    if "ellipsis" in value:
        return ...
    if "complex" in value:
        return complex(*map(compare.number, value["complex"]))
    if "float" in value:
        return float(value["float"])
    if "scalar" in value:
        return np.dtype(value["scalar"]["dtype"]).type(compare.number(value["scalar"]["value"]))
    if "type" in value:
        return getattr(np, value["type"])
    if "bytes" in value:
        return bytes.fromhex(value["bytes"])
    if "fn" in value:
        return FUNCTIONS[value["fn"]]
    if "rng_state" in value:
        return np.random.RandomState(value["rng_state"]).get_state()
    raise ValueError(f"no form: {value}")


def function_of(op, root, stats):
    """The function of that name in flopscope, or in NumPy."""
    if op.startswith("random.Generator."):
        return getattr(root.random.default_rng(12345), op.split(".")[2])
    if op.startswith("random.RandomState."):
        return getattr(root.random.RandomState(12345), op.split(".")[2])
    at = root
    for part in op.split("."):
        at = stats if part == "stats" else getattr(at, part)
    return at


def shortest(value):
    """A NumPy number as the Python number with its fewest digits."""
    if isinstance(value, np.complexfloating):
        return complex(shortest(value.real), shortest(value.imag))
    return float(str(value)) if isinstance(value, np.floating) else value.item()


def element(value):
    if isinstance(value, complex):
        return [element(value.real), element(value.imag)]
    if isinstance(value, float) and not np.isfinite(value):
        return "nan" if np.isnan(value) else "inf" if value > 0 else "-inf"
    return value


def encode(value):
    """A result as the cases write it."""
    if value is None:
        return None
    if isinstance(value, np.ndarray):
        plain = np.asarray(value)
        body = {"dtype": plain.dtype.name, "shape": list(plain.shape)}
        if plain.size <= MOST:
            body["data"] = [element(shortest(v)) for v in plain.reshape(-1)]
        return {"array": body}
    if isinstance(value, np.dtype) or (isinstance(value, type) and issubclass(value, np.generic)):
        return {"dtype": np.dtype(value).name}
    if isinstance(value, np.generic):
        return {"scalar": element(shortest(value)), "dtype": value.dtype.name}
    if isinstance(value, (bool, int, float, complex, str)):
        return {"scalar": element(value), "dtype": type(value).__name__}
    if isinstance(value, bytes):
        return {"scalar": len(value), "dtype": "bytes"}
    if isinstance(value, (tuple, list)):
        return {"multi": [encode(v) for v in value]}
    if isinstance(value, dict):
        return {"dict": {k: encode(v) for k, v in value.items()}}
    return {"object": type(value).__name__}


def class_of(error):
    name = type(error).__name__
    return "UFuncTypeError" if name.startswith("_UFunc") else name


def run_one(function, case):
    args = [build(a) for a in case["args"]]
    kwargs = {k: build(v) for k, v in case["kwargs"].items()}
    return args, function(*args, **kwargs)


def record(case):
    """The case with what flopscope says; None where the failure is its own, or it cannot be told."""
    warnings.simplefilter("ignore")
    out = dict(case, cost=0, unit_cost=0, log=[], result=None, error=None)
    try:
        args = [build(a) for a in case["args"]]
        kwargs = {k: build(v) for k, v in case["kwargs"].items()}
    except (ValueError, TypeError, OverflowError):
        return None
    with np.errstate(all="ignore"), flopscope.BudgetContext(flop_budget=10**18, quiet=True) as budget:
        try:
            result = function_of(case["op"], fnp, flopscope.stats)(*args, **kwargs)
            out["result"] = encode(result)
        except Exception as error:  # noqa: BLE001
            out["error"] = class_of(error)
    out["cost"] = budget.flops_used
    out["log"] = [[one.op_name, one.flop_cost] for one in budget.op_log]
    if out["error"]:
        try:
            with np.errstate(all="ignore"):
                run_one(function_of(case["op"], np, None), case)
            return None
        except Exception:  # noqa: BLE001
            pass
    if case["mutates"] and not out["error"]:
        out["mutated"] = {str(i): encode(np.asarray(args[i])) for i in case["mutates"]}
    if case["op"] in UNSPECIFIED or (case["op"].startswith("random.") and "result" in out):
        out["compare"] = "none"
    return out


def differs(case, answer):
    """As compare.answer, without the unit costs, which were not asked for."""
    answer = dict(answer, unit_cost=case["unit_cost"])
    return compare.answer(case, answer)


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
    parser.add_argument("--save", help="write the calls that differ, as cases, to this file")
    return parser.parse_args()


def pools(wanted, known):
    by_op = collections.defaultdict(list)
    for name in wanted.files.split(","):
        for case in cases.read(name):
            if not values.left_out(case, False) and re.search(wanted.op, case["op"]) and case["op"] in known - LEFT_OUT:
                by_op[case["op"]].append(case)
    return by_op


def main():
    wanted = options()
    seed = wanted.seed if wanted.seed is not None else random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    rng = random.Random(seed)
    if not os.environ.get("FLOPMETER_BACKEND_DIR"):
        os.environ["FLOPMETER_BACKEND_DIR"] = str(pathlib.Path(wanted.binary).resolve().parents[1] / "lib")
    by_op = pools(wanted, values.known_operations(wanted.binary))
    command = [wanted.binary, "call", "--cost-model", "flopscope-0.4", "--device", wanted.device]
    end, number, shown = time.monotonic() + wanted.seconds, 0, 0
    ran, kinds, wrong_cases = collections.Counter(), collections.defaultdict(collections.Counter), []
    while time.monotonic() < end:
        chosen = []
        for op in sorted(by_op):
            for _ in range(wanted.each):
                number += 1
                recorded = record(draw_case(rng, by_op[op], number))
                if recorded is not None:
                    chosen.append(recorded)
            if time.monotonic() > end:
                break
        for case, answer, why in values.answers(command, chosen, 600):
            ran[case["op"]] += 1
            wrong = ("crash", why) if answer is None else differs(case, answer)
            if wrong is None:
                continue
            kinds[case["op"]][wrong[0]] += 1
            wrong_cases.append(case)
            if shown < wanted.verbose:
                values.show(case, f"{wrong[0]} {wrong[1]}")
                shown += 1
    for op, counter in sorted(kinds.items()):
        print(f"  {op:40} {sum(counter.values()):4} of {ran[op]:4} differ: {dict(counter)}")
    print(f"{sum(ran.values())} calls of {len(ran)} operations, {len(wrong_cases)} differ")
    if wanted.save:
        with open(wanted.save, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(case) + "\n" for case in wrong_cases)
    return 1 if wrong_cases else 0


if __name__ == "__main__":
    sys.exit(main())
