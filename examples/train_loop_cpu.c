/* A training loop that has its own products, and what it takes to meter and limit it.

   The loop is a multilayer perceptron 64-32-10 in plain C: it knows nothing of flopmeter's tensors.
   It is trained twice from the same start, bare and then metered. Every line that metering adds
   ends in "// +": a context, a budget and a loop around it, the costs of one step's work taken
   once, and in the step a charge before each piece of work. Both runs must end at the same loss;
   the metered one stops where the budget has no room for another step. */
#include <flopmeter/flopmeter.h> // +
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 32, IN = 64, HIDDEN = 32, OUT = 10, STEPS = 40, EPOCHS = 3 };

typedef struct network {
    float w1[IN * HIDDEN], w2[HIDDEN * OUT];
    float x[BATCH * IN], h[BATCH * HIDDEN], y[BATCH * OUT], dh[BATCH * HIDDEN];
    int label[BATCH];
} network;

static uint64_t state;

static float draw(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (float)(state >> 40) / (float)(1 << 24) - 0.5f;
}

static void start(network *net) {
    state = 1;
    for (int i = 0; i < IN * HIDDEN; i++) net->w1[i] = 0.2f * draw();
    for (int i = 0; i < HIDDEN * OUT; i++) net->w2[i] = 0.2f * draw();
}

/* The class is where the ten sums of a sample's pixels are largest. */
static void load_batch(network *net) {
    for (int b = 0; b < BATCH; b++) {
        float best = -INFINITY;
        for (int i = 0; i < IN; i++) net->x[b * IN + i] = draw();
        for (int c = 0; c < OUT; c++) {
            const float *x = net->x + b * IN + 6 * c;
            float sum = x[0] + x[1] + x[2];
            if (sum > best) best = sum, net->label[b] = c;
        }
    }
}

/* c (m, n) += scale * a b, a and b of any strides. */
static void product(int m, int n, int k, float scale, const float *a, int a_row, int a_col,
                    const float *b, int b_row, int b_col, float *c) {
    for (int i = 0; i < m; i++)
        for (int p = 0; p < k; p++)
            for (int j = 0; j < n; j++)
                c[i * n + j] += scale * a[i * a_row + p * a_col] * b[p * b_row + j * b_col];
}

/* Probabilities less the labels in y; returns the mean loss. */
static float softmax_loss(network *net) {
    float loss = 0;
    for (int b = 0; b < BATCH; b++) {
        float sum = 0, *row = net->y + b * OUT;
        for (int c = 0; c < OUT; c++) sum += expf(row[c]);
        loss += logf(sum) - row[net->label[b]];
        for (int c = 0; c < OUT; c++)
            row[c] = expf(row[c]) / sum - (c == net->label[b] ? 1.0f : 0.0f);
    }
    return loss / BATCH;
}

static void forward(network *net) {
    memset(net->h, 0, sizeof net->h);
    memset(net->y, 0, sizeof net->y);
    product(BATCH, HIDDEN, IN, 1, net->x, IN, 1, net->w1, HIDDEN, 1, net->h);
    for (int i = 0; i < BATCH * HIDDEN; i++) net->h[i] = fmaxf(net->h[i], 0);
    product(BATCH, OUT, HIDDEN, 1, net->h, HIDDEN, 1, net->w2, OUT, 1, net->y);
}

static void backward(network *net) {
    const float rate = -0.3f / BATCH;
    memset(net->dh, 0, sizeof net->dh);
    product(BATCH, HIDDEN, OUT, 1, net->y, OUT, 1, net->w2, 1, OUT, net->dh);
    for (int i = 0; i < BATCH * HIDDEN; i++)
        if (net->h[i] <= 0) net->dh[i] = 0;
    product(HIDDEN, OUT, BATCH, rate, net->h, 1, HIDDEN, net->y, OUT, 1, net->w2);
    product(IN, HIDDEN, BATCH, rate, net->x, 1, IN, net->dh, HIDDEN, 1, net->w1);
}

typedef struct meter {        // +
    fm_context *ctx;          // +
    fm_loop *loop;            // +
    fm_job forward, backward; // +
} meter;                      // +

static bool charge(meter *m, const fm_job *job) {     // +
    return fm_charge_job(m->ctx, job, NULL) == FM_OK; // +
} // +

