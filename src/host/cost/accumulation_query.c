/* The public questions of `<flopmeter/accumulation.h>`. */
#include "cost/accumulation_cache.h"

#include "core/detail.h"
#include "core/tensor.h"
#include "cost/orbits.h"
#include "cost/query.h"

#include <string.h>

fm_operand fm_operand_of(const fm_tensor *tensor) {
    const fm_layout *layout = tensor->layout;
    return (fm_operand){layout->ndim, fm_layout_shape(layout), layout->symmetry, tensor};
}

static fm_extents shape_of(const fm_operand *operand) {
    return (fm_extents){operand->ndim, operand->shape};
}

static fm_status check_shape(const char *op, int argument, const fm_operand *operand,
                             fm_error *error) {
    if (operand->ndim < 0 || operand->ndim > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, op, argument, "%d axes, but at most %d are possible",
                          operand->ndim, FM_MAX_NDIM);
    for (int i = 0; i < operand->ndim; i++)
        if (operand->shape[i] < 0)
            return fm_fail_op(error, FM_ERR_SHAPE, op, argument, "axis %d is %lld", i,
                              (long long)operand->shape[i]);
    return FM_OK;
}

/* A symmetry acts on axes that there are and permutes only axes of one extent. */
static fm_status check_operand(const char *op, int argument, const fm_operand *operand,
                               fm_error *error) {
    const fm_symmetry *group = operand->symmetry;
    int first, second;
    FM_TRY(check_shape(op, argument, operand, error));
    for (uint32_t i = 0; group && i < group->degree; i++)
        if (group->axis[i] >= operand->ndim)
            return fm_fail_op(error, FM_ERR_SHAPE, op, argument,
                              "its symmetry acts on axis %d, but it has %d axes", group->axis[i],
                              operand->ndim);
    if (group && !fm_symmetry_fits(group, operand->shape, &first, &second))
        return fm_fail_op(error, FM_ERR_SHAPE, op, argument,
                          "its symmetry joins axis %d, which is %lld, and axis %d, which is %lld",
                          first, (long long)operand->shape[first], second,
                          (long long)operand->shape[second]);
    return FM_OK;
}

/* The first operand that is the same tensor as each. */
static void find_same(int noperands, const fm_operand *operands, int *same) {
    for (int i = 0; i < noperands; i++) {
        same[i] = i;
        for (int j = i; operands[i].tensor && j-- > 0;)
            if (operands[j].tensor == operands[i].tensor) same[i] = j;
    }
}

/* A failure told with the question's name where nothing told it yet. */
static fm_status explain(const char *op, fm_status status, fm_error *error) {
    if (status == FM_OK || !error || error->message[0]) return status;
    return fm_fail_op(error, status, op, 0, "%s", fm_status_text(status));
}

/* An einsum question read: text, shapes and symmetries. */
typedef struct question {
    fm_einsum e;
    const fm_symmetry *symmetry[FM_EINSUM_OPERANDS];
    int same[FM_EINSUM_OPERANDS];
} question;

static fm_status read_question(const char *op, const char *subscripts, int noperands,
                               const fm_operand *operands, question *q, fm_error *error) {
    fm_extents shapes[FM_EINSUM_OPERANDS];
    for (int i = 0; i < noperands && i < FM_EINSUM_OPERANDS; i++) {
        FM_TRY(check_operand(op, i + 2, &operands[i], error));
        shapes[i] = shape_of(&operands[i]);
        q->symmetry[i] = operands[i].symmetry;
    }
    FM_TRY(fm_einsum_parse(op, subscripts, noperands, shapes, &q->e, error));
    find_same(noperands, operands, q->same);
    return FM_OK;
}

static void key_operand(fm_acc_key *key, const fm_operand *operand) {
    fm_acc_key_word(key, (uint64_t)operand->ndim);
    for (int d = 0; d < operand->ndim; d++) fm_acc_key_word(key, (uint64_t)operand->shape[d]);
    fm_acc_key_group(key, operand->symmetry);
}

static void key_einsum(fm_acc_key *key, const char *subscripts, int noperands,
                       const fm_operand *operands, uint64_t limit) {
    int same[FM_EINSUM_OPERANDS];
    fm_acc_key_begin(key);
    key->full = noperands < 1 || noperands > FM_EINSUM_OPERANDS;
    if (key->full) return;
    find_same(noperands, operands, same);
    fm_acc_key_word(key, limit);
    fm_acc_key_word(key, fm_symmetry_limit());
    fm_acc_key_text(key, subscripts);
    for (int i = 0; i < noperands; i++) {
        if (operands[i].ndim < 0 || operands[i].ndim > FM_MAX_NDIM) key->full = true;
        if (key->full) return;
        fm_acc_key_word(key, (uint64_t)same[i]);
        key_operand(key, &operands[i]);
    }
}

