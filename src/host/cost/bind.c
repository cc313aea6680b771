/* Positional and named values to a formula's parameters, checked against what each takes. */
#include "cost/bind.h"

#include "core/detail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
    [FM_FORMULA_COUNT] = "an integer of at least 0",
    [FM_FORMULA_INTEGER] = "an integer",
    [FM_FORMULA_FLAG] = "true or false",
    [FM_FORMULA_TEXT] = "a text",
    [FM_FORMULA_SHAPE] = "a shape",
    [FM_FORMULA_SHAPES] = "a shape",
    [FM_FORMULA_AXES] = "None, an axis or a list of axes",
    [FM_FORMULA_ORDER] = "None, a number, 'inf', '-inf', 'fro' or 'nuc'",
};

static fm_status refuse(const fm_formula *row, const fm_formula_param *param, fm_error *error) {
    int position = (int)(param - row->param) + 1;
    fm_fail_op(error, FM_ERR_ARGUMENT, row->name, position, "%s takes %s", param->name,
               kind_names[param->kind]);
    return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
}

/* A list of integers, or one integer kept in the call. */
static bool take_list(const fm_value *value, fm_formula_call *call, fm_extents *out) {
    if (value->kind == FM_VALUE_INTS) {
        *out = (fm_extents){(int)value->count, value->as.ints};
        return value->count <= FM_MAX_NDIM;
    }
    int room = (int)(sizeof call->single / sizeof call->single[0]);
    if (value->kind != FM_VALUE_INT || call->nsingle == room) return false;
    call->single[call->nsingle] = value->as.i;
    *out = (fm_extents){1, &call->single[call->nsingle++]};
    return true;
}

static fm_status take_shape(const fm_formula *row, const fm_formula_param *param,
                            const fm_value *value, fm_formula_call *call, fm_extents *out,
                            fm_error *error) {
    if (!take_list(value, call, out)) return refuse(row, param, error);
    for (int i = 0; i < out->ndim; i++)
        if (out->dims[i] < 0)
            return fm_fail_op(error, FM_ERR_SHAPE, row->name, (int)(param - row->param) + 1,
                              "%s: axis %d is %lld", param->name, i, (long long)out->dims[i]);
    return FM_OK;
}

static fm_status take_integer(const fm_formula *row, const fm_formula_param *param,
                              const fm_value *value, fm_formula_arg *arg, fm_error *error) {
    bool flag = value->kind == FM_VALUE_BOOL && param->kind == FM_FORMULA_FLAG;
    if (value->kind != FM_VALUE_INT && !flag) return refuse(row, param, error);
    if (param->kind == FM_FORMULA_COUNT && value->as.i < 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, (int)(param - row->param) + 1,
                          "%s is %lld, and takes %s", param->name, (long long)value->as.i,
                          kind_names[param->kind]);
    arg->integer = value->as.i;
    return FM_OK;
}

static fm_status take_order(const fm_formula *row, const fm_formula_param *param,
                            const fm_value *value, fm_formula_arg *arg, fm_error *error) {
    const char *text = value->kind == FM_VALUE_STRING ? value->as.string : NULL;
    if (value->kind == FM_VALUE_INT)
        arg->number = (double)value->as.i;
    else if (value->kind == FM_VALUE_FLOAT)
        arg->number = value->as.f;
    else if (text != NULL && (strcmp(text, "fro") == 0 || strcmp(text, "nuc") == 0))
        arg->text = text;
    else if (text != NULL && (strcmp(text, "inf") == 0 || strcmp(text, "-inf") == 0))
        arg->number = text[0] == '-' ? -INFINITY : INFINITY;
    else
        return refuse(row, param, error);
    return FM_OK;
}

static bool takes_none(const fm_formula_param *param) {
    return param->otherwise != NULL && strcmp(param->otherwise, "None") == 0;
}

static fm_status take(const fm_formula *row, int index, const fm_value *value,
                      fm_formula_call *call, fm_error *error) {
    const fm_formula_param *param = &row->param[index];
    fm_formula_arg *arg = &call->arg[index];
    arg->none = value->kind == FM_VALUE_NONE;
    if (arg->none) return takes_none(param) ? FM_OK : refuse(row, param, error);
    switch (param->kind) {
    case FM_FORMULA_COUNT:
    case FM_FORMULA_INTEGER:
    case FM_FORMULA_FLAG:
        return take_integer(row, param, value, arg, error);
    case FM_FORMULA_TEXT:
        if (value->kind != FM_VALUE_STRING || value->as.string == NULL)
            return refuse(row, param, error);
        arg->text = value->as.string;
        return FM_OK;
    case FM_FORMULA_SHAPE:
        return take_shape(row, param, value, call, &arg->shape, error);
    case FM_FORMULA_SHAPES:
        if (arg->nshapes == FM_BIND_SHAPES)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, index + 1, "more than %d shapes",
                              FM_BIND_SHAPES);
        arg->shapes = call->shapes;
        return take_shape(row, param, value, call, &call->shapes[arg->nshapes++], error);
    case FM_FORMULA_AXES:
        return take_list(value, call, &arg->shape) ? FM_OK : refuse(row, param, error);
    case FM_FORMULA_ORDER:
        return take_order(row, param, value, arg, error);
    }
    return refuse(row, param, error);
}

/* The default of a parameter that was not given. */
static fm_status take_default(const fm_formula *row, int index, fm_formula_call *call,
                              fm_error *error) {
    const fm_formula_param *param = &row->param[index];
    fm_formula_arg *arg = &call->arg[index];
    if (param->kind == FM_FORMULA_SHAPES) return FM_OK;
    if (param->otherwise == NULL)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, index + 1, "%s is missing",
                          param->name);
    arg->none = takes_none(param);
    if (!arg->none) arg->integer = strtoll(param->otherwise, NULL, 10); /* "False" is 0 */
    return FM_OK;
}

static int count_params(const fm_formula *row) {
    int count = 0;
    while (count < FM_FORMULA_PARAMS && row->param[count].name != NULL) count++;
    return count;
}

/* The parameter of a named argument. */
static fm_status find_param(const fm_formula *row, const char *name, int *index, fm_error *error) {
    char known[160] = "";
    size_t used = 0;
    for (int i = 0; i < count_params(row); i++) {
        if (strcmp(row->param[i].name, name) == 0) {
            *index = i;
            return FM_OK;
        }
        if (used < sizeof known)
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? " " : "",
                                     row->param[i].name);
    }
    return fm_fail_op(error, FM_ERR_NOT_FOUND, row->name, 0, "no parameter '%.40s'; known: %s",
                      name, known);
}

fm_status fm_formula_bind(const fm_formula *row, const fm_argument *arguments, size_t narguments,
                          fm_formula_call *out, fm_error *error) {
    bool given[FM_FORMULA_PARAMS] = {false};
    int count = count_params(row), next = 0, index = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < narguments; i++) {
        if (arguments[i].name != NULL) {
            FM_TRY(find_param(row, arguments[i].name, &index, error));
        } else {
            if (next == count)
                return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0,
                                  "%zu arguments, at most %d are taken", narguments, count);
            index = next;
            if (row->param[index].kind != FM_FORMULA_SHAPES) next++;
        }
        if (given[index] && row->param[index].kind != FM_FORMULA_SHAPES)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, index + 1, "%s is given twice",
                              row->param[index].name);
        given[index] = true;
        FM_TRY(take(row, index, &arguments[i].value, out, error));
    }
    for (int i = 0; i < count; i++)
        if (!given[i]) FM_TRY(take_default(row, i, out, error));
    return FM_OK;
}
