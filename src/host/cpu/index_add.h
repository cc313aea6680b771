/* Additions of elements to places, in the order of the elements. */
#ifndef FM_CPU_INDEX_ADD_H
#define FM_CPU_INDEX_ADD_H

#include <flopmeter/dtype.h>

/* out[at[i]] += in[from[i] * step] in the order of i. */
typedef void (*fm_add_fn)(int64_t n, const void *in, int64_t step, const int64_t *from,
                          const int64_t *at, void *out);

/* By fm_dtype. */
extern const fm_add_fn fm_index_add[FM_DTYPE_COUNT];

#endif
