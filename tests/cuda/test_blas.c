/* The fake's cuBLAS and cuBLASLt against sums in long double: column-major, transposed, batched,
 * scaled, of every element type, with epilogues; and what they refuse. */
#include "fake_test.h"

#include <math.h>

enum { M = 5, N = 4, K = 3, PAD = 2, LD = 8, CELLS = LD * 8, BATCH = 2 };

static cu_stream stream;
static cu_blas blas;
static cu_lt lt;
static char *device[6]; /* a, b, c, d, bias, aux */

/* Small integers and halves, exact in every type. */
static double value(int salt, int64_t i) {
    return (double)((i * 7 + salt * 5) % 9 - 4) * 0.5;
}

static size_t element_bytes(int type) {
    return type == CU_C_64F                        ? 16
           : type == CU_R_64F || type == CU_C_32F  ? 8
           : type == CU_R_16F || type == CU_R_16BF ? 2
           : type == CU_R_8I                       ? 1
                                                   : 4;
}

static uint16_t half_bits(double x, int type) {
    const float f = (float)x;
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    if (type == CU_R_16BF) return (uint16_t)(bits >> 16);
    if (f == 0.0f) return 0;
    return (uint16_t)((bits >> 16 & 0x8000u) | (((bits >> 23 & 255u) - 112u) << 10) |
                      (bits >> 13 & 0x3ffu));
}

static double half_value(uint16_t h, int type) {
    if (type == CU_R_16F) {
        const double magnitude =
            (h & 0x7c00) ? ldexp(1024 + (h & 1023), (h >> 10 & 31) - 25) : ldexp(h & 1023, -24);
        return h & 0x8000 ? -magnitude : magnitude;
    }
    const uint32_t bits = (uint32_t)h << 16;
    float f;
    memcpy(&f, &bits, sizeof f);
    return (double)f;
}

static void put(char *to, int type, int64_t i, double re, double im) {
    switch (type) {
    case CU_R_32F:
        ((float *)(void *)to)[i] = (float)re;
        break;
    case CU_R_64F:
        ((double *)(void *)to)[i] = re;
        break;
    case CU_R_8I:
        ((int8_t *)(void *)to)[i] = (int8_t)re;
        break;
    case CU_R_32I:
        ((int32_t *)(void *)to)[i] = (int32_t)re;
        break;
    case CU_C_32F:
        ((float *)(void *)to)[2 * i] = (float)re;
        ((float *)(void *)to)[2 * i + 1] = (float)im;
        break;
    case CU_C_64F:
        ((double *)(void *)to)[2 * i] = re;
        ((double *)(void *)to)[2 * i + 1] = im;
        break;
    default:
        ((uint16_t *)(void *)to)[i] = half_bits(re, type);
        break;
    }
}

static double get(const char *from, int type, int64_t i, int part) {
    switch (type) {
    case CU_R_32F:
        return (double)((const float *)(const void *)from)[i];
    case CU_R_64F:
        return ((const double *)(const void *)from)[i];
    case CU_R_8I:
        return ((const int8_t *)(const void *)from)[i];
    case CU_R_32I:
        return ((const int32_t *)(const void *)from)[i];
    case CU_C_32F:
        return (double)((const float *)(const void *)from)[2 * i + part];
    case CU_C_64F:
        return ((const double *)(const void *)from)[2 * i + part];
    default:
        return half_value(((const uint16_t *)(const void *)from)[i], type);
    }
}

static int is_complex(int type) {
    return type == CU_C_32F || type == CU_C_64F;
}

static double item(int salt, int type, int64_t i, int part) {
    if (part) return is_complex(type) ? value(salt + 1, i) : 0.0;
    return type == CU_R_8I || type == CU_R_32I ? 2.0 * value(salt, i) : value(salt, i);
}

/* Matrix `which` for both batches, filled by its salt. */
static void upload(int which, int type, int salt) {
    char host[BATCH * CELLS * 16] = {0};
    for (int64_t i = 0; i < BATCH * CELLS; ++i)
        put(host, type, i, item(salt, type, i, 0), item(salt, type, i, 1));
    OK(cu_api.copy(device[which], host, BATCH * CELLS * element_bytes(type), CU_COPY_HOST_TO_DEVICE,
                   stream));
}

