/* Planned calls, found again by what decides them: operation, layouts and options. */
#ifndef FM_CALL_PLAN_H
#define FM_CALL_PLAN_H

#include "meter/meter.h"
#include "ops/row.h"

/* Words of a key: enough for 64 operands, or for the longest lists of axes. */
enum { FM_KEY_WORDS = 1024, FM_PLAN_LIMIT = 4096 };

typedef struct fm_key {
    uint64_t hash;
    int count;
    uint64_t word[FM_KEY_WORDS];
} fm_key;

/* Everything about a call that does not depend on addresses and values. */
typedef struct fm_plan {
    struct fm_plan *next;           /* in its bucket */
    struct fm_plan *before, *after; /* in the table's ring */
    const fm_row *row;
    fm_kplan *kernel; /* NULL for views */
    size_t workspace;
    uint64_t flops, macs, bytes; /* flops include the budget's multiplier */
    /* FLOPs of the method itself, without weights and multiplier: the kernel's own count where it
       tells one, else the textbook's; and what a contraction runs where its two inputs are the same
       elements, 0 where that is no less. */
    uint64_t executed, executed_same;
    fm_dtype dtype; /* of the ledger's row: the compute dtype */
    uint32_t wanted;
    int nin, nout, nscalars;
    bool capturable;
    bool program;      /* row->run does the work */
    uint8_t flattened; /* calls of ravel that the log has before this one */
    bool silent;       /* left out of the op log where it costs nothing */
    uint32_t pins;     /* programs that are running it: it must stay */
    bool used;         /* since the clock's hand last passed */
    uint64_t by_value;
    uint64_t random_words;
    fm_row_cache ledger_row;
    fm_row_cache kernel_row;
    char kernel_name[FM_KERNEL_NAME];        /* as the backend says; "": it says none */
    const fm_layout *out[FM_MAX_OUT];        /* retained; NULL: not wanted */
    int8_t out_param[FM_MAX_OUT];            /* the in-place parameter an output is, else -1 */
    const fm_symmetry *symmetry[FM_MAX_OUT]; /* of programs' outputs, retained */
    int nsymmetries;
    uint8_t scalar_param[8];
    fm_in_source *in_source; /* [nin] */
    const fm_layout **in;    /* [nin], retained; NULL where by value or left out */
    int64_t view_offset;
    bool view_copies;
    const fm_layout **operands; /* [noperands], retained: the key names them by address */
    int noperands;
    int nkey;
    uint64_t hash;
    uint64_t key[];
} fm_plan;

typedef struct fm_plan_table {
    fm_plan **buckets;
    size_t nbuckets, count;
    fm_plan *hand; /* of the clock that finds the next to evict */
} fm_plan_table;

struct fm_context;

/* The key of a call. forced_out NULL: outputs get their canonical layouts; else outputs are written
   into tensors of those layouts. FM_ERR_ARGUMENT when it has too many words. */
fm_status fm_key_make(const fm_row *row, const fm_value *values, uint32_t wanted,
                      const fm_layout *const *forced_out, const int64_t *probed,
                      uint64_t generation, fm_key *key, fm_error *error);

fm_plan *fm_plan_find(fm_plan_table *table, const fm_key *key);

/* Infers, costs and plans the call, and puts the plan into the context's table. values have their
   defaults filled in. */
fm_status fm_plan_make(struct fm_context *ctx, const fm_bound *bound,
                       const fm_layout *const *forced_out, const fm_key *key, fm_plan **out);

/* Frees every plan. */
void fm_plan_table_clear(struct fm_context *ctx);

/* values with the row's defaults in place of what was not given. */
void fm_bound_fill(const fm_row *row, const fm_value *values, fm_value *filled);

/* Infer and cost alone: the part of planning that touches no device. */
fm_status fm_resolve(struct fm_context *ctx, const fm_bound *bound, fm_resolved *r, fm_work *work);

/* Gives up what fm_resolve found, failed or not. */
void fm_resolved_release(fm_resolved *r);

#endif
