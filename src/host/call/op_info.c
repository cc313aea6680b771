/* The rows of the operations as the public contract shows them. */
#include "ops/row.h"

#include <flopmeter/registry.h>

_Static_assert(FM_MAX_PARAMS == sizeof((fm_op_info *)0)->param / sizeof(const char *),
               "fm_op_info has room for every parameter of a row");

int fm_op_count(void) {
    int count = 0;
    for (int family = 0; family < FM_FAMILY_COUNT; family++) count += fm_row_tables(family)->count;
    return count;
}

/* The row at that place of all families, one after the other. */
static const fm_row *row_at(int index) {
    for (int family = 0; family < FM_FAMILY_COUNT && index >= 0; family++) {
        const fm_row_table *table = fm_row_tables(family);
        if (index < table->count) return &table->rows[index];
        index -= table->count;
    }
    return NULL;
}

static fm_status describe(const fm_row *row, fm_op_info *info) {
    if (!row) return FM_ERR_NOT_FOUND;
    *info = (fm_op_info){.name = row->name,
                         .formula = row->formula,
                         .dtypes = row->dtypes,
                         .meaning = row->meaning,
                         .ulp = row->ulp,
                         .outputs = row->nout,
                         .nparams = row->nparams};
    for (int p = 0; p < row->nparams; p++) {
        info->param[p] = row->params[p].name;
        info->required[p] = (row->params[p].flags & FM_PARAM_REQUIRED) != 0;
        info->in_place[p] = (row->params[p].flags & FM_PARAM_IN_PLACE) != 0;
    }
    return FM_OK;
}

fm_status fm_op_info_at(int index, fm_op_info *info) {
    return describe(row_at(index), info);
}

fm_status fm_op_info_find(const char *name, fm_op_info *info) {
    return describe(name ? fm_row_find(name) : NULL, info);
}
