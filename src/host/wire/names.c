/* The names that flopscope 0.4.3 has: operations, and those it blocks or never provided. */
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

/* Known to flopscope's registry, but neither operations here nor blocked names. */
static const char *const others[] = {
    "in1d",
    "trapz",
    "common_type",
    "isdtype",
};

static const char **names;
static size_t count;

static int compare(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Operations here that flopscope does not have. */
static bool is_own(const char *name) {
    static const char *const own[] = {"getitem",         "slice",      "set_printoptions",
                                      "as_symmetric",    "symmetrize", "is_symmetric",
                                      "random.symmetric"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(own[i], name)) return true;
    return !strncmp(name, "nn.", 3);
}

/* All names in order. The server's one thread asks. */
static bool gather(void) {
    fm_op_info info;
    fm_blocked_info blocked;
    size_t most = (size_t)fm_op_count() + 64 + sizeof others / sizeof *others, n = 0;
    const char **all = malloc(most * sizeof *all);
    if (!all) return false;
    for (int i = 0; fm_op_info_at(i, &info) == FM_OK && n < most; i++)
        if (!is_own(info.name)) all[n++] = info.name;
    for (int i = 0; fm_blocked_info_at(i, &blocked) == FM_OK && n < most; i++)
        if (!is_own(blocked.name)) all[n++] = blocked.name;
    for (size_t i = 0; i < sizeof others / sizeof *others && n < most; i++) all[n++] = others[i];
    qsort(all, n, sizeof *all, compare);
    names = all;
    count = n;
    return true;
}

bool wire_is_operation(const char *op) {
    if (!names && !gather()) return false;
    return bsearch(&op, names, count, sizeof *names, compare) != NULL;
}
