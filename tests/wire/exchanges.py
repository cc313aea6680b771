"""Sequences of requests to both servers, reply by reply: handles, budgets, index keys, views, generators,
and what the protocol's own ops refuse. Usage: exchanges.py FLOPMETER [--verbose]"""
import os
import struct
import sys

import peers

if os.environ.get("FLOPMETER_WIRE_INNER") is None:
    python = peers.reference()
    os.environ["FLOPMETER_WIRE_INNER"] = "1"
    os.execv(python, [python] + sys.argv)

import msgpack  # noqa: E402

import remote  # noqa: E402
from remote import handle as h  # noqa: E402


def doubles(*values):
    return struct.pack("<%dd" % len(values), *values)


def ints(*values):
    return struct.pack("<%dq" % len(values), *values)


def s(*parts):
    return {"__slice__": list(parts)}


def op(name, *args, **kwargs):
    return {"op": name, "args": list(args), "kwargs": kwargs}


def top(name, **fields):
    return dict({"op": name}, **fields)


def create(data, shape, dtype):
    return op("create_from_data", data, shape, dtype)


OPEN = top("budget_open", args=None, kwargs={"flop_budget": 10**6, "flop_multiplier": 1.0})
CLOSE = top("budget_close", args=None, kwargs=None)
STATUS = top("budget_status", args=None, kwargs=None)
A = create(doubles(*[0.5 * i for i in range(24)]), [2, 3, 4], "float64")


def fetch(name):
    return top("fetch", args=None, kwargs={"handle_id": name})


def item(array, key):
    return op("__getitem__", h(array), key)


KEYS = [0, 1, -1, 1.7, True, False, None, s(None, None, None), s(0, 1, None), s(None, None, -1), s(None, None, 2), s(2),
        s(1.5, None, None), [0], [1], [], [0, 1], [0, 1, 2], [0, 1, -4], [s(None, None, None), 1],
        [s(None, None, None), s(1, 3, None), s(None, None, -2)], [0, s(None, None, None)], [None, 0], [0, None, 1],
        [s(0, 1, None)], [[0, 1]], [[0, 1], [1, 2]], [[0, 1], 0], [0, [1, 1, 2]], h("a1"), [h("a1")], [h("a1"), 0],
        [0, h("a1")], [h("a1"), h("a1")], [s(None, None, None), h("a1")], h("a2"), [h("a2"), 0], 2, -3, [0, 3], [0, 0, 0, 0],
        "x", {"y": 1}, s(0, 1, 0), h("a99"), [h("a99")], s("q", 1), s(), [[[0]]], s(-100, 100, 3), s(100, -100, -3)]

