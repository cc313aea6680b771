/* Weight files: any text is a set of weights or an error. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cost/weights.h"

const char *const fuzz_seeds[] = {
    "{\"add\": 1, \"exp\": 16.5, \"linalg.svd\": 0}",
    "{\"weights\": {\"add\": 2}}",
    "{\"add\": -1}",
    "{\"add\": 1e400, \"sub\": \"x\"}",
    "[]",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int file = -1;
    static char path[64];
    if (file < 0) {
        file = memfd_create("weights", 0);
        if (file < 0) abort();
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size) abort();
    fm_weights *weights = NULL;
    fm_error error = {0};
    fm_status status = fm_weights_load(path, &weights, &error);
    if (status == FM_OK) {
        if (!(fm_weights_of(weights, true, "add") >= 0)) abort();
        fm_weights_free(weights);
    } else if (!*error.message || strchr(error.message, '\n')) {
        abort();
    }
    return 0;
}
