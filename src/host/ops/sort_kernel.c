/* Infer and cost of the rows that sort, order, partition and search by a kernel. */
#include "ops/ids.h"
#include "ops/sort.h"

#include <string.h>

enum { P_A, P_AXIS, P_KIND, P_ORDER, P_STABLE }; /* sort, argsort */
enum { K_A, K_KTH, K_AXIS, K_KIND, K_ORDER };    /* partition, argpartition */
enum { S_A, S_V, S_SIDE, S_SORTER };             /* searchsorted */

/* The axis along which the operand is arranged; None: all its elements in row-major order. Places
   of a 0-d operand are those of one with an axis. */
static fm_status arrange(const fm_bound *bound, fm_resolved *r, int param, fm_dtype out,
                         bool places, fm_error *error) {
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, P_A, 0);
    fm_sort_params *params = &r->params.sort;
    int axis = 0;
    memset(params, 0, sizeof *params);
    params->flat = fm_arg_absent(&bound->values[param]);
    if (!params->flat)
        FM_TRY(fm_axis_normalise(bound->row, param, bound->values[param].as.i,
                                 a->ndim == 0 && places ? 1 : a->ndim, &axis, error));
    params->axis = axis;
    r->compute = a->dtype;
    if (params->flat || a->ndim == 0)
        fm_output_set(r, 0, out, 1, &a->size);
    else
        fm_output_set(r, 0, out, a->ndim, fm_layout_shape(a));
    return FM_OK;
}

/* Fields are a matter of records, which there are none of here. */
static fm_status refuse_order(const fm_bound *bound, int param, fm_error *error) {
    if (fm_arg_absent(&bound->values[param])) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "an order of fields is given, but the array has no fields");
}

fm_status fm_infer_sort(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(refuse_order(bound, P_ORDER, error));
    return arrange(bound, r, P_AXIS, fm_value_layout(&bound->values[P_A])->dtype, false, error);
}

/* Every order here is stable, whatever is asked for. */
static fm_status check_kind(const fm_bound *bound, int param, const char *const *kinds,
                            fm_error *error) {
    const fm_value *kind = &bound->values[param];
    if (fm_arg_absent(kind)) return FM_OK;
    for (; *kinds != NULL; kinds++)
        if (strcmp(kind->as.string, *kinds) == 0) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                      "kind '%s' is not one of those that there are", kind->as.string);
}

fm_status fm_infer_argsort(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    static const char *const kinds[] = {"quicksort", "mergesort", "heapsort", "stable", NULL};
    FM_TRY(check_kind(bound, P_KIND, kinds, error));
    FM_TRY(refuse_order(bound, P_ORDER, error));
    if (!fm_arg_absent(&bound->values[P_KIND]) && !fm_arg_absent(&bound->values[P_STABLE]))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_STABLE + 1,
                          "both kind and stable are given");
    return arrange(bound, r, P_AXIS, FM_INT64, true, error);
}

/* The ranks, counted from 0, ascending and each once; more than there is room for: all. */
static fm_status take_kth(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_sort_params *params = &r->params.sort;
    const fm_layout *a = r->in[0];
    const int64_t *kth;
    int count = fm_arg_ints(&bound->values[K_KTH], &kth);
    int64_t n = params->flat || a->ndim == 0 ? a->size : fm_layout_shape(a)[params->axis];
    for (int i = 0; i < count; i++) {
        int64_t k = kth[i] < 0 ? kth[i] + n : kth[i];
        if (a->size > 0 && (k < 0 || k >= n))
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, K_KTH + 1,
                              "kth is %lld, but there are %lld elements", (long long)kth[i],
                              (long long)n);
        int at = params->nkth;
        if (at < 0) continue;
        while (at > 0 && params->kth[at - 1] > k) at--;
        if (at > 0 && params->kth[at - 1] == k) continue;
        if (params->nkth == FM_SORT_KTHS) {
            params->nkth = -1;
            continue;
        }
        for (int j = params->nkth; j > at; j--) params->kth[j] = params->kth[j - 1];
        params->kth[at] = k;
        params->nkth++;
    }
    return FM_OK;
}

static fm_status infer_parted(const fm_bound *bound, fm_resolved *r, fm_dtype out,
                              fm_error *error) {
    static const char *const kinds[] = {"introselect", NULL};
    FM_TRY(check_kind(bound, K_KIND, kinds, error));
    FM_TRY(refuse_order(bound, K_ORDER, error));
    FM_TRY(arrange(bound, r, K_AXIS, out, bound->row->op == FM_SORT_argpartition, error));
    return take_kth(bound, r, error);
}

fm_status fm_infer_partition(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_parted(bound, r, fm_value_layout(&bound->values[P_A])->dtype, error);
}

fm_status fm_infer_argpartition(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    return infer_parted(bound, r, FM_INT64, error);
}

/* n ceil(log2 n) for each line. */
fm_status fm_cost_of_sort(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    const fm_layout *a = r->in[0];
    int64_t n = a->size;
    if (!r->params.sort.flat && a->ndim > 0) n = fm_layout_shape(a)[r->params.sort.axis];
    fm_status status = fm_cost_sort(work, fm_row_cost_name(bound->row), (fm_u128)n,
                                    (fm_u128)(n > 0 ? a->size / n : 0));
    return fm_cost_close(bound, r, work, status, error);
}

