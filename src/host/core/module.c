/* Opening the backend modules at run time, so that a machine without CUDA loads nothing of it. */
#include "core/module.h"
#include "core/alloc.h"
#include "core/detail.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct module {
    const fm_backend_api *api;
    fm_backend_entry_function linked; /* registered instead of a file */
    bool tried;
    char why[256];
} module;

static pthread_mutex_t modules_lock = PTHREAD_MUTEX_INITIALIZER;
static module modules[3]; /* by fm_device_kind; [0] unused */

const fm_host_api *fm_module_host(void) {
    static const fm_host_api host = {
        .abi = FM_BACKEND_ABI,
        .size = sizeof(fm_host_api),
        .alloc = fm_alloc,
        .free = fm_free_block,
        .fail = fm_fail,
        .sizeof_layout = sizeof(fm_layout),
        .sizeof_kernel_call = sizeof(fm_kernel_call),
        .sizeof_kernel_args = sizeof(fm_kernel_args),
        .sizeof_params = sizeof(fm_params),
    };
    return &host;
}

static bool environment_is_set(const char *name) {
    const char *value = getenv(name);
    return value && *value && strcmp(value, "0") != 0;
}

/* NULL where the CUDA module must not be opened: it maps 200 MB even where no driver is. */
static const char *file_of(fm_device_kind kind, char *why, size_t why_size) {
    if (kind == FM_CPU) return "libflopmeter_cpu.so";
    if (environment_is_set("FLOPMETER_CUDA_FAKE")) return "libflopmeter_cuda_fake.so";
    void *driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (!driver) {
        snprintf(why, why_size, "no CUDA driver (libcuda.so.1 was not found)");
        return NULL;
    }
    return "libflopmeter_cuda.so";
}

/* The folder this library lies in, without the last slash; "" if unknown. */
static void own_folder(char *folder, size_t size) {
    Dl_info info;
    folder[0] = 0;
    if (!dladdr((void *)(uintptr_t)fm_module_backend, &info) || !info.dli_fname) return;
    snprintf(folder, size, "%s", info.dli_fname);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = 0;
    else
        folder[0] = 0;
}

/* A file beside the library, or in its flopmeter/ folder, or where FLOPMETER_BACKEND_DIR says. */
static void *open_file(const char *file, char *why, size_t why_size) {
    char folder[PATH_MAX], path[PATH_MAX + 64];
    const char *chosen = getenv("FLOPMETER_BACKEND_DIR");
    own_folder(folder, sizeof folder);
    const char *folders[] = {chosen, folder, folder, FM_INSTALL_BACKEND_DIR};
    snprintf(why, why_size, "%s was not found (FLOPMETER_BACKEND_DIR may name its folder)", file);
    for (int i = 0; i < 4; i++) {
        if (!folders[i] || !*folders[i]) continue;
        snprintf(path, sizeof path, "%s%s/%s", folders[i], i == 2 ? "/flopmeter" : "", file);
        FILE *there = fopen(path, "rb");
        if (!there) continue;
        fclose(there);
        void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
        if (!handle) snprintf(why, why_size, "%s", dlerror());
        return handle;
    }
    return NULL;
}

static void open_module(module *m, fm_device_kind kind) {
    fm_backend_entry_function entry = m->linked;
    if (!entry) {
        const char *file = file_of(kind, m->why, sizeof m->why);
        void *handle = file ? open_file(file, m->why, sizeof m->why) : NULL;
        if (!handle) return;
        void *symbol = dlsym(handle, FM_BACKEND_ENTRY);
        memcpy(&entry, &symbol, sizeof entry);
        if (!entry) {
            snprintf(m->why, sizeof m->why, "%s has no %s", file, FM_BACKEND_ENTRY);
            return;
        }
    }
    const fm_backend_api *api = entry(fm_module_host());
    if (!api || api->abi != FM_BACKEND_ABI || api->size != sizeof *api) {
        snprintf(m->why, sizeof m->why, "the backend module is of another version than the core");
        return;
    }
    m->api = api;
}

const fm_backend_api *fm_module_backend(fm_device_kind kind, char *why, size_t why_size) {
    if (kind != FM_CPU && kind != FM_CUDA) {
        if (why) snprintf(why, why_size, "device kind %d does not exist", (int)kind);
        return NULL;
    }
    pthread_mutex_lock(&modules_lock);
    module *m = &modules[kind];
    if (!m->tried) open_module(m, kind);
    m->tried = true;
    if (!m->api && why) snprintf(why, why_size, "%s", m->why);
    const fm_backend_api *api = m->api;
    pthread_mutex_unlock(&modules_lock);
    return api;
}

fm_status fm_module_register(fm_device_kind kind, fm_backend_entry_function entry) {
    if (kind != FM_CPU && kind != FM_CUDA) return FM_ERR_ARGUMENT;
    pthread_mutex_lock(&modules_lock);
    fm_status status = modules[kind].tried ? FM_ERR_STATE : FM_OK;
    if (status == FM_OK) modules[kind].linked = entry;
    pthread_mutex_unlock(&modules_lock);
    return status;
}

int fm_device_count(fm_device_kind kind, char *why, size_t why_size) {
    const fm_backend_api *api = fm_module_backend(kind, why, why_size);
    return api ? api->device_count(why, why_size) : 0;
}

static fm_status choose_kind(fm_device device, const fm_backend_api **api, fm_error *error) {
    char why[256] = "";
    *api = fm_module_backend(device.kind, why, sizeof why);
    int count = *api ? (*api)->device_count(why, sizeof why) : 0;
    char name[32];
    fm_device_format(device, name, sizeof name);
    FM_CHECK(count > 0, error, FM_ERR_NOT_FOUND, "device %s: %s", name, why);
    FM_CHECK(device.index >= 0 && device.index < count, error, FM_ERR_NOT_FOUND,
             "device %s: there are %d devices of this kind", name, count);
    return FM_OK;
}

fm_status fm_module_choose(fm_device device, const fm_backend_api **api, int *index,
                           fm_error *error) {
    *index = device.index;
    if (device.kind != FM_DEVICE_AUTO) return choose_kind(device, api, error);
    *index = 0;
    if (choose_kind((fm_device){FM_CUDA, 0}, api, NULL) == FM_OK) return FM_OK;
    return choose_kind((fm_device){FM_CPU, 0}, api, error);
}

fm_status fm_device_describe(fm_device device, fm_device_info *out) {
    const fm_backend_api *api;
    int index;
    FM_TRY(fm_module_choose(device, &api, &index, NULL));
    memset(out, 0, sizeof *out);
    return api->describe(index, out, NULL);
}

bool fm_device_parse(const char *text, fm_device *out) {
    if (!text) return false;
    if (!strcmp(text, "auto"))
        *out = (fm_device){FM_DEVICE_AUTO, 0};
    else if (!strcmp(text, "cpu"))
        *out = (fm_device){FM_CPU, 0};
    else if (!strcmp(text, "cuda"))
        *out = (fm_device){FM_CUDA, 0};
    else if (!strncmp(text, "cuda:", 5) && text[5] >= '0' && text[5] <= '9') {
        char *end;
        long index = strtol(text + 5, &end, 10);
        if (*end || index > 1023) return false;
        *out = (fm_device){FM_CUDA, (int)index};
    } else
        return false;
    return true;
}

const char *fm_device_format(fm_device device, char *buffer, size_t size) {
    if (device.kind == FM_CUDA)
        snprintf(buffer, size, "cuda:%d", device.index);
    else
        snprintf(buffer, size, "%s", device.kind == FM_CPU ? "cpu" : "auto");
    return buffer;
}
