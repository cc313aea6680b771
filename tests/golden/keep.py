"""Keeps calls that differed once, as `differential.py --save` writes them, among the cases of
found.jsonl.xz: run again by an installed flopscope 0.4.3, with its weights and without.

    python keep.py differing.jsonl
"""
import json
import lzma
import pathlib
import sys

import flopscope._weights as weights

import cases
import reference

PATH = cases.HERE / "found.jsonl.xz"


def kept(case):
    """A case of the call, or None where the reference says nothing."""
    weights.load_weights()
    weighted = reference.record(case)
    weights.reset_weights()
    plain = reference.record(case)
    if weighted is None or plain is None:
        return None
    return dict(weighted, unit_cost=plain["cost"])


def main():
    known = cases.read("found") if PATH.exists() else []
    calls = {json.dumps([case["op"], case["args"], case["kwargs"]]) for case in known}
    for name in sys.argv[1:]:
        for line in pathlib.Path(name).read_text(encoding="utf-8").splitlines():
            case = kept(json.loads(line))
            call = json.dumps([case["op"], case["args"], case["kwargs"]]) if case else None
            if call and call not in calls:
                calls.add(call)
                known.append(dict(case, id=f"found/{len(known)}"))
    with lzma.open(PATH, "wt", encoding="utf-8", preset=9) as lines:
        lines.writelines(json.dumps(case, separators=(",", ":")) + "\n" for case in known)
    print(f"{len(known)} calls are kept")


if __name__ == "__main__":
    main()
