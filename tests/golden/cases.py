"""The recorded calls of flopscope 0.4.3: reading them, and the shapes of their arguments."""
import json
import lzma
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def read(name):
    """The cases of one file, such as "numpy"."""
    with lzma.open(HERE / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def operations():
    """What ops.json lists."""
    with lzma.open(HERE / "ops.json.xz", "rt", encoding="utf-8") as text:
        return json.load(text)


def plain(value):
    """An argument as Python: tuples as lists, floats and types by value; arrays stay as they are."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        if "tuple" in value:
            return [plain(v) for v in value["tuple"]]
        if "float" in value:
            return value["float"]
        if "scalar" in value:
            return value["scalar"]["value"]
    return value


def shape(value, args=()):
    """The shape that NumPy gives an argument."""
    if isinstance(value, dict):
        for form in ("array", "fill", "zeros"):
            if form in value:
                return list(value[form]["shape"])
        if "ref" in value:
            return shape(args[value["ref"]], args)
        if "tuple" in value:
            return shape(value["tuple"], args)
        return []
    if isinstance(value, list):
        return [len(value)] + (shape(value[0], args) if value else [])
    return []


def has_symmetry(value):
    """Whether an argument carries a symmetry, or is another one once more."""
    if isinstance(value, dict):
        return "symmetry" in value or "group" in value or "ref" in value or any(map(has_symmetry, value.values()))
    return isinstance(value, list) and any(map(has_symmetry, value))


def result_shape(result):
    """The shape of a recorded result; None where there is none."""
    if isinstance(result, dict):
        if "array" in result:
            return list(result["array"]["shape"])
        if "shape" in result and "dtype" in result:
            return list(result["shape"])
        if "scalar" in result:
            return []
    return None
