/* where with a condition alone: the places of the elements that are not zero, axis by axis. */
#include "ops/shaping.h"

fm_status fm_infer_places(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    const fm_layout *condition = fm_operand_add(bound, r, 0, 0);
    r->compute = FM_INT64;
    if (condition->ndim > 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, "where", 1, "0 dimensions, but at least 1 is needed");
}

fm_status fm_run_places(fm_program *p) {
    fm_value axes[FM_MAX_NDIM];
    const fm_tensor *condition = fm_program_tensor(p, 0);
    if (!condition) return p->status;
    const int ndim = condition->layout->ndim;
    fm_tensor *flat = FM_DO(p, "_nonzero_flat", V_T(condition));
    fm_tensor *all =
        FM_DO(p, "_unravel", V_T(flat), V_INTS(fm_layout_shape(condition->layout), ndim));
    for (int d = 0; d < ndim; d++)
        axes[d] = V_T(FM_DO(p, "squeeze", V_T(fm_do_slice(p, all, 0, d, 1, 1)), V_I(0)));
    fm_program_reply(p, V_TUPLE(axes, ndim));
    return p->status;
}
