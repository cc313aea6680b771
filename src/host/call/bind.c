/* Calls by name: arguments are matched with the row's parameters and checked. */
#include "call/bind.h"
#include "call/coerce.h"
#include "call/corridor.h"
#include "call/blocked.h"
#include "call/interleave.h"

#include <stdio.h>
#include <string.h>

static const char *const kind_names[] = {
    [FM_VALUE_UNSET] = "nothing",
    [FM_VALUE_NONE] = "None",
    [FM_VALUE_TENSOR] = "a tensor",
    [FM_VALUE_TENSORS] = "a list of tensors",
    [FM_VALUE_BOOL] = "a bool",
    [FM_VALUE_INT] = "an integer",
    [FM_VALUE_FLOAT] = "a float",
    [FM_VALUE_COMPLEX] = "a complex number",
    [FM_VALUE_DTYPE] = "a dtype",
    [FM_VALUE_INTS] = "a list of integers",
    [FM_VALUE_STRING] = "a string",
    [FM_VALUE_LIST] = "a list",
    [FM_VALUE_TUPLE] = "a tuple",
    [FM_VALUE_SLICE] = "a slice",
    [FM_VALUE_ELLIPSIS] = "...",
    [FM_VALUE_FUNCTION] = "a function",
    [FM_VALUE_DICT] = "a dict",
    [FM_VALUE_GENERATOR] = "a generator",
    [FM_VALUE_SYMMETRY] = "a symmetry group",
};

static void list_parameters(const fm_row *row, char *text, size_t size) {
    size_t used = 0;
    text[0] = 0;
    for (int p = 0; p < row->nparams && used < size; p++)
        used +=
            (size_t)snprintf(text + used, size - used, "%s%s", p ? ", " : "", row->params[p].name);
}

static fm_status find_parameter(const fm_row *row, const char *name, int *param, fm_error *error) {
    for (*param = 0; *param < row->nparams; (*param)++)
        if (!strcmp(row->params[*param].name, name)) return FM_OK;
    char known[256];
    list_parameters(row, known, sizeof known);
    fm_fail_op(error, FM_ERR_NOT_FOUND, row->name, 0, "no parameter is named '%s'; there are: %s",
               name, known);
    return fm_fail_as(error, "TypeError", FM_ERR_NOT_FOUND);
}

/* Converts what a parameter takes in more than one spelling. False: it is not taken. */
static bool accept(const fm_param *param, fm_value *value) {
    unsigned takes = param->takes;
    if (takes >> value->kind & 1) return true;
    bool is_number = value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
    if (is_number && takes & FM_TAKES_TENSOR) return true;
    switch (value->kind) {
    case FM_VALUE_UNSET:
        return !(param->flags & FM_PARAM_REQUIRED);
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
        if (takes & FM_TAKES_FLOAT) {
            *value = fm_value_float((double)value->as.i);
            return true;
        }
        if (takes & FM_TAKES_INT) {
            value->kind = FM_VALUE_INT;
            return true;
        }
        if (takes & FM_TAKES_BOOL && (value->as.i == 0 || value->as.i == 1)) {
            value->kind = FM_VALUE_BOOL;
            return true;
        }
        return takes & FM_TAKES_INTS;
    case FM_VALUE_TUPLE:
        return takes & FM_TAKES_LIST;
    case FM_VALUE_STRING:
        if (takes & FM_TAKES_FUNCTION) return true;
        if (!(takes & FM_TAKES_DTYPE) || !fm_dtype_parse(value->as.string)) return false;
        *value = fm_value_dtype(fm_dtype_parse(value->as.string));
        return true;
    default:
        return false;
    }
}

static void describe(const fm_value *value, char *text, size_t size) {
    if (value->kind == FM_VALUE_STRING)
        snprintf(text, size, "'%.60s'", value->as.string);
    else if (value->kind == FM_VALUE_INT)
        snprintf(text, size, "%lld", (long long)value->as.i);
    else if (value->kind == FM_VALUE_FLOAT)
        snprintf(text, size, "%g", value->as.f);
    else
        snprintf(text, size, "%s", kind_names[value->kind]);
}

static void describe_taken(const fm_param *param, char *text, size_t size) {
    size_t used = 0;
    text[0] = 0;
    for (int kind = FM_VALUE_NONE; kind <= FM_VALUE_SYMMETRY && used < size; kind++)
        if (param->takes >> kind & 1)
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? " or " : "",
                                     kind_names[kind]);
}

