/* The choice of a search, by kind and number of operands. */
#include "cost/einsum_search.h"
#include "cost/path_sets.h"

#include "core/detail.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Greedy orders that are tried where not all orders can be, how many times, and the parts in which
   the best is made better: auto finds an order in well under a millisecond, optimal in a second. */
enum { TRIALS = 16, MANY = 256, REPEATS = 32, WINDOW = 6, WIDE = 10 };

/* Operands up to which an exhaustive search without a table is quick, and up to which one with a
   table takes less time than opt_einsum's searches. */
enum { FEW = 6, SURE = 11 };

typedef struct finding {
    const fm_einsum *expression;
    const fm_path_options *options;
    fm_path_sets sets;
    fm_path_tree best, trial;
    bool found;
    bool as_is; /* path holds the order to be taken, in the order of opt_einsum's steps */
    fm_einsum_pair path[FM_EINSUM_OPERANDS];
} finding;

static void offer(finding *f) {
    if (f->found && f->trial.flops >= f->best.flops) return;
    f->found = true;
    f->best = f->trial;
}

/* Greedy orders, the first without chance, the others hotter and hotter. */
static void grow(finding *f, int trials) {
    uint64_t random = f->options->seed;
    for (int i = 0; i < trials; i++)
        if (fm_path_grow(&f->sets, (double)i / trials, &random, &f->trial)) offer(f);
}

static int branches_of(fm_path_kind kind) {
    if (kind == FM_PATH_BRANCH_1) return 1;
    return kind == FM_PATH_BRANCH_2 ? 2 : FM_SEARCH_NODES * FM_SEARCH_NODES;
}

/* An order found as opt_einsum finds it. */
static fm_status search_as_named(finding *f, fm_path_kind kind) {
    fm_search search;
    fm_einsum_pair *path = f->path;
    fm_search_begin(&search, f->expression);
    if (kind == FM_PATH_GREEDY) {
        if (!fm_search_greedy(&search, path)) return FM_ERR_MEMORY;
    } else if (kind == FM_PATH_AUTO) {
        FM_TRY(fm_einsum_auto_path(f->expression, path));
    } else {
        fm_search_cache *cache = fm_search_cache_make();
        if (cache == NULL) return FM_ERR_MEMORY;
        if (kind == FM_PATH_OPTIMAL)
            fm_search_optimal(&search, cache, path);
        else
            fm_search_branch(&search, cache, branches_of(kind), path);
        fm_search_cache_free(cache);
    }
    fm_path_tree_of(&f->sets, path, &f->trial);
    offer(f);
    return FM_OK;
}

/* All orders of few operands. */
static fm_status search_all(finding *f) {
    const int n = f->sets.count;
    fm_einsum_pair path[FM_PATH_DENSE];
    double flops;
    uint64_t random = 0;
    if (fm_path_grow(&f->sets, 0, &random, &f->trial)) offer(f);
    void *table = malloc(fm_path_dense_bytes(n));
    if (table == NULL) return FM_ERR_MEMORY;
    if (fm_path_dense(&f->sets, n, f->sets.node, f->sets.output,
                      f->found ? f->best.flops : INFINITY, table, path, &flops)) {
        fm_path_tree_of(&f->sets, path, &f->best);
        f->found = true;
    }
    free(table);
    return FM_OK;
}

/* Many operands: what opt_einsum's `auto` finds and greedy orders by chance, the best made better
   in parts. */
static fm_status search_some(finding *f, int trials, int window) {
    const fm_path_kind known = f->sets.count <= FM_PATH_DENSE ? FM_PATH_BRANCH_1 : FM_PATH_GREEDY;
    if (isinf(f->sets.limit)) FM_TRY(search_as_named(f, known));
    grow(f, trials);
    if (!f->found) return FM_OK;
    void *table = malloc(fm_path_dense_bytes(window));
    if (table == NULL) return FM_ERR_MEMORY;
    fm_path_improve(&f->sets, window, table, &f->best);
    free(table);
    return FM_OK;
}

