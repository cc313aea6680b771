/* Contractions on the fake device against sums in long double and against the CPU backend: products
 * read in place, packed, batched, turned; the direct kernel; every dtype and math mode. */
#include "both.h"

#include <ctype.h>

/* What `letters` are long, by letter. */
static int64_t extent_of(char letter) {
    static const int64_t extents[26] = {3, 4, 5, 6, 2, 7, 1, 9, 33, 20, 17, 12, 1, 8, 0};
    return extents[letter - 'a'];
}

typedef struct equation {
    char a[8], b[8], c[8];
    int operands;
} equation;

/* "ij,jk->ik" */
static equation parse(const char *text) {
    equation e = {.operands = 1};
    char *part = e.a;
    for (; *text; ++text) {
        if (isalpha((unsigned char)*text)) *part++ = *text;
        if (*text == ',') {
            part = e.b;
            e.operands = 2;
        }
        if (*text == '>') part = e.c;
    }
    return e;
}

static tensor tensor_of(const char *letters, fm_dtype dtype, arrangement how) {
    int64_t shape[BOTH_NDIM] = {0};
    int ndim = 0;
    for (; letters[ndim]; ++ndim) shape[ndim] = extent_of(letters[ndim]);
    return tensor_make(dtype, ndim, shape, how);
}

static int64_t stride_of(const char *letters, const int64_t *strides, char letter) {
    int64_t stride = 0;
    for (int d = 0; letters[d]; ++d)
        if (letters[d] == letter) stride += strides[d];
    return stride;
}

/* The labels as infer gives them: those of the output first, its strides row-major. */
static void set_labels(fm_contract_params *p, const equation *e, const tensor *a, const tensor *b) {
    char order[32] = "";
    int64_t dense[BOTH_NDIM] = {0}, stride = 1;
    (void)snprintf(order, sizeof order, "%s%s%s", e->c, e->a, e->b);
    for (int d = (int)strlen(e->c) - 1; d >= 0; --d) {
        dense[d] = stride;
        stride *= extent_of(e->c[d]);
    }
    for (const char *l = order; *l; ++l) {
        if (memchr(order, *l, (size_t)(l - order))) continue;
        const int in_a = strchr(e->a, *l) != NULL, in_b = e->b[0] && strchr(e->b, *l) != NULL;
        const int in_c = e->c[0] && strchr(e->c, *l) != NULL;
        p->label[p->nlabels++] = (fm_contract_label){extent_of(*l),
                                                     in_a ? stride_of(e->a, a->strides, *l) : 0,
                                                     in_b ? stride_of(e->b, b->strides, *l) : 0,
                                                     in_c ? stride_of(e->c, dense, *l) : 0,
                                                     (uint8_t)in_a,
                                                     (uint8_t)in_b,
                                                     (uint8_t)in_c};
    }
}

static double value(fm_dtype dtype, int64_t i) {
    const int64_t n = (i * 37 + i * i % 13) % 19;
    if (dtype == FM_BOOL) return n % 4 == 0;
    if (dtype >= FM_UINT8 && dtype <= FM_UINT64) return (double)n;
    return dtype <= FM_UINT64 ? (double)(n - 9) : (double)(n - 9) * 0.125;
}

static void fill(tensor *t, int salt) {
    for (int64_t i = 0; i < t->size; ++i)
        tensor_set(t, i, value(t->dtype, i + salt),
                   is_complex_dtype(t->dtype) ? value(t->dtype, i + salt + 7) : 0);
}

