/* LU, Cholesky and QR, a column a step for the whole stack at once: each step is one to three
 * launches, and the last of them has a thread for every element or column that is left. */
#include "own_kernel.h"

namespace {

/* The largest element at and below the diagonal; one thread a matrix. */
template <typename T>
FM_KERNEL void pivot_kernel(own_stack<T> a, int64_t n, int64_t batch, int64_t j, int64_t *pivots,
                            int *info) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads()) {
        int64_t best = j;
        double most = own_size(a(b, j, j));
        for (int64_t i = j + 1; i < n; i++) {
            const double size = own_size(a(b, i, j));
            if (size <= most || size != size) continue;
            most = size;
            best = i;
        }
        pivots[b * n + j] = best + 1;
        if (most == 0 && info[b] == 0) info[b] = static_cast<int>(j + 1);
    }
}

/* The pivot's row comes up, and its column is divided by it; one thread a column. */
template <typename T>
FM_KERNEL void swap_kernel(own_stack<T> a, int64_t n, int64_t batch, int64_t j,
                           const int64_t *pivots) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads()) {
        const int64_t b = t / n, c = t % n, from = pivots[b * n + j] - 1;
        const T own = a(b, j, c);
        a(b, j, c) = a(b, from, c);
        a(b, from, c) = own;
        const T pivot = a(b, j, c);
        if (c != j || own_size(pivot) == 0) continue;
        for (int64_t i = j + 1; i < n; i++) a(b, i, j) = own_div(a(b, i, j), pivot);
    }
}

/* x(i, c) -= a(i, s) x(s, c) for the rows from `top` and the columns from `left` on; one thread an
 * element. */
template <typename T>
FM_KERNEL void eliminate_kernel(own_stack<T> x, own_stack<T> a, int64_t s, int64_t top,
                                int64_t rows, int64_t left, int64_t columns, int64_t batch) {
    const int64_t size = rows * columns;
    for (int64_t t = fm_thread(); t < batch * size; t += fm_threads()) {
        const int64_t b = t / size, i = top + t % rows, c = left + t % size / rows;
        x(b, i, c) = own_sub(x(b, i, c), own_mul(a(b, i, s), x(b, s, c)));
    }
}

template <typename T>
cu_error eliminate(const cu_own_lane &lane, own_stack<T> x, own_stack<T> a, int64_t s, int64_t top,
                   int64_t rows, int64_t left, int64_t columns) {
    return own_launch(lane, lane.batch * rows * columns, eliminate_kernel<T>, x, a, s, top, rows,
                      left, columns, lane.batch);
}

template <typename T>
cu_error lu(const cu_own_lane &lane, own_stack<T> a, int64_t n, int64_t *pivots, int *info) {
    cu_error code = CU_SUCCESS;
    for (int64_t j = 0; j < n && !code; j++) {
        code = own_launch(lane, lane.batch, pivot_kernel<T>, a, n, lane.batch, j, pivots, info);
        if (!code)
            code = own_launch(lane, lane.batch * n, swap_kernel<T>, a, n, lane.batch, j, pivots);
        if (!code) code = eliminate(lane, a, a, j, j + 1, n - j - 1, j + 1, n - j - 1);
    }
    return code;
}

/* One thread a column. */
template <typename T>
FM_KERNEL void permute_kernel(own_stack<T> x, const int64_t *pivots, int64_t n, int64_t columns,
                              int64_t batch) {
    for (int64_t t = fm_thread(); t < batch * columns; t += fm_threads()) {
        const int64_t b = t / columns, c = t % columns;
        for (int64_t j = 0; j < n; j++) {
            const int64_t from = pivots[b * n + j] - 1;
            const T own = x(b, j, c);
            x(b, j, c) = x(b, from, c);
            x(b, from, c) = own;
        }
    }
}

/* Row s by the diagonal; one thread an element. */
template <typename T>
FM_KERNEL void divide_kernel(own_stack<T> x, own_stack<T> a, int64_t s, int64_t columns,
                             int64_t batch) {
    for (int64_t t = fm_thread(); t < batch * columns; t += fm_threads()) {
        const int64_t b = t / columns, c = t % columns;
        x(b, s, c) = own_div(x(b, s, c), a(b, s, s));
    }
}

template <typename T>
cu_error solve(const cu_own_lane &lane, own_stack<T> a, const int64_t *pivots, int64_t n,
               own_stack<T> x, int64_t columns) {
    cu_error code = own_launch(lane, lane.batch * columns, permute_kernel<T>, x, pivots, n, columns,
                               lane.batch);
    for (int64_t s = 0; s < n && !code; s++)
        code = eliminate(lane, x, a, s, s + 1, n - s - 1, 0, columns);
    for (int64_t s = n; s-- > 0 && !code;) {
        code =
            own_launch(lane, lane.batch * columns, divide_kernel<T>, x, a, s, columns, lane.batch);
        if (!code) code = eliminate(lane, x, a, s, 0, s, 0, columns);
    }
    return code;
}

