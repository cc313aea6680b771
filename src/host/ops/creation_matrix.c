/* Diagonals, triangles and powers: diag, diagflat, tril, triu, vander. */
#include "ops/shaping.h"
#include "ops/view.h"

#include <string.h>

static fm_status side_of(const fm_bound *bound, int64_t length, int64_t k, int64_t *side,
                         fm_error *error) {
    int64_t away = k < 0 ? -k : k;
    if (k == INT64_MIN || __builtin_add_overflow(length, away, side))
        return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 2,
                          "diagonal %lld of %lld elements exceeds 2^63 - 1", (long long)k,
                          (long long)length);
    return FM_OK;
}

/* Length of diagonal k of a matrix. */
static int64_t diagonal_length(int64_t rows, int64_t columns, int64_t k) {
    if (k == INT64_MIN) return 0;
    int64_t from_row = k < 0 ? -k : 0, from_column = k > 0 ? k : 0;
    int64_t down = rows - from_row, right = columns - from_column;
    int64_t length = down < right ? down : right;
    return length > 0 ? length : 0;
}

fm_status fm_infer_diag(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *v = r->in[0];
    const int64_t k = bound->values[1].as.i, *shape = fm_layout_shape(v);
    int64_t side = 0;
    r->compute = v->dtype;
    r->program = v->ndim != 2;
    if (v->ndim == 0) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1, "0 dimensions, but 1 or 2 are needed");
        return fm_fail_as(error, "IndexError", FM_ERR_SHAPE);
    }
    if (v->ndim > 2)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but 1 or 2 are needed", v->ndim);
    if (v->ndim == 2) {
        const int64_t *strides = fm_layout_strides(v);
        fm_view view = {.ndim = 1,
                        .shape = {diagonal_length(shape[0], shape[1], k)},
                        .strides = {strides[0] + strides[1]}};
        if (view.shape[0] > 0) view.offset = k < 0 ? -k * strides[0] : k * strides[1];
        return fm_view_close(r, &view);
    }
    FM_TRY(side_of(bound, shape[0], k, &side, error));
    fm_output_set(r, 0, v->dtype, 2, (int64_t[]){side, side});
    return FM_OK;
}

/* Free by the textbook; 0.4.3 charges the matrix made, or the shorter side of the one read. */
fm_status fm_cost_of_diag(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    const fm_layout *v = r->in[0];
    int64_t shorter = 0;
    if (v->ndim == 2) {
        const int64_t *shape = fm_layout_shape(v);
        shorter = shape[0] < shape[1] ? shape[0] : shape[1];
    }
    fm_extents extents = v->ndim == 2 ? (fm_extents){1, &shorter} : fm_extents_out(r, 0);
    return fm_cost_result(bound, fm_cost_create(work, fm_row_cost_name(bound->row), extents, false),
                          error);
}

/* Zeros with the elements of v on diagonal k. */
static const fm_tensor *on_diagonal(fm_program *p, const fm_tensor *v, int64_t k) {
    int64_t length = fm_tensor_size(v), side = length + (k < 0 ? -k : k);
    fm_tensor *out = FM_DO(p, "zeros", V_INTS(((int64_t[]){side, side}), 2), V_D(v->layout->dtype));
    if (length > 0) FM_DO_INTO(p, FM_DO(p, "diagonal", V_T(out), V_I(k)), "copy", V_T(v));
    return out;
}

fm_status fm_run_diag(fm_program *p) {
    const fm_tensor *v = fm_program_tensor(p, 0);
    if (v) fm_program_return(p, 0, on_diagonal(p, v, p->values[1].as.i));
    return p->status;
}

fm_status fm_infer_diagflat(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int64_t side = 0;
    FM_TRY(side_of(bound, r->in[0]->size, bound->values[1].as.i, &side, error));
    r->compute = r->in[0]->dtype;
    fm_output_set(r, 0, r->compute, 2, (int64_t[]){side, side});
    return FM_OK;
}

fm_status fm_run_diagflat(fm_program *p) {
    fm_tensor *flat = FM_DO(p, "ravel", V_T(fm_program_tensor(p, 0)));
    if (flat) fm_program_return(p, 0, on_diagonal(p, flat, p->values[1].as.i));
    return p->status;
}

/* tril and triu: the elements under a mask. */

