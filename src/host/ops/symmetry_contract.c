/* The symmetry of contractions: that of the einsum that they are. */
#include "ops/contract_infer.h"
#include "ops/contract_symmetry.h"
#include "ops/einsum.h"
#include "ops/symmetric.h"
#include "ops/symmetry.h"

#include <string.h>

static fm_status of_text(fm_symmetry_ask *ask, const char *subscripts, bool flat) {
    fm_contract_operands operands;
    fm_extents shapes[FM_EINSUM_OPERANDS];
    fm_einsum e;
    fm_contract_operands_of(ask->bound, ask->r, &operands);
    if (!operands.any) return FM_OK;
    for (int i = 0; i < ask->r->nin; i++) {
        shapes[i] = flat ? (fm_extents){1, &ask->r->in[i]->size} : fm_extents_of(ask->r->in[i]);
        if (flat) operands.symmetry[i] = NULL;
    }
    FM_TRY(fm_einsum_parse(ask->bound->row->name, subscripts, ask->r->nin, shapes, &e, NULL));
    return fm_einsum_symmetry(&e, operands.symmetry, operands.same, &ask->out);
}

fm_status fm_symmetry_einsum(fm_symmetry_ask *ask) {
    if (!fm_arg_absent(fm_symmetry_arg(ask, "symmetry")))
        return fm_symmetry_read(ask->bound, FM_EINSUM_SYMMETRY, ask->r->out[0].ndim, NULL,
                                &ask->out, NULL);
    return of_text(ask, ask->bound->values[0].as.string, false);
}

/* Two matrices; of vectors the result is a number. */
static fm_status matrices(fm_symmetry_ask *ask, const char *subscripts) {
    const fm_resolved *r = ask->r;
    if (r->nin != 2 || r->in[0]->ndim != 2 || r->in[1]->ndim != 2) return FM_OK;
    return of_text(ask, subscripts, false);
}

fm_status fm_symmetry_matmul(fm_symmetry_ask *ask) {
    return matrices(ask, "ij,jk->ik");
}

fm_status fm_symmetry_inner(fm_symmetry_ask *ask) {
    return matrices(ask, "ij,kj->ik");
}

fm_status fm_symmetry_outer(fm_symmetry_ask *ask) {
    return of_text(ask, "i,j->ij", true);
}

/* What is left of each operand beside the other, as 0.4.3 has it. */
fm_status fm_symmetry_tensordot(fm_symmetry_ask *ask) {
    fm_axis_set summed[2];
    const fm_symmetry *part[2] = {NULL, NULL};
    fm_status status = FM_OK;
    int shift = 0;
    if (!fm_tensordot_axes_summed(ask->bound, ask->r, summed)) return FM_OK;
    for (int i = 0; i < 2 && status == FM_OK; i++) {
        int to[FM_MAX_NDIM], own[FM_MAX_NDIM], count = 0;
        const fm_layout *in = ask->r->in[i];
        const fm_symmetry *rest = NULL;
        for (int d = 0; d < in->ndim; d++) {
            if (summed[i] >> d & 1) continue;
            to[d] = shift++;
            if (in->symmetry && fm_symmetry_position(in->symmetry, d) >= 0) own[count++] = d;
        }
        if (!in->symmetry || fm_symmetry_is_large(in->symmetry)) continue;
        status = fm_symmetry_on_axes(in->symmetry, count, own, &rest);
        if (status == FM_OK) status = fm_symmetry_remap(rest, to, &part[i]);
        fm_symmetry_release(rest);
    }
    if (status == FM_OK) status = fm_symmetry_join(part[0], part[1], &ask->out);
    for (int i = 0; i < 2; i++) fm_symmetry_release(part[i]);
    return status;
}
