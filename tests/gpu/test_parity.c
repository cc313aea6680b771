/* Numbers of the device beside those of the CPU: random streams bit by bit, products in every math
 * mode. Rows and dtypes are the sweep's subject. */
#include "gpu_test.h"

static fm_context *cpu;

static int both_open(void **state) {
    cpu = gpu_context(FM_CPU, NULL, FM_TIMING_OFF);
    return gpu_open(state);
}

static int both_close(void **state) {
    fm_context_close(cpu);
    return gpu_close(state);
}

typedef fm_status (*sampler)(fm_context *ctx, int64_t n, fm_dtype dtype, fm_tensor **out);

static fm_status uniform(fm_context *ctx, int64_t n, fm_dtype dtype, fm_tensor **out) {
    const fm_random_random_options options = {
        .size = sizeof options, .shape = FM_OPT_INTS(1, &n), .dtype = dtype};
    return fm_random_random(ctx, &options, out);
}

static fm_status normal(fm_context *ctx, int64_t n, fm_dtype dtype, fm_tensor **out) {
    const fm_random_standard_normal_options options = {
        .size = sizeof options, .shape = FM_OPT_INTS(1, &n), .dtype = dtype};
    return fm_random_standard_normal(ctx, &options, out);
}

/* Two draws, so that the second begins in the middle of a block of words. */
static void same_samples(sampler sample, fm_dtype dtype) {
    const int64_t counts[2] = {gpu_many(), 1003};
    for (int k = 0; k < 2; ++k) {
        fm_tensor *a = NULL, *b = NULL;
        GPU_OK(cpu, sample(cpu, counts[k], dtype, &a));
        GPU_OK(gpu, sample(gpu, counts[k], dtype, &b));
        void *on_cpu = gpu_read(cpu, a), *on_gpu = gpu_read(gpu, b);
        assert_memory_equal(on_cpu, on_gpu, fm_tensor_nbytes(a));
        free(on_cpu);
        free(on_gpu);
        fm_tensor_release(a);
        fm_tensor_release(b);
    }
}

static void random_streams_are_the_same(void **state) {
    (void)state;
    same_samples(uniform, FM_FLOAT32);
    same_samples(uniform, FM_FLOAT64);
    same_samples(normal, FM_FLOAT32);
    same_samples(normal, FM_FLOAT64);
}

/* The largest error of the device's float32 product, in units of the row's sum of magnitudes. */
static double product_error(fm_math_mode mode, int64_t n) {
    const int64_t shape[2] = {n, n};
    const size_t size = (size_t)(n * n);
    float *host = malloc(size * sizeof *host);
    fm_tensor *x = NULL, *wide = NULL, *y = NULL, *exact = NULL;
    double worst = 0;
    assert_non_null(host);
    for (size_t i = 0; i < size; ++i)
        host[i] = 0.5f + (float)(i * 2654435761u % 1000003u) / 1000003.0f;
    GPU_OK(gpu, fm_tensor_from_host(gpu, FM_FLOAT32, 2, shape, host, &x));
    GPU_OK(cpu, fm_tensor_create(cpu, FM_FLOAT64, 2, shape, &wide));
    double *given = gpu_read(cpu, wide);
    for (size_t i = 0; i < size; ++i) given[i] = (double)host[i];
    GPU_OK(cpu, fm_tensor_set_from_host(cpu, wide, given, size * sizeof *given));
    GPU_OK(gpu, fm_context_set_math_mode(gpu, mode));
    GPU_OK(gpu, fm_matmul(gpu, x, x, &y));
    GPU_OK(cpu, fm_matmul(cpu, wide, wide, &exact));
    float *got = gpu_read(gpu, y);
    double *want = gpu_read(cpu, exact);
    for (size_t i = 0; i < size; ++i) {
        const double error = fabs((double)got[i] - want[i]) / want[i];
        if (!(error <= worst)) worst = error;
    }
    free(host);
    free(given);
    free(got);
    free(want);
    fm_tensor_release(x);
    fm_tensor_release(wide);
    fm_tensor_release(y);
    fm_tensor_release(exact);
    return worst;
}

/* All terms are positive, so the sum's size is the sum of magnitudes. Inputs rounded to p bits give
 * at most 2 * 2^-p beside the accumulation in float32. */
static void math_modes_round_as_they_say(void **state) {
    (void)state;
    const int64_t n = gpu_info.emulated ? 64 : 512;
    const double sums = (double)n * 0x1p-24;
    const double full = product_error(FM_MATH_DEFAULT, n);
    const double tf32 = product_error(FM_MATH_TF32, n);
    const double fp16 = product_error(FM_MATH_FP16, n);
    const double bf16 = product_error(FM_MATH_BF16, n);
    print_message("full %.2g, TF32 %.2g, FP16 %.2g, BF16 %.2g\n", full, tf32, fp16, bf16);
    assert_true(full <= sums);
    assert_true(tf32 <= 0x1p-10 + sums);
    assert_true(fp16 <= 0x1p-10 + sums);
    assert_true(bf16 <= 0x1p-7 + sums);
    assert_true(product_error(FM_MATH_FLOAT32, n) <= sums);
    assert_true(bf16 > full); /* the mode took effect */
}

