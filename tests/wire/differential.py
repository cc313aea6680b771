"""The same requests to flopscope's server and to ours: status, error type, form of the result, dtype,
shape, handle, charge and values, for the recorded calls of every operation.

    differential.py FLOPMETER [--op REGEX] [--verbose] [--without-symmetry]

--without-symmetry leaves the symmetry of results, and einsum of three operands and more, uncompared.

Two differences of the charges are meant: what is refused for its arguments costs nothing here, and no
charge is below 0. Where flopscope's server fails on its own account, ours answers."""
import argparse
import collections
import json
import os
import pathlib
import re
import sys

import peers

if "numpy" not in sys.modules and os.environ.get("FLOPMETER_WIRE_INNER") is None:
    python = peers.reference()
    os.environ["FLOPMETER_WIRE_INNER"] = "1"
    os.execv(python, [python] + sys.argv)

import numpy as np  # noqa: E402

import remote  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "golden"))
import cases  # noqa: E402

FILES = ["numpy", "linalg", "fft", "random", "stats", "polynomial", "errors"]
# Sampled values are each server's own; memory that nobody wrote and orders that nobody stated too.
NO_VALUES = re.compile(r"^(random\.|empty|partition$|argpartition$|linalg\.(svd|qr|eig|eigh|eigvals)$|roots$)")


class LeftOut(Exception):
    """What no client can send."""


def elements(body):
    dtype = np.dtype(body["dtype"])
    if "rule" in body:
        x, values = body["seed"], []
        for _ in range(int(np.prod(body["shape"], dtype=int)) * (2 if dtype.kind == "c" else 1)):
            x = (1664525 * x + 1013904223) % 2**32
            values.append(x / 2**32 if dtype.kind in "fc" else x % 2 if dtype.kind == "b" else x % 100)
        if dtype.kind == "c":
            values = [complex(a, b) for a, b in zip(values[::2], values[1::2])]
        return np.array(values, dtype).reshape(body["shape"])
    if "data" not in body:
        return np.zeros(body["shape"], dtype)
    if dtype.kind == "c":
        values = [complex(float(a), float(b)) if isinstance((a, b), tuple) else a for a, b in body["data"]]
        return np.array(values, dtype).reshape(body["shape"])
    values = [float(v) if isinstance(v, str) else v for v in body["data"]]
    return np.array(values).astype(dtype).reshape(body["shape"]) if values else np.zeros(body["shape"], dtype)


class Call:
    """A recorded call as requests: its arrays, then itself."""

    def __init__(self, case):
        self.arrays, self.places = [], {}
        self.args = [self.value(v, case["args"]) for v in case["args"]]
        self.kwargs = {k: self.value(v, case["args"]) for k, v in case["kwargs"].items()}
        self.op = case["op"]

    def array(self, array):
        if 0 < array.nbytes <= 32 and all(32 <= b < 128 for b in array.tobytes()):
            raise LeftOut  # the reference takes such bytes for text
        self.arrays.append(array)
        return remote.handle("a%d" % (len(self.arrays) - 1))

    def value(self, value, args):
        if isinstance(value, list):
            return [self.value(v, args) for v in value]
        if not isinstance(value, dict):
            if isinstance(value, str) and not 0 < len(value) <= 32:
                raise LeftOut
            return value
        form, body = next(iter(value.items()))
        if form in ("array", "fill", "zeros"):
            if "symmetry" in value or "symmetry" in body:
                raise LeftOut
            return self.array(elements(body))
        if form == "tuple":
            return [self.value(v, args) for v in body]
        if form == "ref":
            return self.args[body] if body < len(getattr(self, "args", [])) else self.again(args[body], body)
        if form == "float":
            return float(body)
        if form == "scalar" and not isinstance(body["value"], list):
            return float(body["value"]) if isinstance(body["value"], str) else body["value"]
        raise LeftOut

    def again(self, value, place):
        if place not in self.places:
            raise LeftOut
        return self.places[place]


def run(client, call, fetch):
    """What a server makes of it: the reply, what it charged, and the elements of its arrays."""
    client.request("budget_close")
    client.request("budget_open", kwargs={"flop_budget": 10**15, "flop_multiplier": 1.0})
    for array in call.arrays:
        made = client.request("create_from_data", [array.tobytes(), list(array.shape), str(array.dtype)])
        if made["status"] != "ok":
            return made, None, []
    op, args, kwargs = call.op, call.args, call.kwargs
    if op.startswith("random.Generator."):
        generator = client.request("random.default_rng", [7])["result"]["gen_id"]
        args = [{"__gen__": generator}] + args
    reply = client.request(op, args, kwargs)
    used = client.request("budget_status")["result"]["flops_used"]
    values = []
    if fetch and reply["status"] == "ok":
        for one in reply["result"].get("multi", [reply["result"]]):
            if "id" in one:
                got = client.request("fetch", kwargs={"handle_id": one["id"]})
                assert got["status"] == "ok", (op, got)
                values.append(np.frombuffer(got["data"], got["dtype"]).reshape(got["shape"]))
            else:
                values.append(one.get("value"))
    return reply, used, values


