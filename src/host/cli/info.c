/* flopmeter info: versions, backends and why one is missing, devices, cost models. */
#include "cli/cli.h"
#include "io/json_out.h"

#include <stdio.h>
#include <string.h>

static const char help[] = "usage: flopmeter info [--format text|json]\n"
                           "\n"
                           "Prints the version, the cost models, the backends that were found (or\n"
                           "why not), and their devices with libraries, kernel sets and threads.\n"
                           "\n"
                           "examples:\n"
                           "  flopmeter info\n"
                           "  flopmeter info --format json\n";

enum { MOST_DEVICES = 64 };

/* What a fake device cannot show. */
static const char emulated[] = "a fake device for tests: it shows no races, no time, neither the "
                               "accuracy of the device's mathematics nor its libraries";

typedef struct backend {
    const char *name;
    fm_device_kind kind;
    int count;
    char why[256];
} backend;

static void probe(backend *b) {
    b->count = fm_device_count(b->kind, b->why, sizeof b->why);
    if (b->count > MOST_DEVICES) b->count = MOST_DEVICES;
}

static void print_device(const fm_device_info *info) {
    char name[32];
    printf("    %s  %s\n", fm_device_format(info->device, name, sizeof name), info->name);
    if (*info->detail) printf("      %s\n", info->detail);
    if (info->units)
        printf("      %d %s\n", info->units,
               info->device.kind == FM_CPU ? "threads" : "multiprocessors");
    if (info->capability)
        printf("      compute capability %d.%d\n", info->capability / 10, info->capability % 10);
    if (info->memory_bytes)
        printf("      %.1f GiB of memory\n", (double)info->memory_bytes / 0x1p30);
    if (info->clock_hz > 0) printf("      at most %.2f GHz\n", info->clock_hz / 1e9);
    if (info->emulated) printf("      %s\n", emulated);
}

static void print_text(const backend *backends, int count) {
    fm_cost_model_info model;
    fm_device_info info;
    printf("flopmeter %s\n\ncost models\n", fm_version());
    for (int i = 0; fm_cost_model_info_at(i, &model) == FM_OK; i++)
        printf("  %-14s %s\n", model.name, model.rule);
    printf("\nbackends\n");
    for (int i = 0; i < count; i++) {
        const backend *b = &backends[i];
        if (b->count == 0) {
            printf("  %s: none: %s\n", b->name, b->why);
            continue;
        }
        printf("  %s: %d device%s\n", b->name, b->count, b->count == 1 ? "" : "s");
        for (int d = 0; d < b->count; d++)
            if (fm_device_describe((fm_device){b->kind, d}, &info) == FM_OK) print_device(&info);
    }
}

static void put_text(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text && *text ? text : NULL);
}

/* Zero is null: unknown. */
static void put_known(fm_json_writer *json, const char *key, uint64_t value) {
    fm_json_key(json, key);
    if (value)
        fm_json_put_uint(json, value);
    else
        fm_json_put_null(json);
}

static void put_device(fm_json_writer *json, const fm_device_info *info) {
    char name[32];
    fm_json_open_object(json);
    put_text(json, "device", fm_device_format(info->device, name, sizeof name));
    put_text(json, "name", info->name);
    put_text(json, "detail", info->detail);
    put_known(json, "memory_bytes", info->memory_bytes);
    put_known(json, info->device.kind == FM_CPU ? "threads" : "multiprocessors",
              (uint64_t)info->units);
    put_known(json, "capability", (uint64_t)info->capability);
    put_known(json, "clock_hz", (uint64_t)info->clock_hz);
    fm_json_key(json, "emulated");
    fm_json_put_bool(json, info->emulated);
    put_text(json, "limits", info->emulated ? emulated : NULL);
    fm_json_close_object(json);
}

static void put_backend(fm_json_writer *json, const backend *b) {
    fm_device_info info;
    fm_json_open_object(json);
    put_text(json, "name", b->name);
    fm_json_key(json, "found");
    fm_json_put_bool(json, b->count > 0);
    put_text(json, "why", b->count > 0 ? NULL : b->why);
    fm_json_key(json, "devices");
    fm_json_open_list(json);
    for (int d = 0; d < b->count; d++)
        if (fm_device_describe((fm_device){b->kind, d}, &info) == FM_OK) put_device(json, &info);
    fm_json_close_list(json);
    fm_json_close_object(json);
}

static int print_json(const backend *backends, int count) {
    fm_io io;
    fm_io_buffer buffer = {0};
    fm_json_writer json;
    fm_cost_model_info model;
    fm_io_init(&io);
    fm_json_begin(&json, &io, &buffer, 2);
    fm_json_open_object(&json);
    fm_json_key(&json, "version");
    fm_json_put_int(&json, 1);
    put_text(&json, "flopmeter", fm_version());
    fm_json_key(&json, "cost_models");
    fm_json_open_list(&json);
    for (int i = 0; fm_cost_model_info_at(i, &model) == FM_OK; i++) {
        fm_json_open_object(&json);
        put_text(&json, "name", model.name);
        put_text(&json, "version", model.version);
        put_text(&json, "rule", model.rule);
        fm_json_close_object(&json);
    }
    fm_json_close_list(&json);
    fm_json_key(&json, "backends");
    fm_json_open_list(&json);
    for (int i = 0; i < count; i++) put_backend(&json, &backends[i]);
    fm_json_close_list(&json);
    fm_json_close_object(&json);
    int status = fm_json_end(&json) == FM_OK ? cli_emit("info", NULL, (const char *)buffer.data)
                                             : cli_fail(CLI_FAILED, "info", "out of memory");
    fm_io_buffer_close(&io, &buffer);
    return status;
}

int cli_info(int argc, char **argv) {
    static const char *const formats[] = {"text", "json", NULL};
    static const struct option longs[] = {{"format", required_argument, NULL, 'f'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    backend backends[] = {{.name = "cpu", .kind = FM_CPU}, {.name = "cuda", .kind = FM_CUDA}};
    int option, format = 0;
    while ((option = cli_getopt("info", argc, argv, ":h", longs)) != -1) {
        if (option == 'h') return cli_emit("info", NULL, help);
        if (option == '?') return CLI_USAGE;
        if (!cli_read_choice((cli_text){"info", "--format", optarg}, formats, &format))
            return CLI_USAGE;
    }
    if (optind < argc)
        return cli_fail(CLI_USAGE, "info", "'%s' is one word too many", argv[optind]);
    for (int i = 0; i < 2; i++) probe(&backends[i]);
    if (format == 1) return print_json(backends, 2);
    print_text(backends, 2);
    return CLI_OK;
}