/* The lower triangle L of row-major matrices, or its conjugate in the upper one. */
template <typename T> struct triangle {
    T *at;
    int64_t n;
    int upper;
    __device__ inline T get(int64_t b, int64_t i, int64_t j) const {
        const T *a = at + b * n * n;
        return upper ? own_conj(a[j * n + i]) : a[i * n + j];
    }
    __device__ inline void set(int64_t b, int64_t i, int64_t j, T x) const {
        T *a = at + b * n * n;
        if (upper)
            a[j * n + i] = own_conj(x);
        else
            a[i * n + j] = x;
    }
};

/* One thread a matrix. */
template <typename T>
FM_KERNEL void root_kernel(triangle<T> l, int64_t batch, int64_t j, int *info) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads()) {
        const double square = own_real(l.get(b, j, j));
        if (!(square > 0) && info[b] == 0) info[b] = static_cast<int>(j + 1);
        l.set(b, j, j, own_of<T>(sqrt(square)));
    }
}

/* The column below the diagonal; one thread an element. */
template <typename T>
FM_KERNEL void column_kernel(triangle<T> l, int64_t batch, int64_t j, int64_t rows) {
    for (int64_t t = fm_thread(); t < batch * rows; t += fm_threads()) {
        const int64_t b = t / rows, i = j + 1 + t % rows;
        l.set(b, i, j, own_div(l.get(b, i, j), l.get(b, j, j)));
    }
}

/* What is left of the triangle; one thread an element, those above the diagonal idle. */
template <typename T>
FM_KERNEL void downdate_kernel(triangle<T> l, int64_t batch, int64_t j, int64_t rows) {
    const int64_t size = rows * rows;
    for (int64_t t = fm_thread(); t < batch * size; t += fm_threads()) {
        const int64_t b = t / size, i = j + 1 + t % size / rows, c = j + 1 + t % rows;
        if (c > i) continue;
        const T product = own_mul(l.get(b, i, j), own_conj(l.get(b, c, j)));
        l.set(b, i, c, own_sub(l.get(b, i, c), product));
    }
}

template <typename T> cu_error cholesky(const cu_own_lane &lane, triangle<T> l, int *info) {
    cu_error code = CU_SUCCESS;
    for (int64_t j = 0; j < l.n && !code; j++) {
        const int64_t rows = l.n - j - 1, batch = lane.batch;
        code = own_launch(lane, batch, root_kernel<T>, l, batch, j, info);
        if (!code) code = own_launch(lane, batch * rows, column_kernel<T>, l, batch, j, rows);
        if (!code)
            code = own_launch(lane, batch * rows * rows, downdate_kernel<T>, l, batch, j, rows);
    }
    return code;
}

/* The norm of a column below row j, scaled so that no square overflows. */
template <typename T>
__device__ inline double norm_below(const own_stack<T> &a, int64_t b, int64_t j, int64_t m) {
    double most = 0, sum = 0;
    for (int64_t i = j + 1; i < m; i++) {
        const double size = own_size(a(b, i, j));
        if (size > most || size != size) most = size;
    }
    if (most == 0) return 0;
    for (int64_t i = j + 1; i < m; i++) {
        const double re = own_real(a(b, i, j)) / most, im = own_imag(a(b, i, j)) / most;
        sum += re * re + im * im;
    }
    return most * sqrt(sum);
}

/* The reflector that leaves a real number at the diagonal, as larfg makes it; one thread a matrix.
 */
template <typename T>
FM_KERNEL void reflector_kernel(own_stack<T> a, int64_t m, int64_t batch, int64_t j, T *tau,
                                int64_t taus) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads()) {
        const T alpha = a(b, j, j);
        const double below = norm_below(a, b, j, m), re = own_real(alpha), im = own_imag(alpha);
        if (below == 0 && im == 0) {
            tau[b * taus + j] = own_of<T>(0);
            continue;
        }
        const double beta = -copysign(hypot(hypot(re, im), below), re);
        const T lead = own_of<T>(re - beta, im);
        for (int64_t i = j + 1; i < m; i++) a(b, i, j) = own_div(a(b, i, j), lead);
        tau[b * taus + j] = own_of<T>((beta - re) / beta, -im / beta);
        a(b, j, j) = own_of<T>(beta);
    }
}

/* x(j:, c) -= t v v^H x(j:, c) with the v of column j; one thread a column from j + 1 on. */
template <typename T>
FM_KERNEL void reflect_kernel(own_stack<T> a, int64_t m, int64_t columns, int64_t batch, int64_t j,
                              const T *tau, int64_t taus, int adjoint) {
    for (int64_t t = fm_thread(); t < batch * columns; t += fm_threads()) {
        const int64_t b = t / columns, c = j + 1 + t % columns;
        const T by = adjoint ? own_conj(tau[b * taus + j]) : tau[b * taus + j];
        T w = a(b, j, c);
        for (int64_t i = j + 1; i < m; i++)
            w = own_add(w, own_mul(own_conj(a(b, i, j)), a(b, i, c)));
        w = own_mul(by, w);
        a(b, j, c) = own_sub(a(b, j, c), w);
        for (int64_t i = j + 1; i < m; i++)
            a(b, i, c) = own_sub(a(b, i, c), own_mul(a(b, i, j), w));
    }
}