def form(result):
    """A result without its values."""
    if result is None:
        return None
    if "multi" in result:
        return [form(one) for one in result["multi"]]
    return {k: v for k, v in result.items() if k not in ("value", "symmetry")} | (
        {"value": type(result["value"]).__name__} if "value" in result else {})


# These work here, and fail in flopscope's server whatever they are given.
WORK_HERE = {"common_type", "in1d", "trapz", "random.random_integers"}


def same_value(want, got, dtype):
    if isinstance(want, np.ndarray) or isinstance(want, (int, float)):
        a, b = np.asarray(want), np.asarray(got)
        if a.shape != b.shape:
            return False
        if a.dtype.kind not in "fc":
            return bool((a == b).all())
        dtype = np.dtype(dtype if dtype in np.sctypeDict else a.dtype)
        narrow = dtype.itemsize < 8 or dtype == np.complex64
        tolerance = 1e-3 if dtype == np.float16 else 1e-4 if narrow else 1e-9
        finite = np.abs(a[np.isfinite(a)])
        scale = float(finite.max()) if finite.size else 0.0
        return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True))
    return want == got


def differences(case, want, got):
    """(what differs, the two) or nothing."""
    (reply, used, values), (our_reply, our_used, our_values) = want, got
    symmetric = any("symmetry" in one for one in [reply.get("result") or {}] if isinstance(one, dict))
    if case["op"] in WORK_HERE:
        return
    if reply["status"] == "error":
        kind = reply["error_type"]
        if kind == "FlopscopeServerError" and "failed to serialize" in reply["message"]:
            return  # a complex scalar
        if our_reply["status"] != "error":
            yield "status", (kind, reply["message"][:80]), "ok"
            return
        if kind != our_reply["error_type"]:
            yield "error type", (kind, reply["message"][:80]), (our_reply["error_type"], our_reply["message"][:80])
        if our_used not in (used, 0):
            yield "charge", used, our_used
        return
    if our_reply["status"] == "error":
        yield "status", "ok", (our_reply["error_type"], our_reply["message"][:120])
        return
    if form(reply["result"]) != form(our_reply["result"]):
        yield "form", form(reply["result"]), form(our_reply["result"])
    elif not NO_VALUES.search(case["op"]) and case.get("compare") != "none":
        items = reply["result"].get("multi", [reply["result"]])
        for one, a, b in zip(items, values, our_values):
            if not same_value(a, b, one.get("dtype")):
                yield "value", str(a)[:80], str(b)[:80]
                break
    if max(used, 0) != our_used:
        yield "charge", used, our_used
    if symmetric != ("symmetry" in (our_reply.get("result") or {})):
        yield "symmetry", symmetric, not symmetric


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--op", default="")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--without-symmetry", action="store_true")
    options = parser.parse_args()
    servers = [remote.reference(sys.executable), remote.ours(os.path.abspath(options.command))]
    clients = [server.connect() for server in servers]
    found, examples, compared, left = collections.Counter(), {}, 0, 0
    operations, died = set(), []
    for name in FILES:
        for case in cases.read(name):
            if not re.search(options.op, case["op"]) or case.get("internal") or case.get("blacklisted"):
                continue
            if options.without_symmetry and case["op"].startswith("einsum"):
                continue
            try:
                call = Call(case)
            except (LeftOut, KeyError, TypeError, ValueError, OverflowError):
                left += 1
                continue
            try:
                want = run(clients[0], call, fetch=True)
            except ConnectionError:  # a request that kills flopscope's server
                clients[0].close()
                servers[0].stop()
                servers[0] = remote.reference(sys.executable)
                clients[0] = servers[0].connect()
                died.append(case["id"])
                want = None
            got = run(clients[1], call, fetch=True)
            if want is None:
                continue
            compared += 1
            operations.add(case["op"])
            for what, a, b in differences(case, want, got):
                if options.without_symmetry and what == "symmetry":
                    continue
                found[case["op"], what] += 1
                examples.setdefault((case["op"], what), (case["id"], a, b))
                if options.verbose:
                    print(case["id"], what, a, b, json.dumps([case["args"], case["kwargs"]])[:300])
    for server in servers:
        server.stop()
    for (op, what), count in sorted(found.items()):
        print("%-32s %-11s %4d  %s: %s | %s" % ((op, what, count) + examples[op, what]))
    if died:
        print("flopscope's server died of %d of them: %s" % (len(died), ", ".join(died[:5])))
    print("%d requests of %d operations compared, %d left out, %d differ" %
          (compared, len(operations), left, sum(found.values())))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
