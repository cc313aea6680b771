"""The calls that bench/ops times: one a numerical operation and size, as `flopmeter call` reads them.

An array is {"fill": {...}} by the rule of tests/golden, so that ours and the peers make the same one.
"linear algebra" takes square matrices of about n elements, transforms n points.
"""

import math

SIZES = (8, 1000, 1000000)


def array(n, dtype="float64", seed=1, shape=None):
    return {"fill": {"dtype": dtype, "shape": list(shape or (n,)), "rule": "lcg", "seed": seed}}


def positive(n, seed=1, shape=None):
    """In (0.1, 1.9): for logarithms, roots and scales."""
    return {"expression": "add", "of": [{"expression": "multiply", "of": [array(n, seed=seed, shape=shape), 0.9]}, 1.0]}


def indices(n, below, seed=7):
    """n integers in [0, below)."""
    return {"indices": {"count": n, "below": below, "seed": seed}}


def square(n):
    side = max(3, math.isqrt(n))
    return (side, side)


def matrix(n, seed=1, dtype="float64"):
    return array(0, dtype, seed, square(n))


def definite(n, seed=1):
    """Symmetric with a dominant diagonal, made by both sides before timing."""
    return {"definite": {"side": square(n)[0], "seed": seed}}


def tuple_of(*items):
    return {"tuple": list(items)}


def call(op, *args, **kwargs):
    return {"op": op, "args": list(args), "kwargs": kwargs}


UNARY = """abs absolute negative positive exp exp2 expm1 sqrt cbrt square sin cos tan sinh cosh tanh arcsinh
asinh arctan atan floor ceil trunc fix rint round around sign signbit isnan isinf isfinite conj conjugate
real imag angle deg2rad rad2deg degrees radians fabs spacing sinc i0 nan_to_num modf frexp isneginf
isposinf isreal iscomplex real_if_close reciprocal logical_not""".split()
POSITIVE = "log log2 log10 log1p".split()
WITHIN = "arcsin asin arccos acos arctanh atanh".split()  # in (-1, 1)
ABOVE = "arccosh acosh".split()
INTEGER_UNARY = "invert bitwise_not bitwise_invert bitwise_count".split()
BINARY = """add subtract multiply divide true_divide floor_divide mod remainder fmod arctan2 atan2 hypot
logaddexp logaddexp2 copysign nextafter heaviside maximum minimum fmax fmin greater greater_equal less
less_equal equal not_equal logical_and logical_or logical_xor divmod isclose""".split()
POWERS = "power pow float_power".split()
INTEGER_BINARY = "bitwise_and bitwise_or bitwise_xor gcd lcm".split()
SHIFTS = "left_shift right_shift bitwise_left_shift bitwise_right_shift".split()
REDUCTIONS = """sum prod mean std var max min amax amin any all argmax argmin ptp count_nonzero cumsum cumprod
nansum nanprod nanmax nanmin nanmean nanstd nanvar nanargmax nanargmin nancumsum nancumprod median
nanmedian average cumulative_sum cumulative_prod""".split()
SAMPLERS = {
    "beta": (2.0, 3.0), "binomial": (20, 0.3), "chisquare": (3.0,), "exponential": (1.5,), "f": (3.0, 5.0),
    "gamma": (2.5, 1.0), "geometric": (0.3,), "gumbel": (0.0, 1.0), "hypergeometric": (20, 30, 10),
    "laplace": (0.0, 1.0), "logistic": (0.0, 1.0), "lognormal": (0.0, 0.5), "logseries": (0.5,),
    "negative_binomial": (5, 0.4), "noncentral_chisquare": (3.0, 1.0), "noncentral_f": (3.0, 5.0, 1.0),
    "normal": (0.0, 1.0), "pareto": (3.0,), "poisson": (4.0,), "power": (2.0,), "rayleigh": (1.0,),
    "standard_cauchy": (), "standard_exponential": (), "standard_gamma": (2.0,), "standard_normal": (),
    "standard_t": (4.0,), "triangular": (0.0, 0.3, 1.0), "uniform": (0.0, 1.0), "vonmises": (0.0, 2.0),
    "wald": (1.0, 1.0), "weibull": (1.5,), "zipf": (3.0,), "random": (), "random_sample": (), "ranf": (),
    "sample": (), "randint": (0, 1000),
}
DISTRIBUTIONS = {
    "norm": {}, "uniform": {}, "expon": {}, "laplace": {}, "logistic": {}, "cauchy": {},
    "lognorm": {"s": 0.7}, "truncnorm": {"a": -2.0, "b": 2.0},
}


