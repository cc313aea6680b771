/* Calls of the rows that create, draw and join tensors. */
#include "call.h"

#include <string.h>

static bool is(const sw_call *call, const char *name) {
    return strcmp(call->row->name, name) == 0;
}

static void set_all(sw_result *r, long double value) {
    for (int64_t i = 0; i < r->like.size; i++) r->want[i].re = value;
}

/* zeros, ones, empty: shape and dtype. */
static bool make_of_shape(sw_call *call, long double value) {
    const sw_variant *v = &sw_variants[call->variant];
    if (call->option > 0) return false;
    sw_pass_ints(call, v->ndim, v->shape);
    sw_pass_dtype(call, call->dtype);
    set_all(sw_add_result(call, 0, call->dtype, v->ndim, v->shape), value);
    return true;
}

/* zeros_like and its kin: as the prototype, of another shape, of another dtype. */
static bool make_like(sw_call *call, long double value) {
    const sw_variant *v = &sw_variants[call->variant];
    fm_dtype dtype = call->option == 2 ? FM_INT16 : call->dtype;
    (void)sw_add_input(call, call->dtype, v->ndim, v->shape, SW_ANY);
    sw_pass_input(call, 0);
    if (call->option == 2)
        sw_pass_dtype(call, dtype);
    else
        sw_pass_none(call);
    if (call->option == 1) sw_pass_ints(call, 1, (int64_t[]){5});
    sw_result *r = call->option == 1 ? sw_add_result(call, 0, dtype, 1, (int64_t[]){5})
                                     : sw_add_result(call, 0, dtype, v->ndim, v->shape);
    set_all(r, value);
    return call->option < 3;
}

/* full and full_like: a number, or a tensor that is broadcast. */
static bool make_full(sw_call *call) {
    const sw_variant *v = &sw_variants[call->variant];
    bool like = is(call, "full_like");
    if (call->option > 1) return false;
    if (like) {
        (void)sw_add_input(call, call->dtype, v->ndim, v->shape, SW_ANY);
        sw_pass_input(call, 0);
    } else {
        sw_pass_ints(call, v->ndim, v->shape);
    }
    int last = v->ndim ? 1 : 0;
    int64_t extent = last ? v->shape[v->ndim - 1] : 1;
    if (call->option == 0) {
        sw_pass_int(call, 3);
    } else {
        (void)sw_add_input(call, call->dtype, last, &extent, SW_TAME);
        sw_pass_input(call, call->ninputs - 1);
    }
    sw_pass_dtype(call, call->dtype);
    sw_result *r = sw_add_result(call, 0, call->dtype, v->ndim, v->shape);
    for (int64_t i = 0; i < r->like.size; i++)
        r->want[i] = call->option == 0 ? (sw_value){3, 0}
                                       : sw_get(&call->input[call->ninputs - 1], i % extent);
    return true;
}

/* arange(7), arange(2, 20, 3), arange(5.0, -1.0, -0.5), arange(0). */
static bool make_arange(sw_call *call) {
    static const struct {
        long double start, step;
        int64_t count;
    } as[] = {{0, 1, 7}, {2, 3, 6}, {5, -0.5L, 12}, {0, 1, 0}};
    if (call->variant != SW_ODD || (call->option == 2 && !sw_is_float(call->dtype))) return false;
    if (call->option == 0 || call->option == 3) {
        sw_pass_int(call, call->option == 0 ? 7 : 0);
        sw_pass_none(call);
        sw_pass_none(call);
    } else if (call->option == 1) {
        sw_pass_int(call, 2);
        sw_pass_int(call, 20);
        sw_pass_int(call, 3);
    } else {
        sw_pass_float(call, 5.0);
        sw_pass_float(call, -1.0);
        sw_pass_float(call, -0.5);
    }
    sw_pass_dtype(call, call->dtype);
    sw_result *r = sw_add_result(call, 0, call->dtype, 1, &as[call->option].count);
    for (int64_t i = 0; i < r->like.size; i++)
        r->want[i].re = as[call->option].start + (long double)i * as[call->option].step;
    if (call->dtype == FM_BOOL && r->like.size > 2) call->refusal = FM_ERR_DTYPE;
    return true;
}

