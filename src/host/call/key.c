/* The key of a call: one word for what decides its plan, and more for lists and texts. */
#include "call/plan.h"

#include <string.h>

static bool push(fm_key *key, uint64_t word) {
    if (key->count == FM_KEY_WORDS) return false;
    key->word[key->count++] = word;
    return true;
}

/* A value's kind and length, told apart from layouts by being small odd numbers. */
static uint64_t tag(fm_value_kind kind, uint64_t count) {
    return count << 8 | (uint64_t)kind << 1 | 1;
}

/* How many bits an integer by value needs, and whether it is negative: all that infer may read of
   it, since the plan serves every value of the class. */
static uint64_t class_of(int64_t i) {
    int bits = i == 0 || i == -1 ? 0 : 64 - __builtin_clzll((uint64_t)(i < 0 ? ~i : i));
    int width = bits <= 7    ? 7
                : bits <= 8  ? 8
                : bits <= 15 ? 15
                : bits <= 16 ? 16
                : bits <= 31 ? 31
                : bits <= 32 ? 32
                             : 63;
    return (uint64_t)width << 1 | (i < 0);
}

static inline bool push_layout(fm_key *key, const fm_tensor *tensor) {
    if (!tensor) return push(key, tag(FM_VALUE_NONE, 0));
    if (!push(key, (uint64_t)(uintptr_t)tensor->layout)) return false;
    if (!(tensor->layout->flags & FM_LAYOUT_WEAK) || tensor->layout->dtype != FM_INT64) return true;
    return push(key, class_of(tensor->scalar.value.i));
}

static bool push_bytes(fm_key *key, const void *bytes, size_t length) {
    for (size_t at = 0; at < length; at += 8) {
        uint64_t word = 0;
        memcpy(&word, (const char *)bytes + at, length - at < 8 ? length - at : 8);
        if (!push(key, word)) return false;
    }
    return true;
}

static bool push_string(fm_key *key, const char *text) {
    size_t length = strlen(text);
    return push(key, tag(FM_VALUE_STRING, length)) && push_bytes(key, text, length);
}

/* By what it is made of: a plan keeps layouts alive, but no group that came as a value. */
static bool push_symmetry(fm_key *key, const fm_symmetry *group) {
    size_t degree = group->degree;
    return push(key, tag(FM_VALUE_SYMMETRY, group->ngenerators << 8 | degree)) &&
           push_bytes(key, group->axis, degree) &&
           push_bytes(key, group->generator, group->ngenerators * degree);
}

static bool push_double(fm_key *key, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return push(key, bits);
}

/* is_operand: a number where a tensor is taken is an operand by value; by_kind: only its kind
   decides the plan. */
static bool push_value(fm_key *key, const fm_value *value, bool is_operand, bool by_kind) {
    uint64_t bits;
    uint32_t items;
    switch (value->kind) {
    case FM_VALUE_TENSOR:
        return push_layout(key, value->as.tensor);
    case FM_VALUE_TENSORS:
        if (!push(key, tag(value->kind, value->count))) return false;
        for (uint32_t i = 0; i < value->count; i++)
            if (!push_layout(key, value->as.tensors[i])) return false;
        return true;
    case FM_VALUE_INTS:
        if (!push(key, tag(value->kind, value->count))) return false;
        for (uint32_t i = 0; i < value->count; i++)
            if (!push(key, (uint64_t)value->as.ints[i])) return false;
        return true;
    case FM_VALUE_STRING:
        return push_string(key, value->as.string);
    case FM_VALUE_SYMMETRY:
        return push_symmetry(key, value->as.symmetry);
    case FM_VALUE_LIST:
    case FM_VALUE_TUPLE:
    case FM_VALUE_SLICE:
    case FM_VALUE_DICT:
        items = value->count * (value->kind == FM_VALUE_DICT ? 2 : 1);
        if (!push(key, tag(value->kind, value->count))) return false;
        for (uint32_t i = 0; i < items; i++)
            if (!push_value(key, &value->as.items[i], false, false)) return false;
        return true;
    case FM_VALUE_FUNCTION:
        return push(key, tag(value->kind, 0)) &&
               push(key, (uint64_t)(uintptr_t)value->as.function->call) &&
               push(key, (uint64_t)(uintptr_t)value->as.function->user);
    case FM_VALUE_COMPLEX:
        if (!push(key, tag(value->kind, 0))) return false;
        return by_kind || (push_double(key, value->as.c[0]) && push_double(key, value->as.c[1]));
    case FM_VALUE_BOOL:
    case FM_VALUE_INT:
        bits = (uint64_t)value->as.i;
        break;
    case FM_VALUE_FLOAT:
        memcpy(&bits, &value->as.f, sizeof bits);
        break;
    case FM_VALUE_DTYPE:
        bits = (uint64_t)value->as.dtype;
        break;
    default:
        return push(key, tag(value->kind, 0));
    }
    if (is_operand && value->kind == FM_VALUE_INT)
        return push(key, tag(value->kind, class_of(value->as.i)));
    return push(key, tag(value->kind, 0)) && (by_kind || push(key, bits));
}

