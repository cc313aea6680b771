/* flopmeter serve: what flopscope-client talks to. */
#include "cli/cli.h"

#if FM_HAVE_WIRE
#include "wire/server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const char help[] =
    "usage: flopmeter serve [OPTIONS]\n"
    "\n"
    "Keeps arrays and a FLOP budget for programs that use flopscope-client 0.4.3, in the place of\n"
    "flopscope's server: the same protocol, the same charges. Ends at SIGINT or SIGTERM.\n"
    "\n"
    "  --url URL               ipc://PATH or tcp://HOST:PORT; HOST * takes all comers, PORT * any\n"
    "                          free port, which the first line of the log names\n"
    "                          (FLOPSCOPE_SERVER_URL, else ipc:///tmp/flopscope.sock)\n"
    "  --device DEVICE         auto, cpu, cuda or cuda:N (auto)\n"
    "  --cost-model MODEL      textbook, flopscope-0.4 or torch (flopscope-0.4)\n"
    "  --sessions WHICH        shared: one session for all who connect; per-client: one for each\n"
    "                          connection (shared)\n"
    "  --session-timeout S     an idle session ends after so many seconds (60); also --timeout\n"
    "  --max-array-bytes N     of one array sent or made (FLOPSCOPE_MAX_ARRAY_BYTES, else\n"
    "                          104857600)\n"
    "  --max-arrays N          kept by a session at once (FLOPSCOPE_MAX_ARRAY_COUNT, else 100000)\n"
    "  --max-total-bytes N     of all arrays of all sessions (half of the machine's memory)\n"
    "  --threads N             of the CPU backend (one a core)\n"
    "  --curve-secret FILE     encrypt by CURVE with the key in FILE, which is made if there is "
    "none\n"
    "  --log FILE              where lines about sessions go (stderr)\n"
    "\n"
    "FLOPSCOPE_WEIGHTS_FILE and FLOPSCOPE_DISABLE_WEIGHTS=1 change the weights.\n"
    "\n"
    "examples:\n"
    "  flopmeter serve\n"
    "  flopmeter serve --url tcp://127.0.0.1:15555 --sessions per-client\n"
    "  FLOPSCOPE_SERVER_URL=tcp://127.0.0.1:15555 python my_program.py\n";

static volatile sig_atomic_t stop;

static void on_signal(int number) {
    (void)number;
    stop = 1;
}

/* A second signal ends the process at once. */
static void catch_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* Each connection is an open file. */
static void allow_files(void) {
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

static void log_line(void *user, const char *line) {
    FILE *to = user;
    char when[32];
    time_t now = time(NULL);
    struct tm parts;
    localtime_r(&now, &parts);
    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &parts);
    fprintf(to, "%s flopmeter serve: %s\n", when, line);
    fflush(to);
}

static void log_warning(void *user, fm_severity severity, const char *line) {
    (void)severity;
    log_line(user, line);
}

static void show(void *user, const char *text) {
    (void)user;
    fputs(text, stdout);
    fflush(stdout);
}

/* A number from the environment where the option was not given. */
static bool from_environment(const char *name, uint64_t *out) {
    int64_t value;
    const char *text = getenv(name);
    if (!text || !*text) return true;
    if (!cli_read_int((cli_text){"serve", name, text}, 1, INT64_MAX / 4, &value)) return false;
    *out = (uint64_t)value;
    return true;
}

/* flopscope's variables count where flopmeter's own say nothing. */
static void read_weights(fm_context_options *context) {
    const char *file = getenv("FLOPSCOPE_WEIGHTS_FILE"), *own = getenv("FLOPMETER_WEIGHTS_FILE");
    const char *off = getenv("FLOPSCOPE_DISABLE_WEIGHTS"),
               *own_off = getenv("FLOPMETER_DISABLE_WEIGHTS");
    if (file && *file && !(own && *own)) context->weights_file = file;
    if (off && !strcmp(off, "1") && !(own_off && *own_off)) context->weights = -1;
}

/* What is set before options are read. */
static bool read_defaults(wire_server_options *serve) {
    long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
    const char *url = getenv("FLOPSCOPE_SERVER_URL");
    fm_context_options context = FM_CONTEXT_OPTIONS_INIT;
    serve->url = url && *url ? url : "ipc:///tmp/flopscope.sock";
    serve->timeout = 60;
    serve->limits = (wire_limits){.array_bytes = 104857600, .arrays = 100000};
    if (pages > 0 && page > 0) serve->limits.total_bytes = (uint64_t)pages / 2 * (uint64_t)page;
    serve->context = context;
    serve->context.cost_model = getenv("FLOPMETER_COST_MODEL");
    if (!serve->context.cost_model || !*serve->context.cost_model)
        serve->context.cost_model = "flopscope-0.4";
    read_weights(&serve->context);
    return from_environment("FLOPSCOPE_MAX_ARRAY_BYTES", &serve->limits.array_bytes) &&
           from_environment("FLOPSCOPE_MAX_ARRAY_COUNT", &serve->limits.arrays);
}