/* Element (i, j) of op(matrix), which starts at element `base`. */
static long double entry(int salt, int type, int op, int64_t i, int64_t j, int64_t base, int part) {
    const int64_t at = base + (op == CU_OP_N ? i + j * LD : j + i * LD);
    const long double x = (long double)item(salt, type, at, part);
    return part && op == CU_OP_C ? -x : x;
}

static long double expected(const cu_gemm *g, int64_t i, int64_t j, int64_t base, int part) {
    long double sum = 0.0L;
    for (int64_t k = 0; k < g->k; ++k) {
        const long double ar = entry(1, g->type_a, g->op_a, i, k, base, 0);
        const long double ai = entry(1, g->type_a, g->op_a, i, k, base, 1);
        const long double br = entry(3, g->type_b, g->op_b, k, j, base, 0);
        const long double bi = entry(3, g->type_b, g->op_b, k, j, base, 1);
        sum += part ? ar * bi + ai * br : ar * br - ai * bi;
    }
    return sum;
}

static void check_gemm(int type, int type_c, int compute, int op_a, int op_b) {
    const int wide = compute == CU_COMPUTE_64F, whole = compute == CU_COMPUTE_32I;
    const float two[2] = {2.0f, 0.0f}, three[2] = {3.0f, 0.0f};
    const double wide_two[2] = {2.0, 0.0}, wide_three[2] = {3.0, 0.0};
    const int32_t whole_two = 2, whole_three = 3;
    const void *alpha = wide ? (const void *)wide_two : whole ? (const void *)&whole_two : two;
    const void *beta = wide ? (const void *)wide_three : whole ? (const void *)&whole_three : three;
    const cu_gemm g = {.op_a = op_a,
                       .op_b = op_b,
                       .m = M,
                       .n = N,
                       .k = K,
                       .alpha = alpha,
                       .a = device[0],
                       .type_a = type,
                       .lda = LD,
                       .stride_a = CELLS,
                       .b = device[1],
                       .type_b = type,
                       .ldb = LD,
                       .stride_b = CELLS,
                       .beta = beta,
                       .c = device[2],
                       .type_c = type_c,
                       .ldc = LD,
                       .stride_c = CELLS,
                       .batch = BATCH,
                       .compute = compute};
    char host[BATCH * CELLS * 16];
    upload(0, type, 1);
    upload(1, type, 3);
    upload(2, type_c, 6);
    OK(cu_api.gemm(blas, &g));
    OK(cu_api.copy(host, device[2], BATCH * CELLS * element_bytes(type_c), CU_COPY_DEVICE_TO_HOST,
                   stream));
    for (int64_t i = 0; i < BATCH * CELLS; ++i)
        for (int part = 0; part <= is_complex(type_c); ++part) {
            const int64_t row = i % LD, column = i % CELLS / LD;
            double want = item(6, type_c, i, part);
            if (row < M && column < N)
                want = (double)(2.0L * expected(&g, row, column, i / CELLS * CELLS, part)) +
                       3.0 * want;
            assert_true(get(host, type_c, i, part) == want); /* the rest is left alone */
        }
}

static void products_of_every_type(void **state) {
    (void)state;
    static const int cases[][3] = {
        {CU_R_32F, CU_R_32F, CU_COMPUTE_32F},   {CU_R_64F, CU_R_64F, CU_COMPUTE_64F},
        {CU_R_16F, CU_R_16F, CU_COMPUTE_32F},   {CU_R_16F, CU_R_32F, CU_COMPUTE_32F},
        {CU_R_16BF, CU_R_16BF, CU_COMPUTE_32F}, {CU_R_16BF, CU_R_32F, CU_COMPUTE_32F},
        {CU_C_32F, CU_C_32F, CU_COMPUTE_32F},   {CU_C_64F, CU_C_64F, CU_COMPUTE_64F},
        {CU_R_8I, CU_R_32I, CU_COMPUTE_32I},    {CU_R_32F, CU_R_32F, CU_COMPUTE_32F_FAST_TF32},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; ++c)
        for (int op = 0; op < 9; ++op)
            check_gemm(cases[c][0], cases[c][1], cases[c][2], op % 3, op / 3);
}

