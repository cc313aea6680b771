/* Questions about costs that need no context and no tensors: the cost models, and the accounting
   formulas by name over integers and shapes. */
#ifndef FLOPMETER_COST_H
#define FLOPMETER_COST_H

#include <flopmeter/call.h>

FM_BEGIN_DECLS

/* A cost model as reports print it; the texts are static. */
typedef struct fm_cost_model_info {
    const char *name;    /* "textbook" */
    const char *version; /* of its rules */
    const char *rule;    /* in one line */
} fm_cost_model_info;

/* The model at index, 0 being the default; FM_ERR_NOT_FOUND, *info untouched, past the last. */
FM_API FM_MUST_CHECK fm_status fm_cost_model_info_at(int index, fm_cost_model_info *info);

/* Start from FM_COST_OPTIONS_INIT. Zero or NULL fields mean: the environment variable named, else
   the library's default. */
typedef struct fm_cost_options {
    size_t size;              /* sizeof(fm_cost_options) */
    const char *cost_model;   /* FLOPMETER_COST_MODEL, else "textbook" */
    const char *weights_file; /* FLOPMETER_WEIGHTS_FILE, else the packaged weights */
    int weights;              /* 0: FLOPMETER_DISABLE_WEIGHTS decides, else on; 1 on; -1 off */
} fm_cost_options;

#define FM_COST_OPTIONS_INIT                                                                       \
    { sizeof(fm_cost_options), NULL, NULL, 0 }

/* What the formula of that name gives: "svd", "svd_cost" and "linalg.svd" are one. Arguments are
   positional, then named, as the formula's row lists them: integers (FM_VALUE_INT), shapes and axes
   (FM_VALUE_INTS, or one integer), flags, texts and None; a parameter of several shapes takes every
   positional argument from its own on. options may be NULL. answer has no outputs and no bytes; its
   parts carry what each named primitive comes to.

       einsum("ij,jk->ik", (256, 256), (256, 256))  33554432 in the textbook
       svd(256, 256, k=10)                           2621440

   FM_ERR_NOT_FOUND: no such formula, parameter or model, with those that there are;
   FM_ERR_ARGUMENT and FM_ERR_SHAPE: the message names formula, parameter and value;
   FM_ERR_OVERFLOW: the cost is beyond 64 bits. Nothing is charged; *answer is untouched on failure;
   error may be NULL. */
FM_API FM_MUST_CHECK fm_status fm_cost(const fm_cost_options *options, const char *name,
                                       const fm_argument *arguments, size_t narguments,
                                       fm_cost_answer *answer, fm_error *error);

/* As fm_cost with arguments as a command line has them: shapes as "256,256", "()" for no axis,
   "None", and named ones as "--k", "10" or "--k=10". */
FM_API FM_MUST_CHECK fm_status fm_cost_words(const fm_cost_options *options, const char *name,
                                             const char *const *words, size_t nwords,
                                             fm_cost_answer *answer, fm_error *error);

/* A formula as documentation prints it; the texts are static. */
typedef struct fm_cost_formula_info {
    const char *name;    /* "svd" */
    const char *op;      /* whose weight applies, "linalg.svd"; "" where an argument names it */
    const char *formula; /* of the unit cost in the textbook, "m*n*k" */
    int nparams;         /* their names and defaults: "k", "None"; default "" where required */
    const char *param[5], *otherwise[5];
} fm_cost_formula_info;

/* The formula at index, from 0; FM_ERR_NOT_FOUND, *info untouched, past the last. */
FM_API FM_MUST_CHECK fm_status fm_cost_formula_info_at(int index, fm_cost_formula_info *info);

FM_END_DECLS
#endif
