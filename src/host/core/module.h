/* Backend modules: found, opened once a process, and asked for their table. */
#ifndef FM_CORE_MODULE_H
#define FM_CORE_MODULE_H

#include "core/backend.h"

/* What every backend is handed; a backend that is linked in may be given it directly. */
const fm_host_api *fm_module_host(void);

/* The backend of that kind (FM_CPU or FM_CUDA), opened at the first call; NULL with the reason in
   why. Safe from any thread. */
const fm_backend_api *fm_module_backend(fm_device_kind kind, char *why, size_t why_size);

/* Registers a backend that is linked in, instead of its module. Before the first use of its kind.
 */
fm_status fm_module_register(fm_device_kind kind, fm_backend_entry_function entry);

/* The backend and ordinal a device stands for: auto means CUDA where present, else the CPU. */
fm_status fm_module_choose(fm_device device, const fm_backend_api **api, int *index,
                           fm_error *error);

#endif
