"""Gives golden_captures one small recorded call of every operation; what is refused under capture must be
what uncaptured.txt names: captures.py PROGRAM [--device D]."""
import os
import subprocess
import sys

import failures


def main():
    program, *options = sys.argv[1:]
    lines = [line for _, line in sorted(failures.chosen().items())]
    done = subprocess.run([program, *options], input="\n".join(lines) + "\n", text=True, stdout=subprocess.PIPE)
    told = done.stdout.splitlines()
    refused = {line.split()[1] for line in told if line.startswith("refused ")}
    print("\n".join(line for line in told if not line.startswith("refused ")))
    if done.returncode != 0:
        return done.returncode
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "uncaptured.txt")) as text:
        expected = {line.strip() for line in text if line.strip() and not line.startswith("#")}
    for name in sorted(refused - expected):
        print(name, "is refused, but uncaptured.txt does not name it")
    for name in sorted(expected - refused):
        print(name, "is captured, but uncaptured.txt names it")
    return 1 if refused != expected else 0


if __name__ == "__main__":
    sys.exit(main())
