/* Rows that join, split, repeat, pad and create. */
#include "ops/program.h"

const fm_row_table fm_rows_shaping = {NULL, 0};
