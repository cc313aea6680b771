"""Random calls made from the recorded ones by other shapes, dtypes, values and options."""
import json
import math

import compare

DTYPES = ["float64"] * 6 + ["float32"] * 3 + ["int64"] * 4 + ["bool", "complex128", "complex128", "complex64", "int32",
          "uint8", "int8", "int16", "uint16", "uint32", "uint64", "float16"]
MOST = 320
REDUCTIONS = {"sum", "prod", "mean", "std", "var", "max", "min", "amax", "amin", "all", "any", "nansum", "nanprod",
              "nanmean", "nanstd", "nanvar", "nanmax", "nanmin", "copyto"}
# What an option of that name may be wherever it is taken; of the others an operation's own recorded values.
ANYWHERE = {
    "axis": [None, 0, 1, -1, -2, 2, {"tuple": [0, 1]}, {"tuple": [-1]}, {"tuple": []}, 7],
    "axes": [None, {"tuple": [0, 1]}, {"tuple": [1, 0]}, {"tuple": [-1]}],
    "keepdims": [True, False], "dtype": [{"type": "float64"}, {"type": "float32"}, {"type": "int64"}, {"type": "complex128"}],
    "ddof": [0, 1, 2, 0.5], "correction": [0, 1, 1.5], "order": ["C", "F", "A", "K"], "side": ["left", "right"],
    "casting": ["same_kind", "safe", "unsafe", "no", "equiv"], "kind": ["quicksort", "stable", "mergesort", "heapsort"],
    "mode": ["raise", "wrap", "clip", "full", "same", "valid", "constant", "edge", "linear_ramp", "maximum", "mean", "median",
             "minimum", "reflect", "symmetric", "reduced", "complete", "r", "raw"],
    "method": ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull",
               "linear", "median_unbiased", "normal_unbiased", "lower", "higher", "midpoint", "nearest", "svd", "eigh",
               "cholesky", "marginals", "count"],
    "norm": [None, "backward", "ortho", "forward"], "indexing": ["xy", "ij"],
    "ord": [None, 0, 1, -1, 2, -2, 3, 0.5, {"float": "inf"}, {"float": "-inf"}, "fro", "nuc"],
    "full_matrices": [True, False], "compute_uv": [True, False], "hermitian": [True, False], "UPLO": ["L", "U"],
    "upper": [True, False], "rowvar": [True, False], "bias": [True, False], "endpoint": [True, False],
    "retstep": [True, False], "sparse": [True, False], "copy": [True, False], "invert": [True, False],
    "assume_unique": [True, False], "return_index": [True, False], "return_inverse": [True, False],
    "return_counts": [True, False], "return_indices": [True, False], "equal_nan": [True, False],
    "include_initial": [True, False], "density": [None, True, False], "bins": [1, 3, 5, "auto", "fd", "doane", "scott",
                                                                              "stone", "rice", "sturges", "sqrt"],
    "increasing": [True, False], "right": [True, False], "replace": [True, False], "shuffle": [True, False],
    "bitorder": ["big", "little"], "trim": ["fb", "f", "b"], "edge_order": [1, 2], "offset": [0, 1, -1], "k": [0, 1, -1, 2],
    "n": [None, 0, 1, 2, 3, 5], "decimals": [0, 1, 2, -1], "rcond": [None, 1e-10, 0.1], "tol": [None, 1e-10, 0.5],
    "full": [True, False], "cov": [True, False, "unscaled"], "subok": [True, False], "ndmin": [0, 1, 2, 3],
    "initial": [0, 1, 2.5], "interpolation": ["linear", "lower", "nearest"], "wrap": [True, False],
    "nan": [0.0, 1.5], "posinf": [None, 9.0], "neginf": [None, -9.0], "rtol": [1e-5, 0.1], "atol": [1e-8, 0.1],
    "reps": [1, 2, {"tuple": [2, 1]}], "repeats": [0, 1, 2], "shift": [0, 1, -2, {"tuple": [1, 2]}],
}


