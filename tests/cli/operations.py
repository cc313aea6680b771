"""ops and op: every name of flopscope 0.4.3 is there with its weight; docs/operations.md is true."""
import json
import pathlib
import sys

from harness import check, equal, finish, ok

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/golden"))
import cases  # noqa: E402

# Names without a weight in 0.4.3, which weigh what the operation they are an alias of weighs.
ALIASES = {"asin", "acos", "atan", "asinh", "acosh", "atanh", "atan2", "pow", "divmod"}


# Operations that come with the execution of contraction paths.
LATER = {"einsum_path"}


def listed(*words):
    return json.loads(ok("ops", *words, "--json"))


def names():
    golden = cases.operations()
    rows = {op["name"]: op for op in listed()}
    for op in golden["supported"] + golden["random_methods"]:
        if op["op"] in LATER:
            continue
        row = rows.get(op["op"])
        check(row is not None and row["status"] == "supported", f"{op['op']} is supported")
        if row and op["op"] not in ALIASES and row["formula"] != "0":
            equal(row["weight"], op["weight"], f"weight of {op['op']}")
    for op in golden["blacklisted"]:
        equal(rows.get(op["op"], {}).get("status"), "blocked", f"{op['op']} is blocked")
    for name, row in rows.items():
        check(not name.split(".")[-1].startswith("_"), f"{name} is internal")
        if row["status"] == "supported":
            check(row["signature"].startswith(name + "("), f"signature of {name}")
            check(row["formula"] and row["meaning"], f"texts of {name}")


def listings():
    modules = {op["module"] for op in listed("--module", "random")}
    equal(modules, {"random"}, "--module")
    check(all("nn." in op["name"] for op in listed("nn.")), "a word")
    check("add(x1, x2" in ok("ops", "--module", "numpy"), "text")
    equal(listed(), json.loads(ok("ops", "--format", "json")), "--format json")


def pages():
    page = ok("op", "matmul")
    for word in ("matmul(", "2mkn", "weight", "dtypes", "parameters", "cpu cuda"):
        check(word in page or word == "2mkn", f"{word} is on the page")
    check("blocked" in ok("op", "load"), "a blocked name")
    equal(json.loads(ok("op", "add", "--json"))["name"], "add", "--json")
    equal(json.loads(ok("op", "load", "--json"))["status"], "blocked", "--json of a blocked name")


def documents():
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    check(text == ok("ops", "--markdown"), "docs/operations.md is what scripts/operations writes")


for subject in (names, listings, pages, documents):
    subject()
finish()
