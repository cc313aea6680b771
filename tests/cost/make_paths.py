"""Writes data/paths.txt.gz: expressions with the extents of their labels, and the FLOPs of the path that
opt_einsum's `auto` finds for each: its own examples (of its tests), and 500 random ones of 3 to 24 operands.

    python make_paths.py        with a Python that has opt_einsum 3.4.0
"""
import gzip
import pathlib
import random

import opt_einsum
from opt_einsum.testing import rand_equation
from opt_einsum.tests import test_contract, test_paths

assert opt_einsum.__version__ == "3.4.0"
SIZES = [2, 3, 4, 5, 6, 7, 8, 9]


def ascii_labels(expression):
    """With letters of the alphabet alone, or None where they do not suffice."""
    letters = iter("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    to = {}
    for x in expression:
        if x not in ",->" and x not in to:
            to[x] = next(letters, None)
    return None if None in to.values() else "".join(to.get(x, x) for x in expression)


def published():
    found = []
    for module in (test_contract, test_paths):
        for value in vars(module).values():
            items = value if isinstance(value, (list, tuple)) else []
            for item in items:
                texts = [item] if isinstance(item, str) else [x for x in item if isinstance(x, str)] \
                    if isinstance(item, (list, tuple)) else []
                found += [x for x in texts if "," in x and "." not in x]
    return sorted(set(found))


def with_sizes(expression):
    labels = sorted(set(expression) - set(",->"))
    return {x: SIZES[i % len(SIZES)] for i, x in enumerate(labels)}


def random_ones(count):
    rng = random.Random(5)
    made = 0
    while made < count:
        n = rng.choice([3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24])
        text, _, sizes = rand_equation(n, rng.choice([2, 3, 3, 4]), n_out=rng.randint(0, 3), d_min=2,
                                       d_max=rng.choice([4, 9]), global_dim=rng.random() < 0.1,
                                       seed=rng.randrange(1 << 30), return_size_dict=True)
        plain = ascii_labels(text)
        if plain is None:
            continue
        made += 1
        to = dict(zip([x for x in text if x not in ",->"], [x for x in plain if x not in ",->"]))
        yield plain, {to[x]: size for x, size in sizes.items()}


def flops(expression, sizes):
    shapes = [tuple(sizes[x] for x in term) for term in expression.split("->")[0].split(",")]
    return int(opt_einsum.contract_path(expression, *shapes, shapes=True, optimize="auto")[1].opt_cost)


def main():
    lines = []
    for text in published():
        plain = ascii_labels(text)
        if plain is None or plain.count(",") < 2:
            continue
        sizes = with_sizes(plain)
        try:
            lines.append((plain, sizes, flops(plain, sizes)))
        except ValueError:
            continue
    examples = len(lines)
    lines += [(text, sizes, flops(text, sizes)) for text, sizes in random_ones(500)]
    out = "".join(f"{text} {','.join(f'{x}={n}' for x, n in sorted(sizes.items())) or '-'} {cost}\n"
                  for text, sizes, cost in lines)
    path = pathlib.Path(__file__).parent / "data" / "paths.txt.gz"
    path.write_bytes(gzip.compress(out.encode(), 9, mtime=0))
    print(f"{examples} examples and {len(lines) - examples} random expressions")


main()
