/* Every row while memory or the device fails: the nth allocation, and on the fake device the nth
   vendor call, for every n until one call meets none. What failed leaves no trace, and the same
   call then succeeds. sweep_failures [--device cpu|cuda] [op.sqrt ...] */
#include "call/context.h"
#include "core/alloc.h"
#include "core/layout.h"
#include "cuda/fake/fake.h"
#include "harness.h"
#include "run.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 200 };

/* What is made to fail. */
typedef enum breakage { ALLOCATION, VENDOR_CALL, DEVICE_WORK } breakage;

static const char *const breakage_names[] = {"allocation", "vendor call", "work on the device"};

typedef struct sweep {
    sw_harness h;
    const fm_fake_control *fake; /* NULL: not on the fake device */
    int struck[3];               /* by breakage: how many failures there were */
    int late;                    /* how many were found at a synchronisation */
} sweep;

/* One call on a context of its own. */
typedef struct trial {
    sweep *s;
    const sw_call *call;
    fm_context *ctx;
    sw_bound bound;
    breakage what;
    int nth;
    uint64_t allocations; /* before the call */
    uint64_t in_use, used;
} trial;

static void fail(const trial *t, const char *text) {
    sw_fail(&t->s->h, t->call->row->name, t->call->name, "failing %s %d: %s",
            breakage_names[t->what], t->nth, text);
}

static void arm(trial *t, int nth) {
    t->allocations = fm_alloc_count();
    if (t->what == ALLOCATION)
        fm_alloc_fail_at((uint64_t)nth, 0);
    else
        t->s->fake->fail_at(nth, t->what == DEVICE_WORK ? CU_LAUNCH_FAILURE : CU_INVALID_DEVICE,
                            t->what == DEVICE_WORK ? FM_FAKE_LATER : FM_FAKE_AT_ONCE);
}

/* Ends the breakage; whether it struck. */
static bool disarm(trial *t) {
    if (t->what != ALLOCATION) {
        bool struck = t->s->fake->struck();
        t->s->fake->fail_at(0, CU_SUCCESS, FM_FAKE_AT_ONCE);
        return struck;
    }
    uint64_t asked = fm_alloc_count() - t->allocations;
    fm_alloc_fail_at(0, 0);
    return asked >= (uint64_t)t->nth;
}

static fm_status make_call(trial *t) {
    return fm_call(t->ctx, t->call->row->name, t->bound.argument, (size_t)t->call->nargs,
                   t->bound.out, (size_t)t->call->nslots);
}

/* Bytes that tensors hold: the context keeps its scratch memory from call to call. */
static uint64_t bytes_in_use(const fm_context *ctx) {
    fm_memory_stats device, host;
    fm_context_memory(ctx, &device, &host);
    uint64_t scratch = ctx->workspace ? ctx->workspace->capacity : 0;
    scratch += ctx->origin ? ctx->origin->capacity : 0;
    return device.in_use + host.in_use - scratch;
}

static void remember(trial *t) {
    t->in_use = bytes_in_use(t->ctx);
    t->used = fm_budget_used(fm_context_budget(t->ctx));
}

/* A row that updates tensors in place by several launches cannot take the first ones back. */
static bool may_be_half_done(const trial *t) {
    bool in_place = false;
    for (int r = 0; r < t->call->nresults; r++) in_place |= t->call->result[r].input >= 0;
    return in_place && t->what == VENDOR_CALL;
}

/* Nothing may tell of a call that failed. */
static void check_no_trace(trial *t) {
    sw_run nothing = {.status = FM_ERR_MEMORY};
    for (int o = 0; o < FM_MAX_OUT; o++)
        if (t->bound.out[o]) fail(t, "a slot was filled");
    if (bytes_in_use(t->ctx) != t->in_use) fail(t, "memory is still in use");
    if (fm_budget_used(fm_context_budget(t->ctx)) != t->used) fail(t, "FLOPs were charged");
    sw_take_results(t->ctx, t->call, &t->bound, &nothing);
    if (nothing.fault[0] && !may_be_half_done(t)) fail(t, nothing.fault);
}

/* The ledger has one call, of the FLOPs by which the budget's used grew. */
static void check_ledger(trial *t) {
    fm_summary *summary;
    if (fm_summary_of_context(t->ctx, &summary) != FM_OK) {
        fail(t, fm_context_message(t->ctx));
        return;
    }
    uint64_t calls = 0, flops = 0;
    for (size_t i = 0; i < fm_summary_row_count(summary); i++) {
        calls += fm_summary_row(summary, i)->calls;
        flops += fm_summary_row(summary, i)->flops;
    }
    fm_summary_release(summary);
    if (flops != fm_budget_used(fm_context_budget(t->ctx)) - t->used)
        fail(t, "the ledger has other FLOPs than the budget");
    if (calls > 1) fail(t, "the ledger has more than one call");
}

/* The results of the call that succeeded, which must be those of an undisturbed one. */
static void check_results(trial *t, const sw_run *undisturbed) {
    char text[400];
    sw_run now = {.status = FM_OK};
    sw_take_results(t->ctx, t->call, &t->bound, &now);
    if (now.fault[0]) fail(t, now.fault);
    for (int r = 0; !now.fault[0] && !may_be_half_done(t) && r < t->call->nresults; r++)
        if (!sw_check_same(&t->call->result[r], &undisturbed->got[r], &now.got[r], 0, text,
                           sizeof text))
            fail(t, text);
    sw_run_free(&now);
}

