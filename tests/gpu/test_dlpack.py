"""DLPack with PyTorch's CUDA tensors and CuPy's arrays, by ctypes. Skipped (77) where neither is there
with a GPU, and under compute-sanitizer, which would watch their kernels too.

usage: test_dlpack.py EXAMPLES_FOLDER LIBRARY
"""
import os
import sys

if os.environ.get("FLOPMETER_TEST_SAMPLE"):
    sys.exit(77)
sys.path.insert(0, sys.argv[1])
import dlpack_torch as fm  # noqa: E402


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def with_torch(library):
    try:
        import torch
    except ImportError:
        return False
    if not torch.cuda.is_available():
        return False
    producer, consumer = torch.cuda.Stream(), torch.cuda.Stream()
    context = fm.Context(library, fm.CUDA, consumer.cuda_stream)
    with torch.cuda.stream(producer):
        for dtype in (torch.float16, torch.bfloat16, torch.float32, torch.int64, torch.complex64):
            source = torch.arange(1 << 20, device="cuda").to(dtype).reshape(1 << 10, 1 << 10).t()
            tensor = context.take(source, producer.cuda_stream)
            expect(tensor.data() == source.data_ptr(), f"{dtype}: copied")
            context.binary("fm_add", tensor, tensor, tensor)
            back = torch.from_dlpack(tensor)
            expect(back.stride() == source.stride(), f"{dtype}: strides")
            twice = 2 * torch.arange(1 << 20, device="cuda").to(dtype).reshape(1 << 10, 1 << 10).t()
            expect(torch.equal(back, twice), f"{dtype}: values, or their order")
            tensor.release()
    try:
        context.take(torch.ones(3)).release()
    except fm.Error as refusal:
        print(refusal)
    else:
        raise AssertionError("a CPU tensor was taken by a CUDA context")
    context.close()
    print(f"PyTorch {torch.__version__}: passed")
    return True


def with_cupy(library):
    try:
        import cupy
    except ImportError:
        return False
    stream = cupy.cuda.Stream(non_blocking=True)
    context = fm.Context(library, fm.CUDA, stream.ptr)
    source = cupy.arange(1000, dtype=cupy.float32)[::2]
    tensor = context.take(source)
    expect(tensor.data() == source.data.ptr, "copied")
    context.binary("fm_add", tensor, tensor, tensor)
    back = cupy.from_dlpack(tensor)
    expect(bool((back == 2 * cupy.arange(0, 1000, 2)).all()), "values")
    tensor.release()
    context.close()
    print(f"CuPy {cupy.__version__}: passed")
    return True


def main():
    library = fm.load(sys.argv[2])
    ran = [with_torch(library), with_cupy(library)]
    if not any(ran):
        print("skipped: no PyTorch or CuPy with a GPU")
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
