/* Planning and running of one pass of a Fourier transform. */
#include "cpu/fft_pass.h"
#include "core/detail.h"
#include "cpu/family.h"
#include "cpu/pool.h"

#include <limits.h>
#include <string.h>

enum {
    BLOCK = 16384,   /* points of a block of lines */
    NEIGHBOURS = 8,  /* lines that share cache lines across their axis */
    MOST_LINES = 64, /* of a packed block */
    SPAN = 8192      /* points for which it pays to wake a thread */
};

static size_t complex_size(const fm_fft_pass *p) {
    return p->single ? sizeof(fm_c64) : sizeof(fm_c128);
}

static size_t unit(const fm_fft_pass *p, bool real) {
    return real ? complex_size(p) / 2 : complex_size(p);
}

static size_t round_up(size_t bytes) {
    return (bytes + 63) & ~(size_t)63;
}

/* The innermost axis of the lines. */
static int64_t inner_extent(const fm_fft_pass *p) {
    return p->lines.extent[p->lines.ndim - 1];
}
static int64_t inner_stride(const fm_fft_pass *p, int side) {
    return p->lines.stride[side][p->lines.ndim - 1];
}

/* Whether lines of one side can be transformed where they lie. */
static bool lies_well(const fm_fft_pass *p, int side, int64_t step, bool real) {
    if (step != 1) return false;
    for (int d = 0; d < p->lines.ndim; d++) {
        int64_t stride = p->lines.stride[side][d];
        if (p->lines.extent[d] > 1 && stride * (int64_t)unit(p, real) % 16 != 0) return false;
    }
    return inner_extent(p) == 1 || (inner_stride(p, side) > 0 && inner_stride(p, side) < INT_MAX);
}

static bool can_be_direct(const fm_fft_pass *p) {
    bool plain = (p->kind == FM_FFT_C2C && !p->in_real) || (p->kind == FM_FFT_R2C && p->sign < 0);
    return plain && p->in_points == p->n && lies_well(p, 0, p->in_step, p->in_real) &&
           lies_well(p, 1, p->out_step, p->out_real);
}

static fm_status plan_leaf(const fm_fft_pass *p, fm_fft_leaf *leaf, int64_t in_dist,
                           int64_t out_dist, bool in_place, int64_t batch) {
    *leaf = (fm_fft_leaf){.kind = p->kind,
                          .sign = p->sign,
                          .single = p->single,
                          .in_place = in_place,
                          .n = p->n,
                          .in_dist = in_dist,
                          .out_dist = out_dist,
                          .batch = (int)batch};
    return fm_fft_leaf_plan(leaf);
}

/* A multiple of 16 bytes in any element, off the powers of two. */
static int64_t pitch(int64_t n) {
    return (n + 3) / 4 * 4 + 8;
}

static fm_status plan_short(fm_fft_pass *p) {
    int64_t few = p->n > 0 ? BLOCK / p->n : BLOCK, extent = inner_extent(p);
    bool across = p->in_step != 1 || p->out_step != 1;
    if (few < 1) few = 1;
    if (across && few < NEIGHBOURS) few = NEIGHBOURS;
    if (few > MOST_LINES) few = MOST_LINES;
    if (few > extent) few = extent > 0 ? extent : 1;
    p->block = few;
    p->blocks_inner = (extent + few - 1) / few;
    p->blocks = p->blocks_inner;
    for (int d = 0; d < p->lines.ndim - 1; d++) p->blocks *= p->lines.extent[d];
    int64_t line = pitch(p->n);
    FM_TRY(plan_leaf(p, &p->packed, line, line, p->kind == FM_FFT_C2C, few));
    p->direct = can_be_direct(p);
    if (p->direct)
        FM_TRY(plan_leaf(p, &p->where_they_lie, extent > 1 ? inner_stride(p, 0) : p->n,
                         extent > 1 ? inner_stride(p, 1) : p->n, p->in_place, few));
    p->scratch = round_up((size_t)(line * few) * complex_size(p)) * 2 + round_up(p->packed.scratch);
    return FM_OK;
}

