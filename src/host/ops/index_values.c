/* Python's numbers on their way into an array of a given dtype. */
#include "ops/index.h"

/* Whether an integer is an element of the dtype. */
static bool is_element(int64_t x, fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    int bits = (int)fm_dtype_size(dtype) * 8;
    if (kind == 'u') return x >= 0 && (bits == 64 || x < (int64_t)1 << bits);
    if (kind != 'i' || bits == 64) return true;
    return x >= -((int64_t)1 << (bits - 1)) && x < (int64_t)1 << (bits - 1);
}

static void check_number(fm_program *p, const fm_value *value, fm_dtype dtype, int argument) {
    char kind = fm_dtype_kind(dtype);
    bool whole = kind == 'i' || kind == 'u';
    if (value->kind == FM_VALUE_COMPLEX && kind != 'c' && kind != 'b') {
        fm_program_raise(p, FM_ERR_DTYPE, "TypeError", argument,
                         "a complex number is no element of %s", fm_dtype_name(dtype));
        return;
    }
    int64_t x = value->as.i;
    if (value->kind == FM_VALUE_FLOAT)
        x = value->as.f > -0x1p63 && value->as.f < 0x1p63 ? (int64_t)value->as.f : INT64_MIN;
    bool number = value->kind == FM_VALUE_INT || value->kind == FM_VALUE_FLOAT;
    if (!whole || !number || is_element(x, dtype)) return;
    fm_program_raise(p, FM_ERR_OVERFLOW, "OverflowError", argument, "%lld is no element of %s",
                     (long long)x, fm_dtype_name(dtype));
}

void fm_index_check_numbers(fm_program *p, const fm_value *value, fm_dtype dtype, int argument) {
    if (p->status != FM_OK) return;
    if (value->kind == FM_VALUE_INTS) {
        for (uint32_t i = 0; i < value->count; i++) {
            fm_value one = V_I(value->as.ints[i]);
            check_number(p, &one, dtype, argument);
        }
        return;
    }
    if (value->kind != FM_VALUE_LIST && value->kind != FM_VALUE_TUPLE) {
        check_number(p, value, dtype, argument);
        return;
    }
    for (uint32_t i = 0; i < value->count; i++)
        fm_index_check_numbers(p, &value->as.items[i], dtype, argument);
}

int64_t fm_index_value_size(const fm_value *value) {
    if (value->kind == FM_VALUE_TENSOR) return value->as.tensor->layout->size;
    if (value->kind == FM_VALUE_INTS) return value->count;
    if (value->kind != FM_VALUE_LIST && value->kind != FM_VALUE_TUPLE) return 1;
    return value->count > 0 ? value->count * fm_index_value_size(&value->as.items[0]) : 0;
}
