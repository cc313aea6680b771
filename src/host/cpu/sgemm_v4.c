/* float32 product with AVX-512: tiles of 14 x 32 in registers, one operand broadcast, one packed.
 *
 * The loops are those of K. Goto and R. van de Geijn, "Anatomy of high-performance matrix
 * multiplication", ACM TOMS 34(3), 2008, with two departures that small batches ask for: the
 * broadcast operand is read where it lies unless many panels will use it, and the roles of the
 * operands are exchanged (C is then written by transposed tiles) where that saves packing. */
#include "cpu/sgemm.h"

#include <immintrin.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>

#include "cpu/cpuid.h"
#include "cpu/sgemm_tile.inc"

enum {
    PANEL = 2 * VECTOR, /* columns of a packed panel and of a tile */
    MOST_DEPTH = 832, /* k up to here is done at once: a tile's rows of it just fit the L1 cache */
    DEPTH = 512,      /* parts of a longer k */
    PACK_FROM = 512   /* columns from which packing the broadcast operand pays */
};

/* C(i, j) += alpha sum_p left(i, p) right(p, j): left is broadcast, right is packed by panels. */
typedef struct product {
    int64_t rows, columns, depth;
    fm_sview left, right;
    float alpha;
    float beta;
    float *c;
    int64_t ldc;
    bool transposed; /* (i, j) is stored at c[j * ldc + i] */
    bool pack_left;  /* otherwise left is read in place */
} product;

/* The calling thread's packing memory: panels take a quarter of the L2 cache, left's rows five
 * eighths. */
typedef struct buffers {
    float *panels;
    float *left;
    int64_t panel_floats, left_floats;
} buffers;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t buffer_key;
static bool has_key;

static void make_key(void) {
    has_key = pthread_key_create(&buffer_key, free) == 0;
}

/* Made at the thread's first use and freed when it ends. */
static bool packing_buffers(buffers *out) {
    (void)pthread_once(&once, make_key);
    if (!has_key) return false;
    int64_t quarter = (int64_t)(fm_cpu_detect()->l2 / 4 / sizeof(float)) / VECTOR * VECTOR;
    out->panel_floats = quarter > PANEL * MOST_DEPTH ? quarter : PANEL * MOST_DEPTH;
    out->left_floats = 5 * quarter / 2 / VECTOR * VECTOR;
    if (out->left_floats < VECTOR * MOST_DEPTH) out->left_floats = VECTOR * MOST_DEPTH;
    out->panels = pthread_getspecific(buffer_key);
    if (!out->panels) {
        out->panels =
            aligned_alloc(64, (size_t)(out->panel_floats + out->left_floats) * sizeof(float));
        if (!out->panels) return false;
        if (pthread_setspecific(buffer_key, out->panels) != 0) {
            free(out->panels);
            return false;
        }
    }
    out->left = out->panels + out->panel_floats;
    return true;
}

