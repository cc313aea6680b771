/* Rows that gather, scatter and select elements. Names with a leading underscore are for programs.
 */
#include "ops/index.h"

fm_status fm_cost_moved(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                        fm_error *error) {
    fm_status status = fm_cost_elements(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0));
    return fm_cost_result(bound, status, error);
}

#define P_INT_OR_NONE(name_, ...)                                                                  \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = { __VA_ARGS__ }       \
    }
#define P_STRING(name_, text_)                                                                     \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_STRING, .otherwise = {                                  \
            .kind = FM_VALUE_STRING,                                                               \
            .as.string = (text_)                                                                   \
        }                                                                                          \
    }
#define NONE .kind = FM_VALUE_NONE
#define LAST .kind = FM_VALUE_INT, .as.i = -1
/* An array that is written; an array or list of which lists are converted as NumPy does, whatever
   their numbers are; an index, an integer, a slice, a list. */
#define P_TARGET(name_)                                                                            \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR,                                                 \
        .flags = FM_PARAM_REQUIRED | FM_PARAM_IN_PLACE | FM_PARAM_STRICT                           \
    }
#define P_VALUES(name_)                                                                            \
    { .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_LIST, .flags = FM_PARAM_REQUIRED }
#define P_LIST(name_)                                                                              \
    { .name = (name_), .takes = FM_TAKES_LIST, .flags = FM_PARAM_REQUIRED }
#define P_COUNTS(name_)                                                                            \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_LIST | FM_TAKES_INT,                  \
        .flags = FM_PARAM_REQUIRED                                                                 \
    }
#define P_INDEX(name_)                                                                             \
    { .name = (name_), .takes = FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED | FM_PARAM_INDEX }
#define P_FUNCTION(name_)                                                                          \
    { .name = (name_), .takes = FM_TAKES_FUNCTION, .flags = FM_PARAM_REQUIRED }

#define INDEX_ROW(name_, id_, infer_, cost_, formula_, meaning_)                                   \
    .name = (name_), .family = FM_FAMILY_INDEX, .op = FM_INDEX_##id_, .nout = 1,                   \
    .infer = (infer_), .cost = (cost_), .formula = (formula_), .dtypes = "bool int float complex", \
    .meaning = (meaning_)