/* Element o of the output and the sum of the magnitudes of its terms. */
static number expect(const both_call *c, const tensor *a, const tensor *b, int64_t o, real *scale) {
    const fm_contract_params *p = &c->params.contract;
    int64_t at[FM_MAX_NDIM] = {0};
    number sum = {0, 0};
    int kept = 0;
    *scale = 0;
    while (kept < p->nlabels && p->label[kept].in_c) ++kept;
    for (int i = kept - 1; i >= 0; --i) {
        at[i] = o % p->label[i].extent;
        o /= p->label[i].extent;
    }
    for (int i = kept; i < p->nlabels; ++i)
        if (!p->label[i].extent) return sum;
    for (;;) {
        int64_t in_a = a->origin, in_b = b ? b->origin : 0;
        for (int i = 0; i < p->nlabels; ++i) {
            in_a += at[i] * p->label[i].a;
            in_b += at[i] * p->label[i].b;
        }
        tensor at_a = *a, at_b = b ? *b : *a;
        at_a.ndim = at_b.ndim = 0;
        at_a.origin = in_a;
        at_b.origin = in_b;
        number x = tensor_get(&at_a, 0), y = {1, 0};
        if (b) y = tensor_get(&at_b, 0);
        if (p->conj_a) x.im = -x.im;
        sum.re += x.re * y.re - x.im * y.im;
        sum.im += x.re * y.im + x.im * y.re;
        *scale += (fabsl(x.re) + fabsl(x.im)) * (fabsl(y.re) + fabsl(y.im));
        int i = p->nlabels - 1;
        while (i >= kept && ++at[i] == p->label[i].extent) at[i--] = 0;
        if (i < kept) return sum;
    }
}

static void wrap(fm_dtype dtype, number *x) {
    if (dtype == FM_BOOL) x->re = x->re != 0;
    if (dtype > FM_UINT64 || dtype == FM_BOOL) return;
    const int bits = 8 * (int)dtype_bytes(dtype);
    const int is_signed = dtype <= FM_INT64;
    if (bits == 64) return;
    const real whole = ldexpl(1, bits);
    x->re = fmodl(fmodl(x->re, whole) + whole, whole);
    if (is_signed && x->re >= whole / 2) x->re -= whole;
}

static both_call call_of(const equation *e, tensor *a, tensor *b, tensor *c, fm_dtype compute) {
    both_call call = {.family = FM_FAMILY_CONTRACT,
                      .op = FM_CONTRACT_contract,
                      .compute = compute,
                      .nin = e->operands,
                      .nout = 1,
                      .in = {a, b},
                      .out = {c}};
    set_labels(&call.params.contract, e, a, b);
    return call;
}

static void verify(const both_call *call, tensor *a, tensor *b, real units) {
    tensor *c = call->out[0];
    cuda_run(call);
    for (int64_t o = 0; o < c->size; ++o) {
        real scale;
        number want = expect(call, a, b, o, &scale);
        wrap(c->dtype, &want);
        near_number(c, o, want, scale, units);
    }
}

static void check(const char *text, fm_dtype da, fm_dtype db, fm_dtype dc, arrangement ha,
                  arrangement hb, arrangement hc, int conjugate) {
    const equation e = parse(text);
    tensor a = tensor_of(e.a, da, ha), b = tensor_of(e.b, db, hb), c = tensor_of(e.c, dc, hc);
    fill(&a, 1);
    fill(&b, 4);
    both_call call = call_of(&e, &a, &b, &c, dc);
    call.params.contract.conj_a = conjugate;
    verify(&call, &a, e.operands == 2 ? &b : NULL, 2);
    cpu_agrees(&call, NULL, dc >= FM_FLOAT16 ? 10 : 0, 40);
    tensor_free(&a);
    tensor_free(&b);
    tensor_free(&c);
}

static const char *const equations[] = {
    "ij,jk->ik",       "ij,kj->ik",   "ji,jk->ik",    "ij,jk->ki",   "aij,ajk->aik",
    "ij,ajk->aik",     "aij,jk->aik", "i,i->",        "ai,ai->a",    "i,k->ik",
    "ia,ka->ika",      "bai,aik->bk", "abi,cai->bc",  "aid,dic->ac", "abij,bjk->abik",
    "ijb,bja->iab",    "ii->i",       "ij->ji",       "ij->",        "aij->ia",
    "ai,k->ak",        "gi,ig->g",    "g,g->",        "ah,hb->ab",   "aa,ab->b",
    "aibj,ajbk->abik", "bij,aj->iab", "i,ij->j",      "ij,j->i",     "cad,ead->cea",
    "abi,bi->ai",      "bk,abk->ak",  "abcj,bcj->aj", "bl,bl->l",    "abh,bh->ah",
};
enum { EQUATIONS = sizeof equations / sizeof *equations };

