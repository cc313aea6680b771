/* Labels, shapes and dtypes of products of two operands: matmul, dot, outer, inner, vecdot, matvec,
   vecmat, tensordot. */
#include "ops/contract_infer.h"
#include "ops/args.h"
#include "ops/param.h"
#include "ops/view.h"

#include <string.h>

fm_status fm_contract_label_add(const fm_bound *bound, fm_resolved *r, const fm_label_use *use,
                                fm_error *error) {
    fm_contract_params *p = &r->params.contract;
    if (p->nlabels == FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_UNSUPPORTED, bound->row->name, 0,
                          "more than %d axes in all", FM_MAX_NDIM);
    p->label[p->nlabels++] = (fm_contract_label){
        .extent = use->extent,
        .a = use->in_a ? use->a : 0,
        .b = use->in_b ? use->b : 0,
        .in_a = use->in_a,
        .in_b = use->in_b,
        .in_c = use->in_c,
    };
    return FM_OK;
}

/* Numbers are arrays without axes to these rows: they are not weak. */
fm_status fm_contract_dtype(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    r->compute = r->in[0]->dtype;
    for (int i = 1; i < r->nin; i++) r->compute = fm_promote_types(r->compute, r->in[i]->dtype);
    if (r->compute == FM_DTYPE_NONE)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, 1, "it has no dtype");
    return FM_OK;
}

fm_status fm_contract_close(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_contract_params *p = &r->params.contract;
    int64_t shape[FM_MAX_NDIM] = {0}, strides[FM_MAX_NDIM];
    int ndim = 0;
    for (int i = 0; i < p->nlabels; i++)
        if (p->label[i].in_c) shape[ndim++] = p->label[i].extent;
    fm_view_contiguous(ndim, shape, strides);
    for (int i = 0; i < ndim; i++) p->label[i].c = strides[i];
    FM_TRY(fm_contract_dtype(bound, r, error));
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* The two operands; *r starts without labels. */
static void contract_open(const fm_bound *bound, fm_resolved *r) {
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    fm_operand_add(bound, r, 1, 0);
    r->params.contract = (fm_contract_params){0};
}

/* Adds axis d of operand which (0: a, 1: b) as a label of its own in the output. */
static fm_status add_own_axis(const fm_bound *bound, fm_resolved *r, int which, int d,
                              fm_error *error) {
    const fm_layout *x = r->in[which];
    int64_t stride = fm_layout_strides(x)[d];
    fm_label_use use = {.extent = fm_layout_shape(x)[d],
                        .in_c = true,
                        .in_a = which == 0,
                        .in_b = which == 1,
                        .a = stride,
                        .b = stride};
    return fm_contract_label_add(bound, r, &use, error);
}

/* Adds axis da of a and db of b as one summed label; their extents must agree. */
static fm_status add_summed(const fm_bound *bound, fm_resolved *r, int da, int db,
                            fm_error *error) {
    int64_t na = fm_layout_shape(r->in[0])[da], nb = fm_layout_shape(r->in[1])[db];
    if (na != nb)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "axis %d is %lld, but argument 1 axis %d is %lld", db, (long long)nb, da,
                          (long long)na);
    fm_label_use use = {.extent = na,
                        .in_a = true,
                        .in_b = true,
                        .a = fm_layout_strides(r->in[0])[da],
                        .b = fm_layout_strides(r->in[1])[db]};
    return fm_contract_label_add(bound, r, &use, error);
}

/* The axis that is number i when axis `skip` is left out. */
static int other_axis(int i, int skip) {
    return i >= 0 && i >= skip ? i + 1 : i;
}

/* Adds the leading axes, na of a and nb of b, broadcast against each other; skip_a of a and skip_b
   of b are not among them. */
static fm_status add_others(const fm_bound *bound, fm_resolved *r, int na, int nb, int skip_a,
                            int skip_b, fm_error *error) {
    const fm_layout *a = r->in[0], *b = r->in[1];
    int n = na > nb ? na : nb;
    for (int i = 0; i < n; i++) {
        int da = other_axis(i - (n - na), skip_a), db = other_axis(i - (n - nb), skip_b);
        int64_t xa = da >= 0 ? fm_layout_shape(a)[da] : 1,
                xb = db >= 0 ? fm_layout_shape(b)[db] : 1;
        if (xa != xb && xa != 1 && xb != 1)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                              "axis %d is %lld, but argument 1 axis %d is %lld", db, (long long)xb,
                              da, (long long)xa);
        int64_t extent = xa == 1 ? xb : xa;
        fm_label_use use = {.extent = extent,
                            .in_c = true,
                            .in_a = xa == extent && da >= 0,
                            .in_b = xb == extent && db >= 0,
                            .a = da >= 0 ? fm_layout_strides(a)[da] : 0,
                            .b = db >= 0 ? fm_layout_strides(b)[db] : 0};
        FM_TRY(fm_contract_label_add(bound, r, &use, error));
    }
    return FM_OK;
}

/* The same without an axis that is left out. */
static fm_status add_batch(const fm_bound *bound, fm_resolved *r, int na, int nb, fm_error *error) {
    return add_others(bound, r, na, nb, na, nb, error);
}

