/* Rows that gather, scatter and select elements. */
#include "ops/program.h"

const fm_row_table fm_rows_index = {NULL, 0};
