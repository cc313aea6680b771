"""Writes promotion.inc: NumPy's (and ml_dtypes') promotion and casting tables.

    python3 tests/core/make_promotion.py > tests/core/promotion.inc
"""
import numpy as np
import ml_dtypes

NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
         "float16", "bfloat16", "float32", "float64", "complex64", "complex128"]


def dtype(name):
    return np.dtype(ml_dtypes.bfloat16 if name == "bfloat16" else name)


def promoted(a, b):
    # NumPy knows no common type of float16 and bfloat16; flopmeter takes float32.
    if {a, b} == {"float16", "bfloat16"}:
        return "float32"
    return np.promote_types(dtype(a), dtype(b)).name


print("/* Written by make_promotion.py: {from, to, promoted, can cast safely, same kind}. */")
for a in NAMES:
    for b in NAMES:
        if "bfloat16" in (a, b):
            casts = "-1, -1"
        else:
            casts = ", ".join(str(int(np.can_cast(dtype(a), dtype(b), c)))
                              for c in ("safe", "same_kind"))
        try:
            result = promoted(a, b)
        except np.exceptions.DTypePromotionError:
            continue  # ml_dtypes leaves the pair undefined
        print('{"%s", "%s", "%s", %s},' % (a, b, result, casts))
