"""Writes special.inc: values of the distributions with 40 digits rounded to double, by mpmath.

    python3 tests/scalar/make_special.py > tests/scalar/special.inc
"""
import mpmath
from mpmath import mpf, mp

mp.dps = 60


def below(z):
    return mpmath.erfc(-z / mpmath.sqrt(2)) / 2


def above(z):
    return below(-z)


def density(z):
    return mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mp.pi)


def between(a, b):
    return above(a) - above(b) if a > 0 else below(b) - below(a)


def quantile(p):
    if p == 0:
        return -mp.inf
    z = -mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * p) if p > mpf("1e-30") else -mpmath.sqrt(-2 * mpmath.log(p))
    for _ in range(30):
        z -= (mpmath.log(below(z)) - mpmath.log(p)) * below(z) / density(z)
    return z


def cut_quantile(q, a, b):
    if q == 0 or q == 1:
        return a if q == 0 else b
    right = a > 0
    low, high = (a, b) if abs(b) < 1e9 else (a, a + 12)
    low = low if abs(low) < 1e9 else high - 12
    for _ in range(200):
        middle = (low + high) / 2
        part = (above(a) - above(middle)) if right else (below(middle) - below(a))
        if part < q * between(a, b):
            low = middle
        else:
            high = middle
    middle = (low + high) / 2
    return middle if abs(middle) > mpf("1e-40") else mpf(0)


FUNCTIONS = {
    "norm": (density, below, quantile),
    "uniform": (lambda z: mpf(0 <= z <= 1), lambda z: min(max(z, mpf(0)), mpf(1)), lambda q: q),
    "expon": (lambda z: mpmath.exp(-z) if z >= 0 else mpf(0), lambda z: -mpmath.expm1(-z) if z >= 0 else mpf(0),
              lambda q: -mpmath.log1p(-q)),
    "laplace": (lambda z: mpmath.exp(-abs(z)) / 2,
                lambda z: mpmath.exp(z) / 2 if z < 0 else 1 - mpmath.exp(-z) / 2,
                lambda q: mpmath.log(2 * q) if q < 0.5 else -mpmath.log(2 * (1 - q))),
    "logistic": (lambda z: mpmath.exp(-abs(z)) / (1 + mpmath.exp(-abs(z))) ** 2,
                 lambda z: mpmath.exp(z) / (1 + mpmath.exp(z)), lambda q: mpmath.log(q / (1 - q))),
    "cauchy": (lambda z: 1 / (mp.pi * (1 + z * z)), lambda z: mpmath.atan2(1, -z) / mp.pi,
               lambda q: -1 / mpmath.tan(mp.pi * q) if q != 0.5 else mpf(0)),
}


def number(x):
    return repr(float(x))


def row(name, arguments, want):
    listed = list(arguments) + [0.0] * (5 - len(arguments))
    listed = ["INFINITY" if x == mp.inf else "-INFINITY" if x == -mp.inf else float(x).hex() for x in listed]
    print(f"ROW({name}, {', '.join(listed)}, {number(want)})")


POINTS = [-30.25, -8.5, -3.1, -1.0, -0.3, -0.0009765625, 0.0, 0.25, 1.0, 2.7, 7.5, 36.0]
CHANCES = [1e-280, 1e-20, 1e-5, 0.01, 0.0625, 0.2, 0.4375, 0.5, 0.5009765625, 0.7, 0.9375, 0.99999]
for name, (pdf, cdf, ppf) in FUNCTIONS.items():
    for loc, scale in ((0.0, 1.0), (0.75, 0.5)):
        for x in POINTS:
            z = (mpf(x) - loc) / scale
            row(f"{name}_pdf", (x, loc, scale), pdf(z) / scale)
            row(f"{name}_cdf", (x, loc, scale), cdf(z))
        for q in CHANCES:
            row(f"{name}_ppf", (q, loc, scale), loc + scale * ppf(mpf(q)))
for s in (0.5, 3.0):
    for x in (1e-200, 1e-5, 0.3, 1.0, 2.5, 1e4, 1e200):
        z = mpmath.log(mpf(x)) / s
        row("lognorm_pdf", (x, s, 0.0, 1.0), density(z) / (s * mpf(x)))
        row("lognorm_cdf", (x, s, 0.0, 1.0), below(z))
    for q in CHANCES:
        row("lognorm_ppf", (q, s, 0.25, 2.0), mpf("0.25") + 2 * mpmath.exp(s * quantile(mpf(q))))
for a, b in ((-2.0, 2.5), (1.0, 3.0), (-3.0, -1.0), (5.0, 6.5), (-6.5, -5.0), (0.0, mp.inf), (20.0, 21.0), (36.0, 37.0),
             (40.0, mp.inf), (-41.0, -40.0), (-8.0, 8.0)):
    low, high = mpf(a), mpf(b)
    for t in (0.0625, 0.25, 0.5, 0.875):
        x = float(low + t * (min(high, low + 2) - low))
        row("truncnorm_pdf", (x, a, b, 0.0, 1.0), density(mpf(x)) / between(low, high))
        part = between(low, mpf(x))
        row("truncnorm_cdf", (x, a, b, 0.0, 1.0), part / between(low, high))
    for q in (1e-10, 0.125, 0.5, 0.75, 0.9990234375):
        row("truncnorm_ppf", (q, a, b, 0.0, 1.0), cut_quantile(mpf(q), low, high))
