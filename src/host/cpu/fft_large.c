/* Long lines: the two steps and the convolution. */
#include "cpu/fft_large.h"
#include "core/detail.h"
#include "cpu/family.h"
#include "cpu/pool.h"

#include <string.h>

enum {
    LINES = 16,    /* neighbouring lines that a lane takes at once */
    SHORTEST = 16, /* points of the two steps for which cutting pays */
    LONGEST = 4 * FM_FFT_LARGE,
    PAST = 1 << 18, /* points from which results are stored past the caches */
    SPAN = 8192     /* points for which it pays to wake a thread */
};

static size_t element(const fm_fft_large *large) {
    return large->single ? sizeof(fm_c64) : sizeof(fm_c128);
}

static size_t round_up(size_t bytes) {
    return (bytes + 63) & ~(size_t)63;
}

fm_status fm_fft_roots_plan(fm_fft_roots *roots, int64_t n, int sign, bool single) {
    size_t size = single ? sizeof(fm_c64) : sizeof(fm_c128);
    roots->n = n;
    for (roots->shift = 0; (int64_t)1 << (2 * roots->shift) < n;) roots->shift++;
    int64_t fine = (int64_t)1 << roots->shift, coarse = n / fine + 1;
    roots->fine = fm_cpu_alloc((size_t)fine * size);
    roots->coarse = fm_cpu_alloc((size_t)coarse * size);
    if (!roots->fine || !roots->coarse) return FM_ERR_MEMORY;
    for (int64_t k = 0; k < fine + coarse; k++) {
        int64_t power = k < fine ? k : (k - fine) * fine;
        fm_c128 w = fm_dft_root(power % n, n, sign);
        fm_c64 narrow = {(float)w.re, (float)w.im};
        char *to = k < fine ? (char *)roots->fine + (size_t)k * size
                            : (char *)roots->coarse + (size_t)(k - fine) * size;
        memcpy(to, single ? (const void *)&narrow : (const void *)&w, size);
    }
    return FM_OK;
}

void fm_fft_roots_free(fm_fft_roots *roots) {
    fm_cpu_host->free(roots->fine);
    fm_cpu_host->free(roots->coarse);
}

/* The factor of n nearest below its root, 1 for a prime. */
static int64_t lower_factor(int64_t n) {
    int64_t best = 1;
    for (int64_t f = 2; f <= n / f; f++)
        if (n % f == 0) best = f;
    return best;
}

static fm_status plan_step(const fm_fft_large *large, fm_fft_leaf *leaf, int64_t n) {
    *leaf = (fm_fft_leaf){.kind = FM_FFT_C2C,
                          .sign = large->sign,
                          .single = large->single,
                          .in_place = true,
                          .n = n,
                          .in_dist = n + (n & 1) + 8,
                          .out_dist = n + (n & 1) + 8,
                          .batch = LINES};
    return fm_fft_leaf_plan(leaf);
}

static fm_status plan_steps(fm_fft_large *large) {
    FM_TRY(plan_step(large, &large->first, large->n1));
    FM_TRY(plan_step(large, &large->second, large->n2));
    int64_t longest =
        large->first.in_dist > large->second.in_dist ? large->first.in_dist : large->second.in_dist;
    size_t own =
        large->first.scratch > large->second.scratch ? large->first.scratch : large->second.scratch;
    large->work = round_up((size_t)large->n * element(large));
    large->scratch = round_up((size_t)longest * LINES * element(large)) + round_up(own);
    return fm_fft_roots_plan(&large->roots, large->n, large->sign, large->single);
}

/* Lines of the convolution: the padded input, then its transform; the inner's work follows. */
static size_t line_bytes(const fm_fft_large *large) {
    return round_up((size_t)large->n2 * element(large));
}

/* chirp[k] = w^(k * k / 2), and the transform of its conjugate over n2. */
static fm_status plan_chirp(fm_fft_large *large) {
    int64_t n = large->n, m = large->n2, square = 0;
    size_t size = element(large), line = line_bytes(large);
    large->chirp = fm_cpu_alloc((size_t)n * size);
    large->kernel = fm_cpu_alloc(line);
    size_t lanes = (size_t)fm_pool_lanes(fm_pool_shared());
    char *work = fm_cpu_alloc(line + large->inner->work + lanes * large->inner->scratch + 64);
    if (!large->chirp || !large->kernel || !work) {
        fm_cpu_host->free(work);
        return FM_ERR_MEMORY;
    }
    char *aligned = (char *)(((uintptr_t)work + 63) & ~(uintptr_t)63);
    for (int64_t k = 0; k < n; k++) {
        fm_c128 w = fm_dft_root(square, 2 * n, large->sign);
        fm_c128 v = {w.re / (double)m, -w.im / (double)m};
        fm_c64 w_narrow = {(float)w.re, (float)w.im}, v_narrow = {(float)v.re, (float)v.im};
        const void *from = large->single ? (const void *)&v_narrow : (const void *)&v;
        memcpy((char *)large->chirp + (size_t)k * size,
               large->single ? (const void *)&w_narrow : (const void *)&w, size);
        memcpy(aligned + (size_t)k * size, from, size);
        if (k > 0) memcpy(aligned + (size_t)(m - k) * size, from, size);
        square = (square + 2 * k + 1) % (2 * n);
    }
    fm_fft_place from = {aligned, 1, m, 0, FM_FFT_COMPLEX, false};
    fm_fft_place to = {large->kernel, 1, m, 0, FM_FFT_COMPLEX, false};
    fm_fft_large_run(large->inner, &from, m, 1, &to, m, aligned + line,
                     aligned + line + large->inner->work);
    fm_cpu_host->free(work);
    return FM_OK;
}

