"""train, cost, ops, info and help."""
import json

from harness import check, equal, finish, ok, run


def costs():
    einsum = ("cost", "einsum", "ij,jk->ik", "256,256", "256,256")
    equal(ok(*einsum), "33554432\n", "einsum")
    equal(ok(*einsum, "--mac"), "16777216\n", "einsum --mac")
    equal(ok("cost", "svd", "256", "256", "--k", "10"), "2621440\n", "svd")
    equal(ok("cost", "svd", "256", "256", "--k=10"), "2621440\n", "svd --k=10")
    equal(ok(*einsum, "--cost-model", "flopscope-0.4"), "33488896\n", "einsum, flopscope-0.4")
    equal(ok(*einsum, env={"FLOPMETER_COST_MODEL": "flopscope-0.4"}), "33488896\n", "environment")
    answer = json.loads(ok(*einsum, "--json"))
    equal((answer["version"], answer["flops"], answer["macs"]), (1, 33554432, 16777216), "json")
    equal(answer["cost_model"], "textbook", "json's model")
    equal(sum(p["flops"] for p in answer["parts"]), 33554432, "the parts add up")
    equal(json.loads(ok(*einsum, "--format", "json")), answer, "--format json")
    names = [f["name"] for f in json.loads(ok("cost", "--list", "--json"))]
    check("svd" in names and "einsum" in names, "formulas")
    check("svd" in ok("cost", "--list"), "formulas as text")


def training():
    status, out, err = run("train", "--data", "digits", "--layers", "64,128,10", "--format", "json")
    equal((status, err), (0, ""), "train")
    t = json.loads(out)
    check(t["epochs"][-1]["accuracy"] >= 0.97, f"accuracy {t['epochs'][-1]['accuracy']}")
    check(t["epochs"][0]["loss"] > t["epochs"][-1]["loss"], "the loss falls")
    equal((t["samples"], t["held_out"]), (1438, 359), "a fifth is held out")
    spent = [e["flops_spent"] for e in t["epochs"]]
    equal(spent, sorted(spent), "FLOPs spent grow")
    equal(t["flops_spent"], spent[-1], "FLOPs spent")
    text = ok("train", "--epochs", "2")
    for word in ("epoch", "loss", "accuracy", "FLOPs spent", "GFLOP/s", "nn.linear", "overhead"):
        check(word in text, f"{word} is printed")
    for name in ("sgd", "momentum"):
        t = json.loads(ok("train", "--optimizer", name, "--format", "json"))
        check(t["epochs"][-1]["accuracy"] > 0.93, f"{name} learns")
    t = json.loads(ok("train", "--data", "synthetic", "--layers", "20,16,4", "--epochs", "2", "--format",
                      "json"))
    check(t["epochs"][-1]["accuracy"] > 0.9, "synthetic data are learnt")


def a_budget_ends_training():
    status, out, _ = run("train", "--budget", "2e8")
    equal(status, 1, "status")
    check("The budget ended in epoch 3" in out, "it says so")
    check("needs" in out and "remain" in out, "and what did not fit")
    check("200,000,000" in out, "the summary follows")
    status, out, _ = run("train", "--budget", "2e8", "--format", "json")
    equal((status, json.loads(out)["status"]), (1, "FM_ERR_BUDGET"), "in JSON")
    check(json.loads(out)["flops_spent"] <= 200000000, "never past the budget")
    status, out, _ = run("train", "--time-limit", "1e-3", "--epochs", "1000")
    equal(status, 1, "status of the time limit")
    check("time limit" in out, "it says so")


def information():
    text = ok("info")
    for word in ("flopmeter 0.", "textbook", "flopscope-0.4", "torch", "cpu", "cuda", "threads"):
        check(word in text, f"info has {word}")
    info = json.loads(ok("info", "--format", "json"))
    cpu = next(b for b in info["backends"] if b["name"] == "cpu")
    check(cpu["found"] and cpu["devices"][0]["threads"] >= 1, "the CPU's threads")
    cuda = next(b for b in info["backends"] if b["name"] == "cuda")
    check(cuda["found"] or cuda["why"], "a backend that is missing says why")
    names = [o["name"] for o in json.loads(ok("ops", "--format", "json"))]
    check("matmul" in names and "nn.linear" in names, "operations")
    equal(len(names), len(set(names)), "each once")
    check("nn.adam" in ok("ops", "adam"), "operations by word")


def helps():
    check(ok("version").startswith("flopmeter 0."), "version")
    equal(ok("--version"), ok("version"), "--version")
    equal(ok("help"), ok("--help"), "help")
    for name in ("profile", "train", "cost", "ops", "info"):
        text = ok(name, "--help")
        check(text.startswith("usage: flopmeter " + name) and "examples:" in text, f"{name} --help")
        equal(ok("help", name), text, f"help {name}")


costs()
training()
a_budget_ends_training()
information()
helps()
finish()
