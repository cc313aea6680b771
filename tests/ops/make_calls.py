#!/usr/bin/env python3
"""Writes data/*.npz, calls and their results from NumPy and PyTorch, which tests/ops replays.

Each archive holds `calls`, lines of text "op|tolerance|argument|...|=result|...", and `elements`,
the bytes of all operands and results in their order, each from a multiple of 16 on. Arguments:
@dtype:C:3,4 an operand (F: in Fortran order, replayed with those strides), [@...;@...] a list of
them, (1,2) integers, text:..., dtype:..., None, true, false, numbers. Results are None or as
operands; >k before one says that it is operand k, written in place. Usage: make_calls.py [DIRECTORY]
"""
import io
import os
import sys
import zipfile

import numpy as np

rng = np.random.default_rng(20240611)


class Calls:
    def __init__(self):
        self.lines, self.elements = [], bytearray()

    def array(self, x):
        fortran = x.flags.f_contiguous and not x.flags.c_contiguous
        self.elements += x.tobytes("F" if fortran else "C")
        self.elements += bytes(-len(self.elements) % 16)
        shape = ",".join(str(n) for n in x.shape)
        return f"@{x.dtype.name}:{'F' if fortran else 'C'}:{shape}"

    def text(self, x):
        if isinstance(x, np.ndarray):
            return self.array(x)
        if isinstance(x, list):
            return "[" + ";".join(self.text(y) for y in x) + "]"
        if isinstance(x, tuple):
            return "(" + ",".join(str(int(y)) for y in x) + ")"
        if isinstance(x, np.dtype):
            return f"dtype:{x.name}"
        if isinstance(x, str):
            return f"text:{x}"
        if isinstance(x, bool):
            return "true" if x else "false"
        return repr(x)

    def result(self, x):
        if isinstance(x, tuple):
            return f">{x[0]}" + self.text(np.asarray(x[1]))
        return self.text(None if x is None else np.asarray(x))

    def add(self, op, arguments, results, tolerance=0.0):
        words = [op, repr(float(tolerance)), *map(self.text, arguments)]
        words += ["=" + self.result(x) for x in results]
        self.lines.append("|".join(words))

    def write(self, path):
        """A deflated archive without times, so that the same calls give the same bytes."""
        text = ("\n".join(self.lines) + "\n").encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {"calls": text, "elements": bytes(self.elements)}.items():
                buffer = io.BytesIO()
                np.lib.format.write_array(buffer, np.frombuffer(data, np.uint8))
                archive.writestr(zipfile.ZipInfo(name + ".npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)


REAL = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "float16", "float32", "float64"]
ALL = REAL + ["complex64", "complex128"]
TOLERANCE = {"float16": 4e-3, "float32": 3e-5, "complex64": 3e-5, "float64": 1e-12,
             "complex128": 1e-12}


def some(shape, dtype, spread=1.0):
    kind = np.dtype(dtype).kind
    if kind == "b":
        x = rng.integers(0, 2, shape).astype(bool)
    elif kind in "iu":
        x = rng.integers(-20 if kind == "i" else 0, 20, shape).astype(dtype)
    elif kind == "c":
        x = ((rng.standard_normal(shape) + 1j * rng.standard_normal(shape)) * spread).astype(dtype)
    else:
        x = (rng.standard_normal(shape) * spread).astype(dtype)
    x = np.asarray(x)
    return np.asfortranarray(x) if x.ndim > 1 and rng.random() < 0.4 else x


def tolerance_of(result, scale=1.0):
    return scale * TOLERANCE.get(np.asarray(result).dtype.name, 0.0)


def reductions():
    calls = Calls()
    shapes = [(7,), (3, 5), (4, 1, 6), (2, 3, 5, 2), (), (0, 3), (40, 3), (3, 70), (600,)]
    with np.errstate(all="ignore"):
        for op in ["sum", "prod", "mean", "max", "min", "any", "all", "argmax", "argmin"]:
            for dtype in ALL:
                for shape in [shapes[i] for i in rng.choice(len(shapes), 2, replace=False)]:
                    x = some(shape, dtype)
                    if op == "prod" and x.dtype.kind in "fc":
                        x = (1 + x * np.asarray(0.02, x.dtype)).astype(dtype)
                    if x.dtype.kind in "fc" and x.size and rng.random() < 0.15:
                        x.reshape(-1)[int(rng.integers(x.size))] = np.nan
                    axis = None
                    if x.ndim and rng.random() < 0.75:
                        count = 1 if op.startswith("arg") else int(rng.integers(1, x.ndim + 1))
                        axis = tuple(int(a) for a in rng.permutation(x.ndim)[:count] - x.ndim)
                    keepdims = bool(rng.integers(2))
                    plain = axis[0] if axis is not None and len(axis) == 1 else axis
                    try:
                        result = getattr(np, op)(x, axis=plain, keepdims=keepdims)
                    except ValueError:
                        continue
                    middle = [None] if op in ("sum", "prod", "mean") else []
                    calls.add(op, [x, axis, *middle, keepdims], [result],
                              tolerance_of(result, 8 if op == "prod" else 1))
        for op, dtype, to in [("sum", "int8", "int8"), ("sum", "float32", "float64"),
                              ("sum", "bool", "bool"), ("prod", "int32", "uint8"),
                              ("mean", "int64", "float32"), ("sum", "float16", "float32"),
                              ("mean", "float16", "complex64"), ("sum", "int64", "float16")]:
            x = some((6, 9), dtype)
            result = getattr(np, op)(x, axis=1, dtype=to)
            calls.add(op, [x, (1,), np.dtype(to), False], [result], tolerance_of(result))
    return calls


def contractions():
    calls = Calls()
    pairs = [(d, d) for d in ALL] + [("int8", "float32"), ("bool", "int64"), ("float16", "int8"),
                                     ("float32", "complex64"), ("uint8", "int8")]
    products = [((4, 3), (3, 5)), ((3,), (3,)), ((4, 3), (3,)), ((3,), (3, 4)), ((2, 4, 3), (3, 5)),
                ((2, 1, 4, 3), (3, 3, 2)), ((0, 3), (3, 2)), ((2, 0), (0, 3)), ((33, 20), (20, 17)),
                ((1, 64), (64, 9)), ((40, 33), (33, 1))]
    for a, b in pairs:
        for i in rng.choice(len(products), 4, replace=False):
            x, y = some(products[i][0], a), some(products[i][1], b)
            result = np.matmul(x, y)
            calls.add("matmul", [x, y], [result], tolerance_of(result, 4))
        for op, sx, sy in [("dot", (2, 3, 4), (5, 4, 2)), ("dot", (), (3, 2)), ("dot", (9,), (9,)),
                           ("inner", (2, 5), (3, 5)), ("outer", (2, 3), (4,)),
                           ("vecdot", (3, 1, 6), (2, 6))]:
            x, y = some(sx, a), some(sy, b)
            result = getattr(np, op)(x, y)
            calls.add(op, [x, y], [result], tolerance_of(result, 4))
        x, y = some((3, 4, 5), a), some((4, 3, 2), b)
        result = np.tensordot(x, y, axes=([0, 1], [1, 0]))
        calls.add("tensordot", [x, y, (0, 1, 1, 0)], [result], tolerance_of(result, 4))
    texts = ["ij,jk->ik", "ij,kj", "ijk,k->ij", "bij,bjk->bik", "i,j->ji", "ij,ij->", "ij,ij->ij",
             "ii,i->i", "ij,k->i", "ijk,ilk->jl", "abcd,cdef->abef", "...ij,...jk->...ik",
             "ij,i->", "i,i->i", "ij,kl->", "ba,b", "abc,cd->bad", "ij,j->ij"]
    single = ["ij->ji", "ii->i", "ii", "ij->", "ij->j", "iij->j", "ijk->kji", "ijij->ij", "...i->..."]
    extent = {c: 2 + i % 4 for i, c in enumerate("ijklabcdef")}
    for dtype in ["float32", "float64", "int32", "complex64", "bool", "float16"]:
        for text in texts + single:
            terms = text.split("->")[0].split(",")
            operands = [some(((2, 3) if "." in t else ()) +
                             tuple(extent[c] for c in t.replace(".", "")), dtype) for t in terms]
            result = np.einsum(text, *operands)
            calls.add("einsum", [text, operands], [result], tolerance_of(result, 4))
    x, y = some((3, 1), "float64"), some((3, 4), "float64")
    calls.add("einsum", ["ij,ij->ij", [x, y]], [x * y], 1e-12)
    return calls


def views():
    calls = Calls()
    for dtype in ["float32", "int8", "complex128"]:
        x = some((3, 4, 2), dtype)
        for op, arguments, result in [
                ("transpose", [None], x.T), ("transpose", [(1, -1, 0)], x.transpose(1, 2, 0)),
                ("swapaxes", [0, -1], x.swapaxes(0, 2)),
                ("moveaxis", [(0, 2), (-1, 0)], np.moveaxis(x, (0, 2), (-1, 0))),
                ("reshape", [(2, -1)], x.reshape(2, -1)), ("reshape", [(3, 8)], x.reshape(3, 8)),
                ("ravel", [], x.ravel()), ("expand_dims", [(0, -1)], x[None, ..., None]),
                ("squeeze", [None], x), ("broadcast_to", [(2, 3, 4, 2)], np.stack([x, x])),
                ("flip", [None], np.flip(x)), ("flip", [(0, -1)], np.flip(x, (0, 2))),
                ("diagonal", [-1, 0, 1], x.diagonal(-1, 0, 1)),
                ("diagonal", [9, 0, 1], x.diagonal(9, 0, 1)),
                ("slice", [(-1, 1), (-9, 100), (-1, 2)], x[-1:-9:-1, 1:100:2])]:
            calls.add(op, [x, *arguments], [result])
        y = some((3, 2, 2), dtype)
        calls.add("concatenate", [[x, y], 1], [np.concatenate([x, y], 1)])
        z = some((3, 4, 2), "bool")
        calls.add("concat", [[x, z], -1], [np.concat([x, z], -1)])
        calls.add("concatenate", [[x, z], 0, np.dtype("complex64")],
                  [np.concatenate([x, z], 0, dtype="complex64")])
    calls.add("broadcast_to", [2.5, (2, 3)], [np.full((2, 3), 2.5)])
    return calls


def layers():
    import torch
    import torch.nn.functional as F

    calls = Calls()

    def tensor(x):
        return torch.tensor(np.ascontiguousarray(x), requires_grad=True)

    for dtype, tolerance in [("float32", 1e-4), ("float64", 1e-11), ("float16", 2e-2)]:
        for lead, n, k in [((5,), 3, 4), ((2, 3), 7, 1), ((), 4, 6), ((17,), 20, 19)]:
            for relu in (0, 1):
                spread = k ** -0.5
                x, w, b = some((*lead, k), dtype), some((n, k), dtype, spread), some((n,), dtype)
                dy = some((*lead, n), dtype)
                tx, tw, tb = tensor(x), tensor(w), tensor(b)
                ty = F.linear(tx, tw, tb)
                ty = F.relu(ty) if relu else ty
                ty.backward(torch.tensor(np.ascontiguousarray(dy)))
                y = ty.detach().numpy()
                grads = [t.grad.numpy() for t in (tx, tw, tb)]
                calls.add("nn.linear", [x, w, b, relu], [y], tolerance)
                known = y if relu else None
                calls.add("nn.linear_backward", [dy, x, w, known, relu], grads, tolerance * 4)
                rate = 0.25
                updated = [(p - rate * g).astype(dtype) for p, g in ((w, grads[1]), (b, grads[2]))]
                calls.add("nn.linear_backward_sgd", [dy, x, w, b, known, relu, rate],
                          [grads[0], (2, updated[0]), (3, updated[1])], tolerance * 4)
            calls.add("nn.linear", [x, w, None, "none"],
                      [F.linear(tx, tw).detach().numpy()], tolerance)
        x, dy = some((9, 30), dtype), some((9, 30), dtype)
        calls.add("nn.relu", [x], [np.maximum(x, 0)])
        calls.add("nn.relu_backward", [dy, x], [np.where(x > 0, dy, 0).astype(dtype)])
    for dtype, tolerance in [("float32", 1e-4), ("float64", 1e-11)]:
        for i, (rows, classes) in enumerate([(1, 1), (6, 10), (64, 3), (5, 200)]):
            for reduction in ("mean", "sum"):
                logits = some((rows, classes), dtype, 4)
                labels = rng.integers(0, classes, rows).astype(["int64", "uint8", "int16", "int32"][i])
                t = tensor(logits)
                loss = F.cross_entropy(t, torch.tensor(labels.astype("int64")), reduction=reduction)
                loss.backward()
                p = torch.softmax(t, 1).detach().numpy()
                calls.add("nn.softmax_cross_entropy", [logits, labels, reduction],
                          [loss.detach().numpy(), p], tolerance)
                calls.add("nn.softmax_cross_entropy_backward", [p, labels, reduction],
                          [t.grad.numpy()], tolerance)
        for momentum, decay, nesterov in [(0.0, 0.0, False), (0.9, 0.0, False), (0.9, 0.01, True),
                                          (0.0, 0.1, False)]:
            w, g, v = (some((7, 5), dtype) for _ in range(3))
            slope = g + decay * w
            moved = momentum * v + slope if momentum else slope
            step = slope + momentum * moved if nesterov else moved
            calls.add("nn.sgd", [w, g, v if momentum else None, 0.1, momentum, decay, nesterov],
                      [(0, (w - 0.1 * step).astype(dtype)),
                       (2, moved.astype(dtype)) if momentum else None],
                      tolerance)
        for decay in (0.0, 0.1):
            w, g = some((7, 5), dtype), some((7, 5), dtype)
            parameter = torch.nn.Parameter(torch.tensor(np.ascontiguousarray(w)))
            optimizer = torch.optim.AdamW([parameter], lr=0.01, weight_decay=decay)
            m, v = np.zeros_like(w), np.zeros_like(w)
            for step in (1, 2):
                before = parameter.detach().numpy().copy()
                parameter.grad = torch.tensor(np.ascontiguousarray(g * step))
                optimizer.step()
                state = optimizer.state[parameter]
                after = [state[k].numpy().copy() for k in ("exp_avg", "exp_avg_sq")]
                calls.add("nn.adam", [before, g * step, m, v, 0.01, 0.9, 0.999, 1e-8, decay, step],
                          [(0, parameter.detach().numpy().copy()), (2, after[0]), (3, after[1])],
                          tolerance)
                m, v = after
    return calls


def torch_counts():
    """FLOPs that PyTorch's FlopCounterMode counts for products and linear layers."""
    import torch
    import torch.nn.functional as F
    from torch.utils.flop_counter import FlopCounterMode

    def count(f):
        with FlopCounterMode(display=False) as mode:
            f()
        return mode.get_total_flops()

    lines = []
    for i in range(50):
        kind = ["mm", "addmm", "bmm", "linear", "linear_backward"][i % 5]
        m, n, k, batch = (int(x) for x in rng.integers(1, 60, 4))
        one = torch.ones
        if kind == "mm":
            flops = count(lambda: one(m, k) @ one(k, n))
        elif kind == "addmm":
            flops = count(lambda: torch.addmm(one(n), one(m, k), one(k, n)))
        elif kind == "bmm":
            flops = count(lambda: torch.bmm(one(batch, m, k), one(batch, k, n)))
        else:
            x, w, b = (one(*s, requires_grad=True) for s in ((m, k), (n, k), (n,)))
            y = F.linear(x, w, b)
            flops = count(lambda: y.sum().backward() if kind == "linear_backward" else F.linear(x, w, b))
        lines.append(f"{kind} {m} {n} {k} {batch} {flops}")
    return "\n".join(lines) + "\n"


def main():
    where = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "data")
    for name, make in [("reduce", reductions), ("contract", contractions), ("view", views),
                       ("nn", layers)]:
        make().write(os.path.join(where, name + ".npz"))
    with open(os.path.join(where, "torch_counts.txt"), "w", encoding="ascii") as file:
        file.write(torch_counts())


if __name__ == "__main__":
    main()
