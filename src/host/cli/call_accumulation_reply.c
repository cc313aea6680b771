/* Answers about contractions and reductions as the cases write them. */
#include "cli/call.h"

static void put_text(fm_json_writer *json, const char *key, const char *text) {
    fm_json_key(json, key);
    fm_json_put_string(json, text);
}

static void put_count(fm_json_writer *json, const char *key, uint64_t count) {
    fm_json_key(json, key);
    fm_json_put_uint(json, count);
}

static void put_known(fm_json_writer *json, const char *key, bool known, uint64_t count) {
    fm_json_key(json, key);
    if (known)
        fm_json_put_uint(json, count);
    else
        fm_json_put_null(json);
}

static void put_flag(fm_json_writer *json, const char *key, bool flag) {
    fm_json_key(json, key);
    fm_json_put_bool(json, flag);
}

static void put_component(fm_json_writer *json, const fm_accumulation_component *c) {
    fm_json_open_object(json);
    put_text(json, "labels", c->labels);
    put_text(json, "v", c->out_labels);
    put_text(json, "w", c->summed_labels);
    fm_json_key(json, "sizes");
    fm_json_open_list(json);
    for (int i = 0; i < c->nlabels; i++) fm_json_put_int(json, c->sizes[i]);
    fm_json_close_list(json);
    put_count(json, "m", c->products);
    put_known(json, "alpha", c->known, c->sums);
    put_count(json, "dense", c->dense);
    put_count(json, "output_orbits", c->output_orbits);
    put_text(json, "regime", c->regime);
    put_text(json, "shape", c->shape);
    put_text(json, "group", c->group);
    put_count(json, "order", c->order);
    fm_json_key(json, "trace");
    fm_json_open_list(json);
    for (int i = 0; i < c->ntrace; i++) {
        fm_json_open_list(json);
        fm_json_put_string(json, c->trace[i]);
        fm_json_put_string(json, i + 1 < c->ntrace ? "refused" : "fired");
        fm_json_close_list(json);
    }
    fm_json_close_list(json);
    fm_json_close_object(json);
}

static void put_path(fm_json_writer *json, const fm_accumulation *answer) {
    fm_json_key(json, "path");
    if (answer->nsteps) {
        fm_json_open_list(json);
        for (int s = 0; s < answer->nsteps; s++) {
            fm_json_open_list(json);
            fm_json_put_int(json, answer->step[s].position[0]);
            fm_json_put_int(json, answer->step[s].position[1]);
            fm_json_close_list(json);
        }
        fm_json_close_list(json);
    } else {
        fm_json_put_null(json);
    }
}

static void put_step(fm_json_writer *json, const fm_accumulation_step *step) {
    fm_json_open_object(json);
    fm_json_key(json, "total");
    fm_json_put_int(json, step->total);
    put_known(json, "mu", step->known, step->mu);
    put_known(json, "alpha", step->known, step->sums);
    put_count(json, "m_total", step->products);
    put_count(json, "dense_baseline", step->dense);
    put_count(json, "num_terms", 2);
    put_flag(json, "fallback_used", step->fallback);
    put_text(json, "cost_source", step->source);
    fm_json_close_object(json);
}

static void put_early(fm_json_writer *json, const fm_accumulation_sums *sums) {
    fm_json_open_list(json);
    for (int i = 0; i < sums->count; i++) {
        const fm_accumulation_early *early = &sums->item[i];
        fm_json_open_object(json);
        put_count(json, "operand", (uint64_t)early->operand);
        put_text(json, "removed", early->removed);
        fm_json_key(json, "cost");
        fm_json_put_int(json, early->cost);
        put_text(json, "left", early->left);
        fm_json_close_object(json);
    }
    fm_json_close_list(json);
}

static void put_lists(fm_json_writer *json, const fm_accumulation *answer) {
    fm_json_key(json, "unavailable_components");
    fm_json_open_list(json);
    for (int i = 0; i < answer->nunavailable; i++) fm_json_put_int(json, answer->unavailable[i]);
    fm_json_close_list(json);
    fm_json_key(json, "per_component");
    fm_json_open_list(json);
    for (int i = 0; i < answer->ncomponents; i++) put_component(json, &answer->component[i]);
    fm_json_close_list(json);
    put_path(json, answer);
    fm_json_key(json, "per_step");
    fm_json_open_list(json);
    for (int s = 0; s < answer->nsteps; s++) put_step(json, &answer->step[s]);
    fm_json_close_list(json);
    fm_json_key(json, "pre_reductions");
    fm_json_open_list(json);
    for (int s = 0; s < answer->nearly; s++) put_early(json, &answer->early[s]);
    fm_json_close_list(json);
}

void call_put_accumulation(fm_json_writer *json, const fm_accumulation *answer) {
    fm_json_open_object(json);
    fm_json_key(json, "accumulation");
    fm_json_open_object(json);
    fm_json_key(json, "total");
    fm_json_put_int(json, answer->total);
    put_known(json, "mu", answer->has_mu, answer->mu);
    put_known(json, "alpha", answer->has_sums, answer->sums);
    put_count(json, "m_total", answer->products);
    put_count(json, "dense_baseline", answer->dense);
    put_count(json, "num_terms", (uint64_t)answer->nterms);
    put_flag(json, "fallback_used", answer->fallback);
    fm_json_key(json, "savings_ratio");
    fm_json_put_double(json, answer->savings_ratio);
    put_lists(json, answer);
    fm_json_close_object(json);
    fm_json_close_object(json);
}
