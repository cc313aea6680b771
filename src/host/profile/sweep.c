/* One sweep over the multipliers: rows begun, counted, timed and finished; as a call with
   callbacks and as a loop. */
#include "call/context.h"
#include "core/detail.h"
#include "meter/aside.h"
#include "meter/hooks.h"
#include "profile/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads ledger and clock where a run begins, device synchronised. */
static fm_status start_clock(fm_profile *p) {
    FM_TRY(fm_synchronize(p->ctx));
    p->flops = fm_meter_flops(fm_context_meter(p->ctx));
    p->launches = fm_meter_launches(fm_context_meter(p->ctx));
    p->ticks = fm_ticks();
    return FM_OK;
}

/* What has come since; the row keeps its latest run's launches. */
static fm_status stop_clock(fm_profile *p, uint64_t *flops, double *seconds) {
    fm_status status = fm_synchronize(p->ctx);
    *seconds = (double)fm_ticks_to_ns(fm_ticks_between(p->ticks, fm_ticks())) / 1e9;
    *flops = fm_meter_flops(fm_context_meter(p->ctx)) - p->flops;
    p->rows[p->done].launches = fm_meter_launches(fm_context_meter(p->ctx)) - p->launches;
    return status;
}

static int compare_seconds(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void put_times(fm_profile *p, fm_profile_row *row, int runs) {
    row->runs = runs;
    if (runs == 0) return;
    qsort(p->seconds, (size_t)runs, sizeof *p->seconds, compare_seconds);
    int middle = runs / 2;
    row->seconds =
        runs % 2 ? p->seconds[middle] : (p->seconds[middle - 1] + p->seconds[middle]) / 2;
    row->seconds_min = p->seconds[0];
    row->seconds_max = p->seconds[runs - 1];
    if (row->seconds > 0) row->flops_per_second = (double)row->flops / row->seconds;
}

/* Ends the present row: the median of its timed runs, or the failure with the context's message. */
static void finish_row(fm_profile *p, fm_status status, int runs) {
    fm_profile_row *row = &p->rows[p->done];
    const fm_error *error = fm_context_error(p->ctx);
    row->status = status;
    if (status == FM_OK) {
        put_times(p, row, runs);
    } else {
        bool known = error->status == status && *error->message;
        snprintf(row->message, sizeof row->message, "%s",
                 known ? error->message : fm_status_text(status));
        if (p->failure.status == FM_OK) {
            p->failure = *error;
            if (!known) fm_fail(&p->failure, status, "%s", row->message);
        }
    }
    p->done++;
}

fm_status fm_profile_begin(fm_profile *p) {
    fm_error *error = fm_context_error_slot(p->ctx);
    int64_t none = 0;
    FM_CHECK(!p->original, error, FM_ERR_STATE, "profile: '%s' is begun already", p->name);
    FM_TRY(fm_profile_read_range(p, &p->range));
    FM_TRY(fm_tensor_create(p->ctx, fm_tensor_dtype(p->variable), 1, &none, &p->original));
    fm_tensor_take(p->original, p->variable);
    memset(&p->failure, 0, sizeof p->failure);
    p->done = 0;
    p->row_open = p->stopped = false;
    return FM_OK;
}

fm_status fm_profile_end(fm_profile *p) {
    FM_CHECK(p->original, fm_context_error_slot(p->ctx), FM_ERR_STATE, "profile: '%s' is not begun",
             p->name);
    fm_tensor_take(p->variable, p->original);
    fm_tensor_release(p->original);
    p->original = NULL;
    p->row_open = false;
    return FM_OK;
}

/* One run of the row's step: set up aside, then counted by the context's budget or aside. */
typedef struct sweep {
    fm_profile *profile;
    fm_profile_step step;
    fm_profile_setup setup;
    fm_profile_progress progress;
    void *user;
} sweep;

static fm_status set_up(const sweep *s, const fm_profile_row *row) {
    fm_context *ctx = s->profile->ctx;
    fm_meter *meter = fm_context_meter(ctx);
    fm_aside aside;
    if (!s->setup) return FM_OK;
    FM_TRY(fm_meter_set_aside(meter, &aside, fm_context_error_slot(ctx)));
    fm_status status = s->setup(s->user, ctx, row);
    fm_status done = fm_synchronize(ctx);
    fm_meter_resume(meter, &aside);
    return status == FM_OK ? done : status;
}

static fm_status run_step(const sweep *s, const fm_profile_row *row, uint64_t *flops,
                          double *seconds) {
    fm_profile *p = s->profile;
    fm_meter *meter = fm_context_meter(p->ctx);
    *flops = 0;
    FM_TRY(start_clock(p));
    fm_meter_place place = fm_meter_where(meter);
    fm_status status = s->step(s->user, p->ctx, row);
    fm_error kept = *fm_context_error(p->ctx);
    fm_status done = stop_clock(p, flops, seconds);
    fm_meter_unwind(meter, place);
    if (status == FM_OK) return done;
    *fm_context_error_slot(p->ctx) = kept;
    return status;
}

static fm_status run_aside(const sweep *s, const fm_profile_row *row, double *seconds) {
    fm_context *ctx = s->profile->ctx;
    fm_meter *meter = fm_context_meter(ctx);
    fm_aside aside;
    uint64_t flops;
    FM_TRY(fm_meter_set_aside(meter, &aside, fm_context_error_slot(ctx)));
    fm_status status = run_step(s, row, &flops, seconds);
    fm_meter_resume(meter, &aside);
    return status;
}

/* The first run is the counted one; those after the warm-up are timed. */
static fm_status run_row(const sweep *s, fm_profile_row *row) {
    fm_profile *p = s->profile;
    for (int run = 0; run < p->warmup + p->repeats; run++) {
        double seconds = 0;
        fm_error_clear(fm_context_error_slot(p->ctx));
        FM_TRY(set_up(s, row));
        FM_TRY(run == 0 ? run_step(s, row, &row->flops, &seconds) : run_aside(s, row, &seconds));
        if (run >= p->warmup) p->seconds[run - p->warmup] = seconds;
    }
    return FM_OK;
}

static fm_status run_sweep(const sweep *s) {
    fm_profile *p = s->profile;
    while (p->done < p->count) {
        fm_profile_row *row = &p->rows[p->done];
        fm_error_clear(fm_context_error_slot(p->ctx));
        fm_status status = fm_profile_scale(p, row);
        if (s->progress) s->progress(s->user, p->done, p->count, row);
        if (status == FM_OK) status = run_row(s, row);
        if (status == FM_ERR_INTERRUPTED) return status;
        finish_row(p, status, p->repeats);
        if (s->progress) s->progress(s->user, p->done, p->count, row);
    }
    return FM_OK;
}

fm_status fm_profile_run(fm_profile *profile, fm_profile_step step, fm_profile_setup setup,
                         fm_profile_progress progress, void *user) {
    fm_error *error = fm_context_error_slot(profile->ctx);
    FM_CHECK(step, error, FM_ERR_ARGUMENT, "profile: the step function is NULL");
    FM_TRY(fm_profile_begin(profile));
    sweep s = {profile, step, setup, progress, user};
    fm_status status = run_sweep(&s);
    FM_TRY(fm_profile_end(profile));
    if (status == FM_OK && profile->failure.status != FM_OK) *error = profile->failure;
    return status == FM_OK ? profile->failure.status : status;
}

bool fm_profile_next(fm_profile *p, const fm_profile_row **out) {
    fm_error *error = fm_context_error_slot(p->ctx);
    if (p->original && p->row_open) {
        p->row_open = false;
        finish_row(p, fm_fail(error, FM_ERR_STATE, "profile: the row was not recorded"), 0);
    }
    while (p->original && !p->stopped && p->done < p->count) {
        fm_error_clear(error);
        fm_status status = fm_profile_scale(p, &p->rows[p->done]);
        if (status == FM_OK) status = start_clock(p);
        if (status != FM_OK) {
            finish_row(p, status, 0);
            continue;
        }
        p->row_open = true;
        *out = &p->rows[p->done];
        return true;
    }
    return false;
}

fm_status fm_profile_record(fm_profile *p, fm_status status) {
    fm_error *error = fm_context_error_slot(p->ctx);
    FM_CHECK(p->row_open, error, FM_ERR_STATE, "profile: '%s' has no row to record", p->name);
    fm_error kept = *error;
    double seconds;
    fm_status done = stop_clock(p, &p->rows[p->done].flops, &seconds);
    p->row_open = false;
    if (status == FM_ERR_INTERRUPTED) {
        p->stopped = true;
        return FM_OK;
    }
    if (status != FM_OK)
        *error = kept;
    else
        status = done;
    p->seconds[0] = seconds;
    finish_row(p, status, 1);
    return FM_OK;
}
