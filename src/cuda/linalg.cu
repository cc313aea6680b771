/* What is done to stacks of matrices before and after cuSOLVER: a thread makes one element, or
 * looks one matrix over. */
#include "launch.h"
#include "linalg_kernel.h"

#include <cmath>

namespace {

static __device__ inline double not_a_number() {
    const double zero = 0.0;
    return zero / zero;
}

/* One thread a matrix. */
FM_KERNEL void det_kernel(const double *lu, const int64_t *pivots, const int *info, int64_t n,
                          int64_t batch, int parts, double *sign, double *log_size) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads()) {
        double re = 1, im = 0, sum = 0;
        for (int64_t i = 0; i < n; i++) {
            const double *x = lu + (b * n * n + i * n + i) * parts;
            const double xi = parts == 2 ? x[1] : 0;
            const double size = parts == 2 ? hypot(x[0], xi) : fabs(x[0]);
            const double flip = pivots[b * n + i] == i + 1 ? 1 : -1;
            const double ur = flip * x[0] / size, ui = flip * xi / size, old = re;
            re = old * ur - im * ui;
            im = old * ui + im * ur;
            sum += log(size);
        }
        if (info[b] > 0) {
            re = im = 0;
            sum = -INFINITY;
        }
        sign[b * parts] = re;
        if (parts == 2) sign[b * parts + 1] = im;
        log_size[b] = sum;
    }
}

FM_KERNEL void identity_kernel(double *a, int64_t n, int64_t batch, int parts) {
    const int64_t size = n * n, all = size * batch;
    for (int64_t i = fm_thread(); i < all; i += fm_threads()) {
        const int64_t at = i % size;
        a[i * parts] = at / n == at % n ? 1 : 0;
        if (parts == 2) a[i * parts + 1] = 0;
    }
}

FM_KERNEL void triangle_kernel(double *a, int64_t n, int64_t batch, int upper, int parts) {
    const int64_t size = n * n, all = size * batch;
    for (int64_t i = fm_thread(); i < all; i += fm_threads()) {
        const int64_t row = i % size / n, column = i % n;
        if (upper ? column >= row : column <= row) continue;
        a[i * parts] = 0;
        if (parts == 2) a[i * parts + 1] = 0;
    }
}

FM_KERNEL void upper_kernel(const double *a, int64_t each, int64_t m, int64_t n, int64_t rows,
                            int64_t batch, int parts, double *r) {
    const int64_t size = rows * n, all = size * batch;
    for (int64_t i = fm_thread(); i < all; i += fm_threads()) {
        const int64_t b = i / size, row = i % size / n, column = i % n;
        const double *x = a + b * each + (column * m + row) * parts;
        for (int part = 0; part < parts; part++) r[i * parts + part] = column >= row ? x[part] : 0;
    }
}

FM_KERNEL void find_nan_kernel(const double *values, int64_t count, int64_t batch, int *info) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads())
        for (int64_t i = 0; i < count; i++)
            if (values[b * count + i] != values[b * count + i] && info[b] == 0) info[b] = 1;
}

FM_KERNEL void spoil_kernel(double *a, int64_t each, int64_t batch, const int *info) {
    for (int64_t i = fm_thread(); i < each * batch; i += fm_threads())
        if (info[i / each] != 0) a[i] = not_a_number();
}

FM_KERNEL void values_kernel(const double *values, int64_t n, int64_t batch, double *w, int *info) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads()) {
        const double *re = values + b * 2 * n, *im = re + n;
        int real = 1;
        for (int64_t i = 0; i < n; i++) {
            w[2 * (b * n + i)] = re[i];
            w[2 * (b * n + i) + 1] = im[i];
            if (im[i] != 0) real = 0;
        }
        if (info[b] == 0 && !real) info[b] = -1;
    }
}

/* The vector of an eigenvalue with a positive imaginary part lies in its column and the next, that
 * of its conjugate in the column before and its own. */
FM_KERNEL void vectors_kernel(const double *values, const double *vectors, int64_t n, int64_t batch,
                              double *v) {
    const int64_t size = n * n, all = size * batch;
    for (int64_t i = fm_thread(); i < all; i += fm_threads()) {
        const int64_t b = i / size, row = i % size / n, column = i % n;
        const double im = values[b * 2 * n + n + column];
        const double *x = vectors + b * size + column * n + row;
        v[2 * i] = im < 0 ? x[-n] : x[0];
        v[2 * i + 1] = im > 0 ? x[n] : im < 0 ? -x[0] : 0;
    }
}

} // namespace

cu_error cu_linalg_det(const double *lu, const int64_t *pivots, const int *info, int64_t n,
                       int64_t batch, int parts, double *sign, double *log_size, int processors,
                       cu_stream stream) {
    return fm_launch(det_kernel, fm_cover(batch, 1, processors), stream, lu, pivots, info, n, batch,
                     parts, sign, log_size);
}

cu_error cu_linalg_identity(double *a, int64_t n, int64_t batch, int parts, int processors,
                            cu_stream stream) {
    return fm_launch(identity_kernel, fm_cover(n * n * batch, 1, processors), stream, a, n, batch,
                     parts);
}

cu_error cu_linalg_triangle(double *a, int64_t n, int64_t batch, int upper, int parts,
                            int processors, cu_stream stream) {
    return fm_launch(triangle_kernel, fm_cover(n * n * batch, 1, processors), stream, a, n, batch,
                     upper, parts);
}

cu_error cu_linalg_upper(const double *a, int64_t each, int64_t m, int64_t n, int64_t rows,
                         int64_t batch, int parts, double *r, int processors, cu_stream stream) {
    return fm_launch(upper_kernel, fm_cover(rows * n * batch, 1, processors), stream, a, each, m, n,
                     rows, batch, parts, r);
}

cu_error cu_linalg_find_nan(const double *values, int64_t count, int64_t batch, int *info,
                            int processors, cu_stream stream) {
    return fm_launch(find_nan_kernel, fm_cover(batch, 1, processors), stream, values, count, batch,
                     info);
}

cu_error cu_linalg_spoil(double *a, int64_t each, int64_t batch, const int *info, int processors,
                         cu_stream stream) {
    return fm_launch(spoil_kernel, fm_cover(each * batch, 1, processors), stream, a, each, batch,
                     info);
}

cu_error cu_linalg_spread(const double *values, const double *vectors, int64_t n, int64_t batch,
                          double *w, double *v, int *info, int processors, cu_stream stream) {
    cu_error code =
        fm_launch(values_kernel, fm_cover(batch, 1, processors), stream, values, n, batch, w, info);
    if (code || !vectors) return code;
    return fm_launch(vectors_kernel, fm_cover(n * n * batch, 1, processors), stream, values,
                     vectors, n, batch, v);
}
