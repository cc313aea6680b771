/* Rows of discrete Fourier transforms. */
#include "ops/program.h"

const fm_row_table fm_rows_fft = {NULL, 0};
