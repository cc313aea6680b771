/* Selections by a mask, and how many elements it has; a thread counts eight bytes at a time. */
#include "index.h"
#include "index_types.h"
#include "seam_select.h"

namespace {

/* The highest bit of each byte that is not 0 is left. */
__device__ inline int count_word(uint64_t word) {
    const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
    return __popcll((((word & low) + low) | word) & ~low);
}

FM_KERNEL void count(const uint8_t *mask, int64_t n, unsigned long long *out) {
    const int64_t head = reinterpret_cast<uintptr_t>(mask) % 8 ? n : 0, words = (n - head) / 8;
    const uint64_t *word = reinterpret_cast<const uint64_t *>(mask);
    unsigned long long found = 0;
    for (int64_t i = fm_thread(); i < words; i += fm_threads())
        found += static_cast<unsigned long long>(count_word(word[i]));
    for (int64_t i = 8 * words + fm_thread(); i < n; i += fm_threads()) found += mask[i] != 0;
    if (found) atomicAdd(out, found);
}

template <typename T> cu_error select_room(int64_t n, size_t *room) {
    return fm_select<T>(nullptr, room, nullptr, nullptr, n, nullptr, nullptr, nullptr);
}

template <typename T>
cu_error select(const void *in, const uint8_t *mask, int64_t n, void *out, int64_t *count_out,
                void *room, size_t bytes, cu_stream stream) {
    return fm_select<T>(room, &bytes, static_cast<const T *>(in), mask, n, static_cast<T *>(out),
                        count_out, stream);
}

} // namespace

cu_error cu_count(const uint8_t *mask, int64_t n, unsigned long long *out, int processors,
                  cu_stream stream) {
    return fm_launch(count, fm_cover(n, 32, processors), stream, mask, n, out);
}

cu_error cu_select_room(int bytes, int64_t n, size_t *room) {
    *room = 0;
    if (bytes == 0) return fm_select_places(nullptr, room, nullptr, n, nullptr, nullptr, nullptr);
    return CU_BY_SIZE(bytes, select_room, n, room);
}

cu_error cu_select(int bytes, const void *in, const uint8_t *mask, int64_t n, void *out,
                   int64_t *count_out, void *room, size_t room_bytes, cu_stream stream) {
    if (!in)
        return fm_select_places(room, &room_bytes, mask, n, static_cast<int64_t *>(out), count_out,
                                stream);
    return CU_BY_SIZE(bytes, select, in, mask, n, out, count_out, room, room_bytes, stream);
}