static fm_status plan_convolution(fm_fft_large *large) {
    for (large->n2 = 1; large->n2 < 2 * large->n - 1;) large->n2 *= 2;
    large->n1 = 0;
    large->inner = fm_cpu_alloc(sizeof *large->inner);
    if (!large->inner) return FM_ERR_MEMORY;
    FM_TRY(fm_fft_large_plan(large->inner, large->n2, large->sign, large->single));
    large->work = 2 * line_bytes(large) + large->inner->work;
    large->scratch = large->inner->scratch;
    return plan_chirp(large);
}

fm_status fm_fft_large_plan(fm_fft_large *large, int64_t n, int sign, bool single) {
    *large = (fm_fft_large){.n = n, .sign = sign, .single = single};
    large->loops = &FM_ISA_CHOOSE(fm_fft_table)[single];
    large->n1 = lower_factor(n);
    large->n2 = n / large->n1;
    bool power = (n & (n - 1)) == 0;
    return power || (large->n1 >= SHORTEST && large->n2 <= LONGEST) ? plan_steps(large)
                                                                    : plan_convolution(large);
}

void fm_fft_large_free(fm_fft_large *large) {
    if (large->inner) fm_fft_large_free(large->inner);
    fm_cpu_host->free(large->inner);
    fm_cpu_host->free(large->chirp);
    fm_cpu_host->free(large->kernel);
    fm_fft_leaf_free(&large->first);
    fm_fft_leaf_free(&large->second);
    fm_fft_roots_free(&large->roots);
}

/* One line on its way; lanes share it. */
typedef struct job {
    const fm_fft_large *large;
    const fm_fft_place *from, *to;
    int64_t count, out_count;
    double scale;
    char *work, *scratch;
} job;

static fm_fft_place moved(const fm_fft_place *place, const fm_fft_large *large, int64_t points,
                          int64_t point, int64_t line) {
    size_t unit = place->form == FM_FFT_COMPLEX ? element(large) : element(large) / 2;
    fm_fft_place at = *place;
    at.data = (char *)place->data + points * place->point * (int64_t)unit;
    at.point = place->point * point;
    at.line = place->point * line;
    return at;
}

/* Points of the input that column `at` of n2 has. */
static int64_t column_points(const job *j, int64_t at) {
    return at < j->count ? (j->count - at - 1) / j->large->n2 + 1 : 0;
}

/* Columns of the n1 x n2 matrix: transformed, turned and written in rows. */
static void run_columns(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const fm_fft_large *g = j->large;
    const fm_fft_leaf *leaf = &g->first;
    size_t size = element(g), line = (size_t)leaf->in_dist * size;
    char *packed = j->scratch + (size_t)lane * g->scratch;
    char *own = packed + round_up(line * LINES);
    for (int64_t c = begin * LINES; c < end * LINES && c < g->n2; c += LINES) {
        int64_t lines = g->n2 - c < LINES ? g->n2 - c : LINES;
        int64_t whole = column_points(j, c + lines - 1), most = column_points(j, c);
        fm_fft_place from = moved(j->from, g, c, g->n2, 1);
        g->loops->gather(&from, whole, lines, 1, packed, leaf->in_dist);
        for (int64_t b = 0; b < lines && whole < g->n1; b++) {
            char *tail = packed + (size_t)b * line + (size_t)whole * size;
            memset(tail, 0, (size_t)(g->n1 - whole) * size);
            if (most == whole || column_points(j, c + b) == whole) continue;
            fm_fft_place last = moved(j->from, g, whole * g->n2 + c + b, 1, 1);
            g->loops->gather(&last, 1, 1, 1, tail, 1);
        }
        fm_fft_leaf_run(leaf, lines, packed, packed, own);
        for (int64_t b = 0; b < lines; b++)
            g->loops->twiddle(g->n1, c + b, g->n, g->roots.fine, g->roots.coarse, g->roots.shift,
                              packed + (size_t)b * line);
        fm_fft_place to = {j->work + (size_t)c * size, g->n2, 1, 0, FM_FFT_COMPLEX, g->n >= PAST};
        g->loops->scatter(packed, leaf->in_dist, g->n1, lines, 1, 1, &to);
    }
}

