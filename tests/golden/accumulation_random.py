"""Random contractions and reductions of symmetric and of repeated operands, counted by an installed
flopscope 0.4.3 and by `flopmeter call`: the whole answers must agree, step by step, and what a call
of that einsum would be charged must be their total.

    python accumulation_random.py --count 5000

Run it with a Python that has flopscope 0.4.3; without it the script says so and ends with status 77.
The seed is chosen at run time and printed.
"""
import argparse
import collections
import json
import math
import os
import pathlib
import random
import sys
import time
import warnings

try:
    import flopscope
    import numpy as np
    from flopscope import SymmetryGroup
    from flopscope._symmetric import SymmetricTensor
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

import values

LETTERS = "abcdefghijABC\u00e9\u03bb\u0434"


def generators_of(rng, degree):
    kind = rng.choice(["full", "full", "cyclic", "dihedral", "pairs", "random"])
    if kind == "cyclic":
        return [[*range(1, degree), 0]]
    if kind == "dihedral" and degree > 2:
        return [[*range(1, degree), 0], [0, *range(degree - 1, 0, -1)]]
    if kind == "pairs" and degree >= 4:
        return [[1, 0, *range(2, degree)], [*range(degree - 2), degree - 1, degree - 2]]
    if kind == "random":
        return [rng.sample(range(degree), degree) for _ in range(rng.choice([1, 2]))]
    return [[*range(i), i + 1, i, *range(i + 2, degree)] for i in range(degree - 1)]


def group_of(rng, shape):
    """A random group on some axes of one extent, or None."""
    if rng.random() < 0.4 or len(shape) < 2:
        return None
    extent = rng.choice(shape)
    axes = [d for d, n in enumerate(shape) if n == extent]
    if len(axes) < 2:
        return None
    axes = rng.sample(axes, rng.randint(2, min(len(axes), 4)))
    return {"axes": axes, "generators": generators_of(rng, len(axes))}


def operand_of(rng, shape):
    body = {"dtype": "float64", "shape": shape}
    group = group_of(rng, shape)
    if group:
        body["symmetry"] = group
    return {"zeros": body}


def expression(rng, most):
    """Subscripts and arguments of an einsum."""
    count = rng.randint(1, most)
    labels = rng.sample(LETTERS, rng.randint(2, 7))
    one = rng.random() < 0.6
    size = {label: rng.choice([2, 3, 4]) if one else rng.choice([0, 1, 1, 2, 2, 2, 3, 3, 5]) for label in labels}
    if one:
        size = dict.fromkeys(labels, size[labels[0]])
    terms, arguments, shapes = [], [], []
    for i in range(count):
        before = [j for j, argument in enumerate(arguments) if "zeros" in argument]
        if before and rng.random() < 0.45:
            j = rng.choice(before)
            fitting = [[label for label in labels if size[label] == n] for n in shapes[j]]
            terms.append("".join(rng.choice(some) for some in fitting) if rng.random() < 0.8 else terms[j])
            arguments.append({"ref": j + 1})
            shapes.append(shapes[j])
            continue
        ndim = rng.choice([1, 2, 2, 2, 3, 3, 4])
        term = ("".join(rng.choices(labels, k=ndim)) if rng.random() < 0.2 else
                "".join(rng.sample(labels, min(ndim, len(labels)))))
        terms.append(term)
        shapes.append([size[label] for label in term])
        arguments.append(operand_of(rng, shapes[-1]))
    used = sorted(set("".join(terms)))
    out = "".join(rng.sample(used, rng.randint(0, min(len(used), 4))))
    form = rng.random()
    if form < 0.1:
        return [",".join(terms), *arguments]
    if form < 0.2:  # the same axes of every operand that begins or ends with them, as "..."
        shared = terms[0][:rng.randint(1, len(terms[0]))]
        if (len(set(shared)) == len(shared) and all(t.count(shared) == 1 and not set(shared) & set(t.replace(shared, ""))
                                                    for t in terms) and not set(out) & set(shared)):
            return [",".join(t.replace(shared, "...") for t in terms) + "->" + rng.choice(["...", ""]) + out, *arguments]
    return [",".join(terms) + "->" + out, *arguments]


def arrangements(arguments):
    """How many arrangements of the operands flopscope lists: it takes every one of them in turn."""
    orders, copies = {}, collections.Counter()
    for i, argument in enumerate(arguments):
        at = i
        while "ref" in arguments[at]:
            at = arguments[at]["ref"] - 1
        copies[at] += 1
        group = arguments[at]["zeros"].get("symmetry")
        orders[at] = (SymmetryGroup.from_generators(group["generators"], axes=tuple(group["axes"])).order()
                      if group else 1)
    return math.prod(math.factorial(m) * orders[at] ** m for at, m in copies.items())


def reduction(rng):
    ndim = rng.randint(1, 5)
    extent = rng.choice([2, 3, 4])
    shape = [extent if rng.random() < 0.8 else rng.choice([1, 2, 5]) for _ in range(ndim)]
    axis = rng.choice([None, rng.randrange(-ndim, ndim), {"tuple": rng.sample(range(ndim), rng.randint(0, ndim))}])
    case = {"op": "reduction_accumulation_cost", "args": [operand_of(rng, shape)], "kwargs": {"axis": axis}}
    if rng.random() < 0.3:
        case["kwargs"].update(op_factor=rng.randint(0, 3), extra_ops=rng.randint(0, 9))
    return case


def make(rng, most):
    if rng.random() < 0.2:
        return reduction(rng)
    args = expression(rng, most)
    while arrangements(args[1:]) > 5000:
        args = expression(rng, most)
    case = {"op": "einsum_accumulation_cost", "args": args, "kwargs": {}}
    if rng.random() < 0.1:
        case["kwargs"]["partition_budget"] = rng.choice([0, 5, 20])
    return case


