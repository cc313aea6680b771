/* Cost rules of the elementwise rows. */
#include "ops/elementwise_cost.h"
#include "cost/orbits.h"
#include "ops/args.h"

static fm_status add_bytes(fm_work *work, int64_t elements, fm_dtype dtype) {
    fm_u128 bytes;
    if (!fm_u128_mul((fm_u128)elements, fm_dtype_size(dtype), &bytes)) return FM_ERR_OVERFLOW;
    return fm_u128_add(work->bytes, bytes, &work->bytes) ? FM_OK : FM_ERR_OVERFLOW;
}

fm_status fm_cost_bytes(const fm_resolved *r, fm_work *work) {
    for (int i = 0; i < r->nin; i++) {
        if (!r->in[i] || (r->by_value >> i & 1)) continue;
        FM_TRY(add_bytes(work, r->in[i]->size, r->in[i]->dtype));
    }
    for (int o = 0; o < r->nout; o++) {
        fm_u128 size;
        if (r->out[o].dtype == FM_DTYPE_NONE) continue;
        if (!fm_u128_extents(r->out[o].ndim, r->out[o].shape, &size)) return FM_ERR_OVERFLOW;
        if (size > INT64_MAX) return FM_ERR_OVERFLOW;
        FM_TRY(add_bytes(work, (int64_t)size, r->out[o].dtype));
    }
    return FM_OK;
}

fm_status fm_cost_pointwise(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                            fm_error *error) {
    const char *op = fm_row_cost_name(bound->row);
    fm_u128 count;
    fm_status status = fm_count_orbits(fm_symmetry_at(r->symmetry, r->nsymmetries, 0),
                                       fm_extents_out(r, 0), &count);
    if (status == FM_OK) status = fm_cost_units(work, op, count);
    return fm_cost_close(bound, r, work, status, error);
}
