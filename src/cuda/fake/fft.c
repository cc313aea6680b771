/* The fake's cuFFT: plans of up to three axes, transformed line by line in double precision. */
#include "calls.h"
#include "state.h"

#include "scalar/dft.h"

#include <stdlib.h>
#include <string.h>

struct cu_fft_s {
    int planned;
    cu_fft_shape shape;
    cu_stream stream;
    void *work;
    size_t work_bytes;
};

typedef struct fft_work {
    cu_fft_shape shape;
    void *in, *out;
    int direction;
} fft_work;

static int is_single(int type) {
    return type == CU_FFT_C2C || type == CU_FFT_R2C || type == CU_FFT_C2R;
}
static int reads_real(int type) {
    return type == CU_FFT_R2C || type == CU_FFT_D2Z;
}
static int writes_real(int type) {
    return type == CU_FFT_C2R || type == CU_FFT_Z2D;
}

cu_error fake_fft_create(cu_fft *plan) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe(); /* creating a plan allocates */
    if (error) return fake_leave(CU_FFT_SETUP_FAILED);
    cu_fft made = calloc(1, sizeof *made);
    if (!made) return fake_leave(CU_FFT_ALLOC_FAILED);
    ++fake_census.handles;
    *plan = made;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_fft_destroy(cu_fft plan) {
    fake_enter_release();
    if (!plan) return fake_leave(CU_FFT_INVALID_PLAN);
    --fake_census.handles;
    free(plan);
    return fake_leave(CU_SUCCESS);
}

static int shape_valid(const cu_fft_shape *s) {
    if (s->rank < 1 || s->rank > CU_FFT_RANK || s->batch < 1) return 0;
    for (int i = 0; i < s->rank; ++i) {
        const int last = i == s->rank - 1;
        const int64_t half = s->n[i] / 2 + 1;
        if (s->n[i] < 1) return 0;
        if (s->in_embed[i] < (last && writes_real(s->type) ? half : s->n[i])) return 0;
        if (s->out_embed[i] < (last && reads_real(s->type) ? half : s->n[i])) return 0;
    }
    return s->in_stride > 0 && s->out_stride > 0;
}

/* The area that is asked for is never used: it is there to be checked. */
cu_error fake_fft_plan(cu_fft plan, const cu_fft_shape *shape, size_t *work_bytes) {
    cu_error error = fake_enter();
    if (!error) error = fake_unsafe();
    if (error) return fake_leave(CU_FFT_SETUP_FAILED);
    if (!plan || plan->planned) return fake_leave(CU_FFT_INVALID_PLAN);
    if (!shape_valid(shape)) return fake_leave(CU_FFT_INVALID_SIZE);
    plan->planned = 1;
    plan->shape = *shape;
    plan->work_bytes = *work_bytes = 512;
    return fake_leave(CU_SUCCESS);
}

cu_error fake_fft_area(cu_fft plan, void *work) {
    cu_error error = fake_enter();
    if (!error && !plan) error = CU_FFT_INVALID_PLAN;
    if (!error && !fake_block_find(work, plan->work_bytes)) error = CU_FFT_INVALID_VALUE;
    if (!error) plan->work = work;
    return fake_leave(error);
}

cu_error fake_fft_stream(cu_fft plan, cu_stream stream) {
    cu_error error = fake_enter();
    if (!error && !plan) error = CU_FFT_INVALID_PLAN;
    if (!error) plan->stream = stream;
    return fake_leave(error);
}

static double part(const void *data, int single, int64_t at) {
    return single ? (double)((const float *)data)[at] : ((const double *)data)[at];
}

static void set_part(void *data, int single, int64_t at, double value) {
    if (single)
        ((float *)data)[at] = (float)value;
    else
        ((double *)data)[at] = value;
}

/* Where point (i, j, k), numbered row-major over the extents, lies in an embedding. */
static int64_t place_of(const cu_fft_shape *s, const int64_t *extent, const int64_t *embed,
                        int64_t stride, int64_t point) {
    int64_t at = 0, step = 1;
    for (int d = s->rank - 1; d >= 0; --d) {
        at += point % extent[d] * step;
        point /= extent[d];
        step *= embed[d];
    }
    return at * stride;
}

