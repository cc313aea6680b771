/* Plans of selections by a mask. */
#include "index_plan.h"
#include "value.h"

typedef struct select_plan {
    fm_kplan head;
    cu_port mask, in, out;
    int64_t n;
    int bytes; /* of an element; 0: places are wanted */
    size_t count, room, room_bytes;
} select_plan;

static cu_error run_count(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const select_plan *plan = (const select_plan *)head;
    void *mask;
    cu_error code = cu_api.fill(args->out[0], 0, sizeof(int64_t), stream);
    if (code || !plan->n) return code;
    code = cu_port_bring(&plan->mask, dev, stream, args, &mask);
    if (code) return code;
    return cu_count(mask, plan->n, args->out[0], dev->info.processors, stream);
}

fm_status cu_plan_count(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                        fm_error *error) {
    fm_status status = cu_plan_make(call, sizeof(select_plan), run_count, out, error);
    if (status != FM_OK) return status;
    select_plan *plan = (select_plan *)*out;
    cu_port_open(&plan->mask, call, 0, FM_BOOL, 1, info);
    plan->n = call->in[0]->size;
    return FM_OK;
}

static cu_error run_select(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const select_plan *plan = (const select_plan *)head;
    char *room = args->workspace;
    void *mask, *in = NULL;
    cu_error code = cu_port_bring(&plan->mask, dev, stream, args, &mask);
    if (!code && plan->bytes) code = cu_port_bring(&plan->in, dev, stream, args, &in);
    if (!code)
        code = cu_select(plan->bytes, in, mask, plan->n, cu_port_out(&plan->out, args),
                         (int64_t *)(void *)(room + plan->count), room + plan->room,
                         plan->room_bytes, stream);
    return code ? code : cu_port_close(&plan->out, dev, stream, args);
}

static cu_error run_nothing(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    (void)dev;
    (void)stream;
    (void)head;
    (void)args;
    return CU_SUCCESS;
}

fm_status cu_plan_select(const fm_kernel_call *call, fm_kplan **out, fm_plan_info *info,
                         fm_error *error) {
    const int which = call->op == FM_INDEX_compact;
    const int nothing = call->out[0]->size == 0;
    fm_status status =
        cu_plan_make(call, sizeof(select_plan), nothing ? run_nothing : run_select, out, error);
    if (status != FM_OK || nothing) return status;
    select_plan *plan = (select_plan *)*out;
    cu_port_open(&plan->mask, call, which, FM_BOOL, 1, info);
    if (which) cu_port_open(&plan->in, call, 0, call->in[0]->dtype, 1, info);
    cu_port_open_out(&plan->out, call, 0, call->out[0]->dtype, info);
    plan->n = call->in[which]->size;
    plan->bytes = which ? (int)cu_dtype_size(call->out[0]->dtype) : 0;
    cu_error code = cu_select_room(plan->bytes, plan->n, &plan->room_bytes);
    plan->count = cu_room(info, sizeof(int64_t));
    plan->room = cu_room(info, plan->room_bytes ? plan->room_bytes : 1);
    return code ? cu_fail(error, code, call->name, "planning a selection") : FM_OK;
}