static uint64_t limit_of(int64_t given) {
    return given < 0 ? fm_accumulation_partition_limit() : (uint64_t)given;
}

static fm_status evaluate(const question *q, uint64_t limit, fm_acc_answer **answer,
                          fm_error *error) {
    fm_acc acc;
    fm_acc_result result;
    fm_acc_open(&acc, limit, error);
    fm_status status = fm_acc_evaluate(&acc, &q->e, q->symmetry, q->same, &result);
    if (status == FM_OK && result.uncounted) status = FM_ERR_OVERFLOW;
    if (status == FM_OK) status = fm_acc_report_einsum(&result, answer);
    fm_acc_close(&acc);
    return status;
}

fm_status fm_einsum_accumulation_cost(const char *subscripts, int noperands,
                                      const fm_operand *operands, int64_t partition_limit,
                                      const fm_accumulation **answer, fm_error *error) {
    static const char op[] = "einsum_accumulation_cost";
    fm_acc_key key;
    question q;
    fm_acc_answer *made = NULL;
    uint64_t limit = limit_of(partition_limit);
    key_einsum(&key, subscripts, noperands, operands, limit);
    fm_acc_key_word(&key, fm_accumulation_partition_limit()); /* of sums before a step */
    *answer = fm_acc_cache_find(FM_ACC_CACHE_EINSUM, &key);
    if (*answer) return FM_OK;
    fm_error_clear(error);
    FM_TRY(read_question(op, subscripts, noperands, operands, &q, error));
    fm_status status = evaluate(&q, limit, &made, error);
    if (status != FM_OK) return explain(op, status, error);
    fm_acc_cache_add(FM_ACC_CACHE_EINSUM, &key, &made->seen);
    *answer = &made->seen;
    return FM_OK;
}

/* The set of the axes; past the last they wrap around. */
static fm_axis_set axes_of(const fm_operand *operand, const fm_axes *axes) {
    fm_axis_set set = 0;
    int64_t ndim = operand->ndim;
    for (int i = 0; axes && ndim > 0 && i < axes->count; i++)
        set |= (fm_axis_set)1 << ((axes->axis[i] % ndim + ndim) % ndim);
    if (!axes) set = ndim == FM_MAX_NDIM ? ~(fm_axis_set)0 : ((fm_axis_set)1 << ndim) - 1;
    return set;
}

/* Counts the reduction; sums and output orbits are the answer's. */
static fm_status reduce(const fm_operand *operand, fm_axis_set axes, fm_acc *acc,
                        fm_acc_reduction *out) {
    fm_axis_action action;
    FM_TRY(fm_axis_action_of(&acc->arena, operand->symmetry, operand->ndim, acc->group_limit,
                             &action));
    return fm_acc_reduce(acc, operand->ndim, operand->shape, &action, axes, out);
}

fm_status fm_reduction_accumulation_cost(const fm_operand *operand, const fm_axes *axes,
                                         int64_t op_factor, int64_t extra_ops,
                                         int64_t partition_limit, const fm_accumulation **answer,
                                         fm_error *error) {
    static const char op[] = "reduction_accumulation_cost";
    fm_acc_key key;
    fm_acc acc;
    fm_acc_reduction reduction;
    fm_acc_answer *made = NULL;
    *answer = NULL;
    fm_error_clear(error);
    FM_TRY(check_operand(op, 1, operand, error));
    fm_axis_set set = axes_of(operand, axes);
    fm_acc_open(&acc, limit_of(partition_limit), error);
    fm_acc_key_begin(&key);
    fm_acc_key_word(&key, acc.partition_limit);
    fm_acc_key_word(&key, acc.group_limit);
    fm_acc_key_word(&key, set);
    fm_acc_key_word(&key, (uint64_t)op_factor);
    fm_acc_key_word(&key, (uint64_t)extra_ops);
    key_operand(&key, operand);
    *answer = fm_acc_cache_find(FM_ACC_CACHE_REDUCTION, &key);
    if (*answer) return FM_OK;
    fm_status status = reduce(operand, set, &acc, &reduction);
    if (status == FM_OK) status = fm_acc_report_reduction(&reduction, op_factor, extra_ops, &made);
    fm_acc_close(&acc);
    if (status != FM_OK) return explain(op, status, error);
    fm_acc_cache_add(FM_ACC_CACHE_REDUCTION, &key, &made->seen);
    *answer = &made->seen;
    return FM_OK;
}

