/* Rows that find elements: nonzero, argwhere, extract, compress, and flat places as indices. */
#include "ops/index.h"

#include <string.h>

fm_tensor *fm_index_flat(fm_program *p, const fm_tensor *a) {
    int64_t all[1] = {-1};
    if (a && a->layout->ndim == 1) return (fm_tensor *)(uintptr_t)a;
    return a ? FM_DO(p, "reshape", V_T(a), V_INTS(all, 1)) : NULL;
}

/* Indices of each axis, of one dimension each, that flat places of a shape are. */
static void split_places(fm_program *p, const fm_tensor *flat, int ndim, const int64_t *shape,
                         bool backwards, fm_value *axes) {
    if (ndim == 1) {
        axes[0] = V_T(flat);
        return;
    }
    fm_tensor *all = FM_DO(p, "_unravel", V_T(flat), V_INTS(shape, ndim), V_B(backwards));
    for (int d = 0; d < ndim; d++) axes[d] = V_T(FM_DO(p, "getitem", V_T(all), V_I(d)));
}

fm_status fm_infer_nonzero(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    r->compute = r->in[0]->dtype;
    if (r->in[0]->ndim > 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                      "it has 0 dimensions, and nonzero numbers at least one");
}

fm_status fm_run_nonzero(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_value axes[FM_MAX_NDIM];
    if (p->status != FM_OK) return p->status;
    int ndim = a->layout->ndim;
    fm_tensor *flat = fm_index_nonzero(p, a);
    split_places(p, flat, ndim, fm_layout_shape(a->layout), false, axes);
    fm_program_reply(p, V_TUPLE(axes, ndim));
    return p->status;
}

fm_status fm_run_flatnonzero(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_program_return(p, 0, a ? fm_index_nonzero(p, a) : NULL);
    return p->status;
}

/* Of a single element one row without columns, where it is not zero. */
fm_status fm_run_argwhere(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    fm_tensor *flat = a ? fm_index_nonzero(p, a) : NULL;
    if (p->status != FM_OK) return p->status;
    int ndim = a->layout->ndim;
    int64_t shape[2] = {flat->layout->size, ndim};
    fm_tensor *out;
    if (ndim < 2)
        out = ndim == 1 ? FM_DO(p, "reshape", V_T(flat), V_INTS(shape, 2))
                        : fm_program_new(p, FM_INT64, 2, shape);
    else
        out = FM_DO(p, "transpose",
                    V_T(FM_DO(p, "_unravel", V_T(flat), V_INTS(fm_layout_shape(a->layout), ndim))));
    fm_program_return(p, 0, out);
    return p->status;
}

fm_status fm_infer_flat_places(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    r->compute = r->in[0]->dtype;
    fm_output_unknown(r, 0, FM_INT64);
    return FM_OK;
}

/* 1 an element of the operand: nonzero, argwhere, flatnonzero; of the second one: extract. */
fm_status fm_cost_looked(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                         fm_error *error) {
    const fm_layout *seen = r->in[r->nin - 1];
    fm_status status = fm_cost_elements(work, fm_row_cost_name(bound->row), fm_extents_of(seen));
    return fm_cost_result(bound, status, error);
}

/* extract(condition, arr) */
fm_status fm_infer_extract(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    r->compute = r->in[1]->dtype;
    fm_output_unknown(r, 0, r->compute);
    return FM_OK;
}

/* The elements where a flat mask is true; it may be longer or shorter than they are. */
static const fm_tensor *pick(fm_program *p, const fm_tensor *mask, const fm_tensor *flat) {
    if (p->status != FM_OK) return NULL;
    if (mask->layout->size == flat->layout->size) return FM_DO(p, "_compact", V_T(flat), V_T(mask));
    return FM_DO(p, "take", V_T(flat), V_T(fm_index_nonzero(p, mask)), V_I(0));
}

fm_status fm_run_extract(fm_program *p) {
    const fm_tensor *mask = fm_index_flat(p, fm_program_tensor(p, 0));
    const fm_tensor *flat = fm_index_flat(p, fm_program_tensor(p, 1));
    fm_program_return(p, 0, pick(p, mask, flat));
    return p->status;
}

