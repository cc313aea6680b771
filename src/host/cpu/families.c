/* The table of the CPU backend's families. */
#include "cpu/family.h"

const fm_cpu_family *const fm_cpu_families[FM_FAMILY_COUNT] = {
    [FM_FAMILY_UNARY] = &fm_cpu_unary,     [FM_FAMILY_BINARY] = &fm_cpu_binary,
    [FM_FAMILY_REDUCE] = &fm_cpu_reduce,   [FM_FAMILY_CONTRACT] = &fm_cpu_contract,
    [FM_FAMILY_TERNARY] = &fm_cpu_ternary, [FM_FAMILY_CAST] = &fm_cpu_cast,
    [FM_FAMILY_FILL] = &fm_cpu_fill,       [FM_FAMILY_CONCAT] = &fm_cpu_concat,
    [FM_FAMILY_RANDOM] = &fm_cpu_random,   [FM_FAMILY_NN] = &fm_cpu_nn,
    [FM_FAMILY_FFT] = &fm_cpu_fft,         [FM_FAMILY_SIGNAL] = &fm_cpu_signal,
    [FM_FAMILY_INDEX] = &fm_cpu_index,     [FM_FAMILY_SAMPLE] = &fm_cpu_sample,
    [FM_FAMILY_LINALG] = &fm_cpu_linalg,   [FM_FAMILY_SCAN] = &fm_cpu_scan,
    [FM_FAMILY_SORT] = &fm_cpu_sort,       [FM_FAMILY_SPECIAL] = &fm_cpu_special,
    [FM_FAMILY_EXTRA] = &fm_cpu_extra,     [FM_FAMILY_STATISTICS] = &fm_cpu_statistics,
};
