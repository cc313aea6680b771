/* Opening of the BLAS library: candidates, kernel set, one thread, symbols. */
#include "cpu/blas.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpuid.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t wide = PTHREAD_MUTEX_INITIALIZER;
static fm_blas blas;
static void *library;
static void *lapack;
static void (*set_threads)(int);

/* POSIX's way from a data pointer to a function pointer, which ISO C leaves undefined. */
static bool find(const char *name, void *function_pointer) {
    void *symbol = dlsym(library, name);
    memcpy(function_pointer, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool find_calls(void) {
    fm_cblas *c = &blas.call;
    return find("cblas_sgemm", &c->sgemm) && find("cblas_dgemm", &c->dgemm) &&
           find("cblas_cgemm", &c->cgemm) && find("cblas_zgemm", &c->zgemm) &&
           find("cblas_sgemv", &c->sgemv) && find("cblas_dgemv", &c->dgemv) &&
           find("cblas_cgemv", &c->cgemv) && find("cblas_zgemv", &c->zgemv) &&
           find("cblas_sdot", &c->sdot) && find("cblas_ddot", &c->ddot) &&
           find("cblas_cdotu_sub", &c->cdotu) && find("cblas_zdotu_sub", &c->zdotu) &&
           find("cblas_cdotc_sub", &c->cdotc) && find("cblas_zdotc_sub", &c->zdotc) &&
           find("cblas_saxpy", &c->saxpy) && find("cblas_daxpy", &c->daxpy);
}

static void describe(const char *name) {
    char *(*core)(void) = NULL;
    char *(*config)(void) = NULL;
    (void)snprintf(blas.library, sizeof blas.library, "%s", name);
    if (find("openblas_get_corename", &core)) {
        (void)snprintf(blas.core, sizeof blas.core, "%s", core());
    }
    if (find("openblas_get_config", &config)) {
        (void)snprintf(blas.version, sizeof blas.version, "%s", config());
    }
    (void)snprintf(blas.detail, sizeof blas.detail, "%.120s%s%s%s", name, blas.core[0] ? " (" : "",
                   blas.core, blas.core[0] ? " kernels)" : "");
}

static bool is_loaded(const char *name) {
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    if (handle) (void)dlclose(handle);
    return handle != NULL;
}

/* OpenBLAS reads its variable while it is loaded; children of this process shall not inherit it. */
static void *open_with_kernels(const char *name) {
    const char *core = fm_cpu_detect()->openblas_core;
    bool ask = core && !getenv("OPENBLAS_CORETYPE") && !is_loaded(name);
    if (ask) (void)setenv("OPENBLAS_CORETYPE", core, 1);
    void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (ask) (void)unsetenv("OPENBLAS_CORETYPE");
    return handle;
}

static bool open_library(const char *name) {
    library = open_with_kernels(name);
    if (!library) {
        const char *why = dlerror();
        (void)snprintf(blas.detail, sizeof blas.detail, "%.200s", why ? why : name);
        return false;
    }
    if (!find_calls()) {
        blas.call = (fm_cblas){0};
        (void)dlclose(library);
        library = NULL;
        (void)snprintf(blas.detail, sizeof blas.detail, "%.120s: has no CBLAS functions", name);
        return false;
    }
    if (find("openblas_set_num_threads", &set_threads) ||
        find("MKL_Set_Num_Threads", &set_threads)) {
        set_threads(1);
    }
    describe(name);
    return true;
}

static void open_first(void) {
    static const char *const candidates[] = {"libopenblas.so.0", "libblas.so.3"};
    const char *asked = getenv("FLOPMETER_BLAS_LIBRARY");
    if (asked && *asked) {
        blas.found = open_library(asked);
    } else {
        for (size_t i = 0; i < sizeof candidates / sizeof *candidates && !blas.found; ++i) {
            blas.found = open_library(candidates[i]);
        }
    }
    if (!blas.found) {
        char why[sizeof blas.detail];
        memcpy(why, blas.detail, sizeof why);
        (void)snprintf(blas.detail, sizeof blas.detail, "built-in products, slower (%.200s)", why);
    }
    lapack = library && dlsym(library, "dgetrf_") ? library : NULL;
    if (!lapack && !(asked && *asked)) lapack = dlopen("liblapack.so.3", RTLD_NOW | RTLD_LOCAL);
}

const fm_blas *fm_blas_open(void) {
    (void)pthread_once(&once, open_first);
    return &blas;
}

void *fm_blas_symbol(const char *name) {
    (void)fm_blas_open();
    void *symbol = library ? dlsym(library, name) : NULL;
    return symbol || !lapack ? symbol : dlsym(lapack, name);
}

void fm_blas_wide_begin(void) {
    (void)fm_blas_open();
    (void)pthread_mutex_lock(&wide);
    if (set_threads) set_threads(fm_cpu_detect()->cores);
}

void fm_blas_wide_end(void) {
    if (set_threads) set_threads(1);
    (void)pthread_mutex_unlock(&wide);
}
