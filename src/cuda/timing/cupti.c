/* Finding CUPTI at run time. */
#include "cupti.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A toolkit that the loader does not know keeps it in these folders. */
static const char *const places[] = {
    "libcupti.so.13",
    "/usr/local/cuda/lib64/libcupti.so.13",
    "/usr/local/cuda/extras/CUPTI/lib64/libcupti.so.13",
    "/usr/local/cuda-13/extras/CUPTI/lib64/libcupti.so.13",
};

static void *open_library(char *why, size_t size) {
    const char *chosen = getenv("FLOPMETER_CUPTI");
    if (chosen && !strcmp(chosen, "none")) {
        (void)snprintf(why, size, "CUPTI is switched off by FLOPMETER_CUPTI=none");
        return NULL;
    }
    const int mode = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;
    if (chosen && *chosen) {
        void *library = dlopen(chosen, mode);
        if (!library) (void)snprintf(why, size, "FLOPMETER_CUPTI: %s", dlerror());
        return library;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; ++i) {
        void *library = dlopen(places[i], mode);
        if (library) return library;
    }
    (void)snprintf(why, size,
                   "CUPTI (libcupti.so.13) was not found; FLOPMETER_CUPTI may name its file");
    return NULL;
}

/* Looks every symbol up and leaves the sets of which none is missing. */
static void look_up(cu_cupti *cupti) {
    cupti->sets = (1u << CU_SETS) - 1;
#define CALL(set, member, symbol, arguments)                                                       \
    do {                                                                                           \
        void *found = dlsym(cupti->library, #symbol);                                              \
        memcpy(&cupti->member, &found, sizeof found);                                              \
        if (!found) cupti->sets &= ~(uint32_t)CU_SET_##set;                                        \
    } while (0);
#include "cupti.def"
#undef CALL
}

int cu_cupti_open(cu_cupti *cupti, char *why, size_t size) {
    memset(cupti, 0, sizeof *cupti);
    cupti->library = open_library(why, size);
    if (!cupti->library) return 0;
    look_up(cupti);
    const uint32_t needed = CU_SET_BASE | CU_SET_ONE;
    if ((cupti->sets & needed) != needed) {
        (void)snprintf(why, size, "the libcupti that was found lacks calls of CUPTI 13.0");
        return 0;
    }
    const pti_result result = cupti->get_version(&cupti->version);
    if (result != PTI_SUCCESS) {
        (void)snprintf(why, size, "CUPTI does not start: %s", cu_cupti_text(cupti, result));
        return 0;
    }
    if (cupti->version < PTI_OLDEST) {
        (void)snprintf(why, size, "CUPTI is too old: its API is version %u, needed is %d",
                       cupti->version, PTI_OLDEST);
        return 0;
    }
    if (cupti->version < PTI_SEVERAL) cupti->sets &= ~(uint32_t)CU_SET_SEVERAL;
    return 1;
}

const char *cu_cupti_text(const cu_cupti *cupti, pti_result result) {
    const char *text = NULL;
    if (cupti->result_text(result, &text) != PTI_SUCCESS || !text) return "an unknown error";
    return text;
}
