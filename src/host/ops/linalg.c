/* Rows of linear algebra. */
#include "ops/program.h"

const fm_row_table fm_rows_linalg = {NULL, 0};