static void check_syrk(int type, int fill, int op) {
    const int wide = type == CU_R_64F || type == CU_C_64F;
    const float two[2] = {2.0f, 0.0f}, three[2] = {3.0f, 0.0f};
    const double wide_two[2] = {2.0, 0.0}, wide_three[2] = {3.0, 0.0};
    const cu_syrk s = {.type = type,
                       .fill = fill,
                       .op = op,
                       .n = N,
                       .k = K,
                       .alpha = wide ? (const void *)wide_two : two,
                       .a = device[0],
                       .lda = LD,
                       .beta = wide ? (const void *)wide_three : three,
                       .c = device[2],
                       .ldc = LD};
    char host[CELLS * 16];
    upload(0, type, 1);
    upload(2, type, 6);
    OK(cu_api.syrk(blas, &s));
    OK(cu_api.copy(host, device[2], CELLS * element_bytes(type), CU_COPY_DEVICE_TO_HOST, stream));
    for (int64_t i = 0; i < CELLS; ++i)
        for (int part = 0; part <= is_complex(type); ++part) {
            const int64_t row = i % LD, column = i / LD;
            const int below = fill == CU_FILL_LOWER ? row >= column : row <= column;
            double want = item(6, type, i, part);
            if (row < N && column < N && below) {
                long double sum = 0.0L;
                for (int64_t k = 0; k < K; ++k) {
                    const long double xr = entry(1, type, op, row, k, 0, 0);
                    const long double xi = entry(1, type, op, row, k, 0, 1);
                    const long double yr = entry(1, type, op, column, k, 0, 0);
                    const long double yi = entry(1, type, op, column, k, 0, 1);
                    sum += part ? xr * yi + xi * yr : xr * yr - xi * yi;
                }
                want = (double)(2.0L * sum) + 3.0 * want;
            }
            assert_true(get(host, type, i, part) == want); /* the rest is left alone */
        }
}

static void triangles_of_every_type(void **state) {
    (void)state;
    static const int types[] = {CU_R_32F, CU_R_64F, CU_C_32F, CU_C_64F};
    for (int t = 0; t < 4; ++t)
        for (int which = 0; which < 4; ++which) check_syrk(types[t], which % 2, which / 2);
}

static void bad_triangles_are_refused(void **state) {
    (void)state;
    const float one = 1.0f;
    const cu_syrk good = {.type = CU_R_32F,
                          .n = N,
                          .k = K,
                          .alpha = &one,
                          .a = device[0],
                          .lda = N,
                          .beta = &one,
                          .c = device[2],
                          .ldc = N};
    cu_syrk s = good;
    s.type = CU_R_16F;
    FAILS(cu_api.syrk(blas, &s), "CUBLAS_STATUS_INVALID_VALUE");
    s = good;
    s.op = CU_OP_C;
    FAILS(cu_api.syrk(blas, &s), "CUBLAS_STATUS_INVALID_VALUE");
    s = good;
    s.fill = 2;
    FAILS(cu_api.syrk(blas, &s), "CUBLAS_STATUS_INVALID_VALUE");
    s = good;
    s.lda = N - 1;
    FAILS(cu_api.syrk(blas, &s), "CUBLAS_STATUS_INVALID_VALUE");
    s = good;
    s.ldc = N - 1;
    FAILS(cu_api.syrk(blas, &s), "CUBLAS_STATUS_INVALID_VALUE");
    FAILS(cu_api.syrk(NULL, &good), "CUBLAS_STATUS_NOT_INITIALIZED");
}

/* With beta 0 the old values do not matter, NaN or not. */
static void beta_zero_does_not_read(void **state) {
    (void)state;
    const float one = 1.0f, zero = 0.0f;
    float nan_value = NAN, x = 2.0f, seen = 0.0f;
    OK(cu_api.copy(device[0], &x, 4, CU_COPY_HOST_TO_DEVICE, stream));
    OK(cu_api.copy(device[2], &nan_value, 4, CU_COPY_HOST_TO_DEVICE, stream));
    const cu_gemm g = {.m = 1,
                       .n = 1,
                       .k = 1,
                       .alpha = &one,
                       .a = device[0],
                       .lda = 1,
                       .b = device[0],
                       .ldb = 1,
                       .beta = &zero,
                       .c = device[2],
                       .ldc = 1,
                       .batch = 1,
                       .compute = CU_COMPUTE_32F};
    OK(cu_api.gemm(blas, &g));
    OK(cu_api.copy(&seen, device[2], 4, CU_COPY_DEVICE_TO_HOST, stream));
    assert_true(seen == 4.0f);
}