/* Extra room of long lines: a transform of pairs or a whole line, twice for c2r of pairs. */
static size_t long_line(const fm_fft_pass *p) {
    return round_up((size_t)(p->halved ? p->n / 2 + 1 : p->n) * complex_size(p));
}

static fm_status plan_long(fm_fft_pass *p) {
    bool pairs = p->in_real ? p->kind == FM_FFT_R2C : p->kind == FM_FFT_C2R;
    bool whole = p->kind == FM_FFT_C2R || p->in_points % 2 == 0;
    p->halved = pairs && whole && p->n % 2 == 0;
    p->large = fm_cpu_alloc(sizeof *p->large);
    if (!p->large) return FM_ERR_MEMORY;
    int sign = p->halved && p->kind == FM_FFT_R2C ? -1 : p->sign;
    if (p->kind == FM_FFT_C2R) sign = 1;
    FM_TRY(fm_fft_large_plan(p->large, p->halved ? p->n / 2 : p->n, sign, p->single));
    if (p->halved) FM_TRY(fm_fft_roots_plan(&p->roots, p->n, sign, p->single));
    p->work = p->large->work + 2 * long_line(p);
    p->scratch = p->large->scratch > round_up(SPAN * complex_size(p))
                     ? p->large->scratch
                     : round_up(SPAN * complex_size(p));
    return FM_OK;
}

fm_status fm_fft_pass_plan(fm_fft_pass *pass, int axis, const fm_fft_side *in,
                           const fm_fft_side *out) {
    int64_t shape[FM_INDEX_NDIM], from[FM_INDEX_NDIM], to[FM_INDEX_NDIM];
    int ndim = 0;
    for (int d = 0; d < in->ndim; d++) {
        if (d == axis) continue;
        shape[ndim] = in->shape[d];
        from[ndim] = in->strides[d];
        to[ndim++] = out->strides[d];
    }
    fm_index_begin(&pass->lines, ndim, shape);
    (void)fm_index_add(&pass->lines, ndim, shape, from);
    (void)fm_index_add(&pass->lines, ndim, shape, to);
    fm_index_coalesce(&pass->lines, 1);
    pass->loops = &FM_ISA_CHOOSE(fm_fft_table)[pass->single];
    pass->in_real = in->real;
    pass->out_real = out->real;
    pass->in_points = in->shape[axis];
    pass->out_points = out->shape[axis];
    pass->in_step = in->strides[axis];
    pass->out_step = out->strides[axis];
    bool real = pass->kind != FM_FFT_C2C;
    return pass->n > (real ? 2 : 1) * FM_FFT_LARGE ? plan_long(pass) : plan_short(pass);
}

void fm_fft_pass_free(fm_fft_pass *pass) {
    fm_fft_leaf_free(&pass->where_they_lie);
    fm_fft_leaf_free(&pass->packed);
    if (pass->large) fm_fft_large_free(pass->large);
    fm_cpu_host->free(pass->large);
    fm_fft_roots_free(&pass->roots);
}

typedef struct run {
    const fm_fft_pass *pass;
    char *in, *out, *work, *scratch;
    bool direct;
    /* long lines */
    int64_t points;
    char *from, *to;
} run;

static void run_direct(const run *r, char *in, char *out, int64_t lines, void *own) {
    const fm_fft_pass *p = r->pass;
    const fm_fft_leaf *leaf = &p->where_they_lie;
    fm_fft_leaf_run(leaf, lines, in, out, own);
    if (p->scale == 1) return;
    size_t step = (size_t)leaf->out_dist * complex_size(p);
    for (int64_t b = 0; b < lines; b++)
        p->loops->scale(2 * p->out_points, p->scale, out + (size_t)b * step);
}

/* The imaginary parts of a Hermitian line that count as 0. */
static void make_real(const fm_fft_pass *p, char *line) {
    size_t half = complex_size(p) / 2;
    memset(line + half, 0, half);
    if (p->n % 2 == 0) memset(line + (size_t)p->n * half + half, 0, half);
}

