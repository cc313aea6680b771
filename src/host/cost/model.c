/* The table of cost models, and what each makes of a work vector. */
#include "cost/model.h"

#include "core/detail.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const fm_cost_model models[] = {
    {.name = "textbook",
     .version = "1",
     .rule = "(products + adds + units) * weight: a multiply-accumulate is 2",
     .alias_weights = true,
     .weighted = true},
    {.name = "flopscope-0.4",
     .version = "0.4.3",
     .rule = "(products + adds - outputs + units) * weight, with flopscope 0.4.3's faults",
     .faults = true,
     .less_outputs = true,
     .weighted = true,
     .rounds = true},
    {.name = "torch",
     .version = "1",
     .rule = "2 * multiply-accumulates of matrix products; all else is 0",
     .matrix_only = true},
};

enum { MODEL_COUNT = (int)(sizeof models / sizeof models[0]) };

const fm_cost_model *fm_cost_model_at(int index) {
    return index >= 0 && index < MODEL_COUNT ? &models[index] : NULL;
}

fm_status fm_cost_model_find(const char *name, const fm_cost_model **model, fm_error *error) {
    FM_CHECK(name != NULL, error, FM_ERR_ARGUMENT, "cost model: no name");
    char known[256] = "";
    size_t used = 0;
    for (int i = 0; i < MODEL_COUNT; i++) {
        if (strcmp(models[i].name, name) == 0) {
            *model = &models[i];
            return FM_OK;
        }
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                                 models[i].name);
    }
    return fm_fail(error, FM_ERR_NOT_FOUND, "cost model '%.64s' is unknown; known are %s", name,
                   known);
}

/* The model's count of one part before weights; negative sums are 0. */
static bool part_count(const fm_cost_model *model, const fm_work_part *part, fm_u128 *out) {
    if (model->matrix_only) return fm_u128_mul(part->torch_mac, 2, out);
    fm_u128 sum;
    if (!fm_u128_add(part->products, part->adds, &sum) || !fm_u128_add(sum, part->units, &sum))
        return false;
    *out = model->less_outputs ? fm_u128_minus_or_zero(sum, part->outs) : sum;
    return true;
}

static bool whole(double a) {
    return a < 0x1p53 && a == floor(a);
}

/* The integer part of count * multiplier * weight. */
static bool weigh(const fm_cost_model *model, fm_u128 count, double multiplier, double weight,
                  uint64_t *flops) {
    fm_u128 product;
    if (!model->rounds && whole(multiplier) && whole(weight))
        return fm_u128_mul(count, (fm_u128)multiplier, &product) &&
               fm_u128_mul(product, (fm_u128)weight, &product) && fm_u128_narrow(product, flops);
    double charged = (double)count * multiplier * weight;
    if (!(charged < 0x1p64)) return false;
    *flops = (uint64_t)charged;
    return true;
}

fm_status fm_cost_apply(const fm_cost_model *model, const fm_weights *weights, double multiplier,
                        const fm_work *work, uint64_t *flops, fm_work_report *report) {
    if (!(multiplier >= 0) || !isfinite(multiplier)) return FM_ERR_ARGUMENT;
    fm_u128 total = 0;
    for (int i = 0; i < work->nparts; i++) {
        const fm_work_part *part = &work->part[i];
        double weight =
            model->weighted ? fm_weights_of(weights, model->alias_weights, part->op) : 1.0;
        fm_u128 count;
        uint64_t charged;
        if (!part_count(model, part, &count) || !weigh(model, count, multiplier, weight, &charged))
            return FM_ERR_OVERFLOW;
        total += charged;
        if (report != NULL)
            report->part[i] =
                (fm_work_part_report){.op = part->op, .weight = weight, .flops = charged};
    }
    uint64_t sum;
    if (!fm_u128_narrow(total, &sum)) return FM_ERR_OVERFLOW;
    *flops = sum;
    if (report != NULL) {
        report->nparts = work->nparts;
        report->flops = sum;
    }
    return FM_OK;
}
