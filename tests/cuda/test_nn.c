/* Layers, losses and optimizer steps on the fake device against long double and against the CPU
 * backend: every floating dtype and layout, in place, labels that are no class, numbers refused. */
#include "both.h"

static const fm_dtype floats[] = {FM_FLOAT16, FM_BFLOAT16, FM_FLOAT32, FM_FLOAT64};
enum { FLOATS = 4 };

static tensor filled(fm_dtype dtype, int ndim, const int64_t *shape, arrangement how, int salt) {
    tensor t = tensor_make(dtype, ndim, shape, how);
    for (int64_t i = 0; i < t.size; ++i) {
        const int64_t n = i + salt;
        tensor_set(&t, i, (double)((n * 37 + n * n % 13) % 19 - 9) * 0.125, 0);
    }
    return t;
}

static tensor copy_of(const tensor *t) {
    tensor c = tensor_make(t->dtype, t->ndim, t->shape, DENSE);
    for (int64_t i = 0; i < t->size; ++i) {
        const number x = tensor_get(t, i);
        tensor_set(&c, i, (double)x.re, 0);
    }
    return c;
}

static real at(const tensor *t, int64_t i) {
    return tensor_get(t, i).re;
}

static int is_nan(real x) {
    return x != x;
}

static both_call call_of(int op, fm_dtype compute, int nin, int nout) {
    return (both_call){
        .family = FM_FAMILY_NN, .op = (uint16_t)op, .compute = compute, .nin = nin, .nout = nout};
}

typedef struct layer {
    int64_t m, n, k;
} layer;

static void forward(layer l, const fm_dtype *dtypes, fm_dtype compute, arrangement how, int bias,
                    int relu, fm_math_mode mode, real units) {
    const int64_t sx[] = {l.m, l.k}, sw[] = {l.n, l.k}, sy[] = {l.m, l.n};
    tensor x = filled(dtypes[0], 2, sx, how, 1), w = filled(dtypes[1], 2, sw, how, 5);
    tensor b = filled(dtypes[1], 1, &l.n, how, 2), y = tensor_make(compute, 2, sy, how);
    both_call c = call_of(FM_NN_linear, compute, 3, 1);
    c.in[0] = &x;
    c.in[1] = &w;
    c.in[2] = bias ? &b : NULL;
    c.out[0] = &y;
    c.math_mode = mode;
    c.params.nn = (fm_nn_params){.activation = relu, .outputs = 1};
    cuda_run(&c);
    for (int64_t i = 0; i < y.size; ++i) {
        real sum = bias ? at(&b, i % l.n) : 0, scale = fabsl(sum);
        for (int64_t j = 0; j < l.k; ++j) {
            const real term = at(&x, i / l.n * l.k + j) * at(&w, i % l.n * l.k + j);
            sum += term;
            scale += fabsl(term);
        }
        near_number(&y, i, (number){relu && sum < 0 ? 0 : sum, 0}, scale, units);
    }
    cpu_agrees(&c, NULL, 10, 2 * units);
    tensor_free(&x);
    tensor_free(&w);
    tensor_free(&b);
    tensor_free(&y);
}

static void linear_layers(void **state) {
    (void)state;
    static const layer sizes[] = {{5, 4, 3}, {1, 1, 1}, {7, 10, 33},
                                  {0, 3, 2}, {2, 0, 3}, {3, 4, 0}};
    for (int d = 0; d < FLOATS; ++d)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s)
            for (int how = 0; how < ARRANGEMENTS; ++how) {
                const fm_dtype same[] = {floats[d], floats[d]};
                forward(sizes[s], same, floats[d], (arrangement)how, how & 1, (int)(s + 1) & 1,
                        FM_MATH_DEFAULT, 4);
                forward(sizes[s], same, floats[d], (arrangement)how, 1, how & 1, FM_MATH_DEFAULT,
                        4);
            }
    static const fm_dtype mixed[] = {FM_FLOAT16, FM_FLOAT32};
    forward(sizes[2], mixed, FM_FLOAT32, TURNED, 1, 1, FM_MATH_DEFAULT, 4);
}

