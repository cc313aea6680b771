/* The public questions: models, formulas, and what a formula gives for bound arguments. */
#include "cost/bind.h"

#include "cost/model.h"
#include "cost/query.h"

#include "core/detail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

fm_status fm_cost_model_info_at(int index, fm_cost_model_info *info) {
    const fm_cost_model *model = fm_cost_model_at(index);
    if (model == NULL) return FM_ERR_NOT_FOUND;
    *info = (fm_cost_model_info){model->name, model->version, model->rule};
    return FM_OK;
}

fm_status fm_cost_formula_info_at(int index, fm_cost_formula_info *info) {
    const fm_formula *row = fm_formula_at(index);
    if (row == NULL) return FM_ERR_NOT_FOUND;
    *info = (fm_cost_formula_info){.name = row->name, .op = row->op, .formula = row->formula};
    for (int i = 0; i < FM_FORMULA_PARAMS && row->param[i].name != NULL; i++) {
        info->param[i] = row->param[i].name;
        info->otherwise[i] = row->param[i].otherwise != NULL ? row->param[i].otherwise : "";
        info->nparams = i + 1;
    }
    return FM_OK;
}

/* The options' model, else the environment's, else the default. */
static fm_status choose_model(const fm_cost_options *options, const fm_cost_model **model,
                              fm_error *error) {
    const char *name = options->cost_model;
    if (name == NULL) name = getenv("FLOPMETER_COST_MODEL");
    if (name == NULL || *name == '\0') name = fm_cost_model_at(0)->name;
    return fm_cost_model_find(name, model, error);
}

/* Multiply-add pairs of a work vector without faults; 0 for a call that only 0.4.3 takes. */
static fm_status count_pairs(fm_work_function fill, const void *user, uint64_t *macs) {
    fm_work work;
    fm_u128 pairs = 0;
    fm_work_begin(&work, false);
    fm_status status = fill(user, &work, NULL);
    if (status == FM_ERR_OVERFLOW || status == FM_ERR_MEMORY) return status;
    for (int i = 0; i < work.nparts && status == FM_OK; i++) {
        const fm_work_part *part = &work.part[i];
        if (!fm_u128_add(pairs, part->products < part->adds ? part->products : part->adds, &pairs))
            return FM_ERR_OVERFLOW;
    }
    return fm_u128_narrow(pairs, macs) ? FM_OK : FM_ERR_OVERFLOW;
}

static void fill_answer(const fm_work_report *report, uint64_t unit_flops, uint64_t macs,
                        fm_cost_answer *answer) {
    memset(answer, 0, sizeof *answer);
    answer->flops = report->flops;
    answer->unit_flops = unit_flops;
    answer->macs = macs;
    answer->nparts = report->nparts;
    for (int i = 0; i < report->nparts; i++) {
        snprintf(answer->part[i].op, sizeof answer->part[i].op, "%s", report->part[i].op);
        answer->part[i].weight = report->part[i].weight;
        answer->part[i].flops = report->part[i].flops;
    }
}

static fm_status apply(const fm_cost_options *options, fm_work_function fill, const void *user,
                       fm_cost_answer *answer, fm_error *error) {
    const fm_cost_model *model;
    fm_weights *weights = NULL;
    fm_work work;
    fm_work_report report;
    uint64_t flops, unit_flops, macs;
    FM_TRY(choose_model(options, &model, error));
    fm_work_begin(&work, model->faults);
    FM_TRY(fill(user, &work, error));
    FM_TRY(count_pairs(fill, user, &macs));
    FM_TRY(fm_weights_resolve(options->weights, options->weights_file, &weights, error));
    fm_status status = fm_cost_apply(model, weights, 1.0, &work, &flops, &report);
    fm_weights_free(weights);
    if (status == FM_OK)
        status = fm_cost_apply(model, fm_weights_off(), 1.0, &work, &unit_flops, NULL);
    if (status == FM_OK) fill_answer(&report, unit_flops, macs, answer);
    return status;
}

/* Fills in the line of a failure that has none yet: a cost too large. */
static fm_status explain(const fm_formula *row, fm_status status, fm_error *error) {
    if (status == FM_OK || error == NULL || error->message[0] != '\0') return status;
    return fm_fail_op(error, status, row->name, 0, "%s", fm_status_text(status));
}

/* The options with the fields that the caller's size has, else the defaults. */
static fm_cost_options read_options(const fm_cost_options *options) {
    fm_cost_options known = FM_COST_OPTIONS_INIT;
    if (options != NULL)
        memcpy(&known, options, options->size < sizeof known ? options->size : sizeof known);
    return known;
}

fm_status fm_cost_answer_of(const fm_cost_options *options, fm_work_function fill, const void *user,
                            fm_cost_answer *answer, fm_error *error) {
    fm_cost_options known = read_options(options);
    return apply(&known, fill, user, answer, error);
}

/* A formula with its arguments. */
typedef struct bound_formula {
    const fm_formula *row;
    const fm_formula_arg *args;
} bound_formula;

static fm_status formula_work(const void *user, fm_work *work, fm_error *error) {
    const bound_formula *bound = user;
    return bound->row->cost(bound->row, bound->args, work, error);
}

fm_status fm_cost(const fm_cost_options *options, const char *name, const fm_argument *arguments,
                  size_t narguments, fm_cost_answer *answer, fm_error *error) {
    fm_cost_options known = read_options(options);
    fm_error unwanted;
    if (error == NULL) error = &unwanted;
    fm_error_clear(error);
    const fm_formula *row;
    FM_TRY(fm_formula_find(name, &row, error));
    fm_formula_call call;
    FM_TRY(fm_formula_bind(row, arguments, narguments, &call, error));
    bound_formula bound = {row, call.arg};
    return explain(row, apply(&known, formula_work, &bound, answer, error), error);
}

fm_status fm_cost_words(const fm_cost_options *options, const char *name, const char *const *words,
                        size_t nwords, fm_cost_answer *answer, fm_error *error) {
    fm_error unwanted;
    if (error == NULL) error = &unwanted;
    fm_error_clear(error);
    const fm_formula *row;
    FM_TRY(fm_formula_find(name, &row, error));
    fm_formula_words read;
    FM_TRY(fm_formula_read_words(row, words, nwords, &read, error));
    return fm_cost(options, name, read.argument, read.count, answer, error);
}
