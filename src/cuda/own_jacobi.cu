/* Singular values by one-sided Jacobi sweeps (Hestenes): pairs of columns are rotated until all are
 * orthogonal, n / 2 pairs a launch. Eigenvalues of Hermitian matrices by the same sweeps, over the
 * matrix shifted by its norm, which has no negative ones. */
#include "own_kernel.h"

#include <cfloat>

namespace {

/* Sums of squares of a column below this are those of nothing: the largest element is about 1. */
__device__ inline double nothing() {
    return 1e-280;
}

template <typename T> __device__ inline double square_of(T x) {
    const double re = own_real(x), im = own_imag(x);
    return re * re + im * im;
}

/* The largest element of each column; one thread a column. */
template <typename T>
FM_KERNEL void largest_kernel(own_stack<T> a, int64_t m, int64_t n, int64_t batch, double *most) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads()) {
        most[t] = 0;
        for (int64_t i = 0; i < m; i++) {
            const double size = own_size(a(t / n, i, t % n));
            if (size > most[t]) most[t] = size;
        }
    }
}

/* The exponent of the largest of all, by which the matrix is divided; one thread a matrix. */
FM_KERNEL void begin_kernel(const double *largest, int64_t n, int64_t batch, int *state) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads()) {
        double most = 0;
        for (int64_t j = 0; j < n; j++) {
            if (largest[b * n + j] > most) most = largest[b * n + j];
        }
        int *own = state + b * CU_JACOBI_STATE;
        for (int s = 0; s < CU_JACOBI_STATE; s++) own[s] = s == 0;
        if (most > 0 && most <= DBL_MAX) own[CU_JACOBI_STATE - 1] = ilogb(most);
    }
}

/* One thread an element. */
template <typename T>
FM_KERNEL void scale_kernel(own_stack<T> a, int64_t m, int64_t n, int64_t batch, const int *state) {
    const int64_t size = m * n;
    for (int64_t t = fm_thread(); t < batch * size; t += fm_threads()) {
        const int64_t b = t / size;
        T &x = a(b, t % m, t % size / m);
        x = own_scalbn(x, -state[b * CU_JACOBI_STATE + CU_JACOBI_STATE - 1]);
    }
}

template <typename T>
cu_error scale(const cu_own_lane &lane, own_stack<T> a, int64_t m, int64_t n,
               const cu_jacobi &room) {
    const int64_t batch = lane.batch;
    cu_error code = own_launch(lane, batch * n, largest_kernel<T>, a, m, n, batch, room.norm);
    if (!code) code = own_launch(lane, batch, begin_kernel, room.norm, n, batch, room.state);
    if (code) return code;
    return own_launch(lane, batch * m * n, scale_kernel<T>, a, m, n, batch, room.state);
}

template <typename T> FM_KERNEL void identity_kernel(own_stack<T> v, int64_t n, int64_t batch) {
    for (int64_t t = fm_thread(); t < batch * n * n; t += fm_threads()) {
        const int64_t i = t % n, j = t / n % n;
        v(t / (n * n), i, j) = own_of<T>(i == j);
    }
}

struct rotation {
    double c, s;
};

/* Makes columns p and q orthogonal by p' = c p - s conj(e) q, q' = s p + c conj(e) q. */
template <typename T>
__device__ inline void rotate(const own_stack<T> &x, int64_t rows, int64_t b, int64_t p, int64_t q,
                              rotation r, T e) {
    for (int64_t i = 0; i < rows; i++) {
        const T first = x(b, i, p), second = own_mul(own_conj(e), x(b, i, q));
        x(b, i, p) = own_sub(own_mul(own_of<T>(r.c), first), own_mul(own_of<T>(r.s), second));
        x(b, i, q) = own_add(own_mul(own_of<T>(r.s), first), own_mul(own_of<T>(r.c), second));
    }
}

/* The columns that meet in a round: all but the last go round in a circle, and over as many rounds
 * as there are others each meets each. */
