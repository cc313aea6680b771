/* Products of a matrix with its own transpose: what is below the diagonal is computed, the rest is
   its mirror image. The own kernel computes the triangle, a library strips of it. */
#include "cpu/contract.h"
#include "cpu/gemm.h"
#include "cpu/scalar_value.h"

#include <stdatomic.h>
#include <string.h>

/* From that many rows and summed products on a triangle and strips pay; rows of a strip, which is
   computed up to the end of its block on the diagonal: few waste less there, many reuse what a
   product packs. */
enum {
    LEAST_SIDE = 128,
    LEAST_ROWS = 256,
    LEAST_DEPTH = 64,
    NARROW = 64,
    WIDE = 192,
    CORNER = 16,
    LINE = 64
};

static int64_t strip_of(const fm_product *p) {
    return p->m < 1024 ? NARROW : WIDE;
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static bool is_floating(fm_dtype stage) {
    return stage >= FM_FLOAT32;
}

static bool has_lower(const fm_product *p, fm_dtype stage) {
    return (stage == FM_FLOAT32 || stage == FM_FLOAT64) &&
           fm_gemm_has_lower(stage == FM_FLOAT64, p->m, p->k);
}

static bool pays(const fm_product *p, fm_dtype stage) {
    if (has_lower(p, stage)) return p->m >= LEAST_SIDE && p->k >= LEAST_SIDE;
    return p->m >= LEAST_ROWS && p->k >= LEAST_DEPTH;
}

bool fm_gram_fits(const fm_folded *fold) {
    const fm_product *p = &fold->product;
    if (fold->elementwise || fold->conj_a || !is_floating(fold->stage)) return false;
    if (fold->a.packed || fold->b.packed || p->m != p->n || p->am != p->bn || p->ak != p->bk)
        return false;
    if (!pays(p, fold->stage)) return false;
    for (int i = 0; i < fold->nbatch; i++)
        if (fold->batch[i].a != fold->batch[i].b) return false;
    return true;
}

int64_t fm_gram_elements(const fm_product *p, fm_dtype stage) {
    const int64_t strip = strip_of(p);
    int64_t count = 0;
    if (has_lower(p, stage)) return p->m * (p->m + 1) / 2;
    for (int64_t from = 0; from < p->m; from += strip) {
        const int64_t end = least(from + strip, p->m);
        count += (end - from) * end;
    }
    return count;
}

typedef struct gram {
    const fm_product *p;
    fm_gram_product product;
    const void *user;
    const char *a;
    char *c;
    int64_t size;
    _Atomic int64_t next; /* strip */
} gram;

typedef struct pair16 {
    uint64_t part[2];
} pair16;

/* out[j * to + i] = in[i * from + j] for i below rows, at most WIDE, and j below columns: those of
   one line at once by way of a buffer, so that a line of a row is read once and long runs are
   written. */
#define TURN(name, type)                                                                           \
    static void name(int64_t rows, int64_t columns, const type *in, int64_t from, type *out,       \
                     int64_t to) {                                                                 \
        enum { TILE = LINE / sizeof(type) };                                                       \
        type turned[TILE][WIDE];                                                                   \
        for (int64_t first = 0; first < columns; first += TILE) {                                  \
            const int64_t count = least(TILE, columns - first);                                    \
            for (int64_t i = 0; i < rows; i++)                                                     \
                for (int64_t j = 0; j < count; j++) turned[j][i] = in[i * from + first + j];       \
            for (int64_t j = 0; j < count; j++)                                                    \
                for (int64_t i = 0; i < rows; i++) out[(first + j) * to + i] = turned[j][i];       \
        }                                                                                          \
    }                                                                                              \
    static void name##_corner(int64_t rows, type *c, int64_t ld) {                                 \
        for (int64_t i = 0; i < rows; i++)                                                         \
            for (int64_t j = 0; j < i; j++) c[j * ld + i] = c[i * ld + j];                         \
    }
TURN(turn_4, uint32_t)
TURN(turn_8, uint64_t)
TURN(turn_16, pair16)
#undef TURN

static void turn(int64_t size, int64_t rows, int64_t columns, const void *in, int64_t from,
                 void *out, int64_t to) {
    if (size == 4) turn_4(rows, columns, in, from, out, to);
    if (size == 8) turn_8(rows, columns, in, from, out, to);
    if (size == 16) turn_16(rows, columns, in, from, out, to);
}

static void turn_corner(int64_t size, int64_t rows, void *c, int64_t ld) {
    if (size == 4) turn_4_corner(rows, c, ld);
    if (size == 8) turn_8_corner(rows, c, ld);
    if (size == 16) turn_16_corner(rows, c, ld);
}

