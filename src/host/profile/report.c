/* A profile's rows in a report. */
#include <flopmeter/report.h>

#include "profile/profile.h"
#include "report/summary.h"

fm_status fm_report_add_profile(fm_summary *summary, const fm_profile *profile) {
    for (int i = 0; i < profile->done; ++i) {
        const fm_profile_row *row = &profile->rows[i];
        fm_sweep_row size = {.profile = profile->name,
                             .multiplier = row->multiplier,
                             .size = row->ndim > 0 ? row->shape[0] : 1,
                             .flops = row->flops,
                             .launches = row->launches,
                             .seconds = row->seconds};
        if (!fm_summary_add_size(summary, &size)) return FM_ERR_MEMORY;
    }
    return FM_OK;
}
