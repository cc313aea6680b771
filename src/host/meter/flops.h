/* FLOP counts as text. */
#ifndef FM_METER_FLOPS_H
#define FM_METER_FLOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads "250000", "1e15" or "2.5e6": a decimal number that is a whole one from 1 to 2^64 - 1, taken
   exactly. False, *flops untouched: anything else. */
bool fm_flops_parse(const char *text, uint64_t *flops);

enum { FM_FLOPS_TEXT = 27 }; /* 20 digits, 6 commas, the end */

/* Writes 6231041 as "6,231,041" and returns buffer. */
const char *fm_flops_format(uint64_t flops, char buffer[FM_FLOPS_TEXT]);

#endif
