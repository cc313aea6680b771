#!/usr/bin/env python3
"""Asks cost_query for every recorded cost that shapes alone decide, with and without weights.

usage: costs.py COST_QUERY [--show N]    prints, for each file, how many of the recorded cases were
asked and how many agree; N failures are shown (default 20). Status 1 where one differs.
"""
import json
import subprocess
import sys

import cases
import questions


# Cases asked of each file; fewer means that questions.py lost some.
LEAST = {"accounting": 576, "numpy": 3252, "linalg": 256, "fft": 82, "random": 130,
         "polynomial": 114}


def accounting(case):
    """The question of an accounting function; None for symmetric operands and inspections."""
    if not case["op"].startswith("accounting.") or cases.has_symmetry([case["args"], case["kwargs"]]):
        return None
    if "identity_pattern" in case["kwargs"]:
        return None
    args = [cases.plain(a) for a in case["args"]]
    kwargs = {k: cases.plain(v) for k, v in case["kwargs"].items()}
    if case["op"] in ("accounting.einsum_cost", "accounting.multi_dot_cost"):
        args = args[:-1] + args[-1]
    return {"formula": case["op"], "args": args, "kwargs": kwargs}


def question(case, categories):
    if case.get("internal") or case.get("blacklisted") or case.get("context"):
        return None
    if case["op"].startswith("accounting."):
        return accounting(case)
    if case["error"] or cases.has_symmetry([case["args"], case["kwargs"]]):
        return None
    if case["op"] not in categories:
        return None
    return questions.of(case["op"], categories[case["op"]], case["args"], case["kwargs"])


def expected(case, weights):
    """The recorded charge, a negative one as 0; None where the call failed."""
    if case["error"]:
        return None
    if case["op"].startswith("accounting."):
        value = (case["result"] if weights else case["unit_result"])["scalar"]
    else:
        value = case["cost"] if weights else case["unit_cost"]
    return max(value, 0)


def ask(tool, asked):
    lines = "".join(json.dumps(q) + "\n" for q in asked)
    run = subprocess.run([tool], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def check(tool, name, categories, shown):
    """Prints the count of one file; returns the number that differ."""
    recorded = cases.read(name)
    asked, wanted, ids = [], [], []
    for case in recorded:
        base = question(case, categories)
        if base is None:
            continue
        for weights in (True, False):
            asked.append({**base, "weights": weights, "model": "flopscope-0.4"})
            wanted.append(expected(case, weights))
            ids.append(case["id"])
    answers = ask(tool, asked)
    if len(answers) != len(asked):
        print(f"{name}: {len(answers)} answers to {len(asked)} questions")
        return 1
    wrong = {}
    for number, (answer, want) in enumerate(zip(answers, wanted)):
        if answer.get("flops") != want:
            wrong.setdefault(ids[number], (asked[number], answer, want))
    cases_asked = len(asked) // 2
    print(f"{name}: {cases_asked - len(wrong)} of {cases_asked} agree, {len(recorded)} recorded")
    for key, (q, answer, want) in list(wrong.items())[:shown]:
        print(f"  {key}: {json.dumps(q)}: {json.dumps(answer)}, recorded {want}")
    if cases_asked < LEAST[name]:
        print(f"  fewer than the {LEAST[name]} that were asked before")
        return len(wrong) + 1
    return len(wrong)


def main(arguments):
    shown = int(arguments[arguments.index("--show") + 1]) if "--show" in arguments else 20
    listed = cases.operations()
    categories = {row["op"]: row["category"] for row in listed["supported"]}
    wrong = sum(check(arguments[0], name, categories, shown) for name in LEAST)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
