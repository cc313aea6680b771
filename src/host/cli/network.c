/* The options that profile and train share, checked against each other and against the data. */
#include "cli/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const optimizers[] = {"sgd", "momentum", "adam", NULL};

enum { MOST_EPOCHS = 1000000000 };
#define MOST_SAMPLES ((int64_t)1 << 40)

/* Weights of a layer and their bytes fit 63 bits. */
static bool layers_fit(const network_options *o, cli_text from) {
    if (o->nwidths < 2) {
        cli_fail(CLI_USAGE, from.command, "--layers: '%s': at least 2 widths are needed",
                 from.text);
        return false;
    }
    for (int i = 0; i + 1 < o->nwidths; i++) {
        int64_t bytes;
        if (!__builtin_mul_overflow(o->widths[i], o->widths[i + 1], &bytes) &&
            !__builtin_mul_overflow(bytes, (int64_t)sizeof(float), &bytes))
            continue;
        cli_fail(CLI_USAGE, from.command, "--layers: '%s': %lld x %lld weights are past 64 bits",
                 from.text, (long long)o->widths[i], (long long)o->widths[i + 1]);
        return false;
    }
    return true;
}

static bool take_layers(network_options *o, cli_text from) {
    free(o->widths);
    o->widths = NULL;
    o->layers_text = from.text;
    return cli_read_ints(from, 1, INT64_MAX, &o->widths, &o->nwidths) && layers_fit(o, from);
}

static bool take_data(network_options *o, cli_text from) {
    size_t length = strlen(from.text);
    bool npz = length > 4 && !strcmp(from.text + length - 4, ".npz");
    bool mnist = !strncmp(from.text, "mnist:", 6) && length > 6;
    o->data = from.text;
    if (npz || mnist || !strcmp(from.text, "synthetic") || !strcmp(from.text, "digits"))
        return true;
    cli_fail(CLI_USAGE, from.command,
             "--data: '%s' is none of synthetic, digits, mnist:DIR, FILE.npz", from.text);
    return false;
}

bool network_take(network_options *o, int option, const char *text) {
#define FROM(name) ((cli_text){o->command, (name), text})
    switch (option) {
    case NETWORK_LAYERS:
        return take_layers(o, FROM("--layers"));
    case NETWORK_BATCH:
        return cli_read_int(FROM("--batch"), 1, MOST_SAMPLES, &o->batch);
    case NETWORK_EPOCHS:
        return cli_read_int(FROM("--epochs"), 1, MOST_EPOCHS, &o->epochs);
    case NETWORK_DATA:
        return take_data(o, FROM("--data"));
    case NETWORK_DEVICE:
        o->device_text = text;
        return cli_read_device(FROM("--device"), &o->device);
    case NETWORK_MODEL:
        o->cost_model = text;
        return cli_read_model(FROM("--cost-model"));
    case NETWORK_WEIGHTS:
        o->weights_file = text;
        return true;
    case NETWORK_OPTIMIZER:
        return cli_read_choice(FROM("--optimizer"), optimizers, &o->optimizer);
    case NETWORK_LR:
        return cli_read_real(FROM("--lr"), 0, false, &o->lr);
    case NETWORK_BUDGET:
        return cli_read_flops(FROM("--budget"), &o->budget);
    case NETWORK_TIME:
        return cli_read_real(FROM("--time-limit"), 0, false, &o->time_limit);
    case NETWORK_SEED:
        return cli_read_int(FROM("--seed"), 0, INT64_MAX, &o->seed);
    case NETWORK_FORMAT:
        o->format_text = text;
        return true;
    case NETWORK_REPORT:
    case NETWORK_TRACE:
    case NETWORK_TIMING:
    case NETWORK_COUNTERS:
    case NETWORK_GRAPH:
    case NETWORK_MACS:
        return network_take_report(o, option, text);
    default:
        o->output = text;
        return true;
    }
#undef FROM
}

/* digits.npz: in FLOPMETER_DATA_DIR, beside an installed or a built command, in the sources. */
static bool find_digits(const char *command, char *path, size_t size) {
    char self[4096] = "";
    const char *folder = getenv("FLOPMETER_DATA_DIR");
    if (folder && *folder) {
        snprintf(path, size, "%s/digits.npz", folder);
        if (access(path, R_OK) == 0) return true;
        cli_fail(CLI_USAGE, command, "--data: FLOPMETER_DATA_DIR is '%s', which has no digits.npz",
                 folder);
        return false;
    }
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(self, '/');
    if (slash) *slash = '\0';
    const char *const tries[][2] = {{self, "/../share/flopmeter"},
                                    {self, "/../../examples/data"},
                                    {FM_INSTALL_DATA_DIR, ""},
                                    {FM_SOURCE_DATA_DIR, ""}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        snprintf(path, size, "%s%s/digits.npz", tries[i][0], tries[i][1]);
        if (access(path, R_OK) == 0) return true;
    }
    cli_fail(CLI_USAGE, command,
             "--data: 'digits' is not installed: set FLOPMETER_DATA_DIR to the folder of "
             "digits.npz");
    return false;
}

static fm_status load(network_options *o, fm_io *io, const char *digits, int64_t samples,
                      fm_dataset *out) {
    if (!strcmp(o->data, "synthetic"))
        return fm_dataset_synthetic(io, samples, o->widths[0], o->widths[o->nwidths - 1],
                                    (uint64_t)o->seed, out);
    if (!strcmp(o->data, "digits")) return fm_dataset_load_digits(io, digits, out);
    if (!strncmp(o->data, "mnist:", 6))
        return fm_dataset_load_idx(io, o->data + 6, FM_IO_IDX_TRAIN, out);
    return fm_dataset_load_npz(io, o->data, 0, out);
}

