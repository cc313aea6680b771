"""Writes tests/call/torch_jobs.inc: what PyTorch's FlopCounterMode counts for products, convolutions
and attention, forward and backward, on the meta device where it can.

usage: python make_torch_jobs.py >torch_jobs.inc
"""
import random

import torch
from torch.utils.flop_counter import FlopCounterMode, sdpa_backward_flop_count, sdpa_flop_count


def counted(work):
    with FlopCounterMode(display=False) as mode:
        work()
    return mode.get_total_flops()


def matmuls(rng):
    for _ in range(8):
        b, m, n, k = (rng.randint(1, 40) for _ in range(4))
        x, y = torch.empty(b, m, k, device="meta"), torch.empty(b, k, n, device="meta")
        print(f"MATMUL({b}, {m}, {n}, {k}, {counted(lambda: torch.bmm(x, y))}u)")


def convolutions(rng):
    for axes in (1, 2, 3):
        for transposed in (False, True):
            for groups in (1, 3):
                conv = getattr(torch.nn, f"Conv{'Transpose' if transposed else ''}{axes}d")
                batch, filters = rng.randint(1, 5), [rng.randint(1, 4) for _ in range(axes)]
                cin, cout = 3 * rng.randint(1, 4), 3 * rng.randint(1, 4)
                stride = rng.randint(1, 2)
                layer = conv(cin, cout, filters, stride=stride, padding=0, groups=groups, bias=False,
                             device="meta")
                size = [rng.randint(6, 11) for _ in range(axes)]
                x = torch.empty(batch, cin, *size, device="meta", requires_grad=True)
                out = []
                forward = counted(lambda: out.append(layer(x)))
                grad = torch.empty_like(out[0])

                def gradient(of):
                    return counted(lambda: torch.autograd.grad(out[0], of, grad, retain_graph=True))

                lists = (size + [1, 1])[:3], (list(out[0].shape[2:]) + [1, 1])[:3], \
                    (filters + [1, 1])[:3]
                numbers = ", ".join(str(i) for part in lists for i in part)
                print(f"CONVOLUTION({axes}, {batch}, {cin}, {cout}, {groups}, {int(transposed)}, "
                      f"{numbers}, {forward}u, {gradient([x])}u, {gradient([layer.weight])}u, "
                      f"{gradient([x, layer.weight])}u)")


def attention(rng):
    for causal in (False, True):
        for _ in range(4):
            b, h, q, k, d, v = (rng.randint(1, 24) for _ in range(6))
            query, key, value = ((b, h, q, d), (b, h, k, d), (b, h, k, v))
            forward = sdpa_flop_count(query, key, value)
            # The counter itself, where the operator runs on the CPU.
            x = torch.rand(query), torch.rand(key), torch.rand(b, h, k, d)
            if v == d:
                ran = counted(lambda: torch.nn.functional.scaled_dot_product_attention(
                    *x, is_causal=causal))
                assert ran == forward, (ran, forward)
            backward = sdpa_backward_flop_count((b, h, q, v), query, key, value)
            print(f"ATTENTION({b}, {h}, {q}, {k}, {d}, {v}, {int(causal)}, {forward}u, {backward}u)")
    for causal in (False, True):
        b, h, n, d = 2, 3, 16, 8
        x = [torch.rand(b, h, n, d) for _ in range(3)]
        forward = counted(
            lambda: torch.nn.functional.scaled_dot_product_attention(*x, is_causal=causal))
        backward = sdpa_backward_flop_count(*[(b, h, n, d)] * 4)
        print(f"ATTENTION({b}, {h}, {n}, {n}, {d}, {d}, {int(causal)}, {forward}u, {backward}u)")


def main():
    rng = random.Random(8)
    print(f"/* Written by make_torch_jobs.py with PyTorch {torch.__version__}'s FlopCounterMode. */")
    matmuls(rng)
    convolutions(rng)
    attention(rng)


if __name__ == "__main__":
    main()
