"""Decompositions, which are unique only up to signs, phases or order: shapes and dtypes agree, the
factors are orthonormal where they should be, and their product is the argument."""
import itertools
import math

TOLERANCE = {"float32": 1e-4, "complex64": 1e-4}


def number(value):
    if isinstance(value, list):
        return complex(float(value[0]), float(value[1]))
    return float(value)


def matrices(array):
    """The matrices of an array, row by row; its last two axes are theirs."""
    rows, columns = array["shape"][-2:]
    flat = [number(v) for v in array["data"]]
    size = rows * columns
    count = math.prod(array["shape"][:-2])
    return [[flat[k * size + r * columns:k * size + (r + 1) * columns] for r in range(rows)] for k in range(count)]


def vectors(array):
    length = array["shape"][-1]
    flat = [number(v) for v in array["data"]]
    return [flat[k * length:(k + 1) * length] for k in range(math.prod(array["shape"][:-1]))]


def product(a, b):
    inner = len(b)
    columns = len(b[0]) if b else 0
    return [[sum(row[k] * b[k][c] for k in range(inner)) for c in range(columns)] for row in a]


def adjoint(a):
    return [[complex(a[r][c]).conjugate() for r in range(len(a))] for c in range(len(a[0]) if a else 0)]


def distance(a, b):
    return max((abs(x - y) for p, q in itertools.zip_longest(a, b) for x, y in zip(p, q)), default=0.0)


def size_of(a):
    return max((abs(x) for row in a for x in row), default=0.0)


def orthonormal(a, tolerance):
    """Whether the columns are."""
    gram = product(adjoint(a), a)
    return all(abs(gram[i][j] - (i == j)) <= 100 * tolerance for i in range(len(gram)) for j in range(len(gram)))


def operand(argument):
    """An argument's matrices."""
    if isinstance(argument, list):
        rows = argument
        return [[[number(v) for v in row] for row in rows]]
    if "array" in argument:
        return matrices(argument["array"])
    fill = argument["fill"]
    return matrices({"shape": fill["shape"], "data": lcg(fill)})


def lcg(fill):
    """The values of the case format's fill rule."""
    x, out = fill["seed"], []

    def draw():
        nonlocal x
        x = (1664525 * x + 1013904223) % 2**32
        return x

    for _ in range(math.prod(fill["shape"])):
        kind = fill["dtype"]
        if kind.startswith("complex"):
            out.append([(draw() >> 8) / 2**24 * 2 - 1, (draw() >> 8) / 2**24 * 2 - 1])
        elif kind.startswith("float"):
            out.append((draw() >> 8) / 2**24 * 2 - 1)
        elif kind == "bool":
            out.append(draw() >> 31)
        elif kind == "uint8":
            out.append(draw() >> 24)
        else:
            out.append((draw() >> 16) % 201 - 100)
    return out


def arrays(result):
    return [one["array"] for one in result["multi"]] if "multi" in result else [result["array"]]


def close(want, got, tolerance):
    scale = max((abs(number(v)) for v in want), default=0.0)
    return all(abs(number(w) - number(g)) <= tolerance * max(abs(number(w)), scale) for w, g in zip(want, got))


def multiset(want, got, tolerance):
    """The same numbers in any order."""
    scale = max(map(abs, want), default=0.0)
    left = list(got)
    for w in want:
        nearest = min(left, key=lambda g: abs(g - w), default=None)
        if nearest is None or abs(nearest - w) > tolerance * max(scale, abs(w)):
            return False
        left.remove(nearest)
    return not left


def check_svd(a, want, got, tolerance):
    if len(want) == 1:
        return close(want[0]["data"], got[0]["data"], tolerance) or "singular values differ"
    if not close(want[1]["data"], got[1]["data"], tolerance):
        return "singular values differ"
    for m, u, s, vh in zip(a, matrices(got[0]), vectors(got[1]), matrices(got[2])):
        if not orthonormal(u, tolerance) or not orthonormal(adjoint(vh), tolerance):
            return "the factors are not orthonormal"
        scaled = [[row[k] * s[k] for k in range(len(s))] for row in u]
        if len(s) == min(len(m), len(m[0]) if m else 0) and distance(product(scaled, vh[:len(s)]), m) > 100 * tolerance * size_of(m):
            return "the product differs"
    return True


