/* The family of Fourier transforms by cuFFT. The axes come last, in the order of the list: a tensor
 * that lies so is transformed in place of its elements, another one is copied. Up to three axes go
 * into one transform, more into several; of complex to real ones the last axis goes alone, because
 * cuFFT counts on a symmetry that NumPy does not ask for. */
#include "copy.h"
#include "family.h"
#include "fft_kernel.h"
#include "value.h"

#include "ops/ids.h"

/* One call of cuFFT, repeated at steps. */
typedef struct fft_step {
    cu_fft fft;
    int type;
    int to_output;            /* c2r: writes real numbers */
    int64_t repeats, advance; /* elements */
    size_t element;
} fft_step;

/* Where elements are: in a tensor as it lies, or in a block of the workspace. */
typedef struct fft_place {
    int packed;
    size_t offset;
} fft_place;

typedef struct fft_plan {
    fm_kplan head;
    int single, sign, kind, empty, padded;
    double scale;
    fft_place input, output;
    size_t input_bytes, area;
    cu_copy pack, unpack;
    int64_t lines, length, last_n; /* of c2r: lines of `length` complex numbers */
    int64_t numbers;               /* real numbers that the output's block holds */
    int nsteps;
    fft_step step[];
} fft_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_FFT_COUNT && (compute == FM_COMPLEX64 || compute == FM_COMPLEX128);
}

static void *address(const fft_place *place, void *tensor, const fm_kernel_args *args) {
    return place->packed ? (char *)args->workspace + place->offset : tensor;
}

static cu_error run_step(const fft_plan *p, const fft_step *s, void *in, void *out,
                         cu_stream stream, const fm_kernel_args *args) {
    cu_error code = cu_api.fft.stream(s->fft, stream);
    if (!code) code = cu_api.fft.work_area(s->fft, (char *)args->workspace + p->area);
    for (int64_t i = 0; i < s->repeats && !code; ++i) {
        const size_t skip = (size_t)(i * s->advance) * s->element;
        code = cu_api.fft.run(s->fft, s->type, (char *)in + skip, (char *)out + skip, p->sign);
    }
    return code;
}

/* The input where cuFFT reads it: real numbers must lie as complex ones do. */
static cu_error bring(const fft_plan *p, fm_dev *dev, cu_stream stream, const fm_kernel_args *args,
                      void **in) {
    const size_t wanted = p->single ? 8 : 16;
    *in = args->in[0];
    if (!p->input.packed && (p->kind != FM_FFT_R2C || (uintptr_t)*in % wanted == 0))
        return CU_SUCCESS;
    *in = (char *)args->workspace + p->input.offset;
    cu_error code = p->padded ? cu_api.fill(*in, 0, p->input_bytes, stream) : CU_SUCCESS;
    return code ? code : cu_copy_run(&p->pack, dev, stream, args->in[0], *in);
}

static cu_error run_fft(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const fft_plan *p = (const fft_plan *)head;
    const int processors = dev->info.processors;
    void *in = NULL;
    if (p->empty) return CU_SUCCESS;
    void *out = address(&p->output, args->out[0], args), *now = NULL;
    void *work = out;
    cu_error code = bring(p, dev, stream, args, &in);
    if (p->kind == FM_FFT_C2R) {
        /* The packed input is ours: it is the block between. */
        work = in;
        if (!code && p->sign < 0)
            code = cu_fft_scale(in, p->single, 2 * p->lines * p->length, 1, -1, processors, stream);
    }
    now = in;
    for (int i = 0; i < p->nsteps && !code; ++i) {
        const fft_step *s = &p->step[i];
        if (s->to_output)
            code = cu_fft_make_real(now, p->single, p->lines, p->length, p->last_n % 2 == 0,
                                    processors, stream);
        void *to = s->to_output ? out : work;
        if (!code) code = run_step(p, s, now, to, stream, args);
        now = to;
    }
    const double turn = p->kind == FM_FFT_R2C && p->sign > 0 ? -1 : 1;
    if (!code && (p->scale != 1 || turn < 0))
        code = cu_fft_scale(out, p->single, p->numbers, p->scale,
                            p->kind == FM_FFT_C2R ? p->scale : p->scale * turn, processors, stream);
    if (!code && p->output.packed) code = cu_copy_run(&p->unpack, dev, stream, out, args->out[0]);
    return code;
}

static void release(fm_dev *dev, fm_kplan *head) {
    fft_plan *p = (fft_plan *)head;
    (void)dev;
    for (int i = 0; i < p->nsteps; ++i)
        if (p->step[i].fft) (void)cu_api.fft.destroy(p->step[i].fft);
}

