/* Rows of polynomials. */
#include "ops/program.h"

const fm_row_table fm_rows_polynomial = {NULL, 0};
