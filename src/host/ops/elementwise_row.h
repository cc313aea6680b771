/* Texts of the elementwise rows, made from the letters in their .def files. */
#ifndef FM_OPS_ELEMENTWISE_ROW_H
#define FM_OPS_ELEMENTWISE_ROW_H

#include "ops/loops.h"

/* The kinds of dtype a row takes, as text: each word where its letter is not N. */
#define FM_DTYPES(b, i, f, c)                                                                      \
    &(FM_WORD_##b(" bool") FM_WORD_##i(" int") FM_WORD_##f(" float") FM_WORD_##c(" complex"))[1]
#define FM_WORD_N(word) ""
#define FM_WORD_S(word) word
#define FM_WORD_P(word) word
#define FM_WORD_R(word) word
#define FM_WORD_H(word) word
#define FM_WORD_U(word) word
#define FM_WORD_D(word) word

#endif
