/* The family of concatenation: a strided copy for each input. */
#include "copy.h"
#include "family.h"
#include "value.h"

typedef struct concat_part {
    cu_copy copy;
    int64_t offset; /* bytes into the output */
} concat_part;

typedef struct concat_plan {
    fm_kplan head;
    int parts;
    concat_part part[];
} concat_plan;

static int supports(uint16_t op, fm_dtype compute) {
    return op < FM_CONCAT_COUNT && compute > FM_DTYPE_NONE && compute < FM_DTYPE_COUNT;
}

static cu_error run(fm_dev *dev, cu_stream stream, fm_kplan *head, fm_kernel_args *args) {
    const concat_plan *plan = (const concat_plan *)head;
    cu_error code = CU_SUCCESS;
    for (int i = 0; i < plan->parts && !code; ++i)
        code = cu_copy_run(&plan->part[i].copy, dev, stream, args->in[i],
                           (char *)args->out[0] + plan->part[i].offset);
    return code;
}

static fm_status plan_concat(fm_dev *dev, const fm_kernel_call *call, fm_kplan **out,
                             fm_plan_info *info, fm_error *error) {
    const size_t bytes = sizeof(concat_plan) + (size_t)call->nin * sizeof(concat_part);
    fm_status status = cu_plan_make(call, bytes, run, out, error);
    (void)dev;
    (void)info;
    if (status != FM_OK) return status;
    concat_plan *plan = (concat_plan *)*out;
    const fm_layout *to = call->out[0];
    const int axis = call->params->concat.axis;
    int64_t place = 0;
    plan->parts = call->nin;
    for (int i = 0; i < call->nin; ++i) {
        const fm_layout *from = call->in[i];
        const int64_t *shape = fm_layout_shape(from);
        fm_index index;
        fm_index_begin(&index, from->ndim, shape);
        (void)fm_index_add(&index, from->ndim, shape, fm_layout_strides(from));
        (void)fm_index_add(&index, from->ndim, shape, fm_layout_strides(to));
        plan->part[i].offset =
            place * fm_layout_strides(to)[axis] * (int64_t)cu_dtype_size(to->dtype);
        cu_copy_plan(&plan->part[i].copy, from->dtype, to->dtype, &index);
        place += shape[axis];
    }
    return FM_OK;
}

const cu_family cu_family_concat = {supports, plan_concat};
