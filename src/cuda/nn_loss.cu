/* Softmax cross entropy: a group of threads finds the largest logit of a row and the sum of its
 * exponentials; then a thread takes one probability, or one element of the gradient, at a time. */
#include "fault_kernel.h"
#include "nn_types.h"
#include "seam_block.h"

namespace {

__device__ inline void report(cu_fault *fault, uint64_t name, int64_t row, int64_t label,
                              int64_t classes) {
    const cu_fault found = {CU_FAULT_WHOLE, CU_FAULT_LABEL, name, row, label, classes, {}};
    fm_fault_report(fault, found);
}

/* The largest element so far, -inf at first, and the sum of exp(x - largest). */
struct share {
    struct State {
        double largest, sum;
    };
    static __device__ void scale(State &s, double largest) {
        if (s.largest != largest) s.sum *= exp(s.largest - largest);
        s.largest = largest;
    }
    static __device__ void join(State &s, const State &later) {
        State other = later;
        const double largest = s.largest > other.largest ? s.largest : other.largest;
        scale(s, largest);
        scale(other, largest);
        s.sum += other.sum;
    }
};

/* Elements of -inf add nothing to a share that has nothing larger; NaN makes the sum NaN. */
template <typename F>
__device__ inline share::State share_of(const typename F::T *x, int64_t n, int lane, int width) {
    typedef typename F::C C;
    C largest = -HUGE_VALF;
    double sum = 0;
    for (int64_t i = lane; i < n; i += width) {
        const C y = F::load(x[i]);
        if (y > largest) largest = y;
    }
    for (int64_t i = lane; i < n; i += width) {
        const C y = F::load(x[i]);
        if (y == -HUGE_VALF) continue;
        sum += static_cast<double>(F::exponential(y - largest));
    }
    return {static_cast<double>(largest), sum};
}

template <typename F>
__device__ inline double loss_of(const cu_loss_args &l, int64_t row, const share::State &s) {
    const int64_t label = l.labels[row];
    if (label < 0 || label >= l.n) {
        report(l.fault, l.name, row, label, l.n);
        return static_cast<double>(NAN);
    }
    const typename F::T *x = static_cast<const typename F::T *>(l.x) + row * l.n;
    return log(s.sum) - (static_cast<double>(F::load(x[label])) - s.largest);
}

/* As many blocks as there are groups for: each meets its barriers once. */
template <typename F> FM_KERNEL void rows_kernel(const __grid_constant__ cu_loss_args l) {
    const int64_t groups = blockDim.x / static_cast<unsigned>(l.width);
    const int64_t row = blockIdx.x * groups + threadIdx.x / static_cast<unsigned>(l.width);
    const int lane = static_cast<int>(threadIdx.x & static_cast<unsigned>(l.width - 1));
    const bool mine = row < l.rows;
    share::State s = {-HUGE_VAL, 0};
    if (mine)
        s = share_of<F>(static_cast<const typename F::T *>(l.x) + row * l.n, l.n, lane, l.width);
    const bool last = l.width == 1 || fm_block_join<share>(s, l.width);
    if (!last || !mine) return;
    l.largest[row] = s.largest;
    l.sum[row] = s.sum;
    l.losses[row] = loss_of<F>(l, row, s);
}

template <typename F> FM_KERNEL void probabilities_kernel(const __grid_constant__ cu_loss_args l) {
    typedef typename F::C C;
    const typename F::T *x = static_cast<const typename F::T *>(l.x);
    typename F::T *p = static_cast<typename F::T *>(l.p);
    for (int64_t i = fm_thread(); i < l.rows * l.n; i += fm_threads()) {
        const int64_t row = i / l.n;
        const C shifted = F::load(x[i]) - static_cast<C>(l.largest[row]);
        p[i] = F::store(F::exponential(shifted) / static_cast<C>(l.sum[row]));
    }
}

template <typename F> FM_KERNEL void backward_kernel(const __grid_constant__ cu_loss_args l) {
    typedef typename F::C C;
    const typename F::T *x = static_cast<const typename F::T *>(l.x);
    typename F::T *d = static_cast<typename F::T *>(l.p);
    const C divisor = static_cast<C>(l.divisor);
    for (int64_t i = fm_thread(); i < l.rows * l.n; i += fm_threads()) {
        const int64_t row = i / l.n, place = i - row * l.n, label = l.labels[row];
        if (place == 0 && (label < 0 || label >= l.n)) report(l.fault, l.name, row, label, l.n);
        C y = F::load(x[i]);
        if (place == label) y -= 1;
        d[i] = F::store(divisor != 0 ? y / divisor : y);
    }
}

template <typename F> cu_error rows(const cu_loss_args *args, cu_lane on) {
    const int64_t groups = CU_BLOCK / args->width;
    const int64_t blocks = args->rows / groups + (args->rows % groups != 0);
    return fm_launch(rows_kernel<F>, {{static_cast<unsigned>(blocks), 1, 1}, {CU_BLOCK, 1, 1}},
                     on.stream, *args);
}

template <typename F> cu_error probabilities(const cu_loss_args *args, cu_lane on) {
    return fm_launch(probabilities_kernel<F>, fm_cover(args->rows * args->n, 1, on.processors),
                     on.stream, *args);
}

template <typename F> cu_error backward(const cu_loss_args *args, cu_lane on) {
    return fm_launch(backward_kernel<F>, fm_cover(args->rows * args->n, 1, on.processors),
                     on.stream, *args);
}

} // namespace

cu_error cu_nn_loss_rows(fm_dtype dtype, const cu_loss_args *args,
                         cu_lane lane){CU_NN_DISPATCH(dtype, rows, args, lane)}

cu_error cu_nn_loss_probabilities(fm_dtype dtype, const cu_loss_args *args,
                                  cu_lane lane){CU_NN_DISPATCH(dtype, probabilities, args, lane)}

cu_error cu_nn_loss_backward(fm_dtype dtype, const cu_loss_args *args, cu_lane lane) {
    CU_NN_DISPATCH(dtype, backward, args, lane)
}
