/* The command: finds the subcommand, and says what there is. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static int cli_version(int argc, char **argv);
static int cli_help(int argc, char **argv);

static const cli_command commands[] = {
    {"profile", "FLOPs and speed of an MLP's training over many batch sizes", cli_profile},
    {"train", "train an MLP on data, with the FLOPs spent at each epoch", cli_train},
    {"report", "a run's report in another form, or two runs compared", cli_report},
    {"calibrate", "measure what the device reaches at most", cli_calibrate},
    {"call", "run operations given as lines of JSON", cli_call},
    {"serve", "keep arrays and budgets for flopscope-client", cli_serve},
    {"status", "how a running server is doing", cli_status},
    {"cost", "what an operation costs, without running it", cli_cost},
    {"op", "one operation: signature, cost, dtypes, parameters", cli_op},
    {"ops", "the operations, with their costs and dtypes", cli_ops},
    {"info", "versions, backends, devices, libraries", cli_info},
    {"version", "the library's version", cli_version},
    {"help", "this text, or that of a subcommand", cli_help},
};
enum { COMMANDS = (int)(sizeof commands / sizeof *commands) };

static void print_usage(void) {
    puts("usage: flopmeter SUBCOMMAND [OPTIONS]\n\n"
         "Counts the FLOPs of tensor programs before they run, and times them.\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-9s  %s\n", commands[i].name, commands[i].summary);
    puts("\nEach has --help with examples. Exit status: 0 done, 1 something failed or a budget\n"
         "ended, 2 bad input, 130 interrupted.");
}

static const cli_command *find(const char *name) {
    for (int i = 0; i < COMMANDS; i++)
        if (!strcmp(commands[i].name, name)) return &commands[i];
    return NULL;
}

static int unknown(const char *name) {
    fprintf(stderr, "flopmeter: '%s' is no subcommand (see flopmeter help)\n", name);
    return CLI_USAGE;
}

static int cli_version(int argc, char **argv) {
    (void)argv;
    if (argc > 1) return cli_fail(CLI_USAGE, "version", "'%s' is one word too many", argv[1]);
    printf("flopmeter %s\n", fm_version());
    return CLI_OK;
}

static int cli_help(int argc, char **argv) {
    if (argc < 2) {
        print_usage();
        return CLI_OK;
    }
    const cli_command *command = find(argv[1]);
    if (!command) return unknown(argv[1]);
    if (command->run == cli_help || command->run == cli_version) {
        printf("usage: flopmeter %s\n\n%s\n", command->name, command->summary);
        return CLI_OK;
    }
    char help[] = "--help";
    char *words[] = {argv[1], help, NULL};
    return command->run(2, words);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "flopmeter: a subcommand is needed (see flopmeter help)\n");
        return CLI_USAGE;
    }
    const char *name = argv[1];
    if (!strcmp(name, "--help") || !strcmp(name, "-h")) return cli_help(argc - 1, argv + 1);
    if (!strcmp(name, "--version") || !strcmp(name, "-V")) return cli_version(argc - 1, argv + 1);
    const cli_command *command = find(name);
    return command ? command->run(argc - 1, argv + 1) : unknown(name);
}