def walk(value, change):
    """The argument with every array form replaced by change(form, body)."""
    if isinstance(value, list):
        return [walk(v, change) for v in value]
    if isinstance(value, dict):
        if "array" in value or "fill" in value or "zeros" in value:
            form = next(k for k in ("array", "fill", "zeros") if k in value)
            return change(form, value[form])
        if "tuple" in value:
            return {"tuple": [walk(v, change) for v in value["tuple"]]}
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
            whole = int(base) if math.isfinite(base) and abs(base) < 1e9 else 0
            whole += self.rng.choice([0, 0, 0, 1, -1])
            return abs(whole) % 100 if kind.startswith("uint") else max(-100, min(whole, 100))
        if self.special and self.rng.random() < 0.3:
            return self.rng.choice(["nan", "inf", "-inf", 0.0])
        if not math.isfinite(base):
            return "nan" if math.isnan(base) else "inf" if base > 0 else "-inf"
        return round(float(base) * self.rng.choice([1.0, 1.0, 0.5, 1.25]), 3)

    def array(self, form, body):
        shape = [self.extent(e) for e in body["shape"]]
        if math.prod(shape) > MOST:
            shape = [min(e, 3) for e in shape]
        if math.prod(shape) > MOST:
            shape = [min(e, 2) for e in shape]
        dtype, size = self.dtype(body["dtype"]), math.prod(shape)
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


def takes(parameter, value):
    """Whether a parameter takes values of that kind at all: NumPy refuses others by many names."""
    kinds = parameter["takes"]
    if value is None:
        return "None" in kinds
    if isinstance(value, dict) and "tuple" in value:
        return "integers" in kinds or "list" in kinds
    return True


def anywhere(rng, op, parameter):
    """A value of an option that fits anywhere."""
    name = parameter["name"]
    fit = [v for v in ANYWHERE[name] if takes(parameter, v)]
    if "arg" in op:  # an axis alone
        fit = [v for v in fit if not isinstance(v, dict) or "tuple" not in v]
    if name == "dtype" and op.rsplit(".", 1)[-1] in ("var", "std", "nanvar", "nanstd", "cov", "corrcoef"):
        fit = [v for v in fit if v != {"type": "int64"}]  # NumPy cuts means on the way
    return rng.choice(fit) if fit else None


def change_options(rng, case, pool, parameters):
    """The keywords of a case, with some of its kin's, some that fit anywhere, and some left out."""
    kwargs = dict(case["kwargs"])
    own = {"dtype"} if case["op"].startswith("random.") else set()  # which samplers have here alone
    free = {p["name"] for p in parameters[len(case["args"]):] if not p["variadic"]} & set(ANYWHERE) - own
    if rng.random() < 0.3:
        other = rng.choice(pool)["kwargs"]
        for key in other:
            if rng.random() < 0.7:
                kwargs.setdefault(key, other[key])
    if free and rng.random() < 0.3:
        name = rng.choice(sorted(free))
        recorded = [c["kwargs"][name] for c in pool if name in c["kwargs"]]
        parameter = next(p for p in parameters if p["name"] == name)
        kwargs[name] = rng.choice(recorded) if recorded and rng.random() < 0.5 else anywhere(rng, case["op"], parameter)
    if kwargs and rng.random() < 0.1:
        kwargs.pop(rng.choice(sorted(kwargs)))
    if "out" not in kwargs and case["op"] not in REDUCTIONS:
        kwargs.pop("where", None)  # what it leaves out is not initialised
    return kwargs


def rule_of(args, kwargs):
    """How near results are that are found in floating point, by the dtypes in a call: small integers have
    loops of small floats, which a wide `out` does not show."""
    def has(text, *names):
        return any(f'"{name}"' in text for name in names)
    wide = '"out"' in kwargs
    if has(args + kwargs, "float16") or wide and has(args, "bool", "int8", "uint8"):
        return "half"
    if has(args + kwargs, "float32", "complex64") or wide and has(args, "int16", "uint16"):
        return "single"
    return "close"


def case_of(rng, pool, parameters, number):
    """A new call of the operation of some recorded ones."""
    case = rng.choice(pool)
    draw = Draw(rng)
    kwargs = change_options(rng, case, pool, parameters)
    args, kwargs = as_asked(case["op"], [walk(a, draw.array) for a in case["args"]],
                            {k: walk(v, draw.array) for k, v in kwargs.items()})
    rule = "close" if draw.retype and case["compare"] == "exact" else case["compare"]
    if case["op"] in ("geomspace", "logspace") or kwargs.get("mode") == "mean":
        rule = "close"  # by powers, and by sums in another order
    if rule == "close":
        rule = rule_of(json.dumps(args), json.dumps(kwargs))
    return {
        "id": f"{case['id']}+{number}", "op": case["op"], "compare": rule, "args": args, "kwargs": kwargs,
        "mutates": case.get("mutates", []),
    }


def body_of(value):
    return value.get("array") if isinstance(value, dict) else None


def in_order(value, once=False):
    """An argument's values in ascending order, NaN left out; once: none twice."""
    body = body_of(value)
    if not body or len(body["shape"]) != 1:
        return value
    def key(v):
        number = compare.number(v)
        return compare.parts(number)
    kept = sorted((v for v in body["data"] if not any(math.isnan(p) for p in key(v))), key=key)
    if once:
        kept = [v for i, v in enumerate(kept) if not i or key(v) != key(kept[i - 1])]
    return {"array": dict(body, data=kept, shape=[len(kept)])}