/* False: the budget refused. m NULL: not metered. */
static bool step(network *net, meter *m, float *loss) {
    load_batch(net);
    if (m && !charge(m, &m->forward)) return false; // +
    forward(net);
    *loss = softmax_loss(net);
    if (m && !charge(m, &m->backward)) return false; // +
    backward(net);
    return true;
}

static bool metered_step(network *net, meter *m, float *loss, fm_loop_report *report) { // +
    if (fm_loop_step_begin(m->loop) != FM_OK) return false;                             // +
    bool fits = step(net, m, loss);                                                     // +
    return fm_loop_step_end(m->loop, report) == FM_OK && fits;                          // +
} // +

static int train(network *net, meter *m, float *loss) {
    int steps = 0;
    start(net);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        fm_loop_report report = {0};                             // +
        bool fits = !m || fm_loop_epoch_begin(m->loop) == FM_OK; // +
        for (int i = 0; i < STEPS && fits; i++) {
            fits = m ? metered_step(net, m, loss, &report) : step(net, NULL, loss);
            steps += fits;
        }
        if (!m) continue;                                                          // +
        if (fm_loop_epoch_end(m->loop, &report) != FM_OK) return -1;               // +
        printf("epoch %d: %" PRIu64 " FLOPs, %" PRIu64 " more steps fit\n", epoch, // +
               report.epoch.flops, report.steps_left);                             // +
        if (!fits) break;                                                          // +
    }
    return steps;
}

/* Costs are taken once: the shapes repeat. */                                           // +
static fm_status prepare(meter *m) {                                                     // +
    fm_job hidden, out;                                                                  // +
    fm_status status = fm_job_matmul(m->ctx, FM_FLOAT32, 1, BATCH, HIDDEN, IN, &hidden); // +
    if (status == FM_OK)                                                                 // +
        status = fm_job_matmul(m->ctx, FM_FLOAT32, 1, BATCH, OUT, HIDDEN, &out);         // +
    m->forward = (fm_job){"forward", FM_FLOAT32, hidden.flops + out.flops,               // +
                          hidden.macs + out.macs, hidden.bytes + out.bytes};             // +
    m->backward = (fm_job){"backward", FM_FLOAT32, hidden.flops + 2 * out.flops,         // +
                           hidden.macs + 2 * out.macs, hidden.bytes + 2 * out.bytes};    // +
    return status;                                                                       // +
} // +

static void warn(void *user, const fm_soft_event *event) {                       // +
    (void)user;                                                                  // +
    printf("soft limit of %s: %" PRIu64 " of %" PRIu64 " FLOPs\n", event->scope, // +
           event->used, event->hard);                                            // +
} // +

static fm_status open_meter(meter *m, int steps_allowed) {                             // +
    fm_loop_options loop = FM_LOOP_OPTIONS_INIT;                                       // +
    fm_status status = fm_context_open(NULL, &m->ctx, NULL);                           // +
    if (status == FM_OK) status = prepare(m);                                          // +
    loop.run_flops = (uint64_t)steps_allowed * (m->forward.flops + m->backward.flops); // +
    loop.soft = 0.9;                                                                   // +
    loop.on_soft = warn;                                                               // +
    return status == FM_OK ? fm_loop_open(m->ctx, &loop, &m->loop) : status;           // +
} // +

int main(void) {
    static network net;
    float bare_loss = 0, loss = 0;
    int bare = train(&net, NULL, &bare_loss);
    printf("bare:    %d steps, loss %.4f\n", bare, (double)bare_loss);

    meter m = {0};                                                              // +
    int metered = -1, limited = -1;                                             // +
    if (open_meter(&m, bare) == FM_OK) metered = train(&net, &m, &loss);        // +
    printf("metered: %d steps, loss %.4f\n", metered, (double)loss);            // +
    bool same = metered == bare && memcmp(&loss, &bare_loss, sizeof loss) == 0; // +
    fm_loop_close(m.loop);                                                      // +
    fm_context_close(m.ctx);                                                    // +

    m = (meter){0};                                                                   // +
    if (open_meter(&m, bare / 2) == FM_OK) limited = train(&net, &m, &loss);          // +
    if (m.ctx) printf("limited: %d steps, %s\n", limited, fm_context_message(m.ctx)); // +
    fm_loop_close(m.loop);                                                            // +
    fm_context_close(m.ctx);                                                          // +
    return same && limited == bare / 2 ? 0 : 1;
}
