/* flopmeter status: how a running `flopmeter serve` is doing, as one line. */
#include "cli/cli.h"

#if FM_HAVE_WIRE
#include "wire/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: flopmeter status [OPTIONS]\n"
    "\n"
    "Asks a running flopmeter serve for its state and prints it as one line. Its sessions are not\n"
    "touched. Exit status 1: nobody answers there.\n"
    "\n"
    "  --url URL            where it listens (FLOPSCOPE_SERVER_URL, else "
    "ipc:///tmp/flopscope.sock)\n"
    "  --curve-server KEY   its public key, for a server with --curve-secret\n"
    "  --curve-secret FILE  the client's own secret key, for a server that lists its clients\n"
    "  --wait S             seconds to wait for the answer (5)\n"
    "\n"
    "example:\n"
    "  flopmeter status --url tcp://127.0.0.1:15555\n";

int cli_status(int argc, char **argv) {
    static const struct option longs[] = {{"url", required_argument, NULL, 'u'},
                                          {"curve-server", required_argument, NULL, 'k'},
                                          {"curve-secret", required_argument, NULL, 'c'},
                                          {"wait", required_argument, NULL, 'w'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    const char *url = getenv("FLOPSCOPE_SERVER_URL");
    wire_ask_options ask = {.url = url && *url ? url : "ipc:///tmp/flopscope.sock"};
    char line[600];
    double wait = 5;
    int option;
    while ((option = cli_getopt("status", argc, argv, ":h", longs)) != -1) {
        if (option == 'h') return cli_emit("status", NULL, help);
        if (option == '?') return CLI_USAGE;
        if (option == 'u') ask.url = optarg;
        if (option == 'k') ask.server_key = optarg;
        if (option == 'c') ask.client_key = optarg;
        if (option == 'w' &&
            !cli_read_real((cli_text){"status", "--wait", optarg}, 0, false, &wait))
            return CLI_USAGE;
    }
    if (optind < argc)
        return cli_fail(CLI_USAGE, "status", "'%s' is one word too many", argv[optind]);
    ask.timeout_ms = wait < 1e6 ? (int)(wait * 1000) : 1000000000;
    if (!wire_ask_status(&ask, line, sizeof line - 1))
        return cli_fail(CLI_FAILED, "status", "%s", line);
    strcat(line, "\n");
    return cli_emit("status", NULL, line);
}

#else

int cli_status(int argc, char **argv) {
    (void)argc;
    (void)argv;
    return cli_fail(CLI_FAILED, "status",
                    "this build has no server; install libzmq3-dev and libmsgpack-dev, then "
                    "configure and build again");
}

#endif
