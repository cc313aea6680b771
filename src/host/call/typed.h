/* What the typed functions are made of: options to values, and a row found once. */
#ifndef FM_CALL_TYPED_H
#define FM_CALL_TYPED_H

#include "call/corridor.h"
#include "call/reply.h"

#include <flopmeter/option.h>
#include <string.h>

/* The row of that name, looked up at the first call from this place. */
#define FM_TYPED_ROW(name) FM_ROW_ONCE(name)

/* Copies the caller's options, whose struct may be of an older and shorter version. */
#define FM_TYPED_OPTIONS(name, options, o)                                                         \
    do {                                                                                           \
        if (!(options)) break;                                                                     \
        if ((options)->size < sizeof(size_t) || (options)->size > sizeof(o))                       \
            return fm_fail_op(&ctx->error, FM_ERR_ARGUMENT, name, 0,                               \
                              "the options' size is %zu, but this library knows %zu",              \
                              (options)->size, sizeof(o));                                         \
        memcpy(&(o), (options), (options)->size);                                                  \
    } while (0)

/* Fills in place: a value copied as a struct would be written in halves and read as a whole, which
   stalls the processor. */
static inline void fm_put_tensor(fm_value *v, const fm_tensor *tensor) {
    v->kind = tensor ? FM_VALUE_TENSOR : FM_VALUE_NONE;
    v->as.tensor = tensor;
}

static inline fm_value fm_value_none(fm_given given) {
    return (fm_value){.kind = given == FM_GIVEN_NONE ? FM_VALUE_NONE : FM_VALUE_UNSET};
}

static inline fm_value fm_value_tensors(const fm_tensor *const *tensors, int count) {
    return (fm_value){.kind = FM_VALUE_TENSORS, .count = (uint32_t)count, .as.tensors = tensors};
}

static inline fm_value fm_value_scalar(fm_scalar scalar) {
    switch (fm_dtype_kind(scalar.dtype)) {
    case 'b':
        return fm_value_bool(scalar.value.i != 0);
    case 'f':
        return fm_value_float(scalar.value.f);
    case 'c':
        return (fm_value){.kind = FM_VALUE_COMPLEX, .as.c = {scalar.value.c[0], scalar.value.c[1]}};
    default:
        return fm_value_int(scalar.value.i);
    }
}

static inline fm_value fm_option_tensor(const fm_tensor *tensor) {
    return tensor ? fm_value_tensor(tensor) : fm_value_none(FM_NOT_GIVEN);
}
static inline fm_value fm_option_ints(fm_opt_ints o) {
    return o.given == FM_GIVEN ? fm_value_ints(o.items, o.count) : fm_value_none(o.given);
}
static inline fm_value fm_option_int(fm_opt_int o) {
    return o.given == FM_GIVEN ? fm_value_int(o.value) : fm_value_none(o.given);
}
static inline fm_value fm_option_float(fm_opt_float o) {
    return o.given == FM_GIVEN ? fm_value_float(o.value) : fm_value_none(o.given);
}
static inline fm_value fm_option_dtype(fm_dtype dtype) {
    return fm_value_dtype(dtype);
}
static inline fm_value fm_option_string(const char *text) {
    return text ? fm_value_string(text) : fm_value_none(FM_NOT_GIVEN);
}
static inline fm_value fm_option_flag(fm_flag flag) {
    return flag ? fm_value_bool(flag == FM_FLAG_YES) : fm_value_none(FM_NOT_GIVEN);
}

static inline fm_value fm_option_value(const fm_value *value) {
    return value ? *value : fm_value_none(FM_NOT_GIVEN);
}

/* The corridor for a row that answers with a value of its own. */
fm_status fm_typed_reply(fm_context *ctx, const fm_row *row, const fm_value *values,
                         fm_reply **reply);

#endif