static void run_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const job *j = arg;
    const fm_fft_large *g = j->large;
    const fm_fft_leaf *leaf = &g->second;
    size_t size = element(g), line = (size_t)leaf->in_dist * size;
    char *packed = j->scratch + (size_t)lane * g->scratch;
    char *own = packed + round_up(line * LINES);
    for (int64_t r = begin * LINES; r < end * LINES && r < g->n1; r += LINES) {
        int64_t lines = g->n1 - r < LINES ? g->n1 - r : LINES;
        for (int64_t b = 0; b < lines; b++)
            memcpy(packed + (size_t)b * line, j->work + (size_t)((r + b) * g->n2) * size,
                   (size_t)g->n2 * size);
        fm_fft_leaf_run(leaf, lines, packed, packed, own);
        /* Row r is every n1th point of the result from r on, as far as it is wanted. */
        for (int64_t b = 0; b < lines;) {
            int64_t points = r + b < j->out_count ? (j->out_count - r - b - 1) / g->n1 + 1 : 0;
            int64_t alike = b + 1;
            while (alike < lines &&
                   (r + alike < j->out_count ? (j->out_count - r - alike - 1) / g->n1 + 1 : 0) ==
                       points)
                alike++;
            fm_fft_place to = moved(j->to, g, r + b, g->n1, 1);
            to.past = g->n >= PAST;
            g->loops->scatter(packed + (size_t)b * line, leaf->in_dist, points, alike - b, j->scale,
                              1, &to);
            b = alike;
        }
    }
}

static void run_steps(const job *j) {
    const fm_fft_large *g = j->large;
    fm_pool_run(fm_pool_shared(), run_columns, (void *)(uintptr_t)j, (g->n2 + LINES - 1) / LINES,
                1);
    fm_pool_run(fm_pool_shared(), run_rows, (void *)(uintptr_t)j, (g->n1 + LINES - 1) / LINES, 1);
}

/* The parts of the convolution that go point by point. */
typedef struct spans {
    const job *job;
    char *a, *b;
    int stage;
} spans;

static void run_span(void *arg, int64_t begin, int64_t end, int lane) {
    const spans *s = arg;
    const fm_fft_large *g = s->job->large;
    size_t size = element(g);
    char *a = s->a + (size_t)begin * size, *b = s->b + (size_t)begin * size;
    const char *chirp = (const char *)g->chirp + (size_t)begin * size;
    int64_t n = end - begin;
    (void)lane;
    if (s->stage == 0) {
        int64_t there = s->job->count - begin < n ? s->job->count - begin : n;
        if (there < 0) there = 0;
        fm_fft_place from = moved(s->job->from, g, begin, 1, 1);
        g->loops->gather(&from, there, 1, 1, a, n);
        memset(a + (size_t)there * size, 0, (size_t)(n - there) * size);
        g->loops->multiply(n, a, chirp, 0, a);
    } else if (s->stage == 1) {
        g->loops->multiply(n, b, (const char *)g->kernel + (size_t)begin * size, 1, b);
    } else {
        /* a holds the conjugate of the convolution. */
        fm_fft_place line = {a, 1, n, 0, FM_FFT_COMPLEX, false},
                     to = moved(s->job->to, g, begin, 1, 1);
        g->loops->gather(&line, n, 1, -1, a, n);
        g->loops->multiply(n, a, chirp, 0, a);
        g->loops->scatter(a, n, n, 1, s->job->scale, 1, &to);
    }
}

static void run_convolution(const job *j) {
    const fm_fft_large *g = j->large;
    size_t line = line_bytes(g);
    spans s = {j, j->work, j->work + line, 0};
    fm_fft_place a = {s.a, 1, g->n2, 0, FM_FFT_COMPLEX, false},
                 b = {s.b, 1, g->n2, 0, FM_FFT_COMPLEX, false};
    char *work = j->work + 2 * line;
    fm_pool_run(fm_pool_shared(), run_span, &s, g->n, SPAN);
    fm_fft_large_run(g->inner, &a, g->n, 1, &b, g->n2, work, j->scratch);
    s.stage = 1;
    fm_pool_run(fm_pool_shared(), run_span, &s, g->n2, SPAN);
    fm_fft_large_run(g->inner, &b, g->n2, 1, &a, g->n, work, j->scratch);
    s.stage = 2;
    fm_pool_run(fm_pool_shared(), run_span, &s, j->out_count, SPAN);
}

void fm_fft_large_run(const fm_fft_large *large, const fm_fft_place *from, int64_t count,
                      double scale, const fm_fft_place *to, int64_t out_count, void *work,
                      void *scratch) {
    job j = {large, from, to, count, out_count, scale, work, scratch};
    if (large->inner)
        run_convolution(&j);
    else
        run_steps(&j);
}
