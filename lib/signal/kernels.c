/* SPDX-License-Identifier: BSD-2-Clause */

#include "signal/signal.h"

extern const struct kernels CT_KERNELS;
const struct kernels CT_KERNELS = {.isa = CT_KERNELS_ISA};
