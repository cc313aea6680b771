/* Calls of the layers, losses and optimizer steps, computed by their definitions in long double. */
#include "call.h"

#include <math.h>

typedef struct layer {
    int64_t m, n, k;
} layer;

static bool size_of(const sw_call *call, layer *l) {
    switch (call->variant) {
    case SW_0D:
    case SW_BROADCAST:
        return false;
    case SW_EMPTY:
        *l = (layer){0, 7, 9};
        return true;
    case SW_ONE:
        *l = (layer){1, 1, 1};
        return true;
    case SW_LARGE:
        *l = (layer){70, 90, 110};
        return true;
    default:
        *l = (layer){5, 7, 9};
        return true;
    }
}

static long double re(const sw_call *call, int input, int64_t i) {
    return sw_get(&call->input[input], i).re;
}

static void add_matrix(sw_call *call, int64_t rows, int64_t columns) {
    (void)sw_add_input(call, call->dtype, 2, (int64_t[]){rows, columns}, SW_TAME);
}

static void add_vector(sw_call *call, int64_t n) {
    (void)sw_add_input(call, call->dtype, 1, &n, SW_TAME);
}

static void set(sw_result *r, int64_t i, long double value, long double scale) {
    r->want[i].re = value;
    sw_result_scale(r, i, scale);
}

/* Options: bare; bias and relu by name; bias; relu by number. */
static bool make_linear(sw_call *call, layer l) {
    bool bias = call->option == 1 || call->option == 2,
         relu = call->option == 1 || call->option == 3;
    add_matrix(call, l.m, l.k);
    add_matrix(call, l.n, l.k);
    sw_pass_input(call, 0);
    sw_pass_input(call, 1);
    if (bias) {
        add_vector(call, l.n);
        sw_pass_input(call, 2);
    } else {
        sw_pass_none(call);
    }
    if (call->option == 1)
        sw_pass_string(call, "relu");
    else
        sw_pass_int(call, relu);
    sw_result *r = sw_add_result(call, 0, call->dtype, 2, (int64_t[]){l.m, l.n});
    for (int64_t i = 0; i < r->like.size; i++) {
        long double sum = bias ? re(call, 2, i % l.n) : 0, scale = fabsl(sum);
        for (int64_t k = 0; k < l.k; k++) {
            long double term = re(call, 0, i / l.n * l.k + k) * re(call, 1, i % l.n * l.k + k);
            sum += term;
            scale += fabsl(term);
        }
        set(r, i, relu && sum < 0 ? 0 : sum, scale);
    }
    return true;
}

/* What arrives behind the activation: dy where y > 0. Inputs dy 0, x 1, w 2; y is yi, -1: none. */
static long double arrived(const sw_call *call, int yi, int64_t i) {
    return yi >= 0 && !(re(call, yi, i) > 0) ? 0 : re(call, 0, i);
}

static void want_dx(const sw_call *call, sw_result *r, layer l, int yi) {
    for (int64_t i = 0; i < r->like.size; i++) {
        long double sum = 0, scale = 0;
        for (int64_t n = 0; n < l.n; n++) {
            long double term =
                arrived(call, yi, i / l.k * l.n + n) * re(call, 2, n * l.k + i % l.k);
            sum += term;
            scale += fabsl(term);
        }
        set(r, i, sum, scale);
    }
}

/* r = start - lr * dw, or dw itself where lr is 0. */
static void want_dw(const sw_call *call, sw_result *r, layer l, int yi, long double lr) {
    for (int64_t i = 0; i < r->like.size; i++) {
        long double sum = 0, scale = 0;
        for (int64_t m = 0; m < l.m; m++) {
            long double term =
                arrived(call, yi, m * l.n + i / l.k) * re(call, 1, m * l.k + i % l.k);
            sum += term;
            scale += fabsl(term);
        }
        long double old = lr != 0 ? re(call, 2, i) : 0;
        set(r, i, lr != 0 ? old - lr * sum : sum, lr != 0 ? fabsl(old) + lr * scale : scale);
    }
}

static void want_db(const sw_call *call, sw_result *r, layer l, int yi, int bi, long double lr) {
    for (int64_t i = 0; i < r->like.size; i++) {
        long double sum = 0, scale = 0;
        for (int64_t m = 0; m < l.m; m++) {
            sum += arrived(call, yi, m * l.n + i);
            scale += fabsl(arrived(call, yi, m * l.n + i));
        }
        long double old = lr != 0 ? re(call, bi, i) : 0;
        set(r, i, lr != 0 ? old - lr * sum : sum, lr != 0 ? fabsl(old) + lr * scale : scale);
    }
}

static void add_gradient_inputs(sw_call *call, layer l) {
    add_matrix(call, l.m, l.n);
    add_matrix(call, l.m, l.k);
    add_matrix(call, l.n, l.k);
    for (int i = 0; i < 3; i++) sw_pass_input(call, i);
}

