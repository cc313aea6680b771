/* Rows that draw random numbers from the context's counter-based stream. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"

#include <string.h>

/* Finds the parameter of that name; every row here has those it asks for. */
static int param_of(const fm_row *row, const char *name) {
    for (int p = 0; p < row->nparams; p++)
        if (strcmp(row->params[p].name, name) == 0) return p;
    return -1;
}

/* The output: shape from `size` (0 dimensions where it is None), float64 or float32 by `dtype`. */
static fm_status drawn_output(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    int size = param_of(bound->row, "size"), dtype = param_of(bound->row, "dtype");
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

/* The first two parameters reach the kernel by value. */
static fm_status infer_scaled(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(infer_standard(bound, r, error));
    r->params.random.standard = 0;
    r->nscalars = 2;
    r->scalar_param[0] = 0;
    r->scalar_param[1] = 1;
    return FM_OK;
}

static fm_status cost_drawn(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    fm_status status =
        fm_cost_elementwise(work, fm_row_cost_name(bound->row), fm_extents_out(r, 0));
    return fm_cost_close(bound, r, work, status, error);
}

#define RANDOM_ROW(name_, id_, infer_, formula_, meaning_)                                         \
    .name = (name_), .family = FM_FAMILY_RANDOM, .op = FM_RANDOM_##id_, .nout = 1,                 \
    .infer = (infer_), .cost = cost_drawn, .formula = (formula_), .dtypes = "float", .ulp = 4,     \
    .meaning = (meaning_)
#define SIZE_ONLY .nparams = 2, .params = {FM_P_INTS_OR_NONE("size"), FM_P_DTYPE_OR_NONE("dtype")}
#define UNIFORM(name_)                                                                             \
    { RANDOM_ROW(name_, uniform, infer_standard, "n", "Uniform samples in [0, 1)."), SIZE_ONLY }
#define NORMAL(name_)                                                                              \
    {                                                                                              \
        RANDOM_ROW(name_, normal, infer_standard, "16n", "Samples of the standard normal."),       \
            SIZE_ONLY                                                                              \
    }

static const fm_row rows[] = {
    UNIFORM("random.random"),
    UNIFORM("random.random_sample"),
    UNIFORM("random.rand"),
    UNIFORM("random.ranf"),
    UNIFORM("random.sample"),
    NORMAL("random.randn"),
    NORMAL("random.standard_normal"),
    {RANDOM_ROW("random.uniform", uniform, infer_scaled, "n", "Uniform samples in [low, high)."),
     .nparams = 4,
     .params = {FM_P_RUNTIME_FLOAT("low", 0.0), FM_P_RUNTIME_FLOAT("high", 1.0),
                FM_P_INTS_OR_NONE("size"), FM_P_DTYPE_OR_NONE("dtype")}},
    {RANDOM_ROW("random.normal", normal, infer_scaled, "16n",
                "Normal samples of mean loc and standard deviation scale."),
     .nparams = 4,
     .params = {FM_P_RUNTIME_FLOAT("loc", 0.0), FM_P_RUNTIME_FLOAT("scale", 1.0),
                FM_P_INTS_OR_NONE("size"), FM_P_DTYPE_OR_NONE("dtype")}},
};

const fm_row_table fm_rows_random = {rows, (int)(sizeof rows / sizeof *rows)};
