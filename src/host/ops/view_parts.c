/* real and imag: the parts of complex elements where they lie, every second number of the storage.
 */
#include "ops/args.h"
#include "ops/elementwise_infer.h"
#include "ops/program.h"
#include "ops/view.h"

static fm_dtype part_dtype(fm_dtype dtype) {
    return fm_dtype_kind(dtype) == 'c' ? fm_real_dtype(dtype) : dtype;
}

/* A number has no storage, and real elements have no imaginary parts: the program makes some. */
static fm_status infer_part(const fm_bound *bound, fm_resolved *r, bool imaginary,
                            fm_error *error) {
    fm_view view;
    FM_TRY(fm_view_open(bound, r, &view));
    bool complex_ = fm_dtype_kind(r->compute) == 'c';
    r->program = r->view_copies || (imaginary && !complex_);
    r->view_copies = false;
    r->compute = part_dtype(r->compute);
    for (int d = 0; d < view.ndim && complex_; d++)
        if (__builtin_mul_overflow(view.strides[d], 2, &view.strides[d]))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 1,
                              "axis %d has a stride above 2^62", d);
    view.offset = imaginary && complex_;
    return fm_view_close(r, &view);
}

fm_status fm_infer_real(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_part(bound, r, false, error);
}

fm_status fm_infer_imag(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_part(bound, r, true, error);
}

fm_status fm_run_part(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    if (p->status != FM_OK) return p->status;
    bool complex_ = fm_dtype_kind(x->layout->dtype) == 'c', imaginary = p->row->name[0] == 'i';
    const fm_tensor *out = x;
    if (complex_)
        out = fm_do(p, p->row, (fm_value[]){V_T(x)}, 1);
    else if (imaginary)
        out = FM_DO(p, "zeros_like", V_T(x));
    fm_program_return(p, 0, out);
    return p->status;
}
