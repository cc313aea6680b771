/* The work of an einsum expression, contraction by contraction. */
#include "cost/einsum.h"

#include "core/detail.h"

/* An operand or intermediate: its labels, repeated ones too, and their extents. */
typedef fm_einsum_term term;

static fm_label_set bit(int label) {
    return (fm_label_set)1 << label;
}

/* Product of the term's extents over the axes whose label is in keep, each axis once. */
static bool axes_size(const term *a, fm_label_set keep, fm_u128 *size) {
    int64_t dims[FM_EINSUM_NDIM];
    int count = 0;
    for (int i = 0; i < a->ndim; i++)
        if ((keep & bit(a->label[i])) != 0) dims[count++] = a->dim[i];
    return fm_u128_extents(count, dims, size);
}

/* The term with each label of keep once. */
static void project(const term *a, fm_label_set keep, term *out) {
    out->ndim = 0;
    out->set = a->set & keep;
    fm_label_set left = out->set;
    for (int i = 0; i < a->ndim; i++) {
        if ((left & bit(a->label[i])) == 0) continue;
        left &= ~bit(a->label[i]);
        out->label[out->ndim] = a->label[i];
        out->dim[out->ndim++] = a->dim[i];
    }
}

/* Accumulations of in values into out sums. The textbook counts no less than none; 0.4.3 takes out
   off even where there is nothing to sum. */
static bool accumulate(fm_work_part *part, bool faults, fm_u128 in, fm_u128 out) {
    if (!faults) return fm_u128_add(part->adds, fm_u128_minus_or_zero(in, out), &part->adds);
    return fm_u128_add(part->adds, in, &part->adds) && fm_u128_add(part->outs, out, &part->outs);
}

/* Sums away from each operand the labels that only it has, repeated ones counted as the axes they
   are. Along a path 0.4.3 leaves a negative sum of the two out. */
static bool reduce_first(fm_work_part *part, bool faults, bool in_path, const term *a,
                         fm_label_set only_a, const term *b, fm_label_set only_b) {
    const term *operand[2] = {a, b};
    const fm_label_set only[2] = {only_a, only_b};
    fm_work_part both = {.op = part->op};
    for (int i = 0; i < 2; i++) {
        fm_u128 in, out;
        if (only[i] == 0) continue;
        if (!axes_size(operand[i], operand[i]->set, &in) ||
            !axes_size(operand[i], operand[i]->set & ~only[i], &out) ||
            !accumulate(&both, faults, in, out))
            return false;
    }
    if (in_path && both.adds <= both.outs) return true;
    return fm_u128_add(part->adds, both.adds, &part->adds) &&
           fm_u128_add(part->outs, both.outs, &part->outs);
}

/* The union of two projected terms; an extent of 1 broadcasts. */
static void unite(const term *a, const term *b, term *out) {
    *out = *a;
    for (int i = 0; i < b->ndim; i++) {
        int at = 0;
        while (at < out->ndim && out->label[at] != b->label[i]) at++;
        if (at == out->ndim) {
            out->label[at] = b->label[i];
            out->dim[out->ndim++] = b->dim[i];
        } else if (out->dim[at] == 1) {
            out->dim[at] = b->dim[i];
        }
    }
    out->set |= b->set;
}

/* Whether PyTorch contracts: a summed label longer than 1 is in both. */
static bool contracts(const term *a, const term *b, fm_label_set summed) {
    for (int i = 0; i < a->ndim; i++)
        for (int j = 0; j < b->ndim; j++)
            if (a->label[i] == b->label[j] && (summed & bit(a->label[i])) != 0 && a->dim[i] > 1 &&
                b->dim[j] > 1)
                return true;
    return false;
}

/* Adds the contraction of a and b to labels keep; the result replaces *out. */
static bool contract(fm_work_part *part, bool faults, bool in_path, const term *a, const term *b,
                     fm_label_set keep, term *out) {
    fm_label_set only_a = a->set & ~b->set & ~keep, only_b = b->set & ~a->set & ~keep;
    if (!reduce_first(part, faults, in_path, a, only_a, b, only_b)) return false;
    term left, right, both, result;
    project(a, ~only_a, &left);
    project(b, ~only_b, &right);
    unite(&left, &right, &both);
    project(&both, keep, &result);
    fm_u128 pairs, outs;
    if (!axes_size(&both, both.set, &pairs) || !axes_size(&result, result.set, &outs)) return false;
    bool fits = fm_u128_add(part->products, pairs, &part->products);
    fm_label_set summed = both.set & ~keep;
    if (fits && summed != 0)
        fits = fm_u128_add(part->adds, pairs, &part->adds) &&
               fm_u128_add(part->outs, outs, &part->outs);
    if (fits && contracts(&left, &right, summed))
        fits = fm_u128_add(part->torch_mac, pairs, &part->torch_mac);
    *out = result;
    return fits;
}

static bool one_operand(fm_work_part *part, bool faults, const fm_einsum *e) {
    term labels;
    fm_u128 in, out;
    project(&e->term[0], ~(fm_label_set)0, &labels);
    if (labels.set == e->out.set) return true;
    return axes_size(&labels, labels.set, &in) && axes_size(&e->out, e->out.set, &out) &&
           accumulate(part, faults, in, out);
}

/* Contracts pair by pair; live[] holds the terms by single-assignment id, NULL once used. */
static fm_status along_path(fm_work_part *part, bool faults, const fm_einsum *e) {
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    const term *live[2 * FM_EINSUM_OPERANDS];
    term made[FM_EINSUM_OPERANDS];
    FM_TRY(fm_einsum_auto_path(e, path));
    for (int i = 0; i < e->nterms; i++) live[i] = &e->term[i];
    for (int step = 0; step < e->nterms - 1; step++) {
        const term *a = live[path[step].left], *b = live[path[step].right];
        live[path[step].left] = live[path[step].right] = NULL;
        fm_label_set keep = e->out.set;
        for (int i = 0; i < e->nterms + step; i++)
            if (live[i] != NULL) keep |= live[i]->set;
        if (!contract(part, faults, e->nterms > 2, a, b, keep, &made[step])) return FM_ERR_OVERFLOW;
        live[e->nterms + step] = &made[step];
    }
    return FM_OK;
}

fm_status fm_cost_einsum_of(fm_work *work, const char *op, const fm_einsum *expression) {
    fm_work_part part = {.op = op};
    if (expression->nterms == 1) {
        if (!one_operand(&part, work->faults, expression)) return FM_ERR_OVERFLOW;
    } else {
        fm_status status = along_path(&part, work->faults, expression);
        if (status != FM_OK) return status;
    }
    return fm_work_add_part(work, &part);
}

fm_status fm_cost_einsum(fm_work *work, const char *op, const char *subscripts, int nshapes,
                         const fm_extents *shapes, fm_error *error) {
    fm_einsum expression;
    FM_TRY(fm_einsum_parse(op, subscripts, nshapes, shapes, &expression, error));
    fm_status status = fm_cost_einsum_of(work, op, &expression);
    if (status == FM_OK) return FM_OK;
    return fm_fail_op(error, status, op, 0, "%s", fm_status_text(status));
}
