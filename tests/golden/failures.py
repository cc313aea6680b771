"""Gives golden_failures one small recorded call of every operation: failures.py PROGRAM [--device D]."""
import json
import subprocess
import sys

import cases

FILES = ("numpy", "linalg", "fft", "random", "stats", "polynomial")
MOST = 1500  # characters of a line


def chosen():
    """For each operation the shortest call that succeeds, and one with keywords."""
    best = {}
    for name in FILES:
        for case in cases.read(name):
            if case.get("error") or case.get("internal") or case.get("blacklisted"):
                continue
            if any(map(cases.has_symmetry, case["args"])) or {"symmetry", "optimize"} & set(case["kwargs"]):
                continue
            line = json.dumps({key: case[key] for key in ("id", "op", "args", "kwargs")})
            kind = (case["op"], bool(case["kwargs"]))
            if len(line) < MOST and (kind not in best or len(line) < len(best[kind])):
                best[kind] = line
    return best


def main():
    program, *options = sys.argv[1:]
    lines = [line for _, line in sorted(chosen().items())]
    done = subprocess.run([program, *options], input="\n".join(lines) + "\n", text=True, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
