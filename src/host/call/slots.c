/* Where outputs go: new tensors, tensors written again, views; and what may not be written. */
#include "call/graph.h"

/* Whether output o may be written where target lies although some operand lies there too. */
static fm_status check_overlap(const fm_passage *p, int o, const fm_tensor *target) {
    const fm_plan *plan = p->plan;
    size_t width = fm_dtype_size(target->layout->dtype);
    const char *low = (const char *)target->data + target->layout->low * (int64_t)width;
    const char *high = (const char *)target->data + (target->layout->high + 1) * (int64_t)width;
    for (int i = 0; i < plan->nin; i++) {
        const fm_tensor *tensor = p->source[i];
        if (!tensor || tensor->storage != target->storage || tensor->layout->size == 0) continue;
        if (plan->out_param[o] == plan->in_source[i].param) continue;
        size_t step = fm_dtype_size(tensor->layout->dtype);
        const char *from = (const char *)tensor->data + tensor->layout->low * (int64_t)step;
        const char *to = (const char *)tensor->data + (tensor->layout->high + 1) * (int64_t)step;
        if (to <= low || from >= high) continue;
        bool same = tensor->data == target->data && tensor->layout->plain == target->layout->plain;
        if (same && plan->row->flags & FM_ROW_ELEMENTWISE) continue;
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name,
                          plan->in_source[i].param + 1,
                          "its memory overlaps that of output %d, which is only allowed for an "
                          "elementwise operation on exactly the same elements",
                          o + 1);
    }
    return FM_OK;
}

static fm_status check_written(const fm_passage *p, int o, const fm_tensor *target) {
    const char *op = p->plan->row->name;
    if (target->layout->flags & (FM_LAYOUT_WEAK | FM_LAYOUT_ABSTRACT))
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, op, 0,
                          "output %d is a weak scalar or an abstract tensor, which has no memory",
                          o + 1);
    if (target->storage->flags & FM_STORAGE_READ_ONLY)
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, op, 0,
                          "output %d is in memory that its owner lends for reading only", o + 1);
    if (target->layout->flags & FM_LAYOUT_OVERLAPS)
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, op, 0,
                          "output %d has elements that share memory, as broadcast_to makes them",
                          o + 1);
    return check_overlap(p, o, target);
}

/* A slot's tensor of another context is written, of another device never. */
static fm_status check_device(const fm_passage *p, int o, const fm_tensor *target) {
    fm_device there = target->memory->device, here = p->ctx->memory->device;
    if (there.kind == here.kind && there.index == here.index) return FM_OK;
    char a[32], b[32];
    return fm_fail_op(&p->ctx->error, FM_ERR_DEVICE, p->plan->row->name, 0,
                      "output %d is on %s, but the context is on %s", o + 1,
                      fm_device_format(there, a, sizeof a), fm_device_format(here, b, sizeof b));
}

/* Two outputs are written in no order, so that neither may lie in the other. */
static bool outputs_meet(const fm_passage *p, int first, int second) {
    const fm_layout *a = p->plan->out[first], *b = p->plan->out[second];
    if (!a || !b) return false;
    if (p->target[first] == p->target[second]) return true;
    if (a->size == 0 || b->size == 0) return false;
    int64_t width_a = (int64_t)fm_dtype_size(a->dtype), width_b = (int64_t)fm_dtype_size(b->dtype);
    const char *at_a = p->out[first], *at_b = p->out[second];
    return at_a + a->low * width_a < at_b + (b->high + 1) * width_b &&
           at_b + b->low * width_b < at_a + (a->high + 1) * width_a;
}

static fm_status check_apart(const fm_passage *p) {
    for (int o = 1; o < p->plan->nout; o++)
        for (int before = 0; before < o; before++)
            if (outputs_meet(p, before, o))
                return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, p->plan->row->name, 0,
                                  "the memory of output %d overlaps that of output %d", o + 1,
                                  before + 1);
    return FM_OK;
}

/* The slot's tensor as it is: its storage is read by nobody but an exact alias. */
static bool is_ready(const fm_passage *p, int o) {
    const fm_tensor *tensor = p->target[o];
    const fm_plan *plan = p->plan;
    if (tensor->layout->plain != plan->out[o]->plain || !tensor->storage) return false;
    for (int i = 0; i < plan->nin; i++) {
        const fm_tensor *in = p->source[i];
        if (in && in->storage == tensor->storage) return false;
    }
    return !(tensor->layout->flags & FM_LAYOUT_OVERLAPS) &&
           !(tensor->storage->flags & FM_STORAGE_READ_ONLY) && tensor->memory == p->ctx->memory;
}

/* New storage for output o that a capture has to spare. */
static bool take_spare(fm_passage *p, int o, size_t bytes) {
    fm_storage *spare = p->ctx->capture ? fm_graph_spare(p->ctx->capture, bytes) : NULL;
    if (!spare) return false;
    p->fresh[o] = spare;
    p->renewed |= 1u << o;
    return true;
}

/* Output o into the slot's tensor, whose layout is not the plan's: allowed where it alone owns its
   storage, which then is reused where it is large enough. */
