"""flopmeter around PyTorch by ctypes: tensors shared by DLPack in both directions without a copy,
PyTorch's own work charged, and a budget that refuses. There is no build step:

    python3 examples/dlpack_torch.py [LIBRARY]

LIBRARY, or FLOPMETER_LIBRARY, is the path of libflopmeter.so where the loader does not find it.
Ends with 77 where PyTorch is missing. On a GPU the tensors are PyTorch's CUDA tensors.
"""
import ctypes
import os
import sys

OK, BUDGET = 0, 4
CPU, CUDA = 1, 2
VERSIONED, UNVERSIONED = b"dltensor_versioned", b"dltensor"

capsule_new = ctypes.pythonapi.PyCapsule_New
capsule_new.restype = ctypes.py_object
capsule_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
capsule_pointer = ctypes.pythonapi.PyCapsule_GetPointer
capsule_pointer.restype = ctypes.c_void_p
capsule_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
capsule_is = ctypes.pythonapi.PyCapsule_IsValid
capsule_is.argtypes = [ctypes.py_object, ctypes.c_char_p]
capsule_rename = ctypes.pythonapi.PyCapsule_SetName
capsule_rename.argtypes = [ctypes.py_object, ctypes.c_char_p]
# Names live as long as the capsules that carry them.
USED = {VERSIONED: b"used_dltensor_versioned", UNVERSIONED: b"used_dltensor"}


class Device(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_int), ("index", ctypes.c_int)]


class ContextOptions(ctypes.Structure):
    """fm_context_options, as far as it is set here: the size tells the library where it ends."""
    _fields_ = [("size", ctypes.c_size_t), ("device", Device), ("stream", ctypes.c_void_p)]


class BudgetOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("name", ctypes.c_char_p), ("flops", ctypes.c_uint64)]


