/* Rows of discrete Fourier transforms. */
#include "ops/args.h"
#include "ops/ids.h"
#include "ops/param.h"
#include "ops/program.h"

#include "scalar/half.h"

#include <math.h>
#include <string.h>

enum { P_A, P_N, P_AXIS, P_NORM, P_S = P_N, P_AXES = P_AXIS };

/* What a row does: its kind, direction, which norm scales it, and the formula that charges it. */
typedef struct transform {
    fm_fft_kind kind;
    int sign;
    bool inverse; /* scaled by 1 / n where norm is "backward" */
    bool many;    /* over several axes */
    bool halved;  /* costs half */
} transform;

static const transform *transform_of(const fm_row *row);

static bool is_complex(fm_dtype dtype) {
    return fm_dtype_kind(dtype) == 'c';
}

/* The dtype of the real parts, as NumPy takes it from the input. */
static fm_dtype real_dtype(fm_dtype dtype) {
    if (dtype == FM_FLOAT16 || dtype == FM_BFLOAT16 || dtype == FM_FLOAT32) return dtype;
    return dtype == FM_COMPLEX64 ? FM_FLOAT32 : FM_FLOAT64;
}

/* The call as its arguments have it. */
typedef struct request {
    int naxes;
    int axis[FM_MAX_NDIM];
    int64_t n[FM_MAX_NDIM];
    bool repeated;
} request;

static fm_status bad_index(const fm_bound *bound, int param, int64_t axis, int ndim,
                           const char *exception, fm_error *error) {
    fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, param + 1,
               "%s %lld is out of range for %d dimension%s", bound->row->params[param].name,
               (long long)axis, ndim, ndim == 1 ? "" : "s");
    return fm_fail_as(error, exception, FM_ERR_SHAPE);
}

static fm_status take_axis(const fm_bound *bound, const fm_layout *a, int64_t axis,
                           const char *exception, request *q, fm_error *error) {
    if (axis < -a->ndim || axis >= a->ndim)
        return bad_index(bound, P_AXIS, axis, a->ndim, exception, error);
    int at = (int)(axis < 0 ? axis + a->ndim : axis);
    for (int i = 0; i < q->naxes; i++) q->repeated |= q->axis[i] == at;
    q->axis[q->naxes++] = at;
    return FM_OK;
}

/* The axes of a row over several; those that s stands for where none are given. */
static fm_status take_axes(const fm_bound *bound, const fm_layout *a, int ns, request *q,
                           fm_error *error) {
    const int64_t *axes;
    bool given = !fm_arg_absent(&bound->values[P_AXES]);
    int count = given ? fm_arg_ints(&bound->values[P_AXES], &axes) : ns >= 0 ? ns : a->ndim;
    if (count > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_AXES + 1,
                          "%d axes, but at most %d are transformed", count, FM_MAX_NDIM);
    const bool refused =
        transform_of(bound->row)->kind == FM_FFT_R2C && fm_dtype_kind(a->dtype) == 'c';
    const char *exception = given ? "IndexError" : refused ? "TypeError" : "AxisError";
    for (int i = 0; i < count; i++)
        FM_TRY(take_axis(bound, a, given ? axes[i] : i - count, exception, q, error));
    if (ns >= 0 && ns != count)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_S + 1,
                          "%d extents, but %d axes are transformed", ns, count);
    if (count == 0 && transform_of(bound->row)->kind != FM_FFT_C2C) {
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_AXES + 1,
                   "0 axes, but it transforms at least 1");
        return fm_fail_as(error, "IndexError", FM_ERR_ARGUMENT);
    }
    return FM_OK;
}

/* 0.4.3 divides the size by the axes' extents before it does anything, of two-dimensional
   transforms by those of two axes. */
