/* Fourier transforms beside their definition in long double, and long ones by what must come out:
   single frequencies, round trips. tests/CMakeLists.txt runs it without a library too. */
#include "asking.h"

#include <complex.h>
#include <math.h>

typedef double complex cpx;

static uint32_t noise_state = 1;
static double noise(void) {
    noise_state = noise_state * 1664525u + 1013904223u;
    return (double)(noise_state >> 8) / 0x1p24 * 2 - 1;
}

static fm_tensor *from(fm_dtype dtype, int ndim, const int64_t *shape, const void *data) {
    fm_tensor *t = NULL;
    assert_int_equal(fm_tensor_from_host(ctx, dtype, ndim, shape, data, &t), FM_OK);
    return t;
}

/* The elements of a tensor as complex numbers, which the caller frees. */
static cpx *read(fm_tensor *t, int64_t *size) {
    fm_tensor *wide = NULL;
    ask("astype", &wide, 2, tensor(t),
        (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = FM_COMPLEX128});
    *size = fm_tensor_size(wide);
    cpx *data = malloc((size_t)(*size + 1) * sizeof *data);
    assert_int_equal(fm_tensor_to_host(ctx, wide, data, fm_tensor_nbytes(wide)), FM_OK);
    fm_tensor_release(wide);
    return data;
}

static cpx *noisy(int64_t n, bool real) {
    cpx *x = malloc((size_t)n * sizeof *x);
    for (int64_t i = 0; i < n; i++) x[i] = real ? noise() : noise() + I * noise();
    return x;
}

/* out[k] = sum x[j] exp(sign 2 pi i j k / n) */
static void define(int64_t n, int sign, const cpx *x, cpx *out) {
    const long double turn = 2 * acosl(-1.0L) / (long double)n;
    for (int64_t k = 0; k < n; k++) {
        long double re = 0, im = 0;
        for (int64_t j = 0; j < n; j++) {
            long double angle = turn * (long double)(j * k % n), c = cosl(angle);
            long double s = sign * sinl(angle);
            re += (long double)creal(x[j]) * c - (long double)cimag(x[j]) * s;
            im += (long double)creal(x[j]) * s + (long double)cimag(x[j]) * c;
        }
        out[k] = (double)re + I * (double)im;
    }
}

static void agree(int64_t n, const cpx *got, const cpx *want, double factor, double tolerance) {
    double largest = 0;
    for (int64_t i = 0; i < n; i++) largest = fmax(largest, cabs(want[i]) * factor);
    for (int64_t i = 0; i < n; i++)
        if (!(cabs(got[i] - want[i] * factor) <= tolerance * largest))
            fail_msg("element %lld of %lld is %g%+gi, not %g%+gi", (long long)i, (long long)n,
                     creal(got[i]), cimag(got[i]), creal(want[i]) * factor,
                     cimag(want[i]) * factor);
}

static fm_tensor *line(fm_dtype dtype, int64_t n, const cpx *x) {
    fm_tensor *wide = from(FM_COMPLEX128, 1, &n, x), *t = NULL;
    fm_tensor *part = NULL;
    bool real = dtype == FM_FLOAT32 || dtype == FM_FLOAT64;
    if (real) ask("real", &part, 1, tensor(wide));
    ask("astype", &t, 2, tensor(real ? part : wide),
        (fm_value){.kind = FM_VALUE_DTYPE, .as.dtype = dtype});
    fm_tensor_release(wide);
    fm_tensor_release(part);
    return t;
}

static void transform(const char *op, fm_dtype dtype, int64_t n, const cpx *x, const cpx *want,
                      int64_t wanted, double factor) {
    bool backward = !strcmp(op, "fft.irfft") || !strcmp(op, "fft.hfft");
    bool narrow = dtype == FM_FLOAT32 || dtype == FM_COMPLEX64;
    fm_tensor *in = line(dtype, backward ? n / 2 + 1 : n, x), *out = NULL;
    int64_t size;
    ask(op, &out, 2, tensor(in), integer(n));
    cpx *got = read(out, &size);
    assert_int_equal(size, wanted);
    agree(size, got, want, factor, narrow ? 2e-6 : 4e-15);
    free(got);
    fm_tensor_release(in);
    fm_tensor_release(out);
}

/* Every kind at one length; Hermitian input of the backward ones is made from a real line. */
static void one_length(int64_t n) {
    cpx *x = noisy(n, false), *real = noisy(n, true);
    cpx *forward = malloc((size_t)n * sizeof *x), *inverse = malloc((size_t)n * sizeof *x);
    const fm_dtype complexes[] = {FM_COMPLEX64, FM_COMPLEX128}, reals[] = {FM_FLOAT32, FM_FLOAT64};
    define(n, -1, x, forward);
    define(n, 1, x, inverse);
    for (int i = 0; i < 2; i++) {
        transform("fft.fft", complexes[i], n, x, forward, n, 1);
        transform("fft.ifft", complexes[i], n, x, inverse, n, 1.0 / (double)n);
    }
    define(n, -1, real, forward);
    define(n, 1, real, inverse);
    for (int i = 0; i < 2; i++) {
        transform("fft.fft", reals[i], n, real, forward, n, 1);
        transform("fft.rfft", reals[i], n, real, forward, n / 2 + 1, 1);
        transform("fft.ihfft", reals[i], n, real, inverse, n / 2 + 1, 1.0 / (double)n);
        transform("fft.irfft", complexes[i], n, forward, real, n, 1);
        transform("fft.hfft", complexes[i], n, inverse, real, n, (double)n);
    }
    free(x);
    free(real);
    free(forward);
    free(inverse);
}

