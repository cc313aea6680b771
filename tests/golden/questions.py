"""From a recorded call to a question about its cost, by shapes alone."""
from cases import plain, shape

ELEMENTS = {"isnan", "isfinite", "isinf", "nonzero", "flatnonzero", "argwhere"}
MEANS = {"mean"}
ORDERS = {"median", "percentile", "quantile"}
PAIRS = {
    "matmul": "matmul", "dot": "dot", "inner": "inner", "outer": "outer", "kron": "kron",
    "vdot": "vdot", "vecdot": "vecdot", "matvec": "matvec", "vecmat": "vecmat", "cross": "cross",
    "linalg.matmul": "matmul", "linalg.outer": "outer", "linalg.cross": "cross",
    "linalg.vecdot": "vecdot",
}
WINDOWS = {"bartlett", "blackman", "hamming", "hanning", "kaiser"}
SILENT = {
    "zeros", "ones", "eye", "identity", "zeros_like", "ones_like", "empty", "empty_like",
    "reshape", "transpose", "swapaxes", "moveaxis", "squeeze", "expand_dims", "astype", "copy",
    "flip", "triu", "tril", "matrix_transpose", "permute_dims", "tri",
}
SIZED = {"random.random", "random.random_sample", "random.ranf", "random.sample",
         "random.standard_normal", "random.standard_exponential"}
LOCATED = {"random.normal", "random.uniform", "random.gumbel", "random.laplace", "random.logistic",
           "random.lognormal"}


def broadcast(*shapes):
    """The broadcast shape; None where the shapes do not fit."""
    out = [1] * max(map(len, shapes), default=0)
    for one in shapes:
        for i, extent in enumerate(one[::-1], 1):
            if out[-i] == 1:
                out[-i] = extent
            elif extent not in (1, out[-i]):
                return None
    return out


def axes_of(axis, ndim):
    """Normalised axes; None where the form is not one that the rules take."""
    axis = plain(axis)
    if axis is None:
        return list(range(ndim))
    if isinstance(axis, bool) or not isinstance(axis, (int, list)):
        return None
    axes = [axis] if isinstance(axis, int) else axis
    return sorted({a % ndim for a in axes}) if ndim else []


def rule(name, op, **more):
    return {"rule": name, "op": op, **more}


def reduction(op, args, kwargs):
    """A reduction; its axis is the second argument, or the keyword."""
    source = shape(args[0], args)
    skip = 1 if op in ("percentile", "quantile", "nanpercentile", "nanquantile") else 0
    axis = kwargs.get("axis", args[1 + skip] if len(args) > 1 + skip else None)
    axes = axes_of(axis, len(source))
    if axes is None:
        return None
    if op in ORDERS:
        return rule("order", op, shapes=[source])
    return rule("mean" if op in MEANS else "reduce", op, shapes=[source], axes=[axes])


def tensordot(op, args, kwargs):
    a, b = shape(args[0], args), shape(args[1], args)
    axes = plain(kwargs.get("axes", args[2] if len(args) > 2 else 2))
    if isinstance(axes, int):
        pair = [list(range(len(a) - axes, len(a))), list(range(axes))]
    else:
        pair = [[x] if isinstance(x, int) else x for x in axes]
    return rule("tensordot", op, shapes=[a, b], axes=pair)


def sampler(op, args, kwargs):
    """The size of a sampler's output; None for forms that depend on array parameters."""
    if op in ("random.rand", "random.randn"):
        return rule("elementwise", op, shapes=[args])
    place = 0 if op in SIZED else 2
    size = plain(kwargs.get("size", args[place] if len(args) > place else None))
    parameters = [shape(a, args) for a in args[:place]] + [
        shape(v) for k, v in kwargs.items() if k not in ("size", "dtype", "method")]
    if size is None:
        size = broadcast(*parameters) if parameters else []
    return rule("elementwise", op, shapes=[[size] if isinstance(size, int) else size])


def creation(op, args, kwargs):
    if op == "full":
        size = plain(args[0])
        return rule("create", op, shapes=[[size] if isinstance(size, int) else size])
    if op == "linspace":
        num = plain(kwargs.get("num", args[2] if len(args) > 2 else 50))
        return rule("create_floor", op, shapes=[[num]]) if isinstance(num, int) else None
    return rule("create_floor", op, shapes=[shape(args[0], args)])


def joining(op, args):
    parts = args[0]["tuple"] if isinstance(args[0], dict) and "tuple" in args[0] else args[0]
    if not isinstance(parts, list):
        return None
    total = 0
    for part in parts:
        size = 1
        for extent in shape(part, args):
            size *= extent
        total += size
    return rule("elementwise", op, shapes=[[total]])


