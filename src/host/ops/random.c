/* Rows that draw random numbers from the context's counter-based stream. */
#include "ops/sample.h"

/* The output: shape from `size` (0 dimensions where it is None), float64 or float32 by `dtype`. */
static fm_status drawn_output(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int size = fm_sample_param(bound->row, "size"), dtype = fm_sample_param(bound->row, "dtype");
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    FM_TRY(fm_arg_shape(bound, size, false, &ndim, shape, error));
    r->compute = fm_arg_dtype(&bound->values[dtype], FM_FLOAT64);
    if (r->compute != FM_FLOAT64 && r->compute != FM_FLOAT32)
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, dtype + 1,
                          "dtype %s, but samples are float64 or float32",
                          fm_dtype_name(r->compute));
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* The words of the stream that the call uses up: an element of float64 takes two, of float32 one.
 */
static fm_status drawn_words(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_u128 words;
    r->params.random.words = r->compute == FM_FLOAT64 ? 2 : 1;
    if (!fm_u128_extents(r->out[0].ndim, r->out[0].shape, &words) ||
        !fm_u128_mul(words, (fm_u128)r->params.random.words, &words) || words > INT64_MAX)
        return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 0,
                          "the sample would exceed 2^63 - 1 random words");
    r->random_words = (uint64_t)words;
    return FM_OK;
}

static fm_status infer_standard(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_operands_clear(r);
    r->params.random = (fm_random_params){.standard = 1};
    FM_TRY(drawn_output(bound, r, error));
    return drawn_words(bound, r, error);
}

/* The first two parameters reach the kernel by value; in memory they are the samplers' program's.
 */
static fm_status infer_scaled(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    for (int p = 0; p < 2; p++) {
        const fm_layout *x = fm_value_layout(&bound->values[p]);
        if (!(x->flags & FM_LAYOUT_WEAK) || fm_dtype_kind(x->dtype) == 'c')
            return fm_infer_distribution(bound, r, error);
    }
    FM_TRY(infer_standard(bound, r, error));
    r->params.random.standard = 0;
    r->params.random.legacy = !fm_sample_is_generator(bound->row);
    for (int p = 0; p < 2; p++) fm_operand_add(bound, r, p, 0);
    return FM_OK;
}

#define RANDOM_ROW(id_, infer_, formula_, meaning_)                                                \
    .family = FM_FAMILY_RANDOM, .op = FM_RANDOM_##id_, .nout = 1, .infer = (infer_),               \
    .cost = fm_cost_sampled, .formula = (formula_), .dtypes = "float", .ulp = 4,                   \
    .meaning = (meaning_)
#define SIZE_ONLY .nparams = 2, .params = {FM_P_INTS_OR_NONE("size"), FM_P_DTYPE_OR_NONE("dtype")}
/* rand(3, 4): extents one after the other. */
#define EXTENTS                                                                                    \
    .nparams = 2, .params = {{.name = "size",                                                      \
                              .takes = FM_TAKES_INTS | FM_TAKES_NONE,                              \
                              .flags = FM_PARAM_VARIADIC,                                          \
                              .otherwise = {.kind = FM_VALUE_NONE}},                               \
                             FM_P_DTYPE_OR_NONE("dtype")}
#define NUMBER_OR(name_, value_)                                                                   \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_FLOAT, .otherwise = {                 \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }
#define UNIFORM(name_)                                                                             \
    .name = (name_), RANDOM_ROW(uniform, infer_standard, "n", "Uniform samples in [0, 1).")
#define NORMAL(name_)                                                                              \
    .name = (name_), RANDOM_ROW(normal, infer_standard, "16n", "Samples of the standard normal.")
#define BETWEEN(name_)                                                                             \
    {                                                                                              \
        .name = (name_),                                                                           \
        RANDOM_ROW(uniform, infer_scaled, "n", "Uniform samples in [low, high)."),                 \
        .run = fm_run_distribution, .has_kernel = true, .nparams = 4, .params = {                  \
            NUMBER_OR("low", 0.0),                                                                 \
            NUMBER_OR("high", 1.0),                                                                \
            FM_P_INTS_OR_NONE("size"),                                                             \
            FM_P_DTYPE_OR_NONE("dtype")                                                            \
        }                                                                                          \
    }
#define SCALED(name_)                                                                              \
    {                                                                                              \
        .name = (name_),                                                                           \
        RANDOM_ROW(normal, infer_scaled, "16n",                                                    \
                   "Normal samples of mean loc and standard deviation scale."),                    \
        .run = fm_run_distribution, .has_kernel = true, .nparams = 4, .params = {                  \
            NUMBER_OR("loc", 0.0),                                                                 \
            NUMBER_OR("scale", 1.0),                                                               \
            FM_P_INTS_OR_NONE("size"),                                                             \
            FM_P_DTYPE_OR_NONE("dtype")                                                            \
        }                                                                                          \
    }

static const fm_row rows[] = {
    {UNIFORM("random.random"), SIZE_ONLY},
    {UNIFORM("random.random_sample"), SIZE_ONLY},
    {UNIFORM("random.rand"), EXTENTS},
    {UNIFORM("random.ranf"), SIZE_ONLY},
    {UNIFORM("random.sample"), SIZE_ONLY},
    {UNIFORM("random.Generator.random"), SIZE_ONLY},
    {UNIFORM("random.RandomState.random"), SIZE_ONLY},
    {UNIFORM("random.RandomState.random_sample"), SIZE_ONLY},
    {UNIFORM("random.RandomState.rand"), EXTENTS},
    {NORMAL("random.randn"), EXTENTS},
    {NORMAL("random.standard_normal"), SIZE_ONLY},
    {NORMAL("random.Generator.standard_normal"), SIZE_ONLY},
    {NORMAL("random.RandomState.standard_normal"), SIZE_ONLY},
    {NORMAL("random.RandomState.randn"), EXTENTS},
    BETWEEN("random.uniform"),
    BETWEEN("random.Generator.uniform"),
    BETWEEN("random.RandomState.uniform"),
    SCALED("random.normal"),
    SCALED("random.Generator.normal"),
    SCALED("random.RandomState.normal"),
};

const fm_row_table fm_rows_random = {rows, (int)(sizeof rows / sizeof *rows)};
