/* The typed functions of the layers, losses and optimizer steps. */
#include "call/typed.h"

fm_status fm_nn_linear(fm_context *ctx, const fm_tensor *x, const fm_tensor *w, const fm_tensor *b,
                       fm_activation activation, fm_tensor **y) {
    fm_value v[] = {fm_value_tensor(x), fm_value_tensor(w), fm_value_tensor(b),
                    fm_value_int(activation)};
    fm_tensor **const slots[] = {y};
    return fm_corridor(ctx, FM_TYPED_ROW("nn.linear"), v, slots);
}
