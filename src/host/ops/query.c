/* Questions about dtypes, shapes and memory, answered by the host, and whole-array comparisons. */
#include "ops/query.h"
#include "ops/param.h"
#include "ops/view.h"

/* Questions read no elements, so no operand has to have them. */
static fm_status infer_question(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    fm_operands_clear(r);
    r->compute = FM_BOOL;
    return FM_OK;
}

/* Shapes of values */

typedef struct extent_list {
    int ndim;
    int64_t shape[FM_MAX_NDIM];
} extent_list;

/* The shape of any value: a text and a number have no axes, lists are arrays. */
static bool shape_of(fm_program *p, const fm_value *value, extent_list *out) {
    out->ndim = 0;
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE ||
                value->kind == FM_VALUE_INTS;
    const fm_tensor *tensor = value->kind == FM_VALUE_TENSOR ? value->as.tensor
                              : list                         ? fm_program_as_tensor(p, value)
                                                             : NULL;
    if (tensor) {
        out->ndim = tensor->layout->ndim;
        for (int d = 0; d < out->ndim; d++) out->shape[d] = fm_layout_shape(tensor->layout)[d];
    }
    return p->status == FM_OK;
}

static void reply_shape(fm_program *p, const extent_list *extents) {
    fm_value items[FM_MAX_NDIM];
    for (int d = 0; d < extents->ndim; d++) items[d] = V_I(extents->shape[d]);
    fm_program_reply(p, V_TUPLE(items, extents->ndim));
}

static fm_status run_shape(fm_program *p) {
    extent_list extents;
    if (shape_of(p, &p->values[0], &extents)) reply_shape(p, &extents);
    return p->status;
}

static fm_status run_ndim(fm_program *p) {
    extent_list extents;
    if (shape_of(p, &p->values[0], &extents)) fm_program_reply(p, V_I(extents.ndim));
    return p->status;
}

static fm_status run_size(fm_program *p) {
    extent_list extents;
    int axes[FM_MAX_NDIM], count;
    int64_t size = 1;
    const fm_bound bound = {.row = p->row, .values = p->values};
    if (!shape_of(p, &p->values[0], &extents)) return p->status;
    bool all = fm_arg_absent(&p->values[1]);
    count = all ? extents.ndim : 0;
    if (!all) p->status = fm_arg_axis_list(&bound, 1, extents.ndim, axes, &count, p->error);
    for (int i = 0; i < count; i++) size *= extents.shape[all ? i : axes[i]];
    fm_program_reply(p, V_I(size));
    return p->status;
}

static bool widen(extent_list *out, int ndim, const int64_t *shape) {
    int grown = ndim > out->ndim ? ndim : out->ndim, more = grown - out->ndim;
    for (int d = grown - 1; d >= 0; d--) out->shape[d] = d < more ? 1 : out->shape[d - more];
    out->ndim = grown;
    for (int d = 0; d < ndim; d++) {
        int64_t *other = &out->shape[grown - ndim + d];
        if (shape[d] != *other && shape[d] != 1 && *other != 1) return false;
        if (*other == 1) *other = shape[d];
    }
    return true;
}

/* The extents of one argument: an integer or integers. */
static bool extents_of(const fm_value *value, extent_list *out) {
    bool list = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE;
    const int64_t *ints;
    out->ndim = list ? (int)value->count : fm_arg_ints(value, &ints);
    if (!list && value->kind != FM_VALUE_INT && value->kind != FM_VALUE_INTS) return false;
    if ((list && value->count > FM_MAX_NDIM) || out->ndim > FM_MAX_NDIM) return false;
    for (int d = 0; d < out->ndim; d++) {
        if (list && value->as.items[d].kind != FM_VALUE_INT) return false;
        out->shape[d] = list ? value->as.items[d].as.i : ints[d];
    }
    return true;
}

static fm_status run_broadcast_shapes(fm_program *p) {
    const fm_value *args = &p->values[0];
    extent_list out = {0}, one;
    for (uint32_t i = 0; i < args->count; i++) {
        if (!extents_of(&args->as.items[i], &one))
            return fm_program_raise(p, FM_ERR_ARGUMENT, "TypeError", (int)i + 1,
                                    "it is no shape of at most %d extents", FM_MAX_NDIM);
        for (int d = 0; d < one.ndim; d++)
            if (one.shape[d] < 0)
                return fm_program_fail(p, FM_ERR_SHAPE, (int)i + 1, "extent %d is %lld", d,
                                       (long long)one.shape[d]);
        char a[160], b[160];
        if (!widen(&out, one.ndim, one.shape))
            return fm_program_fail(p, FM_ERR_SHAPE, (int)i + 1,
                                   "shape %s does not broadcast with %s",
                                   fm_shape_format(one.ndim, one.shape, a, sizeof a),
                                   fm_shape_format(out.ndim, out.shape, b, sizeof b));
    }
    reply_shape(p, &out);
    return p->status;
}

/* What a value is */

