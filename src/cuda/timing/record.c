/* Activity records in one form, whichever of CUPTI's structs they came in. */
#include "record.h"

#include "core/activity.h"

#include <string.h>

/* By CUpti_ActivityMemcpyKind; arrays count as what they lie in. */
static const char *direction(uint8_t kind) {
    static const char *const names[] = {NULL,   "HtoD", "DtoH", "HtoD", "DtoH", "DtoD",
                                        "DtoD", "DtoD", "DtoD", "HtoH", "PtoP"};
    return kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

static uint64_t product(const int32_t size[3]) {
    uint64_t all = 1;
    for (int i = 0; i < 3; ++i) all *= size[i] > 0 ? (uint64_t)size[i] : 0;
    return all;
}

static void read_kernel(const pti_kernel *k, cu_work *work) {
    *work = (cu_work){.start = k->start,
                      .end = k->end,
                      .blocks = product(k->grid),
                      .node = k->node,
                      .name = k->name,
                      .device = k->device,
                      .stream = k->stream,
                      .correlation = k->correlation,
                      .graph = k->graph,
                      .threads = (uint32_t)product(k->block),
                      .registers = k->registers,
                      .shared = (uint32_t)k->static_shared + (uint32_t)k->dynamic_shared,
                      .kind = FM_ACTIVITY_KERNEL};
}

static void read_copy(const pti_memcpy *c, cu_work *work) {
    *work = (cu_work){.start = c->start,
                      .end = c->end,
                      .bytes = c->bytes,
                      .node = c->node,
                      .name = direction(c->copy),
                      .device = c->device,
                      .stream = c->stream,
                      .correlation = c->correlation,
                      .graph = c->graph,
                      .kind = FM_ACTIVITY_MEMCPY};
}

static void read_fill(const pti_memset *s, cu_work *work) {
    *work = (cu_work){.start = s->start,
                      .end = s->end,
                      .bytes = s->bytes,
                      .node = s->node,
                      .device = s->device,
                      .stream = s->stream,
                      .correlation = s->correlation,
                      .graph = s->graph,
                      .kind = FM_ACTIVITY_MEMSET};
}

int cu_record_work(const void *record, cu_work *work) {
    int kind;
    memcpy(&kind, record, sizeof kind);
    switch (kind) {
    case PTI_KERNEL:
        read_kernel(record, work);
        return 1;
    case PTI_MEMCPY:
        read_copy(record, work);
        return 1;
    case PTI_MEMSET:
        read_fill(record, work);
        return 1;
    default:
        return 0;
    }
}

int cu_record_id(const void *record, uint32_t *correlation, uint64_t *id) {
    int kind;
    memcpy(&kind, record, sizeof kind);
    if (kind != PTI_EXTERNAL) return 0;
    const pti_external *external = record;
    if (external->external_kind != PTI_CUSTOM2) return 0;
    *correlation = external->correlation;
    *id = external->id;
    return 1;
}
