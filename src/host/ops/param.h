/* Short forms of the parameters that many rows declare. */
#ifndef FM_OPS_PARAM_H
#define FM_OPS_PARAM_H

#include "ops/row.h"

/* A tensor that must be given. */
#define FM_P_TENSOR(name_)                                                                         \
    { .name = (name_), .takes = FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED }

/* A list of tensors that must be given. */
#define FM_P_TENSORS(name_)                                                                        \
    { .name = (name_), .takes = FM_TAKES_TENSORS, .flags = FM_PARAM_REQUIRED }

/* Tensors that calls by name give one after the other: einsum(subscripts, *operands). */
#define FM_P_VARIADIC_TENSORS(name_)                                                               \
    { .name = (name_), .takes = FM_TAKES_TENSORS, .flags = FM_PARAM_REQUIRED | FM_PARAM_VARIADIC }

/* Values of any kind, given so; an empty list when there is none. */
#define FM_P_VARIADIC(name_)                                                                       \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_LIST, .flags = FM_PARAM_VARIADIC, .otherwise = {        \
            .kind = FM_VALUE_LIST                                                                  \
        }                                                                                          \
    }

/* Tensors given so, of which there may be none. */
#define FM_P_VARIADIC_TENSORS_OR_NONE(name_)                                                       \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSORS, .flags = FM_PARAM_VARIADIC, .otherwise = {     \
            .kind = FM_VALUE_TENSORS                                                               \
        }                                                                                          \
    }

/* A value of any kind: required, and None when not given. */
#define FM_P_ANY(name_)                                                                            \
    { .name = (name_), .takes = FM_TAKES_ANY, .flags = FM_PARAM_REQUIRED }
#define FM_P_ANY_OR_NONE(name_)                                                                    \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_ANY, .otherwise = {.kind = FM_VALUE_NONE }              \
    }

/* A text with a default. */
#define FM_P_TEXT(name_, text_)                                                                    \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_STRING, .otherwise = {                                  \
            .kind = FM_VALUE_STRING,                                                               \
            .as.string = (text_)                                                                   \
        }                                                                                          \
    }
#define FM_P_TEXT_OR_NONE(name_)                                                                   \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_STRING | FM_TAKES_NONE, .otherwise = {                  \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }

/* A tensor that is None when not given. */
#define FM_P_TENSOR_OR_NONE(name_)                                                                 \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_NONE, .otherwise = {                  \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }

/* A tensor that is written in place, as the output of that number. */
#define FM_P_IN_PLACE(name_, output_)                                                              \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR, .flags = FM_PARAM_REQUIRED | FM_PARAM_IN_PLACE, \
        .out_index = (output_)                                                                     \
    }

/* The same, None when not given. */
#define FM_P_IN_PLACE_OR_NONE(name_, output_)                                                      \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_TENSOR | FM_TAKES_NONE, .flags = FM_PARAM_IN_PLACE,     \
        .out_index = (output_), .otherwise = {                                                     \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }

/* A list of integers, or one, that must be given. */
#define FM_P_INTS(name_)                                                                           \
    { .name = (name_), .takes = FM_TAKES_INTS, .flags = FM_PARAM_REQUIRED }

/* The same, None when not given. */
#define FM_P_INTS_OR_NONE(name_)                                                                   \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INTS | FM_TAKES_NONE, .otherwise = {                    \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }

/* An integer that must be given, and one with a default. */
#define FM_P_INT(name_)                                                                            \
    { .name = (name_), .takes = FM_TAKES_INT, .flags = FM_PARAM_REQUIRED }
#define FM_P_INT_DEFAULT(name_, value_)                                                            \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_INT, .otherwise = {                                     \
            .kind = FM_VALUE_INT,                                                                  \
            .as.i = (value_)                                                                       \
        }                                                                                          \
    }

/* A flag with a default. */
#define FM_P_BOOL_DEFAULT(name_, value_)                                                           \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_BOOL, .otherwise = {                                    \
            .kind = FM_VALUE_BOOL,                                                                 \
            .as.i = (value_)                                                                       \
        }                                                                                          \
    }

/* A dtype, None when not given. */
#define FM_P_DTYPE_OR_NONE(name_)                                                                  \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_DTYPE | FM_TAKES_NONE, .otherwise = {                   \
            .kind = FM_VALUE_NONE                                                                  \
        }                                                                                          \
    }

/* A number with a default that reaches the kernel by value. */
#define FM_P_RUNTIME_FLOAT(name_, value_)                                                          \
    {                                                                                              \
        .name = (name_), .takes = FM_TAKES_FLOAT, .flags = FM_PARAM_RUNTIME, .otherwise = {        \
            .kind = FM_VALUE_FLOAT,                                                                \
            .as.f = (value_)                                                                       \
        }                                                                                          \
    }

#endif