def elementwise(n):
    a, b = array(n), array(n, seed=2)
    whole, small = array(n, "int64"), {"indices": {"count": n, "below": 16, "seed": 3}}
    calls = [call(op, a) for op in UNARY] + [call(op, positive(n)) for op in POSITIVE]
    calls += [call(op, a) for op in WITHIN]
    calls += [call(op, {"expression": "add", "of": [positive(n), 1.0]}) for op in ABOVE]
    calls += [call(op, whole) for op in INTEGER_UNARY]
    calls += [call(op, a, b) for op in BINARY]
    calls += [call(op, positive(n), b) for op in POWERS]
    calls += [call(op, whole, array(n, "int64", 2)) for op in INTEGER_BINARY]
    calls += [call(op, whole, small) for op in SHIFTS]
    calls += [call("ldexp", a, small), call("clip", a, -0.5, 0.5),
              call("where", array(n, "bool", 5), a, b)]
    return calls


def reductions(n):
    a = array(n)
    calls = [call(op, a) for op in REDUCTIONS]
    calls += [call(op, a, q) for op, q in (("percentile", 30.0), ("nanpercentile", 30.0), ("quantile", 0.3),
                                           ("nanquantile", 0.3))]
    rows = array(0, shape=(4, max(2, n // 4)))
    return calls + [call("cov", rows), call("corrcoef", rows)]


def sorting(n):
    a, b = array(n), array(n, seed=2)
    few = indices(n, max(4, n // 4))
    other = indices(n, max(4, n // 4), 9)
    ordered = {"expression": "sort", "of": [a]}
    calls = [call(op, a) for op in ("sort", "argsort", "sort_complex")]
    calls += [call(op, a, n // 2) for op in ("partition", "argpartition")]
    calls += [call(op, few) for op in ("unique", "unique_all", "unique_counts", "unique_inverse", "unique_values",
                                       "bincount")]
    calls += [call(op, few, other) for op in ("union1d", "intersect1d", "setdiff1d", "setxor1d", "isin")]
    calls += [call("searchsorted", ordered, b), call("digitize", b, {"expression": "sort", "of": [array(100, seed=4)]}),
              call("lexsort", tuple_of(a, few)), call("histogram", a, 50), call("histogram_bin_edges", a, 50),
              call("histogram2d", a, b, 20),
              call("histogramdd", {"expression": "stack", "of": [tuple_of(a, b), 1]}, 10)]
    return calls


def indexing(n):
    a, b = array(n), array(n, seed=2)
    mask, at, rows = array(n, "bool", 5), indices(n, n), array(0, shape=square(n))
    side = square(n)[0]
    calls = [call("take", a, at), call("take_along_axis", a, at, 0), call("compress", mask, a), call("extract", mask, a),
             call("nonzero", mask), call("flatnonzero", mask), call("argwhere", mask),
             call("choose", indices(n, 2), [a, b]), call("select", [mask], [a], 0.0),
             call("put", a, at, b), call("putmask", a, mask, b), call("place", a, mask, b), call("copyto", a, b),
             call("put_along_axis", a, at, b, 0), call("delete", a, {"slice": [0, n // 2, 2]}),
             call("insert", a, n // 2, 3.0), call("append", a, b), call("trim_zeros", a), call("resize", a, n + 3),
             call("fill_diagonal", rows, 1.0), call("diag_indices", side), call("diag_indices_from", rows),
             call("tril_indices", side), call("triu_indices", side), call("tril_indices_from", rows),
             call("triu_indices_from", rows), call("unravel_index", at, tuple_of(n, 1)),
             call("ravel_multi_index", tuple_of(at, indices(n, 1)), tuple_of(n, 1)), call("indices", tuple_of(side, side)),
             call("ix_", at, at), call("packbits", mask), call("unpackbits", array(n, "uint8")),
             call("repeat", a, 2), call("roll", a, 3), call("mask_indices", side, {"fn": "triu"}),
             call("getitem", a, at)]
    return calls


def shaping(n):
    a, b = array(n), array(n, seed=2)
    rows = array(0, shape=square(n))
    side = square(n)[0]
    pair = tuple_of(a, b)
    calls = [call(op, pair) for op in ("concatenate", "concat", "stack", "vstack", "hstack", "dstack", "column_stack",
                                       "row_stack")]
    calls += [call("block", [a, b]), call("tile", a, 2), call("pad", a, 3), call("rot90", rows), call("diag", rows),
              call("diagflat", array(side)), call("tri", side), call("triu", rows), call("tril", rows),
              call("linspace", 0.0, 1.0, n), call("logspace", 0.0, 1.0, n), call("geomspace", 1.0, 10.0, n),
              call("vander", array(side)), call("meshgrid", array(side), array(side, seed=2)), call("arange", n),
              call("zeros", n), call("ones", n), call("full", n, 2.0), call("eye", side), call("identity", side),
              call("zeros_like", a), call("ones_like", a), call("full_like", a, 2.0), call("copy", a),
              call("astype", a, "float32"), call("split", a, 2), call("array_split", a, 2),
              call("array_equal", a, a), call("array_equiv", a, a), call("allclose", a, a), call("trace", rows)]
    return calls


def signal(n):
    a, b = array(n), array(n, seed=2)
    kernel = array(min(n, 64), seed=3)
    calls = [call("convolve", a, kernel), call("correlate", a, kernel), call("diff", a), call("ediff1d", a),
             call("gradient", a), call("trapezoid", a), call("unwrap", a),
             call("interp", b, {"expression": "sort", "of": [array(100, seed=4)]}, array(100, seed=5))]
    calls += [call(op, n) for op in ("bartlett", "blackman", "hamming", "hanning")] + [call("kaiser", n, 8.6)]
    points = 1 << max(3, (n - 1).bit_length())
    z = array(points, "complex128")
    side = 1 << max(2, (math.isqrt(n) - 1).bit_length())
    plane = array(0, shape=(side, side))
    calls += [call(f"fft.{op}", z) for op in ("fft", "ifft", "hfft", "irfft")]
    calls += [call(f"fft.{op}", array(points)) for op in ("rfft", "ihfft", "fftshift", "ifftshift")]
    calls += [call(f"fft.{op}", plane) for op in ("fft2", "ifft2", "rfft2", "fftn", "ifftn", "rfftn")]
    spectrum = array(0, "complex128", shape=(side, side // 2 + 1))
    calls += [call(f"fft.{op}", spectrum) for op in ("irfft2", "irfftn")]
    calls += [call(f"fft.{op}", points) for op in ("fftfreq", "rfftfreq")]
    few = min(n, 64)
    calls += [call(op, array(few), array(few, seed=2)) for op in ("polyadd", "polysub", "polymul", "polydiv")]
    calls += [call("polyval", array(8), a), call("polyfit", a, b, 3), call("poly", array(few)),
              call("roots", array(few)), call("polyder", array(few)), call("polyint", array(few))]
    return calls


def linear(n):
    a, b, s = matrix(n), matrix(n, 2), definite(n)
    v, w = array(n), array(n, seed=2)
    side = square(n)[0]
    x = array(side, seed=3)
    calls = [call(op, a, b) for op in ("matmul", "dot", "inner", "linalg.matmul")]
    calls += [call(op, v, w) for op in ("vdot", "vecdot", "linalg.vecdot")]
    calls += [call("outer", x, x), call("linalg.outer", x, x), call("kron", array(0, shape=(2, 2)), a),
              call("cross", array(0, shape=(max(2, n // 3), 3)), array(0, seed=2, shape=(max(2, n // 3), 3))),
              call("linalg.cross", array(0, shape=(max(2, n // 3), 3)), array(0, seed=2, shape=(max(2, n // 3), 3))),
              call("matvec", a, x), call("vecmat", x, a), call("tensordot", a, b, 1), call("linalg.tensordot", a, b, axes=1),
              call("einsum", "ij,jk->ik", a, b), call("linalg.multi_dot", [a, b, a]), call("linalg.matrix_power", a, 3)]
    calls += [call(f"linalg.{op}", a) for op in ("svd", "svdvals", "det", "slogdet", "inv", "pinv", "qr", "eig",
                                                 "eigvals", "cond", "matrix_rank", "norm", "matrix_norm", "trace",
                                                 "vector_norm")]
    calls += [call(f"linalg.{op}", s) for op in ("cholesky", "eigh", "eigvalsh")]
    calls += [call("linalg.solve", s, x), call("linalg.lstsq", a, x), call("linalg.tensorsolve", s, x)]
    root = max(2, math.isqrt(side))
    calls.append(call("linalg.tensorinv", {"expression": "reshape", "of": [definite(root ** 4), tuple_of(root, root, root, root)]}))
    return calls


def sampling(n):
    calls = [call(f"random.{op}", *args, size=n) for op, args in SAMPLERS.items()]
    calls += [call("random.rand", n), call("random.randn", n), call("random.bytes", n), call("random.permutation", n),
              call("random.shuffle", array(n)), call("random.choice", array(n), n),
              call("random.dirichlet", [1.0, 2.0, 3.0], size=max(2, n // 3)),
              call("random.multinomial", 20, [0.2, 0.3, 0.5], size=max(2, n // 3)),
              call("random.multivariate_normal", [0.0, 1.0], [[1.0, 0.3], [0.3, 2.0]], size=max(2, n // 2))]
    return calls


def distributions(n):
    x, p = array(n), {"expression": "multiply", "of": [positive(n), 0.5]}
    return [call(f"stats.{name}.{what}", p if what == "ppf" else x, **parameters)
            for name, parameters in DISTRIBUTIONS.items() for what in ("pdf", "cdf", "ppf")]


def functions(n):
    rows = array(0, shape=square(n))
    return [call("apply_over_axes", {"fn": "sum"}, rows, [0]),
            call("piecewise", array(n), [array(n, "bool", 5)], [1.0, 2.0])]


GROUPS = (elementwise, reductions, sorting, indexing, shaping, signal, linear, sampling, distributions, functions)


def cases():
    """Every call with its name, such as `sort.1000`."""
    for n in SIZES:
        for group in GROUPS:
            for one in group(n):
                yield {"id": f"{one['op']}.{n}", "n": n, "group": group.__name__, **one}


if __name__ == "__main__":
    import json

    for case in cases():
        print(json.dumps(case))
