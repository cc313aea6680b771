/* Somebody else's memory: wrapped and by DLPack, whose it is, what may be written, what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <flopmeter/flopmeter.h>
#include <stdlib.h>
#include <string.h>

#include "call/dlpack_abi.h"
#include "core/alloc.h"

static fm_context *ctx;
static int released;

static int open_context(void **state) {
    (void)state;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_error error;
    options.device.kind = FM_CPU;
    released = 0;
    if (fm_context_open(&options, &ctx, &error) != FM_OK) fail_msg("%s", error.message);
    return 0;
}

static int close_context(void **state) {
    (void)state;
    fm_context_close(ctx);
    return 0;
}

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != FM_OK) fail_msg("%s", fm_context_message(ctx));                              \
    } while (0)
#define REFUSED(call, status, text)                                                                \
    do {                                                                                           \
        assert_int_equal(call, status);                                                            \
        assert_string_equal(fm_context_message(ctx), text);                                        \
    } while (0)

static void release(void *user) {
    ++*(int *)user;
}

static fm_foreign describe(const int64_t *shape, const int64_t *strides, void *data) {
    fm_foreign foreign = FM_FOREIGN_INIT;
    foreign.dtype = FM_FLOAT32;
    foreign.ndim = 2;
    foreign.shape = shape;
    foreign.strides = strides;
    foreign.data = data;
    foreign.release = release;
    foreign.user = &released;
    return foreign;
}

static void written_where_it_lies(void **state) {
    (void)state;
    float data[6] = {0, 1, 2, 3, 4, 5};
    const int64_t shape[] = {3, 2}, strides[] = {1, 3};
    fm_foreign foreign = describe(shape, strides, data);
    fm_tensor *t;
    OK(fm_tensor_wrap_foreign(ctx, &foreign, &t));
    assert_false(fm_tensor_is_read_only(t));
    OK(fm_add_scalar(ctx, t, fm_float(10), &t));
    for (int i = 0; i < 6; ++i) assert_true(data[i] == 10.0f + (float)i);
    fm_tensor_release(t);
    assert_int_equal(released, 1);
}

static void lent_for_reading(void **state) {
    (void)state;
    float data[6] = {0, 1, 2, 3, 4, 5}, host[6] = {0};
    const int64_t shape[] = {2, 3}, backwards[] = {-3, 1}, repeated[] = {0, 1};
    fm_foreign foreign = describe(shape, backwards, data + 3);
    fm_tensor *t, *sum = NULL, *view = NULL;
    fm_scalar total;
    foreign.read_only = true;
    OK(fm_tensor_wrap_foreign(ctx, &foreign, &t));
    assert_true(fm_tensor_is_read_only(t));
    OK(fm_sum(ctx, t, NULL, &sum));
    OK(fm_tensor_item(ctx, sum, &total));
    assert_true(total.value.f == 15);
    uint64_t used = fm_budget_used(fm_context_budget(ctx));
    REFUSED(fm_add_scalar(ctx, t, fm_float(1), &t), FM_ERR_ARGUMENT,
            "add: output 1 is in memory that its owner lends for reading only");
    REFUSED(fm_tensor_set_from_host(ctx, t, host, sizeof host), FM_ERR_ARGUMENT,
            "the tensor is in memory that its owner lends for reading only");
    OK(fm_transpose(ctx, t, NULL, &view));
    assert_true(fm_tensor_is_read_only(view));
    assert_int_equal(fm_add_scalar(ctx, view, fm_float(1), &view), FM_ERR_ARGUMENT);
    assert_int_equal(fm_budget_used(fm_context_budget(ctx)), used);
    /* Results of kernels and of programs go into slots by ways of their own. */
    float one = 7;
    fm_foreign scalar = describe(NULL, NULL, &one);
    fm_tensor *slot;
    scalar.ndim = 0;
    scalar.read_only = true;
    scalar.release = NULL;
    OK(fm_tensor_wrap_foreign(ctx, &scalar, &slot));
    assert_int_equal(fm_sum(ctx, t, NULL, &slot), FM_ERR_ARGUMENT);
    assert_int_equal(fm_var(ctx, t, NULL, &slot), FM_ERR_ARGUMENT);
    assert_int_equal(fm_median(ctx, t, NULL, &slot), FM_ERR_ARGUMENT);
    assert_true(one == 7);
    fm_tensor_release(slot);
    assert_true(data[0] == 0 && data[5] == 5);
    fm_tensor_release(view);
    fm_tensor_release(sum);
    fm_tensor_release(t);
    assert_int_equal(released, 1);
    foreign.strides = repeated;
    OK(fm_tensor_wrap_foreign(ctx, &foreign, &t));
    fm_tensor_release(t);
    assert_int_equal(released, 2);
}

