/* Matrix products of the fake's cuBLAS: plain loops over packed operands, in the compute type. */
#include "matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int is_complex(int type) {
    return type == CU_C_32F || type == CU_C_64F;
}

size_t fake_type_bytes(int type) {
    switch (type) {
    case CU_R_8I:
        return 1;
    case CU_R_16F:
    case CU_R_16BF:
        return 2;
    case CU_R_64F:
    case CU_C_32F:
        return 8;
    case CU_C_64F:
        return 16;
    default:
        return 4;
    }
}

static float half_to_float(uint16_t h) {
    const int exponent = h >> 10 & 31, mantissa = h & 1023;
    const float sign = h >> 15 ? -1.0f : 1.0f;
    if (exponent == 31) return mantissa ? NAN : sign * INFINITY;
    if (!exponent) return sign * ldexpf((float)mantissa, -24);
    return sign * ldexpf((float)(mantissa + 1024), exponent - 25);
}

/* Rounds to nearest, ties to even, at `bits` of mantissa after the leading one. */
static float round_mantissa(float x, int bits) {
    uint32_t u;
    if (!isfinite(x)) return x;
    memcpy(&u, &x, sizeof u);
    const int dropped = 23 - bits;
    const uint32_t half = 1u << (dropped - 1), odd = u >> dropped & 1u;
    u += half - 1u + odd;
    u &= ~((1u << dropped) - 1u);
    memcpy(&x, &u, sizeof x);
    return x;
}

static uint16_t float_to_half(float x) {
    const uint16_t sign = signbit(x) ? 0x8000u : 0u;
    const float a = fabsf(x);
    if (isnan(x)) return (uint16_t)(sign | 0x7E00u);
    if (a >= 65520.0f) return (uint16_t)(sign | 0x7C00u);
    if (a < 6.103515625e-05f) return (uint16_t)(sign | (uint16_t)lrintf(ldexpf(a, 24)));
    int exponent;
    const float fraction = frexpf(round_mantissa(a, 10), &exponent);
    const unsigned mantissa = (unsigned)ldexpf(fraction, 11) - 1024u;
    return (uint16_t)(sign | (unsigned)(exponent + 14) << 10 | mantissa);
}

static uint16_t float_to_bfloat(float x) {
    uint32_t u;
    if (isnan(x)) return 0x7FC0u;
    x = round_mantissa(x, 7);
    memcpy(&u, &x, sizeof u);
    return (uint16_t)(u >> 16);
}

static float bfloat_to_float(uint16_t b) {
    const uint32_t u = (uint32_t)b << 16;
    float x;
    memcpy(&x, &u, sizeof x);
    return x;
}

double fake_element(const void *base, int type, int64_t i, int part) {
    switch (type) {
    case CU_R_32F:
        return part ? 0.0 : (double)((const float *)base)[i];
    case CU_R_64F:
        return part ? 0.0 : ((const double *)base)[i];
    case CU_R_16F:
        return part ? 0.0 : (double)half_to_float(((const uint16_t *)base)[i]);
    case CU_R_16BF:
        return part ? 0.0 : (double)bfloat_to_float(((const uint16_t *)base)[i]);
    case CU_R_8I:
        return part ? 0.0 : ((const int8_t *)base)[i];
    case CU_R_32I:
        return part ? 0.0 : ((const int32_t *)base)[i];
    case CU_C_32F:
        return (double)((const float *)base)[2 * i + part];
    default:
        return ((const double *)base)[2 * i + part];
    }
}

void fake_element_set(void *base, int type, int64_t i, const double value[2]) {
    switch (type) {
    case CU_R_32F:
        ((float *)base)[i] = (float)value[0];
        break;
    case CU_R_64F:
        ((double *)base)[i] = value[0];
        break;
    case CU_R_16F:
        ((uint16_t *)base)[i] = float_to_half((float)value[0]);
        break;
    case CU_R_16BF:
        ((uint16_t *)base)[i] = float_to_bfloat((float)value[0]);
        break;
    case CU_R_32I:
        ((int32_t *)base)[i] = (int32_t)(int64_t)value[0];
        break;
    case CU_C_32F:
        ((float *)base)[2 * i] = (float)value[0];
        ((float *)base)[2 * i + 1] = (float)value[1];
        break;
    case CU_C_64F:
        ((double *)base)[2 * i] = value[0];
        ((double *)base)[2 * i + 1] = value[1];
        break;
    default:
        break;
    }
}

