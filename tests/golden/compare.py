"""Whether an answer of `flopmeter call` is what a case recorded: None, or what differs."""
import math

import cases
import decomposition

NARROW = {"float16", "bfloat16", "float32", "complex64"}
PYTHON = {"int", "float", "bool", "complex", "str"}


def number(value):
    """An element as a complex or real number."""
    if isinstance(value, list):
        return complex(number(value[0]), number(value[1]))
    return float(value) if isinstance(value, str) else value


def parts(value):
    return (value.real, value.imag) if isinstance(value, complex) else (value,)


def same_real(want, got, tolerance, scale):
    if isinstance(want, float) and math.isnan(want):
        return isinstance(got, float) and math.isnan(got)
    if want == got:
        return True
    if not tolerance or math.isinf(want) or math.isinf(got) or math.isnan(got):
        return False
    return abs(want - got) <= tolerance * max(abs(want), scale)


def same_number(want, got, tolerance, scale=0.0):
    want, got = parts(want), parts(got)
    if len(want) != len(got):
        want, got = want + (0.0,) * (2 - len(want)), got + (0.0,) * (2 - len(got))
    return all(same_real(w, g, tolerance, scale) for w, g in zip(want, got))


def magnitude(values):
    finite = [abs(p) for v in values for p in parts(v) if math.isfinite(p)]
    return max(finite, default=0.0)


def tolerance_of(rule, dtype):
    if rule == "exact":
        return 0.0
    if rule == "half":  # float16 by another order of roundings
        return 4e-3
    return 1e-4 if dtype in NARROW or rule == "single" else 1e-9


def array(want, got, rule):
    for key in ("dtype", "shape"):
        if want[key] != got.get(key):
            return f"{key} {got.get(key)}, wanted {want[key]}"
    if want.get("symmetry") != got.get("symmetry"):
        return f"symmetry {brief(got.get('symmetry'))}, wanted {brief(want.get('symmetry'))}"
    if "data" not in want or rule == "none":
        return None
    if "data" not in got:
        return "no data"
    values = [number(v) for v in want["data"]]
    tolerance, scale = tolerance_of(rule, want["dtype"]), magnitude(values)
    if rule == "half":
        scale = max(scale, 0.25)
    for i, (w, g) in enumerate(zip(values, got["data"])):
        if not same_number(w, number(g), tolerance, scale):
            return f"element {i} is {g}, wanted {want['data'][i]}"
    return None


def scalar(want, got, rule):
    if "scalar" not in got:
        return f"{brief(got)}, wanted the scalar {want['scalar']} of {want['dtype']}"
    if want["dtype"] != got.get("dtype"):
        return f"a scalar of {got.get('dtype')}, wanted {want['dtype']}"
    if rule == "none" or want["scalar"] is None:
        return None
    if want["dtype"] == "str" or isinstance(want["scalar"], bool):
        same = want["scalar"] == got["scalar"]
    else:
        value = number(want["scalar"])
        same = same_number(value, number(got["scalar"]), tolerance_of(rule, want["dtype"]), magnitude([value]))
    return None if same else f"{got['scalar']}, wanted {want['scalar']}"


def brief(value, room=160):
    text = str(value)
    return text if len(text) <= room else text[: room - 4] + " ..."


def value(want, got, rule):
    """One result, of any form."""
    if want is None or got is None:
        return None if want == got else f"{brief(got)}, wanted {brief(want)}"
    if "array" in want:
        if "array" not in got:
            return f"{brief(got)}, wanted an array of {want['array']['dtype']} {want['array']['shape']}"
        return array(want["array"], got["array"], rule)
    if "scalar" in want:
        return scalar(want, got, rule)
    if "multi" in want:
        items = got.get("multi")
        if items is None or len(items) != len(want["multi"]):
            return f"{brief(got)}, wanted {len(want['multi'])} values"
        for i, (w, g) in enumerate(zip(want["multi"], items)):
            wrong = value(w, g, rule)
            if wrong:
                return f"value {i}: {wrong}"
        return None
    if "dict" in want:
        items = got.get("dict", {})
        if sorted(items) != sorted(want["dict"]):
            return f"keys {sorted(items)}, wanted {sorted(want['dict'])}"
        for key, w in want["dict"].items():
            wrong = value(w, items[key], rule)
            if wrong:
                return f"{key}: {wrong}"
        return None
    if "object" in want:
        # Classes of flopscope's and NumPy's own: any object will do.
        return None if "object" in got else f"{brief(got)}, wanted an object"
    return None if want == got else f"{brief(got)}, wanted {brief(want)}"


