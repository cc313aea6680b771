/* as_symmetric, is_symmetric, symmetrize and random.symmetric: tensors whose elements do not change
   when a group permutes their axes. */
#include "ops/symmetric.h"
#include "ops/args.h"
#include "ops/param.h"
#include "ops/program.h"

#include <stdio.h>
#include <string.h>

/* One block: its axes as integers. -1 where the value is no list of integers. */
static int read_axes(const fm_value *value, int *axes, int room) {
    const int64_t *ints;
    int count = -1;
    if (value->kind == FM_VALUE_INTS) {
        count = fm_arg_ints(value, &ints);
        for (int i = 0; i < count && i < room; i++) axes[i] = (int)ints[i];
    } else if (value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE) {
        count = (int)value->count;
        for (int i = 0; i < count && i < room; i++) {
            if (value->as.items[i].kind != FM_VALUE_INT) return -1;
            axes[i] = (int)value->as.items[i].as.i;
        }
    }
    return count;
}

static fm_status refuse_kind(const fm_bound *bound, int param, fm_error *error) {
    fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
               "a symmetry is a group, a list of axes or a list of such lists");
    return fm_fail_as(error, "TypeError", FM_ERR_ARGUMENT);
}

static fm_status young(const fm_bound *bound, int param, const fm_value *value,
                       const fm_symmetry **out, fm_error *error) {
    int sizes[FM_MAX_NDIM], axes[FM_MAX_NDIM + 1], count = 0;
    if (value->count > FM_MAX_NDIM) return refuse_kind(bound, param, error);
    for (uint32_t b = 0; b < value->count; b++) {
        sizes[b] = read_axes(&value->as.items[b], axes + count, FM_MAX_NDIM - count);
        if (sizes[b] < 0 || sizes[b] > FM_MAX_NDIM - count) return refuse_kind(bound, param, error);
        count += sizes[b];
    }
    return fm_symmetry_young((int)value->count, sizes, axes, out, error);
}

/* A failure of core as the operation's. */
static fm_status told(const fm_bound *bound, int param, fm_status status, fm_error *error) {
    char text[sizeof error->message];
    if (status == FM_OK || !error || error->op[0]) return status;
    memcpy(text, error->message, sizeof text);
    return fm_fail_op(error, status, bound->row->name, param + 1, "%s", text);
}

static fm_status check_fit(const fm_bound *bound, int param, int ndim, const int64_t *shape,
                           const fm_symmetry *group, fm_error *error) {
    int first, second;
    for (uint32_t i = 0; i < group->degree; i++)
        if (group->axis[i] >= ndim)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                              "axis %d of the symmetry is out of range for %d dimensions",
                              group->axis[i], ndim);
    if (!shape || fm_symmetry_fits(group, shape, &first, &second)) return FM_OK;
    fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
               "axes %d and %d are interchangeable, but have extents %lld and %lld", first, second,
               (long long)shape[first], (long long)shape[second]);
    return fm_fail_as(error, "SymmetryError", FM_ERR_SHAPE);
}

fm_status fm_symmetry_read(const fm_bound *bound, int param, int ndim, const int64_t *shape,
                           const fm_symmetry **out, fm_error *error) {
    const fm_value *value = &bound->values[param];
    int axes[FM_MAX_NDIM], count = read_axes(value, axes, FM_MAX_NDIM);
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    fm_status status = FM_OK;
    *out = NULL;
    if (fm_arg_absent(value))
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, param + 1,
                          "a symmetry must be given");
    if (value->kind == FM_VALUE_SYMMETRY)
        *out = fm_symmetry_retain(value->as.symmetry);
    else if (count > FM_MAX_NDIM || (count == 0 && list))
        return refuse_kind(bound, param, error);
    else if (count >= 0)
        status = fm_symmetry_symmetric(count, axes, out, error);
    else if (list)
        status = young(bound, param, value, out, error);
    else
        return refuse_kind(bound, param, error);
    status = told(bound, param, status, error);
    if (status == FM_OK) status = check_fit(bound, param, ndim, shape, *out, error);
    if (status == FM_OK) return FM_OK;
    fm_symmetry_release(*out);
    *out = NULL;
    return status;
}

