/* The further elementwise kernels, by instruction level. */
#ifndef FM_CPU_EXTRA_H
#define FM_CPU_EXTRA_H

#include "cpu/map.h"
#include "ops/ids_extra.h"

/* NULL: there is no such kernel. */
#define FM_EXTRA_DECLARE(isa) extern const fm_map_fn fm_extra_##isa[FM_EXTRA_COUNT][FM_DTYPE_COUNT];
FM_ISA_DECLARE(FM_EXTRA_DECLARE)
#undef FM_EXTRA_DECLARE

#endif