/* The layer's output, as an input and as the next argument; returns its number, -1: None. */
static int add_output(sw_call *call, layer l, bool relu) {
    if (!relu) {
        sw_pass_none(call);
        return -1;
    }
    add_matrix(call, l.m, l.n);
    sw_pass_input(call, call->ninputs - 1);
    return call->ninputs - 1;
}

/* Options: all three; all behind relu; dw alone; dx and db behind relu. */
static bool make_backward(sw_call *call, layer l) {
    static const int wanted[] = {7, 7, 2, 5};
    int outputs = wanted[call->option];
    bool relu = call->option == 1 || call->option == 3;
    add_gradient_inputs(call, l);
    int yi = add_output(call, l, relu);
    sw_pass_int(call, relu);
    for (int o = 0; o < 3; o++) sw_pass_bool(call, outputs >> o & 1);
    if (outputs & 1)
        want_dx(call, sw_add_result(call, 0, call->dtype, 2, (int64_t[]){l.m, l.k}), l, yi);
    if (outputs & 2)
        want_dw(call, sw_add_result(call, 1, call->dtype, 2, (int64_t[]){l.n, l.k}), l, yi, 0);
    if (outputs & 4) want_db(call, sw_add_result(call, 2, call->dtype, 1, &l.n), l, yi, -1, 0);
    return true;
}

/* Options: with bias and dx; behind relu; without bias; without dx, behind relu. */
static bool make_backward_sgd(sw_call *call, layer l) {
    bool relu = call->option == 1 || call->option == 3, bias = call->option != 2;
    bool dx = call->option != 3;
    const double lr = 0.125;
    add_gradient_inputs(call, l);
    int bi = -1;
    if (bias) {
        bi = call->ninputs;
        add_vector(call, l.n);
        sw_pass_input(call, bi);
    } else {
        sw_pass_none(call);
    }
    if (relu && bias) { /* the room for inputs ends with y, so it is dy: any tensor of the shape */
        sw_pass_input(call, 0);
    } else {
        sw_pass_none(call);
        relu = false;
    }
    int yi = relu ? 0 : -1;
    sw_pass_int(call, relu);
    sw_pass_float(call, lr);
    sw_pass_bool(call, dx);
    if (dx) want_dx(call, sw_add_result(call, 0, call->dtype, 2, (int64_t[]){l.m, l.k}), l, yi);
    want_dw(call, sw_add_in_place(call, 1, 2), l, yi, lr);
    if (bias) want_db(call, sw_add_in_place(call, 2, bi), l, yi, bi, lr);
    return true;
}

static bool make_relu(sw_call *call, bool backward) {
    const sw_variant *v = &sw_variants[call->variant];
    if (call->option > 0 || call->variant == SW_BROADCAST) return false;
    for (int i = 0; i < 1 + backward; i++) {
        (void)sw_add_input(call, call->dtype, v->ndim, v->shape, SW_ANY);
        sw_pass_input(call, i);
    }
    sw_result *r = sw_add_result(call, 0, call->dtype, v->ndim, v->shape);
    for (int64_t i = 0; i < r->like.size; i++) {
        long double x = re(call, 0, i);
        r->want[i].re = backward ? (re(call, 1, i) > 0 ? x : 0) : x < 0 ? 0 : x;
    }
    return true;
}

static void add_batch(sw_call *call, layer l) {
    static const fm_dtype kinds[] = {FM_INT64, FM_INT32, FM_UINT8, FM_INT64};
    add_matrix(call, l.m, l.n);
    sw_array *labels = sw_add_input(call, kinds[call->option], 1, &l.m, SW_SMALL);
    for (int64_t i = 0; i < l.m; i++)
        sw_set_real(labels, i, (long double)((uint64_t)i * 5 % (uint64_t)l.n));
    sw_pass_input(call, 0);
    sw_pass_input(call, 1);
    if (call->option == 2)
        sw_pass_string(call, "sum");
    else
        sw_pass_int(call, call->option % 2);
}

/* Options: mean and sum, labels of three dtypes. */
static bool make_loss(sw_call *call, layer l) {
    add_batch(call, l);
    bool mean = call->option == 0;
    sw_result *loss = sw_add_result(call, 0, call->dtype, 0, NULL);
    sw_result *p = sw_add_result(call, 1, call->dtype, 2, (int64_t[]){l.m, l.n});
    long double total = 0, scale = 0;
    for (int64_t row = 0; row < l.m; row++) {
        long double most = -INFINITY, sum = 0;
        for (int64_t c = 0; c < l.n; c++) most = fmaxl(most, re(call, 0, row * l.n + c));
        for (int64_t c = 0; c < l.n; c++) sum += expl(re(call, 0, row * l.n + c) - most);
        for (int64_t c = 0; c < l.n; c++) { /* rounding the difference is magnified by exp */
            long double x = re(call, 0, row * l.n + c) - most, share = expl(x) / sum;
            set(p, row * l.n + c, share, share * (1 + fabsl(x)));
        }
        long double shifted = re(call, 0, row * l.n + (int64_t)re(call, 1, row)) - most;
        total += logl(sum) - shifted;
        scale += logl(sum) + fabsl(shifted);
    }
    long double n = mean ? (long double)l.m : 1;
    set(loss, 0, total / n, scale / n);
    return true;
}

