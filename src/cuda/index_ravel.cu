/* Indices of several axes made flat places and back, numbers of runs, bits; one thread makes one
 * place, or one byte of bits, at a time. */
#include "index.h"
#include "launch.h"

namespace {

FM_KERNEL void ravel(const __grid_constant__ cu_ravel_args r) {
    for (int64_t i = fm_thread(); i < r.shape.size; i += fm_threads()) {
        const int64_t index = r.index[fm_axes_offset(&r.shape, i)];
        const int64_t before = r.first ? 0 : r.out[i];
        const bool fine =
            r.mode == FM_PLACE_RAISE ? fm_place_inside(index, r.extent) : r.extent > 0;
        r.out[i] =
            fine && before >= 0 ? before + fm_place(index, r.extent, r.mode) * r.factor : INT64_MIN;
    }
}

FM_KERNEL void unravel(const __grid_constant__ cu_unravel_args u) {
    for (int64_t i = fm_thread(); i < u.count; i += fm_threads()) {
        int64_t rest = u.index[i];
        for (int k = 1; k < u.axes; ++k) {
            const int d = u.backwards ? k - 1 : u.axes - k;
            const int64_t next = rest / u.extent[d];
            u.out[d * u.count + i] = rest - next * u.extent[d];
            rest = next;
        }
        u.out[(u.backwards ? u.axes - 1 : 0) * u.count + i] = rest;
    }
}

/* The run is found by halving. */
FM_KERNEL void runs(const int64_t *ends, int64_t count, int64_t *out, int64_t size) {
    for (int64_t i = fm_thread(); i < size; i += fm_threads()) {
        int64_t low = 0, high = count;
        while (low < high) {
            const int64_t middle = low + (high - low) / 2;
            if (ends[middle] > i)
                high = middle;
            else
                low = middle + 1;
        }
        out[i] = low;
    }
}

FM_KERNEL void pack(const __grid_constant__ cu_bits_args b) {
    const int64_t total = b.outer * b.bytes * b.inner;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const int64_t inner = i % b.inner, byte = i / b.inner % b.bytes;
        const int64_t outer = i / b.inner / b.bytes;
        const uint8_t *in = b.in + outer * b.elements * b.inner + inner;
        unsigned bits = 0;
        for (int k = 0; k < 8 && 8 * byte + k < b.elements; ++k)
            if (in[(8 * byte + k) * b.inner]) bits |= 1u << (b.little ? k : 7 - k);
        b.out[i] = static_cast<uint8_t>(bits);
    }
}

FM_KERNEL void unpack(const __grid_constant__ cu_bits_args b) {
    const int64_t total = b.outer * b.elements * b.inner;
    for (int64_t i = fm_thread(); i < total; i += fm_threads()) {
        const int64_t inner = i % b.inner, element = i / b.inner % b.elements;
        const int64_t outer = i / b.inner / b.elements, byte = element / 8;
        const int k = static_cast<int>(element % 8), shift = b.little ? k : 7 - k;
        unsigned bits = 0;
        if (byte < b.bytes) bits = b.in[(outer * b.bytes + byte) * b.inner + inner];
        b.out[i] = static_cast<uint8_t>(bits >> shift & 1u);
    }
}

} // namespace

cu_error cu_ravel(const cu_ravel_args *args, int processors, cu_stream stream) {
    return fm_launch(ravel, fm_cover(args->shape.size, 1, processors), stream, *args);
}

cu_error cu_unravel(const cu_unravel_args *args, int processors, cu_stream stream) {
    return fm_launch(unravel, fm_cover(args->count, 1, processors), stream, *args);
}

cu_error cu_runs(const int64_t *ends, int64_t count, int64_t *out, int64_t size, int processors,
                 cu_stream stream) {
    return fm_launch(runs, fm_cover(size, 1, processors), stream, ends, count, out, size);
}

cu_error cu_packbits(const cu_bits_args *args, int processors, cu_stream stream) {
    const int64_t total = args->outer * args->bytes * args->inner;
    return fm_launch(pack, fm_cover(total, 1, processors), stream, *args);
}

cu_error cu_unpackbits(const cu_bits_args *args, int processors, cu_stream stream) {
    const int64_t total = args->outer * args->elements * args->inner;
    return fm_launch(unpack, fm_cover(total, 1, processors), stream, *args);
}