static fm_status check_division(const fm_bound *bound, const fm_layout *a, const request *q,
                                fm_error *error) {
    const char *name = bound->row->name;
    const bool pair = name[strlen(name) - 1] == '2' && fm_arg_absent(&bound->values[P_S]);
    if (fm_arg_absent(&bound->values[P_AXES]) || (pair && q->naxes < 2)) return FM_OK;
    for (int i = 0; i < q->naxes; i++) {
        if (fm_layout_shape(a)[q->axis[i]] != 0) continue;
        fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_AXES + 1,
                   "axis %d of argument 1 has extent 0, but a transform has at least 1 point",
                   q->axis[i]);
        return fm_fail_as(error, "ZeroDivisionError", FM_ERR_ARGUMENT);
    }
    return FM_OK;
}

static fm_status check_points(const fm_bound *bound, const request *q, int i, fm_error *error) {
    if (q->n[i] >= 1) return FM_OK;
    return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_N + 1,
                      "%lld points along axis %d, but a transform has at least 1",
                      (long long)q->n[i], q->axis[i]);
}

/* Of axes that s stands for some may not be there; NumPy finds a length of 0 first where it comes
   to that first: to the last axis, or with a real result to the first. */
static fm_status check_lengths(const fm_bound *bound, const fm_layout *a, int ns, const int64_t *s,
                               request *q, fm_error *error) {
    const bool rises = transform_of(bound->row)->kind == FM_FFT_C2R;
    if (!fm_arg_absent(&bound->values[P_AXES]) || ns <= a->ndim || ns > FM_MAX_NDIM) return FM_OK;
    for (int k = 0; k < ns; k++) {
        const int i = rises ? k : ns - 1 - k;
        q->n[i] = s[i] == -1 ? 1 : s[i];
        q->axis[i] = i - ns;
        FM_TRY(check_points(bound, q, i, error));
        if (i - ns < -a->ndim) break;
    }
    return FM_OK;
}

static fm_status read_many(const fm_bound *bound, const fm_layout *a, request *q, fm_error *error) {
    const int64_t *s = NULL;
    bool backward = transform_of(bound->row)->kind == FM_FFT_C2R;
    int ns = fm_arg_absent(&bound->values[P_S]) ? -1 : fm_arg_ints(&bound->values[P_S], &s);
    FM_TRY(check_lengths(bound, a, ns, s, q, error));
    FM_TRY(take_axes(bound, a, ns, q, error));
    FM_TRY(check_division(bound, a, q, error));
    for (int i = 0; i < q->naxes; i++) {
        int64_t extent = fm_layout_shape(a)[q->axis[i]];
        q->n[i] = ns < 0 || s[i] == -1 ? extent : s[i];
        if (ns < 0 && backward && i == q->naxes - 1) q->n[i] = 2 * (extent - 1);
    }
    return FM_OK;
}

static fm_status read_one(const fm_bound *bound, const fm_layout *a, request *q, fm_error *error) {
    bool backward = transform_of(bound->row)->kind == FM_FFT_C2R;
    bool given = !fm_arg_absent(&bound->values[P_N]);
    const char *exception = given && a->ndim == 0 ? "AxisError" : "IndexError";
    if (given && bound->values[P_N].as.i < 1) {
        int64_t axis = bound->values[P_AXIS].as.i;
        *q = (request){.naxes = 1, .axis = {(int)(axis < 0 ? axis + a->ndim : axis)}};
        q->n[0] = bound->values[P_N].as.i;
        return check_points(bound, q, 0, error);
    }
    FM_TRY(take_axis(bound, a, bound->values[P_AXIS].as.i, exception, q, error));
    int64_t extent = fm_layout_shape(a)[q->axis[0]];
    q->n[0] = given ? bound->values[P_N].as.i : backward ? 2 * (extent - 1) : extent;
    return FM_OK;
}

/* A factor in the precision of the dtype, as NumPy computes it. */
static double round_to(fm_dtype dtype, double x) {
    if (dtype == FM_FLOAT32) return (double)(float)x;
    if (dtype == FM_FLOAT16) return (double)fm_f16_to_f32(fm_f64_to_f16(x));
    if (dtype == FM_BFLOAT16) return (double)fm_bf16_to_f32(fm_f64_to_bf16(x));
    return x;
}

