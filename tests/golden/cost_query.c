/* Answers cost questions given as JSON lines: a formula by name, or a rule by op and shapes.

   {"formula": "svd", "args": [256, 256], "kwargs": {"k": 10}}
   {"rule": "matmul", "op": "matmul", "shapes": [[2, 3], [3, 4]], "axes": [..], "n": 1, "text":
   ".."}

   Both take "model" and "weights" (false: all weigh 1). One line out for each: {"flops": 20} or
   {"error": text, "status": name}. */
#include <flopmeter/cost.h>

#include "cost/einsum.h"
#include "cost/model.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHAPES = 64, INTS = 2048 };

/* The lists of one question. */
typedef struct lists {
    int64_t ints[INTS];
    int used;
} lists;

static fm_extents read_shape(const cJSON *list, lists *store) {
    fm_extents shape = {0, store->ints + store->used};
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        if (store->used == INTS) break;
        store->ints[store->used++] = (int64_t)item->valuedouble;
        shape.ndim++;
    }
    return shape;
}

static void set_argument(const char *name, const cJSON *item, lists *store, fm_argument *out) {
    fm_value *value = &out->value;
    *out = (fm_argument){.name = name};
    if (cJSON_IsArray(item)) {
        fm_extents shape = read_shape(item, store);
        *value = (fm_value){.kind = FM_VALUE_INTS, .count = (uint32_t)shape.ndim};
        value->as.ints = shape.dims;
    } else if (cJSON_IsString(item)) {
        *value = (fm_value){.kind = FM_VALUE_STRING, .as.string = item->valuestring};
    } else if (cJSON_IsBool(item)) {
        *value = (fm_value){.kind = FM_VALUE_BOOL, .as.i = cJSON_IsTrue(item)};
    } else if (cJSON_IsNumber(item)) {
        *value = (fm_value){.kind = FM_VALUE_INT, .as.i = (int64_t)item->valuedouble};
    } else {
        *value = (fm_value){.kind = FM_VALUE_NONE};
    }
}

static const char *text_of(const cJSON *question, const char *key, const char *otherwise) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(question, key);
    return cJSON_IsString(item) ? item->valuestring : otherwise;
}

static bool weights_on(const cJSON *question) {
    return !cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(question, "weights"));
}

static fm_status ask_formula(const cJSON *question, uint64_t *flops, fm_error *error) {
    lists store = {.used = 0};
    fm_argument arguments[SHAPES];
    size_t count = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(question, "args")) {
        if (count < SHAPES) set_argument(NULL, item, &store, &arguments[count++]);
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(question, "kwargs")) {
        if (count < SHAPES) set_argument(item->string, item, &store, &arguments[count++]);
    }
    fm_cost_options options = FM_COST_OPTIONS_INIT;
    options.cost_model = text_of(question, "model", "flopscope-0.4");
    options.weights = weights_on(question) ? 1 : -1;
    fm_cost_answer answer;
    fm_status status =
        fm_cost(&options, text_of(question, "formula", ""), arguments, count, &answer, error);
    if (status == FM_OK) *flops = answer.flops;
    return status;
}

/* A question about a rule. */
typedef struct ruling {
    const char *op, *text;
    int nshapes;
    fm_extents shape[SHAPES], axes[2];
    fm_u128 n;
    fm_work work;
} ruling;

static fm_axis_set set_of(fm_extents axes) {
    fm_axis_set set = 0;
    for (int i = 0; i < axes.ndim; i++) set |= (fm_axis_set)1 << axes.dims[i];
    return set;
}

typedef fm_status (*on_shape)(fm_work *, const char *, fm_extents);
typedef fm_status (*on_pair)(fm_work *, const char *, fm_extents, fm_extents);

static const struct {
    const char *name;
    on_shape shape;
    on_pair pair;
} plain_rules[] = {
    {"elementwise", fm_cost_elementwise, NULL},
    {"elements", fm_cost_elements, NULL},
    {"where", NULL, fm_cost_where},
    {"clip", NULL, fm_cost_clip},
    {"matmul", NULL, fm_cost_matmul},
    {"dot", NULL, fm_cost_dot},
    {"inner", NULL, fm_cost_inner},
    {"outer", NULL, fm_cost_outer},
    {"kron", NULL, fm_cost_kron},
    {"vdot", NULL, fm_cost_vdot},
    {"vecdot", NULL, fm_cost_vecdot},
    {"matvec", NULL, fm_cost_matvec},
    {"vecmat", NULL, fm_cost_vecmat},
    {"cross", NULL, fm_cost_cross},
};

