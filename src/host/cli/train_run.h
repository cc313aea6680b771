/* flopmeter train, from its options on. */
#ifndef FM_CLI_TRAIN_RUN_H
#define FM_CLI_TRAIN_RUN_H

#include "cli/network.h"

typedef struct train_options {
    network_options net;
    bool json;
} train_options;

/* Trains and prints. Returns an exit status. */
int train_run(train_options *options);

#endif
