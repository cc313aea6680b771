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

#define INDEX_ROW(name_, id_, infer_, cost_, formula_, meaning_)                                   \
    .name = (name_), .family = FM_FAMILY_INDEX, .op = FM_INDEX_##id_, .nout = 1,                   \
    .infer = (infer_), .cost = (cost_), .formula = (formula_), .dtypes = "bool int float complex", \
    .meaning = (meaning_)
#define INNER_ROW(name_, id_, infer_, meaning_)                                                    \
    INDEX_ROW(name_, id_, infer_, fm_cost_nothing, "0", meaning_)

static const fm_row rows[] = {
    {INDEX_ROW("take", gather, fm_infer_take, fm_cost_moved, "out",
               "Elements along an axis, or of all, by their indices."),
     .run = fm_run_take, .has_kernel = true, .nparams = 4,
     .params = {FM_P_TENSOR("a"), FM_P_TENSOR("indices"), P_INT_OR_NONE("axis", NONE),
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
