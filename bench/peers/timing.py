"""Times a peer's operation and prints its line, as bench/README.md describes it."""

import argparse
import json
import statistics
import time


def timed(operation, seconds=1.0, synchronize=None):
    """Samples of one call's time: enough calls a sample to pass the clock's grain, for `seconds`."""
    def sample(calls):
        start = time.perf_counter()
        for _ in range(calls):
            operation()
        if synchronize:
            synchronize()
        return (time.perf_counter() - start) / calls

    sample(1)
    calls = 1
    while sample(calls) * calls < 1e-3:
        calls *= 2
    samples = []
    end = time.perf_counter() + seconds
    while len(samples) < 5 or time.perf_counter() < end:
        samples.append(sample(calls))
    return samples


def run(benches):
    """Entry point of a peer script. `benches` maps (bench, peer) to a function that prepares the
    work and returns the operation, or (operation, synchronize)."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", help="this benchmark alone")
    only = parser.parse_args().only
    for (bench, peer), prepare in benches.items():
        if only not in (None, bench):
            continue
        line = {"bench": bench, "peer": peer}
        try:
            prepared = prepare()
        except ImportError as absent:
            print(json.dumps(line | {"error": str(absent)}), flush=True)
            continue
        operation, synchronize = prepared if isinstance(prepared, tuple) else (prepared, None)
        samples = timed(operation, synchronize=synchronize)
        print(json.dumps(line | {"seconds": statistics.median(samples), "min": min(samples),
                                 "max": max(samples), "runs": len(samples)}), flush=True)