/* Contractions cost less where a tensor stands twice: the first place of each that does. */
static bool push_repeats(fm_key *key, const fm_value *values, int count) {
    const fm_tensor *seen[64];
    int nseen = 0;
    for (int p = 0; p < count; p++) {
        const fm_value *value = &values[p];
        int many = value->kind == FM_VALUE_TENSORS ? (int)value->count : 1;
        if (value->kind != FM_VALUE_TENSOR && value->kind != FM_VALUE_TENSORS) continue;
        for (int i = 0; i < many && nseen < 64; i++) {
            const fm_tensor *own =
                value->kind == FM_VALUE_TENSORS ? value->as.tensors[i] : value->as.tensor;
            int first = 0;
            while (first < nseen && seen[first] != own) first++;
            if (first < nseen &&
                !push(key, tag(FM_VALUE_TENSORS, (uint64_t)first << 8 | (uint64_t)nseen)))
                return false;
            seen[nseen++] = own;
        }
    }
    return true;
}

fm_status fm_key_make(fm_bound *bound, const fm_layout *const *forced_out, uint64_t generation,
                      fm_key *key, fm_error *error) {
    const fm_row *row = bound->row;
    const fm_value *values = bound->values;
    bool fits = true;
    key->count = 2;
    for (int p = 0; fits && p < row->nparams; p++) {
        const fm_param *param = &row->params[p];
        if (values[p].kind == FM_VALUE_TENSOR) { /* the usual case, without a call */
            if (param->flags & FM_PARAM_IN_PLACE) bound->wanted |= 1u << param->out_index;
            fits = push_layout(key, values[p].as.tensor);
            continue;
        }
        /* Where an integer is taken beside a tensor, infer may read it. */
        bool is_operand = param->takes & FM_TAKES_TENSOR && !(param->takes & FM_TAKES_INT);
        fits =
            push_value(key, &values[p], is_operand, is_operand || param->flags & FM_PARAM_RUNTIME);
    }
    key->word[0] = (uint64_t)(uintptr_t)row;
    key->word[1] = generation << 8 | bound->wanted;
    for (int i = 0; fits && bound->probed && i < FM_PROBED; i++)
        fits = push(key, (uint64_t)bound->probed[i]);
    for (int i = 0; fits && forced_out && i < row->nout; i++)
        fits = push(key, (uint64_t)(uintptr_t)forced_out[i]);
    if (fits && row->family == FM_FAMILY_CONTRACT) fits = push_repeats(key, values, row->nparams);
    if (!fits)
        return fm_fail_op(error, FM_ERR_ARGUMENT, row->name, 0,
                          "the arguments have more than %d numbers", FM_KEY_WORDS);
    return FM_OK;
}
