/* Expressions for the counts with symmetry: labels in the order of their letters, axes' actions. */
#include "cost/accumulation.h"

#include <string.h>

/* Letters as opt_einsum hands them out: a to z, A to Z, then from U+00C0 on. */
static uint32_t nth_letter(uint32_t n) {
    return n < 26 ? 'a' + n : n < 52 ? 'A' + n - 26 : 0xc0u + n - 52;
}

static bool is_used(const fm_einsum *e, uint32_t code) {
    for (int l = 0; l < FM_EINSUM_LABELS; l++)
        if (e->size[l] >= 0 && e->code[l] == code) return true;
    return false;
}

/* Gives the axes under "..." unused letters, as many as the operand with the most axes has, the
   last of them for the last axis. */
static void name_ellipsis(const fm_einsum *e, uint32_t *letter) {
    uint32_t spare[FM_EINSUM_NDIM];
    int most = 0, count = 0;
    for (int t = 0; t < e->nterms; t++)
        if (e->term[t].ndim > most) most = e->term[t].ndim;
    for (uint32_t n = 0; count < most; n++)
        if (!is_used(e, nth_letter(n))) spare[count++] = nth_letter(n);
    for (int axis = 0; axis < count; axis++)
        letter[FM_EINSUM_ELLIPSIS + axis] = spare[count - 1 - axis];
}

/* The labels in use by code point. */
static void number_labels(const fm_einsum *e, fm_acc_expression *x, uint8_t *number) {
    uint32_t letter[FM_EINSUM_LABELS];
    uint8_t order[FM_EINSUM_LABELS];
    int count = 0;
    fm_label_set used = 0;
    for (int t = 0; t < e->nterms; t++) used |= e->term[t].set;
    if (used >> FM_EINSUM_ELLIPSIS != 0) name_ellipsis(e, letter);
    while (used != 0) {
        const int l = fm_label_take(&used);
        if (l < FM_EINSUM_ELLIPSIS)
            letter[l] = (uint32_t)(l < 26 ? 'A' + l : 'a' + l - 26);
        else if (l >= FM_EINSUM_OTHERS)
            letter[l] = e->code[l];
        int at = count++;
        for (; at > 0 && letter[order[at - 1]] > letter[l]; at--) order[at] = order[at - 1];
        order[at] = (uint8_t)l;
    }
    x->nlabels = count;
    for (int i = 0; i < count; i++) {
        number[order[i]] = (uint8_t)i;
        x->letter[i] = letter[order[i]];
        x->size[i] = e->size[order[i]];
    }
}

static fm_status read_term(fm_acc *acc, const fm_einsum_term *from, const fm_symmetry *group,
                           const uint8_t *number, fm_acc_term *term, fm_label_set *set) {
    fm_axis_action *action = fm_arena_get(&acc->arena, sizeof *action);
    if (!action) return FM_ERR_MEMORY;
    term->ndim = from->ndim;
    for (int i = 0; i < from->ndim; i++) {
        term->label[i] = number[from->label[i]];
        *set |= (fm_label_set)1 << term->label[i];
    }
    term->action = action;
    return fm_axis_action_of(&acc->arena, group, from->ndim, acc->group_limit, action);
}

fm_status fm_acc_read(fm_acc *acc, const fm_einsum *e, const fm_symmetry *const *symmetry,
                      const int *same, fm_acc_expression *out) {
    uint8_t number[FM_EINSUM_LABELS];
    out->nterms = e->nterms;
    out->term = fm_arena_get(&acc->arena, (size_t)e->nterms * sizeof *out->term);
    if (!out->term) return FM_ERR_MEMORY;
    number_labels(e, out, number);
    for (int t = 0; t < e->nterms; t++) {
        FM_TRY(read_term(acc, &e->term[t], symmetry ? symmetry[t] : NULL, number, &out->term[t],
                         &out->set[t]));
        out->same[t] = same ? same[t] : t;
    }
    out->nout = e->out.ndim;
    for (int i = 0; i < e->out.ndim; i++) {
        out->out[i] = number[e->out.label[i]];
        out->out_set |= (fm_label_set)1 << out->out[i];
    }
    return FM_OK;
}
