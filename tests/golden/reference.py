"""Calls as an installed flopscope 0.4.3 and its NumPy run them, recorded as the cases are."""
import json
import os
import select
import signal
import warnings

import flopscope
import flopscope.numpy as fnp
import numpy as np

import compare

MOST = 320
# Where a value cannot be told from others that are as right.
UNSPECIFIED = {"empty", "empty_like", "partition", "argpartition", "random.seed", "random.RandomState.seed"}
FUNCTIONS = {
    "sum": np.sum, "max": np.max, "sort": np.sort, "cumsum": np.cumsum, "square": np.square,
    "negative": np.negative, "triu": np.triu, "tril": np.tril, "double": lambda x: 2 * np.asarray(x),
    "half_sum": lambda x: 0.5 * np.sum(np.asarray(x)), "ends": lambda x: np.asarray(x)[[0, -1]],
    "add2": lambda i, j: np.asarray(i) + np.asarray(j), "mul2": lambda i, j: np.asarray(i) * np.asarray(j),
    "eq2": lambda i, j: np.asarray(i) == np.asarray(j), "id1": lambda i: i,
    "sq1": lambda i: np.asarray(i) * np.asarray(i), "add3": lambda i, j, k: np.asarray(i) + np.asarray(j) + np.asarray(k),
}
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


def group_of(group):
    """A group as the cases write it: permutations of the sorted axes, in order."""
    order = sorted(range(group.degree), key=lambda i: group.axes[i])
    place = {i: rank for rank, i in enumerate(order)}
    body = {"axes": sorted(group.axes), "order": group.order()}
    if body["order"] <= 48:
        body["elements"] = sorted([place[e.array_form[i]] for i in order] for e in group.elements())
    return body


def encode(value):
    """A result as the cases write it."""
    if value is None:
        return None
    if isinstance(value, np.ndarray):
        plain = np.asarray(value)
        body = {"dtype": plain.dtype.name, "shape": list(plain.shape)}
        if plain.size <= MOST:
            body["data"] = [element(shortest(v)) for v in plain.reshape(-1)]
        if isinstance(value, flopscope.SymmetricTensor) and value.symmetry is not None:
            body["symmetry"] = group_of(value.symmetry)
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


def numpy_says(case):
    """What NumPy does with the call: its result or None, and the class of its error or None."""
    warnings.simplefilter("ignore")
    try:
        with np.errstate(all="ignore"):
            args = [build(a) for a in case["args"]]
            kwargs = {k: build(v) for k, v in case["kwargs"].items()}
            return encode(function_of(case["op"], np, None)(*args, **kwargs)), None
    except Exception as error:  # noqa: BLE001
        return None, class_of(error)


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
    if out["error"] and numpy_says(case)[1] is None:
        return None
    if case["mutates"] and not out["error"]:
        out["mutated"] = {str(i): encode(np.asarray(args[i])) for i in case["mutates"]}
    empties = case["op"] == "pad" and case["kwargs"].get("mode") == "empty"
    if case["op"] in UNSPECIFIED or empties or (case["op"].startswith("random.") and "result" in out):
        out["compare"] = "none"
    return out


def record_within(case, seconds):
    """As record, in a process of its own that is ended when the time is over, and then None: LAPACK's
    singular values of what is not finite may never come."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        with os.fdopen(sink, "w", encoding="utf-8") as answer:
            json.dump(record(case), answer)
        os._exit(0)
    os.close(sink)
    with os.fdopen(source, encoding="utf-8") as answer:
        late = not select.select([answer], [], [], seconds)[0]
        if late:
            os.kill(child, signal.SIGKILL)
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None
