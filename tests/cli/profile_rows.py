"""The FLOPs column of flopmeter profile: the default table, networks that torch counted, seeds,
optimizers, budgets."""
import csv
import io
import json
import os

from harness import HERE, check, equal, finish, ok, profile, run, scratch

BATCHES = [12, 38, 64, 115, 128, 140, 256, 384, 1280]
FLOPS = [385105920, 1219502080, 2053898240, 3690598400, 4107796480, 4492902400, 8215592960,
         12323389440, 41077964800]
MULTIPLIERS = [0.1, 0.3, 0.5, 0.9, 1, 1.1, 2, 3, 10]


def default_table():
    p = profile("--repeats", 1)
    equal(sorted(p)[:3], ["complete", "cost_model", "device"], "keys")
    equal((p["version"], p["name"], p["variable"], p["cost_model"]), (1, "mlp", "x", "torch"), "head")
    equal(p["complete"], True, "complete")
    check(p["peak_flops_per_second"] > 0, "a peak was measured")
    rows = p["rows"]
    equal([r["multiplier"] for r in rows], MULTIPLIERS, "multipliers")
    equal([r["shape"] for r in rows], [[b, 784] for b in BATCHES], "shapes")
    equal([r["flops"] for r in rows], FLOPS, "FLOPs")
    for r in rows:
        equal(r["status"], "ok", "status")
        equal(r["runs"], 1, "runs")
        equal(r["flops_per_sample"], 32092160, "FLOPs a sample")
        check(r["seconds_min"] <= r["seconds"] <= r["seconds_max"], "seconds are in order")
        check(abs(r["flops_per_second"] * r["seconds"] / r["flops"] - 1) < 1e-9, "rate")
        check(abs(r["peak_share"] * p["peak_flops_per_second"] / r["flops_per_second"] - 1) < 1e-9,
              "share")


def printed_table():
    text = ok("profile", "--size-multipliers", "0.1,1", "--epochs", "1")
    lines = text.splitlines()
    equal(lines[0], "Profile of mlp over variable x", "heading")
    check("cost model  torch" in text, "cost model")
    columns = [line.split() for line in lines if line.startswith("      ")]
    equal(columns[0][:3], ["0.10", "(12,", "784)"], "first row")
    equal(columns[0][3], "38,510,592", "thousands commas")
    equal(columns[1][0], "1.00", "two decimals")
    rows = list(csv.DictReader(io.StringIO(ok("profile", "--size-multipliers", "0.1", "--format",
                                              "csv", "--repeats", "2"))))
    equal([r["flops"] for r in rows], ["385105920"], "CSV")
    equal(rows[0]["shape"], "(12, 784)", "CSV shape")
    equal(rows[0]["status"], "ok", "CSV status")


def as_torch_counts():
    with open(os.path.join(HERE, "torch_flops.json"), encoding="utf-8") as file:
        cases = json.load(file)
    for case in cases:
        layers = ",".join(map(str, case["layers"]))
        p = profile("--layers", layers, "--batch", case["batch"], "--epochs", 3, "--repeats", 1,
                    "--size-multipliers", "1")
        equal(p["rows"][0]["flops"], 3 * case["flops"], f"torch's count of {layers}")


def optimizers_and_models():
    def flops(*words, **options):
        p = profile("--layers", "6,5,4", "--batch", 3, "--epochs", 1, "--repeats", 1,
                    "--size-multipliers", "1", *words, **options)
        return p["rows"][0]["flops"]

    # Products: forward 2*3*(30+20), backward dw 2*3*(30+20) and dx 2*3*20.
    products = 300 + 300 + 120
    for name in ("sgd", "momentum", "adam"):
        equal(flops("--optimizer", name), products, f"torch, {name}")
    # Textbook: the products; bias adds 15 + 12, relu 15 and back 2 * 15; bias gradients 15-5 + 12-4;
    # per parameter (59) multiply + subtract.
    equal(flops(env={"FLOPMETER_COST_MODEL": "textbook"}), flops("--cost-model", "textbook"),
          "the environment goes before the command's default")
    base = products + 15 + 12 + 15 + 30 + 10 + 8
    sgd, momentum = (flops("--optimizer", n, "--cost-model", "textbook") for n in ("sgd", "momentum"))
    equal(momentum - sgd, 59 * 2, "momentum adds multiply and add")
    check(sgd - base - 59 * 2 > 0, "the loss costs something")


