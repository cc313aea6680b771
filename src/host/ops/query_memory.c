/* Whether two arrays have memory in common: by their ranges, and exactly. */
#include "ops/query.h"

#include <stdlib.h>

/* sum of step[i] * x[i] = target with 0 <= x[i] <= most[i], all steps positive. */
typedef struct equation {
    int terms;
    int64_t step[2 * FM_MAX_NDIM + 2], most[2 * FM_MAX_NDIM + 2];
    int64_t divisor[2 * FM_MAX_NDIM + 3]; /* of all steps from a term on; 0 behind the last */
    fm_i128 reach[2 * FM_MAX_NDIM + 3];   /* the largest sum from a term on */
    int64_t work; /* how many more values may be tried; below 0: any number */
} equation;

typedef enum verdict { NO, YES, TOO_HARD } verdict;

static int64_t common_divisor(int64_t a, int64_t b) {
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static int by_falling_step(const void *left, const void *right) {
    const int64_t *a = left, *b = right;
    return (a[0] < b[0]) - (a[0] > b[0]);
}

static void prepare(equation *e) {
    int64_t pairs[2 * FM_MAX_NDIM + 2][2];
    for (int i = 0; i < e->terms; i++) {
        pairs[i][0] = e->step[i];
        pairs[i][1] = e->most[i];
    }
    qsort(pairs, (size_t)e->terms, sizeof *pairs, by_falling_step);
    e->divisor[e->terms] = 0;
    e->reach[e->terms] = 0;
    for (int i = e->terms - 1; i >= 0; i--) {
        e->step[i] = pairs[i][0];
        e->most[i] = pairs[i][1];
        e->divisor[i] = common_divisor(e->step[i], e->divisor[i + 1]);
        e->reach[i] = e->reach[i + 1] + (fm_i128)e->step[i] * e->most[i];
    }
}

/* The largest steps first: what the rest can reach leaves few values for each. */
static verdict solve(equation *e, int term, fm_i128 target) {
    if (target < 0 || target > e->reach[term]) return NO;
    if (term == e->terms) return target == 0 ? YES : NO;
    if (target % e->divisor[term] != 0) return NO;
    fm_i128 step = e->step[term], rest = target - e->reach[term + 1];
    fm_i128 first = rest > 0 ? (rest + step - 1) / step : 0, last = target / step;
    if (last > e->most[term]) last = e->most[term];
    for (fm_i128 x = first; x <= last; x++) {
        if (e->work == 0) return TOO_HARD;
        if (e->work > 0) e->work--;
        verdict found = solve(e, term + 1, target - x * step);
        if (found != NO) return found;
    }
    return NO;
}

static void add_term(equation *e, int64_t step, int64_t most) {
    if (step == 0 || most <= 0) return;
    e->step[e->terms] = step < 0 ? -step : step;
    e->most[e->terms++] = most;
}

/* Adds the bytes of an array's elements, counted from its lowest. */
static void add_array(equation *e, const fm_layout *x) {
    int64_t width = (int64_t)fm_dtype_size(x->dtype);
    for (int d = 0; d < x->ndim; d++)
        add_term(e, fm_layout_strides(x)[d] * width, fm_layout_shape(x)[d] - 1);
    add_term(e, 1, width - 1);
}

static const char *lowest(const fm_tensor *x) {
    return (const char *)x->data + x->layout->low * (int64_t)fm_dtype_size(x->layout->dtype);
}

static const char *behind(const fm_tensor *x) {
    return (const char *)x->data + (x->layout->high + 1) * (int64_t)fm_dtype_size(x->layout->dtype);
}

/* The two tensors, or false with the answer No: one is empty, a number, or their ranges are apart.
 */
static bool ranges_meet(const fm_program *p, const fm_tensor **a, const fm_tensor **b) {
    if (p->values[0].kind != FM_VALUE_TENSOR || p->values[1].kind != FM_VALUE_TENSOR) return false;
    *a = p->values[0].as.tensor;
    *b = p->values[1].as.tensor;
    if (!(*a)->storage || !(*b)->storage || !(*a)->layout->size || !(*b)->layout->size)
        return false;
    return lowest(*a) < behind(*b) && lowest(*b) < behind(*a);
}

/* Bytes of a from the front meet bytes of b from the back: one equation without signs. */
static verdict meet(const fm_tensor *a, const fm_tensor *b, int64_t work) {
    equation e = {.work = work};
    add_array(&e, a->layout);
    add_array(&e, b->layout);
    prepare(&e);
    return solve(&e, 0, (fm_i128)(behind(b) - 1 - lowest(a)));
}

/* max_work: 0 compares the ranges alone, -1 and None search without end. */
static fm_status answer(fm_program *p, int64_t work) {
    const fm_tensor *a, *b;
    verdict found = ranges_meet(p, &a, &b) ? YES : NO;
    if (found == YES && work != 0) found = meet(a, b, work);
    if (found == TOO_HARD)
        return fm_program_raise(p, FM_ERR_ARGUMENT, "TooHardError", 3,
                                "the answer takes more than %lld tries", (long long)work);
    fm_program_reply(p, V_B(found == YES));
    return p->status;
}

fm_status fm_run_shares_memory(fm_program *p) {
    return answer(p, fm_arg_int(&p->values[2], -1));
}

/* Where the search is cut off, the arrays may well share. */
fm_status fm_run_may_share_memory(fm_program *p) {
    int64_t work = fm_arg_int(&p->values[2], 0);
    const fm_tensor *a, *b;
    bool yes = ranges_meet(p, &a, &b);
    if (yes && work != 0) yes = meet(a, b, work) != NO;
    fm_program_reply(p, V_B(yes));
    return p->status;
}
