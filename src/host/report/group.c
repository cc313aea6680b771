/* Grouping: rows of a summary merged by op, namespace or both, most FLOPs first. */
#include <stdlib.h>
#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "report/summary.h"

/* A row of the key alone: what the grouping leaves out becomes empty. */
static fm_summary_entry reduce_key(fm_summary_entry entry, fm_group_by by) {
    if (by == FM_BY_OP || by == FM_BY_OP_DTYPE) entry.name_space = "";
    if (by == FM_BY_OP || by == FM_BY_NAMESPACE) entry.dtype = FM_DTYPE_NONE;
    if (by == FM_BY_NAMESPACE) entry.op = "";
    return entry;
}

static int compare_keys(const void *left, const void *right) {
    const fm_summary_entry *a = left, *b = right;
    int order = strcmp(a->op, b->op);
    if (order == 0) order = strcmp(a->name_space, b->name_space);
    return order != 0 ? order : (a->dtype > b->dtype) - (a->dtype < b->dtype);
}

static int compare_cost(const void *left, const void *right) {
    const fm_summary_entry *a = left, *b = right;
    if (a->counters.flops != b->counters.flops)
        return a->counters.flops < b->counters.flops ? 1 : -1;
    return compare_keys(left, right);
}

/* Joins neighbours of one key; returns how many are left. */
static size_t join_equal(fm_summary_entry *entries, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; ++i) {
        if (kept > 0 && compare_keys(&entries[kept - 1], &entries[i]) == 0) {
            fm_counters_merge(&entries[kept - 1].counters, &entries[i].counters);
        } else {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

static fm_op_row public_row(const fm_summary_entry *entry) {
    fm_op_row row = {.op = entry->op, .name_space = entry->name_space, .dtype = entry->dtype};
#define COUNTER(kind, name, meaning) row.name = entry->counters.name;
#include "meter/counters.def"
#undef COUNTER
    if (row.timed == 0) row.ns_min = 0;
    return row;
}

static fm_status make_group(fm_summary *summary, fm_group_by by, fm_summary_entry *entries) {
    fm_summary_rows *group = &summary->groups[by];
    size_t count = summary->count;
    for (size_t i = 0; i < count; ++i) entries[i] = reduce_key(summary->entries[i], by);
    qsort(entries, count, sizeof *entries, compare_keys);
    count = join_equal(entries, count);
    qsort(entries, count, sizeof *entries, compare_cost);
    group->rows = fm_alloc((count + 1) * sizeof *group->rows);
    if (!group->rows) return FM_ERR_MEMORY;
    for (size_t i = 0; i < count; ++i) group->rows[i] = public_row(&entries[i]);
    group->count = count;
    return FM_OK;
}

fm_status fm_summary_make_groups(fm_summary *summary) {
    fm_summary_entry *entries = fm_alloc((summary->count + 1) * sizeof *entries);
    fm_status status = entries ? FM_OK : FM_ERR_MEMORY;
    for (int by = 0; by < FM_GROUPINGS && status == FM_OK; ++by)
        status = make_group(summary, (fm_group_by)by, entries);
    fm_free_block(entries);
    return status;
}

fm_status fm_summary_group(fm_summary *summary, fm_group_by by, const fm_op_row **rows,
                           size_t *count) {
    if ((unsigned)by >= FM_GROUPINGS) return FM_ERR_ARGUMENT;
    *rows = summary->groups[by].rows;
    *count = summary->groups[by].count;
    return FM_OK;
}

bool fm_op_row_rate(const fm_op_row *row, double *rate) {
    if (row->timed != row->calls || row->ns_total == 0) return false;
    *rate = (double)row->flops / (double)row->ns_total;
    return true;
}