static void layers_in_other_math_modes(void **state) {
    (void)state;
    static const fm_dtype same[] = {FM_FLOAT32, FM_FLOAT32};
    static const layer l = {6, 5, 17};
    forward(l, same, FM_FLOAT32, GAPPED, 1, 1, FM_MATH_TF32, 0x1p14);
    forward(l, same, FM_FLOAT32, TURNED, 1, 0, FM_MATH_BF16, 0x1p17);
    forward(l, same, FM_FLOAT32, DENSE, 0, 1, FM_MATH_FP16, 0x1p14);
}

typedef struct gradients {
    tensor dy, x, w, b, y, dx, dw, db;
} gradients;

static gradients gradients_of(layer l, fm_dtype dtype, arrangement how) {
    const int64_t sx[] = {l.m, l.k}, sw[] = {l.n, l.k}, sy[] = {l.m, l.n};
    return (gradients){filled(dtype, 2, sy, how, 1),   filled(dtype, 2, sx, how, 4),
                       filled(dtype, 2, sw, how, 2),   filled(dtype, 1, &l.n, how, 3),
                       filled(dtype, 2, sy, how, 7),   tensor_make(dtype, 2, sx, how),
                       tensor_make(dtype, 2, sw, how), tensor_make(dtype, 1, &l.n, how)};
}

static void gradients_free(gradients *g) {
    tensor *const all[] = {&g->dy, &g->x, &g->w, &g->b, &g->y, &g->dx, &g->dw, &g->db};
    for (int i = 0; i < 8; ++i) tensor_free(all[i]);
}

static real slope_of(const gradients *g, int relu, int64_t i) {
    return relu && !(at(&g->y, i) > 0) ? 0 : at(&g->dy, i);
}

typedef struct term_sum {
    real sum, scale;
} term_sum;

static void add_term(term_sum *t, real x) {
    t->sum += x;
    t->scale += fabsl(x);
}

/* Element i of dx, dw or db (0, 1, 2), with the weights as they were. */
static term_sum expect(const gradients *g, const tensor *w, layer l, int relu, int which,
                       int64_t i) {
    term_sum t = {0, 0};
    if (which == 0)
        for (int64_t j = 0; j < l.n; ++j)
            add_term(&t, slope_of(g, relu, i / l.k * l.n + j) * at(w, j * l.k + i % l.k));
    else
        for (int64_t r = 0; r < l.m; ++r)
            add_term(&t, which == 1
                             ? slope_of(g, relu, r * l.n + i / l.k) * at(&g->x, r * l.k + i % l.k)
                             : slope_of(g, relu, r * l.n + i));
    return t;
}

static void backward(layer l, fm_dtype dtype, arrangement how, int relu, int wanted,
                     fm_math_mode mode, real units) {
    gradients g = gradients_of(l, dtype, how);
    tensor *const outs[] = {&g.dx, &g.dw, &g.db};
    both_call c = call_of(FM_NN_linear_backward, dtype, 4, 3);
    c.in[0] = &g.dy;
    c.in[1] = &g.x;
    c.in[2] = &g.w;
    c.in[3] = relu ? &g.y : NULL;
    c.math_mode = mode;
    for (int o = 0; o < 3; ++o)
        if (wanted >> o & 1) c.out[o] = outs[o];
    c.params.nn = (fm_nn_params){.activation = relu, .outputs = wanted};
    cuda_run(&c);
    for (int o = 0; o < 3; ++o)
        for (int64_t i = 0; c.out[o] && i < c.out[o]->size; ++i) {
            const term_sum t = expect(&g, &g.w, l, relu, o, i);
            near_number(c.out[o], i, (number){t.sum, 0}, t.scale, units);
        }
    cpu_agrees(&c, NULL, 10, 2 * units);
    gradients_free(&g);
}

