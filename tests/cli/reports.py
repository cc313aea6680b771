"""Reports of a real run: the same numbers in text, JSON, CSV and HTML; traces; runs compared."""
import csv
import html.parser
import json
import os

from harness import bad, check, equal, finish, ok, profile, run, scratch

SMALL = ["--layers", "64,32,10", "--batch", "16", "--size-multipliers", "1,4", "--epochs", "5",
         "--repeats", "1"]


class Page(html.parser.HTMLParser):
    """The tables of a page: by id a list of rows, each a list of (exact value or None, text)."""

    def __init__(self):
        super().__init__()
        self.tables, self.rows, self.cell, self.tags = {}, None, None, set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        if tag == "table":
            self.rows = self.tables.setdefault(attributes["id"], [])
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows is not None:
            self.cell = [attributes.get("data-value"), ""]
            self.rows[-1].append(self.cell)
        for name in ("src", "href"):
            check(name not in attributes, f"the page asks for {attributes.get(name)}")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None
        if tag == "table":
            self.rows = None

    def handle_data(self, data):
        if self.cell:
            self.cell[1] += data


def page_of(path):
    page = Page()
    with open(path, encoding="utf-8") as file:
        page.feed(file.read())
    return page


def rows_by_heading(table):
    heads = [cell[1] for cell in table[0]]
    return [dict(zip(heads, row)) for row in table[1:]]


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def exact(row, heading):
    value = row[heading][0]
    return None if value == "" else float(value)


def the_page_has_the_numbers_of_the_run(run_, page):
    by_op = {(row["op"], row["dtype"]): row for row in run_["operations_by_dtype"]}
    rows = rows_by_heading(page.tables["operations"])
    equal(len(rows), len(by_op), "operations in the page")
    for row in rows:
        op = by_op[row["operation"][1], row["compute"][1]]
        for heading, key in (("calls", "calls"), ("model FLOP", "flops"), ("executed", "executed"),
                             ("MAC", "macs"), ("time", "ns_total"), ("minimum", "ns_min"),
                             ("maximum", "ns_max"), ("TFLOP/s", "executed_per_second"),
                             ("least bytes", "bytes"), ("GB/s", "bytes_per_second"),
                             ("FLOP/B", "intensity"), ("% roof", "share_of_roof"),
                             ("% peak", "share_of_peak"), ("expected", "expected_ns"),
                             ("measured / expected", "measured_over_expected")):
            equal(exact(row, heading), op[key], f"{op['op']}: {heading}")
        equal(row["bound"][1], op["bound"] or "n/a", "bound")
    kernels = rows_by_heading(page.tables["kernels"])
    equal([k["kernel"][1] for k in kernels], [k["name"] for k in run_["kernels"]], "kernels")
    for row, kernel in zip(kernels, run_["kernels"]):
        equal(exact(row, "total"), kernel["ns_total"], kernel["name"])
        equal(exact(row, "calls"), kernel["calls"], kernel["name"])
    for row, size in zip(rows_by_heading(page.tables["sizes"]), run_["sweep"]):
        for heading, key in (("size", "size"), ("model FLOP", "flops"), ("launches", "launches"),
                             ("launching", "launch_share"), ("multiplier", "multiplier")):
            equal(exact(row, heading), size[key], f"size {size['size']}: {heading}")
        equal(row["bound"][1], size["bound"], "bound of a size")
        check(size["launches"] == 30 and size["bound"] in ("launch", "device"), size)


def the_table_has_the_numbers_of_the_run(run_, text):
    lines = text.split("Against the roofline\n")[1].split("\n\n")[0].splitlines()[1:]
    equal(len(lines), len(run_["operations_by_dtype"]), "operations in the text")
    for line, op in zip(lines, run_["operations_by_dtype"]):
        words = line.split()
        equal(words[:3], [op["op"], op["dtype"], str(op["calls"])], "op, dtype, calls")
        check(f"{op['executed_per_second'] * 1e-12:.5f}" in words, f"{line}: rate")
        check(f"{op['intensity']:.3f}" in words, f"{line}: intensity")
        check((op["bound"] or "n/a") in words, f"{line}: bound")
        check(f"{100 * op['share_of_roof']:.1f}%" in words, f"{line}: share of the roof")
        check(f"{op['measured_over_expected']:.2f}" in words, f"{line}: measured over expected")
    sizes = text.split("\nSizes\n")[1].split("\n\n")[0].splitlines()[1:]
    equal([line.split()[2] for line in sizes], [str(s["size"]) for s in run_["sweep"]], "sizes")
    equal([line.split()[-1] for line in sizes], [s["bound"] for s in run_["sweep"]], "their bounds")
    check(f"coverage     {100 * run_['coverage']['share']:.3f}%" in text, "coverage in the text")
    for value in (run_["budget"]["used"], run_["budget"]["remaining"]):
        check(f"{value:,}" in text, f"{value:,} in the text")


