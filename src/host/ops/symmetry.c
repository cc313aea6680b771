/* The table of symmetry rules, and those of pointwise operations, reductions and new tensors. */
#include "ops/symmetry.h"
#include "ops/reduce.h"
#include "ops/symmetric.h"

#include <stdlib.h>
#include <string.h>

const fm_value *fm_symmetry_arg(const fm_symmetry_ask *ask, const char *name) {
    return fm_reduce_value(ask->bound->row, ask->bound->values, name);
}

bool fm_symmetry_axes(const fm_symmetry_ask *ask, int ndim, fm_axis_set *axes) {
    const int64_t *given;
    const fm_value *value = fm_symmetry_arg(ask, "axis");
    *axes = 0;
    if (fm_arg_absent(value) || ndim == 0) return false;
    int count = fm_arg_ints(value, &given);
    for (int i = 0; i < count; i++) {
        int64_t axis = given[i] % ndim;
        *axes |= (fm_axis_set)1 << (axis < 0 ? axis + ndim : axis);
    }
    return true;
}

static bool has_no_zero(int ndim, const int64_t *shape) {
    for (int d = 0; d < ndim; d++)
        if (shape[d] == 0) return false;
    return true;
}

bool fm_symmetry_out_is_full(const fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    return out->ndim >= 0 && has_no_zero(out->ndim, out->shape);
}

bool fm_symmetry_is_full(const fm_layout *layout) {
    return has_no_zero(layout->ndim, fm_layout_shape(layout));
}

fm_status fm_symmetry_of_extents(int ndim, const int64_t *shape, const fm_symmetry **out) {
    int sizes[FM_MAX_NDIM], axes[FM_MAX_NDIM], nblocks = 0, count = 0;
    fm_axis_set done = 0;
    for (int first = 0; first < ndim; first++) {
        int before = count;
        if (done >> first & 1) continue;
        for (int axis = first; axis < ndim; axis++) {
            if (shape[axis] != shape[first]) continue;
            axes[count++] = axis;
            done |= (fm_axis_set)1 << axis;
        }
        if (count - before < 2)
            count = before;
        else
            sizes[nblocks++] = count - before;
    }
    *out = NULL;
    return nblocks ? fm_symmetry_young(nblocks, sizes, axes, out, NULL) : FM_OK;
}

/* The one operand with axes; NULL where there are none or several. */
static const fm_layout *only_array(const fm_resolved *r) {
    const fm_layout *found = NULL;
    for (int i = 0; i < r->nin; i++) {
        if (!r->in[i] || r->in[i]->ndim == 0) continue;
        if (found) return NULL;
        found = r->in[i];
    }
    return found;
}

/* The operands' groups broadcast to the result and intersected; an operand without one, unless it
   is a number or has no axes, leaves nothing. */
static fm_status pointwise(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    const fm_layout *only = only_array(ask->r);
    if (only) {
        ask->out = fm_symmetry_retain(only->symmetry);
        return FM_OK;
    }
    const fm_symmetry *all = NULL;
    bool any = false, dense = false;
    fm_status status = FM_OK;
    for (int i = 0; i < ask->r->nin && status == FM_OK; i++) {
        const fm_layout *in = ask->r->in[i];
        if (!in || in->ndim == 0) continue;
        dense = dense || !in->symmetry;
        const fm_symmetry *wide = NULL, *common = NULL;
        if (!in->symmetry) continue;
        status = fm_symmetry_broadcast(in->symmetry, in->ndim, fm_layout_shape(in), out->ndim,
                                       out->shape, &wide);
        if (!wide) continue;
        if (any && status == FM_OK) status = fm_symmetry_intersect(all, wide, out->ndim, &common);
        fm_symmetry_release(all);
        all = any ? common : wide;
        if (any) fm_symmetry_release(wide);
        any = true;
    }
    if (dense) {
        fm_symmetry_release(all);
        all = NULL;
    }
    ask->out = all;
    return status;
}

/* As pointwise, but a group of the identity alone is none. */
static fm_status clipped(fm_symmetry_ask *ask) {
    FM_TRY(pointwise(ask));
    if (!ask->out || ask->out->order != 1) return FM_OK;
    fm_symmetry_release(ask->out);
    ask->out = NULL;
    return FM_OK;
}

static fm_status reduction(fm_symmetry_ask *ask) {
    fm_axis_set axes;
    if (!ask->group || !fm_symmetry_axes(ask, ask->a->ndim, &axes)) return FM_OK;
    const fm_value *keepdims = fm_symmetry_arg(ask, "keepdims");
    bool keep = keepdims->kind == FM_VALUE_BOOL && keepdims->as.i;
    return fm_symmetry_reduce(ask->group, ask->a->ndim, axes, keep, &ask->out);
}

