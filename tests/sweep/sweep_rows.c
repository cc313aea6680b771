/* Every row x dtype x variant: results against the oracle and between the backends, guards, inputs,
   charges, typed functions. sweep_rows [--device cpu|cuda] [op.sqrt.float32.view ...] */
#include "harness.h"
#include "run.h"

#include <stdio.h>
#include <string.h>

typedef struct sweep {
    sw_harness h;
    fm_context *cpu;
    fm_context *other;   /* the device beside it; NULL: the CPU alone is swept */
    char missing[16384]; /* rows and dtypes without a kernel */
    int missing_count;
} sweep;

static void fail(sweep *s, const sw_call *call, const char *where, const char *text) {
    sw_fail(&s->h, call->row->name, call->name, "on %s: %s", where, text);
}

/* Rows share kernels and dtypes are many: one name for each row and compute dtype. */
static void note_missing(sweep *s, const sw_call *call, const sw_run *run) {
    char line[128];
    (void)snprintf(line, sizeof line, "  %s of %s\n", call->row->name, fm_dtype_name(call->dtype));
    s->missing_count++;
    if (strstr(s->missing, line)) return;
    size_t used = strlen(s->missing);
    (void)snprintf(s->missing + used, sizeof s->missing - used, "%s", line);
    if (!strstr(run->message, call->row->name)) fail(s, call, "missing", run->message);
}

static bool begins_with_op(const sw_call *call, const char *message) {
    size_t length = strlen(call->row->name);
    return !strncmp(message, call->row->name, length) && message[length] == ':';
}

/* The answer's outputs and FLOPs against what was made and charged. */
static void check_cost(sweep *s, fm_context *ctx, const sw_call *call, const sw_run *run,
                       const char *where) {
    sw_bound bound;
    fm_cost_answer answer;
    char text[160];
    if (sw_bind(ctx, call, false, &bound) != FM_OK) {
        fail(s, call, where, fm_context_message(ctx));
    } else if (fm_call_cost(ctx, call->row->name, bound.argument, (size_t)call->nargs, &answer) !=
               FM_OK) {
        fail(s, call, where, fm_context_message(ctx));
    } else if (answer.flops != run->charged) {
        (void)snprintf(text, sizeof text, "charged %llu FLOPs, but fm_call_cost says %llu",
                       (unsigned long long)run->charged, (unsigned long long)answer.flops);
        fail(s, call, where, text);
    } else if (answer.noutputs != call->nresults) {
        fail(s, call, where, "fm_call_cost answers another number of outputs");
    } else {
        for (int r = 0; r < call->nresults; r++)
            if (answer.output[r].dtype != call->result[r].like.dtype)
                fail(s, call, where, "fm_call_cost answers another dtype");
    }
    sw_bound_release(&bound);
}

/* Whether the run went as it must; where it did, its results are there. */
static bool went_well(sweep *s, const sw_call *call, const sw_run *run, const char *where) {
    char text[512];
    if (run->fault[0]) fail(s, call, where, run->fault);
    if (run->status == FM_ERR_UNSUPPORTED && call->refusal == FM_OK) {
        note_missing(s, call, run);
        return false;
    }
    if (run->status != call->refusal) {
        (void)snprintf(text, sizeof text, "%s, not %s: %s", fm_status_name(run->status),
                       fm_status_name(call->refusal), run->message);
        fail(s, call, where, text);
    } else if (run->status != FM_OK && !begins_with_op(call, run->message)) {
        (void)snprintf(text, sizeof text, "the message does not name the op: %s", run->message);
        fail(s, call, where, text);
    }
    return run->status == FM_OK && !run->fault[0];
}

static bool check_wants(sweep *s, const sw_call *call, const sw_run *run, const char *where) {
    char text[400];
    bool good = true;
    for (int r = 0; good && r < call->nresults; r++) {
        good = sw_check_want(&call->result[r], &run->got[r], text, sizeof text);
        if (!good) fail(s, call, where, text);
    }
    return good;
}

static void check_same(sweep *s, const sw_call *call, const sw_run *a, const sw_run *b, double ulp,
                       const char *where) {
    char text[400];
    for (int r = 0; r < call->nresults; r++)
        if (!sw_check_same(&call->result[r], &a->got[r], &b->got[r], ulp, text, sizeof text))
            fail(s, call, where, text);
    if (a->charged != b->charged) fail(s, call, where, "another charge");
}

