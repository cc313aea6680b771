/* The clock that a device's multiprocessors run at now, by NVML. */
#ifndef FM_CUDA_CLOCK_H
#define FM_CUDA_CLOCK_H

/* Hertz, of the device at that PCI bus; 0: not known. NVML is opened for the question alone:
 * FLOPMETER_NVML names its file, "none" does without. */
double cu_clock_now(const char *pci_bus);

#endif