static fm_status missing(const fm_row *row, int p, fm_error *error) {
    fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1, "'%s' is missing", row->params[p].name);
    return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
}

/* A failed conversion told as the operation's. */
static fm_status name_argument(fm_status status, const fm_row *row, int p, fm_error *error) {
    if (status == FM_OK || !error) return status;
    char text[sizeof error->message];
    const char *exception = error->exception;
    snprintf(text, sizeof text, "%s", error->message);
    fm_fail_op(error, status, row->name, p + 1, "%.300s", text);
    return fm_fail_as(error, exception, status);
}

/* A text times integers: NumPy has a loop for it, which wants another way to be called. */
static bool repeats_text(const fm_row *row, int p, const fm_value *values) {
    const fm_value *other = &values[p == 0];
    if (p > 1 || (strcmp(row->name, "multiply") != 0 && strcmp(row->name, "kron") != 0))
        return false;
    if (other->kind != FM_VALUE_TENSOR) return other->kind == FM_VALUE_INT;
    char kind = fm_dtype_kind(other->as.tensor->layout->dtype);
    return kind == 'i' || kind == 'u';
}

/* The class that NumPy raises for a value of another kind: for texts as operands one of its own
   where it looks for a loop of the operands' dtypes, or where it converts to floats first. */
static const char *class_of_misfit(const fm_row *row, int p, const fm_value *values) {
    const fm_value *value = &values[p];
    static const char *const looks[] = {
        "abs",           "absolute", "add",       "equal",      "fmax",     "fmin",    "greater",
        "greater_equal", "kron",     "less",      "less_equal", "max",      "maximum", "min",
        "minimum",       "multiply", "not_equal", "negative",   "positive", "sign",    "subtract",
        "amax",          "amin",     "clip",      "gcd",        "lcm",
    };
    if (value->kind != FM_VALUE_STRING || !(row->params[p].takes & FM_TAKES_TENSOR))
        return "TypeError";
    if (!strncmp(row->name, "stats.", 6)) return "ValueError";
    if (repeats_text(row, p, values)) return "TypeError";
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (!strcmp(looks[i], row->name)) return "UFuncTypeError";
    return "TypeError";
}

static fm_status check_value(fm_context *ctx, const fm_row *row, int p, fm_bound_call *call,
                             fm_error *error) {
    fm_value *value = &call->values[p];
    const fm_param *param = &row->params[p];
    if (value->kind == FM_VALUE_UNSET && param->flags & FM_PARAM_REQUIRED)
        return missing(row, p, error);
    if (param->flags & FM_PARAM_PAIR &&
        (value->kind == FM_VALUE_UNSET) != (value[1].kind == FM_VALUE_UNSET))
        return missing(row, value->kind == FM_VALUE_UNSET ? p : p + 1, error);
    bool strict = param->flags & FM_PARAM_STRICT && value->kind != FM_VALUE_TENSOR;
    bool taken = !strict && accept(param, value);
    if (!taken && !strict)
        FM_TRY(name_argument(fm_coerce(ctx, param, value, &call->arena, &taken, error), row, p,
                             error));
    if (!taken) {
        char given[80], kinds[160];
        describe(value, given, sizeof given);
        describe_taken(param, kinds, sizeof kinds);
        fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1, "'%s' takes %s, but %s was given",
                   param->name, kinds, given);
        return fm_fail_as(error, class_of_misfit(row, p, call->values), FM_ERR_ARGUMENT);
    }
    /* One integer where a list is taken: its storage is the call's. */
    if (value->kind == FM_VALUE_INT && param->takes & FM_TAKES_INTS &&
        !(param->takes & (FM_TAKES_INT | FM_TAKES_FLOAT | FM_TAKES_TENSOR))) {
        call->single[p] = value->as.i;
        *value = fm_value_ints(&call->single[p], 1);
    }
    return FM_OK;
}

static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_TUPLE || value->kind == FM_VALUE_LIST;
}

static fm_status bad_extra(const fm_row *row, const char *name, const char *wanted,
                           fm_error *error) {
    fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0, "'%s' takes %s", name, wanted);
    return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
}

