/* Bias, relu and relu's mask on the block of a product, row by row. */
#include "cpu/gemm_tail.h"

static void add_bias(int64_t n, float *restrict row, const float *restrict bias) {
    for (int64_t j = 0; j < n; ++j) row[j] += bias[j];
}

static void add_bias_relu(int64_t n, float *restrict row, const float *restrict bias) {
    for (int64_t j = 0; j < n; ++j) {
        float x = row[j] + bias[j];
        row[j] = x < 0 ? 0 : x;
    }
}

static void relu(int64_t n, float *row) {
    for (int64_t j = 0; j < n; ++j) row[j] = row[j] < 0 ? 0 : row[j];
}

static void apply_mask(int64_t n, float *restrict row, const float *restrict mask) {
    for (int64_t j = 0; j < n; ++j) row[j] = mask[j] <= 0 ? 0 : row[j];
}

void FM_ISA_NAME(fm_apply_tail)(int64_t m, int64_t n, float *c, int64_t ldc,
                                const fm_gemm_tail *tail) {
    for (int64_t i = 0; i < m; ++i) {
        float *row = c + i * ldc;
        if (tail->bias && tail->relu) {
            add_bias_relu(n, row, tail->bias);
        } else if (tail->bias) {
            add_bias(n, row, tail->bias);
        } else if (tail->relu) {
            relu(n, row);
        }
        if (tail->mask) apply_mask(n, row, tail->mask + i * tail->ld_mask);
    }
}