def selection(op, args, kwargs):
    """where with three arguments, and clip."""
    shapes = [shape(a, args) for a in args if a is not None]
    shapes += [shape(v, args) for k, v in kwargs.items() if k in ("a_min", "a_max", "min", "max")]
    out = broadcast(*shapes)
    if out is None:
        return None
    return rule(op, op, shapes=[shapes[0], out])


def matrix_formula(op, args, kwargs):
    """A formula over one matrix, times its batch; None where that is not the op's rule."""
    source = shape(args[0], args)
    if len(source) != 2 or 0 in source:
        return None
    m, n = source
    name = op.removeprefix("linalg.")
    if name in ("svd", "svdvals"):
        k = plain(kwargs.get("k"))
        return {"formula": name, "args": [m, n] + ([k] if k is not None else [])}
    if name in ("qr", "pinv", "matrix_rank"):
        return {"formula": name, "args": [m, n]}
    if name == "lstsq":
        b = shape(args[1], args)
        return {"formula": name, "args": [m, n, b[-1] if len(b) > 1 else 1, len(b)]}
    if name == "matrix_power":
        return {"formula": name, "args": [n, plain(args[1])]}
    if name in ("cholesky", "eig", "eigh", "eigvals", "eigvalsh", "det", "slogdet", "inv", "solve"):
        return {"formula": name, "args": [n]}
    if name == "cond":
        p = plain(kwargs.get("p", args[1] if len(args) > 1 else None))
        return {"formula": name, "args": [m, n, p]}
    return None


def transform(op, args, kwargs):
    """A 1-D Fourier transform of one line."""
    source = shape(args[0], args)
    name = op.removeprefix("fft.")
    if len(source) != 1 or name not in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
        return None
    inverse = name in ("irfft", "hfft")
    n = plain(kwargs.get("n", args[1] if len(args) > 1 else None))
    n = n if n is not None else (2 * (source[0] - 1) if inverse else source[0])
    formula = {"ifft": "fft", "irfft": "rfft", "ihfft": "hfft"}.get(name, name)
    return {"formula": formula, "args": [max(n, 0)]}


def polynomial(op, args, kwargs):
    """By the lengths of the coefficients and points."""
    first = shape(args[0], args)
    length = first[0] if first else 1
    if op in ("polyder", "polyint", "poly"):
        return {"formula": op, "args": [length]}
    if op == "roots":
        return {"formula": op, "args": [max(length - 1, 0)]}
    if op == "polyfit":
        degree = plain(kwargs.get("deg", args[2] if len(args) > 2 else None))
        return {"formula": op, "args": [length, degree]} if isinstance(degree, int) else None
    second = shape(args[1], args)
    if op == "polyval":
        size = 1
        for extent in second:
            size *= extent
        return {"formula": op, "args": [max(length - 1, 0), size]}
    return {"formula": op, "args": [length, second[0] if second else 1]}


def of(op, category, args, kwargs):
    """The question for one call; None where the rules at hand do not cover its form."""
    if op in SILENT:
        return rule("free", op)
    if op in ELEMENTS:
        return rule("elements", op, shapes=[shape(args[0], args)])
    if op in PAIRS:
        return rule(PAIRS[op], op, shapes=[shape(args[0], args), shape(args[1], args)])
    if op in ("tensordot", "linalg.tensordot"):
        return tensordot(op, args, kwargs)
    if op == "einsum" and isinstance(args[0], str):
        return rule("einsum", op, text=args[0], shapes=[shape(a, args) for a in args[1:]])
    if category == "counted_reduction":
        return reduction(op, args, kwargs)
    if op == "isclose" or category == "counted_binary":
        out = broadcast(shape(args[0], args), shape(args[1], args))
        return rule("elementwise", op, shapes=[out]) if out is not None else None
    if category == "counted_unary":
        return rule("elementwise", op, shapes=[shape(args[0], args)])
    if op in ("where", "clip") and (op == "clip" or len(args) == 3):
        return selection(op, args, kwargs)
    if op in ("full", "full_like", "array", "linspace"):
        return creation(op, args, kwargs)
    if op in ("concatenate", "stack", "vstack"):
        return joining(op, args)
    if op in SIZED or op in LOCATED or op in ("random.rand", "random.randn"):
        return sampler(op, args, kwargs)
    if op == "linalg.multi_dot":
        return {"formula": "multi_dot", "args": [shape(a, args) for a in args[0]]}
    if op == "unwrap":
        return {"formula": op, "args": [shape(args[0], args)]}
    if op in WINDOWS:
        return {"formula": op, "args": [max(plain(args[0]), 0)]}
    if op.startswith("poly") or op == "roots":
        return polynomial(op, args, kwargs)
    if op.startswith("linalg.") and category == "counted_custom":
        return matrix_formula(op, args, kwargs)
    if op.startswith("fft."):
        return transform(op, args, kwargs)
    return None
