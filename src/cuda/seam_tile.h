/* Turning a tile of a matrix by way of shared memory, so that neighbouring threads read and write
 * neighbouring elements. On the fake device a thread reads what it writes where it lies. */
#ifndef FM_CUDA_SEAM_TILE_H
#define FM_CUDA_SEAM_TILE_H

#include "launch.h"
#include "seam_block.h"

/* A block of CU_BLOCK threads turns a tile of CU_TILE rows and columns, or what is left of one at
 * the edges, CU_TILE_ROWS of its rows at a time. */
enum { CU_TILE = 32, CU_TILE_ROWS = CU_BLOCK / CU_TILE };

/* Element (i, j) of from becomes element (j, i) of to; below: of those with j < i alone. */
template <typename T> struct fm_tile {
    const T *from;
    T *to;
    int64_t ld; /* of both */
    int64_t rows, cols;
    bool below;

    __device__ bool has(int i, int j) const { return i < rows && j < cols && (!below || j < i); }
    __device__ T get(int i, int j) const { return from[i * ld + j]; }
    __device__ void put(int i, int j, T x) const { to[j * ld + i] = x; }
};

/* All threads of the block call it together; the tile may be another at the next call. */
template <typename T> __device__ inline void fm_tile_turn(const fm_tile<T> &tile) {
    const int t = static_cast<int>(threadIdx.x), x = t % CU_TILE, first = t / CU_TILE;
#ifdef FM_EMULATE
    for (int y = first; y < CU_TILE; y += CU_TILE_ROWS)
        if (tile.has(x, y)) tile.put(x, y, tile.get(x, y));
#else
    __shared__ T cell[CU_TILE][CU_TILE + 1];
    for (int y = first; y < CU_TILE; y += CU_TILE_ROWS)
        if (tile.has(y, x)) cell[y][x] = tile.get(y, x);
    __syncthreads();
    for (int y = first; y < CU_TILE; y += CU_TILE_ROWS)
        if (tile.has(x, y)) tile.put(x, y, cell[x][y]);
    __syncthreads();
#endif
}

#endif
