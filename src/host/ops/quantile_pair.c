/* Two neighbouring elements in the order of each line: one selection and a minimum, where a
   selection for each would go over the line twice. */
#include "ops/quantile.h"

bool fm_lines_pair(fm_program *p, const fm_lines *l, int64_t first, int64_t second, bool skip,
                   fm_tensor *pair[2]) {
    const int64_t last = l->nkept, rest = l->n - first - 1;
    if (second < first || second > first + 1 || fm_dtype_kind(l->lines->layout->dtype) == 'c')
        return false;
    fm_tensor *parted = FM_DO(p, "partition", V_T(l->lines), V_I(first), V_I(-1));
    pair[0] = pair[1] = fm_sort_slice(p, parted, l->nkept, first, 1);
    if (second == first) return true;
    fm_tensor *above = fm_sort_slice(p, parted, l->nkept, second, rest);
    pair[1] = skip ? FM_DO(p, "nanmin", V_T(above), V_INTS(&last, 1), V_B(true))
                   : FM_DO(p, "min", V_T(above), V_INTS(&last, 1), V_B(true));
    return true;
}

fm_tensor *fm_lines_max(fm_program *p, const fm_lines *l) {
    const int64_t last = l->nkept;
    return FM_DO(p, "max", V_T(l->lines), V_INTS(&last, 1));
}
