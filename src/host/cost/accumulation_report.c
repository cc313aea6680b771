/* Answers about contractions and reductions, written from the counts. */
#include "cost/accumulation_report.h"

#include "core/alloc.h"
#include "cost/einsum_letter.h"

#include <stdio.h>
#include <string.h>

const fm_accumulation *fm_accumulation_retain(const fm_accumulation *answer) {
    fm_acc_answer *own = (fm_acc_answer *)(uintptr_t)answer;
    if (own) atomic_fetch_add_explicit(&own->refs, 1, memory_order_relaxed);
    return answer;
}

void fm_accumulation_release(const fm_accumulation *answer) {
    fm_acc_answer *own = (fm_acc_answer *)(uintptr_t)answer;
    if (!own || atomic_fetch_sub(&own->refs, 1) != 1) return;
    fm_arena_clear(&own->arena);
    fm_free_block(own);
}

/* An answer being written: the first failure stops the rest. */
typedef struct writer {
    fm_acc_answer *answer;
    const uint32_t *letter; /* code points by label number */
    fm_status status;
} writer;

static void *get(writer *w, size_t count, size_t size) {
    void *block = w->status == FM_OK ? fm_arena_get(&w->answer->arena, (count + 1) * size) : NULL;
    if (!block && w->status == FM_OK) w->status = FM_ERR_MEMORY;
    return block;
}

static uint64_t narrow(writer *w, fm_u128 count) {
    uint64_t out = 0;
    if (!fm_u128_narrow(count, &out) && w->status == FM_OK) w->status = FM_ERR_OVERFLOW;
    return out;
}

static int64_t narrow_signed(writer *w, fm_i128 count) {
    if (count >= INT64_MIN && count <= INT64_MAX) return (int64_t)count;
    if (w->status == FM_OK) w->status = FM_ERR_OVERFLOW;
    return 0;
}

static const char *text(writer *w, const char *from) {
    char *copy = get(w, strlen(from), 1);
    return copy ? strcpy(copy, from) : "";
}

/* The letters of labels for which take is as asked. */
static const char *letters(writer *w, int count, const uint8_t *label, const bool *take,
                           bool asked) {
    char *out = get(w, 4 * (size_t)count, 1), *at = out;
    if (!out) return "";
    for (int i = 0; i < count; i++) {
        if (take && take[i] != asked) continue;
        fm_letter_write(w->letter[label[i]], at);
        at += strlen(at);
    }
    return out;
}

/* Text that grows to the end of a buffer. */
typedef struct line {
    char text[1024];
    size_t used;
} line;

static void put(line *l, const char *more) {
    size_t length = strlen(more);
    if (l->used + length >= sizeof l->text) return;
    memcpy(l->text + l->used, more, length + 1);
    l->used += length;
}

static void put_letter(line *l, uint32_t letter) {
    char text[8];
    fm_letter_write(letter, text);
    put(l, text);
}

/* The generators as cycles of letters. */
static void put_cycles(writer *w, line *l, const fm_acc_component *c) {
    put(l, "PermGroup\u27e8");
    for (uint32_t g = 0; g < c->generators.count; g++) {
        const uint8_t *map = fm_maps_at(&c->generators, g);
        bool seen[FM_LABELS_MOST] = {false};
        if (g) put(l, ", ");
        for (int start = 0; start < c->nlabels; start++) {
            if (seen[start] || map[start] == start) continue;
            put(l, "(");
            for (int at = start; !seen[at]; at = map[at]) {
                if (at != start) put(l, " ");
                put_letter(l, w->letter[c->label[at]]);
                seen[at] = true;
            }
            put(l, ")");
        }
    }
    put(l, "\u27e9");
}

