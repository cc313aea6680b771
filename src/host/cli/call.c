/* flopmeter call: operations given as lines of JSON, each answered by a line of JSON. */
#include "cli/call.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "usage: flopmeter call [OPTIONS] [FILE...]\n"
    "\n"
    "Runs operations by their NumPy names. Each line read, from FILE or from stdin, is one call,\n"
    "a JSON object of op, args and kwargs; each line written is its answer: cost, unit_cost (all\n"
    "weights 1), log, result, error. Every line has a budget and a random stream of its own. A "
    "line\n"
    "that fails is answered by its error, and the next one follows.\n"
    "\n"
    "  --cost-model MODEL  textbook, flopscope-0.4 or torch (textbook)\n"
    "  --device DEVICE     auto, cpu, cuda or cuda:N (auto)\n"
    "  --seed N            of each line's random stream (0)\n"
    "  --results WHICH     elements of results: few (of at most 320), none, all (few)\n"
    "\n"
    "Arguments are plain JSON, or an object of one key:\n"
    "  {\"array\": {\"dtype\": \"float64\", \"shape\": [2], \"data\": [1, \"nan\"]}}\n"
    "  {\"zeros\": {\"dtype\", \"shape\"}}  {\"npy\": \"a.npy\"}  {\"ref\": 0}  {\"tuple\": "
    "[...]}\n"
    "  {\"slice\": [0, null, 2]}  {\"ellipsis\": true}  {\"complex\": [0, 1]}  {\"float\": "
    "\"inf\"}\n"
    "\n"
    "examples:\n"
    "  echo '{\"op\": \"add\", \"args\": [[1, 2, 3], 0.5]}' | flopmeter call\n"
    "  echo '{\"op\": \"linalg.svd\", \"args\": [[[3, 0], [4, 5]]]}' | flopmeter call\n"
    "  flopmeter call --cost-model flopscope-0.4 --device cuda calls.jsonl\n";

/* The longest line: no more is held of one. */
enum { LONGEST = 1 << 30 };

typedef struct request {
    fm_context_options context;
    enum call_results results;
    fm_context *ctx;
    fm_io io;
    fm_io_buffer out;
} request;

static bool write_out(const void *bytes, size_t size) {
    return (size == 0 || fwrite(bytes, 1, size, stdout) == size) && fflush(stdout) == 0;
}

static bool is_blank(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (!memchr(" \t\r\n", text[i], 4)) return false;
    return true;
}

static int answer(request *r, const char *text, size_t size) {
    fm_json_writer json;
    if (is_blank(text, size)) return CLI_OK;
    fm_json_begin(&json, &r->io, &r->out, 0);
    if (!call_answer(r->ctx, text, size, r->context.seed, r->results, &json))
        return cli_fail(CLI_FAILED, "call", "out of memory");
    if (!write_out(r->out.data, r->out.size))
        return cli_fail(CLI_FAILED, "call", "stdout: %s", strerror(errno));
    return CLI_OK;
}

/* Lines as they come; a line that is too long ends the command, for what follows it is not known
   to be a line. */
static int answer_all(request *r, int file, const char *name) {
    fm_io_buffer line = {0};
    int status = CLI_OK;
    size_t start = 0, seen = 0;
    while (status == CLI_OK) {
        char *end = line.data ? memchr(line.data + seen, '\n', line.size - seen) : NULL;
        if (end) {
            size_t stop = (size_t)((uint8_t *)end - line.data);
            status = answer(r, (char *)line.data + start, stop - start);
            start = seen = stop + 1;
            if (status == CLI_OK && cli_interrupted()) status = CLI_INTERRUPTED;
            continue;
        }
        if (start) memmove(line.data, line.data + start, line.size - start);
        line.size -= start;
        seen = line.size;
        start = 0;
        if (line.size > LONGEST)
            status =
                cli_fail(CLI_USAGE, "call", "%s: a line is longer than %d bytes", name, LONGEST);
        else if (fm_io_buffer_reserve(&r->io, &line, line.size + 65536) != FM_OK)
            status = cli_fail(CLI_FAILED, "call", "%s", r->io.message);
        if (status != CLI_OK) break;
        ssize_t got = read(file, line.data + line.size, line.capacity - line.size - 1);
        if (got < 0 && errno == EINTR && !cli_interrupted()) continue;
        if (cli_interrupted())
            status = CLI_INTERRUPTED;
        else if (got < 0)
            status = cli_fail(CLI_USAGE, "call", "%s: %s", name, strerror(errno));
        if (got <= 0) break;
        line.size += (size_t)got;
    }
    if (status == CLI_OK) status = answer(r, (char *)line.data, line.size);
    fm_io_buffer_close(&r->io, &line);
    return status;
}

static int answer_file(request *r, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return cli_fail(CLI_USAGE, "call", "%s: %s", path, strerror(errno));
    int status = answer_all(r, fileno(file), path);
    fclose(file);
    return status;
}

/* 0: go on; else the exit status. -1 where --help has been printed. */
static int parse(request *r, int argc, char **argv) {
    static const char *const results[] = {"few", "none", "all", NULL};
    static const struct option longs[] = {{"cost-model", required_argument, NULL, 'm'},
                                          {"device", required_argument, NULL, 'd'},
                                          {"seed", required_argument, NULL, 's'},
                                          {"results", required_argument, NULL, 'r'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    int option, which = 0;
    int64_t seed;
    while ((option = cli_getopt("call", argc, argv, ":h", longs)) != -1) {
        cli_text from = {"call", "", optarg};
        bool good = true;
        if (option == 'h') return cli_emit("call", NULL, help) == CLI_OK ? -1 : CLI_FAILED;
        if (option == '?') return CLI_USAGE;
        if (option == 'm') {
            from.option = "--cost-model";
            good = cli_read_model(from);
            r->context.cost_model = optarg;
        } else if (option == 'd') {
            from.option = "--device";
            good = cli_read_device(from, &r->context.device);
        } else if (option == 's') {
            from.option = "--seed";
            good = cli_read_int(from, 0, INT64_MAX, &seed);
            if (good) r->context.seed = (uint64_t)seed;
        } else {
            from.option = "--results";
            good = cli_read_choice(from, results, &which);
        }
        if (!good) return CLI_USAGE;
    }
    r->results = (enum call_results)which;
    return CLI_OK;
}

int cli_call(int argc, char **argv) {
    request r = {.context = FM_CONTEXT_OPTIONS_INIT};
    fm_error error;
    int status = parse(&r, argc, argv);
    if (status) return status < 0 ? CLI_OK : status;
    r.context.timing = FM_TIMING_OFF;
    if (fm_context_open(&r.context, &r.ctx, &error) != FM_OK)
        return cli_fail(CLI_FAILED, "call", "%s", error.message);
    fm_io_init(&r.io);
    cli_catch_interrupt();
    if (optind >= argc) status = answer_all(&r, STDIN_FILENO, "stdin");
    for (int i = optind; i < argc && status == CLI_OK; i++)
        status =
            strcmp(argv[i], "-") ? answer_file(&r, argv[i]) : answer_all(&r, STDIN_FILENO, "stdin");
    fm_io_buffer_close(&r.io, &r.out);
    fm_context_close(r.ctx);
    return status;
}
