/* Concatenation on the fake device: any axis, layouts and dtypes of inputs and output. */
#include "both.h"

enum { PARTS = 3 };

static void join(int axis, const fm_dtype *dtypes, fm_dtype to, int how) {
    static const int64_t extents[PARTS] = {2, 0, 5};
    tensor in[PARTS];
    int64_t shape[3] = {3, 4, 2}, place = 0;
    both_call c = {.family = FM_FAMILY_CONCAT, .compute = to, .nin = PARTS, .nout = 1};
    for (int i = 0; i < PARTS; ++i) {
        shape[axis] = extents[i];
        in[i] = tensor_make(dtypes[i], 3, shape, (arrangement)((how + i) % (int)ARRANGEMENTS));
        for (int64_t k = 0; k < in[i].size; ++k)
            tensor_set(&in[i], k, (double)(k % 2 + i), (double)(k % 3));
        c.in[i] = &in[i];
    }
    shape[axis] = 7;
    tensor out = tensor_make(to, 3, shape, (arrangement)how);
    c.out[0] = &out;
    c.params.concat.axis = axis;
    cuda_run(&c);
    for (int i = 0; i < PARTS; place += extents[i++])
        for (int64_t k = 0; k < in[i].size; ++k) {
            int64_t at = 0, rest = k, step = 1;
            for (int d = 2; d >= 0; --d) {
                at += (rest % in[i].shape[d] + (d == axis ? place : 0)) * step;
                rest /= in[i].shape[d];
                step *= shape[d];
            }
            const number want = tensor_get(&in[i], k), got = tensor_get(&out, at);
            assert_true(got.re == (to == FM_BOOL ? want.re != 0 || want.im != 0 : want.re));
            if (is_complex_dtype(to)) assert_true(got.im == want.im);
        }
    cpu_agrees(&c, NULL, 0, 0);
    for (int i = 0; i < PARTS; ++i) tensor_free(&in[i]);
    tensor_free(&out);
}

static void parts_of_every_dtype(void **state) {
    (void)state;
    for (int dtype = FM_BOOL; dtype < FM_DTYPE_COUNT; ++dtype)
        for (int how = 0; how < ARRANGEMENTS; ++how) {
            const fm_dtype same[PARTS] = {(fm_dtype)dtype, (fm_dtype)dtype, (fm_dtype)dtype};
            join((dtype + how) % 3, same, (fm_dtype)dtype, how);
        }
}

static void parts_are_converted(void **state) {
    (void)state;
    static const fm_dtype mixed[PARTS] = {FM_INT8, FM_FLOAT16, FM_FLOAT32};
    static const fm_dtype into[] = {FM_FLOAT32, FM_FLOAT64, FM_COMPLEX64};
    for (int i = 0; i < 3; ++i) join(i, mixed, into[i], i);
}

static void every_call_fails_in_turn(void **state) {
    (void)state;
    const int64_t shape[] = {3, 4}, both[] = {6, 4};
    tensor a = tensor_make(FM_FLOAT32, 2, shape, TURNED), b = tensor_make(FM_INT8, 2, shape, DENSE);
    tensor out = tensor_make(FM_FLOAT32, 2, both, DENSE);
    for (int64_t i = 0; i < a.size; ++i) {
        tensor_set(&a, i, (double)i, 0);
        tensor_set(&b, i, (double)-i, 0);
    }
    const both_call c = {.family = FM_FAMILY_CONCAT,
                         .compute = FM_FLOAT32,
                         .nin = 2,
                         .nout = 1,
                         .in = {&a, &b},
                         .out = {&out}};
    assert_in_range(cuda_sweep(&c, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 200);
    assert_in_range(cuda_sweep(&c, CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 200);
    cuda_run(&c);
    cuda_captured(&c);
    tensor_free(&a);
    tensor_free(&b);
    tensor_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BOTH_CASE(parts_of_every_dtype),
        BOTH_CASE(parts_are_converted),
        BOTH_CASE(every_call_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
