/* Opening of the library of Fourier transforms. */
#include "cpu/fft_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;
static fm_fftw libraries[2]; /* [0] float64, [1] float32 */

/* POSIX's way from a data pointer to a function pointer, which ISO C leaves undefined. */
static bool find(void *library, const char *prefix, const char *name, void *function_pointer) {
    char full[64];
    (void)snprintf(full, sizeof full, "%s%s", prefix, name);
    void *symbol = dlsym(library, full);
    memcpy(function_pointer, &symbol, sizeof symbol);
    return symbol != NULL;
}

static bool open_one(fm_fftw *f, const char *name, const char *prefix) {
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library) return false;
    f->found = find(library, prefix, "plan_many_dft", &f->many_c2c) &&
               find(library, prefix, "plan_many_dft_r2c", &f->many_r2c) &&
               find(library, prefix, "plan_many_dft_c2r", &f->many_c2r) &&
               find(library, prefix, "execute_dft", &f->run_c2c) &&
               find(library, prefix, "execute_dft_r2c", &f->run_r2c) &&
               find(library, prefix, "execute_dft_c2r", &f->run_c2r) &&
               find(library, prefix, "destroy_plan", &f->destroy);
    if (!f->found) (void)dlclose(library);
    return f->found;
}

/* The user's library may have one precision only: the other is then FFTW's. */
static void open_first(void) {
    const char *asked = getenv("FLOPMETER_FFT_LIBRARY");
    bool given = asked && *asked;
    if (given && !strcmp(asked, "none")) return;
    bool wide = given && open_one(&libraries[0], asked, "fftw_");
    bool narrow = given && open_one(&libraries[1], asked, "fftwf_");
    if (given && !wide && !narrow) return;
    if (!wide) (void)open_one(&libraries[0], "libfftw3.so.3", "fftw_");
    if (!narrow) (void)open_one(&libraries[1], "libfftw3f.so.3", "fftwf_");
}

const fm_fftw *fm_fftw_open(bool single) {
    (void)pthread_once(&once, open_first);
    return &libraries[single];
}

void fm_fftw_lock(void) {
    (void)pthread_mutex_lock(&planner);
}

void fm_fftw_unlock(void) {
    (void)pthread_mutex_unlock(&planner);
}
