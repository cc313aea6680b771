/* Names of what a file compiled once for each instruction level exports, and the choice at run
 * time. */
#ifndef FM_CPU_ISA_H
#define FM_CPU_ISA_H

#include "cpu/cpuid.h"

#define FM_ISA_PASTE_(name, isa) name##_##isa
#define FM_ISA_PASTE(name, isa)  FM_ISA_PASTE_(name, isa)
/* In a *_isa.c file: name_v3 where FM_ISA is v3. */
#define FM_ISA_NAME(name) FM_ISA_PASTE(name, FM_ISA)

/* Elsewhere: the variant of `name` (a function, or &table) for this machine. The plain level of
   x86-64 runs the v2 build: the backend offers no device on a CPU older than that. */
#if defined(__x86_64__)
#define FM_ISA_CHOOSE(name)                                                                        \
    (fm_cpu_detect()->isa == FM_ISA_V4   ? name##_v4                                               \
     : fm_cpu_detect()->isa == FM_ISA_V3 ? name##_v3                                               \
                                         : name##_v2)
#define FM_ISA_DECLARE(declare) declare(v2) declare(v3) declare(v4)
#else
#define FM_ISA_CHOOSE(name)     name##_generic
#define FM_ISA_DECLARE(declare) declare(generic)
#endif

#endif
