/* Planned calls, found again by what decides them: operation, layouts and options. */
#ifndef FM_CALL_PLAN_H
#define FM_CALL_PLAN_H

#include "meter/meter.h"
#include "ops/row.h"

/* Words of a key: enough for 64 operands, or for the longest lists of axes. */
enum { FM_KEY_WORDS = 1024, FM_PLAN_LIMIT = 4096, FM_RECENT_PLANS = 64 };

typedef struct fm_key {
    uint64_t hash; /* set by fm_plan_find where it finds nothing */
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
    bool of_tensors;   /* the key is row, generation and one layout a parameter: fm_plan_again */
    uint64_t by_value;
    uint64_t plain; /* bit i: input i is the tensor of one parameter, with memory of its own */
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
    /* The plans found last, by row: looked at first, since a loop mostly repeats itself, and what
       follows need not wait for a hash then. */
    fm_plan *recent[FM_RECENT_PLANS];
} fm_plan_table;

/* Where the row has its recent plan: rows lie some hundred bytes apart. */
static inline fm_plan **fm_plan_recent(fm_plan_table *table, uint64_t row) {
    return &table->recent[row >> 8 & (FM_RECENT_PLANS - 1)];
}

/* The row's recent plan where this is the same call again, of tensors alone: compared without
   making a key. NULL: it is another call, or of other things too. */
static inline fm_plan *fm_plan_again(fm_plan_table *table, const fm_bound *bound,
                                     uint64_t generation) {
    fm_plan *plan = *fm_plan_recent(table, (uint64_t)(uintptr_t)bound->row);
    if (!plan || plan->row != bound->row || !plan->of_tensors ||
        plan->key[1] != (generation << 8 | bound->wanted))
        return NULL;
    const fm_value *value = bound->values;
    for (const uint64_t *word = plan->key + 2, *end = plan->key + plan->nkey; word < end; word++) {
        const fm_tensor *tensor = value->kind == FM_VALUE_TENSOR ? value->as.tensor : NULL;
        if (!tensor || *word != (uint64_t)(uintptr_t)tensor->layout) return NULL;
        value++;
    }
    plan->used = true;
    return plan;
}

struct fm_context;

/* The key of a call, for which in-place outputs are marked as wanted. forced_out NULL: outputs get
   their canonical layouts; else outputs are written into tensors of those layouts. FM_ERR_ARGUMENT
   when it has too many words. */
fm_status fm_key_make(fm_bound *bound, const fm_layout *const *forced_out, uint64_t generation,
                      fm_key *key, fm_error *error);

fm_plan *fm_plan_find(fm_plan_table *table, fm_key *key);

/* Infers, costs and plans the call, and puts the plan into the context's table. */
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