static void gradients_of_layers(void **state) {
    (void)state;
    static const layer sizes[] = {{5, 4, 3}, {1, 1, 1}, {33, 10, 7},
                                  {0, 3, 2}, {2, 0, 3}, {3, 4, 0}};
    for (int d = 0; d < FLOATS; ++d)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; ++s)
            for (int how = 0; how < ARRANGEMENTS; ++how)
                backward(sizes[s], floats[d], (arrangement)how, how & 1, (int)s % 7 + 1,
                         FM_MATH_DEFAULT, 4);
    backward(sizes[2], FM_FLOAT32, DENSE, 1, 7, FM_MATH_BF16, 0x1p17);
    backward(sizes[2], FM_FLOAT32, TURNED, 1, 7, FM_MATH_TF32, 0x1p14);
}

static void update(layer l, fm_dtype dtype, arrangement how, int relu, int bias, int wants_dx) {
    const fm_scalar rate[6] = {fm_int(0), fm_int(0), fm_int(0),
                               fm_int(0), fm_int(0), fm_float(0.25)};
    gradients g = gradients_of(l, dtype, how);
    tensor w = copy_of(&g.w), b = copy_of(&g.b);
    tensor *const given[] = {NULL, &w, &b};
    both_call c = call_of(FM_NN_linear_backward_sgd, dtype, 5, 3);
    c.in[0] = &g.dy;
    c.in[1] = &g.x;
    c.in[2] = c.out[1] = &g.w;
    c.in[3] = c.out[2] = bias ? &g.b : NULL;
    c.in[4] = relu ? &g.y : NULL;
    c.out[0] = wants_dx ? &g.dx : NULL;
    c.scalars = rate;
    c.params.nn = (fm_nn_params){.activation = relu, .outputs = 7};
    cuda_run(&c);
    for (int64_t i = 0; wants_dx && i < g.dx.size; ++i) {
        const term_sum t = expect(&g, &w, l, relu, 0, i);
        near_number(&g.dx, i, (number){t.sum, 0}, t.scale, 4);
    }
    for (int64_t i = 0; i < g.w.size; ++i) {
        const term_sum t = expect(&g, &w, l, relu, 1, i);
        near_number(&g.w, i, (number){at(&w, i) - 0.25L * t.sum, 0}, t.scale + fabsl(at(&w, i)), 4);
    }
    for (int64_t i = 0; bias && i < g.b.size; ++i) {
        const term_sum t = expect(&g, &w, l, relu, 2, i);
        near_number(&g.b, i, (number){at(&b, i) - 0.25L * t.sum, 0}, t.scale + fabsl(at(&b, i)), 4);
    }
    cpu_agrees(&c, given, 10, 8);
    gradients_free(&g);
    tensor_free(&w);
    tensor_free(&b);
}

static void updates_folded_into_gradients(void **state) {
    (void)state;
    static const layer sizes[] = {{5, 4, 3}, {33, 10, 7}, {0, 3, 2}, {2, 0, 3}};
    for (int d = 0; d < FLOATS; ++d)
        for (int s = 0; s < 4; ++s)
            for (int how = 0; how < ARRANGEMENTS; ++how)
                update(sizes[s], floats[d], (arrangement)how, how & 1, s != 1, how != 2);
}

static void relu_and_its_gradient(void **state) {
    (void)state;
    static const int64_t shape[] = {4, 9};
    for (int d = 0; d < FLOATS; ++d)
        for (int how = 0; how < ARRANGEMENTS; ++how) {
            tensor x = filled(floats[d], 2, shape, (arrangement)how, 1);
            tensor y = filled(FM_FLOAT16, 2, shape, TURNED, 3);
            tensor out = tensor_make(floats[d], 2, shape, (arrangement)how);
            tensor_set(&x, 7, (double)NAN, 0);
            both_call c = call_of(FM_NN_relu, floats[d], 1, 1);
            c.in[0] = &x;
            c.out[0] = &out;
            cuda_run(&c);
            for (int64_t i = 0; i < x.size; ++i)
                if (i == 7)
                    assert_true(is_nan(at(&out, i)));
                else
                    assert_true(at(&out, i) == (at(&x, i) < 0 ? 0 : at(&x, i)));
            cpu_agrees(&c, NULL, 0, 0);
            c.op = FM_NN_relu_backward;
            c.nin = 2;
            c.in[1] = &y;
            cuda_run(&c);
            for (int64_t i = 0; i < x.size; ++i)
                if (i != 7) assert_true(at(&out, i) == (at(&y, i) > 0 ? at(&x, i) : 0));
            cpu_agrees(&c, NULL, 0, 0);
            tensor_free(&x);
            tensor_free(&y);
            tensor_free(&out);
        }
}

