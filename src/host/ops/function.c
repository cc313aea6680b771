/* Rows that take a function. */
#include "ops/program.h"

const fm_row_table fm_rows_function = {NULL, 0};
