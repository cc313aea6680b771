/* The typed functions of the layers, losses and optimizer steps. */
#include "call/typed.h"

fm_status fm_nn_linear(fm_context *ctx, const fm_tensor *x, const fm_tensor *w, const fm_tensor *b,
                       fm_activation activation, fm_tensor **y) {
    const fm_value v[] = {fm_value_tensor(x), fm_value_tensor(w), fm_value_tensor(b),
                          fm_value_int(activation)};
    fm_tensor **const slots[] = {y};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.linear"), v, slots);
}

fm_status fm_nn_linear_backward(fm_context *ctx, const fm_tensor *dy, const fm_tensor *x,
                                const fm_tensor *w, const fm_tensor *y, fm_activation activation,
                                fm_tensor **dx, fm_tensor **dw, fm_tensor **db) {
    const fm_value v[] = {
        fm_value_tensor(dy),       fm_value_tensor(x),        fm_value_tensor(w),
        fm_value_tensor(y),        fm_value_int(activation),  fm_value_bool(dx != NULL),
        fm_value_bool(dw != NULL), fm_value_bool(db != NULL),
    };
    fm_tensor **const slots[] = {dx, dw, db};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.linear_backward"), v, slots);
}

fm_status fm_nn_linear_backward_sgd(fm_context *ctx, const fm_tensor *dy, const fm_tensor *x,
                                    fm_tensor *w, fm_tensor *b, const fm_tensor *y,
                                    fm_activation activation, double lr, fm_tensor **dx) {
    const fm_value v[] = {
        fm_value_tensor(dy), fm_value_tensor(x),        fm_value_tensor(w),
        fm_value_tensor(b),  fm_value_tensor(y),        fm_value_int(activation),
        fm_value_float(lr),  fm_value_bool(dx != NULL),
    };
    fm_tensor **const slots[] = {dx, NULL, NULL};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.linear_backward_sgd"), v, slots);
}

fm_status fm_nn_relu(fm_context *ctx, const fm_tensor *x, fm_tensor **y) {
    const fm_value v[] = {fm_value_tensor(x)};
    fm_tensor **const slots[] = {y};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.relu"), v, slots);
}

fm_status fm_nn_relu_backward(fm_context *ctx, const fm_tensor *dy, const fm_tensor *y,
                              fm_tensor **dx) {
    const fm_value v[] = {fm_value_tensor(dy), fm_value_tensor(y)};
    fm_tensor **const slots[] = {dx};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.relu_backward"), v, slots);
}

fm_status fm_nn_softmax_cross_entropy(fm_context *ctx, const fm_tensor *logits,
                                      const fm_tensor *labels, fm_reduction reduction,
                                      fm_tensor **loss, fm_tensor **probabilities) {
    const fm_value v[] = {fm_value_tensor(logits), fm_value_tensor(labels),
                          fm_value_int(reduction)};
    fm_tensor **const slots[] = {loss, probabilities};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.softmax_cross_entropy"), v, slots);
}

fm_status fm_nn_softmax_cross_entropy_backward(fm_context *ctx, const fm_tensor *probabilities,
                                               const fm_tensor *labels, fm_reduction reduction,
                                               fm_tensor **dlogits) {
    const fm_value v[] = {fm_value_tensor(probabilities), fm_value_tensor(labels),
                          fm_value_int(reduction)};
    fm_tensor **const slots[] = {dlogits};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.softmax_cross_entropy_backward"), v, slots);
}

fm_status fm_nn_sgd(fm_context *ctx, fm_tensor *w, const fm_tensor *g, fm_tensor *velocity,
                    const fm_sgd_options *options) {
    fm_sgd_options o = {0};
    FM_TYPED_OPTIONS("nn.sgd", options, o);
    const fm_value v[] = {
        fm_value_tensor(w),        fm_value_tensor(g),         fm_value_tensor(velocity),
        fm_value_float(o.lr),      fm_value_float(o.momentum), fm_value_float(o.weight_decay),
        fm_value_bool(o.nesterov),
    };
    return fm_corridor(ctx, FM_TYPED_ROW("nn.sgd"), v, (fm_tensor * *const[]){NULL, NULL});
}

static double or_default(double value, double otherwise) {
    return value != 0 ? value : otherwise;
}

fm_status fm_nn_adam(fm_context *ctx, fm_tensor *w, const fm_tensor *g, fm_tensor *m, fm_tensor *v,
                     const fm_adam_options *options) {
    fm_adam_options o = {0};
    FM_TYPED_OPTIONS("nn.adam", options, o);
    const fm_value values[] = {
        fm_value_tensor(w),
        fm_value_tensor(g),
        fm_value_tensor(m),
        fm_value_tensor(v),
        fm_value_float(or_default(o.lr, 0.001)),
        fm_value_float(or_default(o.beta1, 0.9)),
        fm_value_float(or_default(o.beta2, 0.999)),
        fm_value_float(or_default(o.epsilon, 1e-8)),
        fm_value_float(o.weight_decay),
        fm_value_int(o.step),
    };
    return fm_corridor(ctx, FM_TYPED_ROW("nn.adam"), values,
                       (fm_tensor * *const[]){NULL, NULL, NULL});
}