static tensor labels_for(fm_dtype dtype, int64_t rows, int64_t classes, arrangement how) {
    tensor t = tensor_make(dtype, 1, &rows, how);
    for (int64_t i = 0; i < rows; ++i) tensor_set(&t, i, (double)(i * 7 % classes), 0);
    return t;
}

static void loss(fm_dtype dtype, fm_dtype label_dtype, int64_t rows, int64_t classes,
                 arrangement how, int reduction) {
    const int64_t shape[] = {rows, classes};
    tensor x = filled(dtype, 2, shape, how, 1), p = tensor_make(dtype, 2, shape, how);
    tensor labels = labels_for(label_dtype, rows, classes, how);
    tensor total = tensor_make(dtype, 0, NULL, DENSE);
    both_call c = call_of(FM_NN_softmax_cross_entropy, dtype, 2, 2);
    c.in[0] = &x;
    c.in[1] = &labels;
    c.out[0] = &total;
    c.out[1] = &p;
    c.params.nn = (fm_nn_params){.reduction = reduction, .outputs = 3};
    cuda_run(&c);
    real want = 0;
    for (int64_t r = 0; r < rows; ++r) {
        real sum = 0;
        for (int64_t j = 0; j < classes; ++j) sum += expl(at(&x, r * classes + j));
        for (int64_t j = 0; j < classes; ++j) {
            const number one = {expl(at(&x, r * classes + j)) / sum, 0};
            near_number(&p, r * classes + j, one, 0, 8);
        }
        want += logl(sum) - at(&x, r * classes + (int64_t)at(&labels, r));
    }
    if (reduction == 0) want /= (real)rows;
    near_number(&total, 0, (number){want, 0}, 0.5L, 8);
    cpu_agrees(&c, NULL, 0.5L, 16 + (real)rows); /* there one rounding a row */

    tensor d = tensor_make(dtype, 2, shape, how);
    both_call back = call_of(FM_NN_softmax_cross_entropy_backward, dtype, 2, 1);
    back.in[0] = &p;
    back.in[1] = &labels;
    back.out[0] = &d;
    back.params.nn = (fm_nn_params){.reduction = reduction, .outputs = 1};
    cuda_run(&back);
    for (int64_t i = 0; i < d.size; ++i) {
        const int hot = i % classes == (int64_t)at(&labels, i / classes);
        const real slope = (at(&p, i) - hot) / (reduction == 0 ? (real)rows : 1);
        near_number(&d, i, (number){slope, 0}, 0, 2);
    }
    cpu_agrees(&back, NULL, 0, 2);
    tensor_free(&x);
    tensor_free(&p);
    tensor_free(&labels);
    tensor_free(&total);
    tensor_free(&d);
}

static void cross_entropy(void **state) {
    (void)state;
    static const int64_t sizes[][2] = {{1, 1}, {5, 10}, {3, 2000}, {300, 3}, {0, 4}};
    for (int d = 0; d < FLOATS; ++d)
        for (int s = 0; s < 5; ++s)
            for (int how = 0; how < ARRANGEMENTS; ++how)
                loss(floats[d], how == TURNED ? FM_INT64 : FM_UINT8, sizes[s][0], sizes[s][1],
                     (arrangement)how, how & 1);
}