static void nothing_charged_for_a_refusal(void **state) {
    (void)state;
    float data[6] = {0};
    const int64_t shape[] = {2, 3};
    fm_foreign foreign = describe(shape, NULL, data);
    fm_tensor *t;
    foreign.read_only = true;
    OK(fm_tensor_wrap_foreign(ctx, &foreign, &t));
    uint64_t used = fm_budget_used(fm_context_budget(ctx));
    assert_int_equal(fm_multiply(ctx, t, t, &t), FM_ERR_ARGUMENT);
    assert_int_equal(fm_budget_used(fm_context_budget(ctx)), used);
    fm_tensor_release(t);
}

static void bad_descriptions(void **state) {
    (void)state;
    float data[6] = {0};
    const int64_t shape[] = {2, 3}, backwards[] = {-3, 1}, repeated[] = {0, 1},
                  negative[] = {2, -1};
    fm_tensor *t;
    fm_foreign foreign = describe(shape, backwards, data + 3);
    REFUSED(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_ARGUMENT,
            "wrap: the stride of axis 0 is -3, but a negative one is for read-only memory");
    assert_null(t);
    foreign.strides = repeated;
    REFUSED(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_ARGUMENT,
            "wrap: the strides make elements share memory, which is for read-only memory");
    foreign.strides = NULL;
    foreign.device = (fm_device){FM_CUDA, 1};
    REFUSED(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_DEVICE,
            "wrap: the memory is on cuda:1, but the context is on cpu");
    foreign.device = (fm_device){FM_CPU, 0};
    foreign.stream = data;
    assert_int_equal(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_DEVICE);
    foreign.stream = NULL;
    foreign.shape = negative;
    assert_int_equal(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_SHAPE);
    foreign.shape = NULL;
    REFUSED(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_ARGUMENT,
            "wrap: the shape is NULL, but there are 2 axes");
    foreign.shape = shape;
    foreign.data = (char *)data + 1;
    assert_int_equal(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_ARGUMENT);
    foreign.data = NULL;
    assert_int_equal(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_ARGUMENT);
    foreign.size = 3;
    assert_int_equal(fm_tensor_wrap_foreign(ctx, &foreign, &t), FM_ERR_ARGUMENT);
    assert_int_equal(fm_tensor_wrap_foreign(ctx, NULL, &t), FM_ERR_ARGUMENT);
    assert_int_equal(released, 0);
}

/* A managed tensor as another library makes one. */
typedef struct managed {
    struct DLManagedTensorVersioned dl;
    float data[8];
    int64_t shape[2], strides[2];
} managed;

static void delete_managed(struct DLManagedTensorVersioned *self) {
    ++released;
    free(self->manager_ctx);
}

static managed *make_managed(uint64_t flags) {
    managed *m = calloc(1, sizeof *m);
    assert_non_null(m);
    for (int i = 0; i < 8; ++i) m->data[i] = (float)i;
    m->shape[0] = 2, m->shape[1] = 3;
    m->strides[0] = 1, m->strides[1] = 2;
    m->dl.version.major = 1;
    m->dl.version.minor = 9;
    m->dl.manager_ctx = m;
    m->dl.deleter = delete_managed;
    m->dl.flags = flags;
    m->dl.dl_tensor =
        (DLTensor){m->data, {FM_DL_CPU, 0}, 2, {FM_DL_FLOAT, 32, 1}, m->shape, m->strides, 4};
    return m;
}

