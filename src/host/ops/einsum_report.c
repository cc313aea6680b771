/* The row einsum_path: the path that a search finds, and what its steps cost. */
#include "ops/einsum.h"
#include "cost/einsum_letter.h"
#include "cost/model.h"
#include "ops/args.h"
#include "ops/contract_symmetry.h"
#include "ops/program.h"

#include <string.h>

/* flopscope takes the greedy search for `auto` from that many operands on. */
enum { GREEDY_FROM = 8, MOST_STEPS = 2 * FM_EINSUM_OPERANDS };

/* The report while it is made. Operands that are left, in their order: labels with repeats for
   those that were given. */
typedef struct report {
    fm_program *program;
    const fm_einsum *e;
    const fm_contract_operands *operands;
    int nsteps, left;
    fm_path_step step[MOST_STEPS];
    int64_t cost[MOST_STEPS];
    fm_einsum_term term[FM_EINSUM_OPERANDS];
    uint32_t letter[FM_EINSUM_LABELS];
    double largest;
} report;

fm_status fm_infer_einsum_path(const fm_bound *bound, fm_resolved *r, fm_error *error) {
    fm_einsum e;
    fm_einsum_wish wish;
    FM_TRY(fm_einsum_open(bound, r, &e, error));
    FM_TRY(fm_einsum_read_wish(bound, &e, &wish, error));
    return fm_contract_dtype(bound, r, error);
}

fm_status fm_cost_of_einsum_path(const fm_bound *bound, const fm_resolved *r, fm_work *work,
                                 fm_error *error) {
    (void)r;
    return fm_cost_result(bound, fm_work_add_units(work, fm_row_cost_name(bound->row), 1), error);
}

/* Axes under "..." get the letters that are not in use, as opt_einsum spells them. */
static void set_letters(report *rep) {
    const fm_einsum *e = rep->e;
    int covered = 0;
    while (covered < FM_EINSUM_NDIM && e->size[FM_EINSUM_ELLIPSIS + covered] >= 0) covered++;
    memcpy(rep->letter, e->code, sizeof rep->letter);
    uint32_t next = 0;
    for (int axis = covered; axis-- > 0; next++) {
        for (;; next++) {
            uint32_t code = next < 26 ? 'a' + next : next < 52 ? 'A' + next - 26 : 0xc0 + next - 52;
            bool used = false;
            for (int label = 0; label < FM_EINSUM_LABELS; label++)
                used |= e->size[label] >= 0 && e->code[label] == code;
            if (used) continue;
            rep->letter[FM_EINSUM_ELLIPSIS + axis] = code;
            break;
        }
    }
}

/* What the work costs in the context's model, without weights. */
static fm_status charge_of(fm_program *p, const fm_work *work, fm_status status, int64_t *cost) {
    uint64_t flops = 0;
    if (status == FM_OK) status = fm_cost_apply(fm_program_model(p), NULL, 1, work, &flops, NULL);
    if (status == FM_OK && flops > INT64_MAX) status = FM_ERR_OVERFLOW;
    if (status != FM_OK)
        return fm_program_fail(p, status, 0, "the cost of a step exceeds 2^63 - 1 FLOPs");
    *cost = (int64_t)flops;
    return FM_OK;
}

/* A contraction of operands without symmetry. */
static fm_status cost_of_step(fm_program *p, const fm_einsum *part, int64_t *cost) {
    fm_work work;
    fm_work_begin(&work, fm_program_model(p)->faults);
    return charge_of(p, &work, fm_cost_einsum_of(&work, "einsum", part), cost);
}

/* The steps of operands with symmetry, in place of the costs without: they are those of
   opt_einsum's `auto`. */
static fm_status use_symmetry(report *rep, int64_t *total) {
    fm_program *p = rep->program;
    const fm_contract_operands *o = rep->operands;
    int count, most = rep->e->nterms;
    fm_work *work = fm_program_memory(p, (size_t)(most + 1) * sizeof *work);
    if (work == NULL) return p->status;
    for (int s = 0; s <= most; s++) fm_work_begin(&work[s], fm_program_model(p)->faults);
    fm_status status =
        fm_cost_einsum_symmetric(&work[most], "einsum", rep->e, o->symmetry, o->same, p->error);
    FM_TRY(charge_of(p, &work[most], status, total));
    status = fm_cost_einsum_steps("einsum", rep->e, o->symmetry, o->same, work, &count, p->error);
    for (int s = 0; s < count && s < rep->nsteps; s++)
        FM_TRY(charge_of(p, &work[s], status, &rep->cost[s]));
    return p->status;
}

