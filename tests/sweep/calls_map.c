/* Calls of the elementwise rows: operands full of special values, broadcast or with a weak number,
   and every pair of dtypes for casts. */
#include "call.h"
#include "element.h"

#include <string.h>
#include "ops/loops.h"

#include <math.h>

#define FM_UNARY(id, b, i, f, c, ...) [FM_UNARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops unary_loops[FM_UNARY_COUNT] = {
#include "ops/unary.def"
};
#undef FM_UNARY

#define FM_BINARY(id, b, i, f, c, ...) [FM_BINARY_##id] = FM_LOOPS(b, i, f, c),
static const fm_loops binary_loops[FM_BINARY_COUNT] = {
#include "ops/binary.def"
};
#undef FM_BINARY

/* The float that NumPy computes integers of that width in. */
static fm_dtype float_of(fm_dtype dtype) {
    size_t size = fm_dtype_size(dtype);
    return size == 1 ? FM_FLOAT16 : size == 2 ? FM_FLOAT32 : FM_FLOAT64;
}

/* The dtype of the loop that takes operands of dtype; FM_DTYPE_NONE: none does. */
static fm_dtype loop_dtype(fm_loops loops, fm_dtype dtype) {
    switch (fm_loop_letter(loops, dtype)) {
    case 'N':
        return FM_DTYPE_NONE;
    case 'D':
        return fm_dtype_kind(dtype) == 'c' ? FM_COMPLEX128 : FM_FLOAT64;
    case 'U':
        if (dtype == FM_BOOL && loops.of_int != 'U') return FM_INT8;
        return float_of(dtype);
    default:
        return dtype;
    }
}

static fm_dtype result_dtype(fm_loops loops, fm_dtype loop) {
    char letter = fm_loop_letter(loops, loop);
    return letter == 'P' ? FM_BOOL : letter == 'R' ? fm_real_dtype(loop) : loop;
}

/* An operand as the loop has it. */
static sw_value in_loop(fm_dtype loop, sw_value x) {
    if (sw_is_float(loop)) x.re = sw_round(loop, x.re);
    return x;
}

/* Complex errors count in units of the larger part. */
static void set_want(sw_result *r, int64_t i, sw_value want, bool known) {
    r->want[i] = want;
    if (!known) sw_result_unknown(r, i);
    if (known && fm_dtype_kind(r->like.dtype) == 'c')
        sw_result_scale(r, i, fmaxl(fabsl(want.re), fabsl(want.im)));
}

/* The operands' shapes: in the broadcast variant each lacks other axes. */
static sw_array *add_operand(sw_call *call, int n, fm_dtype dtype, sw_content content) {
    const sw_variant *v = &sw_variants[call->variant];
    const int64_t rows[] = {v->shape[0], 1};
    if (call->variant == SW_BROADCAST && n == 1)
        return sw_add_input(call, dtype, 1, &v->shape[1], content);
    if (call->variant == SW_BROADCAST && n == 2) return sw_add_input(call, dtype, 2, rows, content);
    return sw_add_input(call, dtype, v->ndim, v->shape, content);
}

/* One result of the variant's shape, to which all operands broadcast. */
static sw_result *add_shaped(sw_call *call, fm_dtype dtype) {
    const sw_variant *v = &sw_variants[call->variant];
    return sw_add_result(call, 0, dtype, v->ndim, v->shape);
}

/* Element i of the result's shape in operand n. */
static sw_value met(const sw_call *call, const sw_result *r, int n, int64_t i) {
    int64_t at[SW_NDIM];
    sw_coordinates(&r->like, i, at);
    return sw_get(&call->input[n], sw_broadcast_element(&call->input[n], r->like.ndim, at));
}

bool sw_make_unary(sw_call *call) {
    fm_unary_id id = (fm_unary_id)call->row->op;
    fm_dtype loop = loop_dtype(unary_loops[id], call->dtype);
    if (call->variant == SW_BROADCAST) return false;
    sw_array *x = add_operand(call, 0, call->dtype, SW_ANY);
    sw_pass_input(call, 0);
    call->nslots = 1;
    call->refusal = loop == FM_DTYPE_NONE ? FM_ERR_DTYPE : FM_OK;
    if (call->refusal) return true;
    sw_result *r = add_shaped(call, result_dtype(unary_loops[id], loop));
    for (int64_t i = 0; i < x->size; i++) {
        sw_value y;
        bool known = sw_unary(id, loop, in_loop(loop, sw_get(x, i)), &y);
        set_want(r, i, y, known);
    }
    return true;
}

/* Near a result of 0 the error is that of the larger operand. */
static bool sums_logarithms(fm_binary_id id) {
    return id == FM_BINARY_logaddexp || id == FM_BINARY_logaddexp2;
}

/* An integer has no negative integer power: that is an error of its own. */
static void make_positive(sw_array *exponent) {
    if (fm_dtype_kind(exponent->dtype) != 'i') return;
    for (int64_t i = 0; i < exponent->size; i++)
        sw_set_real(exponent, i, fmodl(fabsl(sw_get(exponent, i).re), 100));
}

