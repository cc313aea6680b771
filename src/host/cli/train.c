/* flopmeter train: its options. */
#include "cli/train_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: flopmeter train [OPTIONS]\n"
    "\n"
    "Trains a multilayer perceptron on shuffled mini-batches and holds a fifth of the data out to\n"
    "measure its accuracy. Prints loss, accuracy and the FLOPs spent at each epoch, then the "
    "report:\n"
    "where FLOPs and time went, rates, coverage, gaps. Stops when the budget ends.\n"
    "\n"
    "  --data WHAT           digits, mnist:DIR, FILE.npz or synthetic (digits)\n"
    "  --layers W,W,...      widths from features to classes (features,128,classes)\n"
    "  --batch N             samples of a step (32)\n"
    "  --epochs N            passes over the data (30)\n"
    "  --optimizer NAME      sgd, momentum or adam (adam)\n"
    "  --lr X                learning rate of the first epoch, falling evenly to 0 after the last\n"
    "                        (adam 0.02, momentum 0.1, sgd 0.3)\n"
    "  --device WHERE        auto, cpu, cuda or cuda:N (auto)\n"
    "  --cost-model MODEL    textbook, flopscope-0.4 or torch (textbook)\n"
    "  --weights-file FILE   other weights of operations\n"
    "  --budget FLOPS        such as 1e9: training stops where it ends\n"
    "  --time-limit S        seconds of wall time\n"
    "  --seed N              of weights and order (0)\n"
    "  --format FORMAT       text or json (text)\n" NETWORK_REPORT_HELP
    "  -o, --output FILE     instead of stdout\n"
    "\n"
    "Exit status: 1 when the budget or the time ended, 2 bad input, 130 interrupted.\n"
    "\n"
    "examples:\n"
    "  flopmeter train --data digits --layers 64,128,10\n"
    "  flopmeter train --data digits --budget 1e9\n"
    "  flopmeter train --data mnist:/data/mnist --layers 784,256,10 --batch 128 --format json\n";

static const struct option longs[] = {NETWORK_LONG_OPTIONS, {NULL, 0, NULL, 0}};

/* A default network of one hidden layer; data replace its ends. */
static bool fill_defaults(train_options *o) {
    static const int64_t usual[] = {64, 128, 10};
    static const char *const formats[] = {"text", "json", NULL};
    int format = 0;
    if (o->net.format_text &&
        !cli_read_choice((cli_text){"train", "--format", o->net.format_text}, formats, &format))
        return false;
    o->json = format == 1;
    if (o->net.layers_text) return true;
    o->net.widths = malloc(sizeof usual);
    if (!o->net.widths) return cli_fail(CLI_FAILED, "train", "out of memory"), false;
    memcpy(o->net.widths, usual, sizeof usual);
    o->net.nwidths = (int)(sizeof usual / sizeof *usual);
    return true;
}

static bool parse(train_options *o, int argc, char **argv, bool *done) {
    int option;
    *done = false;
    while ((option = cli_getopt("train", argc, argv, ":ho:", longs)) != -1) {
        if (option == 'h') {
            fputs(help, stdout);
            *done = true;
            return true;
        }
        if (option == '?' || !network_take(&o->net, option, optarg)) return false;
    }
    if (optind < argc) {
        cli_fail(CLI_USAGE, "train", "'%s' is one word too many", argv[optind]);
        return false;
    }
    return fill_defaults(o) && cli_check_output("train", o->net.output);
}

int cli_train(int argc, char **argv) {
    train_options o = {.net = {.command = "train",
                               .batch = 32,
                               .epochs = 30,
                               .usual_lr = {0.3, 0.1, 0.02},
                               .data = "digits",
                               .optimizer = MLP_ADAM}};
    bool done;
    int status = CLI_USAGE;
    if (parse(&o, argc, argv, &done)) status = done ? CLI_OK : train_run(&o);
    network_free(&o.net);
    return status;
}
