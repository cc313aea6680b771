/* Kernels that only tests launch. */
#include "kernels.h"

#include "cuda/launch.h"

FM_KERNEL void add(float *y, const float *x, int64_t n, float by) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) y[i] = __ldg(x + i) + by;
}

FM_KERNEL void double_view(double *y, const double *x, test_view view, int64_t n) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) {
        int64_t rest = i, at = 0;
        for (int d = view.rank - 1; d >= 0; --d) {
            at += rest % view.shape[d] * view.strides[d];
            rest /= view.shape[d];
        }
        y[i] = 2.0 * x[at];
    }
}

FM_KERNEL void order_of(int *order, int *counter, int64_t n) {
    for (int64_t i = fm_thread(); i < n; i += fm_threads()) order[i] = atomicAdd(counter, 1);
}

FM_KERNEL void touch(int *count) {
    const unsigned block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
    const unsigned thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
    atomicAdd(count + block * (blockDim.x * blockDim.y * blockDim.z) + thread, 1);
}

FM_KERNEL void poke(char *p) {
    *p = 1;
}

cu_error test_add(float *y, const float *x, int64_t n, float by, cu_stream stream) {
    return fm_launch(add, fm_cover(n, 1, 2), stream, y, x, n, by);
}

cu_error test_double_view(double *y, const double *x, test_view view, int64_t n, cu_stream stream) {
    return fm_launch(double_view, fm_cover(n, 1, 2), stream, y, x, view, n);
}

cu_error test_order(int *order, int *counter, int64_t n, cu_stream stream) {
    return fm_launch(order_of, fm_cover(n, 1, 2), stream, order, counter, n);
}

cu_error test_touch(int *count, cu_dim3 grid, cu_dim3 block, cu_stream stream) {
    const fm_geometry geometry = {grid, block};
    return fm_launch(touch, geometry, stream, count);
}

cu_error test_poke(char *p, cu_stream stream) {
    const fm_geometry one = {{1, 1, 1}, {1, 1, 1}};
    return fm_launch(poke, one, stream, p);
}