static void taken_from_dlpack(void **state) {
    (void)state;
    fm_tensor *t;
    managed *m = make_managed(FM_DL_FLAG_READ_ONLY);
    float host[6];
    OK(fm_tensor_from_dlpack(ctx, &m->dl, NULL, &t));
    assert_ptr_equal(fm_tensor_data(t), m->data + 1);
    assert_true(fm_tensor_is_read_only(t));
    OK(fm_tensor_to_host(ctx, t, host, sizeof host));
    const float wanted[6] = {1, 3, 5, 2, 4, 6};
    assert_memory_equal(host, wanted, sizeof host);
    fm_tensor_release(t);
    assert_int_equal(released, 1);
    m = make_managed(0);
    m->dl.dl_tensor.strides = NULL;
    OK(fm_tensor_from_dlpack(ctx, &m->dl, FM_DLPACK_NO_WAIT, &t));
    assert_true(fm_tensor_is_contiguous(t));
    OK(fm_negative(ctx, t, &t));
    assert_true(m->data[1] == -1 && m->data[6] == -6 && m->data[0] == 0);
    fm_tensor_release(t);
    assert_int_equal(released, 2);
}

/* Every dtype out and in again, with its strides, sharing memory; it outlives tensor and context.
 */
static void given_to_dlpack(void **state) {
    (void)state;
    const int64_t shape[] = {2, 3};
    for (fm_dtype dtype = FM_BOOL; dtype < FM_DTYPE_COUNT; ++dtype) {
        fm_tensor *t, *turned = NULL, *back;
        struct DLManagedTensorVersioned *dl;
        struct DLManagedTensor *old;
        OK(fm_tensor_create(ctx, dtype, 2, shape, &t));
        memset(fm_tensor_data(t), 0, fm_tensor_nbytes(t));
        OK(fm_transpose(ctx, t, NULL, &turned));
        OK(fm_tensor_to_dlpack(ctx, turned, NULL, &dl));
        assert_int_equal(dl->version.major, 1);
        assert_int_equal(dl->flags, 0);
        assert_int_equal(dl->dl_tensor.dtype.bits, dtype == FM_BOOL ? 8 : 8 * fm_dtype_size(dtype));
        assert_int_equal(dl->dl_tensor.strides[0], 1);
        assert_int_equal(dl->dl_tensor.strides[1], 3);
        assert_int_equal(dl->dl_tensor.byte_offset, 0);
        OK(fm_tensor_from_dlpack(ctx, dl, NULL, &back));
        assert_int_equal(fm_tensor_dtype(back), dtype);
        assert_ptr_equal(fm_tensor_data(back), fm_tensor_data(t));
        OK(fm_tensor_to_dlpack_unversioned(ctx, back, NULL, &old));
        fm_tensor_release(back);
        OK(fm_tensor_from_dlpack_unversioned(ctx, old, NULL, &back));
        assert_ptr_equal(fm_tensor_data(back), fm_tensor_data(t));
        fm_tensor_release(t);
        fm_tensor_release(turned);
        fm_tensor_release(back);
    }
    fm_tensor *t;
    struct DLManagedTensorVersioned *dl;
    OK(fm_tensor_create(ctx, FM_FLOAT32, 2, shape, &t));
    OK(fm_tensor_to_dlpack(ctx, t, NULL, &dl));
    float *data = dl->dl_tensor.data;
    /* A refill would move the tensor's memory away from under the other library: it is shared now.
     */
    const int64_t larger[] = {20, 30};
    fm_tensor *big;
    OK(fm_tensor_create(ctx, FM_FLOAT32, 2, larger, &big));
    assert_int_equal(fm_negative(ctx, big, &t), FM_ERR_SHAPE);
    fm_tensor_release(big);
    fm_tensor_release(t);
    fm_context_close(ctx);
    for (int i = 0; i < 6; ++i) data[i] = 1;
    dl->deleter(dl);
    assert_int_equal(open_context(NULL), 0);
}

