/* Graphs of captured work, as the corridor sees them. */
#ifndef FM_CALL_GRAPH_H
#define FM_CALL_GRAPH_H

#include "call/passage.h"

/* Keeps what a call under capture uses for as long as the graph can be replayed: its storages, the
   context's scratch memory, its plan. Before the launch. FM_ERR_MEMORY: nothing is kept of it. */
fm_status fm_graph_keep(fm_graph *graph, const fm_passage *passage);

/* Memory for a result of a captured call that an earlier one of the capture has left; the caller
   has a reference. NULL: there is none. */
fm_storage *fm_graph_spare(const fm_graph *graph, size_t bytes);

/* Where a kernel that draws random numbers reads them: in a graph from where the stream is when the
   graph runs. FM_ERR_STATE: nothing was drawn before the capture, or the stream is not the one that
   the capture began with; FM_ERR_MEMORY. */
fm_status fm_graph_draw(const fm_passage *passage, fm_kernel_args *args);

/* Host elements of a tensor that is contiguous, as they are now, copied whenever the graph runs. */
fm_status fm_graph_copy_in(fm_context *ctx, const fm_tensor *tensor, const void *data,
                           size_t nbytes);

/* The context closes: its graphs are left with nothing to replay. */
void fm_graphs_orphan(fm_context *ctx);

#endif
