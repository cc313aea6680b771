/* Reductions on the fake device: every operation and dtype against sums in long double and against
 * the CPU backend, over any axes of any layout; NaN, ties, wrapping, empty extents. */
#include "both.h"

static const fm_dtype reals[] = {FM_FLOAT16, FM_BFLOAT16, FM_FLOAT32, FM_FLOAT64};

/* Small, with both signs where there are, zeros among them. */
static double value(fm_dtype dtype, int64_t i) {
    const int64_t n = (i * 37 + i * i % 11) % 17;
    if (dtype == FM_BOOL) return n % 3 != 0;
    if (dtype >= FM_UINT8 && dtype <= FM_UINT64) return (double)n;
    if (dtype <= FM_UINT64) return (double)(n - 8);
    return (double)(n - 8) * 0.25;
}

static void fill(tensor *t) {
    for (int64_t i = 0; i < t->size; ++i)
        tensor_set(t, i, value(t->dtype, i),
                   is_complex_dtype(t->dtype) ? value(t->dtype, i + 5) : 0);
}

static fm_dtype sum_dtype(fm_dtype dtype) {
    if (dtype <= FM_INT64) return FM_INT64;
    return dtype <= FM_UINT64 ? FM_UINT64 : dtype;
}

static fm_dtype compute_dtype(int op, fm_dtype dtype) {
    if (op == FM_REDUCE_sum || op == FM_REDUCE_prod) return sum_dtype(dtype);
    if (op == FM_REDUCE_mean && dtype <= FM_UINT64) return FM_FLOAT64;
    return dtype;
}

static fm_dtype out_dtype(int op, fm_dtype compute) {
    if (op == FM_REDUCE_any || op == FM_REDUCE_all) return FM_BOOL;
    return op == FM_REDUCE_argmax || op == FM_REDUCE_argmin ? FM_INT64 : compute;
}

typedef struct want {
    number result;
    real scale; /* sum of magnitudes */
} want;

static int above(number a, number b) {
    return a.re > b.re || (a.re == b.re && a.im > b.im);
}

static int is_nan(number x) {
    return isnan(x.re) || isnan(x.im);
}

/* Folds element x, the number-th of its output. */
static void fold(int op, want *w, number x, int64_t number_of) {
    static number extremum;
    const int sign = op == FM_REDUCE_min || op == FM_REDUCE_argmin;
    switch (op) {
    case FM_REDUCE_sum:
    case FM_REDUCE_mean:
        w->result.re += x.re;
        w->result.im += x.im;
        w->scale += fabsl(x.re) + fabsl(x.im);
        break;
    case FM_REDUCE_prod: {
        const number p = w->result;
        w->result = (number){p.re * x.re - p.im * x.im, p.re * x.im + p.im * x.re};
        w->scale = fabsl(w->result.re) + fabsl(w->result.im);
        break;
    }
    case FM_REDUCE_any:
    case FM_REDUCE_all: {
        const int truth = x.re != 0 || x.im != 0;
        w->result.re =
            op == FM_REDUCE_any ? w->result.re != 0 || truth : w->result.re != 0 && truth;
        break;
    }
    default: {
        const int beyond = sign ? above(extremum, x) : above(x, extremum);
        const int wins = number_of == 0 || (!is_nan(extremum) && (is_nan(x) || beyond));
        if (!wins) break;
        extremum = x;
        w->result = op == FM_REDUCE_max || op == FM_REDUCE_min ? x : (number){(real)number_of, 0};
        break;
    }
    }
}

/* The output's element `o`, by walking the whole input. */
static want expect(int op, const tensor *in, uint64_t axes, int64_t o) {
    want w = {{op == FM_REDUCE_prod || op == FM_REDUCE_all, 0}, 0};
    int64_t count = 0;
    for (int64_t i = 0; i < in->size; ++i) {
        int64_t rest = i, place = 0, step = 1;
        for (int d = in->ndim - 1; d >= 0; --d) {
            if (!(axes >> d & 1)) {
                place += rest % in->shape[d] * step;
                step *= in->shape[d];
            }
            rest /= in->shape[d];
        }
        if (place == o) fold(op, &w, tensor_get(in, i), count++);
    }
    if (op == FM_REDUCE_mean) {
        w.result.re /= (real)count;
        w.result.im = is_complex_dtype(in->dtype) ? w.result.im / (real)count : 0;
        w.scale /= (real)count;
    }
    return w;
}