/* Whether a dtype is made of doubles, else of floats; of how many. */
static int is_wide(fm_dtype dtype) {
    return dtype == FM_FLOAT64 || dtype == FM_COMPLEX128;
}

static int64_t parts_of(fm_dtype dtype) {
    return dtype >= FM_COMPLEX64 ? 2 : 1;
}

/* X X^T of an n x k matrix of numbers between 0 and 1, in memory that the caller frees. */
static void *gram_on(fm_context *ctx, fm_dtype dtype, int64_t n, int64_t k) {
    const int64_t shape[2] = {n, k}, count = n * k * parts_of(dtype);
    void *host = malloc((size_t)count * sizeof(double));
    fm_tensor *x = NULL, *y = NULL;
    assert_non_null(host);
    for (int64_t i = 0; i < count; ++i) {
        const double value = (double)((uint64_t)i * 2654435761u % 1000003u) / 1000003.0;
        if (is_wide(dtype))
            ((double *)host)[i] = value;
        else
            ((float *)host)[i] = (float)value;
    }
    GPU_OK(ctx, fm_tensor_from_host(ctx, dtype, 2, shape, host, &x));
    free(host);
    const fm_tensor *operands[2] = {x, x};
    GPU_OK(ctx, fm_einsum(ctx, "ij,kj->ik", operands, 2, NULL, &y));
    void *product = gpu_read(ctx, y);
    fm_tensor_release(x);
    fm_tensor_release(y);
    return product;
}

/* Of these the device computes a triangle and mirrors it. */
static void products_with_the_own_transpose(void **state) {
    (void)state;
    const int64_t n = gpu_info.emulated ? 150 : 3001, k = 300;
    for (int d = FM_FLOAT32; d <= FM_COMPLEX128; ++d) {
        const fm_dtype dtype = (fm_dtype)d;
        const int wide = is_wide(dtype);
        const double bound = 2 * (double)(k * k) * (wide ? 0x1p-53 : 0x1p-24);
        void *want = gram_on(cpu, dtype, n, k), *got = gram_on(gpu, dtype, n, k);
        double worst = 0;
        for (int64_t i = 0; i < n * n * parts_of(dtype); ++i) {
            const double x = wide ? ((double *)want)[i] : (double)((float *)want)[i];
            const double y = wide ? ((double *)got)[i] : (double)((float *)got)[i];
            const double error = fabs(x - y);
            if (!(error <= worst)) worst = error;
        }
        assert_true(worst <= bound);
        free(want);
        free(got);
    }
}

/* Of an array the device finds them, and says so at the next wait; a number is refused at once. */
static void negative_powers_of_integers(void **state) {
    (void)state;
    static const char text[] = "power: argument 2: an integer has no negative integer power";
    const int64_t n = 1000;
    int32_t exponents[1000] = {0}, powers[1000];
    fm_tensor *x = NULL, *e = NULL, *y = NULL, *column = NULL;
    const int64_t shape[2] = {1000, 1};
    for (int i = 0; i < n; ++i) exponents[i] = 2;
    GPU_OK(gpu, fm_tensor_from_host(gpu, FM_INT32, 1, &n, exponents, &x));
    GPU_OK(gpu, fm_tensor_from_host(gpu, FM_INT32, 1, &n, exponents, &e));
    GPU_OK(gpu, fm_power(gpu, x, e, &y));
    GPU_OK(gpu, fm_synchronize(gpu));
    exponents[777] = -1;
    GPU_OK(gpu, fm_tensor_set_from_host(gpu, e, exponents, sizeof exponents));
    for (int strided = 0; strided < 2; ++strided) {
        fm_tensor *out = NULL;
        GPU_OK(gpu, fm_power(gpu, strided ? column : x, e, &out));
        assert_int_equal(fm_synchronize(gpu), FM_ERR_ARGUMENT);
        assert_string_equal(fm_context_message(gpu), text);
        GPU_OK(gpu, fm_synchronize(gpu));
        fm_tensor_release(out);
        if (!strided) GPU_OK(gpu, fm_reshape(gpu, x, 2, shape, NULL, &column));
    }
    assert_int_equal(fm_power_scalar(gpu, x, fm_int(-2), &y), FM_ERR_ARGUMENT);
    GPU_OK(gpu, fm_power_scalar(gpu, x, fm_int(5), &y));
    GPU_OK(gpu, fm_tensor_to_host(gpu, y, powers, sizeof powers));
    for (int i = 0; i < n; ++i) assert_int_equal(powers[i], 32);
    fm_tensor_release(x);
    fm_tensor_release(e);
    fm_tensor_release(y);
    fm_tensor_release(column);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, both_open, both_close)

GPU_MAIN(CASE(random_streams_are_the_same), CASE(math_modes_round_as_they_say),
         CASE(products_with_the_own_transpose), CASE(negative_powers_of_integers))