/* All lines of a packed block along one axis. */
static int transform_axis(const cu_fft_shape *s, int axis, int sign, fm_c128 *block) {
    int64_t inner = 1, outer = 1;
    const int64_t n = s->n[axis];
    for (int d = 0; d < s->rank; ++d) {
        if (d < axis) outer *= s->n[d];
        if (d > axis) inner *= s->n[d];
    }
    fm_dft d;
    fm_dft_plan(&d, n, sign);
    const size_t size = sizeof(fm_c128);
    fm_c128 *table = malloc((size_t)fm_dft_table(&d) * size);
    fm_c128 *work = malloc((size_t)fm_dft_work(&d) * size), *line = malloc((size_t)n * size);
    const int made = table && work && line;
    if (made) fm_dft_fill_f64(&d, table, work);
    for (int64_t i = 0; made && i < outer * inner; ++i) {
        fm_c128 *first = block + i / inner * n * inner + i % inner;
        for (int64_t k = 0; k < n; ++k) line[k] = first[k * inner];
        fm_dft_run_f64(&d, table, line, work);
        for (int64_t k = 0; k < n; ++k) first[k * inner] = line[k];
    }
    free(table);
    free(work);
    free(line);
    return made;
}

/* What a transform of real numbers leaves out, or, read backwards, does not read: the points whose
 * last index is past the middle are the conjugates of those at the opposite indices. */
static int64_t opposite(const cu_fft_shape *s, int64_t point) {
    int64_t at = 0, step = 1;
    for (int d = s->rank - 1; d >= 0; --d) {
        const int64_t i = point % s->n[d];
        point /= s->n[d];
        at += (s->n[d] - i) % s->n[d] * step;
        step *= s->n[d];
    }
    return at;
}

static void read_block(const fft_work *w, int64_t b, fm_c128 *block, int64_t size) {
    const cu_fft_shape *s = &w->shape;
    const int single = is_single(s->type), real = reads_real(s->type), half = writes_real(s->type);
    const int64_t last = s->n[s->rank - 1], base = b * s->in_dist;
    for (int64_t i = 0; i < size; ++i) {
        const int mirrored = half && i % last > last / 2;
        const int64_t point = mirrored ? opposite(s, i) : i;
        const int64_t at = base + place_of(s, s->n, s->in_embed, s->in_stride, point);
        block[i].re = part(w->in, single, real ? at : 2 * at);
        block[i].im = real ? 0 : (mirrored ? -1 : 1) * part(w->in, single, 2 * at + 1);
    }
}

static void write_block(const fft_work *w, int64_t b, const fm_c128 *block, int64_t size) {
    const cu_fft_shape *s = &w->shape;
    const int single = is_single(s->type), real = writes_real(s->type), half = reads_real(s->type);
    const int64_t last = s->n[s->rank - 1], base = b * s->out_dist;
    for (int64_t i = 0; i < size; ++i) {
        if (half && i % last > last / 2) continue;
        const int64_t at = base + place_of(s, s->n, s->out_embed, s->out_stride, i);
        set_part(w->out, single, real ? at : 2 * at, block[i].re);
        if (!real) set_part(w->out, single, 2 * at + 1, block[i].im);
    }
}

static cu_error run_fft(void *data) {
    const fft_work *w = data;
    const cu_fft_shape *s = &w->shape;
    int64_t size = 1;
    for (int d = 0; d < s->rank; ++d) size *= s->n[d];
    int sign = reads_real(s->type) ? -1 : writes_real(s->type) ? 1 : w->direction;
    fm_c128 *block = malloc((size_t)size * sizeof *block);
    int made = block != NULL;
    for (int64_t b = 0; made && b < s->batch; ++b) {
        read_block(w, b, block, size);
        for (int d = 0; made && d < s->rank; ++d) made = transform_axis(s, d, sign, block);
        if (made) write_block(w, b, block, size);
    }
    free(block);
    ++fake_executed;
    return made ? CU_SUCCESS : CU_LAUNCH_FAILURE;
}

cu_error fake_fft_run(cu_fft plan, int type, void *in, void *out, int direction) {
    cu_error error = fake_enter_work();
    cu_stream stream = plan ? fake_stream(plan->stream) : NULL;
    if (!error && (!plan || !plan->planned || !plan->work || plan->shape.type != type))
        error = CU_FFT_INVALID_PLAN;
    if (!error) error = fake_check_stream(stream);
    if (!error && (direction != CU_FFT_FORWARD && direction != CU_FFT_INVERSE))
        error = CU_FFT_INVALID_VALUE;
    /* cuFFT wants real numbers aligned as complex ones. */
    const uintptr_t wanted = error || is_single(type) ? 8 : 16;
    if (!error && (((uintptr_t)in | (uintptr_t)out) % wanted != 0 || !fake_block_find(in, 1) ||
                   !fake_block_find(out, 1)))
        error = CU_FFT_INVALID_VALUE;
    if (error) return fake_leave(error < CU_FFT_ERROR ? CU_FFT_EXEC_FAILED : error);
    const fft_work w = {plan->shape, in, out, direction};
    return fake_leave(fake_submit_seen(stream, NULL, run_fft, 5000, &w, sizeof w, NULL));
}
