/* Kernels over contiguous elements, in the variants of all instruction levels. */
#ifndef FM_CPU_MAP_H
#define FM_CPU_MAP_H

#include "cpu/isa.h"
#include "ops/ids.h"
#include "scalar/fill.h"
#include "scalar/mixed.h"

#include <flopmeter/dtype.h>

/* out[i] = f(in[0][i], in[1][i], ...) for i < n. Operands are contiguous and of the kernel's
   dtypes; out may be exactly an input. */
typedef void (*fm_map_fn)(int64_t n, void *const *in, void *out);

/* out[i] = (type of out) in[i]. */
typedef void (*fm_convert_fn)(int64_t n, const void *in, void *out);

/* Copies n elements between a strided run (strides in elements) and a contiguous one. */
typedef void (*fm_strided_fn)(int64_t n, const void *in, int64_t stride, void *out);

/* out[i] = element first + i of the progression, for i < n. */
typedef void (*fm_arange_fn)(int64_t n, int64_t first, fm_arange progression, void *out);

enum { FM_MAP_SIZES = 5 }; /* elements of 1, 2, 4, 8, 16 bytes, by logarithm */

typedef struct fm_map_table {
    const fm_map_fn *unary[FM_DTYPE_COUNT];   /* [fm_unary_id]; NULL: no kernel */
    const fm_map_fn *binary[FM_DTYPE_COUNT];  /* [fm_binary_id] */
    const fm_map_fn *ternary[FM_DTYPE_COUNT]; /* [fm_ternary_id]; where is below */
    const fm_map_fn *mixed;                   /* [fm_mixed]: comparisons of int64 with uint64 */
    fm_map_fn where[FM_MAP_SIZES];            /* in: bool condition, x, y */
    fm_strided_fn gather[FM_MAP_SIZES];
    fm_strided_fn scatter[FM_MAP_SIZES];
    const fm_arange_fn *arange;                     /* [fm_dtype] */
    const fm_convert_fn (*convert)[FM_DTYPE_COUNT]; /* [from][to] */
} fm_map_table;

#define FM_MAP_DECLARE(isa) extern const fm_map_table fm_map_##isa;
FM_ISA_DECLARE(FM_MAP_DECLARE)
#undef FM_MAP_DECLARE

/* The variant for this machine. */
const fm_map_table *fm_map(void);

#endif