static fm_status run_isscalar(fm_program *p) {
    const fm_value *value = &p->values[0];
    bool number = value->kind >= FM_VALUE_BOOL && value->kind <= FM_VALUE_COMPLEX;
    bool weak = value->kind == FM_VALUE_TENSOR && value->as.tensor->layout->flags & FM_LAYOUT_WEAK;
    fm_program_reply(p, V_B(number || weak || value->kind == FM_VALUE_STRING));
    return p->status;
}

static fm_status run_iterable(fm_program *p) {
    const fm_value *value = &p->values[0];
    bool yes = value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE ||
               value->kind == FM_VALUE_INTS || value->kind == FM_VALUE_TENSORS ||
               value->kind == FM_VALUE_STRING;
    if (value->kind == FM_VALUE_TENSOR) yes = value->as.tensor->layout->ndim > 0;
    fm_program_reply(p, V_B(yes));
    return p->status;
}

static fm_status run_isfortran(fm_program *p) {
    const fm_value *value = &p->values[0];
    if (value->kind != FM_VALUE_TENSOR)
        return fm_program_raise(p, FM_ERR_ARGUMENT, "AttributeError", 1, "it is no array");
    const fm_layout *x = value->as.tensor->layout;
    fm_program_reply(p, V_B(fm_view_is_fortran(x->ndim, fm_layout_shape(x), fm_layout_strides(x))));
    return p->status;
}

/* iscomplexobj, isrealobj: counted as if they looked at every element. */

static fm_status infer_object(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    r->compute = r->in[0]->dtype;
    fm_output_set(r, 0, FM_BOOL, 0, NULL);
    return FM_OK;
}

static fm_status cost_object(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    return fm_cost_result(
        bound, fm_cost_elementwise(work, fm_row_cost_name(bound->row), fm_extents_of(r->in[0])),
        error);
}

static fm_status run_object(fm_program *p, bool complex) {
    const fm_layout *x = fm_value_layout(&p->values[0]);
    uint8_t yes = (fm_dtype_kind(x->dtype) == 'c') == complex;
    fm_program_return(p, 0, fm_program_from(p, FM_BOOL, 0, NULL, &yes));
    return p->status;
}

static fm_status run_iscomplexobj(fm_program *p) {
    return run_object(p, true);
}

static fm_status run_isrealobj(fm_program *p) {
    return run_object(p, false);
}

#define QUESTION(name_, run_, meaning_) ASKED(name_, run_, 0, meaning_)
#define ASKED(name_, run_, flags_, meaning_)                                                       \
    .name = (name_), .family = FM_FAMILY_QUERY,                                                    \
    .flags = FM_ROW_HOST | FM_ROW_REPLY | FM_ROW_SILENT | (flags_), .infer = infer_question,       \
    .cost = fm_cost_nothing, .run = (run_), .formula = "0", .dtypes = "bool int float complex",    \
    .meaning = (meaning_)
#define COMPARE(name_, infer_, cost_, run_, meaning_)                                              \
    .name = (name_), .family = FM_FAMILY_QUERY, .flags = FM_ROW_REPLY, .infer = (infer_),          \
    .cost = (cost_), .run = (run_), .formula = "n", .dtypes = "bool int float complex",            \
    .meaning = (meaning_)
#define OBJECT(name_, run_, meaning_)                                                              \
    .name = (name_), .family = FM_FAMILY_QUERY, .nout = 1, .flags = FM_ROW_ARRAY,                  \
    .infer = infer_object, .cost = cost_object, .run = (run_), .formula = "n",                     \
    .dtypes = "bool int float complex", .meaning = (meaning_), .nparams = 1,                       \
    .params = {FM_P_TENSOR("x")}
#define DTYPE(name_)                                                                               \
    { .name = (name_), .takes = FM_TAKES_DTYPE, .flags = FM_PARAM_REQUIRED }
#define SOME(name_, takes_)                                                                        \
    { .name = (name_), .takes = (takes_), .flags = FM_PARAM_REQUIRED }

