/* The public functions of reports: formats by name, rendering, what a summary is given beside the
   ledger. */
#include <string.h>

#include "core/detail.h"
#include "meter/hooks.h"
#include "report/render.h"

bool fm_report_format_of(const char *path, fm_report_format *format) {
    static const struct {
        const char *end;
        fm_report_format format;
    } ends[] = {{".trace.json", FM_REPORT_TRACE}, {".json", FM_REPORT_JSON},
                {".jsonl", FM_REPORT_LINES},      {".csv", FM_REPORT_CSV},
                {".prom", FM_REPORT_PROMETHEUS},  {".html", FM_REPORT_HTML},
                {".txt", FM_REPORT_TEXT}};
    size_t length = strlen(path);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i) {
        size_t end = strlen(ends[i].end);
        if (length <= end || strcmp(path + length - end, ends[i].end) != 0) continue;
        *format = ends[i].format;
        return true;
    }
    return false;
}

static void render(fm_writer *out, const fm_summary *summary, fm_report_format format,
                   const fm_report_options *options) {
    switch (format) {
    case FM_REPORT_TEXT:
    case FM_REPORT_NAMESPACES:
        fm_render_report(out, summary, options, format == FM_REPORT_NAMESPACES);
        break;
    case FM_REPORT_JSON:
        out->status = fm_render_json(out, summary, !options->brief);
        break;
    case FM_REPORT_CSV:
        fm_render_csv(out, summary);
        break;
    case FM_REPORT_LINES:
        out->status = fm_render_lines(out, summary);
        break;
    case FM_REPORT_PROMETHEUS:
        fm_render_prometheus(out, summary);
        break;
    case FM_REPORT_TRACE:
        out->status = fm_render_trace(out, summary);
        break;
    case FM_REPORT_HTML:
        fm_render_html(out, summary);
        break;
    default:
        out->status = FM_ERR_ARGUMENT;
    }
}

fm_status fm_report_render(const fm_summary *summary, fm_report_format format,
                           const fm_report_options *options, char **text) {
    static const fm_report_options usual = FM_REPORT_OPTIONS_INIT;
    fm_writer writer;
    if (options && options->size != sizeof *options) return FM_ERR_ARGUMENT;
    fm_writer_init(&writer);
    render(&writer, summary, format, options ? options : &usual);
    return fm_writer_take(&writer, text);
}

fm_status fm_report_timeline(fm_context *ctx, size_t events) {
    fm_timeline *timeline = fm_timeline_new(events);
    FM_CHECK(timeline, fm_context_error_slot(ctx), FM_ERR_MEMORY,
             "report: no memory for %zu slices of a timeline", events);
    fm_meter_keep_timeline(fm_context_meter(ctx), timeline);
    return FM_OK;
}

fm_timing fm_report_timing(const fm_context *ctx, const char **reason) {
    const fm_meter *meter = fm_context_meter(ctx);
    if (reason) *reason = meter->collected.reason;
    return meter->timing;
}
