/* What a fuzz target gives: the function that takes any bytes, and inputs to begin with. With
   -fsanitize=fuzzer libFuzzer drives it, otherwise driver.c. */
#ifndef FM_TESTS_FUZZ_H
#define FM_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Texts to mutate, ended by NULL; files given to the program come on top. */
extern const char *const fuzz_seeds[];

#endif
