/* Running reductions into a tensor of another shape, as NumPy's accumulate lets them. */
#include "call/running.h"

#include <string.h>

static bool has_initial(const fm_bound_call *call) {
    const fm_param *params = call->row->params;
    for (int p = 0; p < call->row->nparams; p++)
        if (!strcmp(params[p].name, "include_initial") && call->values[p].kind == FM_VALUE_BOOL)
            return call->values[p].as.i != 0;
    return false;
}

/* Of a line that is not cast the shape must be the same. */
bool fm_running_fits(const fm_bound_call *call, const fm_resolved *r, const fm_layout *out) {
    const fm_out_shape *result = &r->out[0];
    const fm_layout *x = r->in[0];
    const int64_t *shape = fm_layout_shape(out);
    if (result->ndim == 1 && x->dtype == result->dtype && out->dtype == result->dtype) return false;
    if (out->ndim < result->ndim || (has_initial(call) && out->ndim != result->ndim)) return false;
    for (int d = 0; d < out->ndim; d++) {
        if (shape[d] == 0) return false;
        if (d >= result->ndim) continue;
        const int64_t first = d == r->params.scan.axis && has_initial(call) ? 1 : 0;
        const int64_t extent = result->shape[d] - first;
        if (shape[d] - first != extent && extent != 1) return false;
    }
    return true;
}

/* Puts a view of the first elements along an axis in place of a tensor. */
static fm_status cut(fm_context *ctx, fm_tensor **tensor, int axis, int64_t count) {
    fm_tensor *view = NULL;
    fm_value values[] = {fm_value_tensor(*tensor), fm_value_int(axis), fm_value_int(0),
                         fm_value_int(count), fm_value_int(1)};
    FM_TRY(fm_call_uncounted(ctx, "_slice", values, 5, &view));
    fm_tensor_release(*tensor);
    *tensor = view;
    return FM_OK;
}

/* NumPy brings the whole tensor to the dtype of the reduction and back. */
static fm_status bring_rest(fm_context *ctx, const fm_tensor *given, fm_dtype loop,
                            fm_tensor **rest) {
    const fm_dtype own = given->layout->dtype;
    if (own == loop) return FM_OK;
    fm_tensor *there = NULL;
    fm_value values[] = {fm_value_tensor(given), fm_value_dtype(loop)};
    FM_TRY(fm_call_uncounted(ctx, "astype", values, 2, &there));
    fm_value back[] = {fm_value_tensor(there), fm_value_dtype(own)};
    fm_status status = fm_call_uncounted(ctx, "astype", back, 2, rest);
    fm_tensor_release(there);
    return status;
}

fm_status fm_running_place(fm_context *ctx, const fm_bound_call *call, const fm_tensor *given,
                           fm_tensor **running, fm_tensor **place, fm_tensor **rest) {
    const fm_layout *result = (*running)->layout, *out = given->layout;
    const fm_value *along = &call->values[1];
    const int ndim = result->ndim;
    int axis = along->kind == FM_VALUE_INT ? (int)along->as.i : 0;
    if (axis < 0) axis += ndim;
    int64_t places = fm_layout_shape(out)[axis], further[FM_MAX_NDIM];
    if (places > fm_layout_shape(result)[axis]) places = fm_layout_shape(result)[axis];
    fm_value all[] = {fm_value_tensor(given), fm_value_int(axis), fm_value_int(0),
                      fm_value_int(places), fm_value_int(1)};
    FM_TRY(fm_call_uncounted(ctx, "_slice", all, 5, place));
    FM_TRY(cut(ctx, running, axis, places));
    FM_TRY(bring_rest(ctx, given, (*running)->layout->dtype, rest));
    for (int d = ndim; d < out->ndim; d++) {
        FM_TRY(cut(ctx, place, d, 1));
        further[d - ndim] = d;
    }
    if (out->ndim == ndim) return FM_OK;
    fm_tensor *view = NULL;
    fm_value values[] = {fm_value_tensor(*place), fm_value_ints(further, out->ndim - ndim)};
    FM_TRY(fm_call_uncounted(ctx, "squeeze", values, 2, &view));
    fm_tensor_release(*place);
    *place = view;
    return FM_OK;
}