int fake_product_supported(const cu_gemm *g) {
    const int a = g->type_a, c = g->type_c;
    if (g->type_b != a) return 0;
    switch (g->compute) {
    case CU_COMPUTE_32F:
        if (a == CU_R_16F || a == CU_R_16BF) return c == a || c == CU_R_32F;
        return (a == CU_R_32F || a == CU_C_32F) && c == a;
    case CU_COMPUTE_32F_FAST_16F:
    case CU_COMPUTE_32F_FAST_16BF:
    case CU_COMPUTE_32F_FAST_TF32:
        return (a == CU_R_32F || a == CU_C_32F) && c == a;
    case CU_COMPUTE_64F:
        return (a == CU_R_64F || a == CU_C_64F) && c == a;
    case CU_COMPUTE_32I:
        return a == CU_R_8I && c == CU_R_32I;
    default:
        return 0;
    }
}

void fake_scalar_read(double value[2], const void *scalar, const cu_gemm *g) {
    const int wide = g->compute == CU_COMPUTE_64F;
    int type = wide ? CU_R_64F : CU_R_32F;
    if (g->compute == CU_COMPUTE_32I) type = CU_R_32I;
    if (is_complex(g->type_c)) type = wide ? CU_C_64F : CU_C_32F;
    value[0] = fake_element(scalar, type, 0, 0);
    value[1] = fake_element(scalar, type, 0, 1);
}

/* What the fast compute types keep of a float32 input. */
static double reduce(double x, int compute) {
    switch (compute) {
    case CU_COMPUTE_32F_FAST_TF32:
        return (double)round_mantissa((float)x, 10);
    case CU_COMPUTE_32F_FAST_16BF:
        return (double)round_mantissa((float)x, 7);
    case CU_COMPUTE_32F_FAST_16F:
        return (double)half_to_float(float_to_half((float)x));
    default:
        return x;
    }
}

/* One operand as a dense column-major matrix: real parts, then imaginary parts. */
static void pack(double *to, const cu_gemm *g, int second, const void *base, int64_t rows,
                 int64_t cols) {
    const int op = second ? g->op_b : g->op_a, type = second ? g->type_b : g->type_a;
    const int64_t ld = second ? g->ldb : g->lda;
    const int parts = is_complex(type) ? 2 : 1;
    for (int part = 0; part < parts; ++part)
        for (int64_t j = 0; j < cols; ++j)
            for (int64_t i = 0; i < rows; ++i) {
                const int64_t at = op == CU_OP_N ? i + j * ld : j + i * ld;
                double x = reduce(fake_element(base, type, at, part), g->compute);
                if (part && op == CU_OP_C) x = -x;
                to[part * rows * cols + j * rows + i] = x;
            }
}

/* d += sign * a b for dense column-major a (m,k), b (k,n). */
static void accumulate(double *restrict d, const double *restrict a, const double *restrict b,
                       int64_t m, int64_t n, int64_t k, double sign) {
    for (int64_t j = 0; j < n; ++j)
        for (int64_t l = 0; l < k; ++l) {
            const double x = sign * b[j * k + l];
            double *restrict to = d + j * m;
            const double *restrict from = a + l * m;
            for (int64_t i = 0; i < m; ++i) to[i] += from[i] * x;
        }
}

static int aux_bit(const fake_epilogue *e, int64_t batch, int64_t i, int64_t j) {
    const int64_t bit = batch * e->aux_stride + j * e->aux_ld + i;
    return ((const unsigned char *)e->aux)[bit / 8] >> (bit % 8) & 1;
}

static void aux_bit_set(const fake_epilogue *e, int64_t batch, int64_t i, int64_t j, int on) {
    const int64_t bit = batch * e->aux_stride + j * e->aux_ld + i;
    unsigned char *byte = (unsigned char *)e->aux + bit / 8;
    const unsigned mask = 1u << (bit % 8);
    *byte = (unsigned char)(on ? *byte | mask : *byte & ~mask);
}

/* One element's way through bias and relu, forward or backward. */
static double finish(const fake_epilogue *e, int64_t batch, int64_t i, int64_t j, double x) {
    const int kind = e->kind;
    if (kind == CU_EPILOGUE_BGRADA || kind == CU_EPILOGUE_BGRADB) return x;
    if (kind & CU_EPILOGUE_BIAS)
        x += fake_element(e->bias, e->bias_type, batch * e->bias_stride + i, 0);
    if (kind & CU_EPILOGUE_RELU) {
        const int on = x > 0.0;
        if (kind & 128) aux_bit_set(e, batch, i, j, on);
        return on || isnan(x) ? x : 0.0;
    }
    if (kind & 8) return aux_bit(e, batch, i, j) ? x : 0.0;
    return x;
}

