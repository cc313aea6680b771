/* einsum(array, labels, array, labels, ..., labels of the output) as einsum(subscripts, arrays). */
#include "call/interleave.h"
#include "cost/einsum.h"
#include "cost/einsum_letter.h"

#include <string.h>

/* Numbers up to 51 are A to Z and a to z, which are in the same order; beyond them come letters
   from U+0100 on. */
enum { LETTERS = 52, OTHERS = 0x100, LABELS = LETTERS + 400, LABEL_BYTES = 4, MANY = 1024 };

static fm_status bad_labels(const fm_row *row, size_t argument, fm_error *error) {
    return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, (int)argument + 1,
                      "an array is followed by the list of its labels, which are numbers from 0 to "
                      "%d and '...'",
                      LABELS - 1);
}

static bool is_list(const fm_value *value) {
    return value->kind == FM_VALUE_LIST || value->kind == FM_VALUE_TUPLE ||
           value->kind == FM_VALUE_INTS;
}

/* Appends one label; false where it is none. */
static bool put_label(const fm_value *labels, uint32_t i, char **text) {
    int64_t number;
    if (labels->kind == FM_VALUE_INTS) {
        number = labels->as.ints[i];
    } else if (labels->as.items[i].kind == FM_VALUE_ELLIPSIS) {
        memcpy(*text, "...", 4);
        *text += 3;
        return true;
    } else if (labels->as.items[i].kind == FM_VALUE_INT) {
        number = labels->as.items[i].as.i;
    } else {
        return false;
    }
    if (number < 0 || number >= LABELS) return false;
    uint32_t code = number < 26        ? 'A' + (uint32_t)number
                    : number < LETTERS ? 'a' + (uint32_t)number - 26
                                       : OTHERS + (uint32_t)number - LETTERS;
    fm_letter_write(code, *text);
    *text += strlen(*text);
    return true;
}

static size_t room_for(const fm_argument *arguments, size_t count) {
    size_t room = 4;
    for (size_t i = 0; i < count; i++)
        if (is_list(&arguments[i].value))
            room += 2 + LABEL_BYTES * (size_t)arguments[i].value.count;
    return room;
}

fm_status fm_interleave(const fm_row *row, const fm_argument **arguments, size_t *count,
                        fm_arena *arena, fm_error *error) {
    const fm_argument *given = *arguments;
    size_t positional = 0;
    while (positional < *count && !given[positional].name) positional++;
    if (positional < 2 || given[0].value.kind == FM_VALUE_STRING) return FM_OK;
    bool number = given[0].value.kind >= FM_VALUE_BOOL && given[0].value.kind <= FM_VALUE_COMPLEX;
    if (number && !is_list(&given[1].value)) return FM_OK; /* no form: what is bound says it */
    for (size_t i = 1; i < positional; i += 2)
        if (!is_list(&given[i].value) || given[i].value.count > MANY)
            return bad_labels(row, i, error);
    fm_argument *made = fm_arena_get(arena, (*count + 1) * sizeof *made);
    char *text = fm_arena_get(arena, room_for(given, positional)), *end = text;
    FM_CHECK(made && text, error, FM_ERR_MEMORY, "no memory for a list");
    size_t n = 1, pairs = positional / 2;
    for (size_t i = 0; i < pairs + positional % 2; i++) {
        const bool is_output = i == pairs;
        const size_t at = is_output ? positional - 1 : 2 * i + 1;
        const fm_value *labels = &given[at].value;
        if (!is_list(labels) || labels->count > MANY) return bad_labels(row, at, error);
        if (is_output) end = stpcpy(end, "->");
        if (i > 0 && !is_output) *end++ = ',';
        for (uint32_t j = 0; j < labels->count; j++)
            if (!put_label(labels, j, &end)) return bad_labels(row, at, error);
        if (!is_output) made[n++] = (fm_argument){.value = given[2 * i].value};
    }
    *end = '\0';
    made[0] = (fm_argument){.value = {.kind = FM_VALUE_STRING, .as.string = text}};
    for (size_t i = positional; i < *count; i++) made[n++] = given[i];
    *arguments = made;
    *count = n;
    return FM_OK;
}