/* compress(condition, a, axis): how many are chosen is counted first. */
fm_status fm_probe_compress(fm_program *p, int64_t probed[FM_PROBED]) {
    const fm_tensor *mask = fm_program_tensor(p, 0);
    if (p->status == FM_OK && mask->layout->ndim == 1) probed[0] = fm_index_count(p, mask);
    return p->status;
}

fm_status fm_infer_compress(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_layout *mask = r->in[0], *a = r->in[1];
    int64_t shape[FM_MAX_NDIM];
    int axis = 0, ndim = 1;
    if (mask->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "the condition has %d dimensions, but 1 is needed", mask->ndim);
    if (!fm_arg_absent(&bound->values[2]) && a->ndim > 0) {
        ndim = a->ndim;
        memcpy(shape, fm_layout_shape(a), (size_t)ndim * sizeof *shape);
    }
    if (!fm_arg_absent(&bound->values[2]))
        FM_TRY(fm_axis_normalise(bound->row, 2, bound->values[2].as.i, ndim, &axis, error));
    shape[axis] = bound->probed ? bound->probed[0] : 0;
    r->compute = a->dtype;
    fm_output_set(r, 0, a->dtype, ndim, shape);
    return FM_OK;
}

fm_status fm_run_compress(fm_program *p) {
    const fm_tensor *mask = fm_program_tensor(p, 0), *a = fm_program_tensor(p, 1);
    fm_value axis = fm_arg(p, 2);
    if (p->status != FM_OK) return p->status;
    if (fm_arg_absent(&axis) || a->layout->ndim <= 1) {
        fm_program_return(p, 0, pick(p, mask, fm_index_flat(p, a)));
        return p->status;
    }
    fm_tensor *places = fm_index_nonzero(p, mask);
    fm_program_return(p, 0, FM_DO(p, "take", V_T(a), V_T(places), axis));
    return p->status;
}

/* An index of integers only, as unravel_index and ravel_multi_index want it. */
static bool integers_only(fm_program *p, const fm_tensor *index, int argument) {
    if (p->status != FM_OK) return false;
    char kind = fm_dtype_kind(index->layout->dtype);
    if (kind == 'i' || kind == 'u' || kind == 'b') return true;
    fm_program_raise(p, FM_ERR_DTYPE, "TypeError", argument, "%s, but only integers are indices",
                     fm_dtype_name(index->layout->dtype));
    return false;
}

static bool is_backwards(fm_program *p, int param) {
    fm_bound bound = {p->row, p->values, 0, NULL};
    char order = 'C';
    if (p->status != FM_OK) return false;
    p->status = fm_arg_row_order(&bound, param, &order, p->error);
    return order == 'F';
}

/* unravel_index(indices, shape, order) */
fm_status fm_run_unravel_index(fm_program *p) {
    const fm_tensor *index = fm_program_tensor(p, 0);
    const int64_t *shape;
    int ndim = fm_arg_ints(&p->values[1], &shape);
    fm_value axes[FM_MAX_NDIM];
    if (!integers_only(p, index, 1)) return p->status;
    bool backwards = is_backwards(p, 2);
    if (ndim > FM_MAX_NDIM)
        return fm_program_fail(p, FM_ERR_SHAPE, 2, "%d dimensions, but at most %d are supported",
                               ndim, FM_MAX_NDIM);
    int64_t size = 1;
    for (int d = 0; d < ndim; d++)
        if (__builtin_mul_overflow(size, shape[d], &size))
            return fm_program_fail(p, FM_ERR_ARGUMENT, 2, "dimensions are too large");
    if (ndim == 0 && index->layout->ndim > 0)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1,
                               "several indices, but an array of 0 dimensions has one element");
    int64_t count = index->layout->size, bad = 0;
    if (count > 0 && size > 0 && fm_index_watch(p, index, 0, size, NULL, 1))
        bad = count;
    else if (count > 0 && size > 0)
        bad = fm_index_first_outside(p, index, size, false);
    if (p->status == FM_OK && bad < count)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1,
                               "index %lld is out of bounds for an array of size %lld",
                               (long long)fm_program_ints(p, index)[bad], (long long)size);
    fm_tensor *all = NULL;
    if (ndim > 0) all = FM_DO(p, "_unravel", V_T(index), V_INTS(shape, ndim), V_B(backwards));
    for (int d = 0; d < ndim; d++) axes[d] = V_T(FM_DO(p, "getitem", V_T(all), V_I(d)));
    fm_program_reply(p, V_TUPLE(axes, ndim));
    return p->status;
}