#define PROGRAM(name_, infer_, cost_, run_, formula_, meaning_)                                    \
    INDEX_ROW(name_, COUNT, fm_infer_##infer_, fm_cost_##cost_, formula_, meaning_),               \
        .run = fm_run_##run_
/* Programs that write into argument 1 have no output, replies no slot. */
#define WRITER(name_, infer_, cost_, run_, formula_, meaning_)                                     \
    .name = (name_), .family = FM_FAMILY_INDEX, .infer = fm_infer_##infer_,                        \
    .cost = fm_cost_##cost_, .run = fm_run_##run_, .formula = (formula_),                          \
    .dtypes = "bool int float complex", .meaning = (meaning_)
#define REPLIER(name_, infer_, cost_, run_, formula_, meaning_)                                    \
    WRITER(name_, infer_, cost_, run_, formula_, meaning_), .flags = FM_ROW_REPLY
#define FREE_REPLIER(name_, op_, infer_, run_, meaning_)                                           \
    .name = (name_), .family = FM_FAMILY_INDEX, .op = (op_), .infer = fm_infer_##infer_,           \
    .cost = fm_cost_nothing, .run = fm_run_##run_, .formula = "0",                                 \
    .dtypes = "bool int float complex", .meaning = (meaning_),                                     \
    .flags = FM_ROW_REPLY | FM_ROW_SILENT
#define INNER_ROW(name_, id_, infer_, meaning_)                                                    \
    INDEX_ROW(name_, id_, infer_, fm_cost_nothing, "0", meaning_)

static const fm_row rows[] = {
    {REPLIER("nonzero", nonzero, looked, nonzero, "n",
             "Indices of the elements that are not 0, an array for each axis."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {PROGRAM("flatnonzero", flat_places, looked, flatnonzero, "n",
             "Flat indices of the elements that are not 0."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {PROGRAM("argwhere", flat_places, looked, argwhere, "n",
             "Indices of the elements that are not 0, a row for each."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {PROGRAM("extract", extract, looked, extract, "n",
             "The elements, flattened, where a condition is not 0."),
     .nparams = 2, .params = {FM_P_TENSOR("condition"), FM_P_TENSOR("arr")}},
    {PROGRAM("compress", compress, moved, compress, "out",
             "What a condition keeps along an axis, or of all elements."),
     .probe = fm_probe_compress, .nparams = 3,
     .params = {FM_P_TENSOR("condition"), FM_P_TENSOR("a"), P_INT_OR_NONE("axis", NONE)}},
    {PROGRAM("select", select, select, select, "largest choice",
             "For each element the choice of the first condition that holds, else the default."),
     .nparams = 3,
     .params = {P_LIST("condlist"),
                P_LIST("choicelist"),
                {.name = "default",
                 .takes = FM_TAKES_TENSOR | FM_TAKES_LIST,
                 .otherwise = {.kind = FM_VALUE_INT}}}},
    {PROGRAM("choose", choose, moved, choose, "out",
             "For each element that one of the choices whose number it is."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), P_LIST("choices"), P_STRING("mode", "raise")}},
    {WRITER("put", put, put, put, "n", "Writes values to flat indices, in place."), .nparams = 4,
     .params = {P_TARGET("a"), P_VALUES("ind"), P_VALUES("v"), P_STRING("mode", "raise")}},
    {WRITER("place", put, put, place, "n",
            "Writes values one after the other where a mask is true, in place."),
     .nparams = 3, .params = {P_TARGET("arr"), FM_P_TENSOR("mask"), P_VALUES("vals")}},
    {WRITER("putmask", put, put, putmask, "n",
            "Writes the value of an element's own number where a mask is true, in place."),
     .nparams = 3, .params = {P_TARGET("a"), FM_P_TENSOR("mask"), P_VALUES("values")}},
    {WRITER("put_along_axis", put_along_axis, put, put_along_axis, "n",
            "Writes values along an axis by an index for each of them, in place."),
     .nparams = 4,
     .params = {P_TARGET("arr"),
                FM_P_TENSOR("indices"),
                P_VALUES("values"),
                {.name = "axis",
                 .takes = FM_TAKES_INT | FM_TAKES_NONE,
                 .flags = FM_PARAM_REQUIRED}}},
    {WRITER("copyto", copyto, copyto, copyto, "src, or what where holds",
            "Writes an array into another, where a mask is true."),
     .probe = fm_probe_copyto, .nparams = 4,
     .params = {P_TARGET("dst"),
                FM_P_TENSOR("src"),
                P_STRING("casting", "same_kind"),
                {.name = "where",
                 .takes = FM_TAKES_TENSOR | FM_TAKES_BOOL,
                 .otherwise = {.kind = FM_VALUE_BOOL, .as.i = 1}}}},
    {WRITER("fill_diagonal", fill_diagonal, fill_diagonal, fill_diagonal, "diagonal",
            "Writes values to the main diagonal, in place."),
     .nparams = 3, .params = {P_TARGET("a"), P_VALUES("val"), FM_P_BOOL_DEFAULT("wrap", 0)}},
    {PROGRAM("delete", delete, probed, delete, "removed",
             "Without the parts of an axis that an index, a slice or a mask names."),
     .probe = fm_probe_delete, .nparams = 3,
     .params = {FM_P_TENSOR("arr"), FM_P_ANY("obj"), P_INT_OR_NONE("axis", NONE)}},
    {PROGRAM("insert", insert, values, insert, "values",
             "With values along an axis before the places that an index or a slice names."),
     .nparams = 4,
     .params = {FM_P_TENSOR("arr"), FM_P_ANY("obj"), FM_P_TENSOR("values"),
                P_INT_OR_NONE("axis", NONE)}},
    {PROGRAM("append", append, append, append, "values", "With values at the end of an axis."),
     .nparams = 3,
     .params = {FM_P_TENSOR("arr"), FM_P_TENSOR("values"), P_INT_OR_NONE("axis", NONE)}},
    {REPLIER("trim_zeros", trim_zeros, probed, trim_zeros, "removed",
             "What lies between the first and the last elements that are not 0."),
     .probe = fm_probe_trim_zeros, .nparams = 3,
     .params = {P_VALUES("filt"), P_STRING("trim", "fb"), FM_P_INTS_OR_NONE("axis")}},
    {PROGRAM("repeat", repeat, repeat, repeat, "out", "Each element several times."),
     .probe = fm_probe_repeat, .nparams = 3,
     .params = {FM_P_TENSOR("a"), P_COUNTS("repeats"), P_INT_OR_NONE("axis", NONE)}},
    {INNER_ROW("_repeat", repeat, fm_infer_repeat_evenly,
               "Each element along an axis the same number of times."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_INT("axis"), FM_P_INT("times")}},
    {PROGRAM("resize", resize, moved, resize, "out",
             "Another shape, with the elements from the first on again where they do not suffice."),
     .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_INTS("new_shape")}},
    {INDEX_ROW("roll", COUNT, fm_infer_roll, fm_cost_nothing, "0",
               "Elements moved along axes, those at the end to the beginning."),
     .run = fm_run_roll, .flags = FM_ROW_SILENT, .nparams = 3,
     .params = {FM_P_TENSOR("a"), FM_P_INTS("shift"), FM_P_INTS_OR_NONE("axis")}},
    {FREE_REPLIER("diag_indices", 0, counted_indices, diag_indices,
                  "Indices of the main diagonal of an array of equal extents."),
     .nparams = 2, .params = {FM_P_INT("n"), FM_P_INT_DEFAULT("ndim", 2)}},
    {FREE_REPLIER("diag_indices_from", 0, diag_indices_from, diag_indices_from,
                  "Indices of the main diagonal of the array."),
     .nparams = 1, .params = {FM_P_TENSOR("arr")}},
    {FREE_REPLIER("tril_indices", 0, counted_indices, triangle_indices,
                  "Indices of the elements on and below diagonal k of a matrix."),
     .nparams = 3, .params = {FM_P_INT("n"), FM_P_INT_DEFAULT("k", 0), P_INT_OR_NONE("m", NONE)}},
    {FREE_REPLIER("triu_indices", 1, counted_indices, triangle_indices,
                  "Indices of the elements on and above diagonal k of a matrix."),
     .nparams = 3, .params = {FM_P_INT("n"), FM_P_INT_DEFAULT("k", 0), P_INT_OR_NONE("m", NONE)}},
    {FREE_REPLIER("tril_indices_from", 0, triangle_from, triangle_indices_from,
                  "Indices of the matrix's elements on and below diagonal k."),
     .nparams = 2, .params = {FM_P_TENSOR("arr"), FM_P_INT_DEFAULT("k", 0)}},
    {FREE_REPLIER("triu_indices_from", 1, triangle_from, triangle_indices_from,
                  "Indices of the matrix's elements on and above diagonal k."),
     .nparams = 2, .params = {FM_P_TENSOR("arr"), FM_P_INT_DEFAULT("k", 0)}},
    {FREE_REPLIER("unravel_index", 0, counted_indices, unravel_index,
                  "Flat indices as those of each axis of a shape."),
     .nparams = 3, .params = {FM_P_TENSOR("indices"), FM_P_INTS("shape"), P_STRING("order", "C")}},
    {INDEX_ROW("ravel_multi_index", COUNT, fm_infer_flat_places, fm_cost_nothing, "0",
               "Indices of each axis of a shape as flat ones."),
     .run = fm_run_ravel_multi_index, .flags = FM_ROW_SILENT, .nparams = 4,
     .params = {FM_P_TENSORS("multi_index"),
                FM_P_INTS("dims"),
                {.name = "mode",
                 .takes = FM_TAKES_STRING | FM_TAKES_LIST,
                 .otherwise = {.kind = FM_VALUE_STRING, .as.string = "raise"}},
                P_STRING("order", "C")}},
    {REPLIER("mask_indices", counted_indices, probed, mask_indices, "out",
             "Indices of what a function of an array and k leaves of ones."),
     .probe = fm_probe_mask_indices, .nparams = 3,
     .params = {FM_P_INT("n"), P_FUNCTION("mask_func"), FM_P_INT_DEFAULT("k", 0)}},
    {REPLIER("ix_", counted_indices, probed, ix_, "out",
             "Sequences as indices that broadcast to all their combinations."),
     .probe = fm_probe_ix_, .nparams = 1, .params = {FM_P_VARIADIC("args")}},
    {REPLIER("indices", indices, indices, indices, "0",
             "The indices of each axis of a grid, at each of its points."),
     .nparams = 3,
     .params = {FM_P_INTS("dimensions"), FM_P_DTYPE_OR_NONE("dtype"),
                FM_P_BOOL_DEFAULT("sparse", 0)}},
    {INDEX_ROW("take", gather, fm_infer_take, fm_cost_moved, "out",
               "Elements along an axis, or of all, by their indices."),
     .run = fm_run_take, .has_kernel = true, .nparams = 4,
     .params = {FM_P_TENSOR("a"), P_INDEX("indices"), P_INT_OR_NONE("axis", NONE),
                P_STRING("mode", "raise")}},
    {INDEX_ROW("take_along_axis", gather_along, fm_infer_take_along_axis, fm_cost_moved, "out",
               "Elements along an axis by an index for each of them."),
     .run = fm_run_take_along_axis, .has_kernel = true, .nparams = 3,
     .params = {FM_P_TENSOR("arr"), FM_P_TENSOR("indices"), P_INT_OR_NONE("axis", LAST)}},
    {INDEX_ROW("packbits", pack, fm_infer_packbits, fm_cost_moved, "out",
               "Eight elements along an axis as the bits of a byte."),
     .run = fm_run_bits, .has_kernel = true, .nparams = 3,
     .params = {FM_P_TENSOR("a"), P_INT_OR_NONE("axis", NONE), P_STRING("bitorder", "big")}},
    {INDEX_ROW("unpackbits", unpack, fm_infer_unpackbits, fm_cost_moved, "out",
               "The bits of bytes along an axis as elements."),
     .run = fm_run_bits, .has_kernel = true, .nparams = 4,
     .params = {FM_P_TENSOR("a"), P_INT_OR_NONE("axis", NONE), P_INT_OR_NONE("count", NONE),
                P_STRING("bitorder", "big")}},

    {INNER_ROW("_gather", gather, fm_infer_gather,
               "a[..., index, ...] with naxes axes from axis on numbered together."),
     .run = fm_run_gather, .has_kernel = true, .nparams = 5,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("index"), FM_P_INT_DEFAULT("axis", 0),
                FM_P_INT_DEFAULT("naxes", -1), FM_P_INT_DEFAULT("mode", FM_PLACE_RAISE)}},
    {INNER_ROW("_take_along", gather_along, fm_infer_take_along_axis,
               "take_along_axis with a mode, FM_PLACE_*."),
     .run = fm_run_take_along_axis, .has_kernel = true, .nparams = 4,
     .params = {FM_P_TENSOR("arr"), FM_P_TENSOR("indices"), P_INT_OR_NONE("axis", LAST),
                FM_P_INT_DEFAULT("mode", FM_PLACE_RAISE)}},
    {INNER_ROW("_along", along, fm_infer_along,
               "Flat places of what take_along_axis reads of an array of those extents."),
     .nparams = 3, .params = {FM_P_TENSOR("index"), FM_P_INTS("extents"), FM_P_INT("axis")}},
    {INNER_ROW("_outside", outside, fm_infer_outside,
               "Number of the first index that is no place among n, or one past all."),
     .nparams = 3,
     .params = {FM_P_TENSOR("index"), FM_P_INT("n"), FM_P_BOOL_DEFAULT("from_end", 1)}},
    {INDEX_ROW("_scatter", scatter, fm_infer_scatter, fm_cost_nothing, "0",
               "Writes values to the places that _gather reads; the last of equal ones stays."),
     .run = fm_run_scatter, .has_kernel = true, .nparams = 7,
     .params = {FM_P_IN_PLACE("target", 0), FM_P_TENSOR("index"), FM_P_TENSOR("values"),
                FM_P_INT_DEFAULT("axis", 0), FM_P_INT_DEFAULT("naxes", -1),
                FM_P_INT_DEFAULT("mode", FM_PLACE_RAISE), FM_P_BOOL_DEFAULT("distinct", 0)}},
    {INDEX_ROW("_scatter_add", scatter_add, fm_infer_scatter, fm_cost_nothing, "0",
               "Adds values to the places that _gather reads, in a fixed order."),
     .run = fm_run_scatter, .has_kernel = true, .nparams = 7,
     .params = {FM_P_IN_PLACE("target", 0), FM_P_TENSOR("index"), FM_P_TENSOR("values"),
                FM_P_INT_DEFAULT("axis", 0), FM_P_INT_DEFAULT("naxes", -1),
                FM_P_INT_DEFAULT("mode", FM_PLACE_RAISE), FM_P_BOOL_DEFAULT("distinct", 0)}},
    {INNER_ROW("_count", count, fm_infer_count, "How many elements of a mask are true."),
     .nparams = 1, .params = {FM_P_TENSOR("mask")}},
    {INNER_ROW("_compact", compact, fm_infer_compact,
               "The elements of a, in row-major order, where the mask is true."),
     .run = fm_run_compact, .nparams = 2, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("mask")}},
    {INNER_ROW("_compact_into", compact, fm_infer_compact_into,
               "The same where it is known how many there are."),
     .nparams = 3, .params = {FM_P_TENSOR("a"), FM_P_TENSOR("mask"), FM_P_INT("count")}},
    {INNER_ROW("_nonzero_flat", positions, fm_infer_nonzero_flat,
               "Flat places of the elements that are not zero."),
     .run = fm_run_nonzero_flat, .nparams = 1, .params = {FM_P_TENSOR("mask")}},
    {INNER_ROW("_positions_into", positions, fm_infer_positions_into,
               "The same where it is known how many there are."),
     .nparams = 2, .params = {FM_P_TENSOR("mask"), FM_P_INT("count")}},
    {INNER_ROW("_ravel", ravel, fm_infer_ravel,
               "Flat places of indices of several axes; INT64_MIN where one is no place."),
     .nparams = 4,
     .params = {FM_P_TENSORS("indices"), FM_P_INTS("extents"), FM_P_INTS("modes"),
                FM_P_BOOL_DEFAULT("backwards", 0)}},
    {INNER_ROW("_unravel", unravel, fm_infer_unravel,
               "Indices of each axis, a new first axis, of flat places."),
     .nparams = 3,
     .params = {FM_P_TENSOR("index"), FM_P_INTS("extents"), FM_P_BOOL_DEFAULT("backwards", 0)}},
    {INNER_ROW("_runs", runs, fm_infer_runs,
               "The number of its run for each of size elements; ends are where runs end."),
     .nparams = 2, .params = {FM_P_TENSOR("ends"), FM_P_INT("size")}},
};

const fm_row_table fm_rows_index = {rows, (int)(sizeof rows / sizeof *rows)};
