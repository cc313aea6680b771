#!/usr/bin/env python3
"""Writes elementwise.bin.gz, inputs of every dtype and what NumPy makes of them, and
elementwise_types.txt, the dtypes of all results.

Exact operations are NumPy's own results. The others are computed in long double and rounded, so
that errors can be counted in units in the last place. A record is a line of text and raw bytes:
    input <dtype> <side> <count>            side u: unary; a, b: first and second operand
    case <op> <dtype> <result> <rows> <columns>
A binary case has the result of every a with every b, of b without its sign for powers of integers; where and clip take u of bool, u and reversed
u, and u, reversed u and u. `case astype` is the conversion of u. Needs NumPy 2.
"""
import gzip
import io
import pathlib
import re

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
OPS = HERE.parents[1] / "src" / "host" / "ops"
INTS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float16", "float32", "float64"]
COMPLEX = ["complex64", "complex128"]
WIDE = {"f": np.longdouble, "c": np.clongdouble}
# NumPy computes float16 in float32; for bfloat16 there is no NumPy dtype.
NARROW = {"float16": "float32", "bfloat16": "float32"}


def rows(family):
    """(name, letters of bool, int, float, complex; ulp) of a .def file, without aliases."""
    text = (OPS / f"{family}.def").read_text()
    form = rf"^FM_{family.upper()}\((\w+), (\w), (\w), (\w), (\w), ([\d.]+),"
    for match in re.finditer(form, text, re.M):
        yield match[1], dict(zip("bifc", match.groups()[1:5])), float(match[6])


def float_values(dtype, count, rng):
    info = np.finfo(dtype)
    some = [0.0, -0.0, 1, -1, 0.5, -0.5, 2, -3.75, np.inf, -np.inf, np.nan, info.smallest_subnormal,
            -info.smallest_subnormal * 3, info.tiny, info.max, -info.max, 1 + info.eps,
            -1 + info.eps, 0.001, 10.5, -10.25, 7.0]
    more = rng.normal(size=count) * 10.0 ** rng.integers(-4, 5, size=count)
    unit = rng.uniform(-1, 1, size=count)
    return np.concatenate([some, np.where(rng.random(count) < 0.5, more, unit)])[:count]


def values(dtype, count, seed):
    """count elements of dtype, special ones first."""
    rng = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        if dtype == "bool":
            return np.arange(count) % 3 != 1
        if dtype in INTS:
            info = np.iinfo(dtype)
            some = [0, 1, 2, 3, 7, 8, 15, 31, 33, 63, 64, 65, info.max, info.max - 1, info.min,
                    info.min + 1]
            some += [-1, -2, -3, -7] if info.min < 0 else [100, 200, 13, 5]
            more = rng.integers(info.min, info.max, size=count, dtype=dtype, endpoint=True)
            return np.concatenate([np.array(some, dtype=dtype), more])[:count]
        if dtype in COMPLEX:
            part = "float32" if dtype == "complex64" else "float64"
            x = float_values(part, count, rng).astype(part)
            # Parts whose products overflow are tried apart: no two libraries agree on them.
            limit = np.sqrt(np.finfo(part).max) / 4
            x = np.where(np.abs(x) > limit, part == "float32", x)
            x = np.where((np.abs(x) < 1e-30) & (x != 0), 0.25, x).astype(part)
            y = np.roll(x, 5)
            finite = np.isfinite(x) & np.isfinite(y)
            z = np.where(finite, x, 1) + 1j * np.where(finite, y, -2)
            return z.astype(dtype)
        return float_values(dtype, count, rng).astype(dtype)


def wide_call(name, operands, result):
    """The operation in long double, rounded to the result's dtype."""
    kind = operands[0].dtype.kind
    wide = [x.astype(WIDE[kind]) for x in operands]
    if name == "deg2rad":
        value = wide[0] * (np.longdouble("3.14159265358979323846264338327950288") / 180)
    elif name == "rad2deg":
        value = wide[0] * (180 / np.longdouble("3.14159265358979323846264338327950288"))
    else:
        value = getattr(np, name)(*wide)
    return value.astype(result)


def call(name, letter, ulp, operands):
    dtype = operands[0].dtype
    function = getattr(np, name)
    if name == "power" and dtype.kind == "i":  # NumPy refuses negative exponents
        return function(operands[0], operands[1] & np.iinfo(dtype).max)
    if name == "reciprocal" and dtype.kind in "iu":
        return np.where(operands[0] == 0, 0, function(np.where(operands[0] == 0, 1, operands[0])))
    native = function(*operands)
    if ulp == 0 or dtype.kind in "biu":
        return native.astype(dtype) if name == "reciprocal" else native
    return wide_call(name, operands, native.dtype)