/* A running sum keeps its axis, so that what is left acts where it did. 0.4.3 numbers the axes as
   if the axis were gone. */
static fm_status accumulation(fm_symmetry_ask *ask) {
    fm_axis_set axes;
    if (!ask->group || !fm_symmetry_axes(ask, ask->a->ndim, &axes)) return FM_OK;
    return fm_symmetry_reduce(ask->group, ask->a->ndim, axes, !ask->faults, &ask->out);
}

static fm_status same(fm_symmetry_ask *ask) {
    ask->out = fm_symmetry_retain(ask->group);
    return FM_OK;
}

static fm_status filled(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    return out->ndim < 2 ? FM_OK : fm_symmetry_of_extents(out->ndim, out->shape, &ask->out);
}

/* The template's symmetry where the shape still has it, else that of the shape. */
static fm_status filled_like(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    int first, second;
    bool kept = ask->group && out->ndim == ask->a->ndim &&
                fm_symmetry_fits(ask->group, out->shape, &first, &second);
    return kept ? same(ask) : filled(ask);
}

static fm_status both_axes(fm_symmetry_ask *ask) {
    static const int axes[] = {0, 1};
    return fm_symmetry_symmetric(2, axes, &ask->out, NULL);
}

/* eye, diag and diagflat: square and on the main diagonal. */
static fm_status diagonal_matrix(fm_symmetry_ask *ask) {
    const fm_out_shape *out = &ask->r->out[0];
    const fm_value *k = fm_symmetry_arg(ask, "k");
    bool square = out->ndim == 2 && out->shape[0] == out->shape[1];
    return square && fm_arg_int(k, 0) == 0 ? both_axes(ask) : FM_OK;
}

static fm_status given(fm_symmetry_ask *ask) {
    return fm_symmetry_read(ask->bound, 1, ask->r->out[0].ndim, NULL, &ask->out, NULL);
}

typedef struct named_rule {
    const char *name;
    fm_symmetry_rule rule;
    bool always; /* asked without a symmetric operand too */
} named_rule;

/* By name, in the order of strcmp. Elementwise families are pointwise but for `where` and the
   predicates of one element, which 0.4.3 counts apart. */
static const named_rule rules[] = {
    {"all", reduction, false},
    {"amax", reduction, false},
    {"amin", reduction, false},
    {"any", reduction, false},
    {"argmax", reduction, false},
    {"argmin", reduction, false},
    {"around", pointwise, false},
    {"as_symmetric", given, true},
    {"atleast_1d", same, false},
    {"atleast_2d", same, false},
    {"atleast_3d", same, false},
    {"average", reduction, false},
    {"broadcast_arrays", fm_symmetry_broadcast_arrays, true},
    {"broadcast_to", fm_symmetry_broadcast_to, true},
    {"clip", clipped, false},
    {"column_stack", fm_symmetry_column_stack, false},
    {"concatenate", fm_symmetry_concatenate, false},
    {"copy", same, false},
    {"count_nonzero", reduction, false},
    {"cumprod", accumulation, false},
    {"cumsum", accumulation, false},
    {"cumulative_prod", accumulation, false},
    {"cumulative_sum", accumulation, false},
    {"diag", diagonal_matrix, true},
    {"diagflat", diagonal_matrix, true},
    {"divmod", pointwise, false},
    {"dot", fm_symmetry_matmul, true},
    {"dsplit", fm_symmetry_dsplit, false},
    {"einsum", fm_symmetry_einsum, true},
    {"expand_dims", fm_symmetry_expand_dims, true},
    {"eye", diagonal_matrix, true},
    {"flip", fm_symmetry_flip, false},
    {"frexp", pointwise, false},
    {"full", filled, true},
    {"full_like", filled_like, true},
    {"getitem", fm_symmetry_getitem, true},
    {"hsplit", fm_symmetry_hsplit, false},
    {"hstack", fm_symmetry_hstack, false},
    {"i0", pointwise, false},
    {"identity", diagonal_matrix, true},
    {"imag", pointwise, false},
    {"inner", fm_symmetry_inner, true},
    {"isclose", pointwise, false},
    {"linalg.inv", same, false},
    {"linalg.matmul", fm_symmetry_matmul, true},
    {"linalg.outer", fm_symmetry_outer, true},
    {"linalg.tensordot", fm_symmetry_tensordot, false},
    {"matmul", fm_symmetry_matmul, true},
    {"matrix_transpose", fm_symmetry_transpose, false},
    {"max", reduction, false},
    {"mean", reduction, false},
    {"median", reduction, false},
    {"min", reduction, false},
    {"modf", pointwise, false},
    {"moveaxis", fm_symmetry_transpose, false},
    {"nan_to_num", pointwise, false},
    {"nanargmax", reduction, false},
    {"nanargmin", reduction, false},
    {"nancumprod", accumulation, false},
    {"nancumsum", accumulation, false},
    {"nanmax", reduction, false},
    {"nanmean", reduction, false},
    {"nanmedian", reduction, false},
    {"nanmin", reduction, false},
    {"nanpercentile", reduction, false},
    {"nanprod", reduction, false},
    {"nanquantile", reduction, false},
    {"nanstd", reduction, false},
    {"nansum", reduction, false},
    {"nanvar", reduction, false},
    {"ones", filled, true},
    {"ones_like", filled_like, true},
    {"outer", fm_symmetry_outer, true},
    {"percentile", reduction, false},
    {"prod", reduction, false},
    {"ptp", reduction, false},
    {"quantile", reduction, false},
    {"random.symmetric", given, true},
    {"ravel", fm_symmetry_ravel, false},
    {"real", pointwise, false},
    {"real_if_close", pointwise, false},
    {"repeat", fm_symmetry_repeat, false},
    {"reshape", fm_symmetry_reshape, false},
    {"roll", fm_symmetry_roll, false},
    {"round", pointwise, false},
    {"sinc", pointwise, false},
    {"split", fm_symmetry_split, false},
    {"squeeze", fm_symmetry_squeeze, false},
    {"stack", fm_symmetry_stack, false},
    {"std", reduction, false},
    {"sum", reduction, false},
    {"swapaxes", fm_symmetry_transpose, false},
    {"symmetrize", given, true},
    {"tensordot", fm_symmetry_tensordot, false},
    {"tile", fm_symmetry_tile, false},
    {"transpose", fm_symmetry_transpose, false},
    {"var", reduction, false},
    {"vsplit", fm_symmetry_vsplit, false},
    {"vstack", fm_symmetry_vstack, false},
    {"zeros", filled, true},
    {"zeros_like", filled_like, true},
};

