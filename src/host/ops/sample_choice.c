/* choice: of a range or of an array's axis, with and without replacement, with and without
   probabilities. */
#include "ops/sample.h"
#include "scalar/axes.h"
#include "scalar/sample_whole.h"

#include <math.h>
#include <string.h>

enum { P_A, P_SIZE, P_REPLACE, P_P, P_AXIS };

/* probed[0]: the range, where `a` is an integer; probed[1]: that it is. */
enum { PROBED_COUNT, PROBED_RANGE };

static bool is_whole(fm_dtype dtype) {
    char kind = fm_dtype_kind(dtype);
    return kind == 'i' || kind == 'u' || kind == 'b';
}

fm_status fm_probe_choice(fm_program *p, int64_t probed[FM_PROBED]) {
    fm_value a = fm_arg(p, P_A);
    bool number = a.kind == FM_VALUE_INT || a.kind == FM_VALUE_BOOL;
    if (number) probed[PROBED_COUNT] = a.as.i;
    if (a.kind == FM_VALUE_TENSOR && a.as.tensor->layout->ndim == 0 &&
        is_whole(a.as.tensor->layout->dtype)) {
        number = true;
        if (!(a.as.tensor->layout->flags & FM_LAYOUT_ABSTRACT))
            probed[PROBED_COUNT] = fm_program_int(p, fm_program_as_tensor(p, &a));
    }
    probed[PROBED_RANGE] = number;
    return p->status;
}

/* What is chosen from: n things along `axis` of `a` (NULL: a range), `count` of them. */
typedef struct chosen {
    const fm_layout *a;
    int axis, ndim; /* ndim, shape: of the indices */
    int64_t shape[FM_MAX_NDIM];
    int64_t n, count;
    bool given, replace;
} chosen;

static fm_status find_array(const fm_bound *bound, chosen *c, fm_error *error) {
    int param = fm_sample_param(bound->row, "axis");
    c->a = fm_value_layout(&bound->values[P_A]);
    if (c->a->ndim == 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "a is an array or an integer, but %s was given",
                          fm_dtype_name(c->a->dtype));
    if (param < 0 && c->a->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 1,
                          "a has %d dimensions, but it has 1", c->a->ndim);
    if (param >= 0) {
        fm_status status = fm_axis_normalise(bound->row, param, bound->values[param].as.i,
                                             c->a->ndim, &c->axis, error);
        if (status != FM_OK) return fm_fail_as(error, "IndexError", status);
    }
    c->n = fm_layout_shape(c->a)[c->axis];
    return FM_OK;
}

static fm_status check_chances(const fm_bound *bound, const chosen *c, fm_error *error) {
    const fm_layout *chances = fm_value_layout(&bound->values[P_P]);
    if (!chances) return FM_OK;
    if (chances->ndim != 1)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_P + 1,
                          "p has %d dimensions, but it has 1", chances->ndim);
    if (fm_layout_shape(chances)[0] != c->n)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_P + 1,
                          "p has %lld elements, but a has %lld",
                          (long long)fm_layout_shape(chances)[0], (long long)c->n);
    if (fm_dtype_kind(chances->dtype) == 'c')
        return fm_fail_op(error, FM_ERR_DTYPE, bound->row->name, P_P + 1, "p is complex");
    return FM_OK;
}

static fm_status find_chosen(const fm_bound *bound, chosen *c, fm_error *error) {
    *c = (chosen){.replace = fm_arg_int(&bound->values[P_REPLACE], 1) != 0, .count = 1};
    FM_TRY(fm_sample_size(bound, &c->given, &c->ndim, c->shape, error));
    for (int d = 0; d < c->ndim; d++)
        if (__builtin_mul_overflow(c->count, c->shape[d], &c->count))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, P_SIZE + 1,
                              "more than 2^63 - 1 samples");
    if (bound->probed[PROBED_RANGE])
        c->n = bound->probed[PROBED_COUNT];
    else
        FM_TRY(find_array(bound, c, error));
    if (c->n <= 0 && c->count > 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 1,
                          "there is nothing to choose %lld samples from", (long long)c->count);
    FM_TRY(check_chances(bound, c, error));
    if (!c->replace && c->count > c->n && c->count > 0)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, P_SIZE + 1,
                          "%lld samples without replacement, but there are %lld",
                          (long long)c->count, (long long)c->n);
    return FM_OK;
}