static int mode_of(fm_program *p, const fm_value *value) {
    static const char *const names[] = {"raise", "wrap", "clip"};
    const char *name = value->kind == FM_VALUE_STRING ? value->as.string : "";
    for (int mode = 0; mode < 3; mode++)
        if (!strcmp(name, names[mode])) return mode;
    fm_program_fail(p, FM_ERR_ARGUMENT, 3, "mode '%.40s', but there are raise, wrap and clip",
                    name);
    return 0;
}

static void read_modes(fm_program *p, int ndim, int64_t *modes) {
    const fm_value *given = &p->values[2];
    bool list = given->kind == FM_VALUE_TUPLE || given->kind == FM_VALUE_LIST;
    if (list && (int)given->count != ndim) {
        fm_program_fail(p, FM_ERR_ARGUMENT, 3, "%u modes, but there are %d dimensions",
                        given->count, ndim);
        return;
    }
    for (int d = 0; d < ndim; d++) modes[d] = mode_of(p, list ? &given->as.items[d] : given);
}

/* The extents, whose product is a number of elements that is not 0. */
static void check_dims(fm_program *p, int ndim, const int64_t *dims) {
    int64_t size = 1;
    for (int d = 0; d < ndim && p->status == FM_OK; d++)
        if (dims[d] <= 0)
            fm_program_fail(p, FM_ERR_ARGUMENT, 2, "extent %d is %lld, but extents are at least 1",
                            d, (long long)dims[d]);
        else if (__builtin_mul_overflow(size, dims[d], &size))
            fm_program_fail(p, FM_ERR_ARGUMENT, 2, "dimensions are too large");
}

/* Where modes do not say what becomes of an index outside, there must be none, nor one below 0. */
static fm_status check_ravelled(fm_program *p, const fm_tensor *const *index, int ndim,
                                const int64_t *dims, const int64_t *modes, const fm_tensor *flat) {
    for (int d = 0; d < ndim; d++) {
        if (modes[d] != FM_PLACE_RAISE || index[d]->layout->size == 0 ||
            fm_index_watch(p, index[d], 0, dims[d], NULL, 1))
            continue;
        int64_t bad = fm_index_first_outside(p, index[d], dims[d], false);
        if (p->status != FM_OK) return p->status;
        if (bad < index[d]->layout->size)
            return fm_program_fail(
                p, FM_ERR_ARGUMENT, 1, "index %lld is out of bounds for axis %d of size %lld",
                (long long)fm_program_ints(p, index[d])[bad], d, (long long)dims[d]);
    }
    fm_program_return(p, 0, flat);
    return p->status;
}

/* ravel_multi_index(multi_index, dims, mode, order) */
fm_status fm_run_ravel_multi_index(fm_program *p) {
    const fm_value *given = &p->values[0];
    const int64_t *dims;
    const fm_tensor *index[FM_MAX_NDIM];
    int64_t modes[FM_MAX_NDIM] = {0};
    int ndim = fm_arg_ints(&p->values[1], &dims);
    bool backwards = is_backwards(p, 3);
    if (p->status != FM_OK) return p->status;
    if ((int)given->count != ndim || ndim > FM_MAX_NDIM)
        return fm_program_fail(p, FM_ERR_ARGUMENT, 1, "%u indices, but there are %d dimensions",
                               given->count, ndim);
    check_dims(p, ndim, dims);
    read_modes(p, ndim, modes);
    for (int d = 0; d < ndim; d++) {
        index[d] = given->as.tensors[d];
        if (!integers_only(p, index[d], 1)) return p->status;
    }
    int64_t zero = 0;
    fm_tensor *flat = ndim == 0 ? fm_program_from(p, FM_INT64, 0, NULL, &zero)
                                : FM_DO(p, "_ravel", V_TS(index, ndim), V_INTS(dims, ndim),
                                        V_INTS(modes, ndim), V_B(backwards));
    if (!flat || ndim == 0 || flat->layout->size == 0)
        return fm_program_return(p, 0, flat), p->status;
    return check_ravelled(p, index, ndim, dims, modes, flat);
}
