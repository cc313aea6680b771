/* packbits and unpackbits: eight elements along an axis to the bits of a byte, and back. */
#include "cpu/index.h"
#include "cpu/index_bits.h"
#include "cpu/isa.h"

#include <string.h>

typedef struct bits_plan {
    fm_kplan head;
    fm_index_port in, out;
    int64_t outer, elements, bytes, inner; /* along the axis: elements and bytes */
    bool pack, little;
} bits_plan;

typedef struct bits_job {
    const bits_plan *plan;
    const uint8_t *in;
    uint8_t *out;
} bits_job;

/* Eight bytes 0 or 1, the first one lowest, to a byte whose lowest bit is the first. */
static uint8_t pack_word(uint64_t word, bool little) {
    const uint64_t first_low = 0x0102040810204080u, first_high = 0x8040201008040201u;
    return (uint8_t)(word * (little ? first_low : first_high) >> 56);
}

static uint64_t unpack_byte(uint8_t byte, bool little) {
    const uint64_t all = 0x0101010101010101u, sevens = 0x7f7f7f7f7f7f7f7fu;
    uint64_t bits = byte * all & (little ? 0x8040201008040201u : 0x0102040810204080u);
    return (bits + sevens) >> 7 & all;
}

/* Bytes that are packed, or unpacked, eight at a time; the rest are left. */
static int64_t move_wide(const bits_plan *plan, int64_t bytes, const uint8_t *in, uint8_t *out) {
#if FM_HAVE_V4
    if (fm_cpu_detect()->isa == FM_ISA_V4)
        return (plan->pack ? fm_bits_pack_v4 : fm_bits_unpack_v4)(bytes, in, out, plan->little);
#endif
    (void)plan, (void)bytes, (void)in, (void)out;
    return 0;
}

static void pack_row(const bits_plan *plan, const uint8_t *in, uint8_t *out) {
    int64_t whole = plan->elements / 8;
    uint64_t word;
    for (int64_t i = move_wide(plan, whole, in, out); i < whole; i++) {
        memcpy(&word, in + 8 * i, sizeof word);
        out[i] = pack_word(word, plan->little);
    }
    if (whole == plan->bytes) return;
    word = 0;
    memcpy(&word, in + 8 * whole, (size_t)(plan->elements - 8 * whole));
    out[whole] = pack_word(word, plan->little);
}

static void unpack_row(const bits_plan *plan, const uint8_t *in, uint8_t *out) {
    int64_t whole = plan->elements / 8 < plan->bytes ? plan->elements / 8 : plan->bytes;
    uint64_t word;
    for (int64_t i = move_wide(plan, whole, in, out); i < whole; i++) {
        word = unpack_byte(in[i], plan->little);
        memcpy(out + 8 * i, &word, sizeof word);
    }
    if (8 * whole == plan->elements) return;
    memset(out + 8 * whole, 0, (size_t)(plan->elements - 8 * whole));
    if (whole == plan->bytes) return;
    word = unpack_byte(in[whole], plan->little);
    memcpy(out + 8 * whole, &word, (size_t)(plan->elements - 8 * whole));
}

static int shift_of(const bits_plan *plan, int64_t element) {
    return (int)(plan->little ? element % 8 : 7 - element % 8);
}

/* Rows of inner elements side by side. */
static void pack_across(const bits_plan *plan, const uint8_t *in, uint8_t *out) {
    memset(out, 0, (size_t)(plan->bytes * plan->inner));
    for (int64_t e = 0; e < plan->elements; e++) {
        uint8_t *row = out + e / 8 * plan->inner;
        int shift = shift_of(plan, e);
        for (int64_t v = 0; v < plan->inner; v++)
            row[v] = (uint8_t)(row[v] | in[e * plan->inner + v] << shift);
    }
}