def letter_of(letters, dtype):
    kind = np.dtype(dtype).kind
    return letters["i" if kind == "u" else kind]


def record(out, line, array):
    out.write((line + "\n").encode())
    out.write(np.ascontiguousarray(array).tobytes())


def write_inputs(out, dtypes, unary, binary):
    inputs = {}
    for number, dtype in enumerate(dtypes):
        inputs[dtype, "u"] = values(dtype, unary, 100 + number)
        inputs[dtype, "a"] = values(dtype, binary, 200 + number)
        inputs[dtype, "b"] = values(dtype, binary, 200 + number)[::-1]
    for (dtype, side), array in inputs.items():
        record(out, f"input {dtype} {side} {array.size}", array)
    return inputs


def write_cases(out, inputs, dtypes):
    for name, letters, ulp in rows("unary"):
        for dtype in dtypes:
            letter = letter_of(letters, dtype)
            if letter in "SPRH":
                got = call(name, letter, ulp, [inputs[dtype, "u"]])
                record(out, f"case {name} {dtype} {got.dtype} {got.size} 1", got)
    for name, letters, ulp in rows("binary"):
        for dtype in dtypes:
            letter = letter_of(letters, dtype)
            if letter in "SPRH" or (letter == "D" and dtype in ("float64", "complex128")):
                a, b = np.broadcast_arrays(inputs[dtype, "a"][:, None], inputs[dtype, "b"])
                got = call(name, letter, ulp, [a, b])
                record(out, f"case {name} {dtype} {got.dtype} {a.shape[0]} {a.shape[1]}", got)


def to_integers(array, dtype):
    """What the kernels define past the range, where C and NumPy leave it open."""
    middle = "int64" if dtype in ("int64", "uint32", "uint64") else "int32"
    info = np.iinfo(middle)
    whole = np.trunc(array.astype(np.longdouble))
    fits = (whole >= info.min) & (whole <= info.max)
    got = np.where(fits, whole, info.min).astype(np.longdouble).astype(middle).astype(dtype)
    if dtype == "uint64":
        large = (whole >= 2.0**63) & (whole < 2.0**64)
        got[large] = whole[large].astype(np.uint64)
    return got


def write_other_cases(out, inputs, dtypes):
    condition = inputs["bool", "u"]
    for dtype in dtypes:
        u = inputs[dtype, "u"]
        back = u[::-1]
        record(out, f"case where {dtype} {dtype} {u.size} 1", np.where(condition, u, back))
        got = np.clip(u, back, u)
        record(out, f"case clip {dtype} {got.dtype} {u.size} 1", got)
        for to in dtypes:
            real = u.real if u.dtype.kind == "c" and to not in (*COMPLEX, "bool") else u
            cut = u.dtype.kind in "fc" and to in INTS
            got = to_integers(real, to) if cut else real.astype(to)
            record(out, f"case astype {dtype} {to} {u.size} 1", got)


LETTERS = dict(zip(["bool", *INTS, *FLOATS, *COMPLEX], "?bhilBHILefdFD"))
WEAK = [1, 1.0, 1j]


def result_letter(name, *operands):
    """The letter of the result's dtype; - where NumPy has no loop."""
    try:
        return LETTERS[getattr(np, name)(*operands).dtype.name]
    except TypeError:
        return "-"


def types():
    """Lines `op first results`: first is a letter, or - for one operand; one letter for each dtype in
    the order of LETTERS, then for a Python int, float and complex."""
    ones = [np.ones(1, dtype) for dtype in LETTERS]
    for name, _, _ in rows("unary"):
        yield f"{name} - {''.join(result_letter(name, x) for x in ones)}"
    for name, _, _ in rows("binary"):
        for x, letter in zip(ones, LETTERS.values()):
            yield f"{name} {letter} {''.join(result_letter(name, x, y) for y in ones + WEAK)}"


def main():
    dtypes = ["bool", *INTS, *FLOATS, *COMPLEX]
    out = io.BytesIO()
    with np.errstate(all="ignore"):
        inputs = write_inputs(out, dtypes, 150, 23)
        write_cases(out, inputs, dtypes)
        write_other_cases(out, inputs, dtypes)
        lines = "".join(f"{line}\n" for line in types())
    (HERE / "elementwise.bin.gz").write_bytes(gzip.compress(out.getvalue(), 9, mtime=0))
    (HERE / "elementwise_types.txt").write_text(lines)


if __name__ == "__main__":
    main()