static bool is_right(const trial *t, fm_status status) {
    if (t->what == ALLOCATION) return status == FM_ERR_MEMORY;
    return status == FM_ERR_DEVICE;
}

static void check_failure(trial *t, fm_status status) {
    const char *message = fm_context_message(t->ctx);
    if (!is_right(t, status)) fail(t, fm_status_name(status));
    if (!message[0]) fail(t, "no message");
    check_no_trace(t);
    t->nth = -t->nth; /* shown with what follows: the call after the nth failed */
    if (make_call(t) != FM_OK) fail(t, fm_context_message(t->ctx));
    t->nth = -t->nth;
}

/* Work that fails on the device is found at the next synchronisation, which names the op. Of vendor
   calls that submit no work none is found there. */
static void check_late(trial *t, fm_status status) {
    if (status == FM_OK && fm_synchronize(t->ctx) != FM_OK) {
        t->s->late++;
        if (!strstr(fm_context_message(t->ctx), t->call->row->name))
            fail(t, fm_context_message(t->ctx));
        if (fm_context_error(t->ctx)->status != FM_ERR_DEVICE)
            fail(t, fm_status_name(fm_context_error(t->ctx)->status));
    }
    t->s->fake->forget_errors();
}

/* One call whose nth step fails; false: it has fewer. */
static bool try_once(sweep *s, const sw_call *call, breakage what, int nth,
                     const sw_run *undisturbed) {
    trial t = {.s = s, .call = call, .what = what, .nth = nth};
    size_t layouts = fm_layout_count();
    t.ctx = sw_open(s->h.kind);
    fm_seed(t.ctx, 12345);
    if (sw_bind(t.ctx, call, false, &t.bound) != FM_OK) {
        fail(&t, fm_context_message(t.ctx));
        exit(EXIT_FAILURE);
    }
    remember(&t);
    arm(&t, nth);
    fm_status status = make_call(&t);
    bool struck = disarm(&t);
    if (what == DEVICE_WORK) {
        check_late(&t, status);
    } else {
        if (status != FM_OK && !struck) fail(&t, fm_context_message(t.ctx));
        if (status != FM_OK && struck) check_failure(&t, status);
        check_results(&t, undisturbed);
        check_ledger(&t);
    }
    sw_bound_release(&t.bound);
    fm_context_close(t.ctx);
    if (s->fake) s->fake->forget_errors();
    s->struck[what] += struck;
    if (fm_layout_count() != layouts) fail(&t, "a layout leaked");
    return struck;
}

static void sweep_breakage(sweep *s, const sw_call *call, breakage what,
                           const sw_run *undisturbed) {
    for (int nth = 1; try_once(s, call, what, nth, undisturbed); nth++) {
        if (nth < TRIES) continue;
        sw_fail(&s->h, call->row->name, call->name, "more than %d steps", TRIES);
        return;
    }
}

/* Two calls a row: into dense memory, and from a view. */
static void sweep_call(void *user, const sw_call *call) {
    sweep *s = user;
    bool chosen = call->variant == SW_ODD || call->variant == SW_VIEW;
    if (!chosen || call->option > 0) return;
    fm_context *ctx = sw_open(s->h.kind);
    sw_run undisturbed;
    (void)sw_run_call(ctx, call, SW_BY_NAME, &undisturbed);
    fm_context_close(ctx);
    if (undisturbed.status == FM_OK && !undisturbed.fault[0]) {
        s->h.calls++;
        sweep_breakage(s, call, ALLOCATION, &undisturbed);
        if (s->fake) sweep_breakage(s, call, VENDOR_CALL, &undisturbed);
        int late = s->late;
        if (s->fake) sweep_breakage(s, call, DEVICE_WORK, &undisturbed);
        if (s->fake && call->row->family != FM_FAMILY_VIEW && s->late == late)
            sw_fail(&s->h, call->row->name, call->name, "no failing work was found");
    }
    sw_run_free(&undisturbed);
}

/* The controls of the fake device, where its module is the one that was opened. */
static const fm_fake_control *find_fake(void) {
    char path[4096];
    const char *folder = getenv("FLOPMETER_BACKEND_DIR");
    (void)snprintf(path, sizeof path, "%s/libflopmeter_cuda_fake.so", folder ? folder : ".");
    void *module = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    void *symbol = module ? dlsym(module, FM_FAKE_ENTRY) : NULL;
    const fm_fake_control *(*entry)(void) = NULL;
    if (symbol) memcpy(&entry, &symbol, sizeof entry);
    return entry ? entry() : NULL;
}

static void check_census(sweep *s) {
    fm_fake_census census, none;
    memset(&none, 0, sizeof none);
    s->fake->census(&census);
    if (memcmp(&census, &none, sizeof none) != 0)
        sw_fail(&s->h, NULL, "after all", "the device still has %lld blocks, %lld streams",
                (long long)census.device_blocks, (long long)census.streams);
}

int main(int argc, char **argv) {
    static sweep s;
    int status = sw_start(&s.h, argc, argv);
    if (status >= 0) return status;
    fm_context *keeper = sw_open(s.h.kind); /* what a process has once is made before */
    fm_context_close(keeper);
    if (s.h.kind == FM_CUDA) s.fake = find_fake();
    sw_each_call(s.h.filters, s.h.nfilters, true, sweep_call, &s);
    if (s.fake) check_census(&s);
    printf("%d allocations, %d vendor calls and %d pieces of device work failed\n",
           s.struck[ALLOCATION], s.struck[VENDOR_CALL], s.struck[DEVICE_WORK]);
    return sw_finish(&s.h);
}