static void unpack_across(const bits_plan *plan, const uint8_t *in, uint8_t *out) {
    for (int64_t e = 0; e < plan->elements; e++) {
        const uint8_t *row = in + e / 8 * plan->inner;
        int shift = shift_of(plan, e);
        uint8_t *to = out + e * plan->inner;
        bool there = e / 8 < plan->bytes;
        for (int64_t v = 0; v < plan->inner; v++)
            to[v] = (uint8_t)(there ? row[v] >> shift & 1 : 0);
    }
}

/* A row alone is cut into pieces of whole bytes. */
static void bits_rows(void *arg, int64_t begin, int64_t end, int lane) {
    const bits_job *job = arg;
    const bits_plan *plan = job->plan;
    int64_t wide = plan->elements * plan->inner, narrow = plan->bytes * plan->inner;
    (void)lane;
    for (int64_t row = begin; row < end; row++) {
        const uint8_t *in = job->in + row * (plan->pack ? wide : narrow);
        uint8_t *out = job->out + row * (plan->pack ? narrow : wide);
        if (plan->inner == 1)
            (plan->pack ? pack_row : unpack_row)(plan, in, out);
        else
            (plan->pack ? pack_across : unpack_across)(plan, in, out);
    }
}

enum { PIECE = 1 << 13 }; /* bytes of packed bits */

static void bits_pieces(void *arg, int64_t begin, int64_t end, int lane) {
    const bits_job *whole = arg;
    const bits_plan *all = whole->plan;
    (void)lane;
    for (int64_t piece = begin; piece < end; piece++) {
        bits_plan part = *all;
        int64_t first = piece * PIECE;
        bool last = first + PIECE >= (all->elements + 7) / 8;
        part.elements = last ? all->elements - 8 * first : 8 * PIECE;
        part.bytes = all->bytes - first < PIECE ? all->bytes - first : PIECE;
        if (part.bytes < 0) part.bytes = 0;
        bits_job job = {&part, whole->in + first * (all->pack ? 8 : 1),
                        whole->out + first * (all->pack ? 1 : 8)};
        bits_rows(&job, 0, 1, 0);
    }
}

static fm_status run_bits(fm_kplan *head, fm_kernel_args *args, fm_error *error) {
    const bits_plan *plan = (const bits_plan *)head;
    bits_job job = {.plan = plan};
    (void)error;
    if (plan->outer == 0 || plan->elements == 0 || plan->inner == 0) return FM_OK;
    job.in = fm_index_port_bring(&plan->in, args, 0);
    job.out = fm_index_port_out(&plan->out, args);
    int64_t each = plan->elements * plan->inner;
    if (plan->outer == 1 && plan->inner == 1)
        fm_pool_run(fm_pool_shared(), bits_pieces, &job,
                    (plan->elements + 8 * PIECE - 1) / (8 * PIECE), 1);
    else
        fm_pool_run(fm_pool_shared(), bits_rows, &job, plan->outer, FM_MOVE_ITEM / each + 1);
    fm_index_port_close(&plan->out, args);
    return FM_OK;
}

fm_status fm_plan_bits(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                       fm_error *error) {
    fm_status status = fm_index_plan_make(call, sizeof(bits_plan), run_bits, out, error);
    if (status != FM_OK) return status;
    bits_plan *plan = (bits_plan *)*out;
    const fm_layout *in = call->in[0];
    int axis = call->params->index.axis;
    plan->pack = call->op == FM_INDEX_pack;
    plan->little = call->params->index.little != 0;
    fm_index_port_open(&plan->in, call, 0, plan->pack ? FM_BOOL : FM_UINT8, 0, NULL, info);
    fm_index_port_open_out(&plan->out, call, 0, info);
    plan->outer = plan->inner = 1;
    for (int d = 0; d < in->ndim; d++) {
        if (d < axis) plan->outer *= fm_layout_shape(in)[d];
        if (d > axis) plan->inner *= fm_layout_shape(in)[d];
    }
    int64_t from = fm_layout_shape(in)[axis], to = fm_layout_shape(call->out[0])[axis];
    plan->elements = plan->pack ? from : to;
    plan->bytes = plan->pack ? to : from;
    return FM_OK;
}
