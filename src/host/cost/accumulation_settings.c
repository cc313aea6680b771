/* Settings of the counts with symmetry, for the whole process. */
#include <flopmeter/accumulation.h>
#include <stdatomic.h>

static _Atomic uint64_t partition_limit = 100000;
static _Atomic bool warnings = true;

void fm_accumulation_set_partition_limit(uint64_t patterns) {
    atomic_store(&partition_limit, patterns);
}

uint64_t fm_accumulation_partition_limit(void) {
    return atomic_load_explicit(&partition_limit, memory_order_relaxed);
}

void fm_symmetry_set_warnings(bool wanted) {
    atomic_store(&warnings, wanted);
}

bool fm_symmetry_warnings(void) {
    return atomic_load_explicit(&warnings, memory_order_relaxed);
}
