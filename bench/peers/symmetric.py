"""The contractions of tests/golden/symmetry.jsonl.xz: those that were recorded without an error.

As a program it prints them for bench_einsum_cost.c, one a line: subscripts, cost and number of
operands; then of each operand the first that is the same tensor, its number of axes and their
extents, its number of generators, and if that is not 0 its group's degree, axes and generators.
"""

import pathlib
import sys

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "tests/golden"


def contractions():
    """(subscripts, operands, cost); an operand is (the first that is the same, shape, group)."""
    sys.path.insert(0, str(GOLDEN))
    import cases

    for case in cases.read("symmetry"):
        if case["op"] != "einsum" or case["error"] or case["kwargs"]:
            continue
        subscripts, *arguments = case["args"]
        operands = []
        for number, argument in enumerate(arguments):
            if "ref" in argument:
                operands.append(operands[argument["ref"] - 1])
                continue
            (body,) = argument.values()
            operands.append((number, body["shape"], body.get("symmetry")))
        yield subscripts, operands, case["unit_cost"]


def main():
    for subscripts, operands, cost in contractions():
        numbers = [cost, len(operands)]
        for same, shape, group in operands:
            numbers += [same, len(shape), *shape, len(group["generators"]) if group else 0]
            if group:
                numbers += [len(group["axes"]), *group["axes"], *sum(group["generators"], [])]
        print(subscripts, *numbers)


if __name__ == "__main__":
    main()
