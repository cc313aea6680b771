/* What a question for an einsum's cost takes: from nothing, with the answer remembered, with a
   symmetric operand of four axes along a path, and over the recorded contractions of symmetric and
   repeated operands, whose costs are checked. */
#include <flopmeter/accumulation.h>

#include "timing.h"

static const double SECONDS = 0.5;

enum { MOST = 1024, OPERANDS = 8, AXES = 16, GENERATORS = 64, SKIPPED = 77 };

typedef struct question {
    const char *subscripts;
    int count;
    fm_operand operand[OPERANDS];
    bool cold; /* the answers are forgotten before each */
} question;

static const fm_accumulation *answer_of(const question *q) {
    const fm_accumulation *answer = NULL;
    if (q->cold) fm_einsum_cache_clear();
    if (fm_einsum_accumulation_cost(q->subscripts, q->count, q->operand, -1, &answer, NULL) !=
        FM_OK)
        exit(1);
    return answer;
}

static void ask(void *user, long calls) {
    for (long i = 0; i < calls; i++) fm_accumulation_release(answer_of(user));
}

/* The charge alone, as a call of einsum makes it when no plan is there yet. */
static void charge(void *user, long calls) {
    const question *q = user;
    fm_cost_options options = FM_COST_OPTIONS_INIT;
    fm_cost_answer answer;
    options.weights = 1;
    options.cost_model = "flopscope-0.4";
    for (long i = 0; i < calls; i++)
        if (fm_einsum_cost(&options, q->subscripts, q->count, q->operand, &answer, NULL) != FM_OK)
            exit(1);
}

/* The recorded contractions, as bench/peers/symmetric.py prints them. */
typedef struct recorded {
    int count;
    bool cold;
    struct {
        question q;
        char subscripts[128];
        int64_t shape[OPERANDS][AXES];
    } item[MOST];
} recorded;

static void ask_all(void *user, long calls) {
    recorded *all = user;
    for (long i = 0; i < calls; i++)
        for (int j = 0; j < all->count; j++) {
            all->item[j].q.cold = all->cold;
            ask(&all->item[j].q, 1);
        }
}

static int number(char **at) {
    char *end;
    const long value = strtol(*at, &end, 10);
    if (end == *at || value < 0 || value > 1 << 30) exit(1);
    *at = end;
    return (int)value;
}

static int limited(char **at, int most) {
    const int value = number(at);
    if (value > most) exit(1);
    return value;
}

static const fm_symmetry *read_group(int ngenerators, char **at) {
    int axes[AXES], generators[GENERATORS * AXES];
    const int degree = limited(at, AXES);
    const fm_symmetry *group = NULL;
    for (int i = 0; i < degree; i++) axes[i] = number(at);
    for (int i = 0; i < ngenerators * degree; i++) generators[i] = number(at);
    if (fm_symmetry_from_generators(degree, axes, ngenerators, generators, &group, NULL) != FM_OK)
        exit(1);
    return group;
}

static void read_question(recorded *all, char *line) {
    question *q = &all->item[all->count].q;
    char *at = strchr(line, ' ');
    if (!at || at - line >= (long)sizeof all->item->subscripts) exit(1);
    memcpy(all->item[all->count].subscripts, line, (size_t)(at - line));
    q->subscripts = all->item[all->count].subscripts;
    const int cost = number(&at);
    q->count = limited(&at, OPERANDS);
    for (int i = 0; i < q->count; i++) {
        fm_operand *x = &q->operand[i];
        int64_t *shape = all->item[all->count].shape[i];
        x->tensor = all->item[all->count].shape[limited(&at, i)];
        x->ndim = limited(&at, AXES);
        x->shape = shape;
        for (int d = 0; d < x->ndim; d++) shape[d] = number(&at);
        const int ngenerators = limited(&at, GENERATORS);
        if (ngenerators > 0) x->symmetry = read_group(ngenerators, &at);
    }
    const fm_accumulation *answer = answer_of(q);
    if (answer->total != cost) {
        fprintf(stderr, "%s: %lld, recorded %d\n", q->subscripts, (long long)answer->total, cost);
        exit(1);
    }
    fm_accumulation_release(answer);
    all->count++;
}

static recorded *read_recorded(void) {
    char line[4096];
    recorded *all = calloc(1, sizeof *all);
    FILE *file = fopen(BENCH_SYMMETRIC, "r");
    if (!all || !file) {
        fprintf(stderr, "skipped: no %s, which python3 makes during the build\n", BENCH_SYMMETRIC);
        exit(SKIPPED);
    }
    while (all->count < MOST && fgets(line, sizeof line, file)) read_question(all, line);
    fclose(file);
    return all;
}

static void run_recorded(int argc, char **argv) {
    const struct {
        const char *name;
        bool cold;
    } benches[] = {{"einsum_cost.symmetric.cold", true}, {"einsum_cost.symmetric.warm", false}};
    recorded *all = NULL;
    for (int i = 0; i < 2; i++) {
        if (!bench_wanted(argc, argv, benches[i].name)) continue;
        if (!all) all = read_recorded();
        all->cold = benches[i].cold;
        bench_run(benches[i].name, ask_all, all, SECONDS);
    }
    for (int j = 0; all && j < all->count; j++)
        for (int i = 0; i < all->item[j].q.count; i++)
            fm_symmetry_release(all->item[j].q.operand[i].symmetry);
    free(all);
}

int main(int argc, char **argv) {
    static const int axes[] = {0, 1, 2, 3};
    static const int64_t matrix[] = {64, 64}, cube[] = {8, 8, 8, 8}, factor[] = {8, 8};
    const fm_symmetry *s4 = NULL;
    if (fm_symmetry_symmetric(4, axes, &s4, NULL) != FM_OK) return 1;
    question cold = {"ij,jk->ik", 2, {{2, matrix, NULL, "a"}, {2, matrix, NULL, "b"}}, true};
    question warm = cold;
    warm.cold = false;
    question tensor = {"ijkl,ia,jb->abkl",
                       3,
                       {{4, cube, s4, "t"}, {2, factor, NULL, "m"}, {2, factor, NULL, "m"}},
                       true};
    const struct {
        const char *name;
        bench_body body;
        question *question;
    } benches[] = {{"einsum_cost.cold", ask, &cold},
                   {"einsum_cost.warm", ask, &warm},
                   {"einsum_cost.s4", ask, &tensor},
                   {"einsum_cost.charge", charge, &cold}};
    for (size_t i = 0; i < sizeof benches / sizeof *benches; i++)
        if (bench_wanted(argc, argv, benches[i].name))
            bench_run(benches[i].name, benches[i].body, benches[i].question, SECONDS);
    run_recorded(argc, argv);
    fm_einsum_cache_clear();
    fm_symmetry_release(s4);
    return 0;
}
