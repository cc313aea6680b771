/* Relu, bias and optimizer steps: a thread takes one element at a time. */
#include "nn_types.h"

namespace {

template <typename F>
FM_KERNEL void relu_kernel(const typename F::T *x, typename F::T *y, int64_t n) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) y[i] = F::store(F::relu(F::load(x[i])));
}

template <typename F>
FM_KERNEL void relu_backward_kernel(const typename F::T *dy, const typename F::T *y,
                                    typename F::T *dx, int64_t n) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        dx[i] = F::store(F::relu_backward(F::load(dy[i]), F::load(y[i])));
}

template <typename F>
FM_KERNEL void bias_kernel(const typename F::T *bias, typename F::T *c, int64_t size, int64_t n,
                           int relu) {
    for (int64_t i = fm_thread(); i < size; i += fm_threads()) {
        typename F::C x = F::load(c[i]);
        if (bias) x += F::load(bias[i % n]);
        c[i] = F::store(relu ? F::relu(x) : x);
    }
}

template <typename F>
FM_KERNEL void descend_kernel(const typename F::T *x, typename F::T *y, int64_t n,
                              typename F::C rate) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads())
        y[i] = F::store(F::descend(F::load(y[i]), rate, F::load(x[i])));
}

template <typename C> struct sgd_numbers {
    C rate, momentum, decay;
    bool nesterov;
};

template <typename F>
FM_KERNEL void sgd_kernel(const typename F::T *g, typename F::T *v, typename F::T *w, int64_t n,
                          sgd_numbers<typename F::C> by) {
    typedef typename F::C C;
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) {
        const C weight = F::load(w[i]), slope = F::sgd_slope(F::load(g[i]), weight, by.decay);
        C along = slope;
        if (v) {
            const C moved = F::sgd_velocity(F::load(v[i]), slope, by.momentum);
            v[i] = F::store(moved);
            along = F::sgd_along(slope, moved, by.momentum, by.nesterov);
        }
        w[i] = F::store(F::descend(weight, by.rate, along));
    }
}

template <typename C> struct adam_numbers {
    C step, beta1, rest1, beta2, rest2, epsilon, keep, root;
};

template <typename F>
FM_KERNEL void adam_kernel(const typename F::T *g, typename F::T *m, typename F::T *v,
                           typename F::T *w, int64_t n, adam_numbers<typename F::C> by) {
    typedef typename F::C C;
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) {
        const C slope = F::load(g[i]);
        const C first = F::adam_first(F::load(m[i]), slope, by.beta1, by.rest1);
        const C second = F::adam_second(F::load(v[i]), slope, by.beta2, by.rest2);
        m[i] = F::store(first);
        v[i] = F::store(second);
        w[i] = F::store(
            F::adam_weight(F::load(w[i]), first, second, by.keep, by.step, by.root, by.epsilon));
    }
}

template <typename F> cu_error relu(int64_t n, const void *x, void *y, cu_lane on) {
    typedef typename F::T T;
    return fm_launch(relu_kernel<F>, fm_cover(n, 1, on.processors), on.stream,
                     static_cast<const T *>(x), static_cast<T *>(y), n);
}

template <typename F>
cu_error relu_backward(int64_t n, const void *dy, const void *y, void *dx, cu_lane on) {
    typedef typename F::T T;
    return fm_launch(relu_backward_kernel<F>, fm_cover(n, 1, on.processors), on.stream,
                     static_cast<const T *>(dy), static_cast<const T *>(y), static_cast<T *>(dx),
                     n);
}

template <typename F>
cu_error bias_rows(int64_t rows, int64_t n, const void *bias, int with_relu, void *c, cu_lane on) {
    typedef typename F::T T;
    return fm_launch(bias_kernel<F>, fm_cover(rows * n, 1, on.processors), on.stream,
                     static_cast<const T *>(bias), static_cast<T *>(c), rows * n, n, with_relu);
}

template <typename F> cu_error descend(int64_t n, double rate, const void *x, void *y, cu_lane on) {
    typedef typename F::T T;
    return fm_launch(descend_kernel<F>, fm_cover(n, 1, on.processors), on.stream,
                     static_cast<const T *>(x), static_cast<T *>(y), n,
                     static_cast<typename F::C>(rate));
}

template <typename F>
cu_error sgd(int64_t n, const double *numbers, int nesterov, const void *g, void *v, void *w,
             cu_lane on) {
    typedef typename F::T T;
    typedef typename F::C C;
    const sgd_numbers<C> by = {static_cast<C>(numbers[0]), static_cast<C>(numbers[1]),
                               static_cast<C>(numbers[2]), nesterov != 0};
    return fm_launch(sgd_kernel<F>, fm_cover(n, 1, on.processors), on.stream,
                     static_cast<const T *>(g), static_cast<T *>(v), static_cast<T *>(w), n, by);
}

template <typename F>
cu_error adam(int64_t n, const double *numbers, const void *g, void *m, void *v, void *w,
              cu_lane on) {
    typedef typename F::T T;
    typedef typename F::C C;
    const adam_numbers<C> by = {static_cast<C>(numbers[0]),     static_cast<C>(numbers[1]),
                                static_cast<C>(1 - numbers[1]), static_cast<C>(numbers[2]),
                                static_cast<C>(1 - numbers[2]), static_cast<C>(numbers[3]),
                                static_cast<C>(numbers[4]),     static_cast<C>(numbers[5])};
    return fm_launch(adam_kernel<F>, fm_cover(n, 1, on.processors), on.stream,
                     static_cast<const T *>(g), static_cast<T *>(m), static_cast<T *>(v),
                     static_cast<T *>(w), n, by);
}

} // namespace

cu_error cu_nn_relu(fm_dtype dtype, int64_t n, const void *x, void *y,
                    cu_lane lane){CU_NN_DISPATCH(dtype, relu, n, x, y, lane)}

cu_error cu_nn_relu_backward(fm_dtype dtype, int64_t n, const void *dy, const void *y, void *dx,
                             cu_lane lane){CU_NN_DISPATCH(dtype, relu_backward, n, dy, y, dx, lane)}

cu_error
    cu_nn_bias(fm_dtype dtype, int64_t rows, int64_t n, const void *bias, int with_relu, void *c,
               cu_lane lane){CU_NN_DISPATCH(dtype, bias_rows, rows, n, bias, with_relu, c, lane)}

cu_error cu_nn_descend(fm_dtype dtype, int64_t n, double rate, const void *x, void *y,
                       cu_lane lane){CU_NN_DISPATCH(dtype, descend, n, rate, x, y, lane)}

cu_error cu_nn_sgd(fm_dtype dtype, int64_t n, const double *numbers, int nesterov, const void *g,
                   void *v, void *w,
                   cu_lane lane){CU_NN_DISPATCH(dtype, sgd, n, numbers, nesterov, g, v, w, lane)}

cu_error cu_nn_adam(fm_dtype dtype, int64_t n, const double *numbers, const void *g, void *m,
                    void *v, void *w, cu_lane lane) {
    CU_NN_DISPATCH(dtype, adam, n, numbers, g, m, v, w, lane)
}