fm_status fm_infer_choice(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    chosen c;
    int64_t shape[FM_MAX_NDIM];
    int ndim = 0;
    FM_TRY(find_chosen(bound, &c, error));
    fm_operands_clear(r);
    int wide = c.ndim + (c.a ? c.a->ndim - 1 : 0);
    if (wide > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, P_SIZE + 1,
                          "the result would have %d dimensions", wide);
    for (int d = 0; d < (c.a ? c.axis : 0); d++) shape[ndim++] = fm_layout_shape(c.a)[d];
    for (int d = 0; d < c.ndim; d++) shape[ndim++] = c.shape[d];
    for (int d = c.axis + 1; c.a && d < c.a->ndim; d++) shape[ndim++] = fm_layout_shape(c.a)[d];
    r->compute = c.a ? c.a->dtype : FM_INT64;
    fm_output_set(r, 0, r->compute, ndim, shape);
    return FM_OK;
}

/* 0.4.3 sorts a's first axis where nothing is put back, whatever axis is chosen from. */
fm_status fm_cost_of_choice(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    const char *name = fm_row_cost_name(bound->row);
    chosen c;
    fm_status status;
    FM_TRY(find_chosen(bound, &c, error));
    int64_t n = c.n > 0 ? c.n : 0;
    if (work->faults && c.a) n = fm_layout_shape(c.a)[0];
    if (c.replace)
        status = fm_cost_elementwise(work, name, fm_extents_out(r, 0));
    else
        status = fm_cost_sort(work, name, (fm_u128)n, 1);
    return fm_cost_close(bound, r, work, status, error);
}

/* Probabilities, read to the host: at least 0, with the sum 1. Returns them, NULL where refused. */
static double *read_chances(fm_program *p, const chosen *c) {
    fm_tensor *wide = FM_DO(p, "astype", fm_arg(p, P_P), V_D(FM_FLOAT64));
    double *chance = fm_program_memory(p, (size_t)c->n * sizeof *chance), sum = 0, lost = 0;
    int64_t some = 0;
    if (!chance || !wide) return NULL;
    fm_program_read(p, wide, chance);
    if (p->status != FM_OK) return NULL;
    for (int64_t i = 0; i < c->n; i++) {
        if (!(chance[i] >= 0)) {
            fm_program_fail(p, FM_ERR_ARGUMENT, P_P + 1, "p[%lld] is %g, but it is at least 0",
                            (long long)i, chance[i]);
            return NULL;
        }
        double part = chance[i] - lost, next = sum + part;
        lost = (next - sum) - part;
        sum = next;
        some += chance[i] > 0;
    }
    if (!(fabs(sum - 1) <= 1.4901161193847656e-8))
        fm_program_fail(p, FM_ERR_ARGUMENT, P_P + 1, "p has the sum %.17g, but it is 1", sum);
    else if (!c->replace && some < c->count)
        fm_program_fail(p, FM_ERR_ARGUMENT, P_P + 1,
                        "%lld elements of p are above 0, but %lld are chosen", (long long)some,
                        (long long)c->count);
    return p->status == FM_OK ? chance : NULL;
}

/* With replacement: places in the distribution function. */
static const fm_tensor *pick(fm_program *p, const chosen *c, double *chance) {
    double sum = 0;
    for (int64_t i = 0; i < c->n; i++) chance[i] = sum += chance[i];
    for (int64_t i = 0; i < c->n; i++) chance[i] /= sum;
    fm_tensor *rising = fm_program_from(p, FM_FLOAT64, 1, &c->n, chance);
    return FM_DO(p, "_pick", V_T(rising), V_INTS(c->shape, c->ndim));
}

