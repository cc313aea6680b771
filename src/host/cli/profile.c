/* flopmeter profile: its options, and the profiles that they ask for. */
#include "cli/profile_run.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: flopmeter profile [OPTIONS]\n"
    "\n"
    "Trains a multilayer perceptron on one batch, once for every size multiplier, and prints the\n"
    "FLOPs that were counted beside the measured time. A row is EPOCHS training steps: forward,\n"
    "backward without the gradient of the input, update. The network's input is the tensor x.\n"
    "With --report or --trace the run's report follows: rates, roofline, coverage, gaps.\n"
    "\n"
    "  --layers W,W,...          widths from features to classes (784,512,512,10; of data: "
    "theirs)\n"
    "  --batch N                 samples at multiplier 1 (128)\n"
    "  --epochs N                training steps a row (10)\n"
    "  --size-multipliers M,...  (0.1,0.3,0.5,0.9,1,1.1,2,3,10)\n"
    "  --scale-dims A,...|all    axes of x to scale (0, the batch)\n"
    "  --data WHAT               synthetic, digits, mnist:DIR or FILE.npz (synthetic)\n"
    "  --device WHERE            auto, cpu, cuda or cuda:N (auto)\n"
    "  --cost-model MODEL        textbook, flopscope-0.4 or torch (torch: matrix products alone)\n"
    "  --weights-file FILE       other weights of operations\n"
    "  --optimizer NAME          sgd, momentum or adam (sgd)\n"
    "  --lr X                    learning rate (0.01; adam 0.001)\n"
    "  --budget FLOPS            such as 1e11: a row past it shows the refusal\n"
    "  --time-limit S            seconds of wall time for all rows\n"
    "  --seed N                  of weights, data and labels (0)\n"
    "  --repeats N               timed runs a row, after a counted one that warms up (3)\n"
    "  --config FILE             profiles from JSON: name, var_name, size_multipliers, "
    "scale_dims;\n"
    "                            one object or a list of them\n"
    "  --format FORMAT           table, json or csv (table)\n" NETWORK_REPORT_HELP
    "  -o, --output FILE         instead of stdout\n"
    "\n"
    "One run a row is charged to the budget. Exit status: 1 when a row failed, 2 bad input, 130\n"
    "interrupted: the rows so far are printed.\n"
    "\n"
    "examples:\n"
    "  flopmeter profile\n"
    "  flopmeter profile --layers 64,256,10 --batch 32 --size-multipliers 1,2,4 --format json\n"
    "  flopmeter profile --data digits --cost-model textbook --optimizer adam -o digits.txt\n"
    "  flopmeter profile --budget 1e10\n";

enum { PROFILE_MULTIPLIERS = 1, PROFILE_DIMS, PROFILE_REPEATS, PROFILE_CONFIG };

static const struct option longs[] = {
    {"size-multipliers", required_argument, NULL, PROFILE_MULTIPLIERS},
    {"scale-dims", required_argument, NULL, PROFILE_DIMS},
    {"repeats", required_argument, NULL, PROFILE_REPEATS},
    {"config", required_argument, NULL, PROFILE_CONFIG},
    NETWORK_LONG_OPTIONS,
    {NULL, 0, NULL, 0},
};

/* Axes of x, which has two; none twice. */
static bool copy_axes(cli_text from, const int64_t *axes, int count, int *dims) {
    bool taken[2] = {false, false};
    for (int i = 0; i < count; i++) {
        int64_t axis = axes[i] < 0 ? axes[i] + 2 : axes[i];
        if (taken[axis]) {
            cli_fail(CLI_USAGE, from.command, "--scale-dims: '%s': axis %lld is given twice",
                     from.text, (long long)axis);
            return false;
        }
        taken[axis] = true;
        dims[i] = (int)axis;
    }
    return true;
}

static bool take_dims(profile_options *o, cli_text from) {
    int64_t *axes;
    free(o->dims);
    o->dims = NULL;
    o->ndims = 0;
    o->all_dims = !strcmp(from.text, "all");
    o->dims_given = true;
    if (o->all_dims) return true;
    if (!cli_read_ints(from, -2, 1, &axes, &o->ndims)) return false;
    o->dims = calloc((size_t)o->ndims, sizeof *o->dims);
    if (!o->dims) cli_fail(CLI_FAILED, from.command, "out of memory");
    bool good = o->dims && copy_axes(from, axes, o->ndims, o->dims);
    free(axes);
    return good;
}

static bool take(profile_options *o, int option, const char *text) {
    int64_t repeats;
    switch (option) {
    case PROFILE_MULTIPLIERS:
        free(o->multipliers);
        o->multipliers = NULL;
        return cli_read_reals((cli_text){"profile", "--size-multipliers", text}, 0, &o->multipliers,
                              &o->nmultipliers);
    case PROFILE_DIMS:
        return take_dims(o, (cli_text){"profile", "--scale-dims", text});
    case PROFILE_REPEATS:
        if (!cli_read_int((cli_text){"profile", "--repeats", text}, 1, 1000000, &repeats))
            return false;
        o->repeats = (int)repeats;
        return true;
    case PROFILE_CONFIG:
        o->config = text;
        return true;
    default:
        return network_take(&o->net, option, text);
    }
}

/* What has no option: the cost model, which the environment may set, and a network, whose widths
   are replaced by those of data. */
static bool fill_defaults(profile_options *o) {
    static const int64_t usual[] = {784, 512, 512, 10};
    static const char *const formats[] = {"table", "json", "csv", NULL};
    int format = 0;
    if (o->net.format_text &&
        !cli_read_choice((cli_text){"profile", "--format", o->net.format_text}, formats, &format))
        return false;
    o->format = (fm_profile_format)format;
    const char *model = getenv("FLOPMETER_COST_MODEL");
    if (!o->net.cost_model && !(model && *model)) o->net.cost_model = "torch";
    if (o->net.layers_text) return true;
    o->net.widths = malloc(sizeof usual);
    if (!o->net.widths) return cli_fail(CLI_FAILED, "profile", "out of memory"), false;
    memcpy(o->net.widths, usual, sizeof usual);
    o->net.nwidths = (int)(sizeof usual / sizeof *usual);
    return true;
}

static bool parse(profile_options *o, int argc, char **argv, bool *done) {
    int option;
    *done = false;
    while ((option = cli_getopt("profile", argc, argv, ":ho:", longs)) != -1) {
        if (option == 'h') {
            fputs(help, stdout);
            *done = true;
            return true;
        }
        if (option == '?' || !take(o, option, optarg)) return false;
    }
    if (optind < argc) {
        cli_fail(CLI_USAGE, "profile", "'%s' is one word too many", argv[optind]);
        return false;
    }
    return fill_defaults(o) && cli_check_output("profile", o->net.output);
}

int cli_profile(int argc, char **argv) {
    profile_options o = {.net = {.command = "profile",
                                 .batch = 128,
                                 .epochs = 10,
                                 .data = "synthetic",
                                 .usual_lr = {0.01, 0.01, 0.001}},
                         .repeats = 3};
    bool done;
    int status = CLI_USAGE;
    if (parse(&o, argc, argv, &done)) status = done ? CLI_OK : profile_run(&o);
    network_free(&o.net);
    free(o.multipliers);
    free(o.dims);
    return status;
}
