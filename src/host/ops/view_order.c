/* reshape and ravel: the elements in row-major, column-major or memory order under another shape.
 */
#include "ops/args.h"
#include "ops/program.h"
#include "ops/view.h"

/* Puts the extent that -1 stands for into shape. */
static fm_status fill_unknown(const fm_bound *bound, int64_t size, int ndim, int64_t *shape,
                              fm_error *error) {
    char text[160];
    int unknown = -1;
    fm_u128 known = 1;
    for (int d = 0; d < ndim; d++) {
        if (shape[d] < 0)
            unknown = d;
        else if (!fm_u128_mul(known, (fm_u128)shape[d], &known))
            known = FM_U128_MAX;
    }
    fm_u128 want = (fm_u128)size;
    if (unknown >= 0 && known != 0 && want % known == 0)
        shape[unknown] = (int64_t)(want / known);
    else if (unknown >= 0 || known != want)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "shape %s does not hold the %lld elements of argument 1",
                          fm_shape_format(ndim, shape, text, sizeof text), (long long)size);
    return FM_OK;
}

/* Whether 'A' means 'F' for the view. */
static char settle_order(char order, const fm_view *view) {
    if (order != 'A') return order;
    return fm_view_is_fortran(view->ndim, view->shape, view->strides) ? 'F' : 'C';
}

static fm_view reversed(const fm_view *view) {
    int order[FM_MAX_NDIM];
    for (int d = 0; d < view->ndim; d++) order[d] = view->ndim - 1 - d;
    return fm_view_permuted(view, order);
}

/* to->shape read from view in that order; where that needs a copy, rows are copied by the kernel of
   copies and columns by the program. */
static fm_status reshape_to(fm_resolved *r, const fm_view *view, fm_view *to, char order,
                            bool copy) {
    if (r->view_copies) order = 'C';
    fm_view from = order == 'F' ? reversed(view) : *view;
    if (order == 'F') *to = reversed(to);
    bool fits = !r->view_copies && !copy && fm_view_reshape(&from, to);
    to->offset = fits ? view->offset : 0;
    if (!fits) fm_view_contiguous(to->ndim, to->shape, to->strides);
    if (order == 'F') *to = reversed(to);
    if (!fits && order == 'C') r->view_copies = true;
    if (!fits && order != 'C') r->program = true;
    return fm_view_close(r, to);
}

fm_status fm_infer_reshape(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, to = {0};
    char order;
    const fm_value *copy = &bound->values[3];
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(fm_arg_shape(bound, 1, true, &to.ndim, to.shape, error));
    FM_TRY(fill_unknown(bound, r->in[0]->size, to.ndim, to.shape, error));
    FM_TRY(fm_arg_order(bound, 2, 'C', &order, error));
    if (order == 'K')
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 3,
                          "order 'K' is not permitted for reshaping");
    order = settle_order(order, &view);
    FM_TRY(reshape_to(r, &view, &to, order, fm_arg_int(copy, 0) != 0));
    if (!fm_arg_absent(copy) && !copy->as.i && (r->view_copies || r->program) && !r->by_value)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 4,
                          "no copy is allowed, but the elements cannot be viewed in that shape");
    return FM_OK;
}

fm_status fm_run_reshape(fm_program *p) {
    const int64_t *ints;
    int64_t back[FM_MAX_NDIM];
    int n = fm_arg_ints(&p->values[1], &ints);
    for (int d = 0; d < n; d++) back[d] = ints[n - 1 - d];
    fm_tensor *columns = FM_DO(p, "copy", V_T(FM_DO(p, "transpose", fm_arg(p, 0))));
    fm_tensor *shaped = FM_DO(p, "reshape", V_T(columns), V_INTS(back, n));
    fm_program_return(p, 0, FM_DO(p, "transpose", V_T(shaped)));
    return p->status;
}

/* The axes by falling distance of their elements in memory, equal ones in order. */
static void by_memory(const fm_view *view, int *order) {
    for (int d = 0; d < view->ndim; d++) {
        int64_t step = view->strides[d] < 0 ? -view->strides[d] : view->strides[d];
        int at = d;
        for (; at > 0; at--) {
            int64_t before = view->strides[order[at - 1]];
            if ((before < 0 ? -before : before) >= step) break;
            order[at] = order[at - 1];
        }
        order[at] = d;
    }
}

fm_status fm_infer_flattened(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_view view, to = {.ndim = 1};
    char order;
    FM_TRY(fm_view_open(bound, r, &view));
    FM_TRY(fm_arg_order(bound, 1, 'C', &order, error));
    to.shape[0] = r->in[0]->size;
    order = settle_order(order, &view);
    if (order == 'K') {
        int axes[FM_MAX_NDIM];
        by_memory(&view, axes);
        view = fm_view_permuted(&view, axes);
    }
    return reshape_to(r, &view, &to, order, false);
}

fm_status fm_run_flattened(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    if (p->status != FM_OK) return p->status;
    int64_t axes[FM_MAX_NDIM];
    int ndim = a->layout->ndim, order[FM_MAX_NDIM];
    fm_view view = {.ndim = ndim};
    for (int d = 0; d < ndim; d++) view.strides[d] = fm_layout_strides(a->layout)[d];
    if (p->values[1].as.string[0] == 'K' || p->values[1].as.string[0] == 'k')
        by_memory(&view, order);
    else
        for (int d = 0; d < ndim; d++) order[d] = ndim - 1 - d;
    for (int d = 0; d < ndim; d++) axes[d] = order[d];
    fm_tensor *moved = FM_DO(p, "transpose", V_T(a), V_INTS(axes, ndim));
    fm_program_return(p, 0, FM_DO(p, "ravel", V_T(moved)));
    return p->status;
}
