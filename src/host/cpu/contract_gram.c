/* Products of a matrix with its own transpose: the blocks below the diagonal are computed, the rest
   is their mirror image. */
#include "cpu/contract.h"
#include "cpu/scalar_value.h"

/* From that many rows and summed products on it pays to halve the matrix. */
enum { LEAST_ROWS = 128, LEAST_DEPTH = 64, TILE = 32 };

/* Rows up to which a block on the diagonal is computed whole. */
static int64_t block_of(int64_t m) {
    return m < 512 ? 64 : m < 1024 ? 128 : 256;
}

/* Where a matrix is halved, in whole tiles. */
static int64_t middle_of(int64_t m) {
    return (m / 2 + TILE - 1) / TILE * TILE;
}

static bool is_floating(fm_dtype stage) {
    return stage >= FM_FLOAT32;
}

bool fm_gram_fits(const fm_folded *fold) {
    const fm_product *p = &fold->product;
    if (fold->elementwise || fold->conj_a || !is_floating(fold->stage)) return false;
    if (fold->a.packed || fold->b.packed || p->m != p->n || p->am != p->bn || p->ak != p->bk)
        return false;
    if (p->m < LEAST_ROWS || p->k < LEAST_DEPTH) return false;
    for (int i = 0; i < fold->nbatch; i++)
        if (fold->batch[i].a != fold->batch[i].b) return false;
    return true;
}

static int64_t elements(int64_t m, int64_t block) {
    if (m <= block) return m * m;
    const int64_t half = middle_of(m);
    return elements(half, block) + elements(m - half, block) + half * (m - half);
}

int64_t fm_gram_elements(int64_t m) {
    return elements(m, block_of(m));
}

typedef struct gram {
    const fm_product *p;
    fm_gram_product product;
    const void *user;
    const char *a;
    char *c;
    int64_t size;
} gram;

/* Rows from to end of A with columns first to last of its transpose. */
static void multiply(const gram *g, int64_t from, int64_t end, int64_t first, int64_t last) {
    fm_product p = *g->p;
    p.m = end - from;
    p.n = last - first;
    g->product(g->user, &p, g->a + from * p.am * g->size, g->a + first * p.am * g->size,
               g->c + (from * p.cm + first) * g->size);
}

static void below(const gram *g, int64_t from, int64_t end, int64_t block) {
    if (end - from <= block) {
        multiply(g, from, end, from, end);
        return;
    }
    const int64_t half = from + middle_of(end - from);
    multiply(g, half, end, from, half);
    below(g, from, half, block);
    below(g, half, end, block);
}

typedef struct pair16 {
    uint64_t part[2];
} pair16;

/* The tiles of rows from to end, left of the diagonal, to above it. */
#define MIRROR(name, type)                                                                         \
    static void name(const gram *g, int64_t from, int64_t end) {                                   \
        type *c = (type *)(void *)g->c;                                                            \
        const int64_t ld = g->p->cm;                                                               \
        for (int64_t first = 0; first < end; first += TILE)                                        \
            for (int64_t j = first; j < first + TILE && j < end; j++)                              \
                for (int64_t i = from > j ? from : j + 1; i < end; i++)                            \
                    c[j * ld + i] = c[i * ld + j];                                                 \
    }
MIRROR(mirror_4, uint32_t)
MIRROR(mirror_8, uint64_t)
MIRROR(mirror_16, pair16)
#undef MIRROR

/* Rows of tiles; those at the end have most to do, so that pairs of them are given out. */
static void mirror(void *arg, int64_t begin, int64_t end, int lane) {
    const gram *g = arg;
    (void)lane;
    for (int64_t t = begin; t < end; t++) {
        const int64_t from = t * TILE, to = from + TILE < g->p->m ? from + TILE : g->p->m;
        if (g->size == 4) mirror_4(g, from, to);
        if (g->size == 8) mirror_8(g, from, to);
        if (g->size == 16) mirror_16(g, from, to);
    }
}

void fm_gram_run(const fm_product *p, fm_dtype stage, fm_pool *pool, fm_gram_product product,
                 const void *user, const void *a, void *c) {
    gram g = {p, product, user, a, c, (int64_t)fm_cpu_dtype_size(stage)};
    const int64_t tiles = (p->m + TILE - 1) / TILE;
    below(&g, 0, p->m, block_of(p->m));
    if (pool == NULL)
        mirror(&g, 0, tiles, 0);
    else
        fm_pool_run(pool, mirror, &g, tiles, 2);
}
