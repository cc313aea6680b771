"""--graph: a step is captured once and replayed, on the fake device; the same numbers as without."""
import json
import os
import sys

from harness import bad, check, equal, finish, profile, run, scratch

FAKE = {"FLOPMETER_CUDA_FAKE": "1", "FLOPMETER_DEVICE": "cuda"}
SMALL = ["--layers", "64,32,10", "--batch", "16", "--size-multipliers", "1,4", "--epochs", "5",
         "--repeats", "2"]
# Steps of an epoch on the digits' 1438 samples by 32: 44 full ones, and one of 30 samples.
EPOCHS, FULL = 3, 44


def train(*words, status=0):
    got, out, err = run("train", "--format", "json", "--epochs", EPOCHS, *words, env=FAKE)
    equal((got, err), (status, ""), f"train {words}")
    return json.loads(out)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def training_is_the_same(folder):
    path = os.path.join(folder, "run.json")
    for optimizer in ("sgd", "momentum", "adam"):
        plain = train("--optimizer", optimizer)
        graph = train("--optimizer", optimizer, "--graph", "--report", path)
        for key in ("loss", "accuracy", "flops", "flops_spent"):
            equal([e[key] for e in graph["epochs"]], [e[key] for e in plain["epochs"]],
                  f"{optimizer}: {key}")
        report = load(path)
        rows = {r["op"]: r for r in report["operations"]}
        graphs = report["graphs"]
        equal(sum(r["replayed"] for r in rows.values()), graphs["replayed"], "replayed calls")
        equal(report["budget"]["used"], plain["flops_spent"], f"{optimizer}: used")
        # The first step of each size runs by itself; sgd's rate, new each epoch, is in its graph.
        loss = rows["nn.softmax_cross_entropy"]
        equal(loss["calls"], EPOCHS * (FULL + 1), f"{optimizer}: steps")
        equal(loss["replayed"], loss["calls"] - 2, f"{optimizer}: replayed steps")
        captures = 2 * EPOCHS - 1 if optimizer == "sgd" else 2
        equal(loss["captured"], captures, f"{optimizer}: captures")
        linear = rows["nn.linear"]
        check(0 < linear["captured_flops"] < linear["flops"], "captured is not used")
        # Evaluation runs by itself too, under a namespace of its own.
        training = [r for r in report["rows"] if r["op"] == "nn.linear" and r["name_space"] == "train"]
        equal(training[0]["replayed"], training[0]["calls"] - 4, f"{optimizer}: layers")
        for op in ("nn.sgd", "nn.adam"):
            equal(rows.get(op, {"replayed": 0})["replayed"], 0, f"{op} is launched by itself")


def executed_flops_are_those_of_the_calls(folder):
    found = []
    for words in ([], ["--graph"]):
        path = os.path.join(folder, "executed.json")
        train("--report", path, *words)
        found.append({r["op"]: (r["calls"], r["executed"], r["macs"], r["bytes"])
                      for r in load(path)["operations"]})
    equal(found[1], found[0], "calls, executed FLOPs, MACs, bytes")


def profiles_are_the_same():
    plain, graph = profile(*SMALL, env=FAKE), profile(*SMALL, "--graph", env=FAKE)
    for key in ("multiplier", "shape", "flops", "flops_per_sample", "runs", "status"):
        equal([r[key] for r in graph["rows"]], [r[key] for r in plain["rows"]], key)


def a_profile_captures_each_size_once(folder):
    path = os.path.join(folder, "sizes.json")
    profile(*SMALL, "--graph", "--report", path, env=FAKE)
    rows = {r["op"]: r for r in load(path)["operations"]}
    loss = rows["nn.softmax_cross_entropy"]
    equal((loss["calls"], loss["captured"], loss["replayed"]), (10, 2, 8), "of two sizes")
    equal([s["launches"] for s in load(path)["sweep"]], [5, 5], "a replay is one launch")
    profile(*SMALL, "--report", path, env=FAKE)
    equal([s["launches"] for s in load(path)["sweep"]], [30, 30], "six launches a step")
    text = os.path.join(folder, "sizes.txt")
    profile(*SMALL, "--graph", "--report", text, env=FAKE)
    with open(text, encoding="utf-8") as file:
        lines = [line.split() for line in file]
    check(any(line[:1] == ["captured"] for line in lines), "captured in the text")
    check(any(line[:1] == ["replayed"] for line in lines), "replayed in the text")
    check(["nn.linear", "float32", "4", "378.880", "k", "16", "1.516", "M", "20"] in lines,
          "an operation's captured and replayed calls")


def a_replay_is_charged_as_a_whole():
    step = train("--epochs", 1, "--batch", 1438)["flops_spent"]
    plain = train("--budget", 30000000, status=1)
    graph = train("--budget", 30000000, "--graph", status=1)
    check(step > 0 and graph["status"] == plain["status"] == "FM_ERR_BUDGET", graph["message"])
    check(graph["message"].startswith("graph: needs "), graph["message"])
    check(graph["flops_spent"] <= 30000000, "within the budget")


def what_cannot_be_replayed_is_said():
    bad("profile", "--device", "cpu", "--graph",
        names=["profile: --graph: cpu has no graphs to replay", "run when they are called"])
    bad("train", "--device", "cpu", "--graph", names=["train: --graph: cpu has no graphs"])
    bad("profile", "--graph", "--counters", env=FAKE, names=["--graph: hardware counters", "activity"])


if not os.path.exists(os.path.join(os.environ["FLOPMETER_BACKEND_DIR"],
                                   "libflopmeter_cuda_fake.so")):
    sys.exit(77)
with scratch() as folder_:
    FAKE["XDG_CACHE_HOME"] = folder_
    equal(run("calibrate", "--seconds", "0.01", env=FAKE)[0], 0, "calibrate")
    training_is_the_same(folder_)
    executed_flops_are_those_of_the_calls(folder_)
    a_profile_captures_each_size_once(folder_)
profiles_are_the_same()
a_replay_is_charged_as_a_whole()
what_cannot_be_replayed_is_said()
finish()