/* Sums of a packed operand over k (bias gradients of A and B), or of finished rows of D. */
static void sum_to_bias(const fake_product *p, int64_t batch, const double *from, int64_t count,
                        int64_t step, int64_t terms, int64_t term_step) {
    const fake_epilogue *e = &p->epilogue;
    for (int64_t i = 0; i < count; ++i) {
        double sum[2] = {0.0, 0.0};
        for (int64_t t = 0; t < terms; ++t) sum[0] += from[i * step + t * term_step];
        fake_element_set(e->bias, e->bias_type, batch * e->bias_stride + i, sum);
    }
}

static int is_written(fake_part part, int64_t i, int64_t j) {
    return part == FAKE_WHOLE || i == j || (part == FAKE_LOWER) == (i > j);
}

static void finish_matrix(const fake_product *p, int64_t batch, double *d, const char *c,
                          char *out) {
    const cu_gemm *g = &p->g;
    const int complex = is_complex(g->type_c), reads_c = p->beta[0] != 0.0 || p->beta[1] != 0.0;
    const double *imaginary = d + g->m * g->n;
    for (int64_t j = 0; j < g->n; ++j)
        for (int64_t i = 0; i < g->m; ++i) {
            if (!is_written(p->part, i, j)) continue;
            const double re = d[j * g->m + i], im = complex ? imaginary[j * g->m + i] : 0.0;
            double x[2] = {p->alpha[0] * re - p->alpha[1] * im,
                           p->alpha[0] * im + p->alpha[1] * re};
            if (reads_c) {
                const double cr = fake_element(c, g->type_c, j * g->ldc + i, 0);
                const double ci = fake_element(c, g->type_c, j * g->ldc + i, 1);
                x[0] += p->beta[0] * cr - p->beta[1] * ci;
                x[1] += p->beta[0] * ci + p->beta[1] * cr;
            }
            if (!complex) x[0] = finish(&p->epilogue, batch, i, j, x[0]);
            d[j * g->m + i] = x[0];
            fake_element_set(out, g->type_c, j * p->ldd + i, x);
        }
}

static void run_batch(const fake_product *p, int64_t batch, double *a, double *b, double *d) {
    const cu_gemm *g = &p->g;
    const int64_t mk = g->m * g->k, kn = g->k * g->n, mn = g->m * g->n;
    const int64_t in = (int64_t)fake_type_bytes(g->type_a),
                  out = (int64_t)fake_type_bytes(g->type_c);
    const int complex = is_complex(g->type_c);
    memset(d, 0, (size_t)mn * sizeof *d * (complex ? 2 : 1));
    if (p->alpha[0] != 0.0 || p->alpha[1] != 0.0) {
        pack(a, g, 0, (const char *)g->a + batch * g->stride_a * in, g->m, g->k);
        pack(b, g, 1, (const char *)g->b + batch * g->stride_b * in, g->k, g->n);
        accumulate(d, a, b, g->m, g->n, g->k, 1.0);
        if (complex) {
            accumulate(d, a + mk, b + kn, g->m, g->n, g->k, -1.0);
            accumulate(d + mn, a, b + kn, g->m, g->n, g->k, 1.0);
            accumulate(d + mn, a + mk, b, g->m, g->n, g->k, 1.0);
        }
    }
    finish_matrix(p, batch, d, (const char *)g->c + batch * g->stride_c * out,
                  (char *)p->d + batch * p->stride_d * out);
    const int kind = p->epilogue.kind;
    if (kind == CU_EPILOGUE_BGRADA) sum_to_bias(p, batch, a, g->m, 1, g->k, g->m);
    if (kind == CU_EPILOGUE_BGRADB) sum_to_bias(p, batch, b, g->n, g->k, g->k, 1);
    if (kind == CU_EPILOGUE_DRELU_BGRAD) sum_to_bias(p, batch, d, g->m, 1, g->n, g->m);
}

cu_error fake_product_run(const fake_product *p) {
    const cu_gemm *g = &p->g;
    const size_t parts = is_complex(g->type_c) ? 2 : 1;
    const size_t mk = (size_t)(g->m * g->k) * parts, kn = (size_t)(g->k * g->n) * parts;
    const size_t mn = (size_t)(g->m * g->n) * parts;
    double *space = calloc(mk + kn + mn + 1, sizeof *space);
    if (!space) return CU_OUT_OF_MEMORY;
    for (int64_t batch = 0; batch < g->batch; ++batch)
        run_batch(p, batch, space, space + mk, space + mk + kn);
    free(space);
    return CU_SUCCESS;
}