static void every_equation(void **state) {
    (void)state;
    for (int i = 0; i < EQUATIONS; ++i)
        for (int how = 0; how < ARRANGEMENTS; ++how)
            check(equations[i], FM_FLOAT32, FM_FLOAT32, FM_FLOAT32, (arrangement)how,
                  (arrangement)((how + i) % ARRANGEMENTS), (arrangement)(i % 3 ? DENSE : how), 0);
}

static void every_dtype(void **state) {
    (void)state;
    static const char *const some[] = {"ij,jk->ik", "ij,ajk->aik", "ia,ka->ika",
                                       "i,i->",     "ai,ai->a",    "i,k->ik",
                                       "ij->j",     "bij,aj->iab", "abi,bi->ai"};
    for (int dtype = FM_BOOL; dtype < FM_DTYPE_COUNT; ++dtype)
        for (size_t i = 0; i < sizeof some / sizeof *some; ++i)
            for (int how = 0; how < ARRANGEMENTS; how += 3)
                check(some[i], (fm_dtype)dtype, (fm_dtype)dtype, (fm_dtype)dtype, (arrangement)how,
                      TURNED, DENSE, 0);
}

static void operands_of_other_dtypes(void **state) {
    (void)state;
    static const fm_dtype sets[][3] = {{FM_INT8, FM_FLOAT32, FM_FLOAT32},
                                       {FM_FLOAT16, FM_BFLOAT16, FM_FLOAT32},
                                       {FM_FLOAT32, FM_COMPLEX128, FM_COMPLEX128},
                                       {FM_BOOL, FM_INT32, FM_INT32},
                                       {FM_UINT8, FM_INT16, FM_INT16}};
    static const char *const some[] = {"ij,jk->ik", "bij,aj->iab", "ai,ai->a", "ij,ajk->aik"};
    for (size_t s = 0; s < sizeof sets / sizeof *sets; ++s)
        for (size_t i = 0; i < sizeof some / sizeof *some; ++i)
            check(some[i], sets[s][0], sets[s][1], sets[s][2], TURNED, GAPPED, DENSE, 0);
}

static void the_first_operand_is_conjugated(void **state) {
    (void)state;
    for (int how = 0; how < ARRANGEMENTS; ++how) {
        static const char *const some[] = {"ij,jk->ik", "i,i->", "ai,ai->a", "ji,jk->ik"};
        for (int i = 0; i < 4; ++i) {
            check(some[i], FM_COMPLEX64, FM_COMPLEX64, FM_COMPLEX64, (arrangement)how, DENSE, DENSE,
                  1);
            check(some[i], FM_COMPLEX128, FM_FLOAT64, FM_COMPLEX128, (arrangement)how, TURNED,
                  DENSE, 1);
        }
    }
}

/* Long sums of few outputs: library and direct kernel, with chunks. */
static void long_sums(void **state) {
    (void)state;
    static const fm_dtype dtypes[] = {FM_FLOAT32, FM_INT32, FM_COMPLEX128, FM_FLOAT16};
    for (int d = 0; d < 4; ++d) {
        const int64_t shape[] = {2, 40000};
        tensor a = tensor_make(dtypes[d], 2, shape, DENSE),
               b = tensor_make(dtypes[d], 2, shape, TURNED);
        tensor c = tensor_make(dtypes[d], 1, shape, DENSE);
        fill(&a, 0);
        fill(&b, 1);
        both_call call = {.family = FM_FAMILY_CONTRACT,
                          .compute = dtypes[d],
                          .nin = 2,
                          .nout = 1,
                          .in = {&a, &b},
                          .out = {&c}};
        call.params.contract.nlabels = 2;
        call.params.contract.label[0] =
            (fm_contract_label){2, a.strides[0], b.strides[0], 1, 1, 1, 1};
        call.params.contract.label[1] =
            (fm_contract_label){40000, a.strides[1], b.strides[1], 0, 1, 1, 0};
        verify(&call, &a, &b, 2);
        tensor_free(&a);
        tensor_free(&b);
        tensor_free(&c);
    }
}

