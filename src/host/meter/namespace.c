/* Namespaces: the table of names and the stack of open scopes. */
#include "meter/namespace.h"

#include <string.h>

#include "core/alloc.h"
#include "core/detail.h"
#include "meter/hash.h"

enum { FIRST_BUCKETS = 16, MOST_NAMES = 1 << 24, FIRST_SCOPES = 8 };

fm_status fm_names_init(fm_names *names, fm_error *error) {
    memset(names, 0, sizeof *names);
    names->buckets = fm_alloc(FIRST_BUCKETS * sizeof(void *));
    FM_CHECK(names->buckets, error, FM_ERR_MEMORY, "namespaces: out of memory");
    names->bucket_count = FIRST_BUCKETS;
    return FM_OK;
}

void fm_names_close(fm_names *names) {
    for (fm_name *name = names->last; name;) {
        fm_name *before = name->all;
        fm_free_block(name);
        name = before;
    }
    fm_free_block(names->buckets);
    memset(names, 0, sizeof *names);
}

/* Doubles the buckets; when memory ran out the old ones stay, only slower. */
static void spread(fm_names *names) {
    size_t count = names->bucket_count * 2;
    fm_name **buckets = fm_alloc(count * sizeof(void *));
    if (!buckets) return;
    for (fm_name *name = names->last; name; name = name->all) {
        fm_name **bucket = &buckets[name->hash & (count - 1)];
        name->next = *bucket;
        *bucket = name;
    }
    fm_free_block(names->buckets);
    names->buckets = buckets;
    names->bucket_count = count;
}

static fm_name *make_name(const fm_name *parent, const char *segment) {
    size_t before = parent ? strlen(parent->text) + 1 : 0;
    size_t length = strlen(segment);
    fm_name *name = fm_alloc(sizeof *name + before + length + 1);
    if (!name) return NULL;
    if (parent) {
        memcpy(name->text, parent->text, before - 1);
        name->text[before - 1] = '.';
        name->parent = parent->id;
    }
    memcpy(name->text + before, segment, length + 1);
    name->segment = name->text + before;
    return name;
}

fm_status fm_names_get(fm_names *names, const fm_name *parent, const char *segment,
                       const fm_name **out, fm_error *error) {
    uint32_t parent_id = parent ? parent->id : 0;
    uint64_t hash = fm_hash_text(segment, parent_id);
    for (fm_name *name = names->buckets[hash & (names->bucket_count - 1)]; name;
         name = name->next) {
        if (name->hash == hash && name->parent == parent_id &&
            strcmp(name->segment, segment) == 0) {
            *out = name;
            return FM_OK;
        }
    }
    FM_CHECK(names->count < MOST_NAMES - 1, error, FM_ERR_OVERFLOW,
             "namespace: \"%s\" would be one more than %d names", segment, MOST_NAMES - 1);
    fm_name *name = make_name(parent, segment);
    FM_CHECK(name, error, FM_ERR_MEMORY, "namespace: out of memory for \"%s\"", segment);
    name->id = ++names->count;
    name->hash = hash;
    name->all = names->last;
    names->last = name;
    fm_name **bucket = &names->buckets[hash & (names->bucket_count - 1)];
    name->next = *bucket;
    *bucket = name;
    if (names->count > names->bucket_count) spread(names);
    *out = name;
    return FM_OK;
}

void fm_scopes_close(fm_scopes *scopes) {
    fm_free_block(scopes->scope);
    memset(scopes, 0, sizeof *scopes);
}

static fm_status make_room(fm_scopes *scopes, fm_error *error) {
    if (scopes->depth < scopes->capacity) return FM_OK;
    uint32_t capacity = scopes->capacity ? scopes->capacity * 2 : FIRST_SCOPES;
    fm_scope *scope =
        fm_realloc(scopes->scope, scopes->capacity * sizeof *scope, capacity * sizeof *scope);
    FM_CHECK(scope, error, FM_ERR_MEMORY, "namespace: out of memory for %u open scopes", capacity);
    scopes->scope = scope;
    scopes->capacity = capacity;
    return FM_OK;
}

