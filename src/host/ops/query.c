/* Rows that answer questions about dtypes and shapes. */
#include "ops/program.h"

const fm_row_table fm_rows_query = {NULL, 0};
