/* Opening and closing profiles: what the options may say. */
#include "call/context.h"
#include "core/alloc.h"
#include "core/detail.h"
#include "meter/hooks.h"
#include "profile/profile.h"

#include <math.h>
#include <string.h>

static const double usual_multipliers[] = {0.1, 0.3, 0.5, 0.9, 1, 1.1, 2, 3, 10};

/* Copies the fields that the caller's version of the struct has; the others stay zero. */
static fm_status copy_options(const fm_profile_options *options, fm_profile_options *full,
                              fm_error *error) {
    FM_CHECK(options, error, FM_ERR_ARGUMENT, "profile: the options are NULL");
    size_t least = offsetof(fm_profile_options, var_name) + sizeof options->var_name;
    FM_CHECK(options->size >= least && options->size <= sizeof *full, error, FM_ERR_ARGUMENT,
             "profile: the options' size is %zu, but this library knows %zu", options->size,
             sizeof *full);
    memset(full, 0, sizeof *full);
    memcpy(full, options, options->size);
    return FM_OK;
}

static fm_status take_multipliers(fm_profile *p, const fm_profile_options *options,
                                  fm_error *error) {
    const double *from = options->size_multipliers;
    int count = options->nmultipliers;
    if (!from) {
        FM_CHECK(count == 0, error, FM_ERR_ARGUMENT,
                 "profile: size_multipliers is NULL, but nmultipliers is %d", count);
        from = usual_multipliers;
        count = (int)(sizeof usual_multipliers / sizeof *usual_multipliers);
    }
    FM_CHECK(count > 0, error, FM_ERR_ARGUMENT, "profile: nmultipliers is %d, at least 1 is needed",
             count);
    for (int i = 0; i < count; i++)
        FM_CHECK(isfinite(from[i]) && from[i] > 0, error, FM_ERR_ARGUMENT,
                 "profile: size_multipliers[%d] is %g, a finite number above 0 is needed", i,
                 from[i]);
    p->multipliers = fm_alloc((size_t)count * sizeof *p->multipliers);
    p->rows = fm_alloc((size_t)count * sizeof *p->rows);
    FM_CHECK(p->multipliers && p->rows, error, FM_ERR_MEMORY, "profile: out of memory");
    memcpy(p->multipliers, from, (size_t)count * sizeof *from);
    p->count = count;
    return FM_OK;
}

static fm_status take_axes(fm_profile *p, const fm_profile_options *options, fm_error *error) {
    int ndim = fm_tensor_ndim(p->variable), count = options->nscale_dims;
    if (!options->scale_dims) {
        FM_CHECK(count == 0, error, FM_ERR_ARGUMENT,
                 "profile: scale_dims is NULL, but nscale_dims is %d", count);
        for (int d = 0; d < ndim; d++) p->scaled[d] = true;
        return FM_OK;
    }
    FM_CHECK(count > 0, error, FM_ERR_ARGUMENT, "profile: nscale_dims is %d, at least 1 is needed",
             count);
    for (int i = 0; i < count; i++) {
        int axis = options->scale_dims[i];
        FM_CHECK(axis >= -ndim && axis < ndim, error, FM_ERR_SHAPE,
                 "profile: scale_dims[%d] is %d, but '%s' has %d dimensions", i, axis, p->var_name,
                 ndim);
        axis += axis < 0 ? ndim : 0;
        FM_CHECK(!p->scaled[axis], error, FM_ERR_SHAPE,
                 "profile: scale_dims[%d] is %d, an axis that is there already", i,
                 options->scale_dims[i]);
        p->scaled[axis] = true;
    }
    return FM_OK;
}

static fm_status take_numbers(fm_profile *p, const fm_profile_options *options, fm_error *error) {
    FM_CHECK(options->repeats >= 0, error, FM_ERR_ARGUMENT,
             "profile: repeats is %d, at least 0 is needed", options->repeats);
    FM_CHECK(options->warmup >= -1, error, FM_ERR_ARGUMENT,
             "profile: warmup is %d, at least -1 is needed", options->warmup);
    p->repeats = options->repeats ? options->repeats : 3;
    p->warmup = options->warmup == 0 ? 1 : options->warmup == -1 ? 0 : options->warmup;
    p->seed = options->seed;
    p->sample_axis = -1;
    p->seconds = fm_alloc((size_t)p->repeats * sizeof *p->seconds);
    FM_CHECK(p->seconds, error, FM_ERR_MEMORY, "profile: out of memory");
    return FM_OK;
}

static fm_status fill(fm_profile *p, const fm_profile_options *options, fm_error *error) {
    p->name = fm_strdup(options->name ? options->name : "profile");
    p->var_name = fm_strdup(options->var_name ? options->var_name : "");
    FM_CHECK(p->name && p->var_name, error, FM_ERR_MEMORY, "profile: out of memory");
    fm_tensor *variable = fm_tensor_find(p->ctx, options->var_name);
    if (!variable) return FM_ERR_NOT_FOUND;
    p->variable = fm_tensor_retain(variable);
    FM_TRY(take_multipliers(p, options, error));
    FM_TRY(take_axes(p, options, error));
    FM_TRY(take_numbers(p, options, error));
    return fm_profile_read_range(p, &p->range);
}

fm_status fm_profile_open(fm_context *ctx, const fm_profile_options *options, fm_profile **out) {
    fm_error *error = fm_context_error_slot(ctx);
    fm_profile_options full = FM_PROFILE_OPTIONS_INIT;
    FM_CHECK(out, error, FM_ERR_ARGUMENT, "profile: the place for the new profile is NULL");
    *out = NULL;
    FM_TRY(copy_options(options, &full, error));
    fm_profile *profile = fm_alloc(sizeof *profile);
    FM_CHECK(profile, error, FM_ERR_MEMORY, "profile: out of memory");
    profile->ctx = ctx;
    fm_status status = fill(profile, &full, error);
    if (status == FM_OK)
        *out = profile;
    else
        fm_profile_close(profile);
    return status;
}

void fm_profile_close(fm_profile *profile) {
    if (!profile) return;
    if (profile->original) {
        fm_tensor_take(profile->variable, profile->original);
        fm_tensor_release(profile->original);
    }
    fm_tensor_release(profile->variable);
    fm_free_block(profile->name);
    fm_free_block(profile->var_name);
    fm_free_block(profile->multipliers);
    fm_free_block(profile->rows);
    fm_free_block(profile->seconds);
    fm_free_block(profile);
}

int fm_profile_row_count(const fm_profile *profile) {
    return profile->done;
}

const fm_profile_row *fm_profile_row_at(const fm_profile *profile, int index) {
    return index >= 0 && index < profile->done ? &profile->rows[index] : NULL;
}

void fm_profile_set_peak(fm_profile *profile, double flops_per_second) {
    profile->peak = isfinite(flops_per_second) && flops_per_second > 0 ? flops_per_second : 0;
}

void fm_profile_set_sample_axis(fm_profile *profile, int axis) {
    profile->sample_axis = axis >= 0 && axis < fm_tensor_ndim(profile->variable) ? axis : -1;
}