static int64_t product(const int64_t *extent, int from, int to) {
    int64_t size = 1;
    for (int d = from; d < to; ++d) size *= extent[d];
    return size;
}

/* The call with its axes in their order: the lines' axes first. */
typedef struct order {
    int ndim, first; /* axes from `first` on are transformed */
    int axis[FM_INDEX_NDIM];
    int64_t n[FM_INDEX_NDIM];        /* points; lines' extents before `first` */
    int64_t spectrum[FM_INDEX_NDIM]; /* the same of complex blocks */
} order;

static void read_order(const fm_kernel_call *call, order *o) {
    const fm_fft_params *p = &call->params->fft;
    const fm_layout *in = call->in[0];
    o->ndim = in->ndim;
    o->first = in->ndim - p->naxes;
    for (int d = 0, at = 0; d < in->ndim; ++d) {
        int chosen = 0;
        for (int i = 0; i < p->naxes; ++i) chosen |= p->axis[i] == d;
        if (chosen) continue;
        o->axis[at] = d;
        o->n[at++] = fm_layout_shape(in)[d];
    }
    for (int i = 0; i < p->naxes; ++i) {
        o->axis[o->first + i] = p->axis[i];
        o->n[o->first + i] = p->n[i];
    }
    for (int d = 0; d < o->ndim; ++d) o->spectrum[d] = o->n[d];
    if (p->kind != FM_FFT_C2C) o->spectrum[o->ndim - 1] = o->n[o->ndim - 1] / 2 + 1;
}

/* A tensor beside a row-major block of its axes in their order: the elements that both have. */
static void beside(const fm_layout *layout, const order *o, const int64_t *extent, int reads,
                   fm_index *index) {
    int64_t shape[FM_INDEX_NDIM], own[FM_INDEX_NDIM], dense[FM_INDEX_NDIM], stride = 1;
    for (int d = o->ndim - 1; d >= 0; --d) {
        const int64_t there = fm_layout_shape(layout)[o->axis[d]];
        shape[d] = there < extent[d] ? there : extent[d];
        own[d] = fm_layout_strides(layout)[o->axis[d]];
        dense[d] = stride;
        stride *= extent[d];
    }
    fm_index_begin(index, o->ndim, shape);
    (void)fm_index_add(index, o->ndim, shape, reads ? own : dense);
    (void)fm_index_add(index, o->ndim, shape, reads ? dense : own);
}

/* Whether the tensor is that block. */
static int is_block(const fm_layout *layout, const order *o, const int64_t *extent,
                    fm_dtype dtype) {
    int64_t stride = 1;
    if (layout->dtype != dtype) return 0;
    for (int d = o->ndim - 1; d >= 0; --d) {
        if (fm_layout_shape(layout)[o->axis[d]] != extent[d]) return 0;
        if (extent[d] != 1 && fm_layout_strides(layout)[o->axis[d]] != stride) return 0;
        stride *= extent[d];
    }
    return 1;
}

static fm_dtype real_of(fm_dtype compute) {
    return compute == FM_COMPLEX64 ? FM_FLOAT32 : FM_FLOAT64;
}

static void plan_places(fft_plan *p, const fm_kernel_call *call, const order *o,
                        fm_plan_info *info) {
    const fm_dtype compute = call->compute, real = real_of(compute);
    const fm_dtype in = p->kind == FM_FFT_R2C ? real : compute;
    const fm_dtype out = p->kind == FM_FFT_C2R ? real : compute;
    const int64_t *from = p->kind == FM_FFT_C2R ? o->spectrum : o->n;
    const int64_t *to = p->kind == FM_FFT_R2C ? o->spectrum : o->n;
    fm_index index;
    p->input.packed = p->kind == FM_FFT_C2R || !is_block(call->in[0], o, from, in);
    p->input_bytes = (size_t)product(from, 0, o->ndim) * cu_dtype_size(in);
    if (p->input.packed || p->kind == FM_FFT_R2C) {
        p->input.offset = cu_room(info, p->input_bytes);
        beside(call->in[0], o, from, 1, &index);
        p->padded = index.size < product(from, 0, o->ndim);
        cu_copy_plan(&p->pack, call->in[0]->dtype, in, &index);
    }
    p->output.packed = !is_block(call->out[0], o, to, out);
    p->numbers = product(to, 0, o->ndim) * (p->kind == FM_FFT_C2R ? 1 : 2);
    if (!p->output.packed) return;
    p->output.offset = cu_room(info, (size_t)product(to, 0, o->ndim) * cu_dtype_size(out));
    beside(call->out[0], o, to, 0, &index);
    cu_copy_plan(&p->unpack, out, call->out[0]->dtype, &index);
}