/* Infinite logits: -inf has no share; +inf and NaN make the row NaN, and only that row. */
static void infinite_logits(void **state) {
    (void)state;
    for (int64_t classes = 3; classes < 600; classes += 500) {
        const int64_t shape[] = {4, classes};
        tensor x = filled(FM_FLOAT32, 2, shape, DENSE, 0);
        tensor p = tensor_make(FM_FLOAT32, 2, shape, DENSE);
        tensor labels = labels_for(FM_INT32, 4, 2, DENSE),
               total = tensor_make(FM_FLOAT32, 0, NULL, DENSE);
        for (int64_t j = 0; j < classes; ++j) tensor_set(&x, j, j ? (double)-INFINITY : 1000, 0);
        tensor_set(&x, classes + 1, (double)INFINITY, 0);
        tensor_set(&x, 2 * classes + 2, (double)NAN, 0);
        both_call c = call_of(FM_NN_softmax_cross_entropy, FM_FLOAT32, 2, 2);
        c.in[0] = &x;
        c.in[1] = &labels;
        c.out[0] = &total;
        c.out[1] = &p;
        cuda_run(&c);
        for (int64_t j = 0; j < classes; ++j) {
            assert_true(at(&p, j) == (j == 0));
            assert_true(is_nan(at(&p, 2 * classes + j)));
            assert_false(is_nan(at(&p, 3 * classes + j)));
        }
        assert_true(is_nan(at(&p, classes + 1)));
        assert_true(is_nan(at(&total, 0)));
        tensor_free(&x);
        tensor_free(&p);
        tensor_free(&labels);
        tensor_free(&total);
    }
}

/* The device finds them; the next wait tells of the first, once, and the device goes on. */
static void labels_that_are_no_class(void **state) {
    (void)state;
    const int64_t shape[] = {4, 10};
    for (int op = FM_NN_softmax_cross_entropy; op <= FM_NN_softmax_cross_entropy_backward; ++op)
        for (int low = 0; low < 2; ++low) {
            tensor x = filled(FM_FLOAT32, 2, shape, DENSE, 0),
                   p = tensor_make(FM_FLOAT32, 2, shape, DENSE);
            tensor labels = labels_for(FM_INT16, 4, 10, DENSE),
                   total = tensor_make(FM_FLOAT32, 0, NULL, DENSE);
            tensor_set(&labels, 2, low ? -1 : 12, 0);
            both_call c = call_of(op, FM_FLOAT32, 2, op == FM_NN_softmax_cross_entropy ? 2 : 1);
            c.in[0] = &x;
            c.in[1] = &labels;
            c.out[0] = op == FM_NN_softmax_cross_entropy ? &total : &p;
            c.out[1] = op == FM_NN_softmax_cross_entropy ? &p : NULL;
            assert_string_equal(fm_status_name(side_call(&cuda_side, &c, 1, 0)), "FM_ERR_ARGUMENT");
            assert_string_equal(both_error.message,
                                low ? "test: argument 2: label 2 is -1, but there are 10 classes"
                                    : "test: argument 2: label 2 is 12, but there are 10 classes");
            BOTH_OK(cuda_side.api->synchronize(cuda_side.dev, cuda_side.stream, &both_error));
            tensor_set(&labels, 2, 9, 0);
            cuda_run(&c);
            tensor_free(&x);
            tensor_free(&p);
            tensor_free(&labels);
            tensor_free(&total);
        }
}

