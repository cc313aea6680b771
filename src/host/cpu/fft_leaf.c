/* Plans of packed lines, made by the library or from the own transform's tables. */
#include "cpu/fft_leaf.h"
#include "cpu/family.h"

#include <limits.h>
#include <string.h>

static void *library_plan(const fm_fft_leaf *leaf, int howmany) {
    /* Never touched: the estimating planner reads addresses alone. */
    static _Alignas(64) char memory[2][64];
    const unsigned flags = FM_FFTW_ESTIMATE;
    void *in = memory[0], *out = leaf->in_place ? memory[0] : memory[1];
    int n = (int)leaf->n, in_dist = (int)leaf->in_dist, out_dist = (int)leaf->out_dist;
    if (leaf->kind == FM_FFT_R2C)
        return leaf->fftw->many_r2c(1, &n, howmany, in, NULL, 1, in_dist, out, NULL, 1, out_dist,
                                    flags);
    if (leaf->kind == FM_FFT_C2R)
        return leaf->fftw->many_c2r(1, &n, howmany, in, NULL, 1, in_dist, out, NULL, 1, out_dist,
                                    flags | FM_FFTW_DESTROY_INPUT);
    return leaf->fftw->many_c2c(1, &n, howmany, in, NULL, 1, in_dist, out, NULL, 1, out_dist,
                                leaf->sign, flags);
}

/* The library's integers are 32 bits wide. */
static bool fits_library(const fm_fft_leaf *leaf) {
    return leaf->n <= INT_MAX / 2 && leaf->in_dist <= INT_MAX && leaf->out_dist <= INT_MAX;
}

static bool plan_library(fm_fft_leaf *leaf) {
    leaf->fftw = fm_fftw_open(leaf->single);
    if (!leaf->fftw->found || !fits_library(leaf)) return false;
    fm_fftw_lock();
    leaf->one = library_plan(leaf, 1);
    leaf->many = leaf->one && leaf->batch > 1 ? library_plan(leaf, leaf->batch) : NULL;
    fm_fftw_unlock();
    return leaf->one != NULL;
}

static fm_status plan_own(fm_fft_leaf *leaf) {
    size_t complex_size = leaf->single ? sizeof(fm_c64) : sizeof(fm_c128);
    leaf->fftw = NULL;
    fm_dft_plan(&leaf->own, leaf->n, leaf->sign);
    size_t work = (size_t)fm_dft_work(&leaf->own) * complex_size;
    leaf->table = fm_cpu_alloc((size_t)fm_dft_table(&leaf->own) * complex_size);
    void *filling = fm_cpu_alloc(work);
    if (leaf->table && filling) leaf->loops->dft_fill(&leaf->own, leaf->table, filling);
    fm_cpu_host->free(filling);
    if (!leaf->table || !filling) return FM_ERR_MEMORY;
    leaf->scratch = (size_t)leaf->n * complex_size + work;
    return FM_OK;
}

fm_status fm_fft_leaf_plan(fm_fft_leaf *leaf) {
    size_t real = leaf->single ? sizeof(float) : sizeof(double);
    leaf->loops = &FM_ISA_CHOOSE(fm_fft_table)[leaf->single];
    leaf->in_size = leaf->kind == FM_FFT_R2C ? real : 2 * real;
    leaf->out_size = leaf->kind == FM_FFT_C2R ? real : 2 * real;
    if (leaf->kind == FM_FFT_R2C) leaf->sign = -1;
    if (leaf->kind == FM_FFT_C2R) leaf->sign = 1;
    return plan_library(leaf) ? FM_OK : plan_own(leaf);
}

void fm_fft_leaf_free(fm_fft_leaf *leaf) {
    if (leaf->fftw && (leaf->one || leaf->many)) {
        fm_fftw_lock();
        if (leaf->one) leaf->fftw->destroy(leaf->one);
        if (leaf->many) leaf->fftw->destroy(leaf->many);
        fm_fftw_unlock();
    }
    fm_cpu_host->free(leaf->table);
}

static void run_library(const fm_fft_leaf *leaf, void *plan, void *in, void *out) {
    if (leaf->kind == FM_FFT_R2C)
        leaf->fftw->run_r2c(plan, in, out);
    else if (leaf->kind == FM_FFT_C2R)
        leaf->fftw->run_c2r(plan, in, out);
    else
        leaf->fftw->run_c2c(plan, in, out);
}

/* The points that a Hermitian line leaves out. */
static void mirror(const fm_fft_leaf *leaf, char *line) {
    size_t half = leaf->in_size / 2;
    for (int64_t k = 1; k < (leaf->n + 1) / 2; k++) {
        char *to = line + (size_t)(leaf->n - k) * leaf->in_size;
        memcpy(to, line + (size_t)k * leaf->in_size, leaf->in_size);
        if (leaf->single)
            *(float *)(void *)(to + half) *= -1;
        else
            *(double *)(void *)(to + half) *= -1;
    }
}

static void run_own(const fm_fft_leaf *leaf, void *in, void *out, void *scratch) {
    size_t complex_size = leaf->single ? sizeof(fm_c64) : sizeof(fm_c128);
    char *line = scratch, *work = line + (size_t)leaf->n * complex_size;
    if (leaf->kind == FM_FFT_C2C) {
        if (in != out) memcpy(out, in, (size_t)leaf->n * complex_size);
        leaf->loops->dft_run(&leaf->own, leaf->table, out, work);
        return;
    }
    fm_fft_place real = {leaf->kind == FM_FFT_R2C ? in : out, 1, leaf->n, 0, FM_FFT_REAL, false};
    if (leaf->kind == FM_FFT_R2C) {
        leaf->loops->gather(&real, leaf->n, 1, 1, line, leaf->n);
    } else {
        memcpy(line, in, (size_t)(leaf->n / 2 + 1) * complex_size);
        mirror(leaf, line);
    }
    leaf->loops->dft_run(&leaf->own, leaf->table, line, work);
    if (leaf->kind == FM_FFT_R2C)
        memcpy(out, line, (size_t)(leaf->n / 2 + 1) * complex_size);
    else
        leaf->loops->scatter(line, leaf->n, leaf->n, 1, 1, 1, &real);
}

void fm_fft_leaf_run(const fm_fft_leaf *leaf, int64_t lines, void *in, void *out, void *scratch) {
    char *from = in, *to = out;
    int64_t in_step = leaf->in_dist * (int64_t)leaf->in_size;
    int64_t out_step = leaf->out_dist * (int64_t)leaf->out_size;
    while (lines > 0) {
        int64_t now = leaf->many && lines >= leaf->batch ? leaf->batch : 1;
        if (!leaf->fftw)
            run_own(leaf, from, to, scratch);
        else
            run_library(leaf, now > 1 ? leaf->many : leaf->one, from, to);
        from += now * in_step;
        to += now * out_step;
        lines -= now;
    }
}
