/* The einsum row's rules: the labels of one or two operands for the kernel, the chain of more, and
   the cost. */
#include "ops/einsum.h"
#include "ops/args.h"
#include "ops/contract_symmetry.h"
#include "ops/program.h"
#include "ops/symmetric.h"

static fm_status parse(const fm_bound *bound, const fm_resolved *r, fm_einsum *e, fm_error *error) {
    fm_extents shapes[FM_EINSUM_OPERANDS];
    for (int i = 0; i < r->nin; i++) shapes[i] = fm_extents_of(r->in[i]);
    return fm_einsum_parse(bound->row->name, bound->values[FM_EINSUM_SUBSCRIPTS].as.string, r->nin,
                           shapes, e, error);
}

/* A label that stands twice in an operand is its diagonal: the extents must be the same there. */
static fm_status check_diagonals(const fm_bound *bound, const fm_einsum *e, fm_error *error) {
    for (int i = 0; i < e->nterms; i++) {
        const fm_einsum_term *term = &e->term[i];
        for (int d = 1; d < term->ndim; d++)
            for (int before = 0; before < d; before++)
                if (term->label[before] == term->label[d] && term->dim[before] != term->dim[d])
                    return fm_fail_op(
                        error, FM_ERR_SHAPE, bound->row->name, i + 2,
                        "axis %d is %lld, but axis %d with the same subscript '%s' is "
                        "%lld",
                        d, (long long)term->dim[d], before,
                        fm_einsum_name_of(e, term->label[d]).text, (long long)term->dim[before]);
    }
    return FM_OK;
}

fm_status fm_einsum_open(const fm_bound *bound, fm_resolved *r, fm_einsum *e, fm_error *error) {
    uint32_t count = bound->values[FM_EINSUM_TENSORS].count;
    fm_operands_clear(r);
    if (count > FM_EINSUM_OPERANDS)
        return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 0,
                          "%u operands, from 1 to %d are taken", count, FM_EINSUM_OPERANDS);
    for (uint32_t i = 0; i < count; i++) fm_operand_add(bound, r, FM_EINSUM_TENSORS, (int)i);
    FM_TRY(parse(bound, r, e, error));
    return check_diagonals(bound, e, error);
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

static fm_status infer_pair(const fm_bound *bound, fm_resolved *r, const fm_einsum *e,
                            fm_error *error) {
    r->params.contract = (fm_contract_params){0};
    for (int i = 0; i < e->out.ndim; i++)
        FM_TRY(add_label(bound, r, e, e->out.label[i], true, error));
    for (int label = 0; label < FM_EINSUM_LABELS; label++)
        if (e->size[label] >= 0 && !(e->out.set >> label & 1))
            FM_TRY(add_label(bound, r, e, label, false, error));
    return fm_contract_close(bound, r, error);
}

static fm_status infer_chain(const fm_bound *bound, fm_resolved *r, const fm_einsum *e,
                             const fm_einsum_wish *wish, fm_error *error) {
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    bool fits;
    FM_TRY(fm_einsum_choose(bound, e, wish, path, &fits, error));
    FM_TRY(fm_einsum_chain(bound, r, e, path, &r->params.chain, error));
    FM_TRY(fm_contract_dtype(bound, r, error));
    fm_output_set(r, 0, r->compute, e->out.ndim, e->out.dim);
    return FM_OK;
}

fm_status fm_infer_einsum(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_einsum e;
    fm_einsum_wish wish;
    FM_TRY(fm_einsum_open(bound, r, &e, error));
    FM_TRY(fm_einsum_read_wish(bound, &e, &wish, error));
    if (!fm_arg_absent(&bound->values[FM_EINSUM_SYMMETRY])) {
        const fm_symmetry *symmetry;
        FM_TRY(
            fm_symmetry_read(bound, FM_EINSUM_SYMMETRY, e.out.ndim, e.out.dim, &symmetry, error));
        fm_symmetry_release(symmetry);
        r->program = true;
    }
    return e.nterms <= 2 ? infer_pair(bound, r, &e, error)
                         : infer_chain(bound, r, &e, &wish, error);
}

/* With a symmetry that the result is said to have: the result, and whether it has. */
fm_status fm_run_einsum(fm_program *p) {
    fm_value symmetry = fm_arg(p, FM_EINSUM_SYMMETRY);
    fm_tensor *plain = fm_do(p, p->row, p->values, FM_EINSUM_SYMMETRY);
    fm_program_return(p, 0, FM_DO(p, "as_symmetric", V_T(plain), symmetry));
    return p->status;
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