static void sgd(fm_dtype dtype, arrangement how, int with_velocity, int nesterov) {
    static const int64_t shape[] = {3, 7};
    const double rate = 0.1, momentum = with_velocity ? 0.9 : 0, decay = 0.01;
    const fm_scalar numbers[] = {fm_int(0),      fm_int(0),          fm_int(0),
                                 fm_float(rate), fm_float(momentum), fm_float(decay)};
    tensor w = filled(dtype, 2, shape, how, 1), g = filled(dtype, 2, shape, TURNED, 2);
    tensor v = filled(dtype, 2, shape, how, 3), w0 = copy_of(&w), v0 = copy_of(&v);
    tensor *const given[] = {&w0, &v0};
    both_call c = call_of(FM_NN_sgd, dtype, 3, 2);
    c.in[0] = c.out[0] = &w;
    c.in[1] = &g;
    c.in[2] = c.out[1] = with_velocity ? &v : NULL;
    c.scalars = numbers;
    c.params.nn = (fm_nn_params){.nesterov = nesterov};
    cuda_run(&c);
    for (int64_t i = 0; i < w.size; ++i) {
        const real slope = at(&g, i) + (real)decay * at(&w0, i);
        const real moved = (real)momentum * at(&v0, i) + slope;
        const real along = !with_velocity ? slope
                           : nesterov     ? slope + (real)momentum * moved
                                          : moved;
        near_number(&w, i, (number){at(&w0, i) - (real)rate * along, 0}, 2, 4);
        if (with_velocity) near_number(&v, i, (number){moved, 0}, 2, 4);
    }
    cpu_agrees(&c, given, 0.1L, 1);
    tensor_free(&w);
    tensor_free(&g);
    tensor_free(&v);
    tensor_free(&w0);
    tensor_free(&v0);
}

static void steps_of_sgd(void **state) {
    (void)state;
    for (int d = 0; d < FLOATS; ++d)
        for (int how = 0; how < ARRANGEMENTS; ++how)
            sgd(floats[d], (arrangement)how, how != 1, how == 2);
}

static void adam(fm_dtype dtype, arrangement how, int step) {
    static const int64_t shape[] = {3, 7};
    const real rate = 0.001L, b1 = 0.9L, b2 = 0.999L, epsilon = 1e-8L, decay = 0.01L;
    const fm_scalar numbers[] = {fm_int(0),
                                 fm_int(0),
                                 fm_int(0),
                                 fm_int(0),
                                 fm_float((double)rate),
                                 fm_float((double)b1),
                                 fm_float((double)b2),
                                 fm_float((double)epsilon),
                                 fm_float((double)decay),
                                 fm_int(step)};
    tensor w = filled(dtype, 2, shape, how, 1), g = filled(dtype, 2, shape, TURNED, 2);
    tensor m = filled(dtype, 2, shape, how, 3), v = tensor_make(dtype, 2, shape, how);
    for (int64_t i = 0; i < v.size; ++i) tensor_set(&v, i, 0.25 + (double)(i % 5), 0);
    tensor w0 = copy_of(&w), m0 = copy_of(&m), v0 = copy_of(&v);
    tensor *const given[] = {&w0, &m0, &v0};
    both_call c = call_of(FM_NN_adam, dtype, 4, 3);
    c.in[0] = c.out[0] = &w;
    c.in[1] = &g;
    c.in[2] = c.out[1] = &m;
    c.in[3] = c.out[2] = &v;
    c.scalars = numbers;
    cuda_run(&c);
    for (int64_t i = 0; i < w.size; ++i) {
        const real first = b1 * at(&m0, i) + (1 - b1) * at(&g, i);
        const real second = b2 * at(&v0, i) + (1 - b2) * at(&g, i) * at(&g, i);
        const real mean = first / (1 - powl(b1, step)), square = second / (1 - powl(b2, step));
        const real want = at(&w0, i) * (1 - rate * decay) - rate * mean / (sqrtl(square) + epsilon);
        near_number(&m, i, (number){first, 0}, 1, 4);
        near_number(&v, i, (number){second, 0}, 1, 4);
        near_number(&w, i, (number){want, 0}, 1, 4);
    }
    cpu_agrees(&c, given, 0.1L, 1);
    tensor_free(&w);
    tensor_free(&g);
    tensor_free(&m);
    tensor_free(&v);
    tensor_free(&w0);
    tensor_free(&m0);
    tensor_free(&v0);
}

static void steps_of_adam(void **state) {
    (void)state;
    for (int d = 0; d < FLOATS; ++d)
        for (int how = 0; how < ARRANGEMENTS; ++how) adam(floats[d], (arrangement)how, 1 + how * 5);
}