/* Takes a step's operands out of the list, the last first, as opt_einsum does. */
static int take(report *rep, const fm_path_step *step, fm_einsum_term *taken) {
    bool wanted[FM_EINSUM_OPERANDS] = {false};
    int count = 0, kept = 0;
    for (int i = 0; i < step->count; i++) wanted[step->position[i]] = true;
    for (int i = rep->left; i-- > 0;)
        if (wanted[i]) taken[count++] = rep->term[i];
    for (int i = 0; i < rep->left; i++)
        if (!wanted[i]) rep->term[kept++] = rep->term[i];
    rep->left = kept;
    return count;
}

/* The labels of a step's result in the order in which its operands have them; the last step's are
   the output's. */
static void set_result(const report *rep, bool last, int count, const fm_einsum_term *taken,
                       fm_einsum_term *out) {
    fm_label_set needed = rep->e->out.set;
    for (int i = 0; i < rep->left; i++) needed |= rep->term[i].set;
    *out = (fm_einsum_term){0};
    if (last) *out = rep->e->out;
    for (int i = 0; i < count && !last; i++)
        for (int d = 0; d < taken[i].ndim; d++) {
            const int label = taken[i].label[d];
            if ((needed >> label & 1) == 0 || (out->set >> label & 1) != 0) continue;
            if (out->ndim == FM_EINSUM_NDIM) return;
            out->set |= (fm_label_set)1 << label;
            out->dim[out->ndim] = rep->e->size[label];
            out->label[out->ndim++] = (uint8_t)label;
        }
}

static char *write_term(const report *rep, const fm_einsum_term *term, char *text) {
    for (int d = 0; d < term->ndim; d++) {
        fm_letter_write(rep->letter[term->label[d]], text);
        text += strlen(text);
    }
    return text;
}

/* "jk,ij->ik" */
static char *write_step(const report *rep, int count, const fm_einsum_term *taken,
                        const fm_einsum_term *out) {
    size_t room = 3 + 4 * (size_t)out->ndim;
    for (int i = 0; i < count; i++) room += 1 + 4 * (size_t)taken[i].ndim;
    char *text = fm_program_memory(rep->program, room), *end = text;
    for (int i = 0; i < count && text != NULL; i++) {
        if (i > 0) *end++ = ',';
        end = write_term(rep, &taken[i], end);
    }
    if (text == NULL) return NULL;
    end = write_term(rep, out, stpcpy(end, "->"));
    *end = '\0';
    return text;
}

static fm_status report_step(report *rep, int s, const char **text) {
    fm_einsum part;
    fm_einsum_term *out = &part.out;
    part.nterms = take(rep, &rep->step[s], part.term);
    memcpy(part.size, rep->e->size, sizeof part.size);
    set_result(rep, s == rep->nsteps - 1, part.nterms, part.term, out);
    *text = write_step(rep, part.nterms, part.term, out);
    double size = 1;
    for (int d = 0; d < out->ndim; d++) size *= (double)out->dim[d];
    if (out->ndim > 0 && size > rep->largest) rep->largest = size;
    rep->term[rep->left++] = *out;
    return cost_of_step(rep->program, &part, &rep->cost[s]);
}

/* flopscope-0.4 finds paths as opt_einsum does, ties included, and so do all where symmetry counts;
   the other models have the path that einsum takes. */
static fm_status find(fm_program *p, const fm_bound *bound, const fm_einsum *e,
                      const fm_einsum_wish *wish, bool symmetric, fm_path_step *steps,
                      int *nsteps) {
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    fm_einsum_wish own = *wish;
    bool fits = true, plain = wish->name == NULL || strcmp(wish->name, "auto") == 0;
    *nsteps = e->nterms > 1 ? e->nterms - 1 : 1;
    if (wish->nsteps > 0) {
        *nsteps = wish->nsteps;
        memcpy(steps, wish->step, (size_t)wish->nsteps * sizeof *steps);
        return FM_OK;
    }
    own.options.as_opt_einsum = fm_program_model(p)->faults || symmetric;
    if (fm_program_model(p)->faults && plain && e->nterms >= GREEDY_FROM)
        own.options.kind = FM_PATH_GREEDY;
    p->status = fm_einsum_choose(bound, e, &own, path, &fits, p->error);
    if (p->status != FM_OK) return p->status;
    fm_path_positions(e->nterms, path, steps);
    if (e->nterms > 1 && fits) return FM_OK;
    /* No order keeps to the limit: all at once. */
    *nsteps = 1;
    steps[0].count = e->nterms;
    for (int i = 0; i < e->nterms; i++) steps[0].position[i] = (uint8_t)i;
    return FM_OK;
}

