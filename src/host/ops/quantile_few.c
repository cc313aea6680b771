/* One short line for medians and quantiles, put in order where its elements lie. */
#include "ops/quantile.h"

bool fm_lines_few(fm_program *p, const fm_lines *l, fm_few *few) {
    double given[FM_FEW];
    if (p->status != FM_OK || !fm_program_is_host(p) || l->count != 1 || l->n < 1 ||
        l->n > FM_FEW || l->lines->layout->dtype != FM_FLOAT64)
        return false;
    fm_program_read(p, l->lines, given);
    few->n = l->n;
    few->valid = 0;
    for (int64_t i = 0; i < l->n; i++) {
        int64_t at = few->valid;
        if (given[i] != given[i]) continue;
        for (; at > 0 && few->x[at - 1] > given[i]; at--) few->x[at] = few->x[at - 1];
        few->x[at] = given[i];
        few->valid++;
    }
    for (int64_t i = 0, at = few->valid; i < l->n; i++)
        if (given[i] != given[i]) few->x[at++] = given[i];
    return p->status == FM_OK;
}

fm_tensor *fm_few_result(fm_program *p, const fm_lines *l, double value) {
    return fm_program_from(p, FM_FLOAT64, l->nkept, l->kept, &value);
}
