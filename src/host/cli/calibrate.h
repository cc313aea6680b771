/* What a device reaches at most, measured. */
#ifndef FM_CLI_CALIBRATE_H
#define FM_CLI_CALIBRATE_H

#include "cli/cli.h"

/* Measures on contexts of its own: matrix products of each dtype the device has, sums of long
   arrays, the shortest call; each for about `seconds`. The message is in error where it fails. */
fm_status calibrate_measure(fm_device device, double seconds, fm_calibration *out, fm_error *error);

#endif