static tensor output_for(const tensor *in, uint64_t axes, int keepdims, fm_dtype dtype,
                         arrangement how) {
    int64_t shape[BOTH_NDIM];
    int ndim = 0;
    for (int d = 0; d < in->ndim; ++d) {
        if (!(axes >> d & 1))
            shape[ndim++] = in->shape[d];
        else if (keepdims)
            shape[ndim++] = 1;
    }
    return tensor_make(dtype, ndim, shape, how);
}

static both_call call_for(int op, tensor *in, tensor *out, fm_dtype compute, uint64_t axes,
                          int keepdims) {
    both_call c = {.family = FM_FAMILY_REDUCE,
                   .op = (uint16_t)op,
                   .compute = compute,
                   .nin = 1,
                   .nout = 1,
                   .in = {in},
                   .out = {out}};
    c.params.reduce = (fm_reduce_params){.axes = axes, .keepdims = keepdims};
    return c;
}

static void check(int op, tensor *in, fm_dtype compute, uint64_t axes, int keepdims,
                  arrangement how) {
    tensor out = output_for(in, axes, keepdims, out_dtype(op, compute), how);
    const both_call c = call_for(op, in, &out, compute, axes, keepdims);
    const real units = op == FM_REDUCE_prod ? 2 + (real)in->size : 2; /* one rounding a factor */
    cuda_run(&c);
    for (int64_t o = 0; o < out.size; ++o) {
        const want w = expect(op, in, axes, o);
        near_number(&out, o, w.result, w.scale * (op == FM_REDUCE_prod ? 1 : 1e-3L), units);
    }
    cpu_agrees(&c, NULL, 0, 2 * units);
    tensor_free(&out);
}

static void every_operation_and_dtype(void **state) {
    (void)state;
    static const int64_t shape[] = {3, 5, 4};
    static const uint64_t sets[] = {1, 2, 4, 5, 7};
    for (int dtype = FM_BOOL; dtype < FM_DTYPE_COUNT; ++dtype)
        for (int how = 0; how < ARRANGEMENTS; ++how) {
            tensor in = tensor_make((fm_dtype)dtype, 3, shape, (arrangement)how);
            fill(&in);
            for (int op = 0; op < FM_REDUCE_COUNT; ++op)
                for (size_t s = 0; s < sizeof sets / sizeof *sets; ++s)
                    check(op, &in, compute_dtype(op, (fm_dtype)dtype), sets[s], (int)s & 1,
                          (arrangement)(how * ((int)s & 1)));
            tensor_free(&in);
        }
}

/* One output cut into chunks, few outputs, many outputs side by side. */
static void long_and_wide_ones(void **state) {
    (void)state;
    static const int64_t shapes[][2] = {{1, 50000}, {50000, 1}, {3, 5001},
                                        {5001, 3},  {700, 70},  {33, 1}};
    static const int ops[] = {FM_REDUCE_sum, FM_REDUCE_max, FM_REDUCE_argmin, FM_REDUCE_all};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; ++s)
        for (int axis = 0; axis < 2; ++axis)
            for (int o = 0; o < 4; ++o) {
                const fm_dtype dtype = o & 1 ? FM_INT16 : FM_FLOAT32;
                tensor in = tensor_make(dtype, 2, shapes[s], DENSE);
                fill(&in);
                if (in.size / shapes[s][1 - axis] > 10 && in.size > 60000) {
                    tensor_free(&in);
                    continue;
                }
                tensor out = output_for(&in, (uint64_t)1 << axis, 0,
                                        out_dtype(ops[o], compute_dtype(ops[o], dtype)), DENSE);
                const both_call c = call_for(ops[o], &in, &out, compute_dtype(ops[o], dtype),
                                             (uint64_t)1 << axis, 0);
                cuda_run(&c);
                const int64_t step = out.size > 40 ? out.size / 7 : 1;
                for (int64_t i = 0; i < out.size; i += step) {
                    const want w = expect(ops[o], &in, (uint64_t)1 << axis, i);
                    near_number(&out, i, w.result, w.scale * 1e-3L, 2);
                }
                cpu_agrees(&c, NULL, 0, 4);
                tensor_free(&in);
                tensor_free(&out);
            }
}

/* NaN wins wherever it stands, and the first of several is the place. */
static void nan_is_the_extremum(void **state) {
    (void)state;
    static const int64_t shape[] = {2, 40};
    for (int r = 0; r < 4; ++r)
        for (int op = FM_REDUCE_max; op <= FM_REDUCE_argmin; ++op)
            for (int64_t where = 0; where < 40; where += 13) {
                tensor in = tensor_make(reals[r], 2, shape, DENSE);
                fill(&in);
                tensor_set(&in, where, (double)NAN, 0);
                tensor_set(&in, 39, (double)NAN, 0);
                check(op, &in, reals[r], 2, 0, DENSE);
                tensor_free(&in);
            }
}

