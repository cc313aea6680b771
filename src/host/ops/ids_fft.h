/* Numbers of the kernels of transforms and signals. */
#ifndef FM_OPS_IDS_FFT_H
#define FM_OPS_IDS_FFT_H

typedef enum fm_fft_id { FM_FFT_transform, FM_FFT_COUNT } fm_fft_id;

typedef enum fm_signal_id {
    FM_SIGNAL_correlate,
    FM_SIGNAL_series,
    FM_SIGNAL_polyval,
    FM_SIGNAL_interp,
    FM_SIGNAL_wrap,
    FM_SIGNAL_COUNT
} fm_signal_id;

#endif
