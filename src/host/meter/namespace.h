/* Namespaces: names joined by '.', interned in a ledger, and the stack of scopes that are open. */
#ifndef FM_METER_NAMESPACE_H
#define FM_METER_NAMESPACE_H

#include <flopmeter/loop.h>

/* One interned name. Lives as long as its table. */
typedef struct fm_name {
    struct fm_name *next; /* in its bucket */
    struct fm_name *all;  /* the one made before it */
    uint32_t id;          /* 0 is "" */
    uint32_t parent;
    uint64_t hash;
    const char *segment; /* the last part of text */
    char text[];
} fm_name;

typedef struct fm_names {
    fm_name **buckets;
    size_t bucket_count; /* a power of two */
    fm_name *last;
    uint32_t count;
} fm_names;

fm_status fm_names_init(fm_names *names, fm_error *error);
void fm_names_close(fm_names *names);

/* The name of segment inside parent (NULL: outermost), made if it is new. FM_ERR_MEMORY;
   FM_ERR_OVERFLOW past 2^24 names. */
fm_status fm_names_get(fm_names *names, const fm_name *parent, const char *segment,
                       const fm_name **out, fm_error *error);

/* An open scope. limit 0: not a sub-budget; soft 0: no soft limit. */
typedef struct fm_scope {
    const fm_name *name;
    uint64_t limit, used;
    uint64_t soft;
    fm_soft_function on_soft;
    void *user;
    bool told; /* the soft limit was reached */
} fm_scope;

/* Belongs to one thread; keeps its memory when scopes close. */
typedef struct fm_scopes {
    fm_scope *scope;
    uint32_t depth, capacity;
    uint32_t limited; /* open scopes with a limit of either kind */
} fm_scopes;

void fm_scopes_close(fm_scopes *scopes);

/* FM_ERR_ARGUMENT: name NULL, empty or with '.'. */
fm_status fm_scopes_push(fm_scopes *scopes, fm_names *names, const char *name, uint64_t flops,
                         fm_error *error);
/* The same with a soft limit; limits may be NULL. */
fm_status fm_scopes_push_limits(fm_scopes *scopes, fm_names *names, const char *name,
                                const fm_scope_limits *limits, fm_error *error);
/* FM_ERR_STATE: none is open. */
fm_status fm_scopes_pop(fm_scopes *scopes, fm_error *error);

/* The innermost open scope's name; NULL outside. */
static inline const fm_name *fm_scopes_current(const fm_scopes *scopes) {
    return scopes->depth == 0 ? NULL : scopes->scope[scopes->depth - 1].name;
}

/* The innermost scope that flops would take past its limit or past 2^64 - 1; NULL: none. */
const fm_scope *fm_scopes_exceeded(const fm_scopes *scopes, uint64_t flops);

/* Adds to every open sub-budget, saturating. */
void fm_scopes_charge(fm_scopes *scopes, uint64_t flops);
/* Tells each soft limit that was reached and not told yet. */
void fm_scopes_tell(fm_scopes *scopes);
void fm_scopes_refund(fm_scopes *scopes, uint64_t flops);

#endif
