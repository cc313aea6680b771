/* The counts of an expression with symmetry as work that a cost model charges. */
#include "cost/accumulation.h"

#include "core/detail.h"

/* Whether 0.4.3's rule and the dense one differ: some operand has a symmetry or stands twice. Where
   an extent of 1 broadcasts there is none. */
static bool has_symmetry(const fm_einsum *e, const fm_symmetry *const *symmetry, const int *same) {
    bool any = false;
    for (int t = 0; t < e->nterms; t++) {
        any = any || (symmetry && symmetry[t]) || (same && same[t] != t);
        for (int i = 0; i < e->term[t].ndim; i++)
            if (e->term[t].dim[i] != e->size[e->term[t].label[i]]) return false;
    }
    return any;
}

static bool add(fm_u128 *sum, fm_u128 more) {
    return fm_u128_add(*sum, more, sum);
}

/* Sums of one tensor. The textbook counts no less than none. */
static bool add_sums(fm_work_part *part, bool faults, fm_u128 sums, fm_u128 outs) {
    if (!faults) return add(&part->adds, fm_u128_minus_or_zero(sums, outs));
    return add(&part->adds, sums) && add(&part->outs, outs);
}

/* A count that is not known is the dense one. */
static bool add_contraction(fm_work_part *part, const fm_acc_step *step) {
    fm_u128 mu = step->mu, sums = step->sums, outs = step->outs;
    if (step->source == FM_ACC_PER_INPUT && !step->count.known) {
        mu = sums = step->count.dense;
        outs = 0;
    }
    if (!add(&part->products, mu)) return false;
    return !step->sums_label || (add(&part->adds, sums) && add(&part->outs, outs));
}

static bool add_reduction(fm_work_part *part, bool faults, const fm_acc_reduction *r) {
    if (r->fallback) return add(&part->adds, (fm_u128)r->sums);
    return add_sums(part, faults, r->count.sums, r->outs);
}

/* Along a path 0.4.3 leaves a negative sum of what was summed early out. */
static bool add_step(fm_work_part *part, bool faults, bool in_path, const fm_acc_step *step) {
    fm_i128 early = 0;
    for (int i = 0; i < step->nearly; i++) early += step->early[i].reduction.sums;
    for (int i = 0; i < step->nearly && (!in_path || early > 0); i++)
        if (!add_reduction(part, faults, &step->early[i].reduction)) return false;
    return add_contraction(part, step);
}

/* What is charged where the symmetry is too large to be counted. 0.4.3 takes every point times the
   operands; the textbook the work without symmetry. */
static bool add_fallback(fm_work_part *part, bool faults, const fm_acc_result *result,
                         const fm_work_part *plain) {
    fm_u128 products;
    if (!faults) return add(&part->products, plain->products) && add(&part->adds, plain->adds);
    return fm_u128_mul(result->whole.dense, (fm_u128)result->x->nterms, &products) &&
           add(&part->products, products);
}

static bool add_one(fm_work_part *part, bool faults, const fm_acc_result *result) {
    const fm_acc_count *whole = &result->whole;
    if (whole->known) return add_sums(part, faults, whole->sums, whole->outs);
    fm_u128 outs = 1;
    int64_t size[FM_EINSUM_NDIM];
    for (int i = 0; i < result->x->nout; i++) size[i] = result->x->size[result->x->out[i]];
    return fm_u128_extents(result->x->nout, size, &outs) &&
           add_sums(part, faults, whole->dense, faults ? 0 : outs);
}

static fm_status add_result(fm_work_part *part, bool faults, const fm_acc_result *result,
                            const fm_work_part *plain) {
    bool fits = true;
    if (result->fallback)
        fits = add_fallback(part, faults, result, plain);
    else if (result->x->nterms == 1)
        fits = add_one(part, faults, result);
    for (int s = 0; s < result->nsteps && fits; s++)
        fits = add_step(part, faults, result->x->nterms > 2, &result->step[s]);
    return fits ? FM_OK : FM_ERR_OVERFLOW;
}

static bool fell_back(const fm_acc_result *result) {
    bool any = result->fallback || (result->x->nterms == 1 && !result->whole.known);
    for (int s = 0; s < result->nsteps; s++) {
        const fm_acc_step *step = &result->step[s];
        any = any || !step->count.known;
        for (int e = 0; e < step->nearly; e++) any = any || step->early[e].reduction.fallback;
    }
    return any;
}

fm_status fm_cost_einsum_symmetric(fm_work *work, const char *op, const fm_einsum *e,
                                   const fm_symmetry *const *symmetry, const int *same,
                                   fm_error *error) {
    if (!has_symmetry(e, symmetry, same)) return fm_cost_einsum_of(work, op, e);
    fm_work plain;
    fm_acc acc;
    fm_acc_result result;
    fm_work_begin(&plain, work->faults);
    FM_TRY(fm_cost_einsum_of(&plain, op, e));
    fm_work_part part = {.op = op, .torch_mac = plain.part[0].torch_mac};
    fm_acc_open(&acc, fm_accumulation_partition_limit(), error);
    fm_status status = fm_acc_evaluate(&acc, e, symmetry, same, &result);
    if (status == FM_OK) status = add_result(&part, work->faults, &result, &plain.part[0]);
    if (status == FM_OK) work->fell_back = work->fell_back || fell_back(&result);
    fm_acc_close(&acc);
    return status == FM_OK ? fm_work_add_part(work, &part) : status;
}

fm_status fm_cost_einsum_steps(const char *op, const fm_einsum *e,
                               const fm_symmetry *const *symmetry, const int *same, fm_work *work,
                               int *nsteps, fm_error *error) {
    fm_acc acc;
    fm_acc_result result;
    *nsteps = 1;
    if (e->nterms < 3 || !has_symmetry(e, symmetry, same))
        return fm_cost_einsum_symmetric(work, op, e, symmetry, same, error);
    fm_acc_open(&acc, fm_accumulation_partition_limit(), error);
    fm_status status = fm_acc_evaluate(&acc, e, symmetry, same, &result);
    bool stepwise = status == FM_OK && !result.fallback;
    for (int s = 0; stepwise && s < result.nsteps && status == FM_OK; s++) {
        fm_work_part part = {.op = op};
        status = add_step(&part, work[s].faults, true, &result.step[s])
                     ? fm_work_add_part(&work[s], &part)
                     : FM_ERR_OVERFLOW;
    }
    if (stepwise) *nsteps = result.nsteps;
    fm_acc_close(&acc);
    if (status != FM_OK || stepwise) return status;
    return fm_cost_einsum_symmetric(work, op, e, symmetry, same, error);
}
