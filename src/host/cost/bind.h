/* Binding a formula's arguments: values and command-line words to its parameters. */
#ifndef FM_COST_BIND_H
#define FM_COST_BIND_H

#include <flopmeter/cost.h>

#include "cost/formulas.h"

enum { FM_BIND_SHAPES = 64, FM_BIND_INTS = 1024 };

/* A bound call. Shapes borrow the caller's lists or the single integers kept here. */
typedef struct fm_formula_call {
    fm_formula_arg arg[FM_FORMULA_PARAMS];
    fm_extents shapes[FM_BIND_SHAPES];
    int64_t single[FM_BIND_SHAPES + FM_FORMULA_PARAMS];
    int nsingle;
} fm_formula_call;

FM_MUST_CHECK fm_status fm_formula_bind(const fm_formula *row, const fm_argument *arguments,
                                        size_t narguments, fm_formula_call *out, fm_error *error);

/* Words as arguments; names and lists are kept here. */
typedef struct fm_formula_words {
    size_t count;
    fm_argument argument[FM_BIND_SHAPES];
    int64_t ints[FM_BIND_INTS];
    int nints;
} fm_formula_words;

FM_MUST_CHECK fm_status fm_formula_read_words(const fm_formula *row, const char *const *words,
                                              size_t nwords, fm_formula_words *out,
                                              fm_error *error);

#endif