static void steps_count_from_one(void **state) {
    (void)state;
    const int64_t n = 3;
    const fm_scalar numbers[10] = {[4] = fm_float(0.1), [5] = fm_float(0.9), [9] = fm_int(0)};
    tensor all[4];
    both_call c = call_of(FM_NN_adam, FM_FLOAT32, 4, 3);
    for (int i = 0; i < 4; ++i) {
        all[i] = filled(FM_FLOAT32, 1, &n, DENSE, i);
        c.in[i] = &all[i];
    }
    c.out[0] = &all[0];
    c.out[1] = &all[2];
    c.out[2] = &all[3];
    c.scalars = numbers;
    assert_string_equal(fm_status_name(side_call(&cuda_side, &c, 1, 0)), "FM_ERR_ARGUMENT");
    assert_string_equal(both_error.message, "test: argument 10: step 0, but steps count from 1");
    for (int i = 0; i < 4; ++i) tensor_free(&all[i]);
}

static void every_call_fails_in_turn(void **state) {
    (void)state;
    static const layer l = {6, 5, 4};
    const fm_scalar rate[6] = {[5] = fm_float(0.25)};
    for (int how = 0; how < 2; ++how) {
        gradients g = gradients_of(l, FM_FLOAT32, (arrangement)how);
        both_call c = call_of(FM_NN_linear_backward_sgd, FM_FLOAT32, 5, 3);
        c.in[0] = &g.dy;
        c.in[1] = &g.x;
        c.in[2] = c.out[1] = &g.w;
        c.in[3] = c.out[2] = &g.b;
        c.in[4] = &g.y;
        c.out[0] = &g.dx;
        c.scalars = rate;
        c.math_mode = how ? FM_MATH_BF16 : FM_MATH_DEFAULT;
        c.params.nn = (fm_nn_params){.activation = 1, .outputs = 7};
        assert_in_range(cuda_sweep(&c, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 300);
        assert_in_range(cuda_sweep(&c, CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 300);
        both_call f = call_of(FM_NN_linear, FM_FLOAT32, 3, 1);
        f.in[0] = &g.x;
        f.in[1] = &g.w;
        f.in[2] = &g.b;
        f.out[0] = &g.y;
        f.params.nn = (fm_nn_params){.activation = 1, .outputs = 1};
        cuda_run(&f);
        cuda_captured(&f);
        gradients_free(&g);
    }
    const int64_t shape[] = {40, 30};
    tensor x = filled(FM_FLOAT32, 2, shape, DENSE, 0), p = tensor_make(FM_FLOAT32, 2, shape, DENSE);
    tensor labels = labels_for(FM_INT32, 40, 30, DENSE),
           total = tensor_make(FM_FLOAT32, 0, NULL, DENSE);
    both_call c = call_of(FM_NN_softmax_cross_entropy, FM_FLOAT32, 2, 2);
    c.in[0] = &x;
    c.in[1] = &labels;
    c.out[0] = &total;
    c.out[1] = &p;
    assert_in_range(cuda_sweep(&c, CU_OUT_OF_MEMORY, FM_FAKE_AT_ONCE), 20, 300);
    assert_in_range(cuda_sweep(&c, CU_LAUNCH_FAILURE, FM_FAKE_LATER), 20, 300);
    cuda_run(&c);
    cuda_captured(&c);
    tensor_free(&x);
    tensor_free(&p);
    tensor_free(&labels);
    tensor_free(&total);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BOTH_CASE(linear_layers),         BOTH_CASE(layers_in_other_math_modes),
        BOTH_CASE(gradients_of_layers),   BOTH_CASE(updates_folded_into_gradients),
        BOTH_CASE(relu_and_its_gradient), BOTH_CASE(cross_entropy),
        BOTH_CASE(infinite_logits),       BOTH_CASE(labels_that_are_no_class),
        BOTH_CASE(steps_of_sgd),          BOTH_CASE(steps_of_adam),
        BOTH_CASE(steps_count_from_one),  BOTH_CASE(every_call_fails_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
