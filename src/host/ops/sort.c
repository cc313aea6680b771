/* Rows that sort, search, count, compare as sets, and find what lies in the middle. */
#include "ops/sort.h"
#include "ops/ids.h"
#include "ops/param.h"

#define AXIS                                                                                       \
    {                                                                                              \
        .name = "axis", .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = {                      \
            .kind = FM_VALUE_INT,                                                                  \
            .as.i = -1                                                                             \
        }                                                                                          \
    }
#define KIND(...)                                                                                  \
    {                                                                                              \
        .name = "kind", .takes = FM_TAKES_STRING | FM_TAKES_NONE, .otherwise = { __VA_ARGS__ }     \
    }
#define ORDER                                                                                      \
    {                                                                                              \
        .name = "order", .takes = FM_TAKES_STRING | FM_TAKES_LIST | FM_TAKES_NONE, .otherwise = {  \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define STABLE                                                                                     \
    {                                                                                              \
        .name = "stable", .takes = FM_TAKES_BOOL | FM_TAKES_NONE, .otherwise = {                   \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define SORT_ROW(name_, id_, infer_, cost_, formula_, meaning_)                                    \
    .name = (name_), .family = FM_FAMILY_SORT, .op = FM_SORT_##id_, .nout = 1, .infer = (infer_),  \
    .cost = (cost_), .formula = (formula_), .dtypes = "bool int float complex",                    \
    .meaning = (meaning_)
#define SORT_PARAMS                                                                                \
    .nparams = 5, .params = {FM_P_TENSOR("a"), AXIS, KIND(.kind = FM_VALUE_NONE), ORDER, STABLE}
#define PART_PARAMS                                                                                \
    .nparams = 5, .params = {FM_P_TENSOR("a"), FM_P_INTS("kth"), AXIS,                             \
                             KIND(.kind = FM_VALUE_STRING, .as.string = "introselect"), ORDER}

#define TEXT         FM_TAKES_STRING
#define LIST_OR_TEXT (FM_TAKES_LIST | FM_TAKES_STRING)
#define INT_OR_NONE(name_)                                                                         \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = {                     \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define FLAG_OR_NONE(name_)                                                                        \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_BOOL | FM_TAKES_NONE, .otherwise = {                    \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define BINS(also_)                                                                                \
    {                                                                                              \
        .name = "bins", .takes = FM_TAKES_TENSOR | (also_), .otherwise = {                         \
            .kind = FM_VALUE_INT,                                                                  \
            .as.i = 10                                                                             \
        }                                                                                          \
    }
#define RANGE                                                                                      \
    {                                                                                              \
        .name = "range", .takes = FM_TAKES_LIST | FM_TAKES_TENSOR | FM_TAKES_NONE, .otherwise = {  \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define PROGRAM(name_, parts_, formula_, meaning_) PROGRAM_OF(1, name_, parts_, formula_, meaning_)
#define PROGRAM_OF(nout_, name_, parts_, formula_, meaning_)                                       \
    .name = (name_), .family = FM_FAMILY_SORT, .nout = (nout_), .infer = fm_infer_##parts_,        \
    .cost = fm_cost_of_##parts_, .run = fm_run_##parts_, .formula = (formula_),                    \
    .dtypes = "bool int float complex", .meaning = (meaning_)
#define UNIQUE_ROW(name_, id_, nout_, meaning_)                                                    \
    .name = (name_), .family = FM_FAMILY_SORT, .op = FM_UNIQUE_##id_, .nout = (nout_),             \
    .infer = fm_infer_unique, .cost = fm_cost_of_unique, .run = fm_run_unique,                     \
    .formula = "n ceil(log2 n)", .dtypes = "bool int float complex", .meaning = (meaning_)
#define ONE_X .nparams = 1, .params = {FM_P_TENSOR("x")}
#define PAIR_ROW(name_, id_, meaning_)                                                             \
    .name = (name_), .family = FM_FAMILY_SORT, .op = FM_PAIR_##id_, .nout = 1,                     \
    .infer = fm_infer_pair, .cost = fm_cost_of_pair, .run = fm_run_pair,                           \
    .formula = "(n + m) ceil(log2(n + m))", .dtypes = "bool int float complex",                    \
    .meaning = (meaning_)
#define TWO_SETS FM_P_TENSOR("ar1"), FM_P_TENSOR("ar2"), FM_P_BOOL_DEFAULT("assume_unique", 0)
#define MEDIAN_PARAMS                                                                              \
    .nparams = 4,                                                                                  \
    .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("axis"),                                        \
               FM_P_BOOL_DEFAULT("overwrite_input", 0), FM_P_BOOL_DEFAULT("keepdims", 0)}
#define QUANTILE_PARAMS                                                                            \
    .nparams = 7,                                                                                  \
    .params = {                                                                                    \
        FM_P_TENSOR("a"),                                                                          \
        {.name = "q", .takes = FM_TAKES_TENSOR | FM_TAKES_NONE, .flags = FM_PARAM_REQUIRED},       \
        {.name = "axis",                                                                           \
         .takes = FM_TAKES_INT | FM_TAKES_INTS | FM_TAKES_FLOAT | FM_TAKES_NONE,                   \
         .otherwise = {.kind = FM_VALUE_NONE}},                                                    \
        FM_P_BOOL_DEFAULT("overwrite_input", 0),                                                   \
        {.name = "method",                                                                         \
         .takes = FM_TAKES_STRING,                                                                 \
         .otherwise = {.kind = FM_VALUE_STRING, .as.string = "linear"}},                           \
        FM_P_BOOL_DEFAULT("keepdims", 0),                                                          \
        FM_P_TENSOR_OR_NONE("weights")}

static const fm_row rows[] = {
    {SORT_ROW("sort", sort, fm_infer_sort, fm_cost_of_sort, "n ceil(log2 n)",
              "Elements in ascending order along an axis; NaN last."),
     SORT_PARAMS},
    {SORT_ROW("argsort", argsort, fm_infer_argsort, fm_cost_of_sort, "n ceil(log2 n)",
              "Places of the elements in ascending order, equal ones as they lie."),
     SORT_PARAMS},
    {SORT_ROW("partition", partition, fm_infer_partition, fm_cost_of_partition, "n kths",
              "Elements with those of some ranks in their places, smaller ones before."),
     PART_PARAMS},
    {SORT_ROW("argpartition", argpartition, fm_infer_argpartition, fm_cost_of_partition, "n kths",
              "Places of the elements as partition arranges them."),
     PART_PARAMS},
    {SORT_ROW("searchsorted", searchsorted, fm_infer_searchsorted, fm_cost_of_searchsorted,
              "m ceil(log2 n)", "Where elements of v belong in the sorted a."),
     .has_kernel = true, .run = fm_run_searchsorted, .nparams = 4,
     .params = {FM_P_TENSOR("a"),
                FM_P_TENSOR("v"),
                {.name = "side",
                 .takes = FM_TAKES_STRING,
                 .otherwise = {.kind = FM_VALUE_STRING, .as.string = "left"}},
                FM_P_TENSOR_OR_NONE("sorter")}},

    {SORT_ROW("_heads", heads, fm_infer_heads, fm_cost_nothing, "0",
              "Whether an element of a sorted line differs from the one before."),
     .nparams = 2, .params = {FM_P_TENSOR("x"), FM_P_BOOL_DEFAULT("equal_nan", 1)}},
    {SORT_ROW("_histogram", histogram, fm_infer_histogram_kernel, fm_cost_nothing, "0",
              "How many elements lie between neighbouring edges."),
     .nparams = 3,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("edges"), FM_P_BOOL_DEFAULT("uniform", 0)}},
    {SORT_ROW("_bins", bins, fm_infer_bins, fm_cost_nothing, "0",
              "The bin of each element, or the number of bins."),
     .nparams = 3,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("edges"), FM_P_BOOL_DEFAULT("uniform", 0)}},

    {SORT_ROW("_counts", counts, fm_infer_counts, fm_cost_nothing, "0",
              "How often each number is there, or the sum of its weights."),
     .nparams = 3, .params = {FM_P_TENSOR("x"), FM_P_INT("count"), FM_P_TENSOR_OR_NONE("weights")}},

    {PROGRAM("sort_complex", sort_complex, "n ceil(log2 n)",
             "All elements as complex numbers in order."),
     .nparams = 1, .params = {FM_P_TENSOR("a")}},
    {PROGRAM("lexsort", lexsort, "k n ceil(log2 n)",
             "Places in order by the last key, equal ones by the key before it."),
     .nparams = 2, .params = {FM_P_TENSORS("keys"), FM_P_INT_DEFAULT("axis", -1)}},
    {PROGRAM("digitize", digitize, "n ceil(log2 bins)", "The bin of each element of x."),
     .nparams = 3,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("bins"), FM_P_BOOL_DEFAULT("right", 0)}},

    {UNIQUE_ROW("unique", unique, 1, "Distinct elements or slices in order, with their places."),
     .flags = FM_ROW_REPLY, .nparams = 7,
     .params = {FM_P_TENSOR("ar"), FM_P_BOOL_DEFAULT("return_index", 0),
                FM_P_BOOL_DEFAULT("return_inverse", 0), FM_P_BOOL_DEFAULT("return_counts", 0),
                INT_OR_NONE("axis"), FM_P_BOOL_DEFAULT("equal_nan", 1),
                FM_P_BOOL_DEFAULT("sorted", 1)}},
    {UNIQUE_ROW("unique_all", all, 4, "Distinct elements, their places, inverse and counts."),
     ONE_X},
    {UNIQUE_ROW("unique_counts", counts, 2, "Distinct elements and how often each is there."),
     ONE_X},
    {UNIQUE_ROW("unique_inverse", inverse, 2,
                "Distinct elements and the number of each element's."),
     ONE_X},
    {UNIQUE_ROW("unique_values", values, 1,
                "Distinct elements, integers and complex ones in no order."),
     ONE_X},
    {UNIQUE_ROW("_unique", sorted, 1, "Distinct elements in order."), .nparams = 2,
     .params = {FM_P_TENSOR("x"), FM_P_BOOL_DEFAULT("equal_nan", 1)}},
    {UNIQUE_ROW("_unique_places", places, 2, "Distinct elements in order and where each is first."),
     ONE_X},

    {PAIR_ROW("union1d", union, "What is in either, in order."), .nparams = 2,
     .params = {FM_P_TENSOR("ar1"), FM_P_TENSOR("ar2")}},
    {PAIR_ROW("intersect1d", intersect, "What is in both, in order."), .flags = FM_ROW_REPLY,
     .nparams = 4, .params = {TWO_SETS, FM_P_BOOL_DEFAULT("return_indices", 0)}},
    {PAIR_ROW("setdiff1d", setdiff, "What is in the first alone."), .nparams = 3,
     .params = {TWO_SETS}},
    {PAIR_ROW("setxor1d", setxor, "What is in one alone, in order."), .nparams = 3,
     .params = {TWO_SETS}},
    {PAIR_ROW("isin", isin, "Whether each element is in the set."), .nparams = 5,
     .params = {FM_P_TENSOR("element"), FM_P_TENSOR("test_elements"),
                FM_P_BOOL_DEFAULT("assume_unique", 0), FM_P_BOOL_DEFAULT("invert", 0),
                KIND(.kind = FM_VALUE_NONE)}},
    {PAIR_ROW("in1d", in1d, "As isin, of all elements in order."), .nparams = 5,
     .params = {TWO_SETS, FM_P_BOOL_DEFAULT("invert", 0), KIND(.kind = FM_VALUE_NONE)}},

    {PROGRAM("bincount", bincount, "n", "How often each number is there, or its sum of weights."),
     .nparams = 3,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR_OR_NONE("weights"),
                FM_P_INT_DEFAULT("minlength", 0)}},
    {PROGRAM_OF(2, "histogram", histogram, "n ceil(log2 bins)",
                "How many elements are in each bin; the edges."),
     .probe = fm_probe_bins, .nparams = 5,
     .params = {FM_P_TENSOR("a"), BINS(TEXT), RANGE, FLAG_OR_NONE("density"),
                FM_P_TENSOR_OR_NONE("weights")}},
    {PROGRAM("histogram_bin_edges", histogram_bin_edges, "n", "The edges that histogram finds."),
     .nparams = 4, .params = {FM_P_TENSOR("a"), BINS(TEXT), RANGE, FM_P_TENSOR_OR_NONE("weights")}},
    {PROGRAM_OF(3, "histogram2d", histogram2d, "n ceil(log2 bins)",
                "How many points are in each cell; the edges."),
     .probe = fm_probe_bins, .nparams = 6,
     .params = {FM_P_TENSOR("x"), FM_P_TENSOR("y"), BINS(LIST_OR_TEXT), RANGE,
                FLAG_OR_NONE("density"), FM_P_TENSOR_OR_NONE("weights")}},
    {PROGRAM("histogramdd", histogramdd, "n ceil(log2 bins)",
             "How many rows are in each cell; a list of edges."),
     .probe = fm_probe_bins, .flags = FM_ROW_REPLY, .nparams = 5,
     .params = {FM_P_TENSOR("sample"), BINS(LIST_OR_TEXT), RANGE, FLAG_OR_NONE("density"),
                FM_P_TENSOR_OR_NONE("weights")}},

    {PROGRAM("median", median, "in", "The middle element, or the mean of the two."), MEDIAN_PARAMS},
    {PROGRAM("nanmedian", nanmedian, "in - out", "The median of what is not NaN."), MEDIAN_PARAMS},
    {PROGRAM("quantile", quantile, "in", "Elements below which a part q of all lies."),
     .op = FM_QUANTILE_quantile, QUANTILE_PARAMS},
    {PROGRAM("percentile", quantile, "in", "As quantile, with q in hundredths."),
     .op = FM_QUANTILE_percentile, QUANTILE_PARAMS},
    {PROGRAM("nanquantile", quantile, "in - out", "Quantiles of what is not NaN."),
     .op = FM_QUANTILE_nanquantile, QUANTILE_PARAMS},
    {PROGRAM("nanpercentile", quantile, "in - out", "Percentiles of what is not NaN."),
     .op = FM_QUANTILE_nanpercentile, QUANTILE_PARAMS},
};

const fm_row_table fm_rows_sort = {rows, (int)(sizeof rows / sizeof *rows)};