/* Whether the very path of opt_einsum's search is wanted, and can be had. */
static bool wants_opt_einsum(const finding *f) {
    const fm_path_kind kind = f->options->kind;
    if (!f->options->as_opt_einsum || !isinf(f->sets.limit)) return false;
    if (kind == FM_PATH_AUTO) return true;
    if (kind == FM_PATH_GREEDY) return true;
    if (kind == FM_PATH_OPTIMAL || kind == FM_PATH_BRANCH_ALL) return f->sets.count <= FEW;
    return kind != FM_PATH_RANDOM && f->sets.count <= FM_PATH_DENSE;
}

/* A limit is kept by no search of opt_einsum's names as they are here: the general ones do. */
static fm_status search(finding *f) {
    const int n = f->sets.count;
    fm_path_kind kind = f->options->kind;
    const bool branch = kind == FM_PATH_BRANCH_1 || kind == FM_PATH_BRANCH_2;
    f->as_is = wants_opt_einsum(f);
    if (f->as_is) return search_as_named(f, kind);
    if (kind == FM_PATH_RANDOM) {
        grow(f, f->options->repeats > 0 ? f->options->repeats : REPEATS);
        return FM_OK;
    }
    if (!isinf(f->sets.limit) && (branch || kind == FM_PATH_GREEDY)) kind = FM_PATH_AUTO;
    if (kind == FM_PATH_GREEDY || (branch && n <= FM_PATH_DENSE)) return search_as_named(f, kind);
    const bool quick = kind == FM_PATH_AUTO && isinf(f->sets.limit);
    if (n <= (quick ? SURE : FM_PATH_DENSE)) return search_all(f);
    const bool longer = kind == FM_PATH_OPTIMAL || kind == FM_PATH_BRANCH_ALL;
    return longer ? search_some(f, MANY, WIDE) : search_some(f, TRIALS, WINDOW);
}

fm_status fm_path_find(const fm_einsum *expression, const fm_path_options *options,
                       fm_einsum_pair *path, bool *fits) {
    finding f = {.expression = expression, .options = options};
    *fits = true;
    if (expression->nterms == 2) path[0] = (fm_einsum_pair){0, 1};
    if (expression->nterms <= 2) return FM_OK;
    fm_path_sets_begin(&f.sets, expression, options->memory_limit);
    FM_TRY(search(&f));
    *fits = f.found;
    if (!f.found) FM_TRY(search_as_named(&f, FM_PATH_GREEDY));
    if (f.as_is)
        memcpy(path, f.path, (size_t)(expression->nterms - 1) * sizeof *path);
    else
        fm_path_unroll(&f.best, path);
    return FM_OK;
}

bool fm_path_named(const char *name, fm_path_options *options) {
    static const struct {
        const char *name;
        fm_path_kind kind;
        int repeats;
    } names[] = {
        {"auto", FM_PATH_AUTO, 0},
        {"auto-hq", FM_PATH_OPTIMAL, 0},
        {"optimal", FM_PATH_OPTIMAL, 0},
        {"dp", FM_PATH_OPTIMAL, 0},
        {"dynamic-programming", FM_PATH_OPTIMAL, 0},
        {"branch-all", FM_PATH_BRANCH_ALL, 0},
        {"branch-2", FM_PATH_BRANCH_2, 0},
        {"branch-1", FM_PATH_BRANCH_1, 0},
        {"greedy", FM_PATH_GREEDY, 0},
        {"eager", FM_PATH_GREEDY, 0},
        {"opportunistic", FM_PATH_GREEDY, 0},
        {"random-greedy", FM_PATH_RANDOM, 32},
        {"random-greedy-128", FM_PATH_RANDOM, 128},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = 0;
        while (name[at] != '\0' && tolower((unsigned char)name[at]) == names[i].name[at]) at++;
        if (name[at] != '\0' || names[i].name[at] != '\0') continue;
        options->kind = names[i].kind;
        options->repeats = names[i].repeats;
        return true;
    }
    return false;
}

fm_path_cost fm_path_count(const fm_einsum *expression, const fm_einsum_pair *path) {
    fm_path_sets sets;
    fm_path_tree tree;
    fm_path_sets_begin(&sets, expression, 0);
    fm_path_tree_of(&sets, path, &tree);
    fm_path_cost cost = {.flops = tree.flops};
    for (int node = tree.count; node < 2 * tree.count - 1; node++) {
        double size = fm_path_size(&sets, tree.labels[node]);
        if (size > cost.largest) cost.largest = size;
    }
    return cost;
}
