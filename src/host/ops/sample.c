/* Rows that sample distributions. */
#include "ops/program.h"

const fm_row_table fm_rows_sample = {NULL, 0};