/* `out`: a tensor, or a tuple with one or None for each output. */
static fm_status take_out(const fm_row *row, const fm_value *value, fm_extras *extras,
                          fm_error *error) {
    bool tuple = is_list(value);
    uint32_t count = tuple ? value->count : 1;
    if (value->kind == FM_VALUE_NONE) return FM_OK;
    if (tuple && count != row->nout)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0,
                          "'out' holds %u tensors, but it has %d outputs", count, row->nout);
    if (!tuple && row->nout > 1)
        return bad_extra(row, "out", "a tuple with a tensor for each output", error);
    for (uint32_t o = 0; o < count; o++) {
        const fm_value *one = tuple ? &value->as.items[o] : value;
        if (one->kind != FM_VALUE_TENSOR && one->kind != FM_VALUE_NONE)
            return bad_extra(row, "out", "a tensor for each output", error);
        extras->out[o] = one->kind == FM_VALUE_TENSOR ? one->as.tensor : NULL;
        extras->given |= extras->out[o] != NULL;
    }
    extras->nout = (int)count;
    return FM_OK;
}

/* Keywords beside the row's own. *taken: it was one. */
static fm_status take_extra(fm_context *ctx, const fm_row *row, const char *name,
                            const fm_value *value, fm_bound_call *call, bool *taken,
                            fm_error *error) {
    static const char *const castings[] = {"no", "equiv", "safe", "same_kind", "unsafe"};
    fm_extras *extras = &call->extras;
    bool ufunc = row->flags & FM_ROW_UFUNC;
    *taken = true;
    if (!strcmp(name, "out") && row->nout > 0) return take_out(row, value, extras, error);
    if (row->flags & FM_ROW_CREATES && (!strcmp(name, "like") || !strcmp(name, "subok")))
        return FM_OK;
    if (row->flags & FM_ROW_CREATES && !strcmp(name, "device")) {
        if (value->kind == FM_VALUE_NONE ||
            (value->kind == FM_VALUE_STRING && !strcmp(value->as.string, "cpu")))
            return FM_OK;
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0, "'device' is \"cpu\" or None");
    }
    if (ufunc && (!strcmp(name, "order") || !strcmp(name, "subok"))) return FM_OK;
    if (ufunc && !strcmp(name, "where")) {
        const fm_tensor *mask;
        FM_TRY(fm_coerce_array(ctx, value, &call->arena, &mask, error));
        if (mask && mask->layout->dtype != FM_BOOL)
            return bad_extra(row, "where", "a mask of dtype bool", error);
        extras->where = mask ? fm_value_tensor(mask) : *value;
        extras->given |= value->kind != FM_VALUE_BOOL || !value->as.i;
        return FM_OK;
    }
    if (ufunc && !strcmp(name, "dtype")) {
        if (value->kind == FM_VALUE_NONE) return FM_OK;
        extras->dtype = value->kind == FM_VALUE_DTYPE    ? value->as.dtype
                        : value->kind == FM_VALUE_STRING ? fm_dtype_parse(value->as.string)
                                                         : FM_DTYPE_NONE;
        extras->given = true;
        return extras->dtype ? FM_OK : bad_extra(row, "dtype", "a dtype", error);
    }
    if (ufunc && !strcmp(name, "casting")) {
        extras->given = true;
        for (int i = 0; i < 5 && value->kind == FM_VALUE_STRING; i++)
            if (!strcmp(value->as.string, castings[i])) {
                extras->casting = (fm_casting)(FM_CAST_NO + i);
                return FM_OK;
            }
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0,
                          "'casting' is one of no, equiv, safe, same_kind, unsafe");
    }
    *taken = false;
    return FM_OK;
}

static bool has_complex_number(const fm_value *value) {
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    for (uint32_t i = 0; list && i < value->count; i++)
        if (has_complex_number(&value->as.items[i])) return true;
    return value->kind == FM_VALUE_COMPLEX;
}

/* array and its kin make new arrays of lists and numbers: never without a copy, and of complex
   numbers no real ones. */
static fm_status check_object(const fm_row *row, const fm_value *given, const fm_bound_call *call,
                              fm_error *error) {
    bool made = given->kind != FM_VALUE_TENSOR, cuts = has_complex_number(given);
    for (int p = 1; p < row->nparams && made; p++) {
        const fm_value *value = &call->values[p];
        if (!strcmp(row->params[p].name, "copy") && value->kind == FM_VALUE_BOOL && !value->as.i)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1,
                              "no copy is allowed, but an array is made of the values given");
        if (cuts && value->kind == FM_VALUE_DTYPE && value->as.dtype != FM_BOOL &&
            fm_dtype_kind(value->as.dtype) != 'c')
            return fm_fail_op(error, FM_ERR_DTYPE, row->name, p + 1,
                              "dtype %s, which a complex number does not become",
                              fm_dtype_name(value->as.dtype));
    }
    return FM_OK;
}