/* Where the output's innermost label is one of both operands, nothing is packed for its vectors. */
static void sums_side_by_side_pack_nothing(void **state) {
    (void)state;
    static const char *const some[] = {"abi,bi->ai", "bk,abk->ak", "abcj,bcj->aj", "bl,bl->l"};
    for (int i = 0; i < 4; ++i) {
        const equation e = parse(some[i]);
        tensor a = tensor_of(e.a, FM_FLOAT32, DENSE), b = tensor_of(e.b, FM_FLOAT32, DENSE);
        tensor c = tensor_of(e.c, FM_FLOAT32, DENSE);
        const both_call call = call_of(&e, &a, &b, &c, FM_FLOAT32);
        const side *const sides[] = {&cpu_side, &cuda_side};
        for (int s = 0; s < 2; ++s) {
            fm_plan_info info;
            fm_kplan *plan;
            BOTH_OK(side_plan(sides[s], &call, &plan, &info));
            assert_int_equal(info.workspace, 0);
            sides[s]->api->plan_free(sides[s]->dev, plan);
        }
        tensor_free(&a);
        tensor_free(&b);
        tensor_free(&c);
    }
}

/* The modes lower float32 products, and only those, by what their inputs keep. */
static void math_modes(void **state) {
    (void)state;
    static const struct {
        fm_math_mode mode;
        real units; /* of float32's roundoff */
    } modes[] = {{FM_MATH_FLOAT32, 2},
                 {FM_MATH_TF32, 0x1p14},
                 {FM_MATH_BF16, 0x1p17},
                 {FM_MATH_FP16, 0x1p14}};
    const equation e = parse("ij,jk->ik");
    for (int m = 0; m < 4; ++m) {
        tensor a = tensor_of(e.a, FM_FLOAT32, DENSE), b = tensor_of(e.b, FM_FLOAT32, TURNED);
        tensor c = tensor_of(e.c, FM_FLOAT32, DENSE);
        for (int64_t i = 0; i < a.size; ++i) tensor_set(&a, i, 1 + (double)i * 0x1p-20, 0);
        fill(&b, 3);
        both_call call = call_of(&e, &a, &b, &c, FM_FLOAT32);
        call.math_mode = modes[m].mode;
        verify(&call, &a, &b, modes[m].units);
        if (m) { /* it did lower them */
            real scale;
            int differs = 0;
            for (int64_t o = 0; o < c.size; ++o)
                differs |= fabsl(tensor_get(&c, o).re - expect(&call, &a, &b, o, &scale).re) >
                           scale * 0x1p-22L;
            assert_true(differs);
        }
        tensor_free(&a);
        tensor_free(&b);
        tensor_free(&c);
    }
}

static void empty_sums_are_zero(void **state) {
    (void)state;
    check("io,ok->ik", FM_FLOAT32, FM_FLOAT32, FM_FLOAT32, DENSE, DENSE, DENSE, 0);
    check("io,ok->ik", FM_INT16, FM_INT16, FM_INT16, DENSE, DENSE, TURNED, 0);
    check("ij,jo->io", FM_FLOAT64, FM_FLOAT64, FM_FLOAT64, DENSE, DENSE, DENSE, 0);
    check("o->", FM_COMPLEX64, FM_COMPLEX64, FM_COMPLEX64, DENSE, DENSE, DENSE, 0);
}

