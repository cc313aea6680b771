/* Rows of densities, distribution functions and their inverses. */
#include "ops/program.h"

const fm_row_table fm_rows_special = {NULL, 0};
