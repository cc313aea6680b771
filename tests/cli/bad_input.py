"""Bad input: one line that names option and value, status 2, nothing printed, nothing written."""
import os

from harness import HERE, bad, equal, finish, scratch

IO = os.path.join(HERE, "..", "io", "data")

TABLE = [
    # layers
    (["--layers", "0,10"], ["--layers", "'0'"]),
    (["--layers", "784,-5,10"], ["--layers", "'-5'"]),
    (["--layers", ""], ["--layers", "''"]),
    (["--layers", "784,,10"], ["--layers", "784,,10"]),
    (["--layers", "784"], ["--layers", "'784'"]),
    (["--layers", "784,ten"], ["--layers", "'ten'"]),
    (["--layers", "99999999999999999999,10"], ["--layers", "99999999999999999999"]),
    (["--layers", "4611686018427387904,10"], ["--layers", "4611686018427387904"]),
    (["--layers", "9223372036854775807,2", "--batch", "3"], ["--layers", "9223372036854775807"]),
    (["--layers", "32,10", "--data", "digits"], ["--layers", "32", "64", "digits"]),
    (["--layers", "64,9", "--data", "digits"], ["--layers", "9", "10", "digits"]),
    # sizes
    (["--batch", "0"], ["--batch", "'0'"]),
    (["--batch", "-3"], ["--batch", "'-3'"]),
    (["--batch", "1.5"], ["--batch", "'1.5'"]),
    (["--batch", "many"], ["--batch", "'many'"]),
    (["--batch", "1099511627776", "--layers", "4611686018427387,2"], ["--batch", "4611686018427387"]),
    (["--layers", "3,9000000"], ["--layers", "3,9000000"]),
    (["--batch", "9223372036854775808"], ["--batch", "9223372036854775808"]),
    (["--epochs", "0"], ["--epochs", "'0'"]),
    (["--repeats", "0"], ["--repeats", "'0'"]),
    (["--repeats", "-1"], ["--repeats", "'-1'"]),
    # multipliers
    (["--size-multipliers", "nan"], ["--size-multipliers", "'nan'"]),
    (["--size-multipliers", "1,-2"], ["--size-multipliers", "'-2'"]),
    (["--size-multipliers", "0"], ["--size-multipliers", "'0'"]),
    (["--size-multipliers", "inf"], ["--size-multipliers", "'inf'"]),
    (["--size-multipliers", ""], ["--size-multipliers", "''"]),
    (["--size-multipliers", "1,"], ["--size-multipliers", "'1,'"]),
    (["--size-multipliers", "1;2"], ["--size-multipliers", "'1;2'"]),
    (["--scale-dims", "2"], ["--scale-dims", "'2'"]),
    (["--scale-dims", "-3"], ["--scale-dims", "'-3'"]),
    (["--scale-dims", ""], ["--scale-dims", "''"]),
    (["--scale-dims", "0,-2"], ["--scale-dims", "'0,-2'"]),
    # names
    (["--cost-model", "school"], ["--cost-model", "'school'", "textbook", "torch"]),
    (["--optimizer", "lion"], ["--optimizer", "'lion'", "adam"]),
    (["--device", "tpu"], ["--device", "'tpu'"]),
    (["--device", "cuda:-1"], ["--device", "'cuda:-1'"]),
    (["--device", "cuda:999"], ["--device", "'cuda:999'"]),
    (["--device", "cpu:1"], ["--device", "'cpu:1'"]),
    (["--format", "xml"], ["--format", "'xml'"]),
    (["--colour", "red"], ["--colour"]),
    (["--batch"], ["--batch", "value"]),
    (["-x"], ["-x"]),
    (["extra"], ["extra"]),
    # limits
    (["--budget", "0"], ["--budget", "'0'"]),
    (["--budget", "-1"], ["--budget", "'-1'"]),
    (["--budget", "1.5"], ["--budget", "'1.5'"]),
    (["--budget", "1e30"], ["--budget", "'1e30'"]),
    (["--budget", "nan"], ["--budget", "'nan'"]),
    (["--time-limit", "0"], ["--time-limit", "'0'"]),
    (["--time-limit", "nan"], ["--time-limit", "'nan'"]),
    (["--lr", "-0.1"], ["--lr", "'-0.1'"]),
    (["--lr", "nan"], ["--lr", "'nan'"]),
    (["--seed", "-1"], ["--seed", "'-1'"]),
    # files
    (["--data", "nothing"], ["--data", "'nothing'"]),
    (["--data", "missing.npz"], ["--data", "missing.npz"]),
    (["--data", "mnist:/no/such/folder"], ["--data", "/no/such/folder"]),
    (["--data", "mnist:"], ["--data", "'mnist:'"]),
    (["--data", os.path.join(IO, "nan_feature.npz")], ["--data", "nan_feature.npz"]),
    (["--data", os.path.join(IO, "half_label.npz")], ["--data", "half_label.npz"]),
    (["--data", os.path.join(IO, "no_labels.npz")], ["--data", "no_labels.npz"]),
    (["--data", os.path.join(IO, "none.npz")], ["--data", "none.npz"]),
    (["--config", "missing.json"], ["--config", "missing.json"]),
    (["--weights-file", "missing-weights.json"], ["--weights-file", "missing-weights.json"]),
    (["-o", "/no/such/folder/rows.txt"], ["-o", "/no/such/folder/rows.txt"]),
    (["-o", ""], ["-o"]),
    (["-o", "/tmp"], ["-o", "/tmp"]),
]