static bool make_loss_backward(sw_call *call, layer l) {
    add_batch(call, l);
    long double n = call->option == 0 ? (long double)l.m : 1;
    sw_result *r = sw_add_result(call, 0, call->dtype, 2, (int64_t[]){l.m, l.n});
    for (int64_t i = 0; i < r->like.size; i++)
        r->want[i].re = (re(call, 0, i) - (re(call, 1, i / l.n) == i % l.n)) / n;
    return true;
}

/* Options: plain; momentum; momentum, decay and nesterov; decay alone. */
static bool make_sgd(sw_call *call, layer l) {
    const double momentum[] = {0, 0.5, 0.875, 0}, decay[] = {0, 0, 0.25, 0.25};
    bool keeps = momentum[call->option] != 0, nesterov = call->option == 2;
    add_matrix(call, l.m, l.n);
    add_matrix(call, l.m, l.n);
    if (keeps) add_matrix(call, l.m, l.n);
    sw_pass_input(call, 0);
    sw_pass_input(call, 1);
    if (keeps)
        sw_pass_input(call, 2);
    else
        sw_pass_none(call);
    sw_pass_float(call, 0.125);
    sw_pass_float(call, momentum[call->option]);
    sw_pass_float(call, decay[call->option]);
    sw_pass_bool(call, nesterov);
    sw_result *w = sw_add_in_place(call, 0, 0);
    sw_result *velocity = keeps ? sw_add_in_place(call, 1, 2) : NULL;
    for (int64_t i = 0; i < w->like.size; i++) {
        long double old = re(call, 0, i), g = re(call, 1, i) + decay[call->option] * old, step = g;
        if (velocity) {
            long double v = momentum[call->option] * re(call, 2, i) + g;
            set(velocity, i, v, fabsl(re(call, 2, i)) + fabsl(g));
            step = nesterov ? g + momentum[call->option] * v : v;
        }
        set(w, i, old - 0.125L * step, fabsl(old) + fabsl(step));
    }
    return true;
}

/* Options: the first step; the fifth with decay. */
static bool make_adam(sw_call *call, layer l) {
    if (call->option > 1) return false;
    const double lr = 0.125, beta1 = 0.875, beta2 = 0.984375, epsilon = 1e-3;
    const double decay = call->option ? 0.25 : 0;
    const int step = call->option ? 5 : 1;
    for (int i = 0; i < 4; i++) {
        add_matrix(call, l.m, l.n);
        sw_pass_input(call, i);
    }
    sw_array *second = &call->input[3];
    for (int64_t i = 0; i < second->size; i++) sw_set_real(second, i, fabsl(sw_get(second, i).re));
    for (int i = 0; i < 5; i++)
        sw_pass_float(call, ((double[]){lr, beta1, beta2, epsilon, decay})[i]);
    sw_pass_int(call, step);
    sw_result *w = sw_add_in_place(call, 0, 0), *m = sw_add_in_place(call, 1, 2);
    sw_result *v = sw_add_in_place(call, 2, 3);
    for (int64_t i = 0; i < w->like.size; i++) {
        long double old = re(call, 0, i), g = re(call, 1, i);
        long double first = beta1 * re(call, 2, i) + (1 - beta1) * g;
        long double square = beta2 * re(call, 3, i) + (1 - beta2) * g * g;
        long double by = sqrtl(square / (1 - powl(beta2, step))) + epsilon;
        long double move = lr * (first / (1 - powl(beta1, step))) / by;
        set(m, i, first, fabsl(re(call, 2, i)) + fabsl(g));
        set(v, i, square, 0);
        set(w, i, old - lr * decay * old - move, fabsl(old) + 2 * fabsl(move));
    }
    return true;
}

static bool make(sw_call *call) {
    layer l = {0};
    bool sized = size_of(call, &l);
    fm_nn_id id = (fm_nn_id)call->row->op;
    if (id == FM_NN_relu || id == FM_NN_relu_backward)
        return make_relu(call, id == FM_NN_relu_backward);
    if (!sized) return false;
    switch (id) {
    case FM_NN_linear:
        return make_linear(call, l);
    case FM_NN_linear_backward:
        return make_backward(call, l);
    case FM_NN_linear_backward_sgd:
        return make_backward_sgd(call, l);
    case FM_NN_softmax_cross_entropy:
        return make_loss(call, l);
    case FM_NN_softmax_cross_entropy_backward:
        return make_loss_backward(call, l);
    case FM_NN_sgd:
        return make_sgd(call, l);
    default:
        return make_adam(call, l);
    }
}

bool sw_make_nn(sw_call *call) {
    if (!make(call)) return false;
    if (fm_dtype_kind(call->dtype) != 'f') call->refusal = FM_ERR_DTYPE;
    return true;
}