/* Orbits of the output; where the group is too large every element is one. */
static fm_status output_orbits(const fm_operand *operand, fm_axis_set axes, fm_u128 *orbits) {
    fm_acc acc;
    fm_axis_action action;
    bool large;
    fm_acc_open(&acc, 0, NULL);
    fm_status status =
        fm_axis_action_of(&acc.arena, operand->symmetry, operand->ndim, acc.group_limit, &action);
    if (status == FM_OK)
        status = fm_acc_output_orbits(operand->ndim, operand->shape, &action, axes, orbits, &large);
    fm_acc_close(&acc);
    return status;
}

fm_status fm_tier2_reduction_cost(const fm_operand *operand, const fm_axes *axes,
                                  int64_t cost_of_one, int64_t *cost, fm_error *error) {
    static const char op[] = "tier2_reduction_cost";
    fm_u128 orbits, one = 1;
    fm_error_clear(error);
    FM_TRY(check_operand(op, 1, operand, error));
    fm_axis_set set = axes_of(operand, axes);
    fm_status status = output_orbits(operand, set, &orbits);
    bool fits = true;
    for (int i = 0; i < operand->ndim && cost_of_one < 0; i++)
        if (set >> i & 1) fits = fits && fm_u128_mul(one, (fm_u128)operand->shape[i], &one);
    if (cost_of_one >= 0) one = (fm_u128)cost_of_one;
    if (status == FM_OK && (!fits || !fm_u128_mul(orbits, one, &orbits) || orbits > INT64_MAX))
        status = FM_ERR_OVERFLOW;
    if (status == FM_OK) *cost = (int64_t)orbits;
    return explain(op, status, error);
}

/* What the cost formulas with symmetry read, as the callback of fm_cost_answer_of. */
typedef struct formula {
    const char *op;
    const fm_operand *operand;
    question *q;
    fm_axis_set axes;
} formula;

static fm_status einsum_work(const void *user, fm_work *work, fm_error *error) {
    const formula *f = user;
    return fm_cost_einsum_symmetric(work, f->op, &f->q->e, f->q->symmetry, f->q->same, error);
}

fm_status fm_einsum_cost(const fm_cost_options *options, const char *subscripts, int noperands,
                         const fm_operand *operands, fm_cost_answer *answer, fm_error *error) {
    question q;
    formula f = {.op = "einsum", .q = &q};
    fm_error_clear(error);
    FM_TRY(read_question("einsum_cost", subscripts, noperands, operands, &q, error));
    return explain("einsum_cost", fm_cost_answer_of(options, einsum_work, &f, answer, error),
                   error);
}

/* 0.4.3 has at least 1. */
static fm_status pointwise_work(const void *user, fm_work *work, fm_error *error) {
    const formula *f = user;
    fm_u128 orbits;
    (void)error;
    FM_TRY(fm_count_orbits(f->operand->symmetry, shape_of(f->operand), &orbits));
    return fm_work_add_units(work, f->op, work->faults && orbits == 0 ? 1 : orbits);
}

fm_status fm_pointwise_cost(const fm_cost_options *options, const char *op,
                            const fm_operand *operand, fm_cost_answer *answer, fm_error *error) {
    formula f = {.op = op, .operand = operand};
    fm_error_clear(error);
    fm_status status = check_operand("pointwise_cost", 2, operand, error);
    if (status != FM_OK)
        return operand->symmetry ? fm_fail_as(error, "SymmetryError", status) : status;
    return explain("pointwise_cost", fm_cost_answer_of(options, pointwise_work, &f, answer, error),
                   error);
}

static fm_status reduction_work(const void *user, fm_work *work, fm_error *error) {
    const formula *f = user;
    (void)error;
    return fm_cost_reduce(work, f->op, shape_of(f->operand), f->operand->symmetry, f->axes);
}

fm_status fm_reduction_cost(const fm_cost_options *options, const char *op,
                            const fm_operand *operand, const fm_axes *axes, fm_cost_answer *answer,
                            fm_error *error) {
    formula f = {.op = op, .operand = operand};
    fm_error_clear(error);
    FM_TRY(check_operand("reduction_cost", 2, operand, error));
    f.axes = axes_of(operand, axes);
    return explain("reduction_cost", fm_cost_answer_of(options, reduction_work, &f, answer, error),
                   error);
}
