/* The names of NumPy that flopscope blocks: known, refused, and what to use in their place. */
#include "call/blocked.h"
#include "core/detail.h"

#include <flopmeter/registry.h>
#include <string.h>

static const char text_files[] = "it reads text; read numbers in C and make a tensor with "
                                 "fm_tensor_from_host, or keep arrays in .npy files (fm_npy_read)";
static const char no_dates[] = "there is no datetime dtype";
static const char no_text[] =
    "arrays have no text form; read them with fm_tensor_to_host and print";
static const char no_states[] =
    "floating-point faults follow IEEE 754 and are never trapped; test results with isnan or "
    "isfinite";
static const char no_buffers[] = "there are no ufunc buffers; FLOPMETER_THREADS is what sets speed";
static const char no_build[] = "'flopmeter info' says versions, devices and libraries";

static const fm_blocked_info blocked[] = {
    {"isnat", no_dates},
    {"fromstring", text_files},
    {"fromfile", "read .npy files with fm_npy_read; raw bytes with frombuffer"},
    {"fromregex", text_files},
    {"base_repr", "numbers have no text form in a base"},
    {"binary_repr", "numbers have no text form in a base"},
    {"genfromtxt", text_files},
    {"loadtxt", text_files},
    {"load", "fm_npy_read and fm_npz_read read files"},
    {"save", "fm_npy_write writes a .npy file"},
    {"savetxt", "fm_npy_write writes a .npy file"},
    {"savez", "fm_npz_create writes a .npz archive"},
    {"savez_compressed", "fm_npz_create writes a .npz archive"},
    {"show_config", no_build},
    {"show_runtime", no_build},
    {"get_include", "pkg-config --cflags flopmeter says where the headers are"},
    {"getbufsize", no_buffers},
    {"setbufsize", no_buffers},
    {"geterr", no_states},
    {"seterr", no_states},
    {"geterrcall", no_states},
    {"seterrcall", no_states},
    {"asmatrix", "there is no matrix class; asarray gives an array of two dimensions"},
    {"nested_iters", "elements are not iterated; operations take whole arrays"},
    {"frompyfunc", "an fm_function is taken where an operation takes a function, as in "
                   "apply_along_axis"},
    {"datetime_as_string", no_dates},
    {"datetime_data", no_dates},
    {"busday_count", no_dates},
    {"busday_offset", no_dates},
    {"is_busday", no_dates},
    {"array2string", no_text},
    {"array_repr", no_text},
    {"array_str", no_text},
    {"format_float_positional", no_text},
    {"format_float_scientific", no_text},
    {"set_printoptions", no_text},
};
enum { BLOCKED = (int)(sizeof blocked / sizeof *blocked) };

fm_status fm_blocked_info_at(int index, fm_blocked_info *info) {
    if (index < 0 || index >= BLOCKED) return FM_ERR_NOT_FOUND;
    *info = blocked[index];
    return FM_OK;
}

static bool is_method(const char *op) {
    return !strncmp(op, "random.Generator.", 17) || !strncmp(op, "random.RandomState.", 19);
}

fm_status fm_unknown_op(const char *op, fm_error *error) {
    for (int i = 0; i < BLOCKED; i++)
        if (!strcmp(blocked[i].name, op))
            return fm_fail(error, FM_ERR_NOT_FOUND, "%s is not supported: %s", op,
                           blocked[i].instead);
    fm_fail(error, FM_ERR_NOT_FOUND, "no operation is named '%.40s' (see flopmeter ops)", op);
    return is_method(op) ? FM_ERR_NOT_FOUND : fm_fail_as(error, "AttributeError", FM_ERR_NOT_FOUND);
}
