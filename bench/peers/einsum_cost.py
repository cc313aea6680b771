"""What flopscope takes to tell an einsum's cost, with and without the answer in its caches."""

import functools

import timing


def answer(subscripts, shapes, symmetric=False, same=False, cold=True):
    import flopscope
    import numpy
    from flopscope import SymmetryGroup
    from flopscope._accumulation import _cache

    operands = [numpy.zeros(shape) for shape in shapes]
    if symmetric:
        group = SymmetryGroup.symmetric(axes=tuple(range(len(shapes[0]))))
        operands[0] = flopscope.as_symmetric(operands[0], symmetry=group)
    if same:
        operands[2] = operands[1]

    def ask():
        if cold:
            _cache._accumulation_cache.cache_clear()
            _cache._reduction_cache.cache_clear()
        return flopscope.einsum_accumulation_cost(subscripts, *operands)

    return ask


def answers(cold):
    """The recorded contractions of symmetric and repeated operands, one after the other."""
    import flopscope
    import numpy
    from flopscope import SymmetryGroup
    from flopscope._accumulation import _cache

    import symmetric

    def made(shape, group):
        if not group:
            return numpy.zeros(shape)
        group = SymmetryGroup.from_generators(group["generators"], axes=tuple(group["axes"]))
        return flopscope.as_symmetric(numpy.zeros(shape), symmetry=group)

    questions = []
    for subscripts, operands, _ in symmetric.contractions():
        own = [made(shape, group) for _, shape, group in operands]
        questions.append((subscripts, [own[same] for same, _, _ in operands]))

    def ask():
        for subscripts, operands in questions:
            if cold:
                _cache._accumulation_cache.cache_clear()
                _cache._reduction_cache.cache_clear()
            flopscope.einsum_accumulation_cost(subscripts, *operands)

    return ask


MATRICES = [(64, 64), (64, 64)]
timing.run({
    ("einsum_cost.cold", "flopscope"): functools.partial(answer, "ij,jk->ik", MATRICES),
    ("einsum_cost.warm", "flopscope"): functools.partial(answer, "ij,jk->ik", MATRICES, cold=False),
    ("einsum_cost.s4", "flopscope"): functools.partial(
        answer, "ijkl,ia,jb->abkl", [(8, 8, 8, 8), (8, 8), (8, 8)], symmetric=True, same=True),
    ("einsum_cost.symmetric.cold", "flopscope"): functools.partial(answers, True),
    ("einsum_cost.symmetric.warm", "flopscope"): functools.partial(answers, False),
})