def mirrored(value):
    """Square matrices made Hermitian by their lower triangles."""
    body = body_of(value)
    if not body or len(body["shape"]) < 2 or body["shape"][-1] != body["shape"][-2]:
        return value
    n, data = body["shape"][-1], list(body["data"])
    for start in range(0, len(data), n * n or 1):
        for i in range(n):
            for j in range(i + 1):
                low = data[start + i * n + j]
                whole = isinstance(low, list)
                if whole and i == j:
                    data[start + i * n + j] = low = [low[0], 0.0]
                conjugate = [low[0], -low[1] if isinstance(low[1], float) else low[1]] if whole else low
                data[start + j * n + i] = conjugate
    return {"array": dict(body, data=data)}


def as_asked(op, args, kwargs):
    """What the operation asks of its values, without which any result is right."""
    args, kwargs = list(args), dict(kwargs)
    if op == "searchsorted" and args:
        kwargs.pop("sorter", None)
        args[0] = in_order(args[0])
    if op == "digitize" and len(args) > 1 and not kwargs.get("descending"):
        args[1] = in_order(args[1])
    if op == "interp" and len(args) > 2:
        before = body_of(args[1])
        args[1] = in_order(args[1], once=True)
        after, values = body_of(args[1]), body_of(args[2])
        if before and values and len(values["shape"]) == 1 and before["shape"] == values["shape"]:
            count = after["shape"][0]
            args[2] = {"array": dict(values, data=values["data"][:count], shape=[count])}
    if op == "argsort":
        kwargs["kind"] = "stable"
    if op == "reciprocal":  # integers divided by zero have a value of their own here
        args = [walk(a, lambda form, body: {form: dict(body, data=[v or 1 for v in body.get("data", [])])}) for a in args]
    if kwargs.get("hermitian") and args:
        args[0] = mirrored(args[0])
    return args, kwargs


def sizes(value):
    """The numbers of elements of the arrays in an argument."""
    found = []
    walk(value, lambda form, body: found.append(math.prod(body["shape"])))
    return found


def numbers(value):
    body = body_of(value)
    return [compare.number(v) for v in (body["data"] if body else value if isinstance(value, list) else [])]


def is_unclear(case):
    """Whether the reference's answer to a call says nothing: it has two faults, of which either may be told
    first, or its result depends on what is left of a number after rounding, or on NumPy's own forms."""
    op, args, kwargs = case["op"], case["args"], case["kwargs"]
    first = body_of(args[0]) if args else None
    halves = first and first["dtype"] == "float16"
    if op.startswith("stats.") and '"complex' in json.dumps([args, kwargs]):
        return True  # a distribution of real numbers
    if kwargs.get("assume_unique") is True:
        return any(len(set(map(str, numbers(a)))) < len(numbers(a)) for a in args if body_of(a))
    if op.startswith("unique_") and first:  # each NaN is one of its own, in no order
        return sum(v != v for v in numbers(args[0])) > 1
    if op.startswith("linalg.") and halves:
        return not all(math.isfinite(v) for v in numbers(args[0]))
    if op in ("tensordot", "linalg.tensordot"):
        axes = str(kwargs.get("axes", args[2:]))
        return first is not None and any(str(n) in axes for n in range(len(first["shape"]), 9))
    if op == "polyfit" and args:
        points = set(map(str, numbers(args[0])))
        degree = args[2] if len(args) > 2 else kwargs.get("deg", 0)
        return isinstance(degree, int) and len(points) <= degree
    if op == "tile":
        return "-" in str(kwargs.get("reps", args[1:])) and 0 in sizes(args[0])
    if op == "indices":  # sparse ones look at no extent
        return "-" in str(args) and bool(kwargs.get("sparse"))
    if op == "bincount" or op == "polyval":  # an empty list and an empty array are one here
        return 0 in sizes(args[0])
    if op.startswith(("cum", "nancum")) and "out" in kwargs:
        return 0 in sizes(args) + sizes(kwargs["out"])
    out = body_of(kwargs.get("out"))
    if out and out["dtype"].startswith("uint") and any(isinstance(v, float) and v < 0 for v in numbers(args[0])):
        return True  # C does not say what a negative float is as an unsigned integer
    if op.endswith(".shuffle"):  # a list
        return first is None and "axis" in kwargs
    if isinstance(kwargs.get("axis"), dict) and first is not None and not first["shape"]:
        return True  # NumPy tells an axis from a tuple of it, of an array without axes
    return False