def build(arguments):
    built = []
    for argument in arguments:
        if isinstance(argument, dict) and "ref" in argument:
            built.append(built[argument["ref"]])
        elif isinstance(argument, dict) and "zeros" in argument:
            body = argument["zeros"]
            array, group = np.zeros(body["shape"]), body.get("symmetry")
            if group:
                symmetry = SymmetryGroup.from_generators(group["generators"], axes=tuple(group["axes"]))
                array = SymmetricTensor(array, symmetry=symmetry)
            built.append(array)
        elif isinstance(argument, dict):
            built.append(tuple(argument["tuple"]))
        else:
            built.append(argument)
    return built


def component(c):
    return {"labels": "".join(c.labels), "v": "".join(c.va), "w": "".join(c.wa), "sizes": list(c.sizes), "m": c.m,
            "alpha": c.alpha, "dense": c.dense_count, "output_orbits": c.num_output_orbits, "regime": c.regime_id,
            "shape": c.shape, "group": c.group_name, "order": c.group_order,
            "trace": [[step.regime_id, step.decision] for step in c.regime_trace]}


def told(cost):
    """An answer as the cases write it."""
    keys = ["total", "mu", "alpha", "m_total", "dense_baseline", "num_terms", "fallback_used"]
    out = {key: getattr(cost, key) for key in keys}
    out["savings_ratio"] = cost.savings_ratio
    out["unavailable_components"] = list(cost.unavailable_components)
    out["per_component"] = [component(c) for c in cost.per_component]
    out["path"] = [list(pair) for pair in cost.path] if cost.path is not None else None
    out["per_step"] = [{**{key: getattr(step, key) for key in keys}, "cost_source": step.cost_source}
                       for step in cost.per_step]
    out["pre_reductions"] = [[{"operand": p.operand_index, "removed": "".join(p.removed_labels), "cost": p.cost,
                               "left": p.surviving_subscript} for p in step] for step in cost.pre_reductions_per_step]
    return out


def ask(case):
    """flopscope's answer; None where it fails by a fault of its own."""
    kwargs = {key: tuple(v["tuple"]) if isinstance(v, dict) else v for key, v in case["kwargs"].items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return told(getattr(flopscope, case["op"])(*build(case["args"]), **kwargs))
        except Exception:
            return None


def agree(wanted, got, whole):
    keys = wanted if whole else ["total"]
    return all(wanted[key] == got.get(key) or (isinstance(wanted[key], float) and abs(wanted[key] - got[key]) < 1e-12)
               for key in keys)


def charge_of(case):
    """The question what that einsum is charged: shapes, groups, and which operands are one tensor."""
    subscripts, *arguments = case["args"]
    bodies, first = [], []
    for i, argument in enumerate(arguments):
        j = argument["ref"] - 1 if "ref" in argument else i
        bodies.append(bodies[j] if j < i else argument["zeros"])
        first.append(first[j] if j < i else i)
    pattern = [{"tuple": [i for i, f in enumerate(first) if f == j]} for j in sorted(set(first)) if first.count(j) > 1]
    return {"id": case["id"], "op": "accounting.einsum_cost",
            "args": [subscripts, [{"tuple": body["shape"]} for body in bodies],
                     [{"group": body["symmetry"]} if "symmetry" in body else None for body in bodies],
                     {"tuple": pattern} if pattern else None], "kwargs": {}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--operands", type=int, default=6, help="at most this many in an expression")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    parser.add_argument("--binary", default=str(pathlib.Path(__file__).resolve().parents[2] / "build/bin/flopmeter"))
    parser.add_argument("--totals", action="store_true", help="compare the totals alone")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}")
    rng = random.Random(wanted.seed)
    counts, pairs, begun = collections.Counter(), [], time.perf_counter()
    for i in range(wanted.count):
        case = {"id": i, **make(rng, wanted.operands)}
        answer = ask(case)
        counts["flopscope fails"] += answer is None
        if answer is not None:
            pairs.append((case, answer))
    print(f"flopscope: {time.perf_counter() - begun:.1f} s")
    command = [wanted.binary, "call", "--cost-model", "flopscope-0.4"]
    begun = time.perf_counter()
    for (case, answer), (_, got, why) in zip(pairs, values.answers(command, [case for case, _ in pairs], 600)):
        result = (got or {}).get("result")
        fits = result is not None and agree(answer, result["accumulation"], not wanted.totals)
        counts["agree" if fits else "differ"] += 1
        if not fits and counts["differ"] <= 5:
            print("DIFFERS", json.dumps(case), "\n  wanted", json.dumps(answer), "\n  got   ",
                  json.dumps(result if result else why or got))
    charged = [(charge_of(case), answer) for case, answer in pairs
               if case["op"].startswith("einsum") and not case["kwargs"]]
    for (case, answer), (_, got, why) in zip(charged, values.answers(command, [case for case, _ in charged], 600)):
        result = (got or {}).get("result")
        fits = result is not None and result["scalar"] == max(answer["total"], 0)
        counts["charged so" if fits else "charged otherwise"] += 1
        if not fits and counts["charged otherwise"] <= 5:
            print("CHARGED", json.dumps(case), "\n  wanted", answer["total"], "got", json.dumps(result if result else why or got))
    print(f"flopmeter: {time.perf_counter() - begun:.1f} s")
    print(", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    return 1 if counts["differ"] or counts["charged otherwise"] else 0


if __name__ == "__main__":
    sys.exit(main())