__device__ inline void opponents(int64_t players, int64_t round, int64_t t, int64_t *p,
                                 int64_t *q) {
    const int64_t circle = players - 1;
    const int64_t one = t ? (round + t) % circle : circle;
    const int64_t other = t ? (round - t + circle) % circle : round;
    *p = one < other ? one : other;
    *q = one < other ? other : one;
}

/* One thread a pair. */
template <typename T>
FM_KERNEL void round_kernel(own_stack<T> w, int64_t m, own_stack<T> v, int64_t n, int64_t batch,
                            int64_t round, int sweep, int *state) {
    const int64_t pairs = (n + 1) / 2;
    const double bound = DBL_EPSILON * sqrt(static_cast<double>(m));
    for (int64_t t = fm_thread(); t < batch * pairs; t += fm_threads()) {
        const int64_t b = t / pairs;
        int *own = state + b * CU_JACOBI_STATE;
        int64_t p, q;
        opponents(2 * pairs, round, t % pairs, &p, &q);
        if (q >= n || !own[sweep]) continue;
        double alpha = 0, beta = 0;
        T gamma = own_of<T>(0);
        for (int64_t i = 0; i < m; i++) {
            const T x = w(b, i, p), y = w(b, i, q);
            alpha += square_of(x);
            beta += square_of(y);
            gamma = own_add(gamma, own_mul(own_conj(x), y));
        }
        const double size = hypot(own_real(gamma), own_imag(gamma));
        if (alpha < nothing() || beta < nothing()) continue;
        if (!(size > bound * sqrt(alpha) * sqrt(beta))) continue;
        const double zeta = (beta - alpha) / (2 * size);
        const double tan = copysign(1.0, zeta) / (fabs(zeta) + hypot(1.0, zeta));
        const double cos = 1 / sqrt(1 + tan * tan);
        const rotation r = {cos, cos * tan};
        const T e = own_of<T>(own_real(gamma) / size, own_imag(gamma) / size);
        rotate(w, m, b, p, q, r, e);
        if (v.at) rotate(v, n, b, p, q, r, e);
        own[sweep + 1] = 1;
    }
}

/* The last sweep should have found nothing to do; one thread a matrix. */
FM_KERNEL void end_kernel(const int *state, int64_t batch, int *info) {
    for (int64_t b = fm_thread(); b < batch; b += fm_threads())
        info[b] = state[b * CU_JACOBI_STATE + CU_JACOBI_SWEEPS];
}

template <typename T>
cu_error sweeps(const cu_own_lane &lane, own_stack<T> w, int64_t m, own_stack<T> v, int64_t n,
                int *state, int *info) {
    const int64_t pairs = (n + 1) / 2, batch = lane.batch;
    cu_error code = CU_SUCCESS;
    if (v.at) code = own_launch(lane, batch * n * n, identity_kernel<T>, v, n, batch);
    for (int sweep = 0; sweep < CU_JACOBI_SWEEPS && !code; sweep++)
        for (int64_t round = 0; round < 2 * pairs - 1 && n > 1 && !code; round++)
            code = own_launch(lane, batch * pairs, round_kernel<T>, w, m, v, n, batch, round, sweep,
                              state);
    return code ? code : own_launch(lane, batch, end_kernel, state, batch, info);
}

template <typename T>
FM_KERNEL void norm_kernel(own_stack<T> w, int64_t m, int64_t n, int64_t batch, double *norm) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads()) {
        double sum = 0;
        for (int64_t i = 0; i < m; i++) sum += square_of(w(t / n, i, t % n));
        norm[t] = sqrt(sum);
    }
}

/* NaN comes last of what rises and first of what falls; equals keep their order. */
__device__ inline int before(double x, int64_t i, double y, int64_t j, int falling) {
    const int nan_x = x != x, nan_y = y != y;
    if (nan_x != nan_y) return falling ? nan_x : nan_y;
    if (nan_x || x == y) return i < j;
    return falling ? x > y : x < y;
}