/* Whether some element is one cycle through all labels that move. */
static bool has_long_cycle(const fm_acc_component *c, int length) {
    for (uint32_t m = 0; m < c->elements.count; m++) {
        const uint8_t *map = fm_maps_at(&c->elements, m);
        int start = 0, steps = 0;
        while (start < c->nlabels && map[start] == start) start++;
        if (start == c->nlabels) continue;
        for (int at = start; at != start || steps == 0; at = map[at]) steps++;
        if (steps == length) return true;
    }
    return false;
}

static bool is_factorial(uint64_t order, int n) {
    uint64_t product = 1;
    for (int k = 2; k <= n; k++)
        if (__builtin_mul_overflow(product, (uint64_t)k, &product)) return false;
    return order == product;
}

/* The family by order and the number of labels that move, as 0.4.3 tells them apart: 'S', 'C', 'D',
   'Z'; 0: none. */
static char family_of(const fm_acc_component *c, int moved) {
    uint64_t order = c->elements.count;
    if (is_factorial(order, moved)) return 'S';
    if (moved >= 3 && order == (uint64_t)moved && has_long_cycle(c, moved)) return 'C';
    if (moved >= 3 && order == 2 * (uint64_t)moved) return 'D';
    return order == 2 ? 'Z' : 0;
}

static const char *group_name(writer *w, const fm_acc_component *c) {
    if (c->elements.count <= 1) return "trivial";
    bool moves[FM_LABELS_MOST] = {false};
    int moved = 0;
    line l;
    l.used = 0;
    l.text[0] = 0;
    for (uint32_t m = 0; m < c->elements.count; m++)
        for (int i = 0; i < c->nlabels; i++)
            if (fm_maps_at(&c->elements, m)[i] != i) moves[i] = true;
    for (int i = 0; i < c->nlabels; i++) moved += moves[i];
    char family = family_of(c, moved);
    if (!family) {
        put_cycles(w, &l, c);
        return text(w, l.text);
    }
    snprintf(l.text, sizeof l.text, "%c%d{", family, family == 'Z' ? 2 : moved);
    l.used = strlen(l.text);
    for (int i = 0, before = 0; i < c->nlabels; i++) {
        if (!moves[i]) continue;
        if (before++) put(&l, ",");
        put_letter(&l, w->letter[c->label[i]]);
    }
    put(&l, "}");
    return text(w, l.text);
}

/* The rules that were tried, up to the one that counted. */
static void put_trace(fm_accumulation_component *out, fm_acc_regime regime) {
    out->regime = fm_acc_regime_name(regime);
    if (regime == FM_ACC_TRIVIAL) {
        out->trace[out->ntrace++] = out->regime;
        return;
    }
    for (int r = FM_ACC_FUNCTIONAL; r <= (int)regime; r++)
        out->trace[out->ntrace++] = fm_acc_regime_name((fm_acc_regime)r);
}

static void put_component(writer *w, const fm_acc_component *c, fm_accumulation_component *out) {
    bool is_out[FM_LABELS_MOST] = {false};
    int64_t *sizes = get(w, (size_t)c->nlabels, sizeof *sizes);
    if (!sizes) return;
    memcpy(sizes, c->size, (size_t)c->nlabels * sizeof *sizes);
    for (int i = 0; i < c->nout; i++) is_out[c->out[i]] = true;
    out->nlabels = c->nlabels;
    out->sizes = sizes;
    out->labels = letters(w, c->nlabels, c->label, NULL, true);
    out->out_labels = letters(w, c->nlabels, c->label, is_out, true);
    out->summed_labels = letters(w, c->nlabels, c->label, is_out, false);
    out->dense = narrow(w, c->dense);
    out->products = narrow(w, c->products);
    out->known = c->known;
    out->sums = c->known ? narrow(w, c->sums) : 0;
    out->output_orbits = narrow(w, c->outs);
    out->order = c->elements.count;
    out->group = group_name(w, c);
    out->shape = c->elements.count <= 1  ? "trivial"
                 : c->nout == c->nlabels ? "allVisible"
                 : c->nout == 0          ? "allSummed"
                                         : "mixed";
    put_trace(out, c->regime);
}