/* 1 + 2^-12 is exact in float32, 1 in TF32, bfloat16 and float16. */
static void fast_modes_lose_bits(void **state) {
    (void)state;
    const float one = 1.0f, zero = 0.0f, x = 1.0f + 0x1p-12f;
    static const int modes[] = {CU_COMPUTE_32F, CU_COMPUTE_32F_FAST_TF32, CU_COMPUTE_32F_FAST_16BF,
                                CU_COMPUTE_32F_FAST_16F};
    OK(cu_api.copy(device[0], &x, 4, CU_COPY_HOST_TO_DEVICE, stream));
    OK(cu_api.copy(device[1], &one, 4, CU_COPY_HOST_TO_DEVICE, stream));
    for (int mode = 0; mode < 5; ++mode) {
        float seen = 0.0f;
        OK(cu_api.blas_math(blas, mode == 4 ? CU_MATH_TF32 : CU_MATH_DEFAULT));
        const cu_gemm g = {.m = 1,
                           .n = 1,
                           .k = 1,
                           .alpha = &one,
                           .a = device[0],
                           .lda = 1,
                           .b = device[1],
                           .ldb = 1,
                           .beta = &zero,
                           .c = device[2],
                           .ldc = 1,
                           .batch = 1,
                           .compute = modes[mode % 4]};
        OK(cu_api.gemm(blas, &g));
        OK(cu_api.copy(&seen, device[2], 4, CU_COPY_DEVICE_TO_HOST, stream));
        assert_true(mode ? seen == one : seen == x);
    }
}

static void bad_products_are_refused(void **state) {
    (void)state;
    const float one = 1.0f;
    cu_gemm g = {.m = M,
                 .n = N,
                 .k = K,
                 .alpha = &one,
                 .a = device[0],
                 .lda = M,
                 .b = device[1],
                 .ldb = K,
                 .beta = &one,
                 .c = device[2],
                 .ldc = M,
                 .batch = 1,
                 .compute = CU_COMPUTE_32F};
    g.lda = M - 1;
    FAILS(cu_api.gemm(blas, &g), "CUBLAS_STATUS_INVALID_VALUE");
    g.lda = M;
    g.op_b = CU_OP_T;
    FAILS(cu_api.gemm(blas, &g), "CUBLAS_STATUS_INVALID_VALUE");
    g.op_b = CU_OP_N;
    g.type_c = CU_R_64F;
    FAILS(cu_api.gemm(blas, &g), "CUBLAS_STATUS_NOT_SUPPORTED");
    g.type_c = CU_R_32F;
    g.k = -1;
    FAILS(cu_api.gemm(blas, &g), "CUBLAS_STATUS_INVALID_VALUE");
    FAILS(cu_api.gemm(NULL, &g), "CUBLAS_STATUS_NOT_INITIALIZED");
}

static void dots(void **state) {
    (void)state;
    float host[8] = {1, 2, 3, 4, 5, 6, 7, 8}, seen = 0.0f;
    OK(cu_api.copy(device[0], host, sizeof host, CU_COPY_HOST_TO_DEVICE, stream));
    OK(cu_api.blas_pointer_mode(blas, CU_POINTER_DEVICE));
    OK(cu_api.dot(blas, 4, device[0], 2, device[0], -1, device[2], CU_R_32F, CU_R_32F));
    OK(cu_api.copy(&seen, device[2], 4, CU_COPY_DEVICE_TO_HOST, stream));
    assert_true(seen == 1 * 4 + 3 * 3 + 5 * 2 + 7 * 1);
    OK(cu_api.blas_pointer_mode(blas, CU_POINTER_HOST));
    OK(cu_api.dot(blas, 2, device[0], 1, device[0], 1, &seen, CU_R_32F, CU_R_32F));
    assert_true(seen == 5.0f);
}

typedef struct lt_call {
    cu_lt_desc desc;
    cu_lt_layout a, b, d;
    cu_lt_pref pref;
    cu_lt_algo algo;
} lt_call;

static void set_int(cu_lt_desc desc, int attribute, int32_t v) {
    OK(cu_api.lt_desc_set(desc, attribute, &v, sizeof v));
}