def check_qr(a, want, got, tolerance, mode):
    if mode == "raw":
        return all(close(w["data"], g["data"], tolerance) for w, g in zip(want, got)) or "values differ"
    if len(want) == 1:
        for w, g in zip(matrices(want[0]), matrices(got[0])):
            if distance([[abs(v) for v in row] for row in w], [[abs(v) for v in row] for row in g]) > 100 * tolerance * size_of(w):
                return "r differs beyond signs"
        return True
    for m, q, r in zip(a, matrices(got[0]), matrices(got[1])):
        if not orthonormal(q, tolerance):
            return "q is not orthonormal"
        if distance(product(q, r), m) > 100 * tolerance * max(size_of(m), 1e-300):
            return "the product differs"
        if any(abs(r[i][j]) > 0 for i in range(len(r)) for j in range(min(i, len(r[0])))):
            return "r is not upper triangular"
    return True


def check_eigen(a, want, got, tolerance, ordered, lower):
    same = close(want[0]["data"], got[0]["data"], tolerance) if ordered else all(
        multiset(w, g, tolerance * 100) for w, g in zip(vectors(want[0]), vectors(got[0])))
    if not same:
        return "eigenvalues differ"
    if len(got) == 1:
        return True
    for m, values, columns in zip(a, vectors(got[0]), matrices(got[1])):
        if ordered:
            n = len(m)
            pick = (lambda i, j: i >= j) if lower else (lambda i, j: i <= j)
            m = [[m[i][j] if pick(i, j) else complex(m[j][i]).conjugate() for j in range(n)] for i in range(n)]
            for i in range(n):
                m[i][i] = complex(m[i][i]).real
            if not orthonormal(columns, tolerance):
                return "the vectors are not orthonormal"
        scaled = [[row[k] * values[k] for k in range(len(values))] for row in columns]
        if distance(product(m, columns), scaled) > 1000 * tolerance * max(size_of(m), 1e-300):
            return "A v differs from v times its value"
        for k in range(len(values)):
            if abs(sum(abs(row[k]) ** 2 for row in columns) - 1) > 1000 * tolerance:
                return "a vector's length is not 1"
    return True


def differs(case, got):
    """None, or what differs."""
    if got is None or ("multi" in case["result"]) != ("multi" in got):
        return f"{str(got)[:100]}, wanted {str(case['result'])[:100]}"
    want, have = arrays(case["result"]), arrays(got)
    if [(w["dtype"], w["shape"]) for w in want] != [(h["dtype"], h["shape"]) for h in have]:
        return f"{[(h['dtype'], h['shape']) for h in have]}, wanted {[(w['dtype'], w['shape']) for w in want]}"
    if any("data" not in w for w in want):
        return None
    tolerance = TOLERANCE.get(want[0]["dtype"], 1e-9)
    op, kwargs = case["op"], case["kwargs"]
    if op in ("roots", "linalg.eigvals"):
        good = all(multiset(w, g, max(tolerance, 1e-7)) for w, g in zip(vectors(want[0]), vectors(have[0])))
        return None if good else "the values differ as sets"
    a = operand(case["args"][0])
    if op == "linalg.svd":
        verdict = check_svd(a, want, have, tolerance)
    elif op == "linalg.qr":
        verdict = check_qr(a, want, have, tolerance, kwargs.get("mode", (case["args"] + [None])[1:2][0]))
    else:
        upper = str(kwargs.get("UPLO", (case["args"] + ["L"])[1])).upper() == "U"
        verdict = check_eigen(a, want, have, tolerance, op == "linalg.eigh", not upper)
    return None if verdict is True else verdict