static bool fits(network_options *o, const fm_dataset *data) {
    int64_t *first = &o->widths[0], *last = &o->widths[o->nwidths - 1];
    if (!o->layers_text) {
        *first = data->d;
        *last = data->classes;
    } else if (*first != data->d) {
        cli_fail(CLI_USAGE, o->command,
                 "--layers: '%s': the first is %lld, but --data %s has %lld features",
                 o->layers_text, (long long)*first, o->data, (long long)data->d);
        return false;
    } else if (*last < data->classes) {
        cli_fail(CLI_USAGE, o->command,
                 "--layers: '%s': the last is %lld, but --data %s has %lld classes", o->layers_text,
                 (long long)*last, o->data, (long long)data->classes);
        return false;
    }
    return true;
}

bool network_load(network_options *o, int64_t samples, fm_dataset *out) {
    char digits[4200] = "";
    fm_io io;
    fm_io_init(&io);
    if (!strcmp(o->data, "digits") && !find_digits(o->command, digits, sizeof digits)) return false;
    if (load(o, &io, digits, samples, out) != FM_OK) {
        if (strcmp(o->data, "synthetic") != 0)
            cli_fail(CLI_USAGE, o->command, "--data: %s", io.message);
        else
            cli_fail(CLI_USAGE, o->command, "--batch %lld, --layers '%s': %s", (long long)o->batch,
                     o->layers_text ? o->layers_text : "", io.message);
        return false;
    }
    if (fits(o, out)) return true;
    fm_dataset_close(&io, out);
    return false;
}

static fm_status open_budget(const network_options *o, fm_context *ctx, fm_budget **budget) {
    fm_budget_options options = FM_BUDGET_OPTIONS_INIT;
    if (!o->budget && o->time_limit <= 0) return FM_OK;
    options.name = o->command;
    options.flops = o->budget ? o->budget : fm_budget_limit(fm_context_budget(ctx));
    options.seconds = o->time_limit;
    return fm_budget_open(ctx, &options, budget);
}

static void print_log(void *user, fm_severity severity, const char *line) {
    (void)severity;
    cli_progress_clear();
    fprintf(stderr, "flopmeter %s: %s\n", (const char *)user, line);
}

/* The device that was asked for, said by the option's name where there is none. */
static bool has_device(const network_options *o) {
    char why[256];
    if (!o->device_text || o->device.kind == FM_DEVICE_AUTO) return true;
    int count = fm_device_count(o->device.kind, why, sizeof why);
    if (o->device.index < count) return true;
    if (count > 0) snprintf(why, sizeof why, "there are %d", count);
    cli_fail(CLI_USAGE, o->command, "--device: '%s': %s", o->device_text, why);
    return false;
}

static bool wants_counters(const network_options *o, const fm_context *ctx) {
    fm_timing timing = o->timing;
    if (timing == FM_TIMING_DEFAULT) timing = fm_report_timing(ctx, NULL);
    return timing == FM_TIMING_COUNTERS;
}

/* --graph where the device has graphs; asked by an empty capture. */
static bool has_graphs(const network_options *o, fm_context *ctx) {
    char device[32];
    if (!o->graph) return true;
    fm_status status = fm_capture_begin(ctx, FM_CAPTURE_OWN);
    fm_capture_abandon(ctx);
    if (status == FM_ERR_UNSUPPORTED)
        cli_fail(CLI_USAGE, o->command,
                 "--graph: %s has no graphs to replay: its operations run when they are called",
                 fm_device_format(fm_context_device(ctx), device, sizeof device));
    else if (status != FM_OK)
        cli_fail(CLI_FAILED, o->command, "--graph: %s", fm_context_message(ctx));
    else if (wants_counters(o, ctx))
        cli_fail(CLI_USAGE, o->command,
                 "--graph: hardware counters are read operation by operation, but a graph is "
                 "launched as one; --timing activity times its kernels");
    else
        return true;
    return false;
}

bool network_open(const network_options *o, fm_context **ctx, fm_budget **budget) {
    fm_error error;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    options.device = o->device;
    options.cost_model = o->cost_model;
    options.weights_file = o->weights_file;
    options.seed = (uint64_t)o->seed;
    options.log = print_log;
    options.log_user = (void *)(uintptr_t)o->command;
    options.name = o->command;
    const char *model = getenv("FLOPMETER_COST_MODEL");
    *budget = NULL;
    if (!has_device(o)) return false;
    if (!o->cost_model && model && *model &&
        !cli_read_model((cli_text){o->command, "FLOPMETER_COST_MODEL", model}))
        return false;
    if (fm_context_open(&options, ctx, &error) != FM_OK) {
        cli_fail(CLI_USAGE, o->command, "%s%s", o->weights_file ? "--weights-file: " : "",
                 error.message);
        return false;
    }
    if (has_graphs(o, *ctx)) {
        if (open_budget(o, *ctx, budget) == FM_OK) return true;
        cli_fail(CLI_USAGE, o->command, "%s", fm_context_message(*ctx));
    }
    fm_context_close(*ctx);
    return false;
}

void network_close(fm_context *ctx, fm_budget *budget) {
    fm_context_close(ctx);
    fm_budget_release(budget);
}

double network_lr(const network_options *o) {
    return o->lr > 0 ? o->lr : o->usual_lr[o->optimizer];
}

mlp *network_make(const network_options *o, fm_context *ctx) {
    mlp *net;
    mlp_options options = {o->widths, o->nwidths, (mlp_optimizer)o->optimizer, network_lr(o),
                           o->graph};
    if (mlp_open(ctx, &options, &net) == FM_OK) return net;
    cli_fail(CLI_FAILED, o->command, "out of memory for a network");
    return NULL;
}

void network_free(network_options *o) {
    free(o->widths);
    o->widths = NULL;
}
