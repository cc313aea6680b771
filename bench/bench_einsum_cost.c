/* What a question for an einsum's cost takes: from nothing, with the answer remembered, and with a
   symmetric operand of four axes along a path. */
#include <flopmeter/accumulation.h>

#include "timing.h"

static const double SECONDS = 0.5;

typedef struct question {
    const char *subscripts;
    int count;
    fm_operand operand[3];
    bool cold; /* the answers are forgotten before each */
} question;

static void ask(void *user, long calls) {
    const question *q = user;
    for (long i = 0; i < calls; i++) {
        const fm_accumulation *answer = NULL;
        if (q->cold) fm_einsum_cache_clear();
        if (fm_einsum_accumulation_cost(q->subscripts, q->count, q->operand, -1, &answer, NULL) !=
            FM_OK)
            exit(1);
        fm_accumulation_release(answer);
    }
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
    fm_einsum_cache_clear();
    fm_symmetry_release(s4);
    return 0;
}
