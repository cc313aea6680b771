/* The budget's course and the slices of a run, read back from its JSON report. */
#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "io/json_in.h"
#include "report/load.h"

enum { POINT_FIELDS = 4, SLICE_FIELDS = 10 };

/* A list of exactly so many counts. */
static fm_status get_fields(fm_io *io, const fm_json_value *list, int count, uint64_t *out) {
    fm_json_value child = {0};
    FM_TRY(fm_json_expect_list(io, list));
    if (fm_json_count(list) != (size_t)count)
        return fm_io_fail(io, FM_ERR_FORMAT, "%s: %s: %zu numbers, %d needed", list->document->name,
                          list->path, fm_json_count(list), count);
    for (int i = 0; fm_json_next(list, &child); i++) {
        double number;
        FM_TRY(fm_json_get_number(io, &child, &number));
        if (!(number >= 0))
            return fm_io_fail(io, FM_ERR_FORMAT, "%s: %s: %g is no count", child.document->name,
                              child.path, number);
        out[i] = number >= 0x1p64 ? UINT64_MAX : (uint64_t)number;
    }
    return FM_OK;
}

static fm_status load_points(fm_io *io, const fm_json_value *root, fm_summary *summary) {
    fm_json_value list, child = {0};
    FM_TRY(fm_json_member(io, root, "budget_course", true, &list));
    FM_TRY(fm_json_expect_list(io, &list));
    summary->points = fm_alloc((fm_json_count(&list) + 1) * sizeof *summary->points);
    if (!summary->points) return FM_ERR_MEMORY;
    while (fm_json_next(&list, &child)) {
        uint64_t f[POINT_FIELDS];
        FM_TRY(get_fields(io, &child, POINT_FIELDS, f));
        summary->points[summary->point_count++] = (fm_timeline_point){f[0], f[1], f[2], f[3]};
    }
    return FM_OK;
}

static fm_status load_names(fm_io *io, const fm_json_value *trace, fm_summary *summary) {
    fm_json_value list;
    const char **texts;
    size_t count;
    FM_TRY(fm_json_member(io, trace, "names", true, &list));
    FM_TRY(fm_json_get_strings(io, &list, &texts, &count));
    summary->event_names = fm_alloc((count + 1) * sizeof *summary->event_names);
    fm_status status = summary->event_names ? FM_OK : FM_ERR_MEMORY;
    for (size_t i = 0; i < count && status == FM_OK; ++i) {
        summary->event_names[i] = fm_summary_keep(summary, texts[i]);
        if (!summary->event_names[i]) status = FM_ERR_MEMORY;
    }
    summary->event_name_count = count;
    fm_io_free(io, texts);
    return status;
}

static fm_status load_slice(fm_io *io, const fm_json_value *value, fm_summary *summary) {
    uint64_t f[SLICE_FIELDS];
    FM_TRY(get_fields(io, value, SLICE_FIELDS, f));
    if (f[0] > FM_TIMELINE_COPY || f[9] >= FM_DTYPE_COUNT)
        return fm_io_fail(io, FM_ERR_FORMAT, "%s: %s: no such kind or dtype", value->document->name,
                          value->path);
    summary->events[summary->event_count++] =
        (fm_timeline_event){.kind = (uint8_t)f[0],
                            .start = f[1] + summary->timeline_began,
                            .ns = f[2],
                            .flops = f[3],
                            .used = f[4],
                            .name = (uint32_t)f[5],
                            .name_space = (uint32_t)f[6],
                            .call = (uint32_t)f[7],
                            .stream = (uint16_t)f[8],
                            .dtype = (uint8_t)f[9]};
    return FM_OK;
}

static fm_status load_slices(fm_io *io, const fm_json_value *root, fm_summary *summary) {
    fm_json_value trace, list, child = {0}, number;
    double lost, began;
    FM_TRY(fm_json_member(io, root, "trace", false, &trace));
    if (!trace.node) return FM_OK;
    FM_TRY(fm_json_member(io, &trace, "dropped", true, &number));
    FM_TRY(fm_json_get_number(io, &number, &lost));
    summary->events_dropped = lost > 0 ? (uint64_t)lost : 0;
    FM_TRY(fm_json_member(io, &trace, "began_ns", true, &number));
    FM_TRY(fm_json_get_number(io, &number, &began));
    summary->timeline_began = began > 0 && began < 0x1p63 ? (uint64_t)began : 0;
    FM_TRY(load_names(io, &trace, summary));
    FM_TRY(fm_json_member(io, &trace, "slices", true, &list));
    FM_TRY(fm_json_expect_list(io, &list));
    summary->events = fm_alloc((fm_json_count(&list) + 1) * sizeof *summary->events);
    if (!summary->events) return FM_ERR_MEMORY;
    while (fm_json_next(&list, &child)) FM_TRY(load_slice(io, &child, summary));
    return FM_OK;
}

fm_status fm_load_timeline(fm_io *io, const fm_json_value *root, fm_summary *summary) {
    FM_TRY(load_points(io, root, summary));
    return load_slices(io, root, summary);
}
