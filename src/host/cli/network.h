/* What profile and train have in common: options of the network, its data, the device and the
   budget. */
#ifndef FM_CLI_NETWORK_H
#define FM_CLI_NETWORK_H

#include "cli/cli.h"
#include "cli/mlp.h"
#include "io/dataset.h"

typedef struct network_options {
    const char *command;
    const char *layers_text; /* as given; NULL: the default */
    int64_t *widths;
    int nwidths;
    int64_t batch, epochs;
    const char *data;
    fm_device device;
    const char *device_text; /* as given; NULL: the default */
    const char *cost_model, *weights_file;
    int optimizer;
    double lr;          /* 0: the optimizer's usual one */
    double usual_lr[3]; /* of sgd, momentum and adam */
    uint64_t budget;
    double time_limit;
    int64_t seed;
    const char *format_text, *output;
    const char *report, *trace; /* files; NULL: none */
    fm_report_format report_format;
    fm_timing timing; /* FM_TIMING_DEFAULT: as the device offers it */
    bool graph, macs;
} network_options;

/* Options that both subcommands have, as rows of getopt_long. */
enum {
    NETWORK_LAYERS = 1000,
    NETWORK_BATCH,
    NETWORK_EPOCHS,
    NETWORK_DATA,
    NETWORK_DEVICE,
    NETWORK_MODEL,
    NETWORK_WEIGHTS,
    NETWORK_OPTIMIZER,
    NETWORK_LR,
    NETWORK_BUDGET,
    NETWORK_TIME,
    NETWORK_SEED,
    NETWORK_FORMAT,
    NETWORK_REPORT,
    NETWORK_TRACE,
    NETWORK_TIMING,
    NETWORK_COUNTERS,
    NETWORK_GRAPH,
    NETWORK_MACS
};

#define NETWORK_LONG_OPTIONS                                                                       \
    {"layers", required_argument, NULL, NETWORK_LAYERS},                                           \
        {"batch", required_argument, NULL, NETWORK_BATCH},                                         \
        {"epochs", required_argument, NULL, NETWORK_EPOCHS},                                       \
        {"data", required_argument, NULL, NETWORK_DATA},                                           \
        {"device", required_argument, NULL, NETWORK_DEVICE},                                       \
        {"cost-model", required_argument, NULL, NETWORK_MODEL},                                    \
        {"weights-file", required_argument, NULL, NETWORK_WEIGHTS},                                \
        {"optimizer", required_argument, NULL, NETWORK_OPTIMIZER},                                 \
        {"lr", required_argument, NULL, NETWORK_LR},                                               \
        {"budget", required_argument, NULL, NETWORK_BUDGET},                                       \
        {"time-limit", required_argument, NULL, NETWORK_TIME},                                     \
        {"seed", required_argument, NULL, NETWORK_SEED},                                           \
        {"format", required_argument, NULL, NETWORK_FORMAT},                                       \
        {"report", required_argument, NULL, NETWORK_REPORT},                                       \
        {"trace", required_argument, NULL, NETWORK_TRACE},                                         \
        {"timing", required_argument, NULL, NETWORK_TIMING},                                       \
        {"counters", no_argument, NULL, NETWORK_COUNTERS},                                         \
        {"graph", no_argument, NULL, NETWORK_GRAPH}, {"macs", no_argument, NULL, NETWORK_MACS},    \
        {"output", required_argument, NULL, 'o'}, {                                                \
        "help", no_argument, NULL, 'h'                                                             \
    }

/* Takes one of these; false after a message. */
bool network_take(network_options *options, int option, const char *text);

/* The same of the options of reports. */
bool network_take_report(network_options *options, int option, const char *text);

/* What these options' help says. */
#define NETWORK_REPORT_HELP                                                                        \
    "  --report FILE         the run's report: .html, .json, .csv, .jsonl, .prom, .trace.json, "   \
    ".txt\n"                                                                                       \
    "  --trace FILE          operations and kernels in time, for Perfetto\n"                       \
    "  --timing TIER         off, step, op, activity (a record of each kernel) or counters\n"      \
    "  --counters            hardware counters too: --timing counters\n"                           \
    "  --graph               capture a step once and replay it, on CUDA\n"                         \
    "  --macs                a column of multiply-accumulates in the report's text\n"

/* How the report stands among what is printed. */
typedef enum network_form {
    NETWORK_SHOWN_NOT = 0,
    NETWORK_SHOWN_TEXT,
    NETWORK_SHOWN_JSON
} network_form;

/* Whether --report or --trace asks for a report. */
bool network_reports(const network_options *options);

/* Writes --report and --trace from the context's summary, which is completed by `add` (may be
   NULL), and gives the same report in that form: *shown, NULL where there is none, is freed with
   fm_free. An exit status. */
typedef fm_status (*network_add)(void *user, fm_summary *summary);
int network_report(const network_options *options, fm_context *ctx, network_form form,
                   network_add add, void *user, char **shown);

/* A JSON object with the report as its member "report", or a list with an object of it at its end;
   for free. NULL: no memory. */
char *network_join(const char *json, const char *report);

/* Sets the context's timing and timeline up for these options. False after a message. */
bool network_watch(const network_options *options, fm_context *ctx);

/* Loads the data: synthetic ones of `samples` samples for the widths, or a file's, which sets the
   widths where no --layers was given and must fit them where it was. False after a message;
   fm_dataset_close otherwise. */
bool network_load(network_options *options, int64_t samples, fm_dataset *out);

/* A context, and its budget where --budget or --time-limit was given (*budget NULL otherwise).
   False after a message. */
bool network_open(const network_options *options, fm_context **ctx, fm_budget **budget);
void network_close(fm_context *ctx, fm_budget *budget);

/* The learning rate: --lr's, or the optimizer's usual one. */
double network_lr(const network_options *options);

/* The network itself; NULL after a message. */
mlp *network_make(const network_options *options, fm_context *ctx);

void network_free(network_options *options);

#endif