/* The first `count` of an order of all, in the shape asked for. */
static const fm_tensor *first_of(fm_program *p, const chosen *c, const fm_tensor *order) {
    fm_tensor *places = FM_DO(p, "arange", V_I(0), V_I(c->count), V_I(1), V_D(FM_INT64));
    fm_tensor *first =
        FM_DO(p, "_gather", V_T(order), V_T(places), V_I(0), V_I(1), V_I(FM_PLACE_SURE));
    return FM_DO(p, "reshape", V_T(first), V_INTS(c->shape, c->ndim));
}

/* Without replacement: exponential times of rates p, the earliest first. */
static const fm_tensor *race(fm_program *p, const chosen *c, const double *chance) {
    fm_tensor *rate = fm_program_from(p, FM_FLOAT64, 1, &c->n, chance);
    fm_tensor *times = FM_DO(p, "_sample", V_I(FM_SAMPLE_exponential), V_NONE, V_NONE, V_NONE,
                             V_INTS(&c->n, 1), V_NONE);
    times = FM_DO(p, "divide", V_T(times), V_T(rate));
    return first_of(p, c, FM_DO(p, "argsort", V_T(times), V_I(0), V_S("stable")));
}

/* A few of many: Fisher and Yates's shuffle of a range that is never written down, but for the
   places that were exchanged, in a hash table. */

typedef struct exchanged {
    int64_t place, holds; /* place + 1; 0: free */
} exchanged;

static exchanged *find_place(exchanged *table, uint64_t mask, int64_t place) {
    uint64_t at = ((uint64_t)place * 0x9e3779b97f4a7c15u) >> 20 & mask;
    while (table[at].place != 0 && table[at].place != place + 1) at = (at + 1) & mask;
    return &table[at];
}

static const fm_tensor *few(fm_program *p, const chosen *c) {
    uint64_t mask = 16, seed, offset = fm_program_draw(p, 2 * (uint64_t)c->count, &seed);
    while (mask < 4 * (uint64_t)c->count) mask *= 2;
    exchanged *table = fm_program_memory(p, (size_t)mask * sizeof *table);
    int64_t *out = fm_program_memory(p, (size_t)c->count * sizeof *out);
    if (!table || !out) return NULL;
    mask -= 1;
    for (int64_t i = 0; i < c->count; i++) {
        fm_whole_range range = fm_whole_range_of((uint64_t)i, (uint64_t)(c->n - i - 1));
        int64_t j = (int64_t)fm_whole_draw(&range, false, seed, offset + 2 * (uint64_t)i);
        exchanged *mine = find_place(table, mask, i);
        int64_t here = mine->place ? mine->holds : i;
        exchanged *other = find_place(table, mask, j);
        out[i] = other->place ? other->holds : j;
        *other = (exchanged){j + 1, here};
    }
    return fm_program_from(p, FM_INT64, c->ndim, c->shape, out);
}

static const fm_tensor *indices(fm_program *p, const chosen *c) {
    fm_value chances = fm_arg(p, P_P), shape = V_INTS(c->shape, c->ndim);
    if (c->count == 0) return fm_program_new(p, FM_INT64, c->ndim, c->shape);
    if (!fm_arg_absent(&chances)) {
        double *chance = read_chances(p, c);
        if (!chance) return NULL;
        return c->replace ? pick(p, c, chance) : race(p, c, chance);
    }
    if (c->replace)
        return FM_DO(p, "_whole", V_I(0), V_I(c->n - 1), shape, V_D(FM_INT64),
                     V_B(c->n <= (int64_t)1 << 32));
    if (c->count <= 64 || c->count < c->n / 64) return few(p, c);
    return first_of(p, c, fm_sample_order(p, c->n));
}

fm_status fm_run_choice(fm_program *p) {
    chosen c;
    const fm_bound bound = {p->row, p->values, p->wanted, p->probed};
    fm_value a = fm_arg(p, P_A);
    p->status = find_chosen(&bound, &c, p->error);
    if (p->status != FM_OK) return p->status;
    const fm_tensor *index = indices(p, &c);
    if (c.a && index)
        index = FM_DO(p, "_gather", a, V_T(index), V_I(c.axis), V_I(1), V_I(FM_PLACE_SURE));
    fm_program_return(p, 0, index);
    return p->status;
}
