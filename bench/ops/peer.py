"""Times the calls of cases.py in a peer: numpy, flopscope or torch. Reads cases from stdin, as
bench_ops does, and prints a line of time for each that the peer has."""

import importlib
import json
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "peers"))

import numpy as np  # noqa: E402


def value(peer, spec, made):
    """An argument as the peer takes it."""
    if isinstance(spec, dict):
        (form, body), = spec.items()
        if form == "npy":
            if body not in made:
                made[body] = peer.array(np.load(body))
            return made[body]
        if form == "tuple":
            return tuple(value(peer, one, made) for one in body)
        if form == "slice":
            return slice(*body)
        if form == "fn":
            return getattr(np, body)
        raise LookupError(form)
    if isinstance(spec, list):
        return [value(peer, one, made) for one in spec]
    return spec


class Numpy:
    name = "numpy"

    @staticmethod
    def array(data):
        return data

    @staticmethod
    def function(op):
        if op == "getitem":
            return lambda a, key: a[key]
        if op.startswith("stats."):
            raise LookupError(op)
        found = np
        for part in op.split("."):
            found = getattr(found, part)
        return found


class Flopscope(Numpy):
    name = "flopscope"

    def __init__(self):
        self.module = importlib.import_module("flopscope.numpy")
        self.package = importlib.import_module("flopscope")

    def function(self, op):
        if op == "getitem":
            raise LookupError(op)
        found = self.package if op.startswith("stats.") else self.module
        for part in op.split("."):
            found = getattr(found, part)
        return found


class Torch(Numpy):
    """Where torch has the operation under the same name and arguments."""
    name = "torch"

    def __init__(self):
        self.torch = importlib.import_module("torch")

    def array(self, data):
        return self.torch.from_numpy(np.ascontiguousarray(data))

    def function(self, op):
        found = self.torch
        for part in op.split("."):
            found = getattr(found, part)
        if not callable(found):
            raise LookupError(op)
        return found


def samples_of(operation, seconds):
    def sample(calls):
        start = time.perf_counter()
        for _ in range(calls):
            operation()
        return (time.perf_counter() - start) / calls

    sample(1)
    calls = 1
    while sample(calls) * calls < 1e-3:
        calls *= 2
    samples, end = [], time.perf_counter() + seconds
    while len(samples) < 5 or time.perf_counter() < end:
        samples.append(sample(calls))
    return samples


def main(which, seconds):
    import warnings

    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    peer = {"numpy": Numpy, "flopscope": Flopscope, "torch": Torch}[which]()
    if which == "flopscope":
        peer.package.BudgetContext(flop_budget=10**18, quiet=True).__enter__()
    made = {}
    for text in sys.stdin:
        case = json.loads(text)
        line = {"bench": case["id"], "peer": which}
        try:
            function = peer.function(case["op"])
            args = [value(peer, one, made) for one in case["args"]]
            kwargs = {key: value(peer, one, made) for key, one in case["kwargs"].items()}
            samples = samples_of(lambda: function(*args, **kwargs), seconds)
        except Exception as error:  # a peer that lacks the call says so, whatever it raised
            print(json.dumps(line | {"error": f"{type(error).__name__}: {error}"[:200]}), flush=True)
            continue
        print(json.dumps(line | {"seconds": statistics.median(samples), "min": min(samples),
                                 "max": max(samples), "runs": len(samples)}), flush=True)
        if len(made) > 24:
            made.clear()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
