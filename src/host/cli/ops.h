/* How operations are shown, in a list and one by one. */
#ifndef FM_CLI_OPS_H
#define FM_CLI_OPS_H

#include "cli/cli.h"
#include "io/json_out.h"

/* What stands before the first dot, "numpy" where there is none. Returns module. */
const char *cli_op_module(const char *name, char module[32]);
const char *cli_op_backends(const fm_op_info *info);
/* The kinds of values behind the bits, "tensor or None". Returns text. */
const char *cli_op_takes(uint32_t takes, char *text, size_t size);

void cli_put_op(fm_json_writer *json, const fm_op_info *info);
void cli_put_blocked(fm_json_writer *json, const fm_blocked_info *info);

#endif