# Sampled values are no part of the record; one case of errors.jsonl carries some all the same, which only
# the generator that drew them can give.
SAMPLED = {"random.multinomial/9"}


def result(case, got):
    rule = "none" if case["id"] in SAMPLED else case["compare"]
    if rule == "none" and "dtype" in case:
        want = {"array": {"dtype": case["dtype"], "shape": case["shape"]}}
        recorded = (case["result"] or {}).get("array", {})
        if "symmetry" in recorded:
            want["array"]["symmetry"] = recorded["symmetry"]
        if got is not None and "scalar" in got:
            if got["dtype"] == "bytes":
                same = case["dtype"] == "bytes" and case["shape"] == [got["scalar"]]
                return None if same else f"{brief(got)}, wanted {brief(want)}"
            same = case["shape"] == [] and got["dtype"] == case["dtype"]
            return None if same else f"{brief(got)}, wanted {brief(want)}"
        return value(want, got, rule)
    if rule == "decomposition":
        return decomposition.differs(case, got)
    return value(case["result"], got, rule)


SQUARE = {f"linalg.{name}" for name in ("inv", "det", "slogdet", "eig", "eigh", "eigvals", "eigvalsh", "cholesky",
                                       "matrix_power", "solve", "cond")}


def found_by_arguments(case):
    """Whether a LinAlgError is one of shapes, which costs nothing, and not one that only the computation finds."""
    shapes = [cases.shape(a, case["args"]) for a in case["args"] if isinstance(a, (dict, list))]
    a = shapes[0] if shapes else []
    if any(0 in shape for shape in shapes) or len(a) < 2:
        return True
    if case["op"] in ("linalg.tensorinv", "linalg.tensorsolve"):
        solves = case["op"] == "linalg.tensorsolve"
        axes = cases.plain(case["kwargs"].get("axes"))
        if solves and axes:  # they are moved to the end
            axes = [axis % len(a) for axis in axes]
            a = [e for d, e in enumerate(a) if d not in axes] + [a[axis] for axis in axes]
        columns = a[len(shapes[1]):] if solves else a[case["kwargs"].get("ind", 2):]
        return math.prod(columns) ** 2 != math.prod(a)
    if case["op"] == "linalg.lstsq":
        return a[0] != shapes[1][0] or len(a) != 2
    square = case["op"] in SQUARE or case["kwargs"].get("hermitian")
    return bool(square) and a[-1] != a[-2]


def answer(case, got):
    """The first thing that differs between an answer and its case, or None."""
    refused = got.get("error") is not None
    if "noise" in got:
        return "noise", f"stdout has {brief(got['noise'])}"
    if case["error"] is not None:
        if not refused:
            return "error", f"none, wanted {case['error']}"
        if got["error"]["type"] != case["error"]:
            return "error", f"{got['error']['type']} ({got['error']['message']}), wanted {case['error']}"
    elif refused:
        return "error", f"{got['error']['type']}: {got['error']['message']}"
    free = refused and got["cost"] == 0 and (case["error"] != "LinAlgError" or found_by_arguments(case))
    want = {key: max(case[key], 0) for key in ("cost", "unit_cost")}
    for key in ("cost", "unit_cost"):
        if got[key] != want[key] and not free:
            return key, f"{got[key]}, wanted {want[key]}"
    log = [[op, max(flops, 0)] for op, flops in case["log"]]
    if got["log"] != log and not free:
        return "log", f"{brief(got['log'])}, wanted {brief(log)}"
    if refused:
        return None
    wrong = result(case, got["result"])
    if wrong:
        return "result", wrong
    if "unit_result" in case:
        wrong = value(case["unit_result"], got.get("unit_result"), case["compare"])
        if wrong:
            return "unit_result", wrong
    for place, want in case.get("mutated", {}).items():
        wrong = value(want, got.get("mutated", {}).get(place), case["compare"])
        if wrong:
            return "mutated", f"argument {place}: {wrong}"
    return None
