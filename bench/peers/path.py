"""Paths of the expressions of tests/cost/data/paths.txt.gz by opt_einsum's `auto`, one after the other."""

import gzip
import pathlib

import timing


def opt_einsum_paths():
    import opt_einsum

    data = pathlib.Path(__file__).parents[2] / "tests/cost/data/paths.txt.gz"
    work = []
    for line in gzip.open(data, "rt"):
        text, extents, _ = line.split()
        size = {x[0]: int(x[2:]) for x in extents.split(",") if "=" in x}
        terms, _, output = text.partition("->")
        sets = [frozenset(term) for term in terms.split(",")]
        if not _:
            output = "".join(sorted(x for x in size if terms.count(x) == 1))
        work.append((sets, frozenset(output), size))

    def operation():
        for sets, output, size in work:
            opt_einsum.paths.auto(sets, output, size)

    return operation


timing.run({("path.examples", "opt_einsum"): opt_einsum_paths})
