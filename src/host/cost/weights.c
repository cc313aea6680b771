/* Looking up weights: overrides, the packaged table, methods and aliases. */
#include "cost/weights.h"

#include "cost/weights_own.h"

#include <stdlib.h>
#include <string.h>

/* Names without a weight of their own, and the op that each is another name of. */
static const struct {
    const char *alias, *op;
} aliases_of[] = {
    {"absolute", "abs"},
    {"acos", "arccos"},
    {"acosh", "arccosh"},
    {"amax", "max"},
    {"amin", "min"},
    {"around", "rint"},
    {"asin", "arcsin"},
    {"asinh", "arcsinh"},
    {"atan", "arctan"},
    {"atan2", "arctan2"},
    {"atanh", "arctanh"},
    {"divmod", "floor_divide"},
    {"fix", "trunc"},
    {"pow", "power"},
    {"random.ranf", "random.random_sample"},
    {"random.sample", "random.random_sample"},
    {"round", "rint"},
    {"trapz", "trapezoid"},
};

static int compare_row(const void *key, const void *row) {
    return strcmp(key, ((const fm_weight_row *)row)->op);
}

static const fm_weight_row *find(const fm_weight_row *rows, size_t count, const char *op) {
    return count > 0 ? bsearch(op, rows, count, sizeof *rows, compare_row) : NULL;
}

/* The weight set for exactly that name: an override before the packaged one. */
static const fm_weight_row *find_set(const fm_weights *weights, const char *op) {
    const fm_weight_row *row = NULL;
    if (weights != NULL) row = find(weights->rows, weights->count, op);
    return row != NULL ? row : find(fm_weights_packaged, fm_weights_packaged_count, op);
}

/* random.<method> for a method of Generator or RandomState; false for any other name. */
static bool legacy_name(const char *op, char *name, size_t size) {
    static const char *const classes[] = {"random.Generator.", "random.RandomState."};
    static const char prefix[] = "random.";
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        size_t length = strlen(classes[i]);
        if (strncmp(op, classes[i], length) != 0) continue;
        const char *method = op + length;
        if (strcmp(method, "integers") == 0) method = "randint";
        if (strcmp(method, "random") == 0) method = "random_sample";
        if (sizeof prefix + strlen(method) > size) return false;
        memcpy(name, prefix, sizeof prefix - 1);
        memcpy(name + sizeof prefix - 1, method, strlen(method) + 1);
        return true;
    }
    return false;
}

double fm_weights_of(const fm_weights *weights, bool aliases, const char *op) {
    if (weights != NULL && weights->unit) return 1.0;
    const fm_weight_row *row = find_set(weights, op);
    char name[64];
    if (row == NULL && legacy_name(op, name, sizeof name)) row = find_set(weights, name);
    for (size_t i = 0; row == NULL && aliases && i < sizeof aliases_of / sizeof aliases_of[0]; i++)
        if (strcmp(aliases_of[i].alias, op) == 0) row = find_set(weights, aliases_of[i].op);
    return row != NULL ? row->weight : 1.0;
}

fm_status fm_weights_make_unit(fm_weights **out) {
    fm_weights *weights = calloc(1, sizeof *weights);
    if (weights == NULL) return FM_ERR_MEMORY;
    weights->unit = true;
    *out = weights;
    return FM_OK;
}

const fm_weights *fm_weights_off(void) {
    static const fm_weights unit = {.unit = true};
    return &unit;
}

void fm_weights_free(fm_weights *weights) {
    if (weights == NULL) return;
    for (size_t i = 0; i < weights->count; i++) free(weights->names[i]);
    free(weights->names);
    free(weights->rows);
    free(weights);
}