static bool read_limit(cli_text from, uint64_t *out) {
    int64_t value;
    if (!cli_read_int(from, 1, INT64_MAX / 4, &value)) return false;
    *out = (uint64_t)value;
    return true;
}

static bool read_threads(cli_text from) {
    int64_t value;
    return cli_read_int(from, 1, 1024, &value) && setenv("FLOPMETER_THREADS", from.text, 1) == 0;
}

static const struct option longs[] = {{"url", required_argument, NULL, 'u'},
                                      {"device", required_argument, NULL, 'd'},
                                      {"cost-model", required_argument, NULL, 'm'},
                                      {"sessions", required_argument, NULL, 's'},
                                      {"session-timeout", required_argument, NULL, 't'},
                                      {"timeout", required_argument, NULL, 't'},
                                      {"max-array-bytes", required_argument, NULL, 'b'},
                                      {"max-arrays", required_argument, NULL, 'a'},
                                      {"max-total-bytes", required_argument, NULL, 'B'},
                                      {"threads", required_argument, NULL, 'n'},
                                      {"curve-secret", required_argument, NULL, 'c'},
                                      {"log", required_argument, NULL, 'l'},
                                      {"help", no_argument, NULL, 'h'},
                                      {NULL, 0, NULL, 0}};

static const char *name_of(int option) {
    for (int i = 0; longs[i].name; i++)
        if (longs[i].val == option) return longs[i].name;
    return "";
}

/* One option. */
static bool take(int option, wire_server_options *serve, const char **log) {
    static const char *const sessions[] = {"shared", "per-client", NULL};
    char name[32];
    int which = 0;
    snprintf(name, sizeof name, "--%s", name_of(option));
    cli_text from = {"serve", name, optarg};
    switch (option) {
    case 'u':
        serve->url = optarg;
        return true;
    case 'd':
        return cli_read_device(from, &serve->context.device);
    case 'm':
        serve->context.cost_model = optarg;
        return cli_read_model(from);
    case 's':
        if (!cli_read_choice(from, sessions, &which)) return false;
        serve->per_client = which == 1;
        return true;
    case 't':
        return cli_read_real(from, 0, false, &serve->timeout);
    case 'b':
        return read_limit(from, &serve->limits.array_bytes);
    case 'a':
        return read_limit(from, &serve->limits.arrays);
    case 'B':
        return read_limit(from, &serve->limits.total_bytes);
    case 'n':
        return read_threads(from);
    case 'c':
        serve->curve_secret = optarg;
        return true;
    default:
        *log = optarg;
        return true;
    }
}

/* 0: go on; else the exit status. -1 where --help has been printed. */
static int parse(wire_server_options *serve, const char **log, int argc, char **argv) {
    int option;
    if (!read_defaults(serve)) return CLI_USAGE;
    while ((option = cli_getopt("serve", argc, argv, ":h", longs)) != -1) {
        if (option == 'h') return cli_emit("serve", NULL, help) == CLI_OK ? -1 : CLI_FAILED;
        if (option == '?' || !take(option, serve, log)) return CLI_USAGE;
    }
    if (optind < argc)
        return cli_fail(CLI_USAGE, "serve", "'%s' is one word too many", argv[optind]);
    if (strncmp(serve->url, "ipc://", 6) != 0 && strncmp(serve->url, "tcp://", 6) != 0)
        return cli_fail(CLI_USAGE, "serve", "--url: '%s' begins with neither ipc:// nor tcp://",
                        serve->url);
    return CLI_OK;
}

int cli_serve(int argc, char **argv) {
    wire_server_options serve = {.log = log_line, .show = show, .user = stderr, .stop = &stop};
    const char *log = NULL;
    char message[600];
    int status = parse(&serve, &log, argc, argv);
    if (status) return status < 0 ? CLI_OK : status;
    FILE *file = log ? fopen(log, "ae") : NULL;
    if (log && !file) return cli_fail(CLI_USAGE, "serve", "--log: '%s': %s", log, strerror(errno));
    if (file) serve.user = file;
    serve.context.log = log_warning;
    serve.context.log_user = serve.user;
    serve.context.name = "serve";
    catch_signals();
    allow_files();
    bool served = wire_serve(&serve, message, sizeof message);
    if (file) fclose(file);
    return served ? CLI_OK : cli_fail(CLI_FAILED, "serve", "%s", message);
}

#else

int cli_serve(int argc, char **argv) {
    (void)argc;
    (void)argv;
    return cli_fail(CLI_FAILED, "serve",
                    "this build has no server; install libzmq3-dev and libmsgpack-dev, then "
                    "configure and build again");
}

#endif