/* dot with a number; outer, whose output's axes are fewer than the labels. */
static void numbers_and_flattened_outputs(void **state) {
    (void)state;
    const equation e = {"", "ij", "ij", 2};
    const fm_scalar scalars[2] = {fm_float(2.5)};
    tensor a = tensor_of("", FM_FLOAT64, DENSE), b = tensor_of("ij", FM_FLOAT32, TURNED);
    tensor c = tensor_of("ij", FM_FLOAT32, DENSE);
    fill(&b, 2);
    both_call call = call_of(&e, &a, &b, &c, FM_FLOAT32);
    call.by_value = 1;
    call.scalars = scalars;
    cuda_run(&call);
    for (int64_t i = 0; i < c.size; ++i)
        assert_true(tensor_get(&c, i).re == 2.5L * tensor_get(&b, i).re);
    tensor_free(&a);
    tensor_free(&b);
    tensor_free(&c);
    const equation outer = parse("ab,cd->abcd");
    const int64_t flat[] = {12, 30};
    tensor x = tensor_of("ab", FM_FLOAT32, DENSE), y = tensor_of("cd", FM_FLOAT32, DENSE);
    tensor z = tensor_make(FM_FLOAT32, 2, flat, GAPPED);
    fill(&x, 1);
    fill(&y, 2);
    call = call_of(&outer, &x, &y, &z, FM_FLOAT32);
    cuda_run(&call);
    for (int64_t i = 0; i < z.size; ++i)
        assert_true(tensor_get(&z, i).re == tensor_get(&x, i / 30).re * tensor_get(&y, i % 30).re);
    tensor_free(&x);
    tensor_free(&y);
    tensor_free(&z);
}

/* Addresses that no 16-byte load may use. */
static void odd_addresses(void **state) {
    (void)state;
    for (int dtype = FM_FLOAT16; dtype <= FM_COMPLEX64; ++dtype) {
        const equation e = parse("ij,jk->ik");
        tensor a = tensor_of(e.a, (fm_dtype)dtype, DENSE),
               b = tensor_of(e.b, (fm_dtype)dtype, DENSE);
        tensor c = tensor_of(e.c, (fm_dtype)dtype, DENSE);
        a.origin += 1;
        b.origin += 3;
        fill(&a, 1);
        fill(&b, 2);
        const both_call call = call_of(&e, &a, &b, &c, (fm_dtype)dtype);
        verify(&call, &a, &b, 2);
        tensor_free(&a);
        tensor_free(&b);
        tensor_free(&c);
    }
}

static void every_call_fails_in_turn(void **state) {
    (void)state;
    static const fm_dtype sets[][2] = {
        {FM_FLOAT32, FM_FLOAT32}, {FM_FLOAT16, FM_FLOAT32}, {FM_INT32, FM_INT32}};
    const equation e = parse("bij,aj->iab");
    for (int s = 0; s < 3; ++s) {
        tensor a = tensor_of(e.a, sets[s][0], TURNED), b = tensor_of(e.b, sets[s][1], DENSE);
        tensor c = tensor_of(e.c, sets[s][1], DENSE);
        fill(&a, 1);
        fill(&b, 2);
        const both_call call = call_of(&e, &a, &b, &c, sets[s][1]);
        assert_in_range(cuda_sweep(&call, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 200);
        assert_in_range(cuda_sweep(&call, CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 200);
        cuda_run(&call);
        cuda_captured(&call);
        tensor_free(&a);
        tensor_free(&b);
        tensor_free(&c);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BOTH_CASE(every_equation),
        BOTH_CASE(every_dtype),
        BOTH_CASE(operands_of_other_dtypes),
        BOTH_CASE(the_first_operand_is_conjugated),
        BOTH_CASE(long_sums),
        BOTH_CASE(sums_side_by_side_pack_nothing),
        BOTH_CASE(math_modes),
        BOTH_CASE(empty_sums_are_zero),
        BOTH_CASE(numbers_and_flattened_outputs),
        BOTH_CASE(odd_addresses),
        BOTH_CASE(every_call_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