def forms_agree(folder, settings):
    path = os.path.join(folder, "run.json")
    ok("profile", *SMALL, "--report", path, env=settings)
    run_ = load(path)
    equal(run_["version"], 2, "version")
    equal(run_["coverage"]["share"], 1, "coverage")
    equal(run_["tier"]["name"], "clock", "tier")
    equal(sum(r["flops"] for r in run_["rows"]), run_["budget"]["used"], "FLOPs of all rows")
    equal([(r["size"], r["multiplier"]) for r in run_["sweep"]], [(16, 1), (64, 4)], "sweep")
    check(run_["peaks"]["triad"] > 0 and run_["peaks"]["measured_source"], "measured peaks")
    check(len(run_["budget_course"]) > 1, "the budget's course")
    the_table_has_the_numbers_of_the_run(run_, ok("report", path))
    page = os.path.join(folder, "run.html")
    ok("report", path, "-o", page)
    the_page_has_the_numbers_of_the_run(run_, page_of(page))
    check("svg" in page_of(page).tags, "figures")
    table = os.path.join(folder, "run.csv")
    ok("report", path, "-o", table)
    with open(table, encoding="utf-8") as file:
        for row, of_run in zip(csv.DictReader(file), run_["rows"]):
            for key in ("calls", "flops", "executed", "macs", "bytes", "ns_total"):
                equal(int(row[key]), of_run[key], f"CSV: {key}")
    lines = os.path.join(folder, "run.jsonl")
    ok("report", path, "-o", lines)
    with open(lines, encoding="utf-8") as file:
        equal([json.loads(line)["flops"] for line in file], [r["flops"] for r in run_["sweep"]],
              "lines")
    return path


def what_is_printed_is_the_report(folder, settings):
    path, trace = (os.path.join(folder, name) for name in ("shown.json", "shown.trace.json"))
    files = ["--report", path, "--trace", trace]
    out = ok("profile", *SMALL, *files, env=settings)
    check(out.startswith("Profile of mlp over variable x\n"), "the rows come first")
    the_table_has_the_numbers_of_the_run(load(path), out)
    for word in ("cost model", "FMA", "hardware", "peak", "tier", "wall time", "overhead",
                 "residual", "host memory", "Kernels"):
        check(f"\n{word} " in out or f"\n{word}\n" in out, f"{word} in what is printed")
    check(" MAC\n" not in out, "no column that nobody asked for")
    check(" MAC\n" in ok("profile", *SMALL, *files, "--macs", env=settings), "the column of MACs")
    check("roofline" not in ok("profile", *SMALL, env=settings), "no report without --report")
    rows = ok("profile", *SMALL, *files, "--format", "csv", env=settings).splitlines()
    equal(len(rows), 3, "lines of CSV")
    shown = profile(*SMALL, *files, env=settings)
    report = load(path)
    equal(len(shown["rows"]), 2, "rows beside the report")
    check(len(report.pop("trace")["slices"]) > 0, "slices in the file")
    equal(shown["report"], report, "the report in JSON")
    config = os.path.join(folder, "two.json")
    with open(config, "w", encoding="utf-8") as file:
        json.dump([{"var_name": "x", "name": name, "scale_dims": [0]} for name in "ab"], file)
    shown = profile("--config", config, *SMALL, "--report", path, env=settings)
    equal([p.get("name") for p in shown], ["a", "b", None], "two profiles and a report")
    equal(shown[2]["report"], load(path), "the report of two profiles")


def training_prints_its_report(settings):
    out = ok("train", "--epochs", "1", env=settings)
    for word in ("Against the roofline", "coverage     100.000%", "Kernels", "overhead", "residual"):
        check(word in out, f"{word} of a training")
    run_ = json.loads(ok("train", "--epochs", "1", "--format", "json", env=settings))
    equal(run_["report"]["budget"]["used"], run_["flops_spent"], "FLOPs of the report")
    equal([s["step"] for s in run_["report"]["steps"]], [1], "epochs of the report")


