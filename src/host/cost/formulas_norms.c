/* Formulas of norms: 2 an element, or by the singular values. */
#include "cost/formulas.h"

#include "core/detail.h"

/* Whether the order of a matrix norm needs singular values. */
static bool singular(const fm_formula_arg *order) {
    if (order->none) return false;
    if (order->text != NULL) return order->text[0] == 'n';
    return order->number == 2 || order->number == -2;
}

static bool elements(fm_extents shape, fm_u128 *size) {
    return fm_u128_extents(shape.ndim, shape.dims, size);
}

/* 2 an element of the shape; 0.4.3 takes no fewer than one element. */
static fm_status elementwise(fm_work *work, const char *op, fm_extents shape) {
    fm_u128 size, units;
    if (!elements(shape, &size)) return FM_ERR_OVERFLOW;
    if (work->faults && size == 0) size = 1;
    if (!fm_u128_mul(size, 2, &units)) return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, op, units);
}

/* 4*m*n*min(m, n) for each matrix of the last two axes; 0.4.3 for one. */
static fm_status by_singular_values(fm_work *work, const char *op, fm_extents shape) {
    fm_u128 m = (fm_u128)shape.dims[shape.ndim - 2], n = (fm_u128)shape.dims[shape.ndim - 1];
    fm_u128 batch = 1, units;
    if (!work->faults && !elements((fm_extents){shape.ndim - 2, shape.dims}, &batch))
        return FM_ERR_OVERFLOW;
    if (!fm_formula_product(m, n, m < n ? m : n, &units) ||
        !fm_formula_product(units, 4, batch, &units))
        return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, op, units);
}

FM_FORMULA_FN(norm) {
    fm_extents shape = args[0].shape;
    if (shape.ndim == 0 && work->faults) {
        fm_fail_op(error, FM_ERR_SHAPE, row->name, 1,
                   "no axis, and flopscope 0.4.3 needs one or more");
        return fm_fail_as(error, "IndexError", FM_ERR_SHAPE);
    }
    if (shape.ndim >= 2 && singular(&args[1])) return by_singular_values(work, row->op, shape);
    return elementwise(work, row->op, shape);
}

FM_FORMULA_FN(vector_norm) {
    (void)error;
    return elementwise(work, row->op, args[0].shape);
}

FM_FORMULA_FN(matrix_norm) {
    fm_extents shape = args[0].shape;
    if (shape.ndim < 2)
        return fm_fail_op(error, FM_ERR_SHAPE, row->name, 1, "%d axes, at least 2 are needed",
                          shape.ndim);
    if (singular(&args[1])) return by_singular_values(work, row->op, shape);
    fm_u128 units;
    if (!work->faults) return elementwise(work, row->op, shape);
    if (!fm_formula_product((fm_u128)shape.dims[shape.ndim - 2],
                            (fm_u128)shape.dims[shape.ndim - 1], 2, &units))
        return FM_ERR_OVERFLOW;
    return fm_work_add_units(work, row->op, units);
}

#define SHAPE_ORD                                                                                  \
    {                                                                                              \
        {"shape", FM_FORMULA_SHAPE, NULL}, {                                                       \
            "ord", FM_FORMULA_ORDER, "None"                                                        \
        }                                                                                          \
    }

const fm_formula fm_formulas_norms[] = {
    {"norm", "linalg.norm", "2*size; matrices with ord 2, -2, nuc: 4*m*n*min(m, n)", SHAPE_ORD,
     norm},
    {"vector_norm", "linalg.vector_norm", "2*size", SHAPE_ORD, vector_norm},
    {"matrix_norm", "linalg.matrix_norm", "2*size; ord 2, -2, nuc: 4*m*n*min(m, n) a matrix",
     SHAPE_ORD, matrix_norm},
    {0},
};
