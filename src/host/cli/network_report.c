/* The options of reports that profile and train share, and the files they ask for. */
#include "cli/calibrate.h"
#include "cli/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Slices that a trace holds at most, and seconds for each peak where none is in the cache. */
enum { SLICES = 200000 };
static const double quick = 0.1;

static bool take_timing(network_options *o, const char *text) {
    static const char *const tiers[] = {"off", "step", "op", "activity", "counters", NULL};
    int tier = 0;
    if (!cli_read_choice((cli_text){o->command, "--timing", text}, tiers, &tier)) return false;
    o->timing = (fm_timing)(FM_TIMING_OFF + tier);
    return true;
}

static bool take_report(network_options *o, const char *path) {
    o->report = path;
    if (fm_report_format_of(path, &o->report_format))
        return cli_check_file(o->command, "--report", path);
    cli_fail(CLI_USAGE, o->command,
             "--report: '%s' ends in none of .html, .json, .csv, .jsonl, .prom, .trace.json, .txt",
             path);
    return false;
}

bool network_take_report(network_options *o, int option, const char *text) {
    switch (option) {
    case NETWORK_REPORT:
        return take_report(o, text);
    case NETWORK_TRACE:
        o->trace = text;
        return cli_check_file(o->command, "--trace", text);
    case NETWORK_TIMING:
        return take_timing(o, text);
    case NETWORK_COUNTERS:
        o->timing = FM_TIMING_COUNTERS;
        return true;
    case NETWORK_MACS:
        o->macs = true;
        return true;
    default:
        o->graph = true;
        return true;
    }
}

/* A trace in a report's file needs its slices too. */
static bool wants_slices(const network_options *o) {
    return o->trace || (o->report && o->report_format == FM_REPORT_TRACE);
}

static bool set_timing(const network_options *o, fm_context *ctx) {
    const char *reason;
    fm_timing timing = o->timing;
    bool cuda = fm_context_device(ctx).kind == FM_CUDA;
    if (timing == FM_TIMING_DEFAULT && cuda && (o->report || o->trace)) timing = FM_TIMING_ACTIVITY;
    if (timing == FM_TIMING_DEFAULT) return true;
    if (fm_context_set_timing(ctx, timing) != FM_OK) {
        cli_fail(CLI_FAILED, o->command, "--timing: %s", fm_context_message(ctx));
        return false;
    }
    fm_timing got = fm_report_timing(ctx, &reason);
    if (o->timing >= FM_TIMING_ACTIVITY && got < o->timing)
        cli_fail(CLI_OK, o->command, "%s is not to be had here: %s; %s",
                 o->timing == FM_TIMING_COUNTERS ? "--timing counters" : "--timing activity",
                 *reason ? reason : "the device offers less",
                 got == FM_TIMING_ACTIVITY ? "each kernel is timed" : "each operation is timed");
    return true;
}

bool network_watch(const network_options *o, fm_context *ctx) {
    if (!set_timing(o, ctx)) return false;
    if (!o->report && !o->trace) return true;
    if (fm_report_timeline(ctx, wants_slices(o) ? SLICES : 0) == FM_OK) return true;
    cli_fail(CLI_FAILED, o->command, "%s", fm_context_message(ctx));
    return false;
}

/* Where nobody calibrated the device, its peaks are measured now, in a second or so. */
static fm_status measure_peaks(fm_context *ctx, fm_summary *summary) {
    fm_calibration found;
    fm_device device = fm_context_device(ctx);
    if (fm_calibration_load(device, &found, NULL, 0, NULL) == FM_OK) return FM_OK;
    if (calibrate_measure(device, quick, &found, NULL) != FM_OK) return FM_OK;
    return fm_report_set_measured(summary, &found, "measured after this run");
}

static fm_report_options options_of(const network_options *o) {
    fm_report_options options = FM_REPORT_OPTIONS_INIT;
    options.macs = o->macs;
    return options;
}

static int write_one(const network_options *o, const fm_summary *summary, const char *option,
                     const char *path, fm_report_format format) {
    fm_report_options options = options_of(o);
    char *text;
    fm_status status = fm_report_render(summary, format, &options, &text);
    if (status != FM_OK)
        return cli_fail(CLI_FAILED, o->command, "%s: %s", option, fm_status_text(status));
    int result = cli_emit_file(o->command, option, path, text);
    fm_free(text);
    return result;
}

static int write_all(const network_options *o, const fm_summary *summary) {
    int result = CLI_OK;
    if (o->report) result = write_one(o, summary, "--report", o->report, o->report_format);
    if (result == CLI_OK && o->trace)
        result = write_one(o, summary, "--trace", o->trace, FM_REPORT_TRACE);
    return result;
}

static fm_status show(const network_options *o, const fm_summary *summary, network_form form,
                      char **shown) {
    fm_report_options options = options_of(o);
    if (form == NETWORK_SHOWN_NOT) return FM_OK;
    options.color = !o->output && isatty(STDOUT_FILENO);
    options.brief = true;
    return fm_report_render(summary, form == NETWORK_SHOWN_JSON ? FM_REPORT_JSON : FM_REPORT_TEXT,
                            &options, shown);
}

bool network_reports(const network_options *o) {
    return o->report || o->trace;
}

int network_report(const network_options *o, fm_context *ctx, network_form form, network_add add,
                   void *user, char **shown) {
    fm_summary *summary;
    *shown = NULL;
    if (!network_reports(o) && form == NETWORK_SHOWN_NOT) return CLI_OK;
    if (fm_summary_of_context(ctx, &summary) != FM_OK)
        return cli_fail(CLI_FAILED, o->command, "the report: %s", fm_context_message(ctx));
    fm_status status = network_reports(o) ? measure_peaks(ctx, summary) : FM_OK;
    if (status == FM_OK && add) status = add(user, summary);
    if (status == FM_OK) status = show(o, summary, form, shown);
    int result = status == FM_OK ? write_all(o, summary)
                                 : cli_fail(CLI_FAILED, o->command, "the report: out of memory");
    fm_summary_release(summary);
    return result;
}

char *network_join(const char *json, const char *report) {
    const char *end = json + strlen(json);
    while (end > json && *end != '}' && *end != ']') end--;
    bool list = *end == ']';
    const char *last = end;
    while (last > json && strchr(" \n", last[-1])) last--;
    size_t size = strlen(json) + strlen(report) + 32;
    char *joined = malloc(size);
    if (!joined) return NULL;
    snprintf(joined, size, "%.*s,\n%s\"report\": %.*s%s\n%s", (int)(last - json), json,
             list ? "{" : "  ", (int)strlen(report) - 1, report, list ? "}" : "", end);
    return joined;
}
