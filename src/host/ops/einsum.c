/* The einsum row's rules: labels of one or two operands for the kernel, and the cost. */
#include "cost/einsum.h"
#include "ops/args.h"
#include "ops/contract.h"
#include "ops/contract_symmetry.h"

enum { OPERANDS = 2 };

static fm_status parse(const fm_bound *bound, const fm_resolved *r, fm_einsum *e, fm_error *error) {
    fm_extents shapes[OPERANDS];
    for (int i = 0; i < r->nin; i++) shapes[i] = fm_extents_of(r->in[i]);
    return fm_einsum_parse(bound->row->name, bound->values[0].as.string, r->nin, shapes, e, error);
}

/* A label that stands twice in an operand is its diagonal: the extents must be the same there. */
static fm_status check_diagonals(const fm_bound *bound, const fm_einsum *e, fm_error *error) {
    for (int i = 0; i < e->nterms; i++) {
        const fm_einsum_term *term = &e->term[i];
        for (int d = 1; d < term->ndim; d++)
            for (int before = 0; before < d; before++)
                if (term->label[before] == term->label[d] && term->dim[before] != term->dim[d])
                    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, i + 2,
                                      "axis %d is %lld, but axis %d with the same label is %lld", d,
                                      (long long)term->dim[d], before,
                                      (long long)term->dim[before]);
    }
    return FM_OK;
}

/* Stride of a label in an operand: the sum over the axes that bear it and are not broadcast. False
   where there is none. */
static bool label_stride(const fm_einsum *e, const fm_resolved *r, int operand, int label,
                         int64_t *stride) {
    bool found = false;
    *stride = 0;
    if (operand >= r->nin) return false;
    const fm_einsum_term *term = &e->term[operand];
    for (int d = 0; d < term->ndim; d++) {
        if (term->label[d] != label || term->dim[d] != e->size[label]) continue;
        *stride += fm_layout_strides(r->in[operand])[d];
        found = true;
    }
    return found;
}

static fm_status add_label(const fm_bound *bound, fm_resolved *r, const fm_einsum *e, int label,
                           bool in_c, fm_error *error) {
    fm_label_use use = {.extent = e->size[label], .in_c = in_c};
    use.in_a = label_stride(e, r, 0, label, &use.a);
    use.in_b = label_stride(e, r, 1, label, &use.b);
    return fm_contract_label_add(bound, r, &use, error);
}

fm_status fm_infer_einsum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_einsum e;
    uint32_t count = bound->values[1].count;
    fm_operands_clear(r);
    if (count < 1 || count > OPERANDS)
        return fm_fail_op(error, FM_ERR_UNSUPPORTED, bound->row->name, 2,
                          "%u operands, but the kernels take 1 or %d", count, OPERANDS);
    for (uint32_t i = 0; i < count; i++) fm_operand_add(bound, r, 1, (int)i);
    FM_TRY(parse(bound, r, &e, error));
    FM_TRY(check_diagonals(bound, &e, error));
    r->params.contract = (fm_contract_params){0};
    for (int i = 0; i < e.out.ndim; i++)
        FM_TRY(add_label(bound, r, &e, e.out.label[i], true, error));
    for (int label = 0; label < FM_EINSUM_LABELS; label++)
        if (e.size[label] >= 0 && !(e.out.set >> label & 1))
            FM_TRY(add_label(bound, r, &e, label, false, error));
    return fm_contract_close(bound, r, error);
}

fm_status fm_cost_of_einsum(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    fm_einsum e;
    FM_TRY(parse(bound, r, &e, error));
    fm_contract_operands operands;
    fm_contract_operands_of(bound, r, &operands);
    fm_status status = fm_cost_einsum_symmetric(work, fm_row_cost_name(bound->row), &e,
                                                operands.symmetry, operands.same, error);
    return fm_cost_close(bound, r, work, status, error);
}
