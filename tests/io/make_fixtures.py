"""Writes tests/io/data with NumPy and the standard library, and examples/data/digits.npz.

Run it with the folder of the repository as its only argument; it needs numpy and scikit-learn.
The fixtures are checked in, so the tests need neither.
"""

import gzip
import pathlib
import struct
import sys
import warnings
import zipfile

import numpy as np

DTYPES = "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split()


def values(code, count=6):
    """Element i is i - 2; unsigned ones i, bools its oddness, complex ones i - 2 and i."""
    i = np.arange(count)
    if code == "b1":
        return i % 2 == 1
    if code[0] == "u":
        return i.astype(code)
    return ((i - 2) + 1j * i).astype(code) if code[0] == "c" else (i - 2).astype(code)


def make_npy(data):
    for code in DTYPES:
        array = values(code).reshape(2, 3)
        np.save(data / f"little_{code}.npy", array)
        if array.itemsize > 1:
            np.save(data / f"big_{code}.npy", array.astype(">" + code))
    np.save(data / "fortran.npy", np.asfortranarray(values("f4").reshape(2, 3)))
    np.save(data / "scalar.npy", np.float64(2.5))
    np.save(data / "empty.npy", np.zeros((0, 3), "f4"))
    np.save(data / "vector.npy", values("i8", 5))
    np.save(data / "text.npy", np.array(["a", "bc"]))
    np.save(data / "record.npy", np.zeros(2, [("a", "f4"), ("b", "i4")]))
    warnings.simplefilter("ignore")
    for version in (2, 3):
        with open(data / f"version{version}.npy", "wb") as out:
            np.lib.format.write_array(out, values("i4").reshape(2, 3), (version, 0))


def npy_bytes(array):
    import io

    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def make_npz(data):
    arrays = {"weights": np.linspace(-1, 1, 60).astype("f4").reshape(4, 15), "steps": values("i8")}
    np.savez(data / "stored.npz", **arrays)
    np.savez_compressed(data / "deflated.npz", **arrays)
    with zipfile.ZipFile(data / "lzma.npz", "w", zipfile.ZIP_LZMA) as out:
        out.writestr("steps.npy", npy_bytes(arrays["steps"]))
    with zipfile.ZipFile(data / "twice.npz", "w") as out:
        for _ in range(2):
            out.writestr("steps.npy", npy_bytes(arrays["steps"]))
    with zipfile.ZipFile(data / "none.npz", "w") as out:
        out.writestr("notes.txt", "no arrays here")
    # With these limits at zero zipfile uses zip64's records for everything.
    limits = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT = zipfile.ZIP_FILECOUNT_LIMIT = 0
    with zipfile.ZipFile(data / "zip64.npz", "w", zipfile.ZIP_DEFLATED, allowZip64=True) as out:
        for name, array in arrays.items():
            with out.open(name + ".npy", "w", force_zip64=True) as member:
                member.write(npy_bytes(array))
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limits


def idx_bytes(array):
    codes = {"u1": 8, "i1": 9, "i2": 11, "i4": 12, "f4": 13, "f8": 14}
    code = codes[array.dtype.str[1:]]
    head = struct.pack(f">BBBB{array.ndim}I", 0, 0, code, array.ndim, *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


def make_idx(data):
    for code in "u1 i1 i2 i4 f4 f8".split():
        (data / f"{code}.idx").write_bytes(idx_bytes(values(code).reshape(2, 3)))
    (data / "i2.idx.gz").write_bytes(gzip.compress(idx_bytes(values("i2").reshape(2, 3)), mtime=0))
    images = (np.arange(5 * 4 * 3) * 4).astype("u1").reshape(5, 4, 3)
    labels = np.array([3, 0, 1, 2, 1], "u1")
    plain = data / "mnist"
    plain.mkdir(exist_ok=True)
    (plain / "train-images-idx3-ubyte").write_bytes(idx_bytes(images))
    (plain / "train-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    for stem, array in ("t10k-images.idx3", images[:2]), ("t10k-labels.idx1", labels[:2]):
        (plain / f"{stem}-ubyte.gz").write_bytes(gzip.compress(idx_bytes(array), mtime=0))
    unequal = data / "unequal"
    unequal.mkdir(exist_ok=True)
    (unequal / "train-images-idx3-ubyte").write_bytes(idx_bytes(images))
    (unequal / "train-labels-idx1-ubyte").write_bytes(idx_bytes(labels[:4]))


def make_datasets(data):
    x = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]])
    y = np.array([0, 2, 1, 0])
    np.savez(data / "xy.npz", x=x.astype("i4"), y=y.astype("f8"))
    np.savez(data / "fortran_xy.npz", X=np.asfortranarray(x.astype("f2")), Y=y.reshape(4, 1))
    np.savez(data / "short_labels.npz", x=x.astype("f4"), y=y[:3])
    np.savez(data / "half_label.npz", x=x.astype("f4"), y=np.array([0, 1, 0.5, 1]))
    np.savez(data / "nan_feature.npz", x=np.where(x == 7, np.nan, x), y=y)
    np.savez(data / "no_labels.npz", x=x)


def make_digits(root):
    from sklearn.datasets import load_digits

    digits = load_digits()
    folder = root / "examples" / "data"
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "digits.npz",
        images=digits.data.astype("u1"),
        labels=digits.target.astype("u1"),
    )


def main():
    root = pathlib.Path(sys.argv[1])
    data = root / "tests" / "io" / "data"
    data.mkdir(parents=True, exist_ok=True)
    make_npy(data)
    make_npz(data)
    make_idx(data)
    make_datasets(data)
    make_digits(root)


main()