def feature_dimension_does_not_fit():
    p = profile("--scale-dims", "1", "--size-multipliers", "0.5,1", "--repeats", 1, "--epochs", 1,
                status=1)
    equal([r["shape"] for r in p["rows"]], [[128, 392], [128, 784]], "shapes")
    equal([r["status"] for r in p["rows"]], ["FM_ERR_SHAPE", "ok"], "statuses")
    check("nn.linear" in p["rows"][0]["message"] and "392" in p["rows"][0]["message"]
          and "784" in p["rows"][0]["message"], "message names op and both extents")


def budgets():
    # The first product of the large row is past what is left, so that nothing of it runs.
    words = ("--size-multipliers", "0.1,10,0.3", "--epochs", 1, "--repeats", 2)
    p = profile(*words, "--budget", "1e9", status=1)
    equal([r["status"] for r in p["rows"]], ["ok", "FM_ERR_BUDGET", "ok"], "statuses")
    equal(p["rows"][2]["flops"], 121950208, "a row after the refusal")
    check("needs" in p["rows"][1]["message"] and "remain" in p["rows"][1]["message"], "message")
    status, out, _ = run("profile", *words, "--budget", "1e9")
    equal(status, 1, "status")
    check("FM_ERR_BUDGET: nn.linear" in out, "the table shows the refusal")
    # One counted run a row: a budget of exactly that much is enough.
    equal(len(profile("--size-multipliers", "0.1", "--repeats", 5, "--budget", "385105920")["rows"]),
          1, "exact budget")
    profile("--size-multipliers", "0.1", "--budget", "385105919", status=1)
    p = profile("--time-limit", "1e-6", "--size-multipliers", "0.1,1", status=1)
    equal({r["status"] for r in p["rows"]}, {"FM_ERR_TIME"}, "time limit")
    p = profile("--size-multipliers", "0.1", status=1, env={"FLOPMETER_DEFAULT_BUDGET": "1000"})
    equal(p["rows"][0]["status"], "FM_ERR_BUDGET", "default budget")


def data_sets():
    p = profile("--data", "digits", "--size-multipliers", "1", "--repeats", 1, "--epochs", 1)
    equal(p["rows"][0]["shape"], [128, 64], "digits")
    p = profile("--data", "digits", "--layers", "64,32,12", "--batch", 5, "--size-multipliers", "2",
                "--scale-dims", "0", "--repeats", 1, "--epochs", 1)
    equal(p["rows"][0]["flops"], 2 * 10 * (64 * 32 * 2 + 32 * 12 * 3), "digits, 64-32-12")
    mnist = os.path.join(HERE, "..", "io", "data", "mnist")
    p = profile("--data", "mnist:" + mnist, "--size-multipliers", "1", "--batch", 4, "--repeats", 1)
    equal(p["rows"][0]["status"], "ok", "IDX")


def configs():
    with scratch() as folder:
        path = os.path.join(folder, "profiles.json")
        records = [{"name": "half", "var_name": "x", "size_multipliers": [0.5, 1], "scale_dims": [0]},
                   {"name": "both", "var_name": "x", "size_multipliers": [1]}]
        with open(path, "w", encoding="utf-8") as file:
            json.dump(records, file)
        words = ("--layers", "8,4", "--batch", 10, "--epochs", 1, "--repeats", 1)
        both = profile("--config", path, *words)
        equal([p["name"] for p in both], ["half", "both"], "names")
        equal([r["shape"] for r in both[0]["rows"]], [[5, 8], [10, 8]], "shapes")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(records[0], file)
        one = profile("--config", path, *words, "--size-multipliers", "2")
        equal([r["shape"] for r in one["rows"]], [[20, 8]], "the command line goes first")


def runs_repeat():
    words = ("--layers", "20,16,4", "--size-multipliers", "0.5,2", "--repeats", 1, "--cost-model",
             "flopscope-0.4")
    first, second = (profile(*words)["rows"] for _ in range(2))
    equal([r["flops"] for r in first], [r["flops"] for r in second], "counts repeat")


default_table()
printed_table()
as_torch_counts()
optimizers_and_models()
feature_dimension_does_not_fit()
budgets()
data_sets()
configs()
runs_repeat()
finish()
