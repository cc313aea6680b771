/* The table of the CUDA backend's families. */
#include "family.h"

const cu_family *const cu_families[FM_FAMILY_COUNT] = {
    [FM_FAMILY_UNARY] = &cu_family_unary,     [FM_FAMILY_BINARY] = &cu_family_binary,
    [FM_FAMILY_TERNARY] = &cu_family_ternary, [FM_FAMILY_CAST] = &cu_family_cast,
    [FM_FAMILY_FILL] = &cu_family_fill,       [FM_FAMILY_RANDOM] = &cu_family_random,
    [FM_FAMILY_REDUCE] = &cu_family_reduce,   [FM_FAMILY_CONTRACT] = &cu_family_contract,
    [FM_FAMILY_CONCAT] = &cu_family_concat,   [FM_FAMILY_NN] = &cu_family_nn,
    [FM_FAMILY_INDEX] = &cu_family_index,     [FM_FAMILY_SAMPLE] = &cu_family_sample,
    [FM_FAMILY_SCAN] = &cu_family_scan,       [FM_FAMILY_SORT] = &cu_family_sort,
    [FM_FAMILY_FFT] = &cu_family_fft,         [FM_FAMILY_SIGNAL] = &cu_family_signal,
    [FM_FAMILY_LINALG] = &cu_family_linalg,   [FM_FAMILY_SPECIAL] = &cu_family_special,
    [FM_FAMILY_EXTRA] = &cu_family_extra,     [FM_FAMILY_STATISTICS] = &cu_family_statistics,
};
