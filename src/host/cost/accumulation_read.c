/* Expressions for the counts with symmetry: labels in the order of their letters, axes' actions. */
#include "cost/accumulation.h"

#include <string.h>

/* Letters as opt_einsum hands them out: a to z, then A to Z. */
static char nth_letter(int n) {
    return (char)(n < 26 ? 'a' + n : 'A' + n - 26);
}

static int label_of_letter(char letter) {
    return letter >= 'a' ? 26 + letter - 'a' : letter - 'A';
}

/* Gives the axes under "..." unused letters, as many as the operand with the most axes has, the
   last of them for the last axis. Past the letters there is '.'. */
static void name_ellipsis(const fm_einsum *e, char *letter) {
    fm_label_set used = e->out.set;
    char spare[FM_EINSUM_NDIM];
    int most = 0, count = 0;
    for (int t = 0; t < e->nterms; t++) {
        used |= e->term[t].set;
        if (e->term[t].ndim > most) most = e->term[t].ndim;
    }
    for (int n = 0; n < FM_EINSUM_ELLIPSIS && count < most; n++)
        if ((used >> label_of_letter(nth_letter(n)) & 1) == 0) spare[count++] = nth_letter(n);
    for (int axis = 0; axis < FM_EINSUM_NDIM; axis++)
        letter[FM_EINSUM_ELLIPSIS + axis] = axis < count ? spare[count - 1 - axis] : '.';
}

/* The labels in use by letter, upper case first. */
static void number_labels(const fm_einsum *e, fm_acc_expression *x, uint8_t *number) {
    char letter[FM_EINSUM_LABELS];
    uint8_t order[FM_EINSUM_LABELS];
    int count = 0;
    fm_label_set used = 0;
    for (int t = 0; t < e->nterms; t++) used |= e->term[t].set;
    memset(letter, '.', sizeof letter); /* labels without a letter of their own */
    for (int l = 0; l < FM_EINSUM_ELLIPSIS; l++)
        letter[l] = (char)(l < 26 ? 'A' + l : 'a' + l - 26);
    if (used >> FM_EINSUM_ELLIPSIS != 0) name_ellipsis(e, letter);
    while (used != 0) {
        const int l = fm_label_take(&used);
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