SEQUENCES = {
    "hello": [op("hello", client_version="0.4.3"), op("hello", client_version="0.4.2"), op("hello"), op("hello", client_version=""),
              op("hello", client_version=5), top("hello", kwargs=None), top("hello"), op("hello", client_version=b"0.4.3")],
    "no session": [STATUS, CLOSE, op("add", 1, 2), op("nothing"), fetch("a0"), top("free", ids=["a0"]), op("Generator.normal"),
                   top("fetch_slice", id="a0", slices=[]), item("a0", 0), A],
    "budgets": [OPEN, OPEN, STATUS, CLOSE, CLOSE,
                top("budget_open"), STATUS, CLOSE,
                top("budget_open", flop_budget=77, kwargs={"flop_multiplier": 3}), op("add", [1, 2], [3, 4]), STATUS, CLOSE,
                top("budget_open", flop_budget=77, flop_multiplier=3), op("add", [1, 2], [3, 4]), STATUS, CLOSE,
                top("budget_open", kwargs={"flop_budget": 77.5, "flop_multiplier": 2}), op("add", [1, 2], [3, 4]), STATUS,
                op("exp", [1.0, 2.0, 3.0]), op("add", [1] * 40, 1), STATUS, CLOSE,
                top("budget_open", kwargs={"flop_budget": 1e6, "flop_multiplier": 0.5}), op("add", [1, 2, 3], 1), STATUS, CLOSE,
                top("budget_open", kwargs={"flop_budget": 100, "flop_multiplier": 0}), op("add", [1, 2, 3], 1), STATUS, CLOSE],
    "create": [OPEN, A, create(doubles(1, 2), [2], "f8"), create(doubles(1, 2), [2, -1], "<f8"), create(doubles(1, 2), 2, "float"),
               create(doubles(1, 2), [3], "float64"), create(b"\1\2\3", [1], "float64"), create(doubles(1, 2), [2], "nothing"),
               op("create_from_data", doubles(1)), op("create_from_data"), create("text", [1], "int8"), create(5, [1], "int8"),
               create(b"", [0], "float32"), create(b"", [2, 0], "int8"), create(b"\1" * 8, [], "float64"), create(b"\0\1", [2], "bool"),
               top("create_from_data", data=doubles(1, 2), shape=[2], dtype="float64"),
               top("create_from_data", data=doubles(1, 2)), create(b"\1" * 16, [1], "complex128"), create(b"\1" * 4, [2], "float16"),
               create(doubles(1, 2), [-1, -1], "float64"), create(doubles(1, 2), [1.0, 2], "float64"), STATUS],
    "fetch": [OPEN, A, fetch("a0"), top("fetch", id="a0"), top("fetch", id=None, kwargs={"handle_id": "a0"}), fetch("a1"), fetch("zz"),
              top("fetch"), op("fetch"), top("fetch", id="a00"),
              top("fetch_slice", id="a0", slices=[[0, 1]]), top("fetch_slice", id="a0", slices=[[0, 1], [1], [None, None, 2]]),
              top("fetch_slice", id="a0", slices=[]), top("fetch_slice", id="a9", slices=[]), top("fetch_slice", kwargs={"id": "a0"}),
              top("fetch_slice", id="a0"), top("fetch_slice", id="a0", slices=[[0, 1], [0, 1], [0, 1], [0, 1]]),
              top("fetch_slice", id="a0", slices=[[1, 1]]), top("free", ids=["a0", "a7"]), fetch("a0"), top("free"),
              op("free", handles=["a0"]), A, fetch("a1")],
    "index": [OPEN, A, create(ints(0, 1), [2], "int64"), create(b"\1\0", [2], "bool")] + [item("a0", key) for key in KEYS] +
             [op("__getitem__", h("a0")), op("__getitem__"), STATUS],
    "astype": [OPEN, A] + [op("astype", h("a0"), d) for d in ("int8", "float32", "bool", "complex64", None, "nothing", "f4", 5)] +
              [op("astype", h("a0"), dtype="int16"), op("astype", h("a0")), op("astype"), op("astype", h("a5")), op("astype", 5, "int8")],
    "views": [OPEN, create(doubles(1, 2, 3, 4), [2, 2], "float64"), op("transpose", h("a0")), op("ravel", h("a0")), op("copy", h("a0")),
              item("a0", 0), op("put", h("a0"), 1, 9.0), fetch("a0"), fetch("a1"), fetch("a2"), fetch("a3"), fetch("a4"),
              op("fill_diagonal", h("a0"), 7), fetch("a1"), op("add", h("a4"), 1, out=h("a4")), fetch("a0"), fetch("a5"),
              op("place", h("a2"), [True, False, True, False], [5.0, 6.0]), fetch("a0"), op("copyto", h("a0"), 0), fetch("a1"),
              top("free", ids=["a0"]), fetch("a1"), STATUS],
    "arguments": [OPEN, create(b"\1\2\3", [3], "int8"), op("add", h("a0"), 300), op("add", h("a0"), 1.5), op("add", "a0", "a0"),
                  op("add", h("a0"), {"x": 1}), op("concatenate", [h("a0"), "a0"]), op("concatenate", [h("a0"), h("a8")]), op("add", 1, 2),
                  op("add", True, False), op("add", 1), op("add", 1, 2, nothing=3), op("add"), op("sum", [[1, 2], [3, 4]], axis=0),
                  op("sum", [[1, 2], [3, 4]], 1), op("sum", [[1, 2], [3, 4]], axis=5), op("sum", [[1, 2], [3, 4]], axis=[0]),
                  op("zeros", [2, 2], dtype="int32"), op("zeros", 3), op("full", [2], 7), op("arange", 5), op("arange", 0, 1, 0.25),
                  op("linspace", 0, 1, 5), op("linspace", 0, 1, 3, retstep=True), op("eye", 2), op("reshape", h("a0"), [3, 1]),
                  op("reshape", h("a0"), [2, 2]), op("split", h("a0"), 3), op("where", [True, False], 1, 2), op("where", [True, False]),
                  op("dot", [1.0, 2.0], [3.0, 4.0]), op("matmul", [[1, 2]], [[3], [4]]),
                  op("max", [3, 1, 2]), op("argmax", [3, 1, 2]), op("median", [3, 1, 2]), op("shape", [[1, 2]]), op("ndim", [1]), op("size", [1]),
                  op("isscalar", 5), op("can_cast", "int8", "float64"), op("result_type", "int8", "float32"), op("promote_types", "i4", "f4"),
                  op("array", [1, 2]), op("array", h("a0")), op("asarray", h("a0")), op("unique", [3, 1, 1], return_counts=True),
                  op("linalg.svd", [[1.0, 2.0], [3.0, 5.0]]), op("linalg.inv", [[1.0, 2.0], [2.0, 4.0]]), op("linalg.slogdet", [[2.0, 0], [0, 3.0]]),
                  op("random.bytes", 4), op("random.shuffle", h("a0")), op("random.seed", 5), op("random.rand", 2, 2), op("random.uniform"),
                  op("random.randint", 5), op("power", [2, 3], -1), op("nothing"), op("linalg.nothing"), op("stats.norm.cdf", [0.0]),
                  op("fft.fft", [1.0, 2.0]), op("histogram", [1.0, 2.0, 2.5], 2), op("take", [1, 2, 3], 7), op("save", "x"), op("array_repr", [1]),
                  op("divmod", 7, 3), op("modf", [1.5]), op("floor_divide", [1], [0]), op("bitwise_and", [1.5], [1]), op("gcd", [1.5], [2]), STATUS],
    "generators": [OPEN, op("random.default_rng", 5), op("random.default_rng"), op("random.default_rng", -1), op("random.default_rng", "x"),
                   op("random.default_rng", [1, 2]), op("Generator.normal", {"__gen__": "g0"}), op("Generator.normal", {"__gen__": "g0"}, size=[2, 3]),
                   op("Generator.integers", {"__gen__": "g0"}, 0, 10), op("Generator.integers", {"__gen__": "g0"}, 0, 10, [3]),
                   op("Generator.random", {"__gen__": "g0"}), op("Generator.random", {"__gen__": "g0"}, 2), op("Generator.choice", {"__gen__": "g0"}, 5),
                   op("Generator.choice", {"__gen__": "g0"}, [1.5, 2.5]), op("Generator.permutation", {"__gen__": "g0"}, 4),
                   op("Generator.shuffle", {"__gen__": "g0"}, [1]), op("Generator.nothing", {"__gen__": "g0"}), op("Generator.normal", {"__gen__": "g7"}),
                   op("Generator.normal"), op("Generator.normal", 5), op("Generator.normal", {"__gen__": "g0"}, scale=-1),
                   op("Generator.beta", {"__gen__": "g0"}, 1.0, 2.0), op("Generator.poisson", {"__gen__": "g0"}, 3.0, [2]),
                   op("random.Generator.normal", {"__gen__": "g1"}, size=3), op("add", {"__gen__": "g0"}, 1), STATUS, CLOSE, OPEN,
                   op("Generator.normal", {"__gen__": "g0"}), op("random.default_rng", 5)],
    "decoding": [OPEN, {"op": b"add", b"args": [1, 2], "kwargs": {}}, {"op": "add", "args": [1, 2], "kwargs": {}, "request_id": 7, "more": [1]},
                 {"op": "add", "args": [1, 2], "kwargs": None}, {"op": "sum", "args": [[1, 2]], "kwargs": {b"axis": 0}},
                 {"args": []}, [], 5, "add", None, {}, {"op": "zeros", "args": [b"a"]}],
}
# Sampled values are each server's own; time is nobody's; messages are ours.
LOOSE = ("random.", "Generator.")