/* The CPU: by name, into guarded memory, typed; all against the oracle. */
static void sweep_cpu(sweep *s, const sw_call *call) {
    sw_run first, again;
    (void)sw_run_call(s->cpu, call, SW_BY_NAME, &first);
    if (went_well(s, call, &first, "cpu") && check_wants(s, call, &first, "cpu")) {
        check_cost(s, s->cpu, call, &first, "cpu");
        if (call->row->family != FM_FAMILY_VIEW) {
            (void)sw_run_call(s->cpu, call, SW_INTO, &again);
            if (went_well(s, call, &again, "cpu, into a tensor"))
                check_same(s, call, &first, &again, call->row->ulp, "cpu, into a tensor");
            sw_run_free(&again);
        }
        if (sw_run_call(s->cpu, call, SW_TYPED, &again) && went_well(s, call, &again, "cpu, typed"))
            check_same(s, call, &first, &again, 0, "cpu, typed");
        sw_run_free(&again);
    }
    sw_run_free(&first);
}

/* Another device: into guarded memory where there is some, against the oracle and the CPU. */
static void sweep_other(sweep *s, const sw_call *call) {
    bool fresh = call->row->family == FM_FAMILY_VIEW || call->variant <= SW_ONE;
    sw_run on_cpu, on_other;
    (void)sw_run_call(s->other, call, fresh ? SW_BY_NAME : SW_INTO, &on_other);
    if (went_well(s, call, &on_other, "cuda") && check_wants(s, call, &on_other, "cuda")) {
        (void)sw_run_call(s->cpu, call, SW_BY_NAME, &on_cpu);
        if (on_cpu.status == FM_OK && !on_cpu.fault[0])
            check_same(s, call, &on_cpu, &on_other, call->row->ulp, "cpu and cuda");
        sw_run_free(&on_cpu);
    }
    sw_run_free(&on_other);
    fm_context_trim(s->other); /* the fake device protects every live block around every access */
}

static void sweep_call(void *user, const sw_call *call) {
    sweep *s = user;
    s->h.calls++;
    s->other ? sweep_other(s, call) : sweep_cpu(s, call);
}

/* Rows that the makers do not know would pass unseen. Later families, programs, and rows whose
   makers go by name have recorded results as their oracle (tests/golden). */
static bool must_have_calls(const fm_row *row) {
    return !row->run && row->name[0] != '_' && row->family != FM_FAMILY_VIEW &&
           row->family != FM_FAMILY_FILL && row->family != FM_FAMILY_CONTRACT &&
           row->family != FM_FAMILY_RANDOM;
}

static void count_one(void *user, const sw_call *call) {
    (void)call;
    ++*(int *)user;
}

static void check_coverage(sweep *s) {
    for (int family = 0; family <= FM_FAMILY_NN; family++) {
        const fm_row_table *table = fm_row_tables(family);
        for (int i = 0; i < table->count; i++) {
            if (!must_have_calls(&table->rows[i])) continue;
            char name[80];
            int calls = 0;
            (void)snprintf(name, sizeof name, "op.%s.", table->rows[i].name);
            sw_each_call((char *[]){name}, 1, true, count_one, &calls);
            if (calls > 0) continue;
            sw_fail(&s->h, name, table->rows[i].name, "it has no calls in this sweep");
        }
    }
}

/* Every row has its kernels on every backend; what is missing is listed, and a fault. */
static int report(sweep *s) {
    if (s->missing_count > 0)
        printf("%d calls have no kernel on %s:\n%s", s->missing_count, s->other ? "cuda" : "cpu",
               s->missing);
    if (s->missing_count > 0) s->h.failures++;
    return sw_finish(&s->h);
}

int main(int argc, char **argv) {
    static sweep s;
    int status = sw_start(&s.h, argc, argv);
    if (status >= 0) return status;
    s.cpu = sw_open(FM_CPU);
    if (s.h.kind != FM_CPU) s.other = sw_open(s.h.kind);
    if (s.h.nfilters == 0) check_coverage(&s);
    sw_each_call(s.h.filters, s.h.nfilters, sw_sampled(), sweep_call, &s);
    status = report(&s);
    fm_context_close(s.other);
    fm_context_close(s.cpu);
    return status;
}
