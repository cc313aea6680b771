/* The device that is asked for, contexts on it, and a count of what failed. */
#include "harness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SKIPPED = 77, SHOWN_OF_GROUP = 4 };

int sw_start(sw_harness *h, int argc, char **argv) {
    int first = 1;
    *h = (sw_harness){.kind = FM_CPU};
    if (argc > 2 && !strcmp(argv[1], "--device")) {
        if (!strcmp(argv[2], "cuda")) h->kind = FM_CUDA;
        first = 3;
    }
    h->filters = argv + first;
    h->nfilters = argc - first;
    char why[256] = "";
    if (fm_device_count(h->kind, why, sizeof why) > 0) return -1;
    printf("%s: %s\n", h->kind == FM_CUDA ? "skipped" : "no CPU backend", why);
    return h->kind == FM_CUDA ? SKIPPED : EXIT_FAILURE;
}

fm_context *sw_open(fm_device_kind kind) {
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *ctx = NULL;
    fm_error error;
    options.device.kind = kind;
    if (fm_context_open(&options, &ctx, &error) == FM_OK) return ctx;
    printf("%s\n", error.message);
    exit(EXIT_FAILURE);
}

void sw_fail(sw_harness *h, const char *group, const char *what, const char *format, ...) {
    h->failures++;
    if (h->group != group) h->shown = 0;
    h->group = group;
    if (h->shown++ >= SHOWN_OF_GROUP) return;
    va_list arguments;
    va_start(arguments, format);
    printf("%s: ", what);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
}

int sw_finish(const sw_harness *h) {
    printf("%d calls, %d failures\n", h->calls, h->failures);
    return h->failures > 0 || h->calls == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
