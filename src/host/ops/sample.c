/* Rows that sample distributions: each as NumPy's legacy function, as a method of Generator and as
   one of RandomState. */
#include "ops/sample.h"

#define NUMBER(name_)                                                                              \
    { .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_FLOAT, .flags = FM_PARAM_REQUIRED }
#define NUMBER_OR(name_, value_)                                                                   \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_FLOAT, .otherwise = {                 \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }
#define TEXT(name_, text_)                                                                         \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_STRING, .otherwise = {                                  \
            .kind = FM_VALUE_STRING,                                                               \
            .as.string = (text_)                                                                   \
        }                                                                                          \
    }
#define ANY(name_)                                                                                 \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_ANY, .flags = FM_PARAM_RUNTIME, .otherwise = {          \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define SIZE  FM_P_INTS_OR_NONE("size")
#define DTYPE FM_P_DTYPE_OR_NONE("dtype")

/* The legacy function, the methods of both classes. */
#define LEGACY(method, ...)                                                                        \
    {.name = "random." method, __VA_ARGS__}, {                                                     \
        .name = "random.RandomState." method, __VA_ARGS__                                          \
    }
#define GENERATOR(method, ...)                                                                     \
    { .name = "random.Generator." method, __VA_ARGS__ }
#define EACH(method, ...) LEGACY(method, __VA_ARGS__), GENERATOR(method, __VA_ARGS__)

#define ROW(op_, infer_, cost_, run_, formula_, dtypes_, meaning_)                                 \
    .family = FM_FAMILY_SAMPLE, .op = FM_SAMPLER_##op_, .infer = (infer_), .cost = (cost_),        \
    .run = (run_), .formula = (formula_), .dtypes = (dtypes_), .meaning = (meaning_)
#define REAL(meaning_)                                                                             \
    ROW(draw, fm_infer_distribution, fm_cost_sampled, fm_run_distribution, "16n", "float",         \
        meaning_),                                                                                 \
        .nout = 1, .has_kernel = true, .ulp = 4
#define COUNT(meaning_)                                                                            \
    ROW(draw, fm_infer_distribution, fm_cost_sampled, fm_run_distribution, "16n", "int",           \
        meaning_),                                                                                 \
        .nout = 1, .has_kernel = true
#define LOC_SCALE             .nparams = 3, .params = {NUMBER_OR("loc", 0.0), NUMBER_OR("scale", 1.0), SIZE}
#define ONE(name_)            .nparams = 2, .params = {NUMBER(name_), SIZE}
#define ONE_OR(name_, value_) .nparams = 2, .params = {NUMBER_OR(name_, value_), SIZE}
#define TWO(first_, second_)  .nparams = 3, .params = {NUMBER(first_), NUMBER(second_), SIZE}
#define THREE(first_, second_, third_)                                                             \
    .nparams = 4, .params = {NUMBER(first_), NUMBER(second_), NUMBER(third_), SIZE}

#define WHOLE(meaning_)                                                                            \
    ROW(whole, fm_infer_whole, fm_cost_sampled, fm_run_whole, "n", "bool int", meaning_),          \
        .nout = 1, .has_kernel = true, .probe = fm_probe_whole