static void short_lines_are_as_defined(void **state) {
    (void)state;
    for (int64_t n = 1; n <= 34; n++) one_length(n);
    const int64_t more[] = {37, 60, 64, 97, 100, 121, 127, 128, 210, 243, 256, 289, 331};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) one_length(more[i]);
}

/* A wave of frequency f comes out as n at f and nothing elsewhere. */
static void long_lines_find_a_frequency(void **state) {
    (void)state;
    const int64_t lengths[] = {16384,  20000,   50001,   65537,  262144,
                               262147, 1000000, 1 << 20, 1000003};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const int64_t n = lengths[i], f = n / 3 + 1;
        cpx *x = malloc((size_t)n * sizeof *x), *got;
        for (int64_t j = 0; j < n; j++) {
            long double angle = 2 * acosl(-1.0L) *
                                (long double)((uint64_t)j * (uint64_t)f % (uint64_t)n) /
                                (long double)n;
            x[j] = (double)cosl(angle) + I * (double)sinl(angle);
        }
        fm_tensor *in = line(FM_COMPLEX128, n, x), *out = NULL;
        int64_t size;
        ask("fft.fft", &out, 1, tensor(in));
        got = read(out, &size);
        for (int64_t k = 0; k < n; k++)
            if (!(cabs(got[k] - (k == f ? (double)n : 0)) <= 1e-11 * (double)n))
                fail_msg("n %lld: point %lld is %g%+gi", (long long)n, (long long)k, creal(got[k]),
                         cimag(got[k]));
        free(got);
        free(x);
        fm_tensor_release(in);
        fm_tensor_release(out);
    }
}

static void long_lines_come_back(void **state) {
    (void)state;
    const int64_t lengths[] = {32768, 33333, 65537, 262145, 600000, 1 << 20, 1000003};
    const char *const there[] = {"fft.fft", "fft.rfft", "fft.ihfft"};
    const char *const back[] = {"fft.ifft", "fft.irfft", "fft.hfft"};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (int kind = 0; kind < 3; kind++) {
            const int64_t n = lengths[i];
            cpx *x = noisy(n, kind > 0);
            fm_tensor *in = line(kind ? FM_FLOAT64 : FM_COMPLEX128, n, x), *out = NULL,
                      *again = NULL;
            int64_t size;
            ask(there[kind], &out, 1, tensor(in));
            ask(back[kind], &again, 2, tensor(out), integer(n));
            cpx *got = read(again, &size);
            assert_int_equal(size, n);
            agree(n, got, x, 1, 1e-13);
            free(got);
            free(x);
            fm_tensor_release(in);
            fm_tensor_release(out);
            fm_tensor_release(again);
        }
}

/* A transform over axes is one over each in turn, cropped, padded, strided, in any order. */
static void axes_go_one_by_one(void **state) {
    (void)state;
    const int64_t shape[4] = {3, 5, 4, 6}, axes[3] = {3, 0, 1}, s[3] = {7, 2, 8};
    cpx *x = noisy(360, false);
    fm_tensor *in = from(FM_COMPLEX128, 4, shape, x), *turned = NULL, *all = NULL, *one = NULL;
    const int64_t order[4] = {2, 0, 3, 1};
    ask("transpose", &turned, 2, tensor(in), ints(4, order));
    ask("fft.fftn", &all, 4, tensor(turned), ints(3, s), ints(3, axes), text("ortho"));
    one = fm_tensor_retain(turned);
    for (int i = 2; i >= 0; i--) {
        fm_tensor *next = NULL;
        ask("fft.fft", &next, 4, tensor(one), integer(s[i]), integer(axes[i]), text("ortho"));
        fm_tensor_release(one);
        one = next;
    }
    int64_t size, other;
    cpx *a = read(all, &size), *b = read(one, &other);
    assert_int_equal(size, other);
    assert_int_equal(size, 2 * 8 * 6 * 7);
    agree(size, a, b, 1, 1e-14);
    free(a);
    free(b);
    free(x);
    fm_tensor_release(in);
    fm_tensor_release(turned);
    fm_tensor_release(all);
    fm_tensor_release(one);
}

static void refusals_name_both_values(void **state) {
    (void)state;
    const int64_t four = 4;
    fm_tensor *x = shaped(FM_FLOAT64, 1, &four), *z = shaped(FM_COMPLEX128, 1, &four);
    refused(FM_ERR_ARGUMENT,
            "fft.fft: argument 2: 0 points along axis 0, but a transform has at least 1", "fft.fft",
            2, tensor(x), integer(0));
    refused(FM_ERR_SHAPE, "fft.fft: argument 3: axis 3 is out of range for 1 dimension", "fft.fft",
            3, tensor(x), integer(4), integer(3));
    refused(FM_ERR_DTYPE,
            "fft.rfft: argument 1: dtype complex128, but the transform of real numbers takes no "
            "complex ones",
            "fft.rfft", 1, tensor(z));
    assert_int_equal(cost_of("fft.fft", 1, tensor(x)), 40);
    assert_int_equal(cost_of("fft.rfft", 1, tensor(x)), 20);
    fm_tensor_release(x);
    fm_tensor_release(z);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(short_lines_are_as_defined, open_context, close_context),
        cmocka_unit_test_setup_teardown(long_lines_find_a_frequency, open_context, close_context),
        cmocka_unit_test_setup_teardown(long_lines_come_back, open_context, close_context),
        cmocka_unit_test_setup_teardown(axes_go_one_by_one, open_context, close_context),
        cmocka_unit_test_setup_teardown(refusals_name_both_values, open_context, close_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
