/* flopmeter report: a run's file in another form, or two runs held against each other. */
#include "cli/cli.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

static const char help[] =
    "usage: flopmeter report RUN.json [OPTIONS]\n"
    "       flopmeter report A.json B.json [--fail-over PERCENT]\n"
    "\n"
    "Shows a run that --report FILE.json wrote: as text, or as the form that the output's name "
    "ends\n"
    "in. Two runs are compared operation by operation.\n"
    "\n"
    "  -o, --output FILE    .html, .csv, .jsonl, .prom, .trace.json, .json or .txt, instead of "
    "text\n"
    "                       to stdout\n"
    "  --by WHAT            op or namespace: the rows of the text (op)\n"
    "  --macs               a column of multiply-accumulates\n"
    "  --strict             exit status 1 where device time has no formula\n"
    "  --fail-over PERCENT  exit status 1 where an operation of B takes so much longer a call\n"
    "\n"
    "examples:\n"
    "  flopmeter profile --report run.json && flopmeter report run.json -o run.html\n"
    "  flopmeter report before.json after.json --fail-over 5\n";

enum { REPORT_BY = 1, REPORT_MACS, REPORT_STRICT, REPORT_FAIL };

static const struct option longs[] = {
    {"output", required_argument, NULL, 'o'},
    {"by", required_argument, NULL, REPORT_BY},
    {"macs", no_argument, NULL, REPORT_MACS},
    {"strict", no_argument, NULL, REPORT_STRICT},
    {"fail-over", required_argument, NULL, REPORT_FAIL},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

typedef struct report_options {
    const char *output;
    fm_report_format format;
    int by;
    bool macs, strict;
    double fail_over; /* infinite: no limit */
} report_options;

static bool take_output(report_options *o, const char *path) {
    o->output = path;
    if (fm_report_format_of(path, &o->format)) return cli_check_output("report", path);
    cli_fail(CLI_USAGE, "report",
             "-o: '%s' ends in none of .html, .json, .csv, .jsonl, .prom, .trace.json, .txt", path);
    return false;
}

static bool take(report_options *o, int option, const char *text) {
    static const char *const rows[] = {"op", "namespace", NULL};
    switch (option) {
    case 'o':
        return take_output(o, text);
    case REPORT_BY:
        return cli_read_choice((cli_text){"report", "--by", text}, rows, &o->by);
    case REPORT_MACS:
        o->macs = true;
        return true;
    case REPORT_STRICT:
        o->strict = true;
        return true;
    default:
        return cli_read_real((cli_text){"report", "--fail-over", text}, 0, true, &o->fail_over);
    }
}

static fm_summary *load(const char *path) {
    fm_summary *summary;
    fm_error error;
    if (fm_report_load(path, &summary, &error) == FM_OK) return summary;
    cli_fail(CLI_USAGE, "report", "%s", error.message);
    return NULL;
}

static fm_report_options options_of(const report_options *o) {
    fm_report_options options = FM_REPORT_OPTIONS_INIT;
    options.color = !o->output && isatty(STDOUT_FILENO);
    options.macs = o->macs;
    return options;
}

static int show(const report_options *o, const fm_summary *summary) {
    fm_report_options options = options_of(o);
    fm_report_format format = o->output ? o->format : FM_REPORT_TEXT;
    fm_error error;
    char *text;
    if (format == FM_REPORT_TEXT && o->by == 1) format = FM_REPORT_NAMESPACES;
    fm_status status = fm_report_render(summary, format, &options, &text);
    if (status != FM_OK) return cli_fail(CLI_FAILED, "report", "%s", fm_status_text(status));
    int result = cli_emit("report", o->output, text);
    fm_free(text);
    if (result == CLI_OK && o->strict && fm_report_strict(summary, &error) != FM_OK)
        return cli_fail(CLI_FAILED, "report", "%s", error.message);
    return result;
}

static int compare(const report_options *o, const fm_summary *before, const fm_summary *after) {
    fm_report_options options = options_of(o);
    int regressions = 0;
    char *text;
    fm_status status =
        fm_report_compare(before, after, o->fail_over, &options, &text, &regressions);
    if (status != FM_OK) return cli_fail(CLI_FAILED, "report", "%s", fm_status_text(status));
    int result = cli_emit("report", o->output, text);
    fm_free(text);
    return result == CLI_OK && regressions > 0 ? CLI_FAILED : result;
}

static int run(const report_options *o, char **paths, int count) {
    fm_summary *first = load(paths[0]);
    fm_summary *second = first && count > 1 ? load(paths[1]) : NULL;
    int result = CLI_USAGE;
    if (first && count == 1) result = show(o, first);
    if (second) result = compare(o, first, second);
    fm_summary_release(first);
    fm_summary_release(second);
    return result;
}

int cli_report(int argc, char **argv) {
    report_options o = {.fail_over = INFINITY};
    int option;
    while ((option = cli_getopt("report", argc, argv, ":ho:", longs)) != -1) {
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_OK;
        }
        if (option == '?' || !take(&o, option, optarg)) return CLI_USAGE;
    }
    int count = argc - optind;
    if (count < 1) return cli_fail(CLI_USAGE, "report", "a run's file is needed");
    if (count > 2)
        return cli_fail(CLI_USAGE, "report", "'%s' is one word too many", argv[optind + 2]);
    if (count == 2 && o.output && o.format != FM_REPORT_TEXT)
        return cli_fail(CLI_USAGE, "report", "-o: two runs are compared as text, .txt");
    return run(&o, argv + optind, count);
}
