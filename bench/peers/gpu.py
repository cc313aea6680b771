"""Products and long adds on a GPU: torch and CuPy."""

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


timing.run({(bench, "torch"): functools.partial(torch_product, *how)
            for bench, how in PRODUCTS.items()} |
           {("gpu.matmul.f32.4096", "cupy"): cupy_product,
            ("gpu.add.f32.64m", "torch"): torch_add,
            ("gpu.add.f32.64m", "cupy"): cupy_add})