ENVIRONMENT = [
    ({"FLOPMETER_DEFAULT_BUDGET": "lots"}, [], ["FLOPMETER_DEFAULT_BUDGET", "lots"]),
    ({"FLOPMETER_DEFAULT_BUDGET": "0"}, [], ["FLOPMETER_DEFAULT_BUDGET", "0"]),
    ({"FLOPMETER_WEIGHTS_FILE": "nowhere.json"}, [], ["nowhere.json"]),
    ({"FLOPMETER_COST_MODEL": "school"}, [], ["FLOPMETER_COST_MODEL", "school", "textbook"]),
    ({"FLOPMETER_DEVICE": "abacus"}, [], ["FLOPMETER_DEVICE", "abacus"]),
    ({"FLOPMETER_TIMING": "often"}, [], ["FLOPMETER_TIMING", "often"]),
    ({"FLOPMETER_DATA_DIR": "/no/such/folder"}, ["--data", "digits"],
     ["FLOPMETER_DATA_DIR", "/no/such/folder"]),
]


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def damaged_files():
    """Archives and IDX files that end too early, at several places, and weights that are none."""
    with scratch() as folder:
        with open(os.path.join(HERE, "..", "..", "examples", "data", "digits.npz"), "rb") as file:
            digits = file.read()
        for end in (0, 1, 100, len(digits) // 2, len(digits) - 1):
            path = os.path.join(folder, "cut.npz")
            write(path, digits[:end])
            bad("profile", "--data", path, names=["--data", "cut.npz"])
        write(os.path.join(folder, "train-images-idx3-ubyte"), b"\0\0\x08\x03\0\0\0\x02")
        write(os.path.join(folder, "train-labels-idx1-ubyte"), b"\0\0\x08\x01\0\0\0\x02\1\1")
        bad("profile", "--data", "mnist:" + folder, names=["--data", "train-images-idx3-ubyte"])
        for text in (b"", b"{", b"[1, 2]", b'{"add": "heavy"}', b'{"weights": {"add": -1}}'):
            path = os.path.join(folder, "weights.json")
            write(path, text)
            bad("profile", "--weights-file", path, names=["--weights-file", "weights.json"])
        for text in (b"", b"{", b"[]", b"3", b'{"var_name": 1}', b'{"var_name": "y"}',
                     b'{"var_name": "x", "size_multipliers": [0]}',
                     b'{"var_name": "x", "scale_dims": [5]}', b'{"var_name": "x", "dims": [0]}'):
            path = os.path.join(folder, "config.json")
            write(path, text)
            bad("profile", "--config", path, names=["--config", "config.json"])


def unreadable():
    if os.geteuid() == 0:
        return
    with scratch() as folder:
        path = os.path.join(folder, "secret.npz")
        write(path, b"x")
        os.chmod(path, 0)
        bad("profile", "--data", path, names=["--data", "secret.npz"])


def nothing_is_written_over():
    with scratch() as folder:
        path = os.path.join(folder, "rows.txt")
        write(path, b"kept")
        bad("profile", "-o", path, "--batch", "0", names=["--batch"])
        bad("profile", "-o", path, "--data", "missing.npz", names=["missing.npz"])
        with open(path, "rb") as file:
            equal(file.read(), b"kept", "the file")
        equal(os.listdir(folder), ["rows.txt"], "no other file is left")


def other_subcommands():
    bad(names=["subcommand"])
    bad("fly", names=["'fly'"])
    bad("help", "fly", names=["'fly'"])
    bad("version", "now", names=["'now'"])
    bad("info", "--format", "xml", names=["--format", "'xml'"])
    bad("info", "now", names=["'now'"])
    bad("ops", "--format", "xml", names=["--format", "'xml'"])
    bad("ops", "no-such-op", names=["no-such-op"])
    bad("ops", "--module", "no-such-module", names=["no-such-module"])
    bad("op", names=["name"])
    bad("op", "no-such-op", names=["no-such-op"])
    bad("cost", names=["name"])
    bad("cost", "no_such_cost", "3", names=["no_such_cost"])
    bad("cost", "svd", "-1", "256", names=["svd", "-1"])
    bad("cost", "svd", "256", "256", "--rank", "3", names=["svd", "rank"])
    bad("cost", "svd", "256", "256", "--k", "many", names=["svd", "many"])
    bad("cost", "svd", "256", "256", "--cost-model", "school", names=["--cost-model", "school"])
    bad("cost", "einsum", "ij,jk->ik", "2,3", "4,5", names=["einsum", "3", "4"])
    bad("cost", "matmul_cost", "4294967296,4294967296", "4294967296,4294967296", names=["matmul"])
    for words in (["--batch", "0"], ["--epochs", "-1"], ["--layers", "8,10"], ["--format", "csv"],
                  ["--data", "x.txt"], ["--budget", "0"], ["--size-multipliers", "1"]):
        bad("train", *words, names=words[:1])


if not os.environ.get("SANITIZED"):
    TABLE.append((["--batch", "1099511627776"], ["--batch", "1099511627776", "memory"]))
for words, names in TABLE:
    bad("profile", *words, names=names)
for variables, words, names in ENVIRONMENT:
    bad("profile", *words, names=names, env=variables)
damaged_files()
unreadable()
nothing_is_written_over()
other_subcommands()
finish()