static void set_pointer(cu_lt_desc desc, int attribute, void *p) {
    OK(cu_api.lt_desc_set(desc, attribute, &p, sizeof p));
}

static void lt_open(lt_call *c, int epilogue) {
    const int64_t aux_ld = 128;
    const uint64_t limit = 1 << 20;
    memset(c, 0, sizeof *c);
    OK(cu_api.lt_desc_create(&c->desc, CU_COMPUTE_32F, CU_R_32F));
    set_int(c->desc, CU_LT_EPILOGUE, epilogue);
    set_pointer(c->desc, CU_LT_BIAS_POINTER, device[4]);
    set_pointer(c->desc, CU_LT_AUX_POINTER, device[5]);
    OK(cu_api.lt_desc_set(c->desc, CU_LT_AUX_LD, &aux_ld, sizeof aux_ld));
    OK(cu_api.lt_layout_create(&c->a, CU_R_32F, M, K, LD));
    OK(cu_api.lt_layout_create(&c->b, CU_R_32F, K, N, LD));
    OK(cu_api.lt_layout_create(&c->d, CU_R_32F, M, N, LD));
    OK(cu_api.lt_pref_create(&c->pref));
    OK(cu_api.lt_pref_set(c->pref, CU_PREF_WORKSPACE_BYTES, &limit, sizeof limit));
}

static void lt_close(lt_call *c) {
    OK(cu_api.lt_desc_destroy(c->desc));
    OK(cu_api.lt_layout_destroy(c->a));
    OK(cu_api.lt_layout_destroy(c->b));
    OK(cu_api.lt_layout_destroy(c->d));
    OK(cu_api.lt_pref_destroy(c->pref));
}

static void lt_run(lt_call *c, float *d, float *bias) {
    const float one = 1.0f, zero = 0.0f;
    int found = 0;
    void *workspace = NULL;
    OK(cu_api.lt_heuristic(lt, c->desc, c->a, c->b, c->d, c->d, c->pref, 1, &c->algo, &found));
    assert_int_equal(found, 1);
    assert_true(c->algo.workspace_bytes > 0);
    OK(cu_api.device_alloc(&workspace, c->algo.workspace_bytes));
    OK(cu_api.lt_matmul(lt, c->desc, &one, device[0], c->a, device[1], c->b, &zero, device[3], c->d,
                        device[3], c->d, &c->algo, workspace, c->algo.workspace_bytes, stream));
    OK(cu_api.copy(d, device[3], CELLS * sizeof *d, CU_COPY_DEVICE_TO_HOST, stream));
    OK(cu_api.copy(bias, device[4], 8 * sizeof *bias, CU_COPY_DEVICE_TO_HOST, stream));
    OK(cu_api.device_free(workspace));
}

static void epilogues(void **state) {
    (void)state;
    static const int kinds[] = {CU_EPILOGUE_DEFAULT,       CU_EPILOGUE_BIAS,
                                CU_EPILOGUE_RELU,          CU_EPILOGUE_RELU_BIAS,
                                CU_EPILOGUE_RELU_AUX_BIAS, CU_EPILOGUE_DRELU_BGRAD,
                                CU_EPILOGUE_BGRADA,        CU_EPILOGUE_BGRADB};
    const float add[8] = {1.5f, -2.0f, 0.5f, -3.0f, 4.0f, 0, 0, 0};
    const cu_gemm g = {.m = M, .n = N, .k = K, .type_a = CU_R_32F, .type_b = CU_R_32F};
    int mask[M][N] = {{0}}; /* as RELU_AUX_BIAS leaves it for DRELU_BGRAD */
    upload(0, CU_R_32F, 1);
    upload(1, CU_R_32F, 3);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; ++k) {
        const int kind = kinds[k], biased = kind == 4 || kind == 6 || kind == 134;
        const int relu = kind == 2 || kind == 6 || kind == 134;
        float d[CELLS], bias[8], rows[M] = {0};
        lt_call c;
        OK(cu_api.copy(device[4], add, sizeof add, CU_COPY_HOST_TO_DEVICE, stream));
        lt_open(&c, kind);
        lt_run(&c, d, bias);
        lt_close(&c);
        for (int j = 0; j < N; ++j)
            for (int i = 0; i < M; ++i) {
                float want = (float)expected(&g, i, j, 0, 0) + (biased ? add[i] : 0.0f);
                if (kind == CU_EPILOGUE_RELU_AUX_BIAS) mask[i][j] = want > 0.0f;
                if (relu && want < 0.0f) want = 0.0f;
                if (kind == CU_EPILOGUE_DRELU_BGRAD && !mask[i][j]) want = 0.0f;
                rows[i] += want;
                assert_true(d[j * LD + i] == want);
            }
        for (int i = 0; i < M; ++i) {
            float want = add[i];
            if (kind == CU_EPILOGUE_DRELU_BGRAD) want = rows[i];
            if (kind == CU_EPILOGUE_BGRADA || (kind == CU_EPILOGUE_BGRADB && i < N)) want = 0.0f;
            for (int l = 0; l < K; ++l) {
                if (kind == CU_EPILOGUE_BGRADA) want += (float)entry(1, 0, 0, i, l, 0, 0);
                if (kind == CU_EPILOGUE_BGRADB && i < N) want += (float)entry(3, 0, 0, l, i, 0, 0);
            }
            assert_true(bias[i] == want);
        }
    }
}

