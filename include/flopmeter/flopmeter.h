/* flopmeter: a FLOP-counted tensor runtime. Includes the whole public contract. */
#ifndef FLOPMETER_FLOPMETER_H
#define FLOPMETER_FLOPMETER_H

#include <flopmeter/budget.h>
#include <flopmeter/call.h>
#include <flopmeter/context.h>
#include <flopmeter/cost.h>
#include <flopmeter/dtype.h>
#include <flopmeter/io.h>
#include <flopmeter/nn.h>
#include <flopmeter/ops.h>
#include <flopmeter/option.h>
#include <flopmeter/profile.h>
#include <flopmeter/random.h>
#include <flopmeter/registry.h>
#include <flopmeter/report.h>
#include <flopmeter/status.h>
#include <flopmeter/summary.h>
#include <flopmeter/tensor.h>

#endif
