/* Window functions and sample frequencies, element by element, in the arithmetic of NumPy. */
#ifndef FM_SCALAR_SERIES_H
#define FM_SCALAR_SERIES_H

#include "scalar/fn.h"

/* The numbers a and b of each: windows have a samples; kaiser's is the argument of i0, with b =
   beta; frequencies have n = a and b = 1 / (n * d). */
typedef enum fm_series_id {
    FM_SERIES_bartlett,
    FM_SERIES_blackman,
    FM_SERIES_hamming,
    FM_SERIES_hanning,
    FM_SERIES_kaiser,
    FM_SERIES_fftfreq,
    FM_SERIES_rfftfreq,
    FM_SERIES_COUNT
} fm_series_id;

#define FM_SERIES_PI 3.14159265358979323846

/* Sample i of a window lies at 1 - a + 2 i, between 1 - a and a - 1. */
FM_FN double fm_bartlett(double a, double i) {
    double n = 1 - a + 2 * i;
    return n <= 0 ? 1 + n / (a - 1) : 1 - n / (a - 1);
}
FM_FN double fm_blackman(double a, double i) {
    double n = 1 - a + 2 * i;
    return 0.42 + 0.5 * cos(FM_SERIES_PI * n / (a - 1)) +
           0.08 * cos(2.0 * FM_SERIES_PI * n / (a - 1));
}
FM_FN double fm_hamming(double a, double i) {
    double n = 1 - a + 2 * i;
    return 0.54 + 0.46 * cos(FM_SERIES_PI * n / (a - 1));
}
FM_FN double fm_hanning(double a, double i) {
    double n = 1 - a + 2 * i;
    return 0.5 + 0.5 * cos(FM_SERIES_PI * n / (a - 1));
}
FM_FN double fm_kaiser_argument(double a, double b, double i) {
    double middle = (a - 1) / 2.0, x = (i - middle) / middle;
    return b * sqrt(1 - x * x);
}
FM_FN double fm_fftfreq(double a, double b, double i) {
    return (i < floor((a - 1) / 2) + 1 ? i : i - a) * b;
}

FM_FN double fm_series(int id, double a, double b, int64_t at) {
    double i = (double)at;
    if (id < FM_SERIES_kaiser && a == 1) return 1;
    switch (id) {
    case FM_SERIES_bartlett:
        return fm_bartlett(a, i);
    case FM_SERIES_blackman:
        return fm_blackman(a, i);
    case FM_SERIES_hamming:
        return fm_hamming(a, i);
    case FM_SERIES_hanning:
        return fm_hanning(a, i);
    case FM_SERIES_kaiser:
        return fm_kaiser_argument(a, b, i);
    case FM_SERIES_fftfreq:
        return fm_fftfreq(a, b, i);
    default:
        return i * b;
    }
}

#endif
