/* .npy files: any bytes are an array that fits them, or an error in one line. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "io/npy.h"

const char *const fuzz_seeds[] = {
    "\x93NUMPY\x01",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
    "{'descr': '|b1', 'fortran_order': True, 'shape': (), }",
    NULL,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fm_io io;
    fm_io_array array;
    fm_io_init(&io);
    fm_status status = fm_io_npy_read(&io, "fuzz", data, size, &array);
    if (status == FM_OK) {
        if (array.bytes > size) abort();
        fm_io_array_close(&io, &array);
    } else if (!*io.message || strchr(io.message, '\n')) {
        abort();
    }
    return 0;
}