static fm_status need_axes(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    for (int i = 0; i < 2; i++)
        if (r->in[i]->ndim == 0)
            return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, i + 1,
                              "0 dimensions, but at least 1 is needed");
    return FM_OK;
}

fm_status fm_infer_matmul(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    FM_TRY(need_axes(bound, r, error));
    int na = r->in[0]->ndim, nb = r->in[1]->ndim;
    FM_TRY(add_batch(bound, r, na > 2 ? na - 2 : 0, nb > 2 ? nb - 2 : 0, error));
    if (na > 1) FM_TRY(add_own_axis(bound, r, 0, na - 2, error));
    if (nb > 1) FM_TRY(add_own_axis(bound, r, 1, nb - 1, error));
    FM_TRY(add_summed(bound, r, na - 1, nb > 1 ? nb - 2 : 0, error));
    return fm_contract_close(bound, r, error);
}

/* All axes of a but skip_a, then all of b but skip_b (-1: none), as output axes. */
static fm_status add_outer(const fm_bound *bound, fm_resolved *r, fm_axis_set skip_a,
                           fm_axis_set skip_b, fm_error *error) {
    for (int d = 0; d < r->in[0]->ndim; d++)
        if (!(skip_a >> d & 1)) FM_TRY(add_own_axis(bound, r, 0, d, error));
    for (int d = 0; d < r->in[1]->ndim; d++)
        if (!(skip_b >> d & 1)) FM_TRY(add_own_axis(bound, r, 1, d, error));
    return FM_OK;
}

/* Sums the last axis of a against axis db of b; a number multiplies instead. */
static fm_status infer_last(const fm_bound *bound, fm_resolved *r, int db, fm_error *error) {
    int da = r->in[0]->ndim - 1;
    bool number = da < 0 || r->in[1]->ndim == 0;
    FM_TRY(add_outer(bound, r, number ? 0 : (fm_axis_set)1 << da, number ? 0 : (fm_axis_set)1 << db,
                     error));
    if (!number) FM_TRY(add_summed(bound, r, da, db, error));
    return fm_contract_close(bound, r, error);
}

fm_status fm_infer_dot(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    return infer_last(bound, r, r->in[1]->ndim > 1 ? r->in[1]->ndim - 2 : 0, error);
}

fm_status fm_infer_inner(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    return infer_last(bound, r, r->in[1]->ndim - 1, error);
}

fm_status fm_infer_outer(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    FM_TRY(add_outer(bound, r, 0, 0, error));
    FM_TRY(fm_contract_close(bound, r, error));
    int64_t shape[2] = {r->in[0]->size, r->in[1]->size};
    fm_output_set(r, 0, r->compute, 2, shape);
    return FM_OK;
}

/* x1 is conjugated where it can be. */
static fm_status close_conjugated(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(fm_contract_close(bound, r, error));
    r->params.contract.conj_a = fm_dtype_kind(r->compute) == 'c';
    return FM_OK;
}

fm_status fm_infer_vecdot(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    FM_TRY(need_axes(bound, r, error));
    int na = r->in[0]->ndim, nb = r->in[1]->ndim, da, db;
    int64_t axis = fm_arg_int(&bound->values[2], -1);
    FM_TRY(fm_axis_normalise(bound->row, 2, axis, na, &da, error));
    FM_TRY(fm_axis_normalise(bound->row, 2, axis, nb, &db, error));
    FM_TRY(add_others(bound, r, na - 1, nb - 1, da, db, error));
    FM_TRY(add_summed(bound, r, da, db, error));
    return close_conjugated(bound, r, error);
}

/* A matrix with a vector: operand `which` is the matrix. */
static fm_status need_matrix(const fm_bound *bound, const fm_resolved *r, int which,
                             fm_error *error) {
    if (r->in[which]->ndim >= 2) return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, which + 1,
                      "%d dimensions, but a matrix has at least 2", r->in[which]->ndim);
}

fm_status fm_infer_matvec(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    FM_TRY(need_axes(bound, r, error));
    FM_TRY(need_matrix(bound, r, 0, error));
    int na = r->in[0]->ndim, nb = r->in[1]->ndim;
    FM_TRY(add_batch(bound, r, na - 2, nb - 1, error));
    FM_TRY(add_own_axis(bound, r, 0, na - 2, error));
    FM_TRY(add_summed(bound, r, na - 1, nb - 1, error));
    return fm_contract_close(bound, r, error);
}

fm_status fm_infer_vecmat(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    contract_open(bound, r);
    FM_TRY(need_axes(bound, r, error));
    FM_TRY(need_matrix(bound, r, 1, error));
    int na = r->in[0]->ndim, nb = r->in[1]->ndim;
    FM_TRY(add_batch(bound, r, na - 1, nb - 2, error));
    FM_TRY(add_own_axis(bound, r, 1, nb - 1, error));
    FM_TRY(add_summed(bound, r, na - 1, nb - 2, error));
    return close_conjugated(bound, r, error);
}

