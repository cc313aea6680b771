/* Rows of convolutions, differences, windows and interpolation. */
#include "ops/program.h"

const fm_row_table fm_rows_signal = {NULL, 0};
