"""add, exp and sum of vectors of 16,777,216 float32: NumPy, and torch on all cores."""

import functools

import timing

SIZE = 1 << 24


def numpy_operation(name):
    import numpy

    random = numpy.random.default_rng(1)
    a, b = (random.uniform(-1, 1, SIZE).astype("float32") for _ in range(2))
    out = numpy.zeros(SIZE, "float32")
    return {"add": functools.partial(numpy.add, a, b, out),
            "exp": functools.partial(numpy.exp, a, out),
            "sum": functools.partial(numpy.sum, a)}[name]


def torch_operation(name):
    import torch

    a, b = 2 * torch.rand(SIZE) - 1, 2 * torch.rand(SIZE) - 1
    out = torch.zeros(SIZE)
    return {"add": functools.partial(torch.add, a, b, out=out),
            "exp": functools.partial(torch.exp, a, out=out),
            "sum": functools.partial(torch.sum, a)}[name]


timing.run({(f"{name}.f32.16m", peer): functools.partial(function, name)
            for name in ("add", "exp", "sum")
            for peer, function in (("numpy", numpy_operation), ("torch", torch_operation))})