static fm_status read_norm(const fm_bound *bound, const fm_layout *a, const request *q,
                           double *scale, fm_error *error) {
    const fm_value *value = &bound->values[P_NORM];
    bool inverse = transform_of(bound->row)->inverse;
    const char *norm = fm_arg_absent(value) ? "backward" : value->as.string;
    bool ortho = !strcmp(norm, "ortho"), forward = !strcmp(norm, "forward");
    if (!ortho && !forward && strcmp(norm, "backward") != 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_NORM + 1,
                          "norm '%.40s', but it is backward, ortho or forward", norm);
    *scale = 1;
    if (!ortho && forward == inverse) return FM_OK;
    for (int i = q->naxes - 1; i >= 0; i--) {
        bool first = i == (transform_of(bound->row)->kind == FM_FFT_C2R ? 0 : q->naxes - 1);
        fm_dtype dtype = real_dtype(a->dtype);
        if (!first && dtype != FM_FLOAT64) dtype = FM_FLOAT32;
        double n = round_to(dtype, (double)q->n[i]);
        if (ortho) n = round_to(dtype, sqrt(n));
        *scale *= round_to(dtype, 1 / n);
    }
    return FM_OK;
}

static fm_status check_real(const fm_bound *bound, const fm_layout *a, fm_error *error) {
    if (transform_of(bound->row)->kind != FM_FFT_R2C || !is_complex(a->dtype)) return FM_OK;
    return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_A + 1,
                      "dtype %s, but the transform of real numbers takes no complex ones",
                      fm_dtype_name(a->dtype));
}

/* The transform of real numbers looks at its own axis, then at the dtype, then at the others. */
static fm_status read_request(const fm_bound *bound, const fm_layout *a, request *q, double *scale,
                              fm_error *error) {
    memset(q, 0, sizeof *q);
    if (transform_of(bound->row)->many)
        FM_TRY(read_many(bound, a, q, error));
    else
        FM_TRY(read_one(bound, a, q, error));
    if (q->naxes) FM_TRY(check_points(bound, q, q->naxes - 1, error));
    FM_TRY(read_norm(bound, a, q, scale, error));
    FM_TRY(check_real(bound, a, error));
    for (int i = q->naxes - 2; i >= 0; i--) FM_TRY(check_points(bound, q, i, error));
    return FM_OK;
}

/* Of c2r over one axis float16 stays, as NumPy has it; before another transform it widens. */
static fm_dtype result_dtype(const fm_layout *a, const request *q, fm_fft_kind kind) {
    fm_dtype real = real_dtype(a->dtype);
    if (kind == FM_FFT_C2R) return real == FM_FLOAT64 || q->naxes == 1 ? real : FM_FLOAT32;
    return real == FM_FLOAT64 ? FM_COMPLEX128 : FM_COMPLEX64;
}

static fm_status infer_fft(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    const transform *t = transform_of(bound->row);
    const fm_layout *a = r->in[0];
    int64_t shape[FM_MAX_NDIM];
    request q;
    double scale;
    FM_TRY(read_request(bound, a, &q, &scale, error));
    fm_dtype dtype = q.naxes ? result_dtype(a, &q, t->kind) : a->dtype;
    if (a->ndim) memcpy(shape, fm_layout_shape(a), (size_t)a->ndim * sizeof *shape);
    /* The list runs backwards, but for c2r: its first transforms come last. */
    for (int i = q.naxes - 1; i >= 0; i--) {
        bool halves = t->kind == FM_FFT_R2C && i == q.naxes - 1;
        shape[q.axis[i]] = halves ? q.n[i] / 2 + 1 : q.n[i];
    }
    if (t->kind == FM_FFT_C2R) shape[q.axis[q.naxes - 1]] = q.n[q.naxes - 1];
    r->compute = real_dtype(a->dtype) == FM_FLOAT64 ? FM_COMPLEX128 : FM_COMPLEX64;
    r->program = q.naxes == 0 || q.repeated;
    r->params.fft = (fm_fft_params){
        .kind = (int32_t)t->kind, .sign = t->sign, .naxes = q.naxes, .scale = scale};
    for (int i = 0; i < q.naxes; i++) {
        r->params.fft.axis[i] = q.axis[i];
        r->params.fft.n[i] = q.n[i];
    }
    fm_output_set(r, 0, dtype, a->ndim, shape);
    return FM_OK;
}