static fm_status apply_rule(const char *rule, ruling *r, fm_error *error) {
    for (size_t i = 0; i < sizeof plain_rules / sizeof plain_rules[0]; i++) {
        if (strcmp(plain_rules[i].name, rule) != 0) continue;
        return plain_rules[i].shape != NULL
                   ? plain_rules[i].shape(&r->work, r->op, r->shape[0])
                   : plain_rules[i].pair(&r->work, r->op, r->shape[0], r->shape[1]);
    }
    if (strcmp(rule, "free") == 0) return fm_cost_free(&r->work, r->op);
    if (strcmp(rule, "units") == 0) return fm_cost_units(&r->work, r->op, r->n);
    if (strcmp(rule, "shuffle") == 0) return fm_cost_shuffle(&r->work, r->op, r->n);
    if (strcmp(rule, "sort") == 0)
        return fm_cost_sort(&r->work, r->op, r->n, (fm_u128)r->axes[0].dims[0]);
    if (strcmp(rule, "create") == 0 || strcmp(rule, "create_floor") == 0)
        return fm_cost_create(&r->work, r->op, r->shape[0], rule[6] != '\0');
    if (strcmp(rule, "reduce") == 0)
        return fm_cost_reduce(&r->work, r->op, r->shape[0], NULL, set_of(r->axes[0]));
    if (strcmp(rule, "mean") == 0)
        return fm_cost_mean(&r->work, r->op, r->shape[0], NULL, set_of(r->axes[0]));
    if (strcmp(rule, "order") == 0) return fm_cost_order(&r->work, r->op, r->shape[0], NULL, 0);
    if (strcmp(rule, "tensordot") == 0)
        return fm_cost_tensordot(&r->work, r->op, r->shape[0], r->shape[1], r->axes[0].ndim,
                                 r->axes[0].dims, r->axes[1].dims);
    if (strcmp(rule, "einsum") == 0)
        return fm_cost_einsum(&r->work, r->op, r->text, r->nshapes, r->shape, error);
    return FM_ERR_NOT_FOUND;
}

static fm_status ask_rule(const cJSON *question, uint64_t *flops, fm_error *error) {
    lists store = {.used = 0};
    static ruling r;
    const fm_cost_model *model;
    fm_weights *unit = NULL;
    int naxes = 0;
    const cJSON *item;
    r = (ruling){.op = text_of(question, "op", ""), .text = text_of(question, "text", "")};
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(question, "shapes")) {
        if (r.nshapes < SHAPES) r.shape[r.nshapes++] = read_shape(item, &store);
    }
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(question, "axes")) {
        if (naxes < 2) r.axes[naxes++] = read_shape(item, &store);
    }
    item = cJSON_GetObjectItemCaseSensitive(question, "n");
    r.n = cJSON_IsNumber(item) ? (fm_u128)item->valuedouble : 0;
    fm_status status =
        fm_cost_model_find(text_of(question, "model", "flopscope-0.4"), &model, error);
    if (status != FM_OK) return status;
    fm_work_begin(&r.work, model->faults);
    status = apply_rule(text_of(question, "rule", ""), &r, error);
    if (status == FM_OK && !weights_on(question)) status = fm_weights_make_unit(&unit);
    if (status == FM_OK) status = fm_cost_apply(model, unit, 1.0, &r.work, flops, NULL);
    fm_weights_free(unit);
    return status;
}

static void answer(const char *line) {
    fm_error error = {0};
    uint64_t flops = 0;
    cJSON *question = cJSON_Parse(line);
    fm_status status = FM_ERR_FORMAT;
    if (cJSON_HasObjectItem(question, "formula"))
        status = ask_formula(question, &flops, &error);
    else if (cJSON_HasObjectItem(question, "rule"))
        status = ask_rule(question, &flops, &error);
    if (status == FM_OK) {
        printf("{\"flops\": %" PRIu64 "}\n", flops);
    } else {
        cJSON *reply = cJSON_CreateObject();
        cJSON_AddStringToObject(reply, "error", error.message);
        cJSON_AddStringToObject(reply, "status", fm_status_name(status));
        char *text = cJSON_PrintUnformatted(reply);
        puts(text != NULL ? text : "{}");
        cJSON_free(text);
        cJSON_Delete(reply);
    }
    cJSON_Delete(question);
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) answer(line);
    free(line);
    return 0;
}