static fm_status infer_symmetric(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_symmetry *group;
    fm_operands_clear(r);
    const fm_layout *a = fm_operand_add(bound, r, 0, 0);
    FM_TRY(fm_symmetry_read(bound, 1, a->ndim, fm_layout_shape(a), &group, error));
    fm_symmetry_release(group);
    r->compute = a->dtype;
    fm_output_set(r, 0, a->dtype, a->ndim, fm_layout_shape(a));
    return FM_OK;
}

static fm_status infer_symmetrize(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(infer_symmetric(bound, r, error));
    r->compute = r->out[0].dtype = fm_promote_types(r->compute, FM_FLOAT64);
    return FM_OK;
}

/* None is no symmetry, which nothing has. */
static fm_status infer_is_symmetric(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    if (!fm_arg_absent(&bound->values[1])) FM_TRY(infer_symmetric(bound, r, error));
    return fm_infer_nothing(bound, r, error);
}

static fm_status infer_random(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const fm_symmetry *group;
    int64_t shape[FM_MAX_NDIM];
    int ndim;
    FM_TRY(fm_arg_shape(bound, 0, false, &ndim, shape, error));
    FM_TRY(fm_symmetry_read(bound, 1, ndim, shape, &group, error));
    fm_symmetry_release(group);
    const fm_value *name = &bound->values[2];
    char full[64] = "random.";
    if (name->kind == FM_VALUE_STRING) {
        strncat(full, name->as.string, sizeof full - sizeof "random.");
        if (!fm_row_find(full)) {
            fm_fail_op(error, FM_ERR_NOT_FOUND, bound->row->name, 3,
                       "no distribution is named '%s'", name->as.string);
            return fm_fail_as(error, "AttributeError", FM_ERR_NOT_FOUND);
        }
    }
    fm_operands_clear(r);
    r->compute = FM_FLOAT64;
    fm_output_set(r, 0, FM_FLOAT64, ndim, shape);
    return FM_OK;
}

/* n samples, and as many sums as the group has elements. */
static fm_status cost_random(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    const fm_symmetry *group;
    fm_u128 size, units;
    FM_TRY(fm_symmetry_read(bound, 1, r->out[0].ndim, NULL, &group, error));
    uint64_t order = fm_symmetry_order(group);
    fm_symmetry_release(group);
    fm_status status = FM_ERR_OVERFLOW;
    if (fm_u128_extents(r->out[0].ndim, r->out[0].shape, &size)) {
        if (work->faults && size == 0) size = 1;
        if (fm_u128_mul(size, (fm_u128)order + 1, &units))
            status = fm_work_add_units(work, fm_row_cost_name(bound->row), units);
    }
    return fm_cost_close(bound, r, work, status, error);
}

/* a with its axes permuted as the element says. */
static fm_tensor *permuted(fm_program *p, const fm_tensor *a, const fm_symmetry *group,
                           const uint8_t *element) {
    int64_t axes[FM_MAX_NDIM];
    int ndim = a->layout->ndim;
    for (int d = 0; d < ndim; d++) axes[d] = d;
    for (uint32_t i = 0; i < group->degree; i++) axes[group->axis[i]] = group->axis[element[i]];
    return FM_DO(p, "transpose", V_T(a), V_INTS(axes, ndim));
}

static bool is_identity(const fm_symmetry *group, const uint8_t *element) {
    for (uint32_t i = 0; i < group->degree; i++)
        if (element[i] != i) return false;
    return true;
}

/* Whether a is close to itself permuted; *deviation is the largest difference where not. */
static bool is_invariant(fm_program *p, const fm_tensor *a, const fm_symmetry *group,
                         const uint8_t *element, double rtol, double atol, double *deviation) {
    if (a->layout->size == 0 || is_identity(group, element)) return true;
    fm_tensor *other = permuted(p, a, group, element);
    fm_tensor *close = FM_DO(p, "isclose", V_T(a), V_T(other), V_F(rtol), V_F(atol));
    fm_tensor *all = FM_DO(p, "all", V_T(close));
    bool invariant = p->status == FM_OK && fm_program_int(p, all);
    if (!invariant && deviation && p->status == FM_OK) {
        fm_tensor *x = FM_DO(p, "astype", V_T(a), V_D(FM_COMPLEX128));
        fm_tensor *y = FM_DO(p, "astype", V_T(other), V_D(FM_COMPLEX128));
        fm_tensor *apart =
            FM_DO(p, "max", V_T(FM_DO(p, "abs", V_T(FM_DO(p, "subtract", V_T(x), V_T(y))))));
        *deviation = fm_program_float(p, apart);
    }
    fm_program_drop(p, close);
    return invariant;
}

