/* The variable of a profile: its range, scaled copies in its place, the original back. */
#include "call/context.h"
#include "core/alloc.h"
#include "core/detail.h"
#include "meter/hooks.h"
#include "profile/profile.h"

#include <string.h>

fm_status fm_profile_read_range(fm_profile *p, fm_range *range) {
    fm_error *error = fm_context_error_slot(p->ctx);
    size_t count = (size_t)fm_tensor_size(p->variable), bytes = fm_tensor_nbytes(p->variable);
    FM_CHECK(fm_tensor_data(p->variable), error, FM_ERR_ARGUMENT,
             "profile: '%s' has no data, so it has no minimum and maximum", p->var_name);
    FM_CHECK(count > 0, error, FM_ERR_ARGUMENT,
             "profile: '%s' is empty, so it has no minimum and maximum", p->var_name);
    void *data = fm_alloc(bytes);
    FM_CHECK(data, error, FM_ERR_MEMORY, "profile: out of memory for %zu bytes of '%s'", bytes,
             p->var_name);
    fm_status status = fm_tensor_to_host(p->ctx, p->variable, data, bytes);
    fm_error why = {.status = FM_OK};
    if (status == FM_OK) {
        status = fm_range_of(data, fm_tensor_dtype(p->variable), count, range, &why);
        if (status != FM_OK) fm_fail(error, status, "profile: '%s': %s", p->var_name, why.message);
    }
    fm_free_block(data);
    return status;
}

/* max(1, (int)(d * m)) for each axis that is scaled; an extent of 0 does not reach here. */
static fm_status scaled_shape(const fm_profile *p, fm_profile_row *row, fm_error *error) {
    const int64_t *shape = fm_tensor_shape(p->original);
    row->ndim = fm_tensor_ndim(p->original);
    for (int d = 0; d < row->ndim; d++) {
        row->shape[d] = shape[d];
        if (!p->scaled[d]) continue;
        double extent = (double)shape[d] * row->multiplier;
        FM_CHECK(extent < 0x1p63, error, FM_ERR_OVERFLOW,
                 "profile: axis %d of '%s' is %lld, which times %g is past 64 bits", d, p->var_name,
                 (long long)shape[d], row->multiplier);
        row->shape[d] = extent < 1 ? 1 : (int64_t)extent;
    }
    return FM_OK;
}

/* A row's values depend on the profile's seed and on the row's position alone. */
static fm_status fill(const fm_profile *p, fm_tensor *tensor, fm_error *error) {
    size_t bytes = fm_tensor_nbytes(tensor);
    void *data = fm_alloc(bytes);
    FM_CHECK(data, error, FM_ERR_MEMORY, "profile: out of memory for %zu bytes of '%s'", bytes,
             p->var_name);
    fm_range_fill(&p->range, p->seed + (uint64_t)p->done, fm_tensor_dtype(tensor), data,
                  (size_t)fm_tensor_size(tensor));
    fm_status status = fm_tensor_set_from_host(p->ctx, tensor, data, bytes);
    fm_free_block(data);
    return status;
}

fm_status fm_profile_scale(fm_profile *p, fm_profile_row *row) {
    fm_error *error = fm_context_error_slot(p->ctx);
    memset(row, 0, sizeof *row);
    row->multiplier = p->multipliers[p->done];
    FM_TRY(scaled_shape(p, row, error));
    fm_tensor *scaled;
    FM_TRY(fm_tensor_create(p->ctx, fm_tensor_dtype(p->original), row->ndim, row->shape, &scaled));
    fm_status status = fill(p, scaled, error);
    if (status == FM_OK) fm_tensor_take(p->variable, scaled);
    fm_tensor_release(scaled);
    return status;
}