static void run_packed(const run *r, char *in, char *out, int64_t lines, char *scratch) {
    const fm_fft_pass *p = r->pass;
    const fm_fft_leaf *leaf = &p->packed;
    size_t room = round_up((size_t)(leaf->in_dist * p->block) * complex_size(p));
    char *packed = scratch, *result = leaf->in_place ? packed : packed + room;
    fm_fft_place from = {
        in, p->in_step, inner_stride(p, 0), 0, p->in_real ? FM_FFT_REAL : FM_FFT_COMPLEX, false};
    fm_fft_place to = {
        out, p->out_step, inner_stride(p, 1), 0, p->out_real ? FM_FFT_REAL : FM_FFT_COMPLEX, false};
    bool hermitian = p->kind == FM_FFT_C2R;
    if (p->kind == FM_FFT_R2C)
        p->loops->gather_real(&from, p->in_points, lines, packed, leaf->in_dist);
    else
        p->loops->gather(&from, p->in_points, lines, hermitian && p->sign < 0 ? -1 : 1, packed,
                         leaf->in_dist);
    int64_t wanted = hermitian ? p->n / 2 + 1 : p->n;
    for (int64_t b = 0; b < lines; b++) {
        char *line = packed + (size_t)(b * leaf->in_dist) * leaf->in_size;
        memset(line + (size_t)p->in_points * leaf->in_size, 0,
               (size_t)(wanted - p->in_points) * leaf->in_size);
        if (hermitian) make_real(p, line);
    }
    fm_fft_leaf_run(leaf, lines, packed, result, packed + 2 * room);
    if (hermitian)
        p->loops->scatter_real(result, leaf->out_dist, p->out_points, lines, p->scale, &to);
    else
        p->loops->scatter(result, leaf->out_dist, p->out_points, lines, p->scale,
                          p->kind == FM_FFT_R2C && p->sign > 0 ? -1 : 1, &to);
}

static void run_blocks(void *arg, int64_t begin, int64_t end, int lane) {
    const run *r = arg;
    const fm_fft_pass *p = r->pass;
    const fm_index *ix = &p->lines;
    char *scratch = r->scratch + (size_t)lane * p->scratch;
    for (int64_t i = begin; i < end; i++) {
        int64_t first = i % p->blocks_inner * p->block, outer = i / p->blocks_inner;
        int64_t in = first * inner_stride(p, 0), out = first * inner_stride(p, 1);
        int64_t lines = inner_extent(p) - first < p->block ? inner_extent(p) - first : p->block;
        for (int d = ix->ndim - 2; d >= 0; d--) {
            int64_t at = outer % ix->extent[d];
            outer /= ix->extent[d];
            in += at * ix->stride[0][d];
            out += at * ix->stride[1][d];
        }
        char *from = r->in + in * (int64_t)unit(p, p->in_real);
        char *to = r->out + out * (int64_t)unit(p, p->out_real);
        if (r->direct)
            run_direct(r, from, to, lines, scratch);
        else
            run_packed(r, from, to, lines, scratch);
    }
}

/* Spans of a long real transform: z to the result, or the input to z. */
static void run_untangle(void *arg, int64_t begin, int64_t end, int lane) {
    const run *r = arg;
    const fm_fft_pass *p = r->pass;
    char *packed = r->scratch + (size_t)lane * p->scratch;
    for (int64_t k = begin; k < end; k += SPAN) {
        int64_t n = end - k < SPAN ? end - k : SPAN;
        fm_fft_place to = {r->to + k * p->out_step * (int64_t)complex_size(p),
                           p->out_step,
                           n,
                           0,
                           FM_FFT_COMPLEX,
                           false};
        p->loops->untangle(k, k + n, p->n / 2, r->work, p->roots.fine, p->roots.coarse,
                           p->roots.shift, packed);
        p->loops->scatter(packed, n, n, 1, p->scale, p->sign > 0 ? -1 : 1, &to);
    }
}

