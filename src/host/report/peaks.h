/* What a device can reach at most: from its attributes and a table of architectures, and as a
   calibration measured it. Dense arithmetic alone, a multiply-accumulate being two FLOPs. */
#ifndef FM_REPORT_PEAKS_H
#define FM_REPORT_PEAKS_H

#include <flopmeter/context.h>

#include "core/attributes.h"

/* What an operation's arithmetic runs on. */
typedef enum fm_peak_kind {
    FM_PEAK_FLOAT64 = 0,
    FM_PEAK_FLOAT32,
    FM_PEAK_MATRIX_FLOAT64,
    FM_PEAK_MATRIX_FLOAT32,
    FM_PEAK_MATRIX_TF32,
    FM_PEAK_MATRIX_HALF, /* float16 and bfloat16 with float32 accumulation */
    FM_PEAK_KINDS,
    FM_PEAK_NONE /* integers: no peak is known of them */
} fm_peak_kind;

typedef struct fm_peaks {
    double theory[FM_PEAK_KINDS];   /* FLOP/s at the datasheet's or the highest clock; 0: unknown */
    double now[FM_PEAK_KINDS];      /* the same at the present clock; 0: unknown */
    double achieved[FM_PEAK_KINDS]; /* as calibrated; 0: not measured */
    double bandwidth;               /* bytes a second, theory */
    double triad;                   /* as calibrated */
    double launch_ns;               /* below which no call gets; 0: unknown */
    double clock_hz, clock_now_hz;
    char theory_source[128];   /* "datasheet of the H200 SXM"; "": unknown, no percentage */
    char measured_source[160]; /* the calibration's file and date; "": none */
} fm_peaks;

/* "float64", "float32", "matrix float64", ...; as keys: "matrix_float64". */
const char *fm_peak_name(fm_peak_kind kind);
const char *fm_peak_key(fm_peak_kind kind);

/* The kind of an op's arithmetic: matrix where multiply-accumulates are most of it. */
fm_peak_kind fm_peak_of(fm_dtype dtype, bool matrix, fm_math_mode mode);

/* From name and attributes; calibration is left out. */
void fm_peaks_theory(const fm_device_info *info, const fm_device_attributes *attributes,
                     fm_peaks *out);

/* What rates are held against: the peak of that kind (theory, else measured) and the roof
   (measured, else theory). 0: unknown. */
double fm_peaks_peak(const fm_peaks *peaks, fm_peak_kind kind);
double fm_peaks_roof(const fm_peaks *peaks, fm_peak_kind kind);
double fm_peaks_bandwidth(const fm_peaks *peaks);

#endif