/* n for each rank asked for and each line. */
fm_status fm_cost_of_partition(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    const int64_t *kth;
    int count = fm_arg_ints(&bound->values[K_KTH], &kth);
    fm_u128 units;
    if (r->in[0]->ndim == 0) count = 1;
    if (!fm_u128_mul((fm_u128)r->in[0]->size, (fm_u128)count, &units))
        return fm_cost_result(bound, FM_ERR_OVERFLOW, error);
    return fm_cost_close(bound, r, work, fm_cost_units(work, fm_row_cost_name(bound->row), units),
                         error);
}

/* Both are compared in the dtype they promote to as arrays: a number is not weak here. */
fm_status fm_infer_searchsorted(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const char *name = bound->row->name, *side = bound->values[S_SIDE].as.string;
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, S_A, 0), *v = fm_operand_add(bound, r, S_V, 0);
    const fm_layout *sorter = fm_operand_add(bound, r, S_SORTER, 0);
    if (a->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, name, S_A + 1,
                          "%d dimensions, but it is searched along 1", a->ndim);
    bool right = strcmp(side, "right") == 0 || strcmp(side, "r") == 0;
    if (!right && strcmp(side, "left") != 0 && strcmp(side, "l") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, name, S_SIDE + 1,
                          "side '%s' is neither 'left' nor 'right'", side);
    if (sorter != NULL && fm_dtype_kind(sorter->dtype) != 'i' &&
        fm_dtype_kind(sorter->dtype) != 'u')
        return fm_fail_op(error, FM_ERR_DTYPE, name, S_SORTER + 1,
                          "sorter is %s, but places are integers", fm_dtype_name(sorter->dtype));
    if (sorter != NULL && (sorter->ndim != 1 || sorter->size != a->size))
        return fm_fail_op(error, FM_ERR_SHAPE, name, S_SORTER + 1,
                          "%d dimensions and %lld elements, but a has 1 and %lld", sorter->ndim,
                          (long long)sorter->size, (long long)a->size);
    r->compute = fm_promote_types(a->dtype, v->dtype);
    r->program = sorter != NULL;
    r->params.sort = (fm_sort_params){.right = right};
    fm_output_set(r, 0, FM_INT64, v->ndim, fm_layout_shape(v));
    return FM_OK;
}

/* With a sorter: its places are looked at first, then a is brought into their order. */
fm_status fm_run_searchsorted(fm_program *p) {
    fm_value a = fm_arg(p, S_A), v = fm_arg(p, S_V), side = fm_arg(p, S_SIDE);
    const fm_tensor *sorter = fm_program_tensor(p, S_SORTER);
    const int64_t n = fm_value_layout(&a)->size;
    if (p->status == FM_OK && n > 0) {
        int64_t least = fm_program_int(p, FM_DO(p, "min", V_T(sorter)));
        int64_t most = fm_program_int(p, FM_DO(p, "max", V_T(sorter)));
        if (least < 0 || most >= n)
            return fm_program_fail(p, FM_ERR_ARGUMENT, S_SORTER + 1,
                                   "place %lld, but a has %lld elements",
                                   (long long)(least < 0 ? least : most), (long long)n);
    }
    fm_tensor *sorted = FM_DO(p, "take", a, V_T(sorter));
    fm_program_return(p, 0, FM_DO(p, "searchsorted", V_T(sorted), v, side));
    return p->status;
}

fm_status fm_cost_of_searchsorted(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                  fm_error *error) {
    fm_status status = fm_cost_search(work, fm_row_cost_name(bound->row), (fm_u128)r->in[1]->size,
                                      (fm_u128)r->in[0]->size);
    return fm_cost_close(bound, r, work, status, error);
}

/* Where a sorted line of one axis has another element than before. */
fm_status fm_infer_heads(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    fm_operands_clear(r);
    const fm_layout *x = fm_operand_add(bound, r, 0, 0);
    r->compute = x->dtype;
    r->params.sort = (fm_sort_params){.right = bound->values[1].as.i != 0};
    fm_output_set(r, 0, FM_BOOL, 1, &x->size);
    return FM_OK;
}

static const fm_layout *between_edges(const fm_bound *bound, fm_resolved *r) {
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    r->compute = FM_FLOAT64;
    r->params.sort = (fm_sort_params){.right = bound->values[2].as.i != 0};
    return fm_operand_add(bound, r, 1, 0);
}

/* Edges rise and are at least two. */
fm_status fm_infer_histogram_kernel(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int64_t bins = between_edges(bound, r)->size - 1;
    (void)error;
    fm_output_set(r, 0, FM_INT64, 1, &bins);
    return FM_OK;
}

fm_status fm_infer_bins(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)between_edges(bound, r);
    (void)error;
    fm_output_set(r, 0, FM_INT64, 1, &r->in[0]->size);
    return FM_OK;
}

/* How often each number from 0 to count - 1 is in x, or the sum of its weights. */
fm_status fm_infer_counts(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const int64_t count = bound->values[1].as.i;
    (void)error;
    fm_operands_clear(r);
    fm_operand_add(bound, r, 0, 0);
    const fm_layout *weights = fm_operand_add(bound, r, 2, 0);
    r->compute = weights != NULL ? weights->dtype : FM_INT64;
    r->params.sort = (fm_sort_params){.count = count};
    fm_output_set(r, 0, r->compute, 1, &count);
    return FM_OK;
}
