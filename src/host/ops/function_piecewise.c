/* piecewise(x, condlist, funclist, *args): where each condition holds, its function's value. */
#include "ops/args.h"
#include "ops/function.h"
#include "ops/program.h"

#include <string.h>

enum { P_X, P_CONDLIST, P_FUNCLIST, P_FURTHER };

fm_status fm_infer_piecewise(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    fm_operands_clear(r);
    const fm_layout *x = fm_operand_add(bound, r, P_X, 0);
    r->compute = x->dtype;
    fm_output_set(r, 0, x->dtype, x->ndim, fm_layout_shape(x));
    return FM_OK;
}

fm_status fm_cost_of_piecewise(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    fm_status status =
        fm_cost_elements(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0]));
    return fm_cost_result(bound, status, error);
}

static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
}

/* Conditions given one by one, or as one condition, or as one array of them. */
static const fm_tensor *conditions(fm_program *p, const fm_tensor *x) {
    fm_value list = p->values[P_CONDLIST];
    bool one = !is_list(&list) && list.kind != FM_VALUE_TENSORS;
    if (list.kind == FM_VALUE_TENSOR) one = list.as.tensor->layout->ndim < 2 && x->layout->ndim > 0;
    if (is_list(&list) && list.count > 0) {
        fm_value_kind first = list.as.items[0].kind;
        one = first != FM_VALUE_LIST && first != FM_VALUE_TENSOR && x->layout->ndim > 0;
    }
    fm_value single[1] = {list};
    if (one) list = (fm_value){.kind = FM_VALUE_LIST, .count = 1, .as.items = single};
    const fm_tensor *all = fm_program_as_tensor(p, &list);
    return fm_program_cast(p, all, FM_BOOL);
}

/* A condition for leading axes of x holds for all elements behind them. */
static const fm_tensor *spread(fm_program *p, const fm_tensor *mask, const fm_tensor *x) {
    int64_t shape[FM_MAX_NDIM];
    const int n = mask->layout->ndim, ndim = x->layout->ndim;
    bool none = false; /* an axis without elements goes with any: it is true nowhere */
    for (int d = 0; d < n; d++) {
        int64_t extent = fm_layout_shape(mask->layout)[d];
        if (n > ndim || (extent != fm_layout_shape(x->layout)[d] && extent != 0)) {
            fm_program_raise(p, FM_ERR_SHAPE, "IndexError", P_CONDLIST + 1,
                             "a condition does not have the shape of argument 1");
            return NULL;
        }
        none |= extent == 0;
    }
    if (none) return FM_DO(p, "zeros", V_INTS(fm_layout_shape(x->layout), ndim), V_D(FM_BOOL));
    if (n == ndim) return mask;
    for (int d = 0; d < ndim; d++) shape[d] = d < n ? fm_layout_shape(mask->layout)[d] : 1;
    fm_tensor *thin = FM_DO(p, "reshape", V_T(mask), V_INTS(shape, ndim));
    return FM_DO(p, "broadcast_to", V_T(thin), V_INTS(fm_layout_shape(x->layout), ndim));
}

/* Writes a function's values of the elements for which the condition holds. */
static void apply_where(fm_program *p, const fm_value *function, const fm_tensor *x,
                        const fm_tensor *mask, const fm_tensor *y) {
    fm_value inputs[FM_MAX_PARAMS];
    const fm_value *further = &p->values[P_FURTHER];
    fm_tensor *places =
        FM_DO(p, "_nonzero_flat", V_T(FM_DO(p, "ravel", V_T(FM_DO(p, "copy", V_T(mask))))));
    if (!places || places->layout->size == 0) return;
    int64_t count = places->layout->size;
    inputs[0] = V_T(FM_DO(p, "take", V_T(FM_DO(p, "ravel", V_T(x))), V_T(places)));
    for (uint32_t i = 0; i < further->count && i + 1 < FM_MAX_PARAMS; i++)
        inputs[i + 1] = further->as.items[i];
    const fm_tensor *out = fm_do_function(p, function, inputs, 1 + (int)further->count);
    if (!out) return;
    fm_tensor *values = FM_DO(p, "astype", V_T(out), V_D(y->layout->dtype));
    values = FM_DO(p, "copy", V_T(FM_DO(p, "broadcast_to", V_T(values), V_INTS(&count, 1))));
    fm_value scatter[3] = {V_T(FM_DO(p, "ravel", V_T(y))), V_T(places), V_T(values)};
    (void)fm_do(p, FM_ROW_ONCE("_scatter"), scatter, 3);
}