fm_status fm_scopes_push(fm_scopes *scopes, fm_names *names, const char *name, uint64_t flops,
                         fm_error *error) {
    FM_CHECK(name && *name, error, FM_ERR_ARGUMENT, "namespace: the name is empty");
    FM_CHECK(!strchr(name, '.'), error, FM_ERR_ARGUMENT,
             "namespace: \"%s\" has a '.', which separates nested names", name);
    FM_TRY(make_room(scopes, error));
    const fm_name *full;
    FM_TRY(fm_names_get(names, fm_scopes_current(scopes), name, &full, error));
    scopes->scope[scopes->depth++] = (fm_scope){.name = full, .limit = flops};
    if (flops != 0) ++scopes->limited;
    return FM_OK;
}

static bool is_limited(const fm_scope *scope) {
    return scope->limit != 0 || scope->soft != 0;
}

/* Copies the fields that the caller's version of the struct has. */
static fm_status read_limits(const fm_scope_limits *limits, fm_scope_limits *full,
                             fm_error *error) {
    size_t least = offsetof(fm_scope_limits, flops) + sizeof limits->flops;
    *full = (fm_scope_limits){0};
    if (!limits) return FM_OK;
    FM_CHECK(limits->size >= least, error, FM_ERR_ARGUMENT,
             "namespace: limits size is %zu, at least %zu is needed", limits->size, least);
    memcpy(full, limits, limits->size < sizeof *full ? limits->size : sizeof *full);
    FM_CHECK(full->soft_flops == 0 || full->on_soft, error, FM_ERR_ARGUMENT,
             "namespace: soft_flops is %llu, but on_soft is NULL",
             (unsigned long long)full->soft_flops);
    return FM_OK;
}

fm_status fm_scopes_push_limits(fm_scopes *scopes, fm_names *names, const char *name,
                                const fm_scope_limits *limits, fm_error *error) {
    fm_scope_limits full;
    FM_TRY(read_limits(limits, &full, error));
    FM_TRY(fm_scopes_push(scopes, names, name, full.flops, error));
    fm_scope *scope = &scopes->scope[scopes->depth - 1];
    if (full.soft_flops != 0 && full.flops == 0) ++scopes->limited;
    scope->soft = full.soft_flops;
    scope->on_soft = full.on_soft;
    scope->user = full.user;
    return FM_OK;
}

fm_status fm_scopes_pop(fm_scopes *scopes, fm_error *error) {
    FM_CHECK(scopes->depth != 0, error, FM_ERR_STATE, "namespace: none is open");
    if (is_limited(&scopes->scope[--scopes->depth])) --scopes->limited;
    return FM_OK;
}

const fm_scope *fm_scopes_exceeded(const fm_scopes *scopes, uint64_t flops) {
    for (uint32_t i = scopes->depth; i-- > 0;) {
        const fm_scope *scope = &scopes->scope[i];
        if (scope->limit == 0) continue;
        if (flops > (scope->used < scope->limit ? scope->limit - scope->used : 0)) return scope;
    }
    return NULL;
}

void fm_scopes_charge(fm_scopes *scopes, uint64_t flops) {
    for (uint32_t i = 0; i < scopes->depth; ++i) {
        fm_scope *scope = &scopes->scope[i];
        scope->used = flops > UINT64_MAX - scope->used ? UINT64_MAX : scope->used + flops;
    }
}

void fm_scopes_refund(fm_scopes *scopes, uint64_t flops) {
    for (uint32_t i = 0; i < scopes->depth; ++i) {
        fm_scope *scope = &scopes->scope[i];
        scope->used = flops > scope->used ? 0 : scope->used - flops;
    }
}

void fm_scopes_tell(fm_scopes *scopes) {
    for (uint32_t i = 0; i < scopes->depth; ++i) {
        fm_scope *scope = &scopes->scope[i];
        if (scope->soft == 0 || scope->told || scope->used < scope->soft) continue;
        scope->told = true;
        fm_soft_event event = {scope->name->text, scope->soft, scope->used, scope->limit};
        scope->on_soft(scope->user, &event);
    }
}
