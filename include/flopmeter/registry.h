/* The operations that there are, each as its one row says it. */
#ifndef FLOPMETER_REGISTRY_H
#define FLOPMETER_REGISTRY_H

#include <flopmeter/call.h>

FM_BEGIN_DECLS

/* One operation; all texts are static. */
typedef struct fm_op_info {
    const char *name;      /* NumPy's: "add", "linalg.svd"; what fm_call takes */
    const char *formula;   /* printed cost, "n", "2mnk" */
    const char *dtypes;    /* "bool int float complex" */
    const char *meaning;   /* one line */
    const char *weighs_as; /* the name whose weight applies */
    double weight;         /* packaged, of the textbook model */
    double ulp;            /* largest error in units in the last place; 0: exact */
    int outputs;
    bool ufunc; /* calls by name take where, dtype and casting too */
    bool host;  /* it runs on the host only, whatever the context's device */
    int nparams;
    const char *param[12]; /* names, in order */
    bool required[12];     /* false: there is a default */
    bool in_place[12];     /* the tensor given there is written */
    bool variadic[12];     /* calls by name give its values one after the other */
    uint32_t takes[12];    /* bit k: a value of that fm_value_kind is taken */
} fm_op_info;

/* How many operations there are. */
FM_API int fm_op_count(void);

/* The operation at index, from 0, in families; FM_ERR_NOT_FOUND, *info untouched, elsewhere. */
FM_API FM_MUST_CHECK fm_status fm_op_info_at(int index, fm_op_info *info);

/* The operation of that name; FM_ERR_NOT_FOUND, *info untouched, where there is none. */
FM_API FM_MUST_CHECK fm_status fm_op_info_find(const char *name, fm_op_info *info);

/* The default of a parameter as Python writes it, "None", "True", "'full'"; "" where it is required
   or there is no such operation or parameter. Returns buffer. */
FM_API const char *fm_op_default(const char *op, int param, char *buffer, size_t size);

/* "linalg.svd(a, full_matrices=True, compute_uv=True)"; "" where there is no such operation.
   Returns buffer. */
FM_API const char *fm_op_signature(const char *op, char *buffer, size_t size);

/* A function of NumPy that is known and refused, as flopscope does: calling it is FM_ERR_NOT_FOUND
   with UnsupportedFunctionError. */
typedef struct fm_blocked_info {
    const char *name;
    const char *instead; /* why, and what to use */
} fm_blocked_info;

/* The blocked name at index, from 0; FM_ERR_NOT_FOUND, *info untouched, past the last. */
FM_API FM_MUST_CHECK fm_status fm_blocked_info_at(int index, fm_blocked_info *info);

FM_END_DECLS
#endif