def plain(reply, loose):
    reply = dict(reply)
    for key in ("message",):
        reply.pop(key, None)
    result = reply.get("result")
    if isinstance(result, dict):
        result = dict(result)
        result.pop("symmetry", None)
        if "budget_breakdown" in result:
            wide = result["budget_breakdown"]
            result = {"flop_budget": wide["flop_budget"], "flops_used": wide["flops_used"], "flops_remaining": wide["flops_remaining"],
                      "keys": sorted(wide), "operations": sorted((name, one["flop_cost"], one["calls"], sorted(one))
                                                                 for name, one in wide["operations"].items()),
                      "requests": result["comms_summary"]["request_count"], "fetches": result["comms_summary"]["fetch_count"],
                      "received": result["comms_summary"]["total_bytes_received"], "text": result["budget_summary"].split("\n\n")[0]}
        if loose and "value" in result:
            result["value"] = type(result["value"]).__name__
        reply["result"] = result
    if loose:
        reply.pop("data", None)
    return reply


def near(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(near(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(near(x, y) for x, y in zip(a, b))
    if isinstance(a, float) and isinstance(b, float):
        return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b))
    return type(a) is type(b) and a == b


def without_charges(reply):
    reply = dict(reply)
    reply.pop("budget", None)
    if isinstance(reply.get("result"), dict):
        reply["result"] = {k: v for k, v in reply["result"].items() if k not in ("flops_used", "flops_remaining", "operations", "text")}
    return reply


def main():
    verbose = "--verbose" in sys.argv
    servers = [remote.reference(sys.executable), remote.ours(os.path.abspath(sys.argv[1]))]
    clients = [server.connect() for server in servers]
    count, apart, used = 0, False, [0, 0]
    for name, messages in SEQUENCES.items():
        for message in [CLOSE] + messages:
            loose = isinstance(message, dict) and str(message.get("op")).startswith(LOOSE)
            packed = msgpack.packb(message, use_bin_type=True)
            raw = [client.raw_from(client.server, packed) for client in clients]
            theirs, ours = (msgpack.unpackb(one, strict_map_key=False) for one in raw)
            count += 1
            charges = []
            for at, reply in enumerate((theirs, ours)):
                budget, result = reply.get("budget"), reply.get("result")
                now = budget["flops_used"] if isinstance(budget, dict) else used[at]
                if message == STATUS and isinstance(result, dict):
                    now = result["flops_used"]
                charges.append(now - used[at])
                used[at] = now
            a, b = plain(theirs, loose), plain(ours, loose)
            # What is refused for its arguments was charged there; from then on the sums differ.
            apart |= used[0] != used[1]
            if apart:
                a, b = without_charges(a), without_charges(b)
            if message == CLOSE:
                apart, used = False, [0, 0]
            what = "%s: %s" % (name, str(message)[:150])
            remote.check(near(a, b) and (charges[0] == charges[1] or charges[1] < charges[0]), what,
                         "\n   %s\n   %s %s" % (str(theirs)[:300], str(ours)[:300], charges))
            if verbose:
                print(what, a)
    for server in servers:
        server.stop()
    print("%d exchanges" % count)
    remote.finish()


if __name__ == "__main__":
    main()
