/* Captured work: operations and charges put into a CUDA graph, and charged at each replay. */
#ifndef FLOPMETER_GRAPH_H
#define FLOPMETER_GRAPH_H

#include <flopmeter/budget.h>

FM_BEGIN_DECLS

typedef struct fm_graph fm_graph;

/* Whose capture of the context's stream it is. */
typedef enum fm_capture {
    FM_CAPTURE_OWN = 0, /* fm_capture_begin begins it, fm_capture_end ends it and makes the graph */
    FM_CAPTURE_CALLERS  /* the caller began it and ends it; here charges alone are collected */
} fm_capture;

/* From here on what the context's operations and fm_charge cost is put into a graph and not
   charged: nothing runs. Operations must be warm, have run once with these shapes into these slots.
   Samplers draw at each replay from where the context's random stream (fm_seed,
   fm_context_set_generator) then is, and move it on: a replay's numbers are those of the calls
   themselves. The stream is not drawn from, nor moved, by the capture; seeding within it is undone
   when it ends, and generators of the caller's (fm_generator_call) are refused. Elements of the
   host's that a call is given, as a list or by fm_tensor_set_from_host, are kept as they are now.
   Refused is what reads values while it runs: result shapes that depend on them (unique, nonzero),
   checks of indices or probabilities (take, random.multinomial), factorizations.
   Without it the operations of a captured stream are charged once, when they are captured, and
   replays are not seen. FM_ERR_UNSUPPORTED: the device has no graphs. FM_ERR_STATE: a capture is
   open already; for OWN, the stream is being captured; for CALLERS, it is not. */
FM_API FM_MUST_CHECK fm_status fm_capture_begin(fm_context *ctx, fm_capture whose);

/* Ends it. The graph keeps the memory that its operations use until it is released; the caller owns
   it. FM_ERR_STATE: none is open, a charge is not settled, namespaces were left open or closed that
   were not there at the beginning. After any other failure the capture is over and *graph NULL. */
FM_API FM_MUST_CHECK fm_status fm_capture_end(fm_context *ctx, fm_graph **graph);

/* Ends it without a graph, whatever is open. */
FM_API void fm_capture_abandon(fm_context *ctx);

/* The executable graph (cudaGraphExec_t) that fm_graph_launch is to launch after
   FM_CAPTURE_CALLERS. It stays the caller's. FM_ERR_STATE: the graph has one of its own. */
FM_API FM_MUST_CHECK fm_status fm_graph_set_exec(fm_graph *graph, void *exec);

/* Charges all that the graph does, refused as a whole past a limit with nothing charged or
   launched, and launches it on the context's stream. Its rows are counted as replayed.
   FM_ERR_STATE: the stream is being captured, the budget's multiplier is not that of the capture,
   or there is nothing to launch; FM_ERR_ARGUMENT: the graph is of another context. A singular
   matrix, an index out of bounds and what else a call refuses by its values alone fails the wait
   after the launch, whose charge stays. */
FM_API FM_MUST_CHECK fm_status fm_graph_launch(fm_context *ctx, fm_graph *graph);

/* The charge alone, for a graph that the caller launches (as torch.cuda.CUDAGraph.replay does):
   settled by fm_settle once it was; id NULL: settled at once. Not to be settled in part. The random
   numbers of that launch are placed on the context's stream, which it has to follow. */
FM_API FM_MUST_CHECK fm_status fm_graph_charge(fm_context *ctx, fm_graph *graph, fm_charge_id *id);

/* Of one replay: FLOPs as charged, multiplier included, and calls. */
FM_API uint64_t fm_graph_flops(const fm_graph *graph);
FM_API uint64_t fm_graph_calls(const fm_graph *graph);
FM_API uint64_t fm_graph_replays(const fm_graph *graph); /* charged so far */

/* NULL is allowed. An open charge of it is settled as run. The context may be closed before; the
   graph can then only be released. */
FM_API void fm_graph_release(fm_graph *graph);

FM_END_DECLS
#endif
