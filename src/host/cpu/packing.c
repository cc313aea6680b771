/* Packing memory, held by a key of each thread. */
#include "cpu/packing.h"

#include <pthread.h>
#include <stdlib.h>

#include "cpu/cpuid.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool has_key;

static void make_key(void) {
    has_key = pthread_key_create(&key, free) == 0;
}

static size_t at_least(size_t bytes) {
    return bytes < FM_PACKING_LEAST ? FM_PACKING_LEAST : bytes;
}

bool fm_packing_get(fm_packing *out) {
    (void)pthread_once(&once, make_key);
    if (!has_key) return false;
    size_t eighth = fm_cpu_detect()->l2 / 8 / 64 * 64;
    out->panel_bytes = at_least(2 * eighth);
    out->left_bytes = at_least(5 * eighth);
    out->panels = pthread_getspecific(key);
    if (!out->panels) {
        out->panels = aligned_alloc(64, out->panel_bytes + out->left_bytes);
        if (!out->panels) return false;
        if (pthread_setspecific(key, out->panels) != 0) {
            free(out->panels);
            return false;
        }
    }
    out->left = (char *)out->panels + out->panel_bytes;
    return true;
}