/* An axis twice, or none at all: one transform after the other, as NumPy does it. */
static fm_status run_each(fm_program *p) {
    const transform *t = transform_of(p->row);
    fm_bound bound = {p->row, p->values, p->wanted, NULL};
    const fm_tensor *x = fm_program_tensor(p, P_A);
    request q;
    double scale;
    if (!x || read_request(&bound, x->layout, &q, &scale, p->error) != FM_OK)
        return p->status != FM_OK ? p->status : p->error->status;
    fm_value norm = fm_arg(p, P_NORM);
    for (int i = 0; i < q.naxes && x; i++) {
        int at = t->kind == FM_FFT_C2R ? i : q.naxes - 1 - i;
        bool real = at == q.naxes - 1 && t->kind != FM_FFT_C2C;
        fm_value n = V_I(q.n[at]), axis = V_I(q.axis[at]);
        if (real && t->kind == FM_FFT_R2C)
            x = FM_DO(p, "fft.rfft", V_T(x), n, axis, norm);
        else if (real)
            x = FM_DO(p, "fft.irfft", V_T(x), n, axis, norm);
        else if (t->inverse)
            x = FM_DO(p, "fft.ifft", V_T(x), n, axis, norm);
        else
            x = FM_DO(p, "fft.fft", V_T(x), n, axis, norm);
    }
    fm_program_return(p, 0, x);
    return p->status;
}

/* Lines of the call: 0.4.3 takes one where no axes are given, and at least one. */
static fm_status count_lines(const fm_bound *bound, const fm_layout *a, const request *q,
                             bool faults, fm_u128 *lines) {
    int64_t rest[FM_MAX_NDIM];
    *lines = 1;
    if (faults && transform_of(bound->row)->many && fm_arg_absent(&bound->values[P_AXES]))
        return FM_OK;
    if (a->ndim) memcpy(rest, fm_layout_shape(a), (size_t)a->ndim * sizeof *rest);
    bool nothing = faults && !transform_of(bound->row)->many && rest[q->axis[0]] == 0;
    for (int i = 0; i < q->naxes; i++) rest[q->axis[i]] = 1;
    if (!fm_u128_extents(a->ndim, rest, lines)) return FM_ERR_OVERFLOW;
    if (nothing || (faults && transform_of(bound->row)->many && *lines < 1)) *lines = 1;
    return FM_OK;
}

/* 0.4.3 multiplies s as it is given, -1 included, and charges nothing for a product below 2. */
static void points_of_0_4_3(const fm_bound *bound, request *q) {
    const int64_t *s;
    int ns = fm_arg_ints(&bound->values[P_S], &s), negative = 0;
    if (!transform_of(bound->row)->many || ns != q->naxes) return;
    for (int i = 0; i < ns; i++) {
        negative += s[i] == -1;
        if (s[i] == -1) q->n[i] = 1;
    }
    for (int i = 0; negative % 2 && i < ns; i++) q->n[i] = 1;
}

static fm_status cost_fft(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                          fm_error *error) {
    const transform *t = transform_of(bound->row);
    const fm_layout *a = r->in[0];
    request q;
    double scale;
    fm_u128 lines = 1;
    FM_TRY(read_request(bound, a, &q, &scale, error));
    fm_status status = count_lines(bound, a, &q, work->faults, &lines);
    if (work->faults) points_of_0_4_3(bound, &q);
    if (status == FM_OK)
        status = fm_cost_transforms(work, fm_row_cost_name(bound->row), lines,
                                    (fm_extents){q.naxes, q.n}, t->halved);
    return fm_cost_close(bound, r, work, status, error);
}

static const int64_t last_two[2] = {-2, -1};

