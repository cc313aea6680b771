/* The rows of shaping and creation: what their files offer to the table in shaping.c. */
#ifndef FM_OPS_SHAPING_H
#define FM_OPS_SHAPING_H

#include "ops/args.h"
#include "ops/program.h"

#define FM_SHAPING_INFER(name_)                                                                    \
    fm_status fm_infer_##name_(const fm_bound *bound, fm_resolved *r, fm_error *error)
#define FM_SHAPING_COST(name_)                                                                     \
    fm_status fm_cost_of_##name_(const fm_bound *bound, const fm_resolved *r, fm_work *work,       \
                                 fm_error *error)
#define FM_SHAPING_RUN(name_) fm_status fm_run_##name_(fm_program *p)

/* Joins (shaping_join.c): the row's op tells how each array is seen before it is joined. */
typedef enum fm_join_id {
    FM_JOIN_stack,
    FM_JOIN_vstack, /* row_stack too */
    FM_JOIN_hstack,
    FM_JOIN_dstack,
    FM_JOIN_column_stack
} fm_join_id;
FM_SHAPING_INFER(join);
FM_SHAPING_RUN(join);

/* Nested lists of arrays (shaping_block.c). */
FM_SHAPING_INFER(block);
FM_SHAPING_RUN(block);
fm_status fm_probe_bmat(fm_program *p, int64_t probed[FM_PROBED]);
FM_SHAPING_INFER(bmat);
FM_SHAPING_COST(bmat);
FM_SHAPING_RUN(bmat);

/* Parts and several results (shaping_split.c): the row's op is the function's. */
typedef enum fm_split_id {
    FM_SPLIT_split,
    FM_SPLIT_array_split,
    FM_SPLIT_hsplit,
    FM_SPLIT_vsplit,
    FM_SPLIT_dsplit
} fm_split_id;
FM_SHAPING_INFER(split);
FM_SHAPING_RUN(split);
FM_SHAPING_INFER(unstack);
FM_SHAPING_RUN(unstack);
FM_SHAPING_RUN(atleast); /* the row's op is the number of dimensions */
FM_SHAPING_INFER(broadcast_arrays);
FM_SHAPING_COST(broadcast_arrays);
FM_SHAPING_RUN(broadcast_arrays);

/* where(condition) (shaping_places.c). */
FM_SHAPING_INFER(places);
FM_SHAPING_RUN(places);

/* tile and pad (shaping_tile.c, shaping_pad.c). */
FM_SHAPING_INFER(tile);
FM_SHAPING_RUN(tile);
FM_SHAPING_INFER(pad);
FM_SHAPING_RUN(pad);

/* Arrays from values (creation.c). */
FM_SHAPING_INFER(array);
FM_SHAPING_RUN(array);
FM_SHAPING_INFER(asarray);
FM_SHAPING_RUN(asarray);
FM_SHAPING_RUN(asarray_chkfinite);
FM_SHAPING_INFER(require);
FM_SHAPING_RUN(require);
FM_SHAPING_INFER(from_dlpack);
FM_SHAPING_RUN(from_dlpack);
FM_SHAPING_INFER(frombuffer);
FM_SHAPING_RUN(frombuffer);
FM_SHAPING_INFER(fromiter);
FM_SHAPING_RUN(fromiter);

/* Diagonals and triangles (creation_matrix.c). */
FM_SHAPING_INFER(diag);
FM_SHAPING_COST(diag);
FM_SHAPING_RUN(diag);
FM_SHAPING_INFER(diagflat);
FM_SHAPING_RUN(diagflat);
FM_SHAPING_INFER(triangle);
FM_SHAPING_RUN(triangle); /* the row's op: 0 tril, 1 triu */
FM_SHAPING_INFER(vander);
FM_SHAPING_COST(vander);
FM_SHAPING_RUN(vander);

/* Grids of numbers (creation_space.c, creation_grid.c). */
FM_SHAPING_INFER(space);
FM_SHAPING_COST(space);
FM_SHAPING_RUN(linspace);
FM_SHAPING_RUN(logspace);
FM_SHAPING_RUN(geomspace);
FM_SHAPING_INFER(meshgrid);
FM_SHAPING_COST(meshgrid);
FM_SHAPING_RUN(meshgrid);

/* A part of an axis without a copy: `count` elements from `start` on, `step` apart. */
static inline fm_tensor *fm_do_slice(fm_program *p, const fm_tensor *tensor, int axis,
                                     int64_t start, int64_t count, int64_t step) {
    return FM_DO(p, "_slice", V_T(tensor), V_I(axis), V_I(start), V_I(count), V_I(step));
}

/* The last `turn` slices of an axis first, then the others; 0 < turn < the extent. For arrays of at
   most FM_TURNED_AT_ONCE elements, whose time is that of calls; larger ones are copied in parts. */
enum { FM_TURNED_AT_ONCE = 32768 };
static inline fm_tensor *fm_do_turn(fm_program *p, const fm_tensor *tensor, int axis,
                                    int64_t turn) {
    if (p->status != FM_OK) return NULL;
    const int64_t rest = fm_layout_shape(tensor->layout)[axis] - turn;
    const fm_tensor *parts[] = {fm_do_slice(p, tensor, axis, rest, turn, 1),
                                fm_do_slice(p, tensor, axis, 0, rest, 1)};
    return FM_DO(p, "concatenate", V_TS(parts, 2), V_I(axis));
}

#endif
