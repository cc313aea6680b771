/* A run's steps as JSON lines, one flat object each, for loggers; and adding them. */
#include <math.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "report/json_parts.h"
#include "report/render.h"

void fm_json_put_step(fm_json_writer *json, const fm_report_step *step) {
    bool timed = step->seconds > 0;
    fm_json_open_object(json);
    fm_json_put_count(json, "step", step->step);
    fm_json_put_count(json, "flops", step->flops);
    fm_json_put_count(json, "flops_used", step->used);
    fm_json_put_real(json, "seconds", timed ? step->seconds : -1);
    fm_json_put_real(json, "flops_per_second", timed ? (double)step->flops / step->seconds : -1);
    fm_json_key(json, "loss");
    fm_json_put_double(json, step->loss);
    fm_json_key(json, "accuracy");
    fm_json_put_double(json, step->accuracy);
    fm_json_close_object(json);
}

/* A profile's sizes are the steps of a run that has none. */
static fm_report_step step_of(const fm_sweep_row *row, uint64_t number, uint64_t used) {
    return (fm_report_step){.size = sizeof(fm_report_step),
                            .step = number,
                            .flops = row->flops,
                            .used = used,
                            .seconds = row->seconds,
                            .loss = (double)NAN,
                            .accuracy = (double)NAN};
}

static fm_status put_line(fm_writer *out, const fm_report_step *step) {
    fm_json_writer json;
    fm_json_begin(&json, &out->io, &out->buffer, 0);
    fm_json_put_step(&json, step);
    return fm_json_end(&json);
}

fm_status fm_render_lines(fm_writer *out, const fm_summary *summary) {
    uint64_t used = 0;
    for (size_t i = 0; i < summary->step_count; ++i) FM_TRY(put_line(out, &summary->steps[i]));
    for (size_t i = 0; summary->step_count == 0 && i < summary->sweep_count; ++i) {
        used = fm_saturating_add(used, summary->sweep[i].flops);
        fm_report_step step = step_of(&summary->sweep[i], i + 1, used);
        FM_TRY(put_line(out, &step));
    }
    if (summary->step_count || summary->sweep_count) return FM_OK;
    fm_report_step whole = {.step = 1,
                            .flops = summary->totals.used,
                            .used = summary->totals.used,
                            .seconds = (double)summary->totals.wall_ns * 1e-9,
                            .loss = (double)NAN,
                            .accuracy = (double)NAN};
    return put_line(out, &whole);
}

fm_status fm_report_add_step(fm_summary *summary, const fm_report_step *step) {
    if (!step || step->size != sizeof *step) return FM_ERR_ARGUMENT;
    fm_report_step *steps = fm_summary_grow(summary->steps, summary->step_count,
                                            &summary->step_capacity, sizeof *steps);
    if (!steps) return FM_ERR_MEMORY;
    summary->steps = steps;
    steps[summary->step_count++] = *step;
    return FM_OK;
}

bool fm_summary_add_size(fm_summary *summary, const fm_sweep_row *row) {
    fm_sweep_row *rows = fm_summary_grow(summary->sweep, summary->sweep_count,
                                         &summary->sweep_capacity, sizeof *rows);
    if (!rows) return false;
    summary->sweep = rows;
    rows[summary->sweep_count] = *row;
    rows[summary->sweep_count].profile = fm_summary_keep(summary, row->profile);
    return rows[summary->sweep_count++].profile != NULL;
}
