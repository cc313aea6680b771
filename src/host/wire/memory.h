/* Memory of one request, or of one line of `flopmeter call`: blocks, tensors and groups that go
   together, kept for the next one. */
#ifndef FM_WIRE_MEMORY_H
#define FM_WIRE_MEMORY_H

#include <flopmeter/flopmeter.h>

typedef struct wire_memory {
    struct wire_block *blocks; /* the first one stays */
    char *at, *end;
    fm_tensor **tensors;
    size_t ntensors, room;
    struct wire_group *groups;
} wire_memory;

/* Not zeroed, aligned to 16 bytes; NULL when there is none. */
void *wire_get(wire_memory *memory, size_t size);
/* Gives the tensor up with the rest. False, with the tensor released, when there is no memory. */
bool wire_keep(wire_memory *memory, fm_tensor *tensor);
/* The same with a group. */
bool wire_keep_group(wire_memory *memory, const fm_symmetry *group);
/* Ends the request; the next one begins with a block that is there already. */
void wire_reset(wire_memory *memory);
void wire_close(wire_memory *memory);

#endif