#define ENDS                                                                                       \
    NUMBER("low"), {                                                                               \
        .name = "high", .takes = FM_TAKES_TENSOR | FM_TAKES_FLOAT | FM_TAKES_NONE, .otherwise = {  \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }

#define PERMUTATION                                                                                \
    ROW(draw, fm_infer_permutation, fm_cost_of_permutation, fm_run_permutation, "n ceil(log2 n)",  \
        "bool int float complex", "A range, or an array along an axis, in random order."),         \
        .nout = 1, .flags = FM_ROW_ARRAY, .probe = fm_probe_permutation
#define PERMUTED_X(more_)                                                                          \
    { .name = "x", .takes = FM_TAKES_TENSOR | FM_TAKES_INT | (more_), .flags = FM_PARAM_REQUIRED }
#define SHUFFLE                                                                                    \
    ROW(draw, fm_infer_shuffle, fm_cost_of_shuffle, fm_run_shuffle, "n ceil(log2 n)",              \
        "bool int float complex", "Brings an array into random order along an axis, in place.")
#define SHUFFLED_X                                                                                 \
    {                                                                                              \
        .name = "x", .takes = FM_TAKES_TENSOR | 1 << FM_VALUE_TUPLE,                               \
        .flags = FM_PARAM_REQUIRED | FM_PARAM_IN_PLACE                                             \
    }
#define CHOICE                                                                                     \
    ROW(draw, fm_infer_choice, fm_cost_of_choice, fm_run_choice, "n", "bool int float complex",    \
        "Samples of a range or of an array along an axis."),                                       \
        .nout = 1, .probe = fm_probe_choice
#define CHOICE_PARAMS                                                                              \
    {.name = "a", .takes = FM_TAKES_TENSOR | FM_TAKES_INT, .flags = FM_PARAM_REQUIRED}, SIZE,      \
        FM_P_BOOL_DEFAULT("replace", 1), FM_P_TENSOR_OR_NONE("p")

#define ROWS(infer_, run_, dtypes_, meaning_)                                                      \
    ROW(draw, infer_, fm_cost_sampled, run_, "16n", dtypes_, meaning_), .nout = 1,                 \
                                                                        .flags = FM_ROW_ARRAY
#define NORMALS                                                                                    \
    ROWS(fm_infer_multivariate_normal, fm_run_multivariate_normal, "float",                        \
         "Samples of a normal distribution with a covariance matrix.")
#define NORMALS_PARAMS                                                                             \
    FM_P_TENSOR("mean"), FM_P_TENSOR("cov"), SIZE, TEXT("check_valid", "warn"), {                  \
        .name = "tol", .takes = FM_TAKES_FLOAT, .otherwise = {                                     \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = 1e-8                                                                           \
        }                                                                                          \
    }
#define STATE(run_, meaning_)                                                                      \
    ROW(draw, fm_infer_nothing, fm_cost_nothing, run_, "0", "", meaning_),                         \
        .flags = FM_ROW_REPLY | FM_ROW_SILENT

/* Kernels that programs call. */
#define INNER(name_, op_, infer_, meaning_)                                                        \
    .name = (name_), .family = FM_FAMILY_SAMPLE, .op = FM_SAMPLER_##op_, .nout = 1,                \
    .flags = FM_ROW_SILENT, .infer = (infer_), .cost = fm_cost_nothing, .formula = "0",            \
    .dtypes = "int float", .meaning = (meaning_)

static const fm_row rows[] = {
    EACH("exponential", REAL("Exponential samples of mean scale."), ONE_OR("scale", 1.0)),
    LEGACY("standard_exponential", REAL("Exponential samples of mean 1."), .nparams = 1,
           .params = {SIZE}),
    GENERATOR("standard_exponential", REAL("Exponential samples of mean 1."), .nparams = 3,
              .params = {SIZE, DTYPE, TEXT("method", "zig")}),
    EACH("gumbel", REAL("Gumbel samples."), LOC_SCALE),
    EACH("laplace", REAL("Laplace samples."), LOC_SCALE),
    EACH("logistic", REAL("Logistic samples."), LOC_SCALE),
    EACH("lognormal", REAL("Samples whose logarithm is normal."), .nparams = 3,
         .params = {NUMBER_OR("mean", 0.0), NUMBER_OR("sigma", 1.0), SIZE}),
    EACH("rayleigh", REAL("Rayleigh samples."), ONE_OR("scale", 1.0)),
    EACH("weibull", REAL("Weibull samples of shape a."), ONE("a")),
    EACH("pareto", REAL("Samples of Pareto's second kind, of shape a."), ONE("a")),
    EACH("power", REAL("Samples in [0, 1] of density a x^(a - 1)."), ONE("a")),
    EACH("triangular", REAL("Samples of a triangular density."), THREE("left", "mode", "right")),
    EACH("standard_cauchy", REAL("Cauchy samples."), .nparams = 1, .params = {SIZE}),
    EACH("wald", REAL("Inverse Gaussian samples."), TWO("mean", "scale")),
    EACH("geometric", COUNT("Trials up to the first success."), ONE("p")),
    EACH("logseries", COUNT("Samples of the logarithmic series."), ONE("p")),
    EACH("gamma", REAL("Gamma samples."), .nparams = 3,
         .params = {NUMBER("shape"), NUMBER_OR("scale", 1.0), SIZE}),
    LEGACY("standard_gamma", REAL("Gamma samples of scale 1."), ONE("shape")),
    GENERATOR("standard_gamma", REAL("Gamma samples of scale 1."), .nparams = 3,
              .params = {NUMBER("shape"), SIZE, DTYPE}),
    EACH("beta", REAL("Beta samples."), TWO("a", "b")),
    EACH("chisquare", REAL("Chi-square samples."), ONE("df")),
    EACH("f", REAL("Samples of the F distribution."), TWO("dfnum", "dfden")),
    EACH("standard_t", REAL("Samples of Student's t."), ONE("df")),
    EACH("vonmises", REAL("Angles of the von Mises distribution, in [-pi, pi]."),
         TWO("mu", "kappa")),
    EACH("noncentral_chisquare", REAL("Noncentral chi-square samples."), TWO("df", "nonc")),
    EACH("noncentral_f", REAL("Samples of the noncentral F distribution."),
         THREE("dfnum", "dfden", "nonc")),
    EACH("poisson", COUNT("Poisson samples."), ONE_OR("lam", 1.0)),
    EACH("binomial", COUNT("Successes among n trials."), TWO("n", "p")),
    EACH("negative_binomial", COUNT("Failures before n successes."), TWO("n", "p")),
    EACH("hypergeometric", COUNT("Good ones among those drawn without replacement."),
         THREE("ngood", "nbad", "nsample")),
    EACH("zipf", COUNT("Samples of Zipf's law."), ONE("a")),

    LEGACY("randint", WHOLE("Integers from low to below high, or from 0 to below low."),
           .nparams = 4, .params = {ENDS, SIZE, DTYPE}),
    LEGACY("random_integers", WHOLE("Integers from low to high, or from 1 to low."), .nparams = 3,
           .params = {ENDS, SIZE}),
    GENERATOR("integers", WHOLE("Integers from low to below high, or to high itself."),
              .nparams = 5, .params = {ENDS, SIZE, DTYPE, FM_P_BOOL_DEFAULT("endpoint", 0)}),
    {.name = "random.RandomState.tomaxint",
     ROW(whole, fm_infer_tomaxint, fm_cost_sampled, NULL, "n", "int",
         "Integers from 0 to the largest."),
     .nout = 1,
     .nparams = 1,
     .params = {SIZE}},
    EACH("bytes", ROW(words, fm_infer_bytes, fm_cost_of_bytes, NULL, "n", "int", "Random bytes."),
         .nout = 1, .nparams = 1,
         .params = {{.name = "length",
                     .takes = FM_TAKES_INT | FM_TAKES_FLOAT,
                     .flags = FM_PARAM_REQUIRED}}),

    {.name = "random.permutation",
     PERMUTATION,
     .nparams = 1,
     .params = {PERMUTED_X(FM_TAKES_LIST)}},
    {.name = "random.RandomState.permutation",
     PERMUTATION,
     .nparams = 1,
     .params = {PERMUTED_X(0)}},
    GENERATOR("permutation", PERMUTATION, .nparams = 2,
              .params = {PERMUTED_X(0), FM_P_INT_DEFAULT("axis", 0)}),
    LEGACY("shuffle", SHUFFLE, .nparams = 1, .params = {SHUFFLED_X}),
    GENERATOR("shuffle", SHUFFLE, .nparams = 2,
              .params = {SHUFFLED_X, FM_P_INT_DEFAULT("axis", 0)}),
    GENERATOR("permuted",
              ROW(draw, fm_infer_permuted, fm_cost_of_permuted, fm_run_permuted, "n ceil(log2 n)",
                  "bool int float complex",
                  "Each line along an axis in a random order of its own."),
              .nout = 1, .flags = FM_ROW_ARRAY, .nparams = 2,
              .params = {FM_P_TENSOR("x"),
                         {.name = "axis",
                          .takes = FM_TAKES_INT | FM_TAKES_NONE,
                          .otherwise = {.kind = FM_VALUE_NONE}}}),
    LEGACY("choice", CHOICE, .nparams = 4, .params = {CHOICE_PARAMS}),
    GENERATOR(
        "choice", CHOICE, .nparams = 6,
        .params = {CHOICE_PARAMS, FM_P_INT_DEFAULT("axis", 0), FM_P_BOOL_DEFAULT("shuffle", 1)}),

    EACH(
        "multinomial",
        ROWS(fm_infer_multinomial, fm_run_multinomial, "int", "How n trials fall into categories."),
        .nparams = 3, .params = {NUMBER("n"), FM_P_TENSOR("pvals"), SIZE}),
    GENERATOR(
        "multivariate_hypergeometric",
        ROWS(fm_infer_colors, fm_run_colors, "int", "Colors of those drawn without replacement."),
        .nparams = 4,
        .params = {FM_P_TENSOR("colors"), NUMBER("nsample"), SIZE, TEXT("method", "marginals")}),
    EACH("dirichlet",
         ROWS(fm_infer_dirichlet, fm_run_dirichlet, "float", "Shares that add up to 1."),
         .nparams = 2, .params = {FM_P_TENSOR("alpha"), SIZE}),
    LEGACY("multivariate_normal", NORMALS, .nparams = 5, .params = {NORMALS_PARAMS}),
    GENERATOR("multivariate_normal", NORMALS, .nparams = 6,
              .params = {NORMALS_PARAMS, TEXT("method", "svd")}),

    LEGACY("seed", STATE(fm_run_seed, "Restarts the stream."), .nparams = 1,
           .params = {ANY("seed")}),
    LEGACY("get_state", STATE(fm_run_get_state, "The stream's state."), .nparams = 1,
           .params = {FM_P_BOOL_DEFAULT("legacy", 1)}),
    LEGACY("set_state", STATE(fm_run_set_state, "Puts the stream into a state."), .nparams = 1,
           .params = {{.name = "state", .takes = FM_TAKES_ANY, .flags = FM_PARAM_REQUIRED}}),
    {.name = "random.default_rng",
     STATE(fm_run_default_rng, "A generator with a stream of its own."),
     .nparams = 1,
     .params = {ANY("seed")}},
    GENERATOR("spawn", STATE(fm_run_spawn, "Generators with streams of their own."), .nparams = 1,
              .params = {{.name = "n_children",
                          .takes = FM_TAKES_INT | FM_TAKES_FLOAT,
                          .flags = FM_PARAM_REQUIRED}}),
    GENERATOR("bit_generator", STATE(fm_run_bit_generator, "The stream itself.")),

    {INNER("_sample", draw, fm_infer_inner_draw, "Samples of a distribution by its number."),
     .nparams = 6,
     .params = {FM_P_INT("which"), FM_P_TENSOR_OR_NONE("a"), FM_P_TENSOR_OR_NONE("b"),
                FM_P_TENSOR_OR_NONE("c"), FM_P_INTS("size"), DTYPE}},
    {INNER("_sample_check", check, fm_infer_inner_check, "The first rule that parameters break."),
     .nparams = 5,
     .params = {FM_P_INT("which"), FM_P_INT("legacy"), FM_P_TENSOR_OR_NONE("a"),
                FM_P_TENSOR_OR_NONE("b"), FM_P_TENSOR_OR_NONE("c")}},
    {INNER("_whole", whole, fm_infer_inner_whole, "Integers of ranges."), .nparams = 5,
     .params =
         {{.name = "low", .takes = FM_TAKES_INT | FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED},
          {.name = "width", .takes = FM_TAKES_INT | FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED},
          FM_P_INTS("size"),
          DTYPE,
          FM_P_BOOL_DEFAULT("narrow", 0)}},
    {INNER("_words", words, fm_infer_inner_words, "Words of the stream."), .nparams = 2,
     .params = {FM_P_INTS("size"), DTYPE}},
    {INNER("_order", order, fm_infer_inner_order, "The order of n random keys."), .nparams = 1,
     .params = {FM_P_INT("n")}},
    {INNER("_pick", pick, fm_infer_inner_pick, "Places in a distribution function."), .nparams = 2,
     .params = {FM_P_TENSOR("rising"), FM_P_INTS("size")}},
    {INNER("_multinomial", multinomial, fm_infer_inner_rows, "Rows of counts."), .nparams = 3,
     .params = {FM_P_TENSOR("n"), FM_P_TENSOR("pvals"), FM_P_INTS("size")}},
    {INNER("_multivariate_hypergeometric", multivariate_hypergeometric, fm_infer_inner_rows,
           "Rows of counts."),
     .nparams = 4,
     .params = {FM_P_TENSOR("drawn"), FM_P_TENSOR("colors"), FM_P_INTS("size"), FM_P_INT("total")}},
};

const fm_row_table fm_rows_sample = {rows, (int)(sizeof rows / sizeof *rows)};
