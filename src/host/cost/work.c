/* Filling and adding work vectors, with every sum checked. */
#include "cost/work.h"

#include <string.h>

void fm_work_begin(fm_work *work, bool faults) {
    work->bytes = 0;
    work->nparts = 0;
    work->flattened = 0;
    work->faults = faults;
    work->fell_back = false;
}

fm_work_part *fm_work_of(fm_work *work, const char *op) {
    for (int i = 0; i < work->nparts; i++)
        if (work->part[i].op == op || strcmp(work->part[i].op, op) == 0) return &work->part[i];
    if (work->nparts == FM_WORK_PARTS) return NULL;
    fm_work_part *part = &work->part[work->nparts++];
    *part = (fm_work_part){.op = op};
    return part;
}

fm_status fm_work_add_part(fm_work *work, const fm_work_part *counts) {
    fm_work_part *part = fm_work_of(work, counts->op);
    if (part == NULL) return FM_ERR_OVERFLOW;
    bool fits = fm_u128_add(part->products, counts->products, &part->products) &&
                fm_u128_add(part->adds, counts->adds, &part->adds) &&
                fm_u128_add(part->outs, counts->outs, &part->outs) &&
                fm_u128_add(part->units, counts->units, &part->units) &&
                fm_u128_add(part->torch_mac, counts->torch_mac, &part->torch_mac);
    return fits ? FM_OK : FM_ERR_OVERFLOW;
}

fm_status fm_work_add_units(fm_work *work, const char *op, fm_u128 units) {
    return fm_work_add_part(work, &(fm_work_part){.op = op, .units = units});
}

fm_status fm_work_add(fm_work *work, const fm_work *more) {
    for (int i = 0; i < more->nparts; i++) {
        fm_status status = fm_work_add_part(work, &more->part[i]);
        if (status != FM_OK) return status;
    }
    work->fell_back = work->fell_back || more->fell_back;
    return fm_u128_add(work->bytes, more->bytes, &work->bytes) ? FM_OK : FM_ERR_OVERFLOW;
}

fm_status fm_work_times(fm_work *work, fm_u128 count) {
    bool fits = fm_u128_mul(work->bytes, count, &work->bytes);
    for (int i = 0; i < work->nparts && fits; i++) {
        fm_work_part *part = &work->part[i];
        fits = fm_u128_mul(part->products, count, &part->products) &&
               fm_u128_mul(part->adds, count, &part->adds) &&
               fm_u128_mul(part->outs, count, &part->outs) &&
               fm_u128_mul(part->units, count, &part->units) &&
               fm_u128_mul(part->torch_mac, count, &part->torch_mac);
    }
    return fits ? FM_OK : FM_ERR_OVERFLOW;
}
