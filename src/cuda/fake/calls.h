/* The fake's side of every call in the vendor table, which table.c collects. */
#ifndef FM_CUDA_FAKE_CALLS_H
#define FM_CUDA_FAKE_CALLS_H

#include "../vendor.h"

/* device.c */
cu_error fake_driver(int *version);
cu_error fake_runtime(int *version);
cu_error fake_count(int *count);
cu_error fake_device_set(int device);
cu_error fake_device_get(int *device);
cu_error fake_device_info(int device, cu_device_info *info);

/* memory.c */
cu_error fake_device_alloc(void **pointer, size_t bytes);
cu_error fake_device_free(void *pointer);
cu_error fake_host_alloc(void **pointer, size_t bytes);
cu_error fake_host_free(void *pointer);
cu_error fake_pointer_info(const void *pointer, cu_pointer_info *info);
cu_error fake_memory_info(size_t *free_bytes, size_t *total_bytes);
cu_error fake_pool_create(cu_pool *pool, int device);
cu_error fake_pool_destroy(cu_pool pool);
cu_error fake_pool_keep(cu_pool pool, uint64_t release_threshold);
cu_error fake_pool_trim(cu_pool pool, size_t keep_bytes);
cu_error fake_pool_stats(cu_pool pool, cu_pool_stats *stats);
cu_error fake_pool_alloc(void **pointer, size_t bytes, cu_pool pool, cu_stream stream);
cu_error fake_pool_free(void *pointer, cu_stream stream);

/* stream.c */
cu_error fake_stream_create(cu_stream *stream);
cu_error fake_stream_destroy(cu_stream stream);
cu_error fake_stream_synchronize(cu_stream stream);
cu_error fake_stream_query(cu_stream stream);
cu_error fake_stream_device(cu_stream stream, int *device);
cu_error fake_device_synchronize(void);

/* event.c */
cu_error fake_event_create(cu_event *event, int timing);
cu_error fake_event_destroy(cu_event event);
cu_error fake_event_record(cu_event event, cu_stream stream);
cu_error fake_stream_wait(cu_stream stream, cu_event event);
cu_error fake_event_query(cu_event event);
cu_error fake_event_synchronize(cu_event event);
cu_error fake_event_elapsed(float *milliseconds, cu_event from, cu_event to);

/* capture.c */
cu_error fake_capture_exchange(int *mode);
cu_error fake_capture_begin(cu_stream stream, int mode);
cu_error fake_capture_end(cu_stream stream, cu_graph *graph);
cu_error fake_capture_state(cu_stream stream, int *state);
cu_error fake_graph_nodes(cu_graph graph, size_t *count);
cu_error fake_graph_destroy(cu_graph graph);
cu_error fake_graph_instantiate(cu_graph_exec *exec, cu_graph graph);
cu_error fake_graph_launch(cu_graph_exec exec, cu_stream stream);
cu_error fake_graph_exec_destroy(cu_graph_exec exec);

/* range.c */
void fake_range(const char *name);

/* work.c */
cu_error fake_copy(void *to, const void *from, size_t bytes, int kind, cu_stream stream);
cu_error fake_copy_2d(void *to, size_t to_pitch, const void *from, size_t from_pitch, size_t width,
                      size_t height, int kind, cu_stream stream);
cu_error fake_copy_peer(void *to, int to_device, const void *from, int from_device, size_t bytes,
                        cu_stream stream);
cu_error fake_fill(void *to, int byte, size_t bytes, cu_stream stream);
cu_error fake_launch(const cu_launch *l, cu_stream stream);

/* blas.c */
cu_error fake_blas_create(cu_blas *blas);
cu_error fake_blas_destroy(cu_blas blas);
cu_error fake_blas_version(cu_blas blas, int *version);
cu_error fake_blas_stream(cu_blas blas, cu_stream stream);
cu_error fake_blas_workspace(cu_blas blas, void *workspace, size_t bytes);
cu_error fake_blas_math(cu_blas blas, int mode);
cu_error fake_blas_pointer_mode(cu_blas blas, int mode);
cu_error fake_gemm(cu_blas blas, const cu_gemm *g);
cu_error fake_syrk(cu_blas blas, const cu_syrk *s);
cu_error fake_dot(cu_blas blas, int64_t n, const void *x, int64_t incx, const void *y, int64_t incy,
                  void *result, int type, int execution_type);

/* lt.c */
cu_error fake_lt_create(cu_lt *lt);
cu_error fake_lt_destroy(cu_lt lt);
cu_error fake_lt_desc_create(cu_lt_desc *desc, int compute, int scale_type);
cu_error fake_lt_desc_destroy(cu_lt_desc desc);
cu_error fake_lt_desc_set(cu_lt_desc desc, int attribute, const void *value, size_t bytes);
cu_error fake_lt_layout_create(cu_lt_layout *layout, int type, uint64_t rows, uint64_t cols,
                               int64_t ld);
cu_error fake_lt_layout_destroy(cu_lt_layout layout);
cu_error fake_lt_layout_set(cu_lt_layout layout, int attribute, const void *value, size_t bytes);
cu_error fake_lt_pref_create(cu_lt_pref *pref);
cu_error fake_lt_pref_destroy(cu_lt_pref pref);
cu_error fake_lt_pref_set(cu_lt_pref pref, int attribute, const void *value, size_t bytes);
cu_error fake_lt_heuristic(cu_lt lt, cu_lt_desc desc, cu_lt_layout a, cu_lt_layout b,
                           cu_lt_layout c, cu_lt_layout d, cu_lt_pref pref, int wanted,
                           cu_lt_algo *algos, int *found);
cu_error fake_lt_matmul(cu_lt lt, cu_lt_desc desc, const void *alpha, const void *a,
                        cu_lt_layout layout_a, const void *b, cu_lt_layout layout_b,
                        const void *beta, const void *c, cu_lt_layout layout_c, void *d,
                        cu_lt_layout layout_d, const cu_lt_algo *algo, void *workspace,
                        size_t workspace_bytes, cu_stream stream);

/* solver.c */
cu_error fake_solver_create(cu_solver *solver);
cu_error fake_solver_destroy(cu_solver solver);
cu_error fake_solver_stream(cu_solver solver, cu_stream stream);
cu_error fake_solver_size(cu_solver solver, cu_solver_call *call);
cu_error fake_solver_run(cu_solver solver, const cu_solver_call *call);
/* fft.c */
cu_error fake_fft_create(cu_fft *plan);
cu_error fake_fft_destroy(cu_fft plan);
cu_error fake_fft_plan(cu_fft plan, const cu_fft_shape *shape, size_t *work_bytes);
cu_error fake_fft_area(cu_fft plan, void *work);
cu_error fake_fft_stream(cu_fft plan, cu_stream stream);
cu_error fake_fft_run(cu_fft plan, int type, void *in, void *out, int direction);

/* control.c */
cu_error fake_last_error(void);
cu_error fake_peek_error(void);

#endif