fm_status fm_infer_triangle(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *m = r->in[0];
    int64_t shape[FM_MAX_NDIM];
    if (m->ndim == 0) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                   "0 dimensions, but at least 1 is needed");
        return fm_fail_as(error, "TypeError", FM_ERR_SHAPE);
    }
    memcpy(shape, fm_layout_shape(m), (size_t)m->ndim * sizeof *shape);
    if (m->ndim == 1) shape[1] = shape[0];
    r->compute = m->dtype;
    fm_output_set(r, 0, m->dtype, m->ndim == 1 ? 2 : m->ndim, shape);
    return FM_OK;
}

fm_status fm_run_triangle(fm_program *p) {
    const fm_tensor *m = fm_program_tensor(p, 0);
    if (!m) return p->status;
    int ndim = m->layout->ndim;
    bool upper = p->row->op == 1;
    const int64_t *shape = fm_layout_shape(m->layout), k = p->values[1].as.i;
    int64_t rows = shape[ndim > 1 ? ndim - 2 : 0], columns = shape[ndim - 1];
    fm_tensor *low = FM_DO(p, "tri", V_I(rows), V_I(columns), V_I(upper ? k - 1 : k), V_D(FM_BOOL));
    fm_program_return(p, 0,
                      upper ? FM_DO(p, "where", V_T(low), V_B(false), V_T(m))
                            : FM_DO(p, "where", V_T(low), V_T(m), V_B(false)));
    return p->status;
}

/* vander: the powers of x in columns. */

fm_status fm_infer_vander(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *x = r->in[0];
    if (x->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "%d dimensions, but 1 is needed", x->ndim);
    int64_t rows = fm_layout_shape(x)[0], columns = fm_arg_int(&bound->values[1], rows);
    if (columns < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2, "%lld is negative",
                          (long long)columns);
    r->compute = fm_promote_types(x->dtype, FM_INT64);
    fm_output_set(r, 0, r->compute, 2, (int64_t[]){rows, columns});
    return FM_OK;
}

/* Free by the textbook; 0.4.3 charges one multiplication an element but for the first column. */
fm_status fm_cost_of_vander(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    int64_t columns = r->out[0].shape[1];
    int64_t counted[2] = {r->out[0].shape[0], columns > 0 ? columns - 1 : 0};
    return fm_cost_result(
        bound, fm_cost_create(work, fm_row_cost_name(bound->row), (fm_extents){2, counted}, true),
        error);
}

/* A few powers of float64, computed where they lie. */
static bool vander_few(fm_program *p, const fm_tensor *x, int64_t rows, int64_t columns) {
    double base[FM_FEW], out[FM_FEW];
    const bool rises = p->values[2].as.i != 0;
    if (!fm_program_is_host(p) || x->layout->dtype != FM_FLOAT64 || columns < 1 || rows < 1 ||
        rows > FM_FEW / columns)
        return false;
    fm_program_read(p, x, base);
    for (int64_t i = 0; p->status == FM_OK && i < rows; i++) {
        double power = 1;
        for (int64_t j = 0; j < columns; j++, power = j == 1 ? base[i] : power * base[i])
            out[i * columns + (rises ? j : columns - 1 - j)] = power;
    }
    fm_program_return(p, 0, fm_program_from(p, FM_FLOAT64, 2, (int64_t[]){rows, columns}, out));
    return true;
}

/* Row by row of the transposed matrix, each the last one times x, as NumPy accumulates them. */
fm_status fm_run_vander(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, 0);
    if (!x) return p->status;
    int64_t rows = fm_tensor_size(x), columns = fm_arg_int(&p->values[1], rows);
    if (vander_few(p, x, rows, columns)) return p->status;
    fm_dtype dtype = fm_promote_types(x->layout->dtype, FM_INT64);
    const fm_tensor *wide = FM_DO(p, "astype", V_T(x), V_D(dtype));
    fm_tensor *powers = fm_program_new(p, dtype, 2, (int64_t[]){columns, rows}), *last = NULL;
    for (int64_t j = 0; j < columns && rows > 0 && p->status == FM_OK; j++) {
        fm_tensor *row = FM_DO(p, "squeeze", V_T(fm_do_slice(p, powers, 0, j, 1, 1)), V_I(0));
        if (j == 0)
            FM_DO_INTO(p, row, "ones", V_INTS(&rows, 1), V_D(dtype));
        else if (j == 1)
            FM_DO_INTO(p, row, "copy", V_T(wide));
        else
            FM_DO_INTO(p, row, "multiply", V_T(last), V_T(wide));
        if (last) fm_program_drop(p, last);
        last = row;
    }
    if (!p->values[2].as.i) powers = FM_DO(p, "flip", V_T(powers), V_I(0));
    fm_program_return(p, 0, FM_DO(p, "transpose", V_T(powers)));
    return p->status;
}
