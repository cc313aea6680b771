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

fm_status fm_op_info_at(int index, fm_op_info *info) {
    const fm_row *row = row_at(index);
    if (!row) return FM_ERR_NOT_FOUND;
    *info = (fm_op_info){row->name, row->formula, row->dtypes, row->meaning, row->ulp,
                         row->nout, row->nparams, {NULL},      {false}};
    for (int p = 0; p < row->nparams; p++) {
        info->param[p] = row->params[p].name;
        info->required[p] = (row->params[p].flags & FM_PARAM_REQUIRED) != 0;
    }
    return FM_OK;
}
