"""flopmeter call, end to end: lines and answers, bad lines, streaming, files, Ctrl-C."""
import json
import os
import resource
import signal
import subprocess
import time

from harness import COMMAND, check, equal, finish, run, scratch


def call(*lines, words=(), raw=False):
    """The answers to lines given as objects, or as they are."""
    text = "\n".join(line if raw else json.dumps(line) for line in lines) + "\n"
    done = subprocess.run([COMMAND, "call", *words], input=text, capture_output=True, text=True, timeout=120)
    equal((done.returncode, done.stderr), (0, ""), f"status of call {words}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def one(op, *args, words=(), context=None, **kwargs):
    line = {"op": op, "args": list(args), "kwargs": kwargs}
    if context:
        line["context"] = context
    return call(line, words=words)[0]


def array(dtype, shape, data):
    return {"array": {"dtype": dtype, "shape": shape, "data": data}}


def answers():
    got = one("add", [1, 2, 3], 0.5)
    equal(got["result"], array("float64", [3], [1.5, 2.5, 3.5]), "add")
    equal((got["cost"], got["unit_cost"], got["log"], got["error"]), (3, 3, [["add", 3]], None), "its cost")
    got = one("exp", [0.0, 1.0])
    equal((got["cost"], got["unit_cost"]), (32, 2), "exp's weight")
    got = call({"id": "x/1", "op": "sum", "args": [[1, 2]]}, {"id": 7, "op": "sum", "args": [[1.5]]})
    equal([(g["id"], g["result"]) for g in got], [("x/1", array("int64", [], [3])), (7, array("float64", [], [1.5]))], "ids")


def forms():
    a = array("complex128", [2], [[1, 2], ["nan", "-inf"]])
    equal(one("positive", a)["result"], array("complex128", [2], [[1, 2], ["nan", "-inf"]]), "complex")
    equal(one("positive", array("float32", [2], [0.1, 3e38]))["result"]["array"]["data"], [0.1, 3e38], "float32")
    equal(one("positive", array("uint64", [1], [18446744073709551615]))["result"]["array"]["data"],
          [18446744073709551615], "uint64")
    equal(one("positive", array("int64", [1], [-9007199254740993]))["result"]["array"]["data"],
          [-9007199254740993], "int64 past 2^53")
    fill = {"fill": {"dtype": "int64", "shape": [3], "rule": "lcg", "seed": 1}}
    x, values = 1, []
    for _ in range(3):
        x = (1664525 * x + 1013904223) % 2**32
        values.append((x >> 16) % 201 - 100)
    equal(one("positive", fill)["result"]["array"]["data"], values, "fill")
    equal(one("add", {"scalar": {"dtype": "float32", "value": 1.5}}, array("float32", [1], [1]))["result"],
          array("float32", [1], [2.5]), "scalar")
    equal(one("multiply", [1.0], {"complex": [0, 1]})["result"], array("complex128", [1], [[0, 1]]), "complex number")
    equal(one("minimum", [1.0], {"float": "-inf"})["result"], array("float64", [1], ["-inf"]), "infinity")
    equal(one("reshape", {"zeros": {"dtype": "bool", "shape": [2, 2]}}, {"tuple": [4]})["result"],
          array("bool", [4], [False] * 4), "tuple")
    equal(one("add", [1, 2], {"ref": 0})["result"]["array"]["data"], [2, 4], "ref")
    equal(one("astype", array("int8", [1], [3]), {"type": "float16"})["result"], array("float16", [1], [3]), "type")
    big = {"zeros": {"dtype": "float64", "shape": [321]}}
    check("data" not in one("positive", big)["result"]["array"], "321 elements are left out")
    equal(len(one("positive", big, words=["--results", "all"])["result"]["array"]["data"]), 321, "all of them")
    check("data" not in one("positive", [1], words=["--results", "none"])["result"]["array"], "none of them")


def budgets():
    got = one("exp", [0.0] * 10, context={"flop_budget": 100})
    equal((got["error"]["type"], got["cost"], got["unit_cost"], got["log"]), ("BudgetExhaustedError", 0, 10, []),
          "a budget that is too small")
    equal(one("exp", [0.0] * 10, context={"flop_multiplier": 0.5})["cost"], 80, "a multiplier")
    lines = [{"op": "exp", "args": [[0.0] * 10], "context": {"flop_budget": 160}}] * 3
    equal([g["cost"] for g in call(*lines)], [160] * 3, "each line has its own")
    equal(one("budget.deduct", "exp", 10)["log"], [["exp", 160]], "a charge")
    got = one("accounting.svd_cost", 256, 256, k=10)
    equal((got["result"], got["unit_result"]), ({"scalar": 2621440, "dtype": "int"}, {"scalar": 655360, "dtype": "int"}),
          "a formula")
    equal(one("add", [[1.0]], [[2.0]], words=["--cost-model", "torch"])["cost"], 0, "another model")


def failures():
    for op, kind in (("bogus", "AttributeError"), ("save", "UnsupportedFunctionError"), ("_gather", "AttributeError"),
                     ("set_printoptions", "UnsupportedFunctionError"), ("random.Generator.bogus", "UnsupportedFunctionError")):
        got = one(op)
        equal((got["error"]["type"], got["cost"], got["log"]), (kind, 0, []), op)
    got = one("add", [1, 2], [1, 2, 3])
    equal((got["error"]["type"], got["result"], got["cost"]), ("ValueError", None, 0), "shapes")
    equal(one("sum", [1], axis=3)["error"]["type"], "AxisError", "an axis")
    equal(one("add", [1], [2], axis=0)["error"]["type"], "TypeError", "a keyword")
    equal(one("gcd", [1.5], [2])["error"]["type"], "UFuncTypeError", "a dtype")
    for arg in ({"array": {"dtype": "float64", "shape": [2], "data": [1]}}, {"array": {"dtype": "float9", "shape": [], "data": []}},
                {"array": {"dtype": "float64", "shape": [-1], "data": []}}, {"tuple": 3}, {"slice": [1]}, {"ref": 5}, {},
                {"npy": "/nonexistent/file.npy"}, {"bytes": "0"}, {"fn": "bogus"}, {"complex": [1]}, {"float": "many"},
                {"array": {"dtype": "float64", "shape": [9223372036854775807, 9], "data": []}}, {"what": 1}):
        got = one("positive", arg)
        check(got["error"] and got["cost"] == 0, f"{arg}: {got}")


def bad_lines():
    lines = ["garbage", "[1]", "3", '{"op": 5}', '{"op": "add", "args": 3}', '{"op": "add", "args": [1}', '{"op": "add"} more',
             '{"op": "add", "args": [01]}', '{"op": "add", "args": ["\\x"]}', "[" * 5000, '{"op": "sum", "args": [[NaN]]}',
             '{"op": "sum", "args": [["\\ud800"]]}', '"' + "a" * 100000, '{"op":"sum","args":[1e999]}', "\x01"]
    got = call(*lines, '{"id": "last", "op": "add", "args": [1, 2]}', raw=True)
    equal(len(got), len(lines) + 1, "a line each")
    for line, g in zip(lines, got):
        if "1e999" not in line:
            check(g["error"], f"{line[:40]!r} is an error")
    equal(got[-1]["error"], None, "and the last is answered")
    equal(call("", "  ", '{"op": "add", "args": [1, 2]}', "", raw=True)[0]["error"], None, "blank lines are passed over")
    done = subprocess.run([COMMAND, "call"], input=b'{"op": "add", "args": [1, 2]}', capture_output=True, check=False)
    equal(len(done.stdout.splitlines()), 1, "a last line without its end")
    done = subprocess.run([COMMAND, "call"], input=b'{"op": "\xff\xfe"}\n\0\n', capture_output=True, check=False)
    equal((done.returncode, len(done.stdout.splitlines())), (0, 2), "bytes that are no text")


def streams():
    """An answer comes before the next line is given, and many lines take no more memory than few."""
    process = subprocess.Popen([COMMAND, "call"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for i in range(3):
        process.stdin.write(json.dumps({"id": i, "op": "add", "args": [i, 1]}) + "\n")
        process.stdin.flush()
        equal(json.loads(process.stdout.readline())["id"], i, "an answer to each line as it comes")
    process.stdin.close()
    equal(process.wait(timeout=60), 0, "status")
    if os.environ.get("SANITIZED"):
        return
    line = (json.dumps({"op": "add", "args": [[1.0] * 1000, 1.0]}) + "\n").encode()
    peaks = []
    for count in (500, 20000):
        with scratch() as folder:
            path = os.path.join(folder, "lines.jsonl")
            with open(path, "wb") as file:
                file.writelines(line for _ in range(count))
            child = subprocess.Popen([COMMAND, "call", path], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            equal(child.returncode, 0, f"{count} lines")
            peaks.append(usage.ru_maxrss)
    check(peaks[1] < peaks[0] * 1.1 + 2048, f"peak memory {peaks} KiB")


def files():
    with scratch() as folder:
        paths = [os.path.join(folder, f"{i}.jsonl") for i in range(2)]
        for i, path in enumerate(paths):
            with open(path, "w", encoding="utf-8") as file:
                file.write(json.dumps({"id": i, "op": "add", "args": [i, i]}) + "\n")
        status, out, err = run("call", *paths)
        equal((status, err, [json.loads(line)["id"] for line in out.splitlines()]), (0, "", [0, 1]), "two files")
        status, out, err = run("call", paths[0], os.path.join(folder, "missing"))
        equal((status, len(out.splitlines())), (2, 1), "a missing file")
        check("missing" in err, "is named")
    for words, name in ((["--results", "some"], "--results"), (["--seed", "-1"], "--seed"), (["--bogus"], "--bogus"),
                        (["--device", "tpu"], "--device"), (["--cost-model", "school"], "--cost-model")):
        status, out, err = run("call", *words)
        equal((status, out), (2, ""), f"status of {words}")
        check(name in err, f"{name} is named")


def seeds():
    words = ["--results", "all", "--seed", "5"]
    line = {"op": "random.random", "args": [4]}
    a, b = call(line, line, words=words)
    equal(a["result"], b["result"], "each line begins the stream anew")
    check(call(line, words=["--results", "all", "--seed", "6"])[0]["result"] != a["result"], "another seed")


def interrupts():
    process = subprocess.Popen([COMMAND, "call"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.write(json.dumps({"op": "add", "args": [1, 2]}) + "\n")
    process.stdin.flush()
    check(json.loads(process.stdout.readline())["error"] is None, "an answer")
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    equal(process.wait(timeout=60), 130, "status after Ctrl-C while waiting")
    process.stdin.close()


def limits_hold():
    """A line longer than the limit is refused; output that cannot be written ends the command."""
    done = subprocess.run(f"'{COMMAND}' call >/dev/full", shell=True, input=b'{"op": "add", "args": [1, 2]}\n',
                          capture_output=True, check=False)
    equal(done.returncode, 1, "a full device")
    check(b"stdout" in done.stderr, "it says so")


resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
for subject in (answers, forms, budgets, failures, bad_lines, streams, files, seeds, interrupts, limits_hold):
    subject()
finish()
