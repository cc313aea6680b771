"""The contractions of bench/einsum.txt by NumPy and torch, which choose an order at every call."""

import functools
import pathlib

import timing


def listed():
    """(name, dtype, expression, shapes) of each line."""
    for line in (pathlib.Path(__file__).parents[1] / "einsum.txt").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, dtype, expression, extents = line.split()
        extent = {item[0]: int(item[2:]) for item in extents.split(",")}
        yield name, dtype, expression, [tuple(extent[x] for x in term)
                                        for term in expression.split("->")[0].split(",")]


def numpy_einsum(dtype, expression, shapes):
    import numpy

    random = numpy.random.default_rng(1)
    operands = [random.uniform(-1, 1, shape).astype(dtype) for shape in shapes]
    return lambda: numpy.einsum(expression, *operands, optimize=True)


def torch_einsum(dtype, expression, shapes):
    import torch

    operands = [torch.rand(*shape, dtype=getattr(torch, dtype)) for shape in shapes]
    return lambda: torch.einsum(expression, *operands)


timing.run({(name, peer): functools.partial(function, dtype, expression, shapes)
            for name, dtype, expression, shapes in listed()
            for peer, function in (("numpy", numpy_einsum), ("torch", torch_einsum))})
