/* Additions of elements to places, for every dtype. */
#include "cpu/index_add.h"
#include "scalar/sum.h"

#define ADD(suffix, dtype, T)                                                                      \
    static void add_##suffix(int64_t n, const void *in, int64_t step, const int64_t *from,         \
                             const int64_t *at, void *out) {                                       \
        const T *x = in;                                                                           \
        T *y = out;                                                                                \
        for (int64_t i = 0; i < n; i++)                                                            \
            y[at[i]] = fm_sum_of_##suffix(y[at[i]], x[from[i] * step]);                            \
    }
FM_EACH_DTYPE(ADD)

#define ENTRY(suffix, dtype, T) [dtype] = add_##suffix,
const fm_add_fn fm_index_add[FM_DTYPE_COUNT] = {FM_EACH_DTYPE(ENTRY)};