/* Option 1: the second operand is the weak number 3. */
bool sw_make_binary(sw_call *call) {
    bool weak = call->option == 1;
    if (weak && (call->variant == SW_BROADCAST || call->variant == SW_LARGE)) return false;
    fm_binary_id id = (fm_binary_id)call->row->op;
    fm_dtype common = weak && call->dtype == FM_BOOL ? FM_INT64 : call->dtype;
    fm_dtype loop = loop_dtype(binary_loops[id], common);
    (void)add_operand(call, 0, call->dtype, SW_ANY);
    sw_pass_input(call, 0);
    if (!weak) (void)add_operand(call, 1, call->dtype, SW_ANY);
    if (!weak && id == FM_BINARY_power) make_positive(&call->input[1]);
    if (weak)
        sw_pass_int(call, 3);
    else
        sw_pass_input(call, 1);
    call->nslots = 1;
    call->refusal = loop == FM_DTYPE_NONE ? FM_ERR_DTYPE : FM_OK;
    if (call->refusal) return true;
    sw_result *r = add_shaped(call, result_dtype(binary_loops[id], loop));
    for (int64_t i = 0; i < r->like.size; i++) {
        sw_value a = met(call, r, 0, i), b = weak ? (sw_value){3, 0} : met(call, r, 1, i), y;
        bool known = sw_binary(id, loop, in_loop(loop, a), in_loop(loop, b), &y);
        set_want(r, i, y, known);
        if (sums_logarithms(id) && isfinite(a.re) && isfinite(b.re))
            sw_result_scale(r, i, fmaxl(fabsl(y.re), fmaxl(fabsl(a.re), fabsl(b.re))));
    }
    return true;
}

static bool make_where(sw_call *call) {
    if (call->option > 0) return false;
    (void)add_operand(call, 0, FM_BOOL, SW_ANY);
    (void)add_operand(call, 1, call->dtype, SW_ANY);
    (void)add_operand(call, 2, call->dtype, SW_ANY);
    for (int n = 0; n < 3; n++) sw_pass_input(call, n);
    sw_result *r = add_shaped(call, call->dtype);
    for (int64_t i = 0; i < r->like.size; i++)
        set_want(r, i, met(call, r, met(call, r, 0, i).re != 0 ? 1 : 2, i), true);
    return true;
}

/* Options: both bounds, the lower, the upper, none. */
static bool make_clip(sw_call *call) {
    bool low = call->option == 0 || call->option == 1,
         high = call->option == 0 || call->option == 2;
    if (call->dtype == FM_BOOL && !low && !high) return false; /* it is positive, without bool */
    (void)add_operand(call, 0, call->dtype, SW_ANY);
    sw_pass_input(call, 0);
    for (int n = 1; n < 3; n++) {
        if (n == 1 ? low : high) {
            (void)add_operand(call, n, call->dtype, SW_ANY);
            sw_pass_input(call, call->ninputs - 1);
        } else {
            sw_pass_none(call);
        }
    }
    sw_result *r = add_shaped(call, call->dtype);
    for (int64_t i = 0; i < r->like.size; i++) {
        sw_value y = met(call, r, 0, i);
        bool known = true;
        if (low) known = sw_binary(FM_BINARY_maximum, call->dtype, y, met(call, r, 1, i), &y);
        if (high)
            known = known && sw_binary(FM_BINARY_minimum, call->dtype, y,
                                       met(call, r, call->ninputs - 1, i), &y);
        set_want(r, i, y, known);
    }
    return true;
}

bool sw_make_ternary(sw_call *call) {
    return call->row->op == FM_TERNARY_where ? make_where(call) : make_clip(call);
}

/* x in another dtype; false past what an int32 holds, where the dtypes' own rules begin. */
static bool converted(fm_dtype from, fm_dtype to, sw_value x, sw_value *y) {
    char kind = fm_dtype_kind(to);
    *y = kind == 'c' ? x : (sw_value){x.re, 0};
    if (kind == 'b') y->re = x.re != 0 || x.im != 0;
    if (!sw_is_float(from) && (to == FM_FLOAT16 || to == FM_BFLOAT16))
        y->re = sw_round(FM_FLOAT32, x.re);
    if (!sw_is_float(from) || (kind != 'i' && kind != 'u')) return true;
    y->re = truncl(x.re);
    return fabsl(x.re) < 0x1p31L;
}

/* Options of astype: the dtypes to convert to. */
bool sw_make_cast(sw_call *call) {
    bool is_copy = strcmp(call->row->name, "copy") == 0;
    fm_dtype to = is_copy ? call->dtype : (fm_dtype)(call->option + 1);
    if (call->variant == SW_BROADCAST || (is_copy && call->option > 0)) return false;
    sw_array *x = add_operand(call, 0, call->dtype, SW_ANY);
    sw_pass_input(call, 0);
    if (!is_copy) sw_pass_dtype(call, to);
    sw_result *r = add_shaped(call, to);
    for (int64_t i = 0; i < x->size; i++) {
        bool known = converted(call->dtype, to, sw_get(x, i), &r->want[i]);
        if (!known) sw_result_unknown(r, i);
    }
    return true;
}
