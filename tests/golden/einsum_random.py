"""Random einsum expressions of 1 to 6 operands through `flopmeter call`, beside NumPy: repeated and
summed labels, extents of 0 and 1, ellipses, letters beyond ASCII, the interleaved form, output orders,
paths, and dtypes. Exit status 77 where no NumPy can be had.

    python einsum_random.py --count 2000 --seed 1 --device cpu --verbose
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys

try:
    import numpy as np
except ImportError:
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "wire"))
    import peers

    peers.go_on_with_numpy()

ROOT = pathlib.Path(__file__).resolve().parents[2]
LETTERS = "abcdefgzABZ\u03b1\u03b2\u00e9\u4e2d\U0001d4d0"
DTYPES = ["float64"] * 5 + ["float32", "complex128", "int64", "int8", "uint16", "bool", "complex64"]
SEARCHES = [True, False, "auto", "greedy", "optimal", "dp", "branch-all", "branch-2", "branch-1",
            "random-greedy", {"tuple": ["greedy", 50]}]


def array(rng, dtype, shape):
    """Whole numbers, so that sums in any order are exact in every dtype but for wrapping."""
    values = [rng.randint(-3, 3) for _ in range(int(np.prod(shape)))]
    if dtype == "bool" or dtype.startswith("u"):
        values = [abs(x) % 2 for x in values]
    if dtype.startswith("complex"):
        values = [complex(x, rng.randint(-2, 2)) for x in values]
    return np.array(values, dtype=dtype).reshape(shape)


def encode(x):
    data = x.reshape(-1).tolist()
    if x.dtype.kind == "c":
        data = [[z.real, z.imag] for z in data]
    return {"array": {"dtype": str(x.dtype), "shape": list(x.shape), "data": data}}


def explicit(rng, operands):
    """A path in pairs, some steps of three."""
    path, left = [], operands
    while left > 1:
        k = min(left, rng.choice([2, 2, 2, 3]))
        path.append({"tuple": sorted(rng.sample(range(left), k))})
        left -= k - 1
    return path


def expression(rng):
    """Terms with the extents of their axes; labels under an ellipsis are numbers."""
    count = rng.randint(1, 6)
    letters = rng.sample(LETTERS, rng.randint(1, 7))
    size = {x: rng.choice([1, 2, 2, 3, 3, 4]) for x in letters}
    if rng.random() < 0.03:
        size[letters[0]] = 0
    under = [rng.choice([1, 2, 3]) for _ in range(rng.choice([0, 0, 0, 1, 2]))]
    terms, shapes = [], []
    for _ in range(count):
        term = [rng.choice(letters) for _ in range(rng.randint(0, 3))]
        shape = [size[x] for x in term]
        if under and rng.random() < 0.8:
            covered = rng.randint(0, len(under))
            at = rng.randint(0, len(term))
            axes = [n if rng.random() < 0.8 else 1 for n in under[len(under) - covered:]]
            shape[at:at] = axes
            term[at:at] = ["..."]
        elif rng.random() < 0.1 and term and term.count(term[-1]) == 1:
            shape[-1] = 1
        terms.append(term)
        shapes.append(shape)
    return terms, shapes


def subscripts(rng, terms):
    text = ",".join("".join(term) for term in terms)
    used = sorted({x for term in terms for x in term if x != "..."})
    dotted = any("..." in term for term in terms)
    if rng.random() < 0.25:
        return text, None
    out = rng.sample(used, rng.randint(0, min(len(used), 4)))
    if dotted:
        out.insert(rng.randint(0, len(out)), "...")
    return f"{text}->{''.join(out)}", out


def interleaved(rng, terms, out, operands):
    """The same with labels as numbers; None where it cannot be written so."""
    number = {x: i for i, x in enumerate(sorted({x for term in terms for x in term if x != "..."}))}
    def labels(term):
        return [{"ellipsis": True} if x == "..." else number[x] for x in term]
    args = []
    for term, operand in zip(terms, operands):
        args += [encode(operand), labels(term)]
    return args + ([labels(out)] if out is not None else [])


def case(rng, number):
    terms, shapes = expression(rng)
    dtype = rng.choice(DTYPES)
    operands = [array(rng, dtype, shape) for shape in shapes]
    if len(operands) > 1 and shapes[0] == shapes[1] and rng.random() < 0.5:
        operands[1] = operands[0]
    text, out = subscripts(rng, terms)
    kwargs = {}
    if rng.random() < 0.6 and len(terms) > 1:
        kwargs["optimize"] = rng.choice(SEARCHES + [explicit(rng, len(terms))])
    args = [text] + [encode(x) for x in operands]
    if rng.random() < 0.2:
        args = interleaved(rng, terms, out, operands)
    return {"id": f"random/{number}", "op": "einsum", "args": args, "kwargs": kwargs}, text, operands


def plain(text):
    """The expression in ASCII letters in the same order, as NumPy takes them."""
    letters = sorted({x for x in text if x not in ",.->"})
    to = dict(zip(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
    return "".join(to.get(x, x) for x in text)


def wrong(answer, text, operands):
    want = np.einsum(plain(text), *operands)
    if answer.get("error"):
        return f"error {answer['error']}"
    got = answer["result"].get("array") or {"shape": [], "data": [answer["result"]["scalar"]],
                                            "dtype": answer["result"]["dtype"]}
    if list(want.shape) != got["shape"] or str(want.dtype) != got["dtype"]:
        return f"{got['dtype']} {got['shape']}, wanted {want.dtype} {list(want.shape)}"
    data = got["data"]
    if want.dtype.kind == "c":
        data = [complex(*z) for z in data]
    have = np.array(data, dtype=want.dtype).reshape(want.shape)
    if not np.allclose(have, want, rtol=1e-5 if want.dtype.itemsize < 8 else 1e-12, atol=0):
        return f"{have.reshape(-1)[:8]}, wanted {want.reshape(-1)[:8]}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--binary", default=str(ROOT / "build/bin/flopmeter"))
    parser.add_argument("--verbose", action="store_true")
    wanted = parser.parse_args()
    if not os.environ.get("FLOPMETER_BACKEND_DIR"):
        os.environ["FLOPMETER_BACKEND_DIR"] = str(pathlib.Path(wanted.binary).resolve().parents[1] / "lib")
    rng = random.Random(wanted.seed)
    made = [case(rng, i) for i in range(wanted.count)]
    lines = "\n".join(json.dumps(line) for line, _, _ in made) + "\n"
    done = subprocess.run([wanted.binary, "call", "--results", "all", "--device", wanted.device], input=lines, text=True,
                          capture_output=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    bad = 0
    for (line, text, operands), answer in zip(made, answers):
        why = wrong(answer, text, operands)
        if why is None:
            continue
        bad += 1
        if wanted.verbose:
            print(f"{line['id']} {text} {[x.shape for x in operands]} {operands[0].dtype} {line['kwargs']}: {why}")
    print(f"{len(answers) - bad} of {wanted.count} agree with NumPy {np.__version__}")
    return 0 if len(answers) == wanted.count and bad == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
