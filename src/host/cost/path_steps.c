/* Paths by positions in a list of operands that shrinks, and by single-assignment ids. */
#include "cost/path.h"

#include "core/detail.h"

#include <string.h>

/* The operands that are left, by id, in their order. */
typedef struct left {
    int count, next;
    int id[FM_EINSUM_OPERANDS];
} left;

static void begin(left *l, int operands) {
    l->count = l->next = operands;
    for (int i = 0; i < operands; i++) l->id[i] = i;
}

static void drop(left *l, int at) {
    l->count--;
    memmove(&l->id[at], &l->id[at + 1], (size_t)(l->count - at) * sizeof l->id[0]);
}

static int position_of(const left *l, int id) {
    int at = 0;
    while (l->id[at] != id) at++;
    return at;
}

void fm_path_positions(int operands, const fm_einsum_pair *path, fm_path_step *steps) {
    left l;
    begin(&l, operands);
    for (int step = 0; step < operands - 1; step++) {
        int a = position_of(&l, path[step].left), b = position_of(&l, path[step].right);
        steps[step] = (fm_path_step){2, {(uint8_t)(a < b ? a : b), (uint8_t)(a < b ? b : a)}};
        drop(&l, a > b ? a : b);
        drop(&l, a < b ? a : b);
        l.id[l.count++] = l.next++;
    }
}

/* The ids that a step takes out of the list. */
static int take(left *l, const fm_path_step *step, int *ids) {
    bool taken[FM_EINSUM_OPERANDS] = {false};
    for (int i = 0; i < step->count; i++) {
        ids[i] = l->id[step->position[i]];
        taken[step->position[i]] = true;
    }
    int kept = 0;
    for (int i = 0; i < l->count; i++)
        if (!taken[i]) l->id[kept++] = l->id[i];
    l->count = kept;
    return step->count;
}

/* Joins k operands, by ids, in a good order of their own. */
static fm_status join(const fm_einsum *whole, fm_label_set *labels, left *l, int k, const int *ids,
                      fm_einsum_pair *path) {
    static const fm_path_options any = {.kind = FM_PATH_AUTO};
    fm_einsum part;
    fm_einsum_pair pairs[FM_EINSUM_OPERANDS];
    int id[2 * FM_EINSUM_OPERANDS];
    bool fits;
    fm_label_set all = 0, outside = whole->out.set;
    for (int i = 0; i < l->count; i++) outside |= labels[l->id[i]];
    part.nterms = k;
    memcpy(part.size, whole->size, sizeof part.size);
    for (int i = 0; i < k; i++) {
        id[i] = ids[i];
        part.term[i].set = labels[ids[i]];
        all |= labels[ids[i]];
    }
    part.out.set = all & outside;
    FM_TRY(fm_path_find(&part, &any, pairs, &fits));
    for (int step = 0; step < k - 1; step++) {
        path[l->next - whole->nterms] =
            (fm_einsum_pair){id[pairs[step].left], id[pairs[step].right]};
        id[k + step] = l->next++;
    }
    labels[id[2 * k - 2]] = all & outside;
    l->id[l->count++] = id[2 * k - 2];
    return FM_OK;
}

fm_status fm_path_pairs(const fm_einsum *expression, int count, const fm_path_step *steps,
                        fm_einsum_pair *path) {
    left l;
    fm_label_set labels[2 * FM_EINSUM_OPERANDS];
    begin(&l, expression->nterms);
    for (int i = 0; i < l.count; i++) labels[i] = expression->term[i].set;
    for (int step = 0; step < count; step++) {
        int ids[FM_EINSUM_OPERANDS];
        int k = take(&l, &steps[step], ids);
        if (k == 1)
            l.id[l.count++] = ids[0];
        else
            FM_TRY(join(expression, labels, &l, k, ids, path));
    }
    return FM_OK;
}
