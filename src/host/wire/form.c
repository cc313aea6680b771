/* What a result without axes is to flopscope 0.4.3: an array, a NumPy scalar, or a Python number.
 */
#include "wire/form.h"

#include <string.h>

/* These return what NumPy returns, a scalar; all others wrap it as an array. */
static const char *const scalars[] = {
    "choose",
    "corrcoef",
    "digitize",
    "dot",
    "inner",
    "interp",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "linalg.cond",
    "linalg.det",
    "linalg.lstsq",
    "linalg.matmul",
    "linalg.matrix_norm",
    "linalg.matrix_rank",
    "linalg.multi_dot",
    "linalg.norm",
    "linalg.slogdet",
    "linalg.trace",
    "linalg.vecdot",
    "linalg.vector_norm",
    "linspace",
    "matmul",
    "polyfit",
    "polyval",
    "ravel_multi_index",
    "searchsorted",
    "take",
    "trace",
    "trapezoid",
    "unravel_index",
    "unstack",
    "vdot",
    "vecdot",
};

static bool is_scalar(const char *name) {
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        if (!strcmp(scalars[i], name)) return true;
    return false;
}

int call_argument_of(const fm_op_info *info, call_arguments given, int param) {
    if ((size_t)param < given.positional) return param;
    for (size_t i = given.positional; i < given.count; i++)
        if (!strcmp(given.at[i].name, info->param[param])) return (int)i;
    return -1;
}

bool call_is_given(call_arguments given, const fm_value *value) {
    for (size_t i = 0; i < given.count && value->kind == FM_VALUE_TENSOR; i++)
        if (given.at[i].value.kind == FM_VALUE_TENSOR &&
            given.at[i].value.as.tensor == value->as.tensor)
            return true;
    return false;
}

/* The value given for a parameter; NULL: none, or None. */
static const fm_value *value_of(const fm_op_info *info, call_arguments given, const char *name) {
    for (int p = 0; p < info->nparams; p++) {
        if (strcmp(info->param[p], name) != 0) continue;
        int at = call_argument_of(info, given, p);
        const fm_value *value = at < 0 ? NULL : &given.at[at].value;
        return value && value->kind != FM_VALUE_NONE ? value : NULL;
    }
    return NULL;
}

static bool is_number(const fm_value *value) {
    return value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
}

static bool is_set(const fm_value *flag) {
    return flag && flag->as.i != 0;
}

/* Samplers without a size give one Python number, but NumPy's scalar where they draw from an
   array, for integers and random_integers, and for randint of a dtype. */
static enum call_form form_of_sample(const fm_op_info *info, call_arguments given) {
    const char *method = strrchr(info->name, '.') + 1;
    const fm_value *a = value_of(info, given, "a");
    if (!strcmp(method, "bytes")) return CALL_BYTES;
    if (value_of(info, given, "size")) return CALL_ARRAY;
    if (!strcmp(method, "choice") && a && !is_number(a))
        return a->kind == FM_VALUE_TENSOR && fm_tensor_ndim(a->as.tensor) == 0 ? CALL_PYTHON
                                                                               : CALL_SCALAR;
    bool wraps = !strcmp(method, "integers") || !strcmp(method, "random_integers") ||
                 (!strcmp(method, "randint") && value_of(info, given, "dtype"));
    return wraps ? CALL_SCALAR : CALL_PYTHON;
}

/* a[key] without arrays or ... gives a scalar where no axis is left. */
static bool picks_element(call_arguments given) {
    if (given.count < 2) return false;
    const fm_value *key = &given.at[1].value;
    bool tuple = key->kind == FM_VALUE_TUPLE;
    for (uint32_t i = 0; i < (tuple ? key->count : 1); i++)
        if ((tuple ? key->as.items[i] : *key).kind == FM_VALUE_ELLIPSIS) return false;
    return true;
}

enum call_form call_form_of(const fm_op_info *info, call_arguments given) {
    const fm_value *first = given.count ? &given.at[0].value : NULL;
    if (!strncmp(info->name, "random.", 7)) return form_of_sample(info, given);
    if (!strcmp(info->name, "round") || !strcmp(info->name, "around"))
        return first && is_number(first) ? CALL_PYTHON : CALL_ARRAY;
    if (!strcmp(info->name, "min_scalar_type")) return CALL_DTYPE;
    if (!strcmp(info->name, "einsum_path")) return CALL_PATH;
    if (!strcmp(info->name, "getitem")) return picks_element(given) ? CALL_SCALAR : CALL_ARRAY;
    if (!strcmp(info->name, "count_nonzero"))
        return value_of(info, given, "axis") || is_set(value_of(info, given, "keepdims"))
                   ? CALL_ARRAY
                   : CALL_PYTHON;
    if (!strcmp(info->name, "average"))
        return is_set(value_of(info, given, "returned")) ? CALL_STACK : CALL_ARRAY;
    if (!strcmp(info->name, "linalg.matrix_rank") && first && first->kind == FM_VALUE_TENSOR &&
        fm_tensor_ndim(first->as.tensor) < 2)
        return CALL_PYTHON;
    return is_scalar(info->name) ? CALL_SCALAR : CALL_ARRAY;
}