/* eye and tri: square, wide above the diagonal, narrow below it, and nothing. */
static bool make_eye(sw_call *call) {
    static const int64_t as[][3] = {{4, 4, 0}, {3, 5, 1}, {5, 3, -2}, {0, 4, 0}};
    const int64_t *shape = as[call->option], k = shape[2];
    if (call->variant != SW_ODD) return false;
    sw_pass_int(call, shape[0]);
    bool below = is(call, "tri");
    if (is(call, "eye") || below) {
        sw_pass_int(call, shape[1]);
        sw_pass_int(call, k);
    } else if (call->option > 0) {
        return false;
    }
    sw_pass_dtype(call, call->dtype);
    sw_result *r = sw_add_result(call, 0, call->dtype, 2, shape);
    for (int64_t i = 0; i < r->like.size; i++) {
        int64_t away = i % shape[1] - i / shape[1];
        r->want[i].re = below ? away <= k : away == k;
    }
    return true;
}

bool sw_make_fill(sw_call *call) {
    bool ones = strncmp(call->row->name, "ones", 4) == 0;
    if (call->variant == SW_BROADCAST) return false;
    if (is(call, "full") || is(call, "full_like")) return make_full(call);
    if (is(call, "arange")) return make_arange(call);
    if (call->row->op == FM_FILL_eye || call->row->op == FM_FILL_tri) return make_eye(call);
    return strstr(call->row->name, "_like") ? make_like(call, ones) : make_of_shape(call, ones);
}

/* Of random rows only the backends' agreement is asked here, and what dtypes they have. Option 1:
   other parameters than the standard ones. */
bool sw_make_random(sw_call *call) {
    const sw_variant *v = &sw_variants[call->variant];
    bool scaled = call->row->nparams > 2, many = call->row->params[0].flags & FM_PARAM_VARIADIC;
    if (call->variant == SW_BROADCAST || (call->option == 1 && !scaled)) return false;
    if (many && (call->dtype != FM_FLOAT64 || v->ndim == 0)) return false;
    if (scaled) {
        sw_pass_float(call, call->option ? -2.0 : 0.0);
        sw_pass_float(call, call->option ? 3.0 : 1.0);
    }
    if (v->ndim)
        sw_pass_ints(call, v->ndim, v->shape);
    else
        sw_pass_none(call);
    if (!many) sw_pass_dtype(call, call->dtype);
    sw_result *r = sw_add_result(call, 0, call->dtype, v->ndim, v->shape);
    for (int64_t i = 0; i < r->like.size; i++) sw_result_unknown(r, i);
    if (call->dtype != FM_FLOAT32 && call->dtype != FM_FLOAT64) call->refusal = FM_ERR_DTYPE;
    return true;
}

/* Two arrays by rows, three by columns, two into another dtype. */
bool sw_make_concat(sw_call *call) {
    const sw_variant *v = &sw_variants[call->variant];
    if (call->variant == SW_BROADCAST) return false;
    int count = call->option == 1 ? 3 : 2, axis = call->option == 1 && v->ndim ? v->ndim - 1 : 0;
    fm_dtype dtype = call->dtype;
    if (call->option == 2) dtype = fm_dtype_kind(dtype) == 'c' ? FM_COMPLEX128 : FM_FLOAT64;
    int64_t shape[SW_NDIM] = {0}, total = 0;
    for (int d = 0; d < v->ndim; d++) shape[d] = v->shape[d];
    for (int n = 0; n < count; n++) {
        if (v->ndim) shape[axis] = v->shape[axis] + n;
        total += shape[axis];
        (void)sw_add_input(call, call->dtype, v->ndim, shape, SW_MOVED);
    }
    sw_pass_inputs(call, 0, count);
    sw_pass_int(call, call->option == 1 ? -1 : 0);
    if (call->option == 2) sw_pass_dtype(call, dtype);
    shape[axis] = total;
    sw_result *r = sw_add_result(call, 0, dtype, v->ndim, shape);
    if (v->ndim == 0) call->refusal = FM_ERR_SHAPE;
    for (int64_t i = 0; v->ndim && i < r->like.size; i++) {
        int64_t at[SW_NDIM];
        int n = 0;
        sw_coordinates(&r->like, i, at);
        while (at[axis] >= call->input[n].shape[axis]) at[axis] -= call->input[n++].shape[axis];
        r->want[i] = sw_get(&call->input[n], sw_element(&call->input[n], at));
    }
    return true;
}