static int compare(const void *name, const void *entry) {
    return strcmp(name, ((const named_rule *)entry)->name);
}

/* 0.4.3 leaves the symmetry of these out. */
static bool is_left_out(const char *name) {
    static const char *const names[] = {"isfinite", "isinf", "isnan"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) return true;
    return false;
}

static named_rule find_rule(const fm_row *row) {
    const named_rule *found =
        bsearch(row->name, rules, sizeof rules / sizeof *rules, sizeof *rules, compare);
    if (found) return *found;
    bool elementwise = row->family == FM_FAMILY_UNARY || row->family == FM_FAMILY_BINARY;
    return (named_rule){row->name, elementwise && !is_left_out(row->name) ? pointwise : NULL,
                        false};
}

static bool is_tagged(const fm_layout *layout) {
    return layout && layout->symmetry;
}

/* Whether some tensor among the arguments has a symmetry, and the first tensor. */
static bool look(const fm_bound *bound, const fm_layout **first) {
    bool tagged = false;
    *first = NULL;
    for (int p = 0; p < bound->row->nparams; p++) {
        const fm_value *value = &bound->values[p];
        uint32_t count = value->kind == FM_VALUE_TENSORS ? value->count : 1;
        if (value->kind != FM_VALUE_TENSOR && value->kind != FM_VALUE_TENSORS) continue;
        for (uint32_t i = 0; i < count; i++) {
            const fm_tensor *tensor =
                value->kind == FM_VALUE_TENSORS ? value->as.tensors[i] : value->as.tensor;
            if (!tensor) continue;
            if (!*first) *first = tensor->layout;
            tagged = tagged || is_tagged(tensor->layout);
        }
    }
    return tagged;
}

fm_status fm_symmetry_infer(const fm_bound *bound, fm_resolved *r, bool faults) {
    fm_symmetry_ask ask = {.bound = bound, .r = r, .faults = faults};
    bool tagged = look(bound, &ask.a);
    named_rule rule = find_rule(bound->row);
    if (!rule.rule || !(tagged || rule.always)) {
        r->symmetry_lost = tagged;
        return FM_OK;
    }
    ask.group = ask.a ? ask.a->symmetry : NULL;
    fm_status status = rule.rule(&ask);
    if (ask.out) {
        r->symmetry[0] = ask.out;
        r->nsymmetries = 1;
    }
    r->symmetry_lost = tagged && !r->nsymmetries;
    return status;
}