static const fm_symmetry *group_of(fm_program *p, int ndim) {
    const fm_bound bound = {.row = p->row, .values = p->values};
    const fm_symmetry *group;
    p->status = fm_symmetry_read(&bound, 1, ndim, NULL, &group, p->error);
    return p->status == FM_OK ? group : NULL;
}

enum { SHOWN = 200 };

static void show_axes(const fm_symmetry *group, char text[SHOWN]) {
    size_t used = 0;
    text[0] = 0;
    for (uint32_t i = 0; i < group->degree && used < SHOWN; i++)
        used += (size_t)snprintf(text + used, SHOWN - used, i ? ", %d" : "%d", group->axis[i]);
}

static const double atol = 1e-6, rtol = 1e-5;

/* The generators are enough: what each leaves alone, their products do. */
static fm_status run_as_symmetric(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_symmetry *group = a ? group_of(p, a->layout->ndim) : NULL;
    for (uint32_t g = 0; group && g < group->ngenerators && p->status == FM_OK; g++) {
        double deviation = 0;
        char axes[SHOWN];
        if (is_invariant(p, a, group, fm_symmetry_generator(group, (int)g), rtol, atol, &deviation))
            continue;
        show_axes(group, axes);
        fm_program_raise(p, FM_ERR_NUMERIC, "SymmetryError", 1,
                         "the values are not symmetric along axes (%s): they differ by up to %g, "
                         "and atol=%g and rtol=%g are allowed",
                         axes, deviation, atol, rtol);
    }
    fm_symmetry_release(group);
    fm_program_return(p, 0, a);
    return p->status;
}

static fm_status run_is_symmetric(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    if (fm_arg_absent(&p->values[1])) {
        fm_program_reply(p, V_B(false));
        return p->status;
    }
    const fm_symmetry *group = a ? group_of(p, a->layout->ndim) : NULL;
    bool symmetric = true;
    double allowed = fm_value_number(&p->values[3]).value.f;
    double relative = fm_value_number(&p->values[2]).value.f;
    uint32_t count = group ? group->nelements ? group->nelements : group->ngenerators : 0;
    for (uint32_t e = 0; e < count && symmetric; e++) {
        const uint8_t *element =
            group->nelements ? fm_symmetry_element(group, e) : fm_symmetry_generator(group, (int)e);
        symmetric = is_invariant(p, a, group, element, relative, allowed, NULL);
    }
    fm_symmetry_release(group);
    fm_program_reply(p, V_B(symmetric));
    return p->status;
}

/* The mean over the group of the tensor with its axes permuted. */
static const fm_tensor *mean_over_group(fm_program *p, const fm_tensor *a,
                                        const fm_symmetry *group) {
    if (!group->nelements) {
        fm_program_fail(p, FM_ERR_OVERFLOW, 2,
                        "the group has more than %llu elements, the limit of enumeration",
                        (unsigned long long)fm_symmetry_limit());
        return NULL;
    }
    fm_dtype dtype = fm_promote_types(a->layout->dtype, FM_FLOAT64);
    const fm_tensor *from = FM_DO(p, "astype", V_T(a), V_D(dtype));
    const fm_tensor *sum = from;
    for (uint32_t e = 1; e < group->nelements && p->status == FM_OK; e++) {
        const fm_tensor *more = permuted(p, from, group, fm_symmetry_element(group, e));
        const fm_tensor *next = FM_DO(p, "add", V_T(sum), V_T(more));
        fm_program_drop(p, more);
        if (sum != from) fm_program_drop(p, sum);
        sum = next;
    }
    return FM_DO(p, "divide", V_T(sum), V_F((double)group->nelements));
}

static fm_status run_symmetrize(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_symmetry *group = a ? group_of(p, a->layout->ndim) : NULL;
    if (group) fm_program_return(p, 0, mean_over_group(p, a, group));
    fm_symmetry_release(group);
    return p->status;
}