template <typename T>
cu_error qr(const cu_own_lane &lane, own_stack<T> a, int64_t m, int64_t n, T *tau, int64_t taus) {
    const int64_t k = m < n ? m : n;
    cu_error code = CU_SUCCESS;
    for (int64_t j = 0; j < k && !code; j++) {
        const int64_t left = n - j - 1;
        code = own_launch(lane, lane.batch, reflector_kernel<T>, a, m, lane.batch, j, tau, taus);
        if (!code)
            code = own_launch(lane, lane.batch * left, reflect_kernel<T>, a, m, left, lane.batch, j,
                              tau, taus, 1);
    }
    return code;
}

/* Columns of the identity from column k on; one thread an element. */
template <typename T>
FM_KERNEL void unit_kernel(own_stack<T> a, int64_t m, int64_t k, int64_t columns, int64_t batch) {
    const int64_t size = m * columns;
    for (int64_t t = fm_thread(); t < batch * size; t += fm_threads()) {
        const int64_t b = t / size, i = t % m, c = k + t % size / m;
        a(b, i, c) = own_of<T>(i == c);
    }
}

/* Column j of Q over its reflector; one thread an element. */
template <typename T>
FM_KERNEL void first_kernel(own_stack<T> a, int64_t m, int64_t batch, int64_t j, const T *tau,
                            int64_t taus) {
    for (int64_t t = fm_thread(); t < batch * m; t += fm_threads()) {
        const int64_t b = t / m, i = t % m;
        const T by = tau[b * taus + j], one = own_of<T>(i == j);
        a(b, i, j) = own_sub(one, i < j ? own_of<T>(0) : i == j ? by : own_mul(by, a(b, i, j)));
    }
}

template <typename T>
cu_error make_q(const cu_own_lane &lane, own_stack<T> a, int64_t m, int64_t columns, int64_t k,
                const T *tau, int64_t taus) {
    const int64_t more = columns - k;
    cu_error code =
        own_launch(lane, lane.batch * m * more, unit_kernel<T>, a, m, k, more, lane.batch);
    for (int64_t j = k; j-- > 0 && !code;) {
        const int64_t right = columns - j - 1;
        code = own_launch(lane, lane.batch * right, reflect_kernel<T>, a, m, right, lane.batch, j,
                          tau, taus, 0);
        if (!code)
            code =
                own_launch(lane, lane.batch * m, first_kernel<T>, a, m, lane.batch, j, tau, taus);
    }
    return code;
}

} // namespace

cu_error cu_own_lu(const cu_own_lane *lane, cu_matrices a, int64_t n, int64_t *pivots, int *info) {
    if (lane->parts == 2) return lu(*lane, own_stack_of<fm_c128>(a), n, pivots, info);
    return lu(*lane, own_stack_of<double>(a), n, pivots, info);
}

cu_error cu_own_solve(const cu_own_lane *lane, cu_matrices a, const int64_t *pivots, int64_t n,
                      cu_matrices b, int64_t sides) {
    if (lane->parts == 2)
        return solve(*lane, own_stack_of<fm_c128>(a), pivots, n, own_stack_of<fm_c128>(b), sides);
    return solve(*lane, own_stack_of<double>(a), pivots, n, own_stack_of<double>(b), sides);
}

cu_error cu_own_cholesky(const cu_own_lane *lane, double *a, int64_t n, int upper, int *info) {
    if (lane->parts == 2)
        return cholesky(*lane, triangle<fm_c128>{reinterpret_cast<fm_c128 *>(a), n, upper}, info);
    return cholesky(*lane, triangle<double>{a, n, upper}, info);
}

cu_error cu_own_qr(const cu_own_lane *lane, cu_matrices a, int64_t m, int64_t n, double *tau,
                   int64_t taus) {
    if (lane->parts == 2)
        return qr(*lane, own_stack_of<fm_c128>(a), m, n, reinterpret_cast<fm_c128 *>(tau), taus);
    return qr(*lane, own_stack_of<double>(a), m, n, tau, taus);
}

cu_error cu_own_q(const cu_own_lane *lane, cu_matrices a, int64_t m, int64_t columns, int64_t k,
                  const double *tau, int64_t taus) {
    if (lane->parts == 2)
        return make_q(*lane, own_stack_of<fm_c128>(a), m, columns, k,
                      reinterpret_cast<const fm_c128 *>(tau), taus);
    return make_q(*lane, own_stack_of<double>(a), m, columns, k, tau, taus);
}
