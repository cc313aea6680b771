"""DLPack with NumPy and PyTorch, by ctypes: every dtype, strides, offsets and the read-only flag both
ways, sharing memory; what is refused. Runs in the benchmarks' environment where that was made, for it has
PyTorch, or in that of the reference server. Skipped (77) where neither can be had; PyTorch's part is named
as skipped where it is missing.

usage: test_dlpack.py EXAMPLES_FOLDER LIBRARY
"""
import gc
import os
import sys
import weakref

try:
    import numpy as np
except ImportError:
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "wire"))
    import peers  # noqa: E402

    peers.go_on_with_numpy()

sys.path.insert(0, sys.argv[1])
import dlpack_torch as fm  # noqa: E402

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
          "float32", "float64", "complex64", "complex128"]


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def round_trip(context, array, where):
    tensor = context.take(array)
    back = np.from_dlpack(tensor)
    expect(back.dtype == array.dtype and back.shape == array.shape, f"{where}: {back.dtype}")
    expect(back.__array_interface__["data"][0] == array.__array_interface__["data"][0],
           f"{where}: copied")
    expect(array.size < 2 or back.strides == array.strides, f"{where}: {back.strides}")
    expect(np.array_equal(back, array), f"{where}: values")
    expect(tensor.read_only() == (not array.flags.writeable), f"{where}: read-only flag")
    expect(back.flags.writeable == array.flags.writeable, f"{where}: {back.flags}")
    tensor.release()
    return back


def numpy_arrays(context):
    for dtype in DTYPES:
        base = np.arange(120).reshape(4, 5, 6).astype(dtype)
        frozen = base.copy()
        frozen.flags.writeable = False
        for array in (base, base.T, base[1:, ::2, 1::3], base[::-1, :, ::-2], base[2, 3, 4:5],
                      base[:1, 0, 0].reshape(()), base[:0], frozen, frozen[::2]):
            round_trip(context, array, f"{dtype} {array.shape} {array.strides}")
    repeated = np.broadcast_to(np.arange(3.0), (4, 3))
    round_trip(context, repeated, "broadcast")


def ownership(context):
    class Counted(np.ndarray):
        pass

    array = np.arange(10.0).view(Counted)
    alive = weakref.ref(array)
    tensor = context.take(array)
    del array
    gc.collect()
    expect(alive() is not None, "the array went while it was lent")
    tensor.release()
    gc.collect()
    expect(alive() is None, "the array stayed after its tensor went")


def writing(context):
    array = np.arange(6.0).reshape(2, 3)
    tensor = context.take(array.T)
    used = context.used()
    context.binary("fm_add", tensor, tensor, tensor)
    expect(np.array_equal(array, 2 * np.arange(6.0).reshape(2, 3)), "not written in place")
    expect(context.used() == used + 6, "not charged")
    tensor.release()
    array.flags.writeable = False
    tensor = context.take(array)
    try:
        context.binary("fm_add", tensor, tensor, tensor)
    except fm.Error as refusal:
        expect("lends for reading only" in str(refusal), str(refusal))
    else:
        raise AssertionError("a read-only array was written")
    expect(context.used() == used + 6, "a refusal was charged")
    tensor.release()


def torch_tensors(context):
    try:
        import torch
    except ImportError:
        print("PyTorch is not here: its tensors were skipped")
        return
    for dtype in DTYPES + ["bfloat16"]:
        if not hasattr(torch, dtype):
            continue
        base = torch.arange(120).reshape(4, 5, 6).to(getattr(torch, dtype))
        for tensor in (base, base.permute(2, 0, 1), base[1:, ::2, 1::3], base[2, 3, 4], base[:0]):
            mine = context.take(tensor)
            back = torch.from_dlpack(mine)
            expect(back.dtype == tensor.dtype and back.shape == tensor.shape, f"{dtype}: {back.dtype}")
            expect(tensor.numel() == 0 or back.data_ptr() == tensor.data_ptr(), f"{dtype}: copied")
            expect(tensor.numel() < 2 or back.stride() == tensor.stride(), f"{dtype}: strides")
            expect(torch.equal(back, tensor), f"{dtype}: values")
            mine.release()
    source = torch.ones(3, 4)
    mine = context.take(source)
    context.binary("fm_add", mine, mine, mine)
    expect(torch.equal(source, torch.full((3, 4), 2.0)), "PyTorch's memory was not written")
    mine.release()
    for refused in (torch.ones(2, dtype=torch.float8_e4m3fn),
                    torch.ones(2, dtype=torch.complex32)):
        try:
            context.take(refused).release()
        except (fm.Error, BufferError, RuntimeError, TypeError, AttributeError) as refusal:
            print(f"{refused.dtype}: {str(refusal).splitlines()[0]}")
        else:
            raise AssertionError(f"{refused.dtype} was taken")
    print(f"PyTorch {torch.__version__}: passed")


def main():
    library = fm.load(sys.argv[2])
    context = fm.Context(library, fm.CPU)
    context.open_budget(10**9)
    for test in (numpy_arrays, ownership, writing, torch_tensors):
        test(context)
    context.close()
    print(f"NumPy {np.__version__}: passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
