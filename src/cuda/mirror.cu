/* The triangle above the diagonal as the mirror image of the one below it; a block turns a tile at
 * a time. */
#include "mirror.h"
#include "seam_tile.h"

#include "scalar/types.h"

namespace {

__host__ __device__ inline int64_t tiles_of(int64_t n) {
    return (n + CU_TILE - 1) / CU_TILE;
}

__device__ inline int64_t extent_of(int64_t n, int64_t tile) {
    const int64_t left = n - tile * CU_TILE;
    return left < CU_TILE ? left : static_cast<int64_t>(CU_TILE);
}

template <typename T> FM_KERNEL void mirror(const __grid_constant__ cu_mirror_args m) {
    const int64_t side = tiles_of(m.n), tiles = side * side * m.batch;
    for (int64_t t = blockIdx.x; t < tiles; t += gridDim.x) {
        const int64_t row = t / side % side, col = t % side;
        if (col > row) continue;
        T *c = static_cast<T *>(m.c) + t / (side * side) * m.stride;
        const fm_tile<T> tile = {c + row * CU_TILE * m.ld + col * CU_TILE,
                                 c + col * CU_TILE * m.ld + row * CU_TILE,
                                 m.ld,
                                 extent_of(m.n, row),
                                 extent_of(m.n, col),
                                 row == col};
        fm_tile_turn(tile);
    }
}

template <typename T>
cu_error launch(const cu_mirror_args *args, int processors, cu_stream stream) {
    const int64_t side = tiles_of(args->n), tiles = side * side * args->batch;
    return fm_launch(mirror<T>, fm_cover(tiles * CU_BLOCK, 1, processors), stream, *args);
}

} // namespace

/* In the order of fm_dtype. */
const cu_mirror_launch cu_mirror[FM_DTYPE_COUNT] = {
    nullptr,       nullptr,        nullptr,        nullptr,         nullptr, nullptr,
    nullptr,       nullptr,        nullptr,        nullptr,         nullptr, nullptr,
    launch<float>, launch<double>, launch<fm_c64>, launch<fm_c128>,
};