static void set_where(fm_program *p, const fm_value *value, const fm_tensor *mask,
                      const fm_tensor *y) {
    const fm_tensor *number = fm_program_as_tensor(p, value);
    if (!number) {
        fm_program_raise(p, FM_ERR_ARGUMENT, "TypeError", P_FUNCLIST + 1,
                         "it holds something that is neither a function nor a number");
        return;
    }
    const fm_tensor *chosen = fm_program_cast(p, number, y->layout->dtype);
    FM_DO_INTO(p, y, "where", V_T(mask), V_T(chosen), V_T(y));
}

static bool is_function(const fm_value *value) {
    return value->kind == FM_VALUE_FUNCTION || value->kind == FM_VALUE_STRING;
}

/* Conditions as one array, or where they are masks of x's shape as they were given, one by one. */
typedef struct cases {
    const fm_tensor *all;  /* NULL where there are masks */
    const fm_value *masks; /* NULL where there is one array */
    int64_t n;
} cases;

static bool are_masks(const fm_value *list, const fm_layout *x) {
    if (!is_list(list) || list->count == 0 || x->ndim == 0) return false;
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->as.items[i].kind != FM_VALUE_TENSOR) return false;
        const fm_layout *own = list->as.items[i].as.tensor->layout;
        if (own->dtype != FM_BOOL || own->flags & FM_LAYOUT_WEAK || own->ndim != x->ndim ||
            memcmp(fm_layout_shape(own), fm_layout_shape(x), (size_t)x->ndim * sizeof(int64_t)))
            return false;
    }
    return true;
}

static bool read_cases(fm_program *p, const fm_tensor *x, cases *c) {
    const fm_value *list = &p->values[P_CONDLIST];
    *c = (cases){NULL, NULL, 0};
    if (are_masks(list, x->layout)) {
        *c = (cases){NULL, list->as.items, list->count};
        return true;
    }
    c->all = conditions(p, x);
    if (c->all && c->all->layout->ndim) c->n = fm_layout_shape(c->all->layout)[0];
    return c->all != NULL;
}

static const fm_tensor *mask_at(fm_program *p, const cases *c, int64_t i) {
    if (c->masks) return c->masks[i].as.tensor;
    fm_tensor *row = FM_DO(p, "_slice", V_T(c->all), V_I(0), V_I(i), V_I(1), V_I(1));
    return FM_DO(p, "squeeze", V_T(row), V_I(0));
}

/* Where no condition holds. */
static const fm_tensor *otherwise_of(fm_program *p, const cases *c) {
    if (!c->masks) return FM_DO(p, "logical_not", V_T(FM_DO(p, "any", V_T(c->all), V_I(0))));
    const fm_tensor *some = mask_at(p, c, 0);
    for (int64_t i = 1; i < c->n; i++)
        some = FM_DO(p, "logical_or", V_T(some), V_T(mask_at(p, c, i)));
    return FM_DO(p, "logical_not", V_T(some));
}

fm_status fm_run_piecewise(fm_program *p) {
    const fm_tensor *x = fm_program_tensor(p, P_X);
    const fm_value *functions = &p->values[P_FUNCLIST];
    cases c;
    if (!x || !read_cases(p, x, &c)) return p->status;
    const int64_t n = c.n;
    if (!is_list(functions) || (functions->count != n && functions->count != n + 1))
        return fm_program_fail(p, FM_ERR_ARGUMENT, P_FUNCLIST + 1,
                               "with %lld conditions, either %lld or %lld functions are expected",
                               (long long)n, (long long)n, (long long)n + 1);
    fm_tensor *y = FM_DO(p, "zeros", V_INTS(fm_layout_shape(x->layout), x->layout->ndim),
                         V_D(x->layout->dtype));
    const fm_tensor *otherwise = functions->count == n + 1 ? otherwise_of(p, &c) : NULL;
    for (uint32_t i = 0; i < functions->count && p->status == FM_OK; i++) {
        const fm_tensor *mask = i < n ? mask_at(p, &c, i) : otherwise;
        if (mask) mask = spread(p, mask, x);
        if (!mask || y->layout->size == 0) continue;
        if (is_function(&functions->as.items[i]))
            apply_where(p, &functions->as.items[i], x, mask, y);
        else
            set_where(p, &functions->as.items[i], mask, y);
    }
    fm_program_return(p, 0, y);
    return p->status;
}
