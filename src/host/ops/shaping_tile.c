/* tile: an array repeated along its axes, as one copy of a broadcast view. */
#include "ops/shaping.h"

#include <string.h>

typedef struct tiling {
    int ndim; /* of the result */
    int64_t shape[FM_MAX_NDIM], reps[FM_MAX_NDIM];
} tiling;

/* Shape and repetitions with as many axes each, extents and counts of 1 in front. */
static fm_status read_tiling(const fm_bound *bound, const fm_layout *a, tiling *t,
                             fm_error *error) {
    const int64_t *reps;
    int n = fm_arg_ints(&bound->values[1], &reps);
    t->ndim = n > a->ndim ? n : a->ndim;
    if (t->ndim > FM_MAX_NDIM)
        return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                          "%d repetitions, but at most %d dimensions are supported", n,
                          FM_MAX_NDIM);
    for (int d = 0; d < t->ndim; d++) {
        int in_a = d - (t->ndim - a->ndim), in_reps = d - (t->ndim - n);
        t->shape[d] = in_a < 0 ? 1 : fm_layout_shape(a)[in_a];
        t->reps[d] = in_reps < 0 ? 1 : reps[in_reps];
        if (t->reps[d] < 0)
            return fm_fail_op(error, FM_ERR_ARGUMENT, bound->row->name, 2,
                              "repetition %d is %lld, but it is at least 0", in_reps,
                              (long long)t->reps[d]);
    }
    return FM_OK;
}

fm_status fm_infer_tile(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    tiling t;
    const fm_layout *a = r->in[0];
    FM_TRY(read_tiling(bound, a, &t, error));
    r->compute = a->dtype;
    for (int d = 0; d < t.ndim; d++)
        if (__builtin_mul_overflow(t.shape[d], t.reps[d], &t.shape[d]))
            return fm_fail_op(error, FM_ERR_OVERFLOW, bound->row->name, 2,
                              "axis %d would exceed 2^63 - 1", d);
    fm_output_set(r, 0, a->dtype, t.ndim, t.shape);
    return FM_OK;
}

fm_status fm_run_tile(fm_program *p) {
    tiling t;
    const fm_tensor *a = fm_program_tensor(p, 0);
    const fm_bound bound = {.row = p->row, .values = p->values};
    int64_t apart[2 * FM_MAX_NDIM], wide[2 * FM_MAX_NDIM];
    int axes = 0;
    if (a) p->status = read_tiling(&bound, a->layout, &t, p->error);
    if (p->status != FM_OK) return p->status;
    for (int d = 0; d < t.ndim; d++) {
        if (t.reps[d] != 1) {
            apart[axes] = 1;
            wide[axes++] = t.reps[d];
        }
        apart[axes] = wide[axes] = t.shape[d];
        axes++;
        t.shape[d] *= t.reps[d];
    }
    fm_tensor *spread = FM_DO(p, "reshape", V_T(a), V_INTS(apart, axes));
    spread = FM_DO(p, "broadcast_to", V_T(spread), V_INTS(wide, axes));
    spread = FM_DO(p, "copy", V_T(spread));
    fm_program_return(p, 0, FM_DO(p, "reshape", V_T(spread), V_INTS(t.shape, t.ndim)));
    return p->status;
}
