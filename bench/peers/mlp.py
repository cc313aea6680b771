"""The training step of bench/mlp.h in torch: eager, with its fused update, and while counting."""

import functools

import timing


def step_of(batch, device="cpu", fused=False):
    import torch
    from torch import nn

    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(),
                          nn.Linear(512, 10)).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, fused=fused or None)
    loss_of = nn.CrossEntropyLoss()
    x = (2 * torch.rand(batch, 784) - 1).to(device)
    labels = (torch.arange(batch) % 10).to(device)

    def step():
        optimizer.zero_grad()
        loss_of(model(x), labels).backward()
        optimizer.step()

    return step


def counted(batch):
    from torch.utils.flop_counter import FlopCounterMode

    step = step_of(batch)
    # Entered once, so that only what it adds to each operation is timed.
    FlopCounterMode(display=False).__enter__()
    return step


def on_gpu(batch):
    import torch

    if not torch.cuda.is_available():
        raise ImportError("torch finds no CUDA device")
    return step_of(batch, "cuda"), torch.cuda.synchronize


if __name__ == "__main__":
    timing.run({
        ("mlp.step.128", "torch"): functools.partial(step_of, 128),
        ("mlp.step.128", "torch fused"): functools.partial(step_of, 128, fused=True),
        ("mlp.step.1280", "torch"): functools.partial(step_of, 1280),
        ("gpu.mlp.step.128", "torch"): functools.partial(on_gpu, 128),
        ("gpu.mlp.step.4096", "torch"): functools.partial(on_gpu, 4096),
        # Last, as a process that has entered the mode stays in it.
        ("mlp.step.128", "torch counting"): functools.partial(counted, 128),
    })