def traces_open(folder, settings):
    path = os.path.join(folder, "run.trace.json")
    ok("train", "--data", "digits", "--epochs", "1", "--trace", path, env=settings)
    events = load(path)["traceEvents"]
    ops = [e for e in events if e.get("cat") == "op"]
    kernels = [e for e in events if e.get("cat") == "kernel"]
    check(ops and kernels, "slices of operations and kernels")
    check(all(e["ts"] >= 0 and e["dur"] >= 0 for e in ops + kernels), "times of slices")
    for before, after in zip(ops, ops[1:]):
        check(after["ts"] >= before["ts"], "operations in order")
    used = [e["args"]["value"] for e in events if e["name"] == "budget used (FLOPs)"]
    check(used == sorted(used) and used[-1] > 0, "the budget as a counter")


def a_training_report_has_its_epochs(folder, settings):
    path = os.path.join(folder, "steps.jsonl")
    ok("train", "--data", "digits", "--epochs", "2", "--report", path, env=settings)
    with open(path, encoding="utf-8") as file:
        steps = [json.loads(line) for line in file]
    equal([s["step"] for s in steps], [1, 2], "steps")
    check(steps[1]["flops_used"] > steps[0]["flops_used"] and steps[0]["loss"] > 0, "steps")


def runs_are_compared(folder, path):
    status, out, _ = run("report", path, path, "--fail-over", "0")
    equal(status, 0, "the same run")
    check("0 slower by more than 0%" in out, "the same run")
    slower = load(path)
    for row in slower["rows"]:
        if row["op"] == "nn.linear":
            for key in ("ns_total", "ns_min", "ns_max"):
                row[key] *= 2
    other = os.path.join(folder, "slower.json")
    with open(other, "w", encoding="utf-8") as file:
        json.dump(slower, file)
    equal(run("report", path, other)[0], 0, "no limit")
    status, out, _ = run("report", path, other, "--fail-over", "50")
    equal(status, 1, "past the limit")
    check([line for line in out.splitlines() if line.startswith("nn.linear float32")
           and "+100.0%" in line and line.endswith("slower")], "the op that is slower")
    equal(run("report", path, other, "--fail-over", "101")[0], 0, "within the limit")


def strict_is_an_exit_status(folder, path):
    equal(run("report", path, "--strict")[0], 0, "covered")
    stray = load(path)
    kernel = dict(stray["kernels"][0], name="stray", op=None)
    stray["kernels"].append(kernel)
    other = os.path.join(folder, "stray.json")
    with open(other, "w", encoding="utf-8") as file:
        json.dump(stray, file)
    status, _, err = run("report", other, "--strict")
    equal(status, 1, "uncovered")
    check("of the device's time has no formula, most of it in stray" in err, err)


def bad_words(folder):
    bad("report", names=["a run's file is needed"])
    bad("report", "a", "b", "c", names=["'c' is one word too many"])
    bad("report", os.path.join(folder, "none.json"), names=["none.json"])
    bad("report", "x.json", "-o", "x.pdf", names=["-o", "'x.pdf'", ".html"])
    bad("report", "x.json", "--fail-over", "-1", names=["--fail-over", "'-1'"])
    bad("profile", "--report", "x.pdf", names=["--report", "'x.pdf'"])
    bad("profile", "--trace", "/nowhere/t.json", names=["--trace", "/nowhere/t.json"])
    bad("profile", "--timing", "never", names=["--timing", "'never'", "activity"])
    bad("profile", *SMALL, "--device", "cpu", "--graph", names=["--graph", "cpu"])
    bad("calibrate", "now", names=["'now'"])
    bad("calibrate", "--seconds", "0", names=["--seconds", "'0'"])


def calibrations_are_kept(settings):
    out = ok("calibrate", "--device", "cpu", "--seconds", "0.01", env=settings)
    folder = os.path.join(settings["XDG_CACHE_HOME"], "flopmeter")
    check(out.splitlines()[-1].startswith("kept in " + folder), out)
    kept = load(os.path.join(folder, os.listdir(folder)[0]))
    check(kept["float32"] > 0 and kept["triad"] > 0 and kept["launch_ns"] > 0, kept)
    text = os.path.join(settings["XDG_CACHE_HOME"], "run.txt")
    ok("profile", *SMALL, "--report", text, env=settings)
    with open(text, encoding="utf-8") as file:
        check(f"(flopmeter calibrate of {kept['date']})" in file.read(), "the source is named")


with scratch() as folder_:
    settings_ = {"XDG_CACHE_HOME": os.path.join(folder_, "cache"), "FLOPMETER_DEVICE": "cpu"}
    calibrations_are_kept(settings_)
    path_ = forms_agree(folder_, settings_)
    what_is_printed_is_the_report(folder_, settings_)
    training_prints_its_report(settings_)
    traces_open(folder_, settings_)
    a_training_report_has_its_epochs(folder_, settings_)
    runs_are_compared(folder_, path_)
    strict_is_an_exit_status(folder_, path_)
    bad_words(folder_)
finish()
