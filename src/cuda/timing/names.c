/* Names of kernels, demangled once each. */
#include "names.h"

#include "../device.h"

#include <stdlib.h>
#include <string.h>

/* Of the C++ runtime, which the kernels bring along. */
char *__cxa_demangle(const char *mangled, char *buffer, size_t *length, int *status);

static uint64_t hash_of(const char *text) {
    uint64_t hash = 0xCBF29CE484222325u;
    for (; *text; ++text) hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
    return hash;
}

static char *copy_of(const char *text) {
    const size_t bytes = strlen(text) + 1;
    char *copy = cu_host->alloc(bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

static char *plain_of(const char *mangled) {
    int status = 0;
    char *demangled = __cxa_demangle(mangled, NULL, NULL, &status);
    char *plain = copy_of(demangled ? demangled : mangled);
    free(demangled);
    return plain;
}

static int make_room(cu_names *names) {
    if (names->count < names->room) return 1;
    const size_t room = names->room ? names->room * 2 : 64;
    cu_name *larger = cu_host->alloc(room * sizeof *larger);
    if (!larger) return 0;
    if (names->count) memcpy(larger, names->name, names->count * sizeof *larger);
    cu_host->free(names->name);
    names->name = larger;
    names->room = room;
    return 1;
}

static const char *add(cu_names *names, uint64_t key, const char *mangled) {
    if (!make_room(names)) return mangled;
    cu_name made = {copy_of(mangled), plain_of(mangled)};
    if (!made.mangled || !made.plain || !cu_ids_put(&names->place, key, names->count)) {
        cu_host->free(made.mangled);
        cu_host->free(made.plain);
        return mangled;
    }
    names->name[names->count++] = made;
    return made.plain;
}

const char *cu_names_get(cu_names *names, const char *mangled) {
    uint64_t place, key;
    if (!mangled) return NULL;
    for (key = hash_of(mangled); cu_ids_get(&names->place, key, &place); ++key)
        if (!strcmp(names->name[place].mangled, mangled)) return names->name[place].plain;
    return add(names, key, mangled);
}

void cu_names_close(cu_names *names) {
    for (size_t i = 0; i < names->count; ++i) {
        cu_host->free(names->name[i].mangled);
        cu_host->free(names->name[i].plain);
    }
    cu_host->free(names->name);
    cu_ids_close(&names->place);
    memset(names, 0, sizeof *names);
}
