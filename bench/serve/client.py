"""Round trips through the unmodified client to the server of FLOPSCOPE_SERVER_URL: median and least
microseconds of each request, as JSON. Run with a Python that has flopscope-client."""
import json
import statistics
import sys
import time

import flopscope
from flopscope._connection import get_connection
from flopscope._protocol import encode_create_from_data, encode_fetch, encode_free, encode_request

ROUNDS = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0


def timed(call, count, after=lambda result: None):
    samples = []
    for _ in range(max(3, int(count * ROUNDS))):
        start = time.perf_counter()
        result = call()
        samples.append((time.perf_counter() - start) * 1e6)
        after(result)
    return {"median": statistics.median(samples), "least": min(samples)}


def main():
    send = get_connection().send_recv
    times = {}
    with flopscope.BudgetContext(flop_budget=10**9 * 10**6) as budget:
        ones = flopscope.ones((8,))
        free = lambda array: send(encode_free([array.handle_id])) if array.handle_id != "a1" else None
        times["budget_status"] = timed(budget.summary, 2000)
        times["add 8"] = timed(lambda: ones + ones, 2000, free)
        data = b"\1" * (8 * 256 * 256)
        create = lambda bytes, shape: send(encode_create_from_data(bytes, shape, "float64"))["result"]["id"]
        square = {"__handle__": create(data, [256, 256])}
        product = encode_request("matmul", args=[square, square], kwargs={})
        times["matmul 256"] = timed(lambda: send(product), 200,
                                    lambda reply: send(encode_free([reply["result"]["id"]])) if
                                    reply["result"]["id"] not in ("a0", "a1") else None)
        large = b"\1" * 64_000_000
        made = []
        times["create 64 MB"] = timed(lambda: create(large, [8_000_000]), 7, made.append)
        last = made[-1]
        for one in made[:-1]:
            if one != last:
                send(encode_free([one]))
        times["fetch 64 MB"] = timed(lambda: send(encode_fetch(last)), 7)
    print(json.dumps(times))


if __name__ == "__main__":
    main()
