/* Rows that sort, search, count and compare as sets. */
#include "ops/program.h"

const fm_row_table fm_rows_sort = {NULL, 0};
