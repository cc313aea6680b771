/* Elementwise rows beside the tables of unary, binary and ternary ones. */
#include "ops/program.h"

const fm_row_table fm_rows_extra = {NULL, 0};