/* Samples of a distribution by name: rand and randn take the extents, the others `size`. */
static const fm_tensor *sample(fm_program *p, int ndim, const int64_t *shape) {
    const fm_value *name = &p->values[2];
    char full[64] = "random.";
    fm_value values[FM_MAX_PARAMS];
    if (name->kind == FM_VALUE_FUNCTION) {
        fm_value size = V_T(fm_program_from(p, FM_INT64, 1, (const int64_t[]){ndim}, shape));
        return fm_do_function(p, name, &size, 1);
    }
    strncat(full, name->as.string, sizeof full - sizeof "random.");
    const fm_row *row = fm_row_find(full);
    int at = 0;
    memset(values, 0, sizeof values);
    while (at < row->nparams && strcmp(row->params[at].name, "size") != 0) at++;
    if (at == row->nparams) at = 0; /* rand and randn: the extents themselves */
    values[at] = V_INTS(shape, ndim);
    return fm_do(p, row, values, at + 1);
}

static fm_status run_random(fm_program *p) {
    const fm_bound bound = {.row = p->row, .values = p->values};
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    p->status = fm_arg_shape(&bound, 0, false, &ndim, shape, p->error);
    const fm_tensor *drawn = p->status == FM_OK ? sample(p, ndim, shape) : NULL;
    const fm_symmetry *group = drawn ? group_of(p, ndim) : NULL;
    if (group && (drawn->layout->ndim != ndim ||
                  memcmp(fm_layout_shape(drawn->layout), shape, (size_t)ndim * sizeof *shape)))
        fm_program_fail(p, FM_ERR_SHAPE, 3, "the function gave another shape than was asked for");
    if (group) fm_program_return(p, 0, mean_over_group(p, drawn, group));
    fm_symmetry_release(group);
    return p->status;
}

#define ROW(name_, infer_, cost_, run_, formula_, meaning_)                                        \
    .name = (name_), .family = FM_FAMILY_SYMMETRY, .infer = (infer_), .cost = (cost_),             \
    .run = (run_), .formula = (formula_), .dtypes = "bool int float complex",                      \
    .meaning = (meaning_)
#define SYMMETRY FM_P_ANY("symmetry")
#define TOLERANCE(name_, value_)                                                                   \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_FLOAT, .otherwise = {                                   \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }

static const fm_row rows[] = {
    {ROW("as_symmetric", infer_symmetric, fm_cost_nothing, run_as_symmetric, "0",
         "The tensor with a declared symmetry of its axes, once its values were found to have it."),
     .nout = 1, .flags = FM_ROW_SILENT | FM_ROW_ARRAY, .nparams = 2,
     .params = {FM_P_TENSOR("data"), SYMMETRY}},
    {ROW("is_symmetric", infer_is_symmetric, fm_cost_nothing, run_is_symmetric, "0",
         "Whether the values do not change when the group permutes the axes."),
     .flags = FM_ROW_SILENT | FM_ROW_REPLY, .nparams = 4,
     .params = {FM_P_TENSOR("data"), FM_P_ANY_OR_NONE("symmetry"), TOLERANCE("rtol", 1e-5),
                TOLERANCE("atol", 1e-6)}},
    {ROW("random.symmetric", infer_random, cost_random, run_random, "n (|G| + 1)",
         "Samples of a distribution, averaged over a symmetry group."),
     .nout = 1, .flags = FM_ROW_ARRAY, .nparams = 3,
     .params = {FM_P_INTS("shape"),
                SYMMETRY,
                {.name = "distribution",
                 .takes = FM_TAKES_STRING | FM_TAKES_FUNCTION,
                 .otherwise = {.kind = FM_VALUE_STRING, .as.string = "randn"}}}},
    {ROW("symmetrize", infer_symmetrize, fm_cost_nothing, run_symmetrize, "0",
         "The mean of the tensor over all permutations of its axes in a group."),
     .nout = 1, .flags = FM_ROW_SILENT | FM_ROW_ARRAY, .nparams = 2,
     .params = {FM_P_TENSOR("data"), SYMMETRY}},
};

const fm_row_table fm_rows_symmetry = {rows, (int)(sizeof rows / sizeof *rows)};
