/* The tables of formulas as one list, and finding a row by name. */
#include "cost/formulas.h"

#include "core/detail.h"

#include <stdio.h>
#include <string.h>

static const fm_formula *const tables[] = {fm_formulas_general, fm_formulas_linalg,
                                           fm_formulas_norms,   fm_formulas_chains,
                                           fm_formulas_fft,     fm_formulas_series};

const fm_formula *fm_formula_at(int index) {
    for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++)
        for (const fm_formula *row = tables[t]; row->name != NULL; row++)
            if (index-- == 0) return row;
    return NULL;
}

/* Whether name is that of the row: its own, with "_cost", or its op's. */
static bool names(const fm_formula *row, const char *name) {
    size_t length = strlen(row->name);
    if (strncmp(name, row->name, length) == 0 &&
        (name[length] == '\0' || strcmp(name + length, "_cost") == 0))
        return true;
    return row->op[0] != '\0' && strcmp(name, row->op) == 0;
}

fm_status fm_formula_find(const char *name, const fm_formula **out, fm_error *error) {
    static const char module[] = "accounting.";
    const char *bare =
        strncmp(name, module, sizeof module - 1) == 0 ? name + sizeof module - 1 : name;
    const fm_formula *row;
    for (int i = 0; (row = fm_formula_at(i)) != NULL; i++) {
        if (!names(row, bare)) continue;
        *out = row;
        return FM_OK;
    }
    char known[400] = "";
    size_t used = 0;
    for (int i = 0; (row = fm_formula_at(i)) != NULL && used + strlen(row->name) + 3 < sizeof known;
         i++)
        used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", i > 0 ? " " : "",
                                 row->name);
    return fm_fail(error, FM_ERR_NOT_FOUND, "no cost formula '%.40s'; known: %s", name, known);
}