/* Axes [from, to) of the block in one transform. */
static fm_status add_step(fft_plan *p, const fm_kernel_call *call, const order *o, int from, int to,
                          int kind, size_t *area, fm_error *error) {
    fft_step *s = &p->step[p->nsteps];
    const int64_t inner = product(o->spectrum, to, o->ndim);
    const int64_t outer = product(o->spectrum, 0, from);
    const int types[2][3] = {{CU_FFT_Z2Z, CU_FFT_D2Z, CU_FFT_Z2D},
                             {CU_FFT_C2C, CU_FFT_R2C, CU_FFT_C2R}};
    cu_fft_shape shape = {.rank = to - from, .in_stride = inner, .out_stride = inner};
    size_t bytes = 0;
    *s = (fft_step){.type = types[p->single][kind], .repeats = 1};
    s->to_output = kind == FM_FFT_C2R;
    s->element = cu_dtype_size(call->compute);
    shape.type = s->type;
    for (int i = 0; i < shape.rank; ++i) {
        shape.n[i] = o->n[from + i];
        shape.in_embed[i] = kind == FM_FFT_R2C ? o->n[from + i] : o->spectrum[from + i];
        shape.out_embed[i] = kind == FM_FFT_C2R ? o->n[from + i] : o->spectrum[from + i];
    }
    const int64_t in_size = product(shape.in_embed, 0, shape.rank);
    const int64_t out_size = product(shape.out_embed, 0, shape.rank);
    shape.batch = inner > 1 ? inner : outer;
    shape.in_dist = inner > 1 ? 1 : in_size;
    shape.out_dist = inner > 1 ? 1 : out_size;
    if (inner > 1) {
        s->repeats = outer;
        s->advance = out_size * inner;
    }
    cu_error code = cu_api.fft.create(&s->fft);
    if (code) return cu_fail(error, code, call->name, "opening cuFFT");
    ++p->nsteps;
    code = cu_api.fft.plan_many(s->fft, &shape, &bytes);
    if (code) return cu_fail(error, code, call->name, "planning a transform");
    if (bytes > *area) *area = bytes;
    return FM_OK;
}

/* From the last axis to the first, three at a time. */
static fm_status plan_steps(fft_plan *p, const fm_kernel_call *call, const order *o,
                            fm_plan_info *info, fm_error *error) {
    size_t area = 0;
    int to = p->kind == FM_FFT_C2R ? o->ndim - 1 : o->ndim;
    while (to > o->first) {
        const int from = to - CU_FFT_RANK > o->first ? to - CU_FFT_RANK : o->first;
        const int kind = to == o->ndim ? p->kind : FM_FFT_C2C;
        const fm_status status = add_step(p, call, o, from, to, kind, &area, error);
        if (status != FM_OK) return status;
        to = from;
    }
    if (p->kind == FM_FFT_C2R) {
        const fm_status status =
            add_step(p, call, o, o->ndim - 1, o->ndim, FM_FFT_C2R, &area, error);
        if (status != FM_OK) return status;
    }
    p->area = cu_room(info, area);
    return FM_OK;
}

static fm_status plan_fft(fm_dev *dev, const fm_kernel_call *call, fm_kplan **plan,
                          fm_plan_info *info, fm_error *error) {
    const fm_fft_params *params = &call->params->fft;
    const size_t steps = (size_t)params->naxes / CU_FFT_RANK + 2;
    fm_status status =
        cu_plan_make(call, sizeof(fft_plan) + steps * sizeof(fft_step), run_fft, plan, error);
    (void)dev;
    if (status != FM_OK) return status;
    fft_plan *p = (fft_plan *)*plan;
    order o = {0};
    p->head.release = release;
    p->single = call->compute == FM_COMPLEX64;
    p->kind = params->kind;
    p->sign = params->sign;
    p->scale = params->scale;
    p->empty = call->out[0]->size == 0;
    if (p->empty) return FM_OK;
    read_order(call, &o);
    p->last_n = o.n[o.ndim - 1];
    p->length = o.spectrum[o.ndim - 1];
    p->lines = product(o.spectrum, 0, o.ndim - 1);
    plan_places(p, call, &o, info);
    return plan_steps(p, call, &o, info, error);
}

const cu_family cu_family_fft = {supports, plan_fft};
