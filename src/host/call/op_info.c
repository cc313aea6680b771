/* The rows of the operations as the public contract shows them. */
#include "call/blocked.h"
#include "cost/weights.h"
#include "ops/row.h"

#include <flopmeter/registry.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(FM_MAX_PARAMS == sizeof((fm_op_info *)0)->param / sizeof(const char *),
               "fm_op_info has room for every parameter of a row");

bool fm_op_is_internal(const char *name) {
    const char *last = strrchr(name, '.');
    return *(last ? last + 1 : name) == '_';
}

/* The row at that place of all families, one after the other, without the internal ones; past the
   last NULL, and *index is how many are missing. */
static const fm_row *row_at(int *index) {
    for (int family = 0; family < FM_FAMILY_COUNT; family++) {
        const fm_row_table *table = fm_row_tables(family);
        for (int i = 0; i < table->count; i++)
            if (!fm_op_is_internal(table->rows[i].name) && (*index)-- == 0) return &table->rows[i];
    }
    return NULL;
}

int fm_op_count(void) {
    int rest = INT32_MAX;
    row_at(&rest);
    return INT32_MAX - rest;
}

static fm_status describe(const fm_row *row, fm_op_info *info) {
    if (!row) return FM_ERR_NOT_FOUND;
    const char *weighs_as = row->cost_name ? row->cost_name : row->name;
    *info = (fm_op_info){.name = row->name,
                         .formula = row->formula,
                         .dtypes = row->dtypes,
                         .meaning = row->meaning,
                         .weighs_as = weighs_as,
                         .weight = fm_weights_of(NULL, true, weighs_as),
                         .ulp = row->ulp,
                         .outputs = row->nout,
                         .ufunc = (row->flags & FM_ROW_UFUNC) != 0,
                         .host = (row->flags & FM_ROW_HOST) != 0,
                         .nparams = row->nparams};
    for (int p = 0; p < row->nparams; p++) {
        const fm_param *param = &row->params[p];
        info->param[p] = param->name;
        info->required[p] = (param->flags & FM_PARAM_REQUIRED) != 0;
        info->in_place[p] = (param->flags & FM_PARAM_IN_PLACE) != 0;
        info->variadic[p] = (param->flags & FM_PARAM_VARIADIC) != 0;
        info->takes[p] = param->takes;
    }
    return FM_OK;
}

/* The row that users may name. */
static const fm_row *row_of(const char *name) {
    return name && !fm_op_is_internal(name) ? fm_row_find(name) : NULL;
}

fm_status fm_op_info_at(int index, fm_op_info *info) {
    return index < 0 ? FM_ERR_NOT_FOUND : describe(row_at(&index), info);
}

fm_status fm_op_info_find(const char *name, fm_op_info *info) {
    return describe(row_of(name), info);
}

static size_t default_text(const fm_value *value, char *buffer, size_t size) {
    int used = 0;
    switch (value->kind) {
    case FM_VALUE_BOOL:
        return (size_t)snprintf(buffer, size, "%s", value->as.i ? "True" : "False");
    case FM_VALUE_INT:
        return (size_t)snprintf(buffer, size, "%" PRId64, value->as.i);
    case FM_VALUE_FLOAT:
        used = snprintf(buffer, size, "%.17g", value->as.f);
        for (int digits = 1; digits < 17 && strtod(buffer, NULL) != value->as.f; digits++)
            used = snprintf(buffer, size, "%.*g", digits, value->as.f);
        return (size_t)used;
    case FM_VALUE_STRING:
        return (size_t)snprintf(buffer, size, "'%s'", value->as.string);
    case FM_VALUE_DTYPE:
        return (size_t)snprintf(buffer, size, "%s", fm_dtype_name(value->as.dtype));
    case FM_VALUE_INTS:
        used = snprintf(buffer, size, "(");
        for (uint32_t i = 0; i < value->count && (size_t)used < size; i++)
            used += snprintf(buffer + used, size - (size_t)used, "%s%" PRId64, i ? ", " : "",
                             value->as.ints[i]);
        if ((size_t)used >= size) return (size_t)used;
        return (size_t)(used + snprintf(buffer + used, size - (size_t)used, ")"));
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
    case FM_VALUE_TENSORS:
        return (size_t)snprintf(buffer, size, "()");
    default:
        return (size_t)snprintf(buffer, size, "None");
    }
}

const char *fm_op_default(const char *op, int param, char *buffer, size_t size) {
    const fm_row *row = row_of(op);
    if (size > 0) *buffer = 0;
    if (!row || param < 0 || param >= row->nparams) return buffer;
    if (!(row->params[param].flags & (FM_PARAM_REQUIRED | FM_PARAM_VARIADIC)))
        default_text(&row->params[param].otherwise, buffer, size);
    return buffer;
}

const char *fm_op_signature(const char *op, char *buffer, size_t size) {
    const fm_row *row = row_of(op);
    size_t used = 0;
    if (size > 0) *buffer = 0;
    if (!row || size == 0) return buffer;
    used += (size_t)snprintf(buffer, size, "%s(", row->name);
    for (int p = 0; p < row->nparams && used < size; p++) {
        const fm_param *param = &row->params[p];
        bool variadic = param->flags & FM_PARAM_VARIADIC, given = param->flags & FM_PARAM_REQUIRED;
        used += (size_t)snprintf(buffer + used, size - used, "%s%s%s%s", p ? ", " : "",
                                 variadic ? "*" : "", param->name, given || variadic ? "" : "=");
        if (!given && !variadic && used < size)
            used += default_text(&param->otherwise, buffer + used, size - used);
    }
    if (used < size) snprintf(buffer + used, size - used, ")");
    return buffer;
}