/* Which column comes to which place, and the values in that order; one thread a column. */
FM_KERNEL void order_kernel(const double *norm, int64_t n, int64_t batch, int falling,
                            const int *state, int64_t *order, double *values) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads()) {
        const int64_t b = t / n, j = t % n;
        int64_t place = 0;
        for (int64_t i = 0; i < n; i++)
            place += before(norm[b * n + i], i, norm[t], j, falling) && i != j;
        order[b * n + place] = j;
        values[b * n + place] = scalbn(norm[t], state[b * CU_JACOBI_STATE + CU_JACOBI_STATE - 1]);
    }
}

/* Columns in order, or their conjugates as rows; one thread an element. */
template <typename T>
FM_KERNEL void place_kernel(own_stack<T> from, int64_t rows, int64_t n, int64_t batch,
                            const int64_t *order, int adjoint, own_stack<T> to) {
    const int64_t size = rows * n;
    for (int64_t t = fm_thread(); t < batch * size; t += fm_threads()) {
        const int64_t b = t / size, i = t % rows, place = t % size / rows;
        const T x = from(b, i, order[b * n + place]);
        if (adjoint)
            to(b, place, i) = own_conj(x);
        else
            to(b, i, place) = x;
    }
}

/* The signs of R's diagonal; one thread a column. */
template <typename T>
FM_KERNEL void sign_kernel(own_stack<T> u, int64_t n, int64_t batch, double *sign) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads())
        sign[t] = copysign(1.0, own_real(u(t / n, t % n, t % n)));
}

template <typename T>
FM_KERNEL void flip_kernel(own_stack<T> u, int64_t m, int64_t n, int64_t batch,
                           const double *sign) {
    const int64_t size = m * n;
    for (int64_t t = fm_thread(); t < batch * size; t += fm_threads()) {
        const int64_t b = t / size, j = t % size / m;
        T &x = u(b, t % m, j);
        x = own_mul(own_of<T>(sign[b * n + j]), x);
    }
}

/* Orthonormal columns in the directions of w's: those of its QR, whose R is diagonal. So they are
 * orthonormal where a singular value is 0 too, and can be more than w has. */
template <typename T>
cu_error directions(const cu_own_lane &lane, own_stack<T> w, int64_t m, int64_t n, cu_matrices u,
                    int64_t columns, double *tau, const cu_jacobi &room) {
    const own_stack<T> to = own_stack_of<T>(u);
    const int64_t batch = lane.batch;
    cu_error code =
        own_launch(lane, batch * m * n, place_kernel<T>, w, m, n, batch, room.order, 0, to);
    if (!code) code = cu_own_qr(&lane, u, m, n, tau, n);
    if (!code) code = own_launch(lane, batch * n, sign_kernel<T>, to, n, batch, room.norm);
    if (!code) code = cu_own_q(&lane, u, m, columns, n, tau, n);
    if (code) return code;
    return own_launch(lane, batch * m * n, flip_kernel<T>, to, m, n, batch, room.norm);
}

template <typename T>
cu_error svd(const cu_own_lane &lane, cu_matrices a, int64_t m, int64_t n, double *values,
             cu_matrices u, int64_t columns, cu_matrices vh, double *tau, const cu_jacobi &room,
             int *info) {
    const own_stack<T> w = own_stack_of<T>(a);
    const int64_t batch = lane.batch;
    own_stack<T> v = own_stack_of<T>(room.v);
    if (!u.at) v.at = nullptr;
    cu_error code = scale(lane, w, m, n, room);
    if (!code) code = sweeps(lane, w, m, v, n, room.state, info);
    if (!code) code = own_launch(lane, batch * n, norm_kernel<T>, w, m, n, batch, room.norm);
    if (!code)
        code = own_launch(lane, batch * n, order_kernel, room.norm, n, batch, 1, room.state,
                          room.order, values);
    if (code || !u.at) return code;
    code = own_launch(lane, batch * n * n, place_kernel<T>, v, n, n, batch, room.order, 1,
                      own_stack_of<T>(vh));
    return code ? code : directions(lane, w, m, n, u, columns, tau, room);
}