static fm_status bad_axes(const fm_bound *bound, fm_error *error) {
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                      "axes are a number, or as many of argument 1 as of argument 2");
}

/* One side of a pair: an axis or axes. */
static fm_status read_side(const fm_bound *bound, const fm_value *value, int64_t *axes, int *count,
                           fm_error *error) {
    const int64_t *ints;
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    *count = list ? (int)value->count : fm_arg_ints(value, &ints);
    if (*count > FM_MAX_NDIM || (!list && *count == 0 && value->kind != FM_VALUE_INTS))
        return bad_axes(bound, error);
    for (int i = 0; i < *count; i++) {
        if (list && value->as.items[i].kind != FM_VALUE_INT) return bad_axes(bound, error);
        axes[i] = list ? value->as.items[i].as.i : ints[i];
    }
    return FM_OK;
}

/* A number of axes: the last of a with the first of b. */
static fm_status read_number(const fm_bound *bound, const fm_resolved *r, fm_tensordot_axes *axes,
                             fm_error *error) {
    int64_t n = bound->values[2].as.i;
    int na = r->in[0]->ndim, nb = r->in[1]->ndim;
    if (n < 0 || n > na || n > nb) {
        fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 3,
                   "%lld axes to sum, but argument 1 has %d and argument 2 has %d", (long long)n,
                   na, nb);
        return fm_fail_as(error, n < 0 ? "ValueError" : "IndexError", FM_ERR_SHAPE);
    }
    axes->count = (int)n;
    for (int i = 0; i < axes->count; i++) {
        axes->a[i] = na - axes->count + i;
        axes->b[i] = i;
    }
    return FM_OK;
}

fm_status fm_tensordot_axes_read(const fm_bound *bound, const fm_resolved *r,
                                 fm_tensordot_axes *axes, fm_error *error) {
    const fm_value *value = &bound->values[2];
    int other;
    if (value->kind == FM_VALUE_INT) return read_number(bound, r, axes, error);
    if (value->kind == FM_VALUE_INTS) {
        if (value->count % 2 != 0 || value->count > 2 * FM_MAX_NDIM) return bad_axes(bound, error);
        axes->count = (int)value->count / 2;
        if (axes->count == 0) return FM_OK;
        memcpy(axes->a, value->as.ints, (size_t)axes->count * sizeof *axes->a);
        memcpy(axes->b, value->as.ints + axes->count, (size_t)axes->count * sizeof *axes->b);
        return FM_OK;
    }
    if (value->count != 2) return bad_axes(bound, error);
    FM_TRY(read_side(bound, &value->as.items[0], axes->a, &axes->count, error));
    FM_TRY(read_side(bound, &value->as.items[1], axes->b, &other, error));
    return other == axes->count ? FM_OK : bad_axes(bound, error);
}

/* An axis that is not there is an IndexError. */
static fm_status tensordot_axis(const fm_bound *bound, int64_t given, int ndim, int *axis,
                                fm_error *error) {
    fm_status status = fm_axis_normalise(bound->row, 2, given, ndim, axis, error);
    return status == FM_OK ? FM_OK : fm_fail_as(error, "IndexError", status);
}

fm_status fm_infer_tensordot(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_tensordot_axes axes;
    int da[FM_MAX_NDIM], db[FM_MAX_NDIM];
    fm_axis_set used_a = 0, used_b = 0;
    contract_open(bound, r);
    FM_TRY(fm_tensordot_axes_read(bound, r, &axes, error));
    for (int i = 0; i < axes.count; i++) {
        FM_TRY(tensordot_axis(bound, axes.a[i], r->in[0]->ndim, &da[i], error));
        FM_TRY(tensordot_axis(bound, axes.b[i], r->in[1]->ndim, &db[i], error));
        if ((used_a >> da[i] & 1) || (used_b >> db[i] & 1))
            return fm_fail_op(
                error, FM_ERR_SHAPE, bound->row->name, 3,
                "axis %d of argument 1 with axis %d of argument 2: one is given twice", da[i],
                db[i]);
        used_a |= (fm_axis_set)1 << da[i];
        used_b |= (fm_axis_set)1 << db[i];
    }
    FM_TRY(add_outer(bound, r, used_a, used_b, error));
    for (int i = 0; i < axes.count; i++) FM_TRY(add_summed(bound, r, da[i], db[i], error));
    return fm_contract_close(bound, r, error);
}

bool fm_tensordot_axes_summed(const fm_bound *bound, const fm_resolved *r, fm_axis_set summed[2]) {
    fm_tensordot_axes axes;
    int a, b;
    summed[0] = summed[1] = 0;
    if (fm_tensordot_axes_read(bound, r, &axes, NULL) != FM_OK) return false;
    for (int i = 0; i < axes.count; i++) {
        if (tensordot_axis(bound, axes.a[i], r->in[0]->ndim, &a, NULL) != FM_OK ||
            tensordot_axis(bound, axes.b[i], r->in[1]->ndim, &b, NULL) != FM_OK)
            return false;
        summed[0] |= (fm_axis_set)1 << a;
        summed[1] |= (fm_axis_set)1 << b;
    }
    return true;
}
