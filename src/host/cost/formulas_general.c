/* Formulas of whole classes of operations: pointwise, reduction, einsum, unwrap. */
#include "cost/formulas.h"

#include "cost/einsum.h"

#include "core/detail.h"

FM_FORMULA_FN(pointwise) {
    (void)row;
    (void)error;
    return fm_cost_elementwise(work, args[0].text, args[1].shape);
}

/* The set of the given axes; the textbook refuses one that is not there, 0.4.3 takes it modulo. */
static fm_status axis_set(const fm_formula *row, fm_extents shape, const fm_formula_arg *axes,
                          bool faults, fm_axis_set *set, fm_error *error) {
    *set = axes->none ? fm_all_axes(shape.ndim) : 0;
    for (int i = 0; !axes->none && i < axes->shape.ndim; i++) {
        int64_t axis = axes->shape.dims[i];
        if (!faults && (axis < -shape.ndim || axis >= shape.ndim))
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 3,
                              "axis %lld is not one of the %d axes", (long long)axis, shape.ndim);
        if (shape.ndim > 0)
            *set |= (fm_axis_set)1 << ((axis % shape.ndim + shape.ndim) % shape.ndim);
    }
    return FM_OK;
}

FM_FORMULA_FN(reduction) {
    fm_axis_set axes;
    FM_TRY(axis_set(row, args[1].shape, &args[2], work->faults, &axes, error));
    return fm_cost_reduce(work, args[0].text, args[1].shape, NULL, axes);
}

FM_FORMULA_FN(einsum) {
    return fm_cost_einsum(work, row->op, args[0].text, args[1].nshapes, args[1].shapes, error);
}

FM_FORMULA_FN(unwrap) {
    (void)error;
    fm_u128 size;
    if (!fm_u128_extents(args[0].shape.ndim, args[0].shape.dims, &size) ||
        !fm_u128_mul(size, 7, &size))
        return FM_ERR_OVERFLOW;
    return fm_cost_units(work, row->op, size);
}

const fm_formula fm_formulas_general[] = {
    {"einsum",
     "einsum",
     "2 a multiply-add pair, 1 a product that is not summed, along the path",
     {{"subscripts", FM_FORMULA_TEXT, NULL}, {"shapes", FM_FORMULA_SHAPES, NULL}},
     einsum},
    {"pointwise",
     "",
     "size",
     {{"op_name", FM_FORMULA_TEXT, NULL}, {"shape", FM_FORMULA_SHAPE, NULL}},
     pointwise},
    {"reduction",
     "",
     "input size - output size",
     {{"op_name", FM_FORMULA_TEXT, NULL},
      {"input_shape", FM_FORMULA_SHAPE, NULL},
      {"axis", FM_FORMULA_AXES, "None"}},
     reduction},
    {"unwrap", "unwrap", "7*size", {{"shape", FM_FORMULA_SHAPE, NULL}}, unwrap},
    {0},
};
