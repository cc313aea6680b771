/* The contractions of bench/einsum.txt into an existing output, on all cores. */
#include "setup.h"

enum { MOST_OPERANDS = 64, MOST_AXES = 16 };

typedef struct contraction {
    fm_context *ctx;
    const char *expression;
    int noperands;
    fm_tensor *operand[MOST_OPERANDS];
    fm_tensor *out;
} contraction;

static void contract(void *user, long calls) {
    contraction *c = user;
    for (long i = 0; i < calls; i++)
        bench_check(c->ctx, fm_einsum(c->ctx, c->expression, (const fm_tensor *const *)c->operand,
                                      c->noperands, NULL, &c->out));
}

/* The extent of a label in "a=3,b=4". */
static int64_t extent_of(const char *extents, char label) {
    for (const char *p = extents; *p; p++)
        if (*p == label && p[1] == '=') return strtoll(p + 2, NULL, 10);
    fprintf(stderr, "no extent of %c in %s\n", label, extents);
    exit(1);
}

static void run_contraction(const char *name, fm_dtype dtype, const char *expression,
                            const char *extents) {
    contraction c = {.ctx = bench_open(FM_CPU, FM_TIMING_DEFAULT), .expression = expression};
    for (const char *p = expression; *p && *p != '-';) {
        int64_t shape[MOST_AXES];
        int ndim = 0;
        for (; *p != ',' && *p != '-'; p++) shape[ndim++] = extent_of(extents, *p);
        c.operand[c.noperands++] = bench_tensor(c.ctx, dtype, ndim, shape, 1.0);
        if (*p == ',') p++;
    }
    bench_run(name, contract, &c, 0.5);
    for (int i = 0; i < c.noperands; i++) fm_tensor_release(c.operand[i]);
    fm_tensor_release(c.out);
    fm_context_close(c.ctx);
}

/* A matrix with its own transpose, and with that of a copy. */
static void run_gram(const bench_case *which) {
    const int64_t shape[] = {which->size[0], which->size[0]};
    contraction c = {.ctx = bench_open(FM_CPU, FM_TIMING_DEFAULT), .expression = "ij,ik->jk"};
    c.noperands = 2;
    c.operand[0] = bench_tensor(c.ctx, which->dtype, 2, shape, 1.0);
    c.operand[1] = which->size[1] ? bench_tensor(c.ctx, which->dtype, 2, shape, 1.0) : c.operand[0];
    bench_run(which->name, contract, &c, 1.0);
    if (which->size[1]) fm_tensor_release(c.operand[1]);
    fm_tensor_release(c.operand[0]);
    fm_tensor_release(c.out);
    fm_context_close(c.ctx);
}

int main(int argc, char **argv) {
    static const bench_case grams[] = {
        {"einsum.same.f64.2048", run_gram, FM_FLOAT64, {2048, 0}},
        {"einsum.copy.f64.2048", run_gram, FM_FLOAT64, {2048, 1}},
        {"einsum.same.f32.512", run_gram, FM_FLOAT32, {512, 0}},
        {"einsum.copy.f32.512", run_gram, FM_FLOAT32, {512, 1}},
    };
    char line[1024], name[64], dtype[16], expression[256], extents[512];
    FILE *list = fopen(BENCH_EINSUM_LIST, "r");
    if (!list) {
        perror(BENCH_EINSUM_LIST);
        return 1;
    }
    while (fgets(line, sizeof line, list)) {
        if (sscanf(line, "%63s %15s %255s %511s", name, dtype, expression, extents) != 4) continue;
        if (*line == '#' || !bench_wanted(argc, argv, name)) continue;
        run_contraction(name, fm_dtype_parse(dtype), expression, extents);
    }
    fclose(list);
    return bench_cases(argc, argv, grams, sizeof grams / sizeof *grams);
}
