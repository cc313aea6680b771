/* Rows that join, split, repeat, pad and create; their work is in shaping_*.c and creation_*.c. */
#include "ops/shaping.h"
#include "ops/param.h"

typedef fm_status (*cost_rule)(fm_work *work, const char *op, fm_extents out);

static fm_status cost_by(cost_rule rule, fm_extents extents, const fm_bound *bound,
                         const fm_resolved *r, fm_work *work, fm_error *error) {
    fm_status status = rule(work, fm_row_cost_name(bound->row), extents);
    return fm_cost_close(bound, r, work, status, error);
}

/* 1 an output element, at least 1 in 0.4.3. */
static fm_status cost_joined(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                             fm_error *error) {
    return cost_by(fm_cost_elementwise, fm_extents_out(r, 0), bound, r, work, error);
}

/* The same without a floor. */
static fm_status cost_elements(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                               fm_error *error) {
    return cost_by(fm_cost_elements, fm_extents_out(r, 0), bound, r, work, error);
}

static fm_status create_by(fm_extents extents, bool floor, const fm_bound *bound,
                           const fm_resolved *r, fm_work *work, fm_error *error) {
    fm_status status = fm_cost_create(work, fm_row_cost_name(bound->row), extents, floor);
    return fm_cost_close(bound, r, work, status, error);
}

/* Free by the textbook; 0.4.3 counts the elements of argument 1, at least 1. */
static fm_status cost_taken(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    return create_by(fm_extents_of(r->in[0]), true, bound, r, work, error);
}

/* The same without a floor. */
static fm_status cost_parts(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    return create_by(fm_extents_of(r->in[0]), false, bound, r, work, error);
}

/* 1 an element of argument 1. */
static fm_status cost_looked_at(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                fm_error *error) {
    return cost_by(fm_cost_elements, fm_extents_of(r->in[0]), bound, r, work, error);
}

/* Free by the textbook; 0.4.3 counts the elements of the result. */
static fm_status cost_created(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                              fm_error *error) {
    return create_by(fm_extents_out(r, 0), false, bound, r, work, error);
}

#define ANY_DTYPE "bool int float complex"
#define ROW(name_, infer_, cost_, run_, formula_, meaning_)                                        \
    .name = (name_), .family = FM_FAMILY_SHAPING, .infer = (infer_), .cost = (cost_),              \
    .run = (run_), .formula = (formula_), .dtypes = ANY_DTYPE, .meaning = (meaning_)

#define JOIN(name_, id_, cost_, flags_, formula_, meaning_)                                        \
    ROW(name_, fm_infer_join, cost_, fm_run_join, formula_, meaning_),                             \
        .op = FM_JOIN_##id_, .nout = 1, .flags = (flags_)
#define JOIN_PARAMS                                                                                \
    FM_P_TENSORS("tup"), FM_P_DTYPE_OR_NONE("dtype"), FM_P_TEXT("casting", "same_kind")

#define SPLIT(name_, id_, cost_, flags_, meaning_)                                                 \
    ROW(name_, fm_infer_split, cost_, fm_run_split, "0", meaning_),                                \
        .op = FM_SPLIT_##id_, .flags = FM_ROW_REPLY | (flags_)
#define SECTIONS                                                                                   \
    {                                                                                              \
        .name = "indices_or_sections", .takes = FM_TAKES_INT | FM_TAKES_INTS,                      \
        .flags = FM_PARAM_REQUIRED                                                                 \
    }
#define ATLEAST(name_, dimensions_, meaning_)                                                      \
    ROW(name_, fm_infer_nothing, fm_cost_nothing, fm_run_atleast, "0", meaning_),                  \
        .op = (dimensions_), .flags = FM_ROW_REPLY | FM_ROW_SILENT, .nparams = 1,                  \
        .params = {FM_P_VARIADIC_TENSORS_OR_NONE("arys")}

#define CREATES FM_ROW_ARRAY | FM_ROW_CREATES
#define FLAG_OR_NONE(name_, takes_)                                                                \
    {                                                                                              \
        .name = (name_), .takes = (takes_) | FM_TAKES_NONE, .otherwise = {.kind = FM_VALUE_NONE }  \
    }
#define DTYPE(name_)                                                                               \
    { .name = (name_), .takes = FM_TAKES_DTYPE, .flags = FM_PARAM_REQUIRED }