static fm_status prepare_refill(fm_passage *p, int o) {
    fm_tensor *tensor = p->target[o];
    const fm_layout *layout = p->plan->out[o];
    size_t bytes = (size_t)layout->size * fm_dtype_size(layout->dtype);
    FM_TRY(check_device(p, o, tensor));
    if (!fm_owns_storage(tensor)) {
        char a[200], b[200];
        const fm_layout *have = tensor->layout;
        return fm_fail_op(&p->ctx->error, FM_ERR_SHAPE, p->plan->row->name, 0,
                          "output %d is %s %s in memory that is shared or the caller's, but the "
                          "result is %s %s",
                          o + 1, fm_dtype_name(have->dtype),
                          fm_shape_format(have->ndim, fm_layout_shape(have), a, sizeof a),
                          fm_dtype_name(layout->dtype),
                          fm_shape_format(layout->ndim, fm_layout_shape(layout), b, sizeof b));
    }
    fm_tensor probe = *tensor;
    probe.layout = layout;
    probe.data = tensor->storage->data;
    if (bytes <= tensor->storage->capacity) {
        FM_TRY(check_written(p, o, &probe));
        p->out[o] = tensor->storage->data;
        return FM_OK;
    }
    if (!take_spare(p, o, bytes)) {
        FM_TRY(fm_storage_get(p->ctx->memory, bytes, &p->fresh[o], &p->ctx->error));
        p->renewed |= 1u << o;
    }
    p->out[o] = p->fresh[o]->data;
    return FM_OK;
}

static fm_status prepare_new(fm_passage *p, int o) {
    const fm_layout *layout = p->plan->out[o];
    size_t bytes = (size_t)layout->size * fm_dtype_size(layout->dtype);
    fm_memory *memory = p->ctx->memory;
    if (take_spare(p, o, bytes)) {
        FM_TRY(fm_handle_get(memory, &p->target[o], &p->ctx->error));
    } else {
        FM_TRY(fm_handle_get_with(memory, bytes, &p->target[o], &p->fresh[o], &p->ctx->error));
        p->renewed |= 1u << o;
    }
    p->made |= 1u << o;
    p->out[o] = p->fresh[o]->data;
    return FM_OK;
}

fm_status fm_slots_prepare(fm_passage *p) {
    const fm_plan *plan = p->plan;
    for (int o = 0; o < plan->nout; o++) {
        p->out[o] = NULL;
        if (!plan->out[o]) continue;
        int param = plan->out_param[o];
        if (param >= 0) {
            p->target[o] = (fm_tensor *)(uintptr_t)fm_passage_value(p, param)->as.tensor;
            FM_TRY(check_written(p, o, p->target[o]));
            p->out[o] = p->target[o]->data;
            continue;
        }
        if (!p->slots[o])
            return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name, 0,
                              "output %d has no slot", o + 1);
        p->target[o] = *p->slots[o];
        if (!p->target[o]) {
            FM_TRY(prepare_new(p, o));
        } else if (is_ready(p, o)) {
            p->out[o] = p->target[o]->data;
        } else if (p->target[o]->layout->plain == plan->out[o]->plain && p->target[o]->storage) {
            FM_TRY(check_device(p, o, p->target[o]));
            FM_TRY(check_written(p, o, p->target[o]));
            p->out[o] = p->target[o]->data;
        } else {
            FM_TRY(prepare_refill(p, o));
        }
    }
    return plan->nout > 1 ? check_apart(p) : FM_OK;
}

void fm_slots_abandon(fm_passage *p) {
    for (int o = 0; o < p->plan->nout; o++) {
        if (p->renewed >> o & 1) fm_storage_release(p->fresh[o]);
        if (p->made >> o & 1) fm_tensor_release(p->target[o]);
    }
}

void fm_slots_commit(fm_passage *p) {
    for (int o = 0; o < p->plan->nout; o++) {
        const fm_layout *layout = p->plan->out[o];
        if (!layout) continue;
        fm_tensor *tensor = p->target[o];
        fm_storage *storage = fm_passage_written(p, o);
        bool fresh = storage != tensor->storage;
        fm_storage_written(storage);
        if (fresh || tensor->layout != layout || tensor->data != p->out[o])
            fm_tensor_point(tensor, fresh ? storage : fm_storage_retain(storage),
                            fm_layout_retain(layout), p->out[o]);
        if (p->made >> o & 1) *p->slots[o] = tensor;
    }
}

fm_status fm_slots_view(fm_passage *p) {
    const fm_tensor *source = fm_passage_operand(p, 0);
    const fm_plan *plan = p->plan;
    if (!source || !source->storage)
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name, 1,
                          "a number has no storage to view");
    if (!p->slots[0])
        return fm_fail_op(&p->ctx->error, FM_ERR_ARGUMENT, plan->row->name, 0,
                          "output 1 has no slot");
    fm_tensor *tensor = *p->slots[0];
    if (tensor)
        FM_TRY(check_device(p, 0, tensor));
    else
        FM_TRY(fm_handle_get(p->ctx->memory, &tensor, &p->ctx->error));
    void *data =
        (char *)source->data + plan->view_offset * (int64_t)fm_dtype_size(plan->out[0]->dtype);
    fm_tensor_point(tensor, fm_storage_retain(source->storage), fm_layout_retain(plan->out[0]),
                    data);
    *p->slots[0] = tensor;
    return FM_OK;
}
