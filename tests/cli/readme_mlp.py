"""examples/readme_mlp: its summary under two cost models."""
import re

from harness import check, equal, finish, ok, run


def rows_of(text):
    """FLOPs and calls by operation."""
    found = re.findall(r"^(\S+) +([\d,]+) .*?\[(\d+) calls?\]", text, re.MULTILINE)
    return [(op, int(flops.replace(",", "")), int(calls)) for op, flops, calls in found]


def nanoseconds(text, name):
    return int(re.search(rf"^{name} +(\d+)\.(\d{{9}}) s", text, re.MULTILINE)
               .expand(r"\1\2"))


def textbook():
    text = ok(env={})
    equal(rows_of(text), [("random.randn", 5246976, 6), ("einsum", 655360, 5), ("multiply", 327680, 5),
                          ("maximum", 1024, 4), ("sqrt", 1, 1)], "rows, most FLOPs first")
    for line in (r"^budget +100,000,000$", r"^used +6,231,041  \(6\.2%\)$",
                 r"^remaining +93,768,959  \(93\.8%\)$", r"^random\.randn .*\( *84\.2%\)"):
        check(re.search(line, text, re.MULTILINE), f"{line} in\n{text}")
    equal(nanoseconds(text, "wall time"), sum(nanoseconds(text, name) for name in
                                              ("backend", "overhead", "residual")), "times add up")


def flopscope():
    text = ok(env={"FLOPMETER_COST_MODEL": "flopscope-0.4"})
    check(re.search(r"^used +6,229,761 ", text, re.MULTILINE), "used")
    equal(dict((op, flops) for op, flops, _ in rows_of(text))["einsum"], 654080, "einsum")


def a_bad_model():
    status, out, err = run(env={"FLOPMETER_COST_MODEL": "school"})
    equal((status, out), (1, ""), "an unknown model")
    check("school" in err and err.count("\n") == 1, err)


textbook()
flopscope()
a_bad_model()
finish()
