/* The ledger: making and finding rows, and moving what they hold into the process's record. */
#include "meter/ledger.h"

#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "meter/hash.h"

enum { FIRST_BUCKETS = 64 };

static _Atomic uint64_t last_serial;

fm_status fm_ledger_init(fm_ledger *ledger, fm_error *error) {
    memset(ledger, 0, sizeof *ledger);
    FM_TRY(fm_names_init(&ledger->names, error));
    ledger->buckets = fm_alloc(FIRST_BUCKETS * sizeof(void *));
    if (!ledger->buckets) {
        fm_names_close(&ledger->names);
        return fm_fail(error, FM_ERR_MEMORY, "ledger: out of memory");
    }
    ledger->bucket_count = FIRST_BUCKETS;
    ledger->serial = atomic_fetch_add_explicit(&last_serial, 1, memory_order_relaxed) + 1;
    return FM_OK;
}

fm_ledger *fm_ledger_kernels(fm_ledger *ledger) {
    fm_ledger *kernels = atomic_load_explicit(&ledger->kernels, memory_order_relaxed);
    if (kernels) return kernels;
    kernels = fm_alloc(sizeof *kernels);
    if (!kernels) return NULL;
    if (fm_ledger_init(kernels, NULL) != FM_OK) {
        fm_free_block(kernels);
        return NULL;
    }
    atomic_store_explicit(&ledger->kernels, kernels, memory_order_release);
    return kernels;
}

static fm_ledger *kernels_of(const fm_ledger *ledger) {
    return atomic_load_explicit(&ledger->kernels, memory_order_acquire);
}

void fm_ledger_close(fm_ledger *ledger) {
    fm_ledger *kernels = kernels_of(ledger);
    if (kernels) fm_ledger_close(kernels);
    fm_free_block(kernels);
    for (fm_ledger_row *row = fm_ledger_first(ledger); row;) {
        fm_ledger_row *after = fm_ledger_next(row);
        fm_free_block(row);
        row = after;
    }
    fm_free_block(ledger->buckets);
    fm_free_block(ledger->rows);
    fm_names_close(&ledger->names);
    memset(ledger, 0, sizeof *ledger);
}

static void put_in_bucket(fm_ledger_row **buckets, size_t count, fm_ledger_row *row) {
    fm_ledger_row **bucket = &buckets[row->hash & (count - 1)];
    row->next = *bucket;
    *bucket = row;
}

/* Doubles the buckets; when memory ran out the old ones stay, only slower. */
static void spread(fm_ledger *ledger) {
    size_t count = ledger->bucket_count * 2;
    fm_ledger_row **buckets = fm_alloc(count * sizeof(void *));
    if (!buckets) return;
    for (fm_ledger_row *row = fm_ledger_first(ledger); row; row = fm_ledger_next(row))
        put_in_bucket(buckets, count, row);
    fm_free_block(ledger->buckets);
    ledger->buckets = buckets;
    ledger->bucket_count = count;
}

static bool make_room(fm_ledger *ledger) {
    if (ledger->count < ledger->row_capacity) return true;
    size_t before = ledger->row_capacity, capacity = before ? before * 2 : FIRST_BUCKETS;
    fm_ledger_row **rows =
        fm_realloc(ledger->rows, before * sizeof(void *), capacity * sizeof(void *));
    if (!rows) return false;
    ledger->rows = rows;
    ledger->row_capacity = capacity;
    return true;
}

static fm_ledger_row *make_row(const char *op, fm_dtype dtype, const fm_name *name) {
    size_t length = strlen(op) + 1;
    fm_ledger_row *row = fm_alloc(sizeof *row + length);
    if (!row) return NULL;
    memcpy(row->op, op, length);
    row->dtype = dtype;
    row->name_space = name ? name->text : "";
    row->name_space_id = name ? name->id : 0;
    fm_live_counters_reset(&row->live);
    fm_counters_reset(&row->kept);
    fm_counters_read(&row->live, &row->base);
    return row;
}

fm_ledger_row *fm_ledger_row_of(fm_ledger *ledger, const char *op, fm_dtype dtype,
                                const fm_name *name) {
    uint32_t id = name ? name->id : 0;
    uint64_t hash = fm_hash_text(op, (uint64_t)id << 8 | (uint64_t)dtype);
    for (fm_ledger_row *row = ledger->buckets[hash & (ledger->bucket_count - 1)]; row;
         row = row->next) {
        if (row->hash == hash && row->dtype == dtype && row->name_space_id == id &&
            strcmp(row->op, op) == 0)
            return row;
    }
    fm_ledger_row *row = make_room(ledger) ? make_row(op, dtype, name) : NULL;
    if (!row) return NULL;
    row->hash = hash;
    row->number = (uint32_t)ledger->count;
    ledger->rows[row->number] = row;
    put_in_bucket(ledger->buckets, ledger->bucket_count, row);
    atomic_store_explicit(ledger->last ? &ledger->last->after : &ledger->first, row,
                          memory_order_release);
    ledger->last = row;
    if (++ledger->count > ledger->bucket_count) spread(ledger);
    return row;
}

bool fm_ledger_row_read(const fm_ledger_row *row, fm_counters *out) {
    fm_counters_read(&row->live, out);
    return (out->calls | out->captured) != 0;
}

bool fm_ledger_row_read_process(const fm_ledger_row *row, fm_counters *out) {
    fm_counters_read(&row->live, out);
    fm_counters_subtract(out, &row->base);
    fm_counters_merge(out, &row->kept);
    return (out->calls | out->captured) != 0;
}

void fm_ledger_reset(fm_ledger *ledger) {
    for (fm_ledger_row *row = fm_ledger_first(ledger); row; row = fm_ledger_next(row)) {
        fm_counters all;
        if (fm_ledger_row_read_process(row, &all)) row->kept = all;
        fm_live_counters_reset(&row->live);
        fm_counters_read(&row->live, &row->base);
    }
    if (kernels_of(ledger)) fm_ledger_reset(kernels_of(ledger));
}

void fm_ledger_forget(fm_ledger *ledger) {
    for (fm_ledger_row *row = fm_ledger_first(ledger); row; row = fm_ledger_next(row)) {
        fm_counters_reset(&row->kept);
        fm_counters_read(&row->live, &row->base);
    }
    if (kernels_of(ledger)) fm_ledger_forget(kernels_of(ledger));
}

static bool fold_row(fm_ledger *into, fm_ledger_row *from) {
    fm_counters counted;
    if (!fm_ledger_row_read_process(from, &counted)) return true;
    const fm_name *name = NULL;
    if (*from->name_space &&
        fm_names_get(&into->names, NULL, from->name_space, &name, NULL) != FM_OK)
        return false;
    fm_ledger_row *row = fm_ledger_row_of(into, from->op, from->dtype, name);
    if (!row) return false;
    fm_counters_merge(&row->kept, &counted);
    fm_counters_reset(&from->kept);
    fm_counters_read(&from->live, &from->base);
    return true;
}

bool fm_ledger_fold(fm_ledger *into, fm_ledger *from) {
    bool all = true;
    for (fm_ledger_row *row = fm_ledger_first(from); row; row = fm_ledger_next(row))
        all = fold_row(into, row) && all;
    fm_ledger *kernels = kernels_of(from);
    if (!kernels) return all;
    fm_ledger *kept = fm_ledger_kernels(into);
    return kept && fm_ledger_fold(kept, kernels) && all;
}
