/* The process's one tracing session with CUPTI, which every device that collects shares. */
#ifndef FM_CUDA_TIMING_SESSION_H
#define FM_CUDA_TIMING_SESSION_H

#include "join.h"

#include "core/activity.h"

/* Begins tracing where nobody does yet, and takes a slot for the device. 0 with the reason in got:
 * CUPTI is absent, or held by somebody, whom got names where CUPTI can tell. Below CUDA's first
 * work of the process this is cheap; later it may stop the device for seconds. */
int cu_session_begin(uint32_t device, int *slot, fm_collector_status *got);

/* Gives the slot back; the last one ends the session. */
void cu_session_end(int slot);

/* The calling thread's launches are of that call until pop. */
void cu_session_push(int slot, uint64_t call);
void cu_session_pop(void);

/* Asks CUPTI for every finished record; the device was synchronised. launched: calls were pushed
 * since the last time. */
void cu_session_flush(int slot, int launched);

/* Records that CUPTI or this room had no room for since the session began, times apart. */
uint64_t cu_session_dropped(int slot);

void cu_session_take(int slot, int all, cu_joined_list *list);

/* Nanoseconds of CLOCK_MONOTONIC for one of CUPTI's times. */
uint64_t cu_session_time(uint64_t timestamp);

#endif