static void dlpack_that_is_refused(void **state) {
    (void)state;
    fm_tensor *t;
    managed *m = make_managed(0);
    struct DLManagedTensorVersioned *dl = &m->dl, *out;
    struct DLManagedTensor *old;
    REFUSED(fm_tensor_from_dlpack(ctx, NULL, NULL, &t), FM_ERR_ARGUMENT,
            "from_dlpack: the managed tensor is NULL");
    assert_null(t);
    dl->version.major = 2;
    REFUSED(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_UNSUPPORTED,
            "from_dlpack: the struct is of DLPack 2.9, but 1.x is known");
    dl->version.major = 1;
    dl->dl_tensor.dtype.lanes = 4;
    REFUSED(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_DTYPE,
            "from_dlpack: an element has 4 lanes, but 1 is taken");
    dl->dl_tensor.dtype = (DLDataType){FM_DL_FLOAT, 8, 1};
    REFUSED(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_DTYPE,
            "from_dlpack: no dtype has type code 2 with 8 bits");
    dl->dl_tensor.dtype = (DLDataType){FM_DL_FLOAT, 32, 1};
    dl->dl_tensor.device = (DLDevice){FM_DL_CUDA, 1};
    REFUSED(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_DEVICE,
            "from_dlpack: the memory is on DLPack device type 2, number 1, but the context is on "
            "cpu");
    dl->dl_tensor.device = (DLDevice){FM_DL_CPU, 0};
    dl->dl_tensor.ndim = 65;
    REFUSED(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_SHAPE,
            "from_dlpack: 65 axes, but 0 to 64 are taken");
    dl->dl_tensor.ndim = 2;
    dl->dl_tensor.byte_offset = 3;
    assert_int_equal(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_ARGUMENT);
    dl->dl_tensor.byte_offset = 0;
    m->shape[0] = -2;
    assert_int_equal(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_SHAPE);
    m->shape[0] = 2;
    dl->dl_tensor.shape = NULL;
    assert_int_equal(fm_tensor_from_dlpack(ctx, dl, NULL, &t), FM_ERR_SHAPE);
    dl->dl_tensor.shape = m->shape;
    assert_int_equal(released, 0);
    for (uint64_t nth = 1; nth < 50; ++nth) {
        fm_alloc_fail_at(nth, 0);
        fm_status status = fm_tensor_from_dlpack(ctx, dl, NULL, &t);
        fm_alloc_fail_at(0, 0);
        if (status == FM_OK) break;
        assert_int_equal(status, FM_ERR_MEMORY);
        assert_int_equal(released, 0);
    }
    fm_tensor_release(t);
    assert_int_equal(released, 1);
    OK(fm_tensor_scalar(ctx, fm_float(1), &t));
    REFUSED(fm_tensor_to_dlpack(ctx, t, NULL, &out), FM_ERR_STATE,
            "to_dlpack: the tensor has no memory: it is a weak scalar or abstract");
    fm_tensor_release(t);
    m = make_managed(FM_DL_FLAG_READ_ONLY);
    OK(fm_tensor_from_dlpack(ctx, &m->dl, NULL, &t));
    REFUSED(fm_tensor_to_dlpack_unversioned(ctx, t, NULL, &old), FM_ERR_STATE,
            "to_dlpack: the memory is read-only, which the unversioned struct cannot say");
    OK(fm_tensor_to_dlpack(ctx, t, NULL, &out));
    assert_int_equal(out->flags, FM_DL_FLAG_READ_ONLY);
    out->deleter(out);
    fm_tensor_release(t);
}

/* The CPU has neither streams nor graphs. */
static void what_the_cpu_has_not(void **state) {
    (void)state;
    fm_context_options options = FM_CONTEXT_OPTIONS_INIT;
    fm_context *other;
    fm_error error;
    options.device.kind = FM_CPU;
    options.stream = &options;
    assert_int_equal(fm_context_open(&options, &other, &error), FM_ERR_DEVICE);
    REFUSED(fm_capture_begin(ctx, FM_CAPTURE_OWN), FM_ERR_UNSUPPORTED,
            "capture: the cpu backend has no graphs");
    fm_graph *graph;
    REFUSED(fm_capture_end(ctx, &graph), FM_ERR_STATE, "capture: none is open in this context");
    assert_null(graph);
    assert_int_equal(fm_graph_launch(ctx, NULL), FM_ERR_ARGUMENT);
    fm_capture_abandon(ctx);
    fm_graph_release(NULL);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(written_where_it_lies),
        CASE(lent_for_reading),
        CASE(nothing_charged_for_a_refusal),
        CASE(bad_descriptions),
        CASE(taken_from_dlpack),
        CASE(given_to_dlpack),
        CASE(dlpack_that_is_refused),
        CASE(what_the_cpu_has_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
