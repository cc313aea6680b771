/* What a public declaration carries: linkage, visibility, and "do not drop this status". */
#ifndef FLOPMETER_EXPORT_H
#define FLOPMETER_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define FM_BEGIN_DECLS extern "C" {
#define FM_END_DECLS   }
#else
#define FM_BEGIN_DECLS
#define FM_END_DECLS
#endif

#if defined(__GNUC__)
#define FM_API          __attribute__((visibility("default")))
#define FM_MUST_CHECK   __attribute__((warn_unused_result))
#define FM_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define FM_API
#define FM_MUST_CHECK
#define FM_PRINTF(f, a)
#endif

#endif
