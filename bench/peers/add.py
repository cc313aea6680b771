"""One add of two vectors of 8 elements: NumPy into an output, flopscope inside a budget."""

import functools

import timing


def numpy_add(dtype):
    import numpy

    a, b = numpy.ones(8, dtype), numpy.ones(8, dtype)
    return functools.partial(numpy.add, a, b, numpy.empty(8, dtype))


def flopscope_add(dtype):
    import flopscope
    import flopscope.numpy
    import numpy

    # Entered and never left: the budget stays open while the operation is timed.
    flopscope.BudgetContext(flop_budget=10**15, quiet=True).__enter__()
    a, b = numpy.ones(8, dtype), numpy.ones(8, dtype)
    return functools.partial(flopscope.numpy.add, a, b, out=numpy.empty(8, dtype))


timing.run({
    (f"add.{short}.8", peer): functools.partial(function, dtype)
    for short, dtype in (("f32", "float32"), ("f64", "float64"))
    for peer, function in (("numpy", numpy_add), ("flopscope", flopscope_add))
})