/* dtype=: elements are brought to the compute dtype first. */
static void other_dtypes_are_computed_in(void **state) {
    (void)state;
    static const int64_t shape[] = {4, 9};
    static const fm_dtype pairs[][2] = {{FM_FLOAT32, FM_FLOAT64}, {FM_FLOAT64, FM_FLOAT32},
                                        {FM_FLOAT32, FM_INT16},   {FM_INT32, FM_FLOAT16},
                                        {FM_INT16, FM_UINT8},     {FM_INT8, FM_BOOL},
                                        {FM_FLOAT32, FM_BOOL},    {FM_FLOAT32, FM_COMPLEX64}};
    for (size_t p = 0; p < sizeof pairs / sizeof *pairs; ++p)
        for (int op = FM_REDUCE_sum; op <= FM_REDUCE_prod; ++op) {
            tensor in = tensor_make(pairs[p][0], 2, shape, TURNED);
            fill(&in);
            tensor as = tensor_make(pairs[p][1], 2, shape, DENSE);
            for (int64_t i = 0; i < in.size; ++i)
                tensor_set(&as, i, (double)tensor_get(&in, i).re, 0);
            tensor out = output_for(&in, 2, 0, pairs[p][1], DENSE);
            tensor again = output_for(&in, 2, 0, pairs[p][1], DENSE);
            const both_call c = call_for(op, &in, &out, pairs[p][1], 2, 0);
            const both_call d = call_for(op, &as, &again, pairs[p][1], 2, 0);
            cuda_run(&c);
            cuda_run(&d);
            for (int64_t i = 0; i < out.size; ++i) {
                assert_true(tensor_get(&out, i).re == tensor_get(&again, i).re);
                if (pairs[p][1] != FM_BOOL) continue;
                const int any = expect(FM_REDUCE_any, &as, 2, i).result.re != 0;
                const int all = expect(FM_REDUCE_all, &as, 2, i).result.re != 0;
                assert_true(tensor_get(&out, i).re == (op == FM_REDUCE_sum ? any : all));
            }
            cpu_agrees(&c, NULL, 0, 4);
            tensor_free(&in);
            tensor_free(&as);
            tensor_free(&out);
            tensor_free(&again);
        }
}

static void nothing_to_reduce(void **state) {
    (void)state;
    static const int64_t none[] = {3, 0}, zero[] = {0, 3};
    for (int op = 0; op < FM_REDUCE_COUNT; ++op) {
        if (op >= FM_REDUCE_max && op != FM_REDUCE_any && op != FM_REDUCE_all) continue;
        tensor in = tensor_make(FM_FLOAT32, 2, none, DENSE);
        check(op, &in, FM_FLOAT32, 2, 0, DENSE);
        tensor_free(&in);
    }
    tensor in = tensor_make(FM_FLOAT32, 2, zero, DENSE);
    check(FM_REDUCE_max, &in, FM_FLOAT32, 2, 1, DENSE);
    tensor_free(&in);
}

static void numbers_are_reduced(void **state) {
    (void)state;
    const fm_scalar number_in = fm_float(2.5);
    tensor in = tensor_make(FM_FLOAT64, 0, NULL, DENSE),
           out = tensor_make(FM_FLOAT64, 0, NULL, DENSE);
    both_call c = call_for(FM_REDUCE_sum, &in, &out, FM_FLOAT64, 0, 0);
    c.by_value = 1;
    c.scalars = &number_in;
    cuda_run(&c);
    assert_true(tensor_get(&out, 0).re == 2.5L);
    tensor_free(&in);
    tensor_free(&out);
}

static void every_call_fails_in_turn(void **state) {
    (void)state;
    static const int64_t shape[] = {1, 50000};
    tensor in = tensor_make(FM_FLOAT32, 2, shape, DENSE),
           out = output_for(&in, 2, 0, FM_FLOAT32, DENSE);
    fill(&in);
    const both_call c = call_for(FM_REDUCE_sum, &in, &out, FM_FLOAT32, 2, 0);
    assert_in_range(cuda_sweep(&c, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 200);
    assert_in_range(cuda_sweep(&c, CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 200);
    cuda_run(&c);
    cuda_captured(&c);
    tensor_free(&in);
    tensor_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BOTH_CASE(every_operation_and_dtype), BOTH_CASE(long_and_wide_ones),
        BOTH_CASE(nan_is_the_extremum),       BOTH_CASE(other_dtypes_are_computed_in),
        BOTH_CASE(nothing_to_reduce),         BOTH_CASE(numbers_are_reduced),
        BOTH_CASE(every_call_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