static void put_components(writer *w, const fm_acc_count *count) {
    fm_accumulation *seen = &w->answer->seen;
    fm_accumulation_component *list = get(w, (size_t)count->ncomponents, sizeof *list);
    if (!list) return;
    for (int i = 0; i < count->ncomponents; i++) put_component(w, &count->component[i], &list[i]);
    seen->ncomponents = count->ncomponents;
    seen->component = list;
}

static const char *reason_of(const fm_acc_count *count) {
    if (count->large) return "the symmetry group has more elements than the limit";
    return count->known ? NULL : "a component has more patterns of equal indices than the limit";
}

/* What one count without a path is charged with. */
static void put_count(writer *w, const fm_acc_count *count) {
    fm_accumulation *seen = &w->answer->seen;
    seen->has_mu = seen->has_sums = count->known;
    seen->mu = narrow(w, count->mu);
    seen->sums = count->known ? narrow(w, count->sums) : 0;
    seen->products = narrow(w, count->all);
    seen->fallback = !count->known;
    seen->reason = reason_of(count);
    int *list = get(w, (size_t)count->ncomponents, sizeof *list);
    for (int i = 0; list && i < count->ncomponents; i++)
        if (!count->component[i].known) list[seen->nunavailable++] = i;
    seen->unavailable = list;
}

static void put_early(writer *w, const fm_acc_step *step, fm_accumulation_sums *out) {
    fm_accumulation_early *list = get(w, (size_t)step->nearly, sizeof *list);
    if (!list) return;
    for (int i = 0; i < step->nearly; i++) {
        const fm_acc_early *early = &step->early[i];
        uint8_t removed[FM_LABELS_MOST];
        int count = 0;
        for (int l = 0; l < FM_LABELS_MOST; l++)
            if ((early->removed >> l & 1) != 0) removed[count++] = (uint8_t)l;
        list[i].operand = early->operand;
        list[i].removed = letters(w, count, removed, NULL, true);
        list[i].left = letters(w, early->left.ndim, early->left.label, NULL, true);
        list[i].cost = narrow_signed(w, early->reduction.sums);
    }
    out->count = step->nearly;
    out->item = list;
}

static void put_all_early(writer *w, const fm_acc_result *result) {
    fm_accumulation_sums *list = get(w, (size_t)result->nsteps, sizeof *list);
    if (!list) return;
    for (int s = 0; s < result->nsteps; s++) put_early(w, &result->step[s], &list[s]);
    w->answer->seen.nearly = result->nsteps;
    w->answer->seen.early = list;
}

/* With the count of both operands together 0.4.3 still shows the products and sums of each by its
   own; with that of the output it shows products less outputs. */
static void put_step(writer *w, const fm_acc_step *step, fm_accumulation_step *out) {
    static const char *const sources[] = {"per-input", "joint-burnside", "output-burnside"};
    const fm_acc_count *count = &step->count;
    bool own = step->source == FM_ACC_OUTPUT;
    memcpy(out->position, step->position, sizeof out->position);
    out->total = narrow_signed(w, step->total);
    out->known = own || count->known;
    out->mu = narrow(w, own ? step->mu - step->outs : count->mu);
    out->sums = narrow(w, own ? step->sums : count->known ? count->sums : 0);
    out->products = narrow(w, own ? step->sums : count->all);
    out->dense = narrow(w, count->dense);
    out->fallback = !count->known;
    out->source = sources[step->source];
}

