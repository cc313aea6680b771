/* The family of sorting: elements as keys, lines sorted by them, and places that move along. */
#include "sort.h"
#include "copy.h"
#include "family.h"
#include "value.h"

typedef struct sort_plan {
    fm_kplan head;
    uint16_t op;
    cu_port in, out, needles;
    const cu_sort_kernels *kernels;
    const cu_key_sort *sort;
    size_t size; /* bytes of an element */
    int64_t lines, n;
    int places; /* what is found are places in order */
    int right;
    size_t keys, sorted, first, second, temp; /* offsets into the workspace */
    size_t temp_bytes;
} sort_plan;

static int supports(uint16_t op, fm_dtype compute) {
    if (op == FM_SORT_counts) return compute == FM_INT64;
    return op < FM_SORT_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static cu_error sort_lines(const sort_plan *plan, cu_stream stream, char *room,
                           const int64_t *places_in, int64_t *places_out, void *sorted) {
    const cu_sort_call call = {.keys_in = room + plan->keys,
                               .keys_out = sorted,
                               .places_in = places_in,
                               .places_out = places_out,
                               .lines = plan->lines,
                               .n = plan->n,
                               .temp = room + plan->temp,
                               .temp_bytes = plan->temp_bytes};
    return plan->sort->run(&call, stream);
}

/* Elements by their keys, which tell them apart. */
static cu_error sort_elements(const sort_plan *plan, const fm_dev *dev, cu_stream stream,
                              const void *in, void *out, char *room) {
    const int64_t all = plan->lines * plan->n;
    const int processors = dev->info.processors;
    cu_error code = plan->kernels->to_keys(all, in, room + plan->keys, processors, stream);
    if (!code) code = sort_lines(plan, stream, room, NULL, NULL, room + plan->sorted);
    if (!code) code = plan->kernels->from_keys(all, room + plan->sorted, out, processors, stream);
    return code;
}

/* The places of elements in order: by the lower halves of their ranks first where there are some,
 * then by the upper ones, which keeps what the first sort has done. */
static cu_error find_places(const sort_plan *plan, const fm_dev *dev, cu_stream stream,
                            const void *in, int64_t *out, char *room) {
    const int64_t all = plan->lines * plan->n;
    const int processors = dev->info.processors;
    int64_t *places = (int64_t *)(void *)(room + plan->first);
    cu_error code = cu_places(plan->lines, plan->n, places, processors, stream);
    void *keys = room + plan->keys, *sorted = room + plan->sorted;
    if (!code && plan->kernels->ranks_low) {
        int64_t *lower = (int64_t *)(void *)(room + plan->second);
        code = plan->kernels->ranks_low(all, in, keys, processors, stream);
        if (!code) code = sort_lines(plan, stream, room, places, lower, sorted);
        if (!code) code = plan->kernels->ranks(all, in, sorted, processors, stream);
        if (!code)
            code = cu_take_places(sizeof(uint64_t), plan->lines, plan->n, sorted, lower, keys,
                                  processors, stream);
        places = lower;
    } else if (!code) {
        code = plan->kernels->ranks(all, in, keys, processors, stream);
    }
    if (!code) code = sort_lines(plan, stream, room, places, out, sorted);
    return code;
}

static cu_error run_sort(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sort_plan *plan = (const sort_plan *)head;
    char *room = args->workspace;
    void *in, *out = cu_port_out(&plan->out, args);
    if (!plan->lines || !plan->n) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &in);
    if (code) return code;
    if (plan->places) {
        code = find_places(plan, dev, stream, in, out, room);
    } else if (plan->kernels->to_keys) {
        code = sort_elements(plan, dev, stream, in, out, room);
    } else {
        /* The first places are no longer needed where the order has been found. */
        int64_t *places = (int64_t *)(void *)(room + plan->second);
        if (plan->kernels->ranks_low) places = (int64_t *)(void *)(room + plan->first);
        code = find_places(plan, dev, stream, in, places, room);
        if (!code)
            code = cu_take_places(plan->size, plan->lines, plan->n, in, places, out,
                                  dev->info.processors, stream);
    }
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static const cu_key_sort *sort_for(size_t bytes) {
    switch (bytes) {
    case 1:
        return &cu_key_sort_u8;
    case 2:
        return &cu_key_sort_u16;
    case 4:
        return &cu_key_sort_u32;
    default:
        return &cu_key_sort_u64;
    }
}

static fm_status plan_lines(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info,
                            fm_error *error) {
    const fm_layout *in = call->in[0];
    const fm_sort_params *params = &call->params->sort;
    const int flat = params->flat || in->ndim == 0;
    plan->places = call->op == FM_SORT_argsort || call->op == FM_SORT_argpartition;
    plan->n = flat ? in->size : fm_layout_shape(in)[params->axis];
    plan->lines = plan->n ? in->size / plan->n : 0;
    cu_port_open_lines(&plan->in, call, 0, call->compute, flat ? -1 : params->axis, info);
    cu_port_open_lines_out(&plan->out, call, 0, plan->places ? FM_INT64 : call->compute,
                           flat ? -1 : params->axis, info);
    const int by_places = plan->places || !plan->kernels->to_keys;
    const size_t key = plan->size < sizeof(uint64_t) ? plan->size : sizeof(uint64_t);
    const size_t all = (size_t)in->size;
    plan->sort = sort_for(key);
    plan->keys = cu_room(info, all * key);
    plan->sorted = cu_room(info, all * key);
    if (by_places) plan->first = cu_room(info, all * sizeof(int64_t));
    if (by_places) plan->second = cu_room(info, all * sizeof(int64_t));
    if (!in->size) return FM_OK;
    const cu_error code = plan->sort->measure(plan->lines, plan->n, by_places, &plan->temp_bytes);
    if (code) return cu_fail(error, code, call->name, "measuring its scratch memory");
    plan->temp = cu_room(info, plan->temp_bytes);
    return FM_OK;
}

static cu_error run_search(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sort_plan *plan = (const sort_plan *)head;
    void *a, *needles;
    if (!plan->lines) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &a);
    if (!code) code = cu_port_bring(&plan->needles, dev, stream, args, &needles);
    if (code) return code;
    const cu_search_args search = {.a = a,
                                   .needles = needles,
                                   .out = cu_port_out(&plan->out, args),
                                   .n = plan->n,
                                   .needles_count = plan->lines,
                                   .right = plan->right};
    code = plan->kernels->search(&search, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static void plan_search(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->n = call->in[0]->size;
    plan->lines = call->in[1]->size;
    plan->right = call->params->sort.right;
    cu_port_open(&plan->in, call, 0, call->compute, 1, info);
    cu_port_open(&plan->needles, call, 1, call->compute, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_INT64, info);
}

static cu_error run_heads(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sort_plan *plan = (const sort_plan *)head;
    void *in;
    if (!plan->n) return CU_SUCCESS;
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &in);
    if (!code)
        code = plan->kernels->heads(plan->n, in, plan->right, cu_port_out(&plan->out, args),
                                    dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static void plan_heads(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->n = call->in[0]->size;
    plan->right = call->params->sort.right;
    cu_port_open(&plan->in, call, 0, call->compute, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_BOOL, info);
}

/* Counts begin with 0. */
static cu_error run_bins(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sort_plan *plan = (const sort_plan *)head;
    const int count = plan->op == FM_SORT_histogram;
    void *x, *edges, *out = cu_port_out(&plan->out, args);
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &x);
    if (!code) code = cu_port_bring(&plan->needles, dev, stream, args, &edges);
    if (!code && count) code = cu_api.fill(out, 0, (size_t)plan->lines * sizeof(int64_t), stream);
    if (code) return code;
    const cu_bins_args bins = {.x = x,
                               .edges = edges,
                               .out = out,
                               .n = plan->n,
                               .bins = plan->lines,
                               .uniform = plan->right,
                               .count = count};
    if (plan->n) code = cu_find_bins(&bins, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static void plan_bins(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->n = call->in[0]->size;
    plan->lines = call->in[1]->size - 1;
    plan->right = call->params->sort.right;
    cu_port_open(&plan->in, call, 0, FM_FLOAT64, 1, info);
    cu_port_open(&plan->needles, call, 1, FM_FLOAT64, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_INT64, info);
}

static cu_error run_counts(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const sort_plan *plan = (const sort_plan *)head;
    void *x, *weights, *out = cu_port_out(&plan->out, args);
    cu_error code = cu_port_bring(&plan->in, dev, stream, args, &x);
    if (!code) code = cu_port_bring(&plan->needles, dev, stream, args, &weights);
    if (!code) code = cu_api.fill(out, 0, (size_t)plan->lines * sizeof(int64_t), stream);
    if (!code && plan->n)
        code = cu_add_counts(plan->n, x, weights, plan->lines, out, dev->info.processors, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static void plan_counts(sort_plan *plan, const fm_kernel_call *call, fm_plan_info *info) {
    plan->n = call->in[0]->size;
    plan->lines = call->params->sort.count;
    cu_port_open(&plan->in, call, 0, FM_INT64, 1, info);
    cu_port_open(&plan->needles, call, 1, FM_INT64, 1, info);
    cu_port_open_out(&plan->out, call, 0, FM_INT64, info);
}

typedef cu_error (*run_fn)(fm_dev *, cu_stream, fm_kplan *, fm_kernel_args *);

static run_fn run_of(uint16_t op) {
    switch (op) {
    case FM_SORT_searchsorted:
        return run_search;
    case FM_SORT_heads:
        return run_heads;
    case FM_SORT_histogram:
    case FM_SORT_bins:
        return run_bins;
    case FM_SORT_counts:
        return run_counts;
    default:
        return run_sort;
    }
}

static fm_status plan_sort(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                           fm_plan_info *info, fm_error *error) {
    const run_fn run = run_of(call->op);
    fm_status status = cu_plan_make(call, sizeof(sort_plan), run, out, error);
    (void)dev;
    if (status != FM_OK) return status;
    sort_plan *plan = (sort_plan *)*out;
    plan->op = call->op;
    plan->kernels = &cu_sort_table[call->compute];
    plan->size = cu_dtype_size(call->compute);
    if (run == run_sort) return plan_lines(plan, call, info, error);
    if (run == run_search)
        plan_search(plan, call, info);
    else if (run == run_heads)
        plan_heads(plan, call, info);
    else if (run == run_counts)
        plan_counts(plan, call, info);
    else
        plan_bins(plan, call, info);
    return FM_OK;
}

const cu_family cu_family_sort = {supports, plan_sort};
