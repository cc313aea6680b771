/* Infer and cost of programs that have nothing to say before they run. */
#include "ops/args.h"
#include "ops/program.h"

fm_status fm_infer_nothing(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    for (int o = 0; o < bound->row->nout; o++) fm_output_unknown(r, o, FM_DTYPE_NONE);
    return FM_OK;
}

fm_status fm_cost_nothing(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    (void)r;
    return fm_cost_result(bound, fm_cost_free(work, fm_row_cost_name(bound->row)), error);
}