static void lt_refuses(void **state) {
    (void)state;
    const float one = 1.0f;
    const int64_t wide = 1, odd_ld = 100;
    const int32_t row_major = CU_ORDER_ROW;
    int found = 0;
    lt_call c;
    lt_open(&c, CU_EPILOGUE_DEFAULT);
    FAILS(cu_api.lt_desc_set(c.desc, CU_LT_TRANSA, &wide, sizeof wide),
          "CUBLAS_STATUS_INVALID_VALUE");
    FAILS(cu_api.lt_desc_set(c.desc, 9, &wide, sizeof wide), "CUBLAS_STATUS_INVALID_VALUE");
    OK(cu_api.lt_heuristic(lt, c.desc, c.a, c.b, c.d, c.d, c.pref, 1, &c.algo, &found));
    FAILS(cu_api.lt_matmul(lt, c.desc, &one, device[0], c.a, device[1], c.b, &one, device[3], c.d,
                           device[3], c.d, &c.algo, NULL, 0, stream),
          "CUBLAS_STATUS_INVALID_VALUE"); /* without the workspace it asked for */
    FAILS(cu_api.lt_heuristic(lt, c.desc, c.b, c.a, c.d, c.d, c.pref, 1, &c.algo, &found),
          "CUBLAS_STATUS_INVALID_VALUE");
    set_int(c.desc, CU_LT_EPILOGUE, CU_EPILOGUE_RELU_AUX);
    OK(cu_api.lt_desc_set(c.desc, CU_LT_AUX_LD, &odd_ld, sizeof odd_ld));
    FAILS(cu_api.lt_matmul(lt, c.desc, &one, device[0], c.a, device[1], c.b, &one, device[3], c.d,
                           device[3], c.d, NULL, NULL, 0, stream),
          "CUBLAS_STATUS_INVALID_VALUE");
    OK(cu_api.lt_layout_set(c.d, CU_LAYOUT_ORDER, &row_major, sizeof row_major));
    FAILS(cu_api.lt_heuristic(lt, c.desc, c.a, c.b, c.d, c.d, c.pref, 1, &c.algo, &found),
          "CUBLAS_STATUS_NOT_SUPPORTED");
    lt_close(&c);
}

static int setup(void **state) {
    if (fresh(state) || cu_api.stream_create(&stream) || cu_api.blas_create(&blas) ||
        cu_api.blas_stream(blas, stream) || cu_api.lt_create(&lt))
        return 1;
    for (int i = 0; i < 6; ++i)
        if (cu_api.device_alloc((void **)&device[i], BATCH * CELLS * 16)) return 1;
    return 0;
}

static int teardown(void **state) {
    for (int i = 0; i < 6; ++i)
        if (cu_api.device_free(device[i])) return 1;
    return cu_api.lt_destroy(lt) || cu_api.blas_destroy(blas) || cu_api.stream_destroy(stream) ||
           clean(state);
}
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(products_of_every_type),
        CASE(triangles_of_every_type),
        CASE(bad_triangles_are_refused),
        CASE(beta_zero_does_not_read),
        CASE(fast_modes_lose_bits),
        CASE(bad_products_are_refused),
        CASE(dots),
        CASE(epilogues),
        CASE(lt_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