static int64_t min64(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static const float *element(fm_sview v, int64_t i, int64_t j) {
    return v.at + i * v.row + j * v.column;
}

/* Copies the (depth, width) block at `from`, width at most VECTOR, into rows `step` apart, with
 * zeros beyond width. Its columns, not its rows, are contiguous. */
static void pack_turned(fm_sview from, int64_t depth, int64_t width, float *to, int64_t step) {
    for (int64_t p = 0; p < depth; p += VECTOR) {
        int64_t count = min64(VECTOR, depth - p);
        __mmask16 mask = first_lanes(count);
        __m512 r[VECTOR];
        for (int64_t j = 0; j < VECTOR; ++j) {
            r[j] =
                j < width ? _mm512_maskz_loadu_ps(mask, element(from, p, j)) : _mm512_setzero_ps();
        }
        transpose(r);
        for (int64_t q = 0; q < count; ++q) _mm512_store_ps(to + (p + q) * step, r[q]);
    }
}

/* Packs all panels together, row after row: rows lie far apart, so the hardware prefetches little.
 */
static void pack_straight(fm_sview from, int64_t depth, int64_t width, float *panels) {
    for (int64_t p = 0; p < depth; ++p) {
        const float *row = element(from, p, 0);
        const float *ahead = element(from, min64(p + AHEAD, depth - 1), 0);
        for (int64_t j = 0; j < width; j += PANEL) {
            float *to = panels + j * depth + p * PANEL;
            _mm_prefetch((const char *)(ahead + j), _MM_HINT_T0);
            _mm_prefetch((const char *)(ahead + min64(j + VECTOR, width - 1)), _MM_HINT_T0);
            __m512 low = _mm512_maskz_loadu_ps(first_lanes(width - j), row + j);
            __m512 high = _mm512_maskz_loadu_ps(first_lanes(width - j - VECTOR), row + j + VECTOR);
            _mm512_store_ps(to, low);
            _mm512_store_ps(to + VECTOR, high);
        }
    }
}

static void pack_panels(fm_sview from, int64_t depth, int64_t width, float *panels) {
    if (from.column == 1) {
        pack_straight(from, depth, width, panels);
        return;
    }
    for (int64_t j = 0; j < width; j += VECTOR) {
        fm_sview part = {element(from, 0, j), from.row, from.column};
        float *to = panels + j / PANEL * PANEL * depth + j % PANEL;
        pack_turned(part, depth, min64(VECTOR, width - j), to, PANEL);
    }
    if ((width - 1) % PANEL >= VECTOR) return;
    float *last = panels + (width - 1) / PANEL * PANEL * depth + VECTOR;
    for (int64_t p = 0; p < depth; ++p) _mm512_store_ps(last + p * PANEL, _mm512_setzero_ps());
}

/* Rows are cut into tiles of nearly equal height: 64 rows as 13, 13, 13, 13, 12. */
static int64_t tile_begin(int64_t rows, int64_t tiles, int64_t i) {
    return rows / tiles * i + min64(i, rows % tiles);
}

static void pack_left(const product *x, int64_t tiles, float *packed) {
    for (int64_t t = 0; t < tiles; ++t) {
        int64_t top = tile_begin(x->rows, tiles, t);
        int64_t height = tile_begin(x->rows, tiles, t + 1) - top;
        fm_sview turned = {element(x->left, top, 0), x->left.column, x->left.row};
        float *to = packed + t * VECTOR * x->depth;
        if (turned.column != 1) {
            pack_turned(turned, x->depth, height, to, VECTOR);
            continue;
        }
        for (int64_t p = 0; p < x->depth; ++p) {
            __m512 row = _mm512_maskz_loadu_ps(first_lanes(height), element(turned, p, 0));
            _mm512_store_ps(to + p * VECTOR, row);
        }
    }
}

/* C(j, i) = tile(i, j) + beta C(j, i) for a tile that lies in a buffer with rows PANEL apart. */
static void add_transposed(const float *tile, int64_t height, int64_t width, float beta, float *c,
                           int64_t ldc) {
    __mmask16 mask = first_lanes(height);
    __mmask16 read = beta == 0 ? 0 : mask;
    for (int64_t half = 0; half < width; half += VECTOR) {
        __m512 r[VECTOR];
        for (int64_t i = 0; i < VECTOR; ++i) r[i] = _mm512_load_ps(tile + i * PANEL + half);
        transpose(r);
        for (int64_t j = 0; j < min64(VECTOR, width - half); ++j) {
            float *row = c + (half + j) * ldc;
            __m512 old = _mm512_maskz_loadu_ps(read, row);
            _mm512_mask_storeu_ps(row, mask, _mm512_fmadd_ps(_mm512_set1_ps(beta), old, r[j]));
        }
    }
}

static void run_tile(const product *x, tile_job *job, int64_t height, int64_t top, int64_t left) {
    _Alignas(64) float turned[VECTOR * PANEL];
    int64_t width = min64(PANEL, x->columns - left);
    tile_function run = (x->pack_left || x->left.row == 1 ? tiles_by_depth : tiles_by_row)[height];
    if (!x->transposed) {
        job->c = x->c + top * x->ldc + left;
        job->write[0] = first_lanes(width);
        job->write[1] = first_lanes(width - VECTOR);
        run(job);
        return;
    }
    job->c = turned;
    run(job);
    for (int64_t i = height * PANEL; i < VECTOR * PANEL; i += VECTOR) {
        _mm512_store_ps(turned + i, _mm512_setzero_ps());
    }
    add_transposed(turned, height, width, x->beta, x->c + left * x->ldc + top, x->ldc);
}

/* All rows against the packed columns first <= j < first + count: a tile's rows stay in the L1
 * cache while the panels come from L2. */
static void run_group(const product *x, const buffers *memory, int64_t tiles, int64_t first,
                      int64_t count) {
    tile_job job = {.depth = x->depth, .alpha = x->alpha, .beta = x->beta, .ldc = x->ldc};
    job.stride = x->left.row == 1 ? x->left.column : x->left.row;
    if (x->pack_left) job.stride = VECTOR;
    if (x->transposed) {
        job.beta = 0;
        job.ldc = PANEL;
        job.write[0] = job.write[1] = first_lanes(VECTOR);
    }
    for (int64_t t = 0; t < tiles; ++t) {
        int64_t top = tile_begin(x->rows, tiles, t);
        int64_t height = tile_begin(x->rows, tiles, t + 1) - top;
        job.a = x->pack_left ? memory->left + t * VECTOR * x->depth : element(x->left, top, 0);
        for (int64_t j = 0; j < count; j += PANEL) {
            job.panel = memory->panels + j * x->depth;
            run_tile(x, &job, height, top, first + j);
        }
    }
}

static void run_block(const product *x, const buffers *memory) {
    int64_t tiles = (x->rows + TILE_ROWS - 1) / TILE_ROWS;
    int64_t group = memory->panel_floats / x->depth / PANEL * PANEL;
    if (x->pack_left) pack_left(x, tiles, memory->left);
    for (int64_t j = 0; j < x->columns; j += group) {
        int64_t count = min64(group, x->columns - j);
        fm_sview right = {element(x->right, 0, j), x->right.row, x->right.column};
        pack_panels(right, x->depth, count, memory->panels);
        run_group(x, memory, tiles, j, count);
    }
}

static void run(const product *x, const buffers *memory) {
    int64_t parts = x->depth <= MOST_DEPTH ? 1 : (x->depth + DEPTH - 1) / DEPTH;
    for (int64_t d = 0; d < parts; ++d) {
        product block = *x;
        int64_t first = tile_begin(x->depth, parts, d);
        block.depth = tile_begin(x->depth, parts, d + 1) - first;
        block.beta = d == 0 ? x->beta : 1;
        int64_t most = memory->left_floats / (VECTOR * block.depth) * TILE_ROWS;
        int64_t blocks = x->pack_left ? (x->rows + most - 1) / most : 1;
        for (int64_t i = 0; i < blocks; ++i) {
            int64_t top = tile_begin(x->rows, blocks, i);
            block.rows = tile_begin(x->rows, blocks, i + 1) - top;
            block.left.at = element(x->left, top, first);
            block.right.at = element(x->right, first, 0);
            block.c = x->c + top * (x->transposed ? 1 : x->ldc);
            run_block(&block, memory);
        }
    }
}

/* Cycles that a product takes with `wide` columns as vectors, roughly: two instructions of 16
 * multiply-adds each, a tenth for an element copied into a panel, three tenths for one transposed.
 */
static double cycles(int64_t tall, int64_t wide, int64_t k, bool contiguous, bool transposed) {
    double columns = (double)((wide + PANEL - 1) / PANEL * PANEL);
    double per_depth = (double)tall * columns / PANEL + (double)wide * (contiguous ? 0.1 : 0.3);
    return (double)k * per_depth + (transposed ? 0.3 * (double)tall * columns : 0);
}

bool fm_sgemm_v4(int64_t m, int64_t n, int64_t k, float alpha, fm_sview a, fm_sview b, float beta,
                 float *c, int64_t ldc) {
    buffers memory;
    if (!packing_buffers(&memory)) return false;
    product x = {m, n, k, a, b, alpha, beta, c, ldc, false, false};
    if (cycles(n, m, k, a.row == 1, true) < cycles(m, n, k, b.column == 1, false)) {
        x.rows = n;
        x.columns = m;
        x.left = (fm_sview){b.at, b.column, b.row};
        x.right = (fm_sview){a.at, a.column, a.row};
        x.transposed = true;
    }
    x.pack_left = x.columns >= PACK_FROM;
    run(&x, &memory);
    return true;
}