/* The variadic parameter that a positional argument belongs to; -1: none. One list of tensors is
   its value as it is. */
static int variadic_of(const fm_row *row, const fm_argument *arguments, size_t i, size_t count) {
    for (int p = 0; p < row->nparams && (size_t)p <= i; p++) {
        if (!(row->params[p].flags & FM_PARAM_VARIADIC)) continue;
        bool alone = (size_t)p == i && (i + 1 == count || arguments[i + 1].name);
        fm_value_kind kind = arguments[i].value.kind;
        return alone && (kind == FM_VALUE_TENSORS || kind == FM_VALUE_INTS) ? -1 : p;
    }
    return -1;
}

/* Appends an argument to a variadic parameter's list, which has room for all of them. */
static fm_status gather(const fm_argument *argument, size_t count, int p, fm_bound_call *call,
                        fm_error *error) {
    fm_value *list = &call->values[p];
    if (list->kind == FM_VALUE_UNSET) {
        fm_value *items = fm_arena_get(&call->arena, count * sizeof *items);
        FM_CHECK(items, error, FM_ERR_MEMORY, "no memory for a list");
        *list = (fm_value){.kind = FM_VALUE_LIST, .as.items = items};
    }
    ((fm_value *)(uintptr_t)list->as.items)[list->count++] = argument->value;
    return FM_OK;
}

static fm_status place(fm_context *ctx, const fm_row *row, const fm_argument *arguments, size_t i,
                       size_t count, fm_bound_call *call, fm_error *error) {
    const char *name = arguments[i].name;
    bool known = false, taken = false;
    int p = (int)i, many = name ? -1 : variadic_of(row, arguments, i, count);
    if (many >= 0) return gather(&arguments[i], count, many, call, error);
    for (int q = 0; name && q < row->nparams && !known; q++) {
        known = !strcmp(row->params[q].name, name);
        if (known) p = q;
    }
    fm_value_kind kind = arguments[i].value.kind;
    bool may_be_out = kind == FM_VALUE_TENSOR || kind == FM_VALUE_TUPLE || kind == FM_VALUE_NONE;
    if (!name && i == row->nparams && row->flags & FM_ROW_UFUNC && may_be_out) name = "out";
    if (name && !known)
        FM_TRY(take_extra(ctx, row, name, &arguments[i].value, call, &taken, error));
    if (taken) return FM_OK;
    if (name) {
        FM_TRY(find_parameter(row, name, &p, error));
    } else if (i >= row->nparams) {
        fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0,
                   "%zu arguments were given, but it takes %d", count, row->nparams);
        return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
    }
    if (call->values[p].kind != FM_VALUE_UNSET) {
        fm_fail_op(error, FM_ERR_ARGUMENT, row->name, p + 1, "'%s' was given twice",
                   row->params[p].name);
        return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
    }
    call->values[p] = arguments[i].value;
    return FM_OK;
}

fm_status fm_bind(fm_context *ctx, const char *op, const fm_argument *arguments, size_t count,
                  fm_bound_call *call, fm_error *error) {
    memset(call, 0, sizeof *call);
    call->extras.casting = FM_CAST_SAME_KIND;
    FM_CHECK(op, error, FM_ERR_NOT_FOUND, "an operation's name is missing");
    const fm_row *row = call->row = fm_op_is_internal(op) ? NULL : fm_row_find(op);
    if (!row) return fm_unknown_op(op, error);
    if (row->with_one && count == 1) row = call->row = fm_row_find(row->with_one);
    if (row->flags & FM_ROW_INTERLEAVED)
        FM_TRY(fm_interleave(row, &arguments, &count, &call->arena, error));
    for (size_t i = 0; i < count; i++) FM_TRY(place(ctx, row, arguments, i, count, call, error));
    const fm_value object = call->values[0];
    for (int p = 0; p < row->nparams; p++) FM_TRY(check_value(ctx, row, p, call, error));
    bool makes = (row->flags & (FM_ROW_CREATES | FM_ROW_REPLY)) == FM_ROW_CREATES &&
                 row->family == FM_FAMILY_SHAPING && object.kind != FM_VALUE_TENSOR;
    return makes ? check_object(row, &object, call, error) : FM_OK;
}

void fm_bind_release(fm_bound_call *call) {
    fm_arena_clear(&call->arena);
}
