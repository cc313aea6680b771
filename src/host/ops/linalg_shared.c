/* What the rows of linear algebra share: checks as NumPy makes them, costs, small programs. */
#include "ops/linalg.h"

#include <string.h>

fm_dtype fm_linalg_result(fm_dtype dtype) {
    bool kept = dtype == FM_FLOAT32 || dtype == FM_COMPLEX64 || dtype == FM_COMPLEX128;
    return kept ? dtype : FM_FLOAT64;
}

fm_dtype fm_linalg_real(fm_dtype dtype) {
    return dtype == FM_COMPLEX64 ? FM_FLOAT32 : dtype == FM_COMPLEX128 ? FM_FLOAT64 : dtype;
}

fm_status fm_linalg_need_matrix(const fm_bound *bound, const fm_resolved *r, int i, int least,
                                const char *exception, fm_error *error) {
    int ndim = r->in[i]->ndim;
    if (ndim >= 2) return FM_OK;
    fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, i + 1,
               "%d dimension%s, but matrices have at least 2", ndim, ndim == 1 ? "" : "s");
    return fm_fail_as(error, ndim == 0 || ndim < least ? "IndexError" : exception, FM_ERR_SHAPE);
}

fm_status fm_linalg_need_square(const fm_bound *bound, const fm_resolved *r, int i,
                                fm_error *error) {
    FM_TRY(fm_linalg_need_matrix(bound, r, i, 1, "LinAlgError", error));
    fm_matrices a = fm_linalg_matrices(r->in[i]);
    if (a.m == a.n) return FM_OK;
    fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, i + 1,
               "the last two axes are %lld and %lld, but the matrix must be square", (long long)a.m,
               (long long)a.n);
    return fm_fail_as(error, "LinAlgError", FM_ERR_SHAPE);
}

fm_status fm_linalg_need_dtype(const fm_bound *bound, const fm_resolved *r, int i,
                               fm_error *error) {
    fm_dtype dtype = r->in[i]->dtype;
    if (dtype != FM_FLOAT16 && dtype != FM_BFLOAT16) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, i + 1,
                      "dtype %s, but linear algebra has no half precision", fm_dtype_name(dtype));
}

fm_matrices fm_linalg_matrices(const fm_layout *layout) {
    const int64_t *shape = fm_layout_shape(layout);
    fm_matrices a = {.leading = layout->ndim - 2, .batch = 1};
    a.m = shape[a.leading];
    a.n = shape[a.leading + 1];
    a.k = a.m < a.n ? a.m : a.n;
    if (!fm_u128_extents(a.leading, shape, &a.batch)) a.batch = FM_U128_MAX;
    return a;
}

void fm_linalg_output(fm_resolved *r, int o, fm_dtype dtype, int ndim, const int64_t *last) {
    int64_t shape[FM_MAX_NDIM];
    int leading = r->in[0]->ndim - 2;
    memcpy(shape, fm_layout_shape(r->in[0]), (size_t)leading * sizeof *shape);
    if (ndim > 0) memcpy(shape + leading, last, (size_t)ndim * sizeof *shape);
    fm_output_set(r, o, dtype, leading + ndim, shape);
}

fm_status fm_linalg_cost(const fm_bound *bound, const fm_resolved *r, const char *formula,
                         const fm_formula_arg *args, fm_work *work, fm_error *error) {
    fm_matrices a = fm_linalg_matrices(r->in[0]);
    const fm_formula *row;
    FM_TRY(fm_formula_find(formula, &row, error));
    if (a.k == 0 || a.batch == 0)
        return fm_cost_close(bound, r, work, fm_cost_free(work, row->op), error);
    fm_status status = row->cost(row, args, work, error);
    if (status != FM_OK && status != FM_ERR_OVERFLOW) return status;
    if (status == FM_OK) status = fm_work_times(work, a.batch);
    return fm_cost_close(bound, r, work, status, error);
}

const fm_tensor *fm_linalg_turned(fm_program *p, const fm_tensor *x) {
    return FM_DO(p, "swapaxes", V_T(x), V_I(-2), V_I(-1));
}

const fm_tensor *fm_linalg_slice(fm_program *p, const fm_tensor *x, int axis, int64_t from,
                                 int64_t to) {
    int64_t starts[FM_MAX_NDIM] = {0}, stops[FM_MAX_NDIM];
    if (p->status != FM_OK) return NULL;
    int at = axis < 0 ? axis + x->layout->ndim : axis;
    for (int d = 0; d < at; d++) stops[d] = fm_layout_shape(x->layout)[d];
    starts[at] = from;
    stops[at] = to;
    return FM_DO(p, "slice", V_T(x), V_INTS(starts, at + 1), V_INTS(stops, at + 1));
}

int fm_linalg_worst(fm_program *p, const fm_tensor *info) {
    int32_t few[64];
    if (p->status != FM_OK) return 0;
    size_t count = (size_t)info->layout->size;
    int32_t *words = count <= 64 ? few : fm_program_memory(p, count * sizeof *words);
    if (words) fm_program_read(p, info, words);
    if (p->status != FM_OK) return 0;
    int32_t most = 0, least = 0;
    for (size_t i = 0; i < count; i++) {
        if (words[i] > most) most = words[i];
        if (words[i] < least) least = words[i];
    }
    return most > 0 ? most : least;
}

void fm_linalg_check(fm_program *p, const fm_tensor *info, const char *why) {
    if (fm_program_watch(p, info, FM_ERR_NUMERIC, NULL, 0, why)) return;
    if (fm_linalg_worst(p, info) != 0) fm_program_fail(p, FM_ERR_NUMERIC, 0, "%s", why);
}
