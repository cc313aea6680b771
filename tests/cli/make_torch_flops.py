#!/usr/bin/env python3
"""Writes torch_flops.json: what torch's FlopCounterMode counts in one training step of some networks.

    make_torch_flops.py > torch_flops.json      (needs torch; the file is kept)
"""
import json
import random

import torch
from torch.utils.flop_counter import FlopCounterMode


def step(widths, batch):
    layers = []
    for i in range(len(widths) - 1):
        layers.append(torch.nn.Linear(widths[i], widths[i + 1]))
        if i + 2 < len(widths):
            layers.append(torch.nn.ReLU())
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    x = torch.rand(batch, widths[0])
    labels = torch.randint(0, widths[-1], (batch,))
    with FlopCounterMode(display=False) as counter:
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), labels).backward()
        optimizer.step()
    return counter.get_total_flops()


def main():
    generator = random.Random(1)
    cases = [((784, 512, 512, 10), 128), ((1, 1), 1), ((3, 2), 5), ((64, 10), 7)]
    for _ in range(16):
        depth = generator.randint(2, 6)
        widths = tuple(generator.randint(1, 96) for _ in range(depth))
        cases.append((widths, generator.randint(1, 65)))
    rows = [{"layers": widths, "batch": batch, "flops": step(widths, batch)} for widths, batch in cases]
    print("[")
    print(",\n".join("  " + json.dumps(row) for row in rows))
    print("]")


main()
