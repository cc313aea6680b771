/* Occupancy by the tables, so that a record's grid can be held against what the device takes. */
#include "limits.h"

#include <stddef.h>

enum { REGISTERS = 65536, WARP = 32, REGISTER_UNIT = 256, PARTITIONS = 4 };

static const cu_limits known[] = {
    {75, 1024, 16, 64 << 10, 32},  {80, 2048, 32, 164 << 10, 2},   {86, 1536, 16, 100 << 10, 64},
    {87, 1536, 16, 164 << 10, 64}, {89, 1536, 24, 100 << 10, 64},  {90, 2048, 32, 228 << 10, 2},
    {100, 2048, 32, 228 << 10, 2}, {103, 2048, 32, 228 << 10, 64}, {120, 1536, 24, 100 << 10, 64},
};

const cu_limits *cu_limits_of(int capability) {
    for (size_t i = 0; i < sizeof known / sizeof *known; ++i)
        if (known[i].capability == capability) return &known[i];
    return NULL;
}

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* Registers are handed out by the warp, to one of four partitions. */
static uint32_t warps_by_registers(uint32_t registers) {
    const uint32_t warp = (registers * WARP + REGISTER_UNIT - 1) / REGISTER_UNIT * REGISTER_UNIT;
    return REGISTERS / PARTITIONS / warp * PARTITIONS;
}

/* From 8.0 on the system keeps 1 KiB of shared memory a block. */
uint32_t cu_limits_resident(int capability, uint32_t threads, uint32_t registers, uint32_t shared) {
    const cu_limits *limits = cu_limits_of(capability);
    if (!limits || !threads) return 0;
    const uint32_t warps = (threads + WARP - 1) / WARP;
    const uint32_t memory = shared + (capability >= 80 ? 1024 : 0);
    uint32_t blocks = least(limits->blocks, limits->threads / WARP / warps);
    if (registers) blocks = least(blocks, warps_by_registers(registers) / warps);
    return memory ? least(blocks, limits->shared / memory) : blocks;
}
