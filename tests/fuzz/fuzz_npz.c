/* .npz archives: any bytes are an archive whose members can be read or refused, or an error. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/npz.h"

const char *const fuzz_seeds[] = {"PK\x03\x04", "PK\x01\x02", "PK\x05\x06", NULL};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fm_io io;
    fm_io_npz *npz;
    fm_io_init(&io);
    io.max_bytes = 1 << 26;
    if (fm_io_npz_open_memory(&io, "fuzz", data, size, &npz) != FM_OK) {
        if (!*io.message || strchr(io.message, '\n')) abort();
        return 0;
    }
    for (size_t i = 0; i < fm_io_npz_count(npz); i++) {
        fm_io_array array;
        if (!fm_io_npz_has(npz, fm_io_npz_name(npz, i))) abort();
        if (fm_io_npz_load(npz, fm_io_npz_name(npz, i), &array) == FM_OK)
            fm_io_array_close(&io, &array);
    }
    fm_io_npz_close(npz);
    return 0;
}
