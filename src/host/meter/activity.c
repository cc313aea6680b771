/* Adding up a collector's records: calls' times, kernels' rows, the device's busy time. */
#include "meter/activity.h"

#include <string.h>

#include "meter/captured.h"

static const uint64_t call_mask = (UINT64_C(1) << FM_CORRELATION_CALL_BITS) - 1;
static const uint64_t row_mask = (UINT64_C(1) << FM_CORRELATION_ROW_BITS) - 1;

void fm_activity_begin(fm_activity_sum *sum, fm_ledger *ledger) {
    uint32_t next = sum->next_call;
    int32_t units = sum->units;
    memset(sum, 0, sizeof *sum);
    sum->ledger = ledger;
    sum->next_call = sum->first_call = next;
    sum->units = units;
}

void fm_activity_resume(fm_activity_sum *sum, const fm_activity_totals *before) {
    sum->totals = *before;
    sum->busy_taken = before->busy_ns;
}

fm_correlation fm_activity_call(fm_activity_sum *sum, const fm_ledger_row *row) {
    uint64_t number = (uint64_t)row->number + 1;
    uint64_t call = sum->next_call;
    sum->next_call = (uint32_t)((call + 1) & call_mask);
    return number > row_mask ? 0 : number << FM_CORRELATION_CALL_BITS | call;
}

/* Whether a call of that number was made since the sum began, the numbers being circular. */
static bool is_current(const fm_activity_sum *sum, uint64_t call) {
    return ((call - sum->first_call) & call_mask) <
           ((sum->next_call - sum->first_call) & call_mask);
}

void fm_activity_replays(fm_activity_sum *sum, struct fm_captured *graph) {
    for (const fm_captured *at = sum->graphs; at; at = at->next)
        if (at == graph) return;
    graph->next = sum->graphs;
    sum->graphs = graph;
}

void fm_activity_forget(fm_activity_sum *sum, const struct fm_captured *graph) {
    for (fm_captured **at = &sum->graphs; *at; at = &(*at)->next) {
        if (*at != graph) continue;
        *at = graph->next;
        return;
    }
}

/* Of a call that was captured before the sum began: where its graph counts now. */
static fm_ledger_row *replayed_row(const fm_activity_sum *sum, const fm_activity *record,
                                   uint64_t number) {
    uint64_t call = record->correlation & call_mask;
    for (const fm_captured *graph = sum->graphs; graph; graph = graph->next) {
        if (((call - graph->first_call) & call_mask) >= graph->calls_numbered) continue;
        for (size_t i = 0; i < graph->count; ++i) {
            const fm_captured_row *row = &graph->rows[i];
            if (row->number + 1 == number && row->serial == sum->ledger->serial) return row->row;
        }
    }
    return NULL;
}

/* The row that the record names; NULL: it belongs to no call that this ledger knows. */
static fm_ledger_row *row_of(fm_activity_sum *sum, const fm_activity *record) {
    if (record->correlation == 0) return NULL;
    uint64_t number = record->correlation >> FM_CORRELATION_CALL_BITS & row_mask;
    if (!is_current(sum, record->correlation & call_mask)) {
        fm_ledger_row *replayed = record->graph ? replayed_row(sum, record, number) : NULL;
        sum->totals.late += replayed == NULL;
        return replayed;
    }
    fm_ledger_row *row = number == 0 ? NULL : fm_ledger_row_at(sum->ledger, number - 1);
    if (!row) ++sum->totals.unknown;
    return row;
}

static void close_call(fm_pending_call *call) {
    fm_ledger_add_time(call->row, call->ns);
    call->correlation = 0;
}

/* A call's time is the sum of its launches. The place of a call is found by its number, so another
   call in it is older by FM_ACTIVITY_PENDING calls and has all its records. */
static void add_to_call(fm_activity_sum *sum, fm_ledger_row *row, const fm_activity *record,
                        uint64_t ns) {
    uint64_t launch = record->graph ? record->launch : 0;
    uint64_t place = (record->correlation + launch * 31) % FM_ACTIVITY_PENDING;
    fm_pending_call *call = &sum->pending[place];
    if (call->correlation && (call->correlation != record->correlation || call->launch != launch))
        close_call(call);
    if (!call->correlation) *call = (fm_pending_call){record->correlation, row, launch, 0};
    call->ns = fm_saturating_add(call->ns, ns);
}

static void drop_oldest(fm_activity_sum *sum) {
    sum->totals.busy_ns += sum->interval[0].end - sum->interval[0].start;
    memmove(&sum->interval[0], &sum->interval[1], --sum->intervals * sizeof sum->interval[0]);
}

/* The union of all intervals, kept as the latest disjoint ones in order; what is older has been
   counted. */
