"""Products, long adds and sums on a GPU: torch and CuPy."""

import functools

import timing

PRODUCTS = {
    "gpu.matmul.f32.4096": ("float32", 4096, False),
    "gpu.matmul.tf32.4096": ("float32", 4096, True),
    "gpu.matmul.bf16.8192": ("bfloat16", 8192, False),
}
SIZE = 1 << 26


def torch_with_gpu():
    import torch

    if not torch.cuda.is_available():
        raise ImportError("torch finds no CUDA device")
    return torch


def torch_product(dtype, n, tf32):
    torch = torch_with_gpu()
    torch.backends.cuda.matmul.allow_tf32 = tf32
    a, b = (torch.rand(n, n, device="cuda").to(getattr(torch, dtype)) for _ in range(2))
    return functools.partial(torch.matmul, a, b, out=torch.empty_like(a)), torch.cuda.synchronize


def torch_gram():
    torch = torch_with_gpu()
    torch.backends.cuda.matmul.allow_tf32 = False
    a = torch.rand(4096, 4096, device="cuda")
    return functools.partial(torch.matmul, a, a.T, out=torch.empty_like(a)), torch.cuda.synchronize


def torch_add():
    torch = torch_with_gpu()
    a, b = (torch.rand(SIZE, device="cuda") for _ in range(2))
    return functools.partial(torch.add, a, b, out=torch.empty_like(a)), torch.cuda.synchronize


def cupy_with_gpu():
    import cupy

    if not cupy.cuda.is_available():
        raise ImportError("CuPy finds no CUDA device")
    return cupy, cupy.cuda.get_current_stream().synchronize


def cupy_product():
    cupy, synchronize = cupy_with_gpu()
    a, b = (cupy.random.random((4096, 4096), "float32") for _ in range(2))
    return functools.partial(cupy.matmul, a, b, out=cupy.empty_like(a)), synchronize


def cupy_add():
    cupy, synchronize = cupy_with_gpu()
    a, b = (cupy.random.random(SIZE, "float32") for _ in range(2))
    return functools.partial(cupy.add, a, b, out=cupy.empty_like(a)), synchronize


SUMS = {"gpu.sum.f32.64m": None, "gpu.sum.f32.64m.rows": 1, "gpu.sum.f32.64m.columns": 0}


def torch_sum(axis):
    torch = torch_with_gpu()
    a = torch.rand(8192, 8192, device="cuda")
    out = torch.empty(() if axis is None else 8192, device="cuda")
    dims = (0, 1) if axis is None else axis
    return functools.partial(torch.sum, a, dims, out=out), torch.cuda.synchronize


def cupy_sum(axis):
    """CuPy reduces by CUB."""
    cupy, synchronize = cupy_with_gpu()
    a = cupy.random.random((8192, 8192), "float32")
    out = cupy.empty(() if axis is None else 8192, "float32")
    return functools.partial(cupy.sum, a, axis, out=out), synchronize


timing.run({(bench, "torch"): functools.partial(torch_product, *how)
            for bench, how in PRODUCTS.items()} |
           {(bench, "torch"): functools.partial(torch_sum, axis) for bench, axis in SUMS.items()} |
           {(bench, "cupy"): functools.partial(cupy_sum, axis) for bench, axis in SUMS.items()} |
           {("gpu.matmul.f32.4096", "cupy"): cupy_product,
            ("gpu.gram.f32.4096", "torch"): torch_gram,
            ("gpu.add.f32.64m", "torch"): torch_add,
            ("gpu.add.f32.64m", "cupy"): cupy_add})