static void put_steps(writer *w, const fm_acc_result *result) {
    fm_accumulation *seen = &w->answer->seen;
    fm_accumulation_step *list = get(w, (size_t)result->nsteps, sizeof *list);
    int *unavailable = get(w, (size_t)result->nsteps, sizeof *unavailable);
    fm_u128 mu = 0, sums = 0;
    if (!list || !unavailable) return;
    for (int s = 0; s < result->nsteps; s++) {
        const fm_acc_step *step = &result->step[s];
        put_step(w, step, &list[s]);
        mu += list[s].mu;
        sums += list[s].sums;
        if (!list[s].fallback) continue;
        unavailable[seen->nunavailable++] = s;
        if (!seen->reason) seen->reason = reason_of(&step->count);
    }
    seen->nsteps = result->nsteps;
    seen->step = list;
    seen->unavailable = unavailable;
    seen->fallback = seen->nunavailable > 0;
    seen->mu = narrow(w, mu);
    seen->sums = narrow(w, sums);
    seen->has_mu = mu > 0;
    seen->has_sums = sums > 0;
    seen->products = narrow(w, result->whole.all);
}

static fm_status begin(writer *w, fm_acc_answer **answer, const uint32_t *letter) {
    *answer = fm_alloc(sizeof **answer);
    if (!*answer) return FM_ERR_MEMORY;
    atomic_init(&(*answer)->refs, 1);
    *w = (writer){.answer = *answer, .letter = letter};
    return FM_OK;
}

static fm_status finish(writer *w, fm_acc_answer **answer) {
    fm_accumulation *seen = &w->answer->seen;
    double most = (double)seen->nterms * (double)seen->dense;
    seen->savings_ratio = most > 0 ? (double)seen->total / most : 1;
    if (w->status == FM_OK) return FM_OK;
    fm_accumulation_release(seen);
    *answer = NULL;
    return w->status;
}

fm_status fm_acc_report_einsum(const fm_acc_result *result, fm_acc_answer **answer) {
    writer w;
    FM_TRY(begin(&w, answer, result->x->letter));
    fm_accumulation *seen = &w.answer->seen;
    seen->nterms = result->x->nterms;
    seen->total = narrow_signed(&w, result->total);
    seen->dense = narrow(&w, result->whole.dense);
    if (result->fallback) {
        seen->fallback = true;
        seen->products = 1;
        seen->reason = reason_of(&(fm_acc_count){.large = true});
        return finish(&w, answer);
    }
    put_components(&w, &result->whole);
    if (seen->nterms > 2)
        put_steps(&w, result);
    else
        put_count(&w, seen->nterms == 1 ? &result->whole : &result->step[0].count);
    if (seen->nterms > 2 || (seen->nterms == 2 && result->step[0].nearly > 0))
        put_all_early(&w, result);
    return finish(&w, answer);
}

/* op_factor * (sums - output orbits) + extra_ops. */
static fm_status scale(fm_i128 sums, int64_t op_factor, int64_t extra_ops, int64_t *total) {
    fm_i128 product;
    if (__builtin_mul_overflow(sums, (fm_i128)op_factor, &product) ||
        __builtin_add_overflow(product, (fm_i128)extra_ops, &product) || product > INT64_MAX ||
        product < INT64_MIN)
        return FM_ERR_OVERFLOW;
    *total = (int64_t)product;
    return FM_OK;
}

fm_status fm_acc_report_reduction(const fm_acc_reduction *reduction, int64_t op_factor,
                                  int64_t extra_ops, fm_acc_answer **answer) {
    static const uint32_t alphabet[] = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i',
                                        'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
                                        's', 't', 'u', 'v', 'w', 'x', 'y', 'z'};
    writer w;
    FM_TRY(begin(&w, answer, alphabet));
    fm_accumulation *seen = &w.answer->seen;
    seen->nterms = 1;
    seen->dense = narrow(&w, reduction->dense);
    seen->products = 1;
    seen->has_mu = seen->has_sums = !reduction->fallback;
    if (reduction->counted) {
        put_components(&w, &reduction->count);
        put_count(&w, &reduction->count);
    }
    if (reduction->fallback && !reduction->counted)
        seen->reason = reason_of(&(fm_acc_count){.large = true});
    seen->fallback = reduction->fallback;
    seen->mu = 0;
    fm_status status = scale(reduction->sums, op_factor, extra_ops, &seen->total);
    if (w.status == FM_OK) w.status = status;
    return finish(&w, answer);
}
