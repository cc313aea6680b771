/* A command line's words as a formula's arguments. */
#include "cost/bind.h"

#include "core/detail.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static fm_status refuse(const fm_formula *row, int index, const char *word, fm_error *error) {
    return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, index + 1, "%s: cannot read '%.60s'",
                      row->param[index].name, word);
}

/* The integer at *text, which is moved behind it. */
static bool read_integer(const char **text, int64_t *out) {
    char *end;
    errno = 0;
    long long value = strtoll(*text, &end, 10);
    if (end == *text || errno == ERANGE) return false;
    *text = end;
    *out = value;
    return true;
}

/* "3,4", "(3, 4)", "[3]", "3," or "()" as a list kept in words. */
static bool read_list(const char *text, fm_formula_words *words, fm_value *value) {
    static const char brackets[] = "()[]";
    char closing = '\0';
    const char *open = *text != '\0' ? strchr(brackets, *text) : NULL;
    if (open != NULL) {
        closing = open[1];
        text++;
    }
    int first = words->nints;
    text += strspn(text, " ");
    while (*text != closing) {
        if (words->nints == FM_BIND_INTS || !read_integer(&text, &words->ints[words->nints++]))
            return false;
        text += strspn(text, " ");
        if (*text != ',' && *text != closing) return false;
        if (*text == ',') text += 1 + strspn(text + 1, " ");
    }
    if (closing != '\0' && text[1] != '\0') return false;
    *value = (fm_value){.kind = FM_VALUE_INTS, .count = (uint32_t)(words->nints - first)};
    value->as.ints = words->ints + first;
    return closing != '\0' || value->count > 0;
}

static bool read_flag(const char *text, fm_value *value) {
    static const char *const no_yes[2][3] = {{"false", "False", "0"}, {"true", "True", "1"}};
    for (int yes = 0; yes < 2; yes++)
        for (int i = 0; i < 3; i++)
            if (strcmp(text, no_yes[yes][i]) == 0) {
                *value = (fm_value){.kind = FM_VALUE_BOOL, .as.i = yes};
                return true;
            }
    return false;
}

static bool read_order(const char *text, fm_value *value) {
    char *end;
    double number = strtod(text, &end);
    if (end != text && *end == '\0')
        *value = (fm_value){.kind = FM_VALUE_FLOAT, .as.f = number};
    else
        *value = (fm_value){.kind = FM_VALUE_STRING, .as.string = text};
    return true;
}

static bool read_value(fm_formula_kind kind, const char *text, fm_formula_words *words,
                       fm_value *value) {
    if (strcmp(text, "None") == 0 && kind != FM_FORMULA_TEXT) {
        *value = (fm_value){.kind = FM_VALUE_NONE};
        return true;
    }
    switch (kind) {
    case FM_FORMULA_COUNT:
    case FM_FORMULA_INTEGER:
        *value = (fm_value){.kind = FM_VALUE_INT};
        return read_integer(&text, &value->as.i) && *text == '\0';
    case FM_FORMULA_FLAG:
        return read_flag(text, value);
    case FM_FORMULA_TEXT:
        *value = (fm_value){.kind = FM_VALUE_STRING, .as.string = text};
        return true;
    case FM_FORMULA_SHAPE:
    case FM_FORMULA_SHAPES:
    case FM_FORMULA_AXES:
        return read_list(text, words, value);
    case FM_FORMULA_ORDER:
        return read_order(text, value);
    }
    return false;
}

/* The parameter that "--name" or "--name=value" names, -1 for none. */
static int named_param(const fm_formula *row, const char *word) {
    size_t length = strcspn(word + 2, "=");
    for (int i = 0; i < FM_FORMULA_PARAMS && row->param[i].name != NULL; i++) {
        const char *name = row->param[i].name;
        if (strlen(name) == length && strncmp(name, word + 2, length) == 0) return i;
    }
    return -1;
}

/* Adds the argument of parameter index, -1 for one too many. */
static fm_status add(const fm_formula *row, int index, bool named, const char *text,
                     fm_formula_words *out, fm_error *error) {
    if (index < 0 || out->count == FM_BIND_SHAPES)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0, "'%.60s' is one argument too many",
                          text);
    fm_argument *argument = &out->argument[out->count++];
    argument->name = named ? row->param[index].name : NULL;
    if (!read_value(row->param[index].kind, text, out, &argument->value))
        return refuse(row, index, text, error);
    return FM_OK;
}

fm_status fm_formula_read_words(const fm_formula *row, const char *const *words, size_t nwords,
                                fm_formula_words *out, fm_error *error) {
    int next = 0;
    out->count = 0;
    out->nints = 0;
    for (size_t i = 0; i < nwords; i++) {
        if (strncmp(words[i], "--", 2) != 0) {
            bool there = next < FM_FORMULA_PARAMS && row->param[next].name != NULL;
            FM_TRY(add(row, there ? next : -1, false, words[i], out, error));
            if (row->param[next].kind != FM_FORMULA_SHAPES) next++;
            continue;
        }
        int index = named_param(row, words[i]);
        const char *value = strchr(words[i], '=');
        if (index < 0)
            return fm_fail_op(error, FM_ERR_NOT_FOUND, row->name, 0, "no parameter '%.40s'",
                              words[i]);
        if (value == NULL && i + 1 == nwords)
            return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, index + 1, "%s has no value",
                              words[i]);
        FM_TRY(add(row, index, true, value != NULL ? value + 1 : words[++i], out, error));
    }
    return FM_OK;
}