/* 0.4.3 writes down the costs of the steps of opt_einsum's `auto`, whatever the path is. */
static fm_status use_costs_of_auto(report *rep) {
    report other = {.program = rep->program, .e = rep->e, .left = rep->e->nterms};
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
    const int n = rep->e->nterms;
    if (n < 3) return FM_OK;
    if (fm_einsum_auto_path(rep->e, path) != FM_OK)
        return fm_program_fail(rep->program, FM_ERR_MEMORY, 0, "no memory to find a path");
    fm_path_positions(n, path, other.step);
    other.nsteps = n - 1;
    memcpy(other.term, rep->e->term, (size_t)n * sizeof *other.term);
    for (int s = 0; s < other.nsteps; s++) {
        const char *text;
        FM_TRY(report_step(&other, s, &text));
        if (s < rep->nsteps) rep->cost[s] = other.cost[s];
    }
    return FM_OK;
}

/* A list of the path's tuples. */
static fm_value path_value(const report *rep) {
    fm_program *p = rep->program;
    fm_value *tuples = fm_program_memory(p, (size_t)rep->nsteps * sizeof *tuples);
    for (int s = 0; s < rep->nsteps && tuples != NULL; s++) {
        const fm_path_step *step = &rep->step[s];
        fm_value *items = fm_program_memory(p, (size_t)step->count * sizeof *items);
        for (int i = 0; i < step->count && items != NULL; i++) items[i] = V_I(step->position[i]);
        tuples[s] = V_TUPLE(items, step->count);
    }
    return (fm_value){.kind = FM_VALUE_LIST, .count = (uint32_t)rep->nsteps, .as.items = tuples};
}

static fm_status answer(report *rep, const fm_value *steps, int64_t total) {
    const fm_value path = path_value(rep);
    const fm_value info[] = {
        V_S("path"),
        path,
        V_S("steps"),
        {.kind = FM_VALUE_LIST, .count = (uint32_t)rep->nsteps, .as.items = steps},
        V_S("step_costs"),
        V_INTS(rep->cost, rep->nsteps),
        V_S("optimized_cost"),
        V_I(total),
        V_S("largest_intermediate"),
        V_I(rep->largest < 0x1p63 ? (int64_t)rep->largest : INT64_MAX),
    };
    const fm_value both[] = {path, {.kind = FM_VALUE_DICT, .count = 5, .as.items = info}};
    fm_program_reply(rep->program, V_TUPLE(both, 2));
    return rep->program->status;
}

fm_status fm_run_einsum_path(fm_program *p) {
    fm_einsum e;
    fm_resolved r = {0};
    fm_einsum_wish wish;
    fm_contract_operands operands;
    int64_t total;
    const fm_bound bound = {.row = p->row, .values = p->values};
    report rep = {.program = p, .e = &e, .operands = &operands};
    p->status = fm_einsum_open(&bound, &r, &e, p->error);
    if (p->status == FM_OK) p->status = fm_einsum_read_wish(&bound, &e, &wish, p->error);
    FM_TRY(p->status);
    fm_contract_operands_of(&bound, &r, &operands);
    FM_TRY(find(p, &bound, &e, &wish, operands.any, rep.step, &rep.nsteps));
    rep.left = e.nterms;
    memcpy(rep.term, e.term, (size_t)e.nterms * sizeof *rep.term);
    set_letters(&rep);
    fm_value *steps = fm_program_memory(p, (size_t)rep.nsteps * sizeof *steps);
    for (int s = 0; s < rep.nsteps && steps != NULL; s++) {
        const char *text = NULL;
        FM_TRY(report_step(&rep, s, &text));
        steps[s] = V_S(text);
    }
    FM_TRY(p->status);
    FM_TRY(cost_of_step(p, &e, &total));
    if (fm_program_model(p)->faults) FM_TRY(use_costs_of_auto(&rep));
    if (operands.any) FM_TRY(use_symmetry(&rep, &total));
    if (rep.nsteps == 1) rep.cost[0] = total;
    return answer(&rep, steps, total);
}