#define P_NUMBER_OR_NONE(name_)                                                                    \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INT | FM_TAKES_NONE, .otherwise = {                     \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define P_NORM_PARAM                                                                               \
    {                                                                                              \
        .name = "norm", .takes = FM_TAKES_STRING | FM_TAKES_NONE, .otherwise = {                   \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }
#define LAST_TWO                                                                                   \
    {                                                                                              \
        .name = "axes", .takes = FM_TAKES_INTS | FM_TAKES_NONE, .otherwise = {                     \
            .kind = FM_VALUE_INTS,                                                                 \
            .count = 2,                                                                            \
            .as.ints = last_two                                                                    \
        }                                                                                          \
    }
#define ROW(name_, formula_, meaning_)                                                             \
    .name = (name_), .family = FM_FAMILY_FFT, .op = FM_FFT_transform, .nparams = 4, .nout = 1,     \
    .flags = FM_ROW_ARRAY, .has_kernel = true, .infer = infer_fft, .cost = cost_fft,               \
    .run = run_each, .formula = (formula_), .dtypes = "bool int float complex", .ulp = 64,         \
    .meaning = (meaning_)
#define ONE                                                                                        \
    .params = {FM_P_TENSOR("a"), P_NUMBER_OR_NONE("n"), FM_P_INT_DEFAULT("axis", -1), P_NORM_PARAM}
#define TWO .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("s"), LAST_TWO, P_NORM_PARAM}
#define MANY                                                                                       \
    .params = {FM_P_TENSOR("a"), FM_P_INTS_OR_NONE("s"), FM_P_INTS_OR_NONE("axes"), P_NORM_PARAM}
#define C_LINE  "5*n*ceil(log2 n) a line"
#define R_LINE  "5*(n//2)*ceil(log2 n) a line"
#define C_BLOCK "5*size*sum of ceil(log2 extent) a block"
#define R_BLOCK "5*(size//2)*sum of ceil(log2 extent) a block"

/* In the order of `transforms`. */
static const fm_row rows[] = {
    {ROW("fft.fft", C_LINE, "Discrete Fourier transform along an axis."), ONE},
    {ROW("fft.ifft", C_LINE, "Inverse of fft."), ONE},
    {ROW("fft.rfft", R_LINE, "The first half of fft of real numbers."), ONE},
    {ROW("fft.irfft", R_LINE, "Inverse of rfft: n real numbers."), ONE},
    {ROW("fft.hfft", C_LINE, "fft of n numbers whose second half is the first's conjugate."), ONE},
    {ROW("fft.ihfft", C_LINE, "Inverse of hfft."), ONE},
    {ROW("fft.fft2", C_BLOCK, "fft over two axes."), TWO},
    {ROW("fft.ifft2", C_BLOCK, "Inverse of fft2."), TWO},
    {ROW("fft.rfft2", R_BLOCK, "rfft over the last of two axes, then fft over the first."), TWO},
    {ROW("fft.irfft2", R_BLOCK, "Inverse of rfft2."), TWO},
    {ROW("fft.fftn", C_BLOCK, "fft over axes."), MANY},
    {ROW("fft.ifftn", C_BLOCK, "Inverse of fftn."), MANY},
    {ROW("fft.rfftn", R_BLOCK, "rfft over the last of the axes, then fft over the others."), MANY},
    {ROW("fft.irfftn", R_BLOCK, "Inverse of rfftn."), MANY},
};

static const transform transforms[] = {
    {FM_FFT_C2C, -1, false, false, false}, {FM_FFT_C2C, 1, true, false, false},
    {FM_FFT_R2C, -1, false, false, true},  {FM_FFT_C2R, 1, true, false, true},
    {FM_FFT_C2R, -1, false, false, false}, {FM_FFT_R2C, 1, true, false, false},
    {FM_FFT_C2C, -1, false, true, false},  {FM_FFT_C2C, 1, true, true, false},
    {FM_FFT_R2C, -1, false, true, true},   {FM_FFT_C2R, 1, true, true, true},
    {FM_FFT_C2C, -1, false, true, false},  {FM_FFT_C2C, 1, true, true, false},
    {FM_FFT_R2C, -1, false, true, true},   {FM_FFT_C2R, 1, true, true, true},
};

static const transform *transform_of(const fm_row *row) {
    return &transforms[row - rows];
}

const fm_row_table fm_rows_fft = {rows, (int)(sizeof rows / sizeof *rows)};
