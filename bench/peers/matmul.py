"""Matrix products into an existing output, on all cores."""

import functools

import timing

SHAPES = {
    "matmul.f32.1024": ("float32", 1024, 1024, 1024),
    "matmul.f64.1024": ("float64", 1024, 1024, 1024),
    "matmul.f32.256": ("float32", 256, 256, 256),
    "matmul.f64.256": ("float64", 256, 256, 256),
    "matmul.f32.128x784x512": ("float32", 128, 784, 512),
}


def numpy_matmul(dtype, m, k, n):
    import numpy

    random = numpy.random.default_rng(1)
    a = random.uniform(-1, 1, (m, k)).astype(dtype)
    b = random.uniform(-1, 1, (k, n)).astype(dtype)
    return functools.partial(numpy.matmul, a, b, numpy.empty((m, n), dtype))


def torch_matmul(dtype, m, k, n):
    import torch

    kind = getattr(torch, dtype)
    a, b = torch.rand(m, k, dtype=kind), torch.rand(k, n, dtype=kind)
    return functools.partial(torch.matmul, a, b, out=torch.empty(m, n, dtype=kind))


timing.run({(bench, peer): functools.partial(function, *shape)
            for bench, shape in SHAPES.items()
            for peer, function in (("numpy", numpy_matmul), ("torch", torch_matmul))})
