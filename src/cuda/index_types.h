/* Elements as bytes of their size, for kernels that only move them. */
#ifndef FM_CUDA_INDEX_TYPES_H
#define FM_CUDA_INDEX_TYPES_H

#include "launch.h"

/* complex128: two words, since a view may begin at any multiple of 8 bytes. */
struct cu_pair {
    uint64_t low, high;
};

/* Calls F<T>(...) for the type of that size. */
#define CU_BY_SIZE(bytes, F, ...)                                                                  \
    ((bytes) == 1   ? F<uint8_t>(__VA_ARGS__)                                                      \
     : (bytes) == 2 ? F<uint16_t>(__VA_ARGS__)                                                     \
     : (bytes) == 4 ? F<uint32_t>(__VA_ARGS__)                                                     \
     : (bytes) == 8 ? F<uint64_t>(__VA_ARGS__)                                                     \
                    : F<cu_pair>(__VA_ARGS__))

#endif