static const fm_row rows[] = {
    {QUESTION("shape", run_shape, "The extents of an array."), .nparams = 1,
     .params = {FM_P_ANY("a")}},
    {QUESTION("ndim", run_ndim, "The number of dimensions of an array."), .nparams = 1,
     .params = {FM_P_ANY("a")}},
    {QUESTION("size", run_size, "The number of elements, all or along axes."), .nparams = 2,
     .params = {FM_P_ANY("a"), FM_P_INTS_OR_NONE("axis")}},
    {QUESTION("broadcast_shapes", run_broadcast_shapes, "The shape to which shapes broadcast."),
     .nparams = 1, .params = {FM_P_VARIADIC("args")}},
    {QUESTION("result_type", fm_run_result_type, "The dtype to which arrays and dtypes promote."),
     .nparams = 1, .params = {FM_P_VARIADIC("arrays_and_dtypes")}},
    {ASKED("promote_types", fm_run_promote_types, FM_ROW_BY_HAND,
           "The smallest dtype that holds both."),
     .nparams = 2, .params = {DTYPE("type1"), DTYPE("type2")}},
    {ASKED("can_cast", fm_run_can_cast, FM_ROW_BY_HAND, "Whether a cast is allowed by a rule."),
     .nparams = 3,
     .params = {SOME("from_", FM_TAKES_ANY), DTYPE("to"), FM_P_TEXT("casting", "safe")}},
    {QUESTION("common_type", fm_run_common_type, "The floating dtype that arrays have in common."),
     .nparams = 1, .params = {FM_P_VARIADIC("arrays")}},
    {QUESTION("min_scalar_type", fm_run_min_scalar_type, "The smallest dtype that holds a number."),
     .nparams = 1, .params = {FM_P_ANY("a")}},
    {QUESTION("issubdtype", fm_run_issubdtype, "Whether a dtype is of another kind of dtypes."),
     .nparams = 2,
     .params = {SOME("arg1", FM_TAKES_DTYPE | FM_TAKES_STRING),
                SOME("arg2", FM_TAKES_DTYPE | FM_TAKES_STRING)}},
    {QUESTION("isdtype", fm_run_isdtype, "Whether a dtype is of a kind, or of one of several."),
     .nparams = 2,
     .params = {SOME("dtype", FM_TAKES_DTYPE | FM_TAKES_STRING),
                SOME("kind",
                     FM_TAKES_DTYPE | FM_TAKES_STRING | FM_TAKES_LIST | 1 << FM_VALUE_TUPLE)}},
    {QUESTION("mintypecode", fm_run_mintypecode, "The letter of the smallest dtype for letters."),
     .nparams = 3,
     .params = {SOME("typechars", FM_TAKES_STRING | FM_TAKES_LIST | FM_TAKES_TENSOR),
                FM_P_TEXT("typeset", "GDFgdf"), FM_P_TEXT("default", "d")}},
    {QUESTION("typename", fm_run_typename, "What a dtype's letter stands for."), .nparams = 1,
     .params = {SOME("char", FM_TAKES_STRING)}},
    {QUESTION("isscalar", run_isscalar, "Whether a value is a number or a text."), .nparams = 1,
     .params = {FM_P_ANY("element")}},
    {QUESTION("iterable", run_iterable, "Whether a value has elements to iterate over."),
     .nparams = 1, .params = {FM_P_ANY("y")}},
    {QUESTION("isfortran", run_isfortran, "Whether elements lie column by column, and not by row."),
     .nparams = 1, .params = {FM_P_ANY("a")}},
    {QUESTION("shares_memory", fm_run_shares_memory, "Whether two arrays have a byte in common."),
     .nparams = 3,
     .params = {FM_P_TENSOR("a"),
                FM_P_TENSOR("b"),
                {.name = "max_work",
                 .takes = FM_TAKES_INT | FM_TAKES_NONE,
                 .otherwise = {.kind = FM_VALUE_NONE}}}},
    {QUESTION("may_share_memory", fm_run_may_share_memory,
              "Whether the memory ranges of two arrays overlap."),
     .nparams = 3,
     .params = {FM_P_TENSOR("a"),
                FM_P_TENSOR("b"),
                {.name = "max_work",
                 .takes = FM_TAKES_INT | FM_TAKES_NONE,
                 .otherwise = {.kind = FM_VALUE_NONE}}}},
    {OBJECT("iscomplexobj", run_iscomplexobj, "Whether an array is of a complex dtype.")},
    {OBJECT("isrealobj", run_isrealobj, "Whether an array is of no complex dtype.")},
    {COMPARE("allclose", fm_infer_allclose, fm_cost_of_allclose, fm_run_allclose,
             "Whether all elements agree within tolerances."),
     .nparams = 5,
     .params = {FM_P_TENSOR("a"),
                FM_P_TENSOR("b"),
                {.name = "rtol",
                 .takes = FM_TAKES_TENSOR,
                 .otherwise = {.kind = FM_VALUE_FLOAT, .as.f = 1e-5}},
                {.name = "atol",
                 .takes = FM_TAKES_TENSOR,
                 .otherwise = {.kind = FM_VALUE_FLOAT, .as.f = 1e-8}},
                FM_P_BOOL_DEFAULT("equal_nan", 0)}},
    {COMPARE("array_equal", fm_infer_nothing, fm_cost_of_array_equal, fm_run_array_equal,
             "Whether two arrays have the same shape and elements."),
     .nparams = 3,
     .params = {FM_P_TENSOR("a1"), FM_P_TENSOR("a2"), FM_P_BOOL_DEFAULT("equal_nan", 0)}},
    {COMPARE("array_equiv", fm_infer_nothing, fm_cost_of_array_equiv, fm_run_array_equiv,
             "Whether two arrays have the same elements once they are broadcast."),
     .nparams = 2, .params = {FM_P_TENSOR("a1"), FM_P_TENSOR("a2")}},
};

const fm_row_table fm_rows_query = {rows, (int)(sizeof rows / sizeof *rows)};