static void run_tangle(void *arg, int64_t begin, int64_t end, int lane) {
    const run *r = arg;
    const fm_fft_pass *p = r->pass;
    char *z = r->work + long_line(p) + (size_t)begin * complex_size(p);
    (void)lane;
    p->loops->tangle(begin, end, p->n / 2, r->work, p->roots.fine, p->roots.coarse, p->roots.shift,
                     z);
}

/* The points of a Hermitian line, zeros after those that there are, in the work memory. */
static void gather_long(const run *r) {
    const fm_fft_pass *p = r->pass;
    fm_fft_place from = {r->from, p->in_step, 0, 0, p->in_real ? FM_FFT_REAL : FM_FFT_COMPLEX,
                         false};
    size_t size = complex_size(p);
    p->loops->gather(&from, p->in_points, 1, p->sign < 0 ? -1 : 1, r->work, p->n);
    memset(r->work + (size_t)p->in_points * size, 0, (size_t)(p->n / 2 + 1 - p->in_points) * size);
    make_real(p, r->work);
    if (p->halved) return;
    fm_fft_place line = {r->work, 1, 0, 0, FM_FFT_COMPLEX, false};
    for (int64_t k = 1; k <= (p->n - 1) / 2; k++) {
        line.data = r->work + (size_t)k * size;
        p->loops->gather(&line, 1, 1, -1, r->work + (size_t)(p->n - k) * size, 1);
    }
}

static void run_long(run *r) {
    const fm_fft_pass *p = r->pass;
    char *work = r->work + 2 * long_line(p);
    fm_fft_place from = {r->from, p->in_step, 0, 0, p->in_real ? FM_FFT_REAL : FM_FFT_COMPLEX,
                         false};
    fm_fft_place to = {r->to, p->out_step, 0, 0, p->out_real ? FM_FFT_REAL : FM_FFT_COMPLEX, false};
    int64_t count = p->in_points, half = p->n / 2;
    if (p->kind == FM_FFT_C2R) {
        gather_long(r);
        from = (fm_fft_place){r->work, 1, 0, 0, FM_FFT_COMPLEX, false};
        count = p->halved ? half : p->n;
        if (p->halved) {
            fm_pool_run(fm_pool_shared(), run_tangle, r, half, SPAN);
            from.data = r->work + long_line(p);
            to = (fm_fft_place){r->to, 2 * p->out_step, 0, p->out_step, FM_FFT_PAIRS, false};
        }
        fm_fft_large_run(p->large, &from, count, p->scale, &to, count, work, r->scratch);
        return;
    }
    if (!p->halved) {
        fm_fft_large_run(p->large, &from, count, p->scale, &to, p->out_points, work, r->scratch);
        return;
    }
    from = (fm_fft_place){r->from, 2 * p->in_step, 0, p->in_step, FM_FFT_PAIRS, false};
    fm_fft_place z = {r->work, 1, 0, 0, FM_FFT_COMPLEX, false};
    fm_fft_large_run(p->large, &from, count / 2, 1, &z, half, work, r->scratch);
    fm_pool_run(fm_pool_shared(), run_untangle, r, half + 1, SPAN);
}

void fm_fft_pass_run(const fm_fft_pass *pass, void *in, void *out, void *work, void *scratch) {
    run r = {.pass = pass, .in = in, .out = out, .work = work, .scratch = scratch};
    if (pass->lines.size == 0) return;
    if (!pass->large) {
        r.direct = pass->direct && fm_fft_aligned(in) && fm_fft_aligned(out);
        int64_t points = pass->n * pass->block;
        fm_pool_run(fm_pool_shared(), run_blocks, &r, pass->blocks,
                    points > 0 ? (SPAN + points - 1) / points : 1);
        return;
    }
    for (int64_t i = 0; i < pass->lines.size; i++) {
        int64_t offset[FM_INDEX_OPERANDS];
        fm_index_offsets(&pass->lines, i, offset);
        r.from = r.in + offset[0] * (int64_t)unit(pass, pass->in_real);
        r.to = r.out + offset[1] * (int64_t)unit(pass, pass->out_real);
        run_long(&r);
    }
}