/* A strip of the result to above the diagonal, while it is in the cache: left of the diagonal's
   block at once, within it by smaller strips. */
static void mirror(const gram *g, int64_t from, int64_t end) {
    const int64_t ld = g->p->cm, size = g->size;
    turn(size, end - from, from, g->c + from * ld * size, ld, g->c + from * size, ld);
    for (int64_t i = from; i < end; i += CORNER) {
        const int64_t rows = least(CORNER, end - i);
        turn(size, rows, i - from, g->c + (i * ld + from) * size, ld, g->c + (from * ld + i) * size,
             ld);
        turn_corner(size, rows, g->c + (i * ld + i) * size, ld);
    }
}

/* Strips, the longest first; each lane takes the next when it is done with one, as they differ in
   length. */
static void strips(void *arg, int64_t begin, int64_t end, int lane) {
    gram *g = arg;
    const int64_t strip = strip_of(g->p), count = (g->p->m + strip - 1) / strip;
    (void)begin, (void)end, (void)lane;
    for (;;) {
        const int64_t taken = atomic_fetch_add_explicit(&g->next, 1, memory_order_relaxed);
        if (taken >= count) return;
        const int64_t from = (count - 1 - taken) * strip, to = least(from + strip, g->p->m);
        fm_product p = *g->p;
        p.m = to - from;
        p.n = to;
        g->product(g->user, &p, g->a + from * p.am * g->size, g->a, g->c + from * p.cm * g->size);
        mirror(g, from, to);
    }
}

static void mirrors(void *arg, int64_t begin, int64_t end, int lane) {
    gram *g = arg;
    (void)begin, (void)end, (void)lane;
    for (;;) {
        const int64_t taken = atomic_fetch_add_explicit(&g->next, 1, memory_order_relaxed);
        const int64_t from = ((g->p->m - 1) / WIDE - taken) * WIDE;
        if (from < 0) return;
        mirror(g, from, least(from + WIDE, g->p->m));
    }
}

static void lower(gram *g, fm_pool *pool, fm_dtype stage) {
    const fm_product *p = g->p;
    const bool ta = p->ak != 1, tb = p->bn != 1;
    (void)fm_gemm_lower(pool, stage == FM_FLOAT64, ta ? FM_TRANS_YES : FM_TRANS_NO,
                        tb ? FM_TRANS_YES : FM_TRANS_NO, p->m, p->k, g->a, ta ? p->ak : p->am, g->a,
                        tb ? p->bn : p->bk, g->c, p->cm);
    if (pool == NULL)
        mirrors(g, 0, 1, 0);
    else
        fm_pool_run(pool, mirrors, g, fm_pool_lanes(pool), 1);
}

/* Every strip reads the matrix again, which takes least where rows of one operand meet rows of the
   other: a matrix that lies by columns is turned for the first, into rows whose distance is no
   power of two. */
static int64_t row_of(const fm_product *p) {
    return p->k + LINE / 8;
}

size_t fm_gram_room(const fm_product *p, fm_dtype stage) {
    if (p->am != 1 || p->ak == 1 || has_lower(p, stage)) return 0;
    return (size_t)(p->m * row_of(p)) * fm_cpu_dtype_size(stage);
}

typedef struct turning {
    const gram *g;
    char *out;
} turning;

static void turn_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const turning *t = arg;
    const fm_product *p = t->g->p;
    const int64_t size = t->g->size;
    (void)lane;
    for (int64_t from = begin * WIDE; from < end * WIDE; from += WIDE)
        turn(size, least(WIDE, p->k - from), p->m, t->g->a + from * p->bk * size, p->bk,
             t->out + from * size, row_of(p));
}

void fm_gram_run(const fm_product *product, fm_dtype stage, fm_pool *pool, fm_gram_product part,
                 const void *user, const void *a, void *c, char *room) {
    fm_product p = *product;
    gram g = {&p, part, user, a, c, (int64_t)fm_cpu_dtype_size(stage), 0};
    if (pool != NULL && room != NULL && fm_gram_room(&p, stage) > 0) {
        turning job = {&g, room};
        fm_pool_run(pool, turn_rows, &job, (p.k + WIDE - 1) / WIDE, 1);
        g.a = room;
        p.am = p.bn = row_of(&p);
        p.ak = p.bk = 1;
    }
    if (has_lower(&p, stage))
        lower(&g, pool, stage);
    else if (pool == NULL)
        strips(&g, 0, 1, 0);
    else
        fm_pool_run(pool, strips, &g, fm_pool_lanes(pool), 1);
}
