/* Copies between strided arrangements, run by run over the pool. */
#include "cpu/copy.h"
#include "cpu/pool.h"
#include "cpu/scalar_value.h"

#include <string.h>

enum {
    BLOCK = 1024,  /* elements that go through the buffers at once */
    ITEM = 1 << 16 /* bytes for which it pays to wake a thread */
};

int fm_copy_size_log(size_t size) {
    int log = 0;
    while (size > (size_t)1 << log) log++;
    return log;
}

static int64_t magnitude(int64_t x) {
    return x < 0 ? -x : x;
}

/* Sorts by falling stride of the output, so that writes run along memory. */
static void sort_axes(int n, const fm_copy_axis *axes, fm_copy_axis *sorted) {
    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 && magnitude(sorted[at - 1].out) < magnitude(axes[i].out); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = axes[i];
    }
}

void fm_copy_plan(fm_copy_job *job, fm_dtype from, fm_dtype to, int naxes,
                  const fm_copy_axis *axes) {
    fm_copy_axis sorted[FM_MAX_NDIM];
    *job = (fm_copy_job){.from = from, .to = to, .rows = 1};
    sort_axes(naxes, axes, sorted);
    for (int i = naxes - 1; i >= 0; i--) {
        fm_copy_axis *last = job->naxes > 0 ? &job->axis[job->naxes - 1] : NULL;
        if (sorted[i].n == 1) continue;
        if (last != NULL && sorted[i].in == last->in * last->n &&
            sorted[i].out == last->out * last->n)
            last->n *= sorted[i].n;
        else
            job->axis[job->naxes++] = sorted[i];
    }
    if (job->naxes == 0) job->axis[job->naxes++] = (fm_copy_axis){1, 1, 1};
    for (int i = 1; i < job->naxes; i++) job->rows *= job->axis[i].n;
}

typedef struct copier {
    const fm_copy_job *job;
    const char *in;
    char *out;
    size_t from_size, to_size;
    fm_strided_fn gather, scatter;
    fm_convert_fn convert; /* NULL: the same dtype */
    int64_t pieces;        /* of a row, which is split where there are few */
} copier;

/* Copies n elements of a row, by way of the buffers where they are strided or converted. */
static void copy_run(const copier *c, int64_t n, const char *in, char *out) {
    _Alignas(64) char gathered[BLOCK * 16], converted[BLOCK * 16];
    const fm_copy_axis *axis = &c->job->axis[0];
    bool close_in = axis->in == 1, close_out = axis->out == 1;
    if (close_in && close_out && c->convert == NULL) {
        memmove(out, in, (size_t)n * c->from_size);
        return;
    }
    for (int64_t at = 0; at < n; at += BLOCK) {
        int64_t few = n - at < BLOCK ? n - at : BLOCK;
        const void *x = in + at * axis->in * (int64_t)c->from_size;
        char *y = out + at * axis->out * (int64_t)c->to_size;
        if (!close_in) {
            void *to = close_out && c->convert == NULL ? (void *)y : gathered;
            c->gather(few, x, axis->in, to);
            x = to;
        }
        if (c->convert != NULL) {
            void *to = close_out ? (void *)y : converted;
            c->convert(few, x, to);
            x = to;
        }
        if (!close_out) c->scatter(few, x, axis->out, y);
    }
}

static void copy_pieces(void *arg, int64_t begin, int64_t end, int lane) {
    const copier *c = arg;
    const fm_copy_job *job = c->job;
    int64_t length = (job->axis[0].n + c->pieces - 1) / c->pieces;
    (void)lane;
    for (int64_t i = begin; i < end; i++) {
        int64_t at = i % c->pieces * length, row = i / c->pieces;
        int64_t n = job->axis[0].n - at < length ? job->axis[0].n - at : length;
        int64_t in = at * job->axis[0].in, out = at * job->axis[0].out;
        for (int d = 1; d < job->naxes; d++) {
            int64_t index = row % job->axis[d].n;
            row /= job->axis[d].n;
            in += index * job->axis[d].in;
            out += index * job->axis[d].out;
        }
        if (n > 0)
            copy_run(c, n, c->in + in * (int64_t)c->from_size, c->out + out * (int64_t)c->to_size);
    }
}

void fm_copy_run(const fm_copy_job *job, const void *in, void *out) {
    const fm_map_table *map = fm_map();
    copier c = {.job = job, .in = in, .out = out, .pieces = 1};
    c.from_size = fm_cpu_dtype_size(job->from);
    c.to_size = fm_cpu_dtype_size(job->to);
    c.gather = map->gather[fm_copy_size_log(c.from_size)];
    c.scatter = map->scatter[fm_copy_size_log(c.to_size)];
    if (job->from != job->to) c.convert = map->convert[job->from][job->to];
    int64_t bytes = job->axis[0].n * (int64_t)c.to_size;
    if (job->rows < 64 && bytes > ITEM) c.pieces = (bytes + ITEM - 1) / ITEM;
    int64_t grain = bytes > 0 ? ITEM / bytes : 1;
    fm_pool_run(fm_pool_shared(), copy_pieces, &c, job->rows * c.pieces, grain > 1 ? grain : 1);
}

/* The axes of a layout with row-major strides beside its own. */
static void pack_axes(const fm_layout *layout, bool unpack, fm_copy_axis *axes) {
    int64_t step = 1;
    for (int d = layout->ndim - 1; d >= 0; d--) {
        int64_t n = fm_layout_shape(layout)[d], stride = fm_layout_strides(layout)[d];
        axes[d] = (fm_copy_axis){n, unpack ? step : stride, unpack ? stride : step};
        step *= n;
    }
}

void fm_copy_plan_pack(fm_copy_job *job, const fm_layout *layout, fm_dtype to) {
    fm_copy_axis axes[FM_MAX_NDIM];
    pack_axes(layout, false, axes);
    fm_copy_plan(job, layout->dtype, to, layout->ndim, axes);
}

void fm_copy_plan_unpack(fm_copy_job *job, fm_dtype from, const fm_layout *layout) {
    fm_copy_axis axes[FM_MAX_NDIM];
    pack_axes(layout, true, axes);
    fm_copy_plan(job, from, layout->dtype, layout->ndim, axes);
}
