/* flopmeter calibrate: measures what a device reaches at most and caches it for reports. */
#include "cli/calibrate.h"

#include <stdio.h>

static const char help[] =
    "usage: flopmeter calibrate [OPTIONS]\n"
    "\n"
    "Measures what the device reaches at most: matrix products of each dtype, the bytes that sums\n"
    "of long arrays move, the shortest call. Reports hold rates against it, with its source "
    "named.\n"
    "It is kept in $XDG_CACHE_HOME/flopmeter, else in ~/.cache/flopmeter.\n"
    "\n"
    "  --device WHERE   auto, cpu, cuda or cuda:N (auto)\n"
    "  --seconds S      for each measurement (0.5)\n"
    "  --dry-run        print alone, keep nothing\n"
    "\n"
    "example:\n"
    "  flopmeter calibrate --device cpu\n";

enum { CALIBRATE_DEVICE = 1, CALIBRATE_SECONDS, CALIBRATE_DRY };

static const struct option longs[] = {
    {"device", required_argument, NULL, CALIBRATE_DEVICE},
    {"seconds", required_argument, NULL, CALIBRATE_SECONDS},
    {"dry-run", no_argument, NULL, CALIBRATE_DRY},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

typedef struct calibrate_options {
    fm_device device;
    double seconds;
    bool dry;
} calibrate_options;

static void put_rate(const char *name, double value, double unit, const char *text) {
    if (value > 0)
        printf("%-22s %12.3f %s\n", name, value / unit, text);
    else
        printf("%-22s %12s\n", name, "n/a");
}

static void print(const fm_calibration *c) {
    printf("%s\n", c->device);
    put_rate("float32 product", c->float32, 1e9, "GFLOP/s");
    put_rate("float64 product", c->float64, 1e9, "GFLOP/s");
    put_rate("float16 product", c->float16, 1e9, "GFLOP/s");
    put_rate("bfloat16 product", c->bfloat16, 1e9, "GFLOP/s");
    put_rate("tf32 product", c->tf32, 1e9, "GFLOP/s");
    put_rate("memory, out = a + b", c->triad, 1e9, "GB/s");
    put_rate("shortest call", c->launch_ns, 1, "ns");
}

static int calibrate(const calibrate_options *o) {
    fm_calibration found;
    fm_error error = {0};
    char path[600];
    if (calibrate_measure(o->device, o->seconds, &found, &error) != FM_OK)
        return cli_fail(CLI_FAILED, "calibrate", "%s", error.message);
    print(&found);
    if (o->dry) return CLI_OK;
    fm_device device = o->device;
    if (device.kind == FM_DEVICE_AUTO) {
        bool cuda = fm_device_count(FM_CUDA, NULL, 0) > 0;
        device = (fm_device){cuda ? FM_CUDA : FM_CPU, 0};
    }
    if (fm_calibration_save(device, &found, path, sizeof path, &error) != FM_OK)
        return cli_fail(CLI_FAILED, "calibrate", "%s", error.message);
    printf("kept in %s\n", path);
    return CLI_OK;
}

int cli_calibrate(int argc, char **argv) {
    calibrate_options o = {.seconds = 0.5};
    int option;
    while ((option = cli_getopt("calibrate", argc, argv, ":h", longs)) != -1) {
        bool good = true;
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_OK;
        }
        if (option == CALIBRATE_DEVICE)
            good = cli_read_device((cli_text){"calibrate", "--device", optarg}, &o.device);
        else if (option == CALIBRATE_SECONDS)
            good =
                cli_read_real((cli_text){"calibrate", "--seconds", optarg}, 0, false, &o.seconds);
        else if (option == CALIBRATE_DRY)
            o.dry = true;
        if (option == '?' || !good) return CLI_USAGE;
    }
    if (optind < argc)
        return cli_fail(CLI_USAGE, "calibrate", "'%s' is one word too many", argv[optind]);
    return calibrate(&o);
}
