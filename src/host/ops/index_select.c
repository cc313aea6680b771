/* Rows that select by a mask: elements, and their places. What they give has as many elements as
   the mask says, which is counted first and read back. */
#include "ops/index.h"

#include <string.h>

fm_status fm_infer_count(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    r->compute = FM_BOOL;
    fm_output_set(r, 0, FM_INT64, 0, NULL);
    return FM_OK;
}

static bool is_few(const fm_tensor *mask) {
    return mask->layout->dtype == FM_BOOL && mask->layout->size <= FM_FEW;
}

int64_t fm_index_count(fm_program *p, const fm_tensor *mask) {
    uint8_t set[FM_FEW];
    int64_t count = 0;
    if (p->status != FM_OK) return 0;
    if (!is_few(mask)) return fm_program_int(p, FM_DO(p, "_count", V_T(mask)));
    fm_program_read(p, mask, set);
    for (int64_t i = 0; p->status == FM_OK && i < mask->layout->size; i++) count += set[i] != 0;
    return count;
}

static fm_status same_shape(const fm_bound *bound, const fm_resolved *r, fm_error *error) {
    const fm_layout *a = r->in[0], *mask = r->in[1];
    char have[160], want[160];
    if (a->ndim == mask->ndim &&
        !memcmp(fm_layout_shape(a), fm_layout_shape(mask), (size_t)a->ndim * sizeof(int64_t)))
        return FM_OK;
    return fm_fail_op(error, FM_ERR_SHAPE, bound->row->name, 2,
                      "the mask has shape %s, but argument 1 has %s",
                      fm_shape_format(mask->ndim, fm_layout_shape(mask), have, sizeof have),
                      fm_shape_format(a->ndim, fm_layout_shape(a), want, sizeof want));
}

fm_status fm_infer_compact(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(same_shape(bound, r, error));
    r->compute = r->in[0]->dtype;
    fm_output_unknown(r, 0, r->compute);
    return FM_OK;
}

fm_status fm_run_compact(fm_program *p) {
    const fm_tensor *a = fm_program_tensor(p, 0), *mask = fm_program_tensor(p, 1);
    if (p->status != FM_OK) return p->status;
    if (mask->layout->dtype != FM_BOOL) mask = FM_DO(p, "astype", V_T(mask), V_D(FM_BOOL));
    int64_t count = fm_index_count(p, mask);
    fm_program_return(p, 0, FM_DO(p, "_compact_into", V_T(a), V_T(mask), V_I(count)));
    return p->status;
}

fm_status fm_infer_compact_into(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    FM_TRY(same_shape(bound, r, error));
    int64_t count = bound->values[2].as.i;
    r->compute = r->in[0]->dtype;
    fm_output_set(r, 0, r->compute, 1, &count);
    return FM_OK;
}

fm_status fm_infer_nonzero_flat(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)bound;
    (void)error;
    r->compute = r->in[0]->dtype;
    fm_output_unknown(r, 0, FM_INT64);
    return FM_OK;
}

static fm_tensor *few_places(fm_program *p, const fm_tensor *mask) {
    uint8_t set[FM_FEW];
    int64_t places[FM_FEW], count = 0;
    fm_program_read(p, mask, set);
    if (p->status != FM_OK) return NULL;
    for (int64_t i = 0; i < mask->layout->size; i++)
        if (set[i]) places[count++] = i;
    return fm_program_from(p, FM_INT64, 1, &count, places);
}

fm_tensor *fm_index_nonzero(fm_program *p, const fm_tensor *a) {
    if (p->status != FM_OK) return NULL;
    return is_few(a) ? few_places(p, a) : FM_DO(p, "_nonzero_flat", V_T(a));
}

fm_status fm_run_nonzero_flat(fm_program *p) {
    const fm_tensor *mask = fm_program_tensor(p, 0);
    if (p->status != FM_OK) return p->status;
    if (mask->layout->dtype != FM_BOOL) mask = FM_DO(p, "astype", V_T(mask), V_D(FM_BOOL));
    if (p->status != FM_OK) return p->status;
    fm_tensor *places = NULL;
    if (is_few(mask))
        places = few_places(p, mask);
    else
        places = FM_DO(p, "_positions_into", V_T(mask), V_I(fm_index_count(p, mask)));
    fm_program_return(p, 0, places);
    return p->status;
}

fm_status fm_infer_positions_into(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    (void)error;
    int64_t count = bound->values[1].as.i;
    r->compute = FM_INT64;
    fm_output_set(r, 0, FM_INT64, 1, &count);
    return FM_OK;
}
