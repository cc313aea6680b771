/* The range of an array's values, and arrays filled uniformly from it. */
#include "profile/range.h"

#include "core/detail.h"
#include "cost/u128.h"
#include "scalar/random.h"

/* A float or a part of a complex number, by its index among them. */
static double real_at(const void *data, fm_dtype dtype, size_t i) {
    switch (dtype) {
    case FM_FLOAT16:
        return (double)fm_f16_to_f32(((const uint16_t *)data)[i]);
    case FM_BFLOAT16:
        return (double)fm_bf16_to_f32(((const uint16_t *)data)[i]);
    case FM_FLOAT32:
    case FM_COMPLEX64:
        return (double)((const float *)data)[i];
    default:
        return ((const double *)data)[i];
    }
}

static void put_real(void *data, fm_dtype dtype, size_t i, double x) {
    switch (dtype) {
    case FM_FLOAT16:
        ((uint16_t *)data)[i] = fm_f32_to_f16((float)x);
        break;
    case FM_BFLOAT16:
        ((uint16_t *)data)[i] = fm_f32_to_bf16((float)x);
        break;
    case FM_FLOAT32:
    case FM_COMPLEX64:
        ((float *)data)[i] = (float)x;
        break;
    default:
        ((double *)data)[i] = x;
        break;
    }
}

static int64_t int_at(const void *data, fm_dtype dtype, size_t i) {
    switch (dtype) {
    case FM_BOOL:
        return ((const uint8_t *)data)[i] != 0;
    case FM_INT8:
        return ((const int8_t *)data)[i];
    case FM_INT16:
        return ((const int16_t *)data)[i];
    case FM_INT32:
        return ((const int32_t *)data)[i];
    default:
        return ((const int64_t *)data)[i];
    }
}

static uint64_t uint_at(const void *data, size_t width, size_t i) {
    switch (width) {
    case 1:
        return ((const uint8_t *)data)[i];
    case 2:
        return ((const uint16_t *)data)[i];
    case 4:
        return ((const uint32_t *)data)[i];
    default:
        return ((const uint64_t *)data)[i];
    }
}

/* The low bits of a number, which are also those of a negative one. */
static void put_bits(void *data, size_t width, size_t i, uint64_t bits) {
    switch (width) {
    case 1:
        ((uint8_t *)data)[i] = (uint8_t)bits;
        break;
    case 2:
        ((uint16_t *)data)[i] = (uint16_t)bits;
        break;
    case 4:
        ((uint32_t *)data)[i] = (uint32_t)bits;
        break;
    default:
        ((uint64_t *)data)[i] = bits;
        break;
    }
}

static fm_status real_range(const void *data, fm_dtype dtype, size_t count, fm_range *range,
                            fm_error *error) {
    size_t parts = fm_dtype_kind(dtype) == 'c' ? 2 : 1;
    for (size_t p = 0; p < parts; p++) {
        double low = real_at(data, dtype, p), high = low;
        for (size_t i = 0; i < count; i++) {
            double x = real_at(data, dtype, i * parts + p);
            FM_CHECK(isfinite(x), error, FM_ERR_ARGUMENT, "element %zu is %s", i,
                     isnan(x) ? "NaN" : "infinite");
            low = x < low ? x : low;
            high = x > high ? x : high;
        }
        range->real[p].low = low;
        range->real[p].high = high;
    }
    return FM_OK;
}

fm_status fm_range_of(const void *data, fm_dtype dtype, size_t count, fm_range *range,
                      fm_error *error) {
    memset(range, 0, sizeof *range);
    char kind = fm_dtype_kind(dtype);
    if (kind == 'f' || kind == 'c') return real_range(data, dtype, count, range, error);
    size_t width = fm_dtype_size(dtype);
    range->int_low = INT64_MAX;
    range->int_high = INT64_MIN;
    range->uint_low = UINT64_MAX;
    for (size_t i = 0; i < count; i++) {
        if (kind == 'u') {
            uint64_t x = uint_at(data, width, i);
            range->uint_low = x < range->uint_low ? x : range->uint_low;
            range->uint_high = x > range->uint_high ? x : range->uint_high;
        } else {
            int64_t x = int_at(data, dtype, i);
            range->int_low = x < range->int_low ? x : range->int_low;
            range->int_high = x > range->int_high ? x : range->int_high;
        }
    }
    return FM_OK;
}

/* low + word * (span + 1) / 2^64, cut: both ends are drawn, and no value more than one time in
   2^64 / (span + 1) too often. */
static void fill_integers(uint64_t low, uint64_t span, uint64_t seed, size_t width, void *data,
                          size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t word = fm_random_word64(seed, 2 * (uint64_t)i);
        uint64_t step = (uint64_t)(((fm_u128)word * ((fm_u128)span + 1)) >> 64);
        put_bits(data, width, i, low + step);
    }
}

/* The weighted mean cannot overflow as high - low can; the ends are representable in the dtype, so
   rounding to it stays between them. */
static double between(double low, double high, double u) {
    double x = low * (1 - u) + high * u;
    return x < low ? low : x > high ? high : x;
}

void fm_range_fill(const fm_range *range, uint64_t seed, fm_dtype dtype, void *data, size_t count) {
    char kind = fm_dtype_kind(dtype);
    size_t width = fm_dtype_size(dtype), parts = kind == 'c' ? 2 : 1;
    if (kind == 'u') {
        fill_integers(range->uint_low, range->uint_high - range->uint_low, seed, width, data,
                      count);
    } else if (kind == 'f' || kind == 'c') {
        for (size_t i = 0; i < count * parts; i++) {
            double u = fm_uniform_f64(fm_random_word64(seed, 2 * (uint64_t)i));
            double low = range->real[i % parts].low, high = range->real[i % parts].high;
            put_real(data, dtype, i, between(low, high, u));
        }
    } else {
        uint64_t low = (uint64_t)range->int_low;
        fill_integers(low, (uint64_t)range->int_high - low, seed, width, data, count);
    }
}