#define NUMBERS                                                                                    \
    FM_TAKES_BOOL | FM_TAKES_INT | FM_TAKES_FLOAT | 1 << FM_VALUE_COMPLEX | FM_TAKES_LIST |        \
        FM_TAKES_INTS
#define KEYWORD(name_, takes_)                                                                     \
    { .name = (name_), .takes = (takes_) }
#define SPACE(name_, run_, formula_, meaning_)                                                     \
    ROW(name_, fm_infer_space, fm_cost_of_space, run_, formula_, meaning_)
#define ENDS                                                                                       \
    FM_P_TENSOR("start"), FM_P_TENSOR("stop"), FM_P_INT_DEFAULT("num", 50),                        \
        FM_P_BOOL_DEFAULT("endpoint", 1)

static const fm_row rows[] = {
    {JOIN("stack", stack, cost_joined, 0, "n", "Arrays of one shape joined along a new axis."),
     .nparams = 4,
     .params = {FM_P_TENSORS("arrays"), FM_P_INT_DEFAULT("axis", 0), FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_TEXT("casting", "same_kind")}},
    {JOIN("vstack", vstack, cost_joined, 0, "n", "Arrays joined along axis 0, vectors as rows."),
     .nparams = 3, .params = {JOIN_PARAMS}},
    {JOIN("row_stack", vstack, fm_cost_nothing, FM_ROW_SILENT, "0", "As vstack."), .nparams = 3,
     .params = {JOIN_PARAMS}},
    {JOIN("hstack", hstack, fm_cost_nothing, FM_ROW_SILENT, "0",
          "Arrays joined along axis 1, vectors one after the other."),
     .nparams = 3, .params = {JOIN_PARAMS}},
    {JOIN("dstack", dstack, cost_elements, 0, "n", "Arrays joined along axis 2."), .nparams = 1,
     .params = {FM_P_TENSORS("tup")}},
    {JOIN("column_stack", column_stack, fm_cost_nothing, FM_ROW_SILENT, "0",
          "Arrays joined along axis 1, vectors as columns."),
     .nparams = 1, .params = {FM_P_TENSORS("tup")}},
    {ROW("block", fm_infer_block, cost_elements, fm_run_block, "n",
         "Nested lists of arrays: the innermost joined along the last axis, and so outwards."),
     .nout = 1, .flags = FM_ROW_ARRAY, .nparams = 1,
     .params = {{.name = "arrays",
                 .takes = FM_TAKES_TENSOR | FM_TAKES_TENSORS | FM_TAKES_LIST | FM_TAKES_INTS,
                 .flags = FM_PARAM_REQUIRED}}},
    {ROW("bmat", fm_infer_bmat, cost_elements, fm_run_bmat, "n",
         "A matrix from a list of rows of arrays, or from a text of registered names."),
     .probe = fm_probe_bmat, .nout = 1, .nparams = 3,
     .params = {{.name = "obj",
                 .takes = FM_TAKES_TENSOR | FM_TAKES_TENSORS | FM_TAKES_LIST | FM_TAKES_STRING,
                 .flags = FM_PARAM_REQUIRED},
                FLAG_OR_NONE("ldict", 0),
                FLAG_OR_NONE("gdict", 0)}},

    {SPLIT("split", split, cost_parts, 0, "Equal parts along an axis, or those between places."),
     .nparams = 3, .params = {FM_P_TENSOR("ary"), SECTIONS, FM_P_INT_DEFAULT("axis", 0)}},
    {SPLIT("array_split", array_split, cost_parts, 0, "As split; parts may differ by one element."),
     .nparams = 3, .params = {FM_P_TENSOR("ary"), SECTIONS, FM_P_INT_DEFAULT("axis", 0)}},
    {SPLIT("hsplit", hsplit, fm_cost_nothing, FM_ROW_SILENT,
           "Parts along axis 1, of vectors along axis 0."),
     .nparams = 2, .params = {FM_P_TENSOR("ary"), SECTIONS}},
    {SPLIT("vsplit", vsplit, cost_parts, 0, "Parts along axis 0."), .nparams = 2,
     .params = {FM_P_TENSOR("ary"), SECTIONS}},
    {SPLIT("dsplit", dsplit, cost_parts, 0, "Parts along axis 2."), .nparams = 2,
     .params = {FM_P_TENSOR("ary"), SECTIONS}},
    {ROW("unstack", fm_infer_unstack, cost_parts, fm_run_unstack, "0",
         "The parts along an axis, without it."),
     .flags = FM_ROW_REPLY, .nparams = 2,
     .params = {FM_P_TENSOR("x"), FM_P_INT_DEFAULT("axis", 0)}},
    {ATLEAST("atleast_1d", 1, "Arrays of at least 1 dimension.")},
    {ATLEAST("atleast_2d", 2, "Arrays of at least 2 dimensions, vectors as rows.")},
    {ATLEAST("atleast_3d", 3, "Arrays of at least 3 dimensions, vectors along axis 1.")},
    {ROW("broadcast_arrays", fm_infer_broadcast_arrays, fm_cost_of_broadcast_arrays,
         fm_run_broadcast_arrays, "0", "Views of one shape, to which all broadcast."),
     .flags = FM_ROW_REPLY | FM_ROW_ARRAY, .nparams = 2,
     .params = {FM_P_VARIADIC_TENSORS_OR_NONE("args"), FM_P_BOOL_DEFAULT("subok", 0)}},
    {ROW("_where", fm_infer_places, cost_looked_at, fm_run_places, "n",
         "Places of elements that are not zero, axis by axis."),
     .cost_name = "where", .log_name = "where", .flags = FM_ROW_REPLY, .nparams = 1,
     .params = {FM_P_TENSOR("condition")}},
    {ROW("tile", fm_infer_tile, cost_joined, fm_run_tile, "n", "The array repeated along axes."),
     .nout = 1, .flags = FM_ROW_ARRAY, .nparams = 2,
     .params = {FM_P_TENSOR("A"), FM_P_INTS("reps")}},
    {ROW("pad", fm_infer_pad, cost_elements, fm_run_pad, "n",
         "The array with elements before and behind along every axis."),
     .nout = 1, .flags = FM_ROW_ARRAY, .nparams = 7,
     .params = {FM_P_TENSOR("array"),
                {.name = "pad_width", .takes = NUMBERS, .flags = FM_PARAM_REQUIRED},
                {.name = "mode",
                 .takes = FM_TAKES_STRING | FM_TAKES_FUNCTION,
                 .otherwise = {.kind = FM_VALUE_STRING, .as.string = "constant"}},
                KEYWORD("stat_length", NUMBERS | FM_TAKES_NONE),
                KEYWORD("constant_values", NUMBERS),
                KEYWORD("end_values", NUMBERS),
                KEYWORD("reflect_type", FM_TAKES_STRING)}},

    {ROW("array", fm_infer_array, cost_taken, fm_run_array, "0", "A new array of the elements."),
     .nout = 1, .flags = CREATES, .nparams = 5,
     .params = {FM_P_TENSOR("object"),
                FM_P_DTYPE_OR_NONE("dtype"),
                {.name = "copy",
                 .takes = FM_TAKES_BOOL | FM_TAKES_NONE,
                 .otherwise = {.kind = FM_VALUE_BOOL, .as.i = 1}},
                FM_P_TEXT_OR_NONE("order"),
                FM_P_INT_DEFAULT("ndmin", 0)}},
    {ROW("asarray", fm_infer_asarray, cost_taken, fm_run_asarray, "0",
         "The elements as an array; one that fits is given back as it is."),
     .nout = 1, .flags = CREATES, .nparams = 4,
     .params = {FM_P_TENSOR("a"), FM_P_DTYPE_OR_NONE("dtype"), FM_P_TEXT_OR_NONE("order"),
                FLAG_OR_NONE("copy", FM_TAKES_BOOL)}},
    {ROW("asarray_chkfinite", fm_infer_asarray, cost_elements, fm_run_asarray_chkfinite, "n",
         "As asarray; infinities and NaN are errors."),
     .nout = 1, .flags = CREATES, .nparams = 3,
     .params = {FM_P_TENSOR("a"), FM_P_DTYPE_OR_NONE("dtype"), FM_P_TEXT_OR_NONE("order")}},
    {ROW("require", fm_infer_require, fm_cost_nothing, fm_run_require, "0",
         "An array in the layout that the requirements name."),
     .nout = 1, .flags = CREATES | FM_ROW_SILENT, .nparams = 3,
     .params = {FM_P_TENSOR("a"), FM_P_DTYPE_OR_NONE("dtype"),
                FLAG_OR_NONE("requirements", FM_TAKES_STRING | FM_TAKES_LIST)}},
    {ROW("from_dlpack", fm_infer_from_dlpack, cost_created, fm_run_from_dlpack, "0",
         "The array that a tensor exports, without a copy."),
     .nout = 1, .flags = CREATES, .nparams = 2,
     .params = {FM_P_TENSOR("x"), FLAG_OR_NONE("copy", FM_TAKES_BOOL)}},
    {ROW("frombuffer", fm_infer_frombuffer, cost_created, fm_run_frombuffer, "0",
         "Bytes read as elements of a dtype, without a copy."),
     .nout = 1, .flags = CREATES, .nparams = 4,
     .params = {FM_P_TENSOR("buffer"),
                {.name = "dtype",
                 .takes = FM_TAKES_DTYPE,
                 .otherwise = {.kind = FM_VALUE_DTYPE, .as.dtype = FM_FLOAT64}},
                FM_P_INT_DEFAULT("count", -1),
                FM_P_INT_DEFAULT("offset", 0)}},
    {ROW("fromiter", fm_infer_fromiter, cost_created, fm_run_fromiter, "0",
         "The first elements of a sequence as an array."),
     .nout = 1, .flags = CREATES, .nparams = 3,
     .params = {FM_P_TENSOR("iter"), DTYPE("dtype"), FM_P_INT_DEFAULT("count", -1)}},
    {ROW("diagflat", fm_infer_diagflat, cost_created, fm_run_diagflat, "0",
         "A matrix with the elements of v on diagonal k."),
     .nout = 1, .nparams = 2, .params = {FM_P_TENSOR("v"), FM_P_INT_DEFAULT("k", 0)}},
    {ROW("tril", fm_infer_triangle, fm_cost_nothing, fm_run_triangle, "0",
         "The elements on diagonal k and below, else zeros."),
     .op = 0, .nout = 1, .flags = FM_ROW_SILENT, .nparams = 2,
     .params = {FM_P_TENSOR("m"), FM_P_INT_DEFAULT("k", 0)}},
    {ROW("triu", fm_infer_triangle, fm_cost_nothing, fm_run_triangle, "0",
         "The elements on diagonal k and above, else zeros."),
     .op = 1, .nout = 1, .flags = FM_ROW_SILENT, .nparams = 2,
     .params = {FM_P_TENSOR("m"), FM_P_INT_DEFAULT("k", 0)}},
    {ROW("vander", fm_infer_vander, fm_cost_of_vander, fm_run_vander, "0",
         "The powers of x in columns, falling unless increasing."),
     .nout = 1, .nparams = 3,
     .params = {FM_P_TENSOR("x"), FLAG_OR_NONE("N", FM_TAKES_INT),
                FM_P_BOOL_DEFAULT("increasing", 0)}},
    {SPACE("linspace", fm_run_linspace, "0", "num numbers from start to stop, evenly spaced."),
     .flags = FM_ROW_REPLY | FM_ROW_CREATES, .ulp = 2, .nparams = 7,
     .params = {ENDS, FM_P_BOOL_DEFAULT("retstep", 0), FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_INT_DEFAULT("axis", 0)}},
    {SPACE("logspace", fm_run_logspace, "n", "base to the power of evenly spaced numbers."),
     .nout = 1, .ulp = 8, .nparams = 7,
     .params = {ENDS,
                {.name = "base",
                 .takes = FM_TAKES_TENSOR,
                 .otherwise = {.kind = FM_VALUE_FLOAT, .as.f = 10.0}},
                FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_INT_DEFAULT("axis", 0)}},
    {SPACE("geomspace", fm_run_geomspace, "n",
           "Numbers from start to stop, each a multiple of the last."),
     .nout = 1, .ulp = 16, .nparams = 6,
     .params = {ENDS, FM_P_DTYPE_OR_NONE("dtype"), FM_P_INT_DEFAULT("axis", 0)}},
    {ROW("meshgrid", fm_infer_meshgrid, fm_cost_of_meshgrid, fm_run_meshgrid, "0",
         "Coordinates on a grid from those along each axis."),
     .flags = FM_ROW_REPLY, .nparams = 4,
     .params = {FM_P_VARIADIC_TENSORS_OR_NONE("xi"), FM_P_BOOL_DEFAULT("copy", 1),
                FM_P_BOOL_DEFAULT("sparse", 0), FM_P_TEXT("indexing", "xy")}},
};

const fm_row_table fm_rows_shaping = {rows, (int)(sizeof rows / sizeof *rows)};