static void add_interval(fm_activity_sum *sum, uint64_t start, uint64_t end) {
    fm_busy_interval *list = sum->interval;
    size_t first = sum->intervals;
    while (first > 0 && list[first - 1].end >= start) --first;
    size_t past = first;
    for (; past < sum->intervals && list[past].start <= end; ++past) {
        if (list[past].start < start) start = list[past].start;
        if (list[past].end > end) end = list[past].end;
    }
    if (past == first) {
        if (sum->intervals == FM_ACTIVITY_INTERVALS) {
            drop_oldest(sum);
            first -= first > 0;
        }
        memmove(&list[first + 1], &list[first], (sum->intervals - first) * sizeof *list);
        ++sum->intervals;
    } else {
        memmove(&list[first + 1], &list[past], (sum->intervals - past) * sizeof *list);
        sum->intervals -= past - first - 1;
    }
    list[first] = (fm_busy_interval){start, end};
}

fm_ledger_row *fm_kernel_row(fm_ledger *ledger, const char *kernel, const char *op,
                             fm_dtype dtype) {
    fm_ledger *kernels = fm_ledger_kernels(ledger);
    const fm_name *name = NULL;
    if (!kernels) return NULL;
    if (kernels->count >= FM_KERNEL_ROWS) kernel = "(others)", dtype = FM_DTYPE_NONE, op = "";
    if (*op && fm_names_get(&kernels->names, NULL, op, &name, NULL) != FM_OK) return NULL;
    return fm_ledger_row_of(kernels, kernel, dtype, name);
}

static const char *name_of(const fm_activity *record) {
    static const char *const usual[] = {"(unnamed kernel)", "(copy)", "(memory set)", "(counters)"};
    return record->name ? record->name : usual[record->kind];
}

static void add_hardware(fm_live_counters *live, const fm_hardware *hardware) {
    const uint32_t flops = 1u << FM_HW_vector_flops | 1u << FM_HW_tensor_flops;
    const uint32_t bytes = 1u << FM_HW_bytes_read | 1u << FM_HW_bytes_written;
    if (hardware->known & flops) fm_live_add(&live->counted_flops, 1);
    if ((hardware->known & bytes) == bytes) fm_live_add(&live->counted_bytes, 1);
    if (hardware->overflowed) fm_live_add(&live->overflowed, 1);
#define HARDWARE(name, meaning)                                                                    \
    if (hardware->known >> FM_HW_##name & 1) fm_live_add(&live->name, hardware->name);
#include "core/hardware.def"
#undef HARDWARE
}

/* A grid that says how many of its blocks fit on the device at a time shows how full that was. */
static void add_grid(const fm_activity_sum *sum, fm_ledger_row *row, const fm_activity *record) {
    if (record->blocks == 0 || record->resident == 0 || sum->units <= 0) return;
    fm_live_add(&row->live.blocks, record->blocks);
    fm_live_add(&row->live.slots, (uint64_t)record->resident * (uint64_t)sum->units);
}

static void add_launch(fm_activity_sum *sum, fm_ledger_row *row, const fm_activity *record,
                       uint64_t ns) {
    fm_ledger_row *kernel = fm_kernel_row(sum->ledger, name_of(record), row ? row->op : "",
                                          row ? row->dtype : FM_DTYPE_NONE);
    if (kernel) {
        fm_ledger_add(kernel, 0, 0, record->bytes, ns);
        fm_live_add(&kernel->live.launches, 1);
        add_grid(sum, kernel, record);
    } else {
        ++sum->totals.unnamed_rows;
    }
    if (!row) return;
    fm_live_add(&row->live.launches, 1);
    add_grid(sum, row, record);
    add_to_call(sum, row, record, ns);
}

static void add_totals(fm_activity_sum *sum, const fm_activity *record, bool attributed,
                       uint64_t ns) {
    fm_activity_totals *t = &sum->totals;
    if (record->kind == FM_ACTIVITY_MEMCPY) {
        ++t->copies;
        t->copy_ns += ns;
        t->copied_bytes += record->bytes;
    } else {
        t->kernel_ns += ns;
        if (attributed) t->attributed_ns += ns;
        t->unattributed += !attributed;
        t->replayed += record->graph != 0;
    }
}

void fm_activity_add(fm_activity_sum *sum, const fm_activity *record) {
    ++sum->totals.records;
    if (record->kind >= FM_ACTIVITY_KINDS || record->end < record->start) {
        ++sum->totals.backwards;
        return;
    }
    fm_ledger_row *row = row_of(sum, record);
    if (row) add_hardware(&row->live, &record->hardware);
    if (record->kind == FM_ACTIVITY_COUNTERS) return;
    if (record->start < sum->last_start)
        ++sum->totals.out_of_order;
    else
        sum->last_start = record->start;
    uint64_t ns = record->end - record->start;
    add_totals(sum, record, row != NULL, ns);
    add_launch(sum, row, record, ns);
    if (ns != 0) add_interval(sum, record->start, record->end);
}

void fm_activity_flush(fm_activity_sum *sum) {
    for (size_t i = 0; i < FM_ACTIVITY_PENDING; ++i)
        if (sum->pending[i].correlation) close_call(&sum->pending[i]);
    while (sum->intervals != 0) drop_oldest(sum);
}

uint64_t fm_activity_take_busy(fm_activity_sum *sum) {
    uint64_t more = sum->totals.busy_ns - sum->busy_taken;
    sum->busy_taken = sum->totals.busy_ns;
    return more;
}
