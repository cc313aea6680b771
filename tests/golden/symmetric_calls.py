"""Random calls of operations with symmetric operands, run by an installed flopscope 0.4.3 and by
`flopmeter call`: cost, op log, values and the symmetry of the result must agree.

    python symmetric_calls.py --count 5000

Run it with a Python that has flopscope 0.4.3; without it the script says so and ends with status 77.
The seed is chosen at run time and printed.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import sys
import warnings

try:
    import flopscope
    import flopscope.numpy as fnp
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

import compare
import reference
import values

UNARY = ["exp", "negative", "square", "abs", "sign", "floor", "isnan", "logical_not", "round", "cbrt", "conj", "modf", "frexp"]
BINARY = ["add", "multiply", "maximum", "subtract", "equal", "hypot", "copysign", "divmod"]
REDUCE = ["sum", "prod", "max", "any", "mean", "std", "var", "argmax", "count_nonzero", "nansum", "nanmean", "median",
          "cumsum", "nancumsum", "ptp", "nanmax"]


def symmetrised(rng, shape, axes, generators):
    """Values that do not change when the generators permute the axes."""
    data = np.array([round(rng.uniform(-3, 3), 3) for _ in range(int(np.prod(shape)))]).reshape(shape)
    for _ in range(8):
        for p in generators:
            order = list(range(len(shape)))
            for i, axis in enumerate(axes):
                order[axis] = axes[p[i]]
            data = np.maximum(data, data.transpose(order))
    return data


def generators_of(rng, degree):
    kind = rng.choice(["full", "full", "cyclic", "dihedral", "pairs", "random"])
    if kind == "cyclic":
        return [[*range(1, degree), 0]]
    if kind == "dihedral":
        return [[*range(1, degree), 0], [0, *range(degree - 1, 0, -1)]]
    if kind == "pairs" and degree >= 4:
        return [[1, 0, *range(2, degree)], [*range(degree - 2), degree - 1, degree - 2]]
    if kind == "random":
        return [rng.sample(range(degree), degree) for _ in range(rng.choice([1, 2]))]
    return [[*range(i), i + 1, i, *range(i + 2, degree)] for i in range(degree - 1)]


def operand(rng, ndim=None, extent=None):
    """A symmetric array, with fewer axes in its group than it has now and then."""
    ndim = ndim or rng.choice([2, 2, 3, 3, 4])
    extent = extent or rng.choice([1, 2, 2, 3])
    degree = rng.randint(2, ndim)
    axes = sorted(rng.sample(range(ndim), degree))
    if rng.random() < 0.3:
        rng.shuffle(axes)
    generators = generators_of(rng, degree)
    shape = [extent if d in axes else rng.choice([1, 2, 3]) for d in range(ndim)]
    data = symmetrised(rng, shape, axes, generators)
    body = {"dtype": "float64", "shape": shape, "data": [float(v) for v in data.reshape(-1)]}
    body["symmetry"] = {"axes": axes, "generators": generators}
    return {"array": body}


def dense(rng, shape):
    return {"array": {"dtype": "float64", "shape": list(shape),
                      "data": [round(rng.uniform(-2, 2), 3) for _ in range(int(np.prod(shape)))]}}


def shape_of(form):
    return form["array"]["shape"]


def axis_of(rng, ndim, several=True):
    if rng.random() < 0.2:
        return None
    if several and rng.random() < 0.4:
        axes = rng.sample(range(ndim), rng.randint(1, ndim))
        return {"tuple": [a - ndim if rng.random() < 0.3 else a for a in axes]}
    return rng.randrange(-ndim, ndim)


def regrouped(rng, shape):
    """Another shape of as many elements: neighbours merged, or axes of one element put in."""
    shape = list(shape)
    for _ in range(rng.randint(1, 2)):
        if rng.random() < 0.5 and len(shape) > 1:
            at = rng.randrange(len(shape) - 1)
            shape[at:at + 2] = [shape[at] * shape[at + 1]]
        else:
            shape.insert(rng.randint(0, len(shape)), 1)
    return shape


def key_of(rng, shape):
    parts = []
    for extent in shape[:rng.randint(1, len(shape))]:
        pick = rng.random()
        if pick < 0.3:
            parts.append(rng.randrange(-extent, extent))
        elif pick < 0.45:
            parts.append({"slice": [rng.choice([None, 0, 1]), rng.choice([None, extent]), rng.choice([None, 1, 2, -1])]})
        else:
            parts.append({"slice": [None, None, None]})
        if rng.random() < 0.2:
            parts.insert(rng.randint(0, len(parts)), None)
    if rng.random() < 0.2:
        parts.insert(rng.randint(0, len(parts)), {"ellipsis": True})
    return {"tuple": parts}


def one_operand(rng):
    a = operand(rng)
    shape, ndim = shape_of(a), len(shape_of(a))
    flat = int(np.prod(shape))
    kind = rng.choice(["unary", "reduce", "reduce", "shape", "move", "getitem", "getitem", "other", "like"])
    if kind == "unary":
        return rng.choice(UNARY), [a], {}
    if kind == "reduce":
        op = rng.choice(REDUCE)
        one = op.startswith(("cum", "nancum", "arg"))
        axis = axis_of(rng, ndim, not one)
        kwargs = {"axis": axis}
        if op not in ("cumsum", "nancumsum", "argmax") and rng.random() < 0.3:
            kwargs["keepdims"] = True
        return op, [a], kwargs
    if kind == "shape":
        return rng.choice([("reshape", [a, {"tuple": regrouped(rng, shape)}], {}), ("ravel", [a], {}),
                           ("expand_dims", [a, rng.randrange(-ndim - 1, ndim + 1)], {}),
                           ("expand_dims", [a, {"tuple": rng.sample(range(ndim + 2), 2)}], {}),
                           ("atleast_3d", [a], {}), ("copy", [a], {})])
    if kind == "move":
        order = rng.sample(range(ndim), ndim)
        x, y = rng.sample(range(ndim), 2)
        return rng.choice([("transpose", [a], {}), ("transpose", [a, {"tuple": order}], {}),
                           ("swapaxes", [a, x, y - ndim], {}), ("moveaxis", [a, x, y], {}), ("matrix_transpose", [a], {})])
    if kind == "getitem":
        return "getitem", [a, key_of(rng, shape)], {}
    if kind == "like":
        return rng.choice(["zeros_like", "ones_like"]), [a], {}
    axis = rng.randrange(ndim)
    return rng.choice([("flip", [a], {"axis": axis_of(rng, ndim)}), ("roll", [a, 1], {"axis": axis_of(rng, ndim, False)}),
                       ("tile", [a, rng.choice([2, {"tuple": [rng.choice([1, 2]) for _ in range(rng.randint(1, ndim + 1))]}])], {}),
                       ("repeat", [a, 2], {"axis": axis_of(rng, ndim, False)}),
                       ("broadcast_to", [a, {"tuple": [rng.choice([1, 2, 3]) for _ in range(rng.randint(1, 3))] + list(shape)}], {}),
                       ("split", [a, shape[axis]], {"axis": axis}), ("clip", [a, -1.0, 1.0], {}),
                       ("squeeze", [a], {}), ("astype", [a, "float32"], {})])


def several(rng):
    a = operand(rng)
    shape = shape_of(a)
    kind = rng.choice(["binary", "binary", "join"])
    other = rng.choice(["same", "symmetric", "dense", "number", "stretch"])
    if kind == "join":
        b = {"ref": 0} if other == "same" else operand(rng, len(shape), max(shape)) if other == "symmetric" else dense(rng, shape)
        if "array" in b and shape_of(b) != shape:
            b = dict(a)
        op = rng.choice(["concatenate", "stack", "vstack", "hstack", "column_stack"])
        b = dict(a) if "ref" in b else b
        return op, [[a, b]], {"axis": rng.randrange(len(shape))} if op in ("concatenate", "stack") else {}
    op = rng.choice(BINARY)
    if other == "same":
        return op, [a, {"ref": 0}], {}
    if other == "number":
        return op, rng.choice([[a, 2.0], [2.0, a]]), {}
    if other == "dense":
        return op, [a, dense(rng, shape[rng.randint(0, len(shape) - 1):])], {}
    if other == "stretch":
        b = operand(rng, len(shape), 1)
        return op, [a, b], {}
    return op, [a, operand(rng, len(shape), max(shape))], {}


def build(value, args):
    if isinstance(value, list):
        return [build(v, args) for v in value]
    if isinstance(value, dict) and "ref" in value:
        return args[value["ref"]]
    if isinstance(value, dict) and "array" in value:
        array, symmetry = reference.build_array(value["array"]), value["array"].get("symmetry")
        if symmetry is None:
            return array
        group = flopscope.SymmetryGroup.from_generators(symmetry["generators"], axes=tuple(symmetry["axes"]))
        return flopscope.as_symmetric(array, symmetry=group)
    return reference.build(value)


def record(case):
    warnings.simplefilter("ignore")
    out = dict(case, cost=0, unit_cost=0, log=[], result=None, error=None)
    args = []
    try:
        for value in case["args"]:
            args.append(build(value, args))
        kwargs = {k: reference.build(v) for k, v in case["kwargs"].items()}
    except flopscope.errors.SymmetryError:
        return None
    with np.errstate(all="ignore"), flopscope.BudgetContext(flop_budget=10**18, quiet=True) as budget:
        try:
            function = (lambda a, key: a[key]) if case["op"] == "getitem" else reference.function_of(case["op"], fnp, None)
            out["result"] = reference.encode(function(*args, **kwargs))
        except Exception:  # noqa: BLE001  refusals are compared elsewhere
            return None
    out["cost"], out["log"] = budget.flops_used, [[one.op_name, one.flop_cost] for one in budget.op_log]
    return out


def draw(rng, number):
    op, args, kwargs = one_operand(rng) if rng.random() < 0.65 else several(rng)
    return {"id": f"{op}/{number}", "op": op, "args": args, "kwargs": kwargs, "compare": "close"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--binary", default=str(values.ROOT / "build/bin/flopmeter"))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--verbose", type=int, default=10, metavar="N", help="show N differences")
    wanted = parser.parse_args()
    seed = wanted.seed if wanted.seed is not None else random.SystemRandom().randrange(2**31)
    print(f"seed {seed}")
    if not os.environ.get("FLOPMETER_BACKEND_DIR"):
        os.environ["FLOPMETER_BACKEND_DIR"] = str(pathlib.Path(wanted.binary).resolve().parents[1] / "lib")
    rng, chosen = random.Random(seed), []
    while len(chosen) < wanted.count:
        case = record(draw(rng, len(chosen)))
        if case:
            chosen.append(case)
    command = [wanted.binary, "call", "--cost-model", "flopscope-0.4", "--device", wanted.device]
    kinds, calls, shown = collections.Counter(), collections.Counter(), 0
    for case, answer, why in values.answers(command, chosen, 600):
        calls[case["op"]] += 1
        wrong = ("end", why) if answer is None else compare.answer(case, dict(answer, unit_cost=case["unit_cost"]))
        if not wrong:
            continue
        kinds[case["op"], wrong[0]] += 1
        if shown < wanted.verbose:
            shown += 1
            print(f"  {case['id']}: {wrong[0]}: {compare.brief(str(wrong[1]), 300)}")
            print(f"    {json.dumps({k: case[k] for k in ('op', 'args', 'kwargs')})[:700]}")
    for (op, kind), count in sorted(kinds.items()):
        print(f"  {op:20} {count:4} of {calls[op]:4} differ in {kind}")
    print(f"{sum(calls.values())} calls of {len(calls)} operations, {sum(kinds.values())} differ")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