/* The whole of a matrix from one triangle; one thread an element of it. */
template <typename T>
FM_KERNEL void hermitian_kernel(own_stack<T> a, int64_t n, int64_t batch, int upper) {
    for (int64_t t = fm_thread(); t < batch * n * n; t += fm_threads()) {
        const int64_t b = t / (n * n), i = t % n, j = t / n % n;
        if (i == j) a(b, i, i) = own_of<T>(own_real(a(b, i, i)));
        if (upper ? i < j : i > j) a(b, j, i) = own_conj(a(b, i, j));
    }
}

/* w = a + its norm on the diagonal; one thread a column. */
template <typename T>
FM_KERNEL void shift_kernel(own_stack<T> a, int64_t n, int64_t batch, own_stack<T> w) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads()) {
        const int64_t b = t / n, j = t % n;
        double sum = 0;
        for (int64_t i = 0; i < n * n; i++) sum += square_of(a(b, i % n, i / n));
        for (int64_t i = 0; i < n; i++) w(b, i, j) = a(b, i, j);
        w(b, j, j) = own_add(w(b, j, j), own_of<T>(sqrt(sum)));
    }
}

/* Eigenvalues as Rayleigh quotients v^H a v; one thread a vector. */
template <typename T>
FM_KERNEL void rayleigh_kernel(own_stack<T> a, own_stack<T> v, int64_t n, int64_t batch,
                               double *values) {
    for (int64_t t = fm_thread(); t < batch * n; t += fm_threads()) {
        const int64_t b = t / n, j = t % n;
        double sum = 0, size = 0;
        for (int64_t i = 0; i < n; i++) {
            T row = own_of<T>(0);
            for (int64_t k = 0; k < n; k++) row = own_add(row, own_mul(a(b, i, k), v(b, k, j)));
            sum += own_real(own_mul(own_conj(v(b, i, j)), row));
            size += square_of(v(b, i, j));
        }
        values[t] = sum / size;
    }
}

template <typename T>
cu_error eigh(const cu_own_lane &lane, cu_matrices matrices, int64_t n, int upper, double *values,
              int vectors, cu_matrices work, const cu_jacobi &room, int *info) {
    const own_stack<T> a = own_stack_of<T>(matrices), w = own_stack_of<T>(work),
                       v = own_stack_of<T>(room.v);
    const int64_t batch = lane.batch, all = batch * n * n;
    cu_error code = own_launch(lane, all, hermitian_kernel<T>, a, n, batch, upper);
    if (!code) code = scale(lane, a, n, n, room);
    if (!code) code = own_launch(lane, batch * n, shift_kernel<T>, a, n, batch, w);
    if (!code) code = sweeps(lane, w, n, v, n, room.state, info);
    if (!code) code = own_launch(lane, batch * n, rayleigh_kernel<T>, a, v, n, batch, room.norm);
    if (!code)
        code = own_launch(lane, batch * n, order_kernel, room.norm, n, batch, 0, room.state,
                          room.order, values);
    if (code || !vectors) return code;
    return own_launch(lane, all, place_kernel<T>, v, n, n, batch, room.order, 0, a);
}

} // namespace

cu_error cu_own_svd(const cu_own_lane *lane, cu_matrices a, int64_t m, int64_t n, double *values,
                    cu_matrices u, int64_t columns, cu_matrices vh, double *tau,
                    const cu_jacobi *room, int *info) {
    if (lane->parts == 2)
        return svd<fm_c128>(*lane, a, m, n, values, u, columns, vh, tau, *room, info);
    return svd<double>(*lane, a, m, n, values, u, columns, vh, tau, *room, info);
}

cu_error cu_own_eigh(const cu_own_lane *lane, cu_matrices a, int64_t n, int upper, double *values,
                     int vectors, cu_matrices w, const cu_jacobi *room, int *info) {
    if (lane->parts == 2) return eigh<fm_c128>(*lane, a, n, upper, values, vectors, w, *room, info);
    return eigh<double>(*lane, a, n, upper, values, vectors, w, *room, info);
}