class Error(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def load(path=None):
    path = path or os.environ.get("FLOPMETER_LIBRARY") or "libflopmeter.so"
    library = ctypes.CDLL(path)
    for name, result in {"fm_context_message": ctypes.c_char_p, "fm_budget_used": ctypes.c_uint64,
                         "fm_budget_remaining": ctypes.c_uint64, "fm_tensor_data": ctypes.c_void_p,
                         "fm_context_budget": ctypes.c_void_p,
                         "fm_tensor_is_read_only": ctypes.c_bool}.items():
        getattr(library, name).restype = result
    return library


class Context:
    """One flopmeter context; PyTorch's stream is its stream."""

    def __init__(self, library, device=CPU, stream=None):
        self.library, self.handle = library, ctypes.c_void_p()
        options = ContextOptions(ctypes.sizeof(ContextOptions), Device(device, 0), stream)
        status = library.fm_context_open(ctypes.byref(options), ctypes.byref(self.handle), None)
        if status != OK:
            raise Error(status, "no context could be opened")

    def close(self):
        self.library.fm_context_close(self.handle)

    def call(self, name, *arguments):
        status = getattr(self.library, name)(self.handle, *arguments)
        if status != OK:
            raise Error(status, self.library.fm_context_message(self.handle).decode())

    def open_budget(self, flops):
        options, budget = BudgetOptions(ctypes.sizeof(BudgetOptions), None, flops), ctypes.c_void_p()
        self.call("fm_budget_open", ctypes.byref(options), ctypes.byref(budget))
        self.library.fm_budget_release(budget)

    def used(self):
        budget = ctypes.c_void_p(self.library.fm_context_budget(self.handle))
        return self.library.fm_budget_used(budget)

    def charge(self, op, flops):
        """Charges before the work; the caller settles by settle(id) after it."""
        charge = ctypes.c_uint64()
        self.call("fm_charge", op.encode(), ctypes.c_uint64(flops), ctypes.byref(charge))
        return charge.value

    def settle(self, charge, ran=True):
        self.call("fm_settle", ctypes.c_uint64(charge), 0 if ran else 1)

    def take(self, array, stream=None):
        """A Tensor over the memory of anything that has __dlpack__."""
        try:
            capsule = array.__dlpack__(max_version=(1, 0))
        except TypeError:  # of before DLPack 1.0
            capsule = array.__dlpack__()
        name = VERSIONED if capsule_is(capsule, VERSIONED) else UNVERSIONED
        function = "fm_tensor_from_dlpack" + ("" if name == VERSIONED else "_unversioned")
        managed = ctypes.c_void_p(capsule_pointer(capsule, name))
        tensor = ctypes.c_void_p()
        self.call(function, managed, ctypes.c_void_p(stream), ctypes.byref(tensor))
        capsule_rename(capsule, USED[name])  # it is flopmeter's to delete now
        return Tensor(self, tensor)

    def binary(self, name, a, b, out):
        self.call(name, a.handle, b.handle, ctypes.byref(out.handle))


class Tensor:
    """A flopmeter tensor that NumPy's and PyTorch's from_dlpack take."""

    def __init__(self, context, handle=None):
        self.context, self.handle = context, handle or ctypes.c_void_p()

    def data(self):
        return self.context.library.fm_tensor_data(self.handle)

    def read_only(self):
        return self.context.library.fm_tensor_is_read_only(self.handle)

    def __dlpack__(self, *, stream=None, max_version=None, dl_device=None, copy=None):
        versioned = max_version is not None and max_version[0] >= 1
        name = VERSIONED if versioned else UNVERSIONED
        managed = ctypes.c_void_p()
        self.context.call("fm_tensor_to_dlpack" + ("" if versioned else "_unversioned"),
                          self.handle, ctypes.c_void_p(stream), ctypes.byref(managed))
        return capsule_new(managed, name, None)

    def __dlpack_device__(self):
        device = self.context.library.fm_tensor_device
        device.restype = Device
        where = device(self.handle)
        return (2, where.index) if where.kind == CUDA else (1, 0)

    def release(self):
        self.context.library.fm_tensor_release(self.handle)
        self.handle = ctypes.c_void_p()


def main(arguments):
    try:
        import torch
    except ImportError:
        print("skipped: PyTorch is not here")
        return 77
    on_gpu = torch.cuda.is_available()
    device = "cuda" if on_gpu else "cpu"
    library = load(arguments[0] if arguments else None)
    stream = torch.cuda.Stream().cuda_stream if on_gpu else None
    context = Context(library, CUDA if on_gpu else CPU, stream)
    context.open_budget(10_000_000)

    # PyTorch's memory, written by flopmeter where it lies, and charged: 256 x 256 additions.
    a = torch.ones(256, 256, device=device)
    current = torch.cuda.current_stream().cuda_stream if on_gpu else None
    tensor = context.take(a, current)
    context.binary("fm_add", tensor, tensor, tensor)
    context.call("fm_synchronize")
    print(f"a[0, 0] is {a[0, 0].item()}, {context.used()} FLOPs used")
    assert a[0, 0].item() == 2 and tensor.data() == a.data_ptr()

    # PyTorch's own work, charged before it is launched, until the budget refuses.
    n, products = 96, 0
    b = torch.ones(n, n, device=device)
    try:
        while True:
            charge = context.charge("torch.matmul", 2 * n**3)
            b = (b @ b) / n
            context.settle(charge)
            products += 1
    except Error as refusal:
        assert refusal.status == BUDGET
        print(f"{products} products; then {refusal}")

    # A result of flopmeter's as a PyTorch tensor, sharing its memory.
    total = Tensor(context)
    context.binary("fm_add", tensor, tensor, total)
    shared = torch.from_dlpack(total)
    if on_gpu:
        torch.cuda.synchronize()
    print(f"shared[0, 0] is {shared[0, 0].item()}, on {shared.device}")
    assert shared[0, 0].item() == 4 and shared.data_ptr() == total.data()
    for mine in (tensor, total):
        mine.release()
    context.close()
    assert shared[255, 255].item() == 4  # the memory outlives the context
    return 0 if products == (10_000_000 - 256 * 256) // (2 * n**3) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
