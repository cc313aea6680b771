/* The accounting formulas: one row each, read by calls by name and by the documentation. */
#ifndef FM_COST_FORMULAS_H
#define FM_COST_FORMULAS_H

#include "cost/rules.h"

/* What a parameter takes. */
typedef enum fm_formula_kind {
    FM_FORMULA_COUNT = 1, /* an integer of at least 0 */
    FM_FORMULA_INTEGER,   /* any integer */
    FM_FORMULA_FLAG,      /* false, true or an integer */
    FM_FORMULA_TEXT,
    FM_FORMULA_SHAPE,  /* extents of at least 0; one integer is one axis */
    FM_FORMULA_SHAPES, /* the rest of the positional arguments, each a shape; the last parameter */
    FM_FORMULA_AXES,   /* integers, negative ones too */
    FM_FORMULA_ORDER   /* of a norm: a number, "inf", "-inf", "fro" or "nuc" */
} fm_formula_kind;

/* A parameter; otherwise is the default as text, NULL where it is required. */
typedef struct fm_formula_param {
    const char *name;
    fm_formula_kind kind;
    const char *otherwise;
} fm_formula_param;

/* An argument after binding. */
typedef struct fm_formula_arg {
    bool none; /* None, given or by default */
    int64_t integer;
    double number;
    const char *text; /* NULL for a number where a norm's order is one */
    fm_extents shape;
    const fm_extents *shapes;
    int nshapes;
} fm_formula_arg;

enum { FM_FORMULA_PARAMS = 5 };

typedef struct fm_formula {
    const char *name, *op, *formula;
    fm_formula_param param[FM_FORMULA_PARAMS];
    /* Adds the work; work->faults as for rules. Errors name the row and the parameter. */
    fm_status (*cost)(const struct fm_formula *row, const fm_formula_arg *args, fm_work *work,
                      fm_error *error);
} fm_formula;

/* Tables of one subject each, closed by a row without a name. */
extern const fm_formula fm_formulas_general[];
extern const fm_formula fm_formulas_linalg[];
extern const fm_formula fm_formulas_norms[];
extern const fm_formula fm_formulas_chains[];
extern const fm_formula fm_formulas_fft[];
extern const fm_formula fm_formulas_series[];

/* The row at that position of the tables in turn; NULL past the last. */
const fm_formula *fm_formula_at(int index);

/* The row of that name, with or without "_cost", of that op, or with "accounting." before it. */
FM_MUST_CHECK fm_status fm_formula_find(const char *name, const fm_formula **out, fm_error *error);

#define FM_FORMULA_FN(name)                                                                        \
    static fm_status name(const fm_formula *row, const fm_formula_arg *args, fm_work *work,        \
                          fm_error *error)

/* out = a * b and out = a * b * c; false where it does not fit. */
static inline bool fm_formula_product(fm_u128 a, fm_u128 b, fm_u128 c, fm_u128 *out) {
    return fm_u128_mul(a, b, out) && fm_u128_mul(*out, c, out);
}

#endif
